//! What a session warns of.

use super::Session;
use crate::checks;
use crate::failure::{Command, Failure};
use crate::finding::{Aspect, Finding, advised};
use crate::origin::Origin;

impl Session<'_> {
    /// What is wrong with the profile, and what is not as its author meant.
    pub(in crate::cmd) fn findings(&self) -> Vec<Finding> {
        self.true_of_sdk(checks::warnings(self.scene(), &self.selection.name.value))
    }

    /// Leaves the findings that hold for the SDK: what is found in the lines of files is what botocore makes of them.
    pub(in crate::cmd) fn true_of_sdk(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        let is_of_files = |found: &Finding| {
            matches!(found.place(), Some(Origin::File(place)) if !place.is_whole())
                || found.has(Aspect::OfFiles)
        };
        found.retain(|found| self.view.is_none() || !is_of_files(found));
        found
    }

    /// What is only printed with an error that it may explain.
    fn explanations(&self) -> Vec<Finding> {
        self.true_of_sdk(checks::explanations(self.scene(), &self.selection.name.value))
    }

    /// The failure with the fix of one of these findings, if that is about it.
    pub(in crate::cmd) fn advised(&self, failure: Failure, findings: &[Finding]) -> Failure {
        let failure = advised(failure, &self.explanations(), checks::hides_credentials);
        advised(failure, findings, checks::hides_credentials)
    }

    /// Warns of them when the command ends.
    pub(in crate::cmd) fn warn(&self, mut findings: Vec<Finding>) {
        findings.extend(self.explanations());
        self.ui.later(findings, Command::xcred(["doctor"]).argument(self.selection.name.value.clone()));
    }
}
