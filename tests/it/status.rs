//! `status`: the active profile, who chose it, and what expires when; without a program, a request or a wait.

use p256::SecretKey;
use p256::pkcs8::LineEnding;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::browser::hex;
use crate::harness::{CANARY, Sandbox, json_of, section, unwrapped};

/// Of the session `corp`: the digest of its name.
const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

const SSO: &str = "\
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1

[profile dev]
region = eu-central-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
";

fn offline() -> Sandbox {
    Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true")
}

fn signed_in(until: &str) -> Sandbox {
    let token = format!(r#"{{"accessToken": "{CANARY}", "expiresAt": "{until}"}}"#);
    offline().config(SSO).file(TOKEN, token).env("AWS_PROFILE", "dev")
}

/// The rows as name, value and place.
fn rows(screen: &str) -> Vec<Vec<&str>> {
    screen
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect()
}

#[test]
fn keys_in_a_file_are_told_with_their_place_and_without_the_secret() {
    let sandbox = offline()
        .credentials(section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY))
        .config("[profile dev]\nregion = eu-west-1\n")
        .env("AWS_PROFILE", "dev");
    let screen = sandbox.run(&["status"]).success();
    assert_eq!(
        rows(&screen),
        [
            vec!["profile", "dev", "AWS_PROFILE"],
            vec!["provider", "shared-credentials-file"],
            vec!["access key ID", "AKIAIOSFODNN7EXAMPLE", "~/.aws/credentials:2"],
            vec!["region", "eu-west-1", "~/.aws/config:2"],
        ]
    );
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "dev eu-west-1\n");
}

/// Of each row of the text, what it shows is in the document, and where it is from.
#[test]
fn a_document_has_what_the_text_shows() {
    let role = "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/Ops\nsource_profile = base\n";
    let home = || {
        offline().config(format!("{role}{SSO}")).credentials(section("base", "AKIAIOSFODNN7EXAMPLE", CANARY))
    };
    let keys =
        || home().env("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE").env("AWS_SECRET_ACCESS_KEY", CANARY);
    for (sandbox, arguments, profile, provider, id) in [
        (home(), &["status", "base"][..], "base", "shared-credentials-file", Some("AKIAIOSFODNN7EXAMPLE")),
        (home(), &["status", "ops"], "ops", "assume-role", None),
        (home(), &["status", "dev"], "dev", "sso", None),
        // The text says whose they are, if that is known, and not which profile they hide.
        (keys(), &["status"], "none", "env", Some("ASIAIOSFODNN7EXAMPLE")),
        (keys().env("XCRED_PROFILE", "dev"), &["status"], "dev", "env", Some("ASIAIOSFODNN7EXAMPLE")),
    ] {
        let (_, screen, _) = sandbox.run(arguments).ended();
        let (_, printed, _) = sandbox.run(&[arguments, &["--format", "json"]].concat()).ended();
        let document = json_of(&printed);
        let rows = rows(&screen);
        assert_eq!((rows[0][1], document["profile"]["value"].as_str().unwrap_or("none")), (profile, profile));
        assert!(rows[1][1].starts_with(provider) && document["provider"] == provider, "{screen}{printed}");
        assert_eq!(document["access_key_id"]["value"].as_str(), id, "{printed}");
        assert_eq!(document["access_key_id"]["origin"].is_object(), id.is_some(), "{printed}");
        assert!(id.is_none_or(|id| screen.contains(id)), "{screen}");
        let asked = rows[1][1].split_once(", which would ask ").map(|(_, what)| what);
        assert_eq!(document["pending"]["what"].as_str(), asked, "{printed}");
    }
}

