//! What may not be as its author meant, although it is not an error: a code for programs, a place, a message and a fix.

mod advice;
mod aspect;

use std::fmt;

use crate::failure::Hint;
use crate::origin::{Origin, Place};
use crate::text::listed;

pub use advice::advised;
pub use aspect::Aspect;

/// How a finding is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    /// It can't be right.
    Error,
}

impl Severity {
    /// Its name, as people and programs see it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What was found: a variant with its data, whose text is its `Display`.
pub trait Kind: fmt::Debug + fmt::Display {
    /// The code in JSON, which never changes.
    fn code(&self) -> &'static str;

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn has(&self, _: Aspect) -> bool {
        false
    }

    /// Whether the setting `key` may seem to be missing because of it.
    fn hides(&self, _key: &str) -> bool {
        false
    }

    /// Facts that belong to it, a line each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// How to fix it, as a clause in the imperative.
    fn fix(&self) -> Option<Hint> {
        None
    }

    /// The value that was most likely meant. A prompt offers it as the answer.
    fn meant(&self) -> Option<&str> {
        None
    }
}

/// What one reader of a file makes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name in JSON.
    pub reader: &'static str,
    /// The programs that read as it does.
    pub programs: Vec<&'static str>,
    /// What the line is to it, without a subject.
    pub text: String,
    /// Whether the line is wrong to it: it refuses the file because of it, or doesn't find there what was meant.
    pub is_wrong: bool,
}

/// What to do about an unwanted setting in `[DEFAULT]`.
pub const INHERITED: &str = "remove it from `[DEFAULT]`, from which every section of the file inherits it";

#[derive(Debug)]
pub struct Finding {
    kind: Box<dyn Kind>,
    place: Option<Origin>,
    /// What each reader makes of its line, if that is known.
    readings: Vec<Reading>,
    /// The least severity that the readings or the value give it.
    least: Severity,
    /// The key that leads boto3 and AWS CLI to other credentials, so that they never come to what it is about.
    instead: Option<&'static str>,
    /// Why it matters less to the SDK that was asked about, or may be no error there.
    less: Option<String>,
    /// How many findings of this sort are not shown one by one.
    more: usize,
    /// A fix that says more than its kind's.
    fix: Option<Hint>,
}

impl Finding {
    /// A finding whose text doesn't name a place.
    pub fn new(kind: impl Kind + 'static) -> Finding {
        Finding {
            kind: Box::new(kind),
            place: None,
            readings: Vec::new(),
            least: Severity::Note,
            instead: None,
            less: None,
            more: 0,
            fix: None,
        }
    }

    /// A finding in a place. Its text begins with the place if that is a line of a file.
    pub fn at(place: impl Into<Origin>, kind: impl Kind + 'static) -> Finding {
        Finding::maybe_at(Some(place.into()), kind)
    }

    /// A finding in a place, if that is known.
    pub fn maybe_at(place: Option<Origin>, kind: impl Kind + 'static) -> Finding {
        Finding { place, ..Finding::new(kind) }
    }

    /// The finding with a fix that says more than the one of its kind, which knows only what is wrong.
    #[must_use]
    pub fn fixed_by(self, fix: Option<Hint>) -> Finding {
        Finding { fix, ..self }
    }

    /// The finding where it matters more than its kind does.
    #[must_use]
    pub fn at_least(self, least: Severity) -> Finding {
        Finding { least, ..self }
    }

    /// The finding where boto3 and AWS CLI use the credentials that the key `instead` leads to, and never come to what it is
    /// about: it ends nothing then.
    #[must_use]
    pub fn passed_over(self, instead: Option<&'static str>) -> Finding {
        Finding { instead, ..self }
    }

    /// Says why it matters less to the SDK that was asked about, or may be no error there.
    pub fn matters_less(&mut self, why: String) {
        self.less = Some(why);
    }

    /// The finding with what each reader makes of its line. `least` is how much the differences between them matter.
    pub fn read_as(&mut self, readings: Vec<Reading>, least: Severity) {
        self.readings = readings;
        self.least = least;
    }

    /// Takes over what each reader makes of the line, from another finding about it.
    pub fn adopt(&mut self, other: Finding) {
        self.least = self.least.max(other.least);
        self.readings = other.readings;
        self.is_wrong_to_first();
    }

    /// That the line is wrong to the first reader, and so to all that make the same of it.
    pub fn is_wrong_to_first(&mut self) {
        if let [first, rest @ ..] = &mut self.readings[..] {
            first.is_wrong = true;
            for reading in rest {
                reading.is_wrong |= reading.text == first.text;
            }
        }
    }

