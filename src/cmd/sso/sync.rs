//! `xcred sso sync`: a profile for each account and role.

use super::listing::{Listed, User, unlisted, warn_of_skipped};
use super::report;
use super::sign_in::{open, portal};
use crate::cli::Format;
use crate::cli::sso::Sync;
use crate::cmd::Cx;
use crate::cmd::diff;
use crate::cmd::guards::{Given, drop_guards, foresee, unguarded};
use crate::cmd::journals;
use crate::cmd::login::How;
use crate::config::{self, Config, Following};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::finding::Finding;
use crate::login::SignIn;
use crate::profile::{Files, KeyPath};
use crate::render::json;
use crate::settings::{self, VARIABLES};
use crate::sync::{self, Error, Plan, Portal, Roles, Template, Wishes};
use crate::text::nearest;
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: &Sync, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    // A dry run may sign in, but doesn't correct the region.
    let how = How { asks: !args.dry_run, ..How::default() };
    let (session, found) = open(&args.portal, how, "sync", cx)?;
    let portal = portal(&found);
    let mut wishes = wishes(args, &portal, world)?;
    warn_of_keys(&wishes, ui);
    let user = User::of(&session, &found)?;
    let (accounts, listed) = list(&user, &wishes)?;
    warn_of_patterns(args, &wishes, &listed, ui);
    let what = if accounts.is_empty() { "account" } else { "role" };
    let has_roles = |listed: &Listed| listed.roles.as_ref().is_ok_and(|roles| !roles.is_empty());
    if wishes.prune && (accounts.is_empty() || !listed.is_empty() && !listed.iter().any(has_roles)) {
        // Guards, too, would be removed, and a later run would make the profiles again without them.
        wishes.prune = false;
        ui.warning(format_args!(
            "IAM Identity Center lists no {what} at all, which may be a mistake, so no profile is removed",
        ));
        ui.help("if it is right, remove them by `xcred profile remove NAME`");
    }
    if wishes.prune && user.is_incomplete() {
        // A profile may be for what was skipped.
        wishes.prune = false;
        ui.warning("not everything that IAM Identity Center lists can be used, so no profile is removed");
        ui.help("remove those that you don't need by `xcred profile remove NAME`");
    }
    let change = |files: &mut Files| {
        files.check()?;
        let plan = Plan::of(files, &portal, &accounts, &wishes);
        let followed = files.make(&plan.batch)?;
        Ok((plan, followed))
    };
    // Guards that can't be read could not follow the profiles.
    let (mut carried, mut given) = (Vec::new(), Given::to(Vec::new()));
    if Config::load(world)?.guarded_profiles().next().is_some() && !args.dry_run {
        let ((planned, _), _) = diff::attempt(change, true, world)?;
        carried = renames(&planned);
        given = Given::to(unguarded(carried.iter().map(|(_, new)| new.as_str()), world)?);
        // Before it has its new name, so that a profile is never without its guards.
        given.carried = config::carry(world, &carried)?;
    }
    let changed = diff::attempt(change, args.dry_run, world).map_err(Failure::from);
    let ((plan, followed), edited) = given.kept_if(changed, world)?;
    if !args.dry_run {
        // The files may have changed since, and the plan with them.
        let mut late = renames(&plan);
        late.retain(|pair| !carried.contains(pair));
        config::carry(world, &late)?;
        drop_old_guards(&plan, &given, world, ui);
        journals::follow_late(&renames(&plan), world, ui);
        journals::warn_of(plan.removed.iter().map(|change| &*change.profile), world, ui);
    }
    diff::report_marks(&edited, args.dry_run, ui);
    warn_of_skipped(&listed, ui);
    report::warn(&plan, (!args.prune).then(|| prune(&found.sign_in)), ui);
    if args.format == Format::Json {
        let document = report::document(&plan, &portal, &listed, args.dry_run);
        json::print(&document, ui)?;
    } else if args.dry_run {
        ui.write(&diff::of(&edited, ui))?;
        foresee_guards(&plan, world, ui)?;
        report::say_wanted(&plan, ui);
    } else {
        report::say_done(&plan, &followed, ui, world);
    }
    Ok(Exit::Success)
}

/// The profiles that get another name: the old one, and the new one.
fn renames(plan: &Plan) -> Vec<(String, String)> {
    let renamed =
        plan.changed.iter().filter_map(|change| Some((change.renamed_from.clone()?, change.profile.clone())));
    renamed.collect()
}

