//! Which sign-in a profile or a session means, as the files have it.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::error::Error;
use super::token::SsoToken;
use super::{Console, SignIn};
use crate::origin::{Located, Origin};
use crate::profile::{Files, Found, Profile, SectionName};
use crate::settings::{
    self, LOGIN_SESSION, SOURCE_PROFILE, SSO_REGION, SSO_REGISTRATION_SCOPES, SSO_SESSION, SSO_START_URL,
};
use crate::text::nearest;

/// A sign-in that the files configure.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are few of them")]
pub enum Configured {
    IdentityCenter(IdentityCenter),
    Console(Console),
}

/// A sign-in to IAM Identity Center.
#[derive(Clone, Debug)]
pub struct IdentityCenter {
    pub sign_in: SignIn,
    pub start_url: Located<String>,
    pub region: Located<String>,
    pub scopes: Vec<String>,
}

impl IdentityCenter {
    pub fn token(&self) -> SsoToken<'_> {
        SsoToken { sign_in: &self.sign_in, start_url: &self.start_url.value, region: &self.region }
    }
}

impl Configured {
    pub fn sign_in(&self) -> SignIn {
        match self {
            Configured::IdentityCenter(found) => found.sign_in.clone(),
            Configured::Console(console) => SignIn::Console(console.clone()),
        }
    }

    /// The sign-in of a session.
    pub fn of_session(files: &Files, session: &str) -> Result<Configured, Error> {
        let found = session_named(files, session, None);
        found.map(Configured::IdentityCenter).map_err(|error| error.suggesting(files))
    }

    /// The sign-in that a profile gets its credentials from: its own, or that of the profile behind its role. `None` if
    /// it uses none.
    pub fn of_profile(files: &Files, name: &str) -> Result<Option<Configured>, Error> {
        let mut seen = FxHashSet::default();
        let mut name = Cow::Borrowed(name);
        while seen.insert(name.clone()) {
            let profile = files.profile(&name);
            if let Some(found) = own(files, &profile, &name).map_err(|error| error.suggesting(files))? {
                return Ok(Some(found));
            }
            let Some(source) = text(&profile, SOURCE_PROFILE.name) else { break };
            name = Cow::Owned(source.value);
        }
        Ok(None)
    }

    /// Every sign-in that the files configure completely, each once: those of sessions, then those of profiles.
    pub fn all(files: &Files) -> Vec<Configured> {
        let session = |name: Cow<'_, str>| session_named(files, &name, None).ok();
        let sessions = files.sso_sessions().filter_map(session).map(Configured::IdentityCenter);
        let profiles = files.listed().filter_map(|(name, profile)| own(files, &profile, &name).ok()?);
        let mut seen = FxHashSet::default();
        let mut all: Vec<Configured> = sessions.chain(profiles).collect();
        all.retain(|configured| {
            let sign_in = configured.sign_in();
            let (kind, name) = sign_in.identity();
            seen.insert((kind, name.to_owned()))
        });
        all
    }
}

/// The sign-in that a profile itself names.
pub(super) fn own(files: &Files, profile: &Profile<'_>, name: &str) -> Result<Option<Configured>, Error> {
    if let Some(session) = text(profile, SSO_SESSION.name) {
        let found = session_named(files, &session.value, Some((profile, name, &session.origin)))?;
        return Ok(Some(Configured::IdentityCenter(found)));
    }
    if let Some(start_url) = text(profile, SSO_START_URL.name) {
        let region = text(profile, SSO_REGION.name).ok_or_else(|| Error::NoKey {
            section: SectionName::Profile(name.to_owned()),
            key: SSO_REGION.name,
            origin: start_url.origin.clone(),
        })?;
        let sign_in = SignIn::Sso { start_url: start_url.value.clone(), profile: name.to_owned() };
        let scopes = Vec::new();
        let found = IdentityCenter { sign_in, start_url, region, scopes };
        return Ok(Some(Configured::IdentityCenter(found)));
    }
    let session = text(profile, LOGIN_SESSION.name);
    let console = |session: Located<String>| Console { session: session.value, profile: name.to_owned() };
    Ok(session.map(|session| Configured::Console(console(session))))
}

