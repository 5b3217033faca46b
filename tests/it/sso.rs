//! `xcred sso accounts` and `xcred sso roles`: complete and sorted, whatever the service does meanwhile.

use serde_json::json;

use crate::harness::{Sandbox, json_of};
use crate::portal::{Portal, SESSION, TOKEN_FILE, account, fault, token};
use crate::services::IdentityCenter;

fn five() -> Portal {
    Portal::start(vec![
        account(5, "prod", &["ReadOnly", "admin", "Audit"]),
        account(4, "Log Archive", &["Audit"]),
        account(3, "", &["Admin"]),
        account(2, "dev", &["Admin"]),
        account(1, "prod", &["Admin"]),
    ])
}

#[test]
fn accounts_on_three_pages_are_listed_although_every_third_request_is_throttled() {
    let portal = five();
    portal.state().throttles = true;
    let sandbox = portal.home("");
    assert_eq!(
        sandbox.run(&["sso", "accounts", "--sso-session", "corp"]).success(),
        "ACCOUNT      ID            EMAIL\n\
         -            000000000003  -\n\
         dev          000000000002  a2@example.org\n\
         Log Archive  000000000004  a4@example.org\n\
         prod         000000000001  a1@example.org\n\
         prod         000000000005  a5@example.org\n"
    );
    assert_eq!(portal.count(), 4);
    let text = sandbox.run(&["sso", "roles", "--sso-session", "corp"]).success();
    assert_eq!(
        text,
        "ACCOUNT      ID            ROLE\n\
         -            000000000003  Admin\n\
         dev          000000000002  Admin\n\
         Log Archive  000000000004  Audit\n\
         prod         000000000001  Admin\n\
         prod         000000000005  admin\n\
         prod         000000000005  Audit\n\
         prod         000000000005  ReadOnly\n"
    );
    portal.count();
}

#[test]
fn json_has_what_the_tables_have() {
    let portal = five();
    let sandbox = portal.home("[profile p]\nsso_session = corp\n");
    let accounts = json_of(&sandbox.run(&["sso", "accounts", "-p", "p", "--format", "json"]).success());
    assert_eq!((&accounts["schema"], &accounts["session"]), (&json!(1), &json!("corp")));
    assert_eq!(
        (&accounts["accounts"][0], &accounts["accounts"][1]),
        (
            &json!({"account_id": "000000000003", "account_name": null, "email": null}),
            &json!({"account_id": "000000000002", "account_name": "dev", "email": "a2@example.org"})
        )
    );
    let arguments = ["sso", "roles", "-p", "p", "--sso-account-id", "000000000005", "--format", "json"];
    let roles = json_of(&sandbox.run(&arguments).success());
    let role = |name: &str| json!({"account_id": "000000000005", "account_name": "prod", "role_name": name});
    assert_eq!(roles["roles"], json!([role("admin"), role("Audit"), role("ReadOnly")]));
    let told = sandbox.run(&["sso", "roles", "-p", "p", "--sso-account-id", "000000000006"]).failure(253);
    assert!(told.contains("no access to the account `000000000006`"), "{told}");
    assert!(told.contains("the accounts assigned to you: ") && !told.contains("did you mean"), "{told}");
}

#[test]
fn the_sign_in_is_that_of_the_session_or_of_the_profile_or_of_its_source() {
    let portal = five();
    let legacy = "[profile old]\nsso_start_url = https://corp.awsapps.com/start\n";
    let config = "[profile dev]\nsso_session = corp\n[profile ops]\nsource_profile = dev\n\
                  [profile keys]\nregion = eu-west-1\n"
        .to_owned()
        + legacy;
    let sandbox = portal.home(&config);
    for profile in ["dev", "ops"] {
        assert!(sandbox.run(&["sso", "accounts", "-p", profile]).success().contains("Log Archive"));
    }
    let sandbox = sandbox.env("AWS_PROFILE", "gone");
    sandbox.run(&["sso", "accounts", "--sso-session", "corp"]).success();
    let count = portal.count();
    for (arguments, code, told) in [
        (&["-p", "keys"][..], 253, "profile `keys` doesn't use IAM Identity Center"),
        (&["-p", "keys"], 253, "xcred sso accounts --sso-session corp"),
        (&["-p", "old"], 253, "profile `old` has no sso_region"),
        (&["-p", "gone"], 253, "profile `gone`"),
        (&[], 253, "profile `gone`"),
        (&["--sso-session", "copr"], 253, "--sso-session corp`?"),
        (&["-p", "dev", "--sso-session", "corp"], 252, "can't be used together"),
        (&["--region", "eu-west-1", "--sso-session", "corp"], 252, "--region has no effect"),
    ] {
        let told_now = sandbox.run(&[&["sso", "accounts"], arguments].concat()).failure(code);
        assert!(told_now.contains(told), "{arguments:?}: {told_now}");
    }
    assert_eq!(portal.count(), count);
}

