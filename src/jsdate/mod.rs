//! Parses dates like `Date.parse` of V8, Node.js's engine: the form of the standard, and much that people write. The SDK for
//! JavaScript reads every expiration so.

mod standard;
mod tokens;

use std::iter::Peekable;
use std::vec::IntoIter;

use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan as _};

use tokens::{Token, Word, tokens};

/// A date as it is written. `None` is a time zone that isn't written: the system's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) local: DateTime,
    /// Seconds east of UTC.
    pub(crate) offset: Option<i64>,
}

/// Parses a date. `None` if JavaScript calls it invalid.
pub(crate) fn parse(text: &str) -> Option<Written> {
    let mut reader = Reader::of(tokens(text));
    if !reader.standard()? {
        reader.free()?;
    }
    reader.written()
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
    /// Up to three, in the order in which they are written.
    day: Vec<i64>,
    month: Option<i64>,
    /// Hours, minutes, seconds, milliseconds.
    time: Vec<i64>,
    half: Option<i64>,
    sign: Option<i64>,
    hours: Option<i64>,
    minutes: Option<i64>,
    is_standard: bool,
}

/// The last year of JavaScript's calendar, in either direction.
const LAST_YEAR: i64 = 275_760;

const MINUTES: std::ops::Range<i64> = 0..60;

impl Reader {
    fn of(tokens: Vec<Token>) -> Reader {
        Reader {
            tokens: tokens.into_iter().peekable(),
            day: Vec::new(),
            month: None,
            time: Vec::new(),
            half: None,
            sign: None,
            hours: None,
            minutes: None,
            is_standard: false,
        }
    }

    fn skip(&mut self, sign: char) -> bool {
        self.tokens.next_if_eq(&Token::Sign(sign)).is_some()
    }

    /// The next number, if it has so many digits and is in the range.
    fn fixed(&mut self, count: usize, range: &std::ops::Range<i64>) -> Option<i64> {
        let is = |token: &Token| matches!(token, Token::Number { value, digits } if *digits == count && range.contains(value));
        match self.tokens.next_if(is)? {
            Token::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    fn peeks_word(&mut self, word: Word) -> bool {
        self.tokens.peek() == Some(&Token::Word(word))
    }

    fn set_zone(&mut self, hours: i64) {
        (self.sign, self.hours, self.minutes) =
            (Some(if hours < 0 { -1 } else { 1 }), Some(hours.abs()), Some(0));
    }

    /// A number behind a point.
    fn milliseconds(&mut self) -> Option<i64> {
        match self.tokens.next()? {
            Token::Number { value, digits: 1 } => Some(value * 100),
            Token::Number { value, digits: 2 } => Some(value * 10),
            Token::Number { value, digits } => {
                // No more than nine digits have been kept.
                Some(value / 10_i64.pow(u32::try_from(digits.min(9) - 3).ok()?))
            }
            _ => None,
        }
    }

    fn expects(&self, number: i64) -> bool {
        match self.time.len() {
            1 | 2 => MINUTES.contains(&number),
            3 => (0..1000).contains(&number),
            _ => false,
        }
    }

    fn add_time(&mut self, number: i64) -> Option<()> {
        self.time.push(number);
        (self.time.len() <= 4).then_some(())
    }

    /// The last part of a time.
    fn end_time(&mut self, number: i64) {
        self.time.push(number);
        self.time.resize(4, 0);
    }

    /// Reads whatever people write.
    fn free(&mut self) -> Option<()> {
        let mut has_number = !self.day.is_empty();
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Number { value, .. } => {
                    has_number = true;
                    self.number(value)?;
                }
                Token::Word(Word::Half(hours)) if !self.time.is_empty() => self.half = Some(hours),
                Token::Word(Word::Month(month)) => {
                    self.month = Some(month);
                    self.skip('-');
                }
                Token::Word(Word::Zone(hours)) if has_number => self.set_zone(hours),
                Token::Word(Word::Z) if has_number => self.set_zone(0),
                Token::Word(_) => {
                    if has_number || matches!(self.tokens.peek(), Some(Token::Number { .. })) {
                        return None;
                    }
                }
                Token::Sign(sign @ ('+' | '-'))
                    if self.hours == Some(0) && self.minutes == Some(0) || !self.time.is_empty() =>
                {
                    has_number = true;
                    self.zone(if sign == '-' { -1 } else { 1 })?;
                }
                Token::Sign('+' | '-' | ')') if has_number => return None,
                Token::Sign(_) | Token::Blank | Token::Unknown => {}
            }
        }
        Some(())
    }

    fn number(&mut self, value: i64) -> Option<()> {
        if self.skip(':') {
            if self.skip(':') {
                if !self.time.is_empty() {
                    return None;
                }
                self.time.extend([value, 0]);
                return Some(());
            }
            self.add_time(value)?;
            self.skip('.');
            return Some(());
        }
        if self.skip('.') && self.expects(value) {
            self.add_time(value)?;
            let milliseconds = self.milliseconds()?;
            self.end_time(milliseconds);
            return Some(());
        }
        if self.hours.is_some() && self.minutes.is_none() && MINUTES.contains(&value) {
            self.minutes = Some(value);
        } else if self.expects(value) {
            self.end_time(value);
            let next = self.tokens.peek();
            let ends =
                matches!(next, None | Some(Token::Blank | Token::Word(Word::Z) | Token::Sign('+' | '-')));
            return ends.then_some(());
        } else {
            self.day.push(value);
            self.skip('-');
            return (self.day.len() <= 3).then_some(());
        }
        Some(())
    }

