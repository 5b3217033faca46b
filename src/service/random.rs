//! The system's randomness, for what must not be guessed.

use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::failure::{Code, Explain};
use crate::text::hex;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
pub enum RandomError {
    #[error("the operating system has no random numbers, which a secure sign-in needs")]
    Unavailable,
}

impl Explain for RandomError {
    fn code(&self) -> Code {
        Code::Io
    }
}

pub fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, RandomError> {
    let mut bytes = Zeroizing::new([0; N]);
    SystemRandom::new().fill(&mut *bytes).map_err(|_| RandomError::Unavailable)?;
    Ok(bytes)
}

/// A random UUID, version 4 of RFC 9562.
pub fn uuid() -> Result<String, RandomError> {
    let mut bytes = random::<16>()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&*bytes);
    Ok([&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-"))
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_is_never_the_same() {
        let [one, other] = [0; 2].map(|_| uuid().unwrap());
        let parts: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{one}");
        assert!(one != other && &one[14..15] == "4" && "89ab".contains(&one[19..20]), "{one}");
    }
}
