//! Lists what a sign-in gives access to.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Error;
use crate::client;
use crate::cmd::prompter::Waits;
use crate::cmd::session::{ResolveOptions, Session};
use crate::failure::Failure;
use crate::login::{Fault, IdentityCenter, Token};
use crate::secret::Secret;
use crate::service::assignments::{self, Account};
use crate::service::{self, Caller, Service};
use crate::settings::{is_account, is_in_iam_name};
use crate::sync;
use crate::ui::{Ui, Wait, one_line};

/// An account, and its roles or why the service refused to list them.
pub(in crate::cmd) struct Listed {
    pub(in crate::cmd) account: Account,
    pub(in crate::cmd) roles: Result<Vec<String>, service::Error>,
}

/// A signed-in user.
pub(in crate::cmd) struct User<'s> {
    session: &'s Session<'s>,
    found: &'s IdentityCenter,
    token: RefCell<Token>,
    /// Whether another token was asked for: once is enough.
    asked_anew: Cell<bool>,
    /// Whether an account or a role was listed that can't be one: what it should have been is missing.
    is_incomplete: Cell<bool>,
    caller: Caller<'s>,
    ui: &'s Ui,
}

impl<'s> User<'s> {
    /// The user with the cached token, which is refreshed if it has to be.
    ///
    /// # Errors
    /// Among others: not signed in.
    pub(in crate::cmd) fn of(
        session: &'s Session<'_>,
        found: &'s IdentityCenter,
    ) -> Result<User<'s>, Failure> {
        let context = session.client(&Waits, ResolveOptions::default());
        let token = found.token().get(&context)?;
        warn(&token, session.ui);
        let caller = client::for_sign_in(&context, Service::Sso, Some(found.region.clone()))?;
        let (token, asked_anew) = (RefCell::new(token), Cell::new(false));
        let is_incomplete = Cell::new(false);
        Ok(User { session, found, token, asked_anew, is_incomplete, caller, ui: session.ui })
    }

    /// Whether something that was listed so far can't be used, so that more may be there than is known.
    pub(super) fn is_incomplete(&self) -> bool {
        self.is_incomplete.get()
    }

    /// All accounts, sorted by name, email address and ID.
    pub(in crate::cmd) fn accounts(&self) -> Result<Vec<Account>, Failure> {
        let accounts = self.ask(|token| {
            let _progress = Wait::new("the accounts of IAM Identity Center");
            assignments::list_accounts(&self.caller, token)
        })?;
        let (mut accounts, odd): (Vec<_>, Vec<_>) =
            accounts.into_iter().partition(|account| is_account(&account.id));
        for account in odd {
            self.is_incomplete.set(true);
            self.ui.warning(format_args!(
                "skipped an account with the ID `{}`: an account ID has 12 digits",
                one_line(&account.id)
            ));
        }
        accounts.sort_by_cached_key(|account| {
            let folded = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
            (folded(&account.name), folded(&account.email), account.id.clone())
        });
        Ok(accounts)
    }

    /// The roles of accounts, sorted by name.
    ///
    /// # Errors
    /// Also if the service refuses to list those of every account.
    pub(in crate::cmd) fn roles(&self, accounts: Vec<Account>) -> Result<Vec<Listed>, Failure> {
        let ids: Vec<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
        let mut roles = self.ask(|token| {
            let (total, count) = (ids.len(), Arc::new(AtomicUsize::new(0)));
            let shown = Arc::clone(&count);
            let _progress = Wait::changing(move || {
                format!("the roles of {total} accounts: {} are listed", shown.load(Ordering::Relaxed))
            });
            let listed = || _ = count.fetch_add(1, Ordering::Relaxed);
            assignments::list_roles_of(&self.caller, token, &ids, &listed)
        })?;
        if roles.iter().all(Result::is_err)
            && let Some(Err(first)) = roles.drain(..).next()
        {
            return Err(Error::Refused(first).into());
        }
        let sorted = roles.into_iter().map(|roles| {
            roles.map(|mut names| {
                names.retain(|name| {
                    let is_name = is_role(name);
                    if !is_name {
                        self.is_incomplete.set(true);
                        self.ui.warning(format_args!(
                            "skipped the role `{}`: a role can't have this name",
                            one_line(name)
                        ));
                    }
                    is_name
                });
                names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
                names
            })
        });
        Ok(accounts.into_iter().zip(sorted).map(|(account, roles)| Listed { account, roles }).collect())
    }

    /// Asks the portal. If it refuses the token, it is asked once more with another one, if there is one.
    fn ask<T>(&self, request: impl Fn(&Secret) -> Result<T, service::Error>) -> Result<T, Failure> {
        let token = self.token.borrow().access_token.clone();
        let mut answer = request(&token);
        if answer.as_ref().is_err_and(service::Error::is_signed_out) && !self.asked_anew.replace(true) {
            let context = self.session.client(&Waits, ResolveOptions::default());
            if let Some(other) = self.found.token().instead_of(&token, &context) {
                warn(&other, self.ui);
                answer = request(&other.access_token);
                self.token.replace(other);
            }
        }
        answer.map_err(|error| {
            if error.is_signed_out() {
                let origin = self.token.borrow().origin.clone();
                return self.found.sign_in.required(Fault::Refused, Some(origin)).into();
            }
            client::Error::Call(error).into()
        })
    }
}

fn warn(token: &Token, ui: &Ui) {
    if let Some(notice) = &token.notice {
        ui.warning(notice);
    }
}

/// Whether a role can have this name, as IAM allows it.
fn is_role(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(is_in_iam_name)
}

/// Warns of the accounts whose roles the service refused to list, or of which it listed none.
pub(super) fn warn_of_skipped(all: &[Listed], ui: &Ui) {
    for Listed { account, roles } in all {
        match roles {
            Err(error) => ui.warning(format_args!("skipped the account {}: {error}", name(account))),
            Ok(roles) if roles.is_empty() => {
                ui.warning(format_args!(
                    "skipped the account {}: none of its roles is listed",
                    name(account)
                ));
            }
            Ok(_) => {}
        }
    }
}

/// An account as texts name it.
fn name(account: &Account) -> String {
    match &account.name {
        Some(name) => format!("`{name}` ({})", account.id),
        None => account.id.clone(),
    }
}

impl Listed {
    /// An account is listed because the user has a role in it: a list without one is incomplete.
    pub(super) fn to_sync(&self) -> sync::Account {
        let roles = self.roles.as_ref().ok().filter(|roles| !roles.is_empty());
        unlisted(&self.account, roles.map_or(sync::Roles::Unknown, |all| sync::Roles::Listed(all.clone())))
    }
}

/// An account with what is known of its roles.
pub(super) fn unlisted(account: &Account, roles: sync::Roles) -> sync::Account {
    let Account { id, name, email } = account.clone();
    sync::Account { id, name, email, roles }
}
