//! Files that are not plain UTF-8, and headers that aren't read: an edit finds the section that is meant or is refused,
//! and never writes a second one beside it.

use crate::harness::{CANARY, Sandbox};

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let mark: &[u8] = if mark { b"\xff\xfe" } else { b"" };
    [mark.to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

#[test]
fn a_byte_order_mark_is_read_past_and_removed_by_an_edit() {
    let sandbox = Sandbox::new().config("\u{feff}[default]\r\nregion = eu-west-1\r\n");
    let words = sandbox.run(&["get", "region"]).failure(253);
    assert!(
        words.contains("config:1: the file begins with a byte order mark")
            && words.contains("help: `xcred doctor --fix` removes it"),
        "{words}"
    );
    let (_, words) = sandbox.run(&["set", "region", "us-east-1"]).success_with_words();
    assert!(words.contains("config:1: removed the byte order mark"), "{words}");
    assert_eq!(sandbox.read_config(), "[default]\r\nregion = us-east-1\r\n");
    assert_eq!(sandbox.run(&["get", "region"]).success(), "us-east-1\n");

    let marked = format!(
        "\u{feff}[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}1\n"
    );
    let sandbox = Sandbox::new().credentials(&marked);
    let _ = sandbox.run_with_input(&["set", "aws_secret_access_key", "-"], &format!("{CANARY}2")).code(0);
    assert_eq!(
        sandbox.read_credentials(),
        marked.replace(&format!("{CANARY}1"), &format!("{CANARY}2")).replace('\u{feff}', "")
    );
    let sandbox = Sandbox::new().credentials(&marked);
    let arguments = ["configure", "--access-key-id", "AKIAI44QH8DHBEXAMPLE", "--secrets-from-stdin"];
    let (_, words) = sandbox.run_with_input(&arguments, &format!("{CANARY}3\n")).code(0);
    assert!(words.contains("removed the byte order mark"), "{words}");
    assert_eq!(sandbox.read_credentials().matches("[default]").count(), 1);
}

#[test]
fn a_byte_order_mark_is_repaired() {
    let sandbox = Sandbox::new().config("\u{feff}[default]\nregion = eu-west-1\n").credentials("[default]\n");
    let (diff, _) = sandbox.run(&["doctor", "--fix", "--dry-run"]).code(1);
    assert!(diff.contains("config"), "{diff}");
    assert!(sandbox.read_config().starts_with('\u{feff}'));
    let (_, words) = sandbox.run(&["doctor", "--fix"]).code(0);
    assert!(
        words.contains("config:1: removed the byte order mark") && !words.contains("nothing to repair"),
        "{words}"
    );
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
    let (_, words) = sandbox.run(&["doctor", "--fix"]).code(0);
    assert!(words.contains("nothing to repair"), "{words}");
}

#[test]
fn a_byte_order_mark_hides_no_profile_from_any_command_that_edits() {
    let config = "\u{feff}[profile a]\nregion = x\n";
    for (arguments, expected) in [
        (&["unset", "region", "-p", "a"][..], "[profile a]\n"),
        (&["profile", "rename", "a", "b"], "[profile b]\nregion = x\n"),
        (&["profile", "copy", "a", "b"], "[profile a]\nregion = x\n[profile b]\nregion = x\n"),
        (&["profile", "remove", "a"], ""),
        (&["set", "a.region", "eu-west-1"], "[profile a]\nregion = eu-west-1\n"),
        // Nothing to do is no reason to write.
        (&["unset", "output", "-p", "a"], config),
    ] {
        let sandbox = Sandbox::new().config(config);
        let _ = sandbox.run(arguments).code(0);
        assert_eq!(sandbox.read_config(), expected, "{arguments:?}");
    }
    let sandbox = Sandbox::new().config(config);
    let diff = sandbox.run(&["set", "region", "eu-west-1", "-p", "a", "-n"]).code(0).0;
    assert!(diff.contains("+[profile a]") && diff.contains("+region = eu-west-1"), "{diff}");
    assert_eq!(sandbox.read_config(), config);
}

#[test]
fn no_command_writes_into_a_file_in_another_encoding() {
    let text = "[default]\nregion = a\n";
    for (bytes, told) in [
        (utf16(text, true), "config:1: the file is UTF-16"),
        (utf16(text, false), "config:1: the file is UTF-16"),
        (text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(), "config:1: the file is UTF-32"),
        (b"[default]\nregion = a\0\n".to_vec(), "config:2: the file contains NUL bytes"),
    ] {
        let csv = format!("User name,Access key ID,Secret access key\none,AKIAIOSFODNN7EXAMPLE,{CANARY}\n");
        let sandbox =
            Sandbox::new().config(&bytes).credentials("[x]\naws_access_key_id = A\n").file("k.csv", csv);
        for arguments in [
            &["set", "region", "b"][..],
            &["set", "region", "b", "-n"],
            &["unset", "region"],
            &["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"],
            &["configure", "--no-input", "--region", "eu-west-1"],
            &["configure", "import", "k.csv"],
            &["profile", "copy", "x", "y"],
            &["profile", "rename", "x", "y"],
            &["profile", "remove", "x"],
        ] {
            let words = sandbox.run(arguments).failure(253);
            assert!(words.contains(told) && words.contains("UTF-8"), "{arguments:?}: {words}");
            assert_eq!(std::fs::read(sandbox.path(".aws/config")).unwrap(), bytes, "{arguments:?}");
            assert_eq!(sandbox.read_credentials(), "[x]\naws_access_key_id = A\n");
        }
    }
    let words = Sandbox::new().config(utf16(text, true)).run(&["get", "region"]).failure(253);
    assert!(words.contains("config:1: the file is UTF-16") && words.contains("PowerShell"), "{words}");
    let (_, _, words) = Sandbox::new().config(utf16(text, false)).run(&["list-profiles"]).ended();
    assert!(words.contains("UTF-16"), "{words}");
}

#[test]
fn a_header_that_is_not_read_gets_no_twin_and_is_pointed_out() {
    for (header, name, told) in [
        ("[dev]", "dev", "in the config file, a profile's header begins with `profile`"),
        ("[Profile dev]", "dev", "case matters"),
        ("[profile Foo Bar]", "Foo Bar", "a name with a space needs quotes"),
        ("[profile o'brien]", "o'brien", "needs quotes around it"),
        ("[profile dev] # see [wiki]", "dev", "the name ends at the last `]`"),
        ("[ profile dev]", "dev", "isn't read as `[profile dev]`"),
        ("[Default]", "default", "case matters"),
        ("[default", "default", "the closing `]` is missing"),
        ("[profiledev]", "dev", "isn't read as `[profile dev]`"),
        ("[profle dev]", "dev", "isn't read as `[profile dev]`"),
        ("[profile dev] [x]", "dev", "the name ends at the last `]`"),
        ("［profile dev］", "dev", "write `[profile dev]`"),
        ("[profile dev］", "dev", "write `[profile dev]`"),
        ("(default)", "default", "write `[default]`"),
        ("\"[profile dev]\"", "dev", "write `[profile dev]`"),
    ] {
        let config = format!("{header}\nregion = x\noutput = json\n");
        let sandbox = Sandbox::new().config(&config).credentials("[src]\naws_access_key_id = A\n");
        for arguments in [
            &["set", "region", "eu-west-1", "-p", name][..],
            &["set", "region", "eu-west-1", "-n", "-p", name],
            &["unset", "region", "-p", name],
            &["configure", "--no-input", "--region", "eu-west-1", "-p", name],
            &["configure", "process", "--credential-process", "/bin/true", "--no-input", "-p", name],
            &["profile", "copy", "src", name],
            &["profile", "rename", "src", name],
            &["profile", "remove", name],
        ] {
            let words = sandbox.run(arguments).failure(253);
            assert!(words.contains("config:1: `") && words.contains(told), "{header} {arguments:?}: {words}");
            assert_eq!(sandbox.read_config(), config);
        }
        let words = sandbox.run(&["get", "region", "-p", name]).failure(253);
        assert!(words.contains(told) && words.contains("help: "), "{header}: {words}");
        let (_, _, words) = sandbox.run(&["list-profiles"]).ended();
        assert!(words.contains(told), "{header}: {words}");
    }
}

#[test]
fn the_credentials_file_gets_no_twin_either() {
    for (header, name) in
        [("[profile dev]", "dev"), ("[ dev]", "dev"), ("[Default]", "default"), ("[dev] # [x]", "dev")]
    {
        let credentials = format!("{header}\naws_access_key_id = A\naws_secret_access_key = {CANARY}\n");
        let sandbox = Sandbox::new().credentials(&credentials);
        let words =
            sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "-p", name]).failure(253);
        assert!(words.contains("credentials:1: `["), "{header}: {words}");
        assert_eq!(sandbox.read_credentials(), credentials);
        let csv =
            format!("User name,Access key ID,Secret access key\n{name},AKIAIOSFODNN7EXAMPLE,{CANARY}\n");
        let sandbox = sandbox.file("keys.csv", csv);
        let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains("credentials:1: `["), "{header}: {words}");
        assert_eq!(sandbox.read_credentials(), credentials);
    }
}

