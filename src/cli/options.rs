//! Options of AWS CLI, aws-vault and granted, where they are spelled differently here.

use std::ffi::OsString;

use super::typed::{Typed, below};
use super::{Cli, prints_json};
use crate::failure::{Command, Hint};
use crate::secret::Care;
use crate::settings::{self, masked};

/// What does here what an option does that the command `defined` doesn't have.
pub(super) fn instead(defined: &clap::Command, typed: &Typed<'_>, option: &str) -> Option<Hint> {
    let option = option.split(['=', ' ']).next().unwrap_or_default();
    let has = |long: &str| defined.get_arguments().any(|arg| arg.get_long() == Some(long));
    // Of other commands, the first argument isn't a profile.
    let takes_profile = defined.get_positionals().any(|arg| arg.get_id() == "named");
    let same = |command| if takes_profile { typed.with_named(command) } else { typed.with_profile(command) };
    Some(match (*typed.words.first()?, option) {
        ("exec", "--json" | "-j") => Hint::from("to print the credentials as JSON: ")
            .run(typed.with_profile(Command::xcred(["credential-process"]))),
        ("exec", "--no-session") => {
            "leave `--no-session` out: keys of a profile are passed on without a session".into()
        }
        ("exec", "--server" | "--ec2-server" | "--ecs-server") if has("serve") => {
            "to serve renewed credentials to the command, give `--serve`".into()
        }
        ("use", "-c" | "--console") => {
            Hint::from("to open the AWS console: ").run(typed.with_named(Command::xcred(["console"])))
        }
        ("use", "--un" | "--unset") => {
            Hint::from("to leave the profile: ").run(Command::xcred(["use"]).flag("--none"))
        }
        ("console", "--url" | "--stdout" | "-s") => "to print the link, give `--print`".into(),
        (
            "configure",
            "--secret-access-key" | "--aws-secret-access-key" | "--session-token" | "--aws-session-token",
        ) if has("secrets-from-stdin") => {
            "other users of the machine can see arguments: `--secrets-from-stdin` reads secrets from a pipe"
                .into()
        }
        ("login", "--stdout" | "-s") => {
            let console = typed.with_named(Command::xcred(["console"]));
            Hint::from("to print a link to the AWS console: ").run(console.flag("--print"))
        }
        (_, "--json" | "--output") if prints_json(defined) => "to print JSON, give `--format json`".into(),
        (_, "--query") if prints_json(defined) => {
            "to choose a part, give `--format json` and pass the output to a program such as jq".into()
        }
        (_, "--debug") => "to print more detail, give `--verbose`".into(),
        (_, "--no-verify-ssl" | "--ca-bundle") => {
            let set = same(Command::xcred(["set", "ca_bundle", "PATH"]));
            Hint::from("to trust another certificate, name its file in AWS_CA_BUNDLE, or: ").run(set)
        }
        (_, "--endpoint-url") => {
            let set = same(Command::xcred(["set", "endpoint_url", "URL"]));
            Hint::from("to send requests elsewhere, set AWS_ENDPOINT_URL, or: ").run(set)
        }
        _ => return None,
    })
}

/// The key of `set` that was typed as an option.
pub(super) fn as_key(typed: &Typed<'_>, arguments: &[OsString], option: &str) -> Option<Hint> {
    if !matches!(typed.words[..], ["set", ..] | ["configure", "set", ..]) {
        return None;
    }
    let option = option.split('=').next()?;
    let name = option.trim_start_matches('-').replace('-', "_");
    settings::variable(&name)?;
    let value = value_of(option, arguments)?;
    let is_else = |word: &&str| !matches!(*word, "configure" | "set") && *word != value;
    if value.is_empty()
        || value.starts_with('-')
        || !typed.has_only(Some(option))
        || typed.words.iter().any(is_else)
    {
        return Some(format!("a key is an argument, not an option: `{name}`").into());
    }
    let is_shown = !settings::is_secret(&name) && masked(value, Care::Great) == value;
    let set = Command::set(name, if is_shown { value } else { "-" });
    Some(Hint::from("to set it: ").run(typed.with_profile(set)))
}

