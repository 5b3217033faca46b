//! Keys in one of the two files. Both halves must be in the same file.

use crate::chain::ask::{Intent, Lead, Planned, Provide, Scope};
use crate::chain::error::{Error, Half};
use crate::chain::noted::noted_in;
use crate::chain::reason::Reason;
use crate::client::plain;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, Profile, SectionName};
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
            let line = keys.find_in(self.kind, ID).and_then(|found| found.text());
            let is_joined =
                line.is_some_and(|line| settings::joined(&line).is_some_and(|row| row.name == SECRET));
            let profile = profile.to_owned();
            let half = match keys.split_pair() {
                _ if is_joined => Half::OneLine { profile },
                Some(split) => {
                    let other = Origin::File(split.secret.place());
                    Half::Split { other, fix: split.fix(&profile), profile }
                }
                None => Half::Profile { profile, has: ID, lacks: SECRET },
            };
            return Err(half.at(id.origin));
        };
        let (access_key_id, secret) = (plain(ID, id)?, plain(SECRET, secret)?);
        let text = |key: &str| context.client.text_in(self.kind, profile, key);
        // Even if it is empty.
        let token = settings::TOKENS.iter().find_map(|row| text(row.name).transpose()).transpose()?;
        // A nested block in place of the account is ignored.
        let account_id = text(settings::AWS_ACCOUNT_ID.name).ok().flatten();
        let looked_at = vec![access_key_id.origin.clone(), secret.origin.clone()];
        let noted = noted_in(&keys, self.kind, context.client.world.now());
        let credentials = Credentials {
            account_id,
            expiration: noted.map(|noted| Located::new(noted.at, Origin::File(noted.place))),
            ..Credentials::keys(access_key_id, secret, token)
        };
        Ok(Planned { looked_at, intent: Intent::Found(Box::new(credentials)) })
    }
}
