//! What is an error, because boto3 ends with it, and what is less; and how it is fixed.

use super::*;

#[test]
fn half_a_pair_is_an_error_only_where_botocore_comes_to_it() {
    let process = "[profile a]\ncredential_process = /bin/true\n";
    let role = format!("[profile a]\n{ROLE}source_profile = b\n[profile b]\n{KEYS}");
    let (id, secret) =
        ("[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", "[a]\naws_secret_access_key = x\n");
    let in_config = format!("{process}aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n");
    for (config, credentials, severity) in [
        ("", id, Severity::Error),
        ("", secret, Severity::Error),
        (process, id, Severity::Error),
        (process, secret, Severity::Warning),
        (&in_config, "", Severity::Warning),
        (&role, id, Severity::Warning),
        (&role.replace("source_profile = b", "source_profile = a"), id, Severity::Error),
    ] {
        let found = fixes("half-pair", config, credentials);
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [severity], "{config}{credentials}");
    }
    for (config, credentials, severity) in [
        (&in_config[..], secret, Severity::Warning),
        ("[profile a]\naws_secret_access_key = x\n", id, Severity::Error),
    ] {
        let found = fixes("split-pair", config, credentials);
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [severity], "{config}{credentials}");
    }
}

#[test]
fn a_value_that_is_not_what_it_seems_is_an_error_where_no_client_is_made_with_it() {
    for (line, severity) in [
        ("max_attempts = \"5\"", Severity::Error),
        ("retry_mode = standard # x", Severity::Error),
        ("region = 'us-east-1'", Severity::Error),
        ("region = us-east-1 # x", Severity::Error),
        ("region = us-east-1 output = json", Severity::Error),
        ("region = us-east-1\u{200b}", Severity::Error),
        ("output = \"json\"", Severity::Warning),
        ("use_fips_endpoint = 'true'", Severity::Warning),
    ] {
        let files = Files::of_texts(&format!("[default]\n{line}\n"), "");
        let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
        let world = World::of::<&str, &str>([]);
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let severities: Vec<_> = found.iter().map(|one| one.finding.severity()).collect();
        assert_eq!(severities, [severity], "{line}");
    }
    for (value, severity) in [("\"5\"", Severity::Error), (" 5", Severity::Warning), (" x", Severity::Error)]
    {
        let (files, world) = (Files::of_texts("", ""), World::of([("AWS_MAX_ATTEMPTS", value)]));
        let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let severities: Vec<_> = found.iter().map(|one| one.finding.severity()).collect();
        assert_eq!(severities, [severity], "{value}");
    }
}

#[test]
fn a_half_that_is_lost_is_helped_where_it_is() {
    let id = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    let fix = |line| format!("remove the indentation before `aws_secret_access_key` on line {line}");
    for (credentials, fix) in [
        (format!("[a]\n{id}  aws_secret_access_key = x\n"), fix(3)),
        (format!("[a]\n{id}region = x\n  aws_secret_access_key = x\n"), fix(4)),
        (
            format!("[a]\n{id}region = x\n  output = x\n"),
            "enter both again: `xcred configure --profile a`".to_owned(),
        ),
    ] {
        assert_eq!(fixes("half-pair", "", &credentials), [(Severity::Error, fix)], "{credentials}");
    }
    // There it would not be the other half of this one.
    let elsewhere = "[a]\nregion = x\n  aws_secret_access_key = x\n";
    let found = fixes("half-pair", &format!("[profile a]\n{id}"), elsewhere);
    assert_eq!(found[0].1, "enter both again: `xcred configure --profile a`");
}

