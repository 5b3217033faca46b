use super::*;
use crate::profile::{FileKind, Files};

/// A file of one header, and the name of what it seems to mean.
const HEADERS: [(FileKind, &str, &str); 13] = [
    (FileKind::Config, "[dev]", "dev"),
    (FileKind::Credentials, "[profile dev]", "dev"),
    (FileKind::Config, "[Profile dev]", "dev"),
    (FileKind::Config, "[profile dev", "dev"),
    (FileKind::Config, "[profile dev] # see [wiki]", "dev"),
    (FileKind::Config, "[ profile dev]", "dev"),
    (FileKind::Config, "[profile my dev]", "my dev"),
    (FileKind::Config, "[profile o'brien]", "o'brien"),
    (FileKind::Config, "[profle dev]", "dev"),
    (FileKind::Config, "[profiledev]", "dev"),
    (FileKind::Config, "[profile dev] [old]", "dev"),
    (FileKind::Credentials, "[sso-session corp]\nsso_region = eu-west-1", "corp"),
    (FileKind::Config, "[corp]\nsso_region = eu-west-1", "corp"),
];

impl Lookalike {
    /// One for each reason, with the name of what it seems to mean.
    pub(in crate::profile) fn examples() -> Vec<(&'static str, Lookalike)> {
        let found = HEADERS.map(|(kind, header, name)| {
            let files = match kind {
                FileKind::Config => Files::of_texts(header, ""),
                FileKind::Credentials => Files::of_texts("", header),
            };
            let make =
                if header.contains("sso_region") { SectionName::SsoSession } else { SectionName::Profile };
            let mut found = files.file(kind).lookalikes(&make(name.to_owned()));
            (name, found.pop().unwrap_or_else(|| panic!("{header} looks like `{name}`")))
        });
        found.into()
    }
}
