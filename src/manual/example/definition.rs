//! What an example is.

pub struct Example {
    /// What it does.
    pub about: &'static str,
    pub command: &'static str,
    /// Whether it needs neither AWS nor a person who answers.
    pub is_offline: bool,
}

pub(super) const fn offline(about: &'static str, command: &'static str) -> Example {
    Example { about, command, is_offline: true }
}

/// Asks a person or calls a service.
pub(super) const fn asks(about: &'static str, command: &'static str) -> Example {
    Example { about, command, is_offline: false }
}
