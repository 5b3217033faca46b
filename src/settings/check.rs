//! What looks wrong about a key or its value. It is written anyway, because it may be intended.

use super::regions::{may_be_region, similar_regions};
use super::spellings::spelled_elsewhere;
use super::table::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_PROCESS, MFA_SERIAL, OUTPUT, REGION, S3,
    SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, VARIABLES, variable,
};
use super::value::{boolean, integer};
use super::variable::{CaseRule, Kind, Variable};
use crate::failure::Hint;
use crate::finding::{self, Aspect};
use crate::secret::{self, SecretFault};
use crate::text::{looks_commented, nearest, slips, without_quotes};

/// At most so many regions are listed.
const MOST: usize = 10;

/// What looks wrong about a value. It never repeats a value that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("AWS has no setting `{key}`")]
    UnknownKey { key: String, similar: String },
    #[error("an empty region is used as is, and no service can be reached with it")]
    EmptyRegion,
    #[error("`{key}` gets an empty value")]
    Empty { key: &'static str },
    #[error("`{value}` is not a known region")]
    UnknownRegion { value: String, similar: Vec<&'static str> },
    #[error("this doesn't look like an access key ID")]
    NotAKeyId,
    #[error("this doesn't look like a secret access key: it {0}")]
    NotASecret(SecretFault),
    #[error("`{key}` should be `true` or `false`; anything else means false")]
    NotBoolean { key: &'static str, value: String, similar: Option<&'static str> },
    #[error("`{key}` should be a whole number")]
    NotInteger { key: &'static str },
    #[error("`{key}` should be {amount}")]
    NotASize { key: &'static str, amount: Amount },
    #[error("`{key}` should be one of {}", words.join(", "))]
    NotOneOf {
        key: &'static str,
        value: String,
        words: &'static [&'static str],
        similar: Option<&'static str>,
    },
    #[error("`{key}` should be a nested block")]
    NotABlock { key: &'static str },
    #[error("quotes become part of the value")]
    Quotes,
    #[error("what looks like a comment becomes part of the value")]
    Comment,
}

/// How much of something AWS CLI's `s3` commands may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Amount {
    #[error("a number above 0")]
    Number,
    #[error("a number above 0, or a size such as 64MB")]
    Size,
    #[error("a rate such as 10MB/s")]
    Rate,
}

impl finding::Kind for Doubt {
    fn code(&self) -> &'static str {
        match self {
            Doubt::UnknownKey { .. } => "unknown-key",
            Doubt::EmptyRegion => "empty-region",
            Doubt::Empty { .. } => "empty-value",
            Doubt::UnknownRegion { .. } => "unknown-region",
            Doubt::Quotes => "quoted-value",
            Doubt::Comment => "comment-in-value",
            _ => "unlikely-value",
        }
    }

    fn has(&self, aspect: Aspect) -> bool {
        let is_of_form = matches!(
            self,
            Doubt::NotBoolean { .. }
                | Doubt::NotInteger { .. }
                | Doubt::NotASize { .. }
                | Doubt::NotOneOf { .. }
                | Doubt::NotABlock { .. }
        );
        aspect == Aspect::OfValue && is_of_form
    }

    fn hides(&self, key: &str) -> bool {
        matches!(self, Doubt::UnknownKey { similar, .. } if similar == key)
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Doubt::UnknownKey { key, similar } => Some(Hint::meant(key, similar)),
            Doubt::UnknownRegion { similar, .. } if similar.len() > 1 => {
                let names: Vec<String> = similar.iter().take(MOST).map(|name| format!("`{name}`")).collect();
                let more = if similar.len() > MOST { ", …" } else { "" };
                Some(format!("similar regions: {}{more}", names.join(", ")).into())
            }
            Doubt::UnknownRegion { value, .. }
            | Doubt::NotOneOf { value, .. }
            | Doubt::NotBoolean { value, .. } => self.meant().map(|meant| Hint::meant(value, meant)),
            Doubt::Empty { key } => Some(format!("to remove it, unset `{key}`").into()),
            Doubt::EmptyRegion => Some(format!("to have no region, unset `{}`", REGION.name).into()),
            Doubt::NotABlock { key } => Some(format!("set `{key}.NAME`").into()),
            _ => None,
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            Doubt::UnknownRegion { similar, .. } => match similar[..] {
                [similar] => Some(similar),
                _ => None,
            },
            Doubt::NotOneOf { similar, .. } | Doubt::NotBoolean { similar, .. } => *similar,
            _ => None,
        }
    }
}

/// The setting that became a part of a value, because a line break was lost: `A aws_secret_access_key = B`.
pub fn joined(value: &str) -> Option<&'static Variable> {
    // Behind this mark most likely a comment was meant.
    let text = value.split('#').next()?;
    secret::joined(text.as_bytes()).find_map(|(name, _)| variable(text.get(name)?))
}

