//! What looks wrong about an answer.

use super::questions::Verdict;
use crate::settings;

/// The output formats of AWS CLI.
pub(super) const OUTPUT_FORMATS: &[&str] = &["json", "yaml", "yaml-stream", "text", "table", "off"];

/// Whether an answer can be a region or a format at all.
pub(super) fn is_word(answer: &str) -> bool {
    answer.len() <= 63 && answer.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A region that has been announced. There will be more of them than this program knows.
pub(super) fn region(answer: &str) -> Verdict {
    doubtful(&settings::doubts("region", answer))
}

/// A format that AWS CLI writes.
pub(super) fn output(answer: &str) -> Verdict {
    if OUTPUT_FORMATS.contains(&answer) {
        return Verdict::Fine;
    }
    Verdict::Doubtful(format!("`{answer}` is none of AWS CLI's formats: {}", OUTPUT_FORMATS.join(", ")))
}

/// `arn:PARTITION:iam::ACCOUNT:role/NAME`.
pub(super) fn role_arn(answer: &str) -> Verdict {
    let parts: Vec<&str> = answer.splitn(6, ':').collect();
    let is_role = match parts.as_slice() {
        ["arn", partition, "iam", "", account, resource] => {
            partition.starts_with("aws")
                && account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && resource.strip_prefix("role/").is_some_and(|name| {
                    !name.is_empty() && !name.ends_with('/') && !name.contains(char::is_whitespace)
                })
        }
        _ => false,
    };
    if is_role {
        return Verdict::Fine;
    }
    Verdict::Doubtful(
        "this does not look like a role's ARN, arn:PARTITION:iam::ACCOUNT:role/NAME with 12 digits of ACCOUNT"
            .to_owned(),
    )
}

/// What STS takes for the name of a session.
pub(super) fn session_name(answer: &str) -> Verdict {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if (2..=64).contains(&answer.len()) && answer.chars().all(fits) {
        return Verdict::Fine;
    }
    Verdict::Doubtful("AWS takes 2 to 64 letters, digits and `_+=,.@-` for a session's name".to_owned())
}

/// What STS takes for the length of a session.
pub(super) fn duration(answer: &str) -> Verdict {
    match answer.parse::<u32>() {
        Ok(900..=43200) => Verdict::Fine,
        _ => Verdict::Refused("a session lasts between 900 and 43200 seconds".to_owned()),
    }
}

/// A path that is read as it stands, from whichever folder a program runs in.
pub(super) fn token_file(answer: &str) -> Verdict {
    if answer.starts_with('~') || answer.contains('$') {
        return Verdict::Doubtful("`~` and variables are not expanded here: give the whole path".to_owned());
    }
    if !answer.starts_with('/') {
        return Verdict::Doubtful(
            "a relative path is looked up in whichever folder a program runs in".to_owned(),
        );
    }
    Verdict::Fine
}

/// The address of an access portal.
pub(super) fn start_url(answer: &str) -> Verdict {
    let host = answer.strip_prefix("https://").map(|rest| rest.split('/').next().unwrap_or_default());
    let is_host = |host: &str| {
        host.contains('.') && !host.starts_with('.') && !answer.contains(|c: char| c.is_whitespace())
    };
    if host.is_some_and(is_host) {
        return Verdict::Fine;
    }
    Verdict::Refused("the start URL has the form https://NAME.awsapps.com/start".to_owned())
}

/// The scopes of a session, with commas between them. AWS CLI refuses blanks in one: it would be one scope, which no
/// service knows.
pub(super) fn scopes(answer: &str) -> Verdict {
    if answer.split(',').any(|scope| scope.trim().contains(char::is_whitespace)) {
        return Verdict::Refused("scopes are separated by commas, as in `a:b,c:d`".to_owned());
    }
    Verdict::Fine
}

/// The doubts as one verdict.
fn doubtful(doubts: &[String]) -> Verdict {
    if doubts.is_empty() { Verdict::Fine } else { Verdict::Doubtful(doubts.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_fits(check: impl Fn(&str) -> Verdict, fitting: &[&str], odd: &[&str]) {
        for answer in fitting {
            assert!(matches!(check(answer), Verdict::Fine), "{answer}");
        }
        for answer in odd {
            assert!(!matches!(check(answer), Verdict::Fine), "{answer}");
        }
    }

    #[test]
    fn what_is_no_role_is_pointed_out() {
        assert_fits(
            role_arn,
            &["arn:aws:iam::123456789012:role/Dev", "arn:aws-cn:iam::123456789012:role/path/to/x"],
            &[
                "",
                "Dev",
                "arn:aws:iam::12345:role/Dev",
                "arn:aws:iam::123456789012:user/Dev",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:sts::123456789012:assumed-role/Dev/me",
                "arn:aws:iam:us-east-1:123456789012:role/Dev",
            ],
        );
    }

    #[test]
    fn what_sts_would_refuse_is_pointed_out() {
        assert_fits(duration, &["900", "43200"], &["899", "43201", "1h", "-900", ""]);
        assert_fits(session_name, &["me", "a.b@c-d"], &["x", "a b", "é."]);
    }

    #[test]
    fn a_token_file_is_read_as_it_stands() {
        assert_fits(token_file, &["/var/run/token"], &["~/token", "$HOME/token", "token", "./token"]);
    }

    #[test]
    fn scopes_are_separated_by_commas() {
        assert_fits(
            scopes,
            &["sso:account:access", "a,b", "a, b", " a , b ", "scope, ", ""],
            &["a b", "a,b c", "value-1, value-2 value3", "a\tb", "a\u{a0}b"],
        );
    }

    #[test]
    fn a_portal_has_a_secure_address() {
        assert_fits(
            start_url,
            &["https://d-1.awsapps.com/start", "https://start.us-gov-home.awsapps.com/directory/x"],
            &[
                "http://d-1.awsapps.com/start",
                "https://",
                "https:///start",
                "d-1.awsapps.com",
                "https://a b.c/",
            ],
        );
    }
}
