//! Temporary keys in a file, whose expiration other programs note there.

use crate::disk::set_mode;
use crate::harness::{CANARY, Sandbox, json_of};

fn home(id: &str, token: bool, mark: &str) -> Sandbox {
    let token = if token { format!("aws_session_token = {CANARY}\n") } else { String::new() };
    let text = format!("[saml]\naws_access_key_id = {id}\naws_secret_access_key = {CANARY}\n{token}{mark}\n");
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_REGION", "eu-west-1")
        .revealing()
        .credentials(text);
    set_mode(&sandbox.path(".aws/credentials"), 0o600);
    sandbox
}

const KEYS: [&str; 6] = [
    "x_security_token_expires",
    "aws_credential_expiration",
    "aws_session_expiration",
    "expiration",
    "aws_expiration",
    "expires_at",
];

#[test]
fn expired_keys_are_printed_with_a_warning() {
    for key in KEYS {
        for date in [
            "2020-01-01T00:00:00+02:00",
            "2020-01-01 00:00:00",
            "2020-01-01T10:00:00.000Z",
            "1577836800",
            "1577836800000",
        ] {
            let sandbox = home("ASIAIOSFODNN7EXAMPLE", true, &format!("{key} = {date}"));
            let told = "credentials:5: these keys expired on 2020-01-01\nhelp: sign in again\n";
            for arguments in [
                &["export-env", "-p", "saml"][..],
                &["exec", "-q", "-p", "saml", "--", "env"],
                &["credential-process", "-p", "saml"],
                &["get", "aws_access_key_id", "-p", "saml"],
                &["resolve", "-p", "saml"],
            ] {
                let (stdout, stderr) = sandbox.run(arguments).success_with_words();
                assert!(stderr.starts_with("warning: ") && stderr.ends_with(told), "{key} {date}: {stderr}");
                assert_eq!(stderr.lines().count(), 2, "{stderr}");
                assert!(stdout.contains("ASIAIOSFODNN7EXAMPLE"), "{stdout}");
                let is_exported = arguments[0] != "resolve";
                assert!(
                    !is_exported || !stdout.contains("EXPIRATION=") && !stdout.contains("Expiration"),
                    "{stdout}"
                );
            }
            if key != KEYS[0] {
                break;
            }
        }
    }
}

#[test]
fn an_expiration_in_the_future_is_passed_on() {
    for key in KEYS {
        let sandbox = home("ASIAIOSFODNN7EXAMPLE", true, &format!("{key} = 2999-01-01T02:00:00+02:00"));
        let shell = sandbox.run(&["export-env", "-p", "saml"]).success();
        assert!(shell.contains("AWS_CREDENTIAL_EXPIRATION='2999-01-01T00:00:00Z'"), "{shell}");
        let environment = sandbox.run(&["exec", "-q", "-p", "saml", "--", "env"]).success();
        assert!(environment.contains("AWS_CREDENTIAL_EXPIRATION=2999-01-01T00:00:00Z\n"), "{environment}");
        let document = sandbox.run(&["credential-process", "-p", "saml"]).success();
        assert!(document.contains(r#""Expiration": "2999-01-01T00:00:00Z""#), "{document}");
    }
}

#[test]
fn resolve_shows_the_expiration_of_keys_and_its_origin() {
    let sandbox = home("ASIAIOSFODNN7EXAMPLE", true, "x_security_token_expires = 2020-01-01T00:00:00+02:00");
    let (screen, _) = sandbox.run(&["resolve", "-p", "saml"]).success_with_words();
    let row = screen.lines().find(|line| line.trim_start().starts_with("expires ")).unwrap_or_default();
    assert!(row.contains("2019-12-31T22:00:00Z (past)") && row.ends_with("credentials:5"), "{screen}");
    let row = screen.lines().find(|line| line.contains("x_security_token_expires")).unwrap_or_default();
    assert!(row.contains("2020-01-01T00:00:00+02:00"), "a date is no secret: {screen}");
    let document = json_of(&sandbox.run(&["resolve", "--format", "json", "-p", "saml"]).success());
    let expiration = &document["credentials"]["expiration"];
    assert_eq!(
        (&expiration["value"], &expiration["origin"]["line"]),
        (&"2019-12-31T22:00:00Z".into(), &5.into())
    );
    assert_eq!(document["warnings"][0]["code"], "expired", "{document}");
}

#[test]
fn invalid_expirations_are_ignored() {
    for (id, token, mark) in [
        // Long-term keys beside a leftover of other keys.
        ("AKIAIOSFODNN7EXAMPLE", false, "expiration = 2020-01-01T00:00:00Z"),
        ("ASIAIOSFODNN7EXAMPLE", true, "expiration = soon"),
        ("ASIAIOSFODNN7EXAMPLE", true, "expiration = 3600"),
        ("ASIAIOSFODNN7EXAMPLE", true, "expiration = 12:30"),
        ("ASIAIOSFODNN7EXAMPLE", true, "expiration =\n  a = 2020-01-01T00:00:00Z"),
        // Another program has written new keys.
        (
            "ASIAIOSFODNN7EXAMPLE",
            true,
            "expiration = 2020-01-01T00:00:00Z\naws_expiration = 2999-01-01T00:00:00Z",
        ),
    ] {
        let statements = home(id, token, mark).run(&["export-env", "-p", "saml"]).success();
        assert_eq!(statements.contains("AWS_CREDENTIAL_EXPIRATION='"), mark.contains("2999"), "{mark}");
    }
    // An expiration in another section or in the other file is not about these keys.
    let sandbox = home("ASIAIOSFODNN7EXAMPLE", true, "[other]\nexpiration = 2020-01-01T00:00:00Z")
        .config("[profile saml]\nexpiration = 2020-01-01T00:00:00Z\n");
    sandbox.run(&["export-env", "-p", "saml"]).success();
}

#[test]
fn all_commands_agree_about_what_has_expired() {
    const LATER: &str = "x_security_token_expires = 2020-01-01T00:00:00Z\nexpiration = 2099-01-01T00:00:00Z";
    for (id, token, mark, is_expired) in [
        ("AKIAIOSFODNN7EXAMPLE", false, "expiration = 2020-01-01T00:00:00Z", false),
        ("ASIAIOSFODNN7EXAMPLE", true, LATER, false),
        ("ASIAIOSFODNN7EXAMPLE", true, "expiration = 2020-01-01 00:00:00", true),
        ("ASIAIOSFODNN7EXAMPLE", true, "my_expiry = 2020-01-01T00:00:00Z", true),
        ("ASIAIOSFODNN7EXAMPLE", true, "my_password_expiry = 2020-01-01T00:00:00Z", false),
    ] {
        let sandbox = home(id, token, mark);
        for command in ["doctor", "status", "resolve"] {
            let run = sandbox.run(&[command, "-p", "saml"]).ended();
            let said = format!("{}{}", run.1, run.2);
            assert_eq!(said.contains("expired on"), is_expired, "{command}: {mark}: {said}");
        }
    }
}
