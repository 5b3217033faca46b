//! The search for lookalikes in the two files.

use rustc_hash::FxHashMap;

use super::meaning::{Certainty, Lines, Meant};
use super::meant::{before_bracket, exactly, may_mean, meant};
use super::{Lookalike, Reason};
use crate::ini::{Encoding, Entry, Names, Section, Value, lowered, same_key, unbracketed};
use crate::origin::Place;
use crate::profile::{File, FileKind, Files, Heading, Joins, SectionName};
use crate::settings::{self, SSO_SESSION_SETTINGS};
use crate::text::{is_comment, without_comment, words};

impl Files {
    /// The headers of both files that look as if they meant `name`, and aren't read as it.
    pub fn lookalikes(&self, name: &SectionName) -> Vec<Lookalike> {
        let found = self.both().into_iter().flat_map(|file| file.lookalikes(name));
        found.filter(|found| !self.is_its_own(found)).collect()
    }

    /// The headers of a file that nothing reads, each with the section that it most probably means.
    pub fn unread_headers(&self, file: &File<'_>) -> Vec<Lookalike> {
        file.unread_headers(|own| self.find(own).exists())
    }

    /// Whether the header means the profile that it names as a whole, because there is one.
    pub(in crate::profile) fn is_its_own(&self, lookalike: &Lookalike) -> bool {
        let [config, credentials] = self.both();
        let inside = lookalike.header.trim_start_matches('[').trim_end_matches(']');
        let own = SectionName::Profile(inside.to_owned());
        if own == lookalike.name || inside.eq_ignore_ascii_case("default") {
            return false;
        }
        // In the credentials file each header is a profile's name.
        if lookalike.place.path == *credentials.path {
            config.section(&own).is_some()
        } else {
            !lookalike.is_certain && self.find(&own).exists()
        }
    }

    /// Whether the header is read after all, as that of the other file, because one file is both.
    pub fn is_read_as_other(&self, lookalike: &Lookalike) -> bool {
        self.is_one_file() && lookalike.is_of_other_file()
    }

    /// The headers that look as if they meant `name`, of those files that don't have it.
    pub fn lookalikes_of_missing(&self, name: &SectionName) -> impl Iterator<Item = Lookalike> {
        let is_elsewhere = name.profile().is_none() && self.find(name).exists();
        let missing =
            self.both().into_iter().filter(move |file| !is_elsewhere && file.section(name).is_none());
        let found = missing.flat_map(|file| file.lookalikes(name));
        found.filter(|found| !self.is_read_as_other(found) && !self.is_its_own(found))
    }

    /// The first header that is meant for a section that its file doesn't have.
    pub fn header_meant(&self, name: &SectionName) -> Option<Box<Lookalike>> {
        self.lookalikes_of_missing(name).next().map(Box::new)
    }

    /// The headers of the credentials file that are profiles of their own, and look as if they meant one that only the config
    /// file has, or a section that no credentials file has.
    pub fn misnamed_credentials(&self) -> Vec<Lookalike> {
        let [config, credentials] = self.both();
        let odd = credentials.document.sections().filter(|section| is_odd(section.name()));
        let lost = credentials.document.lost_headers().len();
        let is_half =
            |name: &&SectionName| config.section(name).is_some() && credentials.section(name).is_none();
        // One that isn't read at all may be meant for the same section.
        let candidates = (0..lost).chain(odd.map(|section| lost + section.index()));
        let mut found = credentials.found(candidates, |meant| {
            meant.iter().find(|one| one.name.profile().is_none() || is_half(&&one.name)).cloned()
        });
        found.retain(|one| !one.is_lost() && !self.is_read_as_other(one) && !self.is_its_own(one));
        found
    }
}

