//! What the AWS access portal offers for pasting: lines that set variables in a shell of Unix, in cmd or in PowerShell,
//! or the section of a credentials file. One line is recognized at a time, so that it doesn't matter where a paste is cut.

use std::fmt;

use super::statements::{Assignment, statements};
use crate::secret::Secret;
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SECURITY_TOKEN, AWS_SESSION_TOKEN, REGION,
};
use crate::text::without_quotes;
use crate::ui::is_blank;

/// A part of credentials that a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Id,
    Secret,
    Token,
    Region,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Id => "access key ID",
            Part::Secret => "secret access key",
            Part::Token => "session token",
            Part::Region => "region",
        })
    }
}

/// A line of a paste.
pub(super) enum Line {
    /// With the name that it has in the line, in lower case.
    Part(Part, Secret, String),
    /// The header of a section: the name of its profile.
    Header(String),
    /// A setting that isn't a part of credentials.
    Other,
}

impl Line {
    /// What a line has, of which each statement may have a part. What is behind the first one that has none is ignored.
    pub(super) fn all(text: &str) -> impl Iterator<Item = Line> {
        statements(text).into_iter().map_while(Line::of)
    }

    /// The line or the statement, if it has one of these forms.
    pub(super) fn of(text: &str) -> Option<Line> {
        let text = text.trim_matches(is_blank);
        if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let name = name.trim();
            let name = name.strip_prefix("profile ").unwrap_or(name).trim();
            return Some(Line::Header(without_quotes(name).unwrap_or(name).to_owned()));
        }
        let Assignment { name, value, is_statement } = Assignment::of(text)?;
        let name = name.to_lowercase();
        let value = value.trim_matches(is_blank);
        let value = value.strip_suffix(';').unwrap_or(value).trim_matches(is_blank);
        let value = without_quotes(value).unwrap_or(value);
        let part = match name.as_str() {
            name if name == AWS_ACCESS_KEY_ID.name => Part::Id,
            name if name == AWS_SECRET_ACCESS_KEY.name => Part::Secret,
            name if name == AWS_SESSION_TOKEN.name || name == AWS_SECURITY_TOKEN.name => Part::Token,
            name if name == REGION.name || REGION.environment.iter().any(|v| v.to_lowercase() == name) => {
                Part::Region
            }
            name => {
                let is_setting = is_statement || settings::variable(name).is_some();
                return is_setting.then_some(Line::Other);
            }
        };
        let value = match part {
            _ if value.is_empty() || is_statement && is_expanded(value) => return Some(Line::Other),
            Part::Secret | Part::Token => Secret::held(value),
            Part::Id | Part::Region => Secret::new(value),
        };
        Some(Line::Part(part, value, name))
    }
}

/// Whether a shell would put something else in the place of a part of the value.
fn is_expanded(value: &str) -> bool {
    ["$(", "${", "`"].iter().any(|start| value.contains(start))
}

/// Whether a line that isn't recognized belongs to a paste all the same: a setting of the program that wrote the section, or a
/// statement that removes a variable. No region and no output format looks like that.
pub(super) fn is_foreign(text: &str) -> bool {
    text.contains('=') || text.trim_matches(is_blank).starts_with("unset ")
}

/// The credentials of a paste, as far as they have been read.
#[derive(Default)]
pub(super) struct Pasted {
    /// Whether any line was recognized.
    pub(super) begun: bool,
    /// The part that has several values, if one has.
    pub(super) repeated: Option<Part>,
    /// Whether there was an access key ID in it.
    pub(super) had_id: bool,
    pub(super) id: Option<Secret>,
    pub(super) secret: Option<Secret>,
    pub(super) token: Option<Secret>,
    pub(super) region: Option<Secret>,
    /// The name that the region has: `AWS_REGION` and `AWS_DEFAULT_REGION` may differ.
    region_name: Option<String>,
}

impl Pasted {
    /// Takes what a line of text has, and tells whether it has anything.
    pub(super) fn read(&mut self, line: &str) -> bool {
        let mut is_read = false;
        for part in Line::all(line) {
            self.add(part);
            is_read = true;
        }
        is_read
    }

