//! Proofs of possession (RFC 9449): a request to the console's sign-in is signed with the key that the sign-in is bound to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::pkcs8::DecodePrivateKey as _;
use serde_json::json;

use super::random::{RandomError, random, uuid};
use crate::secret::Secret;

/// The key of one sign-in.
pub struct ProofKey(SecretKey);

impl ProofKey {
    /// A new key, from the system's randomness.
    pub fn generate() -> Result<ProofKey, RandomError> {
        loop {
            // One in 2³² is not smaller than the order of the curve.
            if let Ok(key) = SecretKey::from_slice(&*random::<32>()?) {
                return Ok(ProofKey(key));
            }
        }
    }

    /// Parses PEM: SEC1, as AWS CLI writes it, or PKCS#8, which botocore reads, too. `None` if it is neither, or another
    /// curve's.
    pub fn from_pem(text: &str) -> Option<ProofKey> {
        let key = SecretKey::from_sec1_pem(text).ok().or_else(|| SecretKey::from_pkcs8_pem(text).ok());
        key.map(ProofKey)
    }

    /// The key as SEC1 in PEM, which is all that the AWS SDK for Rust reads.
    pub fn to_pem(&self) -> Option<Secret> {
        let text = self.0.to_sec1_pem(p256::pkcs8::LineEnding::LF).ok()?;
        Some(Secret::held(text.as_str()))
    }

    /// The proof for one `POST` to `url`, whose query is left out. Each request needs its own.
    pub fn proof(&self, url: &str, now: Timestamp) -> Result<Secret, RandomError> {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let key = SigningKey::from(&self.0);
        let point = self.0.public_key().to_sec1_point(false);
        // Behind the first byte, which says that they are not compressed, are two coordinates of 32 bytes.
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": {"kty": "EC", "crv": "P-256", "x": BASE64.encode(x), "y": BASE64.encode(y)},
        });
        let claims = json!({"htm": "POST", "htu": url, "iat": now.as_second(), "jti": uuid()?});
        let [header, claims] = [header, claims].map(|part| BASE64.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let signature: Signature = key.sign(signed.as_bytes());
        Ok(Secret::held(format!("{signed}.{}", BASE64.encode(signature.to_bytes()))))
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;
    use p256::pkcs8::EncodePrivateKey as _;
    use serde_json::Value;

    use super::*;

    fn decoded(part: &str) -> Value {
        serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn a_proof_is_signed_by_the_key_that_it_names() {
        let key = ProofKey::generate().unwrap();
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let [proof, other] = [0; 2].map(|_| key.proof("https://h:1/v1/token?q=1", now).unwrap());
        let parts: Vec<&str> = proof.expose().split('.').collect();
        let (header, claims) = (decoded(parts[0]), decoded(parts[1]));
        assert_eq!((&header["typ"], &header["alg"]), (&json!("dpop+jwt"), &json!("ES256")));
        let [x, y] = ["x", "y"].map(|name| BASE64.decode(header["jwk"][name].as_str().unwrap()).unwrap());
        assert_eq!((x.len(), y.len()), (32, 32));
        let public = VerifyingKey::from_sec1_bytes(&[&[4][..], &x, &y].concat()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(parts[2]).unwrap()).unwrap();
        public.verify(format!("{}.{}", parts[0], parts[1]).as_bytes(), &signature).unwrap();
        assert_eq!(claims["htu"], "https://h:1/v1/token");
        assert_eq!((&claims["htm"], &claims["iat"]), (&json!("POST"), &json!(1_795_000_000)));
        let identifier = |proof: &Secret| decoded(proof.expose().split('.').nth(1).unwrap())["jti"].clone();
        assert_ne!(identifier(&proof), identifier(&other));
    }

    #[test]
    fn a_key_is_written_as_sec1_in_lines_of_64_and_both_forms_are_read() {
        let key = ProofKey::generate().unwrap();
        let pem = key.to_pem().unwrap();
        let lines: Vec<&str> = pem.expose().lines().collect();
        assert_eq!(
            (lines[0], *lines.last().unwrap()),
            ("-----BEGIN EC PRIVATE KEY-----", "-----END EC PRIVATE KEY-----")
        );
        assert!(
            pem.expose().ends_with("-----\n")
                && lines[1..lines.len() - 2].iter().all(|line| line.len() == 64)
        );
        let other_form = key.0.to_pkcs8_pem(p256::pkcs8::LineEnding::LF).unwrap();
        for text in [pem.expose(), other_form.as_str()] {
            assert!(ProofKey::from_pem(text).is_some_and(|read| read.0 == key.0), "{}", &text[..30]);
        }
        for text in ["", "x", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"] {
            assert!(ProofKey::from_pem(text).is_none());
        }
    }
}
