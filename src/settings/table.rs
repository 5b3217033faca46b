//! The table of settings: one row for each variable of boto3's configuration guide and of botocore's session.

/// Whose rules apply. Each differs from the others only in data: the orders of its variables and providers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Sdk {
    /// boto3 and AWS CLI v1: `AWS_REGION` is not read, `AWS_DEFAULT_PROFILE` comes before `AWS_PROFILE`.
    Boto3,
    /// AWS CLI v2.
    #[default]
    AwsCli,
}

impl Sdk {
    /// The variables that name the profile, the strongest first.
    pub fn profile_variables(self) -> &'static [&'static str] {
        match self {
            Sdk::Boto3 => &["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
            Sdk::AwsCli => &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
        }
    }

    /// The variables that name the region, the strongest first.
    fn region_variables(self) -> &'static [&'static str] {
        match self {
            Sdk::Boto3 => &["AWS_DEFAULT_REGION"],
            Sdk::AwsCli => &["AWS_REGION", "AWS_DEFAULT_REGION"],
        }
    }
}

/// How a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// True only for the word `true`, in any case.
    Boolean,
    /// A whole number.
    Integer,
    /// One of these words; the flag tells whether case matters.
    OneOf(&'static [&'static str], CaseRule),
    /// A nested block.
    Block,
}

/// Whether a word must be spelled in its own case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseRule {
    /// It must.
    Exact,
    /// It need not.
    Any,
}

/// When the environment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// Always.
    Always,
    /// Not when the profile is named by an option: then the environment's credentials are out of the chain.
    WithoutExplicitProfile,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// The name of the setting; nested keys dotted.
    pub name: &'static str,
    /// Its key in the files; none where only the environment has it. Nested keys dotted.
    pub key: Option<&'static str>,
    /// Its environment variables, the strongest first; see [`Variable::environment`].
    environment: &'static [&'static str],
    /// Environment variables that count where not even the files say anything.
    fallbacks: &'static [&'static str],
    /// When they count.
    pub applies: Applies,
    /// What boto3 takes where nothing sets it.
    pub default: Option<&'static str>,
    /// How the value is read.
    pub kind: Kind,
    /// Whether the value is masked when it was not asked for by name.
    pub secret: bool,
}

impl Variable {
    /// The environment variables that set it, the strongest first.
    pub fn environment(&self, sdk: Sdk) -> &'static [&'static str] {
        match self.name {
            "region" => sdk.region_variables(),
            // No SDK has a pager, or asks anybody.
            name if name.starts_with("cli_") && sdk == Sdk::Boto3 => &[],
            _ => self.environment,
        }
    }

    /// The environment variables that set it where not even the files do.
    pub fn fallbacks(&self, sdk: Sdk) -> &'static [&'static str] {
        if sdk == Sdk::AwsCli { self.fallbacks } else { &[] }
    }

    const fn row(
        name: &'static str,
        environment: &'static [&'static str],
        default: Option<&'static str>,
        kind: Kind,
    ) -> Variable {
        Variable {
            name,
            key: Some(name),
            environment,
            fallbacks: &[],
            applies: Applies::Always,
            default,
            kind,
            secret: false,
        }
    }

    const fn credential(name: &'static str, environment: &'static [&'static str], secret: bool) -> Variable {
        Variable {
            secret,
            applies: Applies::WithoutExplicitProfile,
            ..Variable::row(name, environment, None, Kind::Text)
        }
    }

    const fn stored(name: &'static str) -> Variable {
        Variable::row(name, &[], None, Kind::Text)
    }
}

const CHECKSUMS: Kind = Kind::OneOf(&["when_supported", "when_required"], CaseRule::Any);
const DEFAULTS_MODES: &[&str] = &["legacy", "auto", "standard", "in-region", "cross-region", "mobile"];

