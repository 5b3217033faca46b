//! The refresh of sign-ins: once for any number of processes, and never to the loss of a sign-in that still lasts.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::Duration;

use p256::SecretKey;
use p256::pkcs8::{EncodePrivateKey as _, LineEnding};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::browser::{CONFIG, TOKEN, cached, hex};
use crate::disk::{mode, set_mode};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;
use crate::services::{Console, IdentityCenter, PRINCIPAL};
use crate::strace::Call;

fn with_token(service: &IdentityCenter, token: &Value) -> Sandbox {
    service.home().config(CONFIG).file(TOKEN, token.to_string())
}

/// A sign-in that many processes need at the same time: all of them get credentials.
fn together(home: &Sandbox, processes: usize, profile: &str) -> Vec<String> {
    let start = || {
        let mut command = home.command();
        command.args(["credential-process", "-p", profile]).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    };
    let running: Vec<_> = (0..processes).map(|_| start()).collect();
    running
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            printed["AccessKeyId"].as_str().expect("an ID").to_owned()
        })
        .collect()
}

#[test]
fn a_token_is_refreshed_when_less_than_fifteen_minutes_are_left() {
    let service = IdentityCenter::start();
    let mut token = service.cached_token(5 * 60);
    token["custom"] = json!({"kept": [1]});
    let home = with_token(&service, &token).revealing();
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.calls(), ["CreateToken refresh_token", "GET /federation/credentials"]);
    let now = cached(&home, TOKEN);
    assert_eq!(now["accessToken"], format!("{CANARY}-access-1"));
    assert_eq!(now["refreshToken"], format!("{CANARY}-refresh-1"));
    for kept in ["clientId", "clientSecret", "registrationExpiresAt", "startUrl", "region", "custom"] {
        assert_eq!(now[kept], token[kept], "{kept}");
    }
    // An hour is left now.
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.count("CreateToken refresh_token"), 1);
}

/// Programs that scrub access tokens from disks leave that.
#[test]
fn a_session_without_an_access_token_is_refreshed() {
    for access in [json!(null), json!(1)] {
        let service = IdentityCenter::start();
        let mut token = service.cached_token(-5);
        token["accessToken"] = access;
        let home = with_token(&service, &token).revealing();
        let status = home.run(&["status", "-p", "dev", "--format", "json"]).success();
        assert!(!status.contains("incomplete"), "{status}");
        // The SDK for JavaScript looks at the token first.
        let (_, words) = home.run(&["resolve", "-p", "dev", "--sdk", "js"]).code(253);
        assert!(words.contains("incomplete"), "{words}");
        home.run(&["credential-process", "-p", "dev"]).success();
        assert_eq!(cached(&home, TOKEN)["accessToken"], format!("{CANARY}-access-1"));
    }
    let service = IdentityCenter::start();
    let mut token = service.cached_token(3600);
    token["accessToken"] = json!(null);
    let words = with_token(&service, &token).run(&["credential-process", "-p", "dev"]).failure(253);
    assert!(words.contains("incomplete"), "{words}");
}

#[test]
fn the_next_refresh_token_is_kept_although_the_rest_of_the_answer_is_of_no_use() {
    let service = IdentityCenter::start();
    let next = format!("{CANARY}-next");
    let answer = json!({"accessToken": "a", "expiresIn": "soon", "refreshToken": next}).to_string();
    let oidc = Loopback::start(move |_| Some((200, answer.clone())));
    for (left, exit) in [(-5, 255), (300, 0)] {
        let home = with_token(&service, &service.cached_token(left)).revealing();
        let before = cached(&home, TOKEN);
        let home = home.env("AWS_ENDPOINT_URL_SSO_OIDC", &oidc.url);
        home.run(&["credential-process", "-p", "dev"]).code(exit);
        let now = cached(&home, TOKEN);
        assert_eq!((&now["refreshToken"], &now["accessToken"]), (&json!(next), &before["accessToken"]));
    }
}

#[test]
fn fifty_processes_refresh_a_token_once() {
    for left in [300, -5] {
        let service = IdentityCenter::start();
        service.state(|state| state.thinking = Duration::from_millis(300));
        let home = with_token(&service, &service.cached_token(left));
        let keys = together(&home, 50, "dev");
        assert!(keys.iter().all(|key| key == "ASIAADMIN"), "{keys:?}");
        assert_eq!(service.count("CreateToken refresh_token"), 1, "{left}");
        let kept = cached(&home, TOKEN)["refreshToken"].as_str().unwrap().to_owned();
        assert!(
            service.state(|state| state.refresh_tokens.contains(&kept)),
            "the newest refresh token is kept"
        );
    }
}

#[test]
fn a_token_that_the_portal_refuses_is_refreshed_once_by_fifty_processes() {
    let service = IdentityCenter::start();
    service.state(|state| state.thinking = Duration::from_millis(300));
    let home = with_token(&service, &service.cached_token(3600));
    service.state(|state| state.tokens.clear());
    let keys = together(&home, 50, "dev");
    assert!(keys.iter().all(|key| key == "ASIAADMIN"), "{keys:?}");
    assert_eq!(service.count("CreateToken refresh_token"), 1);
    let now = cached(&home, TOKEN);
    assert_eq!(
        (&now["accessToken"], &now["refreshToken"]),
        (&json!(format!("{CANARY}-access-1")), &json!(format!("{CANARY}-refresh-1")))
    );
}

