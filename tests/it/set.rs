//! `xcred set` and `unset`: the facts of `aws configure set`, and the faults of its writer turned into what its
//! users would expect.

use crate::harness::{CANARY, Sandbox, section};

/// Sets and returns the config file.
#[track_caller]
fn set(config: &str, arguments: &[&str]) -> String {
    let sandbox = if config.is_empty() { Sandbox::new() } else { Sandbox::new().config(config) };
    let arguments: Vec<&str> = std::iter::once("set").chain(arguments.iter().copied()).collect();
    let (_, _) = sandbox.run(&arguments).code(0);
    sandbox.read_config()
}

#[test]
fn a_key_goes_where_aws_cli_puts_it() {
    assert_eq!(set("", &["region", "us-west-2"]), "[default]\nregion = us-west-2\n");
    assert_eq!(set("[default]\nregion = a\n", &["region", "eu-west-1"]), "[default]\nregion = eu-west-1\n");
    assert_eq!(
        set("[default]\nregion=a\noutput=json", &["region", "eu-west-1"]),
        "[default]\nregion=eu-west-1\noutput=json"
    );
    assert_eq!(set("[default]\na = 1", &["b", "2"]), "[default]\na = 1\nb = 2\n");
    assert_eq!(set("[default]\n", &["region", "eu-west-1"]), "[default]\nregion = eu-west-1\n");
    assert_eq!(set("", &["region", "eu-west-1", "--profile", "dev"]), "[profile dev]\nregion = eu-west-1\n");
    assert_eq!(set("", &["profile.dev.region", "eu-west-1"]), "[profile dev]\nregion = eu-west-1\n");
    assert_eq!(set("", &["region", "eu-west-1", "-p", "a b"]), "[profile 'a b']\nregion = eu-west-1\n");
    assert_eq!(set("", &["profile.a b.region", "eu-west-1"]), "[profile 'a b']\nregion = eu-west-1\n");
    assert_eq!(
        set("[preview]\nx = 1", &["region", "eu-west-1", "-p", "n"]),
        "[preview]\nx = 1\n[profile n]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("", &["sso_region", "r", "--sso-session", "my-s"]),
        "[sso-session my-s]\nsso_region = r\n"
    );
    assert_eq!(
        set("", &["ec2.endpoint_url", "http://h", "--services", "v"]),
        "[services v]\nec2 =\n    endpoint_url = http://h\n"
    );
    assert_eq!(set("", &["plugins.foo", "m"]), "[plugins]\nfoo = m\n");
}

#[test]
fn credentials_go_to_the_credentials_file() {
    let sandbox = Sandbox::new();
    sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "-p", "dev"]).success();
    let set = &["set", "aws_secret_access_key", "-", "-p", "dev"];
    let (_, words) = sandbox.run_with_input(set, &format!("{CANARY}\n")).success_with_words();
    assert!(words.contains("it has 19 characters instead of 40") && !words.contains(CANARY), "{words}");
    assert_eq!(sandbox.read_credentials(), section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY));
    assert!(!sandbox.path(".aws/config").exists());
}

#[test]
fn a_key_pair_that_lives_in_the_config_file_stays_whole() {
    let sandbox = Sandbox::new().config(section("default", "A", CANARY));
    sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"]).success();
    assert!(sandbox.read_config().contains("AKIAIOSFODNN7EXAMPLE"));
    assert!(!sandbox.path(".aws/credentials").exists());
}

#[test]
fn a_secret_given_as_an_argument_is_taken_and_told() {
    let sandbox = Sandbox::new();
    let (_, words) = sandbox.run(&["set", "aws_secret_access_key", CANARY]).success_with_words();
    assert!(words.contains("was visible") && words.contains("aws_secret_access_key -"), "{words}");
}

/// Pasted, the command must not write to the profile that AWS_PROFILE names.
#[test]
fn the_command_in_a_help_names_the_section() {
    let sandbox = Sandbox::new().config("[plugins]\n").env("AWS_PROFILE", "prod");
    for (arguments, command) in [
        (&["profile.dev.aws_secret_access_key"][..], "aws_secret_access_key - --profile dev"),
        (&["aws_secret_access_key", "-p", "default"], "aws_secret_access_key - --profile default"),
        (&["aws_secret_access_key"], "aws_secret_access_key - --profile prod"),
        (&["aws_secret_access_key", "--sso-session", "s"], "aws_secret_access_key - --sso-session s"),
        (&["plugins.aws_secret_access_key"], "plugins.aws_secret_access_key -"),
    ] {
        let (key, options) = arguments.split_first().expect("a key");
        let (_, words) = sandbox.run(&[&["set", key, CANARY], options].concat()).success_with_words();
        assert!(words.contains(&format!("`xcred set {command}`")), "{arguments:?}: {words}");
        let words = sandbox.run(&[&["set", key, "-"], options].concat()).failure(252);
        let empty = format!("{command} ").replacen(" - ", " '' ", 1);
        assert!(words.contains(&format!("`xcred set {}`", empty.trim_end())), "{arguments:?}: {words}");
    }
}

