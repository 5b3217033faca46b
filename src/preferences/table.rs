//! The settings as data: a new one is a row here, and an accessor of [`Preferences`](super::Preferences).

use std::fmt;

use serde::Serialize;

use super::{Error, Name};
use crate::shell;

/// A setting's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off.
    Switch(bool),
    /// A whole number.
    Number(u32),
    /// Text.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Switch(on) => on.fmt(f),
            Value::Number(number) => number.fmt(f),
            Value::Text(text) => f.write_str(text),
        }
    }
}

/// What a setting can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Switch,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A time in whole seconds, at most a day.
    Seconds,
    /// A program and its arguments, to be split into words as a shell would, and run without a shell.
    Program,
}

impl Kind {
    /// The value that `text` on a command line stands for.
    pub fn typed(self, text: &str) -> Option<Value> {
        match self {
            Kind::Switch => text.parse().ok().map(Value::Switch),
            Kind::Seconds => text.parse().ok().filter(|seconds| is_time(*seconds)).map(Value::Number),
            Kind::OneOf(words) => words.contains(&text).then(|| Value::Text(text.to_owned())),
            Kind::Program => {
                let runs = !text.trim().is_empty() && !text.contains(char::is_control);
                runs.then(|| Value::Text(text.to_owned()))
            }
        }
    }

    /// The value that stands in the file; none if it is of another kind.
    pub(super) fn read(self, item: &toml_edit::Item) -> Option<Value> {
        match self {
            Kind::Switch => item.as_bool().map(Value::Switch),
            Kind::Seconds => item
                .as_integer()
                .and_then(|number| number.try_into().ok())
                .filter(|seconds| is_time(*seconds))
                .map(Value::Number),
            Kind::OneOf(_) | Kind::Program => self.typed(item.as_str()?),
        }
    }
}

/// The longest time, in seconds: whoever means for ever means at least a day.
const DAY: u32 = 24 * 60 * 60;

fn is_time(seconds: u32) -> bool {
    (1..=DAY).contains(&seconds)
}

/// In words, after "should be".
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Switch => f.write_str("true or false"),
            Kind::Seconds => write!(f, "a number of seconds from 1 to {DAY}"),
            Kind::OneOf(words) => write!(f, "one of {}", words.join(", ")),
            Kind::Program => f.write_str("a program and its arguments, on one line"),
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    /// The name, dotted; where there is one setting for `each` of something, the name of the table of them.
    pub name: &'static str,
    /// What one more part of the name stands for.
    pub each: Option<&'static str>,
    /// What it can hold.
    pub kind: Kind,
    /// What holds where the file doesn't say.
    pub default: Option<Value>,
    /// What it is for, in one line.
    pub meaning: &'static str,
}

/// The format of `export-env`.
pub(super) static EXPORT_FORMAT: Row = Row {
    name: "export.format",
    each: None,
    kind: Kind::OneOf(&shell::NAMES),
    default: None,
    meaning: "Format of export-env [default: the calling shell's]",
};

/// Whether the credentials of roles are cached on disk.
pub(super) static CACHE_ROLES: Row = Row {
    name: "cache.roles",
    each: None,
    kind: Kind::Switch,
    default: Some(Value::Switch(true)),
    meaning: "Keep the credentials of roles on disk until they expire [default: true]",
};

/// Whether the credentials that a process printed are cached on disk.
pub(super) static CACHE_PROCESSES: Row = Row {
    name: "cache.processes",
    each: None,
    kind: Kind::Switch,
    default: Some(Value::Switch(false)),
    meaning: "Do the same with what a credential_process prints [default: false]",
};

/// How long a program may take by default, in seconds.
pub(super) const TIMEOUT: u32 = 300;

/// How long a program may take that prints credentials or a code. Some of them wait for a person at a browser.
pub(super) static PROCESS_TIMEOUT: Row = Row {
    name: "process.timeout",
    each: None,
    kind: Kind::Seconds,
    default: Some(Value::Number(TIMEOUT)),
    meaning: "Seconds that a credential_process or a program for MFA may take [default: 300]",
};

/// The program that prints the code of any MFA device.
///
/// It is split into words as a shell would and run without a shell; `XCRED_MFA_SERIAL` in its environment is the
/// device's serial. The code is the first line of its standard output, without the blanks around it.
pub(super) static MFA_COMMAND: Row = Row {
    name: "mfa.command",
    each: None,
    kind: Kind::Program,
    default: None,
    meaning: "Program that prints the code of an MFA device [default: ask for the code]",
};

/// The program that prints the code of one MFA device; it is run as [`MFA_COMMAND`] is.
pub(super) static MFA_DEVICES: Row = Row {
    name: "mfa.devices",
    each: Some("SERIAL"),
    kind: Kind::Program,
    default: None,
    meaning: "The same for one device [default: mfa.command]",
};

/// All settings, in the order in which they are listed.
pub static ROWS: [&Row; 6] =
    [&EXPORT_FORMAT, &CACHE_ROLES, &CACHE_PROCESSES, &PROCESS_TIMEOUT, &MFA_COMMAND, &MFA_DEVICES];

