//! The names of sessions in CloudTrail: a template of the settings.

use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use crate::services::query;

const SETTINGS: &str = ".config/xcred/config.toml";

const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/R\n";

/// A home with a user's keys and roles, one of which has a name of its own for its sessions.
fn home(sts: &Loopback, template: &str) -> Sandbox {
    let config = format!(
        "[profile r]\n{ROLE}source_profile = base\n[profile team/own]\n{ROLE}source_profile = base\nrole_session_name = mine\n\
         [profile web]\n{ROLE}web_identity_token_file = token\n[profile over]\n{ROLE}source_profile = r\n"
    );
    sts.home()
        .credentials(section("base", "AKIABASE", CANARY))
        .config(config)
        .file("token", CANARY)
        .file(SETTINGS, format!("session.name = '{template}'\n"))
        .env("USER", "ada lovelace")
        .env("AWS_DEFAULT_REGION", "eu-west-1")
}

/// The names of the sessions that were asked for since the last call, as `from` counts.
fn names(sts: &Loopback, from: &mut usize) -> Vec<String> {
    let all = sts.received();
    let forms = all[*from..].iter().map(|request| query(&format!("?{}", request.body)));
    *from = all.len();
    forms.filter_map(|form| form.get("RoleSessionName").or_else(|| form.get("Name")).cloned()).collect()
}

#[test]
fn a_template_names_sessions_that_nothing_else_names() {
    let sts = Loopback::sts();
    let (home, mut from) = (home(&sts, "{user}+{profile}-{agent}"), 0);
    let mut named = |arguments: &[&str]| {
        // The path of the token is relative, which is warned of.
        let _ = home.run(&[&["whoami", "--no-cache"], arguments].concat()).code(0);
        names(&sts, &mut from)
    };
    assert_eq!(named(&["-p", "r"]), ["ada-lovelace+r"]);
    assert_eq!(named(&["-p", "web"]), ["ada-lovelace+web"]);
    assert_eq!(named(&["-p", "over"]), ["ada-lovelace+r", "ada-lovelace+over"]);
    assert_eq!(named(&["-p", "team/own"]), ["mine"]);
    assert_eq!(named(&["-p", "r", "--session-name", "this"]), ["this"]);
    assert_eq!(named(&["-p", "web", "--session-name", "this"]), ["this"]);
    assert_eq!(named(&["-p", "base", "--read-only"]), ["ada-lovelace+base"]);
    let role = "arn:aws:iam::123456789012:role/T";
    assert_eq!(named(&["-p", "team/own", "--role-arn", role]), ["mine", "ada-lovelace+team-own"]);
    // Other tools name them as they do.
    assert!(named(&["-p", "r", "--sdk", "boto3"])[0].starts_with("botocore-session-"));
    assert!(named(&["-p", "r", "--sdk", "java"])[0].starts_with("aws-sdk-java-"));
    home.put(SETTINGS, "");
    assert!(named(&["-p", "r"])[0].starts_with("botocore-session-"));
    // Nothing is left of it.
    home.put(SETTINGS, "session.name = '{agent}'\n");
    assert!(named(&["-p", "r"])[0].starts_with("botocore-session-"));
    home.put(SETTINGS, "session.name = '{host}-{pid}'\n");
    let name = &named(&["-p", "r"])[0];
    let (host, number) = name.rsplit_once('-').expect("two parts");
    assert!(!host.is_empty() && !host.contains('.') && number.parse::<u32>().is_ok(), "{name}");
}

#[test]
fn a_cached_session_has_the_name_that_it_would_get() {
    let sts = Loopback::sts();
    let (home, mut from) = (home(&sts, "{user}-{agent}-{pid}"), 0);
    let run = |home: &Sandbox| home.run(&["whoami", "-p", "r"]).success();
    for _ in 0..3 {
        let _ = run(&home);
    }
    let found = names(&sts, &mut from);
    assert!(
        found.len() == 1 && found[0].starts_with("ada-lovelace--"),
        "the process doesn't matter: {found:?}"
    );
    let home = home.env("AI_AGENT", "goose");
    for _ in 0..2 {
        let _ = run(&home);
    }
    let found = names(&sts, &mut from);
    assert!(found.len() == 1 && found[0].starts_with("ada-lovelace-goose-"), "the agent does: {found:?}");
    home.put(SETTINGS, "session.name = 'deploy'\n");
    let _ = run(&home);
    assert_eq!(names(&sts, &mut from), ["deploy"]);
}

#[test]
fn an_unknown_placeholder_is_an_error() {
    let sts = Loopback::sts();
    for template in ["{name}", "{user", "user}", ""] {
        let words = home(&sts, template).run(&["whoami", "-p", "r"]).failure(253);
        let expected = "config.toml:1: `session.name` is invalid: expected a template of {user}, {host}, {profile}, {agent} and {pid}";
        assert!(words.contains(expected), "{template}: {words}");
    }
    let home = home(&sts, "x");
    let _ = home.run(&["config", "set", "session.name", "{user}@{host}"]).success();
    assert_eq!(home.run(&["config", "get", "session.name"]).success(), "{user}@{host}\n");
    let words = home.run(&["config", "set", "session.name", "{who}"]).failure(252);
    assert!(words.contains("expected a template of {user}"), "{words}");
    assert_eq!(sts.count(), 0);
}
