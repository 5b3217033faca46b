//! `login` with a device code, which is entered in any browser, and when that is chosen.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;
use sha1::{Digest, Sha1};

use crate::browser::{CONFIG, Running, TOKEN, cached, hex, opened, signed_in, with_browser};
use crate::harness::Sandbox;
use crate::services::IdentityCenter;
use crate::terminal::Terminal;

const LOGIN: [&str; 3] = ["login", "-p", "dev"];
const DEVICE: [&str; 4] = ["login", "-p", "dev", "--use-device-code"];

/// A service that answers the polls like this.
fn answering(polls: &[&'static str]) -> IdentityCenter {
    let service = IdentityCenter::start();
    service.state(|state| state.polls = polls.to_vec());
    service
}

fn home(service: &IdentityCenter) -> Sandbox {
    with_browser(service.home().config(CONFIG))
}

#[test]
fn a_code_is_polled_for_no_faster_than_the_service_wants() {
    let service = answering(&["authorization_pending", "server_error", "ok"]);
    let home = home(&service);
    let ended = Running::start(&home, &[&DEVICE[..], &["-v"]].concat()).end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    for says in [
        "ABCD-EFGH",
        "Only enter this code if you started",
        "\nhttps://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH\n",
    ] {
        assert!(ended.stderr.contains(says), "{}", ended.stderr);
    }
    assert_eq!(opened(&home), "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH");
    let (start, polled) = service.state(|state| (state.authorized.unwrap(), state.polled.clone()));
    assert_eq!(polled.len(), 3);
    for pair in [&[start], &polled[..]].concat().windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(990), "{polled:?}");
    }
    assert_eq!(cached(&home, TOKEN)["clientId"], json!("client-1"));
    assert!(service.state(|state| state.clients["client-1"].get("scopes").is_none()));
}

#[test]
fn a_service_that_is_asked_too_often_is_asked_less_often_for_good() {
    let service = answering(&["slow_down", "authorization_pending", "ok"]);
    let home = home(&service);
    let ended = Running::start(&home, &DEVICE).end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let polled = service.state(|state| state.polled.clone());
    assert_eq!(polled.len(), 3);
    for pair in polled.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_millis(5990), "{polled:?}");
    }
}

