//! What the SDK for Go made of random worlds, written down: neither Go nor the SDK's source comes from a registry that
//! tests can use everywhere. `go/README.md` says how it is written anew.

use std::sync::Mutex;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::super::generate;
use super::super::judge::Judge;
use super::facts::theirs;
use super::oracle::{Sdk, go_sdk};
use super::random::{Played, WORLDS, play_each, play_sdk};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/go_worlds.json");

/// What was asked.
const VERSIONS: &str = "Go 1.27.3, aws 1.43.0, config 1.32.31, credentials 1.19.30, feature/ec2/imds 1.18.31";

/// The beginning of a digest of a world: it tells whether a seed still stands for the world that the SDK saw.
fn digest(world: &Value) -> String {
    let digest = Sha256::digest(world.to_string());
    digest[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn recorded() -> Value {
    serde_json::from_str(include_str!("../../../cases/go_worlds.json")).expect("the record is well formed")
}

#[test]
fn the_recorded_worlds_end_in_xcred_as_in_the_sdk_for_go() {
    let Some(mut judge) = Judge::start_for(Sdk::Go, true) else { return };
    let mut played = Played::default();
    for entry in recorded()["worlds"].as_array().expect("a list") {
        let seed = entry["seed"].as_u64().expect("a number");
        let world = generate::sdk_world(seed);
        assert_eq!(
            entry["world"],
            digest(&world),
            "seed {seed} makes another world than the one that the SDK for Go saw; the generator has changed, so \
             record its answers anew: tests/it/worlds/sdk/go/README.md",
        );
        let answer = judge.play(&world);
        if answer.get("xcred").is_some() {
            played.add_known(seed, &world, &entry["facts"], &answer);
        }
    }
    played.assert_varied();
    played.assert_alike();
}

#[test]
fn random_worlds_end_in_xcred_as_in_the_sdk_for_go_where_it_is_there() {
    if go_sdk().is_some()
        && let Some(played) = play_sdk(Sdk::Go, 2 * WORLDS, true)
    {
        played.assert_varied();
        played.assert_alike();
    }
}

#[test]
#[ignore = "it writes the record, and needs the SDK for Go"]
#[expect(clippy::disallowed_methods, reason = "it writes a file of the source")]
fn record_what_the_sdk_for_go_makes_of_random_worlds() {
    assert!(go_sdk().is_some(), "XCRED_GO_SDK names no program");
    let found = Mutex::new(Vec::new());
    play_each(Sdk::Go, WORLDS, false, |seed, world, answer| {
        let side = answer.get("sdk").expect("a network with the addresses that AWS serves machines from");
        assert_ne!(side["error"], "timeout", "{world}");
        found.lock().expect("no judge failed").push((seed, digest(world), theirs(side)));
    });
    let mut found = found.into_inner().expect("no judge failed");
    found.sort_by_key(|(seed, ..)| *seed);
    let line = |(seed, world, facts)| json!({"seed": seed, "world": world, "facts": facts}).to_string();
    let lines: Vec<String> = found.into_iter().map(line).collect();
    let text = format!("{{\"versions\": {},\n\"worlds\": [\n{}\n]}}\n", json!(VERSIONS), lines.join(",\n"));
    std::fs::write(FILE, text).expect("the record can be written");
}

/// For whoever wants to play the worlds without cargo.
#[test]
#[ignore = "a tool"]
#[expect(clippy::disallowed_methods, reason = "a tool")]
fn dump() {
    let lines: Vec<String> = (0..4000).map(|seed| generate::sdk_world(seed).to_string()).collect();
    std::fs::write("/work/scratch-go/worlds.jsonl", lines.join("\n") + "\n").unwrap();
}
