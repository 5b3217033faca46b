//! The commands in the help of errors can be pasted into shells, with any names in them.

use std::fs;
use std::process::Command;

use crate::harness::{Outcome, Sandbox, json_of};
use crate::missing::is_missing;

/// Names that are valid in a header or a variable and dangerous in a shell. Each is a profile in the files.
const NAMES: &[&str] = &[
    "a$(touch${IFS}PWNED)",
    "x;touch PWNED",
    "`touch PWNED`",
    "x&touch PWNED&",
    "o'brien",
    "o'brien!! $(touch PWNED)",
    "-n",
    "--help",
    "a b",
    "a\tb",
    "~root",
    "=ls",
    "a\"b$HOME",
    r"DOM\user",
    "*",
    "é\u{202e}x",
    "#dev",
];

/// The commands between backticks, which start with the name of a program. Names may contain backticks, too.
fn commands(text: &str) -> Vec<String> {
    let between = |line: &str| {
        let mut found = Vec::new();
        let mut rest = line;
        while let Some(start) = ["`xcred ", "`aws "].iter().filter_map(|start| rest.find(start)).min() {
            let command = &rest[start + 1..];
            let Some(end) = command.find('`') else { break };
            found.push(command[..end].to_owned());
            rest = &command[end + 1..];
        }
        found
    };
    let told = |line: &&str| line.starts_with("help: ") || line.starts_with("next: ");
    text.lines().filter(told).flat_map(between).collect()
}