impl Row {
    /// The row that a name belongs to.
    pub fn of(name: &Name) -> Option<&'static Row> {
        ROWS.into_iter().find(|row| {
            let parts = row.name.split('.').count() + usize::from(row.each.is_some());
            name.parts().len() == parts && row.begins_with_parts(name)
        })
    }

    /// The row that a name belongs to, or the error that tells of the nearest one.
    pub fn require(name: &Name) -> Result<&'static Row, Error> {
        Row::of(name).ok_or_else(|| Error::Unknown { name: name.clone(), nearest: nearest(name) })
    }

    /// Whether `name` is that of a table that the setting stands in.
    pub(super) fn is_below(&self, name: &Name) -> bool {
        let tables = self.name.split('.').count() - usize::from(self.each.is_none());
        name.parts().len() <= tables && self.begins_with_parts(name)
    }

    /// Whether this name and `name` agree as far as both go.
    fn begins_with_parts(&self, name: &Name) -> bool {
        self.name.split('.').zip(name.parts()).all(|(own, other)| own == other)
    }

    /// The name in full, with `last` for what the row has one setting for each of.
    fn full_name(&self, last: &str) -> Name {
        let each = self.each.map(|_| last.to_owned());
        Name::of(self.name.split('.').map(str::to_owned).chain(each))
    }

    /// The name as it is shown where no certain one is meant.
    fn pattern(&self) -> String {
        self.each.map_or_else(|| self.name.to_owned(), |each| format!("{}.\"{each}\"", self.name))
    }
}

/// The known name that is most like one that isn't.
pub fn nearest(name: &Name) -> Option<Name> {
    let last = name.parts().last().map_or("", String::as_str);
    let full: Vec<Name> = ROWS.iter().map(|row| row.full_name(last)).collect();
    let texts: Vec<String> = full.iter().map(Name::to_string).collect();
    let nearest = crate::failure::nearest(&name.to_string(), texts.iter().map(String::as_str))?;
    let at = texts.iter().position(|text| text == nearest)?;
    full.into_iter().nth(at)
}

/// The whole table, for a help text.
pub fn manual() -> String {
    let width = ROWS.iter().map(|row| row.pattern().len()).max().unwrap_or(0);
    let mut text = String::from("Settings:\n");
    for row in ROWS {
        text.push_str(&format!("  {:width$}  {}\n", row.pattern(), row.meaning));
    }
    text.push_str(&format!("\nThe formats are {}.\n", shell::NAMES.join(", ")));
    text.push_str(
        "\nA program for MFA is split into words as a shell would, and run without a shell. Its environment \
         names the device in XCRED_MFA_SERIAL; the code is the first line of its standard output.\n\
         \nThe file is $XDG_CONFIG_HOME/xcred/config.toml, or ~/.config/xcred/config.toml.",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_finds_its_row() {
        for (name, row) in [
            ("cache.roles", Some("cache.roles")),
            ("\"cache\" . roles", Some("cache.roles")),
            ("cache", None),
            ("cache.roles.x", None),
            ("mfa.devices", None),
            ("mfa.devices.\"arn:aws:iam::1:mfa/me\"", Some("mfa.devices")),
            ("mfa.devices.a.b", None),
        ] {
            let name = Name::parse(name).unwrap();
            assert_eq!(Row::of(&name).map(|row| row.name), row, "{name}");
        }
    }

    #[test]
    fn the_nearest_name_keeps_the_device() {
        let nearest = |name: &str| nearest(&Name::parse(name).unwrap()).map(|name| name.to_string());
        assert_eq!(nearest("cache.role").as_deref(), Some("cache.roles"));
        assert_eq!(nearest("export_format").as_deref(), Some("export.format"));
        assert_eq!(nearest("mfa.device.'a:b'").as_deref(), Some("mfa.devices.\"a:b\""));
        assert_eq!(nearest("zzz"), None);
    }

    #[test]
    fn only_what_the_kind_allows_is_a_value() {
        assert_eq!(CACHE_ROLES.kind.typed("true"), Some(Value::Switch(true)));
        assert_eq!(CACHE_ROLES.kind.typed("yes"), None);
        assert_eq!(PROCESS_TIMEOUT.kind.typed("60"), Some(Value::Number(60)));
        for text in ["0", "-1", "1.5", "86401", "1m", ""] {
            assert_eq!(PROCESS_TIMEOUT.kind.typed(text), None, "{text}");
        }
        assert_eq!(EXPORT_FORMAT.kind.typed("fish"), Some(Value::Text("fish".to_owned())));
        assert_eq!(EXPORT_FORMAT.kind.typed("Fish"), None);
        assert_eq!(
            MFA_COMMAND.kind.typed("ykman oath code x"),
            Some(Value::Text("ykman oath code x".into()))
        );
        assert_eq!(MFA_COMMAND.kind.typed(" "), None);
        assert_eq!(MFA_COMMAND.kind.typed("a\nb"), None);
    }
}
