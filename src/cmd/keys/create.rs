//! `xcred keys create`: a new key, into a profile.

use std::time::Duration;

use super::super::Cx;
use super::caller::{as_profile, session};
use super::creation::{Making, rehearse, require_reader};
use crate::chain::{self, Provider};
use crate::cli::keys::Create;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure};
use crate::keys::{self, Account, Creation, Error, Journal, Request, Work, is_refused};
use crate::profile::{Files, KeyPaths, SectionName};
use crate::service::sts::CallerIdentity;
use crate::ui::Ui;

/// How long to wait for another command that manages keys.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn run(args: &Create, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let session = session(cx, &args.expecting)?;
    let profile = session.selection.name.value.clone();
    if args.resume || args.undo {
        let _held = keys::hold(world, PATIENCE)?;
        let found = Journal::begun_by(world, &profile, args.user.as_deref())?;
        let none = || Error::NoneUnfinished { work: Work::Creation, profile: profile.clone() };
        let journal = found.ok_or_else(none)?;
        return as_profile(&session, |account, by| {
            let found = identity(account, by, ui)?.account;
            if found != journal.entry.account {
                let expected = journal.entry.account.clone();
                return Err(Error::OtherAccount { profile, found, expected }.into());
            }
            Making { account, by, world, ui, format: args.format }.go_on(args, journal)
        });
    }
    require_reader(args.show_secret, ui)?;
    if let Some(save_as) = &args.save_as {
        require_plain(save_as, &session.files)?;
        rehearse(save_as, args.overwrite, world)?;
    }
    as_profile(&session, |account, by| {
        let CallerIdentity { account: number, arn, .. } = identity(account, by, ui)?;
        let user = args.user.clone().or_else(|| keys::user_of(&arn).ok());
        let _held = keys::hold(world, PATIENCE)?;
        // The caller may be allowed to create keys and not to list them.
        let (known, ahead) = match account.keys_by_clock(by, user.as_deref()) {
            Ok((keys, ahead)) => (keys.into_iter().map(|key| key.id).collect(), ahead),
            Err(error) if is_refused(&error) && !matches!(error, client::Error::NoCode(_)) => {
                (Vec::new(), None)
            }
            Err(error) => return Err(error.into()),
        };
        // If one that exists now is missing later, it isn't known whether the key was saved in it.
        let both = session.files.both();
        let paths = both.iter().map(|file| &**file.path);
        let held = paths.filter(|path| args.save_as.is_some() && path.exists());
        let entry = Creation {
            schema: keys::SCHEMA,
            request: Request { begun: world.now(), ended: None, ahead, known, deleted: Vec::new() },
            profile,
            account: number,
            user,
            files: KeyPaths::of(world, held),
            save_as: args.save_as.clone(),
            overwrite: args.overwrite,
            show_secret: args.show_secret,
            new: None,
        };
        let journal = Journal::begin(world, entry)?;
        Making { account, by, world, ui, format: args.format }.finish(journal)
    })
}

fn identity(account: Account<'_>, by: &Credentials, ui: &Ui) -> Result<CallerIdentity, Failure> {
    let identity = account.identity(by)?;
    ui.note(format_args!("account {}, {}", identity.account, identity.arn));
    Ok(identity)
}

/// Refuses a profile with another provider, which would take precedence over the key.
fn require_plain(profile: &str, files: &Files) -> Result<(), Failure> {
    let section = SectionName::Profile(profile.to_owned());
    match chain::leads(&files.find(&section)).next() {
        None | Some((Provider::SharedCredentialsFile | Provider::ConfigFile, ..)) => Ok(()),
        Some((provider, ..)) => {
            let message = format!(
                "{section} gets its credentials from `{provider}`, and a key there would not be used"
            );
            Err(Failure::plain(Code::InvalidConfig, message).with_help("give `--save-as` another name"))
        }
    }
}
