//! The headers of a file that are odd, with what to write in their place.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::oddity::Oddity;
use crate::ini::dialect::is_identifier;
use crate::profile::{File, FileKind, Heading, Joins, Lookalike, SectionName};
use crate::sdk::refused_mark;
use crate::text::without_quotes;

/// What quotes in a header.
const QUOTES: [char; 3] = ['\'', '"', '\\'];

/// Odd lines by their numbers.
type ByLine = BTreeMap<u32, Oddity>;

/// The odd headers of a file.
#[derive(Default)]
pub(super) struct Headers {
    /// Those that are odd to botocore already.
    pub(super) mistakes: ByLine,
    /// What is odd about others, if SDKs read them differently.
    pub(super) spelled: ByLine,
}

impl Headers {
    pub(super) fn of(file: &File<'_>) -> Headers {
        let mut found = Headers::default();
        match file.kind {
            FileKind::Config => found.of_config(file),
            FileKind::Credentials => found.of_credentials(file),
        }
        found
    }

    /// A header that is not a profile's.
    fn other(&mut self, line: u32, header: &str, heading: &Heading<'_>) {
        let oddity = match heading {
            Heading::Ignored => Oddity::Nameless { header: header.to_owned() },
            Heading::Inherited => Oddity::Inherited,
            Heading::Other(name) if !matches!(*name, "plugins" | "preview") => {
                Oddity::NoPrefix { name: (*name).to_owned() }
            }
            _ => return,
        };
        self.mistakes.insert(line, oddity);
    }

    fn of_config(&mut self, file: &File<'_>) {
        let mut profiles: FxHashMap<String, u32> = FxHashMap::default();
        let (mut odd, mut repeated) = (Vec::new(), FxHashSet::default());
        for section in file.document.sections() {
            let (header, line) = (file.document.text_of(&section), section.line());
            let heading = Heading::read(file.kind, &header);
            let Heading::Profile(name) = heading else {
                self.other(line, &header, &heading);
                self.spelled.extend(named_oddly(file, &header, heading).map(|oddity| (line, oddity)));
                continue;
            };
            if let Some(first) = profiles.get(&*name) {
                let first = *first;
                repeated.insert(name.clone().into_owned());
                self.mistakes.insert(line, Oddity::Respelled { name: name.into_owned(), first });
                continue;
            }
            profiles.insert(name.clone().into_owned(), line);
            let is_quoted = header.contains(QUOTES);
            if is_quoted || !is_identifier(name.as_bytes()) {
                odd.push((line, name.into_owned(), is_quoted));
            }
        }
        for (line, name, is_quoted) in odd {
            // Without its quotes it would be the same header twice.
            if repeated.contains(&name) {
                continue;
            }
            let instead = plain(&name);
            let is_free = *profiles.entry(instead.clone()).or_insert(line) == line;
            let instead = Some(instead).filter(|instead| is_free && !instead.is_empty());
            let oddity = if is_quoted && refused_mark(&name).is_none() {
                Oddity::QuotedName { name, instead }
            } else {
                Oddity::of_name(SectionName::Profile(name), instead)
            };
            self.spelled.insert(line, oddity);
        }
    }

    fn of_credentials(&mut self, file: &File<'_>) {
        let mut odd = Vec::new();
        for section in file.document.sections() {
            let (header, line) = (file.document.text_of(&section), section.line());
            match Heading::read(file.kind, &header) {
                Heading::Profile(name) => {
                    let (bare, has_prefix) = bare(&name);
                    if has_prefix || *bare != *name && *name != *"profile" {
                        odd.push((line, name.to_string(), bare.to_owned(), has_prefix));
                    } else if !is_identifier(name.as_bytes()) {
                        let section = SectionName::Profile(name.into_owned());
                        self.spelled.insert(line, odd_name(file, section));
                    }
                }
                heading => self.other(line, &header, &heading),
            }
        }
        if odd.is_empty() {
            return;
        }
        // Of several that are meant for one profile only one can become it. One that isn't read at all needs it most.
        let lost = file.unread_headers(|_| false).into_iter().filter(Lookalike::is_lost);
        let lost = lost.filter_map(|lost| Some((lost.name().profile()?.to_owned(), lost.place.line)));
        let mut first: FxHashMap<String, u32> = FxHashMap::default();
        for (name, line) in lost {
            first.entry(name).or_insert(line);
        }
        let mut joins = Joins::new(*file);
        for (line, name, bare, has_prefix) in odd {
            let there = file.section(&SectionName::Profile(bare.clone()));
            let there =
                there.map_or_else(|| *first.entry(bare.clone()).or_insert(line), |there| there.line());
            let join = (there != line).then(|| joins.join(line, there));
            // `[DEFAULT]` would be the section from which all others inherit.
            let is_profile = !bare.is_empty()
                && !bare.contains(']')
                && (bare == "default" || !bare.eq_ignore_ascii_case("default"));
            let instead = is_profile.then(|| format!("[{bare}]"));
            if has_prefix {
                self.mistakes.insert(line, Oddity::PrefixInCredentials { name, instead, join });
            } else if let Some(instead) = instead {
                self.spelled.insert(line, Oddity::Blanks { instead, join });
            }
        }
    }
}

/// A session's or a services section's name that not all SDKs read as botocore does.
fn named_oddly(file: &File<'_>, header: &str, heading: Heading<'_>) -> Option<Oddity> {
    let section = heading.section().filter(|section| !matches!(section, SectionName::Other(_)))?;
    if !is_identifier(section.name().as_bytes()) {
        Some(odd_name(file, section))
    } else if header.contains(QUOTES) {
        Some(Oddity::Spelled { instead: format!("[{}]", section.header(file.kind)) })
    } else {
        None
    }
}

/// That a section has a name which not all SDKs accept.
fn odd_name(file: &File<'_>, section: SectionName) -> Oddity {
    let instead = plain(section.name());
    let named = match &section {
        SectionName::SsoSession(_) => SectionName::SsoSession(instead.clone()),
        SectionName::Services(_) => SectionName::Services(instead.clone()),
        _ => SectionName::Profile(instead.clone()),
    };
    let is_free = !instead.is_empty() && file.section(&named).is_none();
    Oddity::of_name(section, Some(instead).filter(|_| is_free))
}

/// A profile's name without the config file's prefix and without blanks around it, and whether it has the prefix.
fn bare(name: &str) -> (&str, bool) {
    const PREFIX: &str = "profile ";
    let mut bare = name.trim();
    while let Some(rest) = bare.strip_prefix(PREFIX) {
        bare = without_quotes(rest.trim()).unwrap_or(rest.trim());
    }
    // A prefix without a name.
    (Some(bare).filter(|bare| *bare != PREFIX.trim_end()).unwrap_or_default(), name.starts_with(PREFIX))
}

/// A name that needs no quotes.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.@+".contains(c) { c } else { ' ' };
    let plain: String = name.chars().map(plain).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}
