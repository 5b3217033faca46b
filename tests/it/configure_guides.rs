//! The guided ways to credentials without a terminal: roles, web identities, processes and sessions.

use crate::harness::{CANARY, Sandbox, section};

const ARN: &str = "arn:aws:iam::123456789012:role/Developer";

/// A home with a profile `base` that has keys.
fn with_base(config: &str) -> Sandbox {
    Sandbox::new().config(config).credentials(section("base", "AKIAIOSFODNN7EXAMPLE", CANARY))
}

#[test]
fn a_role_is_set_up_by_options() {
    let sandbox = with_base("");
    let options = [
        "--role-arn",
        ARN,
        "--source-profile",
        "base",
        "--external-id",
        "x1",
        "--mfa-serial",
        "arn:aws:iam::123456789012:mfa/me",
        "--role-session-name",
        "me",
        "--duration-seconds",
        "900",
        "--region",
        "eu-west-1",
    ];
    let arguments = [&["configure", "role", "-p", "r"][..], &options].concat();
    let (_, words) = sandbox.run(&arguments).success_with_words();
    assert!(words.contains("next: `xcred whoami --profile r`") && !words.contains("warning"), "{words}");
    assert_eq!(
        sandbox.read_config(),
        format!(
            "[profile r]\nrole_arn = {ARN}\nsource_profile = base\nexternal_id = x1\n\
             mfa_serial = arn:aws:iam::123456789012:mfa/me\nrole_session_name = me\nduration_seconds = 900\n\
             region = eu-west-1\n"
        )
    );
}

#[test]
fn one_kind_of_source_takes_the_place_of_the_other() {
    let sandbox = with_base("");
    let role = ["configure", "role", "-p", "r", "--role-arn", ARN];
    let _ = sandbox.run(&[&role[..], &["--source-profile", "base"]].concat()).success_with_words();
    let (_, words) =
        sandbox.run(&[&role[..], &["--credential-source", "EcsContainer"]].concat()).success_with_words();
    assert!(words.contains("removed source_profile"), "{words}");
    assert_eq!(
        sandbox.read_config(),
        format!("[profile r]\nrole_arn = {ARN}\ncredential_source = EcsContainer\n")
    );
    let _ = sandbox.run(&[&role[..], &["--source-profile", "base"]].concat()).success_with_words();
    assert!(!sandbox.read_config().contains("credential_source"));
}

#[test]
fn a_source_that_is_not_there_is_refused() {
    let sandbox = with_base("");
    let words = sandbox
        .run(&["configure", "role", "-p", "r", "--role-arn", ARN, "--source-profile", "bse"])
        .failure(253);
    assert!(
        words.contains("profile `bse` not found")
            && words.contains("did you mean `xcred configure role ")
            && words.contains("--source-profile base"),
        "{words}"
    );
    assert_eq!(sandbox.read_config(), "");
}

#[test]
fn sources_that_go_in_a_circle_are_refused_and_drawn() {
    let config = format!(
        "[profile b]\nrole_arn = {ARN}\nsource_profile = c\n[profile c]\nrole_arn = {ARN}\nsource_profile = a\n"
    );
    let sandbox = with_base(&config);
    let role = |profile: &'static str, source: &'static str| {
        ["configure", "role", "-p", profile, "--role-arn", ARN, "--source-profile", source]
    };
    let words = sandbox.run(&role("a", "b")).failure(253);
    assert!(words.contains("a -> b -> c -> a"), "{words}");
    let words = sandbox.run(&role("a", "a")).failure(253);
    assert!(words.contains("can't be its own source"), "{words}");
    assert_eq!(sandbox.read_config(), config);
    // Keys of its own end the chain, also that of the profile to itself.
    let (_, words) = sandbox.run(&role("base", "base")).success_with_words();
    assert!(!words.contains("no longer has any effect"), "{words}");
    let _ = sandbox.run(&role("c", "base")).success_with_words();
    let _ = sandbox.run(&role("a", "b")).success_with_words();
}

#[test]
fn a_chain_with_a_missing_link_is_refused() {
    let sandbox = with_base(&format!("[profile b]\nrole_arn = {ARN}\nsource_profile = gone\n"));
    let words = sandbox
        .run(&["configure", "role", "-p", "a", "--role-arn", ARN, "--source-profile", "b"])
        .failure(253);
    assert!(words.contains("profile `gone` not found"), "{words}");
}

