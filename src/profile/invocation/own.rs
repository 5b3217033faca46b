//! Command lines that make xcred or AWS CLI print a profile's credentials, and do nothing else: what comes of them is known
//! without running them.

use super::programs::{SWITCHES, base, behind_short};
use crate::text::words;

/// Programs that only start the one behind them.
const STARTERS: [&str; 4] = ["env", "exec", "command", "nohup"];

const SHELLS: [&str; 4] = ["sh", "bash", "dash", "zsh"];

/// How many shells may start each other in one line.
const SHELLS_IN_SHELLS: usize = 3;

/// Whose credentials a command line makes xcred or AWS CLI print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    Of(String),
    /// Those of the profile that the environment selects.
    OfEnvironment,
}

/// What a command line makes xcred or AWS CLI print. `is_set` is whether a variable has this value already. Nothing where the
/// line does more, where it changes which files are read, and where that is not certain.
pub fn printed(line: &str, is_set: &impl Fn(&str, &str) -> bool) -> Option<Printed> {
    in_words(&words::split(line)?, is_set, SHELLS_IN_SHELLS)
}

fn in_words(words: &[String], is_set: &impl Fn(&str, &str) -> bool, shells: usize) -> Option<Printed> {
    let mut by_variable = None;
    let mut rest = words.iter().enumerate();
    loop {
        let (at, word) = rest.next()?;
        match (base(word), word.split_once('=')) {
            (program @ ("xcred" | "aws"), _) => {
                let found = of_arguments(program, &words[at + 1..])?;
                return Some(match (found, by_variable) {
                    (Printed::OfEnvironment, Some(name)) => Printed::Of(name),
                    (found, _) => found,
                });
            }
            (program, _) if STARTERS.contains(&program) => {}
            (program, _) if SHELLS.contains(&program) && shells > 0 => {
                let [option, script] = &words[at + 1..] else { return None };
                if option != "-c" || words::meant_for_a_shell(script).is_some() {
                    return None;
                }
                return in_words(&words::split(script)?, is_set, shells - 1);
            }
            (_, Some(("AWS_PROFILE", name))) => by_variable = Some(name.to_owned()),
            (_, Some((variable, value))) => {
                let is_of_others = variable == "HOME"
                    || ["AWS_", "XCRED_", "XDG_"].iter().any(|of| variable.starts_with(of));
                if variable.starts_with('-') || is_of_others && !is_set(variable, value) {
                    return None;
                }
            }
            // `env -i` keeps what it sets.
            ("-i" | "-", None) => {}
            _ => return None,
        }
    }
}

fn of_arguments(program: &str, arguments: &[String]) -> Option<Printed> {
    let (mut verbs, mut name) = (Vec::new(), None);
    let mut words = arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let short = behind_short(word).filter(|_| program == "xcred");
        match (word, short) {
            // Another program follows.
            ("--", _) => break,
            ("--profile", _) | (_, Some("")) => name = Some(words.next()?),
            _ if let Some(value) = word.strip_prefix("--profile=") => name = Some(value),
            (_, Some(glued)) => name = Some(glued.strip_prefix('=').unwrap_or(glued)),
            _ if word.starts_with("--access-key-id") => return None,
            _ if word.starts_with('-') => {
                if !SWITCHES.contains(&word) && !word.contains('=') {
                    words.next()?;
                }
            }
            _ => verbs.push(word),
        }
    }
    let behind = match (program, verbs.as_slice()) {
        (_, ["configure", "export-credentials"]) | ("xcred", ["credential-process" | "exec"]) => None,
        ("xcred", ["credential-process" | "exec", name]) => Some(*name),
        _ => return None,
    };
    Some(name.or(behind).map_or(Printed::OfEnvironment, |name| Printed::Of(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_only_prints_credentials_is_followed() {
        let printed = |line: &str| printed(line, &|name, value| (name, value) == ("HOME", "/home/ada"));
        for line in [
            "xcred credential-process --profile p",
            "xcred credential-process --profile=p",
            "/opt/bin/xcred -p p credential-process",
            "xcred credential-process -pp",
            "xcred credential-process -vp p",
            "xcred credential-process p",
            "xcred credential-process --no-cache p",
            "xcred credential-process --region eu-west-1 p",
            "xcred exec p -- aws configure export-credentials",
            "xcred configure export-credentials --profile p",
            "aws configure export-credentials --profile p --format process",
            "env xcred credential-process -p p",
            "env A=b xcred credential-process -p p",
            "env -i HOME=/home/ada xcred credential-process -p p",
            "AWS_PROFILE=p xcred credential-process",
            "sh -c 'xcred credential-process -p p'",
            "sh -c 'exec xcred credential-process -p p'",
            "bash -c \"sh -c 'xcred credential-process -p p'\"",
            "'C:\\bin\\xcred.exe' credential-process -p p",
        ] {
            assert_eq!(printed(line), Some(Printed::Of("p".to_owned())), "{line}");
        }
        assert_eq!(printed("xcred credential-process"), Some(Printed::OfEnvironment));
        for line in [
            "",
            "xcred",
            "xcred list-profiles",
            "xcred credential-process -p",
            "xcred credential-process --access-key-id AKIA",
            "env HOME=/home/bob xcred credential-process -p p",
            "AWS_CONFIG_FILE=/other xcred credential-process -p p",
            "sudo -u bob xcred credential-process -p p",
            "sh -c 'xcred credential-process -p p || other'",
            "sh -c 'xcred credential-process -p $P'",
            "sh -c",
            "aws sts get-session-token --profile p",
            "aws-vault exec p -- xcred credential-process -p p",
            "other xcred credential-process -p p",
        ] {
            assert_eq!(printed(line), None, "{line}");
        }
    }
}
