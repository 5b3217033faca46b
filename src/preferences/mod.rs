//! xcred's own settings: a TOML file in the user's configuration folder, which few people need and which costs
//! nothing where it is not there.
//!
//! What [`ROWS`] doesn't know is left alone, so that the file can be shared with a newer xcred. What it knows must
//! be right: a setting that silently doesn't count would be worse than none.

mod edit;
mod error;
mod name;
mod source;
mod splice;
mod table;

use std::time::Duration;

use toml_edit::{Item, TableLike};

use crate::origin::{Located, Origin, Place};
use crate::store::{self, Found};
use crate::world::World;

use source::Source;

pub use edit::{set, unset};
pub use error::Error;
pub use name::Name;
pub use source::path;
use table::{
    CACHE_PROCESSES, CACHE_ROLES, EXPORT_FORMAT, MFA_COMMAND, MFA_DEVICES, PROCESS_TIMEOUT, TIMEOUT,
};
pub use table::{Kind, ROWS, Row, Value, manual, nearest};

/// The settings that hold.
#[derive(Debug, Default)]
pub struct Preferences {
    found: Vec<Setting>,
    unknown: Vec<Unknown>,
}

/// A setting that the file sets.
#[derive(Debug)]
struct Setting {
    row: &'static Row,
    name: Name,
    value: Located<Value>,
}

/// Something in the file that is no setting of this xcred.
#[derive(Debug)]
pub struct Unknown {
    /// What it is called.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
}

impl Preferences {
    /// Reads the file. Without a file, or without a home, all is as by default.
    pub fn load(world: &World) -> Result<Preferences, Error> {
        let Some(path) = path(world) else {
            return Ok(Preferences::default());
        };
        match store::read_within(&path, store::SMALL)? {
            Found::Absent => Ok(Preferences::default()),
            Found::Bytes(bytes) => Preferences::read(&Source::of(&path, &bytes)?),
        }
    }

    fn read(source: &Source<'_>) -> Result<Preferences, Error> {
        let document = source.parse()?;
        let mut preferences = Preferences::default();
        preferences.collect(document.as_table(), &Name::of([]), source)?;
        Ok(preferences)
    }

    /// Takes up what stands in `table`, which is called `outer`.
    fn collect(&mut self, table: &dyn TableLike, outer: &Name, source: &Source<'_>) -> Result<(), Error> {
        for (key, item) in table.iter() {
            let name = Name::of(outer.parts().iter().cloned().chain([key.to_owned()]));
            let span = item.span().or_else(|| table.key(key)?.span());
            let place = source.place(span.map_or(0, |span| span.start), &name);
            if let Some(row) = Row::of(&name) {
                let Some(value) = row.kind.read(item) else {
                    return Err(Error::Mismatch { place, name, kind: row.kind });
                };
                self.found.push(Setting { row, name, value: Located::new(value, Origin::File(place)) });
            } else if let Some(inner) = item.as_table_like() {
                self.collect(inner, &name, source)?;
            } else if ROWS.iter().any(|row| row.is_below(&name)) {
                return Err(Error::Shape { place, name, table: true });
            } else if !matches!(item, Item::None) {
                self.unknown.push(Unknown { name, place });
            }
        }
        Ok(())
    }

    /// The format of `export-env`; none asks for the calling shell's.
    pub fn export_format(&self) -> Option<&str> {
        self.text(&EXPORT_FORMAT, None)
    }

    /// Whether the credentials of roles are cached on disk.
    pub fn caches_roles(&self) -> bool {
        self.switch(&CACHE_ROLES)
    }

    /// Whether the credentials that a process printed are cached on disk.
    pub fn caches_processes(&self) -> bool {
        self.switch(&CACHE_PROCESSES)
    }

    /// The program, with its arguments, that prints the code of the MFA device `serial`: the device's own, else the
    /// one for all.
    ///
    /// It is to be split into words as a shell would and run without a shell, with the serial in
    /// `XCRED_MFA_SERIAL`. The code is the first line of its standard output, without the blanks around it.
    pub fn mfa_command(&self, serial: &str) -> Option<&str> {
        self.text(&MFA_DEVICES, Some(serial)).or_else(|| self.text(&MFA_COMMAND, None))
    }

    /// The programs that print codes of MFA devices, with the setting's name.
    pub fn mfa_commands(&self) -> impl Iterator<Item = (&Name, &str)> {
        let rows = [MFA_COMMAND.name, MFA_DEVICES.name];
        self.found.iter().filter(move |setting| rows.contains(&setting.row.name)).filter_map(|setting| {
            match &setting.value.value {
                Value::Text(text) => Some((&setting.name, text.as_str())),
                Value::Switch(_) | Value::Number(_) => None,
            }
        })
    }

    fn text(&self, row: &Row, each: Option<&str>) -> Option<&str> {
        let is_it = |setting: &&Setting| {
            let last = setting.name.parts().last().map(String::as_str);
            setting.row.name == row.name && (each.is_none() || last == each)
        };
        match &self.found.iter().find(is_it)?.value.value {
            Value::Text(text) => Some(text),
            Value::Switch(_) | Value::Number(_) => None,
        }
    }

