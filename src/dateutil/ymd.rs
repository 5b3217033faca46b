//! dateutil's `_ymd`: which number is the year, the month and the day.

use super::words::{self, Number};

/// The numbers of a date in the order of the text.
#[derive(Default)]
pub(super) struct Ymd {
    values: Vec<i64>,
    /// The index of the month, if it was written as a name.
    month_at: Option<usize>,
    /// The index of the year, if it has more than two digits.
    year_at: Option<usize>,
}

#[derive(Default)]
pub(super) struct Parts {
    /// May be without its century.
    pub(super) year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
}

impl Parts {
    fn all(year: i64, month: i64, day: i64) -> Parts {
        Parts { year: Some(year), month: Some(month), day: Some(day) }
    }

    /// A number alone: the day if it is small enough, otherwise the year.
    fn year_or_day(value: i64, month: Option<i64>) -> Parts {
        if value > 31 {
            Parts { year: Some(value), month, day: None }
        } else {
            Parts { year: None, month, day: Some(value) }
        }
    }
}

impl Ymd {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(super) fn has_century(&self) -> bool {
        self.year_at.is_some()
    }

    /// Any number with more than two digits is the year.
    pub(super) fn push_digits(&mut self, text: &str) -> Option<()> {
        let value = words::digits(text)?;
        if text.len() > 2 { self.push_year(value) } else { self.push(value) }
    }

    /// A number above 100 is the year.
    pub(super) fn push_number(&mut self, number: Number) -> Option<()> {
        if number.exceeds(100) { self.push_year(number.whole) } else { self.push(number.whole) }
    }

    /// `None` if there is a year already.
    pub(super) fn push_year(&mut self, year: i64) -> Option<()> {
        let at = self.len();
        self.year_at.replace(at).is_none().then_some(())?;
        self.push(year)
    }

    /// `None` if there is a month already.
    pub(super) fn push_month(&mut self, month: i64) -> Option<()> {
        let at = self.len();
        self.month_at.replace(at).is_none().then_some(())?;
        self.push(month)
    }

    #[expect(clippy::unnecessary_wraps, reason = "one of the ways to add, and the others can fail")]
    fn push(&mut self, value: i64) -> Option<()> {
        self.values.push(value);
        Some(())
    }

    /// Whether a number can be a day of the month, as far as year and month are known.
    pub(super) fn could_be_day(&self, number: Number) -> bool {
        let last = match (self.month(), self.year()) {
            (None, _) => Some(31),
            (Some(month), None) => days_in(2000, month),
            (Some(month), Some(year)) => days_in(year, month),
        };
        number.whole >= 1 && last.is_some_and(|last| !number.exceeds(last))
    }

    fn month(&self) -> Option<i64> {
        self.values.get(self.month_at?).copied()
    }

    fn year(&self) -> Option<i64> {
        self.values.get(self.year_at?).copied()
    }

    /// dateutil's `resolve_ymd`, with the month before the day if both are possible. `None` if there are too many.
    pub(super) fn resolve(&self) -> Option<Parts> {
        let known = usize::from(self.month_at.is_some()) + usize::from(self.year_at.is_some());
        if self.len() == known || (self.len() == 3 && known == 2) {
            return Some(self.all_known());
        }
        match *self.values {
            [value] => Some(Parts::year_or_day(value, None)),
            [first, second] => Some(self.two(first, second)),
            [first, second, third] => Some(self.three(first, second, third)),
            _ => None,
        }
    }

    /// The parts if year and month are known: what is left is the day.
    fn all_known(&self) -> Parts {
        let rest =
            (0..).zip(&self.values).find(|&(at, _)| Some(at) != self.month_at && Some(at) != self.year_at);
        Parts { year: self.year(), month: self.month(), day: rest.map(|(_, &day)| day) }
    }

    fn two(&self, first: i64, second: i64) -> Parts {
        match self.month_at {
            Some(0) => Parts::year_or_day(second, Some(first)),
            Some(_) => Parts::year_or_day(first, Some(second)),
            None if first > 31 => Parts { year: Some(first), month: Some(second), day: None },
            None => Parts::year_or_day(second, Some(first)),
        }
    }

    /// By the position of the month's name, and by which numbers are too large for a day or a month.
    fn three(&self, first: i64, second: i64, third: i64) -> Parts {
        match self.month_at {
            Some(0) if second > 31 => Parts::all(second, first, third),
            Some(0) => Parts::all(third, first, second),
            Some(1) if first > 31 => Parts::all(first, second, third),
            Some(1) => Parts::all(third, second, first),
            Some(_) if second > 31 => Parts::all(second, third, first),
            Some(_) => Parts::all(first, third, second),
            None if first > 31 || self.year_at == Some(0) => Parts::all(first, second, third),
            None if first > 12 => Parts::all(third, second, first),
            None => Parts::all(third, first, second),
        }
    }
}

/// The second result of Python's `calendar.monthrange`, for any year.
pub(super) fn days_in(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}