/// Every setting, credentials first, then what leads to credentials, then the rest.
///
/// Sources: boto3's configuration guide, and botocore's `configprovider.BOTOCORE_DEFAUT_SESSION_VARIABLES`.
pub static VARIABLES: &[Variable] = &[
    Variable::credential("aws_access_key_id", &["AWS_ACCESS_KEY_ID"], false),
    Variable::credential("aws_secret_access_key", &["AWS_SECRET_ACCESS_KEY"], true),
    Variable::credential("aws_session_token", &["AWS_SESSION_TOKEN"], true),
    Variable::credential("aws_security_token", &["AWS_SECURITY_TOKEN"], true),
    Variable::credential("aws_account_id", &["AWS_ACCOUNT_ID"], false),
    Variable::row("region", &["AWS_REGION", "AWS_DEFAULT_REGION"], None, Kind::Text),
    Variable::row("output", &["AWS_DEFAULT_OUTPUT"], None, Kind::Text),
    Variable::stored("role_arn"),
    Variable::stored("source_profile"),
    Variable::row(
        "credential_source",
        &[],
        None,
        Kind::OneOf(&["Environment", "EcsContainer", "Ec2InstanceMetadata"], CaseRule::Exact),
    ),
    Variable::stored("role_session_name"),
    Variable::stored("external_id"),
    Variable::stored("mfa_serial"),
    Variable::row("duration_seconds", &[], None, Kind::Integer),
    Variable {
        applies: Applies::WithoutExplicitProfile,
        ..Variable::row("web_identity_token_file", &["AWS_WEB_IDENTITY_TOKEN_FILE"], None, Kind::Text)
    },
    Variable::stored("credential_process"),
    Variable::stored("sso_session"),
    Variable::stored("sso_account_id"),
    Variable::stored("sso_role_name"),
    Variable::stored("sso_start_url"),
    Variable::stored("sso_region"),
    Variable::stored("sso_registration_scopes"),
    Variable::stored("login_session"),
    Variable::stored("services"),
    Variable::row("endpoint_url", &["AWS_ENDPOINT_URL"], None, Kind::Text),
    Variable::row(
        "ignore_configured_endpoint_urls",
        &["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
        None,
        Kind::Boolean,
    ),
    Variable::row("ca_bundle", &["AWS_CA_BUNDLE"], None, Kind::Text),
    Variable::row("use_fips_endpoint", &["AWS_USE_FIPS_ENDPOINT"], None, Kind::Boolean),
    Variable::row("use_dualstack_endpoint", &["AWS_USE_DUALSTACK_ENDPOINT"], None, Kind::Boolean),
    Variable::row(
        "sts_regional_endpoints",
        &["AWS_STS_REGIONAL_ENDPOINTS"],
        Some("regional"),
        Kind::OneOf(&["regional", "legacy"], CaseRule::Exact),
    ),
    Variable::row(
        "retry_mode",
        &["AWS_RETRY_MODE"],
        Some("legacy"),
        Kind::OneOf(&["legacy", "standard", "adaptive"], CaseRule::Exact),
    ),
    Variable::row("max_attempts", &["AWS_MAX_ATTEMPTS"], None, Kind::Integer),
    Variable::row(
        "defaults_mode",
        &["AWS_DEFAULTS_MODE"],
        Some("legacy"),
        Kind::OneOf(DEFAULTS_MODES, CaseRule::Any),
    ),
    Variable::row("metadata_service_timeout", &["AWS_METADATA_SERVICE_TIMEOUT"], Some("1"), Kind::Integer),
    Variable::row(
        "metadata_service_num_attempts",
        &["AWS_METADATA_SERVICE_NUM_ATTEMPTS"],
        Some("1"),
        Kind::Integer,
    ),
    Variable::row("ec2_metadata_service_endpoint", &["AWS_EC2_METADATA_SERVICE_ENDPOINT"], None, Kind::Text),
    Variable::row(
        "ec2_metadata_service_endpoint_mode",
        &["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
        None,
        Kind::OneOf(&["ipv4", "ipv6"], CaseRule::Any),
    ),
    Variable::row(
        "ec2_metadata_v1_disabled",
        &["AWS_EC2_METADATA_V1_DISABLED"],
        Some("false"),
        Kind::Boolean,
    ),
    Variable {
        key: None,
        ..Variable::row("ec2_metadata_disabled", &["AWS_EC2_METADATA_DISABLED"], Some("false"), Kind::Boolean)
    },
    Variable::row("imds_use_ipv6", &["AWS_IMDS_USE_IPV6"], Some("false"), Kind::Boolean),
    Variable::row("data_path", &["AWS_DATA_PATH"], None, Kind::Text),
    Variable::row("api_versions", &[], None, Kind::Block),
    Variable::row("parameter_validation", &[], Some("true"), Kind::Boolean),
    Variable::row("tcp_keepalive", &["BOTOCORE_TCP_KEEPALIVE"], None, Kind::Boolean),
    Variable::row(
        "endpoint_discovery_enabled",
        &["AWS_ENDPOINT_DISCOVERY_ENABLED"],
        Some("auto"),
        Kind::Text,
    ),
    Variable::row(
        "account_id_endpoint_mode",
        &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        Some("preferred"),
        Kind::OneOf(&["preferred", "disabled", "required"], CaseRule::Any),
    ),
    Variable::row("auth_scheme_preference", &["AWS_AUTH_SCHEME_PREFERENCE"], None, Kind::Text),
    Variable::row("sigv4a_signing_region_set", &["AWS_SIGV4A_SIGNING_REGION_SET"], None, Kind::Text),
    Variable::row(
        "disable_host_prefix_injection",
        &["AWS_DISABLE_HOST_PREFIX_INJECTION"],
        None,
        Kind::Boolean,
    ),
    Variable::row(
        "disable_request_compression",
        &["AWS_DISABLE_REQUEST_COMPRESSION"],
        Some("false"),
        Kind::Boolean,
    ),
    Variable::row(
        "request_min_compression_size_bytes",
        &["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"],
        Some("10240"),
        Kind::Integer,
    ),
    Variable::row(
        "request_checksum_calculation",
        &["AWS_REQUEST_CHECKSUM_CALCULATION"],
        Some("when_supported"),
        CHECKSUMS,
    ),
    Variable::row(
        "response_checksum_validation",
        &["AWS_RESPONSE_CHECKSUM_VALIDATION"],
        Some("when_supported"),
        CHECKSUMS,
    ),
    Variable {
        key: Some("sdk_ua_app_id"),
        ..Variable::row("user_agent_appid", &["AWS_SDK_UA_APP_ID"], None, Kind::Text)
    },
    Variable::row("csm_enabled", &["AWS_CSM_ENABLED"], Some("false"), Kind::Boolean),
    Variable::row("csm_host", &["AWS_CSM_HOST"], Some("127.0.0.1"), Kind::Text),
    Variable::row("csm_port", &["AWS_CSM_PORT"], Some("31000"), Kind::Integer),
    Variable::row("csm_client_id", &["AWS_CSM_CLIENT_ID"], Some(""), Kind::Text),
    Variable::stored("s3.addressing_style"),
    Variable::stored("s3.signature_version"),
    Variable::row("s3.payload_signing_enabled", &[], None, Kind::Boolean),
    Variable::row("s3.use_accelerate_endpoint", &[], None, Kind::Boolean),
    Variable::row("s3.use_dualstack_endpoint", &[], None, Kind::Boolean),
    Variable::row("s3.use_arn_region", &["AWS_S3_USE_ARN_REGION"], None, Kind::Boolean),
    Variable::row(
        "s3.us_east_1_regional_endpoint",
        &["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"],
        None,
        Kind::Text,
    ),
    Variable::row(
        "s3.s3_disable_multiregion_access_points",
        &["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"],
        None,
        Kind::Boolean,
    ),
    Variable::row("s3_use_arn_region", &[], None, Kind::Boolean),
    Variable::stored("s3_us_east_1_regional_endpoint"),
    Variable::row(
        "s3_disable_express_session_auth",
        &["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"],
        None,
        Kind::Boolean,
    ),
    Variable::stored("proxy_ca_bundle"),
    Variable::stored("proxy_client_cert"),
    Variable::row("proxy_use_forwarding_for_https", &[], None, Kind::Boolean),
    // AWS CLI's `clidriver` has these orders.
    Variable { fallbacks: &["PAGER"], ..Variable::row("cli_pager", &["AWS_PAGER"], None, Kind::Text) },
    Variable::stored("cli_timestamp_format"),
    Variable::stored("cli_history"),
    Variable::row("cli_auto_prompt", &["AWS_CLI_AUTO_PROMPT"], None, Kind::Text),
    Variable::stored("cli_binary_format"),
    Variable::stored("cli_follow_urlparam"),
    Variable::row("cli_error_format", &["AWS_CLI_ERROR_FORMAT"], None, Kind::Text),
];

/// The row for a setting or its key in the files.
pub fn variable(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|row| row.key == Some(name) || row.name == name)
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
    fn every_default_is_a_value_of_its_kind() {
        for row in VARIABLES {
            let Some(default) = row.default else { continue };
            match row.kind {
                Kind::Boolean => assert!(matches!(default, "true" | "false"), "{}", row.name),
                Kind::Integer => assert!(default.parse::<u32>().is_ok(), "{}", row.name),
                Kind::OneOf(words, _) => assert!(words.contains(&default), "{}", row.name),
                Kind::Text | Kind::Block => {}
            }
        }
    }
}
