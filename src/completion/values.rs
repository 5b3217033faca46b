//! What the values of arguments and settings can be.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use clap::Arg;

use super::candidate::{Candidate, subcommands};
use super::line::Line;
use crate::config::{self, Config};
use crate::effective::{all_stored, select};
use crate::profile::{Files, SectionName, Wanted};
use crate::sdk::Sdk;
use crate::settings::{self, KNOWN_REGIONS, Kind, OUTPUT_FORMATS, S3, S3_COMMAND_KEYS, VARIABLES, Variable};
use crate::world::World;

/// What the value of an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Profile,
    SsoSession,
    Services,
    Region,
    OutputFormat,
    /// A key of a profile.
    Setting,
    /// The value of the key that was typed before.
    ValueOfSetting,
    /// One of xcred's own settings.
    OwnSetting,
    /// The value of xcred's setting that was typed before.
    ValueOfOwnSetting,
    /// A command of xcred.
    Command,
    File,
    Folder,
}

/// What an argument names, unless clap knows all its values, or only its user does. `path` is the command's.
pub(super) fn names(path: &[&str], argument: &Arg) -> Option<Names> {
    Some(match (path, argument.get_id().as_str()) {
        (["profile", _], "name") | (_, "profile" | "profiles" | "named" | "source_profile" | "save_as") => {
            Names::Profile
        }
        (["configure", "bridge"], "name") => Names::Profile,
        (["configure", "sso-session"], "name") | (_, "sso_session") => Names::SsoSession,
        (_, "services") => Names::Services,
        (_, "region" | "sso_region") => Names::Region,
        (["configure"] | ["configure", "sso"], "output") => Names::OutputFormat,
        (["get" | "set" | "unset"], "key") => Names::Setting,
        (["set"], "value") => Names::ValueOfSetting,
        (["config", _], "key") => Names::OwnSetting,
        (["config", _], "value") => Names::ValueOfOwnSetting,
        (["configure", "import"], "file" | "csv") | (_, "web_identity_token_file") => Names::File,
        (["man"], "output") => Names::Folder,
        (["man"], "command") => Names::Command,
        _ => return None,
    })
}

/// The names that exist here. The files are read when the first one is asked for; what can't be read has none.
pub(super) struct Known<'w> {
    world: &'w World,
    files: LazyCell<Files, Box<dyn FnOnce() -> Files + 'w>>,
}

impl<'w> Known<'w> {
    pub(super) fn of(world: &'w World) -> Known<'w> {
        Known { world, files: LazyCell::new(Box::new(|| Files::read(world).in_part().0)) }
    }

    pub(super) fn is_profile(&self, name: &str) -> bool {
        self.files.profiles().any(|profile| profile == name)
    }

    pub(super) fn profiles(&self) -> Vec<Candidate> {
        self.files.profiles().map(Candidate::of).collect()
    }

    fn sections(&self, sort: &SectionName) -> Vec<Candidate> {
        self.files.siblings(sort).into_iter().map(Candidate::of).collect()
    }

    /// The names that an argument can have. Files and folders are not among them: the shell knows those.
    pub(super) fn candidates(&self, names: Names, line: &Line<'_>) -> Vec<Candidate> {
        match names {
            Names::Profile => self.profiles(),
            Names::SsoSession => self.sections(&SectionName::SsoSession(String::new())),
            Names::Services => self.sections(&SectionName::Services(String::new())),
            Names::Region => all(KNOWN_REGIONS),
            Names::OutputFormat => all(OUTPUT_FORMATS),
            Names::Setting => self.settings(line),
            Names::ValueOfSetting => {
                line.value("key").and_then(setting).map_or_else(Vec::new, |row| self.values(row, line))
            }
            Names::OwnSetting => config::names(self.world)
                .into_iter()
                .map(|(name, meaning)| Candidate { about: meaning.to_owned(), ..Candidate::of(name) })
                .collect(),
            Names::ValueOfOwnSetting => {
                line.value("key").map_or_else(Vec::new, |key| all(config::values(key)))
            }
            Names::Command => commands(line),
            Names::File | Names::Folder => Vec::new(),
        }
    }

    /// Every setting, and the other keys that the section on the line has; only those of the section where they are removed.
    /// With the profile before them if it is typed (`dev.region`).
    fn settings(&self, line: &Line<'_>) -> Vec<Candidate> {
        let removes = line.commands.last().is_some_and(|command| command.get_name() == "unset");
        let known = if removes { Vec::new() } else { known_keys() };
        let keys = |section: &SectionName| [known.clone(), self.stored_keys(section)].concat();
        let mut names = self.section(line).map_or_else(|| known.clone(), |section| keys(&section));
        if let Some((named, section)) = self.named_before_key(&line.typed) {
            names.extend(keys(&section).into_iter().map(|name| format!("{named}{name}")));
        }
        let mut seen = BTreeSet::new();
        names.into_iter().filter(|name| seen.insert(name.clone())).map(Candidate::of).collect()
    }

    /// The section that the options on the line name, else that of the profile in the environment.
    fn section(&self, line: &Line<'_>) -> Option<SectionName> {
        if let Some(session) = line.value("sso_session") {
            return Some(SectionName::SsoSession(session.to_owned()));
        }
        if let Some(services) = line.value("services") {
            return Some(SectionName::Services(services.to_owned()));
        }
        let selected = select(self.world, line.value("profile"), Sdk::default()).ok()?;
        Some(SectionName::Profile(selected.name.value))
    }

    /// The keys of a section. A secret may be in the place of one.
    fn stored_keys(&self, section: &SectionName) -> Vec<String> {
        let stored = all_stored(&self.files, section).into_iter();
        let shown = stored.filter(|setting| setting.shown_name(false) == setting.name);
        shown.map(|setting| setting.name).collect()
    }

    /// The beginning of a typed key that names an existing profile, with the dot behind it, and that profile.
    fn named_before_key<'t>(&self, typed: &'t str) -> Option<(&'t str, SectionName)> {
        let any = "x";
        let Wanted { section, key } = Wanted::parse(&format!("{typed}{any}"), &self.files).ok()?;
        let section =
            section.filter(|section| section.profile().is_some_and(|name| self.is_profile(name)))?;
        let length = (typed.len() + any.len()).checked_sub(key.dotted().len())?;
        Some((typed.get(..length)?, section))
    }

