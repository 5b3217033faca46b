//! `login` and `logout`. Doc comments here are the help texts.

use clap::Args;

use super::Format;

#[derive(Debug, Args)]
#[command(after_help = "\
Without `--console` or `--sso-session`, the profile says where to sign in: at its sso_session or sso_start_url, at the \
console if it has a login_session, else where its source_profile signs in.

The browser comes back to a port of this machine. Where that can't be, such as over SSH, a code is shown that can be \
entered in any browser; so it is for a profile without an sso_session. `xcred config set login.flow device` makes a code \
the rule, and `login.flow browser` the browser, also for such profiles. At a terminal, the address at which a \
browser ends can also be pasted.

The sign-in is cached where AWS CLI and the SDKs find it, and they use it, too.")]
pub struct Login {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE", conflicts_with = "sso_session")]
    pub named: Option<String>,
    /// Sign in to this sso-session, whatever the profile is
    #[arg(long, value_name = "NAME", conflicts_with_all = ["profile", "console"])]
    pub sso_session: Option<String>,
    /// Show a code to enter in any browser
    #[arg(long, conflicts_with = "console")]
    pub use_device_code: bool,
    /// Open no browser, and only show the address
    #[arg(long)]
    pub no_browser: bool,
    /// The browser is on another machine
    #[arg(long)]
    pub remote: bool,
    /// Port to which the browser comes back [default: login.port, or any free one]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Seconds to wait for the user
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = seconds)]
    pub timeout: u64,
    /// Do nothing if the sign-in still lasts, and refresh it without asking if that is possible
    #[arg(long)]
    pub if_needed: bool,
    /// Sign in to the console, and keep that as the profile's identity
    #[arg(long)]
    pub console: bool,
    /// Replace the profile's identity, or an sso_region that the start URL contradicts, without asking
    #[arg(long)]
    pub replace: bool,
    /// Show who is signed in, and until when; sign in to nothing
    #[arg(long, conflicts_with_all = ["use_device_code", "no_browser", "remote", "port", "timeout", "if_needed", "console", "replace"])]
    pub status: bool,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
The token is revoked and removed, and so are the role credentials that were issued for it. Credentials that were handed \
out already can't be taken back: those of roles last as long as they were issued for, those of the console at most 15 \
minutes.")]
pub struct Logout {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE", conflicts_with_all = ["sso_session", "all"])]
    pub named: Option<String>,
    /// Sign out of this sso-session, whatever the profile is
    #[arg(long, value_name = "NAME", conflicts_with_all = ["profile", "all"])]
    pub sso_session: Option<String>,
    /// Sign out of everything
    #[arg(long, conflicts_with = "profile")]
    pub all: bool,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

fn seconds(text: &str) -> Result<u64, &'static str> {
    let seconds = text.parse().ok().filter(|seconds| (1..=86400).contains(seconds));
    seconds.ok_or("expected a number of seconds from 1 to 86400")
}
