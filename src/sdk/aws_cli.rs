//! AWS CLI v2, which has botocore inside.

use super::botocore;
use super::rules::Rules;

pub(super) static RULES: Rules = Rules {
    name: "aws-cli",
    help: "AWS CLI v2",
    title: "AWS CLI",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    variables: &[],
    reads_cli_variables: true,
    providers: botocore::PROVIDERS,
    source_providers: botocore::SOURCE_PROVIDERS,
    retry_mode: "standard",
    has_global_sts: false,
    asks_instance_for_region: true,
};
