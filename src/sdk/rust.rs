//! How the AWS SDK for Rust reads the files.

use super::oddity::{Oddity, Reader};

pub(super) static READER: Reader = Reader {
    sdk: "rust",
    name: "the Rust SDK",
    reads: |oddity| match oddity {
        Oddity::Indented | Oddity::Colon => "rejects the whole file",
        Oddity::Nameless { .. }
        | Oddity::Inherited
        | Oddity::NoPrefix { .. }
        | Oddity::PrefixInCredentials { .. } => "ignores the section",
        Oddity::Respelled { .. } => "merges them; `[profile default]` takes precedence over `[default]`",
        Oddity::Comment { .. } => "strips it",
        Oddity::Quotes { .. } => "keeps the quotes",
    },
};
