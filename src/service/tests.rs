mod iam;
mod identity_center;

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;

use super::retry::{Mode, Policy};
use super::sts::{AssumeRole, FederationToken, Restrictions, SessionName, WebIdentity};
use super::*;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Explain as _};
use crate::net::loopback::{Loopback, Reply};
use crate::net::{self, Options};
use crate::origin::{Located, Origin};

/// A clock that stands still at 2026-11-21T12:00:00Z and records the durations of sleeps.
pub(super) struct Still {
    chance: f64,
    slept: Mutex<Vec<f64>>,
}

impl Still {
    pub(super) fn new(chance: f64) -> Still {
        Still { chance, slept: Mutex::default() }
    }

    pub(super) fn slept(&self) -> Vec<f64> {
        self.slept.lock().unwrap().clone()
    }
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn sleep(&self, duration: Duration) {
        self.slept.lock().unwrap().push(duration.as_secs_f64());
    }

    fn chance(&self) -> f64 {
        self.chance
    }
}

pub(super) fn credentials(token: Option<&str>) -> Credentials {
    let secret = |text: &str| Located::new(Secret::new(text), Origin::Default);
    Credentials {
        access_key_id: Some(Located::new("AKIDEXAMPLE".to_owned(), Origin::Default)),
        secret_access_key: Some(secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
        session_token: token.map(secret),
        ..Credentials::default()
    }
}

/// Calls a service at `server`. Also returns how often the client waited.
fn at<T, E>(server: &Loopback, call: impl FnOnce(&Caller<'_>) -> Result<T, E>) -> (Result<T, E>, usize) {
    let (net, clock) = (Net::new(Options::default()), Still::new(0.0));
    let endpoint = Endpoint { url: server.url(""), region: Some("eu-west-1".to_owned()) };
    let retry = Policy::new(Mode::Standard, None);
    let limits = Limits::both(Duration::from_secs(5));
    let caller = Caller { net: &net, endpoint, retry, limits, clock: &clock };
    let outcome = call(&caller);
    (outcome, clock.slept().len())
}

const ROLE: &str = "arn:aws:iam::123456789012:role/x";

fn role() -> AssumeRole<'static> {
    AssumeRole {
        role_arn: ROLE,
        session_name: SessionName::Generated("botocore-session-1"),
        external_id: None,
        serial_number: None,
        duration_seconds: None,
        token_code: None,
        restrictions: Restrictions::default(),
        as_botocore: true,
    }
}

fn session(operation: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result>
        <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/x/s:1</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s&amp;k</SecretAccessKey>
        <SessionToken>to/ken==</SessionToken><Expiration>2026-11-21T13:00:00Z</Expiration></Credentials>
        </{operation}Result></{operation}Response>"
    )
}

fn refusal(code: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>User: arn:x is not \
         authorized</Message></Error><RequestId>id-1</RequestId></ErrorResponse>"
    )
}

#[test]
fn doubled_members_are_read_as_by_botocore() {
    let ask = |answer: String| {
        let server = Loopback::start(vec![Reply::of(200, answer)]);
        at(&server, |caller| sts::assume_role(caller, &credentials(None), &role())).0
    };
    let answer = session("AssumeRole");
    // Of two with members in them the first counts.
    let other = "<Credentials><AccessKeyId>ASIATWO</AccessKeyId></Credentials>";
    for end in ["</AssumeRoleResult>", "</AssumeRoleResponse>"] {
        let more = if end.contains("Result") {
            other.to_owned()
        } else {
            format!("<AssumeRoleResult>{other}</AssumeRoleResult>")
        };
        let taken = ask(answer.replace(end, &format!("{more}{end}"))).unwrap();
        assert_eq!(taken.keys.access_key_id, "ASIA");
    }
    // Of two texts none.
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "Arn"] {
        let doubled = answer.replace(&format!("<{name}>"), &format!("<{name}>ASIA</{name}><{name}>"));
        let error = ask(doubled).unwrap_err();
        assert!(error.to_string().ends_with(&format!("it has several `{name}`")), "{error}");
    }
}

