//! What the options of a command narrow the credentials to.

use std::path::{Path, PathBuf};

use crate::cli::{Expecting, Keys, Narrow, Resolving};
use crate::config::AccountId;
use crate::failure::{Command, Failure};
use crate::narrowing::{Fault, Narrowing, Policy, PolicyArn, Tag, duration, name, role_arn};
use crate::origin::{Located, Origin};
use crate::sdk::Sdk;
use crate::world::World;

/// What the options ask for, checked. `None` if they ask for nothing.
pub(super) fn narrowing(options: &Narrow, world: &World) -> Result<Option<Narrowing>, Failure> {
    let Narrow {
        role_arn: role,
        policy_arn,
        policy,
        read_only,
        duration: lasting,
        session_name,
        source_identity,
        tag,
    } = options;
    let asked = Narrowing {
        role_arn: role
            .as_deref()
            .map(|text| role_arn(of("--role-arn", text).map(str::to_owned)))
            .transpose()?,
        policy_arns: policy_arn
            .iter()
            .map(|text| PolicyArn::parse(of("--policy-arn", text.clone())))
            .collect::<Result<_, _>>()?,
        policy: policy.as_deref().map(|text| document(text, world)).transpose()?,
        read_only: read_only.then_some(Origin::Option { name: "--read-only" }),
        duration: lasting.as_deref().map(|text| duration(of("--duration", text))).transpose()?,
        session_name: session_name.clone().map(|text| name(of("--session-name", text))).transpose()?,
        source_identity: source_identity
            .clone()
            .map(|text| name(of("--source-identity", text)))
            .transpose()?,
        tags: tag.iter().map(|text| Tag::parse(of("--tag", text))).collect::<Result<_, _>>()?,
    };
    Ok(asked.checked()?)
}

fn of<T>(name: &'static str, value: T) -> Located<T> {
    Located::new(value, Origin::Option { name })
}

/// The policy of `JSON` or `@FILE`.
fn document(text: &str, world: &World) -> Result<Located<Policy>, Failure> {
    let text = of("--policy", text);
    if let Some(file) = text.value.strip_prefix('@') {
        // A shell doesn't expand a tilde behind `@`.
        let path = world.expand_user(file).unwrap_or_else(|_| PathBuf::from(file));
        return Ok(Policy::read(Path::new(&path), &text.origin)?);
    }
    let (path, origin) = (Path::new(text.value), text.origin.clone());
    let policy = Policy::parse(text);
    if policy.is_err() && path.is_file() {
        return Err(Fault::FileName { path: path.into() }.at(origin).into());
    }
    Ok(policy?)
}

impl Resolving {
    /// The command with the same options: without one of them, one that is advised could hand out another identity. `None` if
    /// keys are given, whose secret no command can have.
    pub(in crate::cmd) fn on(&self, command: Command) -> Option<Command> {
        let Resolving { no_cache, sdk, expecting: Expecting { expect_account }, keys } = self;
        let Keys { access_key_id: None, secret_fd: None, account_id: None } = keys else { return None };
        let command = if *no_cache { command.flag("--no-cache") } else { command };
        let command = command.option_if("--sdk", sdk.map(Sdk::name));
        Some(command.option_if("--expect-account", expect_account.as_ref().map(AccountId::as_str)))
    }
}

impl Narrow {
    /// The command with the same options: one that is advised must not hand out more.
    pub(in crate::cmd) fn on(&self, command: Command) -> Command {
        let Narrow { role_arn, policy_arn, policy, read_only, duration, session_name, source_identity, tag } =
            self;
        let one = |name: &'static str, value: &Option<String>| value.clone().map(|value| (name, value));
        let values = one("--role-arn", role_arn)
            .into_iter()
            .chain(policy_arn.iter().map(|arn| ("--policy-arn", arn.clone())))
            .chain(one("--policy", policy))
            .chain(one("--duration", duration))
            .chain(one("--session-name", session_name))
            .chain(one("--source-identity", source_identity))
            .chain(tag.iter().map(|tag| ("--tag", tag.clone())));
        let command = values.fold(command, |command, (name, value)| command.option(name, value));
        if *read_only { command.flag("--read-only") } else { command }
    }

    /// Whether an option is given.
    pub(in crate::cmd) fn is_given(&self) -> bool {
        self.on(Command::new([])) != Command::new([])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Exec;

    #[test]
    fn a_command_that_is_advised_resolves_as_the_one_that_was_typed() {
        for (typed, advised) in [
            ("", Some("xcred")),
            (
                "--expect-account 123456789012 --sdk js --no-cache",
                Some("xcred --no-cache --sdk js --expect-account 123456789012"),
            ),
            ("--sdk js --access-key-id AKIAX", None),
            ("--access-key-id AKIAX --secret-fd 3", None),
            ("--account-id 123456789012", None),
        ] {
            let words: Vec<_> = typed.split_whitespace().map(Into::into).collect();
            let (_, args) = Exec::parsed(&words).expect("a valid line");
            let found = args.resolving.on(Command::xcred([])).map(|command| command.to_string());
            assert_eq!(found.as_deref(), advised, "{typed}");
        }
    }
}
