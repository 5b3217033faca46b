//! Follows `source_profile` from a role to the profile with the credentials that assume it.

use crate::profile::{Files, Profile};
use crate::settings;

/// The longest chain of roles. botocore's limit is Python's stack.
pub const LIMIT: usize = 200;

/// Follows the source profiles like botocore.
pub struct Sources<'f> {
    files: &'f Files,
    visited: Vec<String>,
}

/// The kind of a source profile.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A profile with its own credentials, or without any. The chain ends here.
    End,
    /// A role that another source assumes.
    Role,
}

/// Why the chain doesn't end.
#[derive(Debug, PartialEq, Eq)]
pub enum Endless {
    /// The profiles of a circle, the repeated one at both ends.
    Circle(Vec<String>),
    TooLong,
}

impl<'f> Sources<'f> {
    pub fn from(files: &'f Files, profile: &str) -> Sources<'f> {
        Sources { files, visited: vec![profile.to_owned()] }
    }

    /// Continues with the source profile `name`, which need not exist.
    pub fn enter(&mut self, name: &str) -> Result<Next, Endless> {
        self.enter_profile(name, &self.files.profile(name))
    }

    /// Continues with the source profile `name`, which was already looked for.
    pub fn enter_profile(&mut self, name: &str, profile: &Profile<'_>) -> Result<Next, Endless> {
        let has_keys = profile.has(settings::AWS_ACCESS_KEY_ID.name)
            || profile.has(settings::AWS_SECRET_ACCESS_KEY.name);
        if let Some(start) = self.visited.iter().position(|seen| seen == name) {
            // A profile may be its own source if it has keys.
            if !(has_keys && self.visited.last().is_some_and(|last| last == name)) {
                let mut circle = self.visited.split_off(start);
                circle.push(name.to_owned());
                return Err(Endless::Circle(circle));
            }
        }
        if self.visited.len() >= LIMIT {
            return Err(Endless::TooLong);
        }
        self.visited.push(name.to_owned());
        // Keys of its own take precedence over a source profile's role.
        let is_role =
            profile.has(settings::ROLE_ARN.name) && !profile.has(settings::WEB_IDENTITY_TOKEN_FILE.name);
        Ok(if is_role && !has_keys { Next::Role } else { Next::End })
    }
}
