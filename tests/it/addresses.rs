//! URLs from settings and the environment: which host gets the request, and what is shown of them.

use crate::harness::{CANARY, Sandbox};
use crate::loopback::Loopback;

/// A home with keys and a service at `url`, with or without a proxy.
fn asking(variable: &str, address: &str) -> Sandbox {
    Sandbox::new()
        .config("[default]\nregion = eu-west-1\nretry_mode = standard\nmax_attempts = 1\n")
        .credentials("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env(variable, address)
}

/// URLs with a password. Most of them are invalid.
fn secret_addresses() -> Vec<String> {
    let plain = CANARY.replace('/', "%2F");
    let mut addresses = vec![
        format!("user:{plain}@127.0.0.1:1"),
        format!("http://user:{plain}@127.0.0.1:1/?token={CANARY}"),
        format!("http://127.0.0.1:1/x#{CANARY}"),
        format!("https:\\\\user:{CANARY}@127.0.0.1:1"),
        format!("https:/user:{CANARY}@127.0.0.1:1"),
        format!("socks5://user:{CANARY}@127.0.0.1:1"),
        format!("ftp://user:{CANARY}@127.0.0.1"),
        format!("http://user:{CANARY}"),
        format!(" http://user:{CANARY}@h ost/"),
    ];
    addresses.push(format!("http://user:{CANARY}@127.0.0.1:1"));
    addresses
}

#[test]
fn no_error_shows_a_password_of_a_url() {
    for address in secret_addresses() {
        for variable in ["HTTPS_PROXY", "https_proxy"] {
            // The sandbox checks both streams for the canary.
            let (_, _, words) = asking(variable, &address).run(&["whoami"]).ended();
            assert!(!words.contains(&CANARY.replace('/', "%2F")), "{words}");
        }
        for variable in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"] {
            for arguments in
                [&["whoami"][..], &["resolve"], &["resolve", "--format", "json"], &["get", "--all"]]
            {
                let outcome = asking(variable, &address).run(arguments).ended();
                assert!(outcome.0.is_some(), "{arguments:?}");
            }
        }
        let container = asking("AWS_CONTAINER_CREDENTIALS_FULL_URI", &address)
            .credentials("")
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", CANARY);
        // A valid URL is retried with pauses, and has its own test.
        if !address.starts_with("http://127") && !address.contains("@127.0.0.1:1") {
            for arguments in [&["credential-process"][..], &["resolve", "--format", "json"]] {
                let _ = container.run(arguments).ended();
            }
        }
        let _ = container.run(&["resolve", "--offline"]).ended();
        let sandbox = asking("AWS_EC2_METADATA_SERVICE_ENDPOINT", &address)
            .credentials("")
            .env("AWS_EC2_METADATA_DISABLED", "false")
            .env("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "1");
        for arguments in [&["credential-process"][..], &["resolve"], &["resolve", "--format", "json"]] {
            let _ = sandbox.run(arguments).ended();
        }
    }
}

#[test]
fn the_start_url_of_a_sign_in_is_shown_without_secrets() {
    for address in ["https://u:c4n4ry@h/?token=c4n4ry", "https://h/start?c4n4ry", "u:c4n4ry@h"] {
        let sandbox = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").config(format!(
            "[default]\nsso_start_url = {address}\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n"
        ));
        for arguments in [&["credential-process"][..], &["resolve"], &["resolve", "--format", "json"]] {
            let (_, out, err) = sandbox.run(arguments).ended();
            assert!(!out.contains("c4n4ry") && !err.contains("c4n4ry"), "{out}{err}");
        }
    }
}

#[test]
fn a_proxy_with_another_scheme_is_refused() {
    let sandbox = asking("HTTPS_PROXY", "socks5://user:word@127.0.0.1:1");
    let words = sandbox.run(&["whoami"]).failure(253);
    assert!(
        words.contains("the proxy `socks5://127.0.0.1:1` can't be used: its scheme is `socks5`"),
        "{words}"
    );
}

#[test]
fn a_token_is_only_sent_to_the_host_that_was_checked() {
    let evil = Loopback::start(|_| Some((200, String::new())));
    let place = evil.url.strip_prefix("http://").unwrap();
    for address in [
        format!("http://{place}\\@localhost/x"),
        format!("https://{place}\\@localhost/x"),
        format!("http://{place}\\\\@169.254.170.2/x"),
        format!("http:\\\\{place}/x"),
        format!("http://{place}\t@localhost\\@localhost/x"),
        "http://2130706433/x".to_owned(),
    ] {
        let sandbox = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &address)
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", CANARY);
        let words = sandbox.run(&["credential-process"]).failure(253);
        assert!(words.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"), "{words}");
    }
    for address in [
        format!("http://{place}\\@localhost/"),
        format!("http://{place}/a b"),
        format!("http://{place}/\u{7f}"),
    ] {
        let words = asking("AWS_ENDPOINT_URL_STS", &address).run(&["whoami"]).failure(253);
        assert!(words.contains("is refused") || words.contains("is not a valid"), "{words}");
    }
    assert_eq!(evil.count(), 0, "{:?}", evil.received());
}

#[test]
fn a_deeply_nested_response_is_an_error() {
    let server = Loopback::start(|_| Some((200, "<a>".repeat(100_000) + &"</a>".repeat(100_000))));
    let words = asking("AWS_ENDPOINT_URL_STS", &server.url).run(&["whoami"]).failure(255);
    assert!(words.contains("longer than 256 KiB"), "{words}");
    let server = Loopback::start(|_| Some((200, "<a>".repeat(20_000) + &"</a>".repeat(20_000))));
    let words = asking("AWS_ENDPOINT_URL_STS", &server.url).run(&["whoami"]).failure(255);
    assert!(words.contains("nested more than 32 deep"), "{words}");
}

#[test]
fn an_empty_bundle_is_ignored_and_a_tilde_in_its_path_is_expanded() {
    let sandbox = asking("AWS_CA_BUNDLE", "");
    let config =
        "[default]\nregion = eu-west-1\nca_bundle = ~/mine.pem\nmax_attempts = 1\nretry_mode = standard\n";
    let sandbox = sandbox.config(config).env("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1");
    assert_eq!(sandbox.run(&["get", "ca_bundle"]).success(), "~/mine.pem\n");
    let words = sandbox.run(&["whoami"]).failure(253);
    let mine = sandbox.shown("mine.pem");
    assert!(words.contains(&format!("the CA bundle `{mine}` can't be read")), "{words}");
    for (variable, value) in [("AWS_CA_BUNDLE", "~/other.pem"), ("REQUESTS_CA_BUNDLE", "~/unused.pem")] {
        let words = asking(variable, value).config(config).env("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1");
        let words = words.run(&["whoami"]).failure(253);
        let named = if variable == "AWS_CA_BUNDLE" { "/other.pem`" } else { "/mine.pem`" };
        assert!(words.contains(named), "{variable}: {words}");
    }
    let sandbox = asking("REQUESTS_CA_BUNDLE", "~/r.pem").env("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1");
    assert!(sandbox.run(&["whoami"]).failure(253).contains("/r.pem`"));
    let blank = asking("REQUESTS_CA_BUNDLE", "").env("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1");
    assert!(blank.run(&["whoami"]).failure(255).contains("no connection"));
}
