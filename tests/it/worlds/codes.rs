//! Which of xcred's error codes each of botocore's errors is.

use serde_json::Value;

/// Any provider, or none: an error that means the same wherever it is raised.
const ANY: &str = "*";

/// An error's class, the provider that was at work, and xcred's code. An error is looked up by its class first and
/// then by each class that it derives from; of the rows for one class the first that fits counts.
const CODES: &[(&str, &str, &str)] = &[
    // The files and the choice of a profile.
    ("ConfigParseError", ANY, "config-parse"),
    ("ProfileNotFound", ANY, "profile-not-found"),
    ("NoCredentials", ANY, "no-credentials"),
    ("NoCredentialsError", ANY, "no-credentials"),
    ("PartialCredentialsError", ANY, "partial-credentials"),
    // A key without its secret in the file of the old EC2 tools escapes as Python's own error.
    ("KeyError", "ec2-credentials-file", "partial-credentials"),
    // What a profile or the environment says makes no sense, seen before anybody was asked.
    ("InvalidConfigError", ANY, "invalid-config"),
    ("InfiniteLoopConfigError", ANY, "role-loop"),
    ("ParamValidationError", ANY, "invalid-config"),
    ("InvalidRegionError", ANY, "invalid-config"),
    ("InvalidRetryModeError", ANY, "invalid-config"),
    ("InvalidRetryConfigurationError", ANY, "invalid-config"),
    ("InvalidMaxRetryAttemptsError", ANY, "invalid-config"),
    ("InvalidSTSRegionalEndpointsConfigError", ANY, "invalid-config"),
    ("InvalidS3AddressingStyleError", ANY, "invalid-config"),
    ("InvalidS3UsEast1RegionalEndpointConfigError", ANY, "invalid-config"),
    ("InvalidIMDSEndpointError", ANY, "invalid-config"),
    ("InvalidIMDSEndpointModeError", ANY, "invalid-config"),
    ("EndpointProviderError", ANY, "invalid-config"),
    ("EndpointVariantError", ANY, "invalid-config"),
    ("UnknownEndpointError", ANY, "invalid-config"),
    ("NoRegionError", ANY, "no-region"),
    ("IndexError", "custom-process", "invalid-config"), // a command without a word
    // Dates that are no dates, documents that are no JSON: ValueErrors too, but of what somebody answered.
    ("ParserError", ANY, "provider-failed"),
    ("JSONDecodeError", ANY, "provider-failed"),
    ("UnicodeDecodeError", ANY, "provider-failed"),
    // Numbers that are none, URLs without a host, hosts that must not be asked, tokens with a newline, quotes left open.
    ("ValueError", ANY, "invalid-config"),
    // Signing in again mends it.
    ("SSOError", ANY, "login-required"),
    ("TokenRetrievalError", ANY, "login-required"),
    ("LoginTokenLoadError", ANY, "login-required"),
    ("LoginRefreshRequired", ANY, "login-required"),
    ("LoginInsufficientPermissions", ANY, "provider-failed"),
    ("LoginError", ANY, "provider-failed"),
    ("KeyError", "sso", "login-required"), // a token file that is no JSON
    ("KeyError", "login", "login-required"),
    // A program, a service or a machine did not give what it should.
    ("CredentialRetrievalError", ANY, "provider-failed"),
    ("ClientError", ANY, "provider-failed"),
    ("ResponseParserError", ANY, "provider-failed"),
    ("MetadataRetrievalError", ANY, "provider-failed"),
    ("HTTPClientError", ANY, "provider-failed"),
    ("ConnectionError", ANY, "provider-failed"),
    ("KeyError", ANY, "provider-failed"), // a member of the answer is missing
    ("AttributeError", "custom-process", "provider-failed"), // an answer that is no object
    ("AttributeError", ANY, "invalid-config"), // a word where a block should be
    ("TypeError", ANY, "provider-failed"), // an expiry without a time zone
    ("RuntimeError", ANY, "provider-failed"), // new credentials that are past their end already
    // This machine.
    ("EOFError", ANY, "needs-terminal"),
    ("ConfigNotFound", ANY, "io"),
    ("OSError", ANY, "io"),
];

/// What Python says of a text in whose place botocore needs a block, where it isn't an `AttributeError`.
const NO_BLOCK: &str = "'str' object does not support item assignment";

/// xcred's code for what botocore raised, as the judge tells it.
///
/// Panics for an error that the table doesn't have: then it has to be thought about.
pub(crate) fn code(raised: &Value) -> &'static str {
    if raised["message"] == NO_BLOCK {
        return "invalid-config";
    }
    let class = raised["error"].as_str().unwrap_or_default();
    let provider = raised["provider"].as_str().unwrap_or_default();
    let ancestors = raised["kinds"].as_array().into_iter().flatten().filter_map(Value::as_str);
    std::iter::once(class)
        .chain(ancestors)
        .find_map(|class| {
            let fits = |row: &&(&str, &str, &str)| row.0 == class && (row.1 == ANY || row.1 == provider);
            CODES.iter().find(fits).map(|row| row.2)
        })
        .unwrap_or_else(|| panic!("no code for what botocore raised: {raised}"))
}