/// The words that a shell parses each command into. The shell runs nothing.
#[track_caller]
fn pasted(shell: &[&str], commands: &[String]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = commands.iter().map(|command| format!("printf '%s\\0' {command}\nprintf '\\001'\n"));
    let output = Command::new(shell[0])
        .args(&shell[1..])
        .args(["-c", &lines.collect::<Vec<_>>().concat()])
        .current_dir(folder.path())
        .output()
        .expect("the shell runs");
    assert!(output.stderr.is_empty(), "{shell:?} {commands:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "{shell:?} ran {commands:?}");
    let words = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = words.split_terminator('\u{1}');
    lines.map(|line| line.split_terminator('\0').map(str::to_owned).collect()).collect()
}

/// Checks the commands in the output of runs: each has `name` as one word or not at all. Returns their number.
#[track_caller]
fn assert_pastes(outcomes: impl IntoIterator<Item = Outcome>, name: &str) -> usize {
    let told = outcomes.into_iter().map(|outcome| outcome.ended().2);
    let mut commands: Vec<String> = told.flat_map(|told| commands(&told)).collect();
    let count = commands.len();
    commands.sort();
    commands.dedup();
    let shells: [&[&str]; 4] = [&["sh"], &["bash"], &["zsh", "-f"], &["dash"]];
    for shell in shells.iter().filter(|shell| !is_missing(shell[0])) {
        for words in pasted(shell, &commands) {
            let as_option = format!("={name}");
            let names = words.iter().any(|word| word == name || word.ends_with(&as_option));
            let plain = words.iter().all(|word| !word.contains("PWNED") && !word.contains("brien"));
            assert!(names || plain, "{shell:?}: {words:?}");
            // A name with a leading hyphen must come after `--`.
            if name.starts_with('-') && words.iter().any(|word| word == name) {
                assert!(words.iter().any(|word| word == "--"), "{words:?}");
            }
        }
    }
    count
}

fn header(kind: &str, name: &str) -> String {
    format!("[{kind} '{}']\n", name.replace('\'', r#"'"'"'"#))
}

/// The names that are special in every context. The others are only special in a shell.
const FEW: [&str; 7] = [
    "a$(touch${IFS}PWNED)",
    "x;touch PWNED",
    "`touch PWNED`",
    "o'brien!! $(touch PWNED)",
    "-n",
    "a\tb",
    "é\u{202e}x",
];

#[test]
fn the_command_in_a_help_can_be_pasted_for_any_profile_name() {
    for name in FEW {
        let profile = header("profile", name);
        let (session, services) = (header("sso-session", name), header("services", name));
        // Each file has one error, and its help names the profile, the session or the section.
        let wrong = [
            String::new(),
            "role_arn = arn:aws:iam::123456789012:role/R\n".to_owned(),
            format!("role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = {name}\n"),
            "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = empty\n".to_owned(),
            "role_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Environment\n".to_owned(),
            "role_arn = r\nsource_profile = empty\ncredential_source = Environment\n".to_owned(),
            "sso_account_id = 1\n".to_owned(),
            "sso_account_id = 1\nsso_role_name = r\nsso_region = us-east-1\nsso_start_url = https://x\n"
                .to_owned(),
            format!("sso_account_id = 1\nsso_role_name = r\nsso_session = {name}\n# no session\n"),
            format!("sso_account_id = 1\nsso_role_name = r\nsso_session = {name}\nsso_region = other\n"),
            "login_session = arn:aws:iam::123456789012:user/me\n".to_owned(),
            "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n".to_owned(),
        ];
        let mut told = Vec::new();
        for wrong in wrong {
            let session = if wrong.contains("# no session") { "[x]\n" } else { &session };
            let home = Sandbox::new().config(format!(
                "{profile}{wrong}[profile empty]\n{session}sso_region = us-east-1\nsso_start_url = https://x\n{services}"
            ));
            let home = home.env("AWS_EC2_METADATA_DISABLED", "true").env("AWS_PROFILE", name);
            for arguments in [&["credential-process"][..], &["keys", "rotate", "--yes"]] {
                told.push(home.run(arguments));
            }
            let (_, report, _) = home.run(&["resolve", "--format", "json"]).ended();
            let report = json_of(&report);
            let help = &report["error"]["help"];
            assert!(help.is_string() || help.is_null(), "{help}");
        }
        assert!(assert_pastes(told, name) >= 12, "{name}");
    }
}

#[test]
fn the_command_that_edits_and_guides_name_can_be_pasted() {
    for name in NAMES {
        let home = Sandbox::new().config("[default]\n");
        let guide =
            home.run(&["configure", &format!("--profile={name}"), "--region", "eu-west-1", "--no-input"]);
        assert!(assert_pastes([guide], name) > 0, "{name}");
        let both =
            home.run(&["configure", "process", &format!("--profile={name}"), "--credential-process", "true"]);
        assert_pastes([both], name);
        let role = ["configure", "role", "--role-arn", "r", "--credential-source", "Environment"];
        let role = home.run(&[&role[..], &[&format!("--profile={name}")]].concat());
        assert!(assert_pastes([role], name) > 0, "{name}");
        let session = ["--sso-start-url", "https://a.awsapps.com/start", "--sso-region", "us-east-1"];
        let named = format!("--name={name}");
        let session = home.run(&[&["configure", "sso-session", &named], &session[..]].concat());
        assert!(assert_pastes([session], name) > 0, "{name}");
    }
}

#[test]
fn a_key_that_a_command_repeats_can_be_pasted() {
    let key = "x$(touch PWNED)";
    let home = Sandbox::new();
    assert!(assert_pastes([home.run(&["set", key, "-"])], key) > 0);
    let home = Sandbox::new().config(format!("[default]\n{key} = text\n"));
    assert_pastes([home.run(&["set", &format!("{key}.nested"), "x"])], key);
    let home =
        Sandbox::new().file(".config/xcred/config.toml", "[mfa.devices.\"$(touch PWNED)'x\"]\ncommand = 1\n");
    assert_pastes([home.run(&["config", "list"])], "mfa.devices.\"$(touch PWNED)'x\"");
}

#[test]
fn a_name_with_a_line_break_is_never_pasted_as_one() {
    let home = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true");
    for name in ["a\ntouch PWNED\n#", "a\r\ntouch PWNED"] {
        let words = home.run(&["export-env", &format!("--profile={name}")]).code(253).1;
        assert!(!words.lines().any(|line| line.starts_with("touch")), "{words}");
    }
}

#[test]
fn a_word_that_was_meant_otherwise_is_suggested_as_a_whole_command_that_works() {
    let home = || {
        Sandbox::new()
            .config(
                "[profile 'team one']\nregion = eu-west-1\n\
                 [profile corp2]\nsso_session = corp\nregion = eu-west-1\n\
                 [sso-session corp]\nsso_region = us-east-1\n",
            )
            .env("AWS_EC2_METADATA_DISABLED", "true")
    };
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    for (arguments, meant) in [
        (&["get", "region", "--profile", "team noe"][..], "xcred get region --profile 'team one'"),
        (&["get", "region", "--profile=team noe"], "xcred get region '--profile=team one'"),
        (&["get", "sso_region", "--sso-session", "copr"], "xcred get sso_region --sso-session corp"),
        (&["get", "regoin", "-p", "team one"], "xcred get region -p 'team one'"),
        (&["get", "corpp.region"], "xcred get corp2.region"),
        (&["set", "region", "eu-wst-1", "-p", "team one"], "xcred set region eu-west-1 -p 'team one'"),
        (&["set", "use_fips_endpoint", "yes"], "xcred set use_fips_endpoint true"),
        (&["set", "retry_mode", "standrd", "--dry-run"], "xcred set retry_mode standard --dry-run"),
        (&["config", "set", "cache.rolls", "true"], "xcred config set cache.roles true"),
        (&["profile", "copy", "team noe", "x"], "xcred profile copy 'team one' x"),
        (&["configure", "-p", "x", "--region", "eu-wst-1"], "xcred configure -p x --region eu-west-1"),
    ] {
        let home = home();
        let (_, _, words) = home.run(arguments).ended();
        assert!(words.contains(&format!("did you mean `{meant}`?")), "{arguments:?}: {words}");
        let mut shell = Command::new("timeout");
        shell.args(["20", "sh", "-c", meant]).env_clear().env("HOME", home.home());
        shell.env("AWS_EC2_METADATA_DISABLED", "true").current_dir(home.home());
        shell.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).stdin(std::process::Stdio::null());
        let output = shell.output().expect("a shell");
        assert!(output.status.success(), "{meant}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("did you mean"), "{meant}");
    }
    // A variable is not on the command line.
    let words = home().env("AWS_PROFILE", "team noe").run(&["get", "region"]).failure(253);
    assert!(words.contains("did you mean `export 'AWS_PROFILE=team one'`?"), "{words}");
    // Which of two words is wrong is not clear, and a secret is not repeated.
    let words = home().run(&["get", "region", "-p", "regoin"]).failure(253);
    assert!(!words.contains("get region -p region"), "{words}");
    let secret = format!("{}/{}", crate::harness::CANARY, "wJalrXUtnFEMI/K7MDENG/bPxRfiCY");
    let words = home().run(&["set", "aws_secret_acess_key", &secret]).success_with_words().1;
    assert!(words.contains("did you mean `xcred set aws_secret_access_key - --profile default`?"), "{words}");
}

#[test]
fn a_command_line_with_a_secret_or_a_removal_is_not_repeated() {
    let home = || {
        Sandbox::new().config("[profile dev]\n[profile x]\n[profile k]\nsource_profile = dve\nrole_arn = r\n")
    };
    for arguments in [
        &["set", "aws_secret_access_key", "hunter2", "-p", "dve"][..],
        &["set", "-p", "dve", "aws_session_token", "hunter2-hunter2"],
        &["set", "credential_process", "program.sh --password hunter2", "-p", "dve"],
        &["set", "dve.endpoint_url", "https://joe:hunter2@example.com"],
        &["exec", "-p", "dve", "--", "mysql", "-phunter2"],
        &["profile", "remove", "dve"],
        &["keys", "delete", "AKIAIOSFODNN7EXAMPLE", "-p", "dve"],
    ] {
        let (_, _, words) = home().run(arguments).ended();
        assert!(words.contains("did you mean `dev"), "{arguments:?}: {words}");
        assert!(!words.contains("hunter2") && !words.contains("VALUE") && !words.contains("***"), "{words}");
        assert!(!words.contains("remove dev") && !words.contains("-p dev"), "{words}");
    }
    // What is masked anyway can't be pasted, and a name must not become an option.
    let held = home().env("AWS_SECRET_ACCESS_KEY", "hunter2-hunter2");
    let words = held.run(&["set", "region", "hunter2-hunter2", "-p", "dve"]).ended().2;
    assert!(words.contains("did you mean `dev`?"), "{words}");
    let home = Sandbox::new().config("[profile -develop]\nregion = x\n");
    let words = home.run(&["get", "region", "-p", "edevelop"]).failure(253);
    assert!(words.contains("did you mean `-develop`?"), "{words}");
    // The session in the file is wrong, not the profile of the same name.
    let home = Sandbox::new().config("[profile corpp]\nsso_session = corpp\n[sso-session corp]\n");
    let words = home.run(&["login", "corpp"]).failure(253);
    assert!(words.contains("did you mean `corp`?"), "{words}");
}

#[test]
fn doctor_repeats_a_value_only_if_it_can_be_set_as_it_is() {
    for (line, expected) in [
        ("regoin = eu-west-1", "`xcred set region eu-west-1 --profile a`?"),
        ("regoin =", "did you mean `region`?"),
        ("regoin = eu\n  west", "did you mean `region`?"),
        ("regoin = eu-west-1\nregion = us-east-1", "did you mean `region`?"),
        ("s3 =\n  adressing_style = path", "`xcred set s3.addressing_style path --profile a`?"),
        ("s3 =\n  addressing_style = auto\n  adressing_style = path", "did you mean `s3.addressing_style`?"),
        ("credential_proces = run --password hunter2", "`credential_process`? rename the key on line 2"),
        ("endpoint_ulr = https://joe:hunter2@example.com", "`endpoint_url`? rename the key on line 2"),
        ("aws_secret_acces_key = hunter2", "`aws_secret_access_key`? rename the key on line 2"),
    ] {
        let (_, shown, _) = Sandbox::new().config(format!("[profile a]\n{line}\n")).run(&["doctor"]).ended();
        assert!(shown.contains(expected) && !shown.contains("hunter2"), "{line}: {shown}");
        assert!(!shown.contains("VALUE") && !shown.contains("***"), "{line}: {shown}");
    }
}

#[test]
fn what_is_half_set_up_is_completed_and_not_made_something_else() {
    let home = Sandbox::new().config(
        "[profile s]\nsso_session = corp\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n\
         sso_region = us-east-1\n",
    );
    for sdk in ["aws-cli", "rust", "java"] {
        let words = home.run(&["whoami", "-p", "s", "--sdk", sdk]).failure(253);
        assert!(words.contains("`xcred configure sso --profile s`"), "{sdk}: {words}");
        assert!(!words.contains("`xcred configure --profile s`"), "{sdk}: {words}");
    }
    // The reason why there is no question is the true one.
    for (arguments, why) in [
        (&["configure", "sso", "--no-input"][..], "and `--no-input` forbids asking"),
        (&["configure", "sso"], "and there is no terminal to prompt on"),
        (&["configure", "sso-session", "--no-input"], "and `--no-input` forbids asking"),
        (&["configure", "sso-session"], "and there is no terminal to prompt on"),
        (&["configure", "role", "--no-input"], "and `--no-input` forbids asking"),
    ] {
        let (_, _, words) = home.run(arguments).ended();
        assert!(words.contains(why), "{arguments:?}: {words}");
    }
}