/// What looks wrong about setting `key` (nested keys dotted) to `value`.
pub fn doubts(key: &str, value: &str) -> Vec<Doubt> {
    let mut doubts = doubts_about(key, value);
    if let Some(row) = variable(key).filter(|_| value.is_empty() && doubts.is_empty()) {
        doubts.push(Doubt::Empty { key: row.name });
    }
    doubts
}

/// What looks wrong about a line of a file, where an empty value is meant.
pub fn doubts_about(key: &str, value: &str) -> Vec<Doubt> {
    let Some(row) = variable(key) else {
        let block = (key == S3).then_some(Doubt::NotABlock { key: S3 });
        return block.or_else(|| misspelled(key)).into_iter().collect();
    };
    let mut doubts: Vec<Doubt> = doubt_of(row, value).into_iter().collect();
    // The words of a command may be quoted, and have such characters.
    if *row == CREDENTIAL_PROCESS {
        return doubts;
    }
    if without_quotes(value).is_some() {
        doubts.push(Doubt::Quotes);
    }
    if looks_commented(value) {
        doubts.push(Doubt::Comment);
    }
    doubts
}

/// What looks wrong about a value, besides quotes around it and a comment behind it.
pub fn doubt_of(row: &Variable, value: &str) -> Option<Doubt> {
    match row.kind {
        _ if *row == REGION && value.is_empty() => Some(Doubt::EmptyRegion),
        _ if (*row == REGION || *row == SSO_REGION) && !value.is_empty() && !may_be_region(value) => {
            Some(Doubt::UnknownRegion { value: value.to_owned(), similar: similar_regions(value) })
        }
        _ if *row == AWS_ACCESS_KEY_ID => {
            let is_odd = secret::odd_access_key_id(value).is_some();
            (is_odd || !secret::is_plausible_access_key_id(value)).then_some(Doubt::NotAKeyId)
        }
        // Quotes and comments have doubts of their own.
        _ if *row == AWS_SECRET_ACCESS_KEY && without_quotes(value).is_none() && !looks_commented(value) => {
            secret::secret_fault(value).filter(|_| !value.is_empty()).map(Doubt::NotASecret)
        }
        Kind::Boolean if !boolean(value) && !value.eq_ignore_ascii_case("false") => {
            Some(Doubt::NotBoolean { key: row.name, value: value.to_owned(), similar: meant_by(value) })
        }
        Kind::Integer(_) if integer(value).is_none() => Some(Doubt::NotInteger { key: row.name }),
        Kind::OneOf(words, rule) => {
            let fits = |word: &&str| match rule {
                CaseRule::Exact => **word == *value,
                CaseRule::Any => word.eq_ignore_ascii_case(value),
            };
            (!words.iter().any(fits)).then(|| Doubt::NotOneOf {
                key: row.name,
                value: value.to_owned(),
                words,
                similar: word_meant(value, words),
            })
        }
        Kind::Block => Some(Doubt::NotABlock { key: row.name }),
        _ => None,
    }
}

/// The word that is meant by a value that is none of them.
pub fn word_meant(value: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let is_switch = ["true", "false"].iter().all(|word| words.contains(word));
    let meant = is_switch.then(|| meant_by(value)).flatten();
    meant.or_else(|| nearest(value, words.iter().copied()))
}

/// What somebody who writes this means, although AWS takes it for false.
fn meant_by(value: &str) -> Option<&'static str> {
    match value.to_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "enabled" => Some("true"),
        "no" | "n" | "off" | "0" | "disabled" => Some("false"),
        other => nearest(other, ["true", "false"]),
    }
}

/// What boto3's clients and AWS CLI's options call some settings.
static OTHER_NAMES: [(&str, &Variable); 3] =
    [("region_name", &REGION), ("output_format", &OUTPUT), ("mfa_serial_number", &MFA_SERIAL)];

/// What people make of longer keys.
static SHORTENED: [(&str, &Variable); 2] = [("sso_account", &SSO_ACCOUNT_ID), ("sso_role", &SSO_ROLE_NAME)];

