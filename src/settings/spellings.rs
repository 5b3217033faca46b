//! How other programs and people spell settings of AWS.

use super::table::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, OUTPUT, REGION, VARIABLES};
use super::variable::Variable;

/// What the statements begin with that set a variable in a shell of Unix, in cmd and in PowerShell, in lower case.
pub const STATEMENTS: [&str; 3] = ["export ", "set ", POWER_SHELL];

const POWER_SHELL: &str = "$env:";

/// The name of the variable in a line of a file that PowerShell's statement is in: its colon is taken for the delimiter.
pub fn power_shell_variable<'v>(key: &str, value: &'v str) -> Option<&'v str> {
    let is_statement = POWER_SHELL.strip_suffix(':').is_some_and(|start| start.eq_ignore_ascii_case(key));
    let (name, _) = value.split_once('=').filter(|_| is_statement)?;
    Some(name.trim())
}

/// The setting that a name certainly means, in whatever case and with whatever separators: the name of a member in JSON, a
/// setting of the SDK for Java or of another program, a variable, a line of a shell script.
pub fn spelled_elsewhere(name: &str) -> Option<&'static Variable> {
    let whole = name.trim().to_lowercase();
    let statement = STATEMENTS.iter().find_map(|keyword| whole.strip_prefix(keyword));
    let name = statement.map_or(whole.as_str(), str::trim);
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
            ("set aws_access_key_id", "aws_access_key_id"),
            ("set \"aws_session_token", "aws_session_token"),
            ("$env:aws_region", "region"),
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
        for name in [
            "set color",
            "export path",
            "aws_access_key_id",
            "region",
            "output",
            "color",
            "key",
            "token",
            "s3",
        ] {
            assert!(spelled_elsewhere(name).is_none(), "{name}");
        }
        // What a setting is called isn't taken for another one's spelling.
        for key in VARIABLES.iter().filter_map(|row| row.dotted_key()) {
            assert!(spelled_elsewhere(&key).is_none(), "{key}");
        }
    }

    #[test]
    fn the_statement_of_power_shell_has_its_variable_behind_the_colon() {
        assert_eq!(power_shell_variable("$Env", "AWS_REGION = \"x=y\""), Some("AWS_REGION"));
        for (key, value) in [("$env", "x"), ("env", "a=b"), ("$env:", "a=b")] {
            assert_eq!(power_shell_variable(key, value), None, "{key} {value}");
        }
    }
}
