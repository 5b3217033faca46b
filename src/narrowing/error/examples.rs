use super::*;
use crate::catalogue::{denied, home, line, place};

fn text(text: &str) -> String {
    text.to_owned()
}

fn option(name: &'static str) -> Origin {
    Origin::Option { name }
}

examples!(Fault {
    Fault::NotJson { .. } => [Fault::NotJson { what: text("expected `,` or `}`"), column: 12 }],
    Fault::KeyTwice { .. } => [Fault::KeyTwice { key: text("effect"), column: 53 }],
    Fault::FileName { .. } => [Fault::FileName { path: "policy.json".into() }],
    Fault::NotAPolicy => [Fault::NotAPolicy],
    Fault::PolicyTooLong { .. } => [Fault::PolicyTooLong { length: 3000, most: 2048 }],
    Fault::Character { .. } => [Fault::Character { character: '€' }],
    Fault::File { .. } => [Fault::File { path: home("policy.json"), source: denied() }],
    Fault::PolicyArn { .. } => [Fault::PolicyArn { text: text("arn:aws:iam::aws:role/x") }],
    Fault::RoleArn { .. } => [Fault::RoleArn { text: text("Admin") }],
    Fault::TooManyPolicies { .. } => [Fault::TooManyPolicies { count: 11 }],
    Fault::OtherPartition { .. } => [Fault::OtherPartition {
        arn: text("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"),
        other: text("aws"),
    }],
    Fault::Duration { .. } => [Fault::Duration { text: text("soon") }],
    Fault::DurationRange { .. } => [Fault::DurationRange { seconds: 60 }],
    Fault::TooLongForRole => [Fault::TooLongForRole],
    Fault::TooLongForChain => [Fault::TooLongForChain],
    Fault::Name { .. } => [Fault::Name { text: text("a b") }],
    Fault::FederatedName { .. } => [Fault::FederatedName { length: 40, most: 32 }],
    Fault::Tag { .. } => [Fault::Tag { text: text("team") }],
    Fault::TagTooLong { .. } => [Fault::TagTooLong { key: text("team") }],
    Fault::TagReserved { .. } => [Fault::TagReserved { key: text("aws:x") }],
    Fault::TagCharacter { .. } => [Fault::TagCharacter { key: text("team"), character: '%' }],
    Fault::TagTwice { .. } => [Fault::TagTwice { key: text("Team") }],
    Fault::TooManyTags { .. } => [Fault::TooManyTags { count: 51 }],
    Fault::Widens { .. } => [
        Fault::Widens { than: option("--read-only") },
        Fault::Widens { than: line(3) },
    ],
    Fault::NotByWebIdentity => [Fault::NotByWebIdentity],
    Fault::NotByFederation => [Fault::NotByFederation],
    Fault::NoPolicy => [Fault::NoPolicy],
    Fault::Source { .. } => [
        ("sso", line(3).to_string(), "they are not requested from STS"),
        ("env", text("AWS_ACCESS_KEY_ID"), "they are temporary"),
    ]
    .map(|(provider, found, why)| Fault::Source { provider, from_environment: provider == "env", found, why }),
});

impl Error {
    /// Each fault with an origin that it can have.
    pub(crate) fn examples() -> Vec<(&'static str, Error)> {
        let at = |(name, fault): (&'static str, Fault)| {
            let error = match name.split(' ').next().unwrap_or_default() {
                "Fault::NotJson" => {
                    return vec![
                        (name, fault.at(option("--policy"))),
                        (name, json().at(option("--policy")).in_line(3)),
                        (name, json().at(option("--policy")).in_file(place(3))),
                    ];
                }
                "Fault::RoleArn" => fault.at(option("--role-arn")),
                "Fault::PolicyArn" | "Fault::OtherPartition" | "Fault::TooManyPolicies" => {
                    fault.at(option("--policy-arn"))
                }
                name if name.contains("Policy")
                    || ["Fault::Character", "Fault::File", "Fault::FileName", "Fault::KeyTwice"]
                        .contains(&name) =>
                {
                    fault.at(option("--policy"))
                }
                name if name.contains("Duration") || name.starts_with("Fault::TooLongFor") => {
                    fault.at(option("--duration"))
                }
                "Fault::NotByFederation" => fault.at(option("--source-identity")),
                "Fault::Widens" => fault.at(option("--policy-arn")),
                "Fault::Source" => fault.at(option("--read-only")),
                name if name.contains("Tag") || name == "Fault::NotByWebIdentity" => {
                    fault.at(option("--tag"))
                }
                _ => fault.at(option("--session-name")),
            };
            vec![(name, error)]
        };
        Fault::examples().into_iter().flat_map(at).collect()
    }
}

fn json() -> Fault {
    Fault::NotJson { what: text("expected `,` or `}`"), column: 12 }
}