#[test]
fn a_role_is_told_with_whom_it_would_ask_and_nobody_is_asked() {
    let sandbox = offline()
        .credentials("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n")
        .config(
            "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/team/Ops\nsource_profile = default\n\
             region = eu-west-1\n",
        )
        // Whoever asks fails.
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    let screen = sandbox.run(&["status", "ops"]).success();
    let rows = rows(&screen);
    assert_eq!(rows[0], ["profile", "ops", "--profile"]);
    assert!(rows[1][1].starts_with("assume-role, which would ask STS for the role "), "{screen}");
    assert_eq!(rows[2], ["account", "123456789012", "~/.aws/config:2"]);
    assert_eq!(rows[3..], [vec!["role", "Ops"], vec!["region", "eu-west-1", "~/.aws/config:4"]]);
    let document = json_of(&sandbox.run(&["status", "ops", "--format", "json"]).success());
    assert_eq!(document["schema"], 1);
    assert_eq!((&document["provider"], &document["state"]), (&"assume-role".into(), &"would-ask".into()));
    assert_eq!(document["account"]["value"], "123456789012");
    let path = sandbox.path(".aws/config");
    assert_eq!(document["account"]["origin"]["path"].as_str(), path.to_str(), "JSON has whole paths");
    assert_eq!((&document["region"]["value"], &document["error"]), (&"eu-west-1".into(), &Value::Null));
}

#[test]
fn a_role_whose_source_has_expired_is_told_as_expired() {
    let source = |end: &str| {
        offline()
            .config(
                "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/Ops\nsource_profile = inner\n\
                 region = eu-west-1\n\
                 [profile inner]\nrole_arn = arn:aws:iam::123456789012:role/In\nsource_profile = saml\n",
            )
            .credentials(format!(
                "[saml]\naws_access_key_id = ASIASAML\naws_secret_access_key = {CANARY}\n\
                 aws_session_token = {CANARY}\nx_security_token_expires = {end}\n"
            ))
    };
    let expired = source("2020-01-01T00:00:00Z");
    assert_eq!(expired.run(&["status", "ops", "--prompt"]).success(), "ops eu-west-1 (expired)\n");
    let screen = expired.run(&["status", "ops"]).success_with_words().0;
    assert!(screen.contains("expires") && screen.contains("~/.aws/credentials:5"), "{screen}");
    // The role's own end isn't known.
    let lasting = source("2099-01-01T00:00:00Z");
    assert_eq!(lasting.run(&["status", "ops", "--prompt"]).success(), "ops eu-west-1\n");
}

#[test]
fn a_sign_in_is_told_with_its_end() {
    let in_half_a_year = now() + 180 * 24 * 3600 + 3600;
    let end = of_second(in_half_a_year);
    let screen = signed_in(&end).run(&["status"]).success();
    assert!(screen.contains(&format!("session `corp`: until {end} (in 180 d)")), "{screen}");
    assert!(screen.contains(&format!("~/{TOKEN}")), "{screen}");
    assert_eq!(signed_in(&end).run(&["status", "--prompt"]).success(), "dev eu-central-1\n");

    let expired = signed_in("2020-01-01T00:00:00Z");
    let (screen, words) = expired.run(&["status"]).code(253);
    assert!(screen.contains("session `corp`: expired on 2020-01-01"), "{screen}");
    assert!(words.contains("help: ") && words.contains("`xcred login --sso-session corp`"), "{words}");
    assert_eq!(expired.run(&["status", "--prompt"]).success(), "dev eu-central-1 (not signed in)\n");

    let missing = offline().config(SSO).env("AWS_PROFILE", "dev");
    let (screen, words) = missing.run(&["status"]).code(253);
    assert!(screen.contains("session `corp`: not signed in"), "{screen}");
    let error = "error: not signed in: session `corp`\nhelp: sign in: `xcred login --sso-session corp`\n";
    assert_eq!(words, error);
    assert_eq!(missing.run(&["status", "--prompt"]).success(), "dev eu-central-1 (not signed in)\n");
}

