//! Findings: at once, or once the command has ended, because its error may say the same.

use super::{Later, Ui};
use crate::failure::{Code, Command, Failure, Hint};
use crate::finding::{Aspect, Finding, Severity, advised};

/// At most so many findings are shown by commands that look for something else.
const MOST: usize = 3;

impl Ui {
    pub fn findings(&self, findings: &[Finding]) {
        for finding in findings {
            self.finding(finding);
        }
    }

    /// Prints what was found in an edit that is only shown: without the commands that change what it would write.
    pub fn foreseen(&self, findings: &[Finding]) {
        for finding in findings {
            self.found(finding, finding.fix().and_then(Hint::foreseen));
        }
    }

    /// Keeps findings for the end of the command; `all` is the command that prints those that don't fit.
    pub fn later(&self, findings: Vec<Finding>, all: Command) {
        self.later.replace(Later { findings, all: Some(all) });
    }

    /// The failure with the fix of one of the findings that were kept, if that is about it; see [`advised`].
    pub fn advised(&self, failure: Failure, hides: impl Fn(&Finding) -> bool) -> Failure {
        advised(failure, &self.later.borrow().findings, hides)
    }

    /// Prints a few of the findings that were kept, and counts the others. Those that say what `failure` says are left
    /// out, and so are notes unless they may say why there are no credentials.
    pub fn print_kept(&self, failure: Option<&Failure>) {
        let Later { mut findings, all } = self.later.take();
        let lacks_credentials = failure.is_some_and(|failure| failure.code() == Code::NoCredentials);
        let help = failure.and_then(Failure::help).map(ToString::to_string);
        let gives_help = |found: &Finding| help.is_some() && found.fix().map(|fix| fix.to_string()) == help;
        findings.retain(|found| lacks_credentials || found.severity() > Severity::Note || gives_help(found));
        if let Some(failure) = failure {
            // The chain ends at the first of them: the error is about it, and the others can wait.
            let is_of_chain = !lacks_credentials;
            findings.retain(|found| {
                // A note with its help says more.
                let is_same = found.place().is_some_and(|place| failure.origin() == Some(place))
                    && found.severity() > Severity::Note;
                !(is_same || is_of_chain && found.has(Aspect::EndsChain))
            });
        }
        let more = findings.len().saturating_sub(MOST);
        findings.truncate(MOST);
        for finding in &findings {
            self.found(finding, finding.fix().filter(|_| !gives_help(finding)));
        }
        if let Some(all) = all.filter(|_| more > 0) {
            self.help(Hint::from(all).say(format!(" shows {more} more")));
        }
    }

    /// Prints a finding, its notes and its fix.
    pub fn finding(&self, finding: &Finding) {
        self.found(finding, finding.fix());
    }

    fn found(&self, finding: &Finding, fix: Option<Hint>) {
        match finding.severity() {
            Severity::Note => self.note(finding),
            Severity::Warning | Severity::Error => self.warning(finding),
        }
        for note in finding.notes() {
            self.note(format_args!("    {note}"));
        }
        if let Some(fix) = fix {
            self.help(fix);
        }
    }
}
