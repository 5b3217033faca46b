//! Headers and settings that are part of another value because they are indented: no command removes them without being
//! told to, and whoever reads the files is told.

use crate::harness::{CANARY, Outcome, Sandbox, json_of};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

/// A credentials file in which `[two]` and its keys are part of the secret of `[one]`.
fn swallowed(indent: &str) -> String {
    format!(
        "[one]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = {CANARY}1\n\
         {indent}[two]\n{indent}aws_access_key_id = AKIAI55QH8DHBEXAMPLE\n{indent}aws_secret_access_key = {CANARY}2\n"
    )
}

/// The run is refused with both places, and both files are as they were.
#[track_caller]
fn refused(sandbox: &Sandbox, run: impl Fn(&Sandbox) -> Outcome, told: &[&str]) {
    let before: Vec<Option<Vec<u8>>> = [".aws/config", ".aws/credentials"]
        .iter()
        .map(|path| std::fs::read(sandbox.path(path)).ok())
        .collect();
    let words = run(sandbox).failure(253);
    for told in told {
        assert!(words.contains(told), "no {told:?} in: {words}");
    }
    let after: Vec<Option<Vec<u8>>> = [".aws/config", ".aws/credentials"]
        .iter()
        .map(|path| std::fs::read(sandbox.path(path)).ok())
        .collect();
    assert_eq!(after, before, "{words}");
}

#[test]
fn every_command_that_uses_a_profile_names_the_header_that_it_swallowed() {
    let sandbox =
        Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").credentials(swallowed("  ")).revealing();
    for command in [
        &["credential-process", "-p", "one"][..],
        &["export-env", "-p", "one"],
        &["exec", "-p", "one", "--", "true"],
        &["status", "-p", "one"],
        &["resolve", "-p", "one"],
        &["get", "--all", "-p", "one"],
    ] {
        let words = sandbox.run(command).ended().2;
        for line in [
            "credentials:4: `[two]` is indented, so it is part of the value of line 3",
            "credentials:5: `aws_access_key_id` is indented",
        ] {
            assert_eq!(words.matches(line).count(), 1, "{command:?}: {words}");
        }
    }
}

#[test]
fn another_profiles_secret_is_not_lost_with_the_value_that_it_is_a_part_of() {
    for indent in ["  ", "\t", " \t ", "\u{a0}"] {
        let sandbox = Sandbox::new().credentials(swallowed(indent));
        let places =
            ["credentials:4: `[two]` is indented, so it is part of the value of line 3", "--replace"];
        let secret = || format!("{CANARY}3\n");
        refused(
            &sandbox,
            |s| s.run_with_input(&["set", "aws_secret_access_key", "-", "-p", "one"], &secret()),
            &places,
        );
        refused(
            &sandbox,
            |s| s.run_with_input(&["set", "aws_secret_access_key", "-", "-p", "one", "-n"], &secret()),
            &places,
        );
        refused(&sandbox, |s| s.run(&["unset", "aws_secret_access_key", "-p", "one"]), &places);
        refused(&sandbox, |s| s.run(&["profile", "remove", "one"]), &places[..1]);
        refused(&sandbox, |s| s.run(&["profile", "remove", "one", "--force"]), &places[..1]);
        refused(&sandbox, |s| s.run(&["profile", "copy", "one", "three"]), &places[..1]);
        refused(
            &sandbox,
            |s| {
                s.run_with_input(
                    &["configure", "-p", "one", "--access-key-id", KEY, "--secrets-from-stdin"],
                    &secret(),
                )
            },
            &places[..1],
        );
        let csv = format!("User name,Access key ID,Secret access key\none,{KEY},{CANARY}4\n");
        let sandbox = sandbox.file("keys.csv", csv);
        refused(&sandbox, |s| s.run(&["configure", "import", "--overwrite", "keys.csv"]), &places[..1]);
    }
}

#[test]
fn with_replace_it_goes() {
    let sandbox = Sandbox::new().credentials(swallowed("  "));
    let arguments = ["set", "aws_secret_access_key", "-", "-p", "one", "--replace"];
    sandbox.run_with_input(&arguments, &format!("{CANARY}3\n")).success_with_words();
    assert_eq!(
        sandbox.read_credentials(),
        format!("[one]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = {CANARY}3\n")
    );
    let sandbox = Sandbox::new().credentials(swallowed("  "));
    sandbox.run(&["unset", "aws_secret_access_key", "-p", "one", "--replace"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), "[one]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\n");
}