#[test]
fn an_expiration_is_read_as_by_botocore() {
    let ask = |text: &str| {
        let answer = session("AssumeRole").replace("2026-11-21T13:00:00Z", text);
        let server = Loopback::start(vec![Reply::of(200, answer)]);
        let taken = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role())).0;
        taken.map(|taken| taken.expiration.to_string()).map_err(|error| error.to_string())
    };
    for (text, read) in [
        ("Fri, 01 Jan 2099 00:00:00 GMT", "2099-01-01T00:00:00Z"),
        ("2099-01-01T00:00:00 UTC", "2099-01-01T00:00:00Z"),
        ("01 Jan 2099 00:00:00 +0000", "2099-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59-05:00"),
        (" 4102444800.5 ", "2100-01-01T00:00:00Z"),
        ("1e10", "2286-11-20T17:46:40Z"),
    ] {
        assert_eq!(ask(text).as_deref(), Ok(read), "{text}");
    }
    for text in ["soon", "Jan 1 2099", "1e20", "inf", "nan"] {
        assert!(ask(text).unwrap_err().contains("its `Expiration` is not a time"), "{text}");
    }
}

#[test]
fn what_botocore_takes_for_an_error_is_no_success() {
    for (status, is_success) in [(299, true), (300, false)] {
        let server = Loopback::start(vec![Reply::of(status, session("AssumeRole"))]);
        let taken = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role())).0;
        assert_eq!(taken.is_ok(), is_success, "{status}");
    }
}

#[test]
fn assume_role_sends_what_botocore_sends() {
    let server =
        Loopback::start(vec![Reply::of(200, session("AssumeRole")), Reply::of(200, session("AssumeRole"))]);
    let (taken, _) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role()));
    let taken = taken.unwrap();
    assert_eq!(taken.keys.access_key_id, "ASIA");
    assert_eq!(
        (taken.keys.secret_access_key.expose(), taken.keys.session_token.as_ref().unwrap().expose()),
        ("s&k", "to/ken==")
    );
    assert_eq!(taken.expiration.to_string(), "2026-11-21T13:00:00Z");
    assert_eq!(taken.account_id.as_deref(), Some("123456789012"));

    let code = Secret::new("123456");
    let whole = AssumeRole {
        session_name: SessionName::Configured("conf"),
        external_id: Some("e e"),
        serial_number: Some("123456789"),
        duration_seconds: Some(900),
        token_code: Some(&code),
        restrictions: Restrictions::default(),
        ..role()
    };
    at(&server, |caller| sts::assume_role(caller, &credentials(Some("t")), &whole)).0.unwrap();
    let received = server.received();
    assert_eq!(received[0].line, "POST /");
    assert_eq!(
        received[0].header_names(),
        "accept authorization content-length content-type host user-agent x-amz-date"
    );
    assert_eq!(received[0].header("content-type"), Some("application/x-www-form-urlencoded; charset=utf-8"));
    assert_eq!(received[0].header("x-amz-date"), Some("20261121T120000Z"));
    assert_eq!(
        received[0].body,
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fx\
         &RoleSessionName=botocore-session-1"
    );
    assert_eq!(
        received[1].body,
        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=conf&ExternalId=e+e&SerialNumber=123456789\
         &DurationSeconds=900&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fx&TokenCode=123456"
    );
    assert_eq!(received[1].header("x-amz-security-token"), Some("t"));
    let signed = received[1].header("authorization").unwrap();
    assert!(signed.starts_with(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/sts/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="
    ));
}

