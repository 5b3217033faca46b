//! `doctor --online`: what only the services know.

use std::net::TcpListener;

use jiff::SignedDuration;

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::{Loopback, Request};

fn keys(names: &[(&str, &str)]) -> String {
    names.iter().map(|(name, id)| section(name, id, CANARY)).collect::<Vec<_>>().concat()
}

const GOOD: &str = "AKIAIOSFODNN7EXAMPLE";
const DELETED: &str = "AKIAI44QH8DHBEXAMPLE";

/// STS, which knows one key.
fn answer(request: &Request) -> Option<(u16, String)> {
    if request.line.starts_with("GET") {
        return Some((302, String::new()));
    }
    let knows = request.headers.iter().any(|header| header.contains(GOOD));
    Some(if knows {
        let body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn>\
                    <UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
        (200, body.to_owned())
    } else {
        let body = "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token included in \
                    the request is invalid.</Message></Error><RequestId>r</RequestId></ErrorResponse>";
        (403, body.to_owned())
    })
}

#[test]
fn a_key_that_aws_does_not_accept_is_found_in_its_place_and_each_is_asked_for_once() {
    let sts = Loopback::start(answer);
    let sandbox = sts.home().credentials(keys(&[("a", GOOD), ("b", DELETED), ("c", DELETED)]));
    let (printed, words) = sandbox.run(&["doctor", "--online"]).code(1);
    let refused = "error: ~/.aws/credentials:5: AWS refuses the keys of profile `b`: ";
    assert!(printed.starts_with(refused) && printed.contains("(InvalidClientTokenId)"), "{printed}");
    assert!(printed.contains("3 profiles checked: 1 error, 0 warnings, 0 notes\n"), "{printed}{words}");
    // The endpoint, and each key.
    assert_eq!(sts.count(), 3, "{:?}", sts.received());
    assert!(sts.received()[0].headers.iter().all(|header| !header.starts_with("authorization")));
    // The healthy one alone.
    let sandbox = Loopback::start(answer).home().credentials(keys(&[("a", GOOD), ("b", DELETED)]));
    sandbox.run(&["doctor", "--online", "a"]).success();
}

#[test]
fn what_is_wrong_with_a_token_is_corrected_where_it_is() {
    let sandbox = |rest: &str| {
        let keys = format!(
            "[a]\naws_access_key_id = ASIAI44QH8DHBEXAMPLE\naws_secret_access_key = {CANARY}\n{rest}"
        );
        Loopback::start(answer).home().credentials(keys)
    };
    let missing = "help: a temporary key (ASIA...) needs its session token: `xcred set aws_session_token - --profile a`";
    for token in ["", "aws_session_token =\n"] {
        let words = sandbox(token).run(&["whoami", "-p", "a"]).failure(254);
        assert!(words.contains(missing), "{words}");
        let (printed, _) = sandbox(token).run(&["doctor", "--online"]).code(1);
        assert!(printed.contains(missing), "{printed}");
    }
    // The first of the two names is read, as in botocore.
    let both = format!("aws_session_token = {CANARY}\naws_security_token = {CANARY}-old\n");
    let keys = format!("[a]\naws_access_key_id = {DELETED}\naws_secret_access_key = {CANARY}\n{both}");
    let sts = Loopback::start(answer);
    let words = sts.home().credentials(keys).run(&["whoami", "-p", "a"]).failure(254);
    let unset = "help: a long-term key (AKIA...) is used without a session token: `xcred unset aws_security_token --profile a`";
    assert!(words.contains(unset), "{words}");
    let sent = sts.received();
    assert!(sent[0].headers.iter().any(|header| header.ends_with(&format!("{CANARY}-old"))), "{sent:?}");
    let variables = sandbox("").env("AWS_ACCESS_KEY_ID", DELETED).env("AWS_SECRET_ACCESS_KEY", CANARY);
    let words = variables.env("AWS_SESSION_TOKEN", CANARY).run(&["whoami"]).failure(254);
    assert!(words.contains("is used without a session token: `unset AWS_SESSION_TOKEN`"), "{words}");
}

