//! Keys that are meant for settings, and the commands that set those.

use super::Line;
use crate::checks::scene::Diagnosis;
use crate::failure::Hint;
use crate::finding::{Finding, Kind as _};
use crate::ini::Entry;
use crate::origin::Place;
use crate::profile::KeyPath;
use crate::secret::Care;
use crate::settings::{self, Doubt, Variable};
use crate::text::without_wrapping;

const IS_SET_TOO: &str = "it is set, too: remove one of the two lines";

impl Line<'_, '_> {
    /// A statement of PowerShell that sets the variable of a setting.
    pub(super) fn statement(&self, entry: &Entry<'_>, key: &str) -> Option<Diagnosis> {
        if !key.starts_with('$') {
            return None;
        }
        let text = entry.text()?;
        let name = settings::power_shell_variable(key, &text)?;
        let row = settings::variable(&name.to_lowercase()).or_else(|| settings::spelled_elsewhere(name));
        let similar = row.and_then(Variable::dotted_key)?;
        let what = if self.is_set(&similar) {
            IS_SET_TOO.to_owned()
        } else if let Some(other) = self.offered_before(&similar, entry.line()) {
            other
        } else {
            format!("write it in place of `$Env:{name}` on line {}", entry.line())
        };
        // All such lines have the same key: to unset it would remove them all.
        let fix = Some(Hint::from(format!("did you mean `{similar}`? {what}")));
        let doubt = Doubt::UnknownKey { key: key.to_owned(), similar };
        Some(self.report(Finding::at(self.file.entry_place(self.section, entry), doubt).fixed_by(fix)))
    }

    /// What to do about a doubt: the command that does what was probably meant, where there is one.
    pub(super) fn fix(&self, doubt: &Doubt, key: &str, entry: (u32, &str)) -> Option<Hint> {
        let (line, value) = entry;
        match doubt {
            Doubt::UnknownKey { similar, .. } => {
                let hint = Hint::from("did you mean ");
                let is_set = self.is_set(similar);
                if !is_set && let Some(other) = self.offered_before(similar, line) {
                    return Some(hint.say(format!("`{similar}`? {other}")));
                }
                if !value.is_empty() && is_hidden(key, similar, value) {
                    // This line may be the only place of the secret: nothing else may tell to remove it.
                    let what =
                        if is_set { IS_SET_TOO.to_owned() } else { format!("rename the key on line {line}") };
                    return Some(hint.say(format!("`{similar}`? {what}")));
                }
                let hint = match repeated(key, similar, value) {
                    Some(value) if !is_set => hint.run(self.name.set(similar, value)),
                    _ => hint.say(format!("`{similar}`")),
                };
                Some(hint.say("?").on_written(" ", self.name.unset(key), " removes the other"))
            }
            Doubt::EmptyRegion | Doubt::NotABlock { .. } => {
                Some(Hint::default().on_written("", self.name.unset(key), " removes it"))
            }
            doubt => {
                let meant = doubt.meant().filter(|_| self.offered_before(key, line).is_none())?;
                let set = self.name.set(key, meant);
                Some(Hint::did_you_mean(set))
            }
        }
    }

    /// What to do if a command for an earlier line sets this key, too: the second one would write over the first.
    pub(super) fn offered_before(&self, key: &str, line: u32) -> Option<String> {
        let place = Place::line(self.file.path.clone(), line);
        let mut offered = self.offered.borrow_mut();
        let first = offered.entry((self.name.clone(), key.to_owned())).or_insert_with(|| place.clone());
        let other = if first.path == place.path { format!("line {}", first.line) } else { first.to_string() };
        (*first != place).then(|| format!("{other} may mean it, too: keep one of the two"))
    }

    pub(super) fn is_set(&self, key: &str) -> bool {
        KeyPath::parse(key).is_ok_and(|path| self.section.line_of(path.as_key()).is_some())
    }
}

/// Whether a value of one of the keys must not be shown.
pub(super) fn is_hidden(key: &str, similar: &str, value: &str) -> bool {
    let is_command = || [similar, key].into_iter().any(settings::is_command);
    let has_arguments = is_command() && settings::without_arguments(value) != value;
    let is_secret = has_arguments || [similar, key].into_iter().any(settings::is_secret);
    is_secret || settings::masked(value, Care::Great) != value
}

/// The value as a command repeats it, without what isn't meant to be a part of it. `None` if nothing is left of it.
pub(super) fn repeated<'v>(key: &str, similar: &str, value: &'v str) -> Option<&'v str> {
    let is_command = [similar, key].into_iter().any(settings::is_command);
    // In cmd, quotes may enclose the whole assignment.
    let value = value.strip_suffix('"').filter(|_| key.contains('"')).unwrap_or(value);
    let bare = if is_command { value } else { without_wrapping(value) };
    let is_lost = bare.is_empty() || bare.contains(['\n', char::REPLACEMENT_CHARACTER]);
    (!is_lost).then_some(bare)
}
