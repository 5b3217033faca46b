//! What a person may mean by a header.

use super::super::{FileKind, Heading, SectionName};
use super::guess::guesses;
use super::meaning::{Certainty, DEFAULT, Lines, Make, Meant, default_case, may_be_inherited};
use crate::text::{has_twins, is_comment, is_unseen, taken_for};

/// Whether a header can mean `name`. It rules out nearly every header without reading it: in plain text the name is a
/// part of the header, and only `default` may be in another case.
pub(super) fn may_mean(header: &[u8], name: &str) -> bool {
    let is_plain = |byte: &u8| (0x20..0x7f).contains(byte) && !matches!(byte, b'\'' | b'"' | b'\\');
    let is_part = || match name {
        DEFAULT => header.windows(DEFAULT.len()).any(|part| part.eq_ignore_ascii_case(DEFAULT.as_bytes())),
        _ => memchr::memmem::find(header, name.as_bytes()).is_some(),
    };
    !header.iter().all(is_plain) || is_part()
}

/// The section that a header is read as.
pub(super) fn exactly(kind: FileKind, inside: &str) -> Option<SectionName> {
    match Heading::read(kind, inside) {
        // Another program's.
        Heading::Other(name) if !matches!(name, "plugins" | "preview") => None,
        heading => heading.section(),
    }
}

/// The sections of the config file that have a prefix.
const PREFIXES: [(&str, Make); 6] = [
    ("profile", SectionName::Profile),
    ("sso-session", SectionName::SsoSession),
    ("sso_session", SectionName::SsoSession),
    ("sso session", SectionName::SsoSession),
    ("session", SectionName::SsoSession),
    ("services", SectionName::Services),
];

/// What a person may mean by a header, the most probable first. What it is named as a whole is the last.
pub(super) fn meant(kind: FileKind, inside: &str, lines: Lines) -> Vec<Meant> {
    use Certainty::{Certain, Likely, Related};
    if may_be_inherited(inside) {
        return Vec::new();
    }
    let mut texts = vec![(inside, Certain)];
    // `[profile dev] # see [wiki]`
    if let Some((name, certainty)) = before_bracket(inside) {
        texts.insert(0, (name, certainty));
    }
    let mut found = Vec::new();
    for (text, most) in texts {
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
            found.push(Meant::new(name, most));
            continue;
        }
        let plain = bare(text);
        let before = found.len();
        found.extend(PREFIXES.iter().filter_map(|prefix| prefixed(kind, &plain, *prefix, lines)));
        // `[profile profile dev]`
        let of_names: Vec<Meant> =
            found[before..].iter().flat_map(|one| guesses(kind, one.name.name(), lines, true)).collect();
        found.splice(before..before, of_names);
        found.extend(guesses(kind, &plain, lines, found.len() > before));
        let is_one_word = !plain.contains(' ');
        let has_others = found[before..].iter().any(|one| one.certainty != Related);
        let is_profile = lines != Lines::OfSession && !may_be_inherited(&plain);
        let is_certain = is_one_word && !has_others && is_profile;
        let certainty = if is_certain { most } else { Likely };
        found.push(Meant::new(SectionName::Profile(default_case(plain)), certainty));
        // Letters that look like others may be meant as they are.
        if has_twins(text) {
            found[before..].iter_mut().for_each(|one| one.certainty = one.certainty.max(Likely));
        }
    }
    found.retain(|meant| !meant.name.name().is_empty());
    found
}

/// The part of a header before its first bracket, if more than a name goes on behind that.
pub(super) fn before_bracket(inside: &str) -> Option<(&str, Certainty)> {
    let (name, behind) = inside.split_once(']')?;
    if is_comment(behind) {
        Some((name, Certainty::Certain))
    } else {
        behind.starts_with([' ', '\t', '[']).then_some((name, Certainty::Likely))
    }
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
        FileKind::Credentials => {
            is_profile || fits || is_word && matches!(prefix, "sso-session" | "services")
        }
    };
    let name = bare(rest.trim_start_matches(|c: char| c == ' ' || "-_.:/=;,|".contains(c)));
    // Two words are a name without its quotes, or something else.
    let is_one = !name.contains(' ') && !may_be_inherited(&name);
    let is_certain = is_word && fits && is_one && (is_profile || kind == FileKind::Config);
    let certainty = if is_certain { Certainty::Certain } else { Certainty::Likely };
    (is_enough && !name.is_empty()).then(|| Meant::new(make(default_case(name)), certainty))
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
    let name = seen.trim_matches(around);
    taken_for(name).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn what_a_header_means_is_never_ruled_out() {
        const PARTS: [&str; 24] = [
            "profile",
            "Profile ",
            "profil ",
            "sso-session ",
            "ssosession",
            "services ",
            "aws-",
            "role ",
            "dev",
            "default",
            "DEFAULT",
            "Default",
            "efault",
            "a",
            "-",
            ".",
            ":",
            "[",
            "] # ",
            "\"",
            "'",
            " ",
            "\u{a0}",
            "\u{200b}",
        ];
        let mut random = Random::new(7);
        let (mut kept, mut ruled_out) = (0, 0);
        for _ in 0..50_000 {
            let inside: String = (0..=random.below(4)).map(|_| random.pick(&PARTS)).collect();
            for kind in FileKind::ALL {
                for lines in [Lines::Unknown, Lines::Settings, Lines::OfSession, Lines::Nested] {
                    for one in meant(kind, &inside, lines) {
                        assert!(
                            may_mean(inside.as_bytes(), one.name.name()),
                            "{inside:?} means {:?}",
                            one.name
                        );
                        kept += 1;
                    }
                }
            }
            ruled_out += usize::from(!may_mean(inside.as_bytes(), "default"));
        }
        assert!(kept > 100_000 && ruled_out > 10_000, "{kept}, {ruled_out}");
    }
}
