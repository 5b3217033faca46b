//! Headers that aren't read as such, of sections that are there nevertheless.

use rustc_hash::FxHashMap;

use crate::profile::File;

impl File<'_> {
    /// What to do about the headers that aren't read as such, by their lines, where the section is in the file already, or a header
    /// above is to become it. Were they made headers, nothing could read the file.
    pub fn fixes_of_twins(&self) -> FxHashMap<u32, String> {
        if self.document.lost_headers().is_empty() {
            return FxHashMap::default();
        }
        let unread = self.unread_headers(|_| false).into_iter();
        let twins = unread.filter(|one| one.is_lost() && one.twin.is_some());
        twins.map(|one| (one.place.line, one.fix())).collect()
    }
}
