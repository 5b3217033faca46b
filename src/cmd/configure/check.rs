//! Checks of answers.

use crate::checks;
use crate::failure::Hint;
use crate::finding::{Finding, Kind, Severity};
use crate::settings::{self, OUTPUT_FORMATS, Variable, is_start_url};
use crate::text::nearest;
use crate::world::World;

/// Whether an answer can be a region or a format at all.
pub(super) fn is_word(answer: &str) -> bool {
    answer.len() <= 63 && answer.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// What looks wrong about an answer, or can't be right.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Unlikely {
    #[error("`{0}` is not an AWS CLI output format: {formats}", formats = OUTPUT_FORMATS.join(", "))]
    Output(String),
    #[error(
        "this doesn't look like a role's ARN, arn:PARTITION:iam::ACCOUNT:role/NAME with a 12-digit ACCOUNT"
    )]
    RoleArn,
    #[error("AWS allows 2 to 64 letters, digits and `_+=,.@-` in a role session name")]
    SessionName,
    #[error("`{key}` should be {expected}")]
    Form { key: &'static str, expected: &'static str },
    #[error("a session must last 900 to 43200 seconds")]
    Duration,
    #[error("`~` and variables are not expanded here")]
    Unexpanded {
        given: String,
        /// The path that it is in a shell.
        meant: Option<String>,
    },
    #[error("a relative path depends on the folder that each program runs in")]
    RelativePath,
    #[error("the start URL has the form https://NAME.awsapps.com/start")]
    StartUrl { given: String, meant: Option<String> },
    #[error("scopes are separated by commas, as in `a:b,c:d`")]
    Scopes,
    #[error("an account ID has 12 digits")]
    Account,
    #[error("it is empty")]
    Empty,
}

impl Kind for Unlikely {
    fn code(&self) -> &'static str {
        "unlikely-answer"
    }

    fn severity(&self) -> Severity {
        match self {
            Unlikely::Duration
            | Unlikely::StartUrl { .. }
            | Unlikely::Scopes
            | Unlikely::Account
            | Unlikely::Empty => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Unlikely::Unexpanded { meant: None, .. } | Unlikely::RelativePath => {
                Some("give the absolute path".into())
            }
            Unlikely::Output(given)
            | Unlikely::StartUrl { given, .. }
            | Unlikely::Unexpanded { given, .. } => self.meant().map(|meant| Hint::meant(given, meant)),
            _ => None,
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            Unlikely::Output(given) => nearest(given, OUTPUT_FORMATS.iter().copied()),
            Unlikely::StartUrl { meant, .. } | Unlikely::Unexpanded { meant, .. } => meant.as_deref(),
            _ => None,
        }
    }
}

impl Unlikely {
    /// The finding, unless the answer is right.
    fn unless(self, is_right: bool) -> Vec<Finding> {
        if is_right { Vec::new() } else { vec![Finding::new(self)] }
    }
}

pub(super) fn region(answer: &str) -> Vec<Finding> {
    let doubts = settings::doubts(settings::REGION.name, answer).into_iter().map(Finding::new);
    let mut doubts: Vec<Finding> = doubts.collect();
    // Of quotes and of a region that is unknown because of them one is enough: the doubt that knows what is meant.
    if let Some(at) = doubts.iter().position(|doubt| doubt.meant().is_some()) {
        return vec![doubts.swap_remove(at)];
    }
    doubts.split_off(doubts.len().saturating_sub(1))
}

pub(super) fn output(answer: &str) -> Vec<Finding> {
    Unlikely::Output(answer.to_owned()).unless(OUTPUT_FORMATS.contains(&answer))
}

pub(super) fn role_arn(answer: &str) -> Vec<Finding> {
    Unlikely::RoleArn.unless(settings::is_role_arn(answer))
}

pub(super) fn session_name(answer: &str) -> Vec<Finding> {
    Unlikely::SessionName.unless(settings::is_session_name(answer))
}

/// An answer of the form that `doctor` wants of the setting.
pub(super) fn form(row: &Variable, answer: &str) -> Vec<Finding> {
    let expected = checks::unlike(row, answer);
    expected.map(|expected| Finding::new(Unlikely::Form { key: row.name, expected })).into_iter().collect()
}

pub(super) fn duration(answer: &str) -> Vec<Finding> {
    Unlikely::Duration.unless(settings::is_session_duration(answer))
}

/// The path must be absolute: it is used as it is, in whatever folder a program runs.
pub(super) fn token_file(answer: &str, world: &World) -> Vec<Finding> {
    if answer.starts_with('~') || answer.contains('$') {
        let path = world.expand_user(answer).ok().filter(|_| !answer.contains('$'));
        let meant = path.and_then(|path| path.into_os_string().into_string().ok());
        let meant = meant.filter(|path| path.starts_with('/'));
        return vec![Finding::new(Unlikely::Unexpanded { given: answer.to_owned(), meant })];
    }
    Unlikely::RelativePath.unless(answer.starts_with('/'))
}

/// An account that can't exist is refused before anybody signs in.
pub(super) fn account(answer: &str) -> Vec<Finding> {
    Unlikely::Account.unless(settings::is_account(answer))
}

pub(super) fn start_url(answer: &str) -> Vec<Finding> {
    let bare = answer.strip_prefix("http://").unwrap_or(answer);
    let is_name = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let meant = if is_name { format!("https://{bare}.awsapps.com/start") } else { format!("https://{bare}") };
    let meant = Some(meant).filter(|meant| is_start_url(meant));
    Unlikely::StartUrl { given: answer.to_owned(), meant }.unless(is_start_url(answer))
}

/// The scopes of a session, separated by commas.
pub(super) fn scopes(answer: &str) -> Vec<Finding> {
    Unlikely::Scopes.unless(settings::are_scopes(answer))
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_quotes_around_a_region_and_a_comment_behind_it_one_thing_is_said() {
        for answer in ["eu-west-1 # x", "\"us-east-1\"", "'eu-west-1'", "\"eu-wset-1\""] {
            assert_eq!(region(answer).len(), 1, "{answer}");
        }
        assert!(region("eu-west-1").is_empty());
    }

    #[test]
    fn the_path_of_a_token_file_is_absolute() {
        let world = World::of([("HOME", "/home/ada")]);
        let token_file = |answer: &str| super::token_file(answer, &world);
        assert_eq!(token_file("~/token")[0].meant(), Some("/home/ada/token"));
        assert!(token_file("/var/run/token").is_empty());
        assert!(
            ["~/token", "$HOME/token", "token", "./token"].iter().all(|path| !token_file(path).is_empty())
        );
    }

    #[test]
    fn what_is_left_out_of_a_portals_address_is_added() {
        let meant = |answer: &str| start_url(answer).iter().find_map(Finding::meant).map(str::to_owned);
        for (answer, expected) in [
            ("corp", Some("https://corp.awsapps.com/start")),
            ("corp.awsapps.com/start", Some("https://corp.awsapps.com/start")),
            ("http://corp.awsapps.com/start/#", Some("https://corp.awsapps.com/start/#")),
            ("ftp://corp.awsapps.com", None),
            ("a b.c", None),
            ("https://x", None),
            ("", None),
        ] {
            assert_eq!(meant(answer).as_deref(), expected, "{answer}");
        }
    }
}
