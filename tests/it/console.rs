//! `console`: what the federation endpoint is asked for, the link of each partition, the browser that never has the link in its
//! arguments, and what isn't signed in.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::browser::{Running, asked, fetched, is_open, opened, with_browser};
use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Request};
use crate::services::{header, query};
use crate::terminal::Terminal;

const KEYS: &str = "[one]\naws_access_key_id = AKIAONE\naws_secret_access_key = c4n4ry/DoNotShow+Me\n\
                    [session]\naws_access_key_id = ASIASES\naws_secret_access_key = c4n4ry/DoNotShow+Me-ses\n\
                    aws_session_token = c4n4ry/DoNotShow+Me-token&?\n\
                    [untokened]\naws_access_key_id = AKIATWO\naws_secret_access_key = c4n4ry/DoNotShow+Me\n\
                    aws_session_token =\n";
const CONFIG: &str = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = one\nregion = eu-west-1\n\
                      [profile china]\nrole_arn = arn:aws-cn:iam::123456789012:role/R\nsource_profile = one\n\
                      [profile gov]\nrole_arn = arn:aws-us-gov:iam::123456789012:role/R\nsource_profile = one\n\
                      [profile eusc]\nrole_arn = arn:aws-eusc:iam::123456789012:role/R\nsource_profile = one\n\
                      [profile one]\nregion = us-east-2\n";

/// The token that the endpoint gives, whose characters have to be encoded.
fn token() -> String {
    format!("{CANARY}/sign-in+token=&?")
}