#[test]
fn a_refused_token_that_cannot_be_refreshed_asks_for_a_sign_in() {
    let refused = Some((400, "InvalidGrantException", "invalid_grant"));
    for (refusal, registered, calls) in [
        (refused, true, &["GET /federation/credentials", "CreateToken refresh_token"][..]),
        (None, false, &["GET /federation/credentials"]),
    ] {
        let service = IdentityCenter::start();
        let mut token = service.cached_token(3600);
        if !registered {
            token["registrationExpiresAt"] = json!("2020-01-01T00:00:00Z");
        }
        let home = with_token(&service, &token);
        service.state(|state| (state.refusal, state.tokens) = (refusal, HashSet::new()));
        let before = home.read(TOKEN);
        let words = home.run(&["credential-process", "-p", "dev"]).failure(253);
        assert!(
            words.contains("IAM Identity Center no longer accepts the sign-in: session `corp`"),
            "{words}"
        );
        assert!(words.contains("xcred login --sso-session corp"), "{words}");
        assert_eq!(service.calls(), calls);
        assert_eq!(home.read(TOKEN), before);
    }
}

#[test]
fn a_role_that_the_user_does_not_have_is_named_with_its_line_and_the_way_to_those_it_has() {
    for (refusal, sdk) in [
        ((403, "ForbiddenException"), "aws-cli"),
        ((404, "ResourceNotFoundException"), "aws-cli"),
        ((403, "ForbiddenException"), "rust"),
    ] {
        let service = IdentityCenter::start();
        service.state(|state| state.unassigned = Some(refusal));
        let home = with_token(&service, &service.cached_token(3600));
        let (printed, words) =
            home.run(&["resolve", "-p", "dev", "--sdk", sdk, "--format", "json"]).code(254);
        let document = json_of(&printed);
        assert_eq!(document["error"]["origin"]["key"], "sso_role_name", "{printed}{words}");
        let message = document["error"]["message"].as_str().expect("a message");
        assert!(
            message.contains("no credentials for the role Admin in the account 111122223333"),
            "{message}"
        );
        let help = document["error"]["help"].as_str().expect("a help");
        for command in [
            "`xcred sso roles --sso-session corp --sso-account-id 111122223333`",
            "after a new assignment, sign in again: `xcred login --sso-session corp`",
        ] {
            assert!(help.contains(command), "{help}");
        }
    }
}

#[test]
fn a_new_token_that_is_refused_too_is_not_refreshed_again() {
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(3600));
    service.state(|state| (state.tokens, state.deaf) = (HashSet::new(), true));
    let words = home.run(&["credential-process", "-p", "dev"]).failure(253);
    assert!(words.contains("xcred login --sso-session corp"), "{words}");
    let credentials = "GET /federation/credentials";
    assert_eq!(service.calls(), [credentials, "CreateToken refresh_token", credentials]);
}

#[test]
fn a_token_that_lasts_is_used_although_it_could_not_be_refreshed() {
    // The last two are of a proxy, which has no name for an error: signing in again would change nothing.
    let refusals = [
        (400, "InvalidGrantException", "invalid_grant", 253),
        (500, "InternalServerException", "server_error", 255),
        (403, "", "", 254),
        (302, "", "", 254),
    ];
    for (status, name, code, exit) in refusals {
        let refusing = || {
            let service = IdentityCenter::start();
            service.state(|state| state.refusal = Some((status, name, code)));
            service
        };
        let service = refusing();
        let home = with_token(&service, &service.cached_token(300)).revealing();
        let before = home.read(TOKEN);
        let (_, words) = home.run(&["credential-process", "-p", "dev"]).success_with_words();
        let said =
            if name.is_empty() { format!("Not from here</h1></html> ({status})") } else { name.to_owned() };
        assert!(words.starts_with("warning: session `corp` expires at ") && words.contains(&said), "{words}");
        assert_eq!(words.matches("could not be refreshed").count(), 1, "{words}");
        assert_eq!(home.read(TOKEN), before);
        // It is of use for five minutes more, so nobody waits for another try.
        assert_eq!(service.calls().iter().filter(|call| call.starts_with("CreateToken")).count(), 1);

        let service = refusing();
        let home = with_token(&service, &service.cached_token(-5)).env("AWS_MAX_ATTEMPTS", "1");
        let before = home.read(TOKEN);
        let words = home.run(&["credential-process", "-p", "dev"]).failure(exit);
        assert!(words.contains("could not be refreshed"), "{words}");
        assert_eq!(words.contains(&format!("({status})")), name.is_empty(), "{words}");
        assert_eq!(words.contains("xcred login"), exit == 253, "{words}");
        assert_eq!(home.read(TOKEN), before);
    }
}

#[test]
fn without_a_living_registration_nothing_is_sent() {
    let service = IdentityCenter::start();
    let mut token = service.cached_token(-5);
    token["registrationExpiresAt"] = json!("2020-01-01T00:00:00Z");
    let home = with_token(&service, &token);
    home.run(&["credential-process", "-p", "dev"]).failure(253);
    assert_eq!(service.calls(), [""; 0]);
    token["expiresAt"] = service.cached_token(300)["expiresAt"].clone();
    home.put(TOKEN, token.to_string());
    home.revealing().run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.calls(), ["GET /federation/credentials"]);
}