#[test]
fn nested_keys_are_found_in_their_block_and_nowhere_else() {
    assert_eq!(
        set("", &["default.s3.addressing_style", "path"]),
        "[default]\ns3 =\n    addressing_style = path\n"
    );
    assert_eq!(
        set("[default]\ns3 =\n    a = 1\n", &["s3.b", "2"]),
        "[default]\ns3 =\n    a = 1\n    b = 2\n"
    );
    assert_eq!(
        set("[default]\ns3 =\n    a = 1\n[profile b]\ns3 =\n    a = 9\n", &["s3.a", "2"]),
        "[default]\ns3 =\n    a = 2\n[profile b]\ns3 =\n    a = 9\n"
    );
    assert_eq!(
        set("[default]\ns3 =\n    a = 1\nregion = x\n", &["s3.b", "2"]),
        "[default]\ns3 =\n    a = 1\n    b = 2\nregion = x\n"
    );
    assert_eq!(
        set("[default]\ns3 =\n    region = nested\noutput = json\n", &["region", "eu-west-1"]),
        "[default]\ns3 =\n    region = nested\noutput = json\nregion = eu-west-1\n"
    );
    assert_eq!(set("[default]\ns3 =\n", &["s3.a", "1"]), "[default]\ns3 =\n    a = 1\n");
    assert_eq!(
        set("[default]\ns3 =\n# c\n    b = 1\n", &["s3.a", "1"]),
        "[default]\ns3 =\n# c\n    b = 1\n    a = 1\n"
    );
    assert_eq!(
        set("[default]\ns3 =\n[profile b]\n", &["s3.a", "1"]),
        "[default]\ns3 =\n    a = 1\n[profile b]\n"
    );
    assert_eq!(set("[default]\ns3 =\n    a = 1", &["s3.b", "2"]), "[default]\ns3 =\n    a = 1\n    b = 2\n");
    assert_eq!(
        set("[default]\ns3 =\n    a = 1\naddressing_style = keep\n", &["s3.addressing_style", "path"]),
        "[default]\ns3 =\n    a = 1\n    addressing_style = path\naddressing_style = keep\n"
    );
}

#[test]
fn a_value_and_a_block_do_not_replace_each_other_by_accident() {
    let sandbox = Sandbox::new().config("[default]\ns3 = foo\nregion = x\n");
    let words = sandbox.run(&["set", "s3.a", "1"]).failure(253);
    assert!(words.contains("config:2: `s3` has a plain value"), "{words}");
    let sandbox = Sandbox::new().config("[default]\ns3 =\n    a = 1\n");
    let words = sandbox.run(&["set", "s3", "foo"]).code(253).1;
    assert!(words.contains("config:2: `s3` is a nested block") && words.contains("--replace"), "{words}");
    let _ = sandbox.run(&["set", "s3", "foo", "--replace"]).code(0);
    assert_eq!(sandbox.read_config(), "[default]\ns3 = foo\n");
}

#[test]
fn odd_layouts_are_edited_in_place() {
    assert_eq!(set("[default]\nRegion = a\n", &["region", "eu-west-1"]), "[default]\nRegion = eu-west-1\n");
    assert_eq!(
        set("  [default]\nregion = a\n", &["region", "eu-west-1"]),
        "  [default]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("[profile \"a b\"]\nregion = a\n", &["region", "eu-west-1", "-p", "a b"]),
        "[profile \"a b\"]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("[profile\t x]\nregion = a\n", &["region", "eu-west-1", "-p", "x"]),
        "[profile\t x]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("[profile a]b]\nregion = keep\n[profile a]\nregion = old\n", &["region", "eu-west-1", "-p", "a"]),
        "[profile a]b]\nregion = keep\n[profile a]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("[profile default]\nregion = a\n", &["region", "eu-west-1"]),
        "[profile default]\nregion = eu-west-1\n"
    );
    assert_eq!(
        set("[default]\r\nregion = a\r\n", &["region", "eu-west-1"]),
        "[default]\r\nregion = eu-west-1\r\n"
    );
    assert_eq!(set("[default]\r\nregion = a\r\n", &["k", "v"]), "[default]\r\nregion = a\r\nk = v\r\n");
    assert_eq!(
        set("[default]\ncredential_process = foo\n    --bar\n", &["credential_process", "new"]),
        "[default]\ncredential_process = new\n"
    );
    assert_eq!(
        set("[default]\nregion = a\n\n# for b: x\n[profile b]\n", &["k", "v"]),
        "[default]\nregion = a\nk = v\n\n# for b: x\n[profile b]\n"
    );
    assert_eq!(set("", &["region", "eu-west-1", "-p", "plugin"]), "[profile plugin]\nregion = eu-west-1\n");
    assert_eq!(
        set("[profile dev]\nregion = d\n", &["dev.region", "eu-west-1"]),
        "[profile dev]\nregion = eu-west-1\n"
    );
    assert_eq!(set("", &["x", "file:///path"]), "[default]\nx = file:///path\n");
    assert_eq!(set("", &["x", "--flag"]), "[default]\nx = --flag\n");
}

