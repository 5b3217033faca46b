use super::*;
use crate::net::Options;
use crate::net::loopback::{Loopback, Reply};
use crate::origin::Origin;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn setting(text: &str) -> Located<String> {
    Located::new(text.to_owned(), Origin::Default)
}

#[test]
fn the_addresses_of_aws_are_recognized() {
    for text in [
        "https://corp.awsapps.com/start",
        "https://CORP.AwsApps.COM/start",
        "https://corp.awsapps.com./start",
        "https://awsapps.com",
        "https://d-1234567890.awsapps.com:443/start/#/",
        "https://me:word@corp.awsapps.com:8443/start?x",
        "https://corp.awsapps.cn/start",
        "https://ssoins-1.portal.us-east-1.app.aws",
        "https://ssoins-1.us-east-1.portal.amazonaws.com/",
        "https://x.portal.amazonaws.com.cn",
        "https://x.app.amazonwebservices.com.cn",
        "https://x.portal.amazonaws.eu",
        "https://x.api.amazonwebservices.eu",
        "https://identitycenter.amazonaws.com/ssoins-1",
        "https://identitycenter.amazonaws.com.cn/ssoins-1",
        "https://identitycenter.amazonaws.eu/ssoins-1",
        "https://identitycenter.us-gov.amazonaws.com/ssoins-1",
    ] {
        assert!(is_aws(&url(text)), "{text}");
    }
    for text in [
        "https://evil-awsapps.com/start",
        "https://awsapps.com.evil.net/start",
        "https://corp.awsapps.com@evil.net/start",
        "https://evil.net/corp.awsapps.com",
        "https://evil.net?corp.awsapps.com",
        "https://evil.net#.awsapps.com",
        "https://evil.net\\.awsapps.com/",
        "https://corp.awsapps.com../start",
        "https://corp.awsapps.org/start",
        "https://x.identitycenter.amazonaws.com/",
        "https://evil-identitycenter.amazonaws.com/",
        "https://s3.amazonaws.com/bucket",
        "https://xapp.aws",
        "https://127.0.0.1/",
        "https://sso.example.com/",
    ] {
        assert!(!is_aws(&url(text)), "{text}");
    }
}

#[test]
fn some_hosts_name_their_region() {
    for (text, expected) in [
        ("https://ssoins-1.portal.us-east-1.app.aws", Some("us-east-1")),
        ("https://X.EU-CENTRAL-1.portal.amazonaws.com./start", Some("eu-central-1")),
        ("https://x.cn-north-1.portal.amazonaws.com.cn", Some("cn-north-1")),
        ("https://x.portal.cn-northwest-1.app.amazonwebservices.com.cn", Some("cn-northwest-1")),
        ("https://x.eusc-de-east-1.portal.amazonaws.eu", Some("eusc-de-east-1")),
        ("https://x.portal.eusc-de-east-1.api.amazonwebservices.eu", Some("eusc-de-east-1")),
        ("https://us-east-1.portal.amazonaws.com", None),
        ("https://a.b.us-east-1.portal.amazonaws.com", None),
        ("https://x.us-east-1.app.aws", None),
        ("https://x.portal.app.aws", None),
        ("https://x.portal.a.us-east-1.app.aws", None),
        ("https://x.us_east.portal.amazonaws.com", None),
        ("https://us-east-1.awsapps.com/start", None),
        ("https://x.us-east-1.portal.amazonaws.com.evil.net", None),
    ] {
        assert_eq!(region(&url(text)).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_resolved_address_is_normalized() {
    for (text, expected) in [
        ("https://Corp.AwsApps.com:443/start/?a=b#/c", "https://corp.awsapps.com/start"),
        ("https://me:word@corp.awsapps.com/", "https://corp.awsapps.com"),
        ("https://corp.awsapps.com:8443/a//", "https://corp.awsapps.com:8443/a"),
    ] {
        assert_eq!(normalized(url(text)), expected, "{text}");
    }
}

#[test]
fn an_address_of_aws_is_used_as_it_is_written() {
    let net = Net::new(Options::default());
    for text in ["https://corp.awsapps.com/start#/", "https://x.us-east-1.portal.amazonaws.com/"] {
        let resolved = resolve(&net, &setting(text)).unwrap();
        assert_eq!((resolved.url.as_str(), resolved.is_vanity), (text, false));
        assert_eq!(resolved.region.is_some(), text.contains("us-east-1"));
    }
    for text in
        ["http://corp.awsapps.com/start", "corp.awsapps.com", "ftp://corp.awsapps.com", "https://", ""]
    {
        let resolved = resolve(&net, &setting(text));
        assert!(matches!(resolved, Err(StartUrlError::Invalid { .. })), "{text}");
    }
}

#[test]
fn a_vanity_address_is_looked_up_once() {
    let redirect =
        |status, location: &str| Reply::Answer(status, vec![format!("Location: {location}")], Vec::new());
    let portal = "https://me@ssoins-1.portal.us-east-1.app.aws:443/start/?x#y";
    for (replies, methods, expected) in [
        (vec![redirect(302, portal)], "HEAD", Ok("https://ssoins-1.portal.us-east-1.app.aws/start")),
        (
            vec![Reply::of(405, ""), redirect(301, portal)],
            "HEAD GET",
            Ok("https://ssoins-1.portal.us-east-1.app.aws/start"),
        ),
        (
            vec![Reply::of(501, ""), redirect(308, portal)],
            "HEAD GET",
            Ok("https://ssoins-1.portal.us-east-1.app.aws/start"),
        ),
        (vec![Reply::of(200, ""), redirect(302, portal)], "HEAD", Err("status is 200")),
        (vec![Reply::of(404, ""), redirect(302, portal)], "HEAD", Err("status is 404")),
        (vec![Reply::of(302, ""), redirect(302, portal)], "HEAD", Err("status is 302")),
        (vec![Reply::of(405, ""), Reply::of(200, "")], "HEAD GET", Err("status is 200")),
        (vec![redirect(302, "/start"), redirect(302, portal)], "HEAD", Err("redirects to /start,")),
        (vec![redirect(302, "http://corp.awsapps.com/start")], "HEAD", Err("not an AWS access portal")),
        (vec![redirect(302, "https://awsapps.com.evil.net/")], "HEAD", Err("not an AWS access portal")),
        (vec![redirect(302, "https://corp.awsapps.com@evil.net/")], "HEAD", Err("to https://evil.net/,")),
        (vec![Reply::Close], "", Err("looking it up failed")),
    ] {
        let server = Loopback::start(replies);
        let text = server.url("/start");
        let found = look_up(&Net::new(Options::default()), &setting(&text), &url(&text));
        match (found, expected) {
            (Ok(target), Ok(expected)) => {
                assert_eq!(region(&target).as_deref(), Some("us-east-1"));
                assert_eq!(normalized(target), expected);
            }
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
            (found, expected) => panic!("{found:?} is not {expected:?}"),
        }
        let received = server.received();
        let sent: Vec<&str> = received.iter().filter_map(|request| request.line.split(' ').next()).collect();
        assert_eq!(sent.join(" "), methods);
    }
}
