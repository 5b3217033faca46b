//! Parses dates like python-dateutil: `parser.parse` without options, with UTC as the local time zone. botocore calls it for
//! every expiration, so dateutil determines which ones are valid.

mod fields;
mod reader;
mod tokens;
mod words;
mod ymd;

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::text::digit;
use fields::Fields;

/// A date and time, in a year from 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) local: DateTime,
    /// `None` is what Python calls a naive datetime.
    pub(crate) offset: Option<Offset>,
}

/// Parses a date. Missing parts, and the century, come from the day of `now`. `None` if dateutil raises an error.
///
/// Decimal digits may be of any script. Other digits, such as superscript ones, are rejected.
pub(crate) fn parse(text: &str, now: Timestamp) -> Option<Parsed> {
    let is_other = |character: char| !character.is_ascii() && character.is_numeric();
    let text: Cow<'_, str> = if text.contains(is_other) {
        let ascii = |character| digit(character).and_then(|digit| char::from_digit(digit, 10));
        text.chars().map(|character| ascii(character).unwrap_or(character)).collect()
    } else {
        text.into()
    };
    if text.contains(is_other) {
        return None;
    }
    let today = Offset::UTC.to_datetime(now).date();
    let fields = reader::read(&tokens::split(&text), today.year().into())?;
    if fields.is_empty() {
        return None;
    }
    let local = DateTime::from_parts(date(&fields, today)?, time(&fields)?);
    let offset = match fields.offset {
        Some(seconds) => Some(offset(seconds)?),
        None => None,
    };
    Some(Parsed { local, offset })
}

/// dateutil's `_build_naive`: missing parts come from `today`. A missing day is at most the last of the month, or the
/// next one with the given weekday.
fn date(fields: &Fields, today: Date) -> Option<Date> {
    let year = fields.date.year.unwrap_or(today.year().into());
    let month = fields.date.month.unwrap_or(today.month().into());
    let last = ymd::days_in(year, month)?;
    let day = fields.date.day.unwrap_or(i64::from(today.day()).min(last));
    let year = i16::try_from(year).ok().filter(|year| *year >= 1)?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    match fields.weekday {
        Some(weekday) if fields.date.day.is_none() => {
            let days = (weekday - date.weekday().to_monday_zero_offset()).rem_euclid(7);
            date.checked_add(days.days()).ok()
        }
        _ => Some(date),
    }
}

/// The time of day; missing parts are zero.
fn time(fields: &Fields) -> Option<Time> {
    let part = |value: Option<i64>| i8::try_from(value.unwrap_or(0)).ok();
    let nanosecond = fields.microsecond.unwrap_or(0).checked_mul(1000)?;
    Time::new(part(fields.hour)?, part(fields.minute)?, part(fields.second)?, i32::try_from(nanosecond).ok()?)
        .ok()
}