#[test]
fn what_no_reader_would_read_back_is_refused_and_nothing_is_written() {
    let before = "[default]\nregion = a\n";
    for arguments in [
        &["region", "a\nb"][..],
        &["region", "a\rb"],
        &["region", " a"],
        &["region", "a "],
        &["a:b", "c"],
        &["a=b", "c"],
        &["#a", "c"],
        &["[evil]", "c"],
        &["", "c"],
        &["a.b.c", "v"],
        &["default.", "v"],
        &["x", "y", "-p", "a\nb"],
        &["x", "y", "-p", "a]b"],
        &["x", "y", "-p", ""],
        &["x", "y", "--sso-session", ""],
        &["x", "y", "--sso-session", "a", "--services", "b"],
        &["aws_access_key_id", "v", "-p", "DEFAULT"],
        &["s3.a", "x\u{2028}y"],
    ] {
        let sandbox = Sandbox::new().config(before);
        let arguments: Vec<&str> = std::iter::once("set").chain(arguments.iter().copied()).collect();
        let outcome = sandbox.run(&arguments);
        let code = if outcome.code_is(252) { 252 } else { 253 };
        let words = outcome.failure(code);
        assert!(words.starts_with("error: "), "{arguments:?}: {words}");
        assert_eq!(sandbox.read_config(), before, "{arguments:?}");
        assert!(!sandbox.path(".aws/credentials").exists());
    }
}

#[test]
fn an_empty_profile_variable_is_no_name_to_write_under() {
    let sandbox = Sandbox::new().env("AWS_PROFILE", "");
    let words = sandbox.run(&["set", "region", "eu-west-1"]).failure(253);
    assert!(words.contains("AWS_PROFILE is set but empty"), "{words}");
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn a_typo_is_pointed_out_and_done_all_the_same() {
    let sandbox = Sandbox::new();
    let (_, words) = sandbox.run(&["set", "regoin", "eu-west-1"]).success_with_words();
    assert!(words.contains("did you mean `xcred set region"), "{words}");
    assert_eq!(sandbox.read_config(), "[default]\nregoin = eu-west-1\n");
}

#[test]
fn a_file_that_aws_cli_refuses_can_be_mended() {
    let sandbox = Sandbox::new().config("[default]\nregion = a\nRegion = b\n");
    assert!(
        sandbox
            .run(&["get", "region"])
            .failure(253)
            .contains("config:3: duplicate key `region`, first set on line 2")
    );
    let (_, words) = sandbox.run(&["set", "region", "eu-west-1"]).success_with_words();
    assert!(words.contains("config:2: removed a duplicate"), "{words}");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "eu-west-1\n");
    let sandbox = Sandbox::new().config("[default]\ns3 =\n    broken\n");
    sandbox.run(&["unset", "s3"]).success();
    assert_eq!(sandbox.read_config(), "[default]\n");
}

#[test]
fn a_value_hidden_by_the_other_file_is_told() {
    let sandbox = Sandbox::new().config("[default]\nregion = o\n").credentials("[default]\nregion = c\n");
    let (_, words) = sandbox.run(&["set", "region", "eu-west-1"]).success_with_words();
    assert!(
        words.contains("credentials:2: `region` is set here too") && words.contains("xcred unset region"),
        "{words}"
    );
    sandbox.run(&["unset", "region"]).success();
    assert_eq!(sandbox.run(&["get", "region"]).code(1), (String::new(), String::new()));
}

#[test]
fn a_nested_key_beside_a_block_that_takes_precedence_is_told_so_with_what_helps() {
    for block in ["s3 =\n  addressing_style = path\n  use_accelerate_endpoint = false\n", "s3 = x\n"] {
        let sandbox = Sandbox::new().credentials(format!("[dev]\n{block}"));
        let set = ["set", "s3.use_accelerate_endpoint", "true", "--profile", "dev"];
        let (_, words) = sandbox.run(&set).success_with_words();
        let told = "credentials:2: `s3` is set here too, and takes precedence as a whole\nhelp: `xcred unset s3 --profile dev`";
        assert!(words.contains(told), "{words}");
        sandbox.run(&["unset", "s3", "--profile", "dev"]).success();
        sandbox.run(&set).success();
        assert_eq!(
            sandbox.run(&["get", "s3.use_accelerate_endpoint", "--profile", "dev"]).success(),
            "true\n"
        );
    }
}

#[test]
fn a_secret_is_removed_from_every_section_of_the_profile() {
    let twice = "[dev]\naws_secret_access_key = one\n[dev]\naws_secret_access_key = two\n";
    let sandbox = Sandbox::new().credentials(twice);
    let (_, words) = sandbox.run(&["unset", "aws_secret_access_key", "-p", "dev"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), "[dev]\n[dev]\n");
    assert!(words.contains("credentials:2: removed a duplicate of `aws_secret_access_key`"), "{words}");
    assert!(words.contains("credentials:2: duplicate section `[dev]`"), "still invalid: {words}");
}

#[test]
fn unset_restores_what_set_added() {
    let before = "[default]\n# c\na=1\n\n[profile b]\n\tx = 1\n\n";
    for key in ["k", "s3.k"] {
        let sandbox = Sandbox::new().config(before);
        let _ = sandbox.run(&["set", key, "v", "-p", "b"]).code(0);
        assert_ne!(sandbox.read_config(), before);
        sandbox.run(&["unset", key, "-p", "b"]).success();
        assert_eq!(sandbox.read_config(), before);
    }
}

#[test]
fn a_dry_run_shows_the_change_and_masks_secrets() {
    let sandbox = Sandbox::new().credentials(format!("[default]\naws_access_key_id = A\n# aws_secret_access_key = {CANARY}0\naws_secret_access_key = {CANARY}1\n"));
    let before = sandbox.read_credentials();
    let diff = sandbox
        .run_with_input(&["set", "aws_secret_access_key", "-", "--dry-run"], &format!("{CANARY}2"))
        .success();
    assert!(
        diff.contains("-aws_secret_access_key = ****") && diff.contains("+aws_secret_access_key = ****"),
        "{diff}"
    );
    assert_eq!(sandbox.read_credentials(), before);
}

