//! How the AWS SDK for JavaScript v3 reads the files.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use crate::ini::dialect::{Blanks, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed};

/// credential-providers 3.1175.0.
pub(super) static FILES: FileRules = FileRules {
    paths: Paths { empty_variable: EmptyVariable::Default, tilde: Tilde::ExpandedExceptForSessions },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        ends: Ends::LfOrCrLf,
        // A byte order mark is white space, so it changes nothing.
        blanks: Blanks::JavaScript,
        empty_lines: Blanks::JavaScript,
        indent: Blanks::JavaScript,
        comment_blanks: Blanks::JavaScript,
        indented_comments: true,
        headers: HeaderLines::Bracketed { blank_before_comment: true },
        delimiters: b"=",
        key_case: KeyCase::Kept,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::Kept,
        removes_quotes: false,
        indented: Indented::Key,
        on_malformed: OnMalformed::Ignored,
    },
    headers: Headers {
        separator: Separator::OneBlank,
        removes_quotes: true,
        identifiers: true,
        dotted: true,
        credentials: CredentialsHeaders::DottedWords,
        empty_sections: false,
        ignored_are_checked: false,
    },
    sets_empty: false,
    dotted_sub_keys: true,
    merging: Merging::ByKey,
};