/// An offset from UTC, in seconds. Python's are shorter than a day.
fn offset(seconds: i64) -> Option<Offset> {
    const DAY: i32 = 24 * 60 * 60;
    let seconds = i32::try_from(seconds).ok().filter(|seconds| (1 - DAY..DAY).contains(seconds))?;
    Offset::from_seconds(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday, in the last days of a month.
    const NOW: &str = "2026-11-29T12:00:00Z";

    fn today(text: &str) -> Option<Parsed> {
        parse(text, NOW.parse().unwrap())
    }

    #[track_caller]
    fn at(expected: &str, texts: &[&str]) {
        let expected: Timestamp = expected.parse().unwrap();
        for text in texts {
            let found = today(text).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(found.offset.unwrap().to_timestamp(found.local).unwrap(), expected, "{text:?}");
        }
    }

    #[test]
    fn many_formats_of_one_instant_are_parsed() {
        at(
            "2026-11-22T00:37:13Z",
            &[
                "2026-11-22T00:37:13Z",
                "2026-11-22T00:37:13z",
                "2026-11-22t00:37:13z",
                "2026-11-22T00:37:13.000Z",
                "2026-11-22T00:37:13,000Z",
                "2026-11-22T00:37:13+00:00",
                "2026-11-22T00:37:13-0000",
                "2026-11-22T02:07:13+01:30",
                "2026-11-22T03:37:13+03",
                "2026-11-22T00:37:13UTC",
                "2026-11-22 00:37:13 GMT",
                "2026-11-22 00:37:13 +0000",
                "2026-11-21 21:37:13 -0300 (BRST)",
                "2026-11-21 21:37:13 GMT+3",
                "2026-11-22 03:37:13 UTC-03:00",
                "2026-11-21 21:37:13 BRST+3",
                "2026-11-22 12:37:13 AM UTC",
                "2026-11-22 0h37m13s UTC",
                "2026-11-22 00h37.22m UTC",
                "2026-11-22T0:37:13Z",
                "Sun Nov 22 00:37:13 UTC 2026",
                "Sun, 22 Nov 2026 00:37:13 GMT",
                "Sunday, 22-Nov-26 00:37:13 GMT",
                "2026/11/22T00:37:13Z",
                "11/22/2026 00:37:13 UTC",
                "22/11/2026 00:37:13 UTC",
                "22.11.2026 00:37:13Z",
                "Nov 22 2026 00:37:13Z",
                "Nov 22nd, 2026 at 00:37:13Z",
                "22 of November 2026 00:37:13Z",
                "20261122T003713Z",
                "20261122003713Z",
                "00:37:13Z 2026-11-22",
                " 2026-11-22T00:37:13Z\n",
                "2026-11-22\u{a0}00:37:13\u{1f}Z",
                "2026-11-22T00:37:13Z\0",
                "２０２６-11-22T00:37:13Z",
                "٢٠٢٦-11-22 ٠:37:13Z",
            ],
        );
    }

    #[test]
    fn each_format_keeps_its_values() {
        at("2026-11-22T22:44:16Z", &["22 November 2026 22:44:16 UTC", "Nov 22 2026 10:44:16 pm Z"]);
        at("2026-11-22T09:37:13Z", &["2026-11-22T9:37:13Z"]);
        at(
            "2026-11-22T10:00:00Z",
            &["22.11.2026 10:00:00Z", "2026-11-22 10Z", "20261122T10Z", "20261122 10a UTC"],
        );
        at("2026-11-22T00:37:13.123456Z", &["2026-11-22T00:37:13.1234569Z", "20261122T003713.123456Z"]);
        at("2001-02-03T04:05:00Z", &["02-03-01 04:05 UTC", "Feb-03-01 04:05 UTC", "20010203 0405Z"]);
        at("1999-12-31T00:00:00Z", &["31-Dec-99 00:00 UTC", "99-12-31 00:00 UTC"]);
        at("0001-01-01T00:00:00Z", &["0001-01-01T00:00:00Z"]);
        at("0000-12-31T23:00:00Z", &["0001-01-01T00:00:00+01:00"]);
    }

    #[test]
    fn a_date_that_no_timestamp_can_hold_keeps_its_time_and_offset() {
        for (text, local, hours) in [
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59", 0),
            ("9999-12-31 23:59:59.5 -05:00", "9999-12-31T23:59:59.5", -5),
            ("0001-01-01T00:00:00+23:00", "0001-01-01T00:00:00", 23),
        ] {
            let offset = Some(Offset::constant(hours));
            assert_eq!(today(text), Some(Parsed { local: local.parse().unwrap(), offset }), "{text}");
        }
    }

    #[test]
    fn missing_parts_come_from_today() {
        at("2026-11-29T23:31:46Z", &["23:31:46Z", "Sun 23:31:46Z"]);
        at("2026-11-30T23:31:46Z", &["Mon 23:31:46Z", "MONDAY 23:31:46 GMT"]);
        at("2026-02-28T10:00:00Z", &["Feb 10:00Z"]);
        at("2028-02-29T10:00:00Z", &["Feb of 28 10:00Z", "Feb 2028 10:00Z"]);
        at("2026-11-05T10:00:00Z", &["5 10:00Z"]);
    }

    #[test]
    fn a_date_without_an_offset_is_naive() {
        for text in [
            "2026-11-22T00:37:13",
            "2026-11-22",
            "20261122",
            "2026",
            "Nov",
            "Sunday",
            "10h",
            "2026-11-22-05",
            "2026-11-22 00:37:13 CET",
            "2026-11-22T00:37:13TGMT",
            "Jan of é",
        ] {
            assert!(today(text).is_some_and(|found| found.offset.is_none()), "{text:?}");
        }
    }

    #[test]
    fn text_that_is_not_a_date_is_rejected() {
        for text in [
            "",
            "\0",
            " ",
            "-",
            "soon",
            "Z",
            "pm",
            "2026-11-22T00:37:60Z",
            "2026-11-22T00:60:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-31T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-13-13T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "2026-11-22T00:37:13+24:00",
            "2026-11-22T00:37:13-99999999999999999999:00",
            "2026-11-22T00:37:13+",
            "2026-11-22T00:37:13 utc",
            "2026-11-22T00:37:13 NAN",
            "2026-11-22T00:37:13 Etc/UTC",
            "2026-11-22T13:37:13 PM",
            "1700000000",
            "99999999999999999999999999999999999999999",
            "99999999999999999999999999999m 10:00Z",
            "Nov-",
            "Nov 22 2026 Dec",
            "2026 2027",
            "2026-11-22T00:37:1\u{b2}Z",
            "２０２６-11-2²",
            "\u{feff}2026-11-22T00:37:13Z",
            "🕛 2026-11-22",
        ] {
            assert_eq!(today(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_clock_makes_it_panic() {
        for now in [Timestamp::MIN, Timestamp::MAX] {
            for text in ["1-2-3 10:00Z", "10:00Z", "Mon 10:00Z", "Feb 10:00Z", "1-2-2026 10:00Z"] {
                let _ = parse(text, now);
            }
        }
    }
}