#[test]
fn a_block_is_the_current_profiles_although_a_profile_is_named_like_it() {
    let config = "[profile s3]\nregion = eu-west-1\n[profile dev]\nregion = us-east-1\n";
    let sandbox = Sandbox::new().config(config);
    sandbox.run(&["set", "s3.addressing_style", "path", "--profile", "dev"]).success();
    assert_eq!(sandbox.read_config(), format!("{config}s3 =\n    addressing_style = path\n"));
    sandbox.run(&["unset", "s3.addressing_style", "--profile", "dev"]).success();
    assert_eq!(sandbox.read_config(), config);
    let sandbox = sandbox.env("AWS_PROFILE", "dev");
    sandbox.run(&["set", "s3.addressing_style", "path"]).success();
    assert_eq!(sandbox.read_config(), format!("{config}s3 =\n    addressing_style = path\n"));
    // A block that is there is a block, whatever its name.
    let config = "[default]\nmine =\n    a = 1\n[profile mine]\na = 2\n";
    let sandbox = Sandbox::new().config(config);
    sandbox.run(&["set", "mine.a", "3"]).success();
    assert_eq!(sandbox.read_config(), config.replace("a = 1", "a = 3"));
    sandbox.run(&["set", "profile.mine.a", "4"]).success();
    assert_eq!(sandbox.read_config(), config.replace("a = 1", "a = 3").replace("a = 2", "a = 4"));
}

#[test]
fn a_profile_in_the_key_and_another_one_in_the_option_are_refused() {
    let config = "[profile dev]\nregion = a\n[profile fresh]\nregion = b\n";
    let sandbox = Sandbox::new().config(config);
    for key in ["dev.region", "profile.dev.region", "default.region", "dev.s3.a"] {
        for verb in [&["set", key, "x"][..], &["unset", key]] {
            let words = sandbox.run(&[verb, &["--profile", "fresh"]].concat()).failure(252);
            assert!(words.contains("and `--profile` names `fresh`"), "{words}");
        }
    }
    assert_eq!(sandbox.read_config(), config);
    sandbox.run(&["set", "dev.region", "eu-west-1", "--profile", "dev"]).success();
    assert_eq!(sandbox.read_config(), config.replace("region = a", "region = eu-west-1"));
}

#[test]
fn unset_tells_where_an_inherited_value_comes_from() {
    let config = "[DEFAULT]\nregion = x\ns3 =\n    a = 1\n[profile a]\noutput = json\n";
    for key in ["region", "s3.a"] {
        let sandbox = Sandbox::new().config(config);
        let (_, words) = sandbox.run(&["unset", key, "-p", "a"]).success_with_words();
        assert!(words.contains(&format!("`{key}` was not set in profile `a`")), "{words}");
        assert!(words.contains("is set in [DEFAULT], from which profile `a` inherits it"), "{words}");
        assert_eq!(sandbox.read_config(), config);
    }
    let sandbox = Sandbox::new().config(format!("{config}region = y\n"));
    let (_, words) = sandbox.run(&["unset", "region", "-p", "a"]).success_with_words();
    assert!(words.contains("config:2: `region` is set in [DEFAULT]"), "{words}");
}

#[test]
fn a_newline_is_called_one_and_never_printed() {
    let sandbox = Sandbox::new();
    for (arguments, code) in [
        (&["set", "region", "a\nb"][..], 253),
        (&["set", "region", "a\rb"], 253),
        (&["set", "s3.a", "a\nb"], 253),
        (&["set", "region", "x", "-p", "a\n[profile b]"], 252),
        (&["set", "region", "x", "--sso-session", "a\nb"], 252),
    ] {
        let words = sandbox.run(arguments).failure(code);
        let first = words.lines().next().unwrap_or_default();
        assert!(first.contains("newline") && !first.contains('\r'), "{arguments:?}: {words}");
        assert!(!words.contains("\n[profile b]"), "{words}");
    }
    let words = sandbox.run(&["get", "region", "-p", "a\n[profile b]"]).failure(253);
    // An argument with a line break may be a whole file of keys: it is not repeated at all.
    assert!(words.starts_with("error: profile `") && !words.contains("[profile b]"), "{words}");
}

