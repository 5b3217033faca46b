//! The settings in effect, a field each.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Name;
use super::values::{
    AccountId, CommandLine, Format, LoginFlow, Naming, Policies, Program, SdkName, Seconds, SessionName,
    Variable, Variables,
};
use crate::narrowing::Template;
use crate::origin::Place;
use crate::sdk::Sdk;

/// The settings in effect. The names of the fields are those in the file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Config {
    export: Export,
    sdk: SdkName,
    pub(crate) cache: Cache,
    process: Process,
    mfa: Mfa,
    session: Sessions,
    pub(crate) login: Login,
    sync: Sync,
    pub(super) agents: Agents,
    pub(super) profiles: BTreeMap<String, Guards>,
    /// Where the values are set.
    #[serde(skip)]
    pub(super) places: Vec<(Name, Place)>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Export {
    format: Option<Format>,
    variable: Option<Variable>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Cache {
    pub(crate) roles: bool,
    pub(crate) processes: bool,
}

impl Default for Cache {
    fn default() -> Cache {
        Cache { roles: true, processes: false }
    }
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Process {
    timeout: Seconds,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Mfa {
    session: bool,
    command: Option<CommandLine>,
    devices: BTreeMap<String, CommandLine>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Sessions {
    name: Option<SessionName>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Login {
    pub(crate) flow: LoginFlow,
    port: Option<NonZeroU16>,
    browser: Option<Program>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Sync {
    name: Option<Naming>,
    sessions: BTreeMap<String, Naming>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Agents {
    variables: Variables,
    pub(super) read_only: bool,
}

/// What a profile may be used for. The names of the fields are those in the file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Guards {
    pub(super) account: Option<AccountId>,
    pub(super) confirm: bool,
    pub(super) read_only: bool,
    pub(super) policy_arns: Option<Policies>,
}

impl Config {
    /// The same settings with the guards of `start`, which others may have changed since.
    pub(crate) fn guarded_as(self, start: &Config) -> Config {
        let others = self.places.into_iter().filter(|(name, _)| !name.is_guards());
        let guards = start.places.iter().filter(|(name, _)| name.is_guards()).cloned();
        Config {
            places: others.chain(guards).collect(),
            agents: start.agents.clone(),
            profiles: start.profiles.clone(),
            ..self
        }
    }

    /// Where a setting is set, if it is.
    pub(super) fn place(&self, name: &Name) -> Option<&Place> {
        self.places.iter().find(|(other, _)| other == name).map(|(_, place)| place)
    }

    /// `None` means the calling shell's.
    pub(crate) fn export_format(&self) -> Option<&str> {
        self.export.format.as_ref().map(|Format(name)| name.as_str())
    }

    /// The variable that also gets the name of the profile.
    pub(crate) fn export_variable(&self) -> Option<&'static str> {
        self.export.variable.as_ref().and_then(Variable::name)
    }

    /// The SDK whose rules apply where no option names one.
    pub(crate) fn sdk(&self) -> Sdk {
        Sdk::named(&self.sdk.0).unwrap_or_default()
    }

    /// How long a credential_process or a program for MFA may run. Some of them wait for a person at a browser.
    pub(crate) fn process_timeout(&self) -> Duration {
        self.process.timeout.into()
    }

    /// The command that prints the code of the MFA device `serial`, to be split into words as a shell does.
    pub(crate) fn mfa_command(&self, serial: &str) -> Option<&str> {
        let command = self.mfa.devices.get(serial).or(self.mfa.command.as_ref());
        command.map(|CommandLine(text)| text.as_str())
    }

    /// Where the command that prints the code of a device is set.
    pub(crate) fn mfa_command_place(&self, serial: &str) -> Option<&Place> {
        self.place(&Name::of(["mfa", "devices", serial]))
            .or_else(|| self.place(&Name::of(["mfa", "command"])))
    }

    /// Where it is set that the roles of a user share a session with an MFA code, if they do.
    pub(crate) fn mfa_session(&self) -> Option<&Place> {
        self.place(&Name::of(["mfa", "session"])).filter(|_| self.mfa.session)
    }

    /// The template of profile names for a session, and the setting that has it.
    pub(crate) fn sync_name(&self, session: Option<&str>) -> Option<(Name, &str)> {
        let own = session.and_then(|session| {
            let Naming(text) = self.sync.sessions.get(session)?;
            Some((Name::of(["sync", "sessions", session]), text.as_str()))
        });
        own.or_else(|| {
            self.sync.name.as_ref().map(|Naming(text)| (Name::of(["sync", "name"]), text.as_str()))
        })
    }

    /// Every command that prints MFA codes, with the name of its setting.
    pub(crate) fn mfa_commands(&self) -> impl Iterator<Item = (Name, &str)> {
        let all = self.mfa.command.iter().map(|command| (Name::of(["mfa", "command"]), command));
        let devices = self.mfa.devices.iter();
        let each = devices.map(|(serial, command)| (Name::of(["mfa", "devices", serial]), command));
        all.chain(each).map(|(name, CommandLine(text))| (name, text.as_str()))
    }

    /// The variables that show that an agent runs xcred, in the order in which they are looked at.
    pub(crate) fn agent_variables(&self) -> impl Iterator<Item = &str> {
        self.agents.variables.0.iter().map(AsRef::as_ref)
    }

    /// Where these variables are set, if not by default.
    pub(crate) fn agent_variables_place(&self) -> Option<&Place> {
        self.place(&Name::of(["agents", "variables"]))
    }

    /// The names of sessions that nothing else names. `None` means those of the SDK.
    pub(crate) fn session_name(&self) -> Option<&Template> {
        self.session.name.as_ref().map(|SessionName(template)| template)
    }

    /// `None` means any free port.
    pub(crate) fn login_port(&self) -> Option<u16> {
        self.login.port.map(NonZeroU16::get)
    }

    /// The program that opens sign-in pages, to be split into words as a shell does.
    pub(crate) fn login_browser(&self) -> Option<&str> {
        self.login.browser.as_ref().map(|Program(text)| text.as_str())
    }
}
