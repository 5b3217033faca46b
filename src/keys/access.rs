//! The options with which a command signs with the same credentials, in the same region.

use serde::{Deserialize, Serialize};

use crate::failure::Command;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// `None` if no profile gives the credentials, but the environment, a container or the instance. With `--profile` they would
    /// be others.
    pub profile: Option<String>,
    /// The region that was given as an option. Missing in older journals.
    #[serde(default)]
    pub region: Option<String>,
}

impl Access {
    pub fn of(profile: impl Into<String>) -> Access {
        Access { profile: Some(profile.into()), region: None }
    }

    /// In the same region.
    pub(super) fn with_profile(&self, profile: impl Into<String>) -> Access {
        Access { profile: Some(profile.into()), region: self.region.clone() }
    }

    pub(super) fn is_of(&self, profile: &str) -> bool {
        self.profile.as_deref() == Some(profile)
    }

    /// A command of `keys`.
    pub fn command(&self, verb: &'static str) -> Command {
        let command = Command::xcred(["keys", verb]).profile_if(self.profile.as_ref());
        command.option_if("--region", self.region.as_ref())
    }
}
