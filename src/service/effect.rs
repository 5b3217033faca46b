//! Whether an error code proves that a request had no effect.

/// Error codes of requests that are rejected before they are carried out: identity, permission, form, limits. IAM's
/// "Common errors" and the errors of `CreateAccessKey`, with the spellings of AWS's gateways. Codes of failures
/// inside a service (`InternalFailure`, `ServiceFailure`, `ServiceUnavailable`), and of requests that ended before there was an
/// answer (`RequestAbortedException`, `RequestTimeout`), are not here.
const WITHOUT_EFFECT: [&str; 48] = [
    "AccessDenied",
    "AccessDeniedException",
    "AuthFailure",
    "BandwidthLimitExceeded",
    "EntityTemporarilyUnmodifiable",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidInput",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "InvalidQueryParameter",
    "InvalidSignatureException",
    "LimitExceeded",
    "LimitExceededException",
    "MalformedHttpRequestException",
    "MalformedInput",
    "MalformedQueryString",
    "MissingAction",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "MissingParameter",
    "NoSuchEntity",
    "NoSuchEntityException",
    "NotAuthorized",
    "OptInRequired",
    "RequestEntityTooLargeException",
    "RequestExpired",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SignatureDoesNotMatch",
    "SlowDown",
    "SubscriptionRequiredException",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "UnauthorizedOperation",
    "UnknownOperationException",
    "UnmodifiableEntity",
    "UnrecognizedClientException",
    "ValidationError",
    "ValidationException",
];

/// Whether an error code with this status says that the request was not carried out.
pub(super) fn is_without_effect(code: &str, status: u16) -> bool {
    (400..=499).contains(&status) && WITHOUT_EFFECT.binary_search(&code).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(WITHOUT_EFFECT.is_sorted());
    }
}
