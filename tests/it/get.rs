//! `xcred get`: the facts of `aws configure get`, and the effective value.

use serde_json::json;

use crate::harness::{CANARY, Sandbox, json_of, section};

#[test]
fn a_stored_value_is_printed_and_an_absent_one_is_exit_code_1() {
    let sandbox = Sandbox::new().config("[default]\nregion=eu-west-1\nempty =\n");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["get", "Region"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["get", "empty"]).success(), "\n");
    assert_eq!(sandbox.run(&["get", "output"]).code(1), (String::new(), String::new()));
    assert_eq!(sandbox.run(&["get", "output", "--default", "json"]).success(), "json\n");
    assert_eq!(Sandbox::new().run(&["get", "region"]).code(1), (String::new(), String::new()));
}

#[test]
fn of_a_missing_key_only_what_may_be_the_reason_is_told() {
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
    let sandbox = Sandbox::new()
        .config(
            "[default]\nmfa_serial = arn:aws:iam::111122223333:mfa/a\ncredential_process = no-such-program\n\
             output = jsn\nregoin = eu-west-1\n",
        )
        .credentials(format!("[default]\n{keys}"));
    let (_, words) = sandbox.run(&["get", "region"]).code(1);
    assert!(words.contains("`regoin`") && words.lines().count() == 2, "{words}");
    for key in ["endpoint_url", "role_arn", "sso_region"] {
        assert_eq!(sandbox.run(&["get", key]).code(1), (String::new(), String::new()), "{key}");
    }
}

#[test]
fn every_form_of_a_name_is_understood() {
    let sandbox = Sandbox::new().config(
        "[default]\nregion=eu-west-1\n[profile t]\nregion=eu-west-3\n[profile dev]\ns3 =\n  a = 2\n[profile my.prof]\nregion = in-dots-1\n\
         [plugins]\nfoo = m\n[sso-session corp]\nsso_region = eu-north-1\n[services v]\nec2 =\n  endpoint_url = http://h\n\
         [profile s]\nx = 1\n[profile 'a b/c@d']\nregion = in-odd-1\n",
    );
    for (arguments, value) in [
        (&["default.region", "--profile", "t"][..], "eu-west-1\n"),
        (&["profile.t.region", "--profile", "default"], "eu-west-3\n"),
        (&["t.region"], "eu-west-3\n"),
        (&["dev.s3.a"], "2\n"),
        (&["profile.dev.s3.a"], "2\n"),
        (&["s3.a", "-p", "dev"], "2\n"),
        (&["profile.my.prof.region"], "in-dots-1\n"),
        (&["my.prof.region"], "in-dots-1\n"),
        (&["plugins.foo"], "m\n"),
        (&["s.x"], "1\n"),
        (&["sso_region", "--sso-session", "corp"], "eu-north-1\n"),
        (&["ec2.endpoint_url", "--services", "v"], "http://h\n"),
        (&["region", "-p", "a b/c@d"], "in-odd-1\n"),
    ] {
        let arguments: Vec<&str> = std::iter::once("get").chain(arguments.iter().copied()).collect();
        assert_eq!(sandbox.run(&arguments).success(), value, "{arguments:?}");
    }
    let (_, words) = sandbox.run(&["get", "profile.dev.s3"]).code(1);
    assert!(words.contains("nested block") && words.contains("`s3.a`"), "{words}");
    assert_eq!(sandbox.run(&["get", "region.x"]).code(1).0, "");
    assert!(sandbox.run(&["get", "region.x.y"]).failure(252).contains("too many parts"));
    assert!(
        sandbox
            .run(&["get", "x", "--sso-session", "crop"])
            .failure(253)
            .contains("did you mean `xcred get x --sso-session corp`?")
    );
}

