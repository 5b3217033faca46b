//! The config and the credentials file as an SDK other than botocore sees them, each value with its line.
//!
//! `profile` has botocore's view, and edits the files. This room only reads.

mod botocore;
mod fault;
mod file;
mod heading;
mod lines;
mod merge;
mod section;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::ini::Document;
use crate::profile::FileKind;
use crate::sdk::FileRules;
use crate::world::World;

use heading::Heading;

pub use fault::Fault;
#[cfg(test)]
pub(crate) use lines::Oddity;
pub use lines::{Difference, differences, respelled};
pub use section::Section;

/// Both files, read by the rules of one SDK.
#[derive(Debug, Default)]
pub struct View {
    profiles: Vec<String>,
    sections: BTreeMap<Heading, Section>,
    fault: Option<Arc<Fault>>,
    /// By [`FileKind`].
    paths: [Option<Arc<Path>>; 2],
    is_opted_out: bool,
}

impl View {
    /// Reads both files. An SDK that refuses one of them has none, and [`fault`](View::fault) says why.
    pub fn read(world: &World, rules: &FileRules) -> View {
        View::supposing(world, rules, &|_| None)
    }

    /// What would be read if some files had other documents than they have.
    pub fn supposing(
        world: &World,
        rules: &FileRules,
        supposed: &dyn Fn(&Path) -> Option<Rc<Document>>,
    ) -> View {
        let view = View::try_read(world, rules, supposed)
            .unwrap_or_else(|fault| View { fault: Some(Arc::new(fault)), ..View::default() });
        View { paths: file::paths(world, rules), is_opted_out: file::is_opted_out(world, rules), ..view }
    }

    fn try_read(world: &World, rules: &FileRules, supposed: &file::Supposed<'_>) -> Result<View, Fault> {
        let mut config = file::parts(world, rules, FileKind::Config, supposed)?;
        let mut credentials = file::parts(world, rules, FileKind::Credentials, supposed)?;
        file::read_sessions_again(world, rules, &mut config, supposed)?;
        let is_new = |heading: &Heading| !config.found.contains_key(heading);
        let only_there: Vec<Heading> = credentials.order.into_iter().filter(is_new).collect();
        let mut view = View::default();
        for heading in config.order.into_iter().chain(only_there) {
            let parts = [config.found.remove(&heading), credentials.found.remove(&heading)];
            if let Heading::Profile(name) = &heading {
                view.profiles.push(name.clone());
            }
            view.sections.insert(heading, Section::merged(rules.merging, &parts));
        }
        Ok(view)
    }

    pub fn profile(&self, name: &str) -> Option<&Section> {
        self.sections.get(&Heading::Profile(name.to_owned()))
    }

    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections.get(&Heading::SsoSession(name.to_owned()))
    }

    pub fn services(&self, name: &str) -> Option<&Section> {
        self.sections.get(&Heading::Services(name.to_owned()))
    }

    /// The names of all profiles: the config file's in file order, then those that only the credentials file has.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.profiles.iter().map(String::as_str)
    }

    /// The names of all sessions of IAM Identity Center.
    pub fn sso_sessions(&self) -> impl Iterator<Item = &str> {
        self.sections.keys().filter_map(|heading| match heading {
            Heading::SsoSession(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Where a file is, if it is anywhere.
    pub fn path(&self, kind: FileKind) -> Option<&Path> {
        self.paths[kind as usize].as_deref()
    }

    /// Whether a variable disables the config file, and so all of a profile but its keys.
    pub fn is_opted_out(&self) -> bool {
        self.is_opted_out
    }

    /// Why the SDK refuses the files. The other file counts for nothing then, either.
    pub fn fault(&self) -> Option<&Arc<Fault>> {
        self.fault.as_ref()
    }
}