#[test]
fn a_token_without_a_session_is_never_refreshed() {
    let service = IdentityCenter::start();
    let config = "[profile old]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
                  sso_account_id = 111122223333\nsso_role_name = Admin\n";
    let path = format!(".aws/sso/cache/{}.json", hex(&Sha1::digest("https://corp.awsapps.com/start")));
    let home = service.home().config(config).file(&path, service.cached_token(300).to_string()).revealing();
    home.run(&["credential-process", "-p", "old"]).success();
    home.put(&path, service.cached_token(-5).to_string());
    home.run(&["credential-process", "-p", "old"]).failure(253);
    assert_eq!(service.calls(), ["GET /federation/credentials"]);
}

#[test]
fn without_a_new_refresh_token_the_old_one_is_kept() {
    let service = IdentityCenter::start();
    service.state(|state| state.refreshable = false);
    let token = service.cached_token(300);
    let home = with_token(&service, &token).revealing();
    home.run(&["credential-process", "-p", "dev"]).success();
    let now = cached(&home, TOKEN);
    assert_eq!(
        (&now["refreshToken"], &now["accessToken"]),
        (&token["refreshToken"], &json!(format!("{CANARY}-access-1")))
    );
}

#[test]
fn dates_are_read_as_every_sdk_writes_them() {
    for (suffix, lasts) in
        [("+00:00", true), ("UTC", true), (".678Z", true), ("-23:59", true), ("+23:59", false)]
    {
        let service = IdentityCenter::start();
        let mut token = service.cached_token(3600);
        let date = token["expiresAt"].as_str().unwrap().trim_end_matches('Z').to_owned();
        token["expiresAt"] = json!(format!("{date}{suffix}"));
        let home = service.home().config(CONFIG).revealing();
        home.put(TOKEN, serde_json::to_string_pretty(&token).unwrap());
        home.run(&["credential-process", "-p", "dev"]).success();
        assert_eq!(service.count("CreateToken refresh_token"), usize::from(!lasts), "{suffix}");
    }
}

#[test]
fn a_file_that_is_no_sign_in_asks_for_a_new_one() {
    let service = IdentityCenter::start();
    for text in ["", "{", "[1]", "null", r#"{"accessToken":1,"expiresAt":"2099-01-01T00:00:00Z"}"#] {
        let home = service.home().config(CONFIG).file(TOKEN, text);
        let words = home.run(&["credential-process", "-p", "dev"]).failure(253);
        assert!(words.contains("sign in: `"), "{words}");
    }
}

#[test]
fn a_file_that_others_can_read_is_tightened_when_it_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(300)).revealing();
    let mode =
        |mode| std::fs::set_permissions(home.path(TOKEN), std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o644);
    let folder = home.path(".aws/sso/real");
    std::fs::rename(home.path(".aws/sso/cache"), &folder).unwrap();
    std::os::unix::fs::symlink("real", home.path(".aws/sso/cache")).unwrap();
    home.run(&["credential-process", "-p", "dev"]).success_with_words();
    let found = std::fs::metadata(home.path(TOKEN)).unwrap().permissions().mode();
    assert_eq!(found & 0o777, 0o600);
    assert!(home.path(".aws/sso/cache").is_symlink() && folder.is_dir());
    let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

fn key() -> SecretKey {
    SecretKey::from_slice(&[7; 32]).expect("a key")
}

fn console_file() -> String {
    format!(".aws/login/cache/{}.json", hex(&Sha256::digest(PRINCIPAL)))
}

fn with_console(service: &Console, token: &Value) -> Sandbox {
    let config = format!("[profile con]\nlogin_session = {PRINCIPAL}\n");
    service.home().config(config).file(&console_file(), token.to_string())
}

#[test]
fn a_console_sign_in_is_refreshed_when_five_minutes_are_left() {
    let forms = [
        key().to_sec1_pem(LineEnding::LF).unwrap().to_string(),
        key().to_pkcs8_pem(LineEnding::LF).unwrap().to_string(),
    ];
    for form in forms {
        let service = Console::start();
        let token = service.cached_token(600, &form);
        let home = with_console(&service, &token).revealing();
        let printed = home.run(&["credential-process", "-p", "con"]).success();
        assert!(printed.contains("ASIAOLD") && service.calls().is_empty(), "{printed}");
        home.put(&console_file(), service.cached_token(240, &form).to_string());
        let printed = home.run(&["credential-process", "-p", "con"]).success();
        assert!(printed.contains("ASIANEW1"), "{printed}");
        assert_eq!(service.calls(), ["CreateOAuth2Token refresh_token"]);
        let now = cached(&home, &console_file());
        for kept in ["dpopKey", "clientId", "idToken", "tokenType", "signInRegion"] {
            assert_eq!(now[kept], token[kept], "{kept}");
        }
        assert_eq!(now["accessToken"]["accountId"], "111122223333");
        assert_eq!(now["refreshToken"], format!("{CANARY}-refresh-1"));
    }
}

