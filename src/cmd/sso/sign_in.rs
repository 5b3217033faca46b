//! The sign-in of the command: that of a session, or of a profile.

use std::borrow::Cow;

use super::Error;
use crate::cli::sso::PortalOptions;
use crate::cmd::Cx;
use crate::cmd::login::{self, How, SigningIn};
use crate::cmd::session::Session;
use crate::config::Config;
use crate::failure::Failure;
use crate::login::{Configured, IdentityCenter};
use crate::sdk::Sdk;
use crate::sync::Portal;
use crate::world::World;

/// The session of the command, and the sign-in of the SSO session that an option names, else the one that the profile or one
/// of its source profiles uses. With `--login` the user signs in as `how` says if that is needed. `verb` is the command, for
/// what it suggests.
pub(super) fn open<'w>(
    options: &PortalOptions,
    how: How,
    verb: &'static str,
    cx: Cx<'w>,
) -> Result<(Session<'w>, IdentityCenter), Failure> {
    let named = options.sso_session.as_deref();
    if named.is_some() && cx.global.profile.is_some() {
        let message = "`--profile` and `--sso-session` can't be used together";
        return Err(Failure::usage(message).with_help("the session is enough"));
    }
    let session = Session::new(cx, Sdk::default())?;
    // What is listed is compared with the files.
    session.files.check()?;
    let mut found = configured(&session, named, verb, cx.world)?;
    if options.login {
        let config = Config::load(cx.world)?;
        let signing_in = SigningIn { cx, session: &session, config: &config, how };
        if !signing_in.lasts(&found) {
            found = signing_in.sign_in(&found)?;
        }
    }
    Ok((session, found))
}

fn configured(
    session: &Session<'_>,
    named: Option<&str>,
    verb: &'static str,
    world: &World,
) -> Result<IdentityCenter, Failure> {
    let files = &session.files;
    let profile = &session.selection.name.value;
    let configured = match named {
        Some(named) => Some(Configured::of_session(files, named)?),
        None => {
            session.require_profile()?;
            login::configured(session, world)?
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
