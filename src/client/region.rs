//! The region: a setting, else the region of the EC2 instance, which AWS CLI requests last. boto3 doesn't request it.

use super::context::{Context, plain};
use super::metadata::Metadata;
use crate::origin::Located;
use crate::settings::REGION;

impl Context<'_> {
    pub fn region(&self) -> Option<Located<String>> {
        match self.effective(&REGION) {
            // botocore accepts a nested block as the region, and fails when it makes a client.
            Some(found) => plain(REGION.name, found).ok(),
            None if self.offline => None,
            None => self.instance_region.0.get_or_init(|| ask(self)).clone(),
        }
    }
}

fn ask(context: &Context<'_>) -> Option<Located<String>> {
    if !context.sdk.asks_instance_for_region {
        return None;
    }
    // Invalid settings for instance metadata are reported by the chain.
    Metadata::new(context).ok()?.region(context)
}
