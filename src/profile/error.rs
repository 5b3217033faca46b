//! What can be wrong with the files, or with what was asked of them.

use std::borrow::Cow;

use self::refused::ways;
use super::fault::fix_of;
use super::naming::NameFault;
use super::variables::named_elsewhere;
use super::{Lookalike, Reference, SectionName, reference};
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::ini::{Encoding, FaultKind, Refusal};
use crate::origin::{Origin, Place};
use crate::store::Problem;
use crate::text::visible;
use crate::world::NoHome;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that is to be written is in a home that there isn't.
    #[error(transparent)]
    NoHome(NoHome),
    /// A file is to be written that a variable without a value says there isn't.
    #[error("{variable} is set but empty, so there is no file to write to")]
    NoFile { variable: &'static str },
    /// The file can't be read or written.
    #[error(transparent)]
    Store(#[from] Problem),
    /// botocore and AWS CLI refuse to read the file.
    #[error("{place}: {fault}")]
    Unreadable {
        place: Place,
        fault: FaultKind,
        /// What to do about it where that depends on other lines.
        fix: Option<String>,
    },
    /// A variable names a profile without a name, which doesn't exist.
    #[error("{variable} is set but empty, so it names no profile")]
    Blank { variable: Cow<'static, str> },
    /// An edit would put UTF-8 into a file that isn't.
    #[error("{place}: {encoding}, so nothing is written to it")]
    Encoding { place: Place, encoding: Encoding },
    /// A section to be written seems to be in the file already, in a way that isn't read.
    #[error("{}: {lookalike}; {what} would be in the file twice", lookalike.place)]
    Lookalike {
        what: String,
        /// What is in the file.
        lookalike: Lookalike,
    },
    /// Neither file has the section.
    #[error("{section} not found{}", named_by(.origin))]
    NotFound {
        section: SectionName,
        /// Who asked for it.
        origin: Origin,
        /// The name most like it.
        nearest: Option<String>,
        /// Headers that may be meant for it.
        lookalikes: Vec<Lookalike>,
    },
    /// A profile has the name that another one is to be given.
    #[error("{place}: profile `{}` already exists", visible(.name))]
    Exists {
        name: String,
        /// Whether it is the profile that is to be copied or renamed.
        is_itself: bool,
        place: Place,
    },
    /// Two headers of the profile, which are spelled differently, would become one.
    #[error(
        "{place}: profile `{}` is also defined on line {first}, spelled differently; with one new name for both, AWS CLI and boto3 could not read the file",
        visible(.name)
    )]
    Respelled {
        name: String,
        /// The line of the section that is ignored.
        first: u32,
        place: Place,
    },
    /// The profile has a key, which would be replaced.
    #[error("{place}: a key of {section} already exists")]
    HasKey { section: SectionName, place: Place },
    /// The edit would harm, or can't be represented.
    #[error("{}{refusal}", place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default())]
    Refused {
        refusal: Refusal,
        /// What is in the way.
        place: Option<Place>,
        /// What to do about a header that isn't read, where that depends on other lines.
        fix: Option<String>,
        /// Whether the command has the option `--replace`.
        may_replace: bool,
    },
    /// A name that would be something else to the readers.
    #[error("`{}` can't be {} name: {fault}", visible(.section.name()), whose(.section))]
    Name { section: SectionName, fault: NameFault },
    /// Other profiles refer to the profile.
    #[error("profile `{name}` {}", reference::users(.users))]
    InUse {
        name: String,
        /// Where the others do.
        users: Vec<Reference>,
    },
    /// The name of a value and an option mean different profiles.
    #[error("`{}` names profile `{}`, and `--profile` names `{}`", visible(.key), visible(.named), visible(.option))]
    Contradiction {
        key: String,
        /// The profile in it.
        named: String,
        option: String,
    },
    /// A name for a value that can't be understood.
    #[error("`{}` {fault}", visible(.key))]
    Key { key: String, fault: KeyFault },
}

/// Why a text names no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    #[error("has too many parts: blocks nest one level deep")]
    Deep,
    #[error("names no key")]
    Empty,
    /// It names a profile only.
    #[error("names a profile but no key")]
    NoKey,
}

fn whose(section: &SectionName) -> &'static str {
    match section {
        SectionName::Profile(_) => "a profile's",
        SectionName::SsoSession(_) => "an sso-session's",
        SectionName::Services(_) => "a services section's",
        SectionName::Other(_) => "a section's",
    }
}

/// What to do where a variable names a profile that isn't there, and that no other one is like.
pub fn unset_or_see(variable: &str) -> Hint {
    let unset = Command::new(["unset"]).argument(variable.to_owned());
    Hint::from(unset).say(", or name one of ").run(Command::xcred(["list-profiles"]))
}

fn named_by(origin: &Origin) -> String {
    match origin {
        Origin::Environment { variable } => format!(" ({variable} names it)"),
        _ => String::new(),
    }
}

