//! `credential_process`: a program that prints credentials.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::plan::{Ask, Intent, Planned};
use super::program::{Ended, Fault, Program};
use super::renew::{RENEW_WITHIN, renew};
use super::run::{Later, Loaded, Stage};
use super::{Context, Error, Provider, hex};
use crate::credentials::{Credentials, Expiration};
use crate::dateutil::{self, Parsed};
use crate::origin::{Located, Origin};
use crate::profile::words;
use crate::secret::Secret;

/// A program to run.
#[derive(Clone)]
pub(super) struct Plan {
    command: Located<String>,
    words: Vec<String>,
    profile: String,
    /// The profile's own account, where the program does not tell one.
    account_id: Option<Located<String>>,
}

/// The plan for a profile.
pub(super) fn plan(context: &Context<'_>, profile: &str) -> Result<Planned, Error> {
    let Some(command) = context.client.text(profile, "credential_process")? else {
        return Ok(Planned::absent(Provider::CustomProcess, "no credential_process"));
    };
    let Some(words) = words::split(&command.value) else {
        return Err(Error::invalid("credential_process has an unbalanced quote", Some(command.origin)));
    };
    if words.is_empty() {
        return Err(Error::invalid("credential_process is empty", Some(command.origin)));
    }
    let looked_at = vec![command.origin.clone()];
    let account_id = context.client.text(profile, "aws_account_id")?;
    let plan = Plan { command, words, profile: profile.to_owned(), account_id };
    Ok(Planned::new(Provider::CustomProcess, looked_at, Intent::Ask(Ask::Process(plan))))
}

impl Plan {
    /// What would be run.
    pub(super) fn what(&self) -> String {
        format!("the program `{}`", self.words[0])
    }

    /// Runs the program, unless its last result is kept.
    pub(super) fn load(self, context: &Context<'_>) -> Result<Loaded, Error> {
        let now = context.client.world.now();
        let run = || self.run(context);
        let first = match context.cache.as_ref().filter(|cache| cache.keeps_processes) {
            Some(cache) => cache.get(&self.key(), now, context.interaction, run)?,
            None => run()?,
        };
        let (identity, key) = (format!("output of `{}`", self.words[0]), self.key());
        let renewable = first.expiration.as_ref().is_some_and(|at| at.value.left(now) < RENEW_WITHIN);
        let stage =
            if renewable { Stage::Later(Box::new(Again { plan: self, first })) } else { Stage::Ready(first) };
        Ok(Loaded { identity, key: Some(key), stage })
    }

    /// What tells its credentials from all others in the cache. The profile belongs to it because a program may
    /// look at it; the command is there as a digest because its arguments may hold a secret.
    fn key(&self) -> Value {
        let digest = Sha256::digest(&self.command.value);
        json!({"CredentialProcess": hex(&digest), "Profile": self.profile})
    }

    fn run(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let program = &self.words[0];
        let way = context.circle.enter(context.client.world, "credential_process")?;
        let _progress = context.interaction.show(&self.what());
        let helper = Program {
            words: &self.words,
            variables: &[way],
            limit: context.process_limit,
            keeps_errors: true,
        };
        let Ended { status, printed, said } = helper.run().map_err(|fault| self.stopped(fault))?;
        if !status.success() {
            let said = if said.is_empty() { "nothing on standard error" } else { &said };
            return Err(self.failed(format!("`{program}` ended with {status}: {said}")));
        }
        self.parse(&printed, &said, context.client.world.now())
    }

    /// The credentials that the program printed; `said` is what it wrote on standard error.
    pub(super) fn parse(
        &self,
        printed: &[u8],
        said: &str,
        now: jiff::Timestamp,
    ) -> Result<Credentials, Error> {
        let program = &self.words[0];
        let unusable = |what: &str| {
            let said = if said.is_empty() { String::new() } else { format!("; it said: {said}") };
            self.failed(format!("`{program}` {what}{said}"))
        };
        let document: Value =
            serde_json::from_slice(printed).map_err(|_| unusable(instead_of_json(printed)))?;
        self.read(&document, now)
    }

    /// What keeps the program from being run to its end.
    fn stopped(&self, fault: Fault) -> Error {
        let program = self.words[0].clone();
        let origin = self.command.origin.clone();
        match fault {
            Fault::NotStarted(source) => Error::NotStarted { program, source, origin },
            Fault::Slow { .. } => Error::Provider {
                provider: Provider::CustomProcess.name().into(),
                message: format!("`{program}` {fault}"),
                origin: Some(origin),
                help: Some("if it needs longer: `xcred settings set process.timeout SECONDS`".into()),
            },
            fault => self.failed(format!("`{program}` {fault}")),
        }
    }

