//! Each error of the chain: its exit code, origin, text and help, for people and in JSON.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;

const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/R";

/// The output for people and for programs.
struct Told {
    text: String,
    json: Value,
}

impl Told {
    /// Whether the text has these words.
    #[track_caller]
    fn says(&self, expected: &str) -> &Told {
        let text = &self.text;
        assert!(text.contains(expected), "no {expected:?} in:\n{text}");
        self
    }

    /// Whether the JSON has this line of the config file as the origin.
    #[track_caller]
    fn blames_line(&self, line: u32) -> &Told {
        assert_eq!(self.json["origin"]["line"], line, "{}", self.json);
        let path = self.json["origin"]["path"].as_str().unwrap_or_default();
        assert!(path.ends_with(".aws/config"), "{path}");
        self.says(&format!("error: ~/.aws/config:{line}: "))
    }
}

/// Requests the credentials as text and as JSON. Both must fail with the exit code, and JSON with the error code.
#[track_caller]
fn told(sandbox: &Sandbox, options: &[&str], exit: i32, code: &str) -> Told {
    let text = sandbox.run(&[&["whoami"], options].concat()).failure(exit);
    let (stdout, stderr) = sandbox.run(&[&["resolve", "--format", "json"], options].concat()).code(exit);
    assert_eq!(stderr, "", "JSON tells it all");
    let document = json_of(&stdout);
    let json = document["error"].clone();
    assert_eq!(
        (document["schema"].as_u64(), &document["credentials"]),
        (Some(1), &Value::Null),
        "{document}"
    );
    assert_eq!(json["code"], code, "{document}\n{text}");
    // Both have the same message, but a document for programs has whole paths.
    let first =
        text.strip_prefix("error: ").unwrap_or_else(|| panic!("{text}")).lines().next().unwrap_or_default();
    let home = sandbox.home().display().to_string();
    assert!(!text.contains(&home), "{text}");
    let member = |name: &str| json[name].as_str().map(|text| text.replace(&home, "~"));
    assert!(member("message").is_some_and(|message| message.starts_with(first)), "{json}\n{text}");
    let help = text.lines().find_map(|line| line.strip_prefix("help: "));
    // What was typed is repeated as it was.
    let of_text = member("help").map(|help| help.replace("xcred resolve --format json", "xcred whoami"));
    assert_eq!(of_text.as_deref(), help, "{text}");
    assert!(help.is_some(), "what mends it? {text}");
    // `resolve` in text shows a screen and the same error.
    let (_, stderr) = sandbox.run(&[&["resolve"], options].concat()).code(exit);
    assert!(stderr.contains(&format!("error: {first}")), "{stderr}");
    Told { text, json }
}

fn offline() -> Sandbox {
    Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").env("AWS_REGION", "eu-west-1")
}

#[test]
fn without_credentials_the_error_names_the_commands_that_explain_and_that_help() {
    let found = told(&offline(), &[], 253, "no-credentials");
    assert_eq!(
        found.text,
        "error: no credentials found\n  `xcred resolve` shows what each provider looked for\n\
         help: set them up: `xcred configure`\n"
    );
    // A provider that lacks only a part is named.
    let nearly = offline().env("AWS_ACCESS_KEY_ID", "");
    let words = nearly.run(&["whoami"]).failure(253);
    assert!(words.contains("\n  env: AWS_ACCESS_KEY_ID is "), "{words}");
    let named = told(&offline().config("[profile 'a b']\n"), &["-p", "a b"], 253, "no-credentials");
    named.says("help: set them up: `xcred configure --profile 'a b'`\n");
    named.says("  `xcred resolve --profile 'a b'` shows what each provider looked for\n");
    // A setting that only another program reads may be all that the profile has.
    for (setting, help) in [
        ("include_profile = dev", ""),
        ("granted_sso_role_name = R", "help: set it up for AWS: `xcred configure sso --profile v`\n"),
    ] {
        let sandbox = offline().config(format!("[profile v]\n{setting}\n"));
        let words = sandbox.run(&["whoami", "-p", "v"]).failure(253);
        let is_said = words.starts_with("~/.aws/config:2: `") && words.contains("and xcred don't read it\n");
        assert!(is_said && words.contains(help), "{words}");
        sandbox.run(&["get", "region", "-p", "v", "--default", "x"]).success();
    }
    // The screen of `resolve` already shows the chain.
    let (screen, words) = offline().run(&["resolve"]).code(253);
    assert!(screen.contains("AWS_ACCESS_KEY_ID is not set"), "{screen}");
    assert_eq!(words, "error: no credentials found\nhelp: set them up: `xcred configure`\n");
}