#[test]
fn a_web_identity_is_sent_unsigned_and_verbatim() {
    let token = Secret::new("ey.J\n");
    for (name, order) in [
        (SessionName::Configured("conf"), "RoleSessionName=conf&RoleArn=ARN&WebIdentityToken=ey.J%0A"),
        (SessionName::Generated("gen"), "RoleArn=ARN&RoleSessionName=gen&WebIdentityToken=ey.J%0A"),
    ] {
        let server = Loopback::start(vec![Reply::of(200, session("AssumeRoleWithWebIdentity"))]);
        let identity = WebIdentity {
            role_arn: ROLE,
            session_name: name,
            token: &token,
            duration_seconds: None,
            restrictions: Restrictions::default(),
            as_botocore: true,
        };
        at(&server, |caller| sts::assume_role_with_web_identity(caller, &identity)).0.unwrap();
        let received = server.received().remove(0);
        assert_eq!(received.header_names(), "accept content-length content-type host user-agent");
        let arn = "arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fx";
        let order = order.replace("ARN", arn);
        assert_eq!(received.body, format!("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&{order}"));
    }
}

#[test]
fn the_identity_of_the_caller_is_parsed() {
    let identity = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/u</Arn>\
                    <UserId>AIDA</UserId><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    let server = Loopback::start(vec![Reply::of(200, identity)]);
    let (found, _) = at(&server, |caller| sts::get_caller_identity(caller, &credentials(None)));
    let found = found.unwrap();
    assert_eq!((found.account.as_str(), found.arn.as_str()), ("1", "arn:aws:iam::1:user/u"));
    assert_eq!(found.user_id, "AIDA");
    assert_eq!(server.received().remove(0).body, "Action=GetCallerIdentity&Version=2011-06-15");
}

#[test]
fn restrictions_are_sent_behind_the_other_parameters() {
    let answer = session("GetFederationToken")
        .replace("AssumedRoleUser", "FederatedUser")
        .replace("</Credentials>", "</Credentials><PackedPolicySize> 81 </PackedPolicySize>");
    let replies = [session("AssumeRole"), answer].map(|body| Reply::of(200, body));
    let server = Loopback::start(replies.into());
    let restrictions = Restrictions {
        policy: Some("{\"a\": 1}"),
        policy_arns: &["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"],
        tags: &[("team", "a b"), ("x", "")],
        source_identity: Some("me@x"),
    };
    let restricted = AssumeRole { restrictions, duration_seconds: Some(900), ..role() };
    let (taken, _) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &restricted));
    assert_eq!(taken.unwrap().packed_policy_size, None);
    let federated = FederationToken {
        name: "me",
        duration_seconds: Some(900),
        restrictions: Restrictions { source_identity: None, ..restrictions },
    };
    let (taken, _) = at(&server, |caller| sts::get_federation_token(caller, &credentials(None), &federated));
    let taken = taken.unwrap();
    assert_eq!((taken.packed_policy_size, taken.account_id.as_deref()), (Some(81), Some("123456789012")));
    let members = "&Policy=%7B%22a%22%3A+1%7D\
                   &PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FA\
                   &PolicyArns.member.2.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FB\
                   &Tags.member.1.Key=team&Tags.member.1.Value=a+b&Tags.member.2.Key=x&Tags.member.2.Value=";
    let bodies: Vec<String> = server.received().into_iter().map(|request| request.body).collect();
    let role = "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fx&RoleSessionName=botocore-session-1";
    let expected = format!(
        "Action=AssumeRole&Version=2011-06-15&DurationSeconds=900&{role}{members}&SourceIdentity=me%40x"
    );
    assert_eq!(bodies[0], expected);
    let expected =
        format!("Action=GetFederationToken&Version=2011-06-15&Name=me&DurationSeconds=900{members}");
    assert_eq!(bodies[1], expected);
}

