use super::*;

examples!(FaultKind {
    FaultKind::NotUtf8 => [FaultKind::NotUtf8],
    FaultKind::Encoding(_) => [FaultKind::Encoding(Encoding::Utf16)],
    FaultKind::ByteOrderMark => [FaultKind::ByteOrderMark],
    FaultKind::Stray(_) => [Stray::NoSection, Stray::NoDelimiter, Stray::NoKey].map(FaultKind::Stray),
    FaultKind::NoName => [FaultKind::NoName],
    FaultKind::Conflict => [FaultKind::Conflict],
    FaultKind::RepeatedSection { .. } => [FaultKind::RepeatedSection { name: "profile dev".to_owned(), first: 3 }],
    FaultKind::RepeatedKey { .. } => ["region", "$env"].map(|key| FaultKind::RepeatedKey { key: key.to_owned(), first: 4 }),
    FaultKind::NestedWithoutEquals => [FaultKind::NestedWithoutEquals],
    FaultKind::LostHeader { .. } => Cause::EXAMPLES
        .map(|(header, cause)| (header, cause, None))
        .into_iter()
        .chain([("[profile dev]", Cause::Indented { of: 4 }, Some(("region".to_owned(), 6)))])
        .map(|(header, cause, repeated)| FaultKind::LostHeader { header: header.to_owned(), cause, repeated }),
});