#[test]
fn the_credentials_file_wins_and_default_is_inherited() {
    let sandbox = Sandbox::new()
        .config("[DEFAULT]\noutput = dd\n[default]\naws_access_key_id = OLD\n[profile a]\n")
        .credentials("[default]\naws_access_key_id = NEW\n");
    assert_eq!(sandbox.run(&["get", "aws_access_key_id", "--stored"]).success(), "NEW\n");
    let (half, words) = sandbox.run(&["get", "aws_access_key_id"]).success_with_words();
    assert_eq!(half, "NEW\n");
    assert!(words.contains("without aws_secret_access_key"), "{words}");
    assert_eq!(sandbox.run(&["get", "output", "-p", "a"]).success(), "dd\n");
}

#[test]
fn options_come_before_the_environment_and_that_before_the_files() {
    let sandbox = Sandbox::new()
        .config("[default]\nregion = in-file-1\n")
        .env("AWS_REGION", "in-new-1")
        .env("AWS_DEFAULT_REGION", "in-old-1");
    assert_eq!(sandbox.run(&["get", "region", "--region", "option"]).success(), "option\n");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "in-new-1\n");
    assert_eq!(sandbox.run(&["get", "region", "--sdk", "boto3"]).success(), "in-old-1\n");
    assert_eq!(sandbox.run(&["get", "region", "--stored"]).success(), "in-file-1\n");
    let sandbox = Sandbox::new().config("[default]\nregion = in-file-1\n").env("AWS_DEFAULT_REGION", "");
    let (code, printed, words) = sandbox.run(&["get", "region"]).ended();
    assert_eq!((code, printed.as_str()), (Some(0), "\n"), "a variable that is set but empty is a value");
    assert!(words.starts_with("warning: AWS_DEFAULT_REGION is set but empty"), "{words}");
}

#[test]
fn the_profile_comes_from_the_variables_in_the_order_of_the_sdk() {
    let sandbox = Sandbox::new()
        .config("[profile a]\nregion = eu-west-1\n[profile b]\nregion = eu-west-3\n")
        .env("AWS_PROFILE", "a")
        .env("AWS_DEFAULT_PROFILE", "b");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["get", "region", "--sdk", "boto3"]).success(), "eu-west-3\n");
}

#[test]
fn a_profile_that_was_named_has_to_exist() {
    let sandbox = Sandbox::new().config("[profile development]\nregion = r\n");
    let words = sandbox.run(&["get", "region", "-p", "developmnt"]).failure(253);
    assert!(
        words.contains("profile `developmnt` not found")
            && words.contains("did you mean `xcred get region -p development`?"),
        "{words}"
    );
    let words = sandbox.run(&["get", "region", "-p", "default"]).failure(253);
    assert!(words.contains("`default` not found"), "{words}");
    // A variable that is set but empty gets the same words from every command.
    for variable in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
        let sandbox = Sandbox::new().env(variable, "").config("[default]\nregion = eu-west-1\n");
        let told =
            format!("error: {variable} is set but empty, so it names no profile\nhelp: unset the variable");
        for arguments in [
            &["get", "region"][..],
            &["get", "--all"],
            &["resolve"],
            &["whoami"],
            &["export-env"],
            &["exec", "--", "true"],
            &["credential-process"],
            &["set", "region", "eu-west-1"],
        ] {
            let (_, words) = sandbox.run(arguments).code(253);
            assert!(words.contains(&told), "{arguments:?}: {words}");
        }
    }
    // Somebody may have given a profile that name.
    let named = Sandbox::new().env("AWS_PROFILE", "").config("[profile '']\nregion = eu-west-1\n");
    assert_eq!(named.run(&["get", "region"]).success(), "eu-west-1\n");
    let words = sandbox.run(&["get", "region", "-p", ""]).failure(252);
    assert!(words.contains("`--profile` is empty"), "{words}");
}

