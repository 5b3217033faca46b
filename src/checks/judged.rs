//! How an SDK with a chain of its own judges the value of a setting, as far as that is known.

use super::scene::{Diagnosis, Scene};
use crate::finding::{Aspect, Finding};
use crate::origin::Origin;
use crate::sdk::{DurationRule, InFiles, MfaRule, Ruled, Sdk};
use crate::settings::{
    self, CREDENTIAL_SOURCE, CaseRule, DURATION_SECONDS, Kind, MFA_SERIAL, OUTPUT, Scope, VARIABLES, Variable,
};

/// What is known of a setting.
enum Known {
    /// What its values must be.
    Form,
    /// Any value is as good as another: it isn't read, or not there.
    Unread,
    Nothing,
}

/// The words of `credential_source`; the last one is not known to every SDK.
const SOURCES: &[&str] = &["EcsContainer", "Ec2InstanceMetadata", "Environment"];

fn known(rules: &Ruled, row: &Variable, is_in_file: bool) -> Known {
    if let Some(check) = rules.check_of(row) {
        return match check.in_files {
            InFiles::Never if is_in_file => Known::Unread,
            _ if check.accepts.form().is_none() => Known::Nothing,
            _ => Known::Form,
        };
    }
    let is_unread = match row {
        row if *row == CREDENTIAL_SOURCE => return Known::Form,
        row if *row == DURATION_SECONDS => rules.role.duration == DurationRule::NeverSent,
        row if *row == MFA_SERIAL => rules.role.mfa == MfaRule::Ignored,
        row => *row == OUTPUT || row.scope == Scope::AwsCli,
    };
    if is_unread { Known::Unread } else { Known::Nothing }
}

/// Whether nothing that the SDK does depends on the value of a setting in a file.
pub(super) fn is_unread(sdk: Sdk, row: &Variable) -> bool {
    sdk.ruled.is_some_and(|rules| matches!(known(rules, row, true), Known::Unread))
}

/// What the value must be, if it is known that the SDK can't work with it. `None` if it can, an error if that isn't known.
pub(super) fn refused(
    rules: &Ruled,
    row: &Variable,
    text: &str,
    is_in_file: bool,
) -> Result<Option<Kind>, ()> {
    if let Some(check) = rules.check_of(row) {
        let form = check.accepts.form().ok_or(())?;
        return Ok((!check.accept(text, is_in_file)).then_some(form));
    }
    match known(rules, row, is_in_file) {
        Known::Unread => Ok(None),
        Known::Nothing => Err(()),
        Known::Form => {
            let role = &rules.role;
            let words = if role.has_environment { SOURCES } else { &SOURCES[..2] };
            let case = if role.words_in_any_case { CaseRule::Any } else { CaseRule::Exact };
            let is_one = words.iter().any(|word| match case {
                CaseRule::Exact => *word == text,
                CaseRule::Any => word.eq_ignore_ascii_case(text),
            });
            let is_set = rules.empty_is_set || !text.is_empty();
            Ok((is_set && !is_one).then_some(Kind::OneOf(words, case)))
        }
    }
}

/// Leaves findings about values that matter to the SDK: where its rule is known, those by that rule; where it isn't, those by
/// the rules of boto3 and AWS CLI, which they then name.
pub(super) fn narrow(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let sdk = scene.sdk;
    let Some(rules) = sdk.ruled else { return };
    found.retain_mut(|Diagnosis { finding, .. }| {
        if !finding.has(Aspect::OfValue) {
            return true;
        }
        let setting = setting_of(finding, sdk);
        let known = setting.map_or(Known::Nothing, |(row, is_in_file)| known(rules, row, is_in_file));
        let title = sdk.title;
        let is_checked = setting.is_some_and(|(row, _)| rules.check_of(row).is_some());
        match known {
            Known::Form if is_checked && rules.checks_only_for_sts && finding.has(Aspect::Refused) => {
                finding.matters_less(format!("{title} checks it only where it asks STS for credentials"));
            }
            Known::Form => return finding.has(Aspect::Refused),
            Known::Unread => return false,
            Known::Nothing => finding.matters_less(format!(
                "this is the rule of boto3 and AWS CLI; whether {title} has the same isn't known"
            )),
        }
        true
    });
}

/// The setting that a finding is about, and whether it is in a file.
fn setting_of(finding: &Finding, sdk: Sdk) -> Option<(&'static Variable, bool)> {
    match finding.place()? {
        Origin::File(place) => Some((settings::variable(place.key.as_deref()?)?, true)),
        Origin::Environment { variable } => {
            let row = VARIABLES.iter().find(|row| sdk.variables(row).contains(&&**variable))?;
            Some((row, false))
        }
        _ => None,
    }
}
