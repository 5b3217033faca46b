use super::*;
use crate::catalogue::{home, place};
use crate::store::Denial;

fn name() -> Name {
    "cache.roles".parse().expect("a name")
}

examples!(Error {
    Error::NoHome => [Error::NoHome],
    Error::Store(_) => [Error::Store(Problem::Denied { path: home(".config/xcred/config.toml"), denial: Denial::Other { folder: home(".config/xcred") } })],
    Error::Malformed { .. } => [Error::Malformed { place: place(3), reason: "key with no value".to_owned() }],
    Error::Mismatch { .. } => [name(), "cache.rolls".parse().expect("a name")]
        .map(|name| Error::Mismatch { place: place(3), name, expected: "true or false".to_owned() }),
    Error::Unquoted { .. } => [Error::Unquoted {
        place: place(3),
        name: "profiles.prod.account".parse().expect("a name"),
        value: "123456789012".to_owned(),
    }],
    Error::NotAList { .. } => [Error::NotAList {
        place: place(3),
        name: "agents.variables".parse().expect("a name"),
        items: vec!["CI_AGENT".to_owned()],
    }],
    Error::MismatchedItem { .. } => [Error::MismatchedItem {
        place: place(3),
        name: "profiles.prod.policy_arns".parse().expect("a name"),
        item: "Read Only".to_owned(),
        expected: "ARNs of managed policies, or names of policies of AWS, separated by commas".to_owned(),
    }],
    Error::UnknownGuard { .. } => [("profiles.prod.acount", false), ("profiles.my.prod", true), ("profile", true), ("mfa.profiles", true)]
        .map(|(name, is_table)| {
            Error::UnknownGuard { place: place(3), name: name.parse().expect("a name"), is_table }
        }),
    Error::GuardInTheWay { .. } => [Error::GuardInTheWay {
        place: place(3),
        name: "profiles.prod.account".parse().expect("a name"),
    }],
    Error::Entangled { .. } => [Error::Entangled { path: home(".config/xcred/config.toml"), name: name() }],
    Error::Unknown { .. } => [
        ("cache.rolls", None, &[][..]),
        ("region", None, &[]),
        ("cache.rolls", Some(name()), &[]),
        ("mfa.device", None, &["mfa.devices.SERIAL"]),
        ("cache", None, &["cache.roles", "cache.processes"]),
    ]
    .map(|(typed, nearest, settings)| Error::Unknown {
        name: typed.parse().expect("a name"),
        nearest,
        settings: settings.iter().map(|name| (*name).to_owned()).collect(),
    }),
    Error::Table { .. } => [&["account"][..], &["account", "confirm"]].map(|guards| Error::Table {
        name: "profiles.prod".parse().expect("a name"),
        settings: guards.iter().map(|guard| Name::of(["profiles", "prod", guard])).collect(),
    }),
    Error::Name { .. } => [Error::Name { text: "a..b".to_owned() }],
    Error::Value { .. } => [Error::Value { name: name(), expected: "true or false".to_owned() }],
    Error::Item { .. } => [Error::Item {
        name: "profiles.prod.policy_arns".parse().expect("a name"),
        item: "Read Only".to_owned(),
        expected: "ARNs of managed policies, or names of policies of AWS, separated by commas".to_owned(),
    }],
});
