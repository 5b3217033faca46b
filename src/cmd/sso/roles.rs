//! `xcred sso roles`: the roles that a sign-in gives access to.

use serde_json::{Value as Json, json};

use super::Error;
use super::listing::{Listed, User, warn_of_skipped};
use super::report::skipped;
use super::sign_in::{open, portal};
use crate::cli::Format;
use crate::cli::sso::Roles;
use crate::cmd::Cx;
use crate::cmd::login::How;
use crate::failure::{Exit, Failure};
use crate::render::{Table, json};
use crate::service::assignments::Account;

pub(super) fn run(args: &Roles, cx: Cx<'_>) -> Result<Exit, Failure> {
    let (session, found) = open(&args.portal, How::default(), "roles", cx)?;
    let user = User::of(&session, &found)?;
    let mut accounts = user.accounts()?;
    if let Some(id) = &args.sso_account_id {
        accounts = vec![only(&accounts, id)?];
    }
    let listed = user.roles(accounts)?;
    warn_of_skipped(&listed, cx.ui);
    let roles = listed.iter().flat_map(|Listed { account, roles }| {
        roles.iter().flatten().map(move |role| (account, role.as_str()))
    });
    if args.format == Format::Json {
        let roles: Vec<Json> = roles
            .map(|(account, role)| {
                json!({"account_id": account.id, "account_name": account.name, "role_name": role})
            })
            .collect();
        let session = portal(&found).session;
        let document = json!({"session": session, "roles": roles, "skipped": skipped(&listed)});
        json::print(&document, cx.ui)?;
        return Ok(Exit::Success);
    }
    let mut table = Table::new(["ACCOUNT", "ID", "ROLE"], cx.ui.style().bold())
        .without_empty_columns()
        .within(cx.ui.out_columns());
    let mut count = 0;
    for (account, role) in roles {
        count += 1;
        table.push([account.name.as_deref().unwrap_or_default(), &account.id, role]);
    }
    if count == 0 {
        cx.ui.note("no roles");
    } else {
        cx.ui.write(table.to_string().as_bytes())?;
    }
    Ok(Exit::Success)
}

/// The account with this ID.
fn only(accounts: &[Account], id: &str) -> Result<Account, Failure> {
    let row = |account: &Account| match &account.name {
        Some(name) => format!("{name} ({})", account.id),
        None => account.id.clone(),
    };
    let found = accounts.iter().find(|account| account.id == id).cloned();
    let listed = || accounts.iter().map(row).collect();
    found.ok_or_else(|| Error::NoAccount { id: id.to_owned(), accounts: listed() }.into())
}
