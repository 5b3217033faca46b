//! Where a value came from. Every value that xcred shows has an [`Origin`], from the parser to the JSON.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::secret::{MASK, without_keys};

/// The folder that texts show as `~`.
static HOME: OnceLock<PathBuf> = OnceLock::new();

/// The folder that relative paths are below.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// From now on texts show this folder as `~`. Documents for programs have whole paths.
pub fn shorten_home(home: PathBuf) {
    // `/` would make every path one below the home folder.
    if home.is_absolute() && home.parent().is_some() {
        // Only the first call has an effect: a process has one home folder.
        let _ = HOME.set(home);
    }
}

/// Whether it is in the folder that texts show as `~`, at any depth.
pub fn is_below_home(path: &Path) -> bool {
    HOME.get().is_some_and(|home| path != home && path.starts_with(home))
}

/// Completes relative paths in documents: the folder in which the process was started.
pub fn complete_below(folder: PathBuf) {
    let _ = FOLDER.set(folder);
}

/// A path in a text for people: the home folder is `~`, and bytes that are not UTF-8 are `\xNN`.
pub fn shown(path: &Path) -> impl fmt::Display + '_ {
    shown_below_home(path)
}

fn shown_below_home(path: &Path) -> Shown<'_> {
    Shown { path: path.into(), home: HOME.get().map(PathBuf::as_path) }
}

/// As [`shown`], the path that a setting or a variable gives. Where somebody put the text of the file in place of its name, which
/// may be a private key or a token, it is masked.
pub fn named(path: &Path) -> impl fmt::Display + '_ {
    let text = path.to_str().unwrap_or_default();
    let is_token = || text.starts_with("eyJ") && text.split('.').count() == 3;
    let is_contents = text.contains(['\n', '\r']) || text.contains("-----BEGIN") || is_token();
    if is_contents { Shown { path: Path::new(MASK).into(), home: None } } else { shown_below_home(path) }
}

/// A path in a document for programs, absolute unless its home folder is unknown; bytes that are not UTF-8 are `\xNN`.
pub fn whole(path: &Path) -> impl fmt::Display + '_ {
    let folder = FOLDER.get().filter(|_| path.is_relative() && !path.starts_with("~"));
    Shown { path: folder.map_or(Cow::Borrowed(path), |folder| folder.join(path).into()), home: None }
}

struct Shown<'p> {
    path: Cow<'p, Path>,
    home: Option<&'p Path>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = self.home.and_then(|home| below(&self.path, home));
        if let Some(below) = below {
            f.write_str(if below.as_os_str().is_empty() { "~" } else { "~/" })?;
        }
        let path = below.unwrap_or(&self.path);
        if let Some(text) = path.to_str() {
            return f.write_str(text);
        }
        for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
            f.write_str(chunk.valid())?;
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
        }
        Ok(())
    }
}

/// What is behind `folder` in a path. The texts are compared first: ten thousand lines may have one path, and taking it
/// apart each time would be most of the work.
fn below<'p>(path: &'p Path, folder: &Path) -> Option<&'p Path> {
    let texts = path.to_str().zip(folder.to_str());
    let rest = texts.and_then(|(path, folder)| path.strip_prefix(folder)?.strip_prefix('/'));
    rest.map(Path::new).or_else(|| path.strip_prefix(folder).ok())
}

fn as_text<S: Serializer>(path: impl AsRef<Path>, serializer: S) -> Result<S::Ok, S::Error> {
    match path.as_ref().to_str() {
        Some(text) if path.as_ref().is_absolute() => serializer.serialize_str(text),
        _ => serializer.collect_str(&whole(path.as_ref())),
    }
}

/// A secret may be in the place of a name.
#[expect(clippy::ref_option, reason = "serde gives it so")]
fn without_secret<S: Serializer>(name: &Option<Box<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&without_keys(name.as_deref().unwrap_or_default()))
}

#[derive(Clone, Debug)]
pub struct Located<T> {
    pub value: T,
    pub origin: Origin,
}

impl<T> Located<T> {
    pub fn new(value: T, origin: Origin) -> Located<T> {
        Located { value, origin }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), origin: self.origin }
    }
}

/// The source of a value, as exactly as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "from", rename_all = "lowercase")]
pub enum Origin {
    /// A command-line option.
    #[error("{name}")]
    Option {
        /// The option as typed, such as `--region`.
        name: &'static str,
    },
    #[error("{variable}")]
    Environment { variable: Cow<'static, str> },
    /// A line of a file.
    #[error("{0}")]
    File(Place),
    /// A cached response of a service.
    #[error("{}", shown(path))]
    Cache {
        #[serde(serialize_with = "as_text")]
        path: PathBuf,
    },
    /// The output of a program.
    #[error("output of {program}")]
    Process {
        /// Without its arguments, which may contain a secret.
        program: String,
    },
    /// The response of a service.
    #[error("{url}")]
    Service { url: String },
    /// The built-in value.
    #[error("built-in default")]
    Default,
}

impl Origin {
    pub fn environment(variable: impl Into<Cow<'static, str>>) -> Origin {
        Origin::Environment { variable: variable.into() }
    }

