//! `credential_process`: a program that prints credentials.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::chain::ask::{Answer, Ask, Deferred, Lead, Loaded, Planned, Provide, Scope, Stage, first_of};
use crate::chain::cache::PATIENCE;
use crate::chain::command_line::{CommandLine, hold_secrets};
use crate::chain::context::Context;
use crate::chain::error::{Error, Expiration as Date, Process, Settings};
use crate::chain::printed::{in_place_of, not_json};
use crate::chain::program::Ended;
use crate::chain::reason::Reason;
use crate::chain::refresh::{REFRESH_WITHIN, refresh};
use crate::chain::surroundings;
use crate::chain::text::program;
use crate::credentials::{Credentials, Expiration};
use crate::dateutil;
use crate::narrowing::{Narrowed, Narrowing};
use crate::origin::{Located, Origin};
use crate::profile::Profile;
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{issued, python_json};
use crate::settings::{AWS_ACCOUNT_ID, CREDENTIAL_PROCESS, program_name};
use crate::text::words;

const NAME: Provider = Provider::CustomProcess;
const KEY: &str = CREDENTIAL_PROCESS.name;

pub(super) struct CustomProcess;

/// A program to run.
struct Plan {
    command: Located<String>,
    words: Vec<String>,
    /// The program, as it may be shown.
    name: String,
    profile: String,
    /// The profile's own account, which is used if the program prints none.
    account_id: Option<Located<String>>,
}

impl Provide for CustomProcess {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &[KEY])
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let (client, profile) = (&scope.context.client, scope.profile.to_owned());
        let Some(command) = client.text(&profile, KEY)? else {
            return Ok(Planned::absent(Reason::NoKey(&[KEY])));
        };
        let origin = || command.origin.clone();
        let words = words::split(&command.value);
        let words = words.ok_or_else(|| Settings::UnbalancedQuote.at(origin()))?;
        if words.is_empty() {
            return Err(Settings::EmptyProcess.at(origin()));
        }
        let account_id = client.text(&profile, AWS_ACCOUNT_ID.name)?;
        let name = program_name(&words);
        Ok(Planned::ask(vec![origin()], Plan { command, words, name, profile, account_id }))
    }
}

impl Ask for Plan {
    /// Runs the program, unless its last output is cached.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let now = context.client.world.now();
        let run = || self.run(context);
        let is_read_only = (context.is_read_only_program)(&self.words);
        // Its cached output may be of a run that narrowed nothing, so the two have different keys.
        let key = self.key(is_read_only, context);
        let kept = |loaded| if is_read_only { ReadOnly(loaded).loaded() } else { loaded };
        let identity = format!("output of `{}`", self.name);
        if context.client.offline {
            let asked = self.line().check(context).map(|()| (NAME, program(&self.name)));
            return Answer::of(asked.map(|asked| kept(Loaded::unasked(identity, key, asked))));
        }
        let cache =
            context.cache.as_ref().filter(|cache| cache.keeps_processes && !self.may_be_this_program());
        let first = match cache {
            Some(cache) => {
                cache.get(&key, (now, PATIENCE), context.client.progress, context.interaction, run)
            }
            None => run(),
        };
        Answer::of(first.map(|first| {
            let is_short = first.expiration.as_ref().is_some_and(|at| at.value.left(now) < REFRESH_WITHIN);
            let stage = if is_short {
                Stage::Deferred(Box::new(move |context: &Context<'_>| {
                    let expired = || self.line().failed(Process::Expired);
                    refresh(&first, context.client.world.now(), || self.run(context), expired)
                }))
            } else {
                Stage::Ready(first)
            };
            kept(Loaded { identity, key: Some(key.clone()), stage })
        }))
    }
}

/// What a program prints that narrows it itself.
struct ReadOnly(Loaded);

impl ReadOnly {
    fn loaded(self) -> Loaded {
        Loaded::narrowable(self.0.identity.clone(), self.0.key(), self)
    }
}

impl Deferred for ReadOnly {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        self.0.retrieve(context)
    }

    fn unasked(&self) -> Option<&str> {
        self.0.what()
    }

    fn narrowed(
        self: Box<Self>,
        asked: &Narrowing,
        context: &Context<'_>,
    ) -> Result<Option<(Loaded, Narrowed)>, Error> {
        let partition = context.client.partition();
        Ok(asked.for_read_only_program(partition.name).map(|narrowed| (self.loaded(), narrowed)))
    }
}

impl Plan {
    /// Whether another process of this program is run, perhaps by a shell. It has a cache of its own, behind its guards.
    fn may_be_this_program(&self) -> bool {
        let is_of_path = |c: char| c.is_alphanumeric() || "-_./".contains(c);
        let mut words = self.command.value.split(|c| !is_of_path(c));
        words.any(|word| word.rsplit('/').next() == Some("xcred"))
    }

