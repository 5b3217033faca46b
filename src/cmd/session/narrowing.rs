//! What the options of a command narrow the credentials to.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::Session;
use crate::cli::{self, Cli, Narrow};
use crate::config::Config;
use crate::failure::{Command, Failure};
use crate::guard::Agent;
use crate::narrowing::{Fault, Naming, Narrowing, Policy, PolicyArn, Tag, duration, name, role_arn};
use crate::origin::{Located, Origin};
use crate::sdk::Sdk;
use crate::world::World;

impl Session<'_> {
    /// The setting by which the roles of a user share a session with an MFA code. Other tools have no such sessions.
    pub(super) fn mfa_session(&self, config: &Config) -> Option<Origin> {
        config.mfa_session().filter(|_| self.sdk == Sdk::default()).cloned().map(Origin::File)
    }

    /// The names of sessions, if a setting has them: those of other tools with their rules.
    pub(super) fn naming(&self, config: &Config) -> Option<Naming> {
        let template = config.session_name().filter(|_| self.sdk == Sdk::default())?.clone();
        let agent = Agent::of(self.world, config.agent_variables());
        let agent = agent.map(|Agent { variable, name }| name.unwrap_or(variable)).unwrap_or_default();
        let host = self.world.host();
        Some(Naming {
            template,
            user: self.world.user().unwrap_or_default(),
            host: host.split('.').next().unwrap_or_default().to_owned(),
            agent,
            pid: std::process::id(),
        })
    }
}

impl Session<'_> {
    /// Whether a `credential_process` is this program, which gets the variables that show an agent, and so narrows what it
    /// prints to the policy `ReadOnlyAccess`, or prints nothing.
    pub(super) fn is_read_only_program(&self, words: &[String], config: &Config) -> bool {
        let is_agent = || Agent::of(self.world, config.agent_variables()).is_some();
        let is_narrowed = self.is_narrowed_by_agent && config.agent_demand().is_some() && is_agent();
        is_narrowed && is_own_credential_process(words, self.world)
    }
}

/// Whether the words call this program by its absolute path, which no folder and no PATH can change, and for nothing but
/// credentials.
fn is_own_credential_process(words: &[String], world: &World) -> bool {
    let [program, name, ..] = words else { return false };
    let path = Path::new(program);
    let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
    let file = |path: &Path| fs::canonicalize(path).ok();
    path.is_absolute()
        && name == "credential-process"
        && Cli::of(&arguments).is_ok_and(|cli| matches!(cli.command, cli::Command::CredentialProcess(_)))
        && file(path).is_some_and(|path| world.program().and_then(|own| file(&own)) == Some(path))
}

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
