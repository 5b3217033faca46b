//! How an SDK reads the two files, as data; `view` reads them by it.

use crate::ini::dialect::Dialect;

/// The rules by which an SDK reads the config and the credentials file.
#[derive(Debug)]
pub struct FileRules {
    pub paths: Paths,
    pub unreadable: Unreadable,
    pub not_utf8: NotUtf8,
    pub dialect: Dialect,
    pub headers: Headers,
    /// Whether a key without a value is one.
    pub sets_empty: bool,
    /// Whether the sub-keys below `s3 =` are keys of the section, too, with names such as `s3.max_queue_size`.
    pub dotted_sub_keys: bool,
    pub merging: Merging,
}

/// Where the files are.
#[derive(Debug)]
pub struct Paths {
    pub home: HomeFolder,
    pub empty_variable: EmptyVariable,
    pub tilde: Tilde,
    /// The variable that, if it is set, to whatever, disables the config file. Then a profile's keys are its only way to
    /// credentials.
    pub opt_out: Option<&'static str>,
}

/// Where the home folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeFolder {
    /// At `HOME` if that is set, else where the password file says.
    Usual,
    /// At `HOME`; if that is empty, the working folder, and if it isn't set, a folder of the name `~` in it (aws-runtime's
    /// `expand_home`).
    OfVariable,
    /// At the first of `HOME`, `USERPROFILE` and `HOMEDRIVE` with `HOMEPATH` that isn't empty, else where the password file says;
    /// with an empty `HOME` alone, the working folder (`getHomeDir` of @smithy/core).
    OfAnySystem,
}

/// What `AWS_CONFIG_FILE=''` means, and the same for the credentials file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyVariable {
    NoFile,
    /// As if it weren't set.
    Default,
    /// The working folder, which can't be read as a file.
    Folder,
}

/// Whether `~/` at the beginning of a variable's value is the home folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tilde {
    Expanded,
    /// The config file is read a second time for its `sso-session` sections, and then it isn't.
    ExpandedExceptForSessions,
    Kept,
}

/// What a file means that exists and can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    /// A folder can be opened, and fails when it is read.
    EmptyUnlessFolder,
}

/// What bytes mean that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUtf8 {
    /// The file is taken for empty.
    EmptyFile,
    /// The replacement character.
    Replaced,
    /// Nothing: the SDK refuses the file.
    Refused,
}

/// Which headers name what. In all SDKs the config file has `[default]`, `[profile NAME]`, `[sso-session NAME]` and
/// `[services NAME]`, and in most `[profile default]` replaces `[default]`.
#[derive(Debug)]
pub struct Headers {
    /// Whether any whitespace round the prefix and the name is removed once a space or tab has separated them, such as a
    /// no-break space (aws-runtime's `SectionPair::parse`).
    pub trims_words: bool,
    /// What is between the prefix and the name.
    pub separator: Separator,
    /// Whether quotes around the name are removed.
    pub removes_quotes: bool,
    /// Whether `[NAME]` and `[profile NAME]` are one profile, in both files.
    pub prefix_is_optional: bool,
    /// Whether the config file's names have to be identifiers (`ini::dialect::is_identifier`).
    pub identifiers: bool,
    /// Whether `[DEFAULT]` in the config file is a profile, too, with that name.
    pub default_in_any_case: bool,
    /// Whether the config file may have `[profile.NAME]`, too.
    pub dotted: bool,
    pub credentials: CredentialsHeaders,
    /// Whether a section without keys is one.
    pub empty_sections: bool,
    /// Whether a section that is not read has to be well-formed, too.
    pub ignored_are_checked: bool,
}

impl Headers {
    /// What most SDKs do. What most don't agree on, each SDK states.
    pub const USUAL: Headers = Headers {
        trims_words: false,
        separator: Separator::Blanks,
        removes_quotes: false,
        prefix_is_optional: false,
        identifiers: true,
        default_in_any_case: false,
        dotted: false,
        credentials: CredentialsHeaders::Identifiers,
        empty_sections: true,
        ignored_are_checked: false,
    };
}

/// What separates the prefix of a header from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// Spaces and tabs. Those around the whole are removed, too.
    Blanks,
    /// Whitespace. That around the whole is removed, and more than one character of it is one space.
    Words,
    /// One character of whitespace, and there may be none elsewhere.
    OneBlank,
}

/// Which headers of the credentials file name a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialsHeaders {
    /// All that are an identifier, or nothing.
    Identifiers,
    /// All but those with the prefix `profile`. Sessions are read from this file, too.
    Unprefixed,
    /// All but two words, unless the first is a prefix of the config file: those are joined by a dot.
    DottedWords,
}

/// How a section becomes one that both files have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merging {
    /// The credentials file takes precedence, key by key.
    ByKey,
    /// The credentials file takes precedence for these keys, and the config file for all others.
    ByUse { credentials_first: &'static [&'static str] },
    /// The two keys of a pair stay together.
    Pairs {
        /// The other keys that are read from the credentials file where the config file has the section.
        crossing: &'static [&'static str],
    },
    /// The keys of a group come from one file: the credentials file, if it has what leads the group. Other keys are merged
    /// one by one.
    Groups {
        groups: &'static [Group],
        /// The keys that only the config file may have.
        config_only: &'static [&'static str],
    },
}

/// Keys that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    pub keys: &'static [&'static str],
    pub led_by: &'static [&'static str],
    /// Whether all of the leading keys are needed, or any of them.
    pub needs_all: bool,
}
