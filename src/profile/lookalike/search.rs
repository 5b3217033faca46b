//! The search for lookalikes in the two files.

use super::meant::{exactly, may_mean, meant};
use super::{Lookalike, Reason};
use crate::ini::Names;
use crate::origin::Place;
use crate::profile::{File, FileKind, Files, Heading, SectionName};
use crate::text::{is_comment, without_comment, words};

impl Files {
    /// The headers of both files that look as if they meant `name`, and aren't read as it.
    pub fn lookalikes(&self, name: &SectionName) -> Vec<Lookalike> {
        self.both().iter().flat_map(|file| file.lookalikes(name)).collect()
    }

    /// Whether the header is read after all, as that of the other file, because one file is both.
    pub fn is_read_as_other(&self, lookalike: &Lookalike) -> bool {
        self.paths[0] == self.paths[1] && lookalike.is_of_other_file()
    }

    /// The header that is meant for a section that neither file has.
    pub fn header_meant(&self, name: &SectionName) -> Option<Box<Lookalike>> {
        if self.find(name).exists() {
            return None;
        }
        self.lookalikes(name).into_iter().next().map(Box::new)
    }
}

impl File<'_> {
    /// The headers that look as if they meant `name`, and aren't read as it.
    pub fn lookalikes(&self, name: &SectionName) -> Vec<Lookalike> {
        let choose = |meant: &[SectionName]| meant.iter().find(|meant| *meant == name).cloned();
        let index = self.lookup.meant.search(|| {
            let names = (0..self.header_count()).flat_map(|at| {
                let meant = self.meant(at).into_iter();
                meant.map(move |name| (u32::try_from(at).unwrap_or(u32::MAX), name))
            });
            Names::new(names)
        });
        let candidates: Vec<usize> = match index {
            Some(index) => index.candidates(name).into_iter().map(|at| at as usize).collect(),
            None => {
                let lost = self.document.lost_headers().len();
                let sections = self.document.sections();
                let may_mean = sections.filter(|section| may_mean(section.name(), name.name()));
                (0..lost).chain(may_mean.map(|section| lost + section.index())).collect()
            }
        };
        self.found(candidates, choose)
    }

    /// The headers that nothing reads, each with the section that it most probably means.
    pub fn unread_headers(&self) -> Vec<Lookalike> {
        // In the credentials file a usual header can mean another one, and so can one with a bracket or an invisible character.
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') & !matches!(byte, b'[' | b']');
        // Of each header all bytes are looked at: without a way out the compiler takes many at once.
        let is_all_plain = |header: &[u8]| header.iter().fold(true, |all, byte| all & is_plain(byte));
        let are_plain = || self.document.sections().all(|section| is_all_plain(section.name()));
        let is_config = self.kind == FileKind::Config;
        if is_config && self.document.lost_headers().is_empty() && self.is_usual() && are_plain() {
            return Vec::new();
        }
        self.search_unread_headers()
    }

    pub(super) fn search_unread_headers(&self) -> Vec<Lookalike> {
        let lost = self.document.lost_headers().len();
        let no_profiles = self.headings().filter(|(_, heading)| !matches!(heading, Heading::Profile(_)));
        let candidates = (0..lost).chain(no_profiles.map(|(section, _)| lost + section.index()));
        self.found(candidates, |meant| meant.first().cloned())
    }

    /// How many headers there are: those that aren't read as such come first.
    fn header_count(&self) -> usize {
        self.document.lost_headers().len() + self.document.sections().len()
    }

    /// What a person may mean by the header at this index.
    fn meant(&self, at: usize) -> Vec<SectionName> {
        let (kind, lost) = (self.kind, self.document.lost_headers());
        match lost.get(at) {
            Some(lost) => {
                let header = self.document.lost_text(lost);
                let inside = header.strip_prefix('[').unwrap_or(&header);
                // It may be left open.
                let inside = inside.strip_suffix(']').unwrap_or_else(|| without_comment(inside));
                exactly(kind, inside).into_iter().chain(meant(kind, inside)).collect()
            }
            None => meant(kind, &self.document.text_of(&self.document.section(at - lost.len()))),
        }
    }

    fn found(
        &self,
        candidates: impl IntoIterator<Item = usize>,
        choose: impl Fn(&[SectionName]) -> Option<SectionName>,
    ) -> Vec<Lookalike> {
        let File { kind, path, document, .. } = *self;
        let all = document.lost_headers();
        let found = candidates.into_iter().filter_map(|at| {
            let name = choose(&self.meant(at))?;
            let instead = format!("[{}]", name.header(kind));
            let (line, header, reason) = match all.get(at) {
                Some(lost) => (lost.line, document.lost_text(lost).into_owned(), Reason::Lost(lost.cause)),
                None => {
                    let section = document.section(at - all.len());
                    let inside = document.text_of(&section);
                    if exactly(kind, &inside).as_ref() == Some(&name) {
                        return None;
                    }
                    (section.line(), format!("[{inside}]"), reason(kind, &inside, &name))
                }
            };
            let place = Place::line(path.clone(), line);
            let twin = self.section(&name).map(|section| section.line());
            Some(Lookalike { place, header, reason, name, instead, twin })
        });
        let mut found: Vec<Lookalike> = found.collect();
        found.sort_by_key(|found| found.place.line);
        found.dedup();
        found
    }
}

fn reason(kind: FileKind, inside: &str, name: &SectionName) -> Reason {
    let wanted = name.header(kind);
    if inside.split_once(']').is_some_and(|(_, behind)| is_comment(behind)) {
        Reason::Behind
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
            Some(words) if words.len() > 2 => Reason::Unquoted,
            Some(_) => Reason::Spelling,
        }
    } else {
        Reason::Spelling
    }
}
