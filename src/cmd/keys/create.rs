//! `xcred keys create`: a new key, into a profile.

use super::super::Cx;
use super::super::session::Session;
use super::caller::{access, as_profile, own_key, planned, session, told_on_interrupt, way, with_account};
use super::creation::{Making, require_reader};
use super::saving::{PresentKey, Replaceable, rehearse};
use crate::chain::Provider;
use crate::cli::keys::Create;
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::keys::{self, Account, Caller, Creation, Error, Journal, Request, is_dispensable};
use crate::profile::KeyPaths;
use crate::service::sts::CallerIdentity;
use crate::ui::Ui;

pub(super) fn run(args: &Create, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let session = session(cx, &args.expecting)?;
    if args.resume || args.undo {
        let _held = keys::hold(world, keys::PATIENCE)?;
        return go_on(args, &session);
    }
    require_reader(args.show_secret, ui)?;
    if let Some(save_as) = &args.save_as {
        rehearse(save_as, Replaceable::Any.only_if(args.overwrite), None, world)?;
    }
    // Who resumes it may find somebody else's key there.
    let present = args.save_as.as_ref().map(|save_as| PresentKey::of(save_as, &session.files));
    let present = present.unwrap_or_default();
    as_profile(&session, |account, by, access| {
        let CallerIdentity { account: number, arn, .. } = identity(account, by, ui)?;
        let user = args.user.clone().or_else(|| keys::user_of(&arn).ok());
        let _held = keys::hold(world, keys::PATIENCE)?;
        // The caller may be allowed to create keys and not to list them.
        let (known, ahead) = match account.keys_of(by, user.as_deref()).list_by_clock() {
            Ok((keys, ahead)) => (keys.into_iter().map(|key| key.id).collect(), ahead),
            Err(error) if is_dispensable(&error) => (Vec::new(), None),
            Err(error) => return Err(error.into()),
        };
        // If one that exists now is missing later, it isn't known whether the key was saved in it.
        let both = session.files.both();
        let paths = both.iter().map(|file| &**file.path);
        let existing = paths.filter(|path| args.save_as.is_some() && path.exists());
        let entry = Creation {
            schema: keys::SCHEMA,
            request: Request { begun: world.now(), ended: None, ahead, known, deleted: Vec::new() },
            access: access.clone(),
            by: own_key(&session)?,
            account: number,
            user,
            files: KeyPaths::of(world, existing),
            save_as: args.save_as.clone(),
            overwrite: args.overwrite && present.is_any(),
            half: present.is_half(),
            replaces: present.id,
            undone: false,
            show_secret: args.show_secret,
            new: None,
        };
        if let Some(save_as) = &entry.save_as {
            // Another command may have saved a key there meanwhile.
            rehearse(save_as, Replaceable::of(&entry), None, world)?;
        }
        let journal = Journal::new(world, entry)?;
        let told = told_on_interrupt(&journal, ui);
        journal.begin()?;
        Making { account, by, world, ui, format: args.format }.finish(journal, told)
    })
}

/// Finishes or rolls back an interrupted creation.
fn go_on(args: &Create, session: &Session<'_>) -> Result<Exit, Failure> {
    let Session { world, ui, files, .. } = session;
    let (profile, wanted) = (session.selection.name.value.as_str(), args.user.as_deref());
    let provider = planned(session)?;
    let access = access(session, provider);
    let none = || Error::none::<Creation>(world, files, profile, &access).unwrap_or_else(|error| error);
    if Journal::<Creation>::all(world)?.is_empty() {
        return Err(none().into());
    }
    // Only a request shows whether an instance has credentials.
    let is_poor = provider.is_none_or(|provider| provider == Provider::IamRole);
    let orphaned = || Journal::orphaned(world, files, profile, wanted, way(args.resume));
    if let Some(journal) = is_poor.then(orphaned).transpose()?.flatten() {
        session.check_allowed()?;
        session.required(Provider::SharedCredentialsFile)?.check(&journal.entry.account)?;
        // No other key is left to sign with.
        let Some(by) = journal.new_key() else { return Err(journal.orphan().into()) };
        return with_account(session, |account| {
            Making { account, by: &by, world, ui, format: args.format }.go_on(args, journal)
        });
    }
    as_profile(session, |account, by, access| {
        let found = identity(account, by, ui)?;
        let user = keys::user_of(&found.arn).ok();
        let own = own_key(session)?;
        let id = own.as_deref().unwrap_or(by.id());
        let caller = Caller { access, id, account: &found.account, user: user.as_deref() };
        let journal = Journal::begun_by(world, files, caller, wanted, way(args.resume))?.ok_or_else(none)?;
        if found.account != journal.entry.account {
            let (profile, expected) = (profile.to_owned(), journal.entry.account.clone());
            return Err(Error::OtherAccount { profile, found: found.account, expected }.into());
        }
        Making { account, by, world, ui, format: args.format }.go_on(args, journal)
    })
}

fn identity(account: Account<'_>, by: &Credentials, ui: &Ui) -> Result<CallerIdentity, Failure> {
    let identity = account.identity(by)?;
    ui.note(format_args!("account {}, {}", identity.account, identity.arn));
    Ok(identity)
}
