//! What `resolve --sdk all` says of an SDK is what `resolve --sdk` says of it alone: no answer of one SDK, and no setting
//! that only one refuses, becomes another one's.

use std::fmt::Write as _;

use jiff::SignedDuration;
use serde_json::Value;

use crate::disk::set_mode;
use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, granted};
use crate::random::Random;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SDKS: [&str; 7] = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"];
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role";
const START: &str = "https://acme.awsapps.com/start";
/// The cache files of the session `s` and of the start URL.
const TOKENS: [&str; 2] =
    ["a0f1490a20d0211c997b44bc357e1972deab8ae3", "40169cea58ca6cbf23fb27b2542923fb5f524af0"];

/// The access key ID of a role that is assumed in a region.
fn issued(region: &str, role: &str) -> String {
    format!("ASIA{:A<16}", region.to_owned() + role)
}

/// STS and IAM Identity Center.
fn aws() -> Loopback {
    Loopback::start(|request| {
        if request.line.contains("/federation/credentials") {
            let keys = format!(
                r#""accessKeyId":"ASIASSOAAAAAAAAAAAAA","secretAccessKey":"{CANARY}","sessionToken":"{CANARY}-t""#
            );
            return Some((200, format!(r#"{{"roleCredentials":{{{keys},"expiration":4102444800000}}}}"#)));
        }
        // The region of the signature is a part of the answer.
        let signed = request.headers.iter().find_map(|line| line.split_once("/sts/aws4")?.0.rsplit_once('/'));
        let region = signed.map(|(_, region)| region.to_uppercase().replace('-', "")).unwrap_or_default();
        let answer = granted(&request.body, SignedDuration::from_hours(1));
        let (before, id) = answer.split_once("<AccessKeyId>ASIA")?;
        let (role, behind) = id.split_once('<')?;
        Some((200, format!("{before}<AccessKeyId>{}<{behind}", issued(&region, role))))
    })
}

fn section(random: &mut Random, header: &str, token: &str) -> String {
    let keys = format!("aws_access_key_id = {ID}\naws_secret_access_key = {CANARY}");
    let other = format!("aws_access_key_id = {ID}\naws_secret_access_key = {CANARY}-2");
    let web = format!("web_identity_token_file = {token}");
    let portal = format!("sso_start_url = {START}\nsso_region = us-east-1");
    let mut text = format!("{header}\n");
    for (percent, line) in [
        (35, "region = eu-west-1"),
        (15, &keys),
        (15, &other),
        (30, &format!("{ROLE}/TOP")),
        (30, "source_profile = a"),
        (20, "source_profile = b"),
        (10, "credential_source = Environment"),
        (15, &web),
        (15, &portal),
        (20, "sso_account_id = 111122223333\nsso_role_name = RO"),
        (10, "sso_session = s"),
        (8, "max_attempts = 0"),
        (8, "retry_mode = adaptive"),
        (10, "role_session_name = named"),
        (10, "duration_seconds = 1800"),
    ] {
        if random.chance(percent) {
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

fn world(seed: u64, url: &str) -> Sandbox {
    let random = &mut Random::new(seed);
    let mut sandbox = Sandbox::new().revealing().env("AWS_EC2_METADATA_DISABLED", "true");
    for service in ["STS", "SSO", "SSO_OIDC"] {
        sandbox = sandbox.env(&format!("AWS_ENDPOINT_URL_{service}"), url);
    }
    let token = sandbox.path("jwt").display().to_string();
    sandbox.put("jwt", format!("{CANARY}-jwt"));
    for name in TOKENS {
        let token = format!(
            r#"{{"startUrl":"{START}","region":"us-east-1","accessToken":"{CANARY}","expiresAt":"2099-01-01T00:00:00Z"}}"#
        );
        sandbox.put(&format!(".aws/sso/cache/{name}.json"), token);
    }
    for (percent, name, value) in [
        (20, "AWS_ACCESS_KEY_ID", ID),
        (20, "AWS_SECRET_ACCESS_KEY", CANARY),
        (30, "AWS_PROFILE", "a"),
        (10, "AWS_REGION", "us-west-2"),
        (10, "AWS_REGION", " "),
        (10, "AWS_DEFAULT_REGION", "eu-west-1"),
        (15, "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/WEB"),
        (10, "AWS_MAX_ATTEMPTS", "0"),
        (10, "AWS_RETRY_MODE", "legacy"),
    ] {
        if random.chance(percent) {
            sandbox = sandbox.env(name, value);
            if name == "AWS_ROLE_ARN" {
                sandbox = sandbox.env("AWS_WEB_IDENTITY_TOKEN_FILE", &token);
            }
        }
    }
    let headers = ["[default]", "[profile a]", "[profile b]"];
    let config: String = headers.iter().map(|header| section(random, header, &token)).collect();
    let session = format!("[sso-session s]\nsso_start_url = {START}\nsso_region = us-east-1\n");
    sandbox.config(config + &session)
}

/// The credentials, or the code of the error.
fn essence(answer: &Value) -> String {
    let (found, error) = (&answer["credentials"], &answer["error"]);
    match found["access_key_id"]["value"].as_str() {
        Some(id) => format!("{} {id} in {}", found["provider"], answer["settings"]["region"]["value"]),
        None => error["code"].to_string(),
    }
}

fn asked(sandbox: &Sandbox, sdk: &str) -> Value {
    let arguments = ["resolve", "--sdk", sdk, "--no-cache", "--reveal", "--format", "json"];
    let (_, stdout, stderr) = sandbox.run(&arguments).ended();
    serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{sdk}: {stderr}"))
}

fn differences(sandbox: &Sandbox) -> String {
    let all = asked(sandbox, "all");
    let mut wrong = String::new();
    for sdk in SDKS {
        let (row, alone) = (essence(&all["answers"][sdk]), essence(&asked(sandbox, sdk)));
        if row != alone {
            let _ = writeln!(wrong, "{sdk}: {row} with all, {alone} alone");
        }
    }
    wrong
}

#[test]
fn each_row_of_all_sdks_is_the_answer_of_the_sdk_alone() {
    let aws = aws();
    let mut wrong = String::new();
    for seed in 0..40 {
        let differences = differences(&world(seed, &aws.url));
        if !differences.is_empty() {
            let _ = writeln!(wrong, "world {seed}\n{differences}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_setting_that_one_sdk_refuses_is_no_answer_to_the_others() {
    let aws = aws();
    let source = format!("[profile x]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\n");
    let role = format!("[default]\n{ROLE}/TOP\nsource_profile = x\n");
    for (config, sdk) in [
        // boto3 has no region for STS; Rust takes that of the source.
        (format!("{role}{source}region = us-west-1\n"), "rust"),
        (format!("{role}region = us-west-1\nmax_attempts = 0\n{source}"), "java"),
    ] {
        let sandbox = Sandbox::new().revealing().env("AWS_ENDPOINT_URL_STS", &aws.url).config(config);
        let sandbox = sandbox.env("AWS_EC2_METADATA_DISABLED", "true");
        assert_eq!(differences(&sandbox), "");
        let all = asked(&sandbox, "all");
        let id = &all["answers"][sdk]["credentials"]["access_key_id"]["value"];
        assert_eq!(*id, issued("USWEST1", "TOP"), "{all:#}");
        assert!(all["answers"]["boto3"]["error"]["code"].is_string(), "{all:#}");
    }
}

/// A shell starts what the system doesn't: its own commands, and scripts that don't say what runs them.
#[test]
fn a_program_that_only_a_shell_starts_is_started_by_the_sdks_with_a_shell() {
    let keys = format!(r#"{{"Version":1,"AccessKeyId":"{ID}","SecretAccessKey":"{CANARY}"}}"#);
    let sandbox = Sandbox::new().revealing().file("keys", &keys).env("AWS_EC2_METADATA_DISABLED", "true");
    let script = sandbox.path("script");
    sandbox.put("script", format!("echo '{keys}'\n"));
    set_mode(&script, 0o700);
    let folder = sandbox.path("");
    let (folder, script) = (folder.display(), script.display());
    for command in [format!("exec cat {folder}/keys"), script.to_string(), format!("{folder}/none")] {
        sandbox
            .put(".aws/config", format!("[default]\nregion = us-east-1\ncredential_process = {command}\n"));
        assert_eq!(differences(&sandbox), "", "{command}");
        let all = asked(&sandbox, "all");
        assert!(all["answers"]["boto3"]["error"]["code"].is_string(), "{command}: {all:#}");
        let id = &all["answers"]["js"]["credentials"]["access_key_id"]["value"];
        assert_eq!(id == ID, !command.ends_with("none"), "{command}: {all:#}");
    }
}

/// A cached role needs no credentials of its source: neither a plan nor a run asks the portal for them.
#[test]
fn a_cached_role_is_used_without_the_portal_of_its_source() {
    let aws = aws();
    let role = |name: &str, source: &str| {
        format!("[profile {name}]\nregion = us-east-1\n{ROLE}/TOP\nsource_profile = {source}\n")
    };
    let config = role("outer", "inner").replace("TOP", "OUTER")
        + &role("inner", "sso")
        + "[profile sso]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = Adm\n"
        + &format!("[sso-session s]\nsso_start_url = {START}\nsso_region = us-east-1\n");
    for sdk in SDKS {
        let sandbox = Sandbox::new().revealing().env("AWS_EC2_METADATA_DISABLED", "true").config(&config);
        let sandbox = sandbox.env("AWS_ENDPOINT_URL_STS", &aws.url).env("AWS_ENDPOINT_URL_SSO", &aws.url);
        let token = format!(r#"{{"accessToken":"{CANARY}","expiresAt":"2099-01-01T00:00:00Z"}}"#);
        let sandbox = sandbox.file(&format!(".aws/sso/cache/{}.json", TOKENS[0]), token);
        for profile in ["inner", "outer"] {
            let asked = |more: &[&str]| {
                let arguments = ["resolve", "-p", profile, "--sdk", sdk, "--reveal", "--format", "json"];
                let (_, stdout, _) = sandbox.run(&[&arguments[..], more].concat()).ended();
                let answer: Value = serde_json::from_str(&stdout).expect("JSON");
                (essence(&answer), aws.count())
            };
            let first = asked(&[]);
            assert!(first.0.contains("ASIA"), "{sdk} {profile}: {first:?}");
            assert_eq!(asked(&["--offline"]), first, "{sdk} {profile}");
            let again = asked(&[]);
            // The plan of Go's chain of two roles doesn't show that nothing needs its source, which is asked once more.
            let more = usize::from((sdk, profile) == ("go", "outer"));
            assert_eq!(again, (first.0, first.1 + more), "{sdk} {profile}");
        }
    }
}