#[test]
fn a_console_sign_in_is_shown_as_the_sdk_of_the_settings_uses_it() {
    let arn = "arn:aws:iam::123456789012:user/me";
    let file = format!(".aws/login/cache/{}.json", hex(&Sha256::digest(arn)));
    let key = SecretKey::from_slice(&[7; 32]).expect("a key").to_sec1_pem(LineEnding::LF).expect("PEM");
    let cached = |ends: &str| {
        let keys = json!({
            "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "secretAccessKey": CANARY, "sessionToken": CANARY,
            "accountId": "123456789012", "expiresAt": ends,
        });
        json!({"accessToken": keys, "clientId": "c", "dpopKey": *key, "refreshToken": CANARY}).to_string()
    };
    let config = format!("[profile con]\nregion = us-east-2\nlogin_session = {arn}\n");
    let no_region = "AWS Sign-In needs a region, and none is set";
    for (ends, sdk, state, reason) in [
        ("2099-01-01T00:00:00+00:00", "aws-cli", "valid", None),
        (
            "2099-01-01T00:00:00+00:00",
            "rust",
            "unusable",
            Some("the cached sign-in's expiresAt has a form that the SDK for Rust doesn't read"),
        ),
        (&of_second(now() + 120), "aws-cli", "valid", None),
        // It isn't given the profile.
        (&of_second(now() + 120), "java", "unusable", Some(no_region)),
        (&of_second(now() - 120), "go", "expired", None),
        (&of_second(now() - 120), "java", "expired", Some(no_region)),
    ] {
        let sandbox = offline().config(&config).file(&file, cached(ends));
        sandbox.run(&["config", "set", "sdk", sdk]).success();
        let seen = |arguments: &[&str]| -> Value {
            let (code, document, words) = sandbox.run(arguments).ended();
            let found = json_of(&document)["sign_ins"][0].take();
            assert_eq!(found["reason"], json!(reason), "{sdk} {ends}: {found} {words}");
            assert_eq!(code == Some(0), !is_failure(state, reason), "{sdk} {ends}: {words}");
            found
        };
        let status = seen(&["status", "con", "--format", "json"]);
        assert_eq!(status["state"], state, "{sdk} {ends}");
        assert_eq!(status["refreshable"], reason.is_none(), "{sdk} {ends}");
        let login = seen(&["login", "--status", "-p", "con", "--format", "json"]);
        // Both say it in the same words.
        let shared = ["kind", "name", "state", "reason", "expiration", "refreshable", "origin"];
        let of = |document: &Value| shared.map(|name| document.get(name).cloned().expect("a member"));
        assert_eq!(of(&login), of(&status), "{sdk} {ends}");
        sandbox.run(&["config", "unset", "sdk"]).success();
        let asked = seen(&["status", "con", "--sdk", sdk, "--format", "json"]);
        assert_eq!(asked, status, "{sdk} {ends}");
        sandbox.run(&["config", "set", "sdk", sdk]).success();
        for arguments in [&["status", "con"][..], &["login", "--status"]] {
            let screen = unwrapped(&sandbox.run(arguments).ended().1);
            assert!(reason.is_none_or(|reason| screen.contains(reason)), "{screen}");
        }
    }
}

/// Whether a sign-in in this state gives no credentials.
fn is_failure(state: &str, reason: Option<&str>) -> bool {
    state == "unusable" || state == "expired" && reason.is_some()
}

