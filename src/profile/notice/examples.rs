use super::*;

examples!(Notice {
    Notice::Encoding(_) => Encoding::examples().into_iter().map(|(_, encoding)| Notice::Encoding(encoding)),
    Notice::LostHeader { .. } => Cause::EXAMPLES.map(|(header, cause)| Notice::LostHeader { header: header.to_owned(), cause }),
    Notice::LostSetting { .. } => [Cause::Indented { of: 4 }, Cause::InLine { of: 4 }]
        .map(|cause| Notice::LostSetting { key: "output".to_owned(), cause }),
    Notice::UnreadHeader(_) => Lookalike::examples().into_iter().map(|(_, lookalike)| Notice::UnreadHeader(lookalike)),
});
