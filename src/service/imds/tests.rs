use super::*;
use crate::net::Options;
use crate::net::loopback::{Loopback, Received, Reply};
use crate::service::tests::Still;

const KEYS: &str = r#"{"Code":"Success","AccessKeyId":"AK","SecretAccessKey":"SK","Token":"T","Expiration":"2026-11-21T18:00:00Z"}"#;

/// A client as botocore's.
fn plain<'i>(net: &'i Net, clock: &'i Still, base: &'i str) -> Imds<'i> {
    Imds {
        net,
        clock,
        base,
        attempts: 1,
        timeout: Duration::from_millis(300),
        v1_disabled: false,
        needs_answer: false,
        untimed: Untimed::Accepted,
        checks_name: false,
        names: Names::Exact,
    }
}

fn ask(server: &Loopback, attempts: u32, v1_disabled: bool) -> Result<RoleCredentials, Error> {
    let (net, base) = (Net::new(Options::default()), server.url("/p"));
    let clock = Still::new(0.5);
    let timeout = Duration::from_millis(300);
    Imds { attempts, timeout, v1_disabled, ..plain(&net, &clock, &base) }.credentials()
}

fn asked(
    replies: Vec<Reply>,
    attempts: u32,
    v1_disabled: bool,
) -> (Result<RoleCredentials, Error>, Vec<String>) {
    let server = Loopback::start(replies);
    let outcome = ask(&server, attempts, v1_disabled);
    let line = |request: &Received| {
        let token = request.header("x-aws-ec2-metadata-token");
        let path = request.line.replace("latest/meta-data/iam/security-credentials/", "…");
        token.map_or(path.clone(), |token| format!("{path} [{token}]"))
    };
    (outcome, server.received().iter().map(line).collect())
}

