//! Commands that AWS CLI has behind `configure`, and what does their work here.

use super::typed::Typed;
use crate::failure::{Command, Hint};
use crate::secret::is_withheld;

/// What to type instead of AWS CLI's command `name`, which is below `configure`.
pub(super) fn instead(name: &str, typed: &Typed<'_>) -> Option<Hint> {
    Some(match name {
        "unset" if !typed.has_only(None) || typed.words.len() > 3 => {
            "to remove a setting, leave `configure` out".into()
        }
        "unset" => {
            let key = typed.words.get(2).filter(|word| !is_withheld(word)).unwrap_or(&"KEY");
            let command = Command::xcred(["unset"]).argument(*key);
            Hint::from("to remove a setting: ").run(typed.with_profile(command))
        }
        "mfa-login" => Hint::from("codes are asked for where they are needed; ")
            .run(Command::xcred(["config", "set", "mfa.session", "true"]))
            .say(" makes one code last for all roles of a device"),
        "add-model" | "agent-toolkit" => {
            Hint::from("this is AWS CLI's alone: ").run(Command::new(["aws", "configure"]).argument(name))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn of(name: &str, typed: &str) -> Option<Hint> {
        let words = ["xcred", "configure"].into_iter().chain(typed.split(' '));
        instead(name, &Typed::of(&words.map(OsString::from).collect::<Vec<_>>()))
    }

    #[test]
    fn a_command_of_aws_cli_leads_to_the_one_that_does_its_work() {
        for (typed, command) in [
            ("unset region", "xcred unset region"),
            ("unset", "xcred unset KEY"),
            ("unset --profile dev region", "xcred unset region --profile dev"),
            ("unset region -pdev", "xcred unset region --profile dev"),
            ("mfa-login", "xcred config set mfa.session true"),
            ("add-model --service-model", "aws configure add-model"),
        ] {
            let name = typed.split(' ').next().unwrap_or_default();
            let hint = of(name, typed).expect("a hint");
            assert_eq!(hint.command().map(ToString::to_string).as_deref(), Some(command));
        }
        assert!(of("dev", "dev").is_none());
        for typed in ["unset region --sso-session corp", "unset region -n", "unset region dev"] {
            let hint = of("unset", typed).expect("a hint");
            assert_eq!(hint.to_string(), "to remove a setting, leave `configure` out", "{typed}");
        }
    }
}
