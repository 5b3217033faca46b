//! A list that typing narrows: which rows match, which one is selected, and which of them are in view.

use console::Key;
use zeroize::Zeroizing;

use super::guard::may_hold_secret;
use super::line::{END_OF_INPUT, ERASE_LINE, ERASE_WORD};

/// The keys of editors and shells for the next and the previous row.
const NEXT: char = '\u{e}';
const PREVIOUS: char = '\u{10}';

/// A list while the user chooses from it.
pub(super) struct List {
    /// The rows in lower case.
    rows: Vec<String>,
    filter: Zeroizing<String>,
    /// Whether the filter may be what is left of a secret.
    was_secret: bool,
    /// The rows that match the filter.
    matching: Vec<usize>,
    /// Which of them is selected.
    selected: usize,
    /// The first of them in view.
    top: usize,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The list may look different.
    Changed,
    /// The row is chosen.
    Chosen(usize),
    /// Escape.
    Canceled,
    /// Ctrl-D without a filter.
    Ended,
}

/// What an answer to a numbered list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The row is chosen.
    Chosen(usize),
    /// Several rows match.
    Narrowed,
    /// No row matches, so that all rows are offered again.
    NoMatch,
}

impl List {
    /// A list with row `start` selected.
    pub(super) fn new(rows: &[String], start: usize) -> List {
        List {
            rows: rows.iter().map(|row| row.to_lowercase()).collect(),
            filter: Zeroizing::new(String::with_capacity(4096)),
            was_secret: false,
            matching: (0..rows.len()).collect(),
            selected: start.min(rows.len().saturating_sub(1)),
            top: 0,
        }
    }

    /// Handles a key; `page` is how many rows are in view.
    pub(super) fn take(&mut self, key: &Key, page: usize) -> Step {
        let last = self.matching.len().saturating_sub(1);
        match key {
            Key::Enter => {
                if let Some(row) = self.selected() {
                    return Step::Chosen(row);
                }
            }
            Key::Escape => return Step::Canceled,
            Key::Char(END_OF_INPUT) if self.filter.is_empty() => return Step::Ended,
            Key::ArrowUp | Key::Char(PREVIOUS) => {
                self.selected = self.selected.checked_sub(1).unwrap_or(last);
            }
            Key::ArrowDown | Key::Char(NEXT) => {
                self.selected = if self.selected < last { self.selected + 1 } else { 0 };
            }
            Key::PageUp => self.selected = self.selected.saturating_sub(page),
            Key::PageDown => self.selected = (self.selected + page).min(last),
            Key::Home => self.selected = 0,
            Key::End => self.selected = last,
            Key::Backspace => self.erase(|filter| _ = filter.pop()),
            Key::Char(ERASE_LINE) => self.erase(String::clear),
            Key::Char(ERASE_WORD) => self.erase(|filter| {
                let kept = filter.trim_end().rfind(char::is_whitespace);
                filter.truncate(kept.map_or(0, |blank| blank + 1));
            }),
            Key::Char(c) if !c.is_control() => self.edit(|filter| filter.push(*c)),
            _ => {}
        }
        Step::Changed
    }

    /// Handles a line that is the answer to a numbered list: a number, a part of a name, or nothing for the selected row.
    pub(super) fn answer(&mut self, line: &str) -> Answer {
        let line = line.trim();
        if let Some(at) = line.parse().ok().and_then(|number: usize| number.checked_sub(1))
            && at < self.rows.len()
        {
            return Answer::Chosen(at);
        }
        if !line.is_empty() {
            self.edit(|filter| {
                filter.clear();
                filter.push_str(line);
            });
        }
        let whole = self.filter.to_lowercase();
        let exact = self.matching.iter().find(|at| self.rows[**at] == whole);
        match (self.selected(), exact) {
            (Some(row), _) if line.is_empty() || self.matching.len() == 1 => Answer::Chosen(row),
            (_, Some(row)) => Answer::Chosen(*row),
            (Some(_), None) => Answer::Narrowed,
            (None, None) => {
                self.edit(String::clear);
                Answer::NoMatch
            }
        }
    }

    fn erase(&mut self, change: impl FnOnce(&mut String)) {
        self.was_secret |= may_hold_secret(&self.filter);
        self.edit(change);
    }

    fn edit(&mut self, change: impl FnOnce(&mut String)) {
        let row = self.selected();
        change(&mut self.filter);
        self.was_secret &= !self.filter.is_empty();
        let filter = Zeroizing::new(self.filter.to_lowercase());
        let words: Vec<&str> = filter.split_whitespace().collect();
        let matches = |at: &usize| words.iter().all(|word| self.rows[*at].contains(word));
        self.matching = (0..self.rows.len()).filter(matches).collect();
        // The selection stays on its row as long as that matches.
        self.selected = self.matching.iter().position(|at| Some(*at) == row).unwrap_or(0);
        self.top = 0;
    }

    /// The selected row.
    pub(super) fn selected(&self) -> Option<usize> {
        self.matching.get(self.selected).copied()
    }

    /// The rows that match the filter.
    pub(super) fn matching(&self) -> &[usize] {
        &self.matching
    }

