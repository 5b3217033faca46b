//! Identity and Access Management: the access keys of users.

use jiff::Timestamp;

use super::operation::Operation;
use super::pages::{ENDLESS, Pages};
use super::query::{self, Form, required, time, unusable};
use super::xml::Element;
use super::{Caller, Error, Service};
use crate::credentials::Credentials;
use crate::secret::Secret;

/// An access key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    pub id: String,
    /// `None` for the account's root user.
    pub user: Option<String>,
    pub status: Status,
    pub created: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
    Inactive,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "Active",
            Status::Inactive => "Inactive",
        }
    }
}

/// The keys of a user.
#[derive(Clone, Debug)]
pub struct Listing {
    pub keys: Vec<AccessKey>,
    /// The time of the response by IAM's clock, if it has one.
    pub date: Option<Timestamp>,
}

/// A new key. Its secret can't be retrieved again.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub key: AccessKey,
    pub secret: Secret,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUsed {
    pub user: Option<String>,
    /// The last request that was signed with it. IAM has tracked this since 2015.
    pub used: Option<Use>,
}

/// A request that was signed with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Accurate to some minutes.
    pub at: Timestamp,
    pub service: String,
    pub region: String,
}

const fn operation(name: &'static str) -> Operation {
    Operation { service: Service::Iam, version: "2010-05-08", name }
}

/// Creates a key for `user`, or for the caller. It is not retried if the response is lost: that would leave a key whose
/// secret is unknown. A response with one of the `known` IDs, or with another user, is not the one to this request: something
/// between here and IAM has repeated it.
pub fn create_access_key(
    caller: &Caller<'_>,
    keys: &Credentials,
    user: Option<&str>,
    known: &[String],
) -> Result<NewKey, Error> {
    let operation = operation("CreateAccessKey");
    let form = Form::new(operation).with_some("UserName", user);
    let once = Caller { retry: caller.retry.not_idempotent(), ..caller.clone() };
    let result = query::call(&once, &form, Some(keys))?;
    let made = result.child("AccessKey").ok_or_else(|| unusable(operation, "it has no `AccessKey`"))?;
    let secret = Secret::held(required(operation, made, "SecretAccessKey")?);
    let key = access_key(operation, made)?;
    if key.id == keys.id() || known.contains(&key.id) {
        return Err(unusable(operation, format!("{} is a key that existed before", key.id)));
    }
    if let (Some(user), Some(found)) = (user, &key.user)
        && !found.eq_ignore_ascii_case(user)
    {
        return Err(unusable(operation, format!("{} is a key of user `{found}`", key.id)));
    }
    Ok(NewKey { key, secret })
}

/// All keys of `user`, or of the caller.
pub fn list_access_keys(
    caller: &Caller<'_>,
    keys: &Credentials,
    user: Option<&str>,
) -> Result<Listing, Error> {
    let operation = operation("ListAccessKeys");
    let form =
        |marker: Option<&str>| Form::new(operation).with_some("UserName", user).with_some("Marker", marker);
    let (pages, date) = pages(caller, keys, operation, form)?;
    let keys = members(&pages, "AccessKeyMetadata").map(|key| access_key(operation, key));
    Ok(Listing { keys: keys.collect::<Result<_, _>>()?, date })
}

/// The names of all users of the account.
pub fn list_users(caller: &Caller<'_>, keys: &Credentials) -> Result<Vec<String>, Error> {
    let operation = operation("ListUsers");
    let (pages, _) =
        pages(caller, keys, operation, |marker| Form::new(operation).with_some("Marker", marker))?;
    members(&pages, "Users").map(|user| required(operation, user, "UserName").map(str::to_owned)).collect()
}

/// The serial numbers of the caller's MFA devices.
pub fn list_mfa_devices(caller: &Caller<'_>, keys: &Credentials) -> Result<Vec<String>, Error> {
    let operation = operation("ListMFADevices");
    let (pages, _) =
        pages(caller, keys, operation, |marker| Form::new(operation).with_some("Marker", marker))?;
    let devices = members(&pages, "MFADevices");
    devices.map(|device| required(operation, device, "SerialNumber").map(str::to_owned)).collect()
}

/// When a key was last used, and its user.
pub fn get_access_key_last_used(
    caller: &Caller<'_>,
    keys: &Credentials,
    id: &str,
) -> Result<LastUsed, Error> {
    let form = Form::new(operation("GetAccessKeyLastUsed")).with("AccessKeyId", id);
    let result = query::call(caller, &form, Some(keys))?;
    let used = result.child("AccessKeyLastUsed");
    let text = |name| used.and_then(|used| used.text(name)).unwrap_or_default().to_owned();
    // A key that was never used has no date, and `N/A` for the rest.
    let at = time(&text("LastUsedDate"));
    Ok(LastUsed {
        user: result.text("UserName").filter(|name| !name.is_empty()).map(str::to_owned),
        used: at.map(|at| Use { at, service: text("ServiceName"), region: text("Region") }),
    })
}

pub fn update_access_key(
    caller: &Caller<'_>,
    keys: &Credentials,
    user: Option<&str>,
    id: &str,
    status: Status,
) -> Result<(), Error> {
    let form = Form::new(operation("UpdateAccessKey"))
        .with_some("UserName", user)
        .with("AccessKeyId", id)
        .with("Status", status.name());
    query::command(caller, &form, Some(keys))
}

pub fn delete_access_key(
    caller: &Caller<'_>,
    keys: &Credentials,
    user: Option<&str>,
    id: &str,
) -> Result<(), Error> {
    let form = Form::new(operation("DeleteAccessKey")).with_some("UserName", user).with("AccessKeyId", id);
    query::command(caller, &form, Some(keys))
}

/// The results of all pages, with the time of the last response by the service's clock.
fn pages(
    caller: &Caller<'_>,
    keys: &Credentials,
    operation: Operation,
    form: impl Fn(Option<&str>) -> Form,
) -> Result<(Vec<Element>, Option<Timestamp>), Error> {
    let (mut pages, mut markers) = (Vec::new(), Pages::default());
    let mut marker: Option<String> = None;
    loop {
        let (page, date) = query::dated(caller, &form(marker.as_deref()), Some(keys))?;
        let more = page.text("IsTruncated") == Some("true");
        let next = page.text("Marker").map(str::to_owned);
        pages.push(page);
        if !more {
            return Ok((pages, date));
        }
        let Some(next) = next else { return Err(unusable(operation, "it is truncated without a marker")) };
        if !markers.may_follow(&next) {
            return Err(unusable(operation, format!("its `Marker` {ENDLESS}")));
        }
        marker = Some(next);
    }
}

/// The members of a list on all pages.
fn members<'p>(pages: &'p [Element], list: &'p str) -> impl Iterator<Item = &'p Element> {
    pages.iter().flat_map(move |page| page.children(list)).flat_map(|list| list.children("member"))
}

fn access_key(operation: Operation, key: &Element) -> Result<AccessKey, Error> {
    let status = match required(operation, key, "Status")? {
        "Active" => Status::Active,
        "Inactive" => Status::Inactive,
        other => return Err(unusable(operation, format!("`{other}` is not a status of a key"))),
    };
    Ok(AccessKey {
        id: required(operation, key, "AccessKeyId")?.to_owned(),
        user: key.text("UserName").filter(|name| !name.is_empty()).map(str::to_owned),
        status,
        created: key.text("CreateDate").and_then(time),
    })
}
