//! One half of what belongs together.

use crate::failure::{Command, Hint};
use crate::profile::outside::EC2_FILE;
use crate::settings;

#[derive(Debug, thiserror::Error)]
pub enum Half {
    #[error("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY")]
    Environment,
    #[error("profile `{profile}` has aws_access_key_id without aws_secret_access_key in the same file")]
    Profile { profile: String },
    #[error("profile `{profile}` has role_arn without source_profile or credential_source")]
    Role { profile: String },
    #[error("AWSAccessKeyId without AWSSecretKey")]
    Ec2File,
    #[error("aws_access_key_id without aws_secret_access_key")]
    Boto,
}

impl Half {
    pub(super) fn help(&self) -> Hint {
        let set = |key: &'static str, value: &'static str, profile: &str| {
            Command::xcred(["set"]).argument(key).argument(value).profile(profile)
        };
        match self {
            Half::Environment => "set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID".into(),
            Half::Profile { profile } => Hint::from("set the missing half: ").run(set(
                settings::AWS_SECRET_ACCESS_KEY.name,
                "-",
                profile,
            )),
            Half::Role { profile } => Hint::from("set the profile that assumes it: ").run(set(
                settings::SOURCE_PROFILE.name,
                "NAME",
                profile,
            )),
            Half::Ec2File => format!("add a line `AWSSecretKey=…` to it, or unset {EC2_FILE}").into(),
            Half::Boto => "add aws_secret_access_key below it, or remove it".into(),
        }
    }
}
