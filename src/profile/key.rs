//! How a value is named on the command line: every form that `aws configure get` takes, with one grammar for
//! reading and writing.

use super::error::KeyFault;
use super::{Error, FileKind, Files, SectionName};
use crate::ini::Key;
use crate::settings::{API_VERSIONS, Kind, variable};

/// A key, and the key inside its nested block if one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath {
    /// The key, in lower case, as readers see it.
    pub name: String,
    /// The nested key, in its own case.
    pub nested: Option<String>,
}

/// What a name on the command line refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The section that the name itself names; without one the current profile is meant.
    pub section: Option<SectionName>,
    pub key: KeyPath,
}

impl KeyPath {
    /// A key without a nested one, in lower case.
    pub fn plain(name: impl Into<String>) -> KeyPath {
        KeyPath { name: name.into(), nested: None }
    }

    /// `KEY` or `KEY.NESTED`.
    pub fn parse(text: &str) -> Result<KeyPath, Error> {
        let mut parts = text.splitn(3, '.');
        let (name, nested, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if more.is_some() {
            return Err(Error::Key { key: text.to_owned(), fault: KeyFault::Deep });
        }
        if name.is_empty() || nested.is_some_and(str::is_empty) {
            return Err(Error::Key { key: text.to_owned(), fault: KeyFault::Empty });
        }
        Ok(KeyPath { name: name.to_lowercase(), nested: nested.map(str::to_owned) })
    }

    /// Whether AWS's tools use a nested block of this name in profiles.
    pub fn is_known_block(name: &str) -> bool {
        BLOCKS.contains(&name)
    }

    /// Whether a line has the dotted name of a nested key as its key: `s3.max_queue_size = 10`. Readers want a block.
    pub fn is_dotted_line(key: &str) -> bool {
        key.split_once('.')
            .is_some_and(|(block, nested)| KeyPath::is_known_block(block) && !nested.is_empty())
    }

    /// The key as the editor takes it.
    pub fn as_key(&self) -> Key<'_> {
        Key { name: &self.name, nested: self.nested.as_deref() }
    }

    /// The key with its nested key, dotted.
    pub fn dotted(&self) -> String {
        match &self.nested {
            None => self.name.clone(),
            Some(nested) => format!("{}.{nested}", self.name),
        }
    }
}

impl Wanted {
    /// Reads a name:
    ///
    /// - `KEY` and `KEY.NESTED` of the current profile,
    /// - `profile.NAME.KEY[.NESTED]`, where a name with dots is recognized if such a profile exists,
    /// - `NAME.KEY[.NESTED]` where `NAME` is `default` or an existing profile,
    /// - `plugins.KEY` of the section `[plugins]`.
    ///
    /// # Errors
    /// [`Error::Key`] where no reading is possible.
    pub fn parse(text: &str, files: &Files) -> Result<Wanted, Error> {
        if let Some(rest) = text.strip_prefix("profile.") {
            let Some((name, key)) = existing(rest, files).or_else(|| rest.split_once('.')) else {
                return Err(Error::Key { key: text.to_owned(), fault: KeyFault::NoKey });
            };
            return Wanted::of(SectionName::Profile(name.to_owned()), key);
        }
        if let Some(key) = text.strip_prefix("plugins.") {
            return Wanted::of(SectionName::Other("plugins".to_owned()), key);
        }
        if let Some((name, key)) =
            existing(text, files).or_else(|| Some(("default", text.strip_prefix("default.")?)))
        {
            return Wanted::of(SectionName::Profile(name.to_owned()), key);
        }
        Ok(Wanted { section: None, key: KeyPath::parse(text)? })
    }

    /// Reads a name of what is to be written. `option` is the profile that an option names, and `current` the one that
    /// is meant without a name.
    ///
    /// Unlike [`parse`](Wanted::parse) it prefers a block of the current profile to a profile that is named like the
    /// block: AWS CLI writes to another profile only where `profile.` or `default.` is before its name.
    ///
    /// # Errors
    /// Also [`Error::Contradiction`] where the name and the option mean different profiles.
    pub fn to_write(
        text: &str,
        files: &Files,
        option: Option<&str>,
        current: &SectionName,
    ) -> Result<Wanted, Error> {
        let wanted = Wanted::parse(text, files)?;
        let Some(SectionName::Profile(named)) = &wanted.section else { return Ok(wanted) };
        let has_prefix = text.starts_with("profile.") || text.starts_with("default.");
        if !has_prefix
            && let Ok(key) = KeyPath::parse(text)
            && (KeyPath::is_known_block(&key.name) || is_block(&key, files, current))
        {
            return Ok(Wanted { section: None, key });
        }
        match option {
            Some(option) if option != named => Err(Error::Contradiction {
                key: text.to_owned(),
                named: named.clone(),
                option: option.to_owned(),
            }),
            _ => Ok(wanted),
        }
    }

    fn of(section: SectionName, key: &str) -> Result<Wanted, Error> {
        Ok(Wanted { section: Some(section), key: KeyPath::parse(key)? })
    }
}

/// Names of nested blocks that AWS's documentation and its tools use in profiles.
const BLOCKS: [&str; 22] = [
    API_VERSIONS.name,
    "apigateway",
    "cloudformation",
    "cloudfront",
    "cloudwatch",
    "cognito_idp",
    "dynamodb",
    "ec2",
    "ecs",
    "eks",
    "glacier",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "rds",
    "s3",
    "s3api",
    "secretsmanager",
    "sns",
    "sqs",
    "sts",
];

/// Whether a key never has a nested block.
pub(super) fn is_plain(key: &str) -> bool {
    variable(key).is_some_and(|row| row.kind != Kind::Block)
}

/// Whether the section has a nested block of this name.
fn is_block(key: &KeyPath, files: &Files, section: &SectionName) -> bool {
    let entry = files.file(FileKind::Config).section(section).and_then(|section| section.entry(&key.name));
    key.nested.is_some() && entry.is_some_and(|entry| entry.is_block())
}

/// Splits off the longest beginning that is an existing profile's name.
fn existing<'t>(text: &'t str, files: &Files) -> Option<(&'t str, &'t str)> {
    if !text.contains('.') {
        return None;
    }
    let mut splits = text.rmatch_indices('.').map(|(dot, _)| (&text[..dot], &text[dot + 1..]));
    splits.find(|(name, _)| files.profile(name).exists())
}
