//! A profile that has no sign-in.

use crate::cmd::session::Session;
use crate::failure::{Code, Command, Failure, Hint};
use crate::profile::Files;

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
pub(in crate::cmd) fn require_profile(verb: &'static str, session: &Session<'_>) -> Result<(), Failure> {
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