#[test]
fn a_console_sign_in_whose_credentials_are_due_would_be_refreshed() {
    let arn = "arn:aws:iam::123456789012:user/me";
    let file = format!(".aws/login/cache/{}.json", hex(&Sha256::digest(arn)));
    let key = SecretKey::from_slice(&[7; 32]).expect("a key").to_sec1_pem(LineEnding::LF).expect("PEM");
    let cached = |refresh_token: &str| {
        json!({
            "accessToken": {
                "accessKeyId": "ASIAIOSFODNN7EXAMPLE", "secretAccessKey": CANARY, "sessionToken": CANARY,
                "accountId": "123456789012", "expiresAt": of_second(now() - 120),
            },
            "tokenType": "aws_sigv4", "clientId": "c", "dpopKey": *key, "refreshToken": refresh_token,
        })
    };
    let config = format!(
        "[profile con]\nregion = us-east-2\nlogin_session = {arn}\n\
         [profile ops]\nregion = us-east-2\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = con\n"
    );
    let sandbox = offline().config(config).file(&file, cached(CANARY).to_string());
    let screen = sandbox.run(&["status", "con"]).success();
    assert!(screen.contains("login, which would ask AWS Sign-In"), "{screen}");
    assert!(screen.contains("it is refreshed when it is used"), "{screen}");
    for (profile, prompt) in [("con", "con us-east-2\n"), ("ops", "ops us-east-2\n")] {
        assert_eq!(sandbox.run(&["status", "--prompt", "-p", profile]).success(), prompt);
    }
    let document = |arguments: &[&str]| -> Value { json_of(&sandbox.run(arguments).success()) };
    let status = document(&["status", "con", "--format", "json"]);
    assert_eq!((&status["provider"], &status["state"]), (&json!("login"), &json!("would-ask")));
    assert_eq!((&status["error"], &status["sign_ins"][0]["refreshable"]), (&Value::Null, &json!(true)));
    for sdk in ["aws-cli", "boto3", "rust", "js"] {
        let resolved = document(&["resolve", "--offline", "--format", "json", "--sdk", sdk, "con"]);
        assert_eq!(resolved["pending"], json!({"provider": "login", "what": "AWS Sign-In"}), "{sdk}");
        let role = document(&["resolve", "--offline", "--format", "json", "--sdk", sdk, "ops"]);
        assert_eq!(role["pending"]["provider"], "assume-role", "{sdk}");
    }
    // Nothing can refresh it.
    sandbox.put(&file, cached("").to_string());
    let (screen, words) = sandbox.run(&["status", "con"]).code(253);
    assert!(
        screen.contains("no credentials") && words.contains("xcred login --profile con"),
        "{screen}{words}"
    );
    assert_eq!(
        sandbox.run(&["status", "--prompt", "-p", "con"]).success(),
        "con us-east-2 (not signed in)\n"
    );
}

#[test]
fn where_no_sign_in_is_configured_no_table_is_empty() {
    let (_, screen, words) = offline().run(&["status", "--all"]).ended();
    assert!(!screen.contains("SIGN-IN") && words.contains("No sign-in is configured."), "{screen}{words}");
}

#[test]
fn all_sign_ins_are_listed_each_once() {
    let console = "\n[profile c1]\nlogin_session = arn:aws:iam::123456789012:user/me\n[profile c2]\nlogin_session = arn:aws:iam::123456789012:user/me\n";
    let legacy = "[profile l1]\nsso_start_url = https://l.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = R\n[profile l2]\nsso_start_url = https://l.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789013\nsso_role_name = R\n";
    let sandbox = offline().config(format!("{SSO}{console}{legacy}"));
    let (_, screen, _) = sandbox.run(&["status", "--all"]).ended();
    let (_, table) = screen.split_once("\n\n").expect("a table of its own");
    assert_eq!(
        rows(table),
        [
            vec!["SIGN-IN", "STATE", "WHERE"],
            vec!["session `corp`", "not signed in", "-"],
            vec!["`arn:aws:iam::123456789012:user/me`", "not signed in", "-"],
            vec!["https://l.awsapps.com/start", "not signed in", "-"],
        ]
    );
    let (_, printed, _) = sandbox.run(&["status", "--all", "--format", "json"]).ended();
    let document = json_of(&printed);
    let kinds: Vec<&str> = document["sign_ins"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|sign_in| sign_in["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["sso-session", "console", "sso"]);
}

#[test]
fn the_identity_of_a_shell_is_the_one_that_was_loaded_into_it() {
    let sandbox = offline()
        .config("[default]\nregion = eu-west-1\n")
        .env("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("AWS_SESSION_TOKEN", CANARY);
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "environment eu-west-1\n");
    let end = of_second(now() + 42 * 60 + 30);
    let sandbox = sandbox.env("XCRED_PROFILE", "ops").env("AWS_CREDENTIAL_EXPIRATION", &end);
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "ops eu-west-1 42min\n");
    let screen = sandbox.run(&["status"]).success();
    assert_eq!(rows(&screen)[0], ["profile", "ops", "XCRED_PROFILE"]);
    assert!(screen.contains(&format!("{end} (in 42 min)  AWS_CREDENTIAL_EXPIRATION")), "{screen}");
    let sandbox = sandbox.env("AWS_CREDENTIAL_EXPIRATION", "2026-01-01T00:00:00Z");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "ops eu-west-1 (expired)\n");
    let (screen, words) = sandbox.run(&["status"]).code(253);
    assert_eq!(rows(&screen)[0], ["profile", "ops", "XCRED_PROFILE"]);
    assert!(words.contains("load new ones: `xcred use ops`"), "{words}");
    let (found, _) = sandbox.run(&["doctor"]).code(1);
    assert!(found.contains("error: AWS_CREDENTIAL_EXPIRATION has passed"), "{found}");
    let sandbox = sandbox.env("AWS_PROFILE", "default");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "ops eu-west-1 (expired)\n");
}

