//! Sign-ins: their credentials come from nobody who could narrow them, so only one more role can.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::sts::Sts;
use super::{COMMANDS, with};
use crate::browser::{CONFIG, TOKEN, hex};
use crate::harness::{CANARY, Sandbox};
use crate::services::{Console, IdentityCenter, PRINCIPAL};

const SDKS: [&str; 7] = ["aws-cli", "boto3", "rust", "js", "go", "java", "ruby"];

/// A console sign-in that lasts an hour, with keys that the fake STS knows.
fn console(service: &Console) -> Sandbox {
    let mut token = service.cached_token(3600, "no key is needed before the refresh");
    token["accessToken"]["secretAccessKey"] = json!(format!("{CANARY}-of-OLD"));
    token["accessToken"]["sessionToken"] = json!(format!("{CANARY}-token-of-OLD"));
    let file = format!(".aws/login/cache/{}.json", hex(&Sha256::digest(PRINCIPAL)));
    let config = format!("[profile con]\nregion = eu-west-1\nlogin_session = {PRINCIPAL}\n");
    service.home().config(config).file(&file, token.to_string())
}

#[test]
fn credentials_of_a_sign_in_are_refused_by_every_command_and_every_sdk() {
    let (center, service) = (IdentityCenter::start(), Console::start());
    let signed_in = center.home().config(CONFIG).file(TOKEN, center.cached_token(3600).to_string());
    for (provider, profile, home) in [("sso", "dev", signed_in), ("login", "con", console(&service))] {
        let home = home.revealing();
        // Without an option they are there.
        assert!(home.run(&["credential-process", "-p", profile]).success().contains("ASIA"), "{provider}");
        for command in COMMANDS {
            let (code, shown, words) = home.run(&with(command, profile, &["--read-only"])).ended();
            assert_eq!(code, Some(253), "{command:?}: {words}");
            assert!(!shown.contains("ASIA"), "{shown}");
            let said = format!("{shown}{words}");
            assert!(said.contains(&format!("the credentials of {provider} (")), "{command:?}: {said}");
        }
        for sdk in SDKS {
            let arguments = ["credential-process", "-p", profile, "--sdk", sdk, "--duration", "1h"];
            let (code, shown, words) = home.run(&arguments).ended();
            assert_eq!((code, shown.as_str()), (Some(253), ""), "{provider} {sdk}: {words}");
        }
    }
}

#[test]
fn one_more_role_narrows_a_sign_in() {
    let (sts, service) = (Sts::start(), Console::start());
    let home = console(&service).env("AWS_ENDPOINT_URL_STS", &sts.server.url).revealing();
    let top = ["--role-arn", "arn:aws:iam::123456789012:role/T", "--read-only"];
    let printed = home.run(&[&["credential-process", "-p", "con"], &top[..]].concat()).success();
    assert!(printed.contains("ASIAT"), "{printed}");
    assert_eq!(sts.only().0, "AssumeRole by ASIAOLD");
}
