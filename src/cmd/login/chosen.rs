//! The sign-in of the command's profile, and what is said where it has none.

use crate::cmd::session::Session;
use crate::failure::{Code, Command, Failure, Hint};
use crate::login::Configured;
use crate::profile::Files;
use crate::world::World;

/// The sign-in of a profile that has to exist if it is named. `None` if it uses none.
///
/// # Errors
/// As [`configured`].
pub(in crate::cmd) fn of_profile(
    verb: &'static str,
    session: &Session<'_>,
    world: &World,
) -> Result<Option<Configured>, Failure> {
    require_profile(verb, session)?;
    configured(session, world)
}

/// The sign-in of the command's profile.
///
/// # Errors
/// It is incomplete. Or nothing names the profile, and the shell is another one that doesn't use the same sign-in.
pub(in crate::cmd) fn configured(
    session: &Session<'_>,
    world: &World,
) -> Result<Option<Configured>, Failure> {
    let of = |name: &str| Configured::of_profile(&session.files, name);
    let own = of(&session.selection.name.value);
    let Err(other) = session.selection.clone().for_edit(world) else { return Ok(own?) };
    let own = own.ok().flatten().filter(|own| {
        let shells = world.loaded_profile().and_then(|shell| of(shell).ok().flatten());
        shells.is_some_and(|shells| own.sign_in().identity() == shells.sign_in().identity())
    });
    if own.is_some() { Ok(own) } else { Err(other.into()) }
}

/// The error of `verb`, `login` or `logout`, for a profile that uses no sign-in.
pub(crate) fn nothing(verb: &'static str, profile: &str, files: &Files) -> Failure {
    let message = format!("profile `{profile}` has no sign-in");
    let help = match files.sso_sessions().next() {
        Some(session) => {
            let command = Command::xcred([verb]).option("--sso-session", session.into_owned());
            Hint::from("name a session: ").run(command)
        }
        None if verb == "logout" => {
            Hint::from(Command::xcred(["login", "--status"])).say(" lists the sign-ins")
        }
        None => {
            let sso = Command::xcred(["configure", "sso"]).profile(profile);
            let console = Command::xcred(["login", "--console"]).profile(profile);
            Hint::from("set one up: ").run(sso).say(" or ").run(console)
        }
    };
    Failure::plain(Code::InvalidConfig, message).with_help(help)
}

/// An error if the named profile doesn't exist.
pub(super) fn require_profile(verb: &'static str, session: &Session<'_>) -> Result<(), Failure> {
    session.require_profile().map_err(|failure| {
        session_instead(verb, &session.selection.name.value, &session.files).unwrap_or(failure)
    })
}

/// The error for a profile that doesn't exist but has the name of a session. `None` if no session has it.
fn session_instead(verb: &'static str, profile: &str, files: &Files) -> Option<Failure> {
    files.sso_sessions().find(|session| *session == profile)?;
    let message = format!("profile `{profile}` not found");
    let command = Command::xcred([verb]).option("--sso-session", profile);
    let help = Hint::from(format!("`{profile}` is an sso-session: ")).run(command);
    Some(Failure::plain(Code::ProfileNotFound, message).with_help(help))
}