#[test]
fn a_request_that_botocore_rejects_is_not_sent() {
    let server = Loopback::start(vec![]);
    let code = Secret::new("12345");
    let wrong = AssumeRole {
        role_arn: "arn",
        session_name: SessionName::Configured("s"),
        external_id: Some(""),
        serial_number: Some("12345678"),
        duration_seconds: Some(899),
        token_code: Some(&code),
        restrictions: Restrictions::default(),
        as_botocore: true,
    };
    let error = at(&server, |caller| sts::assume_role(caller, &credentials(None), &wrong)).0.unwrap_err();
    assert_eq!(
        error.to_string(),
        "AssumeRole was not sent: RoleArn has 3 characters and needs at least 20; RoleSessionName has 1 \
         character and needs at least 2; DurationSeconds is 899 and must be at least 900; ExternalId has 0 \
         characters and needs at least 2; SerialNumber has 8 characters and needs at least 9; TokenCode has 5 \
         characters and needs at least 6"
    );
    assert_eq!(error.code(), Code::InvalidConfig);
}

#[test]
fn refusals_show_the_message_of_aws_and_are_not_retried() {
    let server = Loopback::start(vec![Reply::of(403, refusal("AccessDenied"))]);
    let (outcome, waits) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role()));
    let error = outcome.unwrap_err();
    assert_eq!(error.to_string(), "STS refused AssumeRole: User: arn:x is not authorized (AccessDenied)");
    assert!(matches!(&error, Error::Refused { request_id: Some(id), status: 403, .. } if id == "id-1"));
    assert_eq!((error.code(), error.exit(), waits), (Code::ProviderFailed, Exit::Service, 0));
}

#[test]
fn temporary_failures_are_retried() {
    for (first, second) in [
        (Reply::of(503, ""), Reply::of(500, "<html>sorry</html>")),
        (Reply::of(400, refusal("Throttling")), Reply::of(400, refusal("IDPCommunicationError"))),
        (Reply::Close, Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<a>".to_vec())),
    ] {
        let server = Loopback::start(vec![first, second, Reply::of(200, session("AssumeRole"))]);
        let (outcome, waits) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role()));
        assert!(outcome.is_ok());
        assert_eq!(waits, 2);
    }
    let replies = [(); 3].map(|()| Reply::of(503, ""));
    let (outcome, waits) =
        at(&Loopback::start(replies.into()), |caller| sts::get_caller_identity(caller, &credentials(None)));
    assert_eq!(outcome.unwrap_err().to_string(), "STS refused GetCallerIdentity: 503");
    assert_eq!(waits, 2);
    let (outcome, waits) =
        at(&Loopback::start(vec![]), |caller| sts::get_caller_identity(caller, &credentials(None)));
    let error = outcome.unwrap_err();
    assert!(matches!(&error, Error::Net(net::Error::Connect { .. })));
    assert_eq!((error.code(), error.exit(), waits), (Code::ProviderFailed, Exit::Other, 2));
}

#[test]
fn responses_that_cannot_be_parsed_are_not_retried() {
    let no_keys = session("AssumeRole").replace("AccessKeyId", "Nope");
    for (status, body) in [
        (503, "Service Unavailable".to_owned()),
        (200, "<html>".to_owned()),
        (200, "<AssumeRoleResponse/>".to_owned()),
        (200, no_keys),
        (200, session("AssumeRole").replace("2026-11-21T13:00:00Z", "soon")),
        (302, String::new()),
    ] {
        let server = Loopback::start(vec![Reply::of(status, body)]);
        let (outcome, waits) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role()));
        let error = outcome.unwrap_err();
        assert!(matches!(&error, Error::Unreadable { status: found, .. } if *found == status), "{error:?}");
        assert_eq!((error.exit(), waits), (Exit::Other, 0));
    }
}

#[test]
fn nothing_secret_is_shown_by_debug() {
    let server = Loopback::start(vec![Reply::of(200, session("AssumeRole"))]);
    let (taken, _) = at(&server, |caller| sts::assume_role(caller, &credentials(None), &role()));
    let shown = format!("{:?}", taken.unwrap());
    assert!(!shown.contains("s&k") && !shown.contains("to/ken"), "{shown}");
}
