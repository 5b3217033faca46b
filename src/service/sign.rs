//! Signatures (SigV4), over the headers that botocore signs.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as Identity;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::Error;
use crate::address::redacted;
use crate::credentials::Credentials;
use crate::net::{self, Request};
use crate::secret::{Secret, hold, is_impossible_key_id};

/// What a signature is valid for.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'s> {
    pub service: &'s str,
    pub region: &'s str,
    pub time: Timestamp,
}

/// Adds `x-amz-date`, `authorization` and, if the token is not empty, `x-amz-security-token`.
pub fn request(
    mut request: Request,
    keys: &Credentials,
    scope: Scope<'_>,
    operation: &'static str,
) -> Result<Request, Error> {
    let unsigned = |missing| Error::Unsigned { operation, missing };
    let id = keys.access_key_id.as_ref().ok_or(unsigned("access key ID"))?.value.clone();
    if is_impossible_key_id(&id) {
        hold(&id);
    }
    let secret = keys.secret_access_key.as_ref().ok_or(unsigned("secret access key"))?;
    let token = keys.token().map(|token| sendable(token.expose())).transpose().map_err(Error::Net)?;
    let identity = Identity::new(id, secret.value.expose(), token, None, "xcred").into();
    let parameters = SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(system_time(scope.time))
        .settings(SigningSettings::default())
        .build();
    let target = net::target(&request.url).map_err(Error::Net)?;
    let failed = |reason: String| Error::Net(net::Error::Url { url: redacted(&request.url), reason });
    let parameters = parameters.map_err(|error| failed(error.to_string()))?.into();
    let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let body = SignableBody::Bytes(&request.body);
    // Only the address or a header can be wrong here, and the error quotes neither.
    let signable = SignableRequest::new(request.method.as_str(), target.as_str(), headers, body);
    let signed = signable.and_then(|signable| sign(signable, &parameters));
    let (instructions, _) = signed.map_err(|error| failed(error.to_string()))?.into_parts();
    for header in instructions.into_parts().0 {
        if let Some((_, signature)) = header.value().rsplit_once("Signature=") {
            hold(signature);
        }
        // botocore sends the token as it is.
        let token = keys.token().filter(|_| header.name() == TOKEN).map(Secret::expose);
        let value = token.unwrap_or(header.value()).to_owned();
        request.headers.push((header.name().to_owned(), Zeroizing::new(value)));
    }
    Ok(request)
}

/// The name of the header with the session token.
const TOKEN: &str = "x-amz-security-token";

/// The token as botocore signs it, and as a server reads it: without whitespace around it, and with single spaces inside.
fn sendable(token: &str) -> Result<String, net::Error> {
    let words: Vec<&str> = token.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| word.contains(char::is_control)) {
        return Err(net::Error::Header { name: TOKEN.to_owned() });
    }
    Ok(words.join(" "))
}

fn system_time(time: Timestamp) -> SystemTime {
    let seconds = u64::try_from(time.as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::net::Method;
    use crate::service::tests::credentials;

    #[derive(serde::Deserialize)]
    struct Case {
        url: String,
        region: String,
        service: String,
        body: String,
        token: Option<String>,
        headers: BTreeMap<String, String>,
    }

    #[test]
    fn requests_are_signed_as_botocore_signs_them() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/cases/signatures.json")).unwrap();
        for case in cases {
            let keys = credentials(case.token.as_deref());
            let time = "2026-11-21T12:00:05Z".parse().unwrap();
            let scope = Scope { service: &case.service, region: &case.region, time };
            let plain = Request::new(Method::POST, &case.url)
                .with("content-type", "application/x-www-form-urlencoded; charset=utf-8")
                .carrying(case.body.into_bytes());
            let signed = request(plain, &keys, scope, "X").unwrap();
            let headers: BTreeMap<String, String> =
                signed.headers.iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
            assert_eq!(headers, case.headers, "{}", case.url);
        }
    }

    fn signature(url: &str, token: Option<&str>) -> Result<String, Error> {
        let scope = Scope { service: "sts", region: "us-east-1", time: Timestamp::UNIX_EPOCH };
        let signed = request(Request::new(Method::POST, url), &credentials(token), scope, "X")?;
        let header = |name: &str| signed.headers.iter().find(|header| header.0 == name);
        assert_eq!(header(TOKEN).map(|(_, value)| value.as_str()), token);
        Ok(header("authorization").unwrap().1.to_string())
    }

    /// Where a request goes is what `Url` makes of its address: the host that is sent must be the host that is signed.
    #[test]
    fn the_spelling_of_an_address_changes_no_signature() {
        for (written, sent) in [
            ("https://STS.us-east-1.AmazonAWS.com", "https://sts.us-east-1.amazonaws.com/"),
            ("https://h:", "https://h/"),
            ("https://h:0443/", "https://h/"),
            ("http://h:080/p", "http://h/p"),
            ("http://me:pw@h:8000", "http://h:8000/"),
            ("http://127.1:8000", "http://127.0.0.1:8000/"),
            ("http://h/a/../c", "http://h/c"),
        ] {
            assert_eq!(net::target(written).unwrap().as_str(), sent);
            assert_eq!(signature(written, None).unwrap(), signature(sent, None).unwrap(), "{written}");
        }
    }

    #[test]
    fn whitespace_of_a_token_is_signed_as_a_server_reads_it() {
        let expected = signature("http://h/", Some("a b")).unwrap();
        for token in [" a b", "a b ", "a  b", "a\tb", "\ta \t b "] {
            assert_eq!(signature("http://h/", Some(token)).unwrap(), expected, "{token:?}");
        }
        for token in ["t\r", "t\n", "a\r\nb", "a\0b"] {
            let error = signature("http://h/", Some(token)).unwrap_err().to_string();
            assert!(error.contains("header `x-amz-security-token`"), "{error}");
            assert!(!error.contains("http://h/"), "{error}");
        }
    }

    #[test]
    fn half_a_pair_signs_nothing() {
        let time = Timestamp::UNIX_EPOCH;
        let scope = Scope { service: "sts", region: "us-east-1", time };
        let mut keys = credentials(None);
        keys.secret_access_key = None;
        let error = request(Request::new(Method::POST, "http://h/"), &keys, scope, "X").unwrap_err();
        assert_eq!(error.to_string(), "X can't be signed without the secret access key");
    }
}
