//! The secrets of one attempt to sign in with an authorization code: RFC 7636 (PKCE) and the `state` of RFC 6749.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::service::random::{RandomError, random, uuid};

/// The random bytes of a verifier. As base64url they are 64 of the 43 to 128 characters that RFC 7636 allows.
const VERIFIER: usize = 48;

/// Made anew for each attempt.
pub struct Pkce {
    /// Sent when the code is exchanged, and masked in all output.
    pub verifier: Secret,
    /// Proves that a callback belongs to this attempt. It is part of the address that is shown to the user, so it is not
    /// masked.
    pub state: Secret,
}

impl Pkce {
    pub fn new() -> Result<Pkce, RandomError> {
        let bytes = random::<VERIFIER>()?;
        let mut verifier = Zeroizing::new(String::with_capacity(VERIFIER * 4 / 3));
        URL_SAFE_NO_PAD.encode_string(bytes.as_slice(), &mut verifier);
        Ok(Pkce { verifier: Secret::held(&**verifier), state: Secret::new(uuid()?) })
    }

    /// The challenge of the method S256: 43 characters of base64url.
    pub fn challenge(&self) -> String {
        challenge(&self.verifier)
    }
}

fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn verifier_challenge_and_state_have_their_forms() {
        let pkce = Pkce::new().unwrap();
        let is_unreserved = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
        };
        assert!(pkce.verifier.expose().len() == 64 && is_unreserved(pkce.verifier.expose()));
        assert!(pkce.challenge().len() == 43 && is_unreserved(&pkce.challenge()));
        let state = pkce.state.expose();
        let parts: Vec<usize> = state.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{state}");
        assert!(state.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')), "{state}");
        assert!(&state[14..15] == "4" && "89ab".contains(&state[19..20]), "{state}");
    }

    #[test]
    fn no_two_attempts_share_a_secret() {
        let all: Vec<Pkce> = (0..100).map(|_| Pkce::new().unwrap()).collect();
        let secrets: BTreeSet<&str> =
            all.iter().flat_map(|pkce| [pkce.verifier.expose(), pkce.state.expose()]).collect();
        assert_eq!(secrets.len(), 200);
    }
}
