//! Points in time as providers write them. botocore reads them with dateutil, which takes nearly every form there is,
//! and so does this: dateutil's `parser.parse` without options, in a place whose time zone is UTC.

mod fields;
mod reader;
mod tokens;
mod words;
mod ymd;

use fields::Fields;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::credentials::Expiration;

/// A point in time, if the text says enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A point in time.
    At(Expiration),
    /// A date without a time zone. botocore takes it and then can't compare it with the clock.
    Zoneless(DateTime),
}

impl Moment {
    /// Reads a date. What it leaves out is taken from the day of `now`, as is the century. `None` is text that is no
    /// date, and a date that can't be.
    ///
    /// Digits other than ASCII's are refused, though dateutil takes some of them.
    pub(super) fn parse(text: &str, now: Timestamp) -> Option<Moment> {
        if text.contains(|character: char| !character.is_ascii() && character.is_numeric()) {
            return None;
        }
        let today = Offset::UTC.to_datetime(now).date();
        let fields = reader::read(&tokens::split(text), today.year().into())?;
        if fields.is_empty() {
            return None;
        }
        let local = DateTime::from_parts(date(&fields, today)?, time(&fields)?);
        match fields.offset {
            Some(seconds) => Some(Moment::At(Expiration::new(local, offset(seconds)?))),
            None => Some(Moment::Zoneless(local)),
        }
    }
}

/// The day that was written, the rest of it from `today`: dateutil's `_build_naive`. A day that was not written is
/// the last of a month too short for it, or the next with the weekday that was.
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

/// The time of day that was written, the rest of it zero.
fn time(fields: &Fields) -> Option<Time> {
    let part = |value: Option<i64>| i8::try_from(value.unwrap_or(0)).ok();
    let nanosecond = fields.microsecond.unwrap_or(0).checked_mul(1000)?;
    Time::new(part(fields.hour)?, part(fields.minute)?, part(fields.second)?, i32::try_from(nanosecond).ok()?)
        .ok()
}

/// An offset from UTC, in seconds. Python has none of a day or more.
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

    fn parse(text: &str) -> Option<Moment> {
        Moment::parse(text, NOW.parse().unwrap())
    }

    #[track_caller]
    fn at(expected: &str, texts: &[&str]) {
        let expected: Timestamp = expected.parse().unwrap();
        for text in texts {
            let Some(Moment::At(found)) = parse(text) else { panic!("{text:?}: {:?}", parse(text)) };
            assert_eq!(found.at(), expected, "{text:?}");
        }
    }

    #[test]
    fn the_forms_of_one_point_in_time_are_read() {
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
            ],
        );
    }

    #[test]
    fn each_form_keeps_what_it_says() {
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
        for last in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59.5Z"] {
            let Some(Moment::At(found)) = parse(last) else { panic!("{last}") };
            assert_eq!(found.to_string(), last);
        }
    }

    #[test]
    fn what_is_left_out_is_taken_from_today() {
        at("2026-11-29T23:31:46Z", &["23:31:46Z", "Sun 23:31:46Z"]);
        at("2026-11-30T23:31:46Z", &["Mon 23:31:46Z", "MONDAY 23:31:46 GMT"]);
        at("2026-02-28T10:00:00Z", &["Feb 10:00Z"]);
        at("2028-02-29T10:00:00Z", &["Feb of 28 10:00Z", "Feb 2028 10:00Z"]);
        at("2026-11-05T10:00:00Z", &["5 10:00Z"]);
    }

    #[test]
    fn dates_without_a_zone_are_zoneless() {
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
            assert!(matches!(parse(text), Some(Moment::Zoneless(_))), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
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
            "٢٠٢٦-11-22",
            "2026-11-22T00:37:1\u{b2}Z",
            "２０２６-11-22",
            "\u{feff}2026-11-22T00:37:13Z",
            "🕛 2026-11-22",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn any_clock_will_do() {
        for now in [Timestamp::MIN, Timestamp::MAX] {
            for text in ["1-2-3 10:00Z", "10:00Z", "Mon 10:00Z", "Feb 10:00Z", "1-2-2026 10:00Z"] {
                let _ = Moment::parse(text, now);
            }
        }
    }
}
