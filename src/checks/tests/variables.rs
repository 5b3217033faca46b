//! Findings about variables of the environment.

use super::*;

#[test]
fn a_variable_that_ends_every_command_is_an_error() {
    let keys = format!("[default]\n{KEYS}");
    for (name, value) in [
        ("AWS_MAX_ATTEMPTS", "0"),
        ("AWS_RETRY_MODE", "legacy"),
        ("AWS_ENDPOINT_URL", "foo"),
        ("AWS_ENDPOINT_URL_STS", "foo"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "1e9"),
    ] {
        assert_eq!(found("", &keys, &[(name, value)]), [format!("invalid-variable {name}")]);
    }
    let fine = [("AWS_ENDPOINT_URL", ""), ("AWS_MAX_ATTEMPTS", "5"), ("AWS_ENDPOINT_URL_STS", "http://h")];
    assert_eq!(found("", &keys, &fine), Vec::<String>::new());
}

#[test]
fn a_variable_for_credentials_that_the_chain_reaches_is_judged_by_its_provider() {
    let container = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://elsewhere/");
    let token = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/nope");
    let role = ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/dev");
    let fault = |variable: &str| format!("invalid-variable {variable}");
    for variables in [
        &[container][..],
        &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "notaurl")],
        &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "http://x")],
        &[token],
        &[token, role],
        &[("AWS_CREDENTIAL_FILE", "/nope")],
    ] {
        assert_found("", variables, &[&fault(variables[0].0)]);
    }
    let folder = tempfile::tempdir().unwrap();
    let short = folder.path().join("token");
    for (text, is_fault) in [("", true), ("abc", true), ("abcd", false)] {
        std::fs::write(&short, text).unwrap();
        let expected = is_fault.then(|| fault(token.0));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        assert_found("", &[(token.0, short.to_str().unwrap()), role], &expected);
    }
    let file = ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nope");
    let sound = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost/x");
    assert_found("", &[sound, file], &[&fault(file.0)]);
    assert_found("", &[sound], &[]);
    // Other credentials are found before.
    let pair = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "x")];
    assert_found("", &[pair[0], pair[1], container, token], &[]);
    assert_found("", &[("AWS_PROFILE", "k"), container], &[]);
    assert_found("", &[("AWS_PROFILE", "k"), token, role], &[&fault(token.0)]);
    let of_container = format!("[profile a]\n{ROLE}credential_source = EcsContainer\n");
    assert_found(&of_container, &[("AWS_PROFILE", "k"), container], &[&fault(container.0)]);
}

#[test]
fn what_every_request_needs_is_judged_without_one() {
    let none = "[default]\nca_bundle =\n";
    for (config, variables, expected) in [
        ("", &[("AWS_CA_BUNDLE", "/nope")][..], &["invalid-variable AWS_CA_BUNDLE"][..]),
        ("", &[("REQUESTS_CA_BUNDLE", "/nope")], &["invalid-variable REQUESTS_CA_BUNDLE"]),
        ("", &[("HTTPS_PROXY", "notaproxy://x")], &["invalid-variable HTTPS_PROXY"]),
        ("", &[("HTTPS_PROXY", "socks5://x"), ("NO_PROXY", "*")], &[]),
        ("[default]\nca_bundle = /nope\n", &[("REQUESTS_CA_BUNDLE", "/nope")], &["missing-file 2"]),
        ("[default]\nca_bundle = /\n", &[], &["invalid-value 2"]),
        (
            "[default]\nca_bundle = /\n",
            &[("AWS_CA_BUNDLE", "/nope")],
            &["invalid-value 2", "invalid-variable AWS_CA_BUNDLE"],
        ),
        (none, &[("REQUESTS_CA_BUNDLE", "/nope")], &["invalid-variable REQUESTS_CA_BUNDLE"]),
    ] {
        assert_found(config, variables, expected);
    }
}

