//! The marks by which programs that write temporary keys into the files remember when these expire. boto3 takes no
//! notice of them; people and other programs do.

use jiff::tz::Offset;

use super::Context;
use crate::credentials::Expiration;
use crate::dateutil::{self, Parsed};
use crate::origin::Located;
use crate::profile::FileKind;

/// The keys under which a date stands in the section of the access key.
const KEYS: [&str; 5] = [
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
];

/// When the keys in a section expire, if a mark says so: of several the last, because a program that writes new keys
/// leaves the marks of others as they are.
pub(super) fn expiration(
    context: &Context<'_>,
    kind: FileKind,
    profile: &str,
) -> Option<Located<Expiration>> {
    let marks = KEYS.iter().filter_map(|key| {
        let found = context.client.text_in(kind, profile, key).ok().flatten()?;
        Some(Located::new(read(&found.value, context)?, found.origin))
    });
    marks.max_by_key(|mark| mark.value.since_1970())
}

fn read(text: &str, context: &Context<'_>) -> Option<Expiration> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return since_1970(number);
    }
    // dateutil makes a date of nearly anything, and takes what is missing from today.
    if text.bytes().filter(u8::is_ascii_digit).count() < "20200101".len() {
        return None;
    }
    let Parsed { local, offset } = dateutil::parse(text, context.client.world.now())?;
    // Programs that leave the time zone out write UTC, as botocore gives it to them.
    Some(Expiration::new(local, offset.unwrap_or(Offset::UTC)))
}

/// Seconds or milliseconds. What is too small for a date of this century is a number of something else.
fn since_1970(number: i64) -> Option<Expiration> {
    const BILLION: i64 = 1_000_000_000;
    match number {
        BILLION..=99_999_999_999 => Expiration::from_second(number),
        ..BILLION => None,
        _ => Expiration::from_second(number / 1000),
    }
}
