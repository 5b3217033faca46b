//! The region of the instance that this runs on: the last place where AWS CLI looks for one. boto3 doesn't.

use std::cell::OnceCell;

use super::{Context, imds};
use crate::origin::Located;
use crate::settings::{REGION, Sdk};

/// The region of the instance, asked for at most once in a run, and only where no setting has one.
#[derive(Debug, Default)]
pub struct InstanceRegion(OnceCell<Option<Located<String>>>);

impl InstanceRegion {
    /// One that is not asked for: where settings can't be read, nobody knows that they have none.
    pub fn unknown() -> InstanceRegion {
        InstanceRegion(OnceCell::from(None))
    }
}

/// The region: as a setting has it, else the instance's.
pub fn region(context: &Context<'_>) -> Option<Located<String>> {
    let of_instance = || context.instance_region.0.get_or_init(|| ask(context)).clone();
    context.setting(&REGION).or_else(of_instance)
}

fn ask(context: &Context<'_>) -> Option<Located<String>> {
    if context.sdk != Sdk::AwsCli || context.offline {
        return None;
    }
    // Settings for instance metadata that make no sense are the chain's to tell.
    imds::Plan::new(context).ok()?.region(context)
}
