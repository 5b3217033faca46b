//! When the token of IAM Identity Center ends, by the rules of each SDK.

use jiff::Timestamp;

use super::cached::{Cached, Members, text};
use super::error::{Error, Fault};
use crate::client::Context;
use crate::credentials::Expiration;
use crate::sdk::Dates;
use crate::secret::Secret;

/// The token and its end.
pub(super) fn usable(
    cached: &Cached,
    members: &Members,
    now: Timestamp,
) -> Result<(Secret, Expiration), Error> {
    let (Some(token), Some(ends)) = (text(members, "accessToken"), text(members, "expiresAt")) else {
        return Err(cached.required(Fault::Incomplete));
    };
    let ends = Expiration::parse(ends, now);
    let ends =
        ends.ok_or_else(|| Error::NoDate { sign_in: cached.sign_in.clone(), origin: cached.origin() })?;
    Ok((Secret::held(token), ends))
}

/// The token and its end, by the rules of the SDK.
pub(super) fn usable_by(
    cached: &Cached,
    members: &Members,
    context: &Context<'_>,
) -> Result<(Secret, Expiration), Error> {
    if !has_dates_of_javascript(context) {
        return usable(cached, members, context.world.now());
    }
    let is_session = cached.sign_in.session().is_some();
    let token = text(members, "accessToken").filter(|_| !is_session || members.contains_key("expiresAt"));
    let token = token.ok_or_else(|| cached.required(Fault::Incomplete))?;
    // A token whose end isn't a date never expires, but a session with such an end is refreshed.
    let no_date = if is_session { Timestamp::UNIX_EPOCH } else { Timestamp::MAX };
    Ok((Secret::held(token), ends_by(members, context).unwrap_or_else(|| no_date.into())))
}

/// Whether the SDK reads the dates in the file.
pub(super) fn check_dates(members: &Members, context: &Context<'_>) -> Result<(), Fault> {
    let Some(rules) = context.sdk.ruled.map(|rules| &rules.sso) else { return Ok(()) };
    let odd = |member: &'static str| {
        let found = text(members, member).filter(|end| Expiration::parse(end, context.world.now()).is_some());
        found.map_or(Fault::Incomplete, |_| Fault::DateForm { member, sdk: context.sdk.title })
    };
    let is_read = |end: &str| rules.dates.accept(end);
    if rules.dates != Dates::JavaScript && !text(members, "expiresAt").is_some_and(is_read) {
        return Err(odd("expiresAt"));
    }
    let registered = text(members, "registrationExpiresAt").filter(|_| rules.checks_registration);
    if registered.is_some_and(|end| !is_read(end)) { Err(odd("registrationExpiresAt")) } else { Ok(()) }
}

/// When a token ends by the rules of the SDK.
pub(super) fn ends_by(members: &Members, context: &Context<'_>) -> Option<Expiration> {
    if has_dates_of_javascript(context) {
        return Expiration::of_javascript(members.get("expiresAt")?, || context.world.zone());
    }
    ends(members, context.world.now())
}

/// When a token ends.
pub(super) fn ends(members: &Members, now: Timestamp) -> Option<Expiration> {
    Expiration::parse(text(members, "expiresAt")?, now)
}

fn has_dates_of_javascript(context: &Context<'_>) -> bool {
    context.sdk.ruled.is_some_and(|rules| rules.sso.dates == Dates::JavaScript)
}