#[test]
fn the_origin_is_shown_down_to_the_line() {
    let sandbox = Sandbox::new()
        .config("# c\n[default]\nregion = in-file-1\ns3 =\n  a = 1\n")
        .env("AWS_REGION", "in-env-1");
    let path = sandbox.shown(".aws/config");
    assert_eq!(sandbox.run(&["get", "s3.a", "--show-origin"]).success(), format!("{path}:5\t1\n"));
    let (value, words) = sandbox.run(&["get", "region", "--show-origin", "-v"]).success_with_words();
    assert_eq!(value, "AWS_REGION\tin-env-1\n");
    assert_eq!(words, format!("not {path}:3: overridden by AWS_REGION\n"));
    assert_eq!(
        json_of(&sandbox.run(&["get", "region", "--format", "json"]).success()),
        json!({
            "schema": 1, "profile": "default", "key": "region", "value": "in-env-1",
            "origin": {"from": "environment", "variable": "AWS_REGION"},
            "shadowed": [{
                "value": "in-file-1",
                "origin": {
                    "from": "file", "path": sandbox.path(".aws/config"), "line": 3, "section": "default", "key": "region",
                },
                "why": "overridden by AWS_REGION",
            }],
        })
    );
}

#[test]
fn a_pair_in_the_other_file_is_shown_as_overridden() {
    let secret = format!("{CANARY}MPLE");
    let pair = |name: &str, id: &str| section(name, id, &secret);
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .config(pair("profile dev", "AKIAI44QH8DHBEXAMPLE"))
        .credentials(pair("dev", "AKIAIOSFODNN7EXAMPLE"));
    let place = |line: u32, key: &str| json!({"from": "file", "path": sandbox.path(".aws/config"), "line": line, "section": "profile dev", "key": key});
    let why = format!("overridden by {}", sandbox.path(".aws/credentials").display());
    let check = |member: &serde_json::Value, value: &str, line: u32, key: &str| {
        let shadowed = member["shadowed"].as_array().unwrap();
        assert_eq!(shadowed.len(), 1, "{member}");
        assert_eq!((&shadowed[0]["value"], &shadowed[0]["origin"]), (&json!(value), &place(line, key)));
        assert!(shadowed[0]["why"].as_str().unwrap().starts_with(&why), "{member}");
    };
    let got = sandbox.run(&["get", "dev.aws_access_key_id", "--format", "json"]).success();
    check(&json_of(&got), "AKIAI44QH8DHBEXAMPLE", 2, "aws_access_key_id");
    let document = json_of(&sandbox.run(&["resolve", "-p", "dev", "--format", "json"]).success());
    let keys = &document["credentials"];
    check(&keys["access_key_id"], "AKIAI44QH8DHBEXAMPLE", 2, "aws_access_key_id");
    check(&keys["secret_access_key"], "********", 3, "aws_secret_access_key");
    assert!(keys["session_token"].is_null());
    let screen = sandbox.run(&["resolve", "-p", "dev"]).success();
    assert!(screen.contains("overrides AKIAI44QH8DHBEXAMPLE"), "{screen}");
    // The environment overrides both.
    let sandbox =
        sandbox.env("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT00000").env("AWS_SECRET_ACCESS_KEY", &secret);
    let document =
        json_of(&sandbox.env("AWS_PROFILE", "dev").run(&["resolve", "--format", "json"]).success());
    assert_eq!(
        document["credentials"]["access_key_id"]["shadowed"].as_array().unwrap().len(),
        2,
        "{document}"
    );
}

#[test]
fn everything_that_the_files_hold_is_listed_and_secrets_are_masked() {
    let secret = format!("{CANARY}MPLE");
    let sandbox = Sandbox::new()
        .config("[profile dev]\nregion = us-east-1\ns3 =\n    addressing_style = path\n")
        .credentials(section("dev", "AKIAIOSFODNN7EXAMPLE", &secret));
    let document =
        json_of(&sandbox.run(&["get", "--all", "--stored", "--format", "json", "-p", "dev"]).success());
    let path = sandbox.path(".aws/config").display().to_string();
    assert_eq!(document["profile"], "dev");
    assert_eq!(document["schema"], 1);
    assert_eq!(
        document["settings"]["s3.addressing_style"],
        json!({"value": "path", "origin": {"from": "file", "path": path, "line": 4, "section": "profile dev", "key": "s3.addressing_style"}})
    );
    assert_eq!(document["settings"]["aws_secret_access_key"]["value"], "********");
    assert_eq!(
        sandbox.run(&["get", "--all", "-p", "dev"]).success(),
        "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ********\nregion = us-east-1\n\
         ec2_metadata_disabled = true\ns3.addressing_style = path\n"
    );
    let sandbox = sandbox.revealing();
    let document = json_of(
        &sandbox.run(&["get", "--all", "--stored", "--reveal", "--format", "json", "-p", "dev"]).success(),
    );
    assert_eq!(document["settings"]["aws_secret_access_key"]["value"], secret);
    assert_eq!(sandbox.run(&["get", "aws_secret_access_key", "-p", "dev"]).success(), format!("{secret}\n"));
}

