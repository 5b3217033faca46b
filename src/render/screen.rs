//! The screen of `resolve`: which, from where, why not the other.

use console::{Style, measure_text_width};
use jiff::{SignedDuration, Timestamp};

use super::report::Report;
use crate::chain::{Source, Step, Verdict};
use crate::credentials::{Credentials, Expiration};
use crate::origin::Located;
use crate::secret::redacted;

/// A line of two or three columns; the last may be as long as it has to be.
struct Row {
    mark: &'static str,
    style: Style,
    cells: [String; 3],
}

impl Report<'_> {
    /// The screen. `shown` makes text from files and services harmless to a terminal.
    pub fn to_screen(&self, plain: &Style, now: Timestamp, shown: &dyn Fn(&str) -> String) -> String {
        let heading = |text: &str| format!("\n{}\n", plain.clone().bold().apply_to(text));
        let mut screen = lines(&self.identity(plain, now), shown);
        if !self.chain.is_empty() {
            screen.push_str(&heading("chain"));
            let mut rows = Vec::new();
            chain(self.chain, 0, plain, &mut rows);
            screen.push_str(&lines(&rows, shown));
        }
        let settings = self.settings(plain);
        if !settings.is_empty() {
            screen.push_str(&heading("settings"));
            screen.push_str(&lines(&settings, shown));
        }
        screen
    }

    fn identity(&self, plain: &Style, now: Timestamp) -> Vec<Row> {
        let row = |name: &str, value: String, origin: String| Row {
            mark: "",
            style: plain.clone(),
            cells: [name.to_owned(), value, origin],
        };
        let profile = &self.profile.name;
        let mut rows =
            vec![row("profile", redacted(&profile.value).into_owned(), profile.origin.to_string())];
        let Some((provider, credentials)) = self.credentials else { return rows };
        rows.push(row("provider", provider.to_string(), String::new()));
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
                rows.push(row(name, value, origin));
            }
        }
        rows
    }

    fn settings(&self, plain: &Style) -> Vec<Row> {
        let mut rows = Vec::new();
        for setting in self.settings {
            for (name, value) in setting.lines(self.reveal) {
                let origin = setting.winner.origin.to_string();
                rows.push(Row {
                    mark: "",
                    style: plain.clone(),
                    cells: [name, value.replace('\n', " "), origin],
                });
            }
            for shadowed in &setting.shadowed {
                let reason = format!("{}: {}", shadowed.value.origin, shadowed.why);
                let value = shadowed.value.value.as_text().map(|text| {
                    if setting.secret && !self.reveal { text.masked() } else { text.expose().to_owned() }
                });
                let value =
                    format!("not {}", value.unwrap_or_else(|| "the block".to_owned()).replace('\n', " "));
                rows.push(Row {
                    mark: "",
                    style: plain.clone().dim(),
                    cells: [String::new(), value, reason],
                });
            }
        }
        rows
    }
}

/// One row for each provider; a role's source below it, deeper.
fn chain(steps: &[Step], depth: usize, plain: &Style, rows: &mut Vec<Row>) {
    for step in steps {
        let (mark, style) = match step.verdict {
            Verdict::Found => ("*", plain.clone().green()),
            Verdict::Incomplete | Verdict::Failed => ("!", plain.clone().red()),
            Verdict::Absent | Verdict::Skipped | Verdict::NotReached => ("", plain.clone().dim()),
        };
        let name = format!("{}{}", "  ".repeat(depth), step.provider);
        rows.push(Row {
            mark,
            style,
            cells: [
                name,
                step.verdict.name().replace('-', " "),
                redacted(&step.reason.to_string()).into_owned(),
            ],
        });
        if let Some(Source { name, is_profile, chain: source }) = &step.via {
            let kind = if *is_profile { "source_profile" } else { "credential_source" };
            let name = format!("{}{kind} {name}", "  ".repeat(depth + 1));
            rows.push(Row { mark: "", style: plain.clone(), cells: [name, String::new(), String::new()] });
            chain(source, depth + 2, plain, rows);
        }
    }
}

fn lines(rows: &[Row], shown: &dyn Fn(&str) -> String) -> String {
    let cells: Vec<[(String, usize); 3]> = rows
        .iter()
        .map(|row| {
            row.cells.each_ref().map(|cell| {
                let cell = shown(cell);
                let width = measure_text_width(&cell);
                (cell, width)
            })
        })
        .collect();
    // A value that is very long does not push the others' origins out of sight.
    let width = |column: usize| cells.iter().map(|row| row[column].1).filter(|width| *width <= 48).max();
    let widths = [width(0).unwrap_or(0), width(1).unwrap_or(0)];
    let (mut text, mut line) = (String::new(), String::new());
    for (row, cells) in rows.iter().zip(&cells) {
        line.clear();
        line.push_str(row.mark);
        line.extend(std::iter::repeat_n(' ', 2 - row.mark.len()));
        for ((cell, width), column) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', column.saturating_sub(*width) + 2));
        }
        line.push_str(&cells[2].0);
        text.push_str(&row.style.apply_to(line.trim_end()).to_string());
        text.push('\n');
    }
    text
}

/// A point in time, and how far off it is.
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
