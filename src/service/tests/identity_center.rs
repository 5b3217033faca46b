use super::at;
use crate::failure::{Code, Exit, Explain as _};
use crate::net::loopback::{Loopback, Reply};
use crate::secret::Secret;
use crate::service::{Error, oidc, sso};

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