#[test]
fn a_service_that_answers_with_errors_to_the_end_is_named() {
    let service = answering(&["server_error"; 20]);
    let home = home(&service);
    let ended = Running::start(&home, &[&DEVICE[..], &["--timeout", "3"]].concat()).end();
    assert_eq!(ended.code, Some(255), "{}", ended.stderr);
    assert!(ended.stderr.contains("error: IAM Identity Center"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("not completed within"), "{}", ended.stderr);
    // One that only waits is not.
    let service = answering(&[
        "server_error",
        "authorization_pending",
        "authorization_pending",
        "authorization_pending",
    ]);
    let home = self::home(&service);
    let ended = Running::start(&home, &[&DEVICE[..], &["--timeout", "3"]].concat()).end();
    assert!(ended.stderr.contains("not completed within 3 s"), "{}", ended.stderr);
}

#[test]
fn a_refusal_ends_it_and_nothing_is_asked_afterwards() {
    for (answer, says) in [("access_denied", "declined"), ("expired_token", "has expired")] {
        let service = answering(&["authorization_pending", answer]);
        let home = home(&service);
        let ended = Running::start(&home, &DEVICE).end();
        assert_eq!(ended.code, Some(254), "{}", ended.stderr);
        assert!(ended.stderr.contains(says), "{}", ended.stderr);
        assert_eq!(service.state(|state| state.polled.len()), 2);
        assert!(!home.path(TOKEN).exists());
    }
}

#[test]
fn a_code_that_expires_and_a_user_who_does_not_come_end_it() {
    for (expires, arguments, code, says) in
        [(3, &["--timeout", "600"], 254, "has expired"), (600, &["--timeout", "2"], 255, "within 2 s")]
    {
        let service = answering(&["authorization_pending"]);
        service.state(|state| state.device = json!({"expiresIn": expires, "interval": 1}));
        let home = home(&service);
        let start = Instant::now();
        let ended = Running::start(&home, &[&DEVICE[..], arguments].concat()).end();
        assert_eq!(ended.code, Some(code), "{}", ended.stderr);
        assert!(ended.stderr.contains(says), "{}", ended.stderr);
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    }
}

#[test]
fn ctrl_c_ends_the_wait_at_once() {
    let service = answering(&["authorization_pending"]);
    service.state(|state| state.device = json!({"expiresIn": 600, "interval": 60}));
    let home = home(&service);
    let running = Running::start(&home, &DEVICE);
    running.see("opened with");
    running.interrupt();
    assert!(!home.path(TOKEN).exists());
    let mut terminal = Terminal::run(&home, &DEVICE);
    terminal.see("ABCD-EFGH").see("waiting for");
    terminal.keys("\u{3}").see("canceled; not signed in");
    terminal.end(130);
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for_beyond_the_limit() {
    let service = answering(&["authorization_pending"]);
    service.state(|state| state.device = json!({"expiresIn": 600, "interval": 1}));
    let home = home(&service);
    let running = Running::start(&home, &[&DEVICE[..], &["--timeout", "3"]].concat());
    running.see("opened with");
    service.state(|state| state.thinking = Duration::from_secs(30));
    let start = Instant::now();
    let ended = running.end();
    assert!(ended.code == Some(255) && ended.stderr.contains("within 3 s"), "{}", ended.stderr);
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn a_profile_without_a_session_uses_a_code_unless_the_setting_says_otherwise() {
    let service = IdentityCenter::start();
    let url = "https://corp.awsapps.com/start/#/";
    let config = format!(
        "[profile old]\nsso_start_url = {url}\nsso_region = us-east-1\nsso_account_id = 111122223333\n\
         sso_role_name = Admin\n"
    );
    let home = with_browser(service.home().config(&config)).revealing();
    let ended = Running::start(&home, &["login", "-p", "old", "-v"]).end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("because the profile has no sso-session"), "{}", ended.stderr);
    assert_eq!(
        service.calls(),
        [
            "RegisterClient",
            "StartDeviceAuthorization",
            "CreateToken urn:ietf:params:oauth:grant-type:device_code"
        ]
    );
    let registered = service.state(|state| state.clients["client-1"].clone());
    assert!(registered.get("scopes").is_none(), "{registered}");
    assert!(registered["clientName"].as_str().unwrap().starts_with("xcred-"), "{registered}");
    let digest = hex(&Sha1::digest(url));
    let file = format!(".aws/sso/cache/{digest}.json");
    assert_eq!(cached(&home, &file)["startUrl"], url);
    home.run(&["credential-process", "-p", "old"]).success();
    home.put(".config/xcred/config.toml", "login.flow = 'browser'\n");
    let ended = signed_in(&service, &home, &["login", "-p", "old"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(service.count("CreateToken authorization_code"), 1);
    home.run(&["credential-process", "-p", "old"]).success();
    // An option comes before the setting.
    home.run(&["login", "-p", "old", "--use-device-code"]).success_with_words();
}

#[test]
fn a_browser_on_another_machine_gets_a_code() {
    let service = IdentityCenter::start();
    let ssh = || service.home().config(CONFIG).env("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    for (home, arguments, why) in [
        (ssh(), &LOGIN[..], "SSH_CONNECTION is set and there is no display"),
        (home(&service), &["login", "-p", "dev", "--remote"], "--remote was given"),
        (
            home(&service).file(".config/xcred/config.toml", "login.flow = 'device'\n"),
            &["login", "-p", "dev", "--no-browser"],
            "the setting login.flow is device",
        ),
    ] {
        let before = service.count("StartDeviceAuthorization");
        let ended = Running::start(&home, &[arguments, &["-v"]].concat()).end();
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert!(ended.stderr.contains(why), "{}", ended.stderr);
        assert_eq!(service.count("StartDeviceAuthorization"), before + 1);
        assert!(!home.path("opened").exists());
    }
    // Who sets BROWSER has one.
    let home = with_browser(ssh());
    assert_eq!(signed_in(&service, &home, &LOGIN).code, Some(0));
    assert_eq!(service.count("CreateToken authorization_code"), 1);
}

/// A service whose answer has these two addresses and an odd code.
fn sending_to(address: &str) -> IdentityCenter {
    let service = IdentityCenter::start();
    service.state(|state| {
        state.device = json!({
            "expiresIn": 600, "interval": 1, "verificationUri": address, "verificationUriComplete": address,
            "userCode": "AB\u{1b}[31mCD",
        });
    });
    service
}

#[test]
fn an_address_that_is_none_of_the_web_is_neither_opened_nor_offered() {
    for address in ["file:///etc/passwd\u{1b}]0;x\u{7}", "javascript:alert(1)", "https://a@b.example/"] {
        for arguments in [&DEVICE[..], &["login", "-p", "dev", "--remote"]] {
            let service = sending_to(address);
            let home = home(&service);
            let ended = Running::start(&home, arguments).end();
            assert_eq!((ended.code, &*ended.stdout), (Some(255), ""), "{}", ended.stderr);
            assert!(ended.stderr.contains("is not the address of a web page"), "{}", ended.stderr);
            assert!(!ended.stderr.contains("Sign in at this address"), "{}", ended.stderr);
            assert!(!ended.stderr.contains(['\u{1b}', '\u{7}']), "{:?}", ended.stderr);
            assert!(!home.path("opened").exists() && !home.path(TOKEN).exists());
        }
    }
}

#[test]
fn an_address_without_encryption_is_shown_and_not_opened() {
    let service = sending_to("http://example.com/");
    let home = home(&service);
    let ended = Running::start(&home, &DEVICE).end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("It was not opened"), "{}", ended.stderr);
    assert!(!ended.stderr.contains(['\u{1b}', '\u{7}']), "{:?}", ended.stderr);
    assert!(!home.path("opened").exists());
}

#[test]
fn without_an_interval_or_a_complete_address_the_code_is_entered_by_hand() {
    let service = IdentityCenter::start();
    service.state(|state| {
        state.device = json!({"expiresIn": 600, "interval": null, "verificationUriComplete": null});
    });
    let home = home(&service);
    let ended = Running::start(&home, &DEVICE).end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(opened(&home), "https://device.sso.us-east-1.amazonaws.com/");
    let (start, polled) = service.state(|state| (state.authorized.unwrap(), state.polled.clone()));
    assert!(polled[0] - start >= Duration::from_millis(4990));
    fs::metadata(home.path(TOKEN)).unwrap();
}

#[test]
fn a_cached_token_whose_end_is_no_date_is_an_error_with_the_command_that_heals_it() {
    let service = IdentityCenter::start();
    let mut token = service.cached_token(3600);
    token["expiresAt"] = json!("soon");
    let home = home(&service).file(TOKEN, token.to_string());
    let words = home.run(&["credential-process", "-p", "dev"]).failure(255);
    assert!(words.contains("expiresAt is not a date"), "{words}");
    assert!(words.contains("help: sign in: `xcred login --sso-session corp`"), "{words}");
    assert_eq!(Running::start(&home, &DEVICE).end().code, Some(0));
    assert_ne!(cached(&home, TOKEN)["expiresAt"], json!("soon"));
}
