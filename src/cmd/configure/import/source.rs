//! Where the text of an import comes from: a file, a pipe, or the argument itself, as in AWS CLI.

use std::fs;
use std::path::{Path, PathBuf};

use super::document::is_document;
use super::rows;
use crate::cmd::configure::cx::FAREWELL;
use crate::failure::{Code, Explain, Failure, Hint};
use crate::origin::shown;
use crate::profile::Files;
use crate::secret::{Secret, breaks_line, is_withheld};
use crate::store;
use crate::ui::Ui;
use crate::ui::input::{self, InputError, Supplied};
use crate::world::{NoHome, World};

/// The size limit of a file of access keys, in bytes: more than enough for every account.
const LARGEST: usize = 1024 * 1024;

/// What AWS CLI accepts before a file's name.
const PREFIXES: [&str; 3] = ["file://", "fileb://", "file:"];

/// Text, and its name in messages.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: Secret,
    /// The file, if nothing is known to read it: it still has the secrets after the import. Of a link, what it leads to comes first.
    pub(super) leftover: Vec<PathBuf>,
}

impl Source {
    /// Reads the file that an argument names, or takes the argument itself as the text.
    pub(super) fn of(argument: &str, world: &World, ui: &Ui) -> Result<Source, Failure> {
        let named = |name: &str, text| Ok(Source { name: name.to_owned(), text, leftover: Vec::new() });
        if argument == "-" {
            return named("standard input", supplied(input::Source::StandardInput, ui)?);
        }
        let prefixed = PREFIXES.iter().find_map(|prefix| argument.strip_prefix(prefix));
        let is_text = |text: &str| text.contains(breaks_line) || rows::is_header(text) || is_document(text);
        if prefixed.is_none() && is_text(argument) {
            return named("the text", Secret::new(argument));
        }
        let path = prefixed.map_or_else(|| world.expand_user(argument), |path| world.expand(path));
        let path = path.map_err(SourceError::NoHome)?;
        if path == Path::new("/dev/stdin") {
            return named("standard input", supplied(input::Source::StandardInput, ui)?);
        }
        if let Some(number) = descriptor(&path) {
            return named(&shown(&path).to_string(), supplied(input::Source::Descriptor(number), ui)?);
        }
        if is_withheld(argument) {
            return Err(SourceError::Neither.into());
        }
        let name = shown(&path).to_string();
        match store::open(&path, |file, _| Ok(input::read(file, &name, LARGEST)))? {
            Some(Ok(text)) => Ok(Source { name, text, leftover: leftover(path, world) }),
            Some(Err(error)) => Err(unreadable(error)),
            None if fs::metadata(&path).is_ok() => Err(SourceError::NotAFile { name }.into()),
            None => Err(SourceError::Absent { name }.into()),
        }
    }
}

/// What to remove so that the secrets are gone. Nothing if SDKs read them there.
fn leftover(path: PathBuf, world: &World) -> Vec<PathBuf> {
    if is_of_sdks(&path, world) {
        return Vec::new();
    }
    let real = fs::canonicalize(&path).ok().filter(|_| path.is_symlink());
    real.into_iter().chain([path]).collect()
}

/// Whether SDKs read the file: those of this environment, or those of another one, such as that of Windows.
fn is_of_sdks(path: &Path, world: &World) -> bool {
    let real = fs::canonicalize(path);
    let folder = real.as_deref().unwrap_or(path).parent().and_then(Path::file_name);
    folder.is_some_and(|folder| folder == ".aws") || Files::are_at(path, world)
}

/// The text of a source, which at a terminal is pasted.
fn supplied(source: input::Source, ui: &Ui) -> Result<Secret, Failure> {
    match input::supplied(source, LARGEST, FAREWELL, ui)? {
        Supplied::Text(text) => Ok(text),
        Supplied::Typed(dialogue) => {
            dialogue.say("Paste the keys, then press Ctrl-D. Nothing is shown.")?;
            Ok(dialogue.paste()?)
        }
    }
}

/// The descriptor that a path names, as in a shell's `<(command)`.
fn descriptor(path: &Path) -> Option<u32> {
    let path = path.to_str()?;
    let number = ["/dev/fd/", "/proc/self/fd/"].iter().find_map(|folder| path.strip_prefix(folder))?;
    number.parse().ok()
}

fn unreadable(error: InputError) -> Failure {
    match error {
        InputError::NotUtf8 { .. } | InputError::Nul { .. } => SourceError::NotText(error).into(),
        InputError::TooLong { .. } => SourceError::TooLong(error).into(),
        InputError::Io { .. } | InputError::Shown { .. } => error.into(),
    }
}

/// Why there is no text to import.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error(transparent)]
    NoHome(NoHome),
    #[error(transparent)]
    NotText(InputError),
    #[error(transparent)]
    TooLong(InputError),
    /// For an argument that may be a secret.
    #[error("the argument is neither a file nor CSV text with a line for the columns")]
    Neither,
    #[error("{name} is a device, a pipe or a socket, not a file")]
    NotAFile { name: String },
    #[error("{name}: no such file")]
    Absent { name: String },
}

impl Explain for SourceError {
    fn code(&self) -> Code {
        match self {
            SourceError::NoHome(_)
            | SourceError::NotText(_)
            | SourceError::TooLong(_)
            | SourceError::NotAFile { .. }
            | SourceError::Absent { .. } => Code::InvalidConfig,
            SourceError::Neither => Code::Usage,
        }
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            SourceError::NoHome(_) => "give the absolute path of the file",
            SourceError::NotText(_) => "save it as UTF-8 CSV",
            SourceError::TooLong(_) => return None,
            SourceError::NotAFile { .. } => "give its text on standard input, with `-` for the file",
            SourceError::Neither | SourceError::Absent { .. } => {
                "give the name of a CSV file, or `-` for standard input"
            }
        };
        Some(help.into())
    }
}

#[cfg(test)]
mod examples;
