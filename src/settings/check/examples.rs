use super::*;

fn unknown(similar: Option<&'static str>) -> Doubt {
    Doubt::UnknownRegion { value: "eu-centrl-1".to_owned(), similar }
}

examples!(Doubt {
    Doubt::UnknownKey { .. } => [Doubt::UnknownKey { key: "reigon".to_owned(), similar: "region".to_owned() }],
    Doubt::EmptyRegion => [Doubt::EmptyRegion],
    Doubt::Empty { .. } => [Doubt::Empty { key: "endpoint_url" }],
    Doubt::UnknownRegion { .. } => [unknown(None), unknown(Some("eu-central-1"))],
    Doubt::NotAKeyId => [Doubt::NotAKeyId],
    Doubt::NotBoolean { .. } => [Doubt::NotBoolean { key: "use_fips_endpoint" }],
    Doubt::NotInteger { .. } => [Doubt::NotInteger { key: "max_attempts" }],
    Doubt::NotOneOf { .. } => [Doubt::NotOneOf { key: "output", words: &["json", "text"] }],
    Doubt::NotABlock { .. } => [Doubt::NotABlock { key: "s3" }],
    Doubt::Quotes => [Doubt::Quotes],
    Doubt::Comment => [Doubt::Comment],
});