/// STS, and the federation endpoint, which accepts only what its documentation has.
fn answer(request: &Request) -> (u16, String) {
    let form = query(&format!("?{}", request.body));
    if request.line == "POST /" {
        let action = &form["Action"];
        let name = form.get("RoleArn").map_or("FED", |_| "ROLE");
        let seconds: i64 = form.get("DurationSeconds").map_or(3600, |text| text.parse().expect("a number"));
        let end = (Timestamp::now() + SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ");
        let body = format!(
            "<{action}Response><{action}Result><Credentials><AccessKeyId>ASIA{name}</AccessKeyId>\
             <SecretAccessKey>{CANARY}-{name}</SecretAccessKey><SessionToken>{CANARY}-token&amp;{name}</SessionToken>\
             <Expiration>{end}</Expiration></Credentials></{action}Result></{action}Response>"
        );
        return (200, body);
    }
    let session: Value =
        serde_json::from_str(form.get("Session").map_or("", |text| text)).unwrap_or_default();
    let expected = |name: &str| {
        json!({"sessionId": format!("ASIA{name}"), "sessionKey": format!("{CANARY}-{name}"),
               "sessionToken": format!("{CANARY}-token&{name}")})
    };
    let is_right = request.line == "POST /federation"
        && header(request, "content-type") == Some("application/x-www-form-urlencoded")
        && header(request, "authorization").is_none()
        && form.len() == 2
        && form["Action"] == "getSigninToken"
        && (session == expected("ROLE") || session == expected("FED"));
    if is_right {
        (200, json!({"SigninToken": token()}).to_string())
    } else {
        (400, "<!doctype html><html><body><h1>Invalid Session</h1></body></html>".to_owned())
    }
}

fn service() -> Loopback {
    Loopback::start(|request| Some(answer(request)))
}

fn home(service: &Loopback) -> Sandbox {
    let home = Sandbox::new().config(CONFIG).credentials(KEYS);
    home.env("AWS_ENDPOINT_URL_STS", &service.url).env("AWS_ENDPOINT_URL_SIGNIN", &service.url)
}

/// What a link says, without the endpoint that it is of.
#[track_caller]
fn destination(link: &str, service: &Loopback) -> String {
    let members = query(link.trim_end());
    assert!(link.starts_with(&format!("{}/federation?", service.url)), "{link}");
    let names: Vec<&str> = members.keys().map(String::as_str).collect();
    assert_eq!(names, ["Action", "Destination", "Issuer", "SigninToken"]);
    assert_eq!((members["Action"].as_str(), members["Issuer"].as_str()), ("login", "xcred"));
    assert_eq!(members["SigninToken"], token());
    members["Destination"].clone()
}

#[test]
fn a_link_is_printed_for_the_partition_of_the_region() {
    let service = service();
    let home = home(&service).revealing();
    for (options, expected) in [
        (&["r"][..], "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"),
        (
            &["gov", "--region", "us-gov-west-1"],
            "https://us-gov-west-1.console.amazonaws-us-gov.com/console/home?region=us-gov-west-1",
        ),
        (
            &["eusc", "--region", "eusc-de-east-1"],
            "https://eusc-de-east-1.console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1",
        ),
        (
            &["china", "--region", "cn-northwest-1"],
            "https://cn-northwest-1.console.amazonaws.cn/console/home?region=cn-northwest-1",
        ),
        (&["china", "--region", "cn-north-1"], "https://console.amazonaws.cn/console/home?region=cn-north-1"),
        (
            &["-p", "r", "--service", "s3"],
            "https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1",
        ),
        (
            &["r", "--service", "ec2", "--path", "/home#Instances:"],
            "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:",
        ),
        (
            &["r", "--path", "/s3/buckets/b?region=us-east-1&tab=objects"],
            "https://eu-west-1.console.aws.amazon.com/s3/buckets/b?region=us-east-1&tab=objects",
        ),
    ] {
        let link = home.run(&[&["console", "--print"], options].concat()).success();
        assert_eq!(destination(&link, &service), expected);
        assert_eq!(link.lines().count(), 1);
    }
    // A secret in a URL would be in logs.
    for request in service.received() {
        assert!(!request.line.contains(['?', '%']) && !request.line.contains(CANARY), "{}", request.line);
    }
}

#[test]
fn a_partition_without_a_known_console_is_named() {
    let service = service();
    let words = home(&service).run(&["console", "r", "--print", "--region", "us-iso-east-1"]).failure(253);
    assert!(words.contains("no console is known for the partition aws-iso"), "{words}");
    assert!(service.received().iter().all(|request| request.line == "POST /"));
}

#[test]
fn credentials_of_one_partition_make_no_link_to_the_console_of_another() {
    let service = service();
    let home = home(&service);
    let chinese = ["--role-arn", "arn:aws-cn:iam::123456789012:role/C"];
    for (options, expected) in [
        (
            &["r", "--region", "us-gov-west-1"][..],
            "role/R, and region `us-gov-west-1` is in the partition aws-us-gov\n",
        ),
        (&["china", "--region", "eu-west-1"], "role/R, and region `eu-west-1` is in the partition aws\n"),
        (&["china"], "role/R, and without a region the console is that of the partition aws\n"),
        (&[&["one"], &chinese[..]].concat(), "role/C, and region `us-east-2` is in the partition aws\n"),
        (
            &["r", "--read-only", "--region", "cn-north-1"],
            "role/R, and region `cn-north-1` is in the partition aws-cn\n",
        ),
    ] {
        let words = home.run(&[&["console", "--print"], options].concat()).failure(253);
        assert!(words.contains(expected), "{words}");
    }
    assert!(service.received().iter().all(|request| request.line == "POST /"), "the endpoint was asked");
}

#[test]
fn the_browser_gets_an_address_of_this_machine_that_leads_on_once() {
    let service = service();
    let home = with_browser(home(&service));
    let running = Running::start(&home, &["console", "r", "--service", "s3"]);
    let address = opened(&home);
    let host =
        address.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("a host").to_owned();
    assert!(host.starts_with("127.0.0.1:") && !address.contains("Token"), "{address}");
    // Guesses, other methods and other hosts get nothing.
    let path = address.strip_prefix(&format!("http://{host}")).expect("a path").to_owned();
    for request in [
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        format!("GET {path}?x HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nSec-Purpose: prefetch\r\n\r\n"),
    ] {
        let refused = asked(&host, &request);
        assert!(refused.starts_with("HTTP/1.1 4") && !refused.contains("Location"), "{request}: {refused}");
    }
    let page = fetched(&address);
    assert!(page.starts_with("HTTP/1.1 302 ") && page.contains("Cache-Control: no-store"), "{page}");
    let link = page.lines().find_map(|line| line.strip_prefix("Location: ")).expect("a location");
    let expected = "https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1";
    assert_eq!(destination(link, &service), expected);
    let ended = running.end();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    assert!(!is_open(&host));
    assert!(
        ended.stderr.starts_with("xcred: profile r, role R, region eu-west-1, until "),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("The console was opened with "), "{}", ended.stderr);
    assert!(!ended.stderr.contains("SigninToken"));
    assert!(!home.read("environment").contains(CANARY));
}

#[test]
fn without_a_browser_here_nothing_is_asked_for_and_the_help_prints_the_link() {
    let service = service();
    let narrowed = ["console", "r", "--read-only", "--service", "s3", "--sdk", "js"];
    let words = home(&service).env("SSH_CONNECTION", "x").run(&narrowed).failure(255);
    assert!(words.contains("no browser is opened here, because SSH_CONNECTION is set"), "{words}");
    assert!(
        words.contains(
            "help: `xcred console --print --profile r --service s3 --sdk js --read-only` prints the link"
        ),
        "{words}"
    );
    let keys = home(&service).env("SSH_CONNECTION", "x").run(&["console", "--access-key-id", "AKIAX"]);
    assert!(keys.failure(255).contains("help: `--print` prints the link"));
    let missing = home(&service).env("BROWSER", "/nowhere/browser").run(&["console", "r"]);
    assert!(
        missing
            .failure(255)
            .contains("the browser could not be started: `/nowhere/browser`: it was not found")
    );
    assert!(service.received().iter().all(|request| !request.line.contains('?')));
}

#[test]
fn a_users_keys_are_narrowed_or_refused() {
    let service = service();
    let home = home(&service).revealing();
    let words = home.run(&["console", "one", "--print"]).failure(253);
    assert!(words.contains("the access keys of profile `one` are long-term"), "{words}");
    assert!(words.contains("add `--read-only`, or assume a role: `--role-arn ARN`"), "{words}");
    let explicit = ["console", "--print", "--access-key-id", "AKIAX"];
    let words = home.run_with_input(&explicit, &format!("{CANARY}\n")).failure(253);
    assert!(words.contains("these access keys are long-term"), "{words}");
    // An empty token is none.
    let words = home.run(&["console", "untokened", "--print"]).failure(253);
    assert!(words.contains("the access keys of profile `untokened` are long-term"), "{words}");
    assert!(service.received().is_empty());
    for options in [
        &["--read-only"][..],
        &["--policy-arn", "SecurityAudit", "--duration", "2h"],
        &["--role-arn", "arn:aws:iam::123456789012:role/R"],
    ] {
        let link = home.run(&[&["console", "one", "--print"], options].concat()).success();
        assert_eq!(
            destination(&link, &service),
            "https://us-east-2.console.aws.amazon.com/console/home?region=us-east-2"
        );
    }
    let bodies: Vec<String> = service.received().into_iter().map(|request| request.body).collect();
    let actions: Vec<String> =
        bodies.iter().map(|body| query(&format!("?{body}"))["Action"].clone()).collect();
    let each = ["GetFederationToken", "getSigninToken"];
    assert_eq!(actions, [each, each, ["AssumeRole", "getSigninToken"]].concat());
}

#[test]
fn the_narrowing_options_reach_the_role() {
    let service = service();
    let options = [
        "--policy-arn",
        "SecurityAudit",
        "--tag",
        "team=x",
        "--session-name",
        "me",
        "--source-identity",
        "ada",
    ];
    home(&service).revealing().run(&[&["console", "r", "--print"], &options[..]].concat()).success();
    let form = query(&format!("?{}", service.received()[0].body));
    for (name, value) in [
        ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/SecurityAudit"),
        ("Tags.member.1.Key", "team"),
        ("RoleSessionName", "me"),
        ("SourceIdentity", "ada"),
    ] {
        assert_eq!(form[name], value);
    }
}

#[test]
fn a_duration_that_is_asked_for_is_not_that_of_a_cached_session() {
    let service = service();
    let home = home(&service).revealing();
    for options in [&[][..], &[], &["--duration", "20m"], &["--duration", "20m"]] {
        home.run(&[&["console", "r", "--print"], options].concat()).success();
    }
    let durations: Vec<Option<String>> = service
        .received()
        .iter()
        .filter(|request| request.line == "POST /")
        .map(|request| query(&format!("?{}", request.body)).remove("DurationSeconds"))
        .collect();
    assert_eq!(durations, [None, Some("1200".to_owned()), Some("1200".to_owned())]);
}

#[test]
fn the_endpoints_refusal_is_that_of_a_service_and_says_what_to_do() {
    let service = service();
    // Temporary keys of GetSessionToken.
    let words = home(&service).run(&["console", "session", "--print"]).failure(254);
    assert!(words.contains("AWS Sign-In refused GetSigninToken: 400"), "{words}");
    assert!(words.contains("GetSessionToken") && words.contains("--role-arn"), "{words}");
    assert!(!words.contains("Invalid Session"), "{words}");
    let refusing = Loopback::start(|request| match request.line.as_str() {
        "POST /" => Some(answer(request)),
        _ => Some((400, "<html>".to_owned())),
    });
    let words = home(&refusing).run(&["console", "r", "--print", "--duration", "30m"]).failure(254);
    assert!(words.contains("help: try without `--duration`"), "{words}");
    for body in ["{}", "[]", r#"{"SigninToken":""}"#, r#"{"SigninToken":7}"#, "<html>"] {
        let odd = Loopback::start(move |request| match request.line.as_str() {
            "POST /" => Some(answer(request)),
            _ => Some((200, body.to_owned())),
        });
        let words = home(&odd).run(&["console", "r", "--print"]).failure(255);
        assert!(
            words.contains("the response from AWS Sign-In to GetSigninToken (status 200) can't be used"),
            "{words}"
        );
    }
}

#[test]
fn a_refusal_that_repeats_the_request_shows_no_secret() {
    let echo = Loopback::start(|request| {
        let session = query(&format!("?{}", request.body)).remove("Session").unwrap_or_default();
        Some((400, json!({"message": format!("no: {session} {}", request.body)}).to_string()))
    });
    for options in [&["--print"][..], &["--print", "-v"]] {
        let words = home(&echo).run(&[&["console", "session"], options].concat()).failure(254);
        assert!(words.contains("AWS Sign-In refused GetSigninToken: no: "), "{words}");
        for secret in ["DoNotShow", "DoNotShow%2BMe", "c4n4ry"] {
            assert!(!words.contains(secret), "{words}");
        }
    }
}

#[test]
fn names_and_paths_that_are_none_are_usage_errors() {
    let service = service();
    let home = home(&service);
    for options in [["--service", "S3"], ["--service", "evil.example/x"], ["--service", ""]] {
        let words = home.run(&[&["console", "r", "--print"], &options[..]].concat()).failure(252);
        assert!(words.contains("is not a name of a service"), "{words}");
    }
    for path in ["s3", "@evil.example", "/a b", "/a\r\nb", "/\u{1b}[31m"] {
        let words = home.run(&["console", "r", "--print", "--path", path]).failure(252);
        assert!(words.contains("is not a path") && !words.contains('\u{1b}'), "{words}");
    }
    assert!(service.received().is_empty());
}

#[test]
fn guards_hold_for_the_console() {
    let service = service();
    let guarded = |text: &str| home(&service).file(".config/xcred/config.toml", text);
    let words =
        guarded("[profiles.r]\naccount = '999999999999'\n").run(&["console", "r", "--print"]).failure(253);
    assert!(words.contains("999999999999"), "{words}");
    let words = guarded("[profiles.r]\nconfirm = true\n").run(&["console", "r", "--print"]).failure(253);
    assert!(words.contains("confirm"), "{words}");
    home(&service).env("XCRED_ALLOW", "one").run(&["console", "r", "--print"]).failure(253);
    assert!(service.received().iter().all(|request| request.line == "POST /"));
}

#[test]
fn on_a_terminal_the_link_comes_with_a_warning() {
    let service = service();
    let home = home(&service).revealing();
    let shown = Terminal::run(&home, &["console", "r", "--print"]).end(0);
    assert!(shown.contains("SigninToken=") && shown.contains("This link is a secret"), "{shown}");
    assert!(!fs::exists(home.path("opened")).expect("a look"));
}
