//! `xcred configure` without a terminal: everything can be given by options, and what is missing is named.

use crate::harness::{CANARY, Sandbox, secret, section};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const TEMPORARY_ID: &str = "ASIAIOSFODNN7EXAMPLE";

#[test]
fn the_suggested_check_has_a_region_where_nothing_else_has_one() {
    let arguments = ["configure", "-p", "ci", "--access-key-id", ID, "--secrets-from-stdin"];
    for (sandbox, options) in [
        (Sandbox::new(), " --region us-east-1"),
        (Sandbox::new().config("[profile ci]\nregion = eu-west-1\n"), ""),
        (Sandbox::new().env("AWS_DEFAULT_REGION", "eu-west-1"), ""),
    ] {
        let run = sandbox.run_with_input(&arguments, &format!("{}\n", secret()));
        let (_, words) = run.success_with_words();
        let next = format!("next: `xcred whoami --profile ci{options}` checks the credentials with AWS");
        assert!(words.contains(&next), "{words}");
    }
}

#[test]
fn a_script_gives_everything_by_options_and_standard_input() {
    let sandbox = Sandbox::new();
    let arguments =
        ["configure", "-p", "ci", "--access-key-id", ID, "--secrets-from-stdin", "--region", "eu-west-1"];
    let (out, words) = sandbox.run_with_input(&arguments, &format!("{}\n", secret())).success_with_words();
    assert_eq!(out, "");
    assert!(words.contains("wrote aws_access_key_id, aws_secret_access_key in "), "{words}");
    assert!(words.contains("next: `xcred whoami --profile ci` checks the credentials with AWS"), "{words}");
    assert_eq!(sandbox.read_credentials(), section("ci", ID, &secret()));
    assert_eq!(sandbox.read_config(), "[profile ci]\nregion = eu-west-1\n");
    // The same again changes nothing.
    let (_, words) = sandbox.run_with_input(&arguments, &secret()).success_with_words();
    assert!(words.contains("nothing to change in profile `ci`"), "{words}");
    assert!(sandbox.run(&["get", "--all", "--profile", "ci"]).success().contains("eu-west-1"));
    let stored = sandbox.revealing().run(&["get", "aws_secret_access_key", "--profile", "ci"]).success();
    assert_eq!(stored, format!("{}\n", secret()));
}

#[test]
fn a_session_token_is_the_second_line() {
    let sandbox = Sandbox::new();
    let arguments =
        ["configure", "--access-key-id", TEMPORARY_ID, "--secrets-from-stdin", "--output", "json"];
    let words = sandbox.run_with_input(&arguments, &secret()).failure(252);
    assert!(words.contains("the session token on the second line"), "{words}");
    assert!(!sandbox.path(".aws").exists());
    let input = format!("{}\r\n{CANARY}/token\r\n", secret());
    let _ = sandbox.run_with_input(&arguments, &input).success_with_words();
    assert!(sandbox.read_credentials().ends_with(&format!("aws_session_token = {CANARY}/token\n")));
}

#[test]
fn a_stale_token_goes_from_both_files() {
    let sandbox = Sandbox::new().config(format!("[default]\naws_session_token = {CANARY}\n")).credentials(format!(
        "[default]\naws_access_key_id = ASIAOLDFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\naws_security_token = {CANARY}\n"
    ));
    let arguments = ["configure", "--access-key-id", ID, "--secrets-from-stdin"];
    let (_, words) = sandbox.run_with_input(&arguments, &secret()).success_with_words();
    assert!(
        words.contains("removed aws_session_token") && words.contains("removed aws_security_token"),
        "{words}"
    );
    assert!(!sandbox.read_credentials().contains("token") && !sandbox.read_config().contains("token"));
}

#[test]
fn what_is_missing_is_named_and_nothing_is_written() {
    let cases: [(&[&str], &[&str]); 9] = [
        (&["configure"], &["--access-key-id", "--secrets-from-stdin", "--region", "--output"]),
        (&["configure", "--access-key-id", ID], &["--secrets-from-stdin"]),
        (&["configure", "--secrets-from-stdin"], &["--access-key-id"]),
        (&["configure", "--no-input"], &["`--no-input` forbids", "--access-key-id"]),
        (&["configure", "role"], &["--role-arn", "--source-profile", "--credential-source"]),
        (&["configure", "role", "--source-profile", "base"], &["--role-arn"]),
        (
            &["configure", "web-identity", "--region", "eu-west-1"],
            &["--role-arn", "--web-identity-token-file"],
        ),
        (&["configure", "process"], &["--credential-process"]),
        (&["configure", "sso-session"], &["--name", "--sso-start-url", "--sso-region"]),
    ];
    for (arguments, named) in cases {
        let sandbox = Sandbox::new().credentials("[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n");
        // Without options the lines would be answers.
        let input = if arguments == ["configure"] { "" } else { &secret() };
        let before = sandbox.read_credentials();
        let words = sandbox.run_with_input(arguments, input).failure(252);
        for option in named {
            assert!(words.contains(option), "{arguments:?}: no `{option}` in {words}");
        }
        assert_eq!(sandbox.read_credentials(), before);
        assert!(!sandbox.path(".aws/config").exists());
    }
}

