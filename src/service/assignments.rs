//! The accounts and roles that a user may use through IAM Identity Center.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::operation::Operation;
use super::pages::{ENDLESS, Pages};
use super::sso::{operation, request};
use super::{Caller, Error, encode, patience, rest_json};
use crate::net::{Method, Net};
use crate::secret::Secret;

/// An account in which the user has a role.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    #[serde(rename = "accountId")]
    pub id: String,
    #[serde(rename = "accountName")]
    pub name: Option<String>,
    #[serde(rename = "emailAddress")]
    pub email: Option<String>,
}

/// The most that a page may have.
const PAGE: u32 = 100;

/// How many accounts are asked about at a time.
const AT_A_TIME: usize = 8;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Accounts {
    account_list: Vec<Account>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Roles {
    role_list: Vec<Role>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    role_name: String,
    account_id: Option<String>,
}

/// All accounts, each once, in the order of the service.
pub fn list_accounts(caller: &Caller<'_>, access_token: &Secret) -> Result<Vec<Account>, Error> {
    let operation = operation("ListAccounts");
    let found = pages(caller, access_token, operation, "/assignment/accounts?", |page: Accounts| {
        (page.account_list, page.next_token)
    })?;
    for account in &found {
        rest_json::check_words(operation, &[("accountId", &account.id)])?;
    }
    let mut seen = HashSet::new();
    Ok(found.into_iter().filter(|account| seen.insert(account.id.clone())).collect())
}

/// The names of all roles in an account, each once, in the order of the service.
pub fn list_account_roles(
    caller: &Caller<'_>,
    access_token: &Secret,
    account_id: &str,
) -> Result<Vec<String>, Error> {
    let path = format!("/assignment/roles?account_id={}&", encode::query(account_id));
    let operation = operation("ListAccountRoles");
    let found =
        pages(caller, access_token, operation, &path, |page: Roles| (page.role_list, page.next_token))?;
    for role in &found {
        rest_json::check_words(operation, &[("roleName", &role.role_name)])?;
        // Profiles are made and removed by the answer.
        if role.account_id.as_ref().is_some_and(|id| id != account_id) {
            return Err(operation.unusable("it has roles of another account"));
        }
    }
    let mut seen = HashSet::new();
    Ok(found.into_iter().map(|role| role.role_name).filter(|name| seen.insert(name.clone())).collect())
}

/// The roles of several accounts, in the order of `account_ids`, or why the service refuses to list those of one of
/// them. `listed` is called whenever one more is listed, from several threads.
///
/// # Errors
/// The first failure that isn't about one account. Then no further request is sent.
pub fn list_roles_of(
    caller: &Caller<'_>,
    access_token: &Secret,
    account_ids: &[&str],
    listed: &(dyn Fn() + Sync),
) -> Result<Vec<Result<Vec<String>, Error>>, Error> {
    let (taken, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let found = Mutex::new(Vec::with_capacity(account_ids.len()));
    // A network belongs to its thread.
    let nets: Vec<Net> = (0..AT_A_TIME.min(account_ids.len())).map(|_| caller.net.forked()).collect();
    let Caller { endpoint, retry, limits, clock, .. } = caller;
    let list = |own: Net| {
        let endpoint = endpoint.clone();
        let caller = Caller { net: &own, endpoint, retry: *retry, limits: *limits, clock: *clock };
        while let Some((at, id)) = take(&taken, account_ids)
            && !failed.load(Ordering::Relaxed)
        {
            let roles = list_account_roles(&caller, access_token, id);
            if roles.as_ref().is_err_and(|error| !is_about_one_account(error)) {
                failed.store(true, Ordering::Relaxed);
            }
            listed();
            found.lock().unwrap_or_else(PoisonError::into_inner).push((at, roles));
        }
    };
    thread::scope(|scope| {
        let mut nets = nets.into_iter();
        let first = nets.next();
        for own in nets {
            // Where no more threads can be created, those that run list all.
            let _ = thread::Builder::new().spawn_scoped(scope, || list(own));
        }
        // This thread is one of them.
        first.into_iter().for_each(list);
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    found
        .into_iter()
        .map(|(_, roles)| match roles {
            Err(error) if !is_about_one_account(&error) => Err(error),
            roles => Ok(roles),
        })
        .collect()
}

/// The next element that no thread has taken, and its index.
fn take<'a>(taken: &AtomicUsize, all: &[&'a str]) -> Option<(usize, &'a str)> {
    let at = taken.fetch_add(1, Ordering::Relaxed);
    Some((at, *all.get(at)?))
}

fn is_about_one_account(error: &Error) -> bool {
    matches!(error, Error::Refused { status: 403, .. })
}

/// The elements of all pages.
fn pages<P: DeserializeOwned, T>(
    caller: &Caller<'_>,
    access_token: &Secret,
    operation: Operation,
    path: &str,
    read: impl Fn(P) -> (Vec<T>, Option<String>),
) -> Result<Vec<T>, Error> {
    let (mut all, mut tokens) = (Vec::new(), Pages::default());
    let mut page = format!("{path}max_result={PAGE}");
    loop {
        let request = request(caller, Method::GET, &page, access_token);
        let response = patience::send(caller, &request)?;
        let (found, next) = read(rest_json::read(operation, &response)?);
        all.extend(found);
        let Some(next) = next.filter(|token| !token.is_empty()) else { return Ok(all) };
        page = format!("{path}max_result={PAGE}&next_token={}", encode::query(&next));
        if !tokens.may_follow(&next) {
            return Err(operation.unreadable(response.status, format!("its `nextToken` {ENDLESS}")));
        }
    }
}
