//! Errors of sign-ins.

mod refusal;

use std::io;
use std::path::PathBuf;

use super::SignIn;
use super::start_url::StartUrlError;
use super::wait::WaitError;
use crate::client;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::net::ListenError;
use crate::origin::{Origin, shown};
use crate::profile::{Lookalike, SectionName};
use crate::service;
use crate::store::Problem;
use crate::world::NoHome;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user has to sign in.
    #[error("{fault}: {sign_in}")]
    Required { fault: Fault, sign_in: SignIn, origin: Option<Origin> },
    /// The variable for the folder of sign-ins begins with a home folder that isn't known.
    #[error("{variable} names no folder: {no_home}")]
    NoFolder { variable: &'static str, no_home: NoHome },
    #[error("the cached sign-in `{}` can't be read", shown(path))]
    Io { path: PathBuf, source: io::Error },
    #[error("{origin}: expiresAt is not a date with a time zone")]
    NoDate { sign_in: SignIn, origin: Origin },
    #[error("the sign-in could not be refreshed")]
    Refresh(#[source] service::Error),
    /// It may have been made in another region.
    #[error("the sign-in could not be refreshed in {region}")]
    RefusedIn {
        region: String,
        /// The sign-in, if it isn't known where it was made.
        guessed_for: Option<Box<SignIn>>,
        source: Box<service::Error>,
    },
    /// The file of a sign-in can't be removed.
    #[error("{}", match .is_revoked {
        Some(true) => "the token is revoked, but its file is still there",
        Some(false) => "nothing was revoked: the file of the sign-in can't be removed",
        None => "the file of the sign-in can't be removed",
    })]
    NotRemoved {
        /// `None` for a sign-in that nothing revokes.
        is_revoked: Option<bool>,
        source: Problem,
    },
    /// What has the name of a sign-in's file is not known to be one, so that it isn't removed.
    #[error("what is in the file of the sign-in can't be read, so it was not removed: {}", shown(path))]
    NotASignIn { path: PathBuf },
    /// Only a token of the kind that was not there can be revoked.
    #[error("the file of the sign-in had no access token to revoke")]
    NothingToRevoke,
    /// The user's permissions don't include it.
    #[error("the console sign-in may not be refreshed")]
    NotPermitted(#[source] service::Error),
    #[error("it could not be refreshed less than half a minute ago")]
    FailedBefore {
        /// Whether the service denied it.
        was_denied: bool,
    },
    #[error("{}there is no sso-session `{session}`", at(.origin.as_ref()))]
    NoSession {
        session: String,
        similar: Option<String>,
        /// The header that was probably meant as its own.
        header: Option<Box<Lookalike>>,
        origin: Option<Origin>,
    },
    #[error("{origin}: {} has no {key}", whose(.section))]
    NoKey { section: SectionName, key: &'static str, origin: Origin },
    #[error("{origin}: `{key}` has another value in {other}")]
    Conflict { profile: String, key: &'static str, other: Origin, origin: Origin },
    /// The user said no in the browser.
    #[error("the sign-in was declined in the browser")]
    Declined,
    #[error("the sign-in failed in the browser: {}", reported(.error, .description.as_deref()))]
    Failed { error: String, description: Option<String> },
    #[error("the code has expired before anyone signed in with it")]
    CodeExpired,
    #[error(transparent)]
    Wait(#[from] WaitError),
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The service refused a sign-in, or could not be reached.
    #[error(transparent)]
    Service(#[from] service::Error),
    #[error("the console's answer doesn't say who signed in")]
    NoPrincipal,
    /// The key that the console's token is bound to.
    #[error("the key of the sign-in can't be encoded, so the sign-in can't be kept")]
    NoPem,
    #[error("the console's answer says that `{}` signed in, which is not an ARN", found.escape_debug())]
    Principal { found: String },
    #[error(transparent)]
    StartUrl(#[from] StartUrlError),
    /// The code of a browser on another machine has to be typed.
    #[error("the code that the browser shows has to be typed, and there is no terminal")]
    NeedsTerminal,
    #[error(transparent)]
    Client(#[from] client::Error),
    #[error(transparent)]
    Store(#[from] Problem),
}

fn at(origin: Option<&Origin>) -> String {
    origin.map_or_else(String::new, |origin| format!("{origin}: "))
}

fn whose(section: &SectionName) -> String {
    match section {
        SectionName::SsoSession(name) => format!("sso-session `{name}`"),
        section => format!("profile `{}`", section.name()),
    }
}

/// An error that the sign-in page reports, which is not trusted.
fn reported(error: &str, description: Option<&str>) -> String {
    description.map_or_else(|| error.to_owned(), |description| format!("{description} ({error})"))
}

impl Error {
    /// What is wrong, without the name of the sign-in.
    pub fn reason(&self) -> String {
        match self {
            Error::Required { fault, .. } => fault.to_string(),
            error => error.to_string(),
        }
    }
}

impl SignIn {
    pub fn required(&self, fault: Fault, origin: Option<Origin>) -> Error {
        Error::Required { fault, sign_in: self.clone(), origin }
    }
}

/// What is wrong with a sign-in.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("not signed in")]
    Missing,
    #[error("the sign-in has expired")]
    Expired,
    /// However long it should last: somebody may have ended it elsewhere.
    #[error("IAM Identity Center no longer accepts the sign-in")]
    Refused,
    #[error("the sign-in has expired and could not be refreshed")]
    NotRefreshed,
    /// By how much the clock is ahead or behind: a new sign-in may be refused for it, too.
    #[error("the sign-in could not be refreshed, and this machine's clock is {0} the service's")]
    Clock(String),
    #[error("the cached sign-in can't be read")]
    Unreadable,
    #[error("the cached sign-in is incomplete")]
    Incomplete,
    #[error("the cached sign-in has no {0}")]
    Lacks(&'static str),
    /// A date that other SDKs read.
    #[error("the cached sign-in's {member} has a form that {sdk} doesn't read")]
    DateForm { member: &'static str, sdk: &'static str },
    #[error("the cached sign-in's dpopKey is not a P-256 key")]
    NoKey,
    #[error(transparent)]
    NoHome(NoHome),
}

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Refresh(source) | Error::NotPermitted(source) => Some(source),
            Error::RefusedIn { source, .. } => Some(&**source),
            Error::NotRemoved { source, .. } => Some(source),
            Error::Client(error) => Some(error),
            Error::Service(error) => Some(error),
            Error::Listen(error) => Some(error),
            Error::Wait(error) => Some(error),
            Error::StartUrl(error) => Some(error),
            Error::Store(problem) => Some(problem),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        match self {
            Error::Required { .. } | Error::NoFolder { .. } => Code::LoginRequired,
            Error::Io { .. } | Error::NotASignIn { .. } => Code::Io,
            Error::NeedsTerminal => Code::NeedsTerminal,
            Error::NoSession { .. } | Error::NoKey { .. } | Error::Conflict { .. } => Code::InvalidConfig,
            _ => self.inner().map_or(Code::ProviderFailed, Explain::code),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Io { .. } => Exit::Configuration,
            Error::Declined
            | Error::Failed { .. }
            | Error::CodeExpired
            | Error::NoPrincipal
            | Error::Principal { .. } => Exit::Service,
            // The cache isn't configuration.
            Error::Store(_) | Error::NotRemoved { .. } | Error::NotASignIn { .. } => Exit::Other,
            _ => self.inner().map_or_else(|| self.code().exit(), Explain::exit),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            // Signing in needs it, too.
            Error::Required { fault: Fault::NoHome(_), .. } => Some("set HOME".into()),
            Error::Required { fault: Fault::Clock(_), sign_in, .. } => {
                Some(Hint::from("correct this machine's clock, then sign in: ").run(sign_in.command()))
            }
            Error::Required { sign_in, .. } | Error::NoDate { sign_in, .. } => {
                Some(Hint::from("sign in: ").run(sign_in.command()))
            }
            Error::NoFolder { variable, .. } => Some(format!("correct or unset {variable}").into()),
            Error::NoSession { header: Some(header), .. } => Some(header.hint()),
            Error::NoSession { session, similar: Some(similar), origin, .. } => Some(match origin {
                Some(origin) => Hint::meant_by(origin, session, similar),
                None => Hint::meant(session, similar),
            }),
            Error::NoSession { session, similar: None, .. } => {
                let any = || Command::xcred(["configure", "sso-session"]);
                Some(match SectionName::SsoSession(session.clone()).set_up() {
                    Some(command) => Hint::from("set it up: ").run(command),
                    None => Hint::from("name a session, or set one up: ").run(any()),
                })
            }
            Error::NoKey { section, key, .. } => Some(Hint::from("set it: ").run(section.set(key, "VALUE"))),
            Error::Conflict { profile, key, .. } => {
                let command = Command::unset(*key).profile(profile);
                Some(Hint::from("remove one of them: ").run(command))
            }
            Error::Declined | Error::CodeExpired => Some("sign in again, and allow it in the browser".into()),
            Error::NotPermitted(_) => Some(
                "allow `signin:CreateOAuth2Token`, as the managed policy SignInLocalDevelopmentAccess does"
                    .into(),
            ),
            Error::NeedsTerminal => Some("run it at a terminal, or sign in without `--remote`".into()),
            Error::RefusedIn { guessed_for: Some(sign_in), .. } => Some(
                Hint::from("name the region in which it was made with `--region`, or sign in again: ")
                    .run(sign_in.command()),
            ),
            Error::NotRemoved { source, .. } => source.help_instead("remove it where it is writable"),
            Error::NotASignIn { path } => {
                let remove = Command::new(["rm"]).argument(path);
                Some(Hint::from("it may have tokens in it; remove it: ").run(remove))
            }
            // The names of these files are not for the user to choose.
            Error::Store(Problem::Folder { .. } | Problem::NotAFile { .. } | Problem::TooLarge { .. }) => {
                Some("remove it and sign in again".into())
            }
            Error::Store(problem) => {
                problem.help_instead("sign in where it is writable, such as outside a container")
            }
            Error::Io { .. } => Some("fix its permissions, or remove it and sign in again".into()),
            _ => self.inner()?.help(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Required { origin, .. } | Error::NoSession { origin, .. } => origin.clone(),
            Error::NoKey { origin, .. } | Error::Conflict { origin, .. } | Error::NoDate { origin, .. } => {
                Some(origin.clone())
            }
            Error::Io { path, .. } | Error::NotASignIn { path } => Some(Origin::Cache { path: path.clone() }),
            _ => self.inner()?.origin(),
        }
    }
}

#[cfg(test)]
mod examples;
