//! How the AWS SDK for Java reads the files.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use crate::ini::dialect::{Blanks, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed};

/// Version 2.55.2.
pub(super) static FILES: FileRules = FileRules {
    paths: Paths { empty_variable: EmptyVariable::NoFile, tilde: Tilde::Expanded },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        ends: Ends::LfOrCr,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::UpToSpace,
        empty_lines: Blanks::SpaceAndTab,
        indent: Blanks::SpaceAndTab,
        comment_blanks: Blanks::SpaceAndTab,
        indented_comments: false,
        headers: HeaderLines::Unindented,
        delimiters: b"=",
        key_case: KeyCase::Kept,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::LeftOutWhole,
        removes_quotes: false,
        indented: Indented::Continuation { sub_keys_before_comments: false },
        on_malformed: OnMalformed::Fails,
    },
    headers: Headers {
        separator: Separator::Blanks,
        removes_quotes: false,
        identifiers: true,
        dotted: false,
        credentials: CredentialsHeaders::Identifiers,
        empty_sections: true,
        ignored_are_checked: false,
    },
    sets_empty: true,
    dotted_sub_keys: true,
    merging: Merging::ByKey,
};