/// A key that is nearly one of AWS's, or what another program calls it. A less similar key belongs to another program.
pub fn misspelled(key: &str) -> Option<Doubt> {
    let other_name = || OTHER_NAMES.iter().find(|(name, _)| *name == key).map(|(_, row)| *row);
    if let Some(similar) = spelled_elsewhere(key).or_else(other_name).and_then(Variable::dotted_key) {
        return Some(Doubt::UnknownKey { key: key.to_owned(), similar });
    }
    let known = VARIABLES.iter().filter_map(|row| row.dotted_key());
    let nearest = known.filter_map(|known| Some((slips(key, &known, 2)?, known))).min();
    let similar = match nearest {
        Some((0, _)) => return None,
        Some((slips, similar)) if slips * 3 < similar.len() => similar,
        _ => SHORTENED.iter().find(|(short, _)| slips(key, short, 1).is_some())?.1.name.to_owned(),
    };
    Some(Doubt::UnknownKey { key: key.to_owned(), similar })
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Kind as _};

    fn sentences(key: &str, value: &str) -> Vec<String> {
        doubts(key, value).into_iter().map(|doubt| Finding::new(doubt).sentence()).collect()
    }

    #[test]
    fn a_typo_gives_a_warning_and_a_foreign_key_does_not() {
        let similar = "region".to_owned();
        assert_eq!(
            doubts_about("regoin", "eu-west-1"),
            [Doubt::UnknownKey { key: "regoin".to_owned(), similar }]
        );
        assert!(doubts_about("my_tool_color", "red").is_empty());
        assert!(doubts_about("region", "eu-west-1").is_empty());
        assert_eq!(doubts_about("region", ""), [Doubt::EmptyRegion]);
        let sentence = sentences("sso_region", "us-").remove(0);
        assert!(
            sentence.contains("; similar regions: `us-east-1`, ") && sentence.ends_with("`, …"),
            "{sentence}"
        );
        assert_eq!(doubts("region", "us-")[0].meant(), None);
        let similar = vec!["eu-west-1"];
        assert_eq!(
            doubts_about("region", "eu-wset-1"),
            [Doubt::UnknownRegion { value: "eu-wset-1".to_owned(), similar }]
        );
    }

    #[test]
    fn a_key_without_its_last_word_is_a_typo() {
        for (key, meant) in [
            ("sso_account", Some("sso_account_id")),
            ("sso_acount", Some("sso_account_id")),
            ("sso_role", Some("sso_role_name")),
            ("sso_account_id", None),
            ("sso_mode", None),
            ("sso_account_name", None),
        ] {
            let doubt = misspelled(key);
            let similar = doubt.map(|doubt| match doubt {
                Doubt::UnknownKey { similar, .. } => similar,
                doubt => panic!("{doubt}"),
            });
            assert_eq!(similar.as_deref(), meant, "{key}");
        }
    }

    #[test]
    fn the_nearest_value_of_every_closed_list_is_suggested() {
        for (key, value, meant) in [
            ("retry_mode", "standrd", "standard"),
            ("sts_regional_endpoints", "regonal", "regional"),
            ("s3.addressing_style", "vitual", "virtual"),
            ("credential_source", "environment", "Environment"),
            ("use_fips_endpoint", "ture", "true"),
            ("use_fips_endpoint", "off", "false"),
            ("s3_disable_express_session_auth", "yes", "true"),
            ("endpoint_discovery_enabled", "yes", "true"),
            ("endpoint_discovery_enabled", "outo", "auto"),
        ] {
            assert_eq!(doubts(key, value)[0].meant(), Some(meant), "{key} = {value}");
            assert!(sentences(key, value)[0].ends_with(&format!("; did you mean `{meant}`?")), "{key}");
        }
        assert_eq!(doubts("retry_mode", "zzz")[0].meant(), None);
    }

    #[test]
    fn a_value_of_the_wrong_kind_gives_a_warning() {
        assert_eq!(doubts_about("max_attempts", "abc"), [Doubt::NotInteger { key: "max_attempts" }]);
        assert_eq!(
            doubts_about("use_fips_endpoint", "yes"),
            [Doubt::NotBoolean { key: "use_fips_endpoint", value: "yes".to_owned(), similar: Some("true") }]
        );
        assert!(doubts_about("use_fips_endpoint", "TRUE").is_empty());
        assert!(matches!(doubts_about("credential_source", "environment")[..], [Doubt::NotOneOf { .. }]));
        assert!(doubts_about("defaults_mode", "STANDARD").is_empty());
        assert_eq!(doubts_about("api_versions", "x"), [Doubt::NotABlock { key: "api_versions" }]);
    }

    #[test]
    fn quotes_and_comments_give_warnings_that_do_not_repeat_a_secret() {
        assert_eq!(doubts_about("output", "\"json\" # mine")[..], [Doubt::Comment]);
        assert!(doubts_about("region", "eu-west-2\t# x").contains(&Doubt::Comment));
        assert_eq!(doubts_about("output", "'json'"), [Doubt::Quotes]);
        let sentences = sentences("aws_secret_access_key", "'CANARY # x'");
        assert_eq!(sentences.len(), 2);
        assert!(sentences.iter().all(|sentence| !sentence.contains("CANARY")));
    }

    #[test]
    fn the_fix_is_a_command_or_the_intended_name() {
        let sentence = |key, value| sentences(key, value).remove(0);
        assert!(sentence("region", "").ends_with("; to have no region, unset `region`"));
        assert_eq!(sentence("regoin", "x"), "AWS has no setting `regoin`; did you mean `region`?");
    }
}
