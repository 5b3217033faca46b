//! Lines that mean something else than they seem to, although they make no file invalid.

use super::{File, Files, Lookalike, SectionName};
use crate::failure::Hint;
use crate::finding::{Aspect, Finding, Kind};
use crate::ini::{Cause, Encoding, LostHeader};
use crate::origin::Place;

/// A line that is not what it seems to be.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Notice {
    /// Text in another encoding whose bytes are valid UTF-8 nevertheless.
    #[error("{0}")]
    Encoding(Encoding),
    /// A header that is read as a part of something else.
    #[error("`{header}` {cause}")]
    LostHeader { header: String, cause: Cause },
    /// A setting that is a part of another one's value.
    #[error("`{key}` {cause}")]
    LostSetting { key: String, cause: Cause },
    /// A header that is read as no section that AWS has.
    #[error("{0}")]
    UnreadHeader(Lookalike),
}

/// At most this many are shown one by one.
const MOST: usize = 3;

impl Kind for Notice {
    fn code(&self) -> &'static str {
        match self {
            Notice::Encoding(_) => "encoding",
            Notice::LostHeader { .. } => "lost-header",
            Notice::LostSetting { .. } => "lost-setting",
            Notice::UnreadHeader(lookalike) => lookalike.code(),
        }
    }

    fn has(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::OfNotices => match self {
                Notice::LostHeader { .. } | Notice::LostSetting { .. } => true,
                Notice::UnreadHeader(lookalike) => lookalike.is_lost(),
                Notice::Encoding(_) => false,
            },
            Aspect::OfReading => true,
            _ => false,
        }
    }

    fn hides(&self, key: &str) -> bool {
        !matches!(self, Notice::LostSetting { key: lost, .. } if lost != key)
    }

    fn fix(&self) -> Option<Hint> {
        Some(match self {
            Notice::Encoding(encoding) => encoding.help().into(),
            Notice::LostHeader { header, cause } => cause.fix(header).into(),
            Notice::LostSetting { cause, .. } => cause.fix_of_setting("it").into(),
            Notice::UnreadHeader(lookalike) => lookalike.fix().into(),
        })
    }
}

/// The findings that are shown one by one.
pub fn bounded(found: Vec<Finding>) -> Vec<Finding> {
    Finding::bounded(found, MOST)
}

impl Files {
    /// What a reader of the section `name` should know.
    pub fn notices(&self, name: &SectionName) -> Vec<Finding> {
        bounded(self.both().iter().flat_map(|file| file.notices(name)).collect())
    }

    /// Headers that look as if they meant the section `name`, which a file doesn't have.
    pub fn notices_of_lookalikes(&self, name: &SectionName) -> Vec<Finding> {
        Notice::unread(self.lookalikes_of_missing(name))
    }
}

impl Notice {
    /// That headers aren't read as what they seem to mean.
    pub fn unread(found: impl IntoIterator<Item = Lookalike>) -> Vec<Finding> {
        let mut found: Vec<Lookalike> = found.into_iter().collect();
        // Lost headers come last: many commands report them anyway.
        found.sort_by_key(Lookalike::is_lost);
        bounded(found.into_iter().map(unread).collect())
    }
}

fn unread(found: Lookalike) -> Finding {
    Finding::at(found.place.clone(), Notice::UnreadHeader(found))
}

impl File<'_> {
    fn notices(&self, name: &SectionName) -> Vec<Finding> {
        let document = self.document;
        let mut found: Vec<Finding> = self.encoding().into_iter().collect();
        found.extend(self.lost(document.lost_headers().iter().copied()));
        if !document.has_continuations() {
            return found;
        }
        for entry in self.section(name).into_iter().flat_map(|section| section.entries()) {
            found.extend(entry.lost_settings().filter_map(|lost| {
                let notice = Notice::LostSetting { key: lost.key?.to_owned(), cause: lost.cause };
                Some(Finding::at(self.line(lost.line), notice))
            }));
        }
        found
    }

    /// The findings that headers are read as a part of something else.
    pub fn lost(&self, lost: impl IntoIterator<Item = LostHeader>) -> Vec<Finding> {
        let mut fixes = self.fixes_of_twins();
        let found = lost.into_iter().map(|lost| {
            let header = self.document.lost_text(&lost).into_owned();
            let notice = Notice::LostHeader { header, cause: lost.cause };
            Finding::at(self.line(lost.line), notice).fixed_by(fixes.remove(&lost.line).map(Hint::from))
        });
        found.collect()
    }

    /// The finding that it may not be in UTF-8.
    pub fn encoding(&self) -> Option<Finding> {
        let encoding = Encoding::of(self.document.bytes())?;
        Some(Finding::at(self.line(encoding.line()), Notice::Encoding(encoding)))
    }

    fn line(&self, line: u32) -> Place {
        Place::line(self.path.clone(), line)
    }
}

#[cfg(test)]
mod examples;