#[test]
fn fifty_processes_refresh_a_console_sign_in_once() {
    for left in [180, -5] {
        let service = Console::start();
        service.state(|state| state.thinking = Duration::from_millis(300));
        let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
        let home = with_console(&service, &service.cached_token(left, &form));
        let keys = together(&home, 50, "con");
        assert!(keys.iter().all(|key| key == "ASIANEW1"), "{keys:?}");
        assert_eq!(service.calls().len(), 1, "{left}");
        let kept = cached(&home, &console_file())["refreshToken"].as_str().unwrap().to_owned();
        assert!(service.state(|state| state.refresh_tokens.contains_key(&kept)));
    }
}

#[test]
fn a_refused_refresh_of_a_console_sign_in_says_what_to_do() {
    let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
    for (refusal, code, says) in [
        ((400, "AccessDeniedException", "TOKEN_EXPIRED"), 253, "sign in: `"),
        ((400, "AccessDeniedException", "USER_CREDENTIALS_CHANGED"), 253, "sign in: `"),
        ((403, "AccessDeniedException", "INSUFFICIENT_PERMISSIONS"), 254, "signin:CreateOAuth2Token"),
        ((400, "ValidationException", "INVALID_REQUEST"), 254, "INVALID_REQUEST"),
        ((500, "InternalServerException", "SERVER"), 255, "could not be refreshed"),
    ] {
        let service = Console::start();
        service.state(|state| state.refusal = Some(refusal));
        let home = with_console(&service, &service.cached_token(-5, &form)).env("AWS_MAX_ATTEMPTS", "2");
        let before = home.read(&console_file());
        let words = home.run(&["credential-process", "-p", "con"]).failure(code);
        assert!(words.contains(says), "{refusal:?}: {words}");
        assert_eq!(home.read(&console_file()), before);
        home.put(&console_file(), service.cached_token(120, &form).to_string());
        let (printed, words) =
            home.revealing().run(&["credential-process", "-p", "con"]).success_with_words();
        assert!(printed.contains("ASIAOLD") && words.contains(refusal.2), "{words}");
    }
}

/// How much time a token has when each SDK renews it, and what Rust makes of an end of the registration that it can't read.
#[test]
fn each_sdk_has_its_own_time_to_renew_a_token() {
    for (left, renewing) in [
        (800, "boto3 aws-cli java ruby"),
        (400, "boto3 aws-cli java ruby"),
        (200, "boto3 aws-cli rust js java ruby"),
        (-5, "boto3 aws-cli rust js go java ruby"),
    ] {
        let renews = |sdk: &&str| {
            let service = IdentityCenter::start();
            let home = with_token(&service, &service.cached_token(left)).revealing();
            assert!(home.run(&["credential-process", "-p", "dev", "--sdk", sdk]).code_is(0), "{sdk} {left}");
            service.count("CreateToken refresh_token") == 1
        };
        let sdks = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"];
        let found: Vec<_> = sdks.into_iter().filter(|sdk| renews(sdk)).collect();
        assert_eq!(found.join(" "), renewing, "{left}");
    }
    for end in ["2099-01-01T00:00:00+00:00", "2099-01-01T00:00:00UTC", "2099-01-01T00:00:00z", ""] {
        let service = IdentityCenter::start();
        let mut token = service.cached_token(9000);
        token["registrationExpiresAt"] = json!(end);
        let home = with_token(&service, &token).revealing();
        for sdk in ["rust", "js", "go"] {
            let (code, _, words) = home.run(&["credential-process", "-p", "dev", "--sdk", sdk]).ended();
            assert_eq!(code == Some(0), sdk != "rust", "{sdk} {end}: {words}");
        }
    }
}

/// What each SDK was seen to do, or its source says, where a console sign-in can't be refreshed: the key that it has then,
/// `-` if it stops.
#[test]
fn a_console_sign_in_that_is_not_refreshed_means_what_it_does_to_each_sdk() {
    let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
    let container = Loopback::start(|_| {
        let keys = format!(
            r#"{{"AccessKeyId":"ASIACONT","SecretAccessKey":"{CANARY}","Token":"{CANARY}","Expiration":"2099-01-01T00:00:00Z"}}"#
        );
        Some((200, keys))
    });
    let denied = (400, "AccessDeniedException", "TOKEN_EXPIRED");
    let failed = (400, "ValidationException", "INVALID_GRANT");
    for (refusal, left, expected) in [
        (denied, 120, "boto3=ASIAOLD aws-cli=ASIAOLD rust=- js=- go=ASIAOLD java=ASIACONT ruby=ASIAOLD"),
        (
            failed,
            120,
            "boto3=ASIAOLD aws-cli=ASIAOLD rust=- js=ASIAOLD go=ASIAOLD java=ASIACONT ruby=ASIAOLD",
        ),
        (denied, -5, "boto3=- aws-cli=- rust=- js=- go=- java=ASIACONT ruby=-"),
        (failed, -5, "boto3=- aws-cli=- rust=- js=ASIACONT go=- java=ASIACONT ruby=-"),
    ] {
        let service = Console::start();
        service.state(|state| state.refusal = Some(refusal));
        let home = with_console(&service, &service.cached_token(left, &form))
            .revealing()
            .env("AWS_REGION", "us-east-2")
            .env("AWS_DEFAULT_REGION", "us-east-2")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/creds", container.url));
        let answer = |sdk: &str| {
            let (code, printed, _) =
                home.run(&["credential-process", "-p", "con", "--sdk", sdk, "--no-cache"]).ended();
            let id = ["ASIAOLD", "ASIACONT"].into_iter().find(|id| printed.contains(id));
            assert_eq!(code == Some(0), id.is_some(), "{sdk}: {printed}");
            format!("{sdk}={}", id.unwrap_or("-"))
        };
        let all = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"].map(answer).join(" ");
        assert_eq!(all, expected, "{refusal:?} {left}");
        // Side by side, one of them asks, and the others know what the answer was.
        let (_, shown, _) =
            home.run(&["resolve", "-p", "con", "--sdk", "all", "--no-cache", "--format", "json"]).ended();
        let shown = json_of(&shown);
        let beside = |sdk: &str| {
            let id = shown["answers"][sdk]["credentials"]["access_key_id"]["value"].as_str();
            format!("{sdk}={}", id.unwrap_or("-"))
        };
        let all = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"].map(beside).join(" ");
        assert_eq!(all, expected, "{refusal:?} {left}: side by side");
    }
}

