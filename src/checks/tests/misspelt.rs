//! Keys that are meant for settings: what the help makes of their values.

use super::*;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab";

/// The help about each line of the profile `q` in the credentials file, without what several SDKs make of it.
fn helps(lines: &str) -> Vec<String> {
    let files = Files::of_texts("", &format!("[q]\n{lines}\n"));
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("q".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let found = warnings_of_settings(scene, "q");
    let of_keys = found.iter().filter(|finding| finding.code() == "unknown-key");
    of_keys.filter_map(|finding| finding.fix().map(|fix| fix.to_string())).collect()
}

#[test]
fn the_value_is_repeated_without_what_is_around_it() {
    for (line, value) in [
        ("regoin = \"eu-west-1\"", "eu-west-1"),
        ("regoin = “eu-west-1”", "eu-west-1"),
        ("regoin = 'eu-west-1' # mine", "eu-west-1"),
        ("regoin = eu-west-1 ; mine", "eu-west-1"),
        ("export AWS_REGION=\"eu-west-1\";", "eu-west-1"),
        ("set AWS_REGION=eu-west-1", "eu-west-1"),
        ("set \"AWS_REGION=eu-west-1\"", "eu-west-1"),
    ] {
        let expected = format!("did you mean `xcred set region {value} --profile q`? ");
        let found = helps(line);
        assert!(matches!(&found[..], [help] if help.starts_with(&expected)), "{line}: {found:?}");
    }
    let found = helps("regoin = \"\"");
    assert!(found[0].starts_with("did you mean `region`? `xcred unset regoin --profile q`"), "{found:?}");
    // The quotes of a command are its own.
    let found = helps("credential_proces = '/opt/my tool'");
    assert!(!found[0].contains("/opt/my tool --profile"), "{found:?}");
}

#[test]
fn no_help_removes_the_only_place_of_a_secret() {
    for statement in ["export NAME=\"VALUE\"", "set NAME=VALUE", "NAME = VALUE"] {
        let line = |name: &str, value: &str| statement.replace("NAME", name).replace("VALUE", value);
        let (id, secret) = (line("AWS_ACCESS_KEY", ID), line("AWS_SECRET_KEY", SECRET));
        let found = helps(&format!("{id}\n{secret}"));
        let set = format!("did you mean `xcred set aws_access_key_id {ID} --profile q`? ");
        assert!(found[0].starts_with(&set), "{statement}: {found:?}");
        assert_eq!(found[1], "did you mean `aws_secret_access_key`? rename the key on line 3", "{statement}");
    }
    let found = helps(&format!("aws_secret_acces_key = {SECRET}\naws_secret_access_key = {SECRET}"));
    let expected = "did you mean `aws_secret_access_key`? it is set, too: remove one of the two lines";
    assert_eq!(found, [expected]);
    // To unset `$env` would remove all lines of that key.
    let found = helps(&format!("$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\""));
    let expected =
        "did you mean `aws_secret_access_key`? write it in place of `$Env:AWS_SECRET_ACCESS_KEY` on line 2";
    assert_eq!(found, [expected]);
    let found = helps("endpoint_ulr = https://joe:hunter2@example.com");
    assert_eq!(found, ["did you mean `endpoint_url`? rename the key on line 2"]);
}

#[test]
fn of_several_keys_that_are_meant_for_one_only_the_first_becomes_it() {
    let other = |key: &str, line: u32| {
        format!("did you mean `{key}`? line {line} may mean it, too: keep one of the two")
    };
    let found = helps("regoin = eu-west-1\nregionn = us-east-1\nregin = us-east-2");
    assert!(found[0].starts_with("did you mean `xcred set region eu-west-1 --profile q`"), "{found:?}");
    assert_eq!(found[1..], [other("region", 2), other("region", 2)]);
    let found = helps(&format!("aws_secret_key = {SECRET}\n$Env:AWS_SECRET_ACCESS_KEY=\"{SECRET}\""));
    assert_eq!(found[1..], [other("aws_secret_access_key", 2)]);
    let found = helps(&format!("aws_secret_key = {SECRET}\naws_secret_acces_key = {SECRET}"));
    assert_eq!(found[1..], [other("aws_secret_access_key", 2)]);
    let found = helps("s3 =\n  adressing_style = path\n  addresing_style = virtual");
    assert_eq!(found[1..], [other("s3.addressing_style", 3)]);
}

/// A command for a profile changes the section that is read, of the file that has the key.
#[test]
fn no_two_commands_set_one_key_of_a_profile_in_its_sections() {
    for (config, credentials, fixes) in [
        (
            "[profile  q]\nregion = eu-west1\n[profile q ]\nregoin = us-east-1\n",
            "",
            &["set region us-east-1"][..],
        ),
        (
            "",
            "[q]\nregion = eu-west1\n[q]\nregoin = us-east-1\n",
            &["set region eu-west-1", "line 2 may mean it"],
        ),
        (
            "[profile q]\nregoin = us-east-1\n",
            "[q]\nregin = us-east-2\n",
            &["set region us-east-1", "config:2 may mean it"],
        ),
        (
            "[profile q]\nregion = us-east1\n",
            "[q]\nregion = eu-west1\n",
            &["set region us-east-1", "did you mean `eu-west-1`?"],
        ),
    ] {
        let files = Files::of_texts(config, credentials);
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("q".to_owned(), Origin::Default) };
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let helps = found.iter().filter_map(|one| one.finding.fix()).map(|fix| fix.to_string());
        let helps: Vec<String> = helps.filter(|help| help.contains("did you mean")).collect();
        assert_eq!(helps.len(), fixes.len(), "{config}{credentials}: {helps:?}");
        assert!(
            helps.iter().zip(fixes).all(|(help, fix)| help.contains(fix)),
            "{config}{credentials}: {helps:?}"
        );
    }
}

#[test]
fn the_device_of_a_source_is_repeated_without_what_is_around_it() {
    let config =
        format!("[profile q]\n{ROLE}source_profile = s\n[profile s]\nmfa_serial = 'GAHT12345678' # mine\n");
    let files = Files::of_texts(&config, &format!("[s]\n{KEYS}"));
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("q".to_owned(), Origin::Default) };
    let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
    let helps = found.iter().filter_map(|one| one.finding.fix()).map(|fix| fix.to_string());
    let helps: Vec<String> = helps.collect();
    assert!(helps.iter().any(|help| help == "`xcred set mfa_serial GAHT12345678 --profile q`"), "{helps:?}");
}