#[test]
fn variables_have_the_values_that_lines_have() {
    for (variable, value, code) in [
        ("AWS_DEFAULT_OUTPUT", "jsn", "unlikely-value"),
        ("AWS_USE_FIPS_ENDPOINT", "1", "unlikely-value"),
        ("AWS_EC2_METADATA_DISABLED", "1", "unlikely-value"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "yes", "unlikely-value"),
        ("AWS_ENDPOINT_DISCOVERY_ENABLED", "yes", "invalid-variable"),
        ("AWS_REGION", "us east 1 a", "unlikely-value"),
        ("AWS_CREDENTIALS_FILE", "x", "misspelt-variable"),
        ("AWS_CONFIG", "x", "misspelt-variable"),
    ] {
        assert_found("", &[(variable, value)], &[&format!("{code} {variable}")]);
    }
    for (variable, value) in [
        ("AWS_USE_FIPS_ENDPOINT", "FALSE"),
        ("AWS_ENDPOINT", "http://h"),
        ("AWS_ENDPOINT_DISCOVERY_ENABLED", "TRUE"),
        // LiteLLM's.
        ("AWS_REGION_NAME", "eu-west-1"),
        ("AWS_USE_FIPS_ENDPOINT", ""),
        ("AWS_DEFAULT_OUTPUT", "json"),
        ("AWS_REGION", "mars-east-1"),
    ] {
        assert_found("", &[(variable, value)], &[]);
    }
}

#[test]
fn keys_of_the_environment_hide_only_those_of_a_profile_that_has_credentials() {
    let pair = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "x")];
    assert_found("", &[pair[0], pair[1], ("AWS_PROFILE", "k")], &["profile-hidden AWS_ACCESS_KEY_ID"]);
    let bare = "[profile dev]\nregion = eu-west-1\n";
    assert_found(bare, &[pair[0], pair[1], ("AWS_PROFILE", "dev")], &[]);
    assert_found("", &[pair[0], pair[1], ("AWS_PROFILE", "gone")], &["profile-not-found AWS_PROFILE"]);
}

#[test]
fn keys_of_the_environment_are_kept_where_a_role_needs_them() {
    let pair = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "x")];
    let first = format!("[profile r]\n{ROLE}source_profile = s\n");
    for (config, name, is_kept) in [
        (format!("{first}[profile s]\n{ROLE}credential_source = Environment\n"), "r", true),
        (format!("{first}[profile s]\n{ROLE}credential_source = Environment\n"), "s", true),
        (format!("{first}[profile s]\n{ROLE}source_profile = k\n"), "r", false),
    ] {
        let files = Files::of_texts(&config, &format!("[k]\n{KEYS}"));
        let world = World::of([pair[0], pair[1], ("AWS_PROFILE", name)]);
        let name = Located::new(name.to_owned(), Origin::environment("AWS_PROFILE"));
        let selection = Selection { name };
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let hidden = found.iter().find(|one| one.finding.code() == "profile-hidden").unwrap();
        let fix = hidden.finding.fix().unwrap().to_string();
        assert_eq!(!fix.contains("unset AWS_ACCESS_KEY_ID"), is_kept, "{fix}: {config}");
    }
}

#[test]
fn another_vendors_service_has_regions_and_keys_of_its_own() {
    let address = ("AWS_ENDPOINT_URL", "https://h");
    for (config, variables, expected) in [
        ("[default]\nregion = us-west-002\n", &[][..], &["unknown-region 2"][..]),
        ("[default]\nregion = us-west-002\nendpoint_url = https://h\n", &[], &[]),
        ("[default]\nregion = us-southeast-1\n", &[address], &[]),
        ("", &[("AWS_REGION", "us-west-002"), address], &[]),
        (
            "[default]\nregion = us-west-002\nendpoint_url = https://h\nignore_configured_endpoint_urls = true\n",
            &[],
            &["unknown-region 2"],
        ),
        ("[default]\nregion = garage\nendpoint_url = https://h\n", &[], &[]),
        (
            "[default]\nregion = auto\naws_access_key_id = 0123456789abcdef0123456789abcdef\naws_secret_access_key = x\n",
            &[],
            &[],
        ),
        (
            "",
            &[
                ("AWS_REGION", "auto"),
                ("AWS_ACCESS_KEY_ID", "0123456789abcdef"),
                ("AWS_SECRET_ACCESS_KEY", "x"),
            ],
            &[],
        ),
        ("", &[("AWS_ACCESS_KEY_ID", "none"), ("AWS_SECRET_ACCESS_KEY", "none"), address], &[]),
        (
            "",
            &[("AWS_ACCESS_KEY_ID", "none"), ("AWS_SECRET_ACCESS_KEY", "none")],
            &["odd-key-id AWS_ACCESS_KEY_ID"],
        ),
    ] {
        assert_found(config, variables, expected);
    }
}

