//! Secrets in other text.

use super::*;
use crate::random::Random;
use crate::secret::MASK;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn random_secret(random: &mut Random) -> String {
    (0..LENGTH).map(|_| char::from(BASE64[random.below(64)])).collect()
}

#[track_caller]
fn shown(text: &str) -> String {
    without_secrets(text, Care::Usual).into_owned()
}

#[test]
fn ordinary_text_is_not_masked() {
    for text in [
        "role_arn = arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        "role_arn = arn:aws:iam::123456789012:role/service-role/MyVeryLongRoleNameForTheApplication",
        "sso_role_name = AWSReservedSSO_AdministratorAccess_0123456789abcdef",
        "source_profile = WebIdentityTokenFileForKubernetesServiceAccount",
        "web_identity_token_file = /var/run/secrets/eks.amazonaws.com/serviceaccount/token",
        "ca_bundle = /home/me/projects/infrastructure/certificates/internal/ca-bundle-2024-01-05.pem",
        "credential_process = /opt/homebrew/Cellar/aws-vault/7.2.0/bin/aws-vault exec dev --json --profile=production-administrator-access",
        "credential_process = /Users/someone/Library/ApplicationSupport/corp/bin/credentials",
        "sso_start_url = https://d-1234567890.awsapps.com/start/#/?tab=accounts",
        "endpoint_url = https://vpce-0a1b2c3d4e5f67890-abcdefgh.sts.eu-west-1.vpce.amazonaws.com",
        "aws_access_key_id = AKIAIOSFODNN7EXAMPLE",
        "role_session_name = mycompany-production-eu-west-1-terraform-state-bucket",
        "# ------------------------------------------------------------",
        "# ============================================================",
        "# see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
    ] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn a_secret_is_masked_wherever_it_is() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let percent = secret.replace('/', "%2F");
    let twice = secret.replace('/', "%252f");
    let json = secret.replace('/', "\\/");
    let unicode = secret.replace('/', "\\u002f");
    for secret in [secret, &percent, &twice, &json, &unicode] {
        for text in [
            secret.to_owned(),
            format!(" = {secret}"),
            format!("#{secret}"),
            format!("program --secret={secret} --other"),
            format!("https://user:{secret}@host/path?key={secret}&x=1"),
            format!("{{\"SecretAccessKey\":\"{secret}\"}}"),
            format!("xx{secret}yy"),
            format!("/path/{secret}/é{secret}é"),
            format!("%4{secret}"),
            format!("%2{secret}\\u00{secret}"),
        ] {
            let shown = shown(&text);
            assert!(!shown.contains(&secret[..12]) && shown.contains(MASK), "{text}: {shown}");
        }
    }
}

#[test]
fn random_secrets_are_recognized_in_any_text() {
    const AROUND: &[&str] = &[
        "",
        " ",
        "region",
        "/home/me/",
        "arn:aws:iam::",
        "%2",
        "%25",
        "%",
        "\\u00",
        "\\",
        "a",
        "0",
        "=",
        "-",
        "_",
        "é",
        "password:",
        "\"",
        "service",
        "Role",
        "aaaaaaaaaaaaaaaaaaaa",
        "0000000000",
        "eu-west-1",
    ];
    for seed in 0..20_000 {
        let mut random = Random::new(seed);
        let secret = random_secret(&mut random);
        let (before, after) = (AROUND[random.below(AROUND.len())], AROUND[random.below(AROUND.len())]);
        let text = format!("{before}{secret}{after}");
        assert!(!shown(&text).contains(&secret), "seed {seed}: {text}");
    }
}

#[test]
fn a_token_is_masked_completely() {
    let mut random = Random::new(7);
    let token: String = (0..30).map(|_| random_secret(&mut random)).collect();
    assert_eq!(shown(&format!("x: {token}==.")), format!("x: {MASK}."));
}

#[test]
fn hexadecimal_digits_are_masked_as_a_whole_or_not_at_all() {
    let mut random = Random::new(11);
    let mut masked = 0;
    for _ in 0..500 {
        let secret = random_secret(&mut random);
        let digits = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let shown = shown(&format!("x: {digits}."));
        masked += usize::from(shown == format!("x: {MASK}."));
        assert!(shown == format!("x: {MASK}.") || shown == format!("x: {digits}."), "{shown}");
    }
    assert!(masked > 0);
}

#[test]
fn the_value_of_an_unknown_key_may_be_shorter() {
    let careful = |text| without_secrets(text, Care::Great).into_owned();
    assert_eq!(careful("# c4n4ry/DoNotShow+Me"), format!("# {MASK}"));
    for text in ["# AKIAIOSFODNN7EXAMPLE", "# 123e4567-e89b-12d3-a456-426614174000", "# production-eu-west-1"]
    {
        assert_eq!(careful(text), text);
    }
}

#[test]
fn two_megabytes_are_searched_quickly() {
    let text = "a1".repeat(1 << 20);
    assert!(without_secrets(&text, Care::Usual).len() < 100);
}
