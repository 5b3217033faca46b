//! Keys in tables and JSON.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

use crate::credentials::Credentials;
use crate::keys::{self, Account, Unfinished};
use crate::origin::{Origin, shown};
use crate::profile::{Files, Holder, KeyFiles};
use crate::render::Table;
use crate::service::iam::{AccessKey, LastUsed};
use crate::ui::{Style, Ui};
use crate::world::World;

/// Where keys are looked for on this machine.
pub(super) struct Found<'f> {
    pub(super) world: &'f World,
    pub(super) files: &'f Files,
    pub(super) key_files: &'f KeyFiles,
}

/// A key and everything that is shown about it.
pub(super) struct Row {
    pub(super) key: AccessKey,
    /// `None` if IAM doesn't show the last use.
    pub(super) used: Option<LastUsed>,
    /// Where it is on this machine.
    pub(super) holders: Vec<Holder>,
    /// What has it in its journal.
    pub(super) unfinished: Option<Unfinished>,
    /// Whether the command is signed with it.
    pub(super) signs: bool,
}

impl Row {
    /// Looks everything up. If IAM doesn't show the last use, warns, unless `refused` says that this was done.
    pub(super) fn of(
        key: AccessKey,
        account: Account<'_>,
        by: &Credentials,
        found: &Found<'_>,
        refused: &mut bool,
        ui: &Ui,
    ) -> Row {
        let used = match account.keys_of(by, key.user.as_deref()).last_used(&key.id) {
            Ok(used) => Some(used),
            Err(error) => {
                if !std::mem::replace(refused, true) {
                    ui.problem(&error);
                }
                None
            }
        };
        let signs = by.access_key_id.as_ref().is_some_and(|id| id.value == key.id);
        let holders = found.key_files.holders(&key.id);
        // The command itself reports journals that can't be used.
        let unfinished = keys::holding(found.world, found.files, &key.id).ok().flatten();
        Row { key, used, holders, unfinished, signs }
    }

    pub(super) fn age(&self, now: Timestamp) -> Option<SignedDuration> {
        self.key.created.map(|at| now.duration_since(at))
    }

    pub(super) fn to_json(&self, now: Timestamp) -> Json {
        let places = self
            .holders
            .iter()
            .map(|holder| json!({"profile": holder.profile, "origin": Origin::File(holder.place.clone())}));
        let journal = self.unfinished.iter();
        let journal =
            journal.map(|one| json!({"profile": null, "origin": Origin::Cache { path: one.path.clone() }}));
        json!({
            "id": self.key.id,
            "user": self.key.user,
            "status": self.key.status.name(),
            "created": self.key.created.map(|at| at.to_string()),
            "age_days": self.age(now).map(days),
            "last_used": self.used.as_ref().and_then(last_used_json),
            "last_used_known": self.used.is_some(),
            "signs_this": self.signs,
            "places": places.chain(journal).collect::<Vec<_>>(),
        })
    }

    pub(super) fn cells(&self, now: Timestamp) -> [String; 6] {
        let journal = self.unfinished.iter().map(|one| shown(&one.path).to_string());
        let places: Vec<String> = self
            .holders
            .iter()
            .map(|holder| match &holder.profile {
                Some(profile) => format!("{} [{profile}]", holder.place),
                None => holder.place.to_string(),
            })
            .chain(journal)
            .collect();
        [
            self.key.user.clone().unwrap_or_default(),
            self.key.id.clone(),
            self.key.status.name().to_owned(),
            self.age(now).map(|age| format!("{}d", days(age))).unwrap_or_default(),
            last_used(self.used.as_ref(), now),
            places.join(", "),
        ]
    }
}

/// `None` if the key was never used.
pub(super) fn last_used_json(used: &LastUsed) -> Option<Json> {
    let used = used.used.as_ref()?;
    Some(json!({"at": used.at.to_string(), "service": used.service, "region": used.region}))
}

pub(super) fn last_used(used: Option<&LastUsed>, now: Timestamp) -> String {
    match used.map(|used| &used.used) {
        None => "unknown".to_owned(),
        Some(None) => "never".to_owned(),
        Some(Some(used)) => {
            let age = days(now.duration_since(used.at));
            let when = match age {
                0 => "today".to_owned(),
                1 => "yesterday".to_owned(),
                age => format!("{age}d ago"),
            };
            let region = if used.region == "N/A" { String::new() } else { format!(" {}", used.region) };
            format!("{when} {}{region}", used.service)
        }
    }
}

fn days(age: SignedDuration) -> i64 {
    age.as_hours().max(0) / 24
}

pub(super) fn table(rows: &[Row], now: Timestamp, header: Style) -> Table<6> {
    let mut table = Table::new(["USER", "KEY", "STATUS", "AGE", "LAST USED", "WHERE"], header);
    for row in rows {
        table.push(row.cells(now));
    }
    table
}