#[test]
fn a_region_that_aws_does_not_have_is_told_where_it_is_read() {
    let sso =
        "sso_start_url = https://c.awsapps.com/start\nsso_account_id = 123456789012\nsso_role_name = A\n";
    for (region, is_told) in [
        ("EU-WEST-1", true),
        ("mars", true),
        ("Ireland", true),
        ("none", true),
        ("us-wst-2", true),
        ("us-east-1a", true),
        ("us-mars-1", false),
        ("aws-global", false),
        ("us-gov-west-1", false),
    ] {
        for (config, line) in [
            (format!("[default]\nregion = {region}\n"), 2),
            (format!("[default]\n{sso}sso_region = {region}\n"), 5),
            (
                format!(
                    "[sso-session s]\nsso_start_url = https://c.awsapps.com/start\nsso_region = {region}\n"
                ),
                3,
            ),
        ] {
            let expected = is_told.then(|| format!("unknown-region {line}"));
            assert_eq!(found(&config, "", &[]), Vec::from_iter(expected), "{config}");
        }
        let expected = is_told.then(|| "unknown-region AWS_REGION".to_owned());
        assert_eq!(found("", "", &[("AWS_REGION", region)]), Vec::from_iter(expected), "{region}");
    }
}

#[test]
fn who_uses_a_profile_hears_of_the_region_of_its_session() {
    let config = "[profile p]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = A\n\
                  [sso-session s]\nsso_start_url = https://c.awsapps.com/start\nsso_region = us-wst-2\n";
    let (files, world) = (Files::of_texts(config, ""), World::of::<&str, &str>([]));
    let selection = Selection { name: Located::new("p".to_owned(), Origin::Default) };
    let told = warnings(Scene::new(&world, &files, &[], &selection, Sdk::default()), "p");
    let told: Vec<String> = told.iter().map(Finding::sentence).collect();
    let expected = "config:7: `us-wst-2` is not a known region; did you mean `xcred set sso_region us-west-2 --sso-session s`?";
    assert_eq!(told, [expected]);
}

