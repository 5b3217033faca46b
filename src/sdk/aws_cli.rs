//! AWS CLI v2, which has botocore inside.

use super::rules::Rules;
use crate::service::imds::RegionSource;

pub(super) static RULES: Rules = Rules {
    name: "aws-cli",
    help: "AWS CLI v2",
    title: "AWS CLI",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    reads_cli_variables: true,
    skips_unreadable: false,
    instance_region: Some(RegionSource::Zone),
    ruled: None,
    ..Rules::USUAL
};
