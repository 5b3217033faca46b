//! The parts of a date, before they are combined.

use super::words::{self, Number};
use super::ymd::Parts;

/// dateutil's `_result`. The numbers are as written and may be out of range.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) date: Parts,
    /// The day of the week, from 0 for Monday.
    pub(super) weekday: Option<i8>,
    pub(super) hour: Option<i64>,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) microsecond: Option<i64>,
    /// The name of a time zone, known or not.
    pub(super) zone: Option<String>,
    /// Seconds ahead of UTC.
    pub(super) offset: Option<i64>,
}

impl Fields {
    pub(super) fn is_empty(&self) -> bool {
        let Parts { year, month, day } = self.date;
        let numbers = [year, month, day, self.hour, self.minute, self.second, self.microsecond, self.offset];
        self.weekday.is_none() && self.zone.is_none() && numbers.iter().all(Option::is_none)
    }

    /// dateutil's `_parse_min_sec`: minutes whose decimals are seconds.
    pub(super) fn set_minutes(&mut self, number: Number) -> Option<()> {
        number.is_divisible().then_some(())?;
        self.minute = Some(number.whole);
        self.second = number.sixtieths();
        Some(())
    }

    /// dateutil's `_parsems`: seconds with up to six decimals; more are cut off.
    pub(super) fn set_seconds(&mut self, text: &str) -> Option<()> {
        let (second, decimals) = text.split_once('.').unwrap_or((text, "0"));
        self.second = Some(words::digits(second)?);
        self.microsecond = Some(words::digits(format!("{decimals:0<6}").get(..6)?)?);
        Some(())
    }

    /// dateutil's `validate`: a name of UTC overrides any other offset.
    pub(super) fn settle_zone(&mut self) {
        if self.zone.as_deref().is_some_and(words::is_utc) {
            self.offset = Some(0);
        }
    }
}
