//! The table of settings: one row for each variable of boto3's configuration guide and of botocore's session.

use super::value::Whole;
use super::variable::{
    Checked, Empty, Kind, Variable, address, boolean, cli, cli_word, credential, exact, integer, lead, text,
    word,
};
use crate::ini::Key;

const CHECKSUMS: &[&str] = &["when_supported", "when_required"];

const REGIONAL: &[&str] = &["regional", "legacy"];

/// The block of S3's nested settings.
pub const S3: &str = "s3";

/// Makes a constant of each row, and the table of all.
macro_rules! table {
    ($($constant:ident = $row:expr;)*) => {
        $(pub static $constant: Variable = $row;)*

        /// Every setting, credentials first, then what leads to credentials, then the rest.
        ///
        /// Sources: boto3's configuration guide, and botocore's `configprovider.BOTOCORE_DEFAUT_SESSION_VARIABLES`.
        pub static VARIABLES: &[&Variable] = &[$(&$constant),*];
    };
}

/// The variables in which some SDK looks for a secret.
pub static SECRET_VARIABLES: [&str; 9] = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_SECRET_KEY",
    "AMAZON_SECRET_ACCESS_KEY",
    "AMAZON_SESSION_TOKEN",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_BEARER_TOKEN_CODECATALYST",
];

/// The settings of a session token. The first one that is set is the token, as in botocore.
pub static TOKENS: [&Variable; 2] = [&AWS_SECURITY_TOKEN, &AWS_SESSION_TOKEN];

/// The settings of an sso-session. A profile that names no session has them itself.
pub static SSO_SESSION_SETTINGS: [&Variable; 3] = [&SSO_START_URL, &SSO_REGION, &SSO_REGISTRATION_SCOPES];

