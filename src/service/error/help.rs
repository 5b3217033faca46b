//! What to do about a refusal, by its code.

/// How to fix a refusal that is not about permissions.
pub(super) fn refusal(code: &str) -> Option<&'static str> {
    match code {
        "ExpiredToken" | "ExpiredTokenException" => Some("the source credentials have expired: get new ones"),
        "InvalidClientTokenId" | "UnrecognizedClientException" => {
            Some("check that the access key ID exists and is active in this partition")
        }
        "SignatureDoesNotMatch" => {
            Some("check the secret access key, and that this machine's clock is right")
        }
        // Of a sign-in, where the token is as old as the sign-in: a refresh asks for a new one.
        "TOKEN_EXPIRED" => Some("check that this machine's clock is right, and sign in again"),
        "IDPCommunicationError" => Some(
            "AWS could not reach the identity provider: run it again; if that goes on, see that the provider's address is open to AWS",
        ),
        "OptInRequired" => Some("the account has to be signed up for this service, in this region, too"),
        "RegionDisabledException" => Some("enable STS for this region in the account, or use another region"),
        _ if is_throttling(code) => Some("AWS gets too many requests: run it again in a minute"),
        _ => None,
    }
}

/// Whether too many requests were sent.
fn is_throttling(code: &str) -> bool {
    code.starts_with("Throttl")
        || ["RequestLimitExceeded", "TooManyRequestsException", "SlowDown"].contains(&code)
}

/// How to fix the refusal of a web identity token.
pub(super) fn refused_token(code: &str) -> Option<&'static str> {
    match code {
        "ExpiredToken" | "ExpiredTokenException" => {
            Some("the token in the file has expired: let the program that writes it write a new one")
        }
        "AccessDenied" => Some(
            "the role's trust policy has to allow `sts:AssumeRoleWithWebIdentity` to the token's issuer, audience and subject",
        ),
        "InvalidIdentityToken" | "InvalidIdentityTokenException" => Some(
            "the token's issuer has to be an identity provider of the role's account, and its audience one of that provider's",
        ),
        _ => None,
    }
}
