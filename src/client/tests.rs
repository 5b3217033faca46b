use super::fixture::Fixture;
use super::*;
use crate::failure::Explain as _;

/// Calls `ask` with this config file, these variables and this `--region`.
fn with<T>(
    config: &str,
    variables: &[(&str, &str)],
    region: Option<&str>,
    ask: impl FnOnce(&Context<'_>) -> T,
) -> T {
    Fixture { config, variables, region, ..Fixture::default() }.ask(|context| ask(&context))
}

fn endpoint(config: &str, variables: &[(&str, &str)]) -> Result<String, String> {
    with(config, variables, None, |context| {
        let client = of(context, Service::Sts, context.region()).map_err(|error| error.to_string())?;
        Ok(client.endpoint.url)
    })
}

#[test]
fn the_region_of_the_option_overrides_the_environment_and_the_files() {
    let config = "[default]\nregion = file\n";
    let region = |variables: &[(&str, &str)], option| {
        with(config, variables, option, |context| context.region().map(|found| found.value))
    };
    let variable = [("AWS_REGION", "variable"), ("AWS_DEFAULT_REGION", "other")];
    assert_eq!(region(&variable, Some("option")).as_deref(), Some("option"));
    assert_eq!(region(&variable, None).as_deref(), Some("variable"));
    assert_eq!(region(&[], None).as_deref(), Some("file"));
    // Offline, the instance is not asked.
    assert!(with("", &[], None, |context| context.region().is_none()));
}

#[test]
fn a_nested_block_in_place_of_the_region_is_an_error_with_its_place() {
    let error = endpoint("[default]\nregion =\n  a = b\n", &[]).unwrap_err();
    assert!(error.ends_with("config:2: `region` is a nested block where a plain value is needed"), "{error}");
}

#[test]
fn the_most_specific_address_is_used() {
    let config = "[default]\nregion = eu-west-1\nservices = s\nendpoint_url = http://profile\n\
                  [services s]\nsts =\n  endpoint_url = http://services\n";
    let own = ("AWS_ENDPOINT_URL_STS", "http://own");
    let all = ("AWS_ENDPOINT_URL", "http://all");
    for (variables, expected) in [
        (&[own, all][..], "http://own"),
        (&[all], "http://all"),
        (&[], "http://services"),
        (&[own, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")], "https://sts.eu-west-1.amazonaws.com"),
    ] {
        let found = endpoint(config, variables).unwrap();
        assert_eq!(found.trim_end_matches('/'), expected, "{variables:?}");
    }
    let without = config.replace("services = s\n", "");
    assert_eq!(endpoint(&without, &[]).unwrap().trim_end_matches('/'), "http://profile");
}

#[test]
fn an_invalid_setting_of_a_client_is_reported_with_its_line() {
    for (config, expected) in [
        ("retry_mode = often", ":2: `often` is not a valid value for retry_mode"),
        ("max_attempts = 0", ":2: max_attempts must be a whole number, 1 or more"),
        ("max_attempts =\n  a = b", ":2: `max_attempts` is a nested block where a plain value is needed"),
        ("retry_mode =\n  a = b", ":2: `retry_mode` is a nested block where a plain value is needed"),
        ("defaults_mode =\n  a = b", ":2: `defaults_mode` is a nested block where a plain value is needed"),
        ("s3 =\n  addressing_style = Path", ":3: `Path` is not a valid value for s3.addressing_style"),
        ("s3 =\n  addressing_style =", ":3: `` is not a valid value for s3.addressing_style"),
        ("s3 =\naddressing_style = path", ":2: `s3` is not a nested block"),
        (
            "s3_us_east_1_regional_endpoint = Legacy\ns3 =\n  us_east_1_regional_endpoint = legacy",
            ":2: `Legacy` is not a valid value for s3.us_east_1_regional_endpoint",
        ),
        (
            "s3_disable_express_session_auth = 1",
            ":2: `1` is not a valid value for s3_disable_express_session_auth",
        ),
        (
            "request_min_compression_size_bytes = 0",
            ":2: request_min_compression_size_bytes must be a whole number from 1 to 1048576",
        ),
        ("api_versions = x", ":2: `api_versions` is not a nested block"),
        ("csm_enabled = true\ncsm_port = x", ":3: csm_port must be a whole number"),
        ("services = none", ":2: the services section `none` is missing or empty"),
        ("sso_session = s\n[sso-session s]\nsso_region = r", ":2: the sso-session `s` has no sso_start_url"),
        ("region = us east 1", ":2: `us east 1` is not a region"),
        ("region =", ":2: the region is set but empty"),
        ("endpoint_url = foo", ":2: `foo` is not a valid endpoint URL"),
        ("endpoint_url = ftp://h/x", ":2: `ftp://h/x` is not a valid endpoint URL"),
        ("services = s\n[services s]\nsts =\n  endpoint_url = foo", ":5: `foo` is not a valid endpoint URL"),
        ("endpoint_url =\n  a = b", ":2: `endpoint_url` is a nested block where a plain value is needed"),
    ] {
        let found = endpoint(&format!("[default]\n{config}\n"), &[]).unwrap_err();
        assert!(found.contains(expected), "{config}: {found}");
    }
}

#[test]
fn a_variable_with_an_invalid_address_is_named() {
    for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"] {
        let found = endpoint("[default]\nregion = eu-west-1\n", &[(name, "foo")]).unwrap_err();
        assert_eq!(found, format!("{name}: `foo` is not a valid endpoint URL"));
    }
}

#[test]
fn a_region_that_makes_no_url_is_to_blame() {
    let found = endpoint("[default]\n", &[("AWS_REGION", "eu-west-1\n")]).unwrap_err();
    assert!(found.starts_with("AWS_REGION: `eu-west-1\n` is not a region"), "{found}");
}

#[test]
fn settings_that_botocore_accepts_are_no_errors() {
    for config in [
        "max_attempts = 99999999999999999999999999",
        "s3 = anything",
        "s3 =\n  addressing_style = path\n  us_east_1_regional_endpoint = legacy",
        "s3_disable_express_session_auth = TRUE",
        "request_min_compression_size_bytes = 1_048_576",
        "api_versions =\n  s3 = 2006-03-01",
        "csm_port = x",
        "user_agent_appid =\n  a = b",
    ] {
        endpoint(&format!("[default]\nregion = eu-west-1\n{config}\n"), &[]).expect(config);
    }
}

#[test]
fn an_account_id_mode_is_checked_for_signed_requests_only() {
    let variables = [("AWS_ACCOUNT_ID_ENDPOINT_MODE", "sometimes")];
    with("[default]\nregion = eu-west-1\n", &variables, None, |context| {
        assert!(of(context, Service::Sts, context.region()).is_err());
        assert!(unsigned(context, Service::Sts, context.region()).is_ok());
        assert!(of(context, Service::Sso, context.region()).is_ok());
    });
}

#[test]
fn aws_cli_has_no_legacy_retries_and_boto3_has() {
    let fixture = Fixture { config: "[default]\nregion = x\nretry_mode = legacy\n", ..Fixture::default() };
    fixture.ask(|context| {
        let error = of(&context, Service::Sts, context.region()).err().unwrap().to_string();
        assert!(error.contains("`legacy` is not a valid value for retry_mode"), "{error}");
        let boto3 = Context { sdk: crate::sdk::Sdk::named("boto3").unwrap(), ..context };
        assert!(of(&boto3, Service::Sts, boto3.region()).is_ok());
    });
}

#[test]
fn an_invalid_setting_of_the_metadata_is_an_error_with_help() {
    for (key, value, expected) in [
        ("metadata_service_timeout", "soon", "metadata_service_timeout must be a whole number"),
        (
            "ec2_metadata_service_endpoint_mode",
            "ipv5",
            "`ipv5` is not a valid value for ec2_metadata_service_endpoint_mode",
        ),
        ("ec2_metadata_service_endpoint", "\n  a = b", "`ec2_metadata_service_endpoint` is a nested block"),
    ] {
        let config = format!("[default]\n{key} = {value}\n");
        let error = with(&config, &[], None, |context| Metadata::new(context).err()).unwrap();
        assert!(error.to_string().contains(expected) && error.help().is_some(), "{error}");
    }
}

#[test]
fn a_time_limit_that_no_socket_takes_is_an_error_where_a_request_would_be_sent() {
    let check = |value: &str, variables: &[(&str, &str)]| {
        let config = format!("[default]\nmetadata_service_timeout = {value}\n");
        with(&config, variables, None, |context| {
            Metadata::new(context).unwrap().check(context).err().map(|error| error.to_string())
        })
    };
    for value in ["0", "-1", "9223372037"] {
        let error = check(value, &[]).unwrap();
        assert!(error.contains("metadata_service_timeout must be a whole number from 1 to"), "{error}");
        assert_eq!(check(value, &[("AWS_EC2_METADATA_DISABLED", "true")]), None);
        assert_eq!(check(value, &[("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0")]), None);
    }
    assert_eq!(check("9223372036", &[]), None);
}

#[test]
fn to_javascript_whitespace_round_an_address_is_not_part_of_it() {
    let variables = [("AWS_REGION", "x"), ("AWS_ENDPOINT_URL", " http://all ")];
    for (sdk, expected) in [("js", Some("http://all")), ("rust", None)] {
        let found = with("", &variables, None, |context| {
            let context = Context { sdk: crate::sdk::Sdk::named(sdk).unwrap(), ..*context };
            of(&context, Service::Sts, context.region()).ok().map(|client| client.endpoint.url)
        });
        assert_eq!(found.as_deref().map(|url| url.trim_end_matches('/')), expected, "{sdk}");
    }
}
