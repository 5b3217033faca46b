//! Text with its base64 or hexadecimal digits decoded: programs log a header such as `Authorization: Basic`, or dump bytes.

use std::ops::Range;

use super::escapes::Unit;

/// Fewer characters encode no secret that is masked: eight bytes are eleven characters of base64.
const SHORTEST: usize = 11;

/// Fewer hexadecimal digits encode no secret that is masked.
const SHORTEST_HEX: usize = 16;

/// Whether anything may be encoded in a text.
pub(super) fn may_be_in(text: &str) -> bool {
    text.as_bytes().split(|byte| !is_base64(*byte)).any(|run| run.len() >= SHORTEST)
}

/// Where bytes are dumped: pairs of hexadecimal digits in groups, with one character between two of them.
fn dumps(bytes: &[u8]) -> Vec<Range<usize>> {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let first = digits(at);
        // Other text may be before the digits without a break.
        let (start, mut end, mut count) = (at + first % 2, at + first, first - first % 2);
        while count > 0 && bytes.get(end).is_some_and(|byte| b" :-,".contains(byte)) {
            let next = digits(end + 1);
            if next == 0 || next % 2 == 1 {
                break;
            }
            (end, count) = (end + 1 + next, count + next);
        }
        if count >= SHORTEST_HEX && end - start > count {
            found.push(start..end);
        }
        at = end + 1;
    }
    found
}

/// The bytes of each dump in a text.
pub(super) fn dumped(text: &str) -> impl Iterator<Item = Vec<Unit>> {
    dumps(text.as_bytes()).into_iter().map(|range| {
        let unit = |at: usize| Unit { byte: text.as_bytes()[at], start: at, end: at + 1 };
        let digits: Vec<Unit> = range.map(unit).filter(|unit| unit.byte.is_ascii_hexdigit()).collect();
        pack(&digits, 4, hex_digit)
    })
}

/// What each run of digits means, in every reading. Other text may be before the digits without a break, so base64 is read
/// from each of four places, and hexadecimal digits from each of two.
pub(super) fn decoded(units: &[Unit]) -> impl Iterator<Item = Vec<Unit>> {
    let base64 = runs(units, is_base64, SHORTEST);
    let base64 = base64.flat_map(|run| (0..4).map(|from| pack(&run[from..], 6, base64_digit)));
    // `0x` before them is of base64, too.
    let hex = runs(units, |byte| byte.is_ascii_hexdigit(), SHORTEST_HEX);
    base64.chain(hex.flat_map(|run| (0..2).map(|from| pack(&run[from..], 4, hex_digit))))
}

fn runs(units: &[Unit], is_digit: fn(u8) -> bool, shortest: usize) -> impl Iterator<Item = &[Unit]> {
    units.split(move |unit| !is_digit(unit.byte)).filter(move |run| run.len() >= shortest)
}

/// Joins digits of this many bits to bytes.
fn pack(digits: &[Unit], bits: u32, value: fn(u8) -> u32) -> Vec<Unit> {
    let mut bytes = Vec::with_capacity(digits.len());
    // The bits that are not in a byte yet, how many these are, and where the first of them comes from.
    let (mut rest, mut count, mut start) = (0_u32, 0, 0);
    for digit in digits {
        if count == 0 {
            start = digit.start;
        }
        rest = rest << bits | value(digit.byte);
        count += bits;
        if count >= 8 {
            count -= 8;
            let byte = u8::try_from(rest >> count).unwrap_or_default();
            bytes.push(Unit { byte, start, end: digit.end });
            rest &= (1 << count) - 1;
            start = digit.start;
        }
    }
    bytes
}

/// The digits of both alphabets of base64, which include those of hexadecimal.
fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

fn base64_digit(byte: u8) -> u32 {
    match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' | b'-' => 62,
        _ => 63,
    }
}

fn hex_digit(byte: u8) -> u32 {
    char::from(byte).to_digit(16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::escapes::units;
    use super::*;

    fn readings(text: &str) -> Vec<String> {
        let bytes = |units: Vec<Unit>| units.into_iter().map(|unit| unit.byte).collect::<Vec<_>>();
        decoded(&units(text)).map(|units| String::from_utf8_lossy(&bytes(units)).into_owned()).collect()
    }

    #[test]
    fn digits_are_decoded_wherever_they_start() {
        for text in [
            "Basic am9lOmh1bnRlcjI=",
            "xam9lOmh1bnRlcjI=",
            "xxxam9lOmh1bnRlcjI",
            "6a6f653a68756e74657232!",
            "0x6A6F653A68756E74657232",
            "id-6a6f653a68756e74657232",
            "a6a6f653a68756e74657232",
        ] {
            assert!(readings(text).iter().any(|reading| reading.contains("joe:hunter2")), "{text}");
        }
        assert!(!may_be_in("short words, all of them") && readings("short words").is_empty());
    }

    #[test]
    fn bytes_are_found_in_a_dump_and_in_no_other_text() {
        for text in [
            "6a 6f 65 3a 68 75 6e 74 65 72 32",
            "6A:6F:65:3A:68:75:6E:74:65:72:32.",
            "00000000: 6a6f 653a 6875 6e74 6572 32  joe",
            "c6a-6f-65-3a-68-75-6e-74-65-72-32",
        ] {
            let found: Vec<String> = dumped(text)
                .map(|units| units.into_iter().map(|unit| char::from(unit.byte)).collect())
                .collect();
            assert_eq!(found, ["joe:hunter2"], "{text}");
        }
        for text in ["00:1b:63:84:45:e6", "6a 6f  65 3a", "add a bad face, be a dad", "2020-01-01 10:00:00"] {
            assert_eq!(dumped(text).count(), 0, "{text}");
        }
    }

    #[test]
    fn a_byte_is_where_its_digits_are() {
        let text = ". am9lOmh1bnRlcjI=";
        let found = decoded(&units(text)).next().unwrap();
        assert_eq!(found.len(), 11);
        let digits = |at: usize| &text[found[at].start..found[at].end];
        assert_eq!([digits(0), digits(1), digits(2), digits(3), digits(10)], ["am", "m9", "9l", "Om", "jI"]);
    }
}