    /// The one by whose rules `set` checks values.
    fn sdk(&self) -> Sdk {
        let sdk = Config::load(self.world).map_or_else(|_| Sdk::default(), |config| config.sdk());
        Some(sdk).filter(|sdk| sdk.ruled.is_none()).unwrap_or_default()
    }

    fn values(&self, row: &Variable, line: &Line<'_>) -> Vec<Candidate> {
        let is = |other: &Variable| row == other;
        if is(&settings::REGION) || is(&settings::SSO_REGION) {
            all(KNOWN_REGIONS)
        } else if is(&settings::OUTPUT) {
            all(OUTPUT_FORMATS)
        } else if is(&settings::SOURCE_PROFILE) {
            self.profiles()
        } else if is(&settings::SSO_SESSION) {
            self.candidates(Names::SsoSession, line)
        } else if is(&settings::SERVICES) {
            self.candidates(Names::Services, line)
        } else {
            match row.kind {
                Kind::Boolean => all(&["true", "false"]),
                Kind::OneOf(..) => match self.sdk().form(row) {
                    Kind::OneOf(words, _) => all(words),
                    _ => Vec::new(),
                },
                Kind::Text | Kind::Integer(_) | Kind::Address | Kind::Block => Vec::new(),
            }
        }
    }
}

/// Whether the value of the typed setting is the path of a file.
pub(super) fn is_path(line: &Line<'_>) -> bool {
    let row = line.value("key").and_then(setting);
    row.is_some_and(|row| *row == settings::WEB_IDENTITY_TOKEN_FILE || *row == settings::CA_BUNDLE)
}

/// The settings of AWS, with those that only AWS CLI's commands for S3 read.
fn known_keys() -> Vec<String> {
    let of_commands = S3_COMMAND_KEYS.iter().map(|key| format!("{S3}.{key}"));
    VARIABLES.iter().filter_map(|row| row.dotted_key()).chain(of_commands).collect()
}

/// The setting of a typed key, which a profile may precede (`dev.region`).
fn setting(key: &str) -> Option<&'static Variable> {
    settings::variable(key).or_else(|| key.split_once('.').and_then(|(_, rest)| setting(rest)))
}

fn all(names: &[&'static str]) -> Vec<Candidate> {
    names.iter().map(|name| Candidate::of(*name)).collect()
}

/// The commands below the one that is typed as an argument of `man`.
fn commands(line: &Line<'_>) -> Vec<Candidate> {
    let mut typed = line.given.iter().filter(|(argument, _)| argument.get_id() == "command");
    let command = typed.try_fold(line.commands[0], |command, (_, name)| command.find_subcommand(name));
    command.map_or_else(Vec::new, subcommands)
}