#[test]
fn an_unprefixed_profile_is_pointed_out_where_only_its_credentials_are_found() {
    let sandbox = Sandbox::new().config("[dev]\nregion = x\n").credentials("[dev]\naws_access_key_id = A\n");
    let (nothing, words) = sandbox.run(&["get", "region", "-p", "dev"]).code(1);
    assert_eq!(nothing, "");
    assert!(
        words.contains("config:1: `[dev]` isn't a profile") && words.contains("write `[profile dev]`"),
        "{words}"
    );
    let words = sandbox.run(&["set", "region", "eu-west-1", "-p", "dev"]).failure(253);
    assert!(words.contains("config:1: `[dev]`"), "{words}");
}

#[test]
fn a_session_that_is_not_read_gets_no_twin() {
    let config = "[sso-session my corp]\nsso_region = x\n";
    let sandbox = Sandbox::new().config(config);
    let words = sandbox.run(&["set", "sso_region", "eu-west-1", "--sso-session", "my corp"]).failure(253);
    assert!(
        words.contains("a name with a space needs quotes") && words.contains("[sso-session 'my corp']"),
        "{words}"
    );
    assert_eq!(sandbox.read_config(), config);
}

#[test]
fn a_file_that_cannot_be_read_is_the_answer_to_who_asks_for_a_profile_or_a_sign_in_of_it() {
    let session = "[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://s.awsapps.com/start\n";
    let sandbox = Sandbox::new().config(utf16(&format!("[profile base]\nsso_session = s\n{session}"), true));
    for arguments in [
        &["configure", "list", "--profile", "base"][..],
        &["logout", "base"],
        &["logout", "--sso-session", "s"],
        &["login", "--status"],
        &["login", "--status", "base"],
    ] {
        let words = sandbox.run(arguments).failure(253);
        assert!(words.contains("UTF-16") && !words.contains("not found"), "{arguments:?}: {words}");
    }
    let (found, _) = sandbox.run(&["doctor", "base"]).code(1);
    assert!(found.contains("UTF-16"), "{found}");
    let sandbox = Sandbox::new().config(format!("{session}[profile broken\n"));
    let words = sandbox.run(&["login", "--status"]).failure(253);
    assert!(words.contains("config:4"), "{words}");
}