table! {
    AWS_ACCESS_KEY_ID = credential("aws_access_key_id", &["AWS_ACCESS_KEY_ID"], false);
    AWS_SECRET_ACCESS_KEY = credential("aws_secret_access_key", &["AWS_SECRET_ACCESS_KEY"], true);
    AWS_SESSION_TOKEN = credential("aws_session_token", &["AWS_SESSION_TOKEN"], true);
    // The token's name in boto2, which AWS CLI still reads.
    AWS_SECURITY_TOKEN = credential("aws_security_token", &["AWS_SECURITY_TOKEN"], true);
    AWS_ACCOUNT_ID = Variable {
        in_credentials_file: false,
        ..credential("aws_account_id", &["AWS_ACCOUNT_ID"], false)
    };
    REGION = text("region", &["AWS_REGION", "AWS_DEFAULT_REGION"]).checked(Checked::Plain);
    OUTPUT = text("output", &["AWS_DEFAULT_OUTPUT"]);
    ROLE_ARN = lead("role_arn");
    SOURCE_PROFILE = lead("source_profile");
    CREDENTIAL_SOURCE = Variable {
        leads: true,
        checked: Checked::Form,
        ..exact("credential_source", &[], &["Environment", "EcsContainer", "Ec2InstanceMetadata"])
    };
    ROLE_SESSION_NAME = text("role_session_name", &[]).checked(Checked::Plain);
    EXTERNAL_ID = text("external_id", &[]).checked(Checked::Plain);
    MFA_SERIAL = text("mfa_serial", &[]).checked(Checked::Plain);
    // botocore ignores what is not a number.
    DURATION_SECONDS = integer("duration_seconds", &[], Whole::ANY).checked(Checked::Plain);
    WEB_IDENTITY_TOKEN_FILE = Variable {
        leads: true,
        skipped_for_explicit_profile: true,
        checked: Checked::Plain,
        ..text("web_identity_token_file", &["AWS_WEB_IDENTITY_TOKEN_FILE"])
    };
    CREDENTIAL_PROCESS = lead("credential_process");
    SSO_SESSION = lead("sso_session");
    SSO_ACCOUNT_ID = lead("sso_account_id");
    SSO_ROLE_NAME = lead("sso_role_name");
    SSO_START_URL = lead("sso_start_url");
    SSO_REGION = lead("sso_region");
    SSO_REGISTRATION_SCOPES = text("sso_registration_scopes", &[]);
    LOGIN_SESSION = lead("login_session");
    SERVICES = text("services", &[]).checked(Checked::Plain);
    ENDPOINT_URL = address("endpoint_url", &["AWS_ENDPOINT_URL"]).empty(Empty::SkippedInEnvironment);
    IGNORE_CONFIGURED_ENDPOINT_URLS =
        boolean("ignore_configured_endpoint_urls", &["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]);
    // To botocore an empty bundle means that no certificate is checked; nobody intends that with a blank variable.
    CA_BUNDLE = text("ca_bundle", &["AWS_CA_BUNDLE"]).empty(Empty::SkippedInEnvironment);
    USE_FIPS_ENDPOINT = boolean("use_fips_endpoint", &["AWS_USE_FIPS_ENDPOINT"]);
    USE_DUALSTACK_ENDPOINT = boolean("use_dualstack_endpoint", &["AWS_USE_DUALSTACK_ENDPOINT"]);
    STS_REGIONAL_ENDPOINTS =
        exact("sts_regional_endpoints", &["AWS_STS_REGIONAL_ENDPOINTS"], REGIONAL)
            .with_default("regional")
            .empty(Empty::Default);
    RETRY_MODE = exact("retry_mode", &["AWS_RETRY_MODE"], &["legacy", "standard", "adaptive"])
        .with_default("legacy")
        .checked(Checked::Form);
    MAX_ATTEMPTS =
        integer("max_attempts", &["AWS_MAX_ATTEMPTS"], Whole::from(1)).checked(Checked::Form);
    DEFAULTS_MODE = word(
        "defaults_mode",
        &["AWS_DEFAULTS_MODE"],
        &["legacy", "auto", "standard", "in-region", "cross-region", "mobile"],
    )
    .with_default("legacy")
    .checked(Checked::ByEveryClient);
    // The seconds that Python allows a socket to wait.
    METADATA_SERVICE_TIMEOUT =
        integer(
            "metadata_service_timeout",
            &["AWS_METADATA_SERVICE_TIMEOUT"],
            Whole { least: 1, most: 9_223_372_036 },
        )
            .with_default("1")
            .checked(Checked::Form);
    METADATA_SERVICE_NUM_ATTEMPTS =
        integer("metadata_service_num_attempts", &["AWS_METADATA_SERVICE_NUM_ATTEMPTS"], Whole::ANY)
            .with_default("1")
            .checked(Checked::Form);
    EC2_METADATA_SERVICE_ENDPOINT =
        address("ec2_metadata_service_endpoint", &["AWS_EC2_METADATA_SERVICE_ENDPOINT"]);
    EC2_METADATA_SERVICE_ENDPOINT_MODE = word(
        "ec2_metadata_service_endpoint_mode",
        &["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
        &["ipv4", "ipv6"],
    )
    .checked(Checked::Form);
    EC2_METADATA_V1_DISABLED =
        boolean("ec2_metadata_v1_disabled", &["AWS_EC2_METADATA_V1_DISABLED"]).with_default("false");
    EC2_METADATA_DISABLED =
        boolean("ec2_metadata_disabled", &["AWS_EC2_METADATA_DISABLED"]).key(None).with_default("false");
    IMDS_USE_IPV6 = boolean("imds_use_ipv6", &["AWS_IMDS_USE_IPV6"]).with_default("false");
    DATA_PATH = text("data_path", &["AWS_DATA_PATH"]).checked(Checked::Plain);
    API_VERSIONS = Variable::of_kind(Kind::Block, "api_versions", &[]).checked(Checked::ByEveryClient);
    PARAMETER_VALIDATION = boolean("parameter_validation", &[]).with_default("true");
    TCP_KEEPALIVE = boolean("tcp_keepalive", &["BOTOCORE_TCP_KEEPALIVE"]);
    ENDPOINT_DISCOVERY_ENABLED =
        word(
            "endpoint_discovery_enabled",
            &["AWS_ENDPOINT_DISCOVERY_ENABLED"],
            &["auto", "true", "false"],
        )
        .with_default("auto")
        .checked(Checked::Form);
    ACCOUNT_ID_ENDPOINT_MODE = word(
        "account_id_endpoint_mode",
        &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        &["preferred", "disabled", "required"],
    )
    .with_default("preferred")
    .checked(Checked::Form);
    AUTH_SCHEME_PREFERENCE =
        text("auth_scheme_preference", &["AWS_AUTH_SCHEME_PREFERENCE"]).checked(Checked::ByEveryClient);
    SIGV4A_SIGNING_REGION_SET = text("sigv4a_signing_region_set", &["AWS_SIGV4A_SIGNING_REGION_SET"]);
    DISABLE_HOST_PREFIX_INJECTION =
        boolean("disable_host_prefix_injection", &["AWS_DISABLE_HOST_PREFIX_INJECTION"]);
    DISABLE_REQUEST_COMPRESSION =
        boolean("disable_request_compression", &["AWS_DISABLE_REQUEST_COMPRESSION"]).with_default("false");
    REQUEST_MIN_COMPRESSION_SIZE_BYTES =
        integer(
            "request_min_compression_size_bytes",
            &["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"],
            Whole { least: 1, most: 1_048_576 },
        )
        .with_default("10240")
        .checked(Checked::ByEveryClient);
    REQUEST_CHECKSUM_CALCULATION =
        word("request_checksum_calculation", &["AWS_REQUEST_CHECKSUM_CALCULATION"], CHECKSUMS)
            .with_default("when_supported")
            .checked(Checked::ByEveryClient);
    RESPONSE_CHECKSUM_VALIDATION =
        word("response_checksum_validation", &["AWS_RESPONSE_CHECKSUM_VALIDATION"], CHECKSUMS)
            .with_default("when_supported")
            .checked(Checked::ByEveryClient);
    USER_AGENT_APPID = text("user_agent_appid", &["AWS_SDK_UA_APP_ID"]).key(Some("sdk_ua_app_id"));
    CSM_ENABLED = boolean("csm_enabled", &["AWS_CSM_ENABLED"]).with_default("false");
    CSM_HOST = text("csm_host", &["AWS_CSM_HOST"]).with_default("127.0.0.1");
    CSM_PORT = integer("csm_port", &["AWS_CSM_PORT"], Whole::ANY).with_default("31000");
    CSM_CLIENT_ID = text("csm_client_id", &["AWS_CSM_CLIENT_ID"]).with_default("");
    S3_BLOCK_ADDRESSING_STYLE = exact("s3.addressing_style", &[], &["auto", "virtual", "path"])
        .checked(Checked::ByEveryClient);
    S3_BLOCK_SIGNATURE_VERSION = text("s3.signature_version", &[]);
    S3_BLOCK_PAYLOAD_SIGNING_ENABLED = boolean("s3.payload_signing_enabled", &[]);
    S3_BLOCK_USE_ACCELERATE_ENDPOINT = boolean("s3.use_accelerate_endpoint", &[]);
    S3_BLOCK_USE_DUALSTACK_ENDPOINT = boolean("s3.use_dualstack_endpoint", &[]);
    S3_BLOCK_USE_ARN_REGION =
        boolean("s3.use_arn_region", &["AWS_S3_USE_ARN_REGION"]).after("s3_use_arn_region");
    S3_BLOCK_US_EAST_1_REGIONAL_ENDPOINT =
        exact("s3.us_east_1_regional_endpoint", &["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"], REGIONAL)
            .after("s3_us_east_1_regional_endpoint")
            .checked(Checked::ByEveryClient);
    S3_BLOCK_DISABLE_MULTIREGION_ACCESS_POINTS =
        boolean("s3.s3_disable_multiregion_access_points", &["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"]);
    S3_USE_ARN_REGION = boolean("s3_use_arn_region", &[]);
    S3_US_EAST_1_REGIONAL_ENDPOINT = exact("s3_us_east_1_regional_endpoint", &[], REGIONAL).checked(Checked::Form);
    S3_DISABLE_EXPRESS_SESSION_AUTH =
        word("s3_disable_express_session_auth", &["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"], &["true", "false"])
            .checked(Checked::ByEveryClient);
    PROXY_CA_BUNDLE = text("proxy_ca_bundle", &[]);
    PROXY_CLIENT_CERT = text("proxy_client_cert", &[]);
    PROXY_USE_FORWARDING_FOR_HTTPS = boolean("proxy_use_forwarding_for_https", &[]);
    CLI_PAGER = Variable { fallbacks: &["PAGER"], ..cli("cli_pager", &["AWS_PAGER"]) };
    CLI_TIMESTAMP_FORMAT = cli_word("cli_timestamp_format", &[], &["wire", "iso8601", "none"]);
    CLI_HISTORY = cli("cli_history", &[]);
    CLI_AUTO_PROMPT =
        cli_word("cli_auto_prompt", &["AWS_CLI_AUTO_PROMPT"], &["on", "on-partial", "off"]);
    CLI_BINARY_FORMAT = cli_word("cli_binary_format", &[], &["base64", "raw-in-base64-out"]);
    CLI_FOLLOW_URLPARAM = cli("cli_follow_urlparam", &[]);
    CLI_ERROR_FORMAT = cli("cli_error_format", &["AWS_CLI_ERROR_FORMAT"]);
}

/// The row of a name that was typed or read from a file: a setting's, or its key's.
pub fn variable(name: &str) -> Option<&'static Variable> {
    let is_key = |key: &Key<'_>| match (key.nested, name.strip_prefix(key.name)) {
        (None, Some("")) => true,
        (Some(nested), Some(rest)) => rest.strip_prefix('.') == Some(nested),
        _ => false,
    };
    VARIABLES.iter().copied().find(|row| row.key.as_ref().is_some_and(is_key) || row.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_are_unique() {
        for (at, row) in VARIABLES.iter().enumerate() {
            for other in &VARIABLES[at + 1..] {
                assert_ne!(row.name, other.name);
                assert!(row.key.is_none() || row.key != other.key, "{}", row.name);
            }
        }
    }

    #[test]
    fn a_dotted_name_is_a_key_in_a_block() {
        let row = variable("s3.use_arn_region").unwrap();
        assert_eq!(row, &S3_BLOCK_USE_ARN_REGION);
        assert_eq!(row.key, Some(Key { name: "s3", nested: Some("use_arn_region") }));
        assert_eq!(variable("sdk_ua_app_id"), variable("user_agent_appid"));
        assert_eq!(variable("s3"), None);
    }

    #[test]
    fn every_default_is_a_value_of_its_kind() {
        for row in VARIABLES {
            let Some(default) = row.default else { continue };
            match row.kind {
                Kind::Boolean => assert!(matches!(default, "true" | "false"), "{}", row.name),
                Kind::Integer(_) | Kind::OneOf(..) => assert!(row.kind.fits(Some(default)), "{}", row.name),
                Kind::Text | Kind::Address | Kind::Block => {}
            }
        }
    }
}
