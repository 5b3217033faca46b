//! The template of profile names.

use std::str::FromStr;

use super::Error;
use super::reduction::{is_in_names, reduced};

/// Text and the values in it: `{account_name}/{role_name}`, `{account_name|trim:corp-|lower}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(Variable, Vec<Filter>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    AccountName,
    AccountId,
    RoleName,
    Email,
    Session,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Filter {
    Lower,
    Upper,
    /// Takes the text away from the beginning and from the end of the value.
    Trim(String),
}

/// The values that a name is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'v> {
    pub(super) account_name: Option<&'v str>,
    pub(super) account_id: &'v str,
    pub(super) role_name: &'v str,
    pub(super) email: Option<&'v str>,
    pub(super) session: &'v str,
}

const NAMES: [(&str, Variable); 5] = [
    ("account_name", Variable::AccountName),
    ("account_id", Variable::AccountId),
    ("role_name", Variable::RoleName),
    ("email", Variable::Email),
    ("session", Variable::Session),
];

/// The template of granted, so that people who come from there keep the names of their profiles.
impl Default for Template {
    fn default() -> Template {
        Template(vec![
            Part::Value(Variable::AccountName, Vec::new()),
            Part::Text("/".to_owned()),
            Part::Value(Variable::RoleName, Vec::new()),
        ])
    }
}

impl FromStr for Template {
    type Err = Error;

    fn from_str(text: &str) -> Result<Template, Error> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (before, value) =
                rest.split_once('{').map_or((rest, None), |(text, value)| (text, Some(value)));
            if let Some(character) = before.chars().find(|c| !is_in_names(*c)) {
                return Err(Error::Character { template: text.to_owned(), character });
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let Some(value) = value else { break };
            let (value, behind) =
                value.split_once('}').ok_or_else(|| Error::Unclosed { template: text.to_owned() })?;
            parts.push(part(value)?);
            rest = behind;
        }
        if parts.is_empty() { Err(Error::Empty) } else { Ok(Template(parts)) }
    }
}

fn part(text: &str) -> Result<Part, Error> {
    let mut words = text.split('|');
    let name = words.next().unwrap_or_default().trim();
    let found = NAMES.iter().find(|(known, _)| *known == name);
    let (_, name) = found.ok_or_else(|| Error::Value { name: name.to_owned() })?;
    let filters = words.map(|filter| match filter.trim() {
        "lower" => Ok(Filter::Lower),
        "upper" => Ok(Filter::Upper),
        _ => match filter.trim_start().strip_prefix("trim:") {
            Some(text) if !text.is_empty() => Ok(Filter::Trim(text.to_owned())),
            _ => Err(Error::Filter { filter: filter.trim().to_owned() }),
        },
    });
    Ok(Part::Value(*name, filters.collect::<Result<_, _>>()?))
}

impl Template {
    /// The name of the values. `with_id` adds the account's ID to its name.
    pub(super) fn render(&self, values: Values<'_>, with_id: bool) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Value(name, filters) => {
                    let value = rendered(*name, filters, values);
                    text.push_str(&value);
                    // Without a name the ID is there already.
                    if with_id && *name == Variable::AccountName && value != values.account_id {
                        text.push('-');
                        text.push_str(values.account_id);
                    }
                }
            }
        }
        text
    }

    /// What the account's name comes to, wherever the template has it; nothing if it doesn't. Accounts for which it is
    /// the same can't be told apart by their names.
    pub(super) fn account(&self, values: Values<'_>) -> Option<String> {
        let mut texts = self.0.iter().filter_map(|part| match part {
            Part::Value(name @ Variable::AccountName, filters) => Some(rendered(*name, filters, values)),
            _ => None,
        });
        let first = texts.next()?;
        Some(texts.fold(first, |all, text| format!("{all}\n{text}")))
    }
}

/// A value after its filters, in the characters of names; the account's ID for an account without a name.
fn rendered(name: Variable, filters: &[Filter], values: Values<'_>) -> String {
    let value = match name {
        Variable::AccountName => values.account_name.unwrap_or_default(),
        Variable::AccountId => values.account_id,
        Variable::RoleName => values.role_name,
        Variable::Email => values.email.unwrap_or_default(),
        Variable::Session => values.session,
    };
    let filtered = filters.iter().fold(value.trim().to_owned(), |value, filter| match filter {
        Filter::Lower => value.to_lowercase(),
        Filter::Upper => value.to_uppercase(),
        Filter::Trim(text) => {
            let value = value.strip_prefix(text.as_str()).unwrap_or(&value);
            value.strip_suffix(text.as_str()).unwrap_or(value).to_owned()
        }
    });
    let text = reduced(&filtered);
    let falls_back = text.is_empty() && matches!(name, Variable::AccountName | Variable::Email);
    if falls_back { reduced(values.account_id) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: Values<'_> = Values {
        account_name: Some("corp-Log Archive"),
        account_id: "111122223333",
        role_name: "Admin",
        email: Some("a@x.org"),
        session: "my corp",
    };

    #[test]
    fn values_are_filtered_and_then_reduced() {
        for (template, name) in [
            ("{account_name}/{role_name}", "corp-Log-Archive/Admin"),
            ("{account_name|trim:corp-|lower}.{role_name|upper}", "log-archive.ADMIN"),
            ("{account_name|trim: Archive}/{role_name}", "corp-Log/Admin"),
            ("{session}:{account_id}:{role_name}", "my-corp:111122223333:Admin"),
            ("{ email }/{role_name}", "a@x.org/Admin"),
            ("aws_{role_name}", "aws_Admin"),
            ("{account_name|trim:corp-Log Archive}/{role_name}", "111122223333/Admin"),
        ] {
            assert_eq!(template.parse::<Template>().unwrap().render(VALUES, false), name, "{template}");
        }
        let default = Template::default();
        assert_eq!("{account_name}/{role_name}".parse::<Template>().unwrap(), default);
        assert_eq!(default.render(VALUES, true), "corp-Log-Archive-111122223333/Admin");
        let nameless = Values { account_name: None, email: Some(" "), ..VALUES };
        assert_eq!(default.render(nameless, true), "111122223333/Admin");
        let mail: Template = "{email}/{role_name}".parse().unwrap();
        assert_eq!(mail.render(nameless, false), "111122223333/Admin");
    }

    #[test]
    fn an_invalid_template_is_refused() {
        for template in [
            "{account}/{role_name}",
            "{account_name",
            "{role_name}}",
            "{role_name|title}",
            "{role_name|trim:}",
            "a b/{role_name}",
            "{role_name}]",
            "",
        ] {
            assert!(template.parse::<Template>().is_err(), "{template}");
        }
    }
}
