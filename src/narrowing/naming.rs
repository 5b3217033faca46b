//! The names of sessions that nobody has named: a template of the settings, filled in.

use crate::settings::is_in_iam_name;
use std::fmt;

/// The longest name of a session, in characters.
const LONGEST: usize = 64;

/// The shortest one.
const SHORTEST: usize = 2;

/// The longest name of a federated user.
pub(super) const LONGEST_FEDERATED_NAME: usize = 32;

/// A template such as `{user}@{host}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(Value),
}

/// What a template can contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    User,
    Host,
    Profile,
    Agent,
    Pid,
}

const VALUES: [(&str, Value); 5] = [
    ("user", Value::User),
    ("host", Value::Host),
    ("profile", Value::Profile),
    ("agent", Value::Agent),
    ("pid", Value::Pid),
];

impl Template {
    /// `None` if it has an unknown placeholder, a brace alone, or nothing.
    pub fn parse(text: &str) -> Option<Template> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (literal, behind) = rest.split_once('{').unwrap_or((rest, ""));
            if literal.contains('}') {
                return None;
            }
            if !literal.is_empty() {
                parts.push(Part::Text(literal.to_owned()));
            }
            if literal.len() == rest.len() {
                break;
            }
            let (name, behind) = behind.split_once('}')?;
            let (_, value) = VALUES.iter().find(|(known, _)| *known == name)?;
            parts.push(Part::Value(*value));
            rest = behind;
        }
        (!parts.is_empty()).then_some(Template(parts))
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Value(value) => {
                let name = VALUES.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name);
                write!(f, "{{{name}}}")
            }
        })
    }
}

/// A template, and what fills it in besides the name of a profile.
#[derive(Clone, Debug)]
pub struct Naming {
    pub template: Template,
    pub user: String,
    pub host: String,
    /// Empty without an agent.
    pub agent: String,
    pub pid: u32,
}

/// The name of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionName {
    /// 2 to 64 characters that STS accepts.
    pub text: String,
    /// The part of the cache's key that names the session. It has no process number, so sessions of other processes are used.
    pub key: String,
}

impl Naming {
    /// The name of a session of the profile. `None` where too little is left of it, as of `{agent}` without an agent.
    pub fn name(&self, profile: &str) -> Option<SessionName> {
        let text = self.filled(profile, &self.pid.to_string());
        // No name has a space.
        let key = self.filled_raw(profile, " pid ");
        (text.len() >= SHORTEST).then_some(SessionName { text, key })
    }

    fn filled(&self, profile: &str, pid: &str) -> String {
        let text = self.filled_raw(profile, pid);
        let clean: String =
            text.chars().map(|c| if is_in_iam_name(c) { c } else { '-' }).take(LONGEST).collect();
        // An empty value leaves what separates it from others.
        clean.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
    }

    fn filled_raw(&self, profile: &str, pid: &str) -> String {
        let Template(parts) = &self.template;
        let text = parts.iter().map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Value(Value::User) => &self.user,
            Part::Value(Value::Host) => &self.host,
            Part::Value(Value::Profile) => profile,
            Part::Value(Value::Agent) => &self.agent,
            Part::Value(Value::Pid) => pid,
        });
        text.collect()
    }
}

impl SessionName {
    /// As the name of a federated user, which is shorter.
    #[must_use]
    pub fn federated(self) -> SessionName {
        let text = self.text.chars().take(LONGEST_FEDERATED_NAME).collect();
        SessionName { text, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming(template: &str) -> Naming {
        Naming {
            template: Template::parse(template).unwrap(),
            user: "ada".to_owned(),
            host: "büro".to_owned(),
            agent: String::new(),
            pid: 42,
        }
    }

    fn name(template: &str) -> Option<String> {
        naming(template).name("team/dev").map(|name| name.text)
    }

    #[test]
    fn a_template_has_only_known_placeholders() {
        for good in ["{user}", "x-{user}@{host}", "{profile}{agent}{pid}", "deploy"] {
            assert_eq!(Template::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "{", "}", "{user", "user}", "{name}", "{User}", "{}", "{{user}}", "a{user}}"] {
            assert_eq!(Template::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_has_the_characters_and_the_length_of_sts() {
        assert_eq!(name("{user}@{host}").as_deref(), Some("ada@b-ro"));
        assert_eq!(name("{profile} {pid}").as_deref(), Some("team-dev-42"));
        assert_eq!(name("{user}-{agent}").as_deref(), Some("ada"));
        assert_eq!(name("{agent}-{agent}"), None);
        assert_eq!(name("é{agent}"), None);
        let long = Naming { user: "n".repeat(100), ..naming("{user}") }.name("p").unwrap();
        assert_eq!((long.text.len(), long.clone().federated().text.len()), (64, 32));
    }

    #[test]
    fn the_key_differs_with_the_name_but_not_with_the_process() {
        let key = |naming: Naming| naming.name("p").unwrap().key;
        let of = |template: &str| key(naming(template));
        assert_eq!(of("{user}-{pid}"), key(Naming { pid: 7, ..naming("{user}-{pid}") }));
        assert_ne!(of("{user}-{pid}"), of("{user}-42"));
        assert_ne!(
            of("{user}-{agent}"),
            key(Naming { agent: "goose".to_owned(), ..naming("{user}-{agent}") })
        );
    }
}