    /// What is behind the sign of a time zone.
    fn zone(&mut self, sign: i64) -> Option<()> {
        self.sign = Some(sign);
        let next = self.tokens.next_if(|token| matches!(token, Token::Number { .. }));
        let (value, digits) = match next {
            Some(Token::Number { value, digits }) => (value, digits),
            _ => (0, 0),
        };
        (self.hours, self.minutes) = match digits {
            _ if self.tokens.peek() == Some(&Token::Sign(':')) => (Some(value), None),
            1 | 2 => (Some(value), Some(0)),
            3 | 4 => (Some(value / 100), Some(value % 100)),
            _ => return None,
        };
        Some(())
    }

    fn written(mut self) -> Option<Written> {
        let first = *self.day.first()?;
        self.day.resize(3, 1);
        let is_day = |number: i64| (1..32).contains(&number);
        let (year, month, day) = match self.month {
            None if self.is_standard || !is_day(first) => (first, self.day[1], self.day[2]),
            None => (self.day[2], first, self.day[1]),
            Some(month) if is_day(first) => (self.day[1], month, first),
            Some(month) => (first, month, self.day[1]),
        };
        let year = match year {
            0..=49 if !self.is_standard => year + 2000,
            50..=99 if !self.is_standard => year + 1900,
            _ => year,
        };
        if !(1..13).contains(&month) || !is_day(day) || year.abs() > LAST_YEAR {
            return None;
        }
        self.time.resize(4, 0);
        let [mut hour, minute, second, milliseconds] = self.time[..] else { return None };
        if let Some(half) = self.half {
            hour = (0..13).contains(&hour).then_some(hour % 12 + half)?;
        }
        let rest = minute + second + milliseconds;
        let is_time = (0..24).contains(&hour) || hour == 24 && rest == 0;
        if !is_time || minute > 59 || second > 59 || milliseconds > 999 {
            return None;
        }
        let offset =
            self.sign.map(|sign| sign * (self.hours.unwrap_or(0) * 3600 + self.minutes.unwrap_or(0) * 60));
        // The days of a month are always 31. A year that isn't one of a calendar is the nearest.
        let year = i16::try_from(year.clamp(-9999, 9999)).ok()?;
        let start = DateTime::new(year, i8::try_from(month).ok()?, 1, 0, 0, 0, 0).ok()?;
        let time = SignedDuration::from_secs(hour * 3600 + minute * 60 + second);
        let time = time + SignedDuration::from_millis(milliseconds);
        let local = start.saturating_add((day - 1).days()).saturating_add(time);
        Some(Written { local, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Node.js 22 says, in seconds.
    #[test]
    fn dates_are_those_of_node() {
        for (text, expected) in [
            ("2020-01-01", Some(1_577_836_800)),
            ("2020-01", Some(1_577_836_800)),
            ("2020-01-01T00:00Z", Some(1_577_836_800)),
            ("2020-01-01t00:00:00+01:30", Some(1_577_831_400)),
            ("2020-01-01T00:00:00.123456+00:00", Some(1_577_836_800)),
            ("2020-01-01T00:00:00+0000", Some(1_577_836_800)),
            ("2020-01-01T24:00:00Z", Some(1_577_923_200)),
            ("2020-02-31", Some(1_583_107_200)),
            ("+002020-01-01T00:00:00Z", Some(1_577_836_800)),
            ("Wed, 01 Jan 2020 00:00:00 GMT", Some(1_577_836_800)),
            ("2020-01-01 00:00:00 +0100", Some(1_577_833_200)),
            ("2020-01-01 00:00:00 UTC", Some(1_577_836_800)),
            ("Thu Jan 01 2020 00:00:00 GMT+0100 (CET)", Some(1_577_833_200)),
            ("12/25/1995 GMT-8", Some(819_878_400)),
            ("99 UTC", Some(915_148_800)),
            ("Jan\u{2028}1 2020 UTC", Some(1_577_836_800)),
            ("Jan \u{2028}1 2020 UTC", None),
            ("2020-01-01 UTC \u{85}", None),
            ("2020-01-01T00:00:00UTC", None),
            ("2020-01-01T00:00:00 Z", None),
            ("20200101T000000Z", None),
            ("1577836800", None),
            ("2020-01-01 25:00", None),
            ("soon", None),
            ("", None),
        ] {
            let found = parse(text).map(|found| {
                let since = found.local.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
                since.as_secs() - found.offset.unwrap()
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_the_systems() {
        for text in ["2020-01-01T10:00:00", "2020-01-01 10:00", "1 January 2020 10:00 AM", "10:00 1/1/2020"] {
            let local = DateTime::constant(2020, 1, 1, 10, 0, 0, 0);
            assert_eq!(parse(text), Some(Written { local, offset: None }), "{text}");
        }
    }
}

#[cfg(test)]
mod fuzz {
    #[test]
    fn javascript_dates() {
        bolero::check!().for_each(|bytes: &[u8]| {
            let _ = super::parse(&String::from_utf8_lossy(bytes));
        });
    }
}
