//! The network of a session.

use std::ffi::OsStr;

use crate::effective::Lookup;
use crate::net::{self, Net};
use crate::origin::{Located, Origin};
use crate::settings::CA_BUNDLE;

/// The network as a profile's settings want it.
pub(in crate::cmd) fn net(lookup: &Lookup<'_>) -> Net {
    Net::new(net_options(lookup))
}

pub(super) fn net_options(lookup: &Lookup<'_>) -> net::Options {
    let setting = lookup.setting(&CA_BUNDLE);
    let bundle = setting.as_ref().and_then(|setting| {
        let bundle = match &setting.winner.origin {
            Origin::Environment { variable } => lookup.world.path(variable)?,
            _ => OsStr::new(setting.winner.value.as_text()?.expose()),
        };
        Some(Located::new(bundle, setting.winner.origin.clone()))
    });
    net::Options::of(lookup.world, bundle)
}
