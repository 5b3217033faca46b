//! What a text says of a point in time, before it is one.

use super::words::{self, Number};
use super::ymd::Parts;

/// What a text says of a point in time: dateutil's `_result`. The numbers are as written, and may be out of range.
#[derive(Default)]
pub(super) struct Fields {
    /// Year, month and day.
    pub(super) date: Parts,
    /// The day of the week, from 0 for Monday.
    pub(super) weekday: Option<i8>,
    /// The hour, from 0.
    pub(super) hour: Option<i64>,
    /// The minute.
    pub(super) minute: Option<i64>,
    /// The second.
    pub(super) second: Option<i64>,
    /// Millionths of a second.
    pub(super) microsecond: Option<i64>,
    /// The name of a time zone, known or not.
    pub(super) zone: Option<String>,
    /// Seconds that the time is ahead of Greenwich.
    pub(super) offset: Option<i64>,
}

impl Fields {
    /// Whether the text says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        let Parts { year, month, day } = self.date;
        let numbers = [year, month, day, self.hour, self.minute, self.second, self.microsecond, self.offset];
        self.weekday.is_none() && self.zone.is_none() && numbers.iter().all(Option::is_none)
    }

    /// Reads minutes whose decimals are seconds: dateutil's `_parse_min_sec`.
    pub(super) fn set_minutes(&mut self, number: Number) -> Option<()> {
        number.is_divisible().then_some(())?;
        self.minute = Some(number.whole);
        self.second = number.sixtieths();
        Some(())
    }

    /// Reads seconds, of whose decimals six count: dateutil's `_parsems`.
    pub(super) fn set_seconds(&mut self, text: &str) -> Option<()> {
        let (second, decimals) = text.split_once('.').unwrap_or((text, "0"));
        self.second = Some(words::digits(second)?);
        self.microsecond = Some(words::digits(format!("{decimals:0<6}").get(..6)?)?);
        Some(())
    }

    /// Names of Greenwich are an offset of zero, whatever else was written: dateutil's `validate`.
    pub(super) fn settle_zone(&mut self) {
        if self.zone.as_deref().is_some_and(words::is_utc) {
            self.offset = Some(0);
        }
    }
}
