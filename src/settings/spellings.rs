//! How other programs and people spell settings of AWS.

use super::table::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, OUTPUT, REGION, VARIABLES};
use super::variable::Variable;

/// The setting that a name certainly means, in whatever case and with whatever separators: the name of a member in JSON, a
/// setting of the SDK for Java or of another program, a variable, a line of a shell script.
pub fn spelled_elsewhere(name: &str) -> Option<&'static Variable> {
    let whole = name.trim().to_lowercase();
    let name = whole.strip_prefix("export ").map_or(whole.as_str(), str::trim);
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let row: &'static Variable = match letters.strip_prefix("aws").unwrap_or(&letters) {
        "accesskeyid" | "accesskey" => &AWS_ACCESS_KEY_ID,
        "secretaccesskey" | "secretkey" | "secretaccesskeyid" | "secretkeyid" => &AWS_SECRET_ACCESS_KEY,
        "sessiontoken" => &AWS_SESSION_TOKEN,
        "region" | "defaultregion" => &REGION,
        "defaultoutput" => &OUTPUT,
        _ => *VARIABLES
            .iter()
            .find(|row| row.environment.iter().any(|variable| variable.eq_ignore_ascii_case(name)))?,
    };
    let is_itself = row.dotted_key().is_none_or(|key| key == whole);
    (!is_itself).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_programs_mean_a_setting() {
        for (name, meant) in [
            ("accessKeyId", "aws_access_key_id"),
            ("secretAccessKey", "aws_secret_access_key"),
            ("aws_access_key", "aws_access_key_id"),
            ("aws_secret_key", "aws_secret_access_key"),
            ("access_key", "aws_access_key_id"),
            ("secret_key", "aws_secret_access_key"),
            ("aws-access-key-id", "aws_access_key_id"),
            ("aws-session-token", "aws_session_token"),
            ("export aws_secret_access_key", "aws_secret_access_key"),
            ("aws_default_region", "region"),
            ("aws_ca_bundle", "ca_bundle"),
            ("AWS_ACCESS_KEY", "aws_access_key_id"),
        ] {
            assert_eq!(
                spelled_elsewhere(name).and_then(Variable::dotted_key).as_deref(),
                Some(meant),
                "{name}"
            );
        }
        for name in ["aws_access_key_id", "region", "output", "color", "key", "token", "s3"] {
            assert!(spelled_elsewhere(name).is_none(), "{name}");
        }
        // What a setting is called isn't taken for another one's spelling.
        for key in VARIABLES.iter().filter_map(|row| row.dotted_key()) {
            assert!(spelled_elsewhere(&key).is_none(), "{key}");
        }
    }
}
