//! What looks wrong about a value or a key without being refused: people mean odd things sometimes.

use super::table::{AWS_ACCESS_KEY_ID, REGION, VARIABLES, variable};
use super::variable::{CaseRule, Kind};

/// The regions that AWS has announced, for completion and for recognising typos. New ones are accepted all the
/// same.
pub const KNOWN_REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "eu-isoe-west-1",
    "us-west-1",
    "us-west-2",
];

/// Whether a region is one that AWS has announced.
pub fn is_known_region(region: &str) -> bool {
    KNOWN_REGIONS.contains(&region)
}

/// Whether text has the form of an access key ID: at least 16 capital letters and digits.
pub fn is_plausible_access_key_id(text: &str) -> bool {
    (16..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether the two halves of an access key look as if each were given for the other.
pub fn are_swapped(id: &str, secret: &str) -> bool {
    is_plausible_access_key_id(secret) && !is_plausible_access_key_id(id)
}

/// What is doubtful about setting `key` (nested keys dotted) to `value`. Never repeats a value that may be secret.
pub fn doubts(key: &str, value: &str) -> Vec<String> {
    let mut doubts = Vec::new();
    let Some(row) = variable(key) else {
        let known = VARIABLES.iter().filter_map(|row| row.dotted_key());
        // Below this likeness it is a key of somebody else's, not a typo.
        let candidate = known.map(|known| (strsim::damerau_levenshtein(key, &known), known)).min();
        if let Some((distance @ 1..=2, known)) = candidate
            && distance * 3 < known.len()
        {
            doubts.push(format!("`{key}` is no setting that AWS knows; did you mean `{known}`?"));
        }
        return doubts;
    };
    let doubt = match row.kind {
        _ if *row == REGION && value.is_empty() => Some(
            "an empty region is one all the same, in which no service can be reached; `xcred unset region` removes it"
                .to_owned(),
        ),
        _ if *row == REGION && !is_known_region(value) => {
            let hint = crate::failure::nearest(value, KNOWN_REGIONS.iter().copied());
            Some(format!(
                "`{value}` is no region that xcred knows{}",
                hint.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default()
            ))
        }
        _ if *row == AWS_ACCESS_KEY_ID && !is_plausible_access_key_id(value) => {
            Some("this does not look like an access key ID".to_owned())
        }
        Kind::Boolean if !["true", "false"].contains(&value.to_lowercase().as_str()) => {
            Some(format!("`{key}` counts as true only for the word `true`"))
        }
        Kind::Integer if value.trim().parse::<i64>().is_err() => {
            Some(format!("`{key}` should be a whole number"))
        }
        Kind::OneOf(words, rule) => {
            let fits = |word: &&str| match rule {
                CaseRule::Exact => **word == *value,
                CaseRule::Any => word.eq_ignore_ascii_case(value),
            };
            (!words.iter().any(fits)).then(|| format!("`{key}` should be one of {}", words.join(", ")))
        }
        Kind::Block => Some(format!("`{key}` should be a nested block: set `{key}.NAME`")),
        _ => None,
    };
    doubts.extend(doubt);
    if value.len() > 1
        && [("\"", "\""), ("'", "'")].iter().any(|(a, b)| value.starts_with(a) && value.ends_with(b))
    {
        doubts.push("quotes become a part of the value".to_owned());
    }
    if value.contains(" #") || value.contains(" ;") {
        doubts.push("what looks like a comment becomes a part of the value".to_owned());
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_pointed_out_and_foreign_keys_are_not() {
        assert!(doubts("regoin", "eu-west-1")[0].contains("`region`"));
        assert!(doubts("my_tool_colour", "red").is_empty());
        assert!(doubts("region", "eu-west-1").is_empty());
        assert!(doubts("region", "")[0].contains("xcred unset region"));
        assert!(doubts("region", "eu-wset-1")[0].contains("eu-west-1"));
        assert!(!doubts("max_attempts", "abc").is_empty());
        assert!(doubts("use_fips_endpoint", "TRUE").is_empty());
        assert!(!doubts("credential_source", "environment").is_empty());
    }
}
