//! The sign-in of the command: that of a session, or of a profile.

use std::borrow::Cow;

use super::Error;
use crate::cmd::Cx;
use crate::cmd::login::{How, SigningIn};
use crate::cmd::session::Session;
use crate::config::Config;
use crate::failure::Failure;
use crate::login::{Configured, IdentityCenter};
use crate::sdk::Sdk;
use crate::sync::Portal;

/// The sign-in of the session that an option names, else the one that the profile or one of its source profiles uses.
/// With `how` the user signs in if that is needed. `verb` is the command, for what it suggests.
pub(super) fn found(
    session: &Session<'_>,
    named: Option<&str>,
    how: Option<How>,
    verb: &'static str,
    cx: Cx<'_>,
) -> Result<IdentityCenter, Failure> {
    let found = configured(session, named, verb)?;
    if let Some(how) = how {
        let config = Config::load(cx.world)?;
        let signing_in = SigningIn { cx, session, config: &config, how };
        if !signing_in.lasts(&found) {
            return signing_in.sign_in(&found);
        }
    }
    Ok(found)
}

fn configured(
    session: &Session<'_>,
    named: Option<&str>,
    verb: &'static str,
) -> Result<IdentityCenter, Failure> {
    let files = &session.files;
    let profile = &session.selection.name.value;
    let configured = match named {
        Some(named) => Some(Configured::of_session(files, named)?),
        None => {
            session.require_profile()?;
            Configured::of_profile(files, profile)?
        }
    };
    match configured {
        Some(Configured::IdentityCenter(found)) => Ok(found),
        _ => {
            let session = files.sso_sessions().next().map(Cow::into_owned);
            Err(Error::NotUsed { verb, profile: profile.clone(), session }.into())
        }
    }
}

/// What `sync` needs to know of a sign-in.
pub(super) fn portal(found: &IdentityCenter) -> Portal {
    Portal {
        session: found.token().session().map(str::to_owned),
        start_url: found.start_url.value.clone(),
        region: found.region.value.clone(),
    }
}

/// A session of the command, whose files can be parsed: what is listed is compared with them.
pub(super) fn open<'w>(cx: Cx<'w>, named: Option<&str>) -> Result<Session<'w>, Failure> {
    if named.is_some() && cx.global.profile.is_some() {
        let message = "`--profile` and `--sso-session` can't be used together";
        return Err(Failure::usage(message).with_help("the session is enough"));
    }
    let session = Session::new(cx, Sdk::default())?;
    session.files.check()?;
    Ok(session)
}
