//! One of the two files: where it is, and what it has of each section.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::fault::Fault;
use super::heading::Heading;
use super::section::{Part, Values};
use crate::ini::dialect::{self, Block, Malformed, Pair, What};
use crate::ini::{Bytes, Document, Nested, Value};
use crate::origin::{Located, Place};
use crate::profile::{FILE_VARIABLES, FileKind};
use crate::sdk::{EmptyVariable, FileRules, HomeFolder, NotUtf8, Tilde, Unreadable};
use crate::secret::Secret;
use crate::store::{self, Problem};
use crate::world::World;

/// What a file has of each section, in the order of their first headers.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) order: Vec<Heading>,
    pub(super) found: BTreeMap<Heading, Part>,
}

/// The document that a file is supposed to have, whatever it has.
pub(super) type Supposed<'s> = dyn Fn(&Path) -> Option<Rc<Document>> + 's;

/// Reads one of the files.
pub(super) fn parts(
    world: &World,
    rules: &FileRules,
    kind: FileKind,
    supposed: &Supposed<'_>,
) -> Result<Parts, Fault> {
    read(rules, kind, path(world, rules, kind, rules.paths.tilde != Tilde::Kept), supposed)
}

/// Reads the sessions anew, if the SDK looks for them at another path.
pub(super) fn read_sessions_again(
    world: &World,
    rules: &FileRules,
    config: &mut Parts,
    supposed: &Supposed<'_>,
) -> Result<(), Fault> {
    let [path, others] = [true, false].map(|expands| path(world, rules, FileKind::Config, expands));
    if rules.paths.tilde != Tilde::ExpandedExceptForSessions || path == others {
        return Ok(());
    }
    let others = read(rules, FileKind::Config, others, supposed)?;
    let is_session = |heading: &Heading| matches!(heading, Heading::SsoSession(_));
    config.found.retain(|heading, _| !is_session(heading));
    config.order.retain(|heading| !is_session(heading));
    config.found.extend(others.found.into_iter().filter(|(heading, _)| is_session(heading)));
    config.order.extend(others.order.into_iter().filter(is_session));
    Ok(())
}

/// Where both files are.
pub(super) fn paths(world: &World, rules: &FileRules) -> [Option<Arc<Path>>; 2] {
    let expands = rules.paths.tilde != Tilde::Kept;
    FileKind::ALL.map(|kind| path(world, rules, kind, expands))
}

/// Where a file is, if it is anywhere. `expands` tells whether `~/` in the variable is the home folder.
fn path(world: &World, rules: &FileRules, kind: FileKind, expands: bool) -> Option<Arc<Path>> {
    let [config, credentials] = FILE_VARIABLES;
    let (variable, default) = match kind {
        FileKind::Config => (config, "~/.aws/config"),
        FileKind::Credentials => (credentials, "~/.aws/credentials"),
    };
    if kind == FileKind::Config && is_opted_out(world, rules) {
        return None;
    }
    match world.path(variable) {
        Some(value) if !value.is_empty() => {
            let is_in_home = expands && value.as_encoded_bytes().starts_with(b"~/");
            let path = if is_in_home { in_home(world, rules, value)? } else { PathBuf::from(value) };
            Some(path.into())
        }
        Some(_) => match rules.paths.empty_variable {
            EmptyVariable::NoFile => None,
            EmptyVariable::Default => Some(in_home(world, rules, OsStr::new(default))?.into()),
            EmptyVariable::Folder => Some(PathBuf::from(".").into()),
        },
        None => Some(in_home(world, rules, OsStr::new(default))?.into()),
    }
}

/// A path that begins with `~/`, if there is a home folder.
fn in_home(world: &World, rules: &FileRules, path: &OsStr) -> Option<PathBuf> {
    let filled = |name: &str| world.path(name).filter(|value| !value.is_empty());
    let at = |home: &OsStr| Some(Path::new(home).join(Path::new(path).strip_prefix("~").ok()?));
    match rules.paths.home {
        HomeFolder::OfVariable => at(world.path("HOME").unwrap_or(OsStr::new("~"))),
        HomeFolder::OfAnySystem if filled("HOME").is_none() => {
            if let Some(home) = filled("USERPROFILE") {
                return at(home);
            }
            if let Some(rest) = filled("HOMEPATH") {
                let mut home = world.path("HOMEDRIVE").unwrap_or(OsStr::new("C:/")).to_owned();
                home.push(rest);
                return at(&home);
            }
            match world.path("HOME") {
                Some(empty) => at(empty),
                None => world.expand_user(path).ok(),
            }
        }
        _ => world.expand_user(path).ok(),
    }
}

/// Whether a variable disables the config file.
pub(super) fn is_opted_out(world: &World, rules: &FileRules) -> bool {
    rules.paths.opt_out.is_some_and(|variable| world.path(variable).is_some())
}

