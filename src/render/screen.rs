//! The screen of `resolve`.

use console::Style;
use jiff::Timestamp;

use super::report::Report;
use super::table::Table;
use super::time::until;
use crate::chain::{CodeFrom, Device, Source, Step, Verdict};
use crate::credentials::Credentials;
use crate::narrowing::{Narrowed, Narrowing, Tag};
use crate::origin::{Located, Origin};
use crate::secret::redacted;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_ACCOUNT_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, shown_in_text,
};

impl Report<'_> {
    /// The whole screen. `plain` is the style of standard output, and `columns` the width, if it is a terminal.
    pub fn to_screen(&self, plain: &Style, columns: Option<usize>, now: Timestamp) -> String {
        let heading = |text: &str| format!("\n{}\n", plain.clone().bold().apply_to(text));
        let mut screen = self.identity(now).within(columns).to_string();
        if !self.chain.is_empty() {
            let mut table = Table::of_facts().within(columns);
            // Where nothing has credentials, each provider's reason is of interest.
            let whole = self.whole_chain || !self.chain.iter().any(Step::is_of_interest);
            add_steps(self.chain, whole, 0, plain, &mut table);
            screen.push_str(&format!("{}{table}", heading("chain")));
        }
        if !self.chain.is_empty() {
            screen.push_str(&format!("{}{}", heading("settings"), self.settings(plain).within(columns)));
        }
        screen
    }

    fn identity(&self, now: Timestamp) -> Table<3> {
        let mut table = Table::of_facts();
        let mut last = String::new();
        let mut add = |name: &str, value: String, origin: String| {
            // What one cache or service has given is one fact.
            let shown = if origin == last { String::new() } else { origin.clone() };
            table.push([format!("{UNMARKED}{name}"), value, shown]);
            last = origin;
        };
        let profile = &self.profile.name;
        add("profile", redacted(&profile.value).into_owned(), profile.origin.to_string());
        for (guard, origin) in self.guards.iter().flat_map(|guards| guards.lines()) {
            add("guard", guard, origin.to_string());
        }
        // What has been narrowed is shown below.
        let unshown = self.guards.filter(|_| self.narrowed.is_none());
        for (guard, origin) in unshown.iter().flat_map(|guards| guards.narrowing()) {
            add("guard", guard, origin.to_string());
        }
        if let Some(agent) = self.agent {
            add("agent", agent.to_string(), "recognized by this variable".to_owned());
        }
        if let Some((provider, what)) = self.pending {
            add("provider", format!("{provider}, which would ask {what}"), String::new());
        }
        if let Some((provider, _)) = self.credentials {
            add("provider", provider.to_string(), String::new());
        }
        for (name, value, origin) in self.narrowed.map(narrowing).unwrap_or_default() {
            add(name, value, origin);
        }
        if let Some(size) = self.packed_policy_size() {
            add("packed size", format!("{size} % of what STS allows for policies and tags"), String::new());
        }
        let Some((_, credentials)) = self.credentials else { return table };
        let Credentials {
            access_key_id,
            secret_access_key,
            session_token,
            account_id,
            expiration,
            packed_policy_size: _,
        } = credentials;
        let text = |value: &Located<String>| (value.value.clone(), value.origin.to_string());
        let secret =
            |value: &Located<crate::secret::Secret>| (self.secret(&value.value), value.origin.to_string());
        for (name, row, found) in [
            (
                "access key ID",
                Some(&AWS_ACCESS_KEY_ID),
                access_key_id.as_ref().map(|id| (self.key_id(&id.value), id.origin.to_string())),
            ),
            ("secret access key", Some(&AWS_SECRET_ACCESS_KEY), secret_access_key.as_ref().map(secret)),
            ("session token", Some(&AWS_SESSION_TOKEN), session_token.as_ref().map(secret)),
            ("account", Some(&AWS_ACCOUNT_ID), account_id.as_ref().map(text)),
            ("expires", None, expiration.as_ref().map(|at| (until(&at.value, now), at.origin.to_string()))),
        ] {
            if let Some((value, origin)) = found {
                add(name, value, origin);
            }
            let part = self.parts.iter().find(|part| row.is_some() && part.row == row);
            for (value, origin, why) in part.into_iter().flat_map(|part| part.shown_shadowed(self.reveal)) {
                add("", overridden(value.as_deref()), format!("{origin}: {why}"));
            }
        }
        table
    }

    fn settings(&self, plain: &Style) -> Table<3> {
        let mut table = Table::of_facts();
        for name in ["region", "output"] {
            if self.settings.iter().all(|setting| setting.name != name) {
                let cells = [format!("{UNMARKED}{name}"), "not set".to_owned(), String::new()];
                table.push_styled(plain.clone().dim(), cells);
            }
        }
        for setting in self.settings {
            for (name, value) in setting.lines(self.reveal) {
                let origin = setting.winner.origin.to_string();
                table.push_styled(plain.clone(), [format!("{UNMARKED}{name}"), value, origin]);
            }
            for (value, origin, why) in setting.shown_shadowed(self.reveal) {
                let reason = format!("{origin}: {why}");
                table.push_styled(
                    plain.clone().dim(),
                    [UNMARKED.to_owned(), overridden(value.as_deref()), reason],
                );
            }
        }
        table
    }
}

