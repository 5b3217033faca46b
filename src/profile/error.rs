//! What can be wrong with the files, or with what was asked of them.

use std::borrow::Cow;

use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::ini::{FaultKind, Refusal};
use crate::origin::{Origin, Place};
use crate::store::Problem;
use crate::world::NoHome;

/// An error of this room.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that is to be written is in a home that there isn't.
    #[error(transparent)]
    NoHome(NoHome),
    /// The file can't be read or written.
    #[error(transparent)]
    Store(#[from] Problem),
    /// botocore and AWS CLI refuse to read the file.
    #[error("{place}: {fault}")]
    Unreadable {
        /// Where.
        place: Place,
        /// Why.
        fault: FaultKind,
    },
    /// A variable names the profile whose name is empty, which is not there.
    #[error("{variable} is set but empty, so no profile is named")]
    Blank {
        /// The variable.
        variable: Cow<'static, str>,
    },
    /// Neither file has the section.
    #[error("{what} not found{}", named_by(.origin))]
    NotFound {
        /// The kind and name of the section.
        what: String,
        /// Who asked for it.
        origin: Origin,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// The name to be given is taken.
    #[error("{what} exists already")]
    Exists {
        /// The kind and name of the section.
        what: String,
        /// Where it stands.
        place: Place,
    },
    /// The edit would harm, or can't be represented.
    #[error("{}{refusal}", place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default())]
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is in the way.
        place: Option<Place>,
    },
    /// A name that would be something else to the readers.
    #[error("`{name}` can't be a profile's name: {reason}")]
    Name {
        /// The name.
        name: String,
        /// Why not.
        reason: &'static str,
    },
    /// Other profiles name the profile as their source.
    #[error("profile `{name}` is the source of {}", list(.users))]
    InUse {
        /// The profile.
        name: String,
        /// Each other profile and where it names this one.
        users: Vec<(String, Place)>,
    },
    /// A name for a value that can't be understood.
    #[error("`{key}` {reason}")]
    Key {
        /// What was given.
        key: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

fn named_by(origin: &Origin) -> String {
    match origin {
        Origin::Environment { variable } => format!(" ({variable} names it)"),
        _ => String::new(),
    }
}

fn list(users: &[(String, Place)]) -> String {
    users.iter().map(|(name, place)| format!("`{name}` ({place})")).collect::<Vec<_>>().join(", ")
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::Store(problem) => problem.code(),
            Error::NoHome(_) => Code::Io,
            Error::Unreadable { .. } => Code::ConfigParse,
            Error::Blank { .. } | Error::NotFound { .. } => Code::ProfileNotFound,
            Error::Exists { .. } | Error::Refused { .. } | Error::InUse { .. } => Code::InvalidConfig,
            Error::Name { .. } | Error::Key { .. } => Code::Usage,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Store(problem) => problem.exit(),
            Error::NoHome(_) => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NoHome(_) => Some("set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE".into()),
            Error::Store(problem) => problem.help(),
            Error::Unreadable { fault, .. } => {
                Some(format!("{}; until then AWS CLI and boto3 read nothing", fault.mend()).into())
            }
            Error::Blank { .. } => Some("unset the variable, or give `--profile NAME`".into()),
            Error::NotFound { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?").into())
            }
            Error::NotFound { nearest: None, .. } => Some("`xcred list-profiles` lists what there is".into()),
            Error::Exists { .. } => Some("remove it first, or choose another name".into()),
            Error::Refused { refusal: Refusal::BlockInTheWay { .. }, .. } => {
                Some("give `--replace` to remove the block, or name a key in it as `KEY.NESTED`".into())
            }
            Error::Refused { refusal: Refusal::TextInTheWay { key, .. }, .. } => {
                Some(Hint::from("remove the value first: ").run(Command::xcred(["unset"]).argument(key)))
            }
            Error::Refused { refusal: Refusal::Entangled { .. }, .. } => {
                Some("mend the layout of the lines around it in an editor".into())
            }
            Error::InUse { .. } => Some("point them elsewhere with `xcred set`, or give `--force`".into()),
            Error::Refused { .. } | Error::Name { .. } | Error::Key { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Unreadable { place, .. } | Error::Exists { place, .. } => {
                Some(Origin::File(place.clone()))
            }
            Error::Refused { place, .. } => place.clone().map(Origin::File),
            Error::NotFound { origin, .. } => Some(origin.clone()),
            Error::Blank { variable } => Some(Origin::environment(variable.clone())),
            _ => None,
        }
    }
}
