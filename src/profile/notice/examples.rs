use super::*;
use crate::profile::FileKind;

/// Headers that stand for `dev` in the eyes of a person, and for something else in those of a reader.
const LOOKALIKES: [(FileKind, &str); 7] = [
    (FileKind::Config, "[dev]"),
    (FileKind::Credentials, "[profile dev]"),
    (FileKind::Config, "[Profile dev]"),
    (FileKind::Config, "[profile dev"),
    (FileKind::Config, "[profile dev] # see [wiki]"),
    (FileKind::Config, "[ profile dev]"),
    (FileKind::Config, "[profile my dev]"),
];

fn lookalike((kind, header): (FileKind, &str)) -> Lookalike {
    let files = match kind {
        FileKind::Config => Files::of_texts(header, ""),
        FileKind::Credentials => Files::of_texts("", header),
    };
    files.file(kind).unread_headers().pop().unwrap_or_else(|| panic!("{header} is not read"))
}

examples!(Notice {
    Notice::Encoding(_) => Encoding::examples().into_iter().map(|(_, encoding)| Notice::Encoding(encoding)),
    Notice::LostHeader { .. } => [Cause::Indented { of: 4 }, Cause::InLine { of: 4 }, Cause::Unclosed, Cause::Unseen]
        .map(|cause| Notice::LostHeader { header: "[profile dev]".to_owned(), cause }),
    Notice::LostSetting { .. } => [Notice::LostSetting { key: "output".to_owned(), of: 4 }],
    Notice::UnreadHeader(_) => LOOKALIKES.map(|example| Notice::UnreadHeader(lookalike(example))),
});