    /// The cache key.
    fn key(&self, is_read_only: bool, context: &Context<'_>) -> Value {
        let mut key = surroundings::key(&self.command.value, &self.profile, &self.words, context);
        if is_read_only {
            key["ReadOnly"] = json!(true);
        }
        key
    }

    fn line(&self) -> CommandLine<'_> {
        CommandLine { command: &self.command, name: &self.name, words: &self.words, has_shell: false }
    }

    fn run(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let Ended { printed, said, .. } = self.line().run(context)?;
        let now = context.client.world.now();
        self.parse(&printed, now).map_err(|fault| self.line().unusable(fault, said))
    }

    /// Parses the output of the program.
    fn parse(&self, printed: &[u8], now: Timestamp) -> Result<Credentials, Process> {
        let document = python_json(printed).ok_or_else(|| Process::NotJson(not_json(printed)))?;
        hold_secrets(&document);
        self.read(&document, now)
    }

    fn read(&self, printed: &Value, now: Timestamp) -> Result<Credentials, Process> {
        let printed = printed.as_object().ok_or(Process::NotAnObject)?;
        // Python compares with `!= 1`, and 1.0 and true equal 1.
        let is_one = |version: &Value| version.as_f64() == Some(1.0) || version.as_bool() == Some(true);
        let version = printed.get("Version");
        if !version.is_some_and(is_one) {
            let is_text = version.and_then(Value::as_str).is_some_and(|text| text.trim() == "1");
            let otherwise = if is_text { Process::VersionAsText } else { Process::NoVersion };
            let instead = if version.is_none() { in_place_of("Version", printed) } else { None };
            return Err(instead.unwrap_or(otherwise));
        }
        let origin = Origin::Process { program: self.name.clone() };
        let text = |name: &'static str| {
            let value = printed.get(name).filter(|value| !value.is_null());
            let text = value.map(issued::text).transpose().map_err(|odd| Process::odd(name, odd))?;
            Ok(text.map(|text| Located::new(text.to_owned(), origin.clone())))
        };
        for required in ["AccessKeyId", "SecretAccessKey"] {
            if !printed.contains_key(required) {
                return Err(in_place_of(required, printed).unwrap_or(Process::Missing(required)));
            }
        }
        let expiration = match printed.get("Expiration") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(date(text, now).map_err(Process::Expiration)?),
            Some(_) => return Err(Process::Expiration(Date::NotText)),
        };
        // Python's `or`: the profile's own account is used if the printed one is false in Python.
        let is_false = |value: &&Value| match value {
            Value::Null | Value::Bool(false) => true,
            Value::Number(number) => number.as_f64() == Some(0.0),
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(true) => false,
        };
        let account_id = match printed.get("AccountId").filter(|id| !is_false(id)) {
            Some(found) => {
                let found = issued::account_id(found).map_err(|odd| Process::odd("AccountId", odd))?;
                Some(Located::new(found, origin.clone()))
            }
            None => self.account_id.clone(),
        };
        Ok(Credentials {
            access_key_id: text("AccessKeyId")?,
            secret_access_key: text("SecretAccessKey")?.map(|found| found.map(Secret::held)),
            session_token: text("SessionToken")?.map(|found| found.map(Secret::held)),
            account_id,
            expiration: expiration.map(|at| Located::new(at, origin.clone())),
            ..Credentials::default()
        })
    }
}

fn date(text: &str, now: Timestamp) -> Result<Expiration, Date> {
    let parsed = dateutil::parse(text, now).ok_or(Date::NotADate)?;
    Ok(Expiration::new(parsed.local, parsed.offset.ok_or(Date::NoTimeZone)?))
}

#[cfg(test)]
fn plan_of(command: &str) -> Plan {
    Plan {
        command: Located::new(command.to_owned(), Origin::Process { program: "p".to_owned() }),
        words: vec!["p".to_owned()],
        name: "p".to_owned(),
        profile: "default".to_owned(),
        account_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_xcred_is_recognized_by_the_name_of_the_program() {
        for command in
            ["xcred credential-process", "/opt/bin/xcred x", "sh -c 'A=b xcred x'", "env A=/b/xcred"]
        {
            assert!(plan_of(command).may_be_this_program(), "{command}");
        }
        for command in ["/home/me/xcred-tools/get", "/xcred/get", "get --for=xcreds", "my.xcred"] {
            assert!(!plan_of(command).may_be_this_program(), "{command}");
        }
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn process_output() {
        let plan = plan_of("p");
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(found) = plan.parse(bytes, Timestamp::UNIX_EPOCH) else { return };
            let printed = python_json(bytes).unwrap();
            let id = found.access_key_id.map(|id| Value::String(id.value));
            if printed["AccessKeyId"].is_string() {
                assert_eq!(id.as_ref(), Some(&printed["AccessKeyId"]));
            }
        });
    }
}
