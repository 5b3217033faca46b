//! AWS CLI v2, which has botocore inside.

use super::provider::Provider;
use super::rules::{EmptyProfile, Rules};
use crate::service::imds::RegionSource;

pub(super) static RULES: Rules = Rules {
    name: "aws-cli",
    help: "AWS CLI v2",
    title: "AWS CLI",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    variables: &[],
    skips_empty: &[],
    first_set_counts: false,
    trims_variables: false,
    empty_profile: EmptyProfile::Named,
    reads_cli_variables: true,
    skips_unreadable: false,
    providers: Provider::ALL,
    retry_modes: &["standard", "adaptive"],
    retry_mode: "standard",
    has_global_sts: false,
    instance_region: Some(RegionSource::Zone),
    ruled: None,
    split: None,
};