#[test]
fn one_answer_is_enough_where_no_more_is_needed() {
    let sandbox = Sandbox::new().env("AWS_PROFILE", "dev");
    let _ = sandbox.run(&["configure", "--region", "eu-west-1"]).success_with_words();
    assert_eq!(sandbox.read_config(), "[profile dev]\nregion = eu-west-1\n");
    assert!(!sandbox.path(".aws/credentials").exists());
}

#[test]
fn odd_answers_are_pointed_out_and_written() {
    let sandbox = Sandbox::new();
    let arguments =
        ["configure", "--access-key-id", "local", "--secrets-from-stdin", "--region", "eu-wset-1"];
    let (_, words) = sandbox.run_with_input(&arguments, CANARY).success_with_words();
    assert!(words.contains("doesn't look like an access key ID"), "{words}");
    assert!(
        words.contains("19 characters instead of 40") && words.contains("did you mean `eu-west-1`?"),
        "{words}"
    );
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-wset-1\n");
}

#[test]
fn an_impossible_command_line_is_refused() {
    let cases: [(&[&str], i32); 10] = [
        (&["configure", "--access-key-id", " "], 252),
        (&["configure", "--region", ""], 252),
        (&["configure", "--access-key-id", ID, "role"], 252),
        (&["configure", "role", "--source-profile", "a", "--credential-source", "Environment"], 252),
        (&["configure", "role", "--credential-source", "environment"], 252),
        (&["configure", "role", "--duration-seconds", "60"], 252),
        (&["configure", "sso-session", "--name", "x", "--region", "eu-west-1"], 252),
        (
            &[
                "configure",
                "sso-session",
                "--name",
                "x",
                "--sso-start-url",
                "https://d-1.awsapps.com/start",
                "--sso-region",
                "eu-west-1",
                "--sso-registration-scopes",
                "value-1 value-2",
            ],
            252,
        ),
        (&["configure", "--region", "eu-west-1", "-p", "a]b"], 252),
        (&["configure", "--region", "eu-west-1", "-p", ""], 252),
    ];
    for (arguments, code) in cases {
        let sandbox = Sandbox::new();
        let words = sandbox.run(arguments).failure(code);
        assert!(words.starts_with("error: "), "{words}");
        assert!(!sandbox.path(".aws").exists(), "{arguments:?}");
    }
    let sandbox = Sandbox::new();
    for (input, words) in [
        ("", "has no secret"),
        ("\n \n", "has no secret"),
        ("a\nb\nc\n", "more than two lines"),
        ("a b\n", "a line that contains whitespace"),
        (ID, "look swapped"),
    ] {
        let id = if input == ID { "local" } else { ID };
        let arguments = ["configure", "--access-key-id", id, "--secrets-from-stdin"];
        let said = sandbox.run_with_input(&arguments, input).failure(252);
        assert!(said.contains(words), "{input:?}: {said}");
    }
}

#[test]
fn an_empty_profile_variable_names_nothing_to_write_under() {
    let sandbox = Sandbox::new().env("AWS_PROFILE", "");
    let words = sandbox.run(&["configure", "--region", "eu-west-1"]).failure(253);
    assert!(words.contains("AWS_PROFILE is set but empty"), "{words}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_before_anything_is_asked() {
    let sandbox = Sandbox::new().config("[default]\nregion = a\nregion = b\n");
    let words = sandbox.run(&["configure", "--region", "eu-west-1"]).failure(253);
    assert!(words.contains("config:3"), "{words}");
}

#[test]
fn a_region_in_the_credentials_file_does_not_hide_the_new_one() {
    let sandbox = Sandbox::new().credentials("[default]\nregion = us-east-1\n");
    let (_, words) = sandbox.run(&["configure", "--region", "eu-west-1"]).success_with_words();
    assert!(words.contains("removed region from "), "{words}");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "eu-west-1\n");
}

