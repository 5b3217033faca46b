//! What an edit would change, as a unified diff in which no secret can be read.

use similar::{ChangeTag, TextDiff};

use crate::ini::{Document, Kind, lowered};
use crate::origin::shown;
use crate::profile::Edited;
use crate::settings;
use crate::ui::Ui;

const MASK: &str = "****************";

/// The diff of each file that would change.
pub(super) fn of(edited: &[Edited], ui: &Ui) -> Vec<u8> {
    let mut text = String::new();
    for Edited { path, before, after } in edited {
        let path = ui.shown(&shown(path).to_string()).into_owned();
        let bold = ui.style().bold();
        text.push_str(&format!(
            "{}\n{}\n",
            bold.apply_to(format!("--- {path}")),
            bold.apply_to(format!("+++ {path}"))
        ));
        hunks(before, after, ui, &mut text);
    }
    text.into_bytes()
}

fn hunks(before: &Document, after: &Document, ui: &Ui, text: &mut String) {
    // The lines are compared as they are and shown masked: otherwise a change of a secret would not show at all.
    let (raw_before, raw_after) = (raw_lines(before), raw_lines(after));
    let (shown_before, shown_after) = (masked_lines(before), masked_lines(after));
    let diff = TextDiff::from_slices(&raw_before, &raw_after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        text.push_str(&format!("{}\n", ui.style().cyan().apply_to(hunk.header().to_string())));
        for change in hunk.iter_changes() {
            let (sign, style, line) = match (change.tag(), change.old_index(), change.new_index()) {
                (ChangeTag::Delete, Some(at), _) => ('-', ui.style().red(), &shown_before[at]),
                (ChangeTag::Insert, _, Some(at)) => ('+', ui.style().green(), &shown_after[at]),
                (_, Some(at), _) => (' ', ui.style(), &shown_before[at]),
                _ => continue,
            };
            text.push_str(&format!("{}\n", style.apply_to(format!("{sign}{}", ui.shown(line)))));
        }
    }
}

fn raw_lines(document: &Document) -> Vec<&[u8]> {
    document.lines().iter().map(|line| line.span.of(document.bytes())).collect()
}

/// The lines as they may be shown: values of secret keys are masked, also where they are commented out.
fn masked_lines(document: &Document) -> Vec<String> {
    let mut secret = false;
    let lines = document.lines().iter().map(|line| {
        let text = document.text(line.span);
        let text = text.trim_end_matches(['\n', '\r']);
        match line.kind {
            Kind::Entry { key, value } => {
                secret = settings::is_secret(&lowered(key.of(document.bytes())));
                let value = document.text(value);
                if secret && !value.is_empty() { text.replace(value.as_ref(), MASK) } else { text.to_owned() }
            }
            Kind::Continuation { .. } if secret => MASK.to_owned(),
            Kind::Continuation { .. } | Kind::Comment | Kind::Stray(_) => match text.split_once(['=', ':']) {
                Some((key, value))
                    if settings::is_secret(key.trim_matches(|c: char| !c.is_alphanumeric())) =>
                {
                    text.replace(value.trim(), MASK)
                }
                _ => text.to_owned(),
            },
            Kind::Blank | Kind::Header { .. } => text.to_owned(),
        }
    });
    lines.collect()
}
