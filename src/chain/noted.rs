//! When the keys in a file expire, as the programs that wrote them noted. boto3 ignores these notes.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::error::EXPIRATION_VARIABLE;
use crate::credentials::Expiration;
use crate::dateutil::{self, Parsed};
use crate::origin::Place;
use crate::profile::{FileKind, Found, Profile};
use crate::secret::is_temporary_key_id;
use crate::settings::{AWS_ACCESS_KEY_ID, TOKENS};
use crate::world::World;

/// The variable in which older tools note it; the SDKs don't read it.
pub const OTHER_EXPIRATION_VARIABLE: &str = "AWS_SESSION_EXPIRATION";

/// Words of keys that note when something else ends.
const OF_OTHERS: [&str; 7] =
    ["certificate", "duration", "in_seconds", "password", "refresh", "registration", "sso"];

/// Whether a program may note the expiration of temporary keys in this key: saml2aws in `x_security_token_expires`, gimme-aws-creds
/// in `aws_credential_expiration`, gsts in `aws_session_expiration`, aws-mfa in `expiration`, aws-azure-login in
/// `aws_expiration`, scripts in what they like.
fn is_mark(key: &str) -> bool {
    let is_one = key.contains("expir") || key.ends_with("valid_until") || key.ends_with("valid_to");
    is_one && !OF_OTHERS.iter().any(|word| key.contains(word))
}

/// The expiration that a program noted for temporary keys.
pub struct Noted {
    pub key: String,
    pub place: Place,
    pub at: Expiration,
}

/// What is noted for the keys of a profile, in the file that they are in.
pub fn noted(profile: &Profile<'_>, now: Timestamp) -> Option<Noted> {
    let kinds = FileKind::BY_PRECEDENCE;
    let has_keys = |kind: &FileKind| profile.find_in(*kind, AWS_ACCESS_KEY_ID.name).is_some();
    noted_in(profile, kinds.into_iter().find(has_keys)?, now)
}

/// What is noted in one file for the keys there. The latest expiration is used, because a program that writes new keys doesn't
/// change the notes of other programs. One beside long-term keys is a leftover of other keys.
pub(super) fn noted_in(profile: &Profile<'_>, kind: FileKind, now: Timestamp) -> Option<Noted> {
    let id = profile.find_in(kind, AWS_ACCESS_KEY_ID.name)?;
    let token = || TOKENS.iter().find_map(|row| profile.find_in(kind, row.name)?.text());
    let has_token = || token().is_some_and(|token| !token.is_empty());
    if !id.text().is_some_and(|id| is_temporary_key_id(&id)) && !has_token() {
        return None;
    }
    let marks = profile.keys().into_iter().filter(|key| is_mark(key)).filter_map(|key| {
        let found = profile.find_in(kind, &key)?;
        Some((key, read(&found.text()?, now)?, found))
    });
    let latest: Option<(String, Expiration, Found<'_>)> = marks.max_by_key(|(_, at, _)| at.since_1970());
    latest.map(|(key, at, found)| Noted { key, place: found.place(), at })
}

/// When the keys in the environment expire, as an older tool noted in its variable.
pub fn noted_in_environment(world: &World) -> Option<Expiration> {
    let is_temporary = world.non_empty("AWS_ACCESS_KEY_ID").is_some_and(is_temporary_key_id);
    // The SDKs' own variable says more.
    if !is_temporary || world.non_empty(EXPIRATION_VARIABLE).is_some() {
        return None;
    }
    read(world.non_empty(OTHER_EXPIRATION_VARIABLE)?, world.now())
}

fn read(text: &str, now: Timestamp) -> Option<Expiration> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return since_1970(number);
    }
    // dateutil accepts nearly any text as a date, and fills in missing parts from today.
    if text.bytes().filter(u8::is_ascii_digit).count() < "20200101".len() {
        return None;
    }
    let Parsed { local, offset } = dateutil::parse(without_zone(text), now)?;
    // Programs that omit the time zone write UTC, which they get from botocore.
    Some(Expiration::new(local, offset.unwrap_or(Offset::UTC)))
}

/// A time without what Go prints behind its offset: `2020-01-01 00:00:00 +0000 UTC m=+0.1`.
fn without_zone(text: &str) -> &str {
    let text = text.split(" m=").next().unwrap_or(text);
    let is_zone = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_offset = |word: &str| {
        word.len() == 5 && word.starts_with(['+', '-']) && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    match text.rsplit_once(' ') {
        Some((time, zone)) if is_zone(zone) && time.rsplit(' ').next().is_some_and(is_offset) => time,
        _ => text,
    }
}

/// Seconds or milliseconds. Numbers that are too small for a date of this century have another meaning.
fn since_1970(number: i64) -> Option<Expiration> {
    const BILLION: i64 = 1_000_000_000;
    match number {
        BILLION..=99_999_999_999 => Expiration::from_second(number),
        ..BILLION => None,
        _ => Expiration::from_second(number / 1000),
    }
}
