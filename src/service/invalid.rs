//! Parameters because of which no request is sent.

/// A parameter that botocore would not send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("{name} has {found} character{} and needs at least {least}", if *.found == 1 { "" } else { "s" })]
    Length { name: &'static str, found: usize, least: usize },
    #[error("{name} is {found} and must be at least {least}")]
    Value { name: &'static str, found: i64, least: i64 },
}

impl Invalid {
    /// The name of the parameter.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Invalid::Length { name, .. } | Invalid::Value { name, .. } => name,
        }
    }
}

pub(super) fn list(problems: &[Invalid]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