#[test]
fn a_missing_profile_is_reported_with_its_origin_and_the_nearest_name() {
    let sandbox = offline().config("[profile development]\nregion = x\n");
    let found = told(&sandbox, &["--profile", "developmnt"], 253, "profile-not-found");
    found.says(
        "error: profile `developmnt` not found\nhelp: did you mean `xcred whoami --profile development`?\n",
    );
    assert_eq!(found.json["origin"], json!({"from": "option", "name": "--profile"}));
    let found = told(&sandbox.env("AWS_PROFILE", "zzz"), &[], 253, "profile-not-found");
    found.says("error: profile `zzz` not found (AWS_PROFILE names it)\nhelp: `unset AWS_PROFILE`, or name one of `xcred list-profiles`\n");
    assert_eq!(found.json["origin"], json!({"from": "environment", "variable": "AWS_PROFILE"}));
}

#[test]
fn an_invalid_file_is_reported_with_its_line() {
    let found = told(&offline().config("[default]\n\nwhat\n"), &[], 253, "config-parse");
    found.blames_line(3).says("help: ");
}

#[test]
fn half_a_pair_is_reported_with_the_missing_half() {
    let sandbox = offline().config("[profile a]\naws_access_key_id = AKIA\n");
    let found = told(&sandbox, &["-p", "a"], 253, "partial-credentials");
    found
        .blames_line(2)
        .says("profile `a` has aws_access_key_id without aws_secret_access_key in the same file\n");
    found.says("help: set the missing half: `xcred set aws_secret_access_key - --profile a`\n");
    let sandbox = offline().config("[profile a]\naws_access_key_id = AKIA\naws_secret_access_key =\n");
    for command in ["export-env", "whoami"] {
        let (_, _, words) = sandbox.run(&[command, "-p", "a"]).ended();
        let place = "error: ~/.aws/config:3: the credentials have no secret access key\n";
        assert!(words.contains(place), "{words}");
        assert!(words.contains("help: enter both again: `xcred configure --profile a`\n"), "{words}");
    }
    let found = told(&offline().env("AWS_ACCESS_KEY_ID", "AKIA"), &[], 253, "partial-credentials");
    found.says(
        "error: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY\nhelp: set AWS_SECRET_ACCESS_KEY",
    );
    let found =
        told(&offline().config(format!("[profile r]\n{ROLE}\n")), &["-p", "r"], 253, "partial-credentials");
    found.blames_line(2).says("without source_profile or credential_source\n");
    found.says("help: set the profile that assumes it: `xcred set source_profile NAME --profile r`\n");
}

#[test]
fn contradictory_settings_are_reported_with_their_line() {
    let sandbox = offline().config(format!(
        "[profile both]\n{ROLE}\nsource_profile = both\ncredential_source = Environment\n\
         [profile lost]\n{ROLE}\nsource_profile = bothh\n\
         [profile sso]\nsso_account_id = 123456789012\nsso_role_name = R\nsso_start_url = https://x.awsapps.com/start\n\
         [profile quote]\ncredential_process = a 'b\n"
    ));
    told(&sandbox, &["-p", "both"], 253, "invalid-config")
        .blames_line(4)
        .says("xcred unset credential_source");
    let lost = told(&sandbox, &["-p", "lost"], 253, "invalid-config");
    lost.blames_line(7).says("`bothh`, which doesn't exist\nhelp: did you mean `both`? `xcred set source_profile both --profile lost`\n");
    let sso = told(&sandbox, &["-p", "sso"], 253, "invalid-config");
    sso.blames_line(9).says("without sso_region\n").says("`xcred set sso_region VALUE --profile sso`");
    told(&sandbox, &["-p", "quote"], 253, "invalid-config")
        .blames_line(13)
        .says("unclosed quote or a trailing backslash");
}

