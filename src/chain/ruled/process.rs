//! `credential_process`: a command that the shell runs, and that prints credentials.

use serde_json::{Map, Value, json};

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::command_line::{CommandLine, hold_secrets};
use crate::chain::error::{Error, Expiration as Date, Process};
use crate::chain::printed::{in_place_of, not_json};
use crate::chain::program::Ended;
use crate::chain::surroundings;
use crate::chain::text;
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::sdk::{Dates, Problem, Provider};
use crate::settings::{CREDENTIAL_PROCESS, shell_program_name};
use crate::view::Section;

/// The shell of all these SDKs.
const SHELL: [&str; 2] = ["sh", "-c"];

const KEYS: [&str; 2] = ["AccessKeyId", "SecretAccessKey"];

/// The members that are texts.
const TEXTS: [&str; 4] = ["AccessKeyId", "SecretAccessKey", "SessionToken", "AccountId"];

impl Sight<'_> {
    pub(super) fn process(&self, section: &Section) -> Attempt {
        let Some(command) = self.text(section, CREDENTIAL_PROCESS.name) else {
            return Err(Miss::no_key(const { &[CREDENTIAL_PROCESS.name] }));
        };
        let words: Vec<String> = SHELL.into_iter().chain([&*command.value]).map(str::to_owned).collect();
        let name = shell_program_name(&command.value);
        let line = CommandLine { command: &command, name: &name, words: &words, has_shell: true };
        let credentials = self.run(&line, section)?;
        let identity = format!("output of `{name}`");
        let key = surroundings::key(&command.value, self.profile, &words, self.context);
        Ok(Got::new(Provider::CustomProcess, credentials, identity, key))
    }

    fn run(&self, line: &CommandLine<'_>, section: &Section) -> Result<Credentials, Miss> {
        let miss = |error| Miss::failed(Problem::Process, error);
        if self.context.client.offline {
            line.check(self.context).map_err(miss)?;
            return Err(miss(Error::Offline {
                provider: Provider::CustomProcess,
                what: text::program(line.name),
            }));
        }
        let Ended { printed, said, .. } = line.run(self.context).map_err(miss)?;
        let mark = "\u{feff}".as_bytes();
        let without_mark = printed.strip_prefix(mark).filter(|_| self.rules.process.skips_mark);
        let text = without_mark.unwrap_or(&printed);
        let read = || {
            let document = serde_json::from_slice(text).map_err(|_| Process::NotJson(not_json(text)))?;
            hold_secrets(&document);
            self.printed(&document, line.name, section)
        };
        read().map_err(|fault| {
            let is_last = self.rules.process.odd_key_is_last && matches!(fault, Process::NotText(_));
            miss(line.unusable(fault, said)).last(is_last)
        })
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
            Some(_) => return Err(Process::NoVersion),
            None => return Err(in_place_of("Version", members).unwrap_or(Process::NoVersion)),
        }
        let is_odd = |name: &&str| {
            let found = member(name).filter(|found| !found.is_string());
            found.is_some_and(|found| rules.odd_key_is_last || !found.is_null())
        };
        let texts = match (rules.is_typed, rules.odd_key_is_last) {
            (true, _) => &TEXTS[..],
            (false, true) => &KEYS,
            (false, false) => &[],
        };
        if let Some(odd) = texts.iter().copied().find(is_odd) {
            return Err(Process::NotText(odd));
        }
        let origin = Origin::Process { program: name.to_owned() };
        let text = |name: &str| member(name).and_then(Value::as_str).map(str::to_owned);
        let located = |text: String| Located::new(text, origin.clone());
        let key = |name: &'static str| {
            let found = text(name).filter(|key| rules.empty_keys || !key.is_empty());
            found.ok_or_else(|| match member(name) {
                None => in_place_of(name, members).unwrap_or(Process::Missing(name)),
                Some(_) => Process::Missing(name),
            })
        };
        let [id, secret] = [key(KEYS[0])?, key(KEYS[1])?];
        let token = text("SessionToken").filter(|token| !token.is_empty());
        let account = match text("AccountId") {
            Some(account) if account.is_empty() && rules.empty_account => None,
            Some(account) if !account.is_empty() => Some(located(account)),
            _ => self.account(section).filter(|_| rules.account_of_profile),
        };
        Ok(Credentials {
            account_id: account,
            expiration: self.end(member("Expiration"))?.map(|end| Located::new(end, origin.clone())),
            ..Credentials::keys(located(id), located(secret), token.map(located))
        })
    }

    fn end(&self, found: Option<&Value>) -> Result<Option<Expiration>, Process> {
        let (rules, world) = (&self.rules.process, self.context.client.world);
        let end = match found {
            None | Some(Value::Null) => None,
            Some(value) if rules.dates == Dates::JavaScript => {
                // What is false to JavaScript is as good as missing.
                let is_set = value.as_f64() != Some(0.0) && *value != json!(false) && *value != json!("");
                Expiration::of_javascript(value, || world.zone()).filter(|_| is_set)
            }
            Some(Value::String(text)) => {
                let end = text.trim().parse::<jiff::Timestamp>().ok().filter(|_| rules.dates.accept(text));
                Some(end.ok_or(Process::Expiration(Date::NotADate))?.into())
            }
            Some(_) if rules.odd_end_is_none => None,
            Some(_) => return Err(Process::Expiration(Date::NotText)),
        };
        match end {
            Some(end) if !rules.expired && end.left(world.now()).is_negative() => Err(Process::Expired),
            end => Ok(end),
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