#[test]
fn slips_are_pointed_out_as_by_doctor() {
    let config =
        "[default]\nregion = eu-west-1\n[profile dev]\nregion = x\n[sso-session corp]\nsso_region = y\n";
    for (arguments, warning) in [
        (&["set", "output", "jsn"][..], "json, yaml, yaml-stream, text, table or off"),
        (&["set", "region", "eu-wst-1"], "did you mean `xcred set region eu-west-1`?"),
        (&["set", "source_profile", "dve"], "help: `xcred set source_profile dev --profile default`"),
        (&["set", "sso_session", "crop"], "help: `xcred set sso_session corp --profile default`"),
        (
            &["set", "s3.adressing_style", "path"],
            "did you mean `xcred set s3.addressing_style path`? `xcred unset s3.adressing_style --profile default` removes it",
        ),
        (&["set", "endpoint_url", ""], "help: `xcred unset endpoint_url --profile default` removes it"),
        (&["set", "dve.region", "eu-west-1"], "did you mean `xcred set dev.region eu-west-1`?"),
        (&["set", "role_arn", "Developer"], "arn:aws:iam::ACCOUNT:role/NAME"),
        (&["set", "mfa_serial", "me"], "arn:aws:iam::ACCOUNT:mfa/NAME"),
    ] {
        let sandbox = Sandbox::new().config(config);
        let (_, words) = sandbox.run(arguments).success_with_words();
        assert!(words.contains("warning: ") && words.contains(warning), "{arguments:?}: {words}");
        assert_eq!(words.matches("warning: ").count(), 1, "{arguments:?}: {words}");
        assert_ne!(sandbox.read_config(), config);
    }
    // What is only half done is no slip.
    let sandbox = Sandbox::new().config(config);
    for (key, value) in [("source_profile", "dev"), ("mfa_serial", "GAHT12345678"), ("output", "json")] {
        assert_eq!(sandbox.run(&["set", key, value]).success(), "", "{key}");
    }
}

#[test]
fn an_equals_sign_between_key_and_value_gets_a_tip() {
    let sandbox = Sandbox::new();
    let words = sandbox.run(&["set", &format!("aws_secret_access_key={CANARY}")]).failure(252);
    assert!(
        words.contains("tip: a secret is read from a prompt or a pipe: `xcred set aws_secret_access_key -`"),
        "{words}"
    );
    let words = sandbox.run(&["set", "region=eu-west-1"]).failure(252);
    assert!(
        words.contains("tip: separate the key and the value with a space: `xcred set region eu-west-1`"),
        "{words}"
    );
    let words = sandbox.run(&["set", "region"]).failure(252);
    assert!(!words.contains("tip:"), "{words}");
}

#[test]
fn a_setting_and_its_value_are_not_written_under_the_name_of_a_profile() {
    let before = "[profile dev]\nregion = a\n";
    let sandbox = Sandbox::new().config(before);
    let canary = format!("aws_secret_access_key={CANARY}");
    for (typed, help) in [
        (&["dev", "region=us-east-1"][..], "to name a profile: `xcred set region us-east-1 --profile dev`"),
        (&["new", "region=us-east-1"], "did you mean `xcred set region us-east-1 --profile new`?"),
        (&["dev", "s3.addressing_style=path", "-n"], "separate the key and the value with a space\n"),
        (&["dev", "aws_session_token=hunter2"], "`xcred set aws_session_token - --profile dev`"),
        (&["dev", &canary], "`xcred set aws_secret_access_key - --profile dev`"),
        (&["dev", "region=us-east-1", "-p", "dev"], "`xcred set region us-east-1 --profile dev`"),
        (&["dev", "region=us-east-1", "-p", "prod"], "separate the key and the value with a space\n"),
        (&["x", "region=us-east-1", "--sso-session", "s"], "separate the key and the value with a space\n"),
        (&["profile=dev", "region=us-east-1"], "`xcred set region us-east-1 --profile dev`"),
        (&["region=us-east-1", "dev"], "with a space: `xcred set region us-east-1 --profile dev`"),
        (&["region=us-east-1", "output=json"], "separate the key and the value with a space\n"),
    ] {
        for verbs in [&["set"][..], &["configure", "set"]] {
            let words = sandbox.run(&[verbs, typed].concat()).failure(252);
            assert!(words.contains(help) && !words.contains("hunter2"), "{typed:?}: {words}");
            assert_eq!(sandbox.read_config(), before);
        }
    }
    // Any key can have any value, and a setting can have any key in its own.
    for (key, value) in
        [("note", "a=b"), ("dev", "mode=fast"), ("sso_session", "region=x"), ("x.y", "region=x")]
    {
        assert_eq!(set("", &[key, value, "-p", "new"]).matches(value).count(), 1);
    }
    // With a profile that is named, or below a block, none was forgotten.
    for (key, value) in [("alias", "output=json"), ("s3", "max_attempts=1")] {
        assert_eq!(set("", &[key, value, "-p", "new"]).matches(value).count(), 1);
    }
    sandbox.run(&["set", "s3", "endpoint_url=http://x", "--services", "s"]).success_with_words();
    assert!(sandbox.read_config().contains("s3 = endpoint_url=http://x\n"));
    let _ = sandbox.run_with_input(&["set", "note", "-"], "region=x").success();
    assert!(sandbox.read_config().contains("note = region=x\n"));
}

#[test]
fn a_new_profile_with_nearly_the_name_of_another_is_pointed_out() {
    let sandbox = Sandbox::new().config("[profile dev]\nregion = eu-west-1\n");
    let (_, words) = sandbox.run(&["set", "region", "eu-west-1", "-p", "dve"]).success_with_words();
    assert_eq!(
        words,
        "warning: profile `dve` is new\nhelp: did you mean `xcred set region eu-west-1 -p dev`? `xcred profile remove dve` removes it\n"
    );
    sandbox.run(&["set", "output", "json", "-p", "dve"]).success();
    sandbox.run(&["set", "region", "eu-west-1", "-p", "production"]).success();
}

