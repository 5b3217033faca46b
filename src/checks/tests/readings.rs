//! What is left of the findings for those who ask about some SDKs only.

use super::*;

/// The findings that matter to these readers.
fn narrowed(config: &str, credentials: &str, readers: &[&str]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let paths = ["config", "credentials"].map(|name| home.path().join(name));
    for (path, text) in paths.iter().zip([config, credentials]) {
        std::fs::write(path, text).unwrap();
    }
    let [config, credentials] = paths.map(|path| path.to_str().unwrap().to_owned());
    let world = World::of([("AWS_CONFIG_FILE", config), ("AWS_SHARED_CREDENTIALS_FILE", credentials)]);
    let (files, _) = Files::read(&world).in_part();
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let mut found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
    found.retain_mut(|one| one.finding.narrow(readers));
    let found = found.iter().map(|one| one.finding.code()).filter(|code| *code != "loose-mode");
    found.map(str::to_owned).collect()
}

#[test]
fn what_is_wrong_to_an_sdk_is_told_to_who_asks_about_it_alone() {
    let half = "[b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    let split = "[profile b]\naws_secret_access_key = x\n";
    let split_in_credentials = "[b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    let quotes = "[default]\nregion = \"us-east-1\"\n";
    for (config, credentials, reader, expected) in [
        ("", half, "boto3", &["half-pair"][..]),
        ("", half, "rust", &["half-pair"]),
        ("", half, "go", &["half-pair"]),
        ("", half, "js", &["half-pair"]),
        (split, split_in_credentials, "boto3", &["split-pair"]),
        // It joins the two files.
        (split, split_in_credentials, "js", &[]),
        (quotes, "", "boto3", &["quoted-value"]),
        (quotes, "", "js", &["quoted-value"]),
        ("[default]\nregion = us-east-1 # x\n", "", "boto3", &["comment-in-value"]),
        ("[default]\nregion = us-east-1 # x\n", "", "go", &[]),
        ("[dev]\nregion = us-east-1\n", "", "boto3", &["unprefixed-profile"]),
        ("[dev]\nregion = us-east-1\n", "", "ruby", &[]),
        (
            "[profile a]\nregion = us-east-1\n[profile  a]\nregion = us-east-2\n",
            "",
            "boto3",
            &["profile-twice"],
        ),
        ("[profile 'q']\nregion = us-east-1\n", "", "boto3", &[]),
    ] {
        assert_eq!(narrowed(config, credentials, &[reader]), expected, "{reader}: {config}{credentials}");
    }
}