impl File<'_> {
    /// The headers that look as if they meant `name`, and aren't read as it.
    pub fn lookalikes(&self, name: &SectionName) -> Vec<Lookalike> {
        let choose = |meant: &[Meant]| meant.iter().find(|meant| meant.name == *name).cloned();
        let index = self.lookup.meant.search(|| {
            let names = (0..self.header_count()).flat_map(|at| {
                let meant = self.meant(at).into_iter();
                meant.map(move |meant| (u32::try_from(at).unwrap_or(u32::MAX), meant.name))
            });
            Names::new(names)
        });
        let candidates: Vec<usize> = match index {
            Some(index) => index.candidates(name).into_iter().map(|at| at as usize).collect(),
            None => {
                let lost = self.document.lost_headers().len();
                // A profile's own header is read as it.
                let own = name.profile().map(|_| name.header(self.kind));
                let is_own = |header| own.as_ref().is_some_and(|own| header == own.as_bytes());
                let others = self.document.sections().filter(|section| !is_own(section.name()));
                let may_mean = others.filter(|section| may_mean(section.name(), name.name()));
                (0..lost).chain(may_mean.map(|section| lost + section.index())).collect()
            }
        };
        self.found(candidates, choose)
    }

    /// The headers that nothing reads, each with the section that it most probably means. `exists` says whether one of the
    /// files has the profile that the header names as a whole.
    pub fn unread_headers(&self, exists: impl Fn(&SectionName) -> bool) -> Vec<Lookalike> {
        // In the credentials file a usual header can mean another one, and so can one with a bracket or an invisible character.
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') & !matches!(byte, b'[' | b']');
        // Of each header all bytes are looked at: without a way out the compiler takes many at once.
        let is_all_plain = |header: &[u8]| header.iter().fold(true, |all, byte| all & is_plain(byte));
        let are_plain = || self.document.sections().all(|section| is_all_plain(section.name()));
        let is_config = self.kind == FileKind::Config;
        if is_config && self.document.lost_headers().is_empty() && self.is_usual() && are_plain() {
            return Vec::new();
        }
        self.search_unread_headers(exists)
    }

    pub(super) fn search_unread_headers(&self, exists: impl Fn(&SectionName) -> bool) -> Vec<Lookalike> {
        let lost = self.document.lost_headers().len();
        // What goes on behind a bracket is a part of the name for all readers, and for nobody else.
        let is_odd = |heading: &Heading<'_>| match heading {
            Heading::Profile(name) => self.kind == FileKind::Config && name.contains(']'),
            _ => true,
        };
        let no_profiles = self.headings().filter(|(_, heading)| is_odd(heading));
        let candidates = (0..lost).chain(no_profiles.map(|(section, _)| lost + section.index()));
        self.found(candidates, |meant| {
            let is_half = |name: &SectionName| exists(name) && self.section(name).is_none();
            let first = meant.iter().find(|one| one.certainty != Certainty::Related || is_half(&one.name))?;
            // A name with a bracket exists only because this header is read so.
            let is_own = |own: &&Meant| {
                let name = own.name.name();
                name != first.name.name() && !name.contains(']') && exists(&own.name)
            };
            let own = meant.last().filter(|own| !first.is_certain() && is_own(own));
            Some(own.unwrap_or(first).clone())
        })
    }

    /// How many headers there are: those that aren't read as such come first.
    fn header_count(&self) -> usize {
        self.document.lost_headers().len() + self.document.sections().len()
    }

    /// What a person may mean by the header at this index.
    fn meant(&self, at: usize) -> Vec<Meant> {
        let (kind, lost) = (self.kind, self.document.lost_headers());
        match lost.get(at) {
            Some(lost) => {
                let header = self.document.lost_text(lost);
                // It may be left open.
                let inside = without_comment(unbracketed(&header));
                let read = exactly(kind, inside).map(|name| Meant::new(name, Certainty::Certain));
                read.into_iter().chain(meant(kind, inside, Lines::Unknown)).collect()
            }
            None => {
                let section = self.document.section(at - lost.len());
                let lines = lines(&section);
                let mut meant = meant(kind, &self.document.text_of(&section), lines);
                let is_named = meant.iter().any(|meant| matches!(meant.name, SectionName::SsoSession(_)));
                if !is_named && lines == Lines::OfSession {
                    let sessions = meant.iter().map(|meant| {
                        let name = SectionName::SsoSession(meant.name.name().to_owned());
                        Meant::new(name, Certainty::Likely)
                    });
                    meant.splice(..0, sessions.collect::<Vec<_>>());
                }
                meant
            }
        }
    }

    fn found(
        &self,
        candidates: impl IntoIterator<Item = usize>,
        choose: impl Fn(&[Meant]) -> Option<Meant>,
    ) -> Vec<Lookalike> {
        let File { kind, path, document, .. } = *self;
        let all = document.lost_headers();
        let found = candidates.into_iter().filter_map(|at| {
            let meant = self.meant(at);
            let Meant { name, certainty } = choose(&meant)?;
            let instead = format!("[{}]", name.header(kind)).into();
            let is_guess = kind == FileKind::Config && certainty > Certainty::Likely;
            let is_related = is_guess && certainty == Certainty::Related;
            let own =
                meant.iter().find(|one| is_related && one.certainty < Certainty::Guess && one.name != name);
            let is_plain = |own: &&Meant| is_guess && !own.name.name().contains(' ');
            let own =
                own.or_else(|| meant.last().filter(is_plain)).filter(|own| !own.name.name().contains(']'));
            let or = own.map(|own| format!("[{}]", own.name.header(kind)).into());
            let (line, header, reason): (_, Box<str>, _) = match all.get(at) {
                Some(lost) => (lost.line, document.lost_text(lost).into(), Reason::Lost(lost.cause)),
                None => {
                    let section = document.section(at - all.len());
                    let inside = document.text_of(&section);
                    if exactly(kind, &inside).as_ref() == Some(&name) {
                        return None;
                    }
                    (section.line(), format!("[{inside}]").into(), reason(kind, &inside, &name))
                }
            };
            let place = Place::line(path.clone(), line);
            let is_certain = certainty == Certainty::Certain;
            let is_name = certainty == Certainty::Related
                || kind == FileKind::Credentials && at >= all.len() && is_one_word(&header);
            Some(Lookalike { place, header, reason, name, is_certain, is_name, instead, or, twin: None })
        });
        let mut found: Vec<Lookalike> = found.collect();
        // In another encoding no header is read, and that is said of the file as a whole.
        let is_encoded = || matches!(Encoding::of(document.bytes()), Some(Encoding::Utf16 | Encoding::Utf32));
        if found.iter().any(|one| one.header.contains('\0')) && is_encoded() {
            return Vec::new();
        }
        found.sort_by_key(|found| found.place.line);
        found.dedup();
        // Of several that are meant for one section only one can become it, if the file doesn't have it: the first one, but in the
        // credentials file, where a header that is read is a profile of its own, the first that isn't.
        let mut first: FxHashMap<SectionName, u32> = FxHashMap::default();
        let is_lost = |one: &&Lookalike| kind == FileKind::Credentials && one.is_lost();
        for one in found.iter().filter(is_lost).chain(&found) {
            let line = || self.section(&one.name).map_or(one.place.line, |section| section.line());
            first.entry(one.name.clone()).or_insert_with(line);
        }
        let mut joins = Joins::new(*self);
        for one in &mut found {
            let (line, other) = (one.place.line, first[&one.name]);
            one.twin = (other != line).then(|| Box::new(joins.join(line, other)));
        }
        found
    }
}

