//! Whom a finding is about.

use super::*;

#[test]
fn a_profile_that_is_its_own_source_has_a_finding_once() {
    let config = format!("[profile b]\n{ROLE}source_profile = b\nregion = eu-west-9x\nregoin = q\n{KEYS}");
    let files = Files::of_texts(&config, "");
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("b".to_owned(), Origin::Default) };
    let found = about_settings(Scene::new(&world, &files, &[], &selection, Sdk::default()), "b");
    let mut codes: Vec<_> = found.iter().map(|one| one.finding.code()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["unknown-key", "unknown-region"]);
}

#[test]
fn what_a_profile_names_is_that_profiles_fault() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    std::fs::write(&empty, "").unwrap();
    let empty = empty.display();
    let config = format!(
        "[profile w]\n{ROLE}web_identity_token_file = {empty}\n[profile c]\nca_bundle = {empty}\n\
         [profile e]\n{ROLE}credential_source = EcsContainer\n[profile f]\n{ROLE}credential_source = EcsContainer\n"
    );
    let files = Files::of_texts(&config, "");
    let world = World::of([("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://elsewhere/")]);
    let selection = Selection { name: Located::new("k".to_owned(), Origin::Option { name: "PROFILE" }) };
    let mut found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
    found.retain(|one| one.finding.severity() == Severity::Error);
    let whose = found.iter().map(|one| {
        let code = one.finding.code();
        (code, one.profile.as_deref().unwrap_or_default(), one.shared_by.join(" "))
    });
    let whose: Vec<_> = whose.collect();
    let expected = [("invalid-value", "w", ""), ("invalid-value", "c", ""), ("invalid-variable", "e", "e f")];
    for (code, profile, shared_by) in expected {
        assert!(whose.contains(&(code, profile, shared_by.to_owned())), "{code} {profile}: {whose:?}");
    }
    assert_eq!(whose.iter().filter(|(code, ..)| *code == "invalid-variable").count(), 1, "{whose:?}");
}

#[test]
fn what_an_edit_breaks_is_told_apart_from_what_was_wrong_before() {
    let config = format!(
        "[profile ops]\n{ROLE}source_profile = k\nregion = eu-west-1\n[profile prod]\nsso_session = corp\n\
         sso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\n\
         sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n\
         [profile half]\n{ROLE}external_id = 12\nregion = eu-west-1\n"
    );
    let before = Files::of_texts(&config, &format!("[k]\n{KEYS}"));
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("k".to_owned(), Origin::Default) };
    let codes = |after: &Files, section: &SectionName| {
        let [before, after] =
            [&before, after].map(|files| Scene::new(&world, files, &[], &selection, Sdk::default()));
        broken(before, after, section).iter().map(Finding::code).collect::<Vec<_>>()
    };
    let profile = |name: &str| SectionName::Profile(name.to_owned());
    let session = SectionName::SsoSession("corp".to_owned());
    for (section, keys, expected) in [
        (profile("k"), &["aws_secret_access_key"][..], &["half-pair"][..]),
        (profile("k"), &["aws_secret_access_key", "aws_access_key_id"], &["empty-source-profile"]),
        (profile("ops"), &["role_arn"], &["source-without-role"]),
        (profile("ops"), &["source_profile"], &["half-role"]),
        (profile("ops"), &["region"], &[]),
        (profile("prod"), &["sso_session"], &["incomplete-sso"]),
        (session.clone(), &["sso_start_url"], &["incomplete-sso-session"]),
        (profile("half"), &["region"], &[]),
    ] {
        let mut after = before.clone();
        for key in keys {
            after.unset(&section, &crate::profile::KeyPath::parse(key).unwrap(), false).unwrap();
        }
        assert_eq!(codes(&after, &section), expected, "{section} {keys:?}");
    }
    let mut after = before.clone();
    after.remove_profile("k", true).unwrap();
    assert_eq!(codes(&after, &profile("k")), ["missing-source-profile"]);
}

#[test]
fn a_header_beside_the_profiles_own_is_found_by_who_uses_the_profile_too() {
    let world = World::of::<&str, &str>([]);
    for (config, name, line) in [
        ("[dev]\nregion = eu-west-1\n[profile dev]\noutput = json\n", "dev", 1),
        ("[default]\n[ default ]\nregion = us-east-1\n", "default", 2),
        ("[profile dev]\n[Profile dev]\nregion = us-east-1\n", "dev", 2),
    ] {
        let files = Files::of_texts(config, &format!("[dev]\n{KEYS}[default]\n{KEYS}"));
        let selection = Selection { name: Located::new(name.to_owned(), Origin::Default) };
        let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
        let is_it = |finding: &Finding| matches!(finding.place(), Some(Origin::File(place)) if place.line == line && place.path.ends_with("config"));
        let of_doctor: Vec<_> = all(scene).into_iter().map(|one| one.finding).filter(is_it).collect();
        let of_others: Vec<_> = warnings(scene, name).into_iter().filter(is_it).collect();
        let sentences = |found: &[Finding]| found.iter().map(Finding::sentence).collect::<Vec<_>>();
        assert_eq!((sentences(&of_others), of_others.len()), (sentences(&of_doctor), 1), "{config}");
        // Who uses another profile has nothing to do with it.
        assert!(!warnings(scene, "other").iter().any(is_it), "{config}");
    }
}

#[test]
fn the_lines_of_each_half_of_a_profile_in_one_file_are_looked_at_once() {
    let files = Files::of_one_text(
        "[default]\nregoin = a\n[profile dev]\nregoin = a\n[dev]\nregoin = a\n[plugins]\nregoin = a\n\
         [sso-session s]\nsso_start_url = https://s.awsapps.com/start\nsso_region = eu-west-1\nregoin = a\n",
    );
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("dev".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let unknown = |found: Vec<Finding>| -> Vec<Option<u32>> {
        found.into_iter().filter(|one| one.to_string().contains("regoin")).map(|one| one.line()).collect()
    };
    let all_found = all(scene).into_iter().map(|one| one.finding).collect();
    assert_eq!(unknown(all_found), [2, 4, 6, 12].map(Some));
    assert_eq!(unknown(warnings_of_settings(scene, "dev")), [4, 6].map(Some));
    assert_eq!(unknown(warnings_of_settings(scene, "default")), [Some(2)]);
}
