use super::*;
use crate::profile::FileKind;

/// Headers that a person takes for a profile's, and no reader does.
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
    let name = if header.contains("my dev") { "my dev" } else { "dev" };
    let mut found = files.file(kind).lookalikes(&SectionName::Profile(name.to_owned()));
    found.pop().unwrap_or_else(|| panic!("{header} looks like `{name}`"))
}

examples!(Notice {
    Notice::Encoding(_) => Encoding::examples().into_iter().map(|(_, encoding)| Notice::Encoding(encoding)),
    Notice::LostHeader { .. } => [Cause::Indented { of: 4 }, Cause::InLine { of: 4 }, Cause::Unclosed, Cause::Unseen]
        .map(|cause| Notice::LostHeader { header: "[profile dev]".to_owned(), cause }),
    Notice::LostSetting { .. } => [Notice::LostSetting { key: "output".to_owned(), of: 4 }],
    Notice::UnreadHeader(_) => LOOKALIKES.map(|example| Notice::UnreadHeader(lookalike(example))),
});