fn absent(outcome: Result<RoleCredentials, Error>) -> Absence {
    match outcome {
        Err(Error::Absent(absence)) => absence,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_token_the_role_and_its_keys_are_requested() {
    let replies = vec![Reply::of(200, "tok"), Reply::of(200, "role\n"), Reply::of(200, KEYS)];
    let server = Loopback::start(replies);
    let credentials = ask(&server, 1, true).unwrap();
    assert_eq!(credentials.issued.keys.access_key_id, "AK");
    assert_eq!(
        (credentials.issued.expiration.as_str(), credentials.extended),
        ("2026-11-21T18:00:00Z", None)
    );
    let received = server.received();
    assert_eq!(received[0].line, "PUT /p/latest/api/token");
    assert_eq!(received[0].header("x-aws-ec2-metadata-token-ttl-seconds"), Some("21600"));
    assert_eq!(received[0].header("content-length"), Some("0"));
    assert_eq!(received[1].line, "GET /p/latest/meta-data/iam/security-credentials/");
    assert_eq!(received[2].line, "GET /p/latest/meta-data/iam/security-credentials/role");
    assert_eq!(received[2].header_names(), "accept host user-agent x-aws-ec2-metadata-token");
}

#[test]
fn without_a_token_version_1_is_used_unless_it_is_disabled() {
    for status in [403, 404, 405] {
        let (outcome, lines) =
            asked(vec![Reply::of(status, ""), Reply::of(200, "r"), Reply::of(200, KEYS)], 3, false);
        outcome.unwrap();
        assert_eq!(lines, ["PUT /p/latest/api/token", "GET /p/…", "GET /p/…r"]);
        let (outcome, lines) = asked(vec![Reply::of(status, "")], 3, true);
        assert!(matches!(outcome, Err(Error::ImdsV1Disabled { .. })));
        assert_eq!(lines.len(), 1);
    }
    // A token is not requested again after a timeout. Other failures are retried.
    let (outcome, lines) = asked(vec![Reply::Silence, Reply::of(200, "r"), Reply::of(200, KEYS)], 3, false);
    outcome.unwrap();
    assert_eq!(lines.len(), 3);
    let replies = vec![Reply::of(500, ""), Reply::of(401, ""), Reply::of(200, "r"), Reply::of(200, KEYS)];
    let (outcome, lines) = asked(replies, 2, false);
    outcome.unwrap();
    assert_eq!(lines[1..], ["PUT /p/latest/api/token", "GET /p/…", "GET /p/…r"]);
    // An empty token is sent, but is not a token.
    let (outcome, lines) =
        asked(vec![Reply::of(200, ""), Reply::of(200, "r"), Reply::of(200, KEYS)], 1, false);
    outcome.unwrap();
    assert_eq!(lines[1], "GET /p/… []");
    assert!(matches!(asked(vec![Reply::of(200, "")], 1, true).0, Err(Error::ImdsV1Disabled { .. })));
}

#[test]
fn failures_after_the_token_are_an_absence() {
    let token = || Reply::of(200, "tok");
    let (outcome, lines) = asked(vec![Reply::of(400, "")], 3, false);
    assert!(matches!(absent(outcome), Absence::TokenRefused));
    assert_eq!(lines.len(), 1);
    assert!(matches!(absent(asked(vec![], 0, false).0), Absence::NoAttempts));
    assert!(matches!(absent(asked(vec![], 2, false).0), Absence::Net(net::Error::Connect { .. })));
    let (outcome, lines) = asked(vec![token(), Reply::of(401, ""), Reply::of(404, "")], 2, false);
    assert!(matches!(absent(outcome), Absence::Status { status: 404, .. }));
    assert_eq!(lines.len(), 3);
    assert!(matches!(absent(asked(vec![token(), Reply::of(200, "")], 1, false).0), Absence::Empty { .. }));
    let role = || Reply::of(200, "r");
    let replies = vec![token(), role(), Reply::of(200, "{"), Reply::of(200, ""), Reply::of(200, "[")];
    assert!(matches!(absent(asked(replies, 3, false).0), Absence::NotJson { .. }));
    let words = r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role r."}"#;
    let (outcome, _) = asked(vec![token(), role(), Reply::of(200, words)], 1, false);
    assert!(
        absent(outcome)
            .to_string()
            .ends_with(": EC2 cannot assume the role r. (AssumeRoleUnauthorizedAccess)")
    );
    let (outcome, _) = asked(vec![token(), role(), Reply::of(200, "[]")], 1, false);
    assert!(matches!(absent(outcome), Absence::Incomplete { member: "AccessKeyId", words: None, .. }));
}

#[test]
fn the_expiration_of_keys_that_expire_soon_is_extended() {
    let net = Net::new(Options::default());
    for (chance, expiration, extended) in [
        // It is 12:00:00.
        (0.0, "2026-11-21T12:17:01Z", None),
        (0.0, "2026-11-21T12:17:00Z", Some("2026-11-21T12:17:00Z")),
        (0.0, "2020-01-01T00:00:00Z", Some("2026-11-21T12:17:00Z")),
        (0.999_999, "2026-11-21T12:25:00Z", Some("2026-11-21T12:25:00Z")),
        (0.5, "2026-11-21T12:20:00Z", Some("2026-11-21T12:21:00Z")),
        (0.5, "2026-11-21T12:20:00.0Z", None),
        (0.5, "2026-11-21T12:20:00+00:00", None),
        (0.5, "soon", None),
    ] {
        let clock = Still::new(chance);
        let timeout = Duration::from_secs(1);
        let imds = Imds { timeout, ..plain(&net, &clock, IPV4) };
        let expected = extended.map(|time| time.parse().unwrap());
        assert_eq!(imds.extended(expiration), expected, "{chance} {expiration}");
    }
}

#[test]
fn a_configured_address_overrides_the_mode() {
    assert_eq!(base(None, false).unwrap(), "http://169.254.169.254/");
    assert_eq!(base(Some(""), true).unwrap(), "http://[fd00:ec2::254]/");
    assert_eq!(base(Some("http://h:1/x"), true).unwrap(), "http://h:1/x");
    assert!(matches!(base(Some("h"), false), Err(Error::ImdsEndpoint { .. })));
}

fn region(replies: Vec<Reply>, v1_disabled: bool) -> (Option<String>, Vec<String>) {
    let server = Loopback::start(replies);
    let (net, base, clock) = (Net::new(Options::default()), server.url("/p"), Still::new(0.5));
    let timeout = Duration::from_millis(300);
    let imds = Imds { timeout, v1_disabled, ..plain(&net, &clock, &base) };
    let found = imds.region(RegionSource::Zone);
    if let Some(found) = &found {
        let zone = format!("{base}/latest/meta-data/placement/availability-zone/");
        assert_eq!(found.origin, Origin::Service { url: zone });
    }
    (found.map(|found| found.value), server.received().iter().map(|request| request.line.clone()).collect())
}

#[test]
fn the_region_is_the_zone_without_its_last_letter() {
    for (zone, expected) in [
        ("us-mars-1a", Some("us-mars-1")),
        ("us-west-2-lax-1b\n", Some("us-west-2-lax-1")),
        ("<html>", None),
        ("a", None),
        ("", None),
    ] {
        let (found, asked) = region(vec![Reply::of(200, "tok"), Reply::of(200, zone)], true);
        assert_eq!(found.as_deref(), expected, "{zone}");
        assert_eq!(asked[1], "GET /p/latest/meta-data/placement/availability-zone/");
    }
}

#[test]
fn no_request_for_the_region_is_repeated_in_vain() {
    // Version 1, unless that is disabled.
    for status in [403, 404, 500] {
        let replies = || vec![Reply::of(status, ""), Reply::of(200, "eu-north-1c")];
        assert_eq!(region(replies(), false).0.as_deref(), Some("eu-north-1"));
        let (found, asked) = region(replies(), true);
        assert_eq!((found, asked.len()), (None, 1));
    }
    assert_eq!(region(vec![Reply::of(200, "tok"), Reply::of(404, "eu-north-1c")], false).0, None);
    // The request is invalid, or there is no connection.
    assert_eq!(region(vec![Reply::of(400, ""), Reply::of(200, "eu-north-1c")], false).0, None);
    let (found, asked) = region(vec![Reply::Close, Reply::of(200, "eu-north-1c")], false);
    assert_eq!((found, asked.len()), (None, 0));
}

#[test]
fn what_is_not_the_name_of_a_role_is_asked_for_and_not_shown() {
    let body = "<html> not-a-name-but-a-page </html>";
    let (outcome, lines) =
        asked(vec![Reply::of(200, "tok"), Reply::of(200, body), Reply::of(404, "")], 1, false);
    assert!(lines[2].contains("not-a-name-but-a-page"), "{lines:?}");
    let words = crate::secret::redacted(&absent(outcome).to_string()).into_owned();
    assert!(words.contains("meta-data/iam/security-") && !words.contains("not-a-name"), "{words}");
    assert!(["role", "my.role@x-1", "r\n"].into_iter().all(is_name) && !is_name(&"r".repeat(65)));
}

/// To each a token that doesn't say how long it holds: whether there are keys, and whether the token was sent.
#[test]
fn a_token_without_its_time_is_worth_what_the_rules_say() {
    for (untimed, expected) in [
        (Untimed::Accepted, (true, Some("t"))),
        (Untimed::AsNone, (true, None)),
        (Untimed::Refused, (false, None)),
    ] {
        let replies = vec![Reply::of(200, "t"), Reply::of(200, "role"), Reply::of(200, KEYS)];
        let server = Loopback::start(replies);
        let (net, base, clock) = (Net::new(Options::default()), server.url("/p"), Still::new(0.5));
        let found = Imds { untimed, ..plain(&net, &clock, &base) }.credentials();
        let received = server.received();
        let sent = received.get(1).and_then(|request| request.header("x-aws-ec2-metadata-token"));
        assert_eq!((found.is_ok(), sent), expected, "{untimed:?}");
        if untimed == Untimed::Refused {
            assert!(matches!(absent(found), Absence::Untimed { .. }));
        }
    }
}

#[test]
fn a_name_of_a_role_with_a_line_break_is_an_error_where_it_is_checked() {
    for (checks_name, is_found) in [(false, true), (true, false)] {
        let replies = vec![Reply::of(200, "t"), Reply::of(200, "role\n"), Reply::of(200, KEYS)];
        let server = Loopback::start(replies);
        let (net, base, clock) = (Net::new(Options::default()), server.url("/p"), Still::new(0.5));
        let found = Imds { checks_name, ..plain(&net, &clock, &base) }.credentials();
        assert_eq!(found.is_ok(), is_found, "{checks_name}");
    }
}

#[test]
fn with_an_empty_token_only_botocore_asks_for_no_region() {
    for (needs_answer, expected) in [(false, None), (true, Some("eu-north-1"))] {
        let server = Loopback::start(vec![Reply::of(200, ""), Reply::of(200, "eu-north-1")]);
        let (net, base, clock) = (Net::new(Options::default()), server.url("/p"), Still::new(0.5));
        let imds = Imds { needs_answer, v1_disabled: true, ..plain(&net, &clock, &base) };
        let found = imds.region(RegionSource::Region).map(|found| found.value);
        assert_eq!(found.as_deref(), expected, "{needs_answer}");
    }
}
