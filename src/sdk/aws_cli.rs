//! AWS CLI v2, which has botocore inside.

use super::provider::Provider;
use super::rules::Rules;

pub(super) static RULES: Rules = Rules {
    name: "aws-cli",
    help: "AWS CLI v2",
    title: "AWS CLI",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    variables: &[],
    reads_cli_variables: true,
    providers: Provider::ALL,
    retry_mode: "standard",
    has_global_sts: false,
    asks_instance_for_region: true,
};