#[test]
fn settings_that_decide_over_each_other_are_told() {
    let sandbox = with_base("[profile r]\ncredential_process = /bin/true\n");
    let role = ["configure", "role", "-p", "r", "--role-arn", ARN, "--source-profile", "base"];
    let (_, words) = sandbox.run(&role).success_with_words();
    assert!(words.contains("config:2: `credential_process` no longer has any effect"), "{words}");
    let (_, words) = sandbox
        .run(&["configure", "process", "-p", "r", "--credential-process", "/bin/false"])
        .success_with_words();
    assert!(words.contains("`role_arn` takes precedence over `credential_process`"), "{words}");
    assert!(words.contains("`xcred unset role_arn --profile r`"), "{words}");
    let sandbox = with_base("[profile r]\nweb_identity_token_file = /token\n");
    let (_, words) = sandbox.run(&role).success_with_words();
    assert!(words.contains("`web_identity_token_file` takes precedence over `source_profile`"), "{words}");
}

#[test]
fn odd_answers_are_pointed_out_and_written() {
    let sandbox = with_base("");
    let (_, words) = sandbox
        .run(&["configure", "role", "-p", "r", "--role-arn", "Dev", "--source-profile", "base"])
        .success_with_words();
    assert!(words.contains("doesn't look like a role's ARN"), "{words}");
    let file = ["configure", "web-identity", "-p", "w", "--role-arn", ARN, "--web-identity-token-file"];
    let (_, words) = sandbox.run(&[&file[..], &["~/token"]].concat()).success_with_words();
    assert!(words.contains("not expanded"), "{words}");
    let process = ["configure", "process", "-p", "p", "--credential-process"];
    for (command, said) in [
        ("~/bin/creds", "not expanded"),
        ("sh -c x | y", "boto3 and AWS CLI pass the `|` on literally"),
        ("bin/creds", "depends on the folder"),
        ("no-such-program", "`no-such-program` was not found"),
    ] {
        let (_, words) = sandbox.run(&[&process[..], &[command]].concat()).success_with_words();
        assert!(words.contains(said), "{command}: {words}");
        assert!(sandbox.read_config().contains(&format!("credential_process = {command}\n")));
    }
    let words = sandbox.run(&[&process[..], &["sh -c 'x"]].concat()).failure(252);
    assert!(words.contains("unclosed quote"), "{words}");
    let (_, words) = sandbox.run(&[&process[..], &["sh -c 'a | b'"]].concat()).success_with_words();
    assert!(!words.contains("warning: no"), "{words}");
}

#[test]
fn a_session_is_set_up_by_options() {
    let sandbox = Sandbox::new();
    let session =
        ["configure", "sso-session", "--name", "my corp", "--sso-region", "eu-central-1", "--sso-start-url"];
    let words = sandbox.run(&[&session[..], &["http://x.awsapps.com/start"]].concat()).failure(252);
    assert!(words.contains("https://"), "{words}");
    let (_, words) =
        sandbox.run(&[&session[..], &["https://x.awsapps.com/start"]].concat()).success_with_words();
    assert!(words.contains("`xcred configure sso --sso-session 'my corp'`"), "{words}");
    assert_eq!(
        sandbox.read_config(),
        "[sso-session 'my corp']\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-central-1\n\
         sso_registration_scopes = sso:account:access\n"
    );
}

#[test]
fn the_identity_of_the_default_profile_is_not_changed_by_accident() {
    let keys = section("default", "AKIAIOSFODNN7EXAMPLE", CANARY);
    for arguments in [
        &["configure", "role", "--role-arn", ARN, "--credential-source", "Environment"][..],
        &["configure", "web-identity", "--role-arn", ARN, "--web-identity-token-file", "/run/token"],
        &["configure", "process", "--credential-process", "/bin/true"],
    ] {
        for variable in ["AWS_PROFILE", "OTHER"] {
            let sandbox = Sandbox::new().credentials(&keys).env(variable, "default");
            let words = sandbox.run(arguments).failure(252);
            assert!(words.contains("already gets its credentials by `aws_access_key_id`"), "{words}");
            assert!(words.contains("--profile NAME"), "{words}");
            assert!(!sandbox.path(".aws/config").exists());
            // Who names it means it.
            let named = [arguments, &["--profile", "default"]].concat();
            let _ = sandbox.run(&named).success_with_words();
            assert!(sandbox.read_config().starts_with("[default]\n"));
        }
        let sandbox = Sandbox::new();
        let _ = sandbox.run(arguments).success_with_words();
        assert!(sandbox.read_config().starts_with("[default]\n"));
    }
}

#[test]
fn what_doctor_finds_in_the_new_lines_is_said_at_once_and_once() {
    let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n");
    let role = ["configure", "role", "-p", "r", "--role-arn", ARN, "--source-profile", "default"];
    let odd = ["--mfa-serial", "123456", "--external-id", "x"];
    let (_, words) = sandbox.run(&[&role[..], &odd].concat()).success_with_words();
    for (what, times) in [
        ("warning: `mfa_serial` should be the ARN of an MFA device", 1),
        ("warning: `external_id` should be 2 to 1224 letters", 1),
        (
            "config:5: source profile `default` has no credentials\nhelp: `xcred configure --profile default`",
            1,
        ),
        ("warning: ", 3),
    ] {
        assert_eq!(words.matches(what).count(), times, "{what}: {words}");
    }
    let sandbox = with_base("[profile r]\nmax_attempts = x\n");
    let role = ["configure", "role", "-p", "r", "--role-arn", ARN, "--source-profile", "base"];
    let (_, words) = sandbox.run(&role).success_with_words();
    assert_eq!((words.matches("warning: ").count(), words.contains("max_attempts")), (1, true), "{words}");
    let token =
        ["configure", "web-identity", "-p", "w", "--role-arn", ARN, "--web-identity-token-file", "/gone"];
    let (_, words) = sandbox.run(&token).success_with_words();
    // What runs there writes it.
    assert!(!words.contains("warning: "), "{words}");
}

