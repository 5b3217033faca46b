use super::*;

examples!(Why {
    Why::DeviceCode => [Why::DeviceCode],
    Why::Remote => [Why::Remote],
    Why::Setting(_) => [Why::Setting(Flow::Browser), Why::Setting(Flow::Device)],
    Why::Legacy => [Why::Legacy],
    Why::BrowserSetting => [Why::BrowserSetting],
    Why::BrowserVariable => [Why::BrowserVariable],
    Why::Ssh(_) => [Why::Ssh("SSH_CONNECTION")],
    Why::Wsl => [Why::Wsl],
    Why::Headless(_) => [Why::Headless("CI")],
    Why::Container(_) => [Why::Container("/.dockerenv")],
    Why::Desktop => [Why::Desktop],
});
