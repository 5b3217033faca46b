//! Secrets are never shown. The tests put them wherever the chain handles them. The sandbox and the terminal check every
//! output for the canary.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use crate::terminal::Terminal;

/// The commands that must not show the secret.
const WAYS: [&[&str]; 17] = [
    &["doctor"],
    &["doctor", "--format", "json"],
    &["status"],
    &["status", "--all"],
    &["status", "--prompt"],
    &["status", "--all", "--format", "json"],
    &["configure", "list"],
    &["list-profiles", "--long"],
    &["profile", "show"],
    &["resolve"],
    &["-v", "resolve"],
    &["resolve", "--format", "json"],
    &["resolve", "--sdk", "boto3", "--no-cache"],
    &["resolve", "--offline"],
    &["-v", "whoami"],
    &["whoami", "--format", "json"],
    &["get", "--all"],
];

/// Runs all commands. Their exit code is not checked; the sandbox checks their output.
fn ask_all(sandbox: &Sandbox, profile: &str) {
    for way in WAYS {
        let (code, stdout, stderr) = sandbox.run(&[way, &["--profile", profile]].concat()).ended();
        assert!(code.is_some(), "{way:?}: {stdout}{stderr}");
    }
}

fn document(more: &str) -> String {
    format!(
        r#"{{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"{CANARY}","SessionToken":"{CANARY}"{more}}}"#
    )
}

