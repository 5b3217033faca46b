//! The command line of `console`. Doc comments here are the help texts.

use clap::Args;

use super::{Narrow, Resolving};

#[derive(Debug, Args)]
#[command(after_help = "\
The browser is opened as by `xcred login`: the setting login.browser, BROWSER, or the desktop's. It gets an address of this \
machine, which works once and leads on to AWS, so that no argument of a program has a secret. The console session lasts as long \
as the credentials; with `--duration`, new ones are asked for.

Only temporary credentials sign in: those of a role, of IAM Identity Center or of GetFederationToken. A user's access key needs \
`--role-arn`, or what narrows it, such as `--read-only`.

For several accounts at once, turn on multi-session support in the console's account menu: then each link adds a session to the \
browser. Without it, the console asks to sign out of the other session first.

The link of `--print` is a secret: whoever has it can sign in with it, until 15 minutes after it was made.")]
pub struct Console {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// Service to open: s3, ec2, cloudwatch
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Page to open, below the service's if one is named: /buckets/NAME
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// Print the link, and open no browser
    #[arg(long)]
    pub print: bool,
    #[command(flatten)]
    pub resolving: Resolving,
    #[command(flatten)]
    pub narrow: Narrow,
}
