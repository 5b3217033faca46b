//! The guards of a profile under its new name, where they are and with their comments.

use std::ops::Range;

use toml_edit::Key;

use super::file::File;
use super::name::TABLE;

impl File {
    /// The file with another name for the guards of a profile. `None` where the name isn't found before each of them, or has guards.
    pub(super) fn renamed(&self, from: &str, to: &str) -> Option<File> {
        let text = self.text();
        if !self.guards_of(to).is_empty() {
            return None;
        }
        let mut spans = Vec::new();
        for (name, key, _) in self.items() {
            match name.parts() {
                [table, profile, rest @ ..] if table == TABLE && profile == from => {
                    let span = key.span()?;
                    // It may have the blanks before a dot.
                    let end = span.start + text[span.clone()].trim_end().len();
                    let own = span.start..end;
                    spans.extend(if rest.is_empty() { Some(own) } else { name_before(text, span.start) });
                }
                _ => {}
            }
        }
        spans.retain(|span| text[span.clone()].parse::<Key>().is_ok_and(|key| key.get() == from));
        spans.sort_unstable_by_key(|span| span.start);
        spans.dedup();
        let name = Key::new(to).display_repr().into_owned();
        let mut renamed = text.to_owned();
        for span in spans.into_iter().rev() {
            renamed.replace_range(span, &name);
        }
        self.checked_as(&renamed, |parts| match &mut parts[..] {
            [table, profile, ..] if table == TABLE && profile == from => to.clone_into(profile),
            _ => {}
        })
    }
}

/// What is before the dot before a key, on its line: the name of the table, which `profiles.dev.confirm = true` has on each line.
fn name_before(text: &str, key: usize) -> Option<Range<usize>> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let before = text[..key].trim_end_matches(BLANKS).strip_suffix('.')?.trim_end_matches(BLANKS);
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let start = match before.chars().next_back().filter(|c| ['"', '\''].contains(c)) {
        None => before.trim_end_matches(is_bare).len(),
        Some(quote) => {
            let line = before.rfind('\n').map_or(0, |end| end + 1);
            let mut opening = before[line..before.len() - 1].rmatch_indices(quote).map(|(at, _)| line + at);
            // A quote in the name is escaped.
            opening.find(|at| before[*at..].parse::<Key>().is_ok())?
        }
    };
    Some(start..before.len())
}
