//! Whom a finding is about.

use super::*;

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
