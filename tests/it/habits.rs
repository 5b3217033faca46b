//! What fingers know from AWS CLI and others works, or the error names the command that does it.

use crate::harness::{CANARY, Sandbox, section};

fn home() -> Sandbox {
    Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .config("[default]\nregion = eu-west-1\n[profile dev]\noutput = json\n")
        .credentials(section("default", "AKIAIOSFODNN7EXAMPLE", CANARY))
}

#[test]
fn the_rows_of_configure_list_are_those_of_aws_cli_with_their_places() {
    let rows = |sandbox: &Sandbox, arguments: &[&str]| {
        let text = sandbox.run(arguments).success();
        let cells = |line: &str| line.split(" : ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        text.lines().map(cells).collect::<Vec<_>>()
    };
    assert_eq!(
        rows(&home(), &["configure", "list"]),
        [
            ["NAME", "VALUE", "TYPE", "LOCATION"],
            ["profile", "<not set>", "None", "None"],
            ["access_key", "****************MPLE", "shared-credentials-file", "~/.aws/credentials:2"],
            ["secret_key", "****************", "shared-credentials-file", "~/.aws/credentials:3"],
            ["region", "eu-west-1", "config-file", "~/.aws/config:2"],
        ]
    );
    let found =
        rows(&home().env("AWS_PROFILE", "dev").env("AWS_REGION", "eu-north-1"), &["configure", "list"]);
    assert_eq!(
        found[1..],
        [
            ["profile", "dev", "env", "AWS_PROFILE"],
            ["access_key", "<not set>", "None", "None"],
            ["secret_key", "<not set>", "None", "None"],
            ["region", "eu-north-1", "env", "AWS_REGION"],
        ]
    );
    let found = rows(&home(), &["configure", "list", "--profile", "dev", "--region", "eu-west-3"]);
    assert_eq!(
        (&found[1][1..], &found[4][1..]),
        (
            &["dev", "manual", "--profile"].map(String::from)[..],
            &["eu-west-3", "manual", "--region"].map(String::from)[..]
        )
    );
    assert!(
        home().run(&["configure", "list", "-p", "nope"]).failure(253).contains("profile `nope` not found")
    );
}

#[test]
fn configure_get_and_set_work_on_the_files() {
    let sandbox = home().env("AWS_REGION", "elsewhere");
    assert_eq!(sandbox.run(&["configure", "get", "region"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["configure", "get", "dev.output"]).success(), "json\n");
    assert_eq!(sandbox.run(&["configure", "get", "nothing"]).failure(1), "");
    sandbox.run(&["configure", "set", "region", "eu-central-1", "--profile", "dev"]).success();
    assert!(sandbox.read_config().ends_with("[profile dev]\noutput = json\nregion = eu-central-1\n"));
    assert_eq!(sandbox.run(&["configure", "list-profiles"]).success(), "default\ndev\n");
    // Other methods' options aren't theirs.
    sandbox.run(&["configure", "--access-key-id", "A", "get", "region"]).failure(252);
}

#[test]
fn export_credentials_prints_the_lines_of_aws_cli() {
    let secret = CANARY.replace(' ', "");
    let sandbox = home().revealing();
    let export =
        |format: &str| sandbox.run(&["configure", "export-credentials", "--format", format]).success();
    let id = "AKIAIOSFODNN7EXAMPLE";
    assert_eq!(
        export("env"),
        format!("export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={secret}\n")
    );
    assert_eq!(export("env-no-export"), format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\n"));
    assert_eq!(
        export("powershell"),
        format!("$Env:AWS_ACCESS_KEY_ID=\"{id}\"\n$Env:AWS_SECRET_ACCESS_KEY=\"{secret}\"\n")
    );
    assert_eq!(
        export("windows-cmd"),
        format!("set AWS_ACCESS_KEY_ID={id}\nset AWS_SECRET_ACCESS_KEY={secret}\n")
    );
    assert_eq!(
        export("fish"),
        format!("set -gx AWS_ACCESS_KEY_ID \"{id}\"\nset -gx AWS_SECRET_ACCESS_KEY \"{secret}\"\n")
    );
    let document = sandbox.run(&["configure", "export-credentials"]).success();
    assert_eq!(document, sandbox.run(&["credential-process"]).success());
    // What a shell would run is never printed without quotes.
    let sandbox = Sandbox::new()
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", &format!("{CANARY}$(reboot)"));
    let words = sandbox.run(&["configure", "export-credentials", "--format", "env"]).failure(253);
    assert!(words.contains("AWS_SECRET_ACCESS_KEY would need quotes"), "{words}");
    assert!(words.contains("help: `xcred export-env --profile default` writes it for any shell"), "{words}");
}

#[test]
fn a_session_token_is_exported_too() {
    let sandbox = Sandbox::new()
        .env("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("AWS_SESSION_TOKEN", "token==")
        .env("AWS_CREDENTIAL_EXPIRATION", "2099-01-01T00:00:00Z")
        .revealing();
    let lines = sandbox.run(&["configure", "export-credentials", "--format", "env-no-export"]).success();
    let rest = "AWS_SESSION_TOKEN=token==\nAWS_CREDENTIAL_EXPIRATION=2099-01-01T00:00:00+00:00\n";
    assert!(lines.ends_with(rest), "{lines}");
}

#[test]
fn help_profile_list_and_profile_show_work() {
    let sandbox = home();
    assert_eq!(sandbox.run(&["help"]).success(), sandbox.run(&["--help"]).success());
    assert_eq!(
        sandbox.run(&["help", "keys", "rotate"]).success(),
        sandbox.run(&["keys", "rotate", "--help"]).success()
    );
    assert_eq!(sandbox.run(&["profile", "list"]).success(), "default\ndev\n");
    assert_eq!(sandbox.run(&["profile", "show", "dev"]).success(), "output = json\n");
    assert!(sandbox.run(&["profile", "show", "nope"]).failure(253).contains("`nope` not found"));
    for command in [&["configure", "--help"][..], &["profile", "--help"]] {
        let help = sandbox.run(command).success();
        for hidden in ["export-credentials", "  list", "  show", "  get"] {
            assert!(!help.contains(hidden), "{help}");
        }
    }
}

#[test]
fn a_command_that_is_another_one_here_is_named() {
    let sandbox = home();
    for (command, told) in [
        ("ls", "'list-profiles'"),
        ("settings", "'config'"),
        ("check", "'doctor'"),
        ("current", "'status'"),
        ("rotate", "'keys rotate'"),
        ("switch", "'use'"),
        ("signin", "'login'"),
        ("signout", "'logout'"),
        ("gte", "'get'"),
        ("ues", "'use'"),
    ] {
        let words = sandbox.run(&[command]).failure(252);
        assert!(words.contains("unrecognized subcommand") && words.contains(told), "{command}: {words}");
    }
}

/// Only what prints for an evaluation prints what makes it fail.
#[test]
fn an_evaluation_of_what_is_nearly_export_env_fails() {
    let sandbox = home();
    for command in
        [&["export-evn"][..], &["expor-env", "dev"], &["exprot-env", "--format", "posix"], &["env"]]
    {
        let (code, out, words) = sandbox.run(command).ended();
        assert_eq!((code, &*out), (Some(252), "false;\n"), "{command:?}");
        assert!(words.contains("'export-env'"), "{words}");
    }
    for command in [&["gte", "region"][..], &["whoani"], &["nothing-like-it"]] {
        let (code, out, _) = sandbox.run(command).ended();
        assert_eq!((code, &*out), (Some(252), ""), "{command:?}");
    }
}

#[test]
fn sso_login_and_sso_logout_are_login_and_logout() {
    let sandbox = home();
    for (theirs, ours) in [
        (&["sso", "login", "--profile", "dev"][..], &["login", "--profile", "dev"][..]),
        (&["--profile", "dev", "sso", "login"], &["login", "--profile", "dev"]),
        (
            &["sso", "login", "--sso-session", "corp", "--use-device-code"],
            &["login", "--sso-session", "corp"],
        ),
        (&["sso", "logout", "-p", "dev"], &["logout", "-p", "dev"]),
    ] {
        let words = sandbox.run(theirs).failure(253);
        assert_eq!(words, sandbox.run(ours).failure(253));
        assert!(words.contains("has no sign-in") || words.contains("no sso-session"), "{words}");
    }
    assert_eq!(
        sandbox.run(&["sso", "login", "--help"]).success(),
        sandbox.run(&["login", "--help"]).success()
    );
    assert!(!sandbox.run(&["--help"]).success().contains("sso login"));
}

#[test]
fn a_profile_behind_the_key_has_a_tip() {
    let tip = |arguments: &[&str]| {
        home().config("[profile dev]\n[profile 'my prof']\n[sso-session corp]\n").run(arguments).failure(252)
    };
    assert!(tip(&["get", "region", "dev"]).contains("`xcred get region --profile dev`"));
    assert!(tip(&["unset", "region", "my prof"]).contains("`xcred unset region --profile 'my prof'`"));
    let set = tip(&["set", "region", "eu-west-1", "dev"]);
    assert!(set.contains("`xcred set region eu-west-1 --profile dev`"), "{set}");
    let set = tip(&["set", "dev", "region", "eu-west-1"]);
    assert!(set.contains("tip: to name a profile: `xcred set region eu-west-1 --profile dev`"), "{set}");
    let role = tip(&["configure", "role", "dev"]);
    assert!(role.contains("tip: to name a profile: `xcred configure role --profile dev`"), "{role}");
    let configure = tip(&["configure", "dev"]);
    assert!(configure.contains("tip: to name a profile: `xcred configure --profile dev`"), "{configure}");
    let profile = tip(&["dev"]);
    assert!(profile.contains("tip: `dev` is a profile: `xcred use dev`"), "{profile}");
    let service = tip(&["s3", "ls"]);
    assert!(service.contains("`xcred exec -- aws s3`") && !service.contains("similar"), "{service}");
    assert!(!tip(&["get", "region", "--nope"]).contains("--profile"));
    assert!(!tip(&["get", "region", "nope"]).contains("tip"));
    let session = tip(&["sso", "sync", "corp"]);
    assert!(
        session.contains("tip: to name an SSO session: `xcred sso sync --sso-session corp`"),
        "{session}"
    );
}

#[test]
fn what_is_given_in_the_wrong_place_is_told_its_own() {
    let words = |arguments: &[&str], status| home().run(arguments).failure(status);
    let set = words(&["set", "output", "json", "--region", "eu-west-1", "-p", "dev"], 252);
    assert!(set.contains("tip: to set the region: `xcred set region eu-west-1 --profile dev`"), "{set}");
    let config = words(&["config", "set", "region", "eu-west-1"], 252);
    assert!(
        config.contains("help: it is a setting of profiles: `xcred set region VALUE --profile NAME`"),
        "{config}"
    );
    let role = words(&["whoami", "arn:aws:iam::123456789012:role/x"], 253);
    assert!(role.contains("help: the ARN of a role is given with `--role-arn`"), "{role}");
    let (_, unset) = home().run(&["export-env", "--unset", "dev"]).code(252);
    assert!(unset.contains("'--unset' cannot be used with"), "{unset}");
}

#[test]
fn a_spelling_without_a_page_names_the_page_to_read() {
    let words = home().run(&["man", "configure", "list"]).failure(252);
    assert!(words.contains("`configure list`") && words.contains("`xcred man resolve`"), "{words}");
}

#[test]
fn a_misspelled_value_of_a_closed_list_names_the_nearest() {
    for (key, value, meant) in [
        ("output", "jsn", "json"),
        ("retry_mode", "standrd", "standard"),
        ("s3.addressing_style", "vitual", "virtual"),
        ("sts_regional_endpoints", "legcy", "legacy"),
        ("cli_auto_prompt", "on-partal", "on-partial"),
        ("region", "eu-central1", "eu-central-1"),
    ] {
        let (_, words) = home().run(&["set", key, value]).success_with_words();
        assert!(
            words.contains("did you mean `") && words.contains(&format!("`xcred set {key} {meant}")),
            "{key}: {words}"
        );
    }
    let (_, words) = home().run(&["set", "region", "eu-"]).success_with_words();
    assert!(!words.contains("did you mean") && !words.contains("us-"), "{words}");
}