#[test]
fn a_prompt_never_fails_and_says_nothing_where_nothing_is_set_up() {
    assert_eq!(offline().run(&["status", "--prompt"]).success(), "");
    assert_eq!(
        offline().env("AWS_PROFILE", "nope").run(&["status", "--prompt"]).success(),
        "nope (no credentials)\n"
    );
    assert_eq!(offline().config("[default\n").run(&["status", "--prompt"]).success(), "");
    let hostile = offline().config("[profile a\u{1b}[2J]\nregion = x\n").env("AWS_PROFILE", "a\u{1b}[2J");
    let line = hostile.run(&["status", "--prompt"]).success();
    assert!(!line.contains('\u{1b}') && line.lines().count() == 1, "{line:?}");
}

#[test]
fn without_credentials_the_error_says_what_to_do() {
    let (screen, words) = offline().run(&["status"]).code(253);
    assert_eq!(
        rows(&screen),
        [
            vec!["profile", "default", "neither --profile nor AWS_PROFILE is set"],
            vec!["provider", "no credentials"],
            vec!["region", "not set"]
        ]
    );
    assert_eq!(words, "error: no credentials found\nhelp: set them up: `xcred configure`\n");
    let words = offline().run(&["status", "nope"]).code(253).1;
    assert!(words.contains("profile `nope` not found"), "{words}");
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn of_second(second: i64) -> String {
    jiff::Timestamp::from_second(second).expect("a time").to_string()
}

#[test]
fn a_role_whose_source_is_the_instance_is_a_role() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let sandbox = Sandbox::new().config(format!(
        "[default]\n{role}credential_source = Ec2InstanceMetadata\n[profile q]\n{role}source_profile = default\n"
    ))
    .env("AWS_EC2_METADATA_DISABLED", "false");
    for profile in ["default", "q"] {
        let screen = sandbox.run(&["status", profile]).success();
        assert!(
            rows(&screen)
                .iter()
                .any(|row| row[..2] == ["provider", "iam-role, which would ask http://169.254.169.254/"]),
            "{screen}"
        );
    }
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "default\n");
}

#[test]
fn what_a_half_profile_was_meant_for_is_offered() {
    let half = SSO.split("sso_account_id").next().unwrap_or_default();
    let (screen, words) = Sandbox::new()
        .config(half)
        .env("AWS_EC2_METADATA_DISABLED", "false")
        .run(&["status", "dev"])
        .success_with_words();
    assert!(screen.contains("none, unless this is an EC2 instance"), "{screen}");
    assert!(
        words.contains("help: choose an account and a role: `xcred configure sso --profile dev`"),
        "{words}"
    );
    assert!(!words.contains("access key"), "{words}");
}
