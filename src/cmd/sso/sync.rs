//! `xcred sso sync`: a profile for each account and role.

use super::listing::{Listed, User, unlisted, warn_of_skipped};
use super::report;
use super::sign_in::{found, open, portal};
use crate::cli::Format;
use crate::cli::sso::Sync;
use crate::cmd::Cx;
use crate::cmd::diff;
use crate::failure::{Exit, Failure};
use crate::profile::{Files, KeyPath};
use crate::render::json;
use crate::sync::{self, Error, Plan, Portal, Roles, Template, Wishes};

pub(super) fn run(args: &Sync, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let session = open(cx, args.sso_session.as_deref())?;
    let found = found(&session, args.sso_session.as_deref(), args.login, cx)?;
    let portal = portal(&found);
    let wishes = wishes(args, &portal)?;
    let (accounts, listed) = list(&User::of(&session, &found)?, &wishes)?;
    let change = |files: &mut Files| {
        files.check()?;
        let plan = Plan::of(files, &portal, &accounts, &wishes);
        let followed = files.make(&plan.batch)?;
        Ok((plan, followed))
    };
    let ((plan, followed), edited) = diff::attempt(change, args.dry_run, world)?;
    diff::report_marks(&edited, ui);
    warn_of_skipped(&listed, ui);
    report::warn(&plan, args.prune, ui);
    if args.format == Format::Json {
        let document = report::document(&plan, &portal, &listed, args.dry_run);
        ui.write(json::document(&document).as_bytes())?;
    } else if args.dry_run {
        ui.write(&diff::of(&edited, ui))?;
    } else {
        report::say_done(&plan, &followed, ui, world);
    }
    Ok(Exit::Success)
}

fn wishes(args: &Sync, portal: &Portal) -> Result<Wishes, Failure> {
    let pairs = args.keys.iter().map(|text| pair(text)).collect::<Result<Vec<_>, Failure>>()?;
    let mut wishes = Wishes::default().with_keys(pairs)?;
    wishes.template = match &args.template {
        Some(text) => text.parse()?,
        None => template_of(portal)?,
    };
    wishes.only = args.only.iter().filter_map(|text| text.parse().ok()).collect();
    (wishes.prune, wishes.rename) = (args.prune, args.rename);
    Ok(wishes)
}

/// The template without `--name`.
fn template_of(_: &Portal) -> Result<Template, Failure> {
    Ok(Template::default())
}

/// A key and a value, from `KEY=VALUE`.
fn pair(text: &str) -> Result<(KeyPath, String), Failure> {
    let (key, value) = text.split_once('=').ok_or_else(|| Error::NoValue { text: text.to_owned() })?;
    Ok((KeyPath::parse(key.trim())?, value.trim().to_owned()))
}

/// All accounts, and the roles of those that are meant.
fn list(user: &User<'_>, wishes: &Wishes) -> Result<(Vec<sync::Account>, Vec<Listed>), Failure> {
    let is_meant = |id: &str, name: Option<&str>| wishes.includes_account(id, name);
    let (meant, others): (Vec<_>, Vec<_>) =
        user.accounts()?.into_iter().partition(|account| is_meant(&account.id, account.name.as_deref()));
    let listed = user.roles(meant)?;
    let others = others.iter().map(|account| unlisted(account, Roles::Unknown));
    let all = listed.iter().map(Listed::to_sync).chain(others).collect();
    Ok((all, listed))
}
