//! The profiles behind a profile: the walk along `source_profile`.

use super::scene::Scene;
use crate::chain::{Next, Sources};
use crate::settings::SOURCE_PROFILE;

/// The profile, and the source profiles behind it.
pub fn sources(scene: Scene<'_>, name: &str) -> Vec<String> {
    walk(scene, name).into_iter().map(|(name, _)| name).collect()
}

/// The profile and its source profiles, each with whether it is the source where the walk ends: it needs no role. A circle
/// ends where it closes.
pub(super) fn walk(scene: Scene<'_>, name: &str) -> Vec<(String, bool)> {
    let mut names = vec![(name.to_owned(), false)];
    let mut walk = Sources::from(scene.files, name);
    let source = |name: &str| scene.files.profile(name).text(SOURCE_PROFILE.name);
    let mut next = source(name);
    while let Some(name) = next.take() {
        match walk.enter(&name) {
            Ok(Next::Role) => next = source(&name),
            Ok(Next::End) => {}
            Err(_) => break,
        }
        names.push((name.into_owned(), next.is_none()));
    }
    names
}
