//! Points in time as providers write them. botocore reads them with a lenient parser, so there are many forms.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

/// A point in time, if the text says enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A point in time.
    At(Timestamp),
    /// A date without a time zone. botocore takes it and then can't compare it with the clock.
    Zoneless,
}

impl Moment {
    /// Reads ISO 8601 in its forms, with `Z`, an offset, or `UTC` or `GMT` behind it, and e-mail dates. `None` is
    /// text that is no date.
    pub(super) fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(Moment::At(at));
        }
        if let Some(zoned) = ["UTC", "GMT"].iter().find_map(|zone| text.strip_suffix(zone))
            && let Ok(at) = format!("{}Z", zoned.trim_end()).parse::<Timestamp>()
        {
            return Some(Moment::At(at));
        }
        if let Ok(zoned) = rfc2822::parse(text) {
            return Some(Moment::At(zoned.timestamp()));
        }
        let is_date = text.parse::<DateTime>().is_ok() || text.parse::<Date>().is_ok();
        is_date.then_some(Moment::Zoneless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_caches_and_processes_write_are_read() {
        let expected = "2099-01-01T00:00:00Z".parse().unwrap();
        for text in [
            "2099-01-01T00:00:00Z",
            "2099-01-01T00:00:00+00:00",
            "2099-01-01T02:00:00+02:00",
            "2099-01-01 00:00:00Z",
            "2099-01-01T00:00:00UTC",
            "2099-01-01T00:00:00 UTC",
            "2099-01-01T00:00:00.000Z",
            "20990101T000000Z",
            "Thu, 01 Jan 2099 00:00:00 GMT",
        ] {
            assert_eq!(Moment::parse(text), Some(Moment::At(expected)), "{text}");
        }
        assert_eq!(Moment::parse("2099-01-01T00:00:00"), Some(Moment::Zoneless));
        assert_eq!(Moment::parse("2099-01-01"), Some(Moment::Zoneless));
        assert_eq!(Moment::parse("soon"), None);
        assert_eq!(Moment::parse(""), None);
    }
}
