//! The kinds of lines that SDKs read differently.

/// How an SDK reads what others read differently.
pub(super) struct Reader {
    /// Its name in JSON: one SDK stands for all that share the reader.
    pub(super) sdk: &'static str,
    pub(super) name: &'static str,
    pub(super) reads: fn(&Oddity) -> &'static str,
}

/// What is odd about a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    #[error("`[{header}]` doesn't name a profile: write one word after the prefix, or quote the name")]
    Nameless { header: String },
    #[error("`[DEFAULT]` is not the profile `default`")]
    Inherited,
    #[error("`[{name}]` isn't a profile in the config file: write `[profile {}]`", name.trim())]
    NoPrefix { name: String },
    #[error("profile `{name}` is also defined on line {first}, spelled differently")]
    Respelled { name: String, first: u32 },
    #[error("in the credentials file `[{name}]` is a profile whose name begins with `profile `")]
    PrefixInCredentials { name: String },
    #[error("the value of `{key}` ends in what looks like a comment")]
    Comment { key: String },
    #[error("the quotes around the value of `{key}` are part of it")]
    Quotes { key: String },
    #[error("an indented key")]
    Indented,
    #[error("`:` between key and value")]
    Colon,
}

impl Oddity {
    /// The code in JSON, which never changes.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Oddity::Nameless { .. } => "nameless-header",
            Oddity::Inherited => "inherited-section",
            Oddity::NoPrefix { .. } => "unprefixed-section",
            Oddity::Respelled { .. } => "profile-twice",
            Oddity::PrefixInCredentials { .. } => "prefix-in-credentials",
            Oddity::Comment { .. } => "comment-in-value",
            Oddity::Quotes { .. } => "quoted-value",
            Oddity::Indented => "indented-key",
            Oddity::Colon => "colon-delimiter",
        }
    }
}