#[test]
fn a_tip_never_gives_a_profile_another_identity() {
    let key = section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY);
    let sandbox = || Sandbox::new().config("[profile dev]\n[profile prod]\n").credentials(&key);
    let help = |arguments: &[&str]| {
        let words = sandbox().run(arguments).success_with_words().1;
        words.split_once("help: ").map_or(String::new(), |(_, help)| help.lines().next().unwrap().to_owned())
    };
    let named = "did you mean `dev`? `xcred profile remove dve` removes it";
    assert_eq!(help(&["set", "role_arn", "arn:aws:iam::123456789012:role/x", "-p", "dve"]), named);
    assert_eq!(help(&["profile", "copy", "prod", "dve"]), named);
    assert_eq!(
        help(&["profile", "rename", "prod", "dve"]),
        "did you mean `dev`? `xcred profile rename dve prod` undoes it"
    );
    assert_eq!(help(&["profile", "copy", "dev", "dve"]), "");
    // That one has no credentials yet.
    assert!(
        help(&["set", "source_profile", "dev", "-p", "prdo"])
            .starts_with("did you mean `xcred set source_profile dev -p prod`?")
    );
    for (name, other) in [("prod*", "NEW"), ("default!", "NEW"), ("(DEFAULT)", "NEW"), ("new one", "new-one")]
    {
        let help = help(&["profile", "copy", "prod", name]);
        assert_eq!(help, format!("give it another name: `xcred profile rename '{name}' {other}`"));
    }
}

#[test]
fn a_new_session_with_nearly_the_name_of_another_is_pointed_out() {
    let sandbox = Sandbox::new().config("[sso-session corp]\nsso_region = eu-west-1\n[services s1]\n");
    let set = ["set", "--sso-session", "crop", "sso_region", "eu-west-2"];
    let words = sandbox.run(&set).success_with_words().1;
    assert_eq!(words, "warning: sso-session `crop` is new\nhelp: did you mean `corp`?\n");
    sandbox.run(&set).success();
    sandbox.run(&["set", "--sso-session", "corp2", "sso_region", "eu-west-2"]).success();
    sandbox.run(&["set", "--services", "s2", "ec2.endpoint_url", "http://localhost"]).success();
}

#[test]
fn a_profile_in_place_of_a_key_is_pointed_out() {
    let sandbox = Sandbox::new().config("[default]\n[profile dev]\n");
    for arguments in [["set", "dev", "x"], ["set", "profile", "dev"]] {
        let words = sandbox.run(&arguments).success_with_words().1;
        let (key, fix) = (arguments[1], "help: name a profile with `--profile`; `xcred unset");
        assert!(words.starts_with(&format!("warning: AWS has no setting `{key}`\n{fix} {key} ")), "{words}");
    }
    sandbox.run(&["set", "mine", "dev"]).success();
    let words = sandbox.run(&["set", "ec2.endpoint", "http://h", "--services", "x"]).success_with_words().1;
    assert!(words.contains("did you mean `xcred set ec2.endpoint_url http://h --services x`?"), "{words}");
}

#[test]
fn an_edit_that_changes_the_identity_says_so() {
    let sandbox =
        Sandbox::new().config("[profile dev]\n").credentials(section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY));
    let set = |key: &str, value: &str| sandbox.run(&["set", key, value, "-p", "dev"]).success_with_words().1;
    let words = set("credential_process", "/bin/true");
    assert!(
        words.starts_with("warning: ") && words.contains("` make `credential_process` take effect\n"),
        "{words}"
    );
    let words = set("role_arn", "r");
    assert!(
        words.contains("credentials:2: `aws_access_key_id` no longer has any effect: `role_arn`"),
        "{words}"
    );
    let words = sandbox.run(&["unset", "role_arn", "-p", "dev"]).success_with_words().1;
    assert!(words.contains("credentials:2: profile `dev` now uses `aws_access_key_id`\n"), "{words}");
}

#[test]
fn the_line_that_has_no_effect_is_the_one_that_is_named() {
    let halves = |config: &str, credentials: &str| {
        let text = |header: &str, keys: &str| {
            keys.split_whitespace()
                .fold(format!("[{header}]\n"), |text, key| format!("{text}{key} = {CANARY}\n"))
        };
        Sandbox::new().config(text("profile dev", config)).credentials(text("dev", credentials))
    };
    let (id, secret) = ("aws_access_key_id", "aws_secret_access_key");
    let token = "aws_session_token";
    for (config, credentials, key, expected) in [
        (secret, id, secret, "~/.aws/config:2: `aws_secret_access_key` is set here too, but has no effect"),
        (
            token,
            &format!("{id} {secret}"),
            token,
            "~/.aws/config:2: `aws_session_token` is set here too, but has no effect",
        ),
        (
            id,
            secret,
            secret,
            "warning: ~/.aws/credentials:2: `aws_secret_access_key` is set here too, and some SDKs use this one",
        ),
    ] {
        let sandbox = halves(config, credentials);
        let words = sandbox
            .run_with_input(&["set", key, "-", "-p", "dev"], &format!("{CANARY}x\n"))
            .success_with_words()
            .1;
        assert!(words.contains(&format!("{expected}\nhelp: remove the line\n")), "{words}");
    }
}

#[test]
fn a_new_profile_with_another_number_is_none_of_the_others() {
    let sandbox = Sandbox::new().config("[profile team-12]\nregion = eu-west-1\n");
    for name in ["team-13", "team-21", "team-1", "team"] {
        sandbox.run(&["set", "region", "eu-west-1", "-p", name]).success();
    }
}

