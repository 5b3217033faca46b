//! Sign-ins of several users, and answers that make no sense: nobody gets another one's credentials, and nothing is lost.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use serde_json::json;

use crate::browser::{CONFIG, PATIENCE, Running, TOKEN, cached};
use crate::harness::CANARY;
use crate::loopback::Loopback;
use crate::services::IdentityCenter;

const ROLE: &str = "[profile chain]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\n";

#[test]
fn a_sign_in_that_another_program_writes_during_a_refresh_stays() {
    let service = IdentityCenter::start();
    let home = service.home().config(CONFIG).file(TOKEN, service.cached_token(300).to_string());
    service.state(|state| state.thinking = Duration::from_secs(2));
    let refreshing = Running::start(&home, &["exec", "-p", "dev", "--", "true"]);
    let start = Instant::now();
    while service.oidc.count() == 0 {
        assert!(start.elapsed() < PATIENCE, "no refresh");
        thread::sleep(Duration::from_millis(10));
    }
    let mut other = service.cached_token(3600);
    other["accessToken"] = json!(format!("{CANARY}-of-another-user"));
    service.state(|state| state.tokens.insert(format!("{CANARY}-of-another-user")));
    home.put(TOKEN, other.to_string());
    assert_eq!(refreshing.end().code, Some(0));
    assert_eq!(cached(&home, TOKEN), other);
}

#[test]
fn role_credentials_of_another_sign_in_are_not_used() {
    let (service, sts) = (IdentityCenter::start(), Loopback::sts());
    let home = service.home().env("AWS_ENDPOINT_URL_STS", &sts.url).env("AWS_REGION", "eu-west-1");
    let home = home
        .config(format!("{CONFIG}{ROLE}"))
        .file(TOKEN, service.cached_token(3600).to_string())
        .revealing();
    for _ in 0..2 {
        home.run(&["credential-process", "-p", "chain"]).success();
    }
    assert_eq!(sts.count(), 1);
    let mut other = service.cached_token(3600);
    other["accessToken"] = json!("another");
    service.state(|state| state.tokens.insert("another".to_owned()));
    home.put(TOKEN, other.to_string());
    home.run(&["credential-process", "-p", "chain"]).success();
    assert_eq!(sts.count(), 2);
    fs::remove_file(home.path(TOKEN)).expect("the file");
    home.run(&["credential-process", "-p", "chain"]).failure(253);
}

#[test]
fn signing_out_of_everything_goes_on_after_a_file_that_cannot_be_read() {
    let service = IdentityCenter::start();
    let first = "[sso-session aaa]\nsso_start_url = https://a.awsapps.com/start\nsso_region = us-east-1\n";
    let home =
        service.home().config(format!("{first}{CONFIG}")).file(TOKEN, service.cached_token(3600).to_string());
    // SHA-1 of `aaa`.
    let fifo = home.path(".aws/sso/cache/7e240de74fb1ed08fa08d38063f6a6a91462a815.json");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a FIFO");
    let words = home.run(&["logout", "--all"]).failure(253);
    assert!(
        words.contains("Signed out of https://corp.awsapps.com/start") && words.contains("7e240de7"),
        "{words}"
    );
    assert!(!home.path(TOKEN).exists() && fifo.exists());
    assert_eq!(service.calls(), ["POST /logout"]);
}

#[test]
fn a_configured_sign_in_ends_whatever_else_its_file_lacks() {
    let service = IdentityCenter::start();
    let mut token = service.cached_token(3600);
    for member in ["startUrl", "region", "clientId"] {
        token.as_object_mut().expect("members").remove(member);
    }
    let home = service.home().config(CONFIG).file(TOKEN, token.to_string());
    let (_, words) = home.run(&["logout", "-p", "dev"]).success_with_words();
    assert!(words.contains("Signed out of"), "{words}");
    assert!(!home.path(TOKEN).exists());
}

#[test]
fn a_token_that_has_ended_or_is_empty_is_no_sign_in() {
    for lasting in [0, -5, i64::MIN] {
        let service = IdentityCenter::start();
        service.state(|state| state.lasting = lasting);
        let home = service.home().config(CONFIG).env("BROWSER", "");
        let ended = Running::start(&home, &["login", "-p", "dev", "--use-device-code", "--no-browser"]).end();
        assert_eq!(ended.code, Some(255), "{lasting}: {}", ended.stderr);
        assert!(ended.stderr.contains("`expiresIn` is not positive"), "{}", ended.stderr);
        assert!(!home.path(TOKEN).exists());
    }
    let service = IdentityCenter::start();
    service.state(|state| state.next_token = Some(String::new()));
    let token = service.cached_token(300);
    let home = service.home().config(CONFIG).file(TOKEN, token.to_string()).revealing();
    home.run(&["credential-process", "-p", "dev"]).success_with_words();
    // The token is as it was, but the answer has used its refresh token up and has the next one.
    let found = cached(&home, TOKEN);
    assert_ne!(found["refreshToken"], token["refreshToken"]);
    let mut expected = token;
    expected["refreshToken"] = found["refreshToken"].clone();
    assert_eq!(found, expected);
}

#[test]
fn a_password_in_a_start_url_is_not_shown() {
    let service = IdentityCenter::start();
    let config = CONFIG.replace("https://corp", &format!("https://user:{}@corp", CANARY.replace('/', "%2F")));
    let home = service.home().config(config).file(TOKEN, service.cached_token(3600).to_string());
    let (printed, words) = home.run(&["logout", "-p", "dev", "--format", "json"]).success_with_words();
    assert!(!printed.contains("user:") && !words.contains("user:"), "{printed}{words}");
    home.run(&["login", "--status"]).success();
}
