//! Whatever happens to the files, the command never gets the credentials of another identity.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::running::Running;
use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::{Loopback, granted};

/// The life of all credentials.
const LIFE: i64 = 3;

const CONFIG: &str = ".aws/config";
const CREDENTIALS: &str = ".aws/credentials";

/// Home with the profile `dev`, and what becomes of its files while the command runs.
struct Case {
    home: Sandbox,
    options: &'static [&'static str],
    changes: Vec<(&'static str, String)>,
    /// What the command is told instead of credentials.
    told: &'static str,
}

fn keys(name: &str, id: &str) -> String {
    section(name, id, CANARY)
}

fn role(name: &str) -> String {
    format!("[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/{name}\nsource_profile = base\n")
}

/// A program that prints keys with this ID, which end soon.
fn program(home: Sandbox, name: &str, more: &str) -> (Sandbox, String) {
    let end = format!("$(date -u -d '+{LIFE} seconds' +%Y-%m-%dT%H:%M:%SZ)");
    let text = format!(
        "#!/bin/sh\necho \"{{\\\"Version\\\": 1, \\\"AccessKeyId\\\": \\\"AKIA{name}\\\", \\\"SecretAccessKey\\\": \
         \\\"{CANARY}\\\", {more} \\\"Expiration\\\": \\\"{end}\\\"}}\"\n"
    );
    let home = home.file(name, text);
    let path = home.path(name);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    (home, format!("[profile dev]\ncredential_process = {}\n", path.display()))
}

#[test]
fn another_source_in_the_files_is_not_served() {
    let sts = Loopback::start(|request| Some((200, granted(&request.body, SignedDuration::from_secs(LIFE)))));
    let of_role = || sts.home().config(role("Low")).credentials(keys("base", "AKIABASE"));
    let to_admin = || vec![(CONFIG, role("Admin"))];
    let settings = ".config/xcred/config.toml";
    let mut cases = Vec::new();
    for options in [
        &["--no-cache", "--sdk", "go", "dev"][..],
        &["--no-cache", "--sdk", "java", "dev"],
        &["--no-cache", "--sdk", "js", "dev"],
        &["--no-cache", "--sdk", "rust", "dev"],
        &["--no-cache", "dev"],
    ] {
        cases.push(Case { home: of_role(), options, changes: to_admin(), told: "its role changed from " });
    }
    let mut changes = to_admin();
    changes.push((settings, "sdk = \"go\"\n".to_owned()));
    let told = "its role changed from Low to Admin";
    cases.push(Case { home: of_role(), options: &["--no-cache", "dev"], changes, told });
    cases.push(Case {
        home: of_role(),
        options: &["--no-cache", "dev"],
        changes: vec![(CREDENTIALS, keys("base", "AKIAOTHER"))],
        told: "its access key changed from AKIABASE to AKIAOTHER",
    });
    cases.push(Case {
        home: sts.home().credentials(keys("dev", "AKIAONE")),
        options: &["--no-cache", "--read-only", "dev"],
        changes: vec![(CREDENTIALS, keys("dev", "AKIATWO"))],
        told: "its access key changed from AKIAONE to AKIATWO",
    });
    for (account, told) in [
        ("", "its credential_process has changed"),
        (
            "\\\"AccountId\\\": \\\"123456789012\\\",",
            "its account changed from 123456789012 to an unknown one",
        ),
    ] {
        let (home, config) = program(sts.home(), "one", account);
        let (home, other) = program(home.config(config), "two", "");
        cases.push(Case { home, options: &["dev"], changes: vec![(CONFIG, other)], told });
    }
    let cases: Vec<_> = cases
        .into_iter()
        .map(|case| {
            let running = Running::start(&case.home, case.options);
            let first = running.door.credentials()["AccessKeyId"].clone();
            for (file, text) in &case.changes {
                case.home.put(file, text);
            }
            (case, running, first)
        })
        .collect();
    thread::sleep(Duration::from_millis(500 + 1000 * LIFE.unsigned_abs()));
    for (case, running, first) in cases {
        let (status, document) = running.door.ask();
        let what = format!("{:?} {first}: {document}", case.options);
        assert_eq!((status, &document["code"]), (503, &"invalid-config".into()), "{what}");
        assert!(document["message"].as_str().is_some_and(|text| text.contains(case.told)), "{what}");
        assert!(running.end().errors.contains(case.told), "{what}");
    }
}

