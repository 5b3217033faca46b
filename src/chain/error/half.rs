//! Credentials and settings that need another half, which isn't there.

use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::profile::outside::EC2_FILE;
use crate::settings;

#[derive(Debug, thiserror::Error)]
pub enum Half {
    #[error("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY")]
    Environment,
    #[error("profile `{profile}` has {has} without {lacks} in the same file")]
    Profile { profile: String, has: &'static str, lacks: &'static str },
    /// The ID is here, and the secret in the other file.
    #[error(
        "profile `{profile}` has aws_access_key_id here and aws_secret_access_key in {other}: both must be in the same file"
    )]
    Split { profile: String, other: Origin, fix: Hint },
    /// A line break was lost.
    #[error(
        "profile `{profile}` has aws_secret_access_key on the line of aws_access_key_id, and so as a part of the ID"
    )]
    OneLine { profile: String },
    /// Where a pair is joined from both files.
    #[error("profile `{profile}` has {has}, and neither file has a value for {lacks}")]
    Joined { profile: String, has: &'static str, lacks: &'static str },
    #[error("profile `{profile}` has aws_session_token without an access key")]
    Token { profile: String },
    #[error("profile `{profile}` has {key} without a value")]
    Blank { profile: String, key: &'static str },
    #[error("profile `{profile}` has role_arn without source_profile or credential_source")]
    Role { profile: String },
    #[error("AWSAccessKeyId without AWSSecretKey")]
    Ec2File,
    #[error("aws_access_key_id without aws_secret_access_key")]
    Boto,
}

/// What is in the place of a half, in a command. No secret is an argument.
fn value_of(key: &str) -> &'static str {
    if key == settings::AWS_SECRET_ACCESS_KEY.name { "-" } else { "ID" }
}

impl Half {
    pub(super) fn help(&self) -> Hint {
        let set =
            |key: &'static str, value: &'static str, profile: &str| Command::set(key, value).profile(profile);
        match self {
            Half::Environment => "set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID".into(),
            Half::Profile { profile, lacks, .. } | Half::Joined { profile, lacks, .. } => {
                Hint::from("set the missing half: ").run(set(lacks, value_of(lacks), profile))
            }
            Half::Split { fix, .. } => fix.clone(),
            Half::OneLine { .. } => "put aws_secret_access_key on a line of its own".into(),
            Half::Token { profile } => {
                let unset = Command::unset(settings::AWS_SESSION_TOKEN.name);
                Hint::from("remove it: ").run(unset.profile(profile))
            }
            Half::Blank { profile, key } => Hint::from("set it: ").run(set(key, value_of(key), profile)),
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