#[test]
fn circular_roles_are_shown_as_a_chain() {
    let sandbox = offline().config(format!(
        "[profile a]\n{ROLE}\nsource_profile = b\n[profile b]\n{ROLE}\nsource_profile = c d\n\
         [profile 'c d']\n{ROLE}\nsource_profile = b\n"
    ));
    let found = told(&sandbox, &["-p", "a"], 253, "role-loop");
    found.blames_line(9).says("circular role chain: b -> c d -> b\n");
    found.says("help: give `c d` another source: `xcred set source_profile NAME --profile 'c d'`\n");
}

#[test]
fn a_missing_region_is_reported_with_help() {
    let sandbox = Sandbox::new()
        .config(format!("[profile r]\n{ROLE}\ncredential_source = Environment\n"))
        .env("AWS_ACCESS_KEY_ID", "AKIA")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9");
    let found = told(&sandbox, &["-p", "r"], 253, "no-region");
    found
        .says("  caused by: STS needs a region, and none is set\n")
        .says("help: give `--region NAME`, or write it to the profile: `xcred set region NAME --profile r`");
}

#[test]
fn a_missing_or_expired_sign_in_is_reported_with_the_command_to_sign_in() {
    let config = "[profile s]\nsso_session = my corp\nsso_account_id = 123456789012\nsso_role_name = R\n\
                  [sso-session my corp]\n[sso-session 'my corp']\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n\
                  [profile old]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = R\n\
                  [profile l]\nlogin_session = arn:aws:iam::1:user/me\n";
    let portal = Loopback::start(|_| {
        Some((
            401,
            r#"{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"#.to_owned(),
        ))
    });
    let sandbox = offline().config(config).env("AWS_ENDPOINT_URL_SSO", &portal.url);
    let found = told(&sandbox, &["-p", "s"], 253, "login-required");
    found.says(
        "error: not signed in: session `my corp`\nhelp: sign in: `xcred login --sso-session 'my corp'`",
    );
    assert_eq!(found.json["origin"]["from"], "cache");
    told(&sandbox, &["-p", "old"], 253, "login-required").says("`xcred login --profile old`");
    told(&sandbox, &["-p", "l"], 253, "login-required")
        .says("not signed in")
        .says("`xcred login --profile l`");
    // SHA-1 of `https://x.awsapps.com/start`, then of `my corp`: the sign-in is over by its own word, and by the portal's.
    let token = |ends: &str| format!(r#"{{"accessToken":"{CANARY}","expiresAt":"{ends}"}}"#);
    let sandbox = sandbox
        .file(".aws/sso/cache/3947de8b16688092197fa616c34e01335f21d256.json", token("2020-01-01T00:00:00Z"))
        .file(".aws/sso/cache/2603e49e9877a1061664a5a7f900ffb84f872d49.json", token("2099-01-01T00:00:00Z"));
    told(&sandbox, &["-p", "old"], 253, "login-required")
        .says("error: the sign-in has expired: https://x.awsapps.com/start\nhelp: sign in");
    told(&sandbox, &["-p", "s"], 253, "login-required")
        .says("error: IAM Identity Center no longer accepts the sign-in: session `my corp`\nhelp: ");
    assert!(portal.count() > 0);
}

#[test]
fn a_refusal_of_sts_is_reported_with_its_message_the_role_and_the_caller() {
    let sts =
        Loopback::refusing(403, "AccessDenied", "User: me is not authorized to perform: sts:AssumeRole");
    let keys = section("base", "AKIABASE", CANARY);
    let sandbox =
        sts.home().credentials(keys).config(format!("[profile r]\n{ROLE}\nsource_profile = base\n"));
    let found = told(&sandbox, &["-p", "r"], 254, "provider-failed");
    found.says(
        "error: assume-role: profile `r` could not assume arn:aws:iam::123456789012:role/R with the access key \
         AKIABASE\n  caused by: STS refused AssumeRole: User: me is not authorized to perform: sts:AssumeRole \
         (AccessDenied)\nhelp: the role's trust policy",
    );
    let (screen, _) = sandbox.run(&["resolve", "-p", "r"]).code(254);
    assert!(
        screen.contains("failed  profile `r` could not assume") && screen.contains("(AccessDenied)"),
        "{screen}"
    );
    let (nothing, words) = sandbox.run(&["whoami", "-p", "base"]).code(254);
    assert_eq!(nothing, "");
    assert!(words.starts_with("error: STS refused GetCallerIdentity: User: me is not"), "{words}");
}

#[test]
fn the_root_user_is_told_that_it_assumes_no_role() {
    let sts = Loopback::refusing(403, "AccessDenied", "Roles may not be assumed by root accounts.");
    let keys = section("base", "AKIABASE", CANARY);
    let sandbox =
        sts.home().credentials(keys).config(format!("[profile r]\n{ROLE}\nsource_profile = base\n"));
    for sdk in ["aws-cli", "go"] {
        told(&sandbox, &["-p", "r", "--sdk", sdk], 254, "provider-failed")
            .says("help: AWS lets the root user assume no role");
    }
}

#[test]
fn a_sign_in_with_a_number_that_only_python_reads_is_used_as_botocore_uses_it() {
    let portal = Loopback::start(|_| Some((403, r#"{"__type":"ForbiddenException"}"#.to_owned())));
    let token = format!(r#"{{"accessToken":"{CANARY}","expiresAt":"2099-01-01T00:00:00Z","weight":NaN}}"#);
    let sandbox = offline()
        .config(
            "[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n\
             [profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n",
        )
        .file(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", token)
        .env("AWS_ENDPOINT_URL_SSO", &portal.url);
    told(&sandbox, &["-p", "s", "--sdk", "js"], 253, "login-required");
    assert_eq!(portal.count(), 0);
    assert!(sandbox.run(&["whoami", "-p", "s"]).code_is(254));
    assert_eq!(portal.count(), 1);
}

#[test]
fn a_process_that_fails_is_reported_with_its_output_and_its_line() {
    let sandbox = offline().config(
        "[profile p]\ncredential_process = sh -c 'echo no such vault >&2; echo try again >&2; exit 3' topsecret\n\
         [profile q]\ncredential_process = echo nonsense\n[profile gone]\ncredential_process = /no/such --pass topsecret\n",
    );
    let found = told(&sandbox, &["-p", "p"], 255, "provider-failed");
    found
        .blames_line(2)
        .says("custom-process: `sh` failed with exit status: 3: no such vault\n    try again\n");
    let found = told(&sandbox, &["-p", "q"], 255, "provider-failed");
    found.blames_line(4).says("`echo` did not print one JSON object\nhelp: run the command by hand");
    let found = told(&sandbox, &["-p", "gone"], 253, "io");
    found
        .blames_line(6)
        .says("`/no/such` can't be started\n  caused by: No such file or directory")
        .says("help: install it");
    // Arguments may hold secrets.
    for profile in ["p", "gone"] {
        let (_, screen, words) = sandbox.run(&["resolve", "-p", profile]).ended();
        assert!(!screen.contains("topsecret") && !words.contains("topsecret"), "{screen}{words}");
    }
}

#[test]
fn a_process_that_cannot_start_is_explained_as_doctor_explains_it() {
    for (command, reason, help) in [
        ("~/bin/x", "`~` is not expanded", "give the absolute path"),
        ("$HOME/bin/x", "variables are not expanded", "give the absolute path"),
        ("STAGE=dev x", "is not run by a shell", "write `env NAME=VALUE PROGRAM`"),
        ("/tmp/my dir/x", "`/tmp/my` can't be started", "a path with a space needs quotes"),
        (
            "nosuchprogram",
            "`nosuchprogram` can't be started",
            "install it, or name it with its absolute path",
        ),
        ("/etc/passwd", "is not executable", "`chmod +x /etc/passwd`"),
    ] {
        let sandbox = offline().config(format!("[profile p]\ncredential_process = {command}\n"));
        for run in [&["credential-process", "-p", "p"][..], &["exec", "-p", "p", "--", "true"]] {
            let (_, words) = sandbox.run(run).code(253);
            assert!(words.contains(reason) && words.contains(help), "{command}: {words}");
        }
        let (_, screen, words) = sandbox.run(&["doctor"]).ended();
        assert!(format!("{screen}{words}").contains(help), "{command}: {screen}{words}");
    }
}

#[test]
fn a_section_that_is_missing_is_there_under_another_header() {
    let session = "sso_session = c\nsso_account_id = 123456789012\nsso_role_name = A\n";
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let portal = "sso_region = us-east-1\nsso_start_url = https://c.awsapps.com/start\n";
    let services = "s3 =\n  endpoint_url = http://localhost:9000\n";
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    for (profile, header, below, right) in [
        (session, "[SSO-session c]", portal, "[sso-session c]"),
        (session, "[sso_session c]", portal, "[sso-session c]"),
        (role, "[Profile base]", keys, "[profile base]"),
        ("services = s\n", "[Services s]", services, "[services s]"),
    ] {
        let sandbox = offline().config(format!("[profile p]\n{profile}{header}\n{below}"));
        let help = format!("config:{}: `{header}` isn't read", profile.lines().count() + 2);
        let has_provider = profile.contains('_');
        for command in [&["credential-process", "-p", "p"][..], &["resolve", "-p", "p"], &["doctor"]] {
            let (_, screen, words) = sandbox.run(command).ended();
            let all = format!("{screen}{words}");
            assert!(all.contains(&help) || !has_provider && command[0] != "doctor", "{command:?}: {all}");
            assert!(all.contains(&format!("write `{right}`")) || !has_provider, "{command:?}: {all}");
            assert!(!all.contains("xcred unset services") && !all.contains("--name c"), "{command:?}: {all}");
        }
    }
}

#[test]
fn instance_metadata_that_does_not_respond_is_reported_with_its_url_and_the_wait() {
    let silent = Loopback::silent();
    let sandbox = Sandbox::new()
        .config(format!("[profile r]\n{ROLE}\ncredential_source = Ec2InstanceMetadata\n"))
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &silent.url);
    let waited = format!("no response from {}/latest/", silent.url);
    let found = told(&sandbox, &[], 253, "no-credentials");
    found.says(&format!("  iam-role: {waited}")).says(" within 1.");
    let found = told(&sandbox, &["-p", "r"], 255, "provider-failed");
    found.says("Ec2InstanceMetadata").says(&waited).says(" within 1.");
}

#[test]
fn a_container_that_does_not_respond_is_reported_with_its_url_and_the_wait() {
    let silent = Loopback::silent();
    let url = format!("{}/creds", silent.url);
    let sandbox = offline().env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &url);
    let words = sandbox.run(&["whoami"]).failure(255);
    let expected =
        "error: container-role: the address in AWS_CONTAINER_CREDENTIALS_FULL_URI gave no credentials\n";
    assert!(words.starts_with(expected), "{words}");
    let cause = format!(
        "  caused by: no credentials from {url} after 3 attempts\n  caused by: no response from {url} within 2."
    );
    assert!(words.contains(&cause), "{words}");
}

#[test]
fn an_mfa_code_without_a_terminal_is_an_error_with_help() {
    let keys = format!("aws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n");
    let role = format!(
        "[profile m]\n{ROLE}\nsource_profile = m\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n{keys}"
    );
    let found = told(&offline().config(role), &["-p", "m"], 253, "needs-terminal");
    found.says("error: the MFA code for `arn:aws:iam::123456789012:mfa/me` has to be typed, and there is no terminal\n");
    found.says(
        "help: run it in a terminal, or name a program that prints the code: `xcred config set mfa.command",
    );
}

#[test]
fn a_missing_token_file_is_reported_with_its_origin() {
    let sandbox = offline().config(format!("[profile w]\n{ROLE}\nweb_identity_token_file = /no/token\n"));
    let found = told(&sandbox, &["-p", "w"], 253, "io");
    found.says("error: the web identity token file `/no/token` can't be read\n  caused by: No such file");
    found.says("or name another one in ~/.aws/config:3\n");
    assert_eq!(found.json["origin"]["line"], 3);
    let sandbox = offline().config(format!("[profile w]\n{ROLE}\nweb_identity_token_file = ~/token\n"));
    let found = told(&sandbox, &["-p", "w"], 253, "io");
    found.says("help: `~` is not expanded here: give the absolute path in ~/.aws/config:3\n");
}

#[test]
fn json_is_one_document_even_if_the_chain_cannot_start() {
    let broken = offline().file(".config/xcred/config.toml", "[cache\n");
    let denied = offline().file(".config/xcred/config.toml", "cache.roles = 'maybe'\n");
    for (sandbox, code) in [(broken, "config-parse"), (denied, "invalid-config")] {
        let found = told(&sandbox, &[], 253, code);
        assert!(found.json["origin"]["path"].as_str().is_some_and(|path| path.ends_with("config.toml")));
    }
}

#[test]
fn a_chain_of_roles_that_never_ends_is_refused() {
    let profiles = (0..3000).map(|at| {
        format!(
            "[profile r{at}]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = r{}\n",
            at + 1
        )
    });
    let sandbox = offline().config(profiles.collect::<Vec<_>>().concat());
    let found = told(&sandbox, &["-p", "r0"], 253, "invalid-config");
    found.says("longer than 200 profiles").says("help: ");
    let (code, printed, _) = sandbox.run(&["export-env", "--format", "posix", "-p", "r0"]).ended();
    assert_eq!((code, printed.as_str()), (Some(253), "false;\n"));
}

#[test]
fn a_credential_file_that_is_not_utf8_never_changes_a_secret() {
    let sandbox = offline().file("keys", b"AWSAccessKeyId=AKIA\nAWSSecretKey=S\xff\n");
    let path = sandbox.path("keys").display().to_string();
    let (code, _, words) = sandbox.env("AWS_CREDENTIAL_FILE", &path).run(&["export-env"]).ended();
    assert_ne!(code, Some(0));
    assert!(words.contains("keys") && words.contains("it is not UTF-8"), "{words}");
}

/// botocore reads the others only where there is an ID.
#[test]
fn a_variable_that_is_not_utf8_matters_only_beside_an_access_key_id() {
    let keys = section("default", "K", CANARY);
    for name in ["AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"] {
        let sandbox = offline().credentials(&keys);
        let mut command = sandbox.command();
        command.env(name, OsStr::from_bytes(b"\xe9")).args(["resolve", "--offline", "--format", "json"]);
        let found = command.output().expect("it starts");
        let document: Value = serde_json::from_slice(&found.stdout).expect("JSON");
        assert_eq!(document["credentials"]["provider"], "shared-credentials-file", "{name}");
        command.env("AWS_ACCESS_KEY_ID", "E").env_remove("AWS_SECURITY_TOKEN");
        let words =
            command.env("AWS_SECRET_ACCESS_KEY", "s").env("AWS_SESSION_TOKEN", OsStr::from_bytes(b"\xe9"));
        let found = words.output().expect("it starts").stdout;
        let document: Value = serde_json::from_slice(&found).expect("JSON");
        assert_eq!(document["error"]["code"], "invalid-config", "{name}");
    }
}

#[test]
fn an_empty_or_invalid_region_is_reported_with_its_origin() {
    let keys = || {
        Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .credentials(section("default", "AKIA", CANARY))
    };
    for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        let words = keys().env(variable, "").run(&["whoami"]).failure(253);
        let told = format!(
            "error: {variable} is set but empty\nhelp: unset it, or name a region: `unset {variable}`\n"
        );
        assert_eq!(words, told);
    }
    let sandbox = keys().config("[default]\nregion =\n");
    let words = sandbox.run(&["whoami"]).failure(253);
    assert!(words.contains("/.aws/config:2: the region is set but empty\nhelp: remove it, or name a region: `xcred unset region --profile default`\n"), "{words}");
    for command in [
        &["exec", "--region", "", "--", "true"][..],
        &["export-env", "--region", ""],
        &["get", "region", "--region", ""],
    ] {
        let words = keys().run(command).ended().2;
        assert!(
            words.contains("--region is set but empty\nhelp: name a region, or leave the option out"),
            "{command:?}: {words}"
        );
    }
    let words = keys().run(&["whoami", "--region", ""]).failure(253);
    assert!(words.contains("--region is set but empty\nhelp: name a region"), "{words}");
    let sandbox = keys().config("[default]\n\nregion = us east 1\n");
    let words = sandbox.run(&["whoami"]).failure(253);
    assert!(words.contains("/.aws/config:3: `us east 1` is not a region"), "{words}");
    let words = keys().env("AWS_REGION", "us_east_1").run(&["whoami"]).failure(253);
    assert!(words.starts_with("error: AWS_REGION: `us_east_1` is not a region"), "{words}");
    // The role's STS uses the same region. The one of IAM Identity Center is another setting.
    let role = "[profile r]\nregion = us east 1\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = default\n";
    let words = keys().config(role).run(&["credential-process", "-p", "r"]).failure(253);
    assert!(words.contains("/.aws/config:2: `us east 1` is not a region"), "{words}");
    let (_, words) = Sandbox::new().run(&["set", "region", ""]).success_with_words();
    assert!(
        words.contains("warning: ") && words.contains("`xcred unset region --profile default` removes it"),
        "{words}"
    );
}

#[test]
fn no_help_makes_a_section_that_cannot_be() {
    for name in ["a]b", "a\nb", ""] {
        let words = Sandbox::new().run(&["get", "region", "--sso-session", name]).failure(253);
        assert!(words.contains("not found") && !words.contains("help: "), "{name:?}: {words}");
    }
    let words = Sandbox::new().run(&["get", "region", "--sso-session=-x"]).failure(253);
    assert!(words.contains("help: set it up: `xcred configure sso-session --name=-x`"), "{words}");
}

/// boto3 takes half a pair for credentials, and fails when it signs. Whoever looks why a command refuses it learns why.
#[test]
fn half_a_pair_is_shown_with_a_warning_that_says_what_the_commands_say() {
    let home = || offline().without("AWS_REGION");
    for (options, what) in [
        (&["--access-key-id", "AKIAI44QH8DHBEXAMPLE"][..], "the credentials have no secret access key"),
        (&["--access-key-id", ""], "the credentials have no access key ID"),
    ] {
        let refused = [&["exec"], options, &["--", "true"]].concat();
        let error = home().run(&refused).failure(253);
        let help = error.lines().find(|line| line.starts_with("help: ")).expect("help");
        assert!(error.starts_with(&format!("error: {what}\n")), "{error}");
        for sdk in ["aws-cli", "boto3", "all"] {
            let resolve = [&["resolve", "--offline", "--sdk", sdk], options].concat();
            let (_, words) = home().run(&resolve).success_with_words();
            assert_eq!(words, format!("warning: {what}, so they can't sign requests\n{help}\n"), "{sdk}");
            let (printed, _) = home().run(&[&resolve[..], &["--format", "json"]].concat()).code(0);
            let document = json_of(&printed);
            let document = if sdk == "all" { &document["answers"]["boto3"] } else { &document };
            assert_eq!(
                (&document["warnings"][0]["code"], &document["error"]),
                (&"half-pair".into(), &Value::Null)
            );
            assert_eq!(document["warnings"][0]["origin"]["name"], "--access-key-id");
        }
    }
}