#[test]
fn the_sdk_of_the_start_is_that_of_renewals() {
    let sts = Loopback::start(|request| Some((200, granted(&request.body, SignedDuration::from_secs(LIFE)))));
    let home = sts.home().config(role("Low")).credentials(keys("base", "AKIABASE"));
    let running = Running::start(&home, &["--no-cache", "dev"]);
    home.put(".config/xcred/config.toml", "sdk = \"go\"\n");
    thread::sleep(Duration::from_millis(500 + 1000 * LIFE.unsigned_abs()));
    assert_eq!(running.door.credentials()["AccessKeyId"], "ASIALow");
    assert!(running.end().errors.is_empty());
}

#[test]
fn temporary_keys_that_another_program_renews_are_served_if_sts_says_that_they_are_the_same_users() {
    let sts = Loopback::start(|request| {
        let whose = ["me", "you"].into_iter().find(|name| {
            request.headers.iter().any(|line| line.contains(&format!("ASIA{}", name.to_uppercase())))
        });
        let answer = granted(&request.body, SignedDuration::from_secs(LIFE));
        Some((200, answer.replace("user/me", &format!("user/{}", whose.unwrap_or("nobody")))))
    });
    let noted = |id: &str| {
        let end = Timestamp::now() + SignedDuration::from_secs(LIFE);
        let end = end.strftime("%Y-%m-%dT%H:%M:%SZ");
        format!("{}aws_session_token = {CANARY}-t\nx_security_token_expires = {end}\n", keys("dev", id))
    };
    let home = sts.home().credentials(noted("ASIAME1"));
    let running = Running::start(&home, &["dev"]);
    let wait = || thread::sleep(Duration::from_millis(300 + 1000 * LIFE.unsigned_abs()));
    wait();
    home.put(CREDENTIALS, noted("ASIAME2"));
    assert_eq!(running.door.credentials()["AccessKeyId"], "ASIAME2");
    wait();
    home.put(CREDENTIALS, noted("ASIAYOU"));
    let (status, error) = running.door.ask();
    assert_eq!(status, 503, "{error}");
    let told =
        "its owner changed from arn:aws:iam::123456789012:user/me to arn:aws:iam::123456789012:user/you";
    assert!(error.to_string().contains(told), "{error}");
    let _ = running.end();
}

/// A program that is this one reads the settings as they are when it runs.
#[test]
fn what_a_program_does_not_narrow_for_an_agent_any_more_is_not_served() {
    let sts = Loopback::start(|request| Some((200, granted(&request.body, SignedDuration::from_secs(LIFE)))));
    let settings = ".config/xcred/config.toml";
    let agents = "[agents]\nread_only = true\nvariables = ['MY_AGENT']\n";
    let own = env!("CARGO_BIN_EXE_xcred");
    let home = || {
        sts.home()
            .env("MY_AGENT", "1")
            .file(settings, agents)
            .config(format!("[profile dev]\ncredential_process = {own} credential-process --profile one\n"))
            // Without an account, whole keys would be another identity.
            .credentials(keys("one", "AKIAONE") + "aws_account_id = 123456789012\n")
    };
    let cases = [agents.replace("true", "false"), agents.replace("MY_AGENT", "OTHER")].map(|changed| {
        let home = home();
        let running = Running::start(&home, &["dev"]);
        assert_eq!(running.door.credentials()["AccessKeyId"], "ASIA");
        home.put(settings, &changed);
        (home, running, changed)
    });
    thread::sleep(Duration::from_millis(500 + 1000 * LIFE.unsigned_abs()));
    for (_home, running, changed) in cases {
        let (status, document) = running.door.ask();
        assert_eq!(status, 503, "{changed}: {document}");
        assert!(
            document["message"].as_str().is_some_and(|text| text.contains("agents.read_only")),
            "{document}"
        );
        let _ = running.end();
    }
}