    /// The line, if it is one of a file.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Origin::File(place) => Some(place),
            _ => None,
        }
    }

    /// The start of a message about a line of a file.
    pub fn before(&self) -> String {
        self.place().map_or_else(String::new, |place| format!("{place}: "))
    }
}

impl From<Place> for Origin {
    fn from(place: Place) -> Origin {
        Origin::File(place)
    }
}

/// A line of a file, and the setting on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file as the user named it (before symbolic links are followed).
    #[serde(serialize_with = "as_text")]
    pub path: Arc<Path>,
    /// Starting at 1; 0 for the file as a whole.
    #[serde(skip_serializing_if = "is_whole")]
    pub line: u32,
    /// The text between the brackets of the section's header.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "without_secret")]
    pub section: Option<Box<str>>,
    /// In lower case; nested keys dotted.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "without_secret")]
    pub key: Option<Box<str>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_whole(line: &u32) -> bool {
    *line == 0
}

impl Place {
    /// A line without a setting.
    pub fn line(path: impl Into<Arc<Path>>, line: u32) -> Place {
        Place { path: path.into(), line, section: None, key: None }
    }

    /// A file as a whole.
    pub fn whole(path: &Path) -> Place {
        Place::line(path, 0)
    }

    pub fn is_whole(&self) -> bool {
        is_whole(&self.line)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown(&self.path).fmt(f)?;
        if is_whole(&self.line) {
            return Ok(());
        }
        f.write_str(":")?;
        self.line.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn a_path_that_is_not_utf_8_is_shown_escaped_everywhere() {
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/caf\xe9/\xc3\xa9/c"));
        let place = Place::line(path, 1);
        let cache = Origin::Cache { path: path.to_owned() };
        assert_eq!(place.to_string(), "/caf\\xe9/é/c:1");
        assert_eq!(cache.to_string(), "/caf\\xe9/é/c");
        for origin in [Origin::File(place), cache] {
            assert!(serde_json::to_string(&origin).unwrap().contains(r"/caf\\xe9/é/c"), "{origin}");
        }
    }

    #[test]
    fn the_text_of_a_file_in_place_of_its_name_is_masked() {
        for text in ["-----BEGIN PRIVATE KEY----- CANARY", "CANARY\n", "eyJhbGciOi.CANARY.sig"] {
            assert_eq!(named(Path::new(text)).to_string(), MASK, "{text}");
        }
        for path in ["/var/run/token", "a.b.c", "eyJ/token"] {
            assert_eq!(named(Path::new(path)).to_string(), path);
        }
    }

    #[test]
    fn the_home_folder_is_a_tilde_and_other_folders_are_whole() {
        let shown = |path: &str, home: &str| {
            Shown { path: Path::new(path).into(), home: Some(Path::new(home)) }.to_string()
        };
        assert_eq!(shown("/home/me/.aws/config", "/home/me"), "~/.aws/config");
        assert_eq!(shown("/home/me/.aws/config", "/home/me/"), "~/.aws/config");
        assert_eq!(shown("/home/me", "/home/me"), "~");
        assert_eq!(shown("/home/me/", "/home/me"), "~");
        assert_eq!(shown("/home//me/.aws", "/home/me"), "~/.aws");
        assert_eq!(shown("/home/mela/.aws", "/home/me"), "/home/mela/.aws");
        assert_eq!(shown(".aws/config", "/home/me"), ".aws/config");
    }

    #[test]
    fn a_whole_file_has_no_line() {
        let place = Place::whole(Path::new("/h/config"));
        assert_eq!(place.to_string(), "/h/config");
        let json = serde_json::to_string(&Origin::File(place)).unwrap();
        assert_eq!(json, r#"{"from":"file","path":"/h/config"}"#);
    }

    #[test]
    fn json_names_the_kind_first() {
        let place = Place {
            path: Path::new("/h/config").into(),
            line: 7,
            section: Some("profile dev".into()),
            key: Some("region".into()),
        };
        assert_eq!(place.to_string(), "/h/config:7");
        assert_eq!(
            serde_json::to_string(&Origin::File(place)).unwrap(),
            r#"{"from":"file","path":"/h/config","line":7,"section":"profile dev","key":"region"}"#
        );
        assert_eq!(
            serde_json::to_string(&Origin::environment("AWS_REGION")).unwrap(),
            r#"{"from":"environment","variable":"AWS_REGION"}"#
        );
        assert_eq!(serde_json::to_string(&Origin::Default).unwrap(), r#"{"from":"default"}"#);
    }
}
