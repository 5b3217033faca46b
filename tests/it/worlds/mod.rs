//! Whole worlds — environment, files, programs and a fake AWS — in which xcred has to choose what boto3 chooses.

mod agree;
mod codes;
mod generate;
mod judge;
mod sdk;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use judge::Judge;

/// How many random worlds are played, and how many judges play them: much of a judge's time is waiting.
const WORLDS: u64 = 5_000;
const JUDGES: usize = 3;

/// Providers and error codes that have to occur among the random worlds, each at least so often.
const AT_LEAST: usize = 15;
const OUTCOMES: &[&str] = &[
    "explicit",
    "env",
    "assume-role",
    "assume-role-with-web-identity",
    "sso",
    "shared-credentials-file",
    "login",
    "custom-process",
    "config-file",
    "ec2-credentials-file",
    "boto-config",
    "container-role",
    "iam-role",
    "no-credentials",
    "profile-not-found",
    "config-parse",
    "partial-credentials",
    "invalid-config",
    "role-loop",
    "no-region",
    "login-required",
    "provider-failed",
    "needs-terminal",
    "io",
];

/// The worlds of the specification, each with what botocore did with it (`want`). `botocore_only` says why
/// xcred is not asked.
fn table() -> Vec<Value> {
    serde_json::from_str(include_str!("../../cases/worlds.json")).expect("the worlds are well formed")
}

/// The members that a world of the table wants, and the number of requests.
fn found(want: &Value, side: &Value, answer: &Value) -> Value {
    let mut found = json!({});
    for (name, _) in want.as_object().expect("members") {
        let asked = || json!(answer["asked"].as_array().map_or(0, Vec::len));
        found[name] = if name == "requests" { asked() } else { side[name].clone() };
    }
    found
}

#[test]
fn the_table_of_worlds_is_what_botocore_does() {
    let Some(mut judge) = Judge::start(false) else { return };
    let mut wrong = String::new();
    for world in table() {
        let answer = judge.play(&world);
        let Some(side) = answer.get("botocore") else { continue };
        let (want, found) = (&world["want"], found(&world["want"], side, side));
        if want != &found {
            let _ = writeln!(wrong, "world {}: {found} instead of {want}: {side}", world["name"]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn xcred_does_what_the_table_of_worlds_says() {
    let Some(mut judge) = Judge::start(true) else { return };
    let (mut wrong, mut played) = (String::new(), 0);
    for world in table() {
        if world.get("botocore_only").is_some() {
            continue;
        }
        let answer = judge.play(&world);
        if answer.get("xcred").is_none() {
            continue;
        }
        played += 1;
        if let Some(difference) = agree::difference(&answer) {
            let _ = writeln!(wrong, "world {}: {difference}\n{world}\n", world["name"]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(played > 100, "only {played} worlds of the table could be played");
}

/// Plays the worlds of so many seeds: the disagreements, and how often botocore came to each outcome.
fn play(seeds: u64) -> Option<(Vec<String>, BTreeMap<String, usize>)> {
    Judge::start(false)?;
    let (next, wrong, outcomes) = (AtomicU64::new(0), Mutex::new(Vec::new()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..JUDGES {
            scope.spawn(|| {
                let mut judge = Judge::start(true).expect("one was started already");
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        break;
                    }
                    let world = generate::world(seed);
                    let answer = judge.play(&world);
                    let Some(side) = answer.get("botocore") else { continue };
                    let theirs = agree::theirs(side);
                    let mut outcomes = outcomes.lock().expect("no judge failed");
                    for outcome in outcomes_of(side, &theirs) {
                        *outcomes.entry(outcome).or_insert(0) += 1;
                    }
                    drop(outcomes);
                    if let Some(difference) = agree::difference(&answer) {
                        let mut wrong = wrong.lock().expect("no judge failed");
                        wrong.push(format!("XCRED_WORLD_SEED={seed}: {difference}\n{world}\n"));
                    }
                }
            });
        }
    });
    Some((wrong.into_inner().expect("no judge failed"), outcomes.into_inner().expect("no judge failed")))
}

/// What a world counts as: a provider; or a code and, more closely, the error, its stage and its provider.
fn outcomes_of(side: &Value, theirs: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    match theirs.get("error") {
        None => vec![word(&theirs["provider"])],
        Some(code) => {
            let closer = [&side["error"], &side["stage"], &side["provider"]].map(word).join(" ");
            vec![word(code), format!("{} ({closer})", word(code))]
        }
    }
}

fn assert_varied(outcomes: &BTreeMap<String, usize>) {
    for outcome in OUTCOMES {
        let count = outcomes.get(*outcome).copied().unwrap_or_default();
        assert!(count >= AT_LEAST, "{outcome} occurred {count} times: {outcomes:#?}");
    }
}

#[test]
fn five_thousand_random_worlds_end_in_xcred_as_in_botocore() {
    let Some((wrong, outcomes)) = play(WORLDS) else { return };
    assert_varied(&outcomes);
    let (count, shown) = (wrong.len(), wrong[..wrong.len().min(50)].join("\n"));
    assert!(wrong.is_empty(), "{count} disagreements, among them:\n{shown}\nof {outcomes:#?}");
}

/// `XCRED_WORLD_SEED=n cargo test one_world -- --nocapture` shows a world and what both sides make of it.
#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a tool for whoever looks into a seed"
)]
fn one_world() {
    let Some(seed) = std::env::var("XCRED_WORLD_SEED").ok().and_then(|seed| seed.parse().ok()) else {
        return;
    };
    let Some(mut judge) = Judge::start(true) else { return };
    let world = generate::world(seed);
    println!("{world:#}");
    let answer = judge.play(&world);
    println!("{answer:#}");
    println!("{}", agree::difference(&answer).unwrap_or("they agree".to_owned()));
}
