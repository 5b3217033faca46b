//! Keys in one of the two files. Both halves must be in the same file.

use jiff::tz::Offset;

use crate::chain::ask::{Intent, Lead, Planned, Provide, Scope};
use crate::chain::error::{Error, Half};
use crate::chain::reason::Reason;
use crate::client::plain;
use crate::credentials::{Credentials, Expiration};
use crate::dateutil::{self, Parsed};
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, Profile, SectionName};
use crate::secret::Secret;
use crate::settings;

const ID: &str = settings::AWS_ACCESS_KEY_ID.name;
const SECRET: &str = settings::AWS_SECRET_ACCESS_KEY.name;

pub(super) struct File {
    pub(super) kind: FileKind,
}

impl Provide for File {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        Some((ID, profile.find_in(self.kind, ID)?))
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Scope { context, profile, .. } = *scope;
        let file = context.client.files.file(self.kind);
        let Some(found) = file.section(&SectionName::Profile(profile.to_owned())) else {
            let path = file.path.to_path_buf();
            return Ok(Planned::absent(Reason::NoSection { profile: profile.to_owned(), path }));
        };
        let header = Origin::File(file.header_place(&found));
        let keys = context.client.files.profile(profile);
        let [id, secret] = [ID, SECRET].map(|key| keys.value_in(self.kind, key));
        let Some(id) = id else {
            let reason = Reason::NoKeyId { header: header.clone(), only_secret: secret.is_some() };
            return Ok(Planned { looked_at: vec![header], intent: Intent::Absent(reason) });
        };
        let Some(secret) = secret else {
            return Err(Half::Profile { profile: profile.to_owned(), has: ID, lacks: SECRET }.at(id.origin));
        };
        let (access_key_id, secret) = (plain(ID, id)?, plain(SECRET, secret)?);
        let text = |key: &str| context.client.text_in(self.kind, profile, key);
        // Even if it is empty.
        let token = settings::TOKENS.iter().find_map(|row| text(row.name).transpose()).transpose()?;
        // A nested block in place of the account is ignored.
        let account_id = text(settings::AWS_ACCOUNT_ID.name).ok().flatten();
        let looked_at = vec![access_key_id.origin.clone(), secret.origin.clone()];
        // An expiration beside long-term keys is a leftover of other keys.
        let is_temporary = token.is_some() || access_key_id.value.starts_with("ASIA");
        let credentials = Credentials {
            access_key_id: Some(access_key_id),
            secret_access_key: Some(secret.map(Secret::held)),
            session_token: token.map(|token| token.map(Secret::held)),
            account_id,
            expiration: is_temporary.then(|| self.expiration(scope)).flatten(),
            packed_policy_size: None,
        };
        Ok(Planned { looked_at, intent: Intent::Found(Box::new(credentials)) })
    }
}

/// The keys in which other programs note the expiration of temporary keys. boto3 ignores them.
const MARKS: [&str; 5] = [
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

/// The expiration that other programs noted for the temporary keys of a profile, in whichever file they are.
pub fn noted_expiration(profile: &Profile<'_>, now: jiff::Timestamp) -> Option<Expiration> {
    let id = profile.find(ID)?;
    let is_temporary = id.text().is_some_and(|id| id.starts_with("ASIA"))
        || [&settings::AWS_SESSION_TOKEN, &settings::AWS_SECURITY_TOKEN]
            .into_iter()
            .any(|row| profile.find(row.name).is_some());
    let marks = MARKS.iter().filter(|_| is_temporary).filter_map(|key| profile.find(key)?.text());
    marks.filter_map(|text| read(&text, now)).max_by_key(Expiration::since_1970)
}

impl File {
    /// The expiration that other programs noted. The latest one is used, because a program that writes new keys doesn't
    /// change the notes of other programs.
    fn expiration(&self, scope: &Scope<'_>) -> Option<Located<Expiration>> {
        let client = &scope.context.client;
        let marks = MARKS.iter().filter_map(|key| {
            let found = client.text_in(self.kind, scope.profile, key).ok().flatten()?;
            Some(Located::new(read(&found.value, client.world.now())?, found.origin))
        });
        marks.max_by_key(|mark| mark.value.since_1970())
    }
}

fn read(text: &str, now: jiff::Timestamp) -> Option<Expiration> {
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
