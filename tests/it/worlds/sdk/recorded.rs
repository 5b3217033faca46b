//! What the SDK for Go made of random worlds, written down: neither Go nor the SDK's source is everywhere where the tests
//! are. `go/README.md` says how to get both and write it anew.

use std::sync::Mutex;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::super::generate;
use super::super::judge::Judge;
use super::facts::{difference_from, theirs, via};
use super::oracle::{Sdk, go_sdk};
use super::random::{Played, WORLDS, play_each};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/go_worlds.json");

/// What was asked.
const VERSIONS: &str = "Go 1.27.3, aws 1.43.0, config 1.32.31, credentials 1.19.30, feature/ec2/imds 1.18.31";

/// The beginning of a digest of a world: it tells whether a seed still stands for the world that the SDK saw.
fn digest(world: &Value) -> String {
    let digest = Sha256::digest(world.to_string());
    digest[..6].iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

/// What the SDK made of a world, and by which requests it came to keys.
fn facts(side: &Value) -> Value {
    let mut facts = theirs(side);
    if facts.get("key").is_some() {
        facts["via"] = json!(via(side));
    }
    facts
}

/// What xcred makes otherwise than these facts.
fn difference(facts: &Value, answer: &Value) -> Option<String> {
    let mut end = facts.clone();
    let theirs = end.as_object_mut().expect("an object").remove("via");
    let ours = json!(via(&answer["xcred"]));
    difference_from(&end, answer).or_else(|| {
        let theirs = theirs.filter(|theirs| *theirs != ours)?;
        Some(format!("  sdk: {theirs}\nxcred: {ours}"))
    })
}

/// Plays random worlds to the SDK and xcred side by side, and compares.
fn play_side_by_side(seeds: u64) {
    let played = Mutex::new(Played::default());
    play_each(Sdk::Go, seeds, true, |seed, world, answer| {
        if let Some(side) = answer.get("sdk") {
            let facts = facts(side);
            let difference = difference(&facts, answer);
            played.lock().expect("no judge failed").add_known(seed, world, &facts, difference);
        }
    });
    let played = played.into_inner().expect("no judge failed");
    played.assert_varied();
    played.assert_alike();
}

#[test]
fn the_recorded_worlds_end_in_xcred_as_in_the_sdk_for_go() {
    let Some(mut judge) = Judge::start_for(Sdk::Go, true) else { return };
    let record: Value = serde_json::from_str(include_str!("../../../cases/go_worlds.json"))
        .expect("the record is well formed");
    let mut played = Played::default();
    for entry in record["worlds"].as_array().expect("a list") {
        let seed = entry["seed"].as_u64().expect("a number");
        let world = generate::sdk_world(seed);
        assert_eq!(
            entry["world"],
            digest(&world),
            "seed {seed} makes another world than the one that the SDK for Go saw: the generator has changed, so \
             record its answers anew as tests/it/worlds/sdk/go/README.md says",
        );
        let answer = judge.play(&world);
        if answer.get("xcred").is_some() {
            let facts = &entry["facts"];
            played.add_known(seed, &world, facts, difference(facts, &answer));
        }
    }
    played.assert_varied();
    played.assert_alike();
}

#[test]
fn a_thousand_random_worlds_end_in_xcred_as_in_the_sdk_for_go_where_it_is_there() {
    if go_sdk().is_some() {
        play_side_by_side(2 * WORLDS);
    }
}

#[test]
#[ignore = "it writes the record, and needs the SDK for Go"]
#[expect(clippy::disallowed_methods, reason = "it writes a file of the source")]
fn record_what_the_sdk_for_go_makes_of_random_worlds() {
    assert!(go_sdk().is_some(), "XCRED_GO_SDK names no program");
    let found = Mutex::new(Vec::new());
    play_each(Sdk::Go, WORLDS, false, |seed, world, answer| {
        let side = answer.get("sdk").expect("the network has the addresses that AWS serves machines from");
        assert_ne!(side["error"], "timeout", "{world}");
        found.lock().expect("no judge failed").push((seed, digest(world), facts(side)));
    });
    let mut found = found.into_inner().expect("no judge failed");
    found.sort_by_key(|(seed, ..)| *seed);
    let line = |(seed, world, facts)| json!({"seed": seed, "world": world, "facts": facts}).to_string();
    let lines: Vec<String> = found.into_iter().map(line).collect();
    let text = format!("{{\"versions\": {},\n\"worlds\": [\n{}\n]}}\n", json!(VERSIONS), lines.join(",\n"));
    std::fs::write(FILE, text).expect("the record can be written");
}
