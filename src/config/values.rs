//! The types of the settings' values, which accept nothing else.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::narrowing::{self, PolicyArn, Template};
use crate::origin::{Located, Origin};
use crate::sdk::Sdk;
use crate::settings;
use crate::shell::{self, Shell};
use crate::sync;
use crate::text::{is_unseen, words};

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LoginFlow {
    /// A device code where no browser can be opened.
    #[default]
    Auto,
    Browser,
    Device,
}

impl Variable {
    pub(super) fn name(&self) -> Option<&'static str> {
        for_prompts(&self.0)
    }
}

fn for_prompts(name: &str) -> Option<&'static str> {
    shell::FOR_PROMPTS.into_iter().find(|known| *known == name)
}

impl Default for SdkName {
    fn default() -> SdkName {
        SdkName(Sdk::default().name().to_owned())
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(try_from = "u32")]
pub(super) struct Seconds(u32);

impl TryFrom<u32> for Seconds {
    type Error = &'static str;

    fn try_from(seconds: u32) -> Result<Seconds, Self::Error> {
        if (1..=24 * 60 * 60).contains(&seconds) { Ok(Seconds(seconds)) } else { Err("not 1 to 86400") }
    }
}

impl Default for Seconds {
    fn default() -> Seconds {
        Seconds(300)
    }
}

impl From<Seconds> for Duration {
    fn from(Seconds(seconds): Seconds) -> Duration {
        Duration::from_secs(seconds.into())
    }
}

/// A text that a setting has only if it `is_valid`.
macro_rules! checked {
    ($(#[$doc:meta])* $name:ident, $error:literal, $is_valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize)]
        #[serde(try_from = "String")]
        pub(super) struct $name(pub(super) String);

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<$name, Self::Error> {
                let is_valid: fn(&str) -> bool = $is_valid;
                if is_valid(&text) { Ok($name(text)) } else { Err($error) }
            }
        }
    };
}

checked!(Format, "unknown format", |name| Shell::named(name).is_some());
checked!(SdkName, "unknown SDK", |name| Sdk::named(name).is_some());
checked!(Program, "not a program", |text| !text.trim().is_empty() && !text.contains(char::is_control));
checked!(
    /// A variable in which prompts look for the name of the profile.
    Variable,
    "unknown variable",
    |name| for_prompts(name).is_some()
);
checked!(
    /// A template of the names of profiles.
    Naming,
    "not a template",
    |text| text.parse::<sync::Template>().is_ok()
);

/// A program and its arguments, as the words of a line.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct CommandLine(pub(super) String);

impl TryFrom<String> for CommandLine {
    type Error = &'static str;

    fn try_from(text: String) -> Result<CommandLine, Self::Error> {
        let Program(text) = text.try_into()?;
        if words::split(&text).is_some() {
            Ok(CommandLine(text))
        } else {
            Err("an unclosed quote or a trailing backslash")
        }
    }
}

/// An AWS account ID: 12 digits.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "String")]
pub struct AccountId(String);

impl AccountId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<AccountId, Self::Error> {
        text.parse()
    }
}

impl FromStr for AccountId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<AccountId, Self::Err> {
        if settings::is_account(text) {
            Ok(AccountId(text.to_owned()))
        } else {
            Err("an account ID has 12 digits")
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A template of session names, which gives a name at least where each of its values is something.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct SessionName(pub(super) Template);

impl TryFrom<String> for SessionName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<SessionName, Self::Error> {
        let template = Template::parse(&text).ok_or("unknown placeholder")?;
        let [user, host, agent] = ["user", "host", "agent"].map(str::to_owned);
        let naming = narrowing::Naming { template, user, host, agent, pid: u32::MAX };
        naming.name("profile").ok_or("too short")?;
        Ok(SessionName(naming.template))
    }
}

impl From<SessionName> for String {
    fn from(SessionName(template): SessionName) -> String {
        template.to_string()
    }
}

/// ARNs of managed policies, or names of those of AWS; at least one.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub(super) struct Policies(pub(super) Vec<PolicyArn>);

impl TryFrom<Vec<String>> for Policies {
    type Error = &'static str;

    fn try_from(texts: Vec<String>) -> Result<Policies, Self::Error> {
        let parse = |text| PolicyArn::parse(Located::new(text, Origin::Default)).map(|found| found.value);
        match texts.into_iter().map(parse).collect::<Result<Vec<_>, _>>() {
            Ok(policies) if !policies.is_empty() => Ok(Policies(policies)),
            _ => Err("not ARNs of policies"),
        }
    }
}

impl From<Policies> for Vec<String> {
    fn from(Policies(policies): Policies) -> Vec<String> {
        policies.iter().map(ToString::to_string).collect()
    }
}

/// Names of variables; at least one. Without any, `agents.read_only` would hold for no agent.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "Vec<String>")]
pub(super) struct Variables(pub(super) Vec<Cow<'static, str>>);

/// The variables that agents set for the programs that they run: the convention AI_AGENT, and the own ones of Claude Code,
/// Codex, Cursor, Gemini CLI, opencode, Copilot CLI, Augment, Qwen Code, Cline, Antigravity, Goose and Amp. `AGENT`, which
/// some of them set too, is too general a name.
const OF_AGENTS: [&str; 15] = [
    "AI_AGENT",
    "CLAUDECODE",
    "CODEX_SANDBOX",
    "CODEX_CI",
    "CODEX_THREAD_ID",
    "CURSOR_AGENT",
    "GEMINI_CLI",
    "OPENCODE",
    "COPILOT_CLI",
    "AUGMENT_AGENT",
    "QWEN_CODE",
    "CLINE_ACTIVE",
    "ANTIGRAVITY_AGENT",
    "GOOSE_TERMINAL",
    "AMP_CURRENT_THREAD_ID",
];

impl Default for Variables {
    fn default() -> Variables {
        Variables(OF_AGENTS.map(Cow::Borrowed).to_vec())
    }
}

impl TryFrom<Vec<String>> for Variables {
    type Error = &'static str;

    fn try_from(names: Vec<String>) -> Result<Variables, Self::Error> {
        // No program sets such a variable, so nothing would ever show the agent.
        let is_odd = |c: char| "=,$\"'".contains(c) || c.is_whitespace() || is_unseen(c);
        let is_name = |name: &String| !name.is_empty() && !name.contains(is_odd);
        if !names.is_empty() && names.iter().all(is_name) {
            Ok(Variables(names.into_iter().map(Cow::Owned).collect()))
        } else {
            Err("not names of variables")
        }
    }
}