#[test]
fn a_profile_in_a_variable_has_no_say_where_a_session_is_named() {
    let portal = five();
    let kept = portal.home("").read(TOKEN_FILE);
    let config = format!(
        "{SESSION}[default]\nendpoint_url = {}\n[profile p]\nendpoint_url = http://127.0.0.1:1\n",
        portal.url()
    );
    let home = Sandbox::new().config(config).file(TOKEN_FILE, kept).env("AWS_PROFILE", "p");
    let home = home.env("AWS_MAX_ATTEMPTS", "1");
    let calls: [&[&str]; 3] = [&["accounts"], &["roles"], &["sync", "-n"]];
    for call in calls {
        assert!(home.run(&[&["sso"], call, &["--sso-session", "corp"]].concat()).code_is(0), "{call:?}");
    }
    home.run(&["sso", "accounts", "-p", "p"]).failure(253);
    portal.count();
}

#[test]
fn without_a_sign_in_that_the_service_accepts_the_command_says_how_to_sign_in() {
    let portal = five();
    let sandbox = Sandbox::new().config(SESSION);
    let calls: [&[&str]; 3] = [&["accounts"], &["roles"], &["sync"]];
    for call in calls {
        let told = sandbox.run(&[&["sso"], call, &["--sso-session", "corp"]].concat()).failure(253);
        assert!(told.contains("not signed in: session `corp`"), "{told}");
        assert!(told.contains("login --sso-session corp"), "{told}");
    }
    assert_eq!(portal.count(), 0);
    let sandbox = portal.home("");
    let kept = sandbox.read(TOKEN_FILE).replace("-access-token", "-other-token");
    sandbox.put(TOKEN_FILE, kept);
    let told = sandbox.run(&["sso", "accounts", "--sso-session", "corp"]).failure(253);
    assert!(told.contains("IAM Identity Center no longer accepts the sign-in: session `corp`"), "{told}");
    sandbox.put(TOKEN_FILE, "[1]");
    sandbox.run(&["sso", "sync", "--sso-session", "corp"]).failure(253);
}

#[test]
fn a_token_that_the_portal_refuses_is_refreshed_and_the_request_sent_again() {
    let calls: [&[&str]; 3] = [&["accounts"], &["roles"], &["sync"]];
    for call in calls {
        let (portal, service) = (five(), IdentityCenter::start());
        let kept = service.cached_token(3600);
        let home = service.home().env("AWS_ENDPOINT_URL_SSO", portal.url()).config(SESSION);
        let home = home.file(TOKEN_FILE, kept.to_string());
        let arguments = [&["sso"], call, &["--sso-session", "corp"]].concat();
        // The portal takes this one only.
        service.state(|state| state.next_token = Some(token()));
        assert!(home.run(&arguments).code_is(0));
        assert_eq!(service.calls(), ["CreateToken refresh_token"]);
        assert_eq!(json_of(&home.read(TOKEN_FILE))["accessToken"], token());
        portal.count();
        // Refused again: once is enough.
        service.state(|state| state.next_token = None);
        home.put(TOKEN_FILE, service.cached_token(3600).to_string());
        let told = home.run(&arguments).failure(253);
        assert!(told.contains("xcred login --sso-session corp"), "{told}");
        assert_eq!(service.count("CreateToken refresh_token"), 2);
    }
}

#[test]
fn a_refused_account_is_skipped_and_other_failures_end_the_command() {
    let portal = five();
    let sandbox = portal.home("");
    let refused = fault(403, "ForbiddenException", "No access");
    portal.state().refused.insert("000000000005".to_owned(), refused.clone());
    let arguments = ["sso", "roles", "--sso-session", "corp"];
    let (text, told) = sandbox.run(&arguments).success_with_words();
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(told.contains("skipped the account `prod` (000000000005)"), "{told}");
    let text = sandbox.run(&[&arguments[..], &["--format", "json"]].concat()).success_with_words().0;
    let skipped = json!([{"account_id": "000000000005", "account_name": "prod"}]);
    assert_eq!(json_of(&text)["skipped"], skipped);
    portal.state().broken = Some(fault(500, "InternalServerException", "x"));
    sandbox.run(&arguments).failure(255);
    sandbox.run(&["sso", "accounts", "--sso-session", "corp"]).failure(255);
    portal.state().broken = Some((200, "{}".to_owned()));
    sandbox.run(&arguments).failure(255);
    portal.state().broken = None;
    portal.state().accounts.truncate(1);
    let told = sandbox.run(&arguments).failure(254);
    assert!(told.contains("no account's roles can be listed"), "{told}");
    assert!(told.contains("No access (ForbiddenException)"), "{told}");
    portal.state().accounts.clear();
    for (call, nothing) in [("accounts", "no accounts\n"), ("roles", "no roles\n")] {
        let said = sandbox.run(&["sso", call, "--sso-session", "corp"]).success_with_words();
        assert_eq!(said, (String::new(), nothing.to_owned()));
    }
}
