//! The two files, loaded together.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::file::{File, Lookup};
use super::header::new_header;
use super::variables::FILE_VARIABLES;
use super::{Error, FileKind, Heading, SectionName};
use crate::ini::{Bytes, Document, Section};
use crate::origin::Origin;
use crate::store;
use crate::world::{NoHome, World};

/// The config and the credentials file. One path may serve as both: then there is one document.
#[derive(Clone, Debug)]
pub struct Files {
    pub(super) paths: [Arc<Path>; 2],
    pub(super) documents: Vec<Rc<Document>>,
    pub(super) lookups: [Lookup; 2],
    /// Whether an edit removes byte order marks where it changes nothing else.
    pub(super) removes_marks: bool,
}

/// The two files as far as they can be read. The caller has to decide what happens if one can't be read: it is taken for
/// empty, and an empty file leads to another identity than the one that was set up.
#[must_use]
pub struct Reading {
    files: Files,
    problems: Vec<Error>,
}

impl Reading {
    /// Both files, or why one of them can't be read. A file that is not there is empty.
    pub fn whole(mut self) -> Result<Files, Error> {
        if self.problems.is_empty() { Ok(self.files) } else { Err(self.problems.swap_remove(0)) }
    }

    /// Both files as an edit needs them. Where something other than a file is in the place of one, such as a folder, that is
    /// only an error if this file is changed.
    pub fn for_edit(self) -> Result<Files, Error> {
        self.passing_obstacles().whole()
    }

    /// Without the problems that something other than a file is in the place of one: to botocore there is no file.
    pub fn passing_obstacles(mut self) -> Reading {
        self.problems.retain(|problem| !matches!(problem, Error::Store(problem) if problem.is_obstacle()));
        self
    }

    /// What can be read, and what can't, which is an error where it is `needed`.
    pub fn unless_needed(self, needed: bool) -> Result<(Files, Vec<Error>), Error> {
        if needed { Ok((self.whole()?, Vec::new())) } else { Ok(self.in_part()) }
    }

    /// What can be read, and what can't: for those who say so.
    pub fn in_part(self) -> (Files, Vec<Error>) {
        (self.files, self.problems)
    }
}

/// Whether both paths lead to one file; then they become the path of the config file.
fn unite(paths: &mut [Result<Arc<Path>, NoHome>; 2]) -> bool {
    let [Ok(config), Ok(credentials)] = &*paths else { return false };
    let is_one = config != credentials && store::is_one(config, credentials);
    if is_one {
        paths[1] = Ok(config.clone());
    }
    is_one
}

impl Files {
    /// Where the files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or the defaults in `~/.aws`.
    pub(super) fn paths(world: &World) -> [Result<Arc<Path>, NoHome>; 2] {
        let path = |variable: &str, default: &str| {
            world.expand(world.path(variable).unwrap_or(OsStr::new(default))).map(Arc::from)
        };
        let [config, credentials] = FILE_VARIABLES;
        [path(config, "~/.aws/config"), path(credentials, "~/.aws/credentials")]
    }

    /// Where an edit finds the files: at one path if both lead to one file, such as by a link.
    pub(super) fn paths_for_edit(world: &World) -> [Result<Arc<Path>, NoHome>; 2] {
        let mut paths = Files::paths(world);
        unite(&mut paths);
        paths
    }

    /// Whether a path leads to one of the files, by whatever name.
    pub fn are_at(path: &Path, world: &World) -> bool {
        Files::paths(world).into_iter().flatten().any(|own| store::is_one(&own, path))
    }

    /// Reads both files. A file that is not there is empty; nothing is created.
    pub fn load(world: &World) -> Result<Files, Error> {
        Files::read(world).whole()
    }

    /// Reads both files as an edit sees them: without byte order marks, which the edit removes.
    ///
    /// # Errors
    /// Also [`Error::Encoding`], for a file that no edit can be made in.
    pub fn load_for_edit(world: &World) -> Result<Files, Error> {
        let mut files = Files::read(world).for_edit()?;
        for (path, document) in files.paths.iter().zip(&mut files.documents) {
            if let Some(editable) = super::edited::editable(path, document.bytes())? {
                *document = Rc::new(Document::parse(editable.to_vec()));
            }
        }
        Ok(files)
    }

    /// Reads both files, as far as they can be read. One in a home that there isn't is not there, as in botocore.
    pub fn read(world: &World) -> Reading {
        let mut paths = Files::paths(world);
        let mut problems = Vec::new();
        let mut read = |path: &Result<Arc<Path>, NoHome>| {
            let Ok(path) = path else { return Document::default() };
            let found = store::open(path, |file, size| Bytes::read(file, size).map(Document::parse));
            let found = found.unwrap_or_else(|problem| {
                problems.push(Error::from(problem));
                None
            });
            found.unwrap_or_default()
        };
        let mut documents = vec![read(&paths[0])];
        if paths[0] != paths[1] {
            documents.push(read(&paths[1]));
        }
        // Only equal bytes are worth a look at the disk.
        if let [config, credentials] = &documents[..]
            && config.bytes() == credentials.bytes()
            && unite(&mut paths)
        {
            documents.truncate(1);
        }
        Reading {
            files: Files::of(paths.map(as_shown), documents.into_iter().map(Rc::new).collect()),
            problems,
        }
    }

