//! The values of settings that not every text is.

use std::num::NonZeroU16;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::sdk::Sdk;
use crate::shell::{self, Shell};

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LoginFlow {
    /// A device code where no browser can be opened.
    #[default]
    Auto,
    Browser,
    Device,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct Port(pub(super) NonZeroU16);

#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct Format(pub(super) String);

impl TryFrom<String> for Format {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Format, Self::Error> {
        if Shell::named(&name).is_some() { Ok(Format(name)) } else { Err("unknown format") }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct Variable(String);

impl Variable {
    pub(super) fn name(&self) -> Option<&'static str> {
        shell::FOR_PROMPTS.into_iter().find(|known| *known == self.0)
    }
}

impl TryFrom<String> for Variable {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Variable, Self::Error> {
        let variable = Variable(name);
        if variable.name().is_some() { Ok(variable) } else { Err("unknown variable") }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct SdkName(pub(super) String);

impl Default for SdkName {
    fn default() -> SdkName {
        SdkName(Sdk::default().name().to_owned())
    }
}

impl TryFrom<String> for SdkName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<SdkName, Self::Error> {
        if Sdk::named(&name).is_some() { Ok(SdkName(name)) } else { Err("unknown SDK") }
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

#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct Program(pub(super) String);

impl TryFrom<String> for Program {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Program, Self::Error> {
        let is_program = !text.trim().is_empty() && !text.contains(char::is_control);
        if is_program { Ok(Program(text)) } else { Err("not a program") }
    }
}

/// A template of names. Its values and filters are checked where it is used: they are those of `sso sync`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(super) struct Naming(pub(super) String);

impl TryFrom<String> for Naming {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Naming, Self::Error> {
        let is_template = !text.is_empty() && !text.contains(char::is_control);
        if is_template { Ok(Naming(text)) } else { Err("not a template") }
    }
}
