use super::*;
use crate::profile::{FileKind, Files};

/// A file of one line, and the profile that its header seems to mean.
const HEADERS: [(FileKind, &str, &str); 8] = [
    (FileKind::Config, "[dev]", "dev"),
    (FileKind::Credentials, "[profile dev]", "dev"),
    (FileKind::Config, "[Profile dev]", "dev"),
    (FileKind::Config, "[profile dev", "dev"),
    (FileKind::Config, "[profile dev] # see [wiki]", "dev"),
    (FileKind::Config, "[ profile dev]", "dev"),
    (FileKind::Config, "[profile my dev]", "my dev"),
    (FileKind::Config, "[profile o'brien]", "o'brien"),
];

impl Lookalike {
    /// One for each reason, with the profile that it seems to mean.
    pub(in crate::profile) fn examples() -> Vec<(&'static str, Lookalike)> {
        let found = HEADERS.map(|(kind, header, name)| {
            let files = match kind {
                FileKind::Config => Files::of_texts(header, ""),
                FileKind::Credentials => Files::of_texts("", header),
            };
            let mut found = files.file(kind).lookalikes(&SectionName::Profile(name.to_owned()));
            (name, found.pop().unwrap_or_else(|| panic!("{header} looks like `{name}`")))
        });
        found.into()
    }
}
