//! The sign-in of the command: that of a session, or of a profile.

use std::collections::HashSet;

use super::Error;
use crate::cmd::session::Session;
use crate::failure::Failure;
use crate::login::SignIn;
use crate::origin::{Located, Origin};
use crate::profile::{Profile, SectionName};
use crate::settings::{SOURCE_PROFILE, SSO_REGION, SSO_SESSION, SSO_START_URL};
use crate::sync::Portal;
use crate::{client, profile};

/// A sign-in, and where its portal is.
pub(super) struct Target {
    pub(super) sign_in: SignIn,
    pub(super) start_url: Located<String>,
    pub(super) region: Located<String>,
}

impl Target {
    pub(super) fn portal(&self) -> Portal {
        let session = match &self.sign_in {
            SignIn::SsoSession(session) => Some(session.clone()),
            _ => None,
        };
        Portal { session, start_url: self.start_url.value.clone(), region: self.region.value.clone() }
    }
}

/// The sign-in of the session that an option names, else the one that the profile or one of its source profiles uses.
pub(super) fn target(session: &Session<'_>, named: Option<&str>) -> Result<Target, Failure> {
    if let Some(named) = named {
        return of_session(session, named, &Origin::Option { name: "--sso-session" });
    }
    session.require_profile()?;
    let selected = &session.selection.name.value;
    let (mut name, mut seen) = (selected.clone(), HashSet::new());
    while seen.insert(name.clone()) {
        let profile = session.files.profile(&name);
        if let Some(found) = text(&profile, SSO_SESSION.name)? {
            return of_session(session, &found.value, &found.origin);
        }
        if let Some(start_url) = text(&profile, SSO_START_URL.name)? {
            let Some(region) = text(&profile, SSO_REGION.name)? else {
                return Err(Error::NoRegion { profile: name, origin: start_url.origin }.into());
            };
            let sign_in = SignIn::Sso { start_url: start_url.value.clone(), profile: name };
            return Ok(Target { sign_in, start_url, region });
        }
        match text(&profile, SOURCE_PROFILE.name)? {
            Some(source) => name = source.value,
            None => break,
        }
    }
    let sessions = session.files.siblings(&SectionName::SsoSession(String::new()));
    let session = sessions.into_iter().next().map(std::borrow::Cow::into_owned);
    Err(Error::NotUsed { profile: selected.clone(), session }.into())
}

fn of_session(session: &Session<'_>, name: &str, by: &Origin) -> Result<Target, Failure> {
    let section = SectionName::SsoSession(name.to_owned());
    session.files.require(&section, by)?;
    let found = session.files.find(&section);
    let required = |key: &'static str| {
        text(&found, key)?.ok_or_else(|| {
            let origin = found.places().into_iter().next().map_or_else(|| by.clone(), Origin::File);
            Failure::from(client::Error::IncompleteSession { session: name.to_owned(), key, origin })
        })
    };
    let (start_url, region) = (required(SSO_START_URL.name)?, required(SSO_REGION.name)?);
    Ok(Target { sign_in: SignIn::SsoSession(name.to_owned()), start_url, region })
}

fn text(section: &Profile<'_>, key: &str) -> Result<Option<Located<String>>, Failure> {
    Ok(section.value(key).map(|found| client::plain(key, found)).transpose()?)
}

/// A session of the command, whose files can be parsed: what is listed is compared with them.
pub(super) fn open<'w>(cx: crate::cmd::Cx<'w>, named: Option<&str>) -> Result<Session<'w>, Failure> {
    if named.is_some() && cx.global.profile.is_some() {
        let message = "`--profile` and `--sso-session` can't be used together";
        return Err(Failure::usage(message).with_help("the session is enough"));
    }
    let session = Session::new(cx, crate::sdk::Sdk::default())?;
    session.files.check().map_err(|error: profile::Error| Failure::from(error))?;
    Ok(session)
}