#[test]
fn a_profile_with_a_lost_header_keeps_all_its_lines_when_it_is_renamed_or_gets_a_new_key() {
    let sandbox = Sandbox::new().credentials(swallowed("  "));
    let _ = sandbox.run(&["profile", "rename", "one", "uno"]).code(0);
    assert_eq!(sandbox.read_credentials(), swallowed("  ").replace("[one]", "[uno]"));
    let sandbox = Sandbox::new().config("[profile a]\noutput = json\n  [profile b]\n  region = y\n");
    let _ = sandbox.run(&["set", "region", "eu-west-1", "-p", "a"]).code(0);
    // Above the lost header: once that is a header again, the new key is still the profile's that it was meant for.
    assert_eq!(
        sandbox.read_config(),
        "[profile a]\nregion = eu-west-1\noutput = json\n  [profile b]\n  region = y\n"
    );
}

#[test]
fn an_indented_setting_is_not_lost_with_the_value_that_it_is_a_part_of() {
    for (config, arguments) in [
        ("[default]\nregion = a\n  output = json\n", &["set", "region", "eu-west-1"][..]),
        ("[default]\nregion = a\n\toutput=json\n", &["unset", "region"]),
        ("[default]\nregion = a\n# note\n\n  output = json", &["unset", "region"]),
        ("[default]\r\nregion = a\r\n  output = json\r\n", &["set", "region", "eu-west-1"]),
        ("[default]\rregion = a\r  output = json\r", &["set", "region", "eu-west-1"]),
        ("[default]\nregion = a\u{85}output = json\n", &["set", "region", "eu-west-1"]),
        ("[default]\nregion =\n  output = json\n", &["unset", "region"]),
        ("[default]\nregion =\n  output = json\n", &["set", "region", "eu-west-1"]),
        ("[default]\ns3 =\n    a = 1\ns3 =\n    b = 2\n", &["set", "s3.b", "3"]),
    ] {
        let sandbox = Sandbox::new().config(config);
        let words = sandbox.run(arguments).failure(253);
        assert!(words.contains("config:") && words.contains("--replace"), "{config:?}: {words}");
        assert_eq!(sandbox.read_config(), config);
        let _ = sandbox.run(&[arguments, &["--replace"]].concat()).code(0);
        assert_ne!(sandbox.read_config(), config);
    }
    let sandbox = Sandbox::new().config("[default]\nregion = a\n  output = json\n");
    let words = sandbox.run(&["set", "region", "eu-west-1"]).failure(253);
    assert!(
        words.contains(
            "config:3: `output` is indented, so it is part of the value of line 2, and would be removed with it"
        ),
        "{words}"
    );
    let sandbox = Sandbox::new().config("[default]\nregion = a\u{2028}output = json\n");
    let words = sandbox.run(&["set", "region", "eu-west-1"]).failure(253);
    assert!(
        words.contains(
            "config:2: `output` is in the middle of a line, as part of the value of line 2, and would"
        ) && words.contains("help: start a new line before it, or give `--replace`"),
        "{words}"
    );
}

#[test]
fn nested_blocks_and_values_over_several_lines_are_edited_as_before() {
    for (config, arguments, expected) in [
        (
            "[default]\ns3 =\n  a = 1\n  b = 2\n",
            &["set", "s3.a", "3"][..],
            "[default]\ns3 =\n  a = 3\n  b = 2\n",
        ),
        ("[default]\ns3 =\n  a = 1\nx = y\n", &["unset", "s3"], "[default]\nx = y\n"),
        ("[default]\ns3 =\n  a = 1\n", &["unset", "s3.a"], "[default]\n"),
        (
            "[default]\ncredential_process = a\n  --b=c\n  d\n",
            &["set", "credential_process", "e"],
            "[default]\ncredential_process = e\n",
        ),
        ("[default]\nx = a\n  https://host/?b=c\n", &["unset", "x"], "[default]\n"),
    ] {
        let sandbox = Sandbox::new().config(config);
        let _ = sandbox.run(arguments).code(0);
        assert_eq!(sandbox.read_config(), expected);
    }
}

