//! Containers and instances, regions, endpoints, and settings that an SDK checks.

use super::Dates;
use crate::service::imds::Untimed;
use crate::service::names::Names;
use crate::settings::Variable;

pub struct ContainerRules {
    /// Whether an empty variable counts.
    pub empty_is_value: bool,
    /// Whether the token comes before the file with a token.
    pub token_before_file: bool,
    /// Whether a token that can't be sent is an error even where there is no container.
    pub checks_token_first: bool,
    /// Whether whitespace round the token of the file is removed.
    pub trims_token_file: bool,
    /// Whether a relative address without a slash at its start gets one.
    pub adds_slash: bool,
    /// Whether a failed request is sent once more with `AWS_CONTAINER_AUTHORIZATION_TOKEN` alone; by a provider that knows the
    /// account.
    pub second_try: bool,
    /// Whether the instance is asked after the container.
    pub before_instance: bool,
    pub document: DocumentRules,
    /// Whether the credentials have the account.
    pub knows_account: bool,
    pub dates: Dates,
}

pub struct InstanceRules {
    /// Whether the instance may be one without tokens.
    pub without_token: bool,
    pub disabled: Disabled,
    /// Whether `credential_source` asks the instance even if it is disabled.
    pub source_is_never_disabled: bool,
    /// How often each request is sent.
    pub attempts: u32,
    /// What means that there is no instance, and not that it failed.
    pub absent: Absent,
    /// What a token is worth without the time for which it holds.
    pub untimed: Untimed,
    /// Whether a name of a role that can't be a part of an address is an error.
    pub checks_name: bool,
    pub document: DocumentRules,
    /// Whether the mode of the address is checked even where the address is set.
    pub mode_beside_endpoint: bool,
    /// Whether the path of a configured address is left out.
    pub drops_path: bool,
    /// Whether the credentials have the account.
    pub knows_account: bool,
    pub dates: Dates,
    /// Whether a file with a line that the SDK refuses keeps it from asking the instance.
    pub reads_files: bool,
}

impl InstanceRules {
    /// What most SDKs do. What most don't agree on, each SDK states.
    pub const USUAL: InstanceRules = InstanceRules {
        without_token: true,
        disabled: Disabled::ByTrue,
        source_is_never_disabled: false,
        attempts: 1,
        absent: Absent::NoKeys,
        untimed: Untimed::Accepted,
        checks_name: false,
        document: DocumentRules::USUAL,
        mode_beside_endpoint: false,
        drops_path: false,
        knows_account: false,
        dates: Dates::Iso8601,
        reads_files: false,
    };
}

impl ContainerRules {
    /// What most SDKs do.
    pub const USUAL: ContainerRules = ContainerRules {
        empty_is_value: false,
        token_before_file: false,
        checks_token_first: false,
        trims_token_file: false,
        adds_slash: false,
        second_try: false,
        before_instance: false,
        document: DocumentRules::USUAL,
        knows_account: true,
        dates: Dates::Iso8601,
    };
}

/// How a document with keys is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentRules {
    pub names: Names,
    pub code: CodeRule,
}

impl DocumentRules {
    /// What most SDKs do.
    pub const USUAL: DocumentRules = DocumentRules { names: Names::Exact, code: CodeRule::Ignored };
}

/// What becomes of the `Code` in a document with keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRule {
    Ignored,
    /// If there is one, it has to be `Success`.
    SuccessIfGiven,
    /// It has to be `Success`, in any case.
    Success,
}

/// What means that there is no instance with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Any answer without keys.
    NoKeys,
    /// Any failure before it has named its role.
    NoName,
    /// Nothing answers, or it says that it has no role.
    Unavailable,
}

/// When `AWS_EC2_METADATA_DISABLED` disables the instance metadata, and `ec2_metadata_v1_disabled` those without tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disabled {
    /// `true`, in any case.
    ByTrue,
    /// Anything but nothing and `false`.
    UnlessFalse,
}