#[test]
fn a_value_that_is_not_found_comes_with_what_may_be_the_reason() {
    let sandbox = Sandbox::new().config("[default]\nregoin = eu-west-1\n");
    let (found, words) = sandbox.run(&["get", "region"]).code(1);
    assert!(found.is_empty() && words.contains("config:2: AWS has no setting `regoin`"), "{words}");
    assert_eq!(sandbox.run(&["get", "region", "--default", "x"]).success(), "x\n");
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "/none");
    for (arguments, code) in [(&["get", "region"][..], 1), (&["list-profiles"], 0)] {
        let (_, words) = sandbox.run(arguments).code(code);
        assert!(words.contains("AWS_CONFIG_FILE names /none, which doesn't exist"), "{arguments:?}: {words}");
    }
}

#[test]
fn a_header_beside_the_profiles_own_is_told_to_every_command_that_uses_the_profile() {
    for (config, name, told) in [
        (
            "[dev]\nregion = eu-west-1\n[profile dev]\noutput = json\n",
            "dev",
            "config:1: `[dev]` isn't a profile",
        ),
        ("[default]\n[ default ]\nregion = eu-west-1\n", "default", "config:2: `[ default ]` isn't read as"),
    ] {
        let sandbox =
            Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").config(config).revealing().credentials(
                format!(
                    "[{name}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n"
                ),
            );
        for arguments in [
            &["get", "region", "-p", name][..],
            &["get", "--all", "-p", name],
            &["resolve", "--offline", "-p", name],
            &["exec", "-p", name, "--", "true"],
            &["export-env", "-p", name],
            &["credential-process", "-p", name],
            &["doctor", name],
        ] {
            let (_, out, words) = sandbox.run(arguments).ended();
            assert_eq!((out + &words).matches(told).count(), 1, "{arguments:?}: {words}");
        }
    }
}