#[test]
fn a_header_in_a_nested_block_and_what_stands_below_it_stay() {
    let config = "[default]\ns3 =\n    a = 1\n    [profile b]\n    role_arn = r\n";
    for arguments in
        [&["unset", "s3"][..], &["set", "s3", "x"], &["set", "s3.role_arn", "x"], &["unset", "s3.role_arn"]]
    {
        let sandbox = Sandbox::new().config(config);
        refused(&sandbox, |s| s.run(arguments), &["config:4: `[profile b]` is indented"]);
    }
    let sandbox = Sandbox::new().config(config);
    let _ = sandbox.run(&["set", "s3.c", "2"]).code(0);
    assert_eq!(
        sandbox.read_config(),
        "[default]\ns3 =\n    a = 1\n    c = 2\n    [profile b]\n    role_arn = r\n"
    );
}

#[test]
fn a_key_below_a_lost_header_is_another_profiles() {
    for (config, told) in [
        ("[profile a]\nregion = x\n   [profile b]\nregion = y\n", "config:3: `[profile b]` is indented"),
        ("[profile a]\noutput = x\n   [profile b]\nregion = y\n", "config:3: `[profile b]` is indented"),
        (
            "[profile a]\nregion = x\n[profile b\nregion = y\n",
            "config:3: `[profile b` is not a section header: the closing `]` is missing",
        ),
        (
            "[profile a]\nregion = x\n[profile b:c\nregion = y\n",
            "config:3: `[profile b:c` is not a section header",
        ),
        (
            "[profile a]\nregion = x\n\u{feff}[profile b]\nregion = y\n",
            "config:3: `[profile b]` is not a section header: an invisible",
        ),
    ] {
        for arguments in [
            &["set", "region", "z", "-p", "a"][..],
            &["unset", "region", "-p", "a"],
            &["profile", "remove", "a"],
        ] {
            refused(&Sandbox::new().config(config), |s| s.run(arguments), &[told]);
        }
    }
}

#[test]
fn an_indented_header_without_a_bracket_is_one_too() {
    let keys = |id: &str| format!("aws_access_key_id = {id}\naws_secret_access_key = {CANARY}\n");
    let (one, two) = (keys("AKIAI44QH8DHBEXAMPLE"), keys("AKIAI55QH8DHBEXAMPLE"));
    for header in ["  two]", "\t[two", " profile two]", "  [two # mine"] {
        let credentials = format!("[one]\n{one}\n{header}\n# mine\n{two}[three]\n{one}");
        let bare = header.trim().trim_end_matches(" # mine");
        let told = format!("credentials:5: `{bare}` is indented, so it is part of the value of line 3");
        for arguments in [
            &["profile", "remove", "one"][..],
            &["profile", "copy", "one", "four"],
            &["unset", "aws_secret_access_key", "-p", "one"],
            &["unset", "aws_access_key_id", "-p", "one"],
        ] {
            refused(&Sandbox::new().credentials(&credentials), |s| s.run(arguments), &[&told]);
        }
        let new = |s: &Sandbox| s.run_with_input(&["set", "aws_secret_access_key", "-", "-p", "one"], CANARY);
        refused(&Sandbox::new().credentials(&credentials), new, &[&told]);
        let answers = format!("AKIAI66QH8DHBEXAMPLE\n{CANARY}\n\n\n");
        let configure = |s: &Sandbox| s.run_with_input(&["configure", "-p", "one"], &answers);
        refused(&Sandbox::new().credentials(&credentials), configure, &[&told]);
        // A rename changes nothing but the header.
        let sandbox = Sandbox::new().credentials(&credentials);
        sandbox.run(&["profile", "rename", "one", "uno"]).code(0);
        let renamed = credentials.replacen("[one]", "[uno]", 1);
        assert_eq!(std::fs::read_to_string(sandbox.path(".aws/credentials")).expect("it is there"), renamed);
        let name = if bare.contains("profile") { "profile two" } else { "two" };
        let (shown, _) = sandbox.run(&["doctor"]).code(1);
        let help = format!("help: write `[{name}]` on a line of its own, without indentation");
        assert!(shown.contains(&help), "{shown}");
    }
}

#[test]
fn a_repeated_key_is_blamed_on_the_header_that_was_lost_before_it() {
    let sandbox = Sandbox::new().config("[profile a]\nregion = x\n   [profile b]\nregion = y\n");
    for arguments in [&["get", "region", "-p", "a"][..], &["list-profiles"]] {
        let words = sandbox.run(arguments).failure(253);
        assert!(
            words.contains("config:3: `[profile b]` is indented, so it is part of the value of line 2"),
            "{words}"
        );
        assert!(words.contains("help: remove the indentation before `[profile b]`"), "{words}");
    }
}

