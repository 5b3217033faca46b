//! What a person may mean by a header.

use super::super::{FileKind, Heading, SectionName};
use crate::text::{is_comment, is_unseen};

/// Whether a header can mean `name`. It rules out nearly every header without reading it: in plain text the name is a
/// part of the header.
pub(super) fn may_mean(header: &[u8], name: &str) -> bool {
    let is_plain = |byte: &u8| (0x20..0x7f).contains(byte) && !matches!(byte, b'\'' | b'"' | b'\\');
    !header.iter().all(is_plain)
        || name.eq_ignore_ascii_case("default")
        || memchr::memmem::find(header, name.as_bytes()).is_some()
}

/// The section that a header is read as.
pub(super) fn exactly(kind: FileKind, inside: &str) -> Option<SectionName> {
    match Heading::read(kind, inside) {
        // Another program's.
        Heading::Other(name) if !matches!(name, "plugins" | "preview") => None,
        heading => heading.section(),
    }
}

type Make = fn(String) -> SectionName;

/// The sections of the config file that have a prefix.
const PREFIXES: [(&str, Make); 6] = [
    ("profile", SectionName::Profile),
    ("sso-session", SectionName::SsoSession),
    ("sso_session", SectionName::SsoSession),
    ("sso session", SectionName::SsoSession),
    ("session", SectionName::SsoSession),
    ("services", SectionName::Services),
];

/// What the lines below a header say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// All are settings of a session of IAM Identity Center.
    OfSession,
    /// All are nested blocks, as those of services are.
    Nested,
    Other,
    /// The header has no lines of its own, or nothing reads it as a header.
    Unknown,
}

impl Lines {
    fn fit(self, make: Make) -> bool {
        match make(String::new()) {
            SectionName::SsoSession(_) => self == Lines::OfSession,
            SectionName::Services(_) => self == Lines::Nested,
            SectionName::Profile(_) | SectionName::Other(_) => true,
        }
    }
}

/// What a person may mean by a header.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    pub(super) name: SectionName,
    /// Whether nothing else can be meant.
    pub(super) is_certain: bool,
}

/// What a person may mean by a header, the most probable first. What it is named as a whole is the last.
pub(super) fn meant(kind: FileKind, inside: &str, lines: Lines) -> Vec<Meant> {
    if inside == "DEFAULT" {
        return Vec::new();
    }
    let mut texts = vec![inside];
    // `[profile dev] # see [wiki]`
    if let Some((name, behind)) = inside.split_once(']')
        && is_comment(behind)
    {
        texts.insert(0, name);
    }
    let mut found = Vec::new();
    for text in texts {
        // What the config file's readers take for a section they take for no other.
        if kind == FileKind::Config
            && let Some(read) = exactly(kind, text)
        {
            let name = match read {
                SectionName::Profile(name) => SectionName::Profile(bare(&name)),
                SectionName::SsoSession(name) => SectionName::SsoSession(bare(&name)),
                SectionName::Services(name) => SectionName::Services(bare(&name)),
                other @ SectionName::Other(_) => other,
            };
            found.push(Meant { name, is_certain: true });
            continue;
        }
        let plain = bare(text);
        let prefixed = PREFIXES.iter().filter_map(|prefix| prefixed(kind, &plain, *prefix, lines));
        let before = found.len();
        found.extend(prefixed);
        let is_certain = found.len() == before && lines != Lines::OfSession;
        found.push(Meant { name: SectionName::Profile(default_case(plain)), is_certain });
    }
    found.retain(|meant| !meant.name.name().is_empty());
    found
}

/// What is meant if the header begins with a prefix. A name may begin with the same letters: only the word with a blank
/// behind it says by itself that it is a prefix.
fn prefixed(kind: FileKind, plain: &str, (prefix, make): (&str, Make), lines: Lines) -> Option<Meant> {
    let rest = plain.get(prefix.len()..)?;
    if !plain[..prefix.len()].eq_ignore_ascii_case(prefix) || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (is_word, is_profile) = (rest.starts_with(' '), prefix == "profile");
    let fits = lines.fit(make);
    let is_enough = match kind {
        FileKind::Config => fits || lines == Lines::Unknown || is_word && prefix != "session",
        FileKind::Credentials => is_profile,
    };
    let rest = rest.trim_start_matches(|c: char| c == ' ' || "-_.:/=".contains(c));
    let name = || make(default_case(bare(rest)));
    (is_enough && !rest.is_empty()).then(|| Meant { name: name(), is_certain: is_word && fits })
}

/// `default` in any case is `default`.
fn default_case(name: String) -> String {
    if name.eq_ignore_ascii_case("default") { "default".to_owned() } else { name }
}

/// The text without what can't be seen, and without blanks, brackets and quotes around it.
fn bare(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !is_unseen(*c) || *c == '\t')
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let around =
        |c: char| c == ' ' || "[]\"'\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}\u{ab}\u{bb}".contains(c);
    seen.trim_matches(around).to_owned()
}
