//! A context for tests: offline, without a user or a network.

use super::{Context, InstanceRegion, Quiet};
use crate::effective::{Options, select};
use crate::net::{self, Net};
use crate::profile::Files;
use crate::sdk::Sdk;
use crate::world::World;

#[derive(Clone, Copy, Default)]
pub struct Fixture<'f> {
    pub config: &'f str,
    pub credentials: &'f str,
    pub variables: &'f [(&'f str, &'f str)],
    /// `--profile`.
    pub profile: Option<&'f str>,
    /// `--region`.
    pub region: Option<&'f str>,
}

impl Fixture<'_> {
    pub fn ask<T>(&self, ask: impl FnOnce(Context<'_>) -> T) -> T {
        let world = World::of(self.variables.iter().copied());
        let sdk = Sdk::default();
        ask(Context {
            world: &world,
            files: &Files::of_texts(self.config, self.credentials),
            profile: &select(&world, self.profile, sdk).expect("a profile"),
            options: &Options { region: self.region.map(str::to_owned) },
            sdk,
            view: None,
            offline: true,
            net: &Net::closed(net::Options::default()),
            instance_region: &InstanceRegion::default(),
            progress: &Quiet,
        })
    }
}
