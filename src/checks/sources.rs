//! The sources of many roles, most of which have the same few.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::chain;
use crate::profile::{Files, Profile};
use crate::settings::{CREDENTIAL_SOURCE, ROLE_ARN, SOURCE_PROFILE};

/// The source profiles that are known to be sound.
pub(super) struct Sources<'f> {
    files: &'f Files,
    sound: FxHashSet<Cow<'f, str>>,
}

impl<'f> Sources<'f> {
    pub(super) fn of(files: &'f Files) -> Sources<'f> {
        Sources { files, sound: FxHashSet::default() }
    }

    /// Whether the profile is a role whose source is sound, so that the role can't be wrong because of its source.
    pub(super) fn settle(&mut self, profile: &Profile<'f>) -> bool {
        let source = profile.text(SOURCE_PROFILE.name).filter(|_| !profile.has(CREDENTIAL_SOURCE.name));
        let Some(source) = source else { return false };
        if self.sound.contains(&source) {
            return true;
        }
        let is_sound = self.is_sound(&source);
        if is_sound {
            self.sound.insert(source);
        }
        is_sound
    }

    /// Whether a source is not a role itself and has credentials of its own: whose source it is doesn't matter then.
    fn is_sound(&self, source: &str) -> bool {
        let behind = self.files.profile(source);
        !behind.has(ROLE_ARN.name) && chain::leads(&behind).next().is_some()
    }
}