impl Error {
    /// The error with the name of the session that was probably meant. The search for it compares all names, so it is for
    /// errors that are shown.
    fn suggesting(self, files: &Files) -> Error {
        let Error::NoSession { session, origin, .. } = self else { return self };
        let similar = nearest(&session, files.sso_sessions()).map(Cow::into_owned);
        let header = files.header_meant(&SectionName::SsoSession(session.clone()));
        Error::NoSession { session, similar, header, origin }
    }
}

/// The session, which may be that of a profile. No key may have another value in the profile.
fn session_named(
    files: &Files,
    session: &str,
    used_by: Option<(&Profile<'_>, &str, &Origin)>,
) -> Result<IdentityCenter, Error> {
    let name = SectionName::SsoSession(session.to_owned());
    let section = files.find(&name);
    let Some(place) = section.places().next() else {
        let origin = used_by.map(|(_, _, origin)| origin.clone());
        return Err(Error::NoSession { session: session.to_owned(), similar: None, header: None, origin });
    };
    let required = |key: &'static str| {
        text(&section, key).ok_or_else(|| Error::NoKey {
            section: name.clone(),
            key,
            origin: Origin::File(place.clone()),
        })
    };
    let (start_url, region) = (required(SSO_START_URL.name)?, required(SSO_REGION.name)?);
    for (key, shared) in [(SSO_START_URL.name, &start_url), (SSO_REGION.name, &region)] {
        let Some((profile, owner, _)) = used_by else { continue };
        if let Some(own) = text(profile, key).filter(|own| own.value != shared.value) {
            let (profile, other) = (owner.to_owned(), shared.origin.clone());
            return Err(Error::Conflict { profile, key, other, origin: own.origin });
        }
    }
    let scopes = text(&section, SSO_REGISTRATION_SCOPES.name)
        .map_or_else(Vec::new, |scopes| settings::scopes(&scopes.value));
    Ok(IdentityCenter { sign_in: SignIn::SsoSession(session.to_owned()), start_url, region, scopes })
}

pub(super) fn text(section: &Profile<'_>, key: &str) -> Option<Located<String>> {
    let found: Found<'_> = section.find(key)?;
    Some(Located::new(found.text()?.into_owned(), Origin::File(found.place())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(config: &str, profile: &str) -> String {
        let files = Files::of_texts(config, "");
        match Configured::of_profile(&files, profile) {
            Ok(Some(Configured::IdentityCenter(found))) => {
                let (kind, name) = found.sign_in.identity();
                format!("{kind} {name} {} {:?}", found.region.value, found.scopes)
            }
            Ok(Some(Configured::Console(found))) => format!("console {} of {}", found.session, found.profile),
            Ok(None) => "nothing".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_profile_has_the_sign_in_that_its_credentials_come_from() {
        let session =
            "[sso-session s]\nsso_start_url = https://u\nsso_region = r\nsso_registration_scopes = a, ,b\n";
        for (profiles, expected) in [
            ("[profile p]\nsso_session = s\n", "sso-session s r [\"a\", \"b\"]"),
            (
                "[profile p]\nrole_arn = x\nsource_profile = q\n[profile q]\nsso_session = s\n",
                "sso-session s r [\"a\", \"b\"]",
            ),
            ("[profile p]\nsso_start_url = https://v\nsso_region = q\n", "sso https://v q []"),
            ("[profile p]\nlogin_session = arn\n", "console arn of p"),
            ("[profile p]\nsource_profile = p\n", "nothing"),
            ("[profile p]\nregion = r\n", "nothing"),
        ] {
            assert_eq!(of(&format!("{session}{profiles}"), "p"), expected, "{profiles}");
        }
    }

    #[test]
    fn a_session_that_cannot_be_used_is_an_error_with_its_place() {
        for (config, expected) in [
            ("[profile p]\nsso_session = x\n[sso-session y]\n", "there is no sso-session `x`"),
            (
                "[profile p]\nsso_session = x\n[sso-session x]\nsso_region = r\n",
                ":3: sso-session `x` has no sso_start_url",
            ),
            ("[profile p]\nsso_start_url = https://u\n", ":2: profile `p` has no sso_region"),
            (
                "[profile p]\nsso_session = x\nsso_region = q\n[sso-session x]\nsso_region = r\nsso_start_url = https://u\n",
                ":3: `sso_region` has another value in ",
            ),
        ] {
            let found = of(config, "p");
            assert!(found.contains(expected), "{config}: {found}");
        }
    }
}
