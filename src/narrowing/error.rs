//! Why an identity isn't narrowed as it was asked for.

use std::fmt;
use std::path::PathBuf;

use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, Place, shown};

#[derive(Debug)]
pub struct Error(Box<Report>);

#[derive(Debug)]
struct Report {
    fault: Fault,
    /// What asks for it.
    origin: Origin,
    /// The line of the file that it names, or of its own text.
    file: Option<Place>,
    line: Option<usize>,
}

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the policy is not valid JSON: {what} at column {column}")]
    NotJson { what: String, column: usize },
    #[error("the policy has the key `{key}` twice in one object, at column {column}; case is ignored")]
    KeyTwice { key: String, column: usize },
    /// A file without the `@`.
    #[error("`{}` is not a policy, but a file", shown(path))]
    FileName { path: PathBuf },
    #[error("a policy is a JSON object with `Statement`, an object or a list of objects")]
    NotAPolicy,
    #[error("the policy has {length} characters without whitespace, and STS accepts {most}")]
    PolicyTooLong { length: usize, most: usize },
    #[error("the policy has the character U+{:04X}, which STS rejects", u32::from(*character))]
    Character { character: char },
    #[error("`{}` can't be read", shown(path))]
    File { path: PathBuf, source: std::io::Error },
    #[error("`{text}` is not the ARN of a managed policy")]
    PolicyArn { text: String },
    #[error("`{text}` is not the ARN of a role")]
    RoleArn { text: String },
    #[error("{count} managed policies are given, and STS accepts 10")]
    TooManyPolicies { count: usize },
    #[error("`{arn}` is not in the partition of the request, `{other}`")]
    OtherPartition {
        arn: String,
        /// The partition of the role, or of the region.
        other: String,
    },
    #[error("`{text}` is not a duration")]
    Duration { text: String },
    #[error("a session lasts from 15 minutes to 36 hours, not {seconds} {}", if seconds.unsigned_abs() == 1 { "second" } else { "seconds" })]
    DurationRange { seconds: i64 },
    #[error("the session of a role lasts at most 12 hours")]
    TooLongForRole,
    #[error("a role that another role assumes lasts at most 1 hour")]
    TooLongForChain,
    #[error("`{text}` is not a name of 2 to 64 letters, digits and `_+=,.@-`")]
    Name { text: String },
    #[error("the name has {length} characters, and a federated user has at most {most}")]
    FederatedName { length: usize, most: usize },
    #[error("`{text}` is not a tag of the form KEY=VALUE")]
    Tag { text: String },
    #[error("the tag `{key}` is too long: a key has at most 128 characters, a value 256")]
    TagTooLong { key: String },
    #[error("the tag `{key}` begins with `aws:`, which is reserved")]
    TagReserved { key: String },
    #[error("the tag `{key}` has the character U+{:04X}, which STS rejects", u32::from(*character))]
    TagCharacter { key: String, character: char },
    #[error("the tag `{key}` is given twice; tag keys ignore case")]
    TagTwice { key: String },
    #[error("{count} tags are given, and STS accepts 50")]
    TooManyTags { count: usize },
    /// Several policies add up.
    #[error("the session could do more than {} says: it may do what any of its policies allows", named(than))]
    Widens {
        /// The option or the guard.
        than: Origin,
    },
    /// AssumeRoleWithWebIdentity has neither tags nor a source identity.
    #[error("not possible with a web identity, whose token has the tags and the source identity")]
    NotByWebIdentity,
    #[error("not possible for a user's keys, which are narrowed by GetFederationToken")]
    NotByFederation,
    #[error(
        "a user's keys are narrowed by GetFederationToken, whose session may do nothing without a policy"
    )]
    NoPolicy,
    /// Nothing can narrow the credentials.
    #[error("the credentials of {provider} ({found}) can't be narrowed: {why}")]
    Source {
        /// What provides them.
        provider: &'static str,
        /// Whether that is the environment, whose keys may come from a profile.
        from_environment: bool,
        /// Where they come from.
        found: String,
        why: &'static str,
    },
}

/// An option or a place, as a text names it.
fn named(origin: &Origin) -> String {
    match (origin, setting(origin)) {
        (Origin::Option { name }, _) => format!("`{name}`"),
        (origin, Some(setting)) => format!("`{setting}` in {origin}"),
        (origin, None) => origin.to_string(),
    }
}

/// The setting of xcred's own file that is a guard.
fn setting(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::File(Place { key: Some(key), section: None, .. }) => Some(key),
        _ => None,
    }
}

impl Fault {
    pub fn at(self, origin: Origin) -> Error {
        Error(Box::new(Report { fault: self, origin, file: None, line: None }))
    }
}