#[test]
fn whoever_reads_is_told() {
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .config("[profile one]\nregion = eu-west-1\n  output = json\n")
        .credentials(swallowed("  "));
    let header = "credentials:4: `[two]` is indented, so it is part of the value of line 3\nhelp: remove the indentation before `[two]`";
    let setting = "config:3: `output` is indented, so it is part of the value of line 2\nhelp: remove the indentation before it";
    let (names, words) = sandbox.run(&["list-profiles"]).success_with_words();
    assert_eq!(names, "one\n");
    assert!(words.contains(header) && !words.contains(setting), "{words}");
    let (_, words) = sandbox.run(&["get", "output", "-p", "one"]).code(1);
    assert!(words.contains(header) && words.contains(setting), "{words}");
    let (_, words) = sandbox.run(&["resolve", "--offline", "-p", "one"]).code(0);
    assert!(words.contains(header) && words.contains(setting), "{words}");
    let (document, _) = sandbox.run(&["resolve", "--offline", "--format", "json", "-p", "one"]).code(0);
    let document = json_of(&document);
    assert_eq!(document["warnings"][0]["code"], "lost-setting");
    assert_eq!(document["warnings"][1]["origin"]["line"], 4);
    for arguments in [
        &["whoami", "-p", "two"][..],
        &["get", "region", "-p", "two"],
        &["export-env", "--format", "json", "-p", "two"],
    ] {
        let (_, words) = sandbox.run(arguments).code(253);
        assert!(
            words.contains("profile `two` not found") && words.contains("credentials:4: `[two]` is indented"),
            "{words}"
        );
    }
}

#[test]
fn a_header_that_is_not_read_is_told_once() {
    let region = "[default]\nregion = eu-west-1\n";
    let role = "[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = default\n";
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n  aws_secret_access_key = x\n";
    for credentials in [format!("[ default ]\n{keys}"), format!("[x]\na = b\n  [default]\n  {keys}")] {
        let sandbox = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .config(format!("{region}{role}"))
            .credentials(credentials);
        for arguments in [
            &["get", "output", "-p", "default"][..],
            &["get", "output", "-p", "dev"],
            &["get", "output", "-p", "default", "--default", "json"],
            &["get", "--all", "-p", "dev"],
            &["resolve", "--offline", "-p", "dev"],
            &["whoami", "-p", "dev"],
        ] {
            let (_, _, words) = sandbox.run(arguments).ended();
            let told = words.lines().filter(|line| line.starts_with("warning: ~/.aws/credentials:")).count();
            assert!(told <= 1, "{arguments:?}: {words}");
        }
    }
}

#[test]
fn a_header_without_its_first_bracket_is_completed() {
    let sandbox = Sandbox::new().config("profile dev]\nregion = eu-west-1\n");
    for arguments in [&["doctor"][..], &["get", "region", "-p", "dev"], &["set", "region", "x", "-p", "dev"]]
    {
        let (_, out, words) = sandbox.run(arguments).ended();
        let shown = out + &words;
        assert!(shown.contains("add the missing `[`: `[profile dev]`"), "{arguments:?}: {shown}");
        assert!(!shown.contains("`[default]`"), "{arguments:?}: {shown}");
    }
}

#[test]
fn a_command_without_the_option_to_replace_does_not_offer_it() {
    let csv = format!("User name,Access key ID,Secret access key\none,{KEY},{CANARY}4\n");
    let stray =
        format!("[one]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\nnote\naws_secret_access_key = {CANARY}1\n");
    for credentials in [swallowed("  "), stray] {
        let sandbox = Sandbox::new().credentials(&credentials).file("keys.csv", csv.clone());
        for (arguments, is_offered) in [
            (&["set", "aws_secret_access_key", "-", "-p", "one"][..], true),
            (&["unset", "aws_secret_access_key", "-p", "one"], true),
            (&["profile", "remove", "one", "--force"], false),
            (&["profile", "copy", "one", "three"], false),
            (&["configure", "import", "--overwrite", "keys.csv"], false),
        ] {
            let words = sandbox.run_with_input(arguments, &format!("{CANARY}3\n")).failure(253);
            assert_eq!(words.contains("--replace"), is_offered, "{arguments:?}: {words}");
            assert!(arguments[1] != "copy" || words.contains("the copy would also have"), "{words}");
            assert_eq!(sandbox.read_credentials(), credentials);
        }
    }
}
