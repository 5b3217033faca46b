//! Of several ways to credentials in one profile only the first counts. Who sets up another one is told so.

use super::save;
use crate::failure::{Command, Hint};
use crate::origin::{Origin, Place};
use crate::profile::{FileKind, Files, SectionName};
use crate::ui::Ui;

/// The ways in which a profile can get credentials, in botocore's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Role,
    WebIdentity,
    Sso,
    Keys,
    Login,
    Process,
    KeysInConfig,
}

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
pub(super) fn told(way: Way, files: &Files, section: &SectionName) -> Vec<Rival> {
    let found = ways(files, section);
    let is_ours = |one: Way| {
        one == way || matches!((way, one), (Way::Keys, Way::KeysInConfig) | (Way::KeysInConfig, Way::Keys))
    };
    let Some((first, winner, winner_place)) = found.first() else { return Vec::new() };
    let rival = |(one, loser, place): &(Way, &'static str, Place)| Rival {
        section: section.clone(),
        winner: (winner, winner_place.clone()),
        loser: (loser, place.clone()),
        is_ours: is_ours(*one),
    };
    if is_ours(*first) {
        // A role may take this profile's own keys for its source.
        let own_source = files
            .find(section)
            .value("source_profile")
            .and_then(|found| found.value.as_text().cloned())
            .is_some_and(|source| way == Way::Role && source.expose() == section.name());
        let is_source = |one: Way| own_source && matches!(one, Way::Keys | Way::KeysInConfig);
        return found[1..].iter().filter(|(one, ..)| !is_ours(*one) && !is_source(*one)).map(rival).collect();
    }
    found.iter().find(|(one, ..)| is_ours(*one)).map(rival).into_iter().collect()
}

/// Every way that the profile has settings for, the strongest first, with its key and place.
fn ways(files: &Files, section: &SectionName) -> Vec<(Way, &'static str, Place)> {
    let place = |origin| if let Origin::File(place) = origin { Some(place) } else { None };
    let profile = files.find(section);
    let merged = |key: &'static str| Some((key, place(profile.value(key)?.origin)?));
    let own = |kind| Some(("aws_access_key_id", place(profile.value_in(kind, "aws_access_key_id")?.origin)?));
    let token = merged("web_identity_token_file");
    // Beside a token, `role_arn` is for the token, and the source is what has no effect.
    let (role, source) = match token {
        None => (merged("role_arn"), None),
        Some(_) => (None, merged("source_profile").or_else(|| merged("credential_source"))),
    };
    let candidates = [
        (Way::Role, role),
        (Way::WebIdentity, token),
        (Way::Role, source),
        (Way::Sso, merged("sso_account_id").or_else(|| merged("sso_role_name"))),
        (Way::Keys, own(FileKind::Credentials)),
        (Way::Login, merged("login_session")),
        (Way::Process, merged("credential_process")),
        (Way::KeysInConfig, own(FileKind::Config)),
    ];
    candidates.into_iter().filter_map(|(way, found)| found.map(|(key, place)| (way, key, place))).collect()
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
