//! What can be wrong, with its data and its message. The code, severity and aspects of each are in `code`, its fix is in `fix`.

mod code;
mod fix;
mod holder;
mod kind;
mod words;

pub use code::CIRCLE;
pub use fix::MEANT_LITERALLY;
pub(crate) use holder::Holder;

use std::path::PathBuf;

use jiff::civil::Date;

use crate::chain::{Expiration, Unstartable};
use crate::failure::{Command, Hint};
use crate::ini::FaultKind;
use crate::origin::{Origin, named, shown};
use crate::profile::{Lookalike, SectionName};
use crate::secret::SecretFault;
use crate::settings::Kind;
use crate::text::listed;
use words::{changeable, circle, planted, relative};

/// What is wrong. No variant has a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Issue {
    #[error("{problem}")]
    Unreadable { problem: String, help: Option<Hint> },
    #[error("an edit of `{}` was interrupted, and waits to be completed or undone", shown(path))]
    Interrupted { path: PathBuf },
    /// A line that makes the file invalid.
    #[error("{0}; AWS CLI and boto3 can't read this file")]
    Invalid(FaultKind),
    #[error("{variable} is set but empty: {effect}")]
    EmptyVariable { variable: String, effect: &'static str },
    #[error("the value of {variable} begins or ends with whitespace, which is part of it")]
    BlankInVariable { variable: String },
    #[error("the quotes around the value of {variable} are part of it")]
    QuotedVariable { variable: String },
    #[error("AWS has no variable {variable}")]
    MisspeltVariable { variable: String, similar: &'static str },
    #[error("profile `{name}` not found ({named_by} names it)")]
    NoSuchProfile { name: String, named_by: Origin, similar: Option<String> },
    #[error("the keys in the environment override those of `{profile}`, named by {named_by}")]
    ProfileHidden {
        profile: String,
        named_by: Origin,
        /// Whether its role is assumed with these very keys.
        needs_keys: bool,
    },
    #[error("{variable} is `{region}` and overrides `{stored}` in {place}")]
    RegionDiffers { variable: &'static str, region: String, stored: String, place: Origin },
    #[error("{holder} has {has} without {lacks}")]
    HalfPair {
        has: &'static str,
        lacks: &'static str,
        holder: Holder,
        /// Whether botocore passes over it, and finds other credentials.
        is_idle: bool,
    },
    #[error(
        "half of the access key of `{profile}` is here and half in {other}: boto3 and AWS CLI use neither"
    )]
    SplitPair {
        profile: String,
        other: Origin,
        /// Whether botocore passes over it, and finds other credentials.
        is_idle: bool,
        fix: Hint,
    },
    /// botocore finds the pair, and signs with it.
    #[error("profile `{profile}` has no value for `{key}`")]
    BlankKey { profile: String, key: &'static str },
    #[error("the access key ID and the secret access key of {holder} look swapped")]
    Swapped { holder: Holder },
    #[error("the access key ID of {holder} {what}")]
    OddKeyId { holder: Holder, what: &'static str },
    #[error("the secret access key of {holder} {fault}")]
    OddSecret { holder: Holder, fault: SecretFault },
    #[error("the session token of {holder} has whitespace or a line break in it")]
    OddToken {
        holder: Holder,
        /// The setting or variable of the token.
        key: &'static str,
    },
    #[error("the access key ID of {holder} looks like a secret or a token")]
    NoKeyId { holder: Holder },
    #[error(
        "{holder} has a session token beside a long-term access key (AKIA...): AWS refuses the two together"
    )]
    TokenWithLastingKey {
        holder: Holder,
        /// The setting or variable of the token.
        token: &'static str,
    },
    #[error("`{key}` has no effect without aws_access_key_id")]
    TokenAlone { profile: String, key: &'static str },
    /// Credentials of a profile that botocore comes to after others of it.
    #[error("`{by}` in {place} takes precedence over `{key}`")]
    Overridden { key: &'static str, by: &'static str, place: Origin },
    /// Another access key than the one of the credentials file, on these lines of the config file.
    #[error("another access key of this profile: the one in {used} takes precedence")]
    OtherKey { used: Origin, lines: Vec<u32> },
    #[error("{holder} has a temporary access key (ASIA...) without a session token: AWS refuses it")]
    TemporaryKeyWithoutToken { holder: Holder },
    #[error("the keys of {holder} expired on {day}, says `{key}`")]
    ExpiredKeys { holder: Holder, key: String, day: Date },
    /// What is wrong with the expiration of the keys in the environment.
    #[error("AWS_CREDENTIAL_EXPIRATION {fault}")]
    Expiration { fault: Expiration, loaded: Option<String> },
    /// A file that `has` credentials: it "contains" them, or would. `is_closable` is whether this user can change its mode.
    #[error("{} {has} credentials, and other users can {may} it (its mode is {mode:03o})", shown(path))]
    Exposed { path: PathBuf, has: &'static str, may: &'static str, mode: u32, is_closable: bool },
    #[error("{}", changeable(path, *mode, *is_folder))]
    Changeable { path: PathBuf, mode: u32, is_folder: bool, is_closable: bool },
    /// A sign-in that another user may have put into the cache. Without a mode, that user owns it.
    #[error("{}", planted(path, *mode))]
    Planted { path: PathBuf, mode: Option<u32> },
    /// A file that is not a regular one: it is taken for missing.
    #[error("{problem}: AWS CLI, boto3 and xcred read nothing from it")]
    NotAFile { problem: String, help: Option<Hint> },
    #[error("{variable} names {}, which doesn't exist", shown(path))]
    NoFileOfVariable { variable: &'static str, path: PathBuf },
    #[error("profile `{profile}` has role_arn without source_profile or credential_source")]
    HalfRole { profile: String },
    #[error("profile `{profile}` has both source_profile and credential_source")]
    TwoSources { profile: String },
    #[error("`{key}` has no effect without role_arn")]
    SourceWithoutRole { profile: String, key: &'static str },
    #[error("`web_identity_token_file` can't be used without role_arn")]
    TokenFileWithoutRole { profile: String },
    #[error("profile `{profile}` has the source_profile `{base}`, which doesn't exist")]
    NoSuchSource { profile: String, base: String, similar: Option<String>, header: Option<Box<Lookalike>> },
    #[error("source profile `{base}` has no credentials")]
    EmptySource { base: String },
    #[error("{}", circle(chain, *of_processes))]
    Circle { chain: Vec<String>, of_processes: bool },
    #[error("`mfa_serial` is used here only by `xcred keys`, and with the setting `mfa.session`")]
    UnusedMfa {
        /// Whether the device can be of use to it.
        has_keys: bool,
    },
    #[error("`mfa_serial` of `{base}` is not used for the role of `{profile}`, which has none of its own")]
    MfaAtSource { profile: String, base: String, serial: String },
    #[error("a security key (FIDO) can't be used here: AWS takes a six-digit code only")]
    SecurityKey,
    #[error("the role of `{profile}` is assumed with role credentials (`{base}`), for at most 3600 seconds")]
    ChainedDuration { profile: String, base: String },
    #[error(
        "profile `{name}` is in this file only, and `{other}` only in {place}: the case of letters matters"
    )]
    CaseTwin { name: String, other: String, place: Origin },
    #[error("`{key}` should be {expected}")]
    Value {
        section: SectionName,
        key: String,
        expected: &'static str,
        /// The nearest of a few values.
        meant: Option<&'static str>,
        /// Whether no request is sent with it.
        is_refused: bool,
    },
    /// A value that ends every command that needs it.
    #[error("`{key}` must be {form}")]
    Refused {
        section: SectionName,
        key: String,
        form: Kind,
        /// The nearest of a few values.
        meant: Option<&'static str>,
    },
    #[error("{variable} must be {form}")]
    RefusedVariable { variable: String, form: Kind },
    /// What a variable or a line names can't be used.
    #[error("{problem}")]
    Unusable {
        /// With the place.
        problem: String,
        help: Option<Hint>,
        is_line: bool,
    },
    #[error("{variable} should be {expected}")]
    ValueOfVariable {
        variable: String,
        expected: String,
        /// The nearest of a few values.
        meant: Option<&'static str>,
    },
    #[error("{token} has no effect without AWS_ACCESS_KEY_ID")]
    TokenVariableAlone { token: &'static str },
    #[error("{}", relative(key, *expands))]
    RelativePath { key: String, expands: bool },
    #[error("`{key}` names {}, which doesn't exist", named(path))]
    NoSuchFile { key: String, path: PathBuf },
    #[error("profile `{profile}` has the sso_session `{session}`, which doesn't exist")]
    NoSuchSession {
        profile: String,
        session: String,
        similar: Option<String>,
        header: Option<Box<Lookalike>>,
    },
    #[error("profile `{profile}` has the services section `{services}`, which doesn't exist")]
    NoSuchServices {
        profile: String,
        services: String,
        similar: Option<String>,
        header: Option<Box<Lookalike>>,
        /// Whether the addresses that it would have are ignored.
        is_ignored: bool,
    },
    #[error("profile `{profile}` is set up for IAM Identity Center without {}", listed(missing, "and"))]
    IncompleteSso { profile: String, session: Option<String>, missing: Vec<&'static str> },
    /// A session without an account and a role, beside other credentials, which botocore uses.
    #[error(
        "profile `{profile}` has an sso_session without sso_account_id and sso_role_name: boto3 and AWS CLI use `{used}`, \
         some other SDKs fail"
    )]
    IdleSession { profile: String, used: &'static str },
    /// A session without an account and a role, and nothing else.
    #[error(
        "profile `{profile}` has an sso_session without sso_account_id and sso_role_name: it leads to no credentials"
    )]
    LoneSession {
        profile: String,
        /// Whether the sign-in is for a service that takes its token, and needs no credentials.
        is_for_tokens: bool,
    },
    #[error("sso-session `{session}` has no {}", listed(missing, "and"))]
    IncompleteSession { session: String, missing: Vec<&'static str> },
    #[error("`{key}` of profile `{profile}` differs from that of its session in {other}")]
    SsoConflict { profile: String, session: String, key: String, other: Origin },
    #[error("the sign-in of {what} expired on {day}")]
    SignInExpired { what: String, day: Date, command: Command },
    #[error("the sign-in of {what} can't be used: {reason}")]
    SignInUnusable { what: String, reason: String, help: Option<Hint> },
    #[error("a valid sign-in exists for `{meant}`, which is this start URL in another spelling")]
    SignInSpelling { profile: String, meant: String },
    #[error("the sign-in of {what} is one to {found}, another portal than that of the config file")]
    OtherPortal { what: String, found: String, command: Command },
    #[error(
        "the region of profile `{profile}` is {region}, and its sign-in was made in {made_in}: AWS CLI and older SDKs refresh it in the profile's region, where it is refused"
    )]
    SignInElsewhere { profile: String, region: String, made_in: String },
    #[error("{}: signed in to {whom}, but no profile and no sso-session uses this sign-in", shown(path))]
    SignInUnused { path: PathBuf, whom: String },
    #[error("`{key}` is a setting of {program}: AWS CLI, the SDKs and xcred don't read it")]
    OtherPrograms { key: String, program: &'static str },
    #[error("no SDK reads `{key}` in a profile")]
    UnreadNested { section: SectionName, key: String, service: String },
    /// A key with a dot in place of a nested block.
    #[error("no SDK reads `{key}` on a line of its own")]
    Dotted { key: String },
    #[error("no SDK reads `{key}` in a services section")]
    UnreadInServices { key: String },
    #[error("no SDK reads `{key}` in an sso-session")]
    UnreadInSession { key: String, remove: Command, meant: Option<Command> },
    #[error("`{key}` is a setting of the config file; SDKs other than boto3 don't read it here")]
    WrongFile { key: String },
    /// Two lines that became one.
    #[error("`{other}` is on the line of `{key}`, and part of its value")]
    Joined { key: String, other: &'static str },
    /// Quotes around a value, which are part of it.
    #[error("the quotes around the value of `{key}` are part of it")]
    Quoted {
        section: SectionName,
        key: String,
        /// Whether `doctor --fix` removes them.
        is_repairable: bool,
    },
    /// What looks like a comment behind a value, and is part of it.
    #[error("the value of `{key}` ends in what looks like a comment, which is part of it")]
    Commented { section: SectionName, key: String },
    #[error("the value of `{key}` has a character that can't be seen")]
    UnseenCharacter { section: SectionName, key: String },
    #[error("`[{header}]` has {what} in its name, and isn't `[{instead}]`")]
    Disguised { header: String, what: String, instead: String },
    #[error("`credential_process` calls {program} with profile `{name}`, which doesn't exist")]
    ProcessProfile { program: String, name: String },
    #[error(
        "`credential_process` has a `{sign}` for a shell: most SDKs run it in one, but boto3 and AWS CLI pass the `{sign}` on literally"
    )]
    ForShell {
        sign: char,
        /// A bridge of `configure bridge`, and the profile that it leads to.
        bridge: Option<(String, String)>,
    },
    #[error("{}", .0.of_setting())]
    Program(Unstartable),
    /// A bridge of `configure bridge` whose xcred is gone, perhaps because another version was installed elsewhere.
    #[error("{}", Unstartable::NotFound(program.clone()).of_setting())]
    BridgeGone { bridge: String, program: String, profile: String },
}

#[cfg(test)]
mod examples;
