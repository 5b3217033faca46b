use super::*;

fn unknown(similar: Vec<&'static str>) -> Doubt {
    Doubt::UnknownRegion { value: "eu-centrl-1".to_owned(), similar }
}

examples!(Doubt {
    Doubt::UnknownKey { .. } => [Doubt::UnknownKey { key: "reigon".to_owned(), similar: "region".to_owned() }],
    Doubt::EmptyRegion => [Doubt::EmptyRegion],
    Doubt::Empty { .. } => [Doubt::Empty { key: "endpoint_url" }],
    Doubt::UnknownRegion { .. } => [
        unknown(Vec::new()),
        unknown(vec!["eu-central-1"]),
        unknown(vec!["eu-central-1", "eu-central-2"]),
    ],
    Doubt::NotAKeyId => [Doubt::NotAKeyId],
    Doubt::NotASecret(_) => [Doubt::NotASecret(SecretFault::Length(39))],
    Doubt::NotBoolean { .. } => [
        Doubt::NotBoolean { key: "use_fips_endpoint", value: "ture".to_owned(), similar: None },
        Doubt::NotBoolean { key: "use_fips_endpoint", value: "ture".to_owned(), similar: Some("true") },
    ],
    Doubt::NotInteger { .. } => [Doubt::NotInteger { key: "max_attempts" }],
    Doubt::NotOneOf { .. } => [
        Doubt::NotOneOf { key: "retry_mode", value: "standrd".to_owned(), words: &["legacy", "standard"], similar: None },
        Doubt::NotOneOf { key: "retry_mode", value: "standrd".to_owned(), words: &["legacy", "standard"], similar: Some("standard") },
    ],
    Doubt::NotASize { .. } => [
        ("s3.max_queue_size", Amount::Number),
        ("s3.io_chunksize", Amount::Size),
        ("s3.max_bandwidth", Amount::Rate),
    ].map(|(key, amount)| Doubt::NotASize { key, amount }),
    Doubt::NotABlock { .. } => [Doubt::NotABlock { key: "s3" }],
    Doubt::Quotes => [Doubt::Quotes],
    Doubt::Comment => [Doubt::Comment],
});