/// What was meant by an option that begins with a dash, which is what editors and web pages make of hyphens.
pub(super) fn with_hyphens(typed: &Typed<'_>) -> Option<Hint> {
    const DASHES: [char; 7] =
        ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];
    let program = Cli::definition();
    let (defined, ..) = below(&program, &typed.words);
    let option = typed.words.iter().find_map(|word| {
        let name = word.strip_prefix(DASHES)?.trim_start_matches(DASHES).trim_start_matches('-');
        let name = name.split('=').next()?;
        let mut known = defined.get_arguments().chain(program.get_arguments());
        known.find_map(|arg| match (arg.get_long(), arg.get_short()) {
            (Some(long), _) if long == name => Some(format!("--{long}")),
            (_, Some(short)) if name.strip_prefix(short) == Some("") => Some(format!("-{short}")),
            _ => None,
        })
    })?;
    Some(Hint::from(format!("an option begins with a hyphen, not with a dash: `{option}`")))
}

/// The value that was typed for an option.
pub(super) fn value_of<'t>(option: &str, typed: &'t [OsString]) -> Option<&'t str> {
    let mut words = typed.iter().map(|word| word.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        if word == option {
            return words.next();
        }
        if let Some(value) = word.strip_prefix(option).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value);
        }
    }
    None
}

/// Whether an argument of this command may begin with a dash.
pub(super) fn takes_dashes(defined: &clap::Command) -> bool {
    defined.get_positionals().any(|arg| arg.get_id() == "value")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::{Cli, Names, may_be_value, tip};

    #[test]
    fn an_option_of_another_program_is_named_as_it_is_spelled_here() {
        const JSON: &str = "to print JSON, give `--format json`";
        for (typed, meant) in [
            ("whoami --output json", JSON),
            ("status --json", JSON),
            ("whoami --query Account", "to choose a part, give `--format json` and"),
            ("whoami --debug", "to print more detail, give `--verbose`"),
            ("whoami --no-verify-ssl", "AWS_CA_BUNDLE, or: `xcred set ca_bundle PATH`"),
            ("whoami --endpoint-url=http://x", "AWS_ENDPOINT_URL, or: `xcred set endpoint_url URL`"),
            ("console dev --url", "to print the link, give `--print`"),
            ("console dev -s", "to print the link, give `--print`"),
            ("login dev --stdout", ": `xcred console --profile dev --print`"),
            ("exec -p dev --no-session ls", "leave `--no-session` out"),
            ("exec --json", ": `xcred credential-process`"),
            ("exec -p dev -j", ": `xcred credential-process --profile dev`"),
            ("exec --profile=dev --json", ": `xcred credential-process --profile dev`"),
            ("exec -pdev --json", ": `xcred credential-process --profile dev`"),
            ("exec --json dev -- true", ": `xcred credential-process --profile dev`"),
            ("exec --json dev true", ": `xcred credential-process`"),
            ("whoami dev --no-verify-ssl", "or: `xcred set ca_bundle PATH --profile dev`"),
            ("whoami dev --endpoint-url http://x", "or: `xcred set endpoint_url URL --profile dev`"),
            ("whoami --ca-bundle x dev", "or: `xcred set ca_bundle PATH --profile dev`"),
            ("whoami --ca-bundle x", "or: `xcred set ca_bundle PATH`"),
            ("get region --endpoint-url http://x", "or: `xcred set endpoint_url URL`"),
            ("use -c dev", ": `xcred console --profile dev`"),
            ("use -c --region eu-west-1 dev", ": `xcred console --profile dev`"),
            ("login --region eu-west-1 --stdout", ": `xcred console --print`"),
            ("login --stdout --profile=dev", ": `xcred console --profile dev --print`"),
            ("login --stdout --browsr x dev", ": `xcred console --profile NAME --print`"),
            ("-p dev whoami --no-verify-ssl", "or: `xcred set ca_bundle PATH --profile dev`"),
        ] {
            let arguments: Vec<OsString> =
                ["xcred"].into_iter().chain(typed.split(' ')).map(OsString::from).collect();
            let names = Names { is_profile: &|_| false, is_session: &|_| false };
            let tip = tip(&Cli::of(&arguments).expect_err("a mistake"), &arguments, names);
            assert!(tip.as_ref().is_some_and(|tip| tip.contains(meant)), "{typed}: {tip:?}");
            assert!(!may_be_value(&arguments), "{typed}");
        }
        assert!(may_be_value(&["xcred", "set", "x", "--y"].map(OsString::from)));
    }
}