    /// Takes what the line has. Of several values of a part the first one is kept.
    pub(super) fn add(&mut self, line: Line) {
        self.begun = true;
        if let Line::Part(part, value, name) = line {
            self.had_id |= part == Part::Id;
            let is_other =
                part == Part::Region && *self.region_name.get_or_insert_with(|| name.clone()) != name;
            match self.part(part) {
                Some(first) if first.expose() != value.expose() && !is_other => self.repeated = Some(part),
                Some(_) => {}
                first => *first = Some(value),
            }
        }
    }

    pub(super) fn part(&mut self, part: Part) -> &mut Option<Secret> {
        match part {
            Part::Id => &mut self.id,
            Part::Secret => &mut self.secret,
            Part::Token => &mut self.token,
            Part::Region => &mut self.region,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "c4n4ry/DoNotShow+Me==";

    #[track_caller]
    fn assert_part(text: &str, part: Part, value: &str) {
        match Line::of(text) {
            Some(Line::Part(found, secret, _)) => {
                assert_eq!((found, secret.expose()), (part, value), "{text}");
            }
            _ => panic!("{text}: no part"),
        }
    }

    #[test]
    fn each_form_of_the_access_portal_is_recognized() {
        for form in [
            "export NAME=VALUE",
            "export NAME=\"VALUE\"",
            "export NAME='VALUE';",
            "export NAME=“VALUE”",
            "  export NAME=\"VALUE\"\r",
            "set NAME=VALUE",
            "SET NAME=VALUE",
            "set \"NAME=VALUE\"",
            "$Env:NAME=\"VALUE\"",
            "$env:NAME = 'VALUE'",
            "export NAME=\"VALUE\"  # until 18:00",
            "export NAME='VALUE'; # until 18:00",
            "export NAME=VALUE # it's until 18:00",
            "export NAME=VALUE; echo \"done\"",
            "NAME=VALUE",
        ] {
            for (name, part) in [
                ("AWS_ACCESS_KEY_ID", Part::Id),
                ("AWS_SECRET_ACCESS_KEY", Part::Secret),
                ("AWS_SESSION_TOKEN", Part::Token),
                ("AWS_DEFAULT_REGION", Part::Region),
            ] {
                let text = form.replace("NAME", name).replace("VALUE", CANARY);
                assert_part(&text, part, CANARY);
            }
        }
        assert_part(&format!("aws_secret_access_key = {CANARY}"), Part::Secret, CANARY);
        assert_part(&format!("aws_security_token={CANARY}"), Part::Token, CANARY);
        assert!(
            matches!(Line::of("[123456789012_Admin]"), Some(Line::Header(name)) if name == "123456789012_Admin")
        );
        assert!(matches!(Line::of("[profile 'my prof']"), Some(Line::Header(name)) if name == "my prof"));
    }

    #[test]
    fn an_answer_is_not_taken_for_a_paste() {
        for text in
            ["", "AKIAIOSFODNN7EXAMPLE", "local", "abc+/def=", "x=y", "export", "set", "user name,a=b"]
        {
            assert!(Line::of(text).is_none(), "{text}");
        }
        for text in [
            "export HOME=/x",
            "output = json",
            "export AWS_SESSION_TOKEN=",
            "aws_session_token =",
            "export AWS_SESSION_TOKEN=$(tool)",
        ] {
            assert!(matches!(Line::of(text), Some(Line::Other)), "{text}");
        }
    }

    #[test]
    fn the_two_variables_of_the_region_may_differ() {
        for (text, region, repeated) in [
            ("AWS_REGION=eu-west-1\nAWS_DEFAULT_REGION=us-east-1", "eu-west-1", None),
            ("export AWS_DEFAULT_REGION=us-east-1; export AWS_REGION=eu-west-1", "us-east-1", None),
            ("AWS_REGION=eu-west-1\nAWS_REGION=us-east-1", "eu-west-1", Some(Part::Region)),
        ] {
            let mut pasted = Pasted::default();
            assert!(text.lines().all(|line| pasted.read(line)), "{text}");
            assert_eq!(pasted.region.as_ref().map(Secret::expose), Some(region), "{text}");
            assert_eq!(pasted.repeated, repeated, "{text}");
        }
    }
}
