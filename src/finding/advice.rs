//! The help of an error, taken from the findings.

use super::{Aspect, Finding};
use crate::failure::{Code, Failure, Hint};
use crate::origin::Origin;

/// The failure with the fix of a finding about its line, which knows what was probably meant there. Where there are no
/// credentials, no line is to blame: `hides` says whether a finding may be why.
pub fn advised(failure: Failure, findings: &[Finding], hides: impl Fn(&Finding) -> bool) -> Failure {
    let fix = if failure.code() == Code::NoCredentials {
        // A fix without a command would have to follow the finding.
        let mut fixes = findings.iter().filter(|finding| hides(finding) || finding.has(Aspect::Unfinished));
        fixes.find_map(|finding| finding.fix().filter(|fix| fix.command().is_some()))
    } else {
        failure.origin().and_then(|origin| fix_of_line(origin, findings, failure.help()))
    };
    failure.helped(fix)
}

/// The fix of what is worst about a line, unless the error's own help is better: one with a command, or one beside a finding that
/// says the same as the error.
fn fix_of_line(origin: &Origin, findings: &[Finding], own: Option<&Hint>) -> Option<Hint> {
    let line = origin.place().filter(|place| !place.is_whole())?;
    if own.is_some_and(|own| own.command().is_some()) {
        return None;
    }
    let knows_more = |finding: &&Finding| {
        let says_nothing = || finding.fix().is_some_and(|fix| fix.is_placeholder());
        own.is_none() || !finding.has(Aspect::EndsChain) && !says_nothing()
    };
    let here = findings.iter().filter(|finding| finding.is_at(line) && finding.fix().is_some());
    // Of as severe ones the first: the chain ends there.
    here.filter(knows_more).rev().max_by_key(|finding| finding.severity())?.fix()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Command;
    use crate::finding::{Kind, Severity};
    use crate::origin::Place;

    #[derive(Debug, thiserror::Error)]
    #[error("odd")]
    struct Odd(Severity, &'static str, &'static [Aspect]);

    impl Kind for Odd {
        fn code(&self) -> &'static str {
            "odd"
        }

        fn severity(&self) -> Severity {
            self.0
        }

        fn has(&self, aspect: Aspect) -> bool {
            self.2.contains(&aspect)
        }

        fn fix(&self) -> Option<Hint> {
            match self.1.strip_prefix("run ") {
                Some("set") => Some(Command::set("region", "VALUE").into()),
                Some(command) => Some(Command::new([command]).into()),
                None => (!self.1.is_empty()).then(|| self.1.into()),
            }
        }
    }

    #[derive(Debug, thiserror::Error)]
    #[error("wrong")]
    struct Wrong(Code, Option<Origin>);

    impl crate::failure::Explain for Wrong {
        fn code(&self) -> Code {
            self.0
        }

        fn help(&self) -> Option<Hint> {
            Some("its own".into())
        }

        fn origin(&self) -> Option<Origin> {
            self.1.clone()
        }
    }

    fn at(line: u32) -> Place {
        Place::line(std::path::Path::new("/h/config"), line)
    }

    fn help(code: Code, origin: Option<Origin>, findings: &[Finding]) -> String {
        let failure =
            advised(Wrong(code, origin).into(), findings, |found| found.to_string().contains("/h/config:9"));
        failure.help().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn an_error_has_the_fix_of_the_worst_finding_about_its_line() {
        use Severity::{Error, Note, Warning};
        let findings = [
            Finding::at(at(2), Odd(Note, "note", &[])),
            Finding::at(at(2), Odd(Error, "", &[])),
            Finding::at(at(2), Odd(Warning, "first", &[])),
            Finding::at(at(2), Odd(Warning, "second", &[])),
            Finding::at(at(3), Odd(Error, "error", &[])),
            Finding::at(at(3), Odd(Warning, "end", &[Aspect::EndsChain])),
        ];
        let of_line = |line| help(Code::InvalidConfig, Some(at(line).into()), &findings);
        assert_eq!([2, 3, 4].map(of_line), ["first", "error", "its own"]);
        // Which value is to be set is what the error's own help may say.
        let placeholder = [Finding::at(at(2), Odd(Error, "run set", &[]))];
        assert_eq!(help(Code::InvalidConfig, Some(at(2).into()), &placeholder), "its own");
        assert_eq!(help(Code::InvalidConfig, None, &findings), "its own");
        let variable = Origin::environment("AWS_REGION");
        assert_eq!(help(Code::InvalidConfig, Some(variable), &findings), "its own");
    }

    #[test]
    fn missing_credentials_are_explained_by_what_hides_them_or_is_unfinished() {
        let odd = |line, fix, aspects| Finding::at(at(line), Odd(Severity::Warning, fix, aspects));
        let help = |findings: &[Finding]| help(Code::NoCredentials, None, findings);
        assert_eq!(help(&[odd(2, "run other", &[])]), "its own");
        assert_eq!(help(&[odd(2, "run other", &[]), odd(9, "run it", &[])]), "`it`");
        assert_eq!(help(&[odd(9, "a word", &[]), odd(3, "run it", &[Aspect::Unfinished])]), "`it`");
    }
}