    /// Leaves the readings of these readers, and tells whether the finding matters to them: they read the line differently,
    /// it is wrong to one of them, or nothing is known of how it is read.
    pub fn narrow(&mut self, readers: &[&str]) -> bool {
        if self.readings.is_empty() {
            return true;
        }
        self.readings.retain(|reading| readers.contains(&reading.reader));
        let differs = self.readings.windows(2).any(|pair| pair[0].text != pair[1].text);
        differs || self.readings.iter().any(|reading| reading.is_wrong)
    }

    /// At most `most` findings; the last one counts the others.
    pub fn bounded(mut findings: Vec<Finding>, most: usize) -> Vec<Finding> {
        let more = findings.len().saturating_sub(most);
        findings.truncate(most);
        if let Some(last) = findings.last_mut() {
            last.more = more;
        }
        findings
    }

    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    pub fn severity(&self) -> Severity {
        let is_less = self.instead.is_some() || self.less.is_some();
        let most = if is_less { Severity::Warning } else { Severity::Error };
        self.kind.severity().min(most).max(self.least)
    }

    pub fn has(&self, aspect: Aspect) -> bool {
        let is_over = aspect == Aspect::EndsChain && self.instead.is_some();
        !is_over && self.kind.has(aspect)
    }

    /// Whether the setting `key` may seem to be missing because of it.
    pub fn hides(&self, key: &str) -> bool {
        self.kind.hides(key)
    }

    pub fn place(&self) -> Option<&Origin> {
        self.place.as_ref()
    }

    /// Whether it is about this line of a file.
    pub fn is_at(&self, line: &Place) -> bool {
        matches!(&self.place, Some(Origin::File(place)) if (&place.path, place.line) == (&line.path, line.line))
    }

    /// The line, if it is in a file.
    pub fn line(&self) -> Option<u32> {
        Some(self.place.as_ref()?.place()?.line)
    }

    /// Facts that belong to it, a line each.
    pub fn facts(&self) -> Vec<String> {
        let mut facts = self.kind.notes();
        facts.extend(
            self.instead.map(|key| format!("boto3 and AWS CLI don't use it: `{key}` takes precedence")),
        );
        facts.extend(self.less.clone());
        facts
    }

    /// Its facts; then what the line is to each reader, those together that read it alike.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.facts();
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for Reading { programs, text, .. } in &self.readings {
            match groups.iter_mut().find(|(said, _)| said == text) {
                Some((_, those)) => those.extend(programs),
                None => groups.push((text, programs.clone())),
            }
        }
        notes.extend(
            groups.into_iter().map(|(said, programs)| format!("{}: {said}", listed(&programs, "and"))),
        );
        notes
    }

    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    pub fn fix(&self) -> Option<Hint> {
        let fix = self.fix.clone().or_else(|| self.kind.fix()).filter(Hint::is_whole)?;
        let place = self.place.as_ref().and_then(Origin::place);
        let is_inherited = place.is_some_and(|place| place.section.as_deref() == Some("DEFAULT"));
        // No command changes what every section has.
        Some(if is_inherited && fix.unsets() { INHERITED.into() } else { fix })
    }

    pub fn meant(&self) -> Option<&str> {
        self.kind.meant()
    }

    /// The finding and its fix as one line.
    pub fn sentence(&self) -> String {
        self.fix().map_or_else(|| self.to_string(), |fix| format!("{self}; {fix}"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place.as_ref().and_then(Origin::place)
            && !self.has(Aspect::NamesPlace)
        {
            write!(f, "{place}: ")?;
        }
        self.kind.fmt(f)?;
        match self.more {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more such line)"),
            more => write!(f, " (and {more} more such lines)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("it is odd")]
    struct Odd;

    impl Kind for Odd {
        fn code(&self) -> &'static str {
            "odd"
        }

        fn fix(&self) -> Option<Hint> {
            Some("fix it".into())
        }
    }

    fn place(line: u32) -> Place {
        Place::line(std::path::Path::new("/h/config"), line)
    }

    #[test]
    fn a_line_of_a_file_comes_first_and_the_fix_last() {
        assert_eq!(Finding::new(Odd).sentence(), "it is odd; fix it");
        assert_eq!(Finding::at(Origin::environment("A"), Odd).to_string(), "it is odd");
        assert_eq!(Finding::at(place(3), Odd).to_string(), "/h/config:3: it is odd");
    }

    #[test]
    fn findings_that_are_left_out_are_counted() {
        let all: Vec<Finding> = (1..=5).map(|line| Finding::at(place(line), Odd)).collect();
        let texts: Vec<String> = Finding::bounded(all, 3).iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), 3);
        assert_eq!(texts[2], "/h/config:3: it is odd (and 2 more such lines)");
        assert!(Finding::bounded(Vec::new(), 3).is_empty());
    }
}