    /// How many rows there are, matching or not.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows in view, of which there are at most `page`. The selected one is always among them.
    pub(super) fn view(&mut self, page: usize) -> &[usize] {
        let page = page.max(1);
        let highest = self.matching.len().saturating_sub(page);
        self.top = self.top.clamp((self.selected + 1).saturating_sub(page), self.selected).min(highest);
        &self.matching[self.top..self.matching.len().min(self.top + page)]
    }

    /// The filter, unless it may be a secret.
    pub(super) fn filter(&self) -> Option<&str> {
        Some(self.filter.as_str()).filter(|filter| !self.was_secret && !may_hold_secret(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[&str]) -> List {
        List::new(&rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>(), 0)
    }

    fn typed(list: &mut List, text: &str) {
        text.chars().for_each(|c| _ = list.take(&Key::Char(c), 5));
    }

    #[test]
    fn typing_any_parts_of_a_name_narrows_the_list_and_erasing_widens_it() {
        let mut list = list(&["acme Production 111", "acme staging 222", "other production 333"]);
        typed(&mut list, "PROD 3");
        assert_eq!(list.matching(), [2]);
        assert_eq!(list.take(&Key::Enter, 5), Step::Chosen(2));
        list.take(&Key::Char(ERASE_WORD), 5);
        assert_eq!(list.matching(), [0, 2]);
        typed(&mut list, "zz");
        assert_eq!((list.matching(), list.selected()), (&[][..], None));
        assert_eq!(list.take(&Key::Enter, 5), Step::Changed, "nothing to choose");
        list.take(&Key::Char(ERASE_LINE), 5);
        assert_eq!(list.matching(), [0, 1, 2]);
    }

    #[test]
    fn the_selection_stays_on_its_row_and_goes_around_at_the_ends() {
        let mut list = list(&["a1", "b1", "a2"]);
        list.take(&Key::ArrowUp, 5);
        assert_eq!(list.selected(), Some(2));
        typed(&mut list, "a");
        assert_eq!(list.selected(), Some(2));
        list.take(&Key::ArrowDown, 5);
        assert_eq!(list.selected(), Some(0));
        list.take(&Key::End, 5);
        assert_eq!(list.take(&Key::Enter, 5), Step::Chosen(2));
    }

    #[test]
    fn the_view_follows_the_selection_through_hundreds_of_rows() {
        let rows: Vec<String> = (0..500).map(|number| format!("account {number}")).collect();
        let mut list = List::new(&rows, 250);
        assert_eq!(list.view(10), (241..251).collect::<Vec<_>>());
        list.take(&Key::ArrowUp, 10);
        assert_eq!(list.view(10)[0], 241, "it moves no more than it must");
        list.take(&Key::PageDown, 10);
        assert_eq!(list.view(10), (250..260).collect::<Vec<_>>());
        list.take(&Key::End, 10);
        assert_eq!(list.view(10), (490..500).collect::<Vec<_>>());
        list.take(&Key::ArrowDown, 10);
        assert_eq!(list.view(10)[0], 0);
        assert_eq!(list.view(0), [0]);
    }

    #[test]
    fn a_filter_that_may_be_a_secret_is_not_shown_nor_what_is_left_of_it() {
        let mut list = list(&["base"]);
        typed(&mut list, "ba");
        assert_eq!(list.filter(), Some("ba"));
        typed(&mut list, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ3kTr9LmZ");
        assert_eq!(list.filter(), None);
        (0..10).for_each(|_| _ = list.take(&Key::Backspace, 5));
        assert_eq!(list.filter(), None);
        list.take(&Key::Char(ERASE_LINE), 5);
        assert_eq!(list.filter(), Some(""));
        typed(&mut list, "export AWS_SECRET_ACCESS_KEY=x");
        assert_eq!(list.filter(), None);
    }

    #[test]
    fn a_numbered_list_takes_numbers_and_parts_of_names() {
        let mut list = list(&["dev", "dev-admin", "prod 12"]);
        assert_eq!(list.answer(""), Answer::Chosen(0));
        assert_eq!(list.answer(" 2 "), Answer::Chosen(1));
        assert_eq!(list.answer("12"), Answer::Chosen(2), "no such number");
        assert_eq!(list.answer("de"), Answer::Narrowed);
        assert_eq!(list.matching(), [0, 1]);
        assert_eq!(list.answer("Dev"), Answer::Chosen(0), "the whole name");
        assert_eq!(list.answer("0"), Answer::NoMatch);
        assert_eq!(list.matching().len(), list.len());
    }

    #[test]
    fn an_empty_list_has_nothing_to_choose() {
        let mut list = list(&[]);
        list.take(&Key::ArrowDown, 5);
        list.take(&Key::ArrowUp, 5);
        assert_eq!((list.take(&Key::Enter, 5), list.view(5)), (Step::Changed, &[][..]));
        assert_eq!(list.answer(""), Answer::NoMatch);
        assert_eq!(list.take(&Key::Escape, 5), Step::Canceled);
        assert_eq!(list.take(&Key::Char(END_OF_INPUT), 5), Step::Ended);
    }
}
