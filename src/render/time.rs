//! Points in time, as people read them.

use jiff::{SignedDuration, Timestamp};

use crate::credentials::Expiration;

/// A point in time to the second, and its distance from now.
pub fn until(at: &Expiration, now: Timestamp) -> String {
    let at_second = at.to_string();
    let at_second = match at_second.split_once('.') {
        Some((whole, fraction)) => {
            format!("{whole}{}", fraction.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        None => at_second,
    };
    match distance(at.left(now)) {
        Some(distance) => format!("{at_second} (in {distance})"),
        None => format!("{at_second} (past)"),
    }
}

/// The time left, in the largest unit of which there are at least two; `None` if there is none.
pub fn distance(left: SignedDuration) -> Option<String> {
    let minutes = left.as_mins();
    if !left.is_positive() {
        None
    } else if minutes < 120 {
        Some(format!("{minutes} min"))
    } else if minutes < 48 * 60 {
        Some(format!("{} h", minutes / 60))
    } else {
        Some(format!("{} d", minutes / 60 / 24))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_with_its_distance() {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        for (at, shown) in [
            ("2026-11-28T12:59:59.479598Z", "2026-11-28T12:59:59Z (in 59 min)"),
            ("2026-11-28T12:00:00.5Z", "2026-11-28T12:00:00Z (in 0 min)"),
            ("2026-11-28T20:30:00Z", "2026-11-28T20:30:00Z (in 8 h)"),
            ("2027-02-28T12:00:00Z", "2027-02-28T12:00:00Z (in 92 d)"),
            ("2026-11-28T12:00:00Z", "2026-11-28T12:00:00Z (past)"),
        ] {
            assert_eq!(until(&Expiration::parse(at, now).unwrap(), now), shown);
        }
    }
}
