//! boto3, and AWS CLI v1.

use super::rules::Rules;
use crate::settings::REGION;

pub(super) static RULES: Rules = Rules {
    name: "boto3",
    help: "boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`",
    title: "boto3",
    profile_variables: &["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
    variables: &[(&REGION, &["AWS_DEFAULT_REGION"])],
    retry_modes: &["legacy", "standard", "adaptive"],
    retry_mode: "legacy",
    has_global_sts: true,
    ruled: None,
    ..Rules::USUAL
};