impl Error {
    /// The error of a command that has the option `--replace`: the help says what it would do.
    #[must_use]
    pub fn or_replace(mut self) -> Error {
        if let Error::Refused { may_replace, .. } = &mut self {
            *may_replace = true;
        }
        self
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::Store(problem) => problem.code(),
            Error::NoHome(_) | Error::NoFile { .. } => Code::Io,
            Error::Unreadable { .. } | Error::Encoding { .. } | Error::Lookalike { .. } => Code::ConfigParse,
            Error::Blank { .. } | Error::NotFound { .. } => Code::ProfileNotFound,
            Error::Exists { .. }
            | Error::Respelled { .. }
            | Error::HasKey { .. }
            | Error::Refused { .. }
            | Error::InUse { .. } => Code::InvalidConfig,
            Error::Name { .. } | Error::Key { .. } | Error::Contradiction { .. } => Code::Usage,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Store(problem) => problem.exit(),
            Error::NoHome(_) | Error::NoFile { .. } => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NoHome(_) => Some("set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE".into()),
            Error::NoFile { variable } => Some(format!("unset {variable}, or give it a value").into()),
            Error::Store(
                Problem::Folder { path } | Problem::NotAFile { path } | Problem::TooLarge { path, .. },
            ) => Some(named_elsewhere(path).into()),
            Error::Store(problem) => problem.help(),
            Error::Unreadable { fault, fix, .. } => {
                let fix = fix.clone().map_or_else(|| fix_of(fault), Hint::from);
                Some(fix.say("; until then AWS CLI and boto3 can't read the file"))
            }
            Error::Blank { .. } => Some("unset the variable, or give `--profile NAME`".into()),
            Error::Encoding { encoding, .. } => Some(encoding.help().into()),
            Error::Lookalike { lookalike, .. } => Some(lookalike.fix().into()),
            Error::NotFound { lookalikes, .. } if !lookalikes.is_empty() => Some(lookalikes[0].hint()),
            Error::NotFound { nearest: Some(nearest), origin: Origin::Environment { variable }, .. } => {
                let export = Command::new(["export"]).argument(format!("{variable}={nearest}"));
                Some(Hint::did_you_mean(export))
            }
            Error::NotFound { nearest: Some(nearest), section, origin, .. } => {
                Some(Hint::meant_by(origin, section.name(), nearest))
            }
            Error::NotFound { nearest: None, origin: Origin::Environment { variable }, .. } => {
                Some(unset_or_see(variable))
            }
            Error::NotFound { nearest: None, section, origin, .. } => section.when_not_found(origin),
            // The help must not remove what was to be copied.
            Error::Exists { is_itself: true, .. } => Some("choose another name".into()),
            Error::Exists { name, .. } => {
                let remove = Command::xcred(["profile", "remove"]).argument(name);
                Some(Hint::from("choose another name, or remove it first: ").run(remove))
            }
            Error::Respelled { first, .. } => {
                Some(format!("join the two sections first; the one on line {first} is ignored").into())
            }
            Error::HasKey { .. } => Some("give `--overwrite` to replace it, or choose another name".into()),
            Error::Refused { refusal: Refusal::TextInTheWay { key, .. }, place, .. } => {
                let section = SectionName::of_header(place.as_ref()?.section.as_ref()?)?;
                Some(Hint::from("remove it first: ").run(section.unset(key)))
            }
            Error::Refused {
                refusal: Refusal::BlockInTheWay { key, .. }, place, may_replace: false, ..
            } => {
                let section = SectionName::of_header(place.as_ref()?.section.as_ref()?)?;
                Some(Hint::from("remove the block first: ").run(section.unset(key).flag("--replace")))
            }
            Error::Refused { refusal, fix, may_replace, .. } => {
                let (without, with) = ways(refusal, fix.as_deref())?;
                Some(Hint::from(match with.filter(|_| *may_replace) {
                    Some(with) => format!("{without}, or give `--replace` to {with}"),
                    None => without,
                }))
            }
            Error::InUse { users, .. } => {
                let user = users.iter().find(|user| user.program.is_none());
                let hint = user.map_or_else(
                    || Hint::from("change these lines"),
                    |user| {
                        let command = Command::set(user.key, "NAME");
                        Hint::from("name another profile: ").run(command.profile(user.user.as_str()))
                    },
                );
                Some(hint.say(", or give `--force`"))
            }
            Error::Contradiction { .. } => {
                Some("leave out the option, or the profile's name in front of the key".into())
            }
            Error::Key { fault: KeyFault::Empty, .. } => Some("name a setting, such as `region`".into()),
            Error::Key { fault: KeyFault::NoKey, .. } => {
                Some("name one of its settings, too, as in `profile.NAME.region`".into())
            }
            Error::Name { .. } | Error::Key { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Unreadable { place, .. }
            | Error::Exists { place, .. }
            | Error::Respelled { place, .. }
            | Error::HasKey { place, .. }
            | Error::Encoding { place, .. } => Some(Origin::File(place.clone())),
            Error::Lookalike { lookalike, .. } => Some(Origin::File(lookalike.place.clone())),
            Error::Refused { place, .. } => place.clone().map(Origin::File),
            Error::NotFound { origin, .. } => Some(origin.clone()),
            Error::NoFile { variable } => Some(Origin::environment(*variable)),
            Error::Blank { variable } => Some(Origin::environment(variable.clone())),
            Error::Store(problem) => problem.origin(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;
mod refused;
