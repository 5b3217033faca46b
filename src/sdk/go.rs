//! The AWS SDK for Go v2. A throw-away row that shows what an SDK costs.

use super::provider::Provider;
use super::rules::Rules;
use crate::settings::REGION;

pub(super) static RULES: Rules = Rules {
    name: "go",
    help: "AWS SDK for Go v2",
    title: "the AWS SDK for Go",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    variables: &[(&REGION, &["AWS_REGION", "AWS_DEFAULT_REGION"])],
    reads_cli_variables: false,
    providers: Provider::ALL,
    retry_mode: "standard",
    has_global_sts: false,
    asks_instance_for_region: false,
};
