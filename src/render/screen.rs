//! The screen of `resolve`.

use console::Style;
use jiff::{SignedDuration, Timestamp};

use super::report::Report;
use super::table::Table;
use crate::chain::{Source, Step, Verdict};
use crate::credentials::{Credentials, Expiration};
use crate::origin::Located;
use crate::secret::redacted;

impl Report<'_> {
    /// The whole screen. `plain` is the style of standard output.
    pub fn to_screen(&self, plain: &Style, now: Timestamp) -> String {
        let heading = |text: &str| format!("\n{}\n", plain.clone().bold().apply_to(text));
        let mut screen = self.identity(now).to_string();
        if !self.chain.is_empty() {
            let mut table = Table::of_facts();
            add_steps(self.chain, 0, plain, &mut table);
            screen.push_str(&format!("{}{table}", heading("chain")));
        }
        if !self.settings.is_empty() {
            screen.push_str(&format!("{}{}", heading("settings"), self.settings(plain)));
        }
        screen
    }

    fn identity(&self, now: Timestamp) -> Table<3> {
        let mut table = Table::of_facts();
        let mut add = |name: &str, value: String, origin: String| {
            table.push([format!("{UNMARKED}{name}"), value, origin]);
        };
        let profile = &self.profile.name;
        add("profile", redacted(&profile.value).into_owned(), profile.origin.to_string());
        if let Some((provider, what)) = self.pending {
            add("provider", format!("{provider}, which would ask {what}"), String::new());
        }
        let Some((provider, credentials)) = self.credentials else { return table };
        add("provider", provider.to_string(), String::new());
        let Credentials { access_key_id, secret_access_key, session_token, account_id, expiration } =
            credentials;
        let text = |value: &Located<String>| (value.value.clone(), value.origin.to_string());
        let secret =
            |value: &Located<crate::secret::Secret>| (self.secret(&value.value), value.origin.to_string());
        for (name, found) in [
            (
                "access key ID",
                access_key_id.as_ref().map(|id| (self.key_id(&id.value), id.origin.to_string())),
            ),
            ("secret access key", secret_access_key.as_ref().map(secret)),
            ("session token", session_token.as_ref().map(secret)),
            ("account", account_id.as_ref().map(text)),
            ("expires", expiration.as_ref().map(|at| (left(&at.value, now), at.origin.to_string()))),
        ] {
            if let Some((value, origin)) = found {
                add(name, value, origin);
            }
        }
        table
    }

    fn settings(&self, plain: &Style) -> Table<3> {
        let mut table = Table::of_facts();
        for setting in self.settings {
            for (name, value) in setting.lines(self.reveal) {
                let origin = setting.winner.origin.to_string();
                table.push_styled(plain.clone(), [format!("{UNMARKED}{name}"), value, origin]);
            }
            for shadowed in &setting.shadowed {
                let reason = format!("{}: {}", shadowed.value.origin, shadowed.why);
                let value = shadowed.value.value.as_text().map(|text| {
                    if setting.secret && !self.reveal { text.masked() } else { text.expose().to_owned() }
                });
                let value = format!("not {}", value.unwrap_or_else(|| "the block".to_owned()));
                table.push_styled(plain.clone().dim(), [UNMARKED.to_owned(), value, reason]);
            }
        }
        table
    }
}

/// In place of the mark that other rows have for their verdict.
const UNMARKED: &str = "  ";

/// One row for each provider; the chain of a role's source is indented below it.
fn add_steps(steps: &[Step], depth: usize, plain: &Style, table: &mut Table<3>) {
    let indent = |depth: usize| "  ".repeat(depth);
    for step in steps {
        let (mark, style) = match step.verdict {
            Verdict::Found => ("* ", plain.clone().green()),
            Verdict::WouldAsk => ("? ", plain.clone().cyan()),
            Verdict::Incomplete | Verdict::Failed => ("! ", plain.clone().red()),
            Verdict::Absent | Verdict::Skipped | Verdict::NotReached => (UNMARKED, plain.clone().dim()),
        };
        let name = format!("{mark}{}{}", indent(depth), step.provider);
        let reason = step.reason.shown();
        table.push_styled(style, [name, step.verdict.name().replace('-', " "), reason]);
        if let Some(Source { name, is_profile, chain }) = &step.via {
            let kind = if *is_profile { "source_profile" } else { "credential_source" };
            let name = format!("{UNMARKED}{}{kind} {name}", indent(depth + 1));
            table.push_styled(plain.clone(), [name, String::new(), String::new()]);
            add_steps(chain, depth + 2, plain, table);
        }
    }
}

/// A point in time, and its distance from now.
fn left(at: &Expiration, now: Timestamp) -> String {
    let left = at.left(now);
    let minutes = left.as_mins();
    let distance = if left < SignedDuration::ZERO {
        "past".to_owned()
    } else if minutes < 120 {
        format!("in {minutes} min")
    } else {
        format!("in {} h", minutes / 60)
    };
    format!("{at} ({distance})")
}
