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

/// What a person may mean by a header, the most probable first.
pub(super) fn meant(kind: FileKind, inside: &str) -> Vec<SectionName> {
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
            found.push(match read {
                SectionName::Profile(name) => SectionName::Profile(bare(&name)),
                SectionName::SsoSession(name) => SectionName::SsoSession(bare(&name)),
                SectionName::Services(name) => SectionName::Services(bare(&name)),
                other @ SectionName::Other(_) => other,
            });
            continue;
        }
        let plain = bare(text);
        for (prefix, make) in PREFIXES {
            let is_profile = prefix == "profile";
            if kind == FileKind::Credentials && !is_profile {
                continue;
            }
            let Some(rest) = plain.get(prefix.len()..) else { continue };
            if !plain[..prefix.len()].eq_ignore_ascii_case(prefix) || rest.starts_with(char::is_alphanumeric)
            {
                continue;
            }
            let rest = rest.trim_start_matches(|c: char| c == ' ' || "-_.:/=".contains(c));
            if !rest.is_empty() {
                found.push(make(default_case(bare(rest))));
            }
        }
        found.push(SectionName::Profile(default_case(plain)));
    }
    found.retain(|name| !name.name().is_empty());
    found
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
