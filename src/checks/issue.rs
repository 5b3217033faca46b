//! What can be wrong: the text, code, severity and fix of each issue.

mod kind;
mod text;

use std::path::PathBuf;

use jiff::civil::Date;

use crate::failure::{Command, Hint};
use crate::ini::FaultKind;
use crate::origin::Origin;
use crate::profile::SectionName;

/// What is wrong. No variant has a secret.
#[derive(Debug)]
pub(crate) enum Issue {
    Unreadable {
        problem: String,
        help: Option<Hint>,
    },
    /// A line that makes the file invalid.
    Invalid(FaultKind),
    EmptyVariable {
        variable: String,
        effect: &'static str,
    },
    BlankInVariable {
        variable: String,
    },
    QuotedVariable {
        variable: String,
    },
    MisspeltVariable {
        variable: String,
        similar: &'static str,
    },
    NoSuchProfile {
        name: String,
        named_by: Origin,
        similar: Option<String>,
    },
    ProfileHidden {
        profile: String,
        named_by: Origin,
    },
    RegionDiffers {
        variable: &'static str,
        region: String,
        stored: String,
        place: Origin,
    },
    HalfPair {
        has: &'static str,
        lacks: &'static str,
        holder: Holder,
    },
    SplitPair {
        profile: String,
        other: Origin,
    },
    Swapped {
        holder: Holder,
    },
    NoKeyId {
        holder: Holder,
    },
    TokenWithLastingKey {
        holder: Holder,
    },
    TemporaryKeyWithoutToken {
        holder: Holder,
    },
    ExpiredKeys {
        profile: String,
        key: String,
        day: Date,
    },
    Exposed {
        path: PathBuf,
        may: &'static str,
        mode: u32,
    },
    HalfRole {
        profile: String,
    },
    TwoSources {
        profile: String,
    },
    SourceWithoutRole {
        profile: String,
        key: &'static str,
    },
    NoSuchSource {
        profile: String,
        source: String,
        similar: Option<String>,
    },
    EmptySource {
        source: String,
    },
    Circle {
        chain: Vec<String>,
    },
    UnusedMfa {
        profile: String,
    },
    MfaAtSource {
        profile: String,
        source: String,
        serial: String,
    },
    SecurityKey,
    ChainedDuration {
        profile: String,
        source: String,
    },
    Value {
        section: SectionName,
        key: String,
        expected: &'static str,
        /// The nearest of a few values.
        meant: Option<&'static str>,
    },
    RelativePath {
        key: String,
        expands: bool,
    },
    NoSuchFile {
        key: String,
        path: PathBuf,
    },
    NoSuchSession {
        profile: String,
        session: String,
        similar: Option<String>,
    },
    NoSuchServices {
        profile: String,
        services: String,
    },
    IncompleteSso {
        profile: String,
        session: Option<String>,
        missing: Vec<&'static str>,
    },
    IncompleteSession {
        session: String,
        missing: Vec<&'static str>,
    },
    SsoConflict {
        profile: String,
        key: &'static str,
        other: Origin,
    },
    SignInExpired {
        what: String,
        day: Date,
        command: Command,
    },
    SignInUnusable {
        what: String,
        command: Command,
    },
    SignInUnused {
        path: PathBuf,
        whom: String,
    },
    OtherPrograms {
        key: String,
        program: &'static str,
    },
    UnreadNested {
        section: SectionName,
        key: String,
        service: String,
    },
    WrongFile {
        key: String,
    },
    /// Quotes around a value, which are part of it.
    Quoted {
        section: SectionName,
        key: String,
        /// Whether `doctor --fix` removes them.
        is_repairable: bool,
    },
    /// What looks like a comment behind a value, and is part of it.
    Commented {
        section: SectionName,
        key: String,
    },
    UnseenCharacter {
        section: SectionName,
        key: String,
    },
    ProcessProfile {
        program: String,
        name: String,
    },
    Program(Program),
    /// A bridge of `configure bridge` whose xcred is gone, perhaps because another version was installed elsewhere.
    BridgeGone {
        bridge: String,
        program: String,
        profile: String,
    },
}

/// Who has a pair of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    Profile(String),
    Environment,
}

/// Why a `credential_process` can't start, or not as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Tilde,
    Variable,
    Assignment(String),
    NotFound(String),
    NotExecutable(PathBuf),
    NoInterpreterLine(PathBuf),
    Unclosed,
    Nameless,
}

#[cfg(test)]
mod examples;
