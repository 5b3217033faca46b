//! Which key of a profile a new one may replace, and the edit that saves it there.

use std::borrow::Cow;

use crate::chain::{self, Provider};
use crate::keys::{Creation, Error, Pair};
use crate::origin::Origin;
use crate::profile::{self, Files, KeyChanges, KeyPath, SectionName};
use crate::secret::Secret;
use crate::settings;
use crate::world::World;

/// The key that a profile has before another one is saved in it.
#[derive(Default)]
pub(super) struct PresentKey {
    pub(super) id: Option<String>,
    has_secret: bool,
}

impl PresentKey {
    pub(super) fn of(profile: &str, files: &Files) -> PresentKey {
        let profile = files.profile(profile);
        let id = profile.text(settings::AWS_ACCESS_KEY_ID.name).map(Cow::into_owned);
        PresentKey { id, has_secret: profile.has(settings::AWS_SECRET_ACCESS_KEY.name) }
    }

    /// Whether it has one, or half of one.
    pub(super) fn is_any(&self) -> bool {
        self.id.is_some() || self.has_secret
    }

    pub(super) fn is_half(&self) -> bool {
        self.id.is_some() != self.has_secret
    }
}

/// The key of a profile that a new one may replace.
#[derive(Clone, Copy)]
pub(super) enum Replaceable<'k> {
    None,
    Any,
    /// The one with this ID.
    Only(&'k str),
    /// Half of one.
    Half,
}

impl<'k> Replaceable<'k> {
    pub(super) fn only_if(self, may_replace: bool) -> Replaceable<'k> {
        if may_replace { self } else { Replaceable::None }
    }

    pub(super) fn of(entry: &'k Creation) -> Replaceable<'k> {
        let named = entry.replaces.as_deref().filter(|_| !entry.half);
        named.map_or(Replaceable::Half, Replaceable::Only).only_if(entry.overwrite)
    }

    /// Whether the key `held` may be replaced by the new one, which may be there in part already.
    fn includes(self, held: &PresentKey, new: &str) -> bool {
        match self {
            Replaceable::None => false,
            Replaceable::Any => true,
            Replaceable::Only(only) => [Some(only), Some(new)].contains(&held.id.as_deref()),
            Replaceable::Half => held.is_half() || held.id.as_deref() == Some(new),
        }
    }
}

/// Checks that the `new` key can be saved and is used, or one that is as long as IAM's.
pub(super) fn rehearse(
    profile: &str,
    replaceable: Replaceable<'_>,
    new: Option<&Pair>,
    world: &World,
) -> Result<(), Error> {
    require_plain(profile, &Files::load(world)?)?;
    let like_it = || Pair { id: "X".repeat(20), secret: Secret::new("x".repeat(40)) };
    let Pair { id, secret } = new.cloned().unwrap_or_else(like_it);
    Files::read(world)
        .for_edit()?
        .try_out(world, |files| save(files, profile, replaceable, &id, secret.expose()))
        .map(drop)
        .map_err(Error::from)
}

/// Refuses a profile with another provider, which would take precedence over the key.
fn require_plain(profile: &str, files: &Files) -> Result<(), Error> {
    let section = SectionName::Profile(profile.to_owned());
    match chain::leads(&files.find(&section)).next() {
        None | Some((Provider::SharedCredentialsFile | Provider::ConfigFile, ..)) => Ok(()),
        Some((provider, ..)) => Err(Error::Provided { section, provider }),
    }
}

/// Writes the pair and returns the place.
pub(super) fn save(
    files: &mut Files,
    profile: &str,
    replaceable: Replaceable<'_>,
    id: &str,
    secret: &str,
) -> Result<String, profile::Error> {
    files.check()?;
    let section = SectionName::Profile(profile.to_owned());
    let is_replaceable = replaceable.includes(&PresentKey::of(profile, files), id);
    for (name, own) in
        [(settings::AWS_ACCESS_KEY_ID.name, id), (settings::AWS_SECRET_ACCESS_KEY.name, secret)]
    {
        if let Some(found) = files.find(&section).value(name)
            && found.value.as_text().is_none_or(|text| text.expose() != own)
            && let Origin::File(place) = found.origin
            && !is_replaceable
        {
            return Err(profile::Error::HasKey { section, place });
        }
    }
    let values = [
        (KeyPath::plain(settings::AWS_SESSION_TOKEN.name), None),
        (KeyPath::plain(settings::AWS_SECURITY_TOKEN.name), None),
        (KeyPath::plain(settings::AWS_ACCESS_KEY_ID.name), Some(id)),
        (KeyPath::plain(settings::AWS_SECRET_ACCESS_KEY.name), Some(secret)),
    ];
    let keys = values.iter().map(|(key, value)| (key, *value)).collect();
    let changes = KeyChanges { section: &section, keys, replace: false, overrides: false };
    let placed = files.apply(&[changes])?.swap_remove(0).set.swap_remove(0);
    Ok(placed.place.to_string())
}