    fn read(&self, printed: &Value, now: jiff::Timestamp) -> Result<Credentials, Error> {
        let program = &self.words[0];
        let Some(printed) = printed.as_object() else {
            return Err(self.failed(format!("`{program}` printed JSON that is no object")));
        };
        // Python compares with `!= 1`, for which 1.0 and true are 1 as well.
        let is_one = |version: &Value| version.as_f64() == Some(1.0) || version.as_bool() == Some(true);
        if !printed.get("Version").is_some_and(is_one) {
            let quoted =
                printed.get("Version").and_then(Value::as_str).is_some_and(|text| text.trim() == "1");
            let what = if quoted {
                "printed Version as text, not as the number 1"
            } else {
                "did not print \"Version\": 1"
            };
            return Err(self.failed(format!("`{program}` {what}")));
        }
        let origin = Origin::Process { program: program.clone() };
        let text = |name: &str| {
            let value = printed.get(name).filter(|value| !value.is_null())?;
            Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        let located = |text: String| Located::new(text, origin.clone());
        for required in ["AccessKeyId", "SecretAccessKey"] {
            if !printed.contains_key(required) {
                return Err(self.failed(format!("`{program}` did not print {required}")));
            }
        }
        let expiration = match printed.get("Expiration") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => match dateutil::parse(text, now) {
                Some(Parsed { local, offset: Some(offset) }) => Some(Expiration::new(local, offset)),
                Some(Parsed { offset: None, .. }) => {
                    return Err(self.failed(format!("`{program}` printed an Expiration without a time zone")));
                }
                None => return Err(self.failed(format!("`{program}` printed an Expiration that is no date"))),
            },
            Some(_) => return Err(self.failed(format!("`{program}` printed an Expiration that is no text"))),
        };
        // Python's `or`: whatever it takes for false lets the profile's own account count.
        let is_false = |value: &&Value| match value {
            Value::Null | Value::Bool(false) => true,
            Value::Number(number) => number.as_f64() == Some(0.0),
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(true) => false,
        };
        let account_id = printed.get("AccountId").filter(|id| !is_false(id));
        let account_id = account_id.and_then(|_| text("AccountId")).map(located);
        Ok(Credentials {
            access_key_id: text("AccessKeyId").map(located),
            secret_access_key: text("SecretAccessKey").map(located).map(|found| found.map(Secret::held)),
            session_token: text("SessionToken").map(located).map(|found| found.map(Secret::held)),
            account_id: account_id.or_else(|| self.account_id.clone()),
            expiration: expiration.map(|at| Located::new(at, origin.clone())),
        })
    }

    fn failed(&self, message: String) -> Error {
        Error::Provider {
            provider: Provider::CustomProcess.name().into(),
            message,
            origin: Some(self.command.origin.clone()),
            help: Some("run the command by hand to see what it prints".into()),
        }
    }
}

/// What a program printed in the place of one JSON object.
fn instead_of_json(printed: &[u8]) -> &'static str {
    let is_json = |text: &[u8]| serde_json::from_slice::<Value>(text).is_ok_and(|found| found.is_object());
    let at = |byte: u8| printed.iter().position(|found| *found == byte);
    let (first, last) = (at(b'{'), printed.iter().rposition(|found| *found == b'}'));
    match (first, last) {
        _ if printed.trim_ascii().is_empty() => "printed nothing",
        (Some(first), _) if first > 0 && is_json(&printed[first..]) => "printed text before the JSON",
        (_, Some(last)) if is_json(&printed[..=last]) => "printed text behind the JSON",
        _ => "did not print one JSON object",
    }
}

/// Credentials that end so soon that the program is run again at once.
struct Again {
    plan: Plan,
    first: Credentials,
}

impl Later for Again {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        renew(&self.first, context.client.world.now(), || self.plan.run(context)).map_err(|error| {
            error.unwrap_or_else(|| {
                self.plan.failed(format!("`{}` printed credentials that have expired", self.plan.words[0]))
            })
        })
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn process_output() {
        let origin = Origin::Process { program: "p".to_owned() };
        let plan = Plan {
            command: Located::new("p".to_owned(), origin),
            words: vec!["p".to_owned()],
            profile: "default".to_owned(),
            account_id: None,
        };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(found) = plan.parse(bytes, "", jiff::Timestamp::UNIX_EPOCH) else { return };
            let printed: Value = serde_json::from_slice(bytes).unwrap();
            let id = found.access_key_id.map(|id| Value::String(id.value));
            if printed["AccessKeyId"].is_string() {
                assert_eq!(id.as_ref(), Some(&printed["AccessKeyId"]));
            }
        });
    }
}
