//! Which section is which: the two files spell the same profile differently.

use std::borrow::Cow;
use std::fmt;

use crate::text::{search, visible, words};

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `~/.aws/config`, where profiles other than `default` have the prefix `profile `.
    Config,
    /// `~/.aws/credentials`, where a section's name is the profile's name, verbatim.
    Credentials,
}

impl FileKind {
    pub const ALL: [FileKind; 2] = [FileKind::Config, FileKind::Credentials];

    /// For a key that both files have.
    pub const BY_PRECEDENCE: [FileKind; 2] = [FileKind::Credentials, FileKind::Config];

    pub(super) fn other(self) -> FileKind {
        match self {
            FileKind::Config => FileKind::Credentials,
            FileKind::Credentials => FileKind::Config,
        }
    }
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SectionName {
    Profile(String),
    /// An IAM Identity Center session (config file only).
    SsoSession(String),
    /// A set of service-specific endpoints (config file only).
    Services(String),
    /// A section of the config file that is none of these, such as `[plugins]`.
    Other(String),
}

/// What botocore makes of a header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Heading<'h> {
    /// A section with a name of its own.
    Profile(Cow<'h, str>),
    SsoSession(Cow<'h, str>),
    Services(Cow<'h, str>),
    /// `[DEFAULT]`, whose keys all others inherit.
    Inherited,
    /// None of these.
    Other(&'h str),
    /// The header begins like one of them, but names no section, or several, so nothing reads the section.
    Ignored,
}

impl<'h> Heading<'h> {
    /// Reads the text between a header's brackets.
    pub fn read(file: FileKind, header: &'h str) -> Heading<'h> {
        if header == "DEFAULT" {
            return Heading::Inherited;
        }
        if file == FileKind::Credentials {
            return Heading::Profile(Cow::Borrowed(header));
        }
        // Nearly all headers are such, and large files have many: there is nothing to split.
        if let Some(name) = header.strip_prefix("profile ")
            && words::is_plain(name)
        {
            return Heading::Profile(Cow::Borrowed(name));
        }
        // Prefixes, not words: `[profilex y]` is profile `y` (botocore's build_profile_map).
        let heading: fn(Cow<'h, str>) -> Heading<'h> = if header.starts_with("profile") {
            Heading::Profile
        } else if header.starts_with("sso-session") {
            Heading::SsoSession
        } else if header.starts_with("services") {
            Heading::Services
        } else if header == "default" {
            return Heading::Profile(Cow::Borrowed(header));
        } else {
            return Heading::Other(header);
        };
        second_of_two(header).map_or(Heading::Ignored, heading)
    }

    /// Whether a header is the usual one of what it names: no other usual header names the same.
    pub(super) fn is_usual(file: FileKind, header: &str) -> bool {
        if file == FileKind::Credentials {
            return header != "DEFAULT";
        }
        // `[profile default]` is `[default]`.
        let is_name = |name: &str| words::is_plain(name) && name != "default";
        header == "default"
            || ["profile ", "sso-session ", "services "]
                .iter()
                .any(|start| header.strip_prefix(start).is_some_and(is_name))
    }

    /// The heading as an owned value.
    pub fn into_owned(self) -> Heading<'static> {
        let owned = |name: Cow<'h, str>| Cow::Owned(name.into_owned());
        match self {
            Heading::Profile(name) => Heading::Profile(owned(name)),
            Heading::SsoSession(name) => Heading::SsoSession(owned(name)),
            Heading::Services(name) => Heading::Services(owned(name)),
            Heading::Inherited => Heading::Inherited,
            // No name can be asked for that is not UTF-8, so such a section need not be found.
            Heading::Other(_) | Heading::Ignored => Heading::Ignored,
        }
    }

    /// The section that it names.
    pub fn section(self) -> Option<SectionName> {
        Some(match self {
            Heading::Profile(name) => SectionName::Profile(name.into_owned()),
            Heading::SsoSession(name) => SectionName::SsoSession(name.into_owned()),
            Heading::Services(name) => SectionName::Services(name.into_owned()),
            Heading::Other(name) => SectionName::Other(name.to_owned()),
            Heading::Inherited | Heading::Ignored => return None,
        })
    }

    /// The name in it, if there is one.
    pub(super) fn name(&self) -> &str {
        match self {
            Heading::Profile(name) | Heading::SsoSession(name) | Heading::Services(name) => name,
            Heading::Other(name) => name,
            Heading::Inherited | Heading::Ignored => "",
        }
    }
}

/// The second word of a header of exactly two.
fn second_of_two(header: &str) -> Option<Cow<'_, str>> {
    if search::three(b'\'', b'"', b'\\').find(header.as_bytes()).is_some() {
        return match words::split(header)?.as_mut_slice() {
            [_, second] => Some(Cow::Owned(std::mem::take(second))),
            _ => None,
        };
    }
    let mut words = header.split(|c: char| words::separates(c)).filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(_), Some(second), None) => Some(Cow::Borrowed(second)),
        _ => None,
    }
}

impl SectionName {
    /// The header that names this section in `file`; names are quoted only where they must be, as AWS CLI
    /// does.
    pub fn header(&self, file: FileKind) -> String {
        match (self, file) {
            (SectionName::Profile(name), FileKind::Credentials) | (SectionName::Other(name), _) => {
                name.clone()
            }
            (SectionName::Profile(name), FileKind::Config) if name == "default" => name.clone(),
            (SectionName::Profile(name), FileKind::Config) => format!("profile {}", words::quote(name)),
            (SectionName::SsoSession(name), _) => format!("sso-session {}", words::quote(name)),
            (SectionName::Services(name), _) => format!("services {}", words::quote(name)),
        }
    }

    /// The section that a header of the config file names.
    pub fn of_header(header: &str) -> Option<SectionName> {
        Heading::read(FileKind::Config, header).section()
    }

    /// What botocore makes of a header that names this section.
    pub(super) fn heading(&self) -> Heading<'_> {
        match self {
            SectionName::Profile(name) => Heading::Profile(name.into()),
            SectionName::SsoSession(name) => Heading::SsoSession(name.into()),
            SectionName::Services(name) => Heading::Services(name.into()),
            SectionName::Other(name) => Heading::Other(name),
        }
    }

    /// The name, if it is a profile's.
    pub fn profile(&self) -> Option<&str> {
        match self {
            SectionName::Profile(name) => Some(name),
            _ => None,
        }
    }

    pub fn name(&self) -> &str {
        match self {
            SectionName::Profile(name)
            | SectionName::SsoSession(name)
            | SectionName::Services(name)
            | SectionName::Other(name) => name,
        }
    }
}

impl fmt::Display for SectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            SectionName::Profile(_) => "profile",
            SectionName::SsoSession(_) => "sso-session",
            SectionName::Services(_) => "services section",
            SectionName::Other(_) => "section",
        };
        write!(f, "{kind} `{}`", visible(self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_usual_headers_stand_for_the_same() {
        let names = ["dev", "default", "'dev'", "a\\ b", " dev", "DEFAULT", "profile", "é"];
        let starts =
            ["", "profile ", "profile  ", "profile\t", "profilex ", "sso-session ", "services ", "plugins"];
        for kind in FileKind::ALL {
            let headers = starts.iter().flat_map(|start| names.map(|name| format!("{start}{name}")));
            let usual: Vec<String> = headers.filter(|header| Heading::is_usual(kind, header)).collect();
            assert!(usual.contains(&if kind == FileKind::Config { "profile dev" } else { "dev" }.to_owned()));
            for (at, one) in usual.iter().enumerate() {
                for other in usual[..at].iter().filter(|other| *other != one) {
                    assert_ne!(Heading::read(kind, one), Heading::read(kind, other), "{one}, {other}");
                }
            }
        }
    }

    #[test]
    fn a_header_written_for_a_name_is_read_as_that_name() {
        for name in ["dev", "a b", "default", "o'brien", "DOM\\user", "a\"b", "-x", "é", "a.b/c@d", "plugin"]
        {
            for section in [SectionName::Profile(name.into()), SectionName::SsoSession(name.into())] {
                let header = section.header(FileKind::Config);
                assert_eq!(Heading::read(FileKind::Config, &header), section.heading(), "{header}");
            }
            let section = SectionName::Profile(name.into());
            let header = section.header(FileKind::Credentials);
            assert_eq!(Heading::read(FileKind::Credentials, &header), section.heading());
        }
    }
}