/// A value that has no effect, beside the one that has. A block is not shown.
fn overridden(value: Option<&str>) -> String {
    format!("overrides {}", value.unwrap_or("the block"))
}

/// What narrows the credentials: names, values and origins.
fn narrowing(narrowed: &Narrowed) -> Vec<(&'static str, String, String)> {
    let Narrowed { by, asked, policy_arns } = narrowed;
    let Narrowing {
        role_arn,
        policy_arns: _,
        policy,
        read_only: _,
        duration,
        session_name,
        source_identity,
        tags,
    } = asked;
    let mut rows = vec![("narrowed by", by.name().to_owned(), String::new())];
    let mut add = |name, value: String, origin: &Origin| rows.push((name, value, origin.to_string()));
    let text = |found: &Located<String>| shown_in_text(&found.value).into_owned();
    if let Some(role) = role_arn {
        add("  role", text(role), &role.origin);
    }
    for arn in policy_arns {
        add("  policy", text(arn), &arn.origin);
    }
    if let Some(found) = policy {
        add("  policy", found.value.text().to_owned(), &found.origin);
    }
    if let Some(found) = duration {
        add("  duration", lasting(found.value), &found.origin);
    }
    if let Some(name) = session_name {
        add("  session name", text(name), &name.origin);
    }
    if let Some(name) = source_identity {
        add("  source identity", text(name), &name.origin);
    }
    for Located { value: Tag { key, value }, origin } in tags {
        add("  tag", format!("{key}={value}"), origin);
    }
    rows
}

/// Where the code of an MFA device comes from, and why a session may do without a new one.
fn mfa(Device { serial, from, session }: &Device) -> Vec<(&'static str, String)> {
    let serial = shown_in_text(&serial.value);
    let code = match from {
        CodeFrom::Program(origin) => format!("of {serial}, printed by the program in {origin}"),
        CodeFrom::Terminal => format!("of {serial}, typed on the terminal"),
        CodeFrom::Unavailable => format!("of {serial}, with no program and no terminal to get it from"),
    };
    let session = session.as_ref().map(|origin| ("MFA session", format!("shared, as set in {origin}")));
    std::iter::once(("MFA code", code)).chain(session).collect()
}

/// A duration in the largest unit that divides it.
fn lasting(seconds: u32) -> String {
    match (seconds % 3600, seconds % 60) {
        (0, _) => format!("{} h", seconds / 3600),
        (_, 0) => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

/// One row for each provider of interest and one for the others; the chain of a role's source is indented below it.
fn add_steps(steps: &[Step], whole: bool, depth: usize, plain: &Style, table: &mut Table<3>) {
    let indent = |depth: usize| "  ".repeat(depth);
    let mut others = 0;
    for step in steps {
        if !whole && !step.is_of_interest() {
            others += 1;
            continue;
        }
        let (mark, style) = match step.verdict {
            Verdict::Found => ("* ", plain.clone().green()),
            Verdict::WouldAsk => ("? ", plain.clone().cyan()),
            Verdict::Incomplete | Verdict::Failed => ("! ", plain.clone().red()),
            Verdict::Absent | Verdict::Skipped | Verdict::NotReached => (UNMARKED, plain.clone().dim()),
        };
        let name = format!("{mark}{}{}", indent(depth), step.provider);
        let reason = step.reason.shown();
        table.push_styled(style, [name, step.verdict.name().replace('-', " "), reason]);
        for (name, reason) in step.mfa.iter().flat_map(mfa) {
            let name = format!("{UNMARKED}{}{name}", indent(depth + 1));
            table.push_styled(plain.clone(), [name, String::new(), reason]);
        }
        if let Some(Source { name, is_profile, chain, .. }) = &step.via {
            let kind = if *is_profile { "source_profile" } else { "credential_source" };
            let name = format!("{UNMARKED}{}{kind} {}", indent(depth + 1), shown_in_text(name));
            table.push_styled(plain.clone(), [name, String::new(), String::new()]);
            add_steps(chain, whole, depth + 2, plain, table);
        }
    }
    if others > 0 {
        let providers = if others == 1 { "provider" } else { "providers" };
        let row = format!(
            "{UNMARKED}{}{others} more {providers} without credentials or not reached",
            indent(depth)
        );
        table.push_styled(plain.clone().dim(), [row, String::new(), String::new()]);
    }
}

/// In place of the mark that other rows have for their verdict.
const UNMARKED: &str = "  ";
