//! When the keys in a file expire, as the programs that wrote them noted. boto3 ignores these notes.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::credentials::Expiration;
use crate::dateutil::{self, Parsed};
use crate::origin::Place;
use crate::profile::{FileKind, Found, Profile};
use crate::secret::is_temporary_key_id;
use crate::settings::{AWS_ACCESS_KEY_ID, TOKENS};

/// The keys in which other programs note the expiration of temporary keys.
const MARKS: [&str; 12] = [
    // saml2aws
    "x_security_token_expires",
    // gimme-aws-creds
    "aws_credential_expiration",
    // gsts
    "aws_session_expiration",
    // aws-mfa
    "expiration",
    // aws-azure-login
    "aws_expiration",
    // scripts that keep what STS answers
    "expires_at",
    "expires",
    "expiry",
    "aws_session_token_expiration",
    "aws_token_expiration",
    "session_expiration",
    "token_expiration",
];

/// The expiration that a program noted for temporary keys.
pub struct Noted {
    pub key: &'static str,
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
    let marks = MARKS.iter().filter_map(|key| {
        let found = profile.find_in(kind, key)?;
        Some((*key, read(&found.text()?, now)?, found))
    });
    let latest: Option<(&'static str, Expiration, Found<'_>)> =
        marks.max_by_key(|(_, at, _)| at.since_1970());
    latest.map(|(key, at, found)| Noted { key, place: found.place(), at })
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
    let Parsed { local, offset } = dateutil::parse(text, now)?;
    // Programs that omit the time zone write UTC, which they get from botocore.
    Some(Expiration::new(local, offset.unwrap_or(Offset::UTC)))
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
