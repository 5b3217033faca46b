//! The names of profiles, whatever the order in which the service lists accounts.

use std::collections::HashMap;

use super::listing::{Account, Portal, Roles};
use super::template::Values;
use super::wishes::Wishes;

/// A role in an account, and the name that the template gives its profile.
#[derive(Debug)]
pub(super) struct Wanted<'l> {
    pub(super) account: &'l Account,
    pub(super) role: &'l str,
    pub(super) name: String,
}

/// What the user may use, as far as the user wants profiles for it, with names.
///
/// Accounts whose names can't be told apart have their IDs in the names of their profiles, also where no role makes two
/// of these the same: otherwise a name would depend on the roles of another account.
pub(super) fn wanted<'l>(accounts: &'l [Account], portal: &Portal, wishes: &Wishes) -> Vec<Wanted<'l>> {
    let texts: Vec<Option<String>> =
        accounts.iter().map(|account| wishes.template.account(values(account, "", portal))).collect();
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for text in texts.iter().flatten() {
        *counts.entry(text).or_default() += 1;
    }
    let mut all = Vec::new();
    for (account, text) in accounts.iter().zip(&texts) {
        let Roles::Listed(roles) = &account.roles else { continue };
        let with_id = text.as_deref().is_some_and(|text| counts[text] > 1);
        let name = account.name.as_deref();
        for role in roles.iter().filter(|role| wishes.includes(&account.id, name, role)) {
            let name = wishes.template.render(values(account, role, portal), with_id);
            all.push(Wanted { account, role, name });
        }
    }
    all
}

fn values<'v>(account: &'v Account, role: &'v str, portal: &'v Portal) -> Values<'v> {
    Values {
        account_name: account.name.as_deref(),
        account_id: &account.id,
        role_name: role,
        email: account.email.as_deref(),
        session: portal.name(),
    }
}
