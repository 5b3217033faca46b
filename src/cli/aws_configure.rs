//! Commands that AWS CLI has behind `configure`, and what does their work here.

use crate::failure::{Command, Hint};
use crate::secret::is_withheld;

/// What to type instead of AWS CLI's command `name`; `rest` are the words behind it.
pub(super) fn instead(name: &str, rest: &[&str]) -> Option<Hint> {
    Some(match name {
        "unset" => {
            let key = rest.iter().find(|word| !word.starts_with('-') && !is_withheld(word));
            Hint::from("to remove a setting: ")
                .run(Command::xcred(["unset"]).argument(*key.unwrap_or(&"KEY")))
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
    use super::*;

    #[test]
    fn a_command_of_aws_cli_leads_to_the_one_that_does_its_work() {
        for (name, rest, command) in [
            ("unset", &["region"][..], "xcred unset region"),
            ("unset", &[], "xcred unset KEY"),
            ("mfa-login", &[], "xcred config set mfa.session true"),
            ("add-model", &["--service-model"], "aws configure add-model"),
        ] {
            let hint = instead(name, rest).expect("a hint");
            assert_eq!(hint.command().map(ToString::to_string).as_deref(), Some(command));
        }
        assert!(instead("dev", &[]).is_none());
    }
}