    /// How long a program may take that prints credentials or a code.
    pub fn process_timeout(&self) -> Duration {
        let seconds = match self.value(&PROCESS_TIMEOUT) {
            Some(Value::Number(seconds)) => *seconds,
            _ => TIMEOUT,
        };
        Duration::from_secs(seconds.into())
    }

    fn switch(&self, row: &Row) -> bool {
        self.value(row) == Some(&Value::Switch(true))
    }

    fn value<'s>(&'s self, row: &'s Row) -> Option<&'s Value> {
        let found = self.found.iter().find(|setting| setting.row.name == row.name);
        found.map(|setting| &setting.value.value).or(row.default.as_ref())
    }

    /// The value of a setting, from the file or by default.
    pub fn get(&self, name: &Name) -> Result<Option<Located<Value>>, Error> {
        let row = Row::require(name)?;
        let found = self.found.iter().find(|setting| setting.name == *name);
        let default = || Some(Located::new(row.default.clone()?, Origin::Default));
        Ok(found.map(|setting| setting.value.clone()).or_else(default))
    }

    /// Every setting with its value, in the order of the table; what is set for each of something, as in the file.
    pub fn all(&self) -> Vec<(Name, Option<Located<Value>>)> {
        let mut all = Vec::new();
        for row in ROWS {
            let found = self.found.iter().filter(|setting| setting.row.name == row.name);
            let before = all.len();
            all.extend(found.map(|setting| (setting.name.clone(), Some(setting.value.clone()))));
            if all.len() == before && row.each.is_none() {
                let default = row.default.clone().map(|value| Located::new(value, Origin::Default));
                all.push((Name::of(row.name.split('.').map(str::to_owned)), default));
            }
        }
        all
    }

    /// What the file sets and xcred doesn't know.
    pub fn unknown(&self) -> &[Unknown] {
        &self.unknown
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(text: &str) -> Result<Preferences, Error> {
        Preferences::read(&Source::of(Path::new("/c"), text.as_bytes())?)
    }

    #[test]
    fn without_a_file_all_is_as_by_default() {
        for world in [World::of([("HOME", "/nowhere")]), World::of::<String, String>([])] {
            let preferences = Preferences::load(&world).unwrap();
            assert_eq!(preferences.export_format(), None);
            assert!(preferences.caches_roles() && !preferences.caches_processes());
            assert_eq!(preferences.process_timeout(), Duration::from_mins(5));
            assert_eq!(preferences.mfa_command("arn"), None);
        }
    }

    #[test]
    fn the_file_says_what_holds() {
        let text = "\u{feff}export = { format = 'fish' }\n[cache]\nroles = false\r\nprocesses = true\n\
                    [mfa]\ncommand = 'all'\ndevices.\"arn:aws:iam::1:mfa/me\" = \"one\"\n";
        let preferences = read(text).unwrap();
        assert_eq!(preferences.export_format(), Some("fish"));
        assert!(!preferences.caches_roles() && preferences.caches_processes());
        assert_eq!(preferences.mfa_command("arn:aws:iam::1:mfa/me"), Some("one"));
        assert_eq!(preferences.mfa_command("arn:aws:iam::1:mfa/you"), Some("all"));
        let name = Name::parse("cache.processes").unwrap();
        let found = preferences.get(&name).unwrap().unwrap();
        assert_eq!((found.value, found.origin.to_string()), (Value::Switch(true), "/c:4".to_owned()));
    }

    #[test]
    fn what_a_newer_xcred_may_know_is_left_alone() {
        let preferences = read("x = 1\n[cache]\nrole = 1\n[new.table]\na = 1\n[[list]]\na = 1\n").unwrap();
        let unknown: Vec<_> = preferences
            .unknown()
            .iter()
            .map(|unknown| format!("{} {}", unknown.name, unknown.place))
            .collect();
        assert_eq!(unknown, ["x /c:1", "cache.role /c:3", "new.table.a /c:5", "list /c:6"]);
    }

    #[test]
    fn a_setting_of_the_wrong_kind_is_told_with_its_line() {
        let told = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(told("\n[cache]\nroles = 'yes'\n"), "/c:3: `cache.roles` should be true or false");
        assert_eq!(
            told("process.timeout = 0\n"),
            "/c:1: `process.timeout` should be a number of seconds from 1 to 86400"
        );
        assert_eq!(read("process.timeout = 7\n").unwrap().process_timeout(), Duration::from_secs(7));
        assert_eq!(told("[cache.roles]\n"), "/c:1: `cache.roles` should be true or false");
        assert_eq!(told("cache = 1\n"), "/c:1: `cache` should be a table");
        assert_eq!(told("mfa.devices = 'x'\n"), "/c:1: `mfa.devices` should be a table");
        assert_eq!(told("[[mfa]]\ncommand = 'x'\n"), "/c:1: `mfa` should be a table");
        assert!(
            told("export.format = 'bash'\n")
                .starts_with("/c:1: `export.format` should be one of posix, fish")
        );
        assert!(told("mfa.command = ['a']\n").starts_with("/c:1: `mfa.command` should be a program"));
    }
}