#[test]
fn a_misspelled_key_that_was_not_set_is_pointed_out() {
    let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n");
    let words = sandbox.run(&["unset", "regoin"]).success_with_words().1;
    assert!(
        words.ends_with(
            "`regoin` was not set in profile `default`\nhelp: did you mean `xcred unset region`?\n"
        ),
        "{words}"
    );
    let words = sandbox.run(&["unset", "other_tool_key"]).success_with_words().1;
    assert!(words.ends_with("`other_tool_key` was not set in profile `default`\n"), "{words}");
}

#[test]
fn every_command_that_makes_a_profile_points_out_the_one_that_it_looks_like() {
    let sandbox = || Sandbox::new().config("[profile dev]\nregion = eu-west-1\n[profile other]\n");
    let keys = ["configure", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--secrets-from-stdin", "-p"];
    for name in ["dev ", "'dev'", "dev,", "DEV", "profile dev"] {
        let told = |words: &str| {
            let is_new = words.contains(&format!("profile `{name}` is new\nhelp: did you mean"));
            assert!(is_new && words.contains("xcred profile remove "), "{name}: {words}");
        };
        let variable = sandbox().env("AWS_PROFILE", name);
        told(&variable.run(&["set", "output", "json"]).success_with_words().1);
        told(&sandbox().run(&["set", "output", "json", "-p", name]).success_with_words().1);
        told(&sandbox().run(&["profile", "copy", "other", name]).success_with_words().1);
        let configure: Vec<&str> = keys.iter().copied().chain([name]).collect();
        told(&sandbox().run_with_input(&configure, &format!("{CANARY}\n")).success_with_words().1);
    }
    sandbox().run(&["set", "output", "json", "-p", "dev2"]).success();
}

#[test]
fn a_key_with_a_blank_is_warned_of() {
    let sandbox = Sandbox::new();
    let (_, words) = sandbox.run(&["set", "Bad Key", "x"]).success_with_words();
    assert!(
        words.contains("`bad key` has a blank in it") && words.contains("xcred unset 'bad key'"),
        "{words}"
    );
    sandbox.run(&["unset", "bad key"]).success();
    assert!(!sandbox.read_config().contains("bad"));
}

#[test]
fn an_endpoint_in_a_services_section_is_read_and_one_in_a_profile_is_not() {
    let sandbox = Sandbox::new();
    sandbox.run(&["set", "s3.endpoint_url", "http://localhost:9000", "--services", "local"]).success();
    let words = sandbox.run(&["set", "s3.endpoint_url", "http://localhost:9000"]).success_with_words().1;
    assert!(words.contains("no SDK reads `s3.endpoint_url` in a profile"), "{words}");
}

#[test]
fn what_unset_breaks_is_told() {
    let config = "[default]\nregion = eu-west-1\n[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\n\
                  source_profile = default\n[profile prod]\nsso_session = corp\nsso_account_id = 123456789012\n\
                  sso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n\
                  sso_region = eu-west-1\n";
    let home =
        || Sandbox::new().config(config).credentials(section("default", "AKIAIOSFODNN7EXAMPLE", CANARY));
    for (arguments, told) in [
        (&["unset", "aws_secret_access_key"][..], "has aws_access_key_id without aws_secret_access_key"),
        (&["unset", "role_arn", "-p", "ops"], "`source_profile` has no effect without role_arn"),
        (&["unset", "source_profile", "-p", "ops"], "without source_profile or credential_source"),
        (&["unset", "sso_session", "-p", "prod"], "without sso_start_url and sso_region"),
        (&["unset", "sso_start_url", "--sso-session", "corp"], "sso-session `corp` has no sso_start_url"),
        (
            &["profile", "remove", "default", "--force", "--yes"],
            "has the source_profile `default`, which doesn't exist",
        ),
    ] {
        let (_, words) = home().run(arguments).success_with_words();
        assert!(words.contains("warning: ~/.aws/") && words.contains(told), "{arguments:?}: {words}");
    }
    assert_eq!(home().run(&["unset", "region"]).success(), "");
    let (diff, words) = home().run(&["unset", "role_arn", "-p", "ops", "-n"]).success_with_words();
    assert!(diff.contains("-role_arn") && words.contains("has no effect without role_arn"), "{diff}{words}");
    let (diff, words) = home().run(&["unset", "output", "-n"]).success_with_words();
    assert_eq!((&*diff, &*words), ("", "`output` was not set in profile `default`\n"));
}

#[test]
fn a_name_that_some_sdks_ignore_is_pointed_out_where_it_is_made() {
    let home = || Sandbox::new().config("[profile dev]\nregion = eu-west-1\n");
    for arguments in [
        &["set", "region", "eu-west-1", "-p", "my dev"][..],
        &["profile", "rename", "dev", "my dev"],
        &["profile", "copy", "dev", "my dev"],
        &["configure", "process", "--credential-process", "/bin/true", "-p", "my dev"],
    ] {
        let (_, words) = home().run(arguments).success_with_words();
        let told = "warning: some SDKs ignore profile `my dev`: they accept only ASCII letters, digits and \
                    `_-/.%@:+` in names\nhelp: give it another name: `xcred profile rename 'my dev' my-dev`\n";
        assert!(words.contains(told), "{arguments:?}: {words}");
    }
    let sandbox = home();
    sandbox.run(&["profile", "rename", "dev", "my dev"]).success_with_words();
    assert_eq!(sandbox.run(&["set", "region", "eu-west-3", "-p", "my dev"]).success(), "");
}

#[test]
fn a_name_that_makes_sdks_refuse_the_file_is_pointed_out_where_it_is_made() {
    const WORDS: &str = "the SDKs for Rust and Java refuse the whole file because of `#` in the name of";
    for (arguments, told) in [
        (&["set", "region", "eu-west-1", "-p", "a#b"][..], format!("warning: {WORDS} profile `a#b`\n")),
        (&["profile", "copy", "default", "a#b"], format!("warning: {WORDS} profile `a#b`\n")),
        (
            &["set", "sso_region", "eu-west-1", "--sso-session", "a#b"],
            format!("warning: ~/.aws/config:3: {WORDS} sso-session `a#b`\n"),
        ),
        (
            &[
                "configure",
                "sso-session",
                "--name",
                "a#b",
                "--sso-start-url",
                "https://a.awsapps.com/start",
                "--sso-region",
                "eu-west-1",
                "--no-input",
            ],
            format!("warning: ~/.aws/config:3: {WORDS} sso-session `a#b`\n"),
        ),
        (
            &["set", "s3.endpoint_url", "http://localhost", "--services", "a#b"],
            format!("warning: ~/.aws/config:3: {WORDS} services section `a#b`\n"),
        ),
    ] {
        let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n");
        let (_, words) = sandbox.run(arguments).success_with_words();
        assert!(words.contains(&told), "{arguments:?}: {words}");
        // So it is.
        let (code, _, words) = sandbox.run(&["get", "region", "-p", "default", "--sdk", "rust"]).ended();
        assert!(code != Some(0) && words.contains("~/.aws/config:3: "), "{arguments:?}: {words}");
        let found = sandbox.run(&["doctor"]).code(1).0;
        assert!(found.contains(WORDS) && found.contains("help: give it another name: "), "{found}");
    }
    let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n");
    let (_, words) = sandbox
        .run(&["set", "s3.endpoint_url", "http://localhost", "--services", "my own"])
        .success_with_words();
    assert_eq!(
        words,
        "warning: ~/.aws/config:3: some SDKs ignore services section `my own`: they accept only ASCII letters, digits and \
         `_-/.%@:+` in names\n\
         help: give it another name: write `[services my-own]`, and `services = my-own` in the profiles that use it\n"
    );
}

#[test]
fn each_warning_about_a_value_says_what_to_do() {
    let secret = format!("{CANARY}/K7MDENG/bPxRfiCYEXAM");
    for (key, value, expected) in [
        ("aws_access_key_id", &*secret, "enter both again: `xcred configure --profile a`"),
        ("aws_access_key_id", &secret, "pass secrets on standard input: `xcred set aws_secret_access_key - "),
        (
            "aws_access_key_id",
            "\"AKIAIOSFODNN7EXAMPLE\"",
            "`xcred set aws_access_key_id AKIAIOSFODNN7EXAMPLE ",
        ),
        ("region", "\"eu-west-1\"", "`xcred doctor --fix` removes the quotes"),
        (
            "s3.region",
            "eu-west-1",
            "`xcred set region eu-west-1 --profile a`? `xcred unset s3.region --profile a`",
        ),
        (
            "duration_seconds",
            "1h",
            "config:2: `duration_seconds` should be 900 to 43200 seconds, as a number",
        ),
        ("duration_seconds", "1h", "help: `xcred set duration_seconds VALUE --profile a`"),
    ] {
        let arguments = ["set", key, value, "--profile", "a"];
        let (_, words) = Sandbox::new().run(&arguments).success_with_words();
        assert!(words.contains(expected) && !words.contains(&secret), "{key} {value}: {words}");
        assert!(!words.contains("remove the indentation"), "{key} {value}: {words}");
    }
    for value in ["AKIAIOSFODNN7EXAMPLE", "\"AKIAIOSFODNN7EXAMPLE\""] {
        let arguments = ["set", "aws_secret_access_key", "-", "--profile", "a"];
        let (_, words) = Sandbox::new().run_with_input(&arguments, value).success_with_words();
        assert!(words.contains("warning: ") && words.contains("help: "), "{value}: {words}");
    }
}

#[test]
fn credentials_that_others_take_precedence_over_are_pointed_out() {
    let role = "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Environment\n";
    for options in [&[][..], &["--dry-run"]] {
        let set = [&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "-p", "p"], options].concat();
        let (_, words) = Sandbox::new().config(role).run(&set).success_with_words();
        assert!(
            words.contains("`role_arn` in ~/.aws/config:2 takes precedence over `aws_access_key_id`"),
            "{words}"
        );
    }
}

#[test]
fn a_profile_that_was_meant_by_a_key_is_named_when_nothing_is_unset() {
    let sandbox = Sandbox::new().config("[default]\n[profile dev]\nregion = x\n");
    let (_, words) = sandbox.run(&["unset", "dve.region"]).success_with_words();
    assert!(words.contains("profile `dve` not found"), "{words}");
    assert!(words.contains("did you mean `xcred unset dev.region`?"), "{words}");
}