#[test]
fn all_kinds_of_keys_are_masked() {
    let sts = Loopback::sts();
    let pair =
        format!("aws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\naws_session_token = {CANARY}\n");
    let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let sandbox = sts
        .home()
        .credentials(format!("[file]\n{pair}[half]\naws_access_key_id = AKIA\naws_session_token = {CANARY}\n"))
        .config(format!(
            "[profile config]\n{pair}aws_security_token = {CANARY}\n[profile role]\n{role}source_profile = file\n\
             [profile env]\n{role}credential_source = Environment\n\
             [profile web]\n{role}web_identity_token_file = token\n\
             [profile process]\ncredential_process = cat out {CANARY}\n[profile torn]\ncredential_process = cat torn\n\
             [profile late]\ncredential_process = cat late\n[profile old]\ncredential_process = cat old\n\
             [profile role2]\n{role}source_profile = process\n"
        ))
        .file("token", CANARY)
        .file("out", document(""))
        .file("torn", &document("")[..60])
        .file("late", document(r#","Expiration":1"#))
        .file("old", document(r#","Expiration":"2020-01-01T00:00:00Z""#))
        .file(CANARY, "")
        .env("AWS_ACCESS_KEY_ID", "AKIA")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("AWS_SESSION_TOKEN", CANARY);
    for profile in ["file", "half", "config", "role", "env", "web", "torn", "late", "old"] {
        ask_all(&sandbox, profile);
    }
    // Only `get --all` shows the whole value in the file, with arguments.
    for profile in ["process", "role2"] {
        for way in &WAYS[..WAYS.len() - 1] {
            let _ = sandbox.run(&[way, &["--profile", profile][..]].concat()).ended();
        }
    }
    let (stdout, _) = sandbox.run_with_input(&["resolve", "--access-key-id", "AKIA"], CANARY).code(0);
    assert!(stdout.contains("standard input"), "{stdout}");
    for way in [&["resolve"][..], &["-v", "whoami"]] {
        let _ = sandbox.run(way).code(0);
    }
}

#[test]
fn the_secrets_of_a_sign_in_are_masked() {
    let refuses = |_: &crate::loopback::Request| Some((400, r#"{"error":"invalid_grant"}"#.to_owned()));
    let grants = |request: &crate::loopback::Request| {
        let answer = if request.line.starts_with("POST /token") {
            format!(r#"{{"accessToken":"{CANARY}","refreshToken":"{CANARY}","expiresIn":3600}}"#)
        } else {
            format!(
                r#"{{"roleCredentials":{{"accessKeyId":"ASIA","secretAccessKey":"{CANARY}","sessionToken":"{CANARY}","expiration":4070908800000}}}}"#
            )
        };
        Some((200, answer))
    };
    for (service, code) in [(Loopback::start(refuses), 253), (Loopback::start(grants), 0)] {
        let kept = |ends: &str| {
            format!(
                r#"{{"accessToken":"{CANARY}","expiresAt":"{ends}","clientId":"c","clientSecret":"{CANARY}","refreshToken":"{CANARY}","registrationExpiresAt":"2099-01-01T00:00:00Z"}}"#
            )
        };
        let config = "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n\
                      [sso-session corp]\nsso_start_url = https://x\nsso_region = eu-west-1\n";
        let path = format!(".aws/sso/cache/{CORP}.json");
        let mut sandbox = Sandbox::new()
            .config(config)
            .env("AWS_ENDPOINT_URL_SSO", &service.url)
            .env("AWS_ENDPOINT_URL_SSO_OIDC", &service.url)
            .env("AWS_ENDPOINT_URL_STS", &service.url)
            .env("AWS_EC2_METADATA_DISABLED", "true");
        for text in [kept("2020-01-01T00:00:00Z"), kept("never"), kept("")[..80].to_owned()] {
            sandbox = sandbox.file(&path, text);
            ask_all(&sandbox, "s");
        }
        let sandbox = sandbox.file(&path, kept("2020-01-01T00:00:00Z"));
        let _ = sandbox.run(&["resolve", "-p", "s"]).code(code);
        assert!(service.count() > 0);
    }
}

/// AWS CLI's name for the session `corp`.
const CORP: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f";

#[test]
fn secrets_are_never_arguments_of_a_process() {
    let silent = Loopback::silent();
    let keys = section("base", "AKIA", CANARY);
    let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n\
                [profile m]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/y\n";
    let sandbox = silent
        .home()
        .credentials(keys)
        .config(role)
        .file(".config/xcred/config.toml", "mfa.command = \"sh -c 'env > seen; cat /proc/$PPID/cmdline /proc/$$/cmdline >> seen; echo 654321'\"\n");
    for profile in ["r", "m"] {
        let mut command = sandbox.command();
        command.args(["-v", "whoami", "-p", profile]).stdin(Stdio::null()).stderr(Stdio::null());
        let before = silent.count();
        let mut child = command.spawn().expect("the program starts");
        while silent.count() == before {
            assert_eq!(child.try_wait().expect("a status"), None, "it ends without asking");
            thread::sleep(Duration::from_millis(10));
        }
        // The process has the secret and waits for the response.
        for file in ["cmdline", "environ"] {
            let text = fs::read(format!("/proc/{}/{file}", child.id())).unwrap_or_default();
            assert!(!String::from_utf8_lossy(&text).contains(CANARY), "{file}");
        }
        child.kill().expect("it runs");
        let _ = child.wait();
    }
    let seen = sandbox.read("seen");
    assert!(seen.contains("XCRED_MFA_SERIAL=arn:aws:iam::1:mfa/y") && !seen.contains(CANARY), "{seen}");
}

#[test]
fn files_and_services_cannot_control_the_terminal() {
    let evil = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m";
    let sts = Loopback::refusing(403, "AccessDenied", "no \u{9b}31m way");
    let sandbox = sts.home().credentials(format!("[base]\naws_access_key_id = AK{evil}IA\naws_secret_access_key = {CANARY}\n")).config(format!(
        "[profile r]\nregion = eu{evil}\nrole_arn = arn:aws:iam::123456789012:role/{evil}\nsource_profile = base\n\
         [profile p]\ncredential_process = sh -c 'printf \"\\033[2J bad\" >&2; exit 1'\n\
         [profile loop]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = x{evil}\n"
    ));
    for profile in ["r", "p", "base", "loop", evil] {
        for arguments in [&["resolve"][..], &["whoami"], &["resolve", "--format", "json"], &["get", "--all"]]
        {
            let mut arguments = arguments.to_vec();
            arguments.extend(["--color", "never", "--profile", profile]);
            let line = r#""$@" || true"#;
            let shown = Terminal::run_by(&sandbox, line, &arguments).end(0);
            assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{arguments:?}: {shown:?}");
        }
    }
}

#[test]
fn a_secret_in_an_indented_line_of_another_value_is_masked() {
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .credentials(format!("[dev]\naws_access_key_id = AKIA\n  aws_secret_access_key = {CANARY}\n"))
        .config(format!("[profile dev]\nfoo =\n  aws_secret_access_key = {CANARY}\n"));
    for more in [&[][..], &["--stored"], &["--stored", "--format", "json"], &["--show-origin"]] {
        let (listed, words) = sandbox.run(&[&["get", "--all", "-p", "dev"], more].concat()).code(0);
        assert!(words.contains("`aws_secret_access_key` is indented"), "{words}");
        assert!(listed.contains("****"), "{more:?}: {listed}");
    }
    ask_all(&sandbox, "dev");
}

#[test]
fn a_secret_that_has_lost_its_line_break_is_in_no_message() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let commands: [&[&str]; 15] = [
        &["resolve", "dev"],
        &["resolve", "dev", "--format", "json"],
        &["resolve", "dev", "--sdk", "all"],
        &["resolve", "dev", "--sdk", "rust", "--format", "json"],
        &["whoami", "dev"],
        &["export-env", "dev"],
        &["login", "dev"],
        &["doctor"],
        &["doctor", "--format", "json"],
        &["status"],
        &["status", "--all", "--format", "json"],
        &["keys", "list", "--profile", "dev", "--format", "json"],
        &["get", "--all", "--profile", "dev"],
        &["set", "region", "eu-west-1", "--profile", "dev", "--dry-run"],
        &["profile", "remove", "dev", "--dry-run"],
    ];
    // Long ones are known from the file, also where the message has only a blank before them, and short ones by the name.
    for (key, secret) in [
        ("aws_secret_access_key = ", "hunter2"),
        ("aws_session_token=", "hunter2"),
        ("my_password = ", "hunter2"),
        ("credential_process = tool -p ", "hunter2"),
        ("aws_secret_access_key: ", "one-word-1"),
        ("aws_secret_access_key ", "one-word-1"),
    ] {
        let end = format!(" {key}{secret}");
        for (lines, profile) in [
            (format!("{role}source_profile = other{end}\n"), "dev"),
            (format!("{role}credential_source = Environment{end}\n"), "dev"),
            (format!("{role}web_identity_token_file = /no/file{end}\n"), "dev"),
            (format!("role_arn = arn:aws:iam::123456789012:role/R{end}\nsource_profile = default\n"), "dev"),
            (format!("region = eu-west-1{end}\nservices = x{end}\n"), "dev"),
            (format!("sso_session = corp{end}\nsso_account_id = 123456789012\nsso_role_name = R\n"), "dev"),
            (format!("login_session = arn:aws:iam::123456789012:user/me{end}\n"), "dev"),
            (
                format!("{role}source_profile = dev{end}\n[profile dev{end}]\nregion = x\n"),
                &*format!("dev{end}"),
            ),
            (format!("region = x\n[profile dev{end}\nregion = x\n"), "dev"),
            (String::new(), &*format!("dev{end}")),
        ] {
            let sandbox = Sandbox::new()
                .env("AWS_EC2_METADATA_DISABLED", "true")
                .env("AWS_PROFILE", profile)
                .config(format!("[default]\nregion = eu-west-1\n[profile dev]\n{lines}"));
            for command in commands {
                let (_, out, words) = sandbox.run(command).ended();
                for text in [&out, &words] {
                    assert!(!text.contains(secret), "{end}, {command:?}: {lines}\n{text}");
                    // A person can put a value in its place, but no name.
                    let is_name = ["--profile VALUE", "--name VALUE", "--services VALUE"];
                    assert!(!is_name.iter().any(|name| text.contains(name)), "{command:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_arguments_of_a_program_with_an_open_quote_are_masked() {
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .config(format!("[default]\ncredential_process = /bin/false \"--password {CANARY}\n"));
    for format in ["text", "json"] {
        let (screen, _) = sandbox.run(&["resolve", "--format", format]).code(253);
        assert!(screen.contains("/bin/false …"), "{screen}");
    }
}

/// What may be in the place of a program, with a secret in it. `{P}` is the program, which prints credentials and repeats
/// nothing.
const LINES: [&str; 7] = [
    "\"{P} --key {S} --user bob\"",
    "'{P} {S}'",
    "{P}\\ {S}",
    "STAGE={S} {P}",
    "'STAGE={S} {P}'",
    "https://bob:{S}@host/",
    "{P} \"--key {S}",
];

#[test]
fn no_command_shows_more_of_a_program_than_its_name() {
    let all: &[&[&str]] = &[
        &["export-env"],
        &["exec", "--", "true"],
        &["exec", "--serve", "--", "true"],
        &["credential-process"],
        &["get", "aws_access_key_id"],
        &["resolve", "--sdk", "all"],
        &["resolve", "--sdk", "all", "--format", "json"],
        &["resolve", "--sdk", "go", "--offline", "--format", "json"],
        &["resolve", "--offline", "--format", "json"],
        &["list-profiles", "--format", "json"],
        &["configure", "process", "--credential-process", "", "--no-input"],
    ];
    for (at, line) in LINES.into_iter().enumerate() {
        let sandbox = Sandbox::new().file("p", "#!/bin/sh\necho '{\"Version\":1}'\n");
        let program = sandbox.path("p");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let line = line.replace("{P}", program.to_str().unwrap()).replace("{S}", CANARY);
        let sandbox = sandbox.config(format!("[profile p]\ncredential_process = {line}\n"));
        ask_all(&sandbox, "p");
        for way in all {
            let _ = sandbox.run(&[way, &["--profile", "p"][..]].concat()).ended();
        }
        for sdk in ["go", "java", "js", "ruby", "rust"] {
            for format in ["text", "json"] {
                let _ = sandbox.run(&["resolve", "-p", "p", "--sdk", sdk, "--format", format]).ended();
            }
        }
        if at == 0 {
            let words = sandbox.run(&["whoami", "-p", "p"]).failure(253);
            assert!(
                words.contains("it is quoted as a whole") && words.contains("leave out the quotes"),
                "{words}"
            );
        }
    }
}

#[test]
fn a_prompt_shows_no_more_of_a_program_than_its_name() {
    for line in LINES {
        let line = line.replace("{P}", "/opt/p").replace("{S}", CANARY);
        let sandbox = Sandbox::new().config(format!("[profile p]\ncredential_process = {line}\n"));
        let mut terminal = Terminal::run(&sandbox, &["configure", "process", "-p", "p"]);
        terminal.see("Credential process").keys("\u{3}");
        terminal.end(130);
    }
}

#[test]
fn a_program_for_codes_is_named_without_its_secrets() {
    let base = section("base", "AKIA", CANARY);
    for line in LINES {
        let line = line
            .replace("{P}", "/bin/echo")
            .replace("{S}", CANARY)
            .replace('\\', "\\\\")
            .replace('"', "\\\"");
        let sandbox = Sandbox::new()
            .credentials(&base)
            .config("[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/y\n")
            .file(".config/xcred/config.toml", format!("mfa.command = \"{line}\"\n"));
        for way in [
            &["export-env", "-p", "r"][..],
            &["resolve", "-p", "r"],
            &["config", "list"],
            &["config", "list", "--format", "json"],
        ] {
            let _ = sandbox.run(way).ended();
        }
    }
}

#[test]
fn set_prompts_for_a_secret_without_echo_and_refuses_an_empty_one() {
    let kept = "[default]\naws_access_key_id = AKIA\naws_secret_access_key = kept\n";
    let sandbox = Sandbox::new().credentials(kept);
    for nothing in ["", "\n"] {
        let words = sandbox.run_with_input(&["set", "aws_secret_access_key", "-"], nothing).failure(252);
        assert!(words.contains("no value for `aws_secret_access_key` on standard input"), "{words}");
    }
    assert_eq!(sandbox.read_credentials(), kept);
    // The terminal checks its screen for the canary.
    let mut terminal = Terminal::run(&sandbox, &["set", "aws_secret_access_key", "-"]);
    terminal.see("aws_secret_access_key").answer(CANARY);
    terminal.end(0);
    assert!(sandbox.read_credentials().contains(CANARY));
}

#[test]
fn a_blank_first_line_does_not_make_the_token_the_secret() {
    let input = "\nTOKENTOKENTOKEN\n";
    let sandbox = Sandbox::new();
    let arguments = ["configure", "--access-key-id", "ASIAIOSFODNN7EXAMPLE", "--secrets-from-stdin"];
    let words = sandbox.run_with_input(&arguments, input).failure(252);
    assert!(words.contains("has no secret access key"), "{words}");
    assert!(!sandbox.path(".aws").exists());
    let arguments = ["export-env", "--format", "posix", "--access-key-id", "ASIAIOSFODNN7EXAMPLE"];
    let (code, _, words) = sandbox.run_with_input(&arguments, input).ended();
    assert!(code != Some(0), "{words}");
}

#[test]
fn a_secret_that_continues_another_value_is_in_no_list() {
    let all: &[&[&str]] = &[
        &["list-profiles", "--long"],
        &["list-profiles", "--long", "--sdk", "rust"],
        &["list-profiles", "--format", "json"],
        &["list-profiles", "--format", "json", "--sdk", "js"],
        &["resolve", "--offline"],
        &["resolve", "--offline", "--format", "json"],
        &["resolve", "--offline", "--sdk", "java"],
        &["resolve", "--offline", "--sdk", "java", "--format", "json"],
        &["resolve", "--offline", "--sdk", "all"],
        &["resolve", "--offline", "--sdk", "all", "--format", "json"],
        &["doctor"],
        &["doctor", "--format", "json"],
        &["status"],
        &["status", "--format", "json"],
        &["use", "--list"],
        &["sso", "accounts"],
        &["configure", "list"],
        &["whoami"],
    ];
    let continued = format!("\n  aws_secret_access_key = {CANARY}\n");
    for (key, rest) in [
        ("region = us-west-2", ""),
        ("output = json", ""),
        ("source_profile = base", "role_arn = arn:aws:iam::123456789012:role/R\n"),
        ("role_arn = arn:aws:iam::123456789012:role/R", "source_profile = base\n"),
        ("sso_account_id = 123456789012", "sso_role_name = R\nsso_session = s\n"),
        ("sso_role_name = R", "sso_account_id = 123456789012\nsso_session = s\n"),
        ("sso_session = s", "sso_account_id = 123456789012\nsso_role_name = R\n"),
        ("mfa_serial = arn:aws:iam::1:mfa/m", "role_arn = arn:aws:iam::1:role/R\nsource_profile = base\n"),
    ] {
        let sandbox = || {
            Sandbox::new()
                .env("AWS_EC2_METADATA_DISABLED", "true")
                .config(format!("[default]\n{key}{continued}{rest}[profile base]\n[sso-session s]\n"))
        };
        for arguments in all {
            // The sandbox refuses output that has the secret.
            let (_, printed, words) = sandbox().run(arguments).ended();
            assert!(
                !printed.contains("DoNotShow") && !words.contains("DoNotShow"),
                "{key} {arguments:?}: {printed}{words}"
            );
        }
    }
}

/// What nobody may see, though it is in no place where a secret should be.
const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";

/// The commands that list values and names.
const LISTS: [&[&str]; 16] = [
    &["doctor"],
    &["list-profiles", "--long"],
    &["list-profiles", "--long", "--sdk", "rust"],
    &["list-profiles", "--format", "json"],
    &["get", "--all"],
    &["get", "--all", "--stored"],
    &["get", "--all", "--sdk", "js", "--format", "json"],
    &["profile", "show", "default"],
    &["resolve", "--offline"],
    &["resolve", "--offline", "-v", "--format", "json"],
    &["resolve", "--offline", "--sdk", "java"],
    &["resolve", "--offline", "--sdk", "js"],
    &["resolve", "--offline", "--sdk", "ruby"],
    &["resolve", "--offline", "--sdk", "all"],
    &["status", "--all"],
    &["doctor", "--format", "json"],
];

#[track_caller]
fn list_all(sandbox: impl Fn() -> Sandbox) {
    for arguments in LISTS {
        let (_, printed, words) = sandbox().run(arguments).ended();
        let all = format!("{printed}{words}").to_lowercase();
        for part in [&KEY[..12], &KEY[22..], "minioadmin1"] {
            assert!(!all.contains(&part.to_lowercase()), "{arguments:?}: {printed}{words}");
        }
    }
}

#[test]
fn a_secret_under_an_innocent_key_is_in_no_list() {
    for line in [
        format!("region = eu-west-1 ; {KEY}"),
        format!("region = {KEY}"),
        "api_key = minioadmin1".to_owned(),
        format!("mfa_serial = {KEY}\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = default"),
        "$Env:AWS_SECRET_ACCESS_KEY=\"minioadmin1\"".to_owned(),
        format!("sso_start_url = {KEY}\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = R"),
        format!("login_session = {KEY}"),
        "credential_process = /bin/false --password 'x minioadmin1'".to_owned(),
    ] {
        list_all(|| {
            Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").config(format!("[default]\n{line}\n"))
        });
    }
    let sandbox = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true");
    let (_, printed, words) = sandbox.run(&["resolve", "--offline", "--region", KEY]).ended();
    assert!(!printed.contains(KEY) && !words.contains(KEY), "{printed}{words}");
    // What was asked for is given.
    let sandbox = Sandbox::new().config(format!("[default]\nmine = {KEY}\n"));
    assert_eq!(sandbox.run(&["get", "mine"]).success(), format!("{KEY}\n"));
    assert!(sandbox.run(&["get", "--all", "--reveal"]).success().contains(KEY));
}

#[test]
fn a_command_or_an_address_that_continues_another_value_is_in_no_list() {
    let role = "role_arn = arn:aws:iam::123456789012:role/x";
    let command = "credential_process = /opt/vault-login --user me minioadmin1";
    for lines in [
        format!("{role}\n  {command}\nsource_profile = b"),
        format!("{role}\nsource_profile = dev\n  {command}"),
        format!("{role}\nsource_profile = dev\n  --password minioadmin1"),
        format!("region: eu-west-1 {command}"),
        "region = eu-west-1\n  mfa_process: oathtool --totp -b minioadmin1".to_owned(),
        "region = eu-west-1\n  endpoint_url = https://u:minioadmin1@h/".to_owned(),
        "region = eu-west-1\n  endpoint_url = https://h/?X-Amz-Signature=minioadmin1".to_owned(),
        "region = eu-west-1\n  endpoint_url = me:minioadmin1@h".to_owned(),
        "region = eu-west-1\ncredential_process\n  tool minioadmin1".to_owned(),
        format!("sso_start_url = https://c/start\n  {command}\nsso_region = x\nsso_account_id = 1\nsso_role_name = R"),
        format!("api_versions =\n  {command}"),
        "region = x\n[sso-session x]\nsso_region = us-east-1\n\tregion = x aws_secret_access_key = minioadmin1".to_owned(),
    ] {
        list_all(|| {
            Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").config(format!("[default]\n{lines}\n"))
        });
    }
}

#[test]
fn what_continues_a_value_is_in_no_message_that_ends_in_the_value() {
    let source = "[profile b]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\n\
                  aws_secret_access_key = 0123456789abcdefghij0123456789abcdefghij\n";
    let role = "arn:aws:iam::123456789012:role/y";
    for lines in [
        "credential_process: /opt/v minioadmin1",
        "credential_process /opt/v minioadmin1",
        "aws_secret_access_key\tminioadmin1=",
    ] {
        for config in [
            format!("role_arn = {role}\n  {lines}\nsource_profile = b"),
            format!("role_arn = {role}\nsource_profile = b\nmfa_serial = arn:aws:iam::1:mfa/me\n  {lines}"),
            format!("role_arn = {role}\nsource_profile = dev\n  {lines}"),
            format!("login_session = arn:aws:iam::1:user/b\n  {lines}"),
        ] {
            list_all(|| {
                Sandbox::new()
                    .env("AWS_EC2_METADATA_DISABLED", "true")
                    .config(format!("[default]\n{config}\n{source}"))
            });
        }
        let keys = source.replace("[profile b]", "[default]");
        let sandbox = Sandbox::new().config(format!("{keys}region = eu-west-1\n  {lines}\n"));
        let (_, printed, words) = sandbox.run(&["exec", "--", "true"]).ended();
        assert!(!format!("{printed}{words}").contains("minioadmin1"), "{printed}{words}");
    }
}

#[test]
fn a_secret_in_the_place_of_a_name_is_in_no_list() {
    for line in [
        format!("aws_session_token =\n  {KEY}=="),
        "aws_session_token =\n  minioadmin1 =".to_owned(),
        format!("aws_session_token {KEY}="),
        format!("setx AWS_SESSION_TOKEN {KEY}="),
        format!("{KEY} = x"),
        format!("# {KEY} = x"),
        format!("aws_secret_access_key: {KEY}="),
        "aws_session_token:minioadmin1=".to_owned(),
        "aws_secret_access_key\u{a0}minioadmin1=".to_owned(),
        "aws_secret_access_key\n  minioadmin1".to_owned(),
    ] {
        list_all(|| {
            Sandbox::new()
                .env("AWS_EC2_METADATA_DISABLED", "true")
                .credentials(format!("[default]\nregion = eu-west-1\n{line}\n"))
        });
        let sandbox = Sandbox::new().credentials(format!("[default]\n{line}\n"));
        let (_, printed, words) = sandbox.run(&["set", "output", "json", "--dry-run"]).ended();
        let all = format!("{printed}{words}");
        assert!(!all.contains(&KEY[..12]) && !all.contains("minioadmin1"), "{line}: {all}");
    }
}

#[test]
fn an_overridden_value_is_masked_as_the_one_that_counts() {
    let config = "[default]\nregion = eu-west-1\n  aws_secret_access_key = minioadmin1\n\
                  endpoint_url = http://me:minioadmin1@127.0.0.1:9/\n";
    list_all(|| {
        Sandbox::new()
            .config(config)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_REGION", "eu-west-2")
            .env("AWS_ENDPOINT_URL", "http://127.0.0.1:8")
    });
}

#[test]
fn a_name_that_is_a_secret_is_in_no_error() {
    for config in [format!("[{KEY}{KEY}\n"), format!("[profile x]\n[{KEY}{KEY}]\n[sso-session {KEY}]\n")] {
        let sandbox = Sandbox::new().config(config).env("AWS_EC2_METADATA_DISABLED", "true");
        for arguments in
            [&["whoami"][..], &["doctor"], &["resolve", "--sdk", "all", "--offline", "--format", "json"]]
        {
            let (_, printed, words) = sandbox.run(arguments).ended();
            assert!(!format!("{printed}{words}").contains(&KEY[..12]), "{arguments:?}: {printed}{words}");
        }
    }
    for name in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_ROLE_ARN", "AWS_CONFIG_FILE"] {
        let sandbox = Sandbox::new().env(name, KEY).env("AWS_EC2_METADATA_DISABLED", "true");
        for arguments in [&["whoami"][..], &["resolve", "--sdk", "boto3", "--offline"]] {
            let (_, printed, words) = sandbox.run(arguments).ended();
            assert!(!format!("{printed}{words}").contains(KEY), "{name} {arguments:?}: {printed}{words}");
        }
    }
}

#[test]
fn the_arguments_of_an_own_program_are_in_no_list() {
    let sandbox = Sandbox::new().file(
        ".config/xcred/config.toml",
        "mfa.command = 'oathtool --totp -b minioadmin1'\nmfa.devices.x = 'oathtool -b minioadmin1'\n\
         login.browser = 'firefox minioadmin1'\n",
    );
    for format in ["text", "json"] {
        let listed = sandbox.run(&["config", "list", "--format", format]).success();
        assert!(listed.contains("oathtool …") && !listed.contains("minioadmin1"), "{listed}");
    }
    let asked = sandbox.run(&["config", "get", "mfa.command"]).success();
    assert_eq!(asked, "oathtool --totp -b minioadmin1\n");
}