/// The regions in which each SDK refreshes a console sign-in; `-` if it doesn't.
#[test]
fn the_region_of_a_refresh_is_that_of_the_sdk() {
    let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
    let login = format!("login_session = {PRINCIPAL}\n");
    let own = format!("[profile con]\n{login}region = us-west-2\n");
    let elsewhere = format!("[default]\nregion = eu-west-1\n[profile con]\n{login}");
    for (config, made_in, variable, expected) in [
        (&own, Some("eu-west-1"), None, "rust=us-west-2 js=eu-west-1 go=us-west-2 java=- ruby=us-west-2"),
        (
            &own,
            None,
            Some("eu-west-1"),
            "rust=eu-west-1 js=us-west-2 go=eu-west-1 java=eu-west-1 ruby=eu-west-1",
        ),
        (&elsewhere, None, None, "rust=- js=eu-west-1 go=- java=eu-west-1 ruby=-"),
    ] {
        let answer = |sdk: &str| {
            let service = Console::start();
            service.state(|state| state.refusal = Some((400, "ValidationException", "INVALID_REQUEST")));
            let mut token = service.cached_token(-5, &form);
            token["signInRegion"] = json!(made_in);
            let mut home = with_console(&service, &token).config(config);
            if let Some(region) = variable {
                home = home.env("AWS_REGION", region);
            }
            let (_, printed, words) = home.run(&["resolve", "-p", "con", "--sdk", sdk, "--no-cache"]).ended();
            let text = printed + &words;
            let region = ["eu-west-1", "us-west-2"]
                .into_iter()
                .find(|region| text.contains(&format!("could not be refreshed in {region}")));
            format!("{sdk}={}", region.unwrap_or("-"))
        };
        let all = ["rust", "js", "go", "java", "ruby"].map(answer).join(" ");
        assert_eq!(all, expected, "{config} {made_in:?} {variable:?}");
    }
}

/// botocore replaces `~` in the folder; to the other SDKs it is the name of a folder.
#[test]
fn the_folder_of_console_sign_ins_is_what_the_sdk_makes_of_the_variable() {
    let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
    let service = Console::start();
    let token = service.cached_token(600, &form);
    let home = with_console(&service, &token)
        .revealing()
        .env("AWS_LOGIN_CACHE_DIRECTORY", "~/.aws/login/cache")
        .env("AWS_REGION", "us-east-2");
    for sdk in ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"] {
        let (code, printed, words) = home.run(&["credential-process", "-p", "con", "--sdk", sdk]).ended();
        let is_found = ["boto3", "aws-cli"].contains(&sdk);
        assert_eq!(code == Some(0) && printed.contains("ASIAOLD"), is_found, "{sdk}: {printed}{words}");
    }
}