#[test]
fn a_key_that_can_never_work_is_told_where_it_is_read() {
    let (id, secret, token) = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab", "token");
    let long = format!("{secret}c");
    let temporary = "ASIAIOSFODNN7EXAMPLE";
    for (id, secret, token, code, line) in [
        (id, "wJalrXUtnFEMIK7MDENG\n  bPxRfiCYEXAMPLEKEYab", None, "odd-secret", 3),
        (id, "wJalrXUtnFEMI K7MDENGbPxRfiCYEXAMPLEKEYab", None, "odd-secret", 3),
        (id, &secret[1..], None, "odd-secret", 3),
        (id, &long, None, "odd-secret", 3),
        (id, id, None, "odd-secret", 3),
        ("akiaiosfodnn7example", secret, None, "odd-key-id", 2),
        ("AKIAIOSFODNN7EXAMPL", secret, None, "odd-key-id", 2),
        ("AROAIOSFODNN7EXAMPLE1", secret, None, "odd-key-id", 2),
        ("AIDAIOSFODNN7EXAMPLE", secret, None, "odd-key-id", 2),
        (temporary, secret, Some("IQoJb3JpZ2lu\n  X2VjEJr"), "odd-token", 4),
        (temporary, secret, Some("IQoJb3JpZ2lu X2VjEJr"), "odd-token", 4),
        // Stand-ins of tests, and whole keys.
        (id, "test", None, "", 0),
        ("test", "test", None, "", 0),
        (id, secret, None, "", 0),
        (temporary, secret, Some(token), "", 0),
    ] {
        let lines = token.map(|token| format!("aws_session_token = {token}\n")).unwrap_or_default();
        let pair = format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n{lines}");
        let expected = |text: String| Vec::from_iter((!code.is_empty()).then_some(text));
        assert_eq!(found("", &pair, &[]), expected(format!("{code} c{line}")), "{pair}");
        // Another vendor may have given them.
        let config = "[default]\nendpoint_url = http://localhost:9000\n";
        assert_eq!(found(config, &pair, &[]), [""; 0], "{pair}");
        let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
        let [secret, token] = [secret, token.unwrap_or_default()].map(|text| text.replace("\n  ", "\n"));
        let variables = [(names[0], id), (names[1], &*secret), (names[2], &*token)];
        let name = names[usize::try_from(line).unwrap_or_default().saturating_sub(2)];
        assert_eq!(found("", "", &variables), expected(format!("{code} {name}")), "{variables:?}");
        let address = ("AWS_ENDPOINT_URL", "http://localhost:9000");
        assert_eq!(found("", "", &[&variables[..], &[address]].concat()), [""; 0], "{variables:?}");
    }
}

#[test]
fn keys_of_the_environment_are_expired_whichever_variable_says_so() {
    let keys = [
        ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "x"),
        ("AWS_SESSION_TOKEN", "t"),
    ];
    let told = |variable: (&str, &str)| found("", "", &[&keys[..], &[variable]].concat());
    for past in ["2020-01-01T00:00:00Z", "2020-01-01 00:00:00 +0000 UTC", "1577836800"] {
        assert_eq!(told(("AWS_SESSION_EXPIRATION", past)), ["expired AWS_SESSION_EXPIRATION"], "{past}");
    }
    for other in ["2120-01-01T00:00:00Z", "3600", "soon"] {
        assert_eq!(told(("AWS_SESSION_EXPIRATION", other)), [""; 0], "{other}");
    }
    assert_eq!(told(("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00Z")).len(), 1);
    let lasting = [
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        keys[1],
        ("AWS_SESSION_EXPIRATION", "2020-01-01T00:00:00Z"),
    ];
    assert_eq!(found("", "", &lasting), [""; 0]);
}

#[test]
fn variables_are_looked_at_too() {
    for (variables, expected) in [
        (&[("AWS_PROFILE", "dve")][..], "profile-not-found AWS_PROFILE"),
        (&[("AWS_REGION", "")], "empty-variable AWS_REGION"),
        (&[("AWS_REGION", " eu-west-1")], "blank-in-variable AWS_REGION"),
        (&[("AWS_REGION", "\"eu-west-1\"")], "quoted-variable AWS_REGION"),
        (&[("AWS_SECRET_KEY", "x")], "misspelt-variable AWS_SECRET_KEY"),
        (&[("AWS_ACCESS_KEY", "x")], "misspelt-variable AWS_ACCESS_KEY"),
        (&[("AWS_REGION", "us-east-1a")], "unknown-region AWS_REGION"),
        (&[("AWS_DEFAULT_REGION", "us_east_1")], "unknown-region AWS_DEFAULT_REGION"),
        (&[("AWS_DEFAULT_REGION", "useast1")], "unknown-region AWS_DEFAULT_REGION"),
        (&[("AWS_PROFLE", "x")], "misspelt-variable AWS_PROFLE"),
        (&[("AWS_ACCESS_KEY_ID", "x")], "half-pair AWS_ACCESS_KEY_ID"),
    ] {
        assert_eq!(found("[profile dev]\n", "", variables), [expected], "{variables:?}");
    }
}
