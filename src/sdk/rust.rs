//! How the AWS SDK for Rust reads the files.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use super::oddity::{Oddity, Reader};
use crate::ini::dialect::{Blanks, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed};

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

/// aws-config 1.13.0.
#[cfg_attr(not(test), expect(dead_code, reason = "`--sdk rust` is about to use it"))]
pub(super) static FILES: FileRules = FileRules {
    paths: Paths { empty_variable: EmptyVariable::NoFile, tilde: Tilde::Expanded },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::EmptyFile,
    dialect: Dialect {
        ends: Ends::LfOrCrLf,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::SpaceAndTab,
        empty_lines: Blanks::SpaceAndTab,
        indent: Blanks::SpaceAndTab,
        comment_blanks: Blanks::Unicode,
        indented_comments: false,
        headers: HeaderLines::Unindented,
        delimiters: b"=",
        key_case: KeyCase::AsciiLowered,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::LeftOut,
        removes_quotes: false,
        indented: Indented::Continuation { sub_keys_before_comments: true },
        on_malformed: OnMalformed::Fails,
    },
    headers: Headers {
        separator: Separator::Blanks,
        removes_quotes: false,
        identifiers: true,
        dotted: false,
        credentials: CredentialsHeaders::Identifiers,
        empty_sections: true,
        ignored_are_checked: true,
    },
    sets_empty: true,
    dotted_sub_keys: false,
    merging: Merging::ByKey,
};