#[test]
fn a_file_that_botocore_cannot_read_is_an_error_with_its_place_and_help() {
    for (config, expected) in [
        ("region = x\n", "config:1: text before the first `[section]`"),
        ("[default]\nbroken\n", "config:2: not a `key = value` line"),
        ("[a]\n[a]\n", "config:2: duplicate section `[a]`, first defined on line 1"),
        ("[default]\ns3 =\n  x\n", "config:3: a line in a nested block has no `=`"),
        ("\u{feff}[default]\n", "config:1: the file begins with a byte order mark"),
    ] {
        let words = Sandbox::new().config(config).run(&["get", "region"]).failure(253);
        assert!(words.contains(expected) && words.contains("help: "), "{config:?}: {words}");
    }
    let words = Sandbox::new().credentials(b"[default]\nx = \xff\n").run(&["get", "region"]).failure(253);
    assert!(words.contains("credentials:2: invalid UTF-8"), "{words}");
}

#[test]
fn the_files_are_where_the_variables_say() {
    let sandbox = Sandbox::new()
        .file("d/c", "[default]\nregion = in-moved-1\n")
        .config("[default]\nregion = in-usual-1\n")
        .env("D", "~/d")
        .env("AWS_CONFIG_FILE", "$D/c");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "in-moved-1\n");
    sandbox.run(&["set", "output", "text"]).success();
    assert_eq!(sandbox.read("d/c"), "[default]\nregion = in-moved-1\noutput = text\n");
    for (off, is_told) in [("", true), ("/dev/null", false)] {
        let sandbox = Sandbox::new().config("[default]\nregion = in-usual-1\n").env("AWS_CONFIG_FILE", off);
        let words = sandbox.run(&["get", "region"]).failure(1);
        assert_eq!(words.contains("AWS_CONFIG_FILE is set but empty"), is_told, "{words}");
    }
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "cfg");
    sandbox.run(&["set", "output", "text"]).success();
    assert_eq!(sandbox.read("cfg"), "[default]\noutput = text\n");
}

#[test]
fn the_variables_of_aws_cli_come_in_its_order() {
    let sandbox = || Sandbox::new().config("[default]\ncli_pager = less\n");
    let pager = |sandbox: Sandbox, sdk: &str| sandbox.run(&["get", "cli_pager", "--sdk", sdk]).ended().1;
    assert_eq!(pager(sandbox().env("AWS_PAGER", "cat").env("PAGER", "more"), "aws-cli"), "cat\n");
    assert_eq!(pager(sandbox().env("AWS_PAGER", ""), "aws-cli"), "\n");
    assert_eq!(pager(sandbox().env("PAGER", "more"), "aws-cli"), "less\n");
    assert_eq!(pager(Sandbox::new().env("PAGER", "more"), "aws-cli"), "more\n");
    assert_eq!(pager(sandbox().env("AWS_PAGER", "cat"), "boto3"), "less\n");
    assert_eq!(pager(Sandbox::new().env("PAGER", "more"), "boto3"), "");
    let origin = sandbox().env("AWS_PAGER", "cat").run(&["get", "cli_pager", "--show-origin"]).success();
    assert_eq!(origin, "AWS_PAGER\tcat\n");
    for (variable, key, [stored, set]) in [
        ("AWS_CLI_AUTO_PROMPT", "cli_auto_prompt", ["on", "off"]),
        ("AWS_CLI_ERROR_FORMAT", "cli_error_format", ["json", "text"]),
    ] {
        let sandbox = Sandbox::new().config(format!("[default]\n{key} = {stored}\n"));
        assert_eq!(sandbox.run(&["get", key]).success(), format!("{stored}\n"));
        let sandbox = sandbox.env(variable, set);
        assert_eq!(sandbox.run(&["get", key]).success(), format!("{set}\n"));
        assert_eq!(sandbox.run(&["get", key, "--sdk", "boto3"]).success(), format!("{stored}\n"));
    }
}

