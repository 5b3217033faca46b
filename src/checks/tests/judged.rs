//! Values, judged by the rules of the SDK that is asked about.

use super::*;

/// The SDKs for which a value is reported: with `?` where only the rule of boto3 and AWS CLI is known, in capitals if it is an
/// error.
fn reported(config: &str, variables: &[(&str, &str)]) -> String {
    let (files, world) = (Files::of_texts(config, ""), World::of(variables.iter().copied()));
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let reported = |sdk: &Sdk| {
        let found = all(Scene::new(&world, &files, &[], &selection, *sdk));
        let found = found.into_iter().filter(|one| !one.finding.has(Aspect::OfReading));
        let [one] = &found.map(|one| one.finding).collect::<Vec<_>>()[..] else { return None };
        let name = sdk.name();
        let name = if one.severity() == Severity::Error { name.to_uppercase() } else { name.to_owned() };
        let is_guess = one.notes().iter().any(|note| note.ends_with("has the same isn't known"));
        Some(if is_guess { format!("{name}?") } else { name })
    };
    Sdk::all().iter().filter_map(reported).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_value_is_judged_by_the_rules_of_the_sdk() {
    let role = "role_arn = arn:aws:iam::123456789012:role/r\n";
    for (line, expected) in [
        ("retry_mode = legacy", "AWS-CLI RUST GO"),
        ("retry_mode = Standard", "BOTO3 AWS-CLI js? GO RUBY"),
        ("max_attempts = 0", "BOTO3 AWS-CLI RUST js? RUBY"),
        ("max_attempts = 1_0", "RUST GO"),
        ("account_id_endpoint_mode = Preferred", "GO"),
        ("defaults_mode = bad", "BOTO3 AWS-CLI rust? js? GO java? ruby?"),
        ("use_fips_endpoint = yes", "boto3 aws-cli rust? js? ruby?"),
        ("endpoint_url = foo", "BOTO3 AWS-CLI rust? js? go? java? ruby?"),
        ("output = jsn", "boto3 aws-cli"),
        ("s3 =\n  max_queue_size = ten", "boto3 aws-cli"),
        ("s3 =\n  addressing_style = bad", "BOTO3 AWS-CLI rust? js? go? java? ruby?"),
        ("region = EU_west-1", "boto3 aws-cli rust js go java ruby"),
        ("credential_process = echo a | cat", "boto3 aws-cli"),
        (&format!("{role}credential_source = environment"), "BOTO3 AWS-CLI JS GO JAVA RUBY"),
        (&format!("{role}credential_source = Environment"), "RUBY"),
        (
            &format!("{role}credential_source = EcsContainer\nduration_seconds = 10"),
            "BOTO3 AWS-CLI js go ruby",
        ),
    ] {
        assert_eq!(reported(&format!("[default]\n{line}\n"), &[]), expected, "{line}");
    }
}

#[test]
fn a_variable_is_judged_by_the_rules_of_the_sdk() {
    let keys = |name, value| {
        [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"), (name, value)]
    };
    for (name, value, expected) in [
        ("AWS_RETRY_MODE", "legacy", "AWS-CLI RUST GO"),
        ("AWS_MAX_ATTEMPTS", "0", "BOTO3 AWS-CLI RUST js? java RUBY"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "boto3 aws-cli rust? js? GO java ruby?"),
        ("AWS_CREDENTIAL_EXPIRATION", "2000-01-01T00:00:00Z", "BOTO3 AWS-CLI"),
        ("AWS_CONFIG_FILE", "", "boto3 aws-cli rust java"),
        ("AWS_PROFILE", "", "boto3 aws-cli rust java ruby"),
        ("AWS_REGION", "", "aws-cli rust js"),
    ] {
        assert_eq!(reported("", &keys(name, value)), expected, "{name}");
    }
    let half = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")];
    assert_eq!(reported("", &half), "BOTO3 AWS-CLI rust js go java ruby");
}
