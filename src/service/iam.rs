//! Identity and Access Management: the access keys of users.

use jiff::Timestamp;

use super::operation::Operation;
use super::pages::{ENDLESS, Pages};
use super::query::{self, Form, optional, part, required};
use super::xml::Element;
use super::{Caller, Error, Service};
use crate::credentials::Credentials;
use crate::secret::{Secret, is_unwritable_secret, new_key_id_fault};

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

impl Use {
    /// Whether the service isn't one of the two that manage keys themselves.
    pub fn is_foreign(&self) -> bool {
        !["iam", "sts"].contains(&self.service.as_str())
    }
}

const fn operation(name: &'static str) -> Operation {
    Operation { service: Service::Iam, name }
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
    let made = part(operation, &result, "AccessKey")?;
    let secret = Secret::held(required(operation, made, "SecretAccessKey")?);
    let key = access_key(operation, caller, made)?;
    // It could neither be used nor be written to a file.
    if let Some(fault) = new_key_id_fault(&key.id) {
        return Err(operation.unusable(format!("its `AccessKeyId` {fault}")));
    }
    if is_unwritable_secret(secret.expose()) {
        return Err(operation.unusable("its `SecretAccessKey` has whitespace or a control character in it"));
    }
    if key.id == keys.id() || known.contains(&key.id) {
        return Err(operation.unusable(format!("{} is a key that existed before", key.id)));
    }
    if let (Some(user), Some(found)) = (user, &key.user)
        && !found.eq_ignore_ascii_case(user)
    {
        return Err(operation.unusable(format!("{} is a key of user `{found}`", key.id)));
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
    let keys = members(operation, &pages, "AccessKeyMetadata")?;
    let keys = keys.into_iter().map(|key| access_key(operation, caller, key)).collect::<Result<_, _>>()?;
    Ok(Listing { keys: distinct(keys), date })
}

/// Each key once. A key that is listed with both statuses may be active.
fn distinct(keys: Vec<AccessKey>) -> Vec<AccessKey> {
    let mut distinct: Vec<AccessKey> = Vec::new();
    for key in keys {
        match distinct.iter_mut().find(|found| found.id == key.id) {
            None => distinct.push(key),
            Some(found) if key.status == Status::Active => found.status = Status::Active,
            Some(_) => {}
        }
    }
    distinct
}

/// The names of all users of the account.
pub fn list_users(caller: &Caller<'_>, keys: &Credentials) -> Result<Vec<String>, Error> {
    let operation = operation("ListUsers");
    let (pages, _) =
        pages(caller, keys, operation, |marker| Form::new(operation).with_some("Marker", marker))?;
    let users = members(operation, &pages, "Users")?;
    users.into_iter().map(|user| required(operation, user, "UserName").map(str::to_owned)).collect()
}

/// The serial numbers of the caller's MFA devices.
pub fn list_mfa_devices(caller: &Caller<'_>, keys: &Credentials) -> Result<Vec<String>, Error> {
    let operation = operation("ListMFADevices");
    let (pages, _) =
        pages(caller, keys, operation, |marker| Form::new(operation).with_some("Marker", marker))?;
    let devices = members(operation, &pages, "MFADevices")?;
    devices.into_iter().map(|device| required(operation, device, "SerialNumber").map(str::to_owned)).collect()
}

/// When a key was last used, and its user, which must be `user` if that is known. A key that was never used has no date and
/// the service `N/A`: only such a response shows that it is unused.
pub fn get_access_key_last_used(
    caller: &Caller<'_>,
    keys: &Credentials,
    user: Option<&str>,
    id: &str,
) -> Result<LastUsed, Error> {
    let operation = operation("GetAccessKeyLastUsed");
    let form = Form::new(operation).with("AccessKeyId", id);
    let result = query::call(caller, &form, Some(keys))?;
    let found = optional(operation, &result, "UserName")?;
    if let (Some(user), Some(found)) = (user, found)
        && !found.eq_ignore_ascii_case(user)
    {
        return Err(operation.unusable(format!("it is about a key of user `{found}`")));
    }
    let last = part(operation, &result, "AccessKeyLastUsed")?;
    let service = required(operation, last, "ServiceName")?.to_owned();
    let latest = match optional(operation, last, "LastUsedDate")? {
        None if service == "N/A" => None,
        None => return Err(operation.unusable("it has no `LastUsedDate`")),
        Some(date) => {
            let at =
                time(date, caller).ok_or_else(|| operation.unusable("its `LastUsedDate` is not a date"))?;
            let region = optional(operation, last, "Region")?.unwrap_or_default().to_owned();
            Some(Use { at, service, region })
        }
    };
    Ok(LastUsed { user: found.map(str::to_owned), used: latest })
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
        let more = optional(operation, &page, "IsTruncated")? == Some("true");
        let next = optional(operation, &page, "Marker")?.map(str::to_owned);
        pages.push(page);
        if !more {
            return Ok((pages, date));
        }
        let Some(next) = next else { return Err(operation.unusable("it is truncated without a marker")) };
        if !markers.may_follow(&next) {
            return Err(operation.unusable(format!("its `Marker` {ENDLESS}")));
        }
        marker = Some(next);
    }
}

/// The members of a list on all pages. A page without the list is not an empty one.
fn members<'p>(operation: Operation, pages: &'p [Element], list: &str) -> Result<Vec<&'p Element>, Error> {
    let mut members = Vec::new();
    for page in pages {
        members.extend(part(operation, page, list)?.children("member"));
    }
    Ok(members)
}

fn access_key(operation: Operation, caller: &Caller<'_>, key: &Element) -> Result<AccessKey, Error> {
    let status = match required(operation, key, "Status")? {
        "Active" => Status::Active,
        "Inactive" => Status::Inactive,
        other => return Err(operation.unusable(format!("`{other}` is not a status of a key"))),
    };
    Ok(AccessKey {
        id: required(operation, key, "AccessKeyId")?.to_owned(),
        user: optional(operation, key, "UserName")?.map(str::to_owned),
        status,
        created: optional(operation, key, "CreateDate")?.and_then(|date| time(date, caller)),
    })
}

fn time(text: &str, caller: &Caller<'_>) -> Option<Timestamp> {
    Timestamp::from_duration(query::time(text, caller.clock.now())?.since_1970()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_listed_twice_is_active_if_one_of_the_two_is() {
        let key = |id: &str, status| AccessKey { id: id.to_owned(), user: None, status, created: None };
        let [one, two] = [Status::Inactive, Status::Active].map(|status| key("A", status));
        for listed in [[one.clone(), two.clone()], [two.clone(), one.clone()]] {
            let other = key("B", Status::Inactive);
            let listed = listed.into_iter().chain([other.clone()]).collect();
            assert_eq!(distinct(listed), [two.clone(), other]);
        }
        assert_eq!(distinct(vec![one.clone(), one.clone()]), [one]);
    }
}