#[test]
fn a_profile_that_only_the_environment_names_keeps_its_identity() {
    let sandbox = || {
        let keys = section("prod", "AKIAIOSFODNN7EXAMPLE", CANARY)
            + &section("default", "AKIAI44QH8DHBEXAMPLE", CANARY);
        Sandbox::new().credentials(keys).env("AWS_PROFILE", "prod").env("AWS_EC2_METADATA_DISABLED", "true")
    };
    for arguments in [
        &["role", "--role-arn", ARN, "--source-profile", "default"][..],
        &["web-identity", "--role-arn", ARN, "--web-identity-token-file", "/run/token"],
        &["process", "--credential-process", "/bin/true"],
        &["sso", "--sso-start-url", "https://x.awsapps.com/start", "--sso-region", "eu-west-1", "--no-input"],
    ] {
        let arguments = [&["configure"], arguments].concat();
        let (sandbox, explicit) = (sandbox(), [&arguments[..], &["--profile", "prod"]].concat());
        let words = sandbox.run(&arguments).failure(252);
        assert!(
            words.contains(
                "credentials:2: profile `prod`, which AWS_PROFILE names, already gets its credentials by"
            ),
            "{words}"
        );
        assert!(words.contains("`--profile prod` changes `prod`"), "{words}");
        assert!(!sandbox.path(".aws/config").exists());
        if arguments[1] != "sso" {
            let _ = sandbox.run(&explicit).success_with_words();
        }
    }
    // A new one has none.
    let sandbox = sandbox().env("AWS_PROFILE", "new");
    let _ = sandbox
        .run(&["configure", "role", "--role-arn", ARN, "--source-profile", "prod"])
        .success_with_words();
}

#[test]
fn the_form_that_made_a_profile_edits_it_where_a_variable_names_it() {
    let of_form = |lines: &str| with_base(&format!("[profile r]\n{lines}")).env("AWS_PROFILE", "r");
    let role = format!("role_arn = {ARN}\n");
    for (lines, arguments, added) in [
        (role.clone() + "source_profile = base\n", ["role", "--external-id", "abcd"], "external_id = abcd\n"),
        (
            role + "web_identity_token_file = /run/token\n",
            ["web-identity", "--role-session-name", "me"],
            "role_session_name = me\n",
        ),
        (
            "credential_process = /bin/true\n".to_owned(),
            ["process", "--region", "eu-west-1"],
            "region = eu-west-1\n",
        ),
    ] {
        let sandbox = of_form(&lines);
        let arguments = [&["configure"], &arguments[..], &["--no-input"]].concat();
        let _ = sandbox.run(&arguments).success_with_words();
        assert_eq!(sandbox.read_config(), format!("[profile r]\n{lines}{added}"));
    }
}

#[test]
fn what_a_new_profile_inherits_is_told_once_and_no_help_adds_a_key() {
    let config = "[DEFAULT]\naws_session_token = old\n[profile dev]\nregion = eu-west-1\n";
    let role =
        ["configure", "role", "-p", "new", "--role-arn", ARN, "--source-profile", "base", "--no-input"];
    for more in [&[][..], &["-n"]] {
        let (_, words) = with_base(config).run(&[&role[..], more].concat()).success_with_words();
        assert_eq!(words.matches("config:2: ").count(), 1, "{words}");
        assert!(words.contains("remove it from `[DEFAULT]`"), "{words}");
        assert!(!words.contains("`xcred configure --profile new`"), "{words}");
    }
    let sandbox = with_base(config);
    let _ = sandbox.run(&role).success_with_words();
    let (found, _) = sandbox.run(&["doctor", "new"]).code(1);
    assert!(found.contains("config:2") && !found.contains("`xcred configure --profile new`"), "{found}");
}

#[test]
fn half_of_what_comes_first_is_not_to_be_completed() {
    let process = ["configure", "process", "-p", "p", "--credential-process", "/bin/true"];
    let half = "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    let (_, words) = Sandbox::new().credentials(half).run(&process).success_with_words();
    assert!(words.contains("`xcred unset aws_access_key_id --profile p` makes"), "{words}");
    assert_eq!(words.matches("warning: ").count(), 1, "{words}");
}
