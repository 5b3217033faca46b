//! `credential_process`: a command that the shell runs, and that prints credentials.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::command_line::CommandLine;
use crate::chain::error::{Error, Expiration as Date, Process};
use crate::chain::program::Ended;
use crate::chain::text;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::sdk::{Problem, Provider};
use crate::settings::{CREDENTIAL_PROCESS, shell_program_name};
use crate::text::hex;
use crate::view::Section;

/// The shell of all these SDKs.
const SHELL: [&str; 2] = ["sh", "-c"];

/// The members that are texts.
const TEXTS: [&str; 4] = ["AccessKeyId", "SecretAccessKey", "SessionToken", "AccountId"];

impl Sight<'_> {
    pub(super) fn process(&self, section: &Section) -> Attempt {
        let Some(command) = self.text(section, CREDENTIAL_PROCESS.name) else {
            return Err(Miss::no_key(const { &[CREDENTIAL_PROCESS.name] }));
        };
        let program = shell_program_name(&command.value);
        let credentials = self.run(&command, &program, section);
        let credentials = credentials.map_err(|error| Miss::failed(Problem::Process, error))?;
        let digest = hex(&Sha256::digest(&command.value));
        let identity = format!("output of `{program}`");
        let key = json!({"CredentialProcess": digest, "Profile": self.profile});
        Ok(Got::new(Provider::CustomProcess, credentials, identity, key))
    }

    fn run(&self, command: &Located<String>, name: &str, section: &Section) -> Result<Credentials, Error> {
        let words: Vec<String> =
            SHELL.iter().map(|word| (*word).to_owned()).chain([command.value.clone()]).collect();
        let line = CommandLine { command, name, words: &words, has_shell: true };
        if self.context.client.offline {
            CommandLine::check(self.context)?;
            return Err(Error::Offline { provider: Provider::CustomProcess, what: text::program(name) });
        }
        let Ended { printed, said, .. } = line.run(self.context)?;
        let failed = |fault| line.failed(fault);
        let mark = "\u{feff}".as_bytes();
        let document = printed.strip_prefix(mark).filter(|_| self.rules.process.skips_mark);
        let document: Value = serde_json::from_slice(document.unwrap_or(&printed))
            .map_err(|_| failed(Process::NotJson { what: "did not print one JSON object", said }))?;
        self.printed(&document, name, section).map_err(failed)
    }

    /// The credentials in what the program printed.
    fn printed(&self, document: &Value, name: &str, section: &Section) -> Result<Credentials, Process> {
        let rules = &self.rules.process;
        let members = document.as_object().ok_or(Process::NotAnObject)?;
        let member = |name: &str| member(members, name, rules.names_in_any_case);
        match member("Version") {
            Some(version) if rules.is_typed && version.is_f64() => return Err(Process::NoVersion),
            Some(version) if version.as_f64() == Some(1.0) => {}
            Some(Value::String(text)) if text.trim() == "1" => return Err(Process::VersionAsText),
            _ => return Err(Process::NoVersion),
        }
        let is_odd = |name: &&str| member(name).is_some_and(|found| !found.is_string() && !found.is_null());
        if let Some(odd) =
            Some(TEXTS).filter(|_| rules.is_typed).and_then(|texts| texts.into_iter().find(is_odd))
        {
            return Err(Process::NotText(odd));
        }
        let origin = Origin::Process { program: name.to_owned() };
        let text = |name: &str| member(name).and_then(Value::as_str).map(str::to_owned);
        let located = |text: String| Located::new(text, origin.clone());
        let id = text("AccessKeyId").filter(|id| !id.is_empty()).ok_or(Process::Missing("AccessKeyId"))?;
        let secret = text("SecretAccessKey").filter(|secret| rules.empty_secret || !secret.is_empty());
        let secret = secret.ok_or(Process::Missing("SecretAccessKey"))?;
        let token = text("SessionToken").filter(|token| !token.is_empty());
        let account = text("AccountId").filter(|account| !account.is_empty()).map(located);
        let of_profile = || if rules.account_of_profile { self.account(section) } else { None };
        Ok(Credentials {
            account_id: account.or_else(of_profile),
            expiration: self.end(member("Expiration"))?.map(|end| Located::new(end, origin.clone())),
            ..Credentials::keys(located(id), located(secret), token.map(located))
        })
    }

    fn end(&self, found: Option<&Value>) -> Result<Option<Expiration>, Process> {
        let (rules, now) = (&self.rules.process, self.context.client.world.now());
        let text = match found {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text,
            Some(_) if rules.bad_expiration => return Ok(None),
            Some(_) => return Err(Process::Expiration(Date::NotText)),
        };
        match text.trim().parse::<jiff::Timestamp>() {
            Ok(end) if end < now && !rules.expired => Err(Process::Expired),
            Ok(end) => Ok(Some(end.into())),
            Err(_) if rules.bad_expiration => Ok(None),
            Err(_) => Err(Process::Expiration(Date::NotADate)),
        }
    }
}

fn member<'m>(members: &'m Map<String, Value>, name: &str, in_any_case: bool) -> Option<&'m Value> {
    let exact = members.get(name);
    if exact.is_some() || !in_any_case {
        return exact;
    }
    members.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