impl Error {
    /// The error in a line of the file that the origin names.
    #[must_use]
    pub(super) fn in_file(mut self, place: Place) -> Error {
        self.0.file = Some(place);
        self
    }

    /// The error in a line of the value.
    #[must_use]
    pub(super) fn in_line(mut self, line: usize) -> Error {
        self.0.line = Some(line);
        self
    }

    fn place(&self) -> String {
        match (&self.0.file, self.0.line) {
            (Some(place), _) => place.to_string(),
            (None, Some(line)) => format!("{}, line {line}", self.0.origin),
            (None, None) => self.0.origin.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place())?;
        if let Some(setting) = setting(&self.0.origin) {
            write!(f, "`{setting}`: ")?;
        }
        write!(f, "{}", self.0.fault)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.fault.source()
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match &self.0.fault {
            Fault::File { .. } => Code::Io,
            Fault::NotByWebIdentity | Fault::NotByFederation | Fault::NoPolicy | Fault::Source { .. } => {
                Code::NotNarrowed
            }
            // An option against a guard, which holds.
            Fault::Widens { than: Origin::File(_) } => Code::InvalidConfig,
            _ if matches!(self.0.origin, Origin::Option { .. }) => Code::Usage,
            _ => Code::InvalidConfig,
        }
    }

    fn exit(&self) -> Exit {
        match &self.0.fault {
            Fault::File { .. } => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        if let (Fault::Widens { .. }, Some(setting)) = (&self.0.fault, setting(&self.0.origin)) {
            let unset = Command::xcred(["config", "unset"]).argument(setting);
            return Some(Hint::from("keep only one of the two: ").run(unset));
        }
        if let Fault::FileName { path } = &self.0.fault {
            return Some(format!("did you mean `--policy @{}`?", shown(path)).into());
        }
        let help = match &self.0.fault {
            Fault::NotJson { .. } | Fault::NotAPolicy => {
                r#"for example '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'; `--policy @FILE` reads it from a file"#
            }
            Fault::KeyTwice { .. } => "keep one of the two; readers of JSON differ in which one they use",
            Fault::FileName { .. } => return None,
            Fault::PolicyTooLong { .. } => {
                "shorten it, or create a managed policy and name its ARN: `--policy-arn ARN`"
            }
            Fault::Character { .. } => "write it as a JSON escape, such as \\u20ac",
            Fault::File { .. } => "check the path and the file's permissions",
            Fault::PolicyArn { .. } => {
                "for example arn:aws:iam::aws:policy/ReadOnlyAccess, or the name of a policy of AWS: ReadOnlyAccess"
            }
            Fault::RoleArn { .. } => "for example arn:aws:iam::111122223333:role/Admin",
            Fault::TooManyPolicies { .. } => "combine them into one managed policy",
            Fault::OtherPartition { .. } => {
                "name a policy of this partition; a name without `arn:` is one of AWS in every partition"
            }
            Fault::Duration { .. } | Fault::DurationRange { .. } => "for example 900, 15m or 1h",
            Fault::TooLongForRole => "use 12h or less; many roles allow only 1h",
            Fault::TooLongForChain => "use 1h or less",
            Fault::Name { .. } | Fault::FederatedName { .. } => "choose another name",
            Fault::Tag { .. }
            | Fault::TagTooLong { .. }
            | Fault::TagReserved { .. }
            | Fault::TagCharacter { .. } => "for example --tag team=payments",
            Fault::TagTwice { .. } | Fault::TooManyTags { .. } => "leave some out",
            Fault::Widens { than: Origin::File(_) } => {
                "leave out what the guard doesn't name: policies only ever add up"
            }
            Fault::Widens { .. } => "leave `--read-only` out, or add only policies that deny",
            Fault::NotByWebIdentity => "leave it out, or assume a role with the session: `--role-arn ARN`",
            Fault::NotByFederation => "leave it out, or assume a role with the keys: `--role-arn ARN`",
            Fault::NoPolicy => {
                "add `--policy-arn`, `--policy` or `--read-only`, or assume a role with the keys: `--role-arn ARN`"
            }
            Fault::Source { from_environment: true, .. } => {
                "assume a role with them, which can be narrowed: `--role-arn ARN`; or name the profile that they came from: \
                 `--profile NAME`"
            }
            Fault::Source { .. } => "assume a role with them, which can be narrowed: `--role-arn ARN`",
        };
        Some(help.into())
    }

    fn origin(&self) -> Option<Origin> {
        Some(self.0.file.clone().map_or_else(|| self.0.origin.clone(), Origin::File))
    }
}

#[cfg(test)]
mod examples;
