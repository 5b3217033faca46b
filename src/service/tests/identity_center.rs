//! The portal of IAM Identity Center, and the sign-ins to it and to the console.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::at;
use crate::failure::{Code, Exit, Explain as _};
use crate::net::loopback::{Loopback, Reply};
use crate::secret::Secret;
use crate::service::dpop::ProofKey;
use crate::service::{Caller, Error, assignments, oidc, signin, sso};

#[test]
fn the_portal_returns_the_keys_of_a_role() {
    let answer = r#"{"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t","expiration":1795266000999,"x":1}}"#;
    let server = Loopback::start(vec![Reply::of(200, answer)]);
    let token = Secret::new("access");
    let ask =
        |server: &Loopback| at(server, |caller| sso::get_role_credentials(caller, &token, "r/\u{f6} x", "1"));
    let found = ask(&server).0.unwrap();
    assert_eq!((found.keys.access_key_id.as_str(), found.keys.secret_access_key.expose()), ("ASIA", "s"));
    assert_eq!(found.expiration.since_1970().as_millis(), 1_795_266_000_000);
    let received = server.received().remove(0);
    assert_eq!(received.line, "GET /federation/credentials?role_name=r%2F%C3%B6%20x&account_id=1");
    assert_eq!(received.header_names(), "accept host user-agent x-amz-sso_bearer_token");
    assert_eq!(received.header("x-amz-sso_bearer_token"), Some("access"));

    let kind = vec!["x-amzn-ErrorType: UnauthorizedException:http://x".to_owned()];
    let body = br#"{"message":"Session token not found or invalid","__type":"com.amazonaws#Other"}"#.to_vec();
    for (reply, code, exit, text) in [
        (
            Reply::Answer(401, kind, body),
            Code::LoginRequired,
            Exit::Configuration,
            "Session token not found or invalid (UnauthorizedException)",
        ),
        (
            Reply::of(403, r#"{"__type":"a#ForbiddenException","Message":"No access"}"#),
            Code::ProviderFailed,
            Exit::Service,
            "No access (ForbiddenException)",
        ),
        // A redirect, whatever comes with it.
        (Reply::of(300, answer), Code::ProviderFailed, Exit::Service, "300"),
        (Reply::of(404, "plain"), Code::ProviderFailed, Exit::Service, "plain (404)"),
        (Reply::of(400, ""), Code::ProviderFailed, Exit::Service, "400"),
    ] {
        let error = ask(&Loopback::start(vec![reply])).0.unwrap_err();
        assert_eq!(error.to_string(), format!("IAM Identity Center refused GetRoleCredentials: {text}"));
        assert_eq!((error.code(), error.exit()), (code, exit));
    }
    let error = ask(&Loopback::start(vec![Reply::of(200, r#"{"roleCredentials":{}}"#)])).0.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }));
}

#[test]
fn a_token_is_refreshed() {
    let answer = r#"{"accessToken":"new","expiresIn":3600,"refreshToken":null,"tokenType":"Bearer"}"#;
    let server = Loopback::start(vec![Reply::of(503, ""), Reply::of(200, answer)]);
    let (secret, refresh) = (Secret::new("s"), Secret::new("r\""));
    let grant = oidc::Grant::Renewal { refresh_token: &refresh };
    let (token, waits) = at(&server, |caller| oidc::create_token(caller, "c", &secret, &grant));
    let token = token.unwrap();
    assert_eq!((token.access_token.expose(), token.expires_in, waits), ("new", 3600, 1));
    assert!(token.refresh_token.is_none());
    let received = server.received().remove(1);
    assert_eq!(
        (received.line.as_str(), received.header("content-type")),
        ("POST /token", Some("application/json"))
    );
    assert_eq!(
        received.body,
        r#"{"grantType":"refresh_token","clientId":"c","clientSecret":"s","refreshToken":"r\""}"#
    );
}

/// `expiresIn` as OAuth's look-alikes write it: botocore calls `int`.
#[test]
fn a_number_may_be_text_or_have_decimals() {
    for (number, seconds) in [("\"3600\"", 3600), ("1e3", 1000), ("59.9", 59)] {
        let answer = format!(r#"{{"accessToken":"new","expiresIn":{number}}}"#);
        let server = Loopback::start(vec![Reply::of(200, answer)]);
        let (secret, refresh) = (Secret::new("s"), Secret::new("r"));
        let grant = oidc::Grant::Renewal { refresh_token: &refresh };
        let token = at(&server, |caller| oidc::create_token(caller, "c", &secret, &grant)).0.unwrap();
        assert_eq!(token.expires_in, seconds, "{number}");
    }
}

#[test]
fn a_refresh_token_is_kept_whatever_else_is_wrong() {
    let (secret, key) = (Secret::new("x"), ProofKey::generate().unwrap());
    for answer in [
        r#"{"refreshToken":"next"}"#,
        r#"{"refreshToken":"next","accessToken":"a","expiresIn":"soon"}"#,
        r#"{"refreshToken":"next","accessToken":"a","expiresIn":0}"#,
        r#"{"refreshToken":"next","accessToken":{"accessKeyId":"A"},"expiresIn":9}"#,
    ] {
        let server = Loopback::start(vec![Reply::of(200, answer), Reply::of(200, answer)]);
        let renewal = oidc::Grant::Renewal { refresh_token: &secret };
        let of_portal =
            at(&server, |caller| oidc::create_token(caller, "c", &secret, &renewal)).0.unwrap_err();
        let renewal = signin::Grant::Renewal { refresh_token: &secret };
        let of_console =
            at(&server, |caller| signin::create_token(caller, "c", &key, &renewal)).0.unwrap_err();
        for unissued in [of_portal, of_console] {
            assert!(matches!(unissued.error, Error::Unreadable { .. }), "{unissued:?}");
            assert_eq!(unissued.refresh_token.unwrap().expose(), "next");
        }
    }
}

#[test]
fn a_new_sign_in_to_the_console_has_a_refresh_token_and_a_renewal_may_have_none() {
    let (secret, key) = (Secret::new("x"), ProofKey::generate().unwrap());
    let code = signin::Grant::Code { code: &secret, verifier: &secret, redirect_uri: "http://127.0.0.1/" };
    let renewal = signin::Grant::Renewal { refresh_token: &secret };
    let new = |caller: &Caller<'_>| {
        signin::create_token(caller, "c", &key, &code).map(|_| ()).map_err(|unissued| unissued.error)
    };
    let renewed = |caller: &Caller<'_>| {
        signin::create_token(caller, "c", &key, &renewal).map(|_| ()).map_err(|unissued| unissued.error)
    };
    let keys = serde_json::json!({"accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t"});
    let mut answer = serde_json::json!({"accessToken": keys, "expiresIn": 900, "refreshToken": "r"});
    assert!(answered(&new, &answer).is_ok());
    for without in [Some(serde_json::json!("")), Some(serde_json::Value::Null), None] {
        match without {
            Some(value) => answer["refreshToken"] = value,
            None => drop(answer.as_object_mut().unwrap().remove("refreshToken")),
        }
        let error = answered(&new, &answer).unwrap_err();
        assert!(error.to_string().contains("it has no `refreshToken`"), "{error}");
        assert!(answered(&renewed, &answer).is_ok(), "{answer}");
    }
}

#[test]
fn accounts_are_listed_to_the_last_page() {
    let server = Loopback::start(vec![
        Reply::of(
            200,
            r#"{"accountList":[{"accountId":"1","accountName":"prod","emailAddress":"p@x.org"}],"nextToken":"a=/ b"}"#,
        ),
        Reply::of(429, r#"{"__type":"TooManyRequestsException","message":"HTTP 429"}"#),
        Reply::of(503, ""),
        Reply::of(200, r#"{"accountList":[{"accountId":"1"},{"accountId":"2","x":[]}],"nextToken":null}"#),
    ]);
    let token = Secret::new("access");
    let (accounts, waits) = at(&server, |caller| assignments::list_accounts(caller, &token));
    let accounts = accounts.unwrap();
    assert_eq!((accounts.len(), accounts[0].name.as_deref(), waits), (2, Some("prod"), 2));
    assert_eq!((accounts[1].id.as_str(), &accounts[1].email), ("2", &None));
    let received = server.received();
    let lines: Vec<&str> = received.iter().map(|request| request.line.as_str()).collect();
    let again = "GET /assignment/accounts?max_result=100&next_token=a%3D%2F%20b";
    assert_eq!(lines, ["GET /assignment/accounts?max_result=100", again, again, again]);
    assert_eq!(received[0].header_names(), "accept host user-agent x-amz-sso_bearer_token");
}

#[test]
fn a_page_token_that_comes_again_is_an_error() {
    let page = r#"{"roleList":[{"roleName":"Admin","accountId":"1"}],"nextToken":"a"}"#;
    let server = Loopback::start(vec![Reply::of(200, page), Reply::of(200, page), Reply::of(200, page)]);
    let token = Secret::new("access");
    let (roles, _) = at(&server, |caller| assignments::list_account_roles(caller, &token, "1"));
    let error = roles.unwrap_err().to_string();
    assert!(error.contains("its `nextToken` is one that it has given before"), "{error}");
    assert_eq!(server.received()[0].line, "GET /assignment/roles?account_id=1&max_result=100");
}

#[test]
fn roles_of_another_account_are_not_taken_for_those_of_the_one_that_was_asked_about() {
    let token = Secret::new("access");
    let page = r#"{"roleList":[{"roleName":"Admin","accountId":"1"},{"roleName":"Dev","accountId":"2"}]}"#;
    let server = Loopback::start(vec![Reply::of(200, page)]);
    let (roles, _) = at(&server, |caller| assignments::list_account_roles(caller, &token, "1"));
    let error = roles.unwrap_err().to_string();
    assert!(error.ends_with("can't be used: it has roles of another account"), "{error}");
}

#[test]
fn a_throttled_listing_is_tried_often_and_waits_as_long_as_it_is_told() {
    let throttled = || Reply::Answer(429, vec!["Retry-After: 3".to_owned()], Vec::new());
    let token = Secret::new("access");
    let replies = (0..8).map(|_| throttled()).chain([Reply::of(200, r#"{"accountList":[]}"#)]);
    let server = Loopback::start(replies.collect());
    let (accounts, waits) = at(&server, |caller| assignments::list_accounts(caller, &token));
    assert_eq!((accounts.unwrap().len(), waits), (0, 8));
    let server = Loopback::start((0..12).map(|_| throttled()).collect());
    let (accounts, waits) = at(&server, |caller| assignments::list_accounts(caller, &token));
    let error = accounts.unwrap_err();
    assert_eq!((error.exit(), waits), (Exit::Service, 11));
}

#[test]
fn a_listing_that_is_throttled_for_days_is_given_up_at_once() {
    let throttled = Reply::Answer(429, vec!["Retry-After: 999999".to_owned()], Vec::new());
    let token = Secret::new("access");
    let server = Loopback::start(vec![throttled]);
    let (accounts, waits) = at(&server, |caller| assignments::list_accounts(caller, &token));
    assert_eq!((accounts.unwrap_err().exit(), waits), (Exit::Service, 0));
}

#[test]
fn accounts_are_listed_several_at_a_time_and_one_may_be_refused() {
    let roles = |name: &str| Reply::of(200, format!(r#"{{"roleList":[{{"roleName":"{name}"}}]}}"#));
    let refused = || Reply::of(403, r#"{"__type":"ForbiddenException","message":"No access"}"#);
    let token = Secret::new("access");
    let count = AtomicUsize::new(0);
    let listed = || _ = count.fetch_add(1, Ordering::Relaxed);
    let all = |server: &Loopback| {
        at(server, |caller| assignments::list_roles_of(caller, &token, &["1", "2"], &listed)).0
    };
    let found = all(&Loopback::start(vec![roles("Admin"), refused()])).unwrap();
    assert_eq!(found.iter().filter(|roles| roles.is_ok()).count(), 1);
    assert_eq!((found.len(), count.load(Ordering::Relaxed)), (2, 2));
    let error =
        all(&Loopback::start(vec![roles("Admin"), Reply::of(401, r#"{"__type":"UnauthorizedException"}"#)]));
    assert_eq!(error.unwrap_err().code(), Code::LoginRequired);
}

#[test]
fn a_token_is_revoked_without_a_body() {
    let server = Loopback::start(vec![Reply::of(503, ""), Reply::of(200, ""), Reply::of(401, "{}")]);
    let token = Secret::new("access");
    assert!(at(&server, |caller| sso::logout(caller, &token)).0.is_ok());
    let received = server.received().remove(1);
    assert_eq!((received.line.as_str(), received.body.as_str()), ("POST /logout", ""));
    assert_eq!(received.header("x-amz-sso_bearer_token"), Some("access"));
    assert!(at(&server, |caller| sso::logout(caller, &token)).0.is_err());
}

/// An operation, without its result.
type Call<'c> = &'c dyn Fn(&Caller<'_>) -> Result<(), Error>;

/// What the operation makes of a success with this body.
fn answered(call: Call<'_>, body: &serde_json::Value) -> Result<(), Error> {
    let server = Loopback::start(vec![Reply::of(200, body.to_string())]);
    at(&server, call).0
}

#[test]
fn what_a_service_must_say_is_never_empty_or_of_other_characters() {
    let (secret, key) = (Secret::new("x"), ProofKey::generate().unwrap());
    let new = oidc::NewClient { name: "n", flow: oidc::Flow::Device, start_url: "https://x", scopes: &[] };
    let client = oidc::Client { id: "c".to_owned(), secret: secret.clone(), expires_at: 1 };
    let renewal = oidc::Grant::Renewal { refresh_token: &secret };
    let in_console = signin::Grant::Renewal { refresh_token: &secret };
    let keys = serde_json::json!({"accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t", "expiration": 1});
    let of_console = serde_json::json!({"accessToken": keys, "expiresIn": 900});
    let calls: [(Call<'_>, serde_json::Value, &[&str]); 7] = [
        (
            &|caller| oidc::register_client(caller, &new).map(|_| ()),
            serde_json::json!({"clientId": "c", "clientSecret": "s", "clientSecretExpiresAt": 1}),
            &["/clientId", "/clientSecret"],
        ),
        (
            &|caller| oidc::start_device_authorization(caller, &client, "https://x").map(|_| ()),
            serde_json::json!({
                "deviceCode": "d", "userCode": "u", "verificationUri": "https://x/", "expiresIn": 9,
            }),
            &["/deviceCode", "/verificationUri"],
        ),
        (
            &|caller| {
                oidc::create_token(caller, "c", &secret, &renewal)
                    .map(|_| ())
                    .map_err(|unissued| unissued.error)
            },
            serde_json::json!({"accessToken": "t", "expiresIn": 9}),
            &["/accessToken"],
        ),
        (
            &|caller| {
                signin::create_token(caller, "c", &key, &in_console)
                    .map(|_| ())
                    .map_err(|unissued| unissued.error)
            },
            of_console,
            &["/accessToken/accessKeyId", "/accessToken/secretAccessKey", "/accessToken/sessionToken"],
        ),
        (
            &|caller| sso::get_role_credentials(caller, &secret, "r", "1").map(|_| ()),
            serde_json::json!({"roleCredentials": keys}),
            &[
                "/roleCredentials/accessKeyId",
                "/roleCredentials/secretAccessKey",
                "/roleCredentials/sessionToken",
            ],
        ),
        (
            &|caller| assignments::list_accounts(caller, &secret).map(|_| ()),
            serde_json::json!({"accountList": [{"accountId": "1"}]}),
            &["/accountList/0/accountId"],
        ),
        (
            &|caller| assignments::list_account_roles(caller, &secret, "1").map(|_| ()),
            serde_json::json!({"roleList": [{"roleName": "r"}]}),
            &["/roleList/0/roleName"],
        ),
    ];
    for (call, body, members) in calls {
        assert!(answered(call, &body).is_ok(), "{body}");
        for member in members {
            for odd in ["", " ", "a b", "a\nb", "\u{1b}[31m", "\u{202e}x"] {
                let mut body = body.clone();
                *body.pointer_mut(member).unwrap() = serde_json::json!(odd);
                let error = answered(call, &body).unwrap_err();
                let name = member.rsplit('/').next().unwrap();
                let text = error.to_string();
                assert!(
                    matches!(error, Error::Unreadable { .. }) && text.contains(&format!("its `{name}` ")),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn an_address_that_users_are_sent_to_is_one_of_the_web() {
    let client = oidc::Client { id: "c".to_owned(), secret: Secret::new("s"), expires_at: 1 };
    let ask: Call<'_> = &|caller| oidc::start_device_authorization(caller, &client, "https://x").map(|_| ());
    let body = serde_json::json!({
        "deviceCode": "d", "userCode": "u", "verificationUri": "https://x/", "verificationUriComplete": "",
        "expiresIn": 9,
    });
    assert!(answered(ask, &body).is_ok());
    for interval in [serde_json::json!(null), "1".into(), 0.5.into(), 1e9.into()] {
        let mut body = body.clone();
        body["interval"] = interval;
        assert!(answered(ask, &body).is_ok(), "{body}");
    }
    for odd in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "x",
        "//x/",
        "https:",
        "https://signin.aws.amazon.com@evil.example/",
        "https://x/\u{1b}]0;x\u{7}",
        "https://x/\u{202e}",
        "https://x/`id`",
        "https://x/\nhttps://y/",
    ] {
        for member in ["verificationUri", "verificationUriComplete"] {
            let mut body = body.clone();
            body[member] = serde_json::json!(odd);
            let text = answered(ask, &body).unwrap_err().to_string();
            assert!(text.contains(&format!("its `{member}` is not the address of a web page")), "{text}");
        }
    }
    for (member, odd, says) in [
        ("userCode", serde_json::json!(" "), "its `userCode` is empty"),
        ("userCode", serde_json::json!("A".repeat(129)), "its `userCode` is too long"),
        (
            "verificationUri",
            format!("https://x/{}", "a".repeat(2048)).into(),
            "its `verificationUri` is too long",
        ),
        ("expiresIn", 0.into(), "its `expiresIn` is not positive"),
        ("expiresIn", (-1).into(), "its `expiresIn` is not positive"),
    ] {
        let mut body = body.clone();
        body[member] = odd;
        let text = answered(ask, &body).unwrap_err().to_string();
        assert!(text.contains(says), "{text}");
    }
}
