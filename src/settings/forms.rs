//! The forms that AWS gives to accounts, roles, sessions and addresses.

/// The output formats of AWS CLI.
pub const OUTPUT_FORMATS: &[&str] = &["json", "yaml", "yaml-stream", "text", "table", "off"];

pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether IAM and STS allow the character in names.
pub fn is_in_iam_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)
}

/// Whether STS takes it for the name of a session, or a source identity.
pub fn is_session_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.chars().all(is_in_iam_name)
}

/// Whether STS takes it for an external ID.
pub fn is_external_id(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@:/\\-".contains(c);
    (2..=1224).contains(&text.len()) && text.chars().all(is_allowed)
}

/// Whether a role's session can last so many seconds.
pub fn is_session_duration(text: &str) -> bool {
    matches!(text.parse::<u32>(), Ok(900..=43200))
}

/// What follows `arn:PARTITION:iam::ACCOUNT:`.
pub fn iam_resource(text: &str) -> Option<&str> {
    let (partition, rest) = text.strip_prefix("arn:")?.split_once(':')?;
    let (account, resource) = rest.strip_prefix("iam::")?.split_once(':')?;
    (is_partition(partition) && is_account(account)).then_some(resource)
}

/// Whether an MFA device is a security key (FIDO), which shows no codes.
pub fn is_security_key(serial: &str) -> bool {
    iam_resource(serial).is_some_and(|resource| resource.starts_with("u2f/"))
}

/// `aws`, or `aws-` and a word.
fn is_partition(text: &str) -> bool {
    let word =
        |rest: &str| rest.len() > 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    text == "aws" || text.strip_prefix("aws-").is_some_and(word)
}

/// Whether IAM Identity Center can have a permission set of this name.
pub fn is_permission_set(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_in_iam_name)
}

/// `arn:PARTITION:iam::ACCOUNT:role/NAME`.
pub fn is_role_arn(text: &str) -> bool {
    let is_path =
        |name: &str| !name.is_empty() && !name.ends_with('/') && !name.contains(char::is_whitespace);
    iam_resource(text).and_then(|resource| resource.strip_prefix("role/")).is_some_and(is_path)
}

/// Whether it can be between the dots of a host name, as a region is.
pub fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether it can be the address of a portal of IAM Identity Center, all of which have domain names.
pub fn is_start_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").map(|rest| rest.split('/').next().unwrap_or_default());
    let is_host = |host: &str| host.contains('.') && !host.starts_with('.');
    host.is_some_and(is_host) && !text.contains(char::is_whitespace)
}

/// The scope of sign-ins that give the credentials of accounts.
pub const ACCOUNT_SCOPE: &str = "sso:account:access";

/// The scopes of a session, which commas separate.
pub fn scopes(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// Whether AWS CLI takes them: it rejects whitespace inside a scope.
pub fn are_scopes(text: &str) -> bool {
    text.split(',').all(|scope| !scope.trim().contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_fits(test: impl Fn(&str) -> bool, fitting: &[&str], odd: &[&str]) {
        for text in fitting {
            assert!(test(text), "{text}");
        }
        for text in odd {
            assert!(!test(text), "{text}");
        }
    }

    #[test]
    fn the_arn_of_a_role_names_an_account_and_a_role() {
        assert_fits(
            is_role_arn,
            &[
                "arn:aws:iam::123456789012:role/Dev",
                "arn:aws-cn:iam::123456789012:role/path/to/x",
                "arn:aws-us-gov:iam::123456789012:role/x",
                "arn:aws-iso-b:iam::123456789012:role/x",
            ],
            &[
                "",
                "Dev",
                "arn:awss:iam::123456789012:role/Dev",
                "arn:aws-:iam::123456789012:role/Dev",
                "arn:aws:iam::12345:role/Dev",
                "arn:aws:iam::123456789012:user/Dev",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:sts::123456789012:assumed-role/Dev/me",
                "arn:aws:iam:us-east-1:123456789012:role/Dev",
            ],
        );
    }

    #[test]
    fn sessions_have_the_names_and_durations_that_sts_takes() {
        assert_fits(is_session_duration, &["900", "43200"], &["899", "43201", "1h", "-900", ""]);
        assert_fits(is_session_name, &["me", "a.b@c-d"], &["x", "a b", "é."]);
    }

    #[test]
    fn scopes_are_separated_by_commas() {
        assert_fits(
            are_scopes,
            &["sso:account:access", "a,b", "a, b", " a , b ", "scope, ", ""],
            &["a b", "a,b c", "value-1, value-2 value3", "a\tb", "a\u{a0}b"],
        );
    }

    #[test]
    fn the_address_of_a_portal_begins_with_https_and_has_a_domain() {
        assert_fits(
            is_start_url,
            &["https://d-1.awsapps.com/start", "https://start.us-gov-home.awsapps.com/directory/x"],
            &[
                "http://d-1.awsapps.com/start",
                "https://",
                "https:///start",
                "https://localhost/start",
                "d-1.awsapps.com",
                "https://a b.c/",
            ],
        );
    }
}
