//! boto3, and AWS CLI v1.

use super::provider::Provider;
use super::rules::{EmptyProfile, Rules};
use crate::settings::REGION;

pub(super) static RULES: Rules = Rules {
    name: "boto3",
    help: "boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`",
    title: "boto3",
    profile_variables: &["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
    variables: &[(&REGION, &["AWS_DEFAULT_REGION"])],
    skips_empty: &[],
    first_set_counts: false,
    trims_variables: false,
    empty_profile: EmptyProfile::Named,
    reads_cli_variables: false,
    skips_unreadable: true,
    providers: Provider::ALL,
    retry_modes: &["legacy", "standard", "adaptive"],
    retry_mode: "legacy",
    has_global_sts: true,
    instance_region: None,
    ruled: None,
    split: None,
};
