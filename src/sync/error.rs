//! What can't be synced as it was asked for.

use crate::failure::{Code, Explain, Hint};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the name template `{template}` has `{character}`, which profile names can't have")]
    Character { template: String, character: char },
    #[error("the name template `{template}` has a `{{` without a `}}`")]
    Unclosed { template: String },
    #[error("the name template is empty")]
    Empty,
    #[error("name templates have no value `{name}`")]
    Value { name: String },
    #[error("name templates have no filter `{filter}`")]
    Filter { filter: String },
    #[error("`{text}` is not a key and a value")]
    NoValue { text: String },
    #[error("`{key}` can't be set by sync: it decides where the credentials come from")]
    Key { key: String },
}

impl Explain for Error {
    fn code(&self) -> Code {
        Code::Usage
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Error::Character { .. } => "use letters, digits and _ @ + . % : / -",
            Error::Unclosed { .. } | Error::Empty => "write it like {account_name}/{role_name}",
            Error::Value { .. } => {
                "the values are {account_name}, {account_id}, {role_name}, {email} and {session}"
            }
            Error::Filter { .. } => "the filters are lower, upper and trim:TEXT",
            Error::NoValue { .. } => "write KEY=VALUE, such as `region=eu-west-1`",
            Error::Key { .. } => "set keys such as `region` and `output`",
        };
        Some(help.into())
    }
}

#[cfg(test)]
mod examples;