/// Whether a header of the credentials file has more than the characters of usual names, or begins as in the config file.
fn is_odd(header: &[u8]) -> bool {
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./@+=,".contains(byte);
    let begins = |with: &[u8]| header.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    !header.iter().all(is_usual) || begins(b"profile") || begins(b"default") && header != b"default"
}

/// Whether the text between the brackets of a header is a name as people write them, and not `default` in another case.
fn is_one_word(header: &str) -> bool {
    let inside = header.get(1..header.len() - 1).unwrap_or_default();
    let is_usual = |c: char| c.is_ascii_graphic() && !"[]\"'".contains(c);
    inside.chars().all(is_usual) && !inside.eq_ignore_ascii_case("default")
}

/// What the lines of a section say about its header.
fn lines(section: &Section<'_>) -> Lines {
    let is_of_sessions =
        |entry: Entry<'_>| SSO_SESSION_SETTINGS.iter().any(|row| same_key(entry.key(), row.name));
    let is_nested = |entry: Entry<'_>| matches!(entry.value(), Value::Block(lines) if !lines.is_empty());
    if section.entries().next().is_none() {
        Lines::Unknown
    } else if section.entries().all(is_of_sessions) {
        Lines::OfSession
    } else if section.entries().all(is_nested) {
        Lines::Nested
    } else if section.entries().any(|entry| settings::variable(&lowered(entry.key())).is_some()) {
        Lines::Settings
    } else {
        Lines::Foreign
    }
}

fn reason(kind: FileKind, inside: &str, name: &SectionName) -> Reason {
    let wanted = name.header(kind);
    if kind == FileKind::Credentials && name.profile().is_none() {
        Reason::OtherFile
    } else if before_bracket(inside).is_some() {
        let is_comment = inside.split_once(']').is_some_and(|(_, behind)| is_comment(behind));
        Reason::Behind { is_comment }
    } else if inside.eq_ignore_ascii_case(&wanted) {
        Reason::Case
    } else if kind == FileKind::Credentials {
        if inside.len() > wanted.len() + 3 { Reason::Prefix } else { Reason::Spelling }
    } else if inside == name.name() {
        Reason::NoPrefix
    } else if inside.starts_with("profile ")
        || inside.starts_with("sso-session ")
        || inside.starts_with("services ")
    {
        match words::split(inside) {
            None => Reason::Quote,
            Some(words) if words.len() > 2 && name.name().contains(' ') => Reason::Unquoted,
            Some(_) => Reason::Spelling,
        }
    } else {
        Reason::Spelling
    }
}