    /// The bytes of both files, as far as they can be read.
    pub fn contents(world: &World) -> impl Iterator<Item = Bytes> {
        let paths = Files::paths(world).into_iter().flatten();
        paths.filter_map(|path| store::open(&path, Bytes::read).ok()?)
    }

    pub(super) fn of(paths: [Arc<Path>; 2], documents: Vec<Rc<Document>>) -> Files {
        Files { paths, documents, lookups: Default::default(), removes_marks: false }
    }

    /// One file for both, with this content, which is not on the disk.
    #[cfg(test)]
    pub fn of_one_text(text: &str) -> Files {
        let path: Arc<Path> = Path::new("config").into();
        Files::of([path.clone(), path], vec![Document::parse(text.as_bytes().to_vec()).into()])
    }

    /// Files with these contents, which are not on the disk.
    #[cfg(test)]
    pub fn of_texts(config: &str, credentials: &str) -> Files {
        let paths = ["config", "credentials"].map(|name| Arc::from(Path::new(name)));
        Files::of(
            paths,
            [config, credentials].map(|text| Document::parse(text.as_bytes().to_vec()).into()).into(),
        )
    }

    /// The files, if one of them had another document.
    #[must_use]
    pub fn supposing(&self, kind: FileKind, document: Document) -> Files {
        let mut documents = self.documents.clone();
        let at = (kind as usize).min(documents.len() - 1);
        documents[at] = Rc::new(document);
        Files::of(self.paths.clone(), documents)
    }

    /// The document of the file at this path.
    pub fn document_at(&self, path: &Path) -> Option<Rc<Document>> {
        let at = self.paths.iter().position(|found| **found == *path)?;
        self.documents.get(at.min(self.documents.len() - 1)).cloned()
    }

    /// One of the files.
    pub fn file(&self, kind: FileKind) -> File<'_> {
        let at = kind as usize;
        let document = &self.documents[at.min(self.documents.len() - 1)];
        File { kind, path: &self.paths[at], document, lookup: &self.lookups[at] }
    }

    /// Both files, the config file first.
    pub fn both(&self) -> [File<'_>; 2] {
        [self.file(FileKind::Config), self.file(FileKind::Credentials)]
    }

    /// Refuses files that botocore can't read, as botocore would.
    pub fn check(&self) -> Result<(), Error> {
        self.both().iter().try_for_each(File::check)
    }

    /// The names of all profiles: the config file's in file order, then those that only the credentials file has. Without those
    /// that are only [another reading](Files::is_other_reading).
    pub fn profiles(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.available_profiles().filter(|name| !self.is_other_reading(name))
    }

    /// The names of all profiles as botocore lists them, in the same order.
    pub fn available_profiles(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.sections().filter_map(|(_, _, heading)| match heading {
            Heading::Profile(name) => Some(name),
            _ => None,
        })
    }

    /// The effective sections: the config file's, then those that only the credentials file has.
    pub(super) fn sections(&self) -> impl Iterator<Item = (FileKind, Section<'_>, Heading<'_>)> {
        let [config, credentials] = self.both();
        let only_there = credentials.listed().filter(move |(_, heading)| config.find(heading).is_none());
        let in_config = config.listed().map(|(section, heading)| (FileKind::Config, section, heading));
        let only_there = only_there.map(|(section, heading)| (FileKind::Credentials, section, heading));
        in_config.chain(only_there)
    }

    /// The names of all sections of the same sort as `name`, which is not a profile.
    pub fn siblings(&self, name: &SectionName) -> Vec<Cow<'static, str>> {
        self.file(FileKind::Config).siblings(name)
    }

    /// The names of the sessions of IAM Identity Center.
    pub fn sso_sessions(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.file(FileKind::Config).headings().filter_map(|(_, heading)| match heading {
            Heading::SsoSession(name) => Some(name),
            _ => None,
        })
    }

    /// Refuses a section that doesn't exist and can't be added to the credentials file because of its name.
    pub fn check_name(&self, name: &SectionName) -> Result<(), Error> {
        if self.find(name).exists() { Ok(()) } else { new_header(FileKind::Credentials, name).map(drop) }
    }

    /// Refuses a section that neither file has; `origin` is who asked for it.
    pub fn require(&self, name: &SectionName, origin: &Origin) -> Result<(), Error> {
        if self.find(name).exists() {
            return Ok(());
        }
        if let (SectionName::Profile(profile), Origin::Environment { variable }) = (name, origin)
            && profile.is_empty()
        {
            return Err(Error::Blank { variable: variable.clone() });
        }
        let candidates: Vec<Cow<'_, str>> = match name {
            SectionName::Profile(_) => self.profiles().collect(),
            other => self.siblings(other),
        };
        let nearest = crate::text::nearest(name.name(), candidates).map(Cow::into_owned);
        let lookalikes = self.lookalikes(name);
        Err(Error::NotFound { section: name.clone(), origin: origin.clone(), nearest, lookalikes })
    }
}

/// A path as it is shown, whether it leads anywhere or not.
pub(super) fn as_shown(path: Result<Arc<Path>, NoHome>) -> Arc<Path> {
    path.unwrap_or_else(|no_home| Arc::from(no_home.path))
}
