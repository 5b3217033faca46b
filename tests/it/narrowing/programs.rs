//! A `credential_process` that is this program narrows what it prints to an agent.

use std::fs;

use super::guards::{READ_ONLY, SETTINGS, guarded, policies};
use super::sts::Sts;
use crate::harness::{CANARY, Sandbox, json_of, section};

const OWN: &str = env!("CARGO_BIN_EXE_xcred");

const AGENTS: &str = "[agents]\nread_only = true\nvariables = ['MY_AGENT']\n";

/// A home whose profile `p` has this program.
fn home(sts: &Sts, settings: &str, program: &str) -> Sandbox {
    let keys = section("one", "AKIAONE", CANARY);
    guarded(sts, settings)
        .credentials(keys)
        .config(format!("[profile p]\ncredential_process = {program}\n"))
        .revealing()
}

const SHOW: [&str; 6] = ["exec", "-p", "p", "--", "printenv", "AWS_ACCESS_KEY_ID"];

#[test]
fn an_agent_gets_the_narrowed_credentials_of_the_program() {
    let sts = Sts::start();
    let program = format!("{OWN} credential-process --profile one");
    for (settings, line) in [(AGENTS.to_owned(), 2), (format!("[cache]\nprocesses = true\n{AGENTS}"), 4)] {
        let home = home(&sts, &settings, &program);
        // A person gets the keys, which may be cached.
        assert_eq!(home.run(&SHOW).code(0).0, "AKIAONE\n");
        assert_eq!(policies(&sts), Vec::<String>::new());
        let home = home.env("MY_AGENT", "1");
        for _ in 0..2 {
            let (printed, words) = home.run(&SHOW).code(0);
            assert_ne!(printed, "AKIAONE\n");
            let expected = format!(
                "narrowed to ReadOnlyAccess ({}:{line}), for an agent: MY_AGENT\n",
                home.shown(SETTINGS)
            );
            assert!(words.ends_with(&expected), "{words}");
        }
        // The one that is started asks, and keeps what it gets.
        assert_eq!(policies(&sts), [format!("GetFederationToken by AKIAONE {READ_ONLY}")]);
        let shown = home.run(&["resolve", "p", "--format", "json"]).code(0).0;
        let found = json_of(&shown);
        assert_eq!(found["narrowing"]["by"], "credential_process");
        assert_eq!(found["narrowing"]["policy_arns"][0]["value"], READ_ONLY);
        // And the other way round: the agent's don't replace those of a person.
        let home = home.without("MY_AGENT");
        assert_eq!(home.run(&SHOW).code(0).0, "AKIAONE\n");
        let _ = policies(&sts);
    }
}

#[test]
fn what_need_not_be_narrowed_by_the_program_is_refused() {
    let sts = Sts::start();
    let copy = tempfile::tempdir().expect("a folder");
    let other = copy.path().join("xcred");
    fs::copy(OWN, &other).expect("a copy");
    let other = other.display();
    let cases = [
        // Another program by the name, one that another folder or PATH may change, and one that starts it.
        format!("{other} credential-process --profile one"),
        "xcred credential-process --profile one".to_owned(),
        format!("env -u MY_AGENT {OWN} credential-process --profile one"),
        format!("env {OWN} credential-process --profile one"),
        // Other commands.
        format!("{OWN} exec -q -p one -- cat keys.json"),
        format!("{OWN} --profile one credential-process"),
    ];
    let keys = r#"{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"s"}"#;
    for program in cases {
        let home = home(&sts, AGENTS, &program).file("keys.json", keys).env("MY_AGENT", "1");
        let (code, printed, words) = home.run(&SHOW).ended();
        assert!(code != Some(0) && printed.is_empty(), "{program}: {printed}{words}");
    }
    // Nothing but the policy of agents is known to hold.
    let program = format!("{OWN} credential-process --profile one");
    let agent = home(&sts, AGENTS, &program).env("MY_AGENT", "1");
    for options in [
        &["--duration", "15m"][..],
        &["--session-name", "agent"],
        &["--tag", "a=b"],
        &["--policy", r#"{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#],
    ] {
        let words = agent.run(&[&["credential-process", "-p", "p"], options].concat()).failure(253);
        assert!(words.contains("can't be narrowed"), "{options:?}: {words}");
    }
    for settings in ["[profiles.p]\nread_only = true\n", "[profiles.p]\npolicy_arns = ['SecurityAudit']\n"] {
        let words = home(&sts, settings, &program).run(&["credential-process", "-p", "p"]).failure(253);
        assert!(words.contains("can't be narrowed"), "{settings}: {words}");
    }
    // Other SDKs run it in a shell.
    for sdk in ["rust", "js", "go", "java", "ruby"] {
        let words = agent.run(&["credential-process", "-p", "p", "--sdk", sdk]).failure(253);
        assert!(words.contains("`agents.read_only`"), "{sdk}: {words}");
    }
    // What it can't narrow itself it doesn't print.
    let credentials =
        "[one]\naws_access_key_id = ASIAONE\naws_secret_access_key = s\naws_session_token = t\n";
    let words = agent.credentials(credentials).run(&["credential-process", "-p", "p"]).failure(255);
    assert!(words.contains("agents.read_only") && words.contains("they are temporary"), "{words}");
}
