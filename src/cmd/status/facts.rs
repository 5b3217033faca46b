//! What `status` shows of the active profile, for people.

use std::borrow::Cow;

use jiff::Timestamp;

use rustc_hash::FxHashSet;

use super::known::{Known, Outcome};
use crate::origin::{Located, Origin};
use crate::render::{Table, until};
use crate::secret::{redacted, shown_key_id};
use crate::settings::{KNOWN_REGIONS, shown_in_text};
use crate::ui::Ui;

impl Known<'_> {
    pub(super) fn facts(&self, now: Timestamp, ui: &Ui) -> Table<3> {
        let mut table = Table::of_facts().within(ui.out_columns());
        let mut named = FxHashSet::default();
        let mut add = |name: &str, value: String, origin: String| {
            // What a cache or a service has given has one origin, which is long.
            let is_new = named.insert(origin.clone());
            table.push([name.to_owned(), value, if is_new { origin } else { String::new() }]);
        };
        let (name, chosen) = match self.profile() {
            Some(Located { value, origin: Origin::Default }) => {
                (value, "neither --profile nor AWS_PROFILE is set".to_owned())
            }
            Some(Located { value, origin }) => (value, origin.to_string()),
            None if self.session.world.loaded_profile().is_some() => {
                ("none", "the keys in the environment are not those of XCRED_PROFILE".to_owned())
            }
            None => ("none", "the keys are in the environment".to_owned()),
        };
        add("profile", shown_in_text(name).into_owned(), chosen);
        match &self.outcome {
            Outcome::Found(provider, credentials) => {
                add("provider", provider.to_string(), String::new());
                if let Some(id) = &credentials.access_key_id {
                    let shown = if id.value.is_empty() { "empty" } else { shown_key_id(&id.value) };
                    add("access key ID", shown.to_owned(), id.origin.to_string());
                }
            }
            Outcome::Pending(..) if self.is_of_this_machine() => {
                add("provider", "none, unless this is an EC2 instance with a role".to_owned(), String::new());
            }
            Outcome::Pending(provider, what) => {
                add(
                    "provider",
                    format!("{provider}, which would ask {}", shown_in_text(what)),
                    String::new(),
                );
            }
            Outcome::Expired(_) => add("provider", "env, whose keys have expired".to_owned(), String::new()),
            Outcome::Failed(Some(provider), _) => {
                add("provider", format!("{provider}, which has no credentials"), String::new());
            }
            Outcome::Failed(None, _) => add("provider", "no credentials".to_owned(), String::new()),
        }
        let guards = self.guards.lines().into_iter().chain(self.guards.narrowing());
        for (guard, origin) in guards {
            add("guard", redacted(&guard).into_owned(), origin.to_string());
        }
        if let Some(account) = self.account() {
            add("account", account.value, account.origin.to_string());
        }
        if let Some(role) = self.identity().role {
            add("role", shown_in_text(&role).into_owned(), String::new());
        }
        match self.region() {
            Some(region) => {
                // The files are looked through for secrets only if it may be one.
                let is_known = KNOWN_REGIONS.contains(&&*region.value);
                let shown =
                    if is_known { Cow::Borrowed(&*region.value) } else { shown_in_text(&region.value) };
                add("region", shown.into_owned(), region.origin.to_string());
            }
            None => add("region", "not set".to_owned(), String::new()),
        }
        if let Some(at) = self.expiration() {
            add("expires", until(&at.value, now), at.origin.to_string());
        }
        if let Some(agent) = &self.agent {
            add("agent", agent.to_string(), "recognized by this variable".to_owned());
        }
        table
    }
}
