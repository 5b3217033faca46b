//! The system's randomness, for what must not be guessed.

/// Random bytes.
///
/// # Panics
///
/// If the system has none, which no supported system does after it has started.
pub(super) fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

/// A random UUID (version 4).
pub(super) fn uuid() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_is_never_the_same() {
        let [one, other] = [0; 2].map(|_| uuid());
        assert!(one != other && one.len() == 36 && one.as_bytes()[14] == b'4');
        assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{one}");
    }
}
