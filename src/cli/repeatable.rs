//! Which command lines a hint may repeat with another word in them, ready to be pasted. For all others it names the word.

use std::ffi::OsString;

use crate::secret::Care;
use crate::settings::{is_command, is_secret, masked};

/// The programs' own words can hold any secret, and what a command removes should not depend on a guess.
const NEVER: [&str; 6] = ["exec", "--", "remove", "delete", "-y", "--yes"];

/// Whether nothing in a command line may be a secret or do harm.
pub fn is_repeatable(arguments: &[OsString]) -> bool {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    // `KEY`, `PROFILE.KEY` and `KEY=VALUE`.
    let names_secret = |word: &str| is_secret(word.split('=').next().unwrap_or_default());
    // A command line with arguments, in one word.
    let is_command_line = |word: &str| {
        let mut parts = word.split_whitespace().skip(1);
        parts.any(|part| !part.chars().all(char::is_alphabetic))
    };
    let names_command = |word: &str| {
        let name = word.split('=').next().unwrap_or_default();
        // Of the words with a hyphen, only options name settings.
        (name.starts_with('-') || !name.contains('-')) && is_command(name)
    };
    let line = words.join(" ");
    !words.iter().any(|word| is_command_line(word) || names_command(word))
        && !words.iter().any(|word| NEVER.contains(&&**word) || names_secret(word))
        && masked(&line, Care::Great) == line
}

/// Whether an argument has the value of a secret behind its name, or an address with a password.
pub fn has_named_secret(argument: &str) -> bool {
    argument.contains(['=', ':']) && masked(argument, Care::Usual) != argument
}

/// How many of the arguments are this program's: those behind the `--` of `exec` are another's.
pub fn count_of_own(arguments: &[OsString]) -> usize {
    let dashes = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    if arguments[..dashes].iter().any(|argument| argument == "exec") { dashes } else { arguments.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_dashes_of_exec_is_another_programs() {
        for (line, own) in
            [("xcred exec -p dev -- env TOKEN=x", 4), ("xcred exec -p dev", 4), ("xcred set -- x TOKEN=x", 5)]
        {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(count_of_own(&words), own, "{line}");
        }
    }

    #[test]
    fn the_value_of_a_secret_is_known_by_its_name_in_an_argument() {
        for argument in ["AWS_SECRET_ACCESS_KEY=x", "--password=x", "https://me:x@host/"] {
            assert!(has_named_secret(argument), "{argument}");
        }
        for argument in ["--region=x", "https://host:80/", "arn:aws:secretsmanager:x:1:secret:db", "a=b"] {
            assert!(!has_named_secret(argument), "{argument}");
        }
    }

    #[test]
    fn a_line_with_a_secret_or_a_removal_is_not_repeated() {
        let is_repeatable =
            |line: &str| is_repeatable(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        for line in [
            "xcred set aws_secret_access_key short -p dve",
            "xcred set -p dve dev.aws_secret_acces_key short",
            "xcred set credential_proces program.sh --password short",
            "xcred set credential_process env,TOKEN=short",
            "xcred set endpoint_ulr https://joe:short@example.com",
            "xcred set note wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY -p dve",
            "xcred set note k3Fz9QwX7bLm2VtR8sYp -p dve",
            "xcred set credential_process tool -p dve",
            "xcred set profile.dve.credential_proces tool",
            "xcred configure process --credential-process=tool -p dve",
            "xcred config set mfa.command tool",
            "xcred sso sync --set my_password=short",
            "xcred -vp dve exec mysql -pshort",
            "xcred whoami -p dve -- x",
            "xcred profile remove dve",
            "xcred keys delete AKIAIOSFODNN7EXAMPLE -p dve",
            "xcred keys rotate -p dve --yes",
        ] {
            assert!(!is_repeatable(line), "{line}");
        }
        let words = ["xcred", "config", "set", "mfa.comand", "tool -u me:short"].map(OsString::from);
        assert!(!super::is_repeatable(&words));
        for line in [
            "xcred set region eu-wst-1 -p dev",
            "xcred get dve.region",
            "xcred credential-process -p dve",
            "xcred configure process -p dve",
            "xcred configure role --role-arn arn:aws:iam::123456789012:role/Administrator -p dve",
            "xcred config set profiles.Prod.confirm true",
            "xcred profile copy dve x",
            "xcred configure sso --sso-start-url https://corp.awsapps.com/strt",
        ] {
            assert!(is_repeatable(line), "{line}");
        }
    }
}
