//! What can be wrong with xcred's own settings, in the file and on the command line.

use std::path::PathBuf;

use toml_edit::Array;

use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, Place, shown};
use crate::settings;
use crate::store::Problem;

use super::{Name, Setting, nearest};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("no home folder: `HOME` is not set, and the password file has no entry for this user")]
    NoHome,
    #[error(transparent)]
    Store(#[from] Problem),
    #[error("{place}: invalid TOML: {reason}")]
    Malformed { place: Place, reason: String },
    /// A value in the file.
    #[error("{place}: `{name}` is invalid: expected {expected}")]
    Mismatch { place: Place, name: Name, expected: String },
    /// A number that would be valid as text.
    #[error("{place}: `{name}` is invalid: {value} must be in quotes")]
    Unquoted { place: Place, name: Name, value: String },
    /// A text that would be valid as a list.
    #[error("{place}: `{name}` is invalid: it must be a list in brackets: `{}`", .items.iter().collect::<Array>())]
    NotAList { place: Place, name: Name, items: Vec<String> },
    /// One item of a list in the file.
    #[error("{place}: `{item}` in `{name}` is invalid: expected {expected}")]
    MismatchedItem { place: Place, name: Name, item: String, expected: String },
    /// Something among the guards of profiles.
    #[error("{place}: xcred has no guard `{name}`")]
    UnknownGuard { place: Place, name: Name, is_table: bool },
    /// A guard of a profile that doesn't exist yet.
    #[error("{place}: `{name}` is set already, to another value")]
    GuardInTheWay { place: Place, name: Name },
    /// An edit that would change other settings too.
    #[error("{}: can't change `{name}` without changing the lines around it", shown(path))]
    Entangled { path: PathBuf, name: Name },
    #[error("xcred has no setting `{name}`")]
    Unknown {
        name: Name,
        nearest: Option<Name>,
        /// The settings in it, if it is a table.
        settings: Vec<String>,
    },
    /// A table of the file in the place of a setting.
    #[error("`{name}` is a table with settings, not a setting")]
    Table { name: Name, settings: Vec<Name> },
    #[error("`{text}` is not the name of a setting")]
    Name { text: String },
    /// A value on the command line.
    #[error("invalid value for `{name}`: expected {expected}")]
    Value { name: Name, expected: String },
    /// One item of a list on the command line.
    #[error("invalid item `{item}` for `{name}`: expected {expected}")]
    Item { name: Name, item: String, expected: String },
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NoHome => Code::Io,
            Error::Store(problem) => problem.code(),
            Error::Malformed { .. } => Code::ConfigParse,
            Error::Mismatch { .. }
            | Error::Unquoted { .. }
            | Error::NotAList { .. }
            | Error::MismatchedItem { .. }
            | Error::UnknownGuard { .. }
            | Error::GuardInTheWay { .. }
            | Error::Entangled { .. } => Code::InvalidConfig,
            Error::Unknown { .. }
            | Error::Table { .. }
            | Error::Name { .. }
            | Error::Value { .. }
            | Error::Item { .. } => Code::Usage,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            // A device can't be read, either.
            Error::Store(Problem::NotAFile { .. }) | Error::NoHome => Exit::Configuration,
            Error::Store(problem) => problem.exit(),
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NoHome => Some("set HOME or XDG_CONFIG_HOME".into()),
            // The path of the settings is fixed. None of these has guards that would no longer apply.
            Error::Store(Problem::Folder { .. } | Problem::NotAFile { .. }) => {
                Some("move it out of the way".into())
            }
            Error::Store(Problem::TooLarge { .. }) => Some("shorten it in an editor".into()),
            Error::Store(problem) => problem.help(),
            Error::Mismatch { name, .. } | Error::MismatchedItem { name, .. } if Setting::of(name).is_some() => {
                let [set, unset] =
                    ["set", "unset"].map(|verb| Command::xcred(["config", verb]).argument(name.to_string()));
                let hint = Hint::from(set.argument("VALUE")).say(" replaces it");
                // Without the line the profile could be used unguarded.
                Some(if name.is_guards() { hint } else { hint.say(", ").run(unset).say(" removes it") })
            }
            Error::Unquoted { name, value, .. } => {
                let set = Command::xcred(["config", "set"]).argument(name.to_string()).argument(value);
                Some(Hint::default().run(set).say(" puts it in quotes"))
            }
            Error::NotAList { name, items, .. } => {
                let set = Command::xcred(["config", "set"]).argument(name.to_string()).argument(items.join(","));
                Some(Hint::default().run(set).say(" writes it so"))
            }
            Error::UnknownGuard { name, .. } if !name.is_guards() => Some(
                "guards are in tables such as `[profiles.prod]`, and a line belongs to the table above it: fix the file in an \
                 editor"
                    .into(),
            ),
            Error::UnknownGuard { is_table: true, .. } => Some(
                "a name with dots needs quotes, as in `[profiles.\"my.prod\"]`: fix the file in an editor"
                    .into(),
            ),
            Error::UnknownGuard { name, .. } => {
                let meant = nearest(name).map(|nearest| Hint::meant(name.to_string(), nearest.to_string()).say(" "));
                Some(meant.unwrap_or_default().say("fix the file in an editor"))
            }
            Error::GuardInTheWay { .. } => Some("choose another name, or fix the file in an editor".into()),
            Error::Malformed { .. } | Error::Mismatch { .. } | Error::MismatchedItem { .. } | Error::Entangled { .. } => {
                Some("fix the file in an editor".into())
            }
            Error::Table { settings, .. } => {
                let unset = |name: &Name| Command::xcred(["config", "unset"]).argument(name.to_string());
                let mut names = settings.iter();
                let first = names.next().map_or_else(Hint::default, |name| Hint::from("name what to remove: ").run(unset(name)));
                Some(names.fold(first, |hint, name| hint.say(", ").run(unset(name))))
            }
            Error::Unknown { settings, .. } if !settings.is_empty() => {
                let write = if settings.len() == 1 { "write" } else { "write one of" };
                Some(format!("{write} `{}`", settings.join("`, `")).into())
            }
            Error::Unknown { name, .. } if settings::variable(&name.to_string()).is_some() => {
                let set = Command::set(name.to_string(), "VALUE").profile("NAME");
                Some(Hint::from("it is a setting of profiles: ").run(set))
            }
            Error::Unknown { name, nearest: Some(nearest), .. } => {
                Some(Hint::meant(name.to_string(), nearest.to_string()))
            }
            Error::Unknown { nearest: None, .. } | Error::Name { .. } => {
                Some(Hint::from("see ").run(Command::xcred(["config", "list"])))
            }
            Error::Value { .. } | Error::Item { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Malformed { place, .. }
            | Error::Mismatch { place, .. }
            | Error::Unquoted { place, .. }
            | Error::NotAList { place, .. }
            | Error::MismatchedItem { place, .. }
            | Error::UnknownGuard { place, .. }
            | Error::GuardInTheWay { place, .. } => Some(Origin::File(place.clone())),
            Error::Store(problem) => problem.origin(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_help_takes_a_guard_away() {
        let place =
            || Place { path: std::path::Path::new("config.toml").into(), line: 3, section: None, key: None };
        let expected = || "true or false".to_owned();
        for text in ["profiles.dev.confirm", "profiles.dev.confrim", "agents.read_only", "profiles.dev.foo"] {
            let name = || text.parse::<Name>().expect("a name");
            for error in [
                Error::Malformed { place: place(), reason: "key with no value".to_owned() },
                Error::Mismatch { place: place(), name: name(), expected: expected() },
                Error::MismatchedItem {
                    place: place(),
                    name: name(),
                    item: "x".to_owned(),
                    expected: expected(),
                },
                Error::UnknownGuard { place: place(), name: name(), is_table: false },
                Error::GuardInTheWay { place: place(), name: name() },
                Error::Store(Problem::TooLarge { path: "config.toml".into(), limit: 1 }),
            ] {
                let help = error.help().expect("a help").to_string();
                assert!(!help.contains("unset") && !help.contains("out of the way"), "{error}: {help}");
            }
        }
    }
}
