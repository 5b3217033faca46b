//! Which forms of times an SDK reads.

use super::ruled::Dates;

impl Dates {
    /// Whether a time in this form is read.
    pub fn accept(self, text: &str) -> bool {
        match self {
            Dates::Utc { small_z } => {
                (text.ends_with('Z') || small_z && text.ends_with('z')) && is_rfc_3339(text, "Tt")
            }
            Dates::Rfc3339 { is_lenient: true } => is_rfc_3339(text, "Tt "),
            Dates::Rfc3339 { is_lenient: false } => !text.ends_with('z') && is_rfc_3339(text, "T"),
            Dates::Iso8601 => text.trim().parse::<jiff::Timestamp>().is_ok(),
            Dates::Any | Dates::JavaScript | Dates::Unchecked => true,
        }
    }
}

/// Whether a time is in the form of RFC 3339, which is one of many in ISO 8601, with one of these signs before the hour.
fn is_rfc_3339(text: &str, before_hour: &str) -> bool {
    let is_like = |text: &str, shape: &str| {
        let is_one_of = |byte, signs: &str| signs.as_bytes().contains(&byte);
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, like)| match like {
                b'0' => byte.is_ascii_digit(),
                b'T' => is_one_of(byte, before_hour),
                b'+' => is_one_of(byte, "+-"),
                _ => byte == like,
            })
    };
    let Some((second, rest)) = text.split_at_checked(19) else { return false };
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    let ends_at_point = rest.len() == zone.len() + 1;
    is_like(second, "0000-00-00T00:00:00")
        && !ends_at_point
        && (matches!(zone, "Z" | "z") || is_like(zone, "+00:00"))
        // There is such a day and such a time.
        && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_times_is_read_by_some() {
        let (lenient, strict) = (Dates::Rfc3339 { is_lenient: true }, Dates::Rfc3339 { is_lenient: false });
        for (text, expected) in [
            ("2030-01-01T00:00:00Z", "utc UTC lenient strict iso"),
            ("2030-01-01T00:00:00.123456Z", "utc UTC lenient strict iso"),
            ("2030-01-01t00:00:00z", "utc lenient iso"),
            ("2030-01-01t00:00:00Z", "utc UTC lenient iso"),
            ("2030-01-01 00:00:00Z", "lenient iso"),
            ("2030-01-01T00:00:00+01:00", "lenient strict iso"),
            ("2030-01-01T00:00:00+0000", "iso"),
            ("20300101T000000Z", "iso"),
            ("2030-13-45T00:00:00Z", ""),
            ("2030-02-31T00:00:00Z", ""),
            ("2030-01-01T00:00Z", "iso"),
            (" 2030-01-01T00:00:00Z", "iso"),
            ("2030-01-01T00:00:00.Z", ""),
            ("2030-01-01T00:00:00", ""),
            ("2030-01-01T00:00:00UTC", ""),
            ("2030-01-01", ""),
            ("", ""),
        ] {
            let [utc, big] = [true, false].map(|small_z| Dates::Utc { small_z });
            let all = [
                ("utc", utc),
                ("UTC", big),
                ("lenient", lenient),
                ("strict", strict),
                ("iso", Dates::Iso8601),
            ];
            let accepting = all.into_iter().filter(|(_, dates)| dates.accept(text)).map(|(name, _)| name);
            assert_eq!(accepting.collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }
}
