use super::*;

const AUTO: Wanted = Wanted {
    device_code: false,
    remote: false,
    no_browser: false,
    legacy: false,
    preference: None,
    has_browser: false,
};

#[test]
fn options_precede_the_setting_which_precedes_the_profile_which_precedes_the_machine() {
    let (browser, device) = (Some(Flow::Browser), Some(Flow::Device));
    for (wanted, flow, why, opens) in [
        (AUTO, Flow::Browser, Why::BrowserVariable, true),
        (Wanted { no_browser: true, ..AUTO }, Flow::Browser, Why::BrowserVariable, false),
        (Wanted { has_browser: true, ..AUTO }, Flow::Browser, Why::BrowserSetting, true),
        (Wanted { device_code: true, preference: browser, ..AUTO }, Flow::Device, Why::DeviceCode, true),
        (Wanted { device_code: true, no_browser: true, ..AUTO }, Flow::Device, Why::DeviceCode, false),
        (Wanted { remote: true, preference: browser, ..AUTO }, Flow::Device, Why::Remote, false),
        (Wanted { legacy: true, ..AUTO }, Flow::Device, Why::Legacy, true),
        (
            Wanted { legacy: true, preference: browser, ..AUTO },
            Flow::Browser,
            Why::Setting(Flow::Browser),
            true,
        ),
        (Wanted { preference: device, ..AUTO }, Flow::Device, Why::Setting(Flow::Device), true),
    ] {
        let world = World::of([("BROWSER", "firefox")]);
        assert_eq!(choose(wanted, Machine::default(), &world), Choice { flow, why, opens }, "{wanted:?}");
    }
}

#[test]
fn the_environment_and_the_machine_decide() {
    let docker = Some("/.dockerenv");
    let ssh = ("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    let (browser, device) = (Flow::Browser, Flow::Device);
    for (variables, has_opener, container, flow, why) in [
        (&[][..], true, None, browser, Why::Desktop),
        (&[], false, None, browser, Why::Desktop),
        (&[], false, docker, device, Why::Container("/.dockerenv")),
        (&[], true, docker, browser, Why::Desktop),
        (&[("BROWSER", "firefox")], false, docker, browser, Why::BrowserVariable),
        (&[("BROWSER", "lynx:w3m")], false, docker, device, Why::Container("/.dockerenv")),
        (&[("BROWSER", "")], false, docker, device, Why::Container("/.dockerenv")),
        (&[ssh], false, None, device, Why::Ssh("SSH_CONNECTION")),
        (&[ssh], true, None, device, Why::Ssh("SSH_CONNECTION")),
        (&[("SSH_TTY", "/dev/pts/1")], true, None, device, Why::Ssh("SSH_TTY")),
        (&[("SSH_TTY", "")], true, None, browser, Why::Desktop),
        (&[ssh, ("DISPLAY", ":10")], true, None, browser, Why::Desktop),
        (&[ssh, ("WAYLAND_DISPLAY", "wayland-0")], true, None, browser, Why::Desktop),
        (&[ssh, ("DISPLAY", ":10")], false, None, device, Why::Headless("SSH_CONNECTION")),
        (&[ssh, ("DISPLAY", "")], true, None, device, Why::Ssh("SSH_CONNECTION")),
        (&[ssh, ("BROWSER", "code --open-url")], false, None, browser, Why::BrowserVariable),
        (&[("CI", "true")], false, None, device, Why::Headless("CI")),
        (&[("CI", "true")], true, None, browser, Why::Desktop),
        (&[("CODESPACES", "true")], false, None, device, Why::Headless("CODESPACES")),
        (&[("REMOTE_CONTAINERS", "true")], false, None, device, Why::Headless("REMOTE_CONTAINERS")),
        (&[("AWS_EXECUTION_ENV", "CloudShell")], false, None, device, Why::Headless("AWS_EXECUTION_ENV")),
        (&[("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")], false, None, browser, Why::Desktop),
        (&[("WSL_DISTRO_NAME", "Ubuntu")], false, docker, browser, Why::Wsl),
        (&[("WSL_DISTRO_NAME", "Ubuntu"), ssh], true, None, device, Why::Ssh("SSH_CONNECTION")),
    ] {
        let world = World::of(variables.iter().copied());
        let choice = choose(AUTO, Machine { has_opener, container }, &world);
        assert_eq!((choice.flow, choice.why), (flow, why), "{variables:?} {has_opener} {container:?}");
        assert_eq!(choice.opens, !matches!(why, Why::Ssh(_)), "{variables:?}");
    }
}
