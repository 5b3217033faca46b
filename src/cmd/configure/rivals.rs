//! A profile uses only its highest-priority provider. Setting up one that is shadowed gives a warning.

use super::save;
use crate::chain::{self, Provider};
use crate::failure::{Command, Hint};
use crate::origin::{Origin, Place};
use crate::profile::{Files, Profile, SectionName};
use crate::ui::Ui;

/// A setting of the profile that makes another one useless.
pub(super) struct Rival {
    section: SectionName,
    /// The key that counts, and its place.
    winner: (&'static str, Place),
    /// The key that does not.
    loser: (&'static str, Place),
    /// Whether the loser is what was just set up.
    is_ours: bool,
}

/// What competes with the way that was just set up.
pub(super) fn told(ours: Provider, files: &Files, section: &SectionName) -> Vec<Rival> {
    let profile = files.find(section);
    let found = leads(&profile);
    let is_ours = |one: Provider| one == ours || (is_file(ours) && is_file(one));
    let Some((first, winner, winner_place)) = found.first() else { return Vec::new() };
    let rival = |(one, loser, place): &(Provider, &'static str, Place)| Rival {
        section: section.clone(),
        winner: (winner, winner_place.clone()),
        loser: (loser, place.clone()),
        is_ours: is_ours(*one),
    };
    if is_ours(*first) {
        // A role may take this profile's own keys for its source.
        let own_source = profile
            .value("source_profile")
            .and_then(|found| found.value.as_text().cloned())
            .is_some_and(|source| ours == Provider::AssumeRole && source.expose() == section.name());
        let is_source = |one: Provider| own_source && is_file(one);
        return found[1..].iter().filter(|(one, ..)| !is_ours(*one) && !is_source(*one)).map(rival).collect();
    }
    found.iter().find(|(one, ..)| is_ours(*one)).map(rival).into_iter().collect()
}

/// Every provider that the profile's keys lead to, the one that is used first, with the key and its place.
fn leads(profile: &Profile<'_>) -> Vec<(Provider, &'static str, Place)> {
    let mut leads = chain::leads(profile);
    // Beside a token, `role_arn` belongs to the token, and the source has no effect.
    if let Some(at) = leads.iter().position(|(provider, ..)| *provider == Provider::AssumeRoleWithWebIdentity)
    {
        let source = ["source_profile", "credential_source"].into_iter().find_map(|key| {
            let Origin::File(place) = profile.value(key)?.origin else { return None };
            Some((Provider::AssumeRole, key, place))
        });
        leads.splice(at + 1..at + 1, source);
    }
    leads
}

/// Whether a provider is one of the two for access keys in the files.
fn is_file(provider: Provider) -> bool {
    matches!(provider, Provider::SharedCredentialsFile | Provider::ConfigFile)
}

impl Rival {
    /// Warns of what was set up in vain, and mentions what it made useless.
    pub(super) fn tell(&self, ui: &Ui) {
        let Rival { section, winner: (winner, at), loser: (loser, place), is_ours } = self;
        if *is_ours {
            ui.warning(format_args!("{at} sets `{winner}`, which comes before `{loser}`: it decides"));
            let command = save::about(section, Command::xcred(["unset"]).argument(*winner));
            ui.help(Hint::from(command).say(format!(" lets `{loser}` count")));
        } else {
            ui.note(format_args!("{place}: `{loser}` no longer counts, because `{winner}` comes first"));
        }
    }
}
