//! What can be wrong with the settings' file, or with what was asked of it.

use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, Place, shown};
use crate::store::Problem;

use super::{Kind, Name};

/// An error of this room.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is to be written, and there is no home for it.
    #[error("no home folder: `HOME` is not set, and the password file doesn't know this user")]
    NoHome,
    /// The file can't be read or written.
    #[error(transparent)]
    Store(#[from] Problem),
    /// The file is not TOML.
    #[error("{place}: not TOML: {reason}")]
    Malformed {
        /// Where.
        place: Place,
        /// Why.
        reason: String,
    },
    /// A value in the file is not what the setting can hold.
    #[error("{place}: `{name}` should be {kind}")]
    Mismatch {
        /// Where.
        place: Place,
        /// The setting.
        name: Name,
        /// What it can hold.
        kind: Kind,
    },
    /// A value stands where a table of settings should, or the other way round.
    #[error("{place}: `{name}` should be {}", if *.table { "a table" } else { "a value, not a table" })]
    Shape {
        /// Where.
        place: Place,
        /// What stands there.
        name: Name,
        /// Whether it should be a table.
        table: bool,
    },
    /// The lines around a setting are laid out in a way that can't be edited.
    #[error("{}: `{name}` can't be changed among the lines around it", shown(&place.path))]
    Entangled {
        /// The file.
        place: Place,
        /// The setting.
        name: Name,
    },
    /// There is no such setting.
    #[error("`{name}` is no setting of xcred")]
    Unknown {
        /// What was asked for.
        name: Name,
        /// The setting most like it.
        nearest: Option<Name>,
    },
    /// Not a name at all.
    #[error("`{text}` is not the name of a setting")]
    Name {
        /// What was given.
        text: String,
    },
    /// The value that was given is not what the setting can hold.
    #[error("`{name}` should be {kind}")]
    Value {
        /// The setting.
        name: Name,
        /// What it can hold.
        kind: Kind,
    },
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NoHome => Code::Io,
            Error::Store(problem) => problem.code(),
            Error::Malformed { .. } => Code::ConfigParse,
            Error::Mismatch { .. } | Error::Shape { .. } | Error::Entangled { .. } => Code::InvalidConfig,
            Error::Unknown { .. } | Error::Name { .. } | Error::Value { .. } => Code::Usage,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Store(problem) => problem.exit(),
            Error::NoHome => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NoHome => Some("set HOME or XDG_CONFIG_HOME".into()),
            Error::Store(problem) => problem.help(),
            Error::Malformed { .. } | Error::Shape { .. } | Error::Entangled { .. } => {
                Some("mend the file in an editor, or move it away".into())
            }
            Error::Mismatch { name, .. } => {
                let [set, unset] = ["set", "unset"]
                    .map(|verb| Command::xcred(["settings", verb]).argument(name.to_string()));
                let hint = Hint::from(set.argument("VALUE")).say(" replaces it, ");
                Some(hint.run(unset).say(" removes it"))
            }
            Error::Unknown { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?").into())
            }
            Error::Unknown { nearest: None, .. } | Error::Name { .. } => {
                Some("`xcred settings list` lists what there is".into())
            }
            Error::Value { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Malformed { place, .. } | Error::Mismatch { place, .. } | Error::Shape { place, .. } => {
                Some(Origin::File(place.clone()))
            }
            _ => None,
        }
    }
}