#[test]
fn what_botocore_never_comes_to_is_no_error() {
    let role = format!("{ROLE}source_profile = k\n");
    let own = format!("{ROLE}source_profile = a\n");
    let (process, sso) = ("credential_process = /no/such\n", "sso_account_id = 123456789012\n");
    let (broken, incomplete) = ("process-cannot-start", "incomplete-sso");
    for (config, code, severity) in [
        (format!("{process}{KEYS}"), broken, Severity::Error),
        (format!("{process}{role}"), broken, Severity::Warning),
        (format!("credential_process = x 'y\n{role}"), broken, Severity::Warning),
        (format!("{process}sso_role_name = A\n"), broken, Severity::Warning),
        (format!("{process}{own}"), broken, Severity::Error),
        (format!("{sso}{role}"), incomplete, Severity::Warning),
        (format!("{sso}{own}{KEYS}"), incomplete, Severity::Error),
        (format!("{sso}{KEYS}"), incomplete, Severity::Error),
    ] {
        let found = fixes(code, &format!("[profile a]\n{config}"), &format!("[k]\n{KEYS}"));
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [severity], "{config}");
    }
    let keys = format!("[a]\n{KEYS}");
    let found = fixes(broken, &format!("[profile a]\n{process}"), &keys);
    assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [Severity::Warning]);
}

#[test]
fn services_that_are_missing_are_an_error_and_not_sent_to_aws_without_a_choice() {
    let fix = "give it an address: `xcred set s3.endpoint_url URL --services x`, \
               or send requests to AWS: `xcred unset services --profile a`";
    for (own, severity) in
        [("", Severity::Error), ("ignore_configured_endpoint_urls = true\n", Severity::Warning)]
    {
        let found = fixes("unknown-services", &format!("[profile a]\nservices = x\n{own}"), "");
        assert_eq!(found, [(severity, fix.to_owned())]);
    }
    let found = fixes("unknown-services", "[profile a]\nservices =\n", "");
    assert_eq!(found, [(Severity::Error, "`xcred unset services --profile a`".to_owned())]);
}

#[test]
fn a_token_file_without_a_role_is_an_error_beside_all_else() {
    for own in [KEYS, "source_profile = k\n", "credential_process = /bin/true\n"] {
        let config = format!("[profile a]\n{own}web_identity_token_file = /etc/passwd\n");
        let found = fixes("source-without-role", &config, &format!("[k]\n{KEYS}"));
        assert_eq!(found, [(Severity::Error, "`xcred set role_arn ARN --profile a`".to_owned())], "{config}");
    }
}

#[test]
fn an_mfa_device_without_a_role_is_a_note() {
    let files = Files::of_texts("[default]\nmfa_serial = arn:aws:iam::123456789012:mfa/a\n", "");
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
    let told = found.iter().map(|one| (one.finding.code(), one.finding.severity()));
    assert_eq!(told.collect::<Vec<_>>(), [("mfa-without-role", Severity::Note)]);
}

#[test]
fn credentials_that_others_of_the_profile_take_precedence_over_are_noted_where_they_are() {
    let sso = "[sso-session c]\nsso_start_url = https://c.awsapps.com/start\nsso_region = eu-west-1\n\
               [profile a]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = R\n";
    let role = |source: &str| format!("[profile a]\n{ROLE}source_profile = {source}\n[profile b]\n{KEYS}");
    let keys = format!("[a]\n{KEYS}");
    let process = "[profile a]\ncredential_process = /bin/true\n";
    let in_config = format!("{process}{KEYS}");
    for (config, credentials, expected) in [
        (
            sso,
            &*keys,
            &["credentials:2: `sso_account_id` in config:6 takes precedence over `aws_access_key_id`"][..],
        ),
        // They may be the source of another profile's role.
        (&role("b"), &keys, &[]),
        (
            process,
            &keys,
            &["config:2: `aws_access_key_id` in credentials:2 takes precedence over `credential_process`"],
        ),
        (
            &in_config,
            "",
            &["config:3: `credential_process` in config:2 takes precedence over `aws_access_key_id`"],
        ),
        // The keys are the role's source.
        (&role("a"), &keys, &[]),
        (&format!("[profile a]\n{KEYS}"), &keys, &[]),
        ("", &keys, &[]),
    ] {
        let files = Files::of_texts(config, credentials);
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("a".to_owned(), Origin::Default) };
        let mut found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        found.retain(|one| one.finding.code() == "overridden-credentials");
        assert!(found.iter().all(|one| one.finding.severity() == Severity::Note));
        let found: Vec<String> = found.iter().map(|one| one.finding.to_string()).collect();
        assert_eq!(found, expected, "{config}{credentials}");
    }
}

