//! Random worlds: xcred ends in them as an SDK does.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::super::generate;
use super::super::judge::Judge;
use super::facts::{difference, theirs};
use super::oracle::Sdk;

/// How many random worlds are played for an SDK, and how many judges play them.
pub(super) const WORLDS: u64 = 500;
const JUDGES: usize = 3;

/// How many of a hundred worlds have to end alike; as many of those that end with keys.
const ALIKE: usize = 98;

/// Ends that have to occur among the worlds, each at least so often: the beginning of a key tells who gave it.
const AT_LEAST: usize = 3;
const ENDS: &[&str] = &["E", "F", "K", "C", "P", "CT", "I", "SSOA", "STS", "L", "none", "error"];

/// Worlds that were played for an SDK.
#[derive(Default)]
pub(super) struct Played {
    /// The worlds in which xcred ends otherwise, and how many of them end with keys.
    wrong: Vec<String>,
    wrong_keys: usize,
    /// How often the SDK came to each end.
    ends: BTreeMap<String, usize>,
}

impl Played {
    fn count(&self, keys: bool) -> usize {
        let counted = self.ends.iter().filter(|(end, _)| !keys || !["none", "error"].contains(&end.as_str()));
        counted.map(|(_, count)| count).sum()
    }

    fn add(&mut self, seed: u64, world: &Value, answer: &Value) {
        let difference = answer.get("xcred").and_then(|_| difference(answer));
        self.add_known(seed, world, &theirs(&answer["sdk"]), difference);
        if answer["sdk"]["error"] == "timeout" {
            *self.ends.entry("timeout".to_owned()).or_default() += 1;
        }
    }

    /// Adds a world of which the facts for the SDK are known, and what xcred makes otherwise.
    pub(super) fn add_known(&mut self, seed: u64, world: &Value, facts: &Value, difference: Option<String>) {
        *self.ends.entry(end(facts)).or_default() += 1;
        if let Some(difference) = difference {
            self.wrong_keys += usize::from(facts.get("key").is_some());
            self.wrong.push(format!("XCRED_WORLD_SEED={seed}:\n{difference}\n{world}\n"));
        }
    }

    pub(super) fn assert_varied(&self) {
        for end in ENDS {
            let count = self.ends.get(*end).copied().unwrap_or_default();
            assert!(count >= AT_LEAST, "{end} occurred {count} times: {:#?}", self.ends);
        }
        assert_eq!(self.ends.get("timeout"), None, "the SDK did not answer: {:#?}", self.ends);
    }

    pub(super) fn assert_alike(&self) {
        let enough = |wrong: usize, all: usize| wrong * 100 <= all * (100 - ALIKE);
        let (count, shown) = (self.wrong.len(), self.wrong[..self.wrong.len().min(50)].join("\n"));
        let alike = enough(count, self.count(false)) && enough(self.wrong_keys, self.count(true));
        let keys = self.wrong_keys;
        assert!(alike, "{count} disagreements, {keys} about keys, among them:\n{shown}\nof {:#?}", self.ends);
    }
}

/// The letters that a key begins with, or how it ended.
fn end(facts: &Value) -> String {
    if let Some(end) = facts["end"].as_str() {
        return end.to_owned();
    }
    let key = facts["key"].as_str().unwrap_or_default().trim_start_matches(['"', '\'', '=', ' ']);
    key.chars().take_while(char::is_ascii_uppercase).collect()
}

/// Plays the worlds of so many seeds to an SDK, and to xcred. `None` where the SDK can't be had.
pub(super) fn play_sdk(sdk: Sdk, seeds: u64, with_xcred: bool) -> Option<Played> {
    let played = Mutex::new(Played::default());
    play_each(sdk, seeds, with_xcred, |seed, world, answer| {
        if answer.get("sdk").is_some() {
            played.lock().expect("no judge failed").add(seed, world, answer);
        }
    })?;
    Some(played.into_inner().expect("no judge failed"))
}

/// Plays the worlds of so many seeds and hands on what came of each, in no order.
pub(super) fn play_each(
    sdk: Sdk,
    seeds: u64,
    with_xcred: bool,
    note: impl Fn(u64, &Value, &Value) + Sync,
) -> Option<()> {
    Judge::start_for(sdk, false)?;
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..JUDGES {
            scope.spawn(|| {
                let mut judge = Judge::start_for(sdk, with_xcred).expect("one was started already");
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        break;
                    }
                    let world = generate::sdk_world(seed);
                    let answer = judge.play(&world);
                    note(seed, &world, &answer);
                }
            });
        }
    });
    Some(())
}

#[test]
fn random_worlds_come_to_all_kinds_of_ends() {
    if let Some(played) = play_sdk(Sdk::Rust, WORLDS, false) {
        played.assert_varied();
    }
}

#[test]
fn five_hundred_random_worlds_end_in_xcred_as_in_the_rust_sdk() {
    if let Some(played) = play_sdk(Sdk::Rust, WORLDS, true) {
        played.assert_varied();
        played.assert_alike();
    }
}

#[test]
fn five_hundred_random_worlds_end_in_xcred_as_in_the_javascript_sdk() {
    if let Some(played) = play_sdk(Sdk::JavaScript, WORLDS, true) {
        played.assert_varied();
        played.assert_alike();
    }
}

/// `XCRED_WORLD_SEED=n XCRED_WORLD_SDK=rust cargo test one_sdk_world -- --nocapture` shows a world and what both sides make
/// of it.
#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a tool for whoever looks into a seed"
)]
fn one_sdk_world() {
    let variable = |name: &str| std::env::var(name).ok();
    let Some(seed) = variable("XCRED_WORLD_SEED").and_then(|seed| seed.parse().ok()) else { return };
    let Some(name) = variable("XCRED_WORLD_SDK") else { return };
    let sdk = [Sdk::Rust, Sdk::JavaScript, Sdk::Go].into_iter().find(|sdk| sdk.name() == name);
    let Some(mut judge) = Judge::start_for(sdk.expect("an SDK that can be asked"), true) else { return };
    let world = generate::sdk_world(seed);
    println!("{world:#}");
    let answer = judge.play(&world);
    println!("{answer:#}");
    println!("{}", difference(&answer).unwrap_or("they agree".to_owned()));
}