#[test]
fn without_the_option_nothing_is_sent() {
    let sts = Loopback::start(answer);
    sts.home().credentials(keys(&[("b", DELETED)])).run(&["doctor"]).success();
    assert_eq!(sts.count(), 0);
}

#[test]
fn keys_in_the_environment_are_asked_for_too() {
    let sts = Loopback::start(answer);
    let sandbox = sts.home().env("AWS_ACCESS_KEY_ID", DELETED).env("AWS_SECRET_ACCESS_KEY", CANARY);
    let (printed, _) = sandbox.run(&["doctor", "--online", "--format", "json"]).code(1);
    let document = json_of(&printed);
    let finding = &document["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"refused-keys".into(), &"error".into()));
    assert_eq!(finding["origin"]["variable"], "AWS_ACCESS_KEY_ID");
}

#[test]
fn a_clock_that_is_wrong_is_found() {
    for (ahead, expected) in [
        (SignedDuration::from_secs(7 * 60 + 20), Some("7 min behind the clock of AWS")),
        (SignedDuration::from_secs(-62 * 60), Some("62 min ahead of the clock of AWS")),
        (SignedDuration::from_mins(4), None),
    ] {
        let sandbox = Loopback::with_clock(ahead, answer).home().credentials(keys(&[("a", GOOD)]));
        let (code, printed, _) = sandbox.run(&["doctor", "--online"]).ended();
        assert_eq!(code, Some(i32::from(expected.is_some())), "{printed}");
        assert_eq!(printed.contains("this machine's clock is"), expected.is_some(), "{printed}");
        assert!(expected.is_none_or(|expected| printed.contains(expected)), "{printed}");
    }
}

#[test]
fn a_key_is_not_blamed_for_the_clock() {
    let late = |request: &Request| {
        if request.line.starts_with("GET") {
            return Some((302, String::new()));
        }
        let message = "Signature expired: 20261130T030000Z is now earlier than 20261130T041500Z";
        let error = format!("<Error><Code>SignatureDoesNotMatch</Code><Message>{message}</Message></Error>");
        Some((403, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")))
    };
    for (ahead, expected) in [(90, "this machine's clock is"), (0, "Signature expired")] {
        let service = Loopback::with_clock(SignedDuration::from_mins(ahead), late);
        let sandbox = service.home().credentials(keys(&[("a", GOOD), ("b", DELETED)]));
        let (printed, words) = sandbox.run(&["doctor", "--online"]).code(1);
        assert!(printed.contains(expected) && !printed.contains("refuses the keys"), "{printed}");
        assert!(printed.contains("2 profiles checked: 1 error, 0 warnings, 0 notes\n"), "{printed}{words}");
        let words = sandbox.run(&["whoami", "-p", "a"]).failure(254);
        assert!(words.ends_with("help: correct this machine's clock\n"), "{words}");
    }
}

#[test]
fn an_endpoint_that_does_not_respond_is_found_once() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", &url)
        .env("AWS_REGION", "eu-west-1")
        .credentials(keys(&[("a", GOOD), ("b", DELETED)]));
    let (printed, _) = sandbox.run(&["doctor", "--online"]).code(1);
    assert_eq!(printed.matches("no connection to ").count(), 1, "{printed}");
    assert!(printed.contains("1 error, "), "{printed}");
}

#[test]
fn a_service_that_is_not_aws_is_found_and_the_keys_are_not_blamed() {
    for (status, body) in [(200, "<html>login</html>"), (403, "<html>proxy</html>"), (503, ""), (500, "oops")]
    {
        let odd = Loopback::start(move |_| Some((status, body.to_owned())));
        let sandbox = odd.home().credentials(keys(&[("a", GOOD), ("b", DELETED)]));
        let (printed, _) = sandbox.run(&["doctor", "--online"]).code(1);
        assert!(printed.contains("2 profiles checked: 1 error, "), "{status}: {printed}");
        assert!(!printed.contains("AWS refuses the keys"), "{status}: {printed}");
    }
}
