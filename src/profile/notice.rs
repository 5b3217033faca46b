//! What readers of the files should know although nothing is wrong with them for botocore: lines that mean something else
//! than they seem to.

use super::{File, Files, SectionName};
use crate::ini::Encoding;
use crate::origin::Place;

/// A line that is not what it seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its code in JSON.
    pub code: &'static str,
    /// What it is and what to do about it, with its place.
    pub message: String,
    /// Where it is.
    pub place: Place,
}

/// So many are told one by one.
const MOST: usize = 3;

impl Files {
    /// What whoever reads the section `name` should know: at most three notices, and how many there are besides.
    pub fn notices(&self, name: &SectionName) -> Vec<Notice> {
        bounded(self.both().iter().flat_map(|file| file.notices(name)).collect())
    }

    /// What whoever lists the sections should know.
    pub fn notices_of_headers(&self) -> Vec<Notice> {
        let unread = self.both().into_iter().flat_map(|file| file.unread_headers());
        let unread = unread.map(|found| Notice {
            code: "unread-header",
            message: format!("{found}; {}", found.fix()),
            place: found.place,
        });
        bounded(self.both().iter().filter_map(File::encoding).chain(unread).collect())
    }

    /// Why a section may seem to have a value that it hasn't: headers that look as if they meant it.
    pub fn notices_of_lookalikes(&self, name: &SectionName) -> Vec<Notice> {
        let missing = self.both().into_iter().filter(|file| file.section(name).is_none());
        let found = missing.flat_map(|file| file.lookalikes(name)).map(|found| Notice {
            code: "unread-header",
            message: format!("{found}; {}", found.fix()),
            place: found.place,
        });
        bounded(found.collect())
    }
}

impl File<'_> {
    fn notices(&self, name: &SectionName) -> Vec<Notice> {
        let document = self.document;
        let place = |line| Place { path: self.path.clone(), line, section: None, key: None };
        let mut found: Vec<Notice> = self.encoding().into_iter().collect();
        found.extend(document.lost_headers().iter().map(|lost| {
            let (header, place) = (document.lost_text(lost), place(lost.line));
            let message = format!("{place}: `{header}` {}; {}", lost.cause, lost.cause.fix(&header));
            Notice { code: "lost-header", message, place }
        }));
        if !document.has_continuations() {
            return found;
        }
        let Some(section) = self.section(name) else { return found };
        for entry in section.entries() {
            for setting in entry.lost_settings() {
                let Some(key) = setting.key else { continue };
                let place = place(setting.line);
                let message = format!(
                    "{place}: `{key}` is indented, so it is part of the value of line {}; remove the blanks before it",
                    entry.line()
                );
                found.push(Notice { code: "lost-setting", message, place });
            }
        }
        found
    }

    /// Text in another encoding that is UTF-8 all the same, for those who look at bytes only.
    fn encoding(&self) -> Option<Notice> {
        let encoding = Encoding::of(self.document.bytes())?;
        let place = Place { path: self.path.clone(), line: encoding.line(), section: None, key: None };
        let message = format!("{place}: {encoding}; {}", encoding.mend());
        Some(Notice { code: "encoding", message, place })
    }
}

fn bounded(mut found: Vec<Notice>) -> Vec<Notice> {
    if found.len() > MOST {
        let rest = found.len() - MOST;
        found.truncate(MOST);
        found[MOST - 1].message.push_str(&format!(" (and {rest} more such lines)"));
    }
    found
}
