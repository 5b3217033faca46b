use jiff::civil::date;

use super::*;
use crate::catalogue::line;

fn text(text: &str) -> String {
    text.to_owned()
}

examples!(Found {
    Found::UnreadableFile { .. } => [false, true].map(|is_needed| Found::UnreadableFile {
        problem: text("no permission to read `/home/ada/.aws/config`"),
        is_needed,
    }),
    Found::RegionIgnored { .. } => [Found::RegionIgnored {
        sdk: "botocore",
        variable: "AWS_REGION",
        region: text("eu-central-1"),
    }],
    Found::MisplacedKey { .. } => [
        (line(3), true),
        (line(3), false),
        (Origin::environment("AWS_ACCESS_KEY_ID"), true),
        (Origin::Option { name: "--access-key-id" }, true),
    ]
    .map(|(id, is_swapped)| Found::MisplacedKey { profile: text("dev"), id, is_swapped }),
    Found::HalfPair(_) => [Found::HalfPair(text("the credentials have no secret access key"))],
    Found::Expired { .. } => [line(3), Origin::environment("AWS_CREDENTIAL_EXPIRATION")]
        .map(|origin| Found::Expired { day: date(2026, 11, 20), origin }),
    Found::ExpiresSoon { .. } => [Found::ExpiresSoon { minutes: 4 }],
    Found::PackedPolicy { .. } => [Found::PackedPolicy { percent: 92 }],
    Found::LeftOut { .. } => [
        Found::LeftOut { keys: vec!["endpoint_url"], variables: vec!["AWS_ENDPOINT_URL"] },
        Found::LeftOut {
            keys: vec!["services", "ca_bundle"],
            variables: vec!["AWS_ENDPOINT_URL_<SERVICE>", "AWS_CA_BUNDLE"],
        },
    ],
    Found::OfDefault { .. } => [Found::OfDefault {
        keys: vec!["endpoint_url", "use_fips_endpoint"],
        profile: text("dev"),
        variables: vec!["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_USE_FIPS_ENDPOINT=false"],
    }],
    Found::VisibleValue { .. } => [Found::VisibleValue {
        key: text("aws_secret_access_key"),
        section: SectionName::Profile(text("dev")),
    }],
    Found::BlankInKey { .. } => [Found::BlankInKey { key: text("bad key"), section: SectionName::Profile(text("dev")) }],
    Found::Shadowed { .. } => [Found::Shadowed { key: text("region"), section: SectionName::Profile(text("dev")) }],
    Found::ShadowedBlock { .. } => [Found::ShadowedBlock {
        block: text("s3"),
        key: text("s3.addressing_style"),
        section: SectionName::Profile(text("dev")),
    }],
    Found::HiddenInBlock { .. } => [Found::HiddenInBlock {
        block: text("s3"),
        key: text("s3.addressing_style"),
        section: SectionName::Profile(text("dev")),
        by: Origin::Option { name: "--profile" },
    }],
    Found::OutsideBlock { .. } => [Found::OutsideBlock {
        key: text("s3.region"),
        block: text("s3"),
        setting: text("region"),
        section: SectionName::Profile(text("default")),
    }],
    Found::SetTwice { .. } => [Found::SetTwice { key: text("aws_secret_access_key") }],
    Found::Overridden { .. } => [Found::Overridden { key: text("aws_session_token") }],
    Found::Inherits { .. } => [Found::Inherits { section: SectionName::Profile(text("dev")), key: text("aws_session_token") }],
    Found::LikelyProfile { .. } => [Some(text("dev")), None].map(|similar| Found::LikelyProfile {
        name: text("dve"),
        nested: text("region"),
        similar,
        section: SectionName::Profile(text("default")),
    }),
    Found::OddName { .. } => [
        (SectionName::Profile(text("my dev")), Some(text("my-dev"))),
        (SectionName::Profile(text("\u{65e5}")), None),
        (SectionName::Services(text("my dev")), Some(text("my-dev"))),
    ]
    .map(|(section, other)| Found::OddName { section, other }),
    Found::RefusedName { .. } => [
        (SectionName::Profile(text("a#b")), Some(text("a-b"))),
        (SectionName::SsoSession(text("a#b")), Some(text("a-b"))),
        (SectionName::SsoSession(text("#")), None),
    ]
    .map(|(section, other)| Found::RefusedName { section, mark: '#', other }),
    Found::NewProfile { .. } => [Found::NewProfile { name: text("dve"), similar: text("dev") }],
    Found::NewSection { .. } => [SectionName::SsoSession(text("crop")), SectionName::Services(text("crop"))]
        .map(|section| Found::NewSection { section, similar: text("corp") }),
    Found::ProfileAsKey { .. } => [Found::ProfileAsKey {
        key: text("dev"),
        section: SectionName::Profile(text("default")),
    }],
    Found::InvalidFile(_) => FaultKind::examples().into_iter().map(|(_, fault)| Found::InvalidFile(fault)),
});