#[test]
fn a_time_limit_for_the_metadata_is_wrong_only_where_they_are_asked() {
    let role = |source: &str| format!("[profile a]\n{ROLE}{source}\n");
    let lead = |lead: &str| format!("[profile a]\n{lead}\n");
    let role_behind =
        format!("{}[profile b]\n{ROLE}credential_source = Ec2InstanceMetadata\n", role("source_profile = b"));
    for (config, is_asked) in [
        (lead("region = eu-west-1"), true),
        (lead("credential_process = /bin/true"), false),
        (format!("[profile a]\n{KEYS}"), false),
        (role("credential_source = Ec2InstanceMetadata"), true),
        (role("credential_source = Environment"), false),
        (format!("{}[profile b]\n{KEYS}", role("source_profile = b")), false),
        (role_behind, true),
    ] {
        for (value, is_wrong) in
            [("0", is_asked), ("-1", is_asked), ("99999999999999", is_asked), ("1", false), ("x", true)]
        {
            let text = config.replacen("]\n", &format!("]\nmetadata_service_timeout = {value}\n"), 1);
            let expected: &[&str] = if is_wrong { &["unlikely-value 2"] } else { &[] };
            assert_eq!(found(&text, "", &[]), expected, "{text}");
            let variables = [("AWS_METADATA_SERVICE_TIMEOUT", value), ("AWS_PROFILE", "a")];
            let expected: &[&str] =
                if is_wrong { &["invalid-variable AWS_METADATA_SERVICE_TIMEOUT"] } else { &[] };
            assert_eq!(found(&config, "", &variables), expected, "{config} {value}");
        }
    }
    let config = "[default]\nmetadata_service_timeout = 0\n";
    for variables in [
        &[("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "s")][..],
        &[("AWS_EC2_METADATA_DISABLED", "true")],
    ] {
        assert_eq!(found(config, "", variables), [""; 0], "{variables:?}");
    }
}

#[test]
fn another_access_key_in_the_config_file_is_noted_with_its_lines() {
    let key = |id: &str| format!("aws_access_key_id = {id}\naws_secret_access_key = s\n");
    let [one, other] = ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"].map(key);
    let config = |keys: &str| format!("[profile a]\nregion = eu-west-1\n{keys}");
    let role = format!("{ROLE}source_profile = a\n");
    for (config, used, lines) in [
        (config(&one), &other, Some("lines 3 and 4")),
        (config(&format!("{one}aws_session_token = t\n")), &other, Some("lines 3, 4 and 5")),
        (config(&format!("{one}{role}")), &other, Some("lines 3 and 4")),
        (config("aws_access_key_id = A\n"), &other, Some("line 3")),
        (config(&one), &one, None),
        (config("aws_secret_access_key = s\n"), &other, None),
        // What the config file has for all profiles is meant to be overridden.
        (format!("[DEFAULT]\n{one}{}", config("")), &other, None),
    ] {
        let files = Files::of_texts(&config, &format!("[a]\n{used}"));
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("a".to_owned(), Origin::Default) };
        let mut found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        found.retain(|one| one.finding.code() == "other-key");
        assert!(found.iter().all(|one| one.finding.severity() == Severity::Note));
        let found: Vec<String> = found.iter().map(|one| one.finding.sentence()).collect();
        let expected = lines.map(|lines| {
            format!(
                "config:3: another access key of this profile: the one in credentials:2 takes precedence; \
                 if nothing needs it, delete {lines}"
            )
        });
        assert_eq!(found, Vec::from_iter(expected), "{config}");
    }
}
