//! The network of a session.

use std::cell::OnceCell;
use std::ffi::OsStr;

use crate::effective::Lookup;
use crate::net::{self, Net};
use crate::origin::{Located, Origin};
use crate::settings::CA_BUNDLE;

/// The network of a session, made when it is first used.
#[derive(Default)]
pub(super) struct Nets {
    open: OnceCell<Box<Net>>,
    /// What takes its place with `--offline`.
    closed: OnceCell<Box<Net>>,
}

impl Nets {
    pub(super) fn get(&self, offline: bool, lookup: &Lookup<'_>) -> &Net {
        if offline {
            self.closed.get_or_init(|| Box::new(Net::closed(net_options(lookup))))
        } else {
            self.open.get_or_init(|| Box::new(net(lookup)))
        }
    }
}

/// The network as a profile's settings want it.
pub(in crate::cmd) fn net(lookup: &Lookup<'_>) -> Net {
    Net::new(net_options(lookup))
}

fn net_options(lookup: &Lookup<'_>) -> net::Options {
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