/// The names that are gone without a new one, and of the renames those whose old names are gone.
fn gone<'p>(
    plan: &'p Plan,
    renames: &'p [(String, String)],
) -> (impl Iterator<Item = &'p str>, impl Iterator<Item = &'p (String, String)>) {
    let is_free = |name: &String| renames.iter().all(|(_, new)| new != name);
    let removed = plan.removed.iter().map(|change| &change.profile).filter(move |name| is_free(name));
    (removed.map(String::as_str), renames.iter().filter(move |(old, _)| is_free(old)))
}

/// Takes the guards from names that no profile has any more.
fn drop_old_guards(plan: &Plan, given: &Given, world: &World, ui: &Ui) {
    let renames = renames(plan);
    let (removed, settled) = gone(plan, &renames);
    // First, as long as the file is as it was left.
    match config::settle(world, &settled.collect::<Vec<_>>(), given.carried.as_ref()) {
        Ok(guarded) => {
            for (old, new) in guarded {
                ui.note(format_args!("`{new}` has the guards of `{old}`"));
            }
        }
        Err(error) => ui.problem(&error),
    }
    for name in removed {
        drop_guards(name, world, ui);
    }
}

/// Shows what would become of the guards.
fn foresee_guards(plan: &Plan, world: &World, ui: &Ui) -> Result<(), Failure> {
    let renames = renames(plan);
    let (removed, settled) = gone(plan, &renames);
    let settled: Vec<_> = settled.collect();
    let following = Following { given: &renames, settled: &settled, removed: removed.collect() };
    foresee(&following, world, ui)
}

/// Warns of keys and values of `--set` that are likely mistakes: they would be in every profile.
fn warn_of_keys(wishes: &Wishes, ui: &Ui) {
    for (key, value) in wishes.keys() {
        let doubts = settings::doubts(&key.dotted(), value);
        let doubts: Vec<Finding> = doubts.into_iter().map(Finding::new).collect();
        ui.findings(&doubts);
        let is_unknown = doubts.is_empty() && settings::variable(&key.name).is_none();
        let similar = nearest(&key.name, VARIABLES.iter().map(|row| row.name));
        if let Some(similar) = similar.filter(|_| is_unknown) {
            ui.warning(format_args!("AWS has no setting `{}`", key.name));
            ui.help(Hint::meant(format!("{}={value}", key.dotted()), format!("{similar}={value}")));
        }
    }
}

/// Warns of patterns that no role matches.
fn warn_of_patterns(args: &Sync, wishes: &Wishes, listed: &[Listed], ui: &Ui) {
    for (text, pattern) in args.only.iter().zip(&wishes.only) {
        let matches = |Listed { account, roles }: &Listed| {
            pattern.includes_account(&account.id, account.name.as_deref())
                && roles.iter().flatten().any(|role| pattern.includes_role(role))
        };
        if !listed.iter().any(matches) {
            ui.warning(format_args!("no account or role matches `--only {text}`"));
            // The roles of accounts with other names are not listed.
            let is_of_account =
                |one: &Listed| pattern.includes_account(&one.account.id, one.account.name.as_deref());
            let is_id = text.bytes().all(|byte| byte.is_ascii_digit());
            if !is_id && !text.contains('/') && !listed.iter().any(is_of_account) {
                ui.help(Hint::meant(text, format!("*/{text}")));
            }
        }
    }
}

/// The command that removes profiles of roles that are gone.
fn prune(sign_in: &SignIn) -> Command {
    sign_in.name_in(Command::xcred(["sso", "sync"]).flag("--prune"))
}

fn wishes(args: &Sync, portal: &Portal, world: &World) -> Result<Wishes, Failure> {
    let pairs = args.keys.iter().map(|text| pair(text)).collect::<Result<Vec<_>, Failure>>()?;
    let mut wishes = Wishes::default().with_keys(pairs)?;
    wishes.template = match &args.template {
        Some(text) => text.parse()?,
        None => template_of(portal, world)?,
    };
    wishes.only = args.only.iter().filter_map(|text| text.parse().ok()).collect();
    (wishes.prune, wishes.rename) = (args.prune, args.rename);
    Ok(wishes)
}

/// The template of the settings, or the usual one.
fn template_of(portal: &Portal, world: &World) -> Result<Template, Failure> {
    let config = Config::load(world)?;
    match config.sync_name(portal.session.as_deref()) {
        Some((_, text)) => Ok(text.parse()?),
        None => Ok(Template::default()),
    }
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
