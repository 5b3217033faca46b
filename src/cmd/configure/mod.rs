//! `xcred configure`: guides through the ways in which a profile can get credentials. Each way asks for what no
//! option gives, and writes once, when everything is answered.

mod chain;
mod check;
mod import;
mod keys;
mod process;
mod questions;
mod rivals;
mod role;
mod save;
mod sso_session;
mod web_identity;

use clap::{Args, Subcommand};

use crate::cli::Global;
use crate::failure::{Exit, Failure};
use crate::ui::Ui;
use crate::world::World;

/// The arguments of `configure`.
#[derive(Debug, Args)]
#[command(after_help = "\
Without a subcommand it asks the questions of `aws configure`; Enter keeps what is there. Questions that options \
answer are not asked, and none is asked once the key pair is given. `--region` is the region to be written.

For scripts: printf '%s\\n' \"$SECRET\" | xcred configure -p ci --access-key-id AKIA... --secrets-from-stdin")]
pub struct Configure {
    /// Another way than an access key.
    #[command(subcommand)]
    way: Option<Way>,
    /// The answers.
    #[command(flatten)]
    keys: keys::Keys,
    /// How it works.
    #[command(flatten)]
    manner: Manner,
}

/// The other ways to credentials.
#[derive(Debug, Subcommand)]
enum Way {
    /// Let the profile assume a role
    Role(role::Role),
    /// Let the profile assume a role with a web identity token
    WebIdentity(web_identity::WebIdentity),
    /// Let a program give the profile its credentials
    Process(process::Process),
    /// Set up an IAM Identity Center session that profiles can share
    SsoSession(sso_session::SsoSession),
    /// Take access keys from a CSV file of the AWS console
    Import(import::Import),
}

/// Options of every way.
#[derive(Clone, Copy, Debug, Args)]
struct Manner {
    /// Ask nothing; what is needed and not given is an error
    #[arg(long, global = true)]
    no_input: bool,
    /// Show what would change, and change nothing
    #[arg(short = 'n', long, global = true)]
    dry_run: bool,
}

/// What every way needs to know.
struct Setting<'s> {
    manner: Manner,
    global: &'s Global,
    world: &'s World,
    ui: &'s Ui,
}

/// Runs the command.
pub fn run(args: Configure, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let setting = Setting { manner: args.manner, global, world, ui };
    let Some(way) = args.way else { return keys::run(args.keys, &setting) };
    if let Some(option) = args.keys.first_given() {
        return Err(Failure::usage(format!("{option} belongs to `xcred configure` without a subcommand")));
    }
    match way {
        Way::Role(args) => role::run(args, &setting),
        Way::WebIdentity(args) => web_identity::run(args, &setting),
        Way::Process(args) => process::run(args, &setting),
        Way::SsoSession(args) => sso_session::run(args, &setting),
        Way::Import(args) => import::run(&args, &setting),
    }
}
