//! Which way to sign in to IAM Identity Center: with an authorization code that the browser on this machine brings back
//! (RFC 7636), or with a device code, which a browser anywhere takes (RFC 8628).

use std::path::Path;

use super::browser;
use crate::service::oidc::Flow;
use crate::world::World;

/// What the user asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// `--use-device-code`.
    pub device_code: bool,
    /// `--remote`: the browser is on another machine.
    pub remote: bool,
    /// `--no-browser`: open none.
    pub no_browser: bool,
    /// The profile has no sso-session. AWS CLI signs in to these with a device code.
    pub legacy: bool,
    /// `login.flow`, unless that is `auto`.
    pub preference: Option<Flow>,
    /// Whether `login.browser` is set.
    pub has_browser: bool,
}

/// What the choice depends on besides the environment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine {
    /// A program that opens the desktop's browser was found.
    pub has_opener: bool,
    /// A file that says that this is a container.
    pub container: Option<&'static str>,
}

/// The files with which Docker and Podman mark their containers.
const CONTAINERS: [&str; 2] = ["/.dockerenv", "/run/.containerenv"];

impl Machine {
    /// Looks at the machine, and starts nothing.
    pub fn look(world: &World) -> Machine {
        let container = CONTAINERS.into_iter().find(|path| Path::new(path).exists());
        Machine { has_opener: browser::opener(world).is_some(), container }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub flow: Flow,
    pub why: Why,
    /// Whether to open a browser. If not, the address is only shown.
    pub opens: bool,
}

/// Why a way was chosen, for after "because".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("--use-device-code was given")]
    DeviceCode,
    #[error("--remote was given")]
    Remote,
    #[error("the setting login.flow is {}", if *.0 == Flow::Browser { "browser" } else { "device" })]
    Setting(Flow),
    #[error("the profile has no sso-session")]
    Legacy,
    #[error("the setting login.browser is set")]
    BrowserSetting,
    #[error("BROWSER is set")]
    BrowserVariable,
    #[error("{0} is set and there is no display, so the browser is on another machine")]
    Ssh(&'static str),
    #[error("Windows has a browser")]
    Wsl,
    #[error("{0} is set and no browser was found")]
    Headless(&'static str),
    #[error("{0} exists and no browser was found")]
    Container(&'static str),
    #[error("nothing shows that the browser is on another machine")]
    Desktop,
}

/// The variables of a session on another machine.
const SSH: [&str; 2] = ["SSH_CONNECTION", "SSH_TTY"];

/// Variables that are set where people rarely have a browser.
const HEADLESS: [&str; 5] = ["SSH_CONNECTION", "SSH_TTY", "CI", "CODESPACES", "REMOTE_CONTAINERS"];

/// Chooses the way. Options come first, then the setting, then what the profile allows, then what the machine has.
pub fn choose(wanted: Wanted, machine: Machine, world: &World) -> Choice {
    let (flow, why) = flow(wanted, machine, world);
    // A program that opens the desktop's browser would not find one.
    let is_elsewhere = wanted.remote || matches!(why, Why::Ssh(_));
    Choice { flow, why, opens: !wanted.no_browser && !is_elsewhere }
}

fn flow(wanted: Wanted, machine: Machine, world: &World) -> (Flow, Why) {
    if wanted.device_code {
        return (Flow::Device, Why::DeviceCode);
    }
    if wanted.remote {
        return (Flow::Device, Why::Remote);
    }
    if let Some(flow) = wanted.preference {
        return (flow, Why::Setting(flow));
    }
    if wanted.legacy {
        return (Flow::Device, Why::Legacy);
    }
    surroundings(wanted.has_browser, machine, world)
}

/// What the environment and the machine suggest.
fn surroundings(has_browser: bool, machine: Machine, world: &World) -> (Flow, Why) {
    if has_browser {
        return (Flow::Browser, Why::BrowserSetting);
    }
    if browser::is_named(world) {
        return (Flow::Browser, Why::BrowserVariable);
    }
    let set = |names: &[&'static str]| names.iter().copied().find(|name| world.non_empty(name).is_some());
    let has_display = set(&["DISPLAY", "WAYLAND_DISPLAY"]).is_some();
    if let Some(variable) = set(&SSH)
        && !has_display
    {
        return (Flow::Device, Why::Ssh(variable));
    }
    if world.non_empty("WSL_DISTRO_NAME").is_some() {
        return (Flow::Browser, Why::Wsl);
    }
    if machine.has_opener {
        return (Flow::Browser, Why::Desktop);
    }
    let is_cloud_shell = world.variable("AWS_EXECUTION_ENV") == Some("CloudShell");
    if let Some(variable) = set(&HEADLESS).or(is_cloud_shell.then_some("AWS_EXECUTION_ENV")) {
        return (Flow::Device, Why::Headless(variable));
    }
    if let Some(path) = machine.container {
        return (Flow::Device, Why::Container(path));
    }
    (Flow::Browser, Why::Desktop)
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
