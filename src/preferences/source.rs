//! The file: where it is, its text, and the lines in it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml_edit::Document;

use super::{Error, Name};
use crate::origin::Place;
use crate::world::World;

const BOM: &str = "\u{feff}";

/// Where the settings are: in `XDG_CONFIG_HOME`, which counts only if it is absolute, else in `~/.config`. Nowhere
/// for a user without a home.
pub fn path(world: &World) -> Option<PathBuf> {
    let folder = world.xdg_folder("XDG_CONFIG_HOME").or_else(|| world.expand_user("~/.config").ok())?;
    Some(folder.join("xcred/config.toml"))
}

/// The text of the file.
pub(super) struct Source<'b> {
    path: Arc<Path>,
    /// Without a byte order mark.
    pub(super) text: &'b str,
    /// The byte order mark, if there is one.
    pub(super) mark: &'static str,
}

impl<'b> Source<'b> {
    /// What the bytes of the file at `path` say.
    pub(super) fn of(path: &Path, bytes: &'b [u8]) -> Result<Source<'b>, Error> {
        let path: Arc<Path> = path.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => match text.strip_prefix(BOM) {
                Some(text) => Ok(Source { path, text, mark: BOM }),
                None => Ok(Source { path, text, mark: "" }),
            },
            Err(error) => {
                let line = line_at(bytes, error.valid_up_to());
                let place = Place { path, line, section: None, key: None };
                Err(Error::Malformed { place, reason: "this is not UTF-8".to_owned() })
            }
        }
    }

    /// The document that the text is.
    pub(super) fn parse(&self) -> Result<Document<&'b str>, Error> {
        Document::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let place = Place { key: None, ..self.place(at, &Name::of([])) };
            Error::Malformed { place, reason: error.message().replace('\n', "; ") }
        })
    }

    /// The place of the byte `at`, where `name` stands.
    pub(super) fn place(&self, at: usize, name: &Name) -> Place {
        let line = line_at(self.text.as_bytes(), at);
        Place { path: self.path.clone(), line, section: None, key: Some(name.to_string().into()) }
    }

    /// The whole lines that `span` touches, with the last one's ending.
    pub(super) fn lines(&self, span: Range<usize>) -> Range<usize> {
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |at| span.end + at + 1);
        start..end
    }

    /// The text with something else in place of `span`.
    pub(super) fn splice(&self, span: Range<usize>, with: &str) -> String {
        [self.mark, &self.text[..span.start], with, &self.text[span.end..]].concat()
    }
}

fn line_at(bytes: &[u8], at: usize) -> u32 {
    let before = &bytes[..at.min(bytes.len())];
    let breaks = memchr::memchr_iter(b'\n', before).count();
    u32::try_from(breaks).map_or(u32::MAX, |breaks| breaks.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_users_choice_if_it_is_absolute() {
        let path = |variables: &[(&str, &str)]| path(&World::of(variables.iter().copied()));
        let home = Some(PathBuf::from("/h/.config/xcred/config.toml"));
        assert_eq!(path(&[("HOME", "/h")]), home);
        assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "")]), home);
        assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "c")]), home);
        assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/c")]), Some("/c/xcred/config.toml".into()));
        assert_eq!(path(&[("XDG_CONFIG_HOME", "/c")]), Some("/c/xcred/config.toml".into()));
        assert_eq!(path(&[]), None);
    }

    #[test]
    fn what_is_not_toml_is_told_with_its_line() {
        let told = |bytes: &[u8]| {
            let source = Source::of(Path::new("/c"), bytes);
            source.and_then(|source| source.parse().map(|_| ())).unwrap_err().to_string()
        };
        assert!(told(b"[cache]\nroles = maybe\n").starts_with("/c:2: not TOML: "));
        assert!(told(b"a = 1\n\na = 2\n").starts_with("/c:3: not TOML: duplicate key"));
        assert_eq!(told(b"# \xff\n"), "/c:1: not TOML: this is not UTF-8");
    }
}
