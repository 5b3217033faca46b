//! Worlds in which the SDKs differ, each with what every SDK makes of it, or those that it is about.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::judge::Judge;
use super::facts::{account, at, ours, theirs, via, wanted};
use super::oracle::Sdk;

/// The worlds, as the judge plays them. `want` has an object for each SDK that is asked: `key`, `secret` (if it isn't the key's), `token`
/// and `region` (if there is one), `via` (the requests that led there), `at` (the hosts of STS that were asked, or the paths
/// at the fake AWS), `account`; or how it ended: `none` or `error`.
fn examples(sdk: Sdk) -> impl Iterator<Item = Value> {
    let all: Vec<Value> = serde_json::from_str(include_str!("../../../cases/sdk_examples.json"))
        .expect("the examples are well formed");
    all.into_iter().filter(move |example| example["want"].get(sdk.name()).is_some())
}

/// What an SDK or xcred made of an example, where that isn't what the example says.
fn wrong(example: &Value, sdk: Sdk, facts: &Value, side: &Value) -> Option<String> {
    let want = &example["want"][sdk.name()];
    let wanted = wanted(want, facts.get("region").is_some());
    let title = || format!("{} for {}: {}", example["name"], sdk.name(), example["about"]);
    if facts != &wanted {
        return Some(format!("{}\n  {facts} instead of {wanted}\n  {side}", title()));
    }
    for (name, found) in [("via", via(side)), ("at", at(side))] {
        let Some(expected) = want[name].as_array() else { continue };
        let expected: Vec<&str> = expected.iter().filter_map(Value::as_str).collect();
        if found != expected {
            return Some(format!("{}\n  {name} {found:?} instead of {expected:?}", title()));
        }
    }
    let expected = want.get("account")?;
    (account(side) != expected).then(|| format!("{}\n  account {}", title(), account(side)))
}

#[test]
fn the_examples_are_what_the_sdks_do() {
    let mut all = String::new();
    for sdk in [Sdk::Boto3, Sdk::Rust, Sdk::JavaScript, Sdk::Go] {
        // Without its program the SDK for Go has nothing to say.
        let Some(mut judge) = Judge::start_for(sdk, false) else { continue };
        for example in examples(sdk) {
            let answer = judge.play(&example);
            let Some(side) = answer.get("sdk").or(answer.get("botocore")) else { continue };
            if let Some(wrong) = wrong(&example, sdk, &theirs(side), side) {
                let _ = writeln!(all, "{wrong}");
            }
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn xcred_ends_the_examples_as_the_sdks_do() {
    let mut all = String::new();
    for sdk in [Sdk::Boto3, Sdk::Rust, Sdk::JavaScript, Sdk::Go, Sdk::Java, Sdk::Ruby] {
        let Some(mut judge) = Judge::start_for(sdk, true) else { continue };
        for example in examples(sdk) {
            let answer = judge.play(&example);
            let Some(side) = answer.get("xcred") else { continue };
            // Where an SDK ends before it has a region, xcred may say one.
            let want = &example["want"][sdk.name()];
            let facts = ours(side, want.get("key").or(want.get("region")).is_some());
            if let Some(wrong) = wrong(&example, sdk, &facts, side) {
                let _ = writeln!(all, "{wrong}");
            }
        }
    }
    assert!(all.is_empty(), "{all}");
}
