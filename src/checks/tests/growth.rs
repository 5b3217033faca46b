//! How the work of the checks grows with the files.

use super::*;
use crate::growth::assert_linear;

/// Judges files of `count(size)` parts. `part` is what one of them adds to the config and to the credentials file.
fn assert_judged_by_linear_work(
    count: impl Fn(usize) -> usize,
    part: impl Fn(usize) -> [String; 2],
    judge: &dyn Fn(Scene<'_>),
) {
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    assert_linear(|size| {
        let (world, selection) = (&world, &selection);
        let (config, credentials): (Vec<_>, Vec<_>) = (0..count(size)).map(|at| part(at).into()).unzip();
        let files = Files::of_texts(&config.concat(), &credentials.concat());
        move || judge(Scene::new(world, &files, &[], selection, Sdk::default()))
    });
}

#[test]
fn headers_that_are_not_read() {
    for (of_config, of_credentials) in [("profile p", "profile p"), ("p", "p"), ("profile-p", "profile-p")] {
        let part = |at: usize| {
            [format!("[{of_config}{at}]\nregion = eu-west-1\n"), format!("[{of_credentials}{at}]\n{KEYS}")]
        };
        assert_judged_by_linear_work(|size| 4 * size, part, &|scene| {
            assert!(!about_headers(scene).is_empty());
        });
    }
}

#[test]
fn services_that_profiles_read() {
    let part = |at: usize| {
        [format!("[profile p{at}]\nservices = s{at}\n[services s{at}]\nregion = x\n"), String::new()]
    };
    assert_judged_by_linear_work(|size| size / 2, part, &|scene| {
        assert_eq!(all(scene).len(), scene.files.listed().count());
    });
}

#[test]
fn profiles_without_their_source_or_session() {
    let part = |at: usize| {
        let profiles =
            format!("[profile p{at}]\n{ROLE}source_profile = q{at}\n[profile s{at}]\nsso_session = t{at}\n");
        [profiles + &format!("[sso-session u{at}]\n"), String::new()]
    };
    assert_judged_by_linear_work(|size| size / 4, part, &|scene| {
        let mut judge = Judge::new(scene);
        assert!(scene.files.listed().all(|(name, profile)| judge.is_broken(name, profile)));
    });
}
