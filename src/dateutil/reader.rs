//! dateutil's `parser._parse`: from tokens to the parts of a date. Not fuzzy, with the month before the day.

mod numbers;

use super::fields::Fields;
use super::words::{self, Half, Number};
use super::ymd::Ymd;

/// Two-digit years are near `this_year`. `None` if a token has no meaning in its place.
pub(super) fn read(tokens: &[String], this_year: i64) -> Option<Fields> {
    let mut reader = Reader { tokens, at: 0, ymd: Ymd::default(), fields: Fields::default(), this_year };
    while let Some(token) = reader.ahead(0) {
        reader.step(token)?;
        reader.at += 1;
    }
    reader.finish()
}

/// Tokens, and the parts that those before `at` have set.
struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
    ymd: Ymd,
    fields: Fields,
    this_year: i64,
}

impl<'a> Reader<'a> {
    /// The token `places` after the current one.
    fn ahead(&self, places: usize) -> Option<&'a str> {
        self.tokens.get(self.at.checked_add(places)?).map(String::as_str)
    }

    /// Reads the token at `at` and those that belong to it. Afterwards `at` is the last of them.
    fn step(&mut self, token: &str) -> Option<()> {
        if let Some(number) = Number::read(token) {
            self.number(token, number)
        } else if matches!(token, "INF" | "NAN") {
            None // numbers for Python, but not of a date
        } else if let Some(weekday) = words::weekday(token) {
            self.fields.weekday = Some(weekday);
            Some(())
        } else if let Some(month) = words::month(token) {
            self.month_name(month)
        } else if let Some(half) = Half::named(token) {
            self.half(half)
        } else if self.fields.offset.is_none() && self.could_be_zone(token) {
            self.zone_name(token)
        } else if let Some(sign) = sign(token).filter(|_| self.fields.hour.is_some()) {
            self.offset(sign)
        } else {
            words::is_jump(token).then_some(())
        }
    }

    /// The name of a month, and the rest of `Jan-01-99` and `Jan of 99`.
    fn month_name(&mut self, month: i64) -> Option<()> {
        self.ymd.push_month(month)?;
        if let Some(separator @ ("-" | "/")) = self.ahead(1) {
            self.ymd.push_digits(self.ahead(2)?)?;
            if self.ahead(3) == Some(separator) {
                self.ymd.push_digits(self.ahead(4)?)?;
                self.at += 2;
            }
            self.at += 2;
        } else if let (Some(" "), Some(of), Some(" "), Some(year)) =
            (self.ahead(1), self.ahead(2), self.ahead(3), self.ahead(4))
            && of.eq_ignore_ascii_case("of")
        {
            if let Some(year) = words::digits(year) {
                self.ymd.push_year(with_century(year, self.this_year))?;
            } // dateutil ignores anything else in this place
            self.at += 4;
        }
        Some(())
    }

    /// `am` or `pm` after an hour of a 12-hour clock.
    fn half(&mut self, half: Half) -> Option<()> {
        let hour = self.fields.hour.filter(|hour| *hour <= 12)?;
        self.fields.hour = Some(half.hour(hour));
        Some(())
    }

    /// dateutil's `_could_be_tzname`, without the check of the offset.
    fn could_be_zone(&self, token: &str) -> bool {
        let is_name = token.len() <= 5 && token.chars().all(|letter| letter.is_ascii_uppercase());
        self.fields.hour.is_some() && self.fields.zone.is_none() && (is_name || token == "z")
    }

    /// The name of a time zone. In `GMT+3` the sign is reversed: it means "my time + 3 is GMT".
    fn zone_name(&mut self, token: &str) -> Option<()> {
        self.fields.zone = Some(token.to_owned());
        if token == "z" {
            self.fields.offset = Some(0);
        }
        let Some(sign) = self.ahead(1).and_then(sign) else { return Some(()) };
        if words::is_utc(token) {
            self.fields.zone = None;
        }
        self.at += 1;
        self.offset(-sign)
    }

    /// A sign and `HHMM`, `HH:MM` or `HH`, then optionally the name of a zone in parentheses.
    fn offset(&mut self, sign: i64) -> Option<()> {
        let first = self.ahead(1)?;
        let (hours, minutes) = if first.len() == 4 {
            (words::digits(first.get(..2)?)?, words::digits(first.get(2..)?)?)
        } else if self.ahead(2) == Some(":") {
            let minutes = words::digits(self.ahead(3)?)?;
            self.at += 2;
            (words::digits(first)?, minutes)
        } else if first.len() <= 2 {
            (words::digits(first)?, 0)
        } else {
            return None;
        };
        self.at += 1;
        self.fields.offset =
            Some(sign * hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60)));
        self.zone_in_parentheses();
        Some(())
    }

    /// The name in `-0300 (BRST)`. The offset takes precedence.
    fn zone_in_parentheses(&mut self) {
        if let (Some(space), Some("("), Some(name), Some(")")) =
            (self.ahead(1), self.ahead(2), self.ahead(3), self.ahead(4))
            && words::is_jump(space)
            && name.len() >= 3
            && self.could_be_zone(name)
        {
            self.fields.zone = Some(name.to_owned());
            self.at += 4;
        }
    }

    /// Decides which number is the year, month and day, and adds the century.
    fn finish(mut self) -> Option<Fields> {
        self.fields.date = self.ymd.resolve()?;
        if !self.ymd.has_century() {
            self.fields.date.year = self.fields.date.year.map(|year| with_century(year, self.this_year));
        }
        self.fields.settle_zone();
        Some(self.fields)
    }
}

fn sign(token: &str) -> Option<i64> {
    match token {
        "+" => Some(1),
        "-" => Some(-1),
        _ => None,
    }
}

/// dateutil's `convertyear`: a year of two digits is within 50 years of `this_year`.
fn with_century(year: i64, this_year: i64) -> i64 {
    if year >= 100 {
        return year;
    }
    let year = year + this_year / 100 * 100;
    if year >= this_year + 50 {
        year - 100
    } else if year < this_year - 50 {
        year + 100
    } else {
        year
    }
}