#[test]
fn a_profile_that_the_key_names_need_not_exist() {
    for config in ["", "[profile other]\nregion = x\n"] {
        let sandbox = if config.is_empty() { Sandbox::new() } else { Sandbox::new().config(config) };
        let sandbox = sandbox.env("AWS_EC2_METADATA_DISABLED", "true");
        for key in [
            "default.region",
            "default.s3.a",
            "default.aws_access_key_id",
            "profile.ghost.region",
            "profile.ghost.aws_secret_access_key",
            "plugins.foo",
        ] {
            assert_eq!(sandbox.run(&["get", key]).code(1), (String::new(), String::new()), "{key}");
            assert_eq!(
                sandbox.run(&["get", key, "--stored"]).code(1),
                (String::new(), String::new()),
                "{key}"
            );
            assert_eq!(sandbox.run(&["get", key, "--default", "x"]).success(), "x\n", "{key}");
        }
    }
    let sandbox = Sandbox::new().env("AWS_REGION", "eu-west-1");
    assert_eq!(sandbox.run(&["get", "default.region"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["get", "profile.ghost.region"]).code(1).0, "");
    let _ = sandbox.run(&["get", "region", "-p", "ghost"]).failure(253);
    let _ = sandbox.run(&["get", "x", "--sso-session", "ghost"]).failure(253);
}

#[test]
fn a_whole_section_other_than_a_profile_is_listed() {
    let sandbox = Sandbox::new().config(
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://x\n[services v]\nec2 =\n  endpoint_url = http://h\n",
    );
    assert_eq!(
        sandbox.run(&["get", "--all", "--sso-session", "corp"]).success(),
        "sso_region = eu-west-1\nsso_start_url = https://x\n"
    );
    assert_eq!(sandbox.run(&["get", "--all", "--services", "v"]).success(), "ec2.endpoint_url = http://h\n");
    let document = json_of(&sandbox.run(&["get", "--all", "--services", "v", "--format", "json"]).success());
    assert_eq!(document["section"], "services v");
    assert_eq!(document["settings"]["ec2.endpoint_url"]["value"], "http://h");
    let words = sandbox.run(&["get", "--all", "--sso-session", "crop"]).failure(253);
    assert!(words.contains("did you mean `xcred get --all --sso-session corp`?"), "{words}");
    let arguments = ["get", "sso_region", "--sso-session", "corp", "--format", "json"];
    let document = json_of(&sandbox.run(&arguments).success());
    assert_eq!(
        (&document["section"], &document["origin"]["section"]),
        (&"sso-session corp".into(), &"sso-session corp".into())
    );
    let arguments = ["get", "sso_region", "--sso-session", "crop", "--format", "json"];
    let document = json_of(&sandbox.run(&arguments).code(253).0);
    assert_eq!(document["error"]["origin"], json!({"from": "option", "name": "--sso-session"}));
}

#[test]
fn a_key_that_is_nearly_a_setting_is_pointed_out() {
    let sandbox = Sandbox::new().config("[default]\nregion = x\nregoin = y\n");
    let words = sandbox.run(&["get", "otuput"]).failure(1);
    assert_eq!(words, "warning: AWS has no setting `otuput`\nhelp: did you mean `xcred get output`?\n");
    // What is there was meant, and what is like nothing belongs to another program.
    assert_eq!(sandbox.run(&["get", "regoin", "--stored"]).success(), "y\n");
    assert_eq!(sandbox.run(&["get", "my_own_key"]).failure(1), "");
    assert_eq!(sandbox.run(&["get", "otuput", "--default", "z"]).success(), "z\n");
}

#[test]
fn a_document_has_no_relative_path() {
    let sandbox = Sandbox::new().file("c", "[default]\nregion = eu-west-1\n").env("AWS_CONFIG_FILE", "c");
    let document = sandbox.run(&["get", "region", "--show-origin", "--format", "json"]).success();
    let document = json_of(&document);
    let path = document["origin"]["path"].as_str().expect("a path");
    assert!(path.ends_with("/c") && std::path::Path::new(path).is_absolute(), "{document}");
}

#[test]
fn half_a_pair_is_said_once_and_half_a_role_is_an_error() {
    let home = |config: &str| Sandbox::new().config(config);
    let pair = home("[profile p]\nregion = x\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n");
    let (value, words) = pair.run(&["get", "aws_access_key_id", "-p", "p"]).success_with_words();
    assert_eq!(
        (value.as_str(), words.matches("without aws_secret_access_key").count()),
        ("AKIAIOSFODNN7EXAMPLE\n", 1),
        "{words}"
    );
    // A place that no finding is about.
    let (_, words) = pair.run(&["get", "aws_account_id", "-p", "p", "--default", "x"]).success_with_words();
    assert_eq!(words.matches("without aws_secret_access_key").count(), 1, "{words}");
    assert!(pair.run(&["get", "--all", "-p", "p"]).success_with_words().0.contains("aws_access_key_id"));
    let role = home("[profile p]\nrole_arn = arn:aws:iam::123456789012:role/R\n");
    for key in ["aws_access_key_id", "aws_secret_access_key"] {
        let words = role.run(&["get", key, "-p", "p"]).failure(253);
        assert_eq!(words.matches("without source_profile").count(), 1, "{words}");
    }
}

#[test]
fn a_profile_in_place_of_a_key_or_in_it_that_does_not_exist_is_pointed_out() {
    let sandbox = Sandbox::new().config("[default]\n[profile dev]\nregion = eu-west-1\n");
    for (key, expected) in [
        (
            "profile.dve.region",
            "warning: profile `dve` not found\nhelp: did you mean `xcred get profile.dev.region`?\n",
        ),
        (
            "dev",
            "warning: AWS has no setting `dev`, but there is a profile of this name\nhelp: `xcred get --all --profile dev` shows its settings\n",
        ),
        ("default.output", ""),
        ("mine", ""),
    ] {
        assert_eq!(sandbox.run(&["get", key]).ended().2, expected);
    }
}

#[test]
fn a_nested_key_that_the_other_files_block_hides_is_told_with_both_places() {
    let home = Sandbox::new()
        .config("[profile dev]\ns3 =\n  addressing_style = path\n  max_queue_size = 9\n")
        .credentials("[dev]\ns3 =\n  max_queue_size = 5\n");
    let (code, printed, words) = home.run(&["get", "s3.addressing_style", "-p", "dev"]).ended();
    assert_eq!((code, &*printed), (Some(1), ""), "{words}");
    assert!(
        words.starts_with(
            "warning: ~/.aws/config:3: `s3.addressing_style` has no effect here: `s3` in ~/.aws/credentials:2 takes \
             precedence as a whole\nhelp: `xcred unset s3 --profile dev` removes it from both files; then "
        ),
        "{words}"
    );
    // What the block has itself, and what neither has, is no reason for it.
    assert_eq!(home.run(&["get", "s3.max_queue_size", "-p", "dev"]).success(), "5\n");
    let words = home.run(&["get", "s3.use_arn_region", "-p", "dev"]).failure(1);
    assert!(!words.contains("takes precedence"), "{words}");
    home.run(&["unset", "s3", "-p", "dev"]).ended();
    home.run(&["set", "s3.addressing_style", "virtual", "-p", "dev"]).ended();
    assert_eq!(home.run(&["get", "s3.addressing_style", "-p", "dev"]).success(), "virtual\n");
}
