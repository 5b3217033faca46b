//! The code, the help and the origin of errors of the chain.

use super::process::{EXPIRATION_VARIABLE, Process};
use super::{Assignment, Error, Unstartable, program::Fault};
use crate::chain::reason::Reason;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::Origin;
use crate::sdk::Provider;
use crate::settings;
use crate::world::{is_no_program, is_shortage};

/// The help for a program that takes too long.
const LONGER: &str = "if it needs longer: `xcred config set process.timeout SECONDS`";

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Again(error) => Some(&**error),
            Error::Files(error) => Some(error),
            Error::View(error) => Some(&**error),
            Error::Login(error) => Some(error),
            Error::Client(error) => Some(error),
            Error::Narrowing(error) => Some(error),
            Error::Guarded(error) => Some(&*error.0),
            Error::Service { source, .. }
            | Error::AtSetting { source, .. }
            | Error::NotAssigned { source, .. } => Some(source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        if let Some(inner) = self.inner() {
            return inner.code();
        }
        match self {
            Error::NoCredentials { .. } | Error::AccountAlone | Error::Offline { .. } => Code::NoCredentials,
            Error::Partial { .. } => Code::PartialCredentials,
            Error::Settings { .. } | Error::Nested { .. } => Code::InvalidConfig,
            Error::RoleLoop { .. } | Error::Circle { .. } => Code::RoleLoop,
            Error::Io { .. } | Error::NotStarted { .. } => Code::Io,
            Error::NeedsTerminal { .. } | Error::MfaNotSetUp { .. } => Code::NeedsTerminal,
            Error::Interrupted => Code::Interrupted,
            _ => Code::ProviderFailed,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            // Nothing that is configured is wrong then.
            Error::NotStarted { source, .. } if is_shortage(source) => self.code().exit(),
            Error::Io { .. } | Error::NotStarted { .. } | Error::EnvironmentExpiration { .. } => {
                Exit::Configuration
            }
            // An instance that doesn't respond is a failure of the network.
            Error::EmptySource { reason, .. }
                if !matches!(reason.as_deref(), Some(Reason::NoInstance(_))) =>
            {
                Exit::Configuration
            }
            _ => self.inner().map_or_else(|| self.code().exit(), Explain::exit),
        }
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::NoCredentials { header: Some(header), .. } => header.hint(),
            Error::NoCredentials { half_sso: Some(name), .. } => {
                Hint::from("choose an account and a role: ").run(Command::xcred(["configure", "sso"]).profile(name))
            }
            Error::NoCredentials { profile: Some(name), .. } => {
                Hint::from("set them up: ").run(Command::xcred(["configure"]).profile(name))
            }
            Error::NoCredentials { profile: None, .. } | Error::AccountAlone => {
                Hint::from("set them up: ").run(Command::xcred(["configure"]))
            }
            Error::Offline { .. } => "leave `--offline` out".into(),
            Error::Partial { half, .. } => half.help(),
            Error::Settings { fault, origin } => fault.help(origin),
            Error::RoleLoop { chain, .. } => {
                let last = chain.len().checked_sub(2).map(|at| chain[at].as_str()).unwrap_or_default();
                let command = Command::set(settings::SOURCE_PROFILE.name, "NAME").profile(last);
                Hint::from(format!("give `{last}` another source: ")).run(command)
            }
            Error::Circle { setting, chain } | Error::Nested { setting, chain, .. }
                if *setting == settings::CREDENTIAL_PROCESS.name =>
            {
                let name = chain.last().map(String::as_str).unwrap_or_default();
                let command = Command::unset(settings::CREDENTIAL_PROCESS.name).profile(name);
                Hint::from("give one of them another source of credentials: ").run(command)
            }
            Error::Circle { .. } | Error::Nested { .. } => {
                "name a program that needs no MFA code itself: `xcred config set mfa.command PROGRAM`".into()
            }
            Error::NotAssigned { wanted, .. } => {
                let Assignment { account, sign_in, .. } = &**wanted;
                let roles = sign_in.name_in(Command::xcred(["sso", "roles"]));
                Hint::from("list the roles that the signed-in user has there: ")
                    .run(roles.option("--sso-account-id", &*account.value))
                    .say("; after a new assignment, sign in again: ")
                    .run(sign_in.command())
            }
            Error::Service { advice: Some(advice), .. } | Error::AtSetting { advice: Some(advice), .. } => {
                advice.clone()
            }
            Error::Service { provider: Provider::AssumeRole, source, .. } if source.is_refusal("AccessDenied") => {
                "the role's trust policy has to name the caller, and the caller needs `sts:AssumeRole` on the role"
                    .into()
            }
            Error::NeedsTerminal { .. } => {
                "run it in a terminal, or name a program that prints the code: \
                 `xcred config set mfa.command PROGRAM`"
                    .into()
            }
            Error::Io { path, origin, .. } if path.starts_with("~") => {
                format!("`~` is not expanded here: give the absolute path in {origin}").into()
            }
            Error::Io { source, origin, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                format!("create it, or name another one in {origin}").into()
            }
            Error::Io { source, origin, .. } => {
                let is_closed = source.kind() == std::io::ErrorKind::PermissionDenied;
                let what = if is_closed { "fix its permissions" } else { "correct it" };
                format!("{what}, or name another one in {origin}").into()
            }
            Error::NotStarted { source, .. } if is_shortage(source) => {
                "end other programs, or raise the limits that `ulimit -a` shows".into()
            }
            Error::NotStarted { why, source, .. } => {
                let is_missing = source.kind() == std::io::ErrorKind::NotFound;
                let why = why.as_ref().filter(|why| is_missing || !matches!(why, Unstartable::NotFound(_)));
                why.and_then(Unstartable::help).unwrap_or_else(|| match is_missing {
                    true => "install it, or give its absolute path in credential_process".into(),
                    false if is_no_program(source) => {
                        "name a program of this system, or a script that begins with a line such as `#!/bin/sh`".into()
                    }
                    false => "correct what its path leads to, or name another program".into(),
                })
            }
            Error::Process { fault: Process::Stopped(Fault::Slow { .. }), .. }
            | Error::Mfa { fault: super::Mfa::Stopped { fault: Fault::Slow { .. }, .. }, .. } => LONGER.into(),
            Error::Process { fault, .. } => fault.help(),
            Error::NoDate { .. }
            | Error::StillExpired { .. }
            | Error::Gone { .. }
            | Error::Mfa { fault: super::Mfa::Ended, .. }
            | Error::Interrupted => {
                return None;
            }
            Error::Mfa { fault: super::Mfa::NotTyped, .. } => {
                "type the six digits that the device shows, and wait for new ones if they were used already".into()
            }
            Error::MfaNotSetUp { profile, .. } => {
                let export = Command::xcred(["export-env"]).profile(profile);
                format!("give the program credentials that are checked already: `eval \"$({export})\"`").into()
            }
            Error::Mfa { fault: super::Mfa::NotACode { .. }, .. } => {
                "let it print the six digits on a line of their own, before anything else".into()
            }
            Error::Mfa { .. } => "see `xcred config list`".into(),
            Error::EnvironmentExpiration { fault, loaded } => fault.help(loaded.as_deref()),
            Error::ExpiredOnArrival { .. } => "check that this machine's clock is right".into(),
            Error::EmptySource { profile, .. } => Hint::from("provide them there, or choose another source: ").run(
                Command::set(settings::CREDENTIAL_SOURCE.name, "NAME").profile(profile),
            ),
            Error::Again(_) | Error::Files(_) | Error::View(_) | Error::Login(_) | Error::Client(_) | Error::Narrowing(_) | Error::Guarded(_) | Error::Service { .. } | Error::AtSetting { .. } => {
                return self.inner()?.help();
            }
        };
        Some(help)
    }

    fn notes(&self) -> Vec<String> {
        match self {
            Error::NoCredentials { looked_for, profile, sdk, .. } => {
                let resolve =
                    Command::xcred(["resolve"]).option_if("--sdk", *sdk).profile_if(profile.as_ref());
                let all = Hint::from(resolve).say(" shows what each provider looked for").to_string();
                looked_for.iter().cloned().chain([all]).collect()
            }
            Error::AccountAlone => {
                vec!["--account-id needs the access key of that account, and its secret".to_owned()]
            }
            _ => self.inner().map(Explain::notes).unwrap_or_default(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Partial { origin, .. }
            | Error::Settings { origin, .. }
            | Error::RoleLoop { origin, .. }
            | Error::Io { origin, .. }
            | Error::NotStarted { origin, .. }
            | Error::Process { origin, .. }
            | Error::MfaNotSetUp { origin, .. }
            | Error::EmptySource { origin, .. }
            | Error::ExpiredOnArrival { origin, .. } => Some(origin.clone()),
            Error::AtSetting { origin, .. } => Some(Origin::clone(origin)),
            Error::EnvironmentExpiration { .. } => Some(Origin::environment(EXPIRATION_VARIABLE)),
            Error::NotAssigned { wanted, .. } => Some(wanted.role.origin.clone()),
            _ => self.inner()?.origin(),
        }
    }
}
