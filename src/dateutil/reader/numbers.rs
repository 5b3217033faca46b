//! dateutil's `_parse_numeric_token`.

use super::super::words::{self, Half, Number, Unit};
use super::Reader;

impl<'a> Reader<'a> {
    /// The meaning of a number depends on its length and on the tokens around it.
    pub(super) fn number(&mut self, token: &str, number: Number) -> Option<()> {
        match token.len() {
            2 | 4 if self.is_time_after_date() => self.packed_time(token),
            6 if self.ymd.is_empty() && !token.contains('.') => self.packed_short_date(token),
            6 => self.packed_time(token),
            7.. if token.find('.') == Some(6) => self.packed_time(token),
            8 | 12 | 14 => self.packed_date(token),
            _ => self.separate_number(token, number),
        }
    }

    /// A number that is one part of a date or a time.
    fn separate_number(&mut self, token: &str, number: Number) -> Option<()> {
        if let Some((unit, places)) = self.unit() {
            self.at += places;
            return self.counted(token, number, unit);
        }
        match self.ahead(1) {
            Some(":") if self.ahead(2).is_some() => self.clock(number),
            Some(separator @ ("-" | "/" | ".")) => self.joined_date(token, separator),
            Some(next) if !words::is_jump(next) => self.number_before_word(number),
            _ => self.lone_number(number),
        }
    }

    /// Whether a short number is the time after a complete date: `2359` in `19990101T2359`.
    fn is_time_after_date(&self) -> bool {
        self.ymd.len() == 3
            && self.fields.hour.is_none()
            && self.ahead(1) != Some(":")
            && self.unit_ahead(1).is_none()
    }

    /// `HH`, `HHMM`, or `HHMMSS` with or without decimals.
    fn packed_time(&mut self, token: &str) -> Option<()> {
        self.fields.hour = Some(words::digits(token.get(..2)?)?);
        if token.len() > 2 {
            self.fields.minute = Some(words::digits(token.get(2..4)?)?);
        }
        if token.len() > 4 {
            self.fields.set_seconds(token.get(4..)?)?;
        }
        Some(())
    }

    /// `YYMMDD`, or another order.
    fn packed_short_date(&mut self, token: &str) -> Option<()> {
        for range in [0..2, 2..4, 4..6] {
            self.ymd.push_digits(token.get(range)?)?;
        }
        Some(())
    }

    /// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`.
    fn packed_date(&mut self, token: &str) -> Option<()> {
        for range in [0..4, 4..6, 6..8] {
            self.ymd.push_digits(token.get(range)?)?;
        }
        if token.len() > 8 {
            self.fields.hour = Some(words::digits(token.get(8..10)?)?);
            self.fields.minute = Some(words::digits(token.get(10..12)?)?);
        }
        if token.len() > 12 {
            self.fields.second = Some(words::digits(token.get(12..)?)?);
        }
        Some(())
    }

    /// dateutil's `_find_hms_idx` and `_parse_hms`: a number's unit, and how many tokens after the number it is; 0 if the
    /// unit before the number implies it. The inner `None` is a number after seconds.
    fn unit(&self) -> Option<(Option<Unit>, usize)> {
        if let Some(unit) = self.unit_ahead(1) {
            return Some((Some(unit), 1));
        }
        if let Some(unit) = self.unit_ahead(2).filter(|_| self.ahead(1) == Some(" ")) {
            return Some((Some(unit), 2));
        }
        let is_last_behind_space = self.ahead(1).is_none() && self.behind(1) == Some(" ");
        let before = self
            .behind(1)
            .and_then(Unit::named)
            .or_else(|| self.behind(2).filter(|_| is_last_behind_space).and_then(Unit::named))?;
        Some((before.next(), 0))
    }

    /// dateutil's `_assign_hms`.
    fn counted(&mut self, token: &str, number: Number, unit: Option<Unit>) -> Option<()> {
        match unit {
            Some(Unit::Hour) => {
                number.is_divisible().then_some(())?;
                self.fields.hour = Some(number.whole);
                self.fields.minute = number.sixtieths().or(self.fields.minute);
            }
            Some(Unit::Minute) => self.fields.set_minutes(number)?,
            Some(Unit::Second) => self.fields.set_seconds(token)?,
            None => {}
        }
        Some(())
    }

    /// `HH:MM` or `HH:MM:SS`. The last part may have decimals.
    fn clock(&mut self, hour: Number) -> Option<()> {
        self.fields.hour = Some(hour.whole);
        self.fields.set_minutes(Number::read(self.ahead(2)?)?)?;
        if let (Some(":"), Some(seconds)) = (self.ahead(3), self.ahead(4)) {
            self.fields.set_seconds(seconds)?;
            self.at += 2;
        }
        self.at += 2;
        Some(())
    }

    /// Two or three parts of a date with the same separator: `01-Jan-99`.
    fn joined_date(&mut self, token: &str, separator: &str) -> Option<()> {
        self.ymd.push_digits(token)?;
        if let Some(second) = self.ahead(2).filter(|second| !words::is_jump(second)) {
            self.joined_part(second)?;
            if self.ahead(3) == Some(separator) {
                self.joined_part(self.ahead(4)?)?;
                self.at += 2;
            }
            self.at += 1;
        }
        self.at += 1;
        Some(())
    }

    /// A part of a date after a separator: the name of a month, or digits.
    fn joined_part(&mut self, part: &str) -> Option<()> {
        match words::month(part) {
            Some(month) => self.ymd.push_month(month),
            None => self.ymd.push_digits(part),
        }
    }

    /// A number at the end or before a word without a meaning: an hour if `am` or `pm` follows that word, otherwise a
    /// part of the date.
    fn lone_number(&mut self, number: Number) -> Option<()> {
        if let Some(half) = self.half_ahead(2) {
            self.fields.hour = Some(half.hour(number.whole));
            self.at += 1;
        } else {
            self.ymd.push_number(number)?;
        }
        self.at += 1;
        Some(())
    }

    /// A number before a word with a meaning: an hour before `am` or `pm`, otherwise a day.
    fn number_before_word(&mut self, number: Number) -> Option<()> {
        if let Some(half) = self.half_ahead(1).filter(|_| number.whole < 24) {
            self.fields.hour = Some(half.hour(number.whole));
            self.at += 1;
            return Some(());
        }
        self.ymd.could_be_day(number).then_some(())?;
        self.ymd.push_number(number)
    }

    /// The token `places` before the current one.
    fn behind(&self, places: usize) -> Option<&'a str> {
        self.tokens.get(self.at.checked_sub(places)?).map(String::as_str)
    }

    fn unit_ahead(&self, places: usize) -> Option<Unit> {
        self.ahead(places).and_then(Unit::named)
    }

    fn half_ahead(&self, places: usize) -> Option<Half> {
        self.ahead(places).and_then(Half::named)
    }
}