#[test]
fn a_dry_run_shows_the_change_without_the_secret() {
    let sandbox = Sandbox::new();
    let arguments = ["configure", "--access-key-id", ID, "--secrets-from-stdin", "--dry-run"];
    let diff = sandbox.run_with_input(&arguments, &secret()).success();
    assert!(diff.contains("+aws_secret_access_key = ****"), "{diff}");
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn a_key_that_something_else_comes_before_is_pointed_out() {
    let sandbox = Sandbox::new()
        .config("[default]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Environment\n");
    let arguments = ["configure", "--access-key-id", ID, "--secrets-from-stdin"];
    let (_, words) = sandbox.run_with_input(&arguments, &secret()).success_with_words();
    assert!(words.contains("config:2: `role_arn` takes precedence over `aws_access_key_id`"), "{words}");
    assert!(words.contains("xcred unset role_arn"), "{words}");
}

#[test]
fn another_access_key_that_stays_in_the_config_file_is_pointed_out() {
    let old = section("default", "AKIAI44QH8DHBEXAMPLE", CANARY);
    let told = "~/.aws/config:2: another access key of this profile: the one in ~/.aws/credentials:2 takes precedence\n\
                help: if nothing needs it, delete lines 2 and 3\n";
    let row = format!("Access key ID,Secret access key\n{ID},{}", secret());
    for (command, input) in [
        (&["configure", "--access-key-id", ID, "--secrets-from-stdin"][..], secret()),
        (&["configure", "import", "-", "--overwrite", "-p", "default"], row),
        (&["set", "aws_access_key_id", ID], String::new()),
    ] {
        let sandbox = Sandbox::new().config(&old).credentials(&old);
        let dry = [command, &["--dry-run"]].concat();
        for command in [&dry[..], command] {
            let (_, words) = sandbox.run_with_input(command, &input).success_with_words();
            assert!(words.contains(told), "{command:?}: {words}");
        }
        assert!(sandbox.run(&["doctor"]).success().contains("note: ~/.aws/config:2: another access key"));
    }
}

#[test]
fn what_is_wrong_with_the_profile_is_said_when_it_is_written_and_when_nothing_is() {
    let config = "[profile dev]\nregion = \"eu-west-1\"\nretry_mode = adaptve\nsource_profile = x\nmax_attempts = many\n";
    let sandbox =
        || Sandbox::new().config(config).credentials(section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY));
    for options in [&["--output", "json"][..], &["--output", "json", "--dry-run"]] {
        let sandbox = sandbox();
        let configure = [&["configure", "-p", "dev", "--no-input"], options].concat();
        let (_, words) = sandbox.run(&configure).success_with_words();
        assert_eq!(words.matches("warning: ").count(), 3, "{words}");
        assert!(words.contains("config:2: the quotes around the value of `region`"), "{words}");
        assert!(words.contains("`xcred doctor dev` shows 1 more"), "{words}");
    }
    // What was asked about is not said twice.
    let options = ["configure", "-p", "dev", "--no-input", "--region", "eu-wst-1"];
    let (_, words) = sandbox().run(&options).success_with_words();
    assert_eq!(words.matches("eu-wst-1").count(), 1, "{words}");
    let sandbox = Sandbox::new().config(config.replace("\"eu-west-1\"", "eu-west-1"));
    let options = ["configure", "-p", "dev", "--no-input", "--region", "eu-west-1"];
    let (_, words) = sandbox.run(&options).success_with_words();
    assert!(words.contains("nothing to change") && words.contains("`retry_mode` must be"), "{words}");
}

#[test]
fn a_key_with_a_half_in_each_file_is_brought_together() {
    let id = "AKIAIOSFODNN7EXAMPLE";
    for (config, credentials) in
        [("aws_access_key_id", "aws_secret_access_key"), ("aws_secret_access_key", "aws_access_key_id")]
    {
        let value = |key: &str| if key == "aws_access_key_id" { id } else { CANARY };
        let sandbox = Sandbox::new()
            .config(format!("[profile dev]\n{config} = {}\n", value(config)))
            .credentials(format!("[dev]\n{credentials} = {}\n", value(credentials)));
        let words = sandbox.run(&["exec", "-p", "dev", "true"]).failure(253);
        assert!(words.contains("both must be in the same file"), "{words}");
        sandbox.run(&["configure", "-p", "dev", "--region", "eu-west-1"]).success_with_words();
        assert!(!sandbox.read_credentials().contains(config), "{}", sandbox.read_credentials());
        let configure = ["configure", "-p", "dev", "--access-key-id", id, "--secrets-from-stdin"];
        sandbox.run_with_input(&configure, &format!("{CANARY}\n")).success_with_words();
        assert!(sandbox.read_config().contains(config), "{}", sandbox.read_config());
        sandbox.run(&["exec", "-p", "dev", "true"]).code(0);
    }
}
