//! A profile that has no sign-in.

use crate::failure::{Code, Command, Failure, Hint};

pub(crate) fn nothing(profile: &str) -> Failure {
    let message = format!("profile `{profile}` has no sign-in");
    let [sso, console] = [Command::xcred(["configure", "sso"]), Command::xcred(["login", "--console"])];
    let help = Hint::from("set one up: ").run(sso.profile(profile)).say(" or ").run(console.profile(profile));
    Failure::plain(Code::InvalidConfig, message).with_help(help)
}
