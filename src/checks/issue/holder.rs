//! Who has a pair of keys.

/// Who has a pair of keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Holder {
    #[error("profile `{0}`")]
    Profile(String),
    #[error("the environment")]
    Environment,
}