pub struct RegionRules {
    /// Whether an empty value of a file is a value.
    pub empty_is_value: bool,
    /// Whether a role without a region has that of its source profile.
    pub of_source: bool,
    /// Whether an instance without tokens is asked, too.
    pub without_token: bool,
    /// Whether the instance is asked only if `AWS_EC2_METADATA_DISABLED` is empty or not set.
    pub disabled_by_anything: bool,
    /// How the name of a region is changed before anything uses it.
    pub changed: Option<fn(&str) -> String>,
}

impl RegionRules {
    /// What most SDKs do.
    pub const USUAL: RegionRules = RegionRules {
        empty_is_value: false,
        of_source: false,
        without_token: false,
        disabled_by_anything: false,
        changed: None,
    };
}

pub struct EndpointRules {
    /// Whether `AWS_ENDPOINT_URL` and the profile's `endpoint_url` apply to the clients that get credentials.
    pub general: bool,
    /// Whether their settings are those of the profile that the variable names, else of `default`, even if code names
    /// another one.
    pub of_variable: bool,
    /// Whether `ignore_configured_endpoint_urls` applies to them.
    pub can_be_ignored: bool,
    /// Whether a profile has no address at all if the section is missing that its `services` names.
    pub needs_services: bool,
    /// Whether `true` may be spelled in any case.
    pub flags_in_any_case: bool,
    /// What an empty variable of a service means.
    pub empty: EmptyEndpoint,
    /// Whether whitespace round the variable with an address is removed (`new URL` of JavaScript).
    pub trims_url: bool,
    /// Whether an empty region is an error even for requests to a configured address (aws-config: "must be a valid host
    /// label").
    pub needs_whole_region: bool,
    /// Whether requests to a configured address are signed without a region if there is none.
    pub signs_without_region: bool,
}

impl EndpointRules {
    /// What most SDKs do.
    pub const USUAL: EndpointRules = EndpointRules {
        general: true,
        of_variable: false,
        can_be_ignored: true,
        needs_services: false,
        flags_in_any_case: true,
        empty: EmptyEndpoint::Fails,
        trims_url: false,
        needs_whole_region: false,
        signs_without_region: false,
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyEndpoint {
    /// It is not set.
    Skipped,
    /// AWS's own host, whatever else is set.
    Default,
    /// The request fails.
    Fails,
}

/// A setting that the SDK can't work with unless it has one of some values.
pub struct Check {
    pub setting: &'static Variable,
    pub accepts: Accepts,
    pub in_files: InFiles,
    /// Whether the program ends, instead of getting an error.
    pub panics: bool,
}

impl Check {
    /// Of the variable alone.
    pub const fn variable(setting: &'static Variable, accepts: Accepts) -> Check {
        Check { setting, accepts, in_files: InFiles::Never, panics: false }
    }

    /// Of the variable, or if it isn't set of the key.
    pub const fn fallback(setting: &'static Variable, accepts: Accepts) -> Check {
        Check { setting, accepts, in_files: InFiles::Fallback, panics: false }
    }

    /// Of the variable, and of the key, which may be `empty` or not.
    pub const fn both(setting: &'static Variable, accepts: Accepts, empty: bool) -> Check {
        Check { setting, accepts, in_files: InFiles::Always { empty }, panics: false }
    }

    pub const fn panicking(self) -> Check {
        Check { panics: true, ..self }
    }
}

/// Whether the key in the files is checked, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InFiles {
    Never,
    /// If the variable isn't set.
    Fallback,
    /// In each profile that is loaded, whatever the variable is.
    Always {
        /// Whether it may be empty there.
        empty: bool,
    },
}

/// The values that a setting may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    OneOf {
        words: &'static [&'static str],
        any_case: bool,
        empty: bool,
    },
    /// A whole number, at least so much.
    Number {
        least: i64,
        empty: bool,
        /// Whether it has to be digits behind at most a sign, and not what Python takes for a number.
        plain: bool,
    },
    /// A file that can be read.
    File,
}

impl Accepts {
    /// One of these words, and not nothing.
    pub const fn word(words: &'static [&'static str], any_case: bool) -> Accepts {
        Accepts::OneOf { words, any_case, empty: false }
    }
}
