//! The region: a setting, else the region of the EC2 instance, which AWS CLI requests last. boto3 doesn't request it.

use super::context::{Context, plain};
use super::metadata::{DISABLED, Metadata};
use crate::effective::select;
use crate::origin::Located;
use crate::service::Partition;
use crate::service::imds::RegionSource;
use crate::settings::{REGION, SOURCE_PROFILE};

impl Context<'_> {
    pub fn region(&self) -> Option<Located<String>> {
        match self.effective(&REGION) {
            // botocore accepts a nested block as the region, and fails when it makes a client.
            Some(found) => plain(REGION.name, found).ok(),
            None => self.of_source().or_else(|| {
                if self.offline { None } else { self.instance_region.0.get_or_init(|| ask(self)).clone() }
            }),
        }
    }

    /// The region of a client that knows only the profile of the variable, else `default`.
    pub fn region_of_variable(&self) -> Option<Located<String>> {
        match select(self.world, None, self.sdk) {
            Ok(named) if self.profile.is_explicit() => Context { profile: &named, ..*self }.region(),
            _ => self.region(),
        }
    }

    /// Whether `--offline` leaves open which region it is: the instance would be asked for it.
    pub fn awaits_region(&self) -> bool {
        self.offline
            && self.effective(&REGION).is_none()
            && self.of_source().is_none()
            && instance(self).is_some()
    }

    /// The partition of the region; without one it is `aws`.
    pub fn partition(&self) -> &'static Partition {
        Partition::of(self.region().as_ref().map_or("", |region| &region.value))
    }

    /// The region of the source of a role, in SDKs that look there.
    fn of_source(&self) -> Option<Located<String>> {
        let view = self.view.filter(|_| self.sdk.ruled.is_some_and(|rules| rules.region.of_source))?;
        let mut section = view.profile(&self.profile.name.value)?;
        // A circle ends after as many profiles as there are.
        for _ in 0..view.profiles().count() {
            section = view.profile(&section.text(SOURCE_PROFILE.name)?.value)?;
            if let Some(region) = section.text(REGION.name) {
                return Some(region);
            }
        }
        None
    }
}

fn ask(context: &Context<'_>) -> Option<Located<String>> {
    let (metadata, source) = instance(context)?;
    metadata.region(context, source)
}

/// The instance that would be asked, and for what.
fn instance(context: &Context<'_>) -> Option<(Metadata, RegionSource)> {
    let source = context.sdk.instance_region?;
    let disabled_by_anything = context.sdk.ruled.is_some_and(|rules| rules.region.disabled_by_anything);
    if disabled_by_anything && context.world.non_empty(DISABLED).is_some() {
        return None;
    }
    // Invalid settings for instance metadata are reported by the chain.
    let metadata = Metadata::new(context).ok().filter(Metadata::is_asked)?;
    metadata.check(context).ok()?;
    Some((metadata, source))
}
