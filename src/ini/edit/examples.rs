use super::*;
use crate::ini::Cause;
use crate::ini::refusal::Effect;

examples!(Refusal {
    Refusal::Unrepresentable { .. } => [Refusal::Unrepresentable { part: "a value", character: "a line break" }],
    Refusal::EdgeSpace { .. } => [Refusal::EdgeSpace { part: "a value" }],
    Refusal::Empty { .. } => [Refusal::Empty { part: "a key" }],
    Refusal::KeyStart(_) => [Refusal::KeyStart('#')],
    Refusal::BlockInTheWay { .. } => [1, 2].map(|count| {
        Refusal::BlockInTheWay { key: "s3".to_owned(), line: 3, count }
    }),
    Refusal::TextInTheWay { .. } => [Refusal::TextInTheWay { key: "s3".to_owned(), line: 3 }],
    Refusal::LostHeader { .. } => [Effect::Change, Effect::Copy].map(|effect| Refusal::LostHeader {
        header: "[profile dev]".to_owned(),
        line: 5,
        cause: Cause::Indented { of: 4 },
        effect,
    }),
    Refusal::LostSetting { .. } => [Some("output".to_owned()), None].map(|lost| {
        Refusal::LostSetting { lost, line: 5, cause: Cause::Indented { of: 4 } }
    }),
    Refusal::BelowStray { .. } => [Refusal::BelowStray { key: "region".to_owned(), owner: 4, stray: 5, line: 6 }],
    Refusal::BehindStray { .. } => [Refusal::BehindStray { key: "region".to_owned(), line: 6, stray: 5 }],
    Refusal::StrayWithin { .. } => [Effect::Change, Effect::Copy].map(|effect| Refusal::StrayWithin { stray: 5, effect }),
    Refusal::Conflict { .. } => [Refusal::Conflict { line: 5 }],
    Refusal::NotUtf8 { .. } => [Refusal::NotUtf8 { line: 5 }],
    Refusal::RepeatedSection { .. } => [Refusal::RepeatedSection { header: "[profile dev]".to_owned() }],
    Refusal::Entangled { .. } => [Refusal::Entangled { line: 5 }],
});