#[test]
fn a_refusal_of_a_console_sign_in_names_the_region_that_was_asked() {
    let form = key().to_sec1_pem(LineEnding::LF).unwrap().to_string();
    for made_in in [None, Some("eu-west-1")] {
        let service = Console::start();
        service.state(|state| state.refusal = Some((400, "ValidationException", "INVALID_REQUEST")));
        let mut token = service.cached_token(-5, &form);
        token["signInRegion"] = json!(made_in);
        let home = with_console(&service, &token).env("AWS_REGION", "us-east-2");
        let words = home.run(&["credential-process", "-p", "con"]).failure(254);
        let region = made_in.unwrap_or("us-east-2");
        assert!(words.contains(&format!("could not be refreshed in {region}")), "{words}");
        let help = "name the region in which it was made with `--region`, or sign in again: \
                    `xcred login --profile con`";
        assert_eq!(words.contains(help), made_in.is_none(), "{words}");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_found_before_the_refresh_token_is_used() {
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(300)).revealing();
    set_mode(&home.path(TOKEN), 0o400);
    set_mode(&home.path(".aws/sso/cache"), 0o500);
    let before = home.read(TOKEN);
    let mut command = home.unprivileged();
    command.args(["credential-process", "-p", "dev"]);
    let (_, words) = home.finish(command, "").success_with_words();
    assert!(words.contains("could not be refreshed") && words.contains("~/.aws/sso/cache"), "{words}");
    assert_eq!((service.count("CreateToken refresh_token"), home.read(TOKEN)), (0, before));
    set_mode(&home.path(".aws/sso/cache"), 0o700);
}

#[test]
fn a_cache_that_cannot_be_written_is_foreseen() {
    for (file, folder) in [(0o400, 0o700), (0o600, 0o500)] {
        for (home, profile, refreshes) in expired() {
            let path = if profile == "dev" { TOKEN.to_owned() } else { console_file() };
            let above = home.path(&path).parent().expect("a folder").to_owned();
            home.put(".local/state/kept", "");
            set_mode(&home.path(&path), file);
            set_mode(&above, folder);
            set_mode(&home.path(".local/state"), 0o500);
            let run = |arguments: &[&str]| {
                let mut command = home.unprivileged();
                command.args(arguments);
                home.finish(command, "")
            };
            let words = run(&["credential-process", "-p", profile]).failure(255);
            let error = words.lines().find(|line| line.starts_with("error: ")).expect("an error");
            // After a console sign-in that isn't refreshed, the SDK for JavaScript goes on.
            for sdk in ["boto3", if profile == "dev" { "js" } else { "rust" }] {
                let (_, foreseen) = run(&["resolve", "-p", profile, "--offline", "--sdk", sdk]).code(255);
                assert!(foreseen.contains(error), "{foreseen}{words}");
            }
            let (_, screen, _) = run(&["status", "-p", profile]).ended();
            assert!(screen.contains("; it can't be refreshed: "), "{screen}");
            let (_, known, _) = run(&["status", "--all", "--format", "json"]).ended();
            assert!(known.contains("\"refreshable\": false"), "{known}");
            let (known, words) = run(&["login", "--status", "-p", profile]).code(255);
            assert!(
                known.contains("expired, and can't be refreshed") && words.contains(error),
                "{known}{words}"
            );
            let (known, _) = run(&["login", "--status", "-p", profile, "--format", "json"]).code(255);
            assert!(
                known.contains("refreshable\": false") && known.contains("\"state\": \"expired\""),
                "{known}"
            );
            assert_eq!(refreshes(), 0);
            set_mode(&above, 0o700);
            set_mode(&home.path(".local/state"), 0o700);
        }
    }
}

/// The files and folders of xcred's own state, as far as they are locked.
fn locks(home: &Sandbox) -> usize {
    std::fs::read_dir(home.path(".local/state/xcred/sign-ins")).map_or(0, Iterator::count)
}

#[test]
fn a_process_that_dies_while_it_refreshes_leaves_no_lock_and_a_whole_file() {
    for wait in [0, 20, 60, 100, 150, 200, 250, 300, 350, 400] {
        let service = IdentityCenter::start();
        service.state(|state| state.thinking = Duration::from_millis(200));
        let token = service.cached_token(300);
        let home = with_token(&service, &token).revealing();
        let mut command = home.command();
        command.args(["credential-process", "-p", "dev"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = cached(&home, TOKEN);
        let is_old = now == token;
        assert!(is_old || now["accessToken"] == format!("{CANARY}-access-1"), "{now}");
        assert!(locks(&home) <= 1);
        // The service may have issued a token that nobody got: the old refresh token is dead then.
        if is_old {
            service.state(|state| state.refusal = Some((400, "InvalidGrantException", "invalid_grant")));
        }
        let start = std::time::Instant::now();
        let (code, _, words) = home.run(&["credential-process", "-p", "dev"]).ended();
        assert_eq!(code, Some(0), "{words}");
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn what_another_tool_writes_during_a_refresh_stays_if_it_lasts_longer() {
    for (left, stays) in [(9 * 3600, true), (60, false)] {
        let service = IdentityCenter::start();
        service.state(|state| state.thinking = Duration::from_millis(700));
        let home = with_token(&service, &service.cached_token(300)).revealing();
        let mut command = home.command();
        command.args(["credential-process", "-p", "dev"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        while service.oidc.count() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        let mut other = service.cached_token(left);
        other["accessToken"] = json!(format!("{CANARY}-other"));
        service.state(|state| state.tokens.insert(format!("{CANARY}-other")));
        home.put(TOKEN, serde_json::to_string_pretty(&other).unwrap());
        assert!(child.wait_with_output().unwrap().status.success());
        assert_eq!(cached(&home, TOKEN)["accessToken"] == other["accessToken"], stays);
    }
}

#[test]
fn a_file_that_another_tool_left_empty_during_a_refresh_gets_the_new_sign_in() {
    let service = IdentityCenter::start();
    service.state(|state| state.thinking = Duration::from_millis(500));
    let home = with_token(&service, &service.cached_token(300)).revealing();
    let mut command = home.command();
    command.args(["credential-process", "-p", "dev"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
    while service.oidc.count() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    home.put(TOKEN, "");
    assert!(child.wait_with_output().expect("it ends").status.success());
    assert_eq!(cached(&home, TOKEN)["accessToken"], format!("{CANARY}-access-1"));
}

#[test]
fn botocore_and_xcred_refresh_the_same_sign_in() {
    let Some(python) = crate::peers::python() else { return };
    let service = IdentityCenter::start();
    service.state(|state| state.forgiving = true);
    let token = service.cached_token(300);
    let home = with_token(&service, &token).env("AWS_REGION", "us-east-1");
    let script = "import botocore.session as s\n\
                  print(s.Session(profile='dev').get_credentials().get_frozen_credentials().access_key)";
    let peer = || {
        let mut command = crate::disk::around(python, &["-I", "-c", script], &home.command());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let peers = [peer(), peer()];
    let keys = together(&home, 10, "dev");
    assert!(keys.iter().all(|key| key == "ASIAADMIN"), "{keys:?}");
    for peer in peers {
        // It has no lock, so it may come too late.
        peer.wait_with_output().unwrap();
    }
    let now = cached(&home, TOKEN);
    assert!(now["accessToken"].is_string() && now["expiresAt"].is_string(), "{now}");
    let outcome = home.finish(crate::disk::around(python, &["-I", "-c", script], &home.command()), "");
    assert_eq!(outcome.success(), "ASIAADMIN\n");
}

#[test]
fn a_process_that_holds_the_lock_for_long_keeps_nobody_from_a_token_that_lasts() {
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(300)).revealing();
    let path = home.path(TOKEN);
    let name = hex(&Sha256::digest(path.as_os_str().as_encoded_bytes()));
    home.put(&format!(".local/state/xcred/sign-ins/{name}"), "");
    let lock = std::fs::File::open(home.path(&format!(".local/state/xcred/sign-ins/{name}"))).unwrap();
    lock.lock().unwrap();
    let (printed, words) = home.run(&["credential-process", "-p", "dev"]).success_with_words();
    assert!(printed.contains("ASIAADMIN") && words.contains("could not be refreshed"), "{words}");
    assert_eq!(service.count("CreateToken refresh_token"), 0);
    lock.unlock().unwrap();
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.count("CreateToken refresh_token"), 1);
}

/// A home, the profile of a sign-in that has expired, and how often it was refreshed.
type Expired = (Sandbox, &'static str, Box<dyn Fn() -> usize>);

/// One of each kind.
fn expired() -> [Expired; 2] {
    let form = key().to_sec1_pem(LineEnding::LF).expect("PEM").to_string();
    let (service, console) = (IdentityCenter::start(), Console::start());
    let homes = [
        (with_token(&service, &service.cached_token(-5)), "dev"),
        (with_console(&console, &console.cached_token(-5, &form)), "con"),
    ];
    let [sso, con] = homes.map(|(home, profile)| (home.revealing(), profile));
    let calls = move || service.count("CreateToken refresh_token");
    [(sso.0, sso.1, Box::new(calls)), (con.0, con.1, Box::new(move || console.calls().len()))]
}

const UNLOCKED: &str = " was refreshed without a lock, so other processes may refresh it at the same time: ";

#[test]
fn where_no_lock_can_be_made_a_sign_in_is_refreshed_without_it() {
    for (home, profile, refreshes) in expired() {
        home.put(".local/kept", "");
        set_mode(&home.path(".local"), 0o500);
        let run = || {
            let mut command = home.unprivileged();
            command.args(["credential-process", "-p", profile]);
            home.finish(command, "")
        };
        let (_, words) = run().success_with_words();
        assert_eq!(words.matches(UNLOCKED).count(), 1, "{words}");
        assert!(words.contains("`~/.local/state/xcred/sign-ins` is not writable"), "{words}");
        assert!(words.contains("XDG_STATE_HOME can name another folder"), "{words}");
        run().success();
        assert_eq!(refreshes(), 1);
        set_mode(&home.path(".local"), 0o700);
    }
}

#[test]
fn where_nothing_can_be_locked_a_sign_in_is_refreshed_written_and_removed() {
    if !crate::strace::is_there() {
        return;
    }
    for error in ["ENOSYS", "ENOLCK", "EOPNOTSUPP"] {
        for (home, profile, refreshes) in expired() {
            let run = |arguments: &[&str]| {
                let call = Call { name: "flock".to_owned(), nth: 1, text: String::new() };
                crate::strace::failing(&home, &call, error, true, arguments)
            };
            let (_, words) = run(&["credential-process", "-p", profile]).success_with_words();
            assert!(words.contains(UNLOCKED) && words.contains("can't lock it"), "{words}");
            run(&["credential-process", "-p", profile]).success();
            assert_eq!(refreshes(), 1);
            let (_, words) = run(&["logout", "-p", profile]).success_with_words();
            assert!(words.contains("Signed out of"), "{words}");
            home.run(&["credential-process", "-p", profile]).failure(253);
        }
    }
}

#[test]
fn where_something_is_in_place_of_the_lock_a_sign_in_is_refreshed_without_it() {
    for case in 0..5 {
        for (mut home, profile, refreshes) in expired() {
            let path = home.path(&if profile == "dev" { TOKEN.to_owned() } else { console_file() });
            let name = hex(&Sha256::digest(path.as_os_str().as_encoded_bytes()));
            let lock = format!(".local/state/xcred/sign-ins/{name}");
            home.put(".local/state/xcred/kept", "");
            let words = match case {
                0 => {
                    home.put(".local/state/xcred/sign-ins", "");
                    "is a file, not a folder"
                }
                1 => {
                    home.put(&format!("{lock}/file"), "");
                    "is a folder, not a file"
                }
                2 => {
                    home.put(".local/state/xcred/sign-ins/kept", "");
                    std::os::unix::fs::symlink("gone", home.path(&lock)).expect("a link");
                    "/gone`, which doesn't exist"
                }
                3 => {
                    home = home.env("XDG_STATE_HOME", "/dev/null");
                    "`/dev/null` is a file, not a folder"
                }
                _ => {
                    home.put(".local/state/xcred/sign-ins/kept", "");
                    std::os::unix::fs::symlink("/dev/null", home.path(&lock)).expect("a link");
                    "is a device"
                }
            };
            let (_, warned) = home.run(&["credential-process", "-p", profile]).success_with_words();
            assert!(warned.contains(UNLOCKED) && warned.contains(words), "{case}: {warned}");
            assert_eq!(refreshes(), 1);
        }
    }
}

#[test]
fn processes_without_a_lock_use_what_one_of_them_has_got() {
    let form = key().to_sec1_pem(LineEnding::LF).expect("PEM").to_string();
    let (service, console) = (IdentityCenter::start(), Console::start());
    service.state(|state| state.thinking = Duration::from_millis(200));
    console.state(|state| state.thinking = Duration::from_millis(200));
    for (home, profile, id) in [
        (with_token(&service, &service.cached_token(-5)), "dev", "ASIAADMIN"),
        (with_console(&console, &console.cached_token(-5, &form)), "con", "ASIANEW1"),
    ] {
        home.put(".local/state/xcred/sign-ins", "");
        let keys = together(&home, 20, profile);
        assert!(keys.iter().all(|key| key == id), "{keys:?}");
    }
    // Nothing keeps processes without a lock from it.
    service.state(|state| state.log.faults.clear());
    console.state(|state| state.log.faults.clear());
}

#[test]
fn a_file_that_is_half_written_when_a_refresh_ends_is_no_sign_out() {
    for is_completed in [true, false] {
        let service = IdentityCenter::start();
        service.state(|state| state.thinking = Duration::from_millis(500));
        let home = with_token(&service, &service.cached_token(-5)).revealing();
        let mut command = home.command();
        command.args(["credential-process", "-p", "dev"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        while service.oidc.count() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        home.put(TOKEN, "");
        std::thread::sleep(Duration::from_secs(1));
        let mut other = service.cached_token(9 * 3600);
        other["accessToken"] = json!(format!("{CANARY}-other"));
        service.state(|state| state.tokens.insert(format!("{CANARY}-other")));
        let other = other.to_string();
        if is_completed {
            home.put(TOKEN, &other);
        }
        assert!(child.wait_with_output().unwrap().status.success());
        // What nobody completes takes the refreshed sign-in: its refresh token is spent.
        let kept = home.read(TOKEN);
        assert!(if is_completed { kept == other } else { kept.contains("-access-1") }, "{kept}");
    }
}

#[test]
fn a_console_sign_in_that_cannot_be_removed_is_an_error() {
    let service = Console::start();
    let form = key().to_sec1_pem(LineEnding::LF).expect("PEM").to_string();
    let home = with_console(&service, &service.cached_token(600, &form));
    set_mode(&home.path(".aws/login/cache"), 0o500);
    let mut command = home.unprivileged();
    command.args(["logout", "-p", "con"]);
    let words = home.finish(command, "").failure(255);
    assert!(words.contains("error: the file of the sign-in can't be removed"), "{words}");
    assert!(
        words.contains("chmod u+rwx") && words.contains(", or remove it where it is writable"),
        "{words}"
    );
    set_mode(&home.path(".aws/login/cache"), 0o700);
    assert!(home.path(&console_file()).exists());
}

#[test]
fn an_empty_region_of_a_console_sign_in_is_none() {
    let service = Console::start();
    let form = key().to_sec1_pem(LineEnding::LF).expect("PEM").to_string();
    let mut token = service.cached_token(-5, &form);
    token["signInRegion"] = json!("");
    let home = with_console(&service, &token).revealing().env("AWS_REGION", "us-east-1");
    home.run(&["credential-process", "-p", "con"]).success();
    assert_eq!(service.calls(), ["CreateOAuth2Token refresh_token"]);
}

#[test]
fn a_sign_in_that_others_can_read_is_a_finding_that_doctor_repairs() {
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(3600));
    assert!(home.run(&["doctor", "dev"]).code_is(0));
    set_mode(&home.path(TOKEN), 0o644);
    let (found, _) = home.run(&["doctor"]).code(1);
    assert!(found.contains(TOKEN) && found.contains("its mode is 644"), "{found}");
    let (_, words) = home.revealing().run(&["credential-process", "-p", "dev"]).success_with_words();
    assert!(words.contains("chmod 600"), "{words}");
}

#[test]
fn doctor_closes_a_sign_in_to_others() {
    let service = IdentityCenter::start();
    let home = with_token(&service, &service.cached_token(3600));
    set_mode(&home.path(TOKEN), 0o644);
    home.run(&["doctor", "--fix"]).success_with_words();
    assert_eq!(mode(&home.path(TOKEN)), 0o600);
}