fn read(
    rules: &FileRules,
    kind: FileKind,
    path: Option<Arc<Path>>,
    supposed: &Supposed<'_>,
) -> Result<Parts, Fault> {
    let Some(path) = path else { return Ok(Parts::default()) };
    if let Some(document) = supposed(&path) {
        return parts_of(rules, kind, path, &document);
    }
    let document = match store::open(&path, |file, size| Bytes::read(file, size).map(Document::parse)) {
        Err(problem @ Problem::Folder { .. }) if rules.unreadable == Unreadable::EmptyUnlessFolder => {
            return Err(problem.into());
        }
        found => found.ok().flatten().unwrap_or_default(),
    };
    if let Err(error) = std::str::from_utf8(document.bytes()) {
        match rules.not_utf8 {
            NotUtf8::EmptyFile => return Ok(Parts::default()),
            NotUtf8::Refused => {
                let place = Place::line(path, document.line_at(error.valid_up_to()));
                return Err(Fault::Malformed { place, what: What::NotUtf8 });
            }
            NotUtf8::Replaced => {}
        }
    }
    parts_of(rules, kind, path, &document)
}

fn parts_of(rules: &FileRules, kind: FileKind, path: Arc<Path>, document: &Document) -> Result<Parts, Fault> {
    let reading = dialect::read(document, &rules.dialect);
    let place = Place::line(path, 0);
    let headings: Vec<Heading> =
        reading.sections.iter().map(|block| Heading::read(rules, kind, &block.text())).collect();
    let blocks = || headings.iter().zip(&reading.sections);
    let checked =
        blocks().filter(|(heading, _)| rules.headers.ignored_are_checked || **heading != Heading::Ignored);
    let faults = checked.filter_map(|(_, block)| block.fault).chain(reading.fault);
    if let Some(Malformed { line, what }) = faults.min_by_key(|fault| fault.line) {
        return Err(Fault::Malformed { place: Place { line, ..place }, what });
    }
    let mut builders = Builders { rules, place, order: Vec::new(), found: BTreeMap::new() };
    for (heading, block) in blocks().filter(|(heading, _)| **heading != Heading::Ignored) {
        builders.add(heading, block);
    }
    Ok(builders.finish())
}

/// The sections of a file while it is read.
struct Builders<'r> {
    rules: &'r FileRules,
    /// Any place in the file.
    place: Place,
    order: Vec<Heading>,
    found: BTreeMap<Heading, Builder>,
}

#[derive(Default)]
struct Builder {
    places: Vec<Place>,
    /// In file order.
    values: BTreeMap<Box<str>, Vec<Values>>,
}

impl Builder {
    fn finish(self) -> Part {
        let values = self.values.into_iter().map(|(key, mut all)| {
            // The last one counts, but one that isn't text overrides none that is.
            all.reverse();
            all.sort_by_key(|values| !values.is_text());
            let lines = all.first().and_then(|first| first.lines.clone());
            (key, Values { all: all.into_iter().flat_map(|values| values.all).collect(), lines })
        });
        Part { places: self.places, values: values.collect() }
    }
}

impl Builders<'_> {
    fn add(&mut self, heading: &Heading, block: &Block<'_>) {
        let section = block.text();
        let header = Place { line: block.line, section: Some((*section).into()), ..self.place.clone() };
        let values: Vec<_> = block.pairs.iter().flat_map(|pair| values(self.rules, &header, pair)).collect();
        let is_section =
            self.rules.headers.empty_sections || values.iter().any(|(_, values)| values.is_text());
        if !is_section {
            return;
        }
        if !self.found.contains_key(heading) {
            self.order.push(heading.clone());
        }
        let builder = self.found.entry(heading.clone()).or_default();
        builder.places.push(header);
        for (key, values) in values {
            builder.values.entry(key).or_default().push(values);
        }
    }

    fn finish(mut self) -> Parts {
        for heading in std::mem::take(&mut self.order) {
            let Heading::Unprefixed(name) = &heading else {
                self.order.push(heading);
                continue;
            };
            let prefixed = Heading::Profile(name.clone());
            if let Some(unprefixed) = self.found.remove(&heading)
                && !self.found.contains_key(&prefixed)
            {
                self.found.insert(prefixed.clone(), unprefixed);
                self.order.push(prefixed);
            }
        }
        let found = self.found.into_iter().map(|(heading, builder)| (heading, builder.finish()));
        Parts { order: self.order, found: found.collect() }
    }
}

/// The keys that a pair sets, each with its one value.
fn values(rules: &FileRules, header: &Place, pair: &Pair<'_>) -> Vec<(Box<str>, Values)> {
    let (name, text) = (pair.first.name(), pair.text());
    let place = |line, key: &str| Place { line, key: Some(key.into()), ..header.clone() };
    let is_text = rules.sets_empty || !text.is_empty();
    let mut found = Vec::new();
    let nested = pair.subs.iter().map(|sub| Nested {
        key: sub.name().into_owned(),
        value: Secret::new(sub.text()),
        line: sub.line,
    });
    let value = if pair.subs.is_empty() {
        is_text.then(|| (Value::Text(Secret::new(text)), None))
    } else {
        Some((Value::Block(nested.collect()), is_text.then(|| Secret::new(text))))
    };
    if let Some((value, lines)) = value {
        let all = vec![Located::new(value, place(pair.first.line, &name).into())];
        found.push(((*name).into(), Values { all, lines }));
    }
    for sub in pair.subs.iter().filter(|_| rules.dotted_sub_keys) {
        let key = format!("{name}.{}", sub.name());
        let value = Value::Text(Secret::new(sub.text()));
        let all = vec![Located::new(value, place(sub.line, &key).into())];
        found.push((key.into(), Values { all, lines: None }));
    }
    found
}
