//! What was probably meant by a command line that isn't valid.

use std::cmp::Reverse;
use std::ffi::OsString;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::habits::{self, place_of_command};
use super::surplus::{self, naming};
use super::typed::{Names, Typed, below};
use super::{Cli, aws_configure, options, pair};
use crate::failure::{Command, Hint};
use crate::secret::is_withheld;
use crate::settings;
use crate::shell::SHELLS;
use crate::text::slips;

/// AWS CLI's commands that people type most. They are not xcred's.
const SERVICES: [&str; 18] = [
    "s3",
    "s3api",
    "ec2",
    "iam",
    "lambda",
    "ecs",
    "ecr",
    "eks",
    "ssm",
    "rds",
    "logs",
    "dynamodb",
    "cloudformation",
    "cloudfront",
    "route53",
    "sqs",
    "sns",
    "secretsmanager",
];

/// The tip below a mistake. No argument is repeated that may be a secret.
pub fn tip(error: &clap::Error, arguments: &[OsString], known: Names<'_>) -> Option<String> {
    // Help and the version aren't mistakes, and the definition of all commands takes time.
    if !error.use_stderr() {
        return None;
    }
    let typed = Typed::of(arguments);
    let words = &typed.words;
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(name)) if !name.starts_with('-') && !is_withheld(name) => {
            Some(name.as_str())
        }
        _ => None,
    };
    let hint = match error.kind() {
        ErrorKind::InvalidSubcommand => options::with_hyphens(&typed).or_else(|| {
            let name = named(ContextKind::InvalidSubcommand)?;
            of_command(&typed, name, arguments, known)
        }),
        ErrorKind::InvalidValue => of_value(words, error),
        ErrorKind::UnknownArgument => match error.get(ContextKind::InvalidArg) {
            Some(ContextValue::String(option)) if option.starts_with('-') => {
                let program = Cli::definition();
                options::instead(below(&program, words).0, &typed, option)
                    .or_else(|| options::as_key(&typed, arguments, option))
            }
            _ => options::with_hyphens(&typed).or_else(|| {
                let surplus = named(ContextKind::InvalidArg)?;
                surplus::instead(&typed, surplus, arguments, known)
            }),
        },
        ErrorKind::MissingRequiredArgument => {
            // `set --region NAME`: there is such an option, so it is the key that is missing.
            pair::joined(words, &typed, known).or_else(|| options::as_key(&typed, arguments, "--region"))
        }
        _ => None,
    };
    hint.map(|hint| hint.to_string())
}

/// The command to type, with its subcommand, instead of one that xcred doesn't have.
pub fn instead(command: &str, arguments: &[OsString]) -> Option<String> {
    let is_first = arguments.get(place_of_command(arguments)).is_some_and(|word| word == command);
    let habit = habits::instead(command, arguments).map(str::to_owned);
    habit.or_else(|| with_parent(command).filter(|_| is_first)).or_else(|| nearest(command, arguments))
}

/// The command of which a word is a misspelling. clap doesn't see that two letters changed places.
fn nearest(typed: &str, arguments: &[OsString]) -> Option<String> {
    let program = Cli::definition();
    let words = Typed::of(arguments).words;
    let (within, ..) = below(&program, &words);
    let visible = within.get_subcommands().filter(|command| !command.is_hide_set());
    near(typed, visible.map(clap::Command::get_name)).map(str::to_owned)
}

/// The command that has a subcommand of this name, if it is the only one, with it.
fn with_parent(name: &str) -> Option<String> {
    let program = Cli::definition();
    let has = |command: &&clap::Command| {
        command.find_subcommand(name).is_some_and(|found| !found.is_hide_set() && found.get_name() == name)
    };
    let mut parents = program.get_subcommands().filter(has);
    let parent = parents.next().filter(|_| parents.next().is_none())?;
    Some(format!("{} {name}", parent.get_name()))
}

/// Whether clap's tip to put an unknown option behind `--` holds: an argument of the command can begin with a dash.
pub fn may_be_value(arguments: &[OsString]) -> bool {
    options::takes_dashes(below(&Cli::definition(), &Typed::of(arguments).words).0)
}

/// Whether an option that clap finds similar to the one that was typed was probably meant.
pub fn is_near(typed: &str, similar: &str) -> bool {
    let name = |option: &str| option.split(['=', ' ']).next().unwrap_or_default().to_owned();
    let (typed, similar) = (name(typed), name(similar));
    similar.starts_with(&*typed) || near(&typed, std::iter::once(&*similar)).is_some()
}

/// The word among these that was probably meant: only a letter or two differ.
fn near<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let most = if typed.len() < 5 { 1 } else { 2 };
    let near = words.filter_map(|word| Some((slips(typed, word, most)?, word)));
    near.min_by_key(|(slips, word)| (*slips, Reverse(word.len()))).map(|(_, word)| word)
}

/// A value that isn't one of a few, if one of them has another name that is near.
fn of_value(words: &[&str], error: &clap::Error) -> Option<Hint> {
    let (Some(ContextValue::String(argument)), Some(ContextValue::String(typed))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::InvalidValue))
    else {
        return None;
    };
    if words.first() == Some(&"init") && is_posix(typed) {
        return Some(
            format!(
                "xcred has no function for {typed}: `eval \"$(xcred export-env --profile NAME)\"` loads a profile into it"
            )
            .into(),
        );
    }
    let option = argument.split_whitespace().next()?.strip_prefix("--")?;
    let program = Cli::definition();
    let (command, ..) = below(&program, words);
    let values = command.get_arguments().find(|arg| arg.get_long() == Some(option))?.get_possible_values();
    let names = |value: &PossibleValue| value.get_name_and_aliases().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<String> = values.iter().flat_map(names).collect();
    let meant = near(typed, all.iter().map(String::as_str))?;
    let value = values.iter().find(|value| value.matches(meant, false))?.get_name();
    (value != meant).then(|| format!("did you mean `{value}`, which is for {meant}, too?").into())
}

fn is_posix(shell: &str) -> bool {
    SHELLS.iter().any(|known| known.name == "posix" && known.programs.contains(&shell))
}

/// A word in the place of a command.
fn of_command(typed: &Typed<'_>, name: &str, arguments: &[OsString], known: Names<'_>) -> Option<Hint> {
    let is_profile = known.is_profile;
    let words = &typed.words[..];
    let is_first = words.first() == Some(&name);
    if let ["configure", below, ..] = words
        && *below == name
        && !is_profile(name)
        && let Some(hint) = aws_configure::instead(name, typed)
    {
        return Some(hint);
    }
    if words.first() == Some(&"configure") && habits::instead(name, arguments).is_none() {
        let program = Cli::definition();
        let shown = program.find_subcommand("configure")?;
        let shown = shown.get_subcommands().filter(|command| !command.is_hide_set());
        let meant = near(name, shown.map(clap::Command::get_name)).filter(|_| !is_profile(name));
        if let Some(meant) = meant {
            if !typed.has_only(None) {
                return Some(format!("did you mean `{meant}`?").into());
            }
            let command = typed.with_profile(Command::xcred(["configure"]).argument(meant));
            return Some(Hint::did_you_mean(command));
        }
        let configure = typed.if_whole(Command::xcred(["configure"]));
        let profile = match words {
            ["configure", "profile", profile] if !is_withheld(profile) => profile,
            ["configure", profile] if *profile != "profile" => profile,
            _ => return is_profile(name).then(|| naming(configure, name)),
        };
        return Some(naming(configure, profile)).filter(|_| typed.may_name(profile));
    }
    let service = match words {
        ["aws", below, ..] if Cli::definition().find_subcommand(below).is_some() => {
            return Some("leave `aws` out".into());
        }
        ["aws", service, ..] => service,
        _ => name,
    };
    if is_first && SERVICES.contains(&service) {
        let hint =
            Hint::from("xcred calls no services for you, but runs AWS CLI with a profile's credentials: ");
        let exec = typed.with_profile(Command::xcred(["exec"]).argument("aws").argument(service));
        return Some(hint.run(exec.after_dashes()));
    }
    if !is_first || habits::instead(name, arguments).is_some() || !is_profile(name) {
        return None;
    }
    let hint = Hint::from(format!("`{name}` is a profile: ")).run(Command::xcred(["use"]).argument(name));
    let hint = hint.say(" switches this shell to it, ").run(Command::xcred(["resolve"]).argument(name));
    Some(hint.say(" shows what it is"))
}

/// Whether a word was typed as the value of a secret: behind its name, and neither as an option or its value nor as the
/// name of a profile.
pub fn may_be_value_of_secret(word: &str, arguments: &[OsString], is_profile: impl Fn(&str) -> bool) -> bool {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let is_name = |typed: &str| !typed.starts_with('-') && settings::is_secret(typed) && !is_profile(typed);
    let name = words.iter().position(|typed| is_name(typed));
    let mut behind = words.windows(2).skip(name.unwrap_or(words.len()));
    let is_there = behind.any(|pair| pair[1] == word && !pair[0].starts_with('-'));
    is_there && !word.starts_with('-') && !is_profile(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tip_of(typed: &str) -> Option<String> {
        let arguments: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
        let error = Cli::of(&arguments).expect_err("a mistake");
        let names = Names { is_profile: &|name| name == "dev", is_session: &|name| name == "corp" };
        tip(&error, &arguments, names)
    }

    #[test]
    fn a_profile_in_the_wrong_place_is_named_by_the_option() {
        for (typed, meant) in [
            ("xcred get region dev", Some("xcred get region --profile dev")),
            ("xcred get aws_secret_access_key dev", Some("xcred get aws_secret_access_key --profile dev")),
            ("xcred get aws_secret_access_key minioadmin1", None),
            ("xcred set aws_secret_access_key dev minioadmin1", None),
            ("xcred get dev region", Some("xcred get region --profile dev")),
            ("xcred set region eu-west-1 dev", Some("xcred set region eu-west-1 --profile dev")),
            ("xcred set credential_process TOKEN=short dev", Some("--profile dev")),
            ("xcred set dev region eu-west-1", Some("xcred set region eu-west-1 --profile dev")),
            ("xcred set mine x dev", Some("--profile dev")),
            ("xcred unset dev region", Some("xcred unset region --profile dev")),
            ("xcred -v configure dev", Some("xcred configure --profile dev")),
            ("xcred configure role dev", Some("xcred configure role --profile dev")),
            ("xcred keys rotate dev", Some("xcred keys rotate --profile dev")),
            ("xcred sso sync dev", Some("xcred sso sync --profile dev")),
            (
                "xcred configure export-credentials dev",
                Some("xcred configure export-credentials --profile dev"),
            ),
            ("xcred configure list-profiles dev", None),
            ("xcred keys delete AKIAIOSFODNN7EXAMPLE dev", None),
            ("xcred config list dev", None),
            ("xcred keys --region x rotate dev", Some("--profile dev")),
            ("xcred keys rotate dev --delete", Some("--profile dev")),
            ("xcred configure dev -n", Some("--profile dev")),
            ("xcred configure dev -p other", None),
            ("xcred configure role dev -n", Some("--profile dev")),
            ("xcred configure role dev -p other", None),
            ("xcred set region eu-west-1 dev -n", Some("--profile dev")),
            ("xcred set region eu-west-1 dev -p other", None),
            ("xcred set region eu-west-1 dev -p dev", Some("xcred set region eu-west-1 --profile dev")),
            ("xcred unset region dev --replace", Some("--profile dev")),
            ("xcred get region dev --show-origin", Some("xcred get region --profile dev")),
            ("xcred get --region eu-west-1 region dev", Some("xcred get region --profile dev")),
            ("xcred -p dev -- get region", None),
            ("xcred list-profiles dev", None),
            ("xcred configure get region dev", Some("xcred get region --profile dev")),
            ("xcred set region eu-west-1 profile new", Some("xcred set region eu-west-1 --profile new")),
            ("xcred set profile new region eu-west-1", Some("xcred set region eu-west-1 --profile new")),
            ("xcred get profile new", Some("--profile new")),
            ("xcred unset region profile new", Some("xcred unset region --profile new")),
            ("xcred configure profile new", Some("xcred configure --profile new")),
            ("xcred configure role profile new", Some("xcred configure role --profile new")),
            ("xcred keys rotate profile new", Some("xcred keys rotate --profile new")),
            ("xcred configure role new", Some("xcred configure role --profile new")),
            ("xcred keys rotate new", None),
            ("xcred sso sync new", None),
            ("xcred get region output", None),
            ("xcred get region new", None),
            ("xcred unset region new", None),
            ("xcred set region eu-west-1 new", None),
            ("xcred configure role one two", None),
            ("xcred configure one two", None),
            ("xcred configure profile", None),
        ] {
            let expected = meant.map(|meant| format!("to name a profile: `{meant}`"));
            assert_eq!(tip_of(typed), expected, "{typed}");
        }
        assert_eq!(
            tip_of("xcred sso roles 123456789012").as_deref(),
            Some("to name an account: `xcred sso roles --sso-account-id 123456789012`")
        );
        assert_eq!(
            tip_of("xcred sso roles 123456789012 --sso-session corp").as_deref(),
            Some("to name an account: `xcred sso roles --sso-account-id 123456789012 --sso-session corp`")
        );
    }

    #[test]
    fn a_word_too_many_that_is_no_profile_is_never_made_one() {
        const QUOTES: &str = "put the command and its arguments in quotes, as one word";
        for (typed, tip) in [
            (
                "set region = eu-west-1",
                "separate the key and the value with a space: `xcred set region eu-west-1`",
            ),
            (
                "set region : eu-west-1",
                "separate the key and the value with a space: `xcred set region eu-west-1`",
            ),
            (
                "-p dev configure set region = eu-west-1",
                "separate the key and the value with a space: `xcred set region eu-west-1 --profile dev`",
            ),
            (
                "set aws_secret_access_key = minioadmin1",
                "a secret is read from a prompt or a pipe: `xcred set aws_secret_access_key -`",
            ),
            ("set dev.region=x", "separate the key and the value with a space: `xcred set dev.region x`"),
            (
                "set profile.dev.s3.addressing_style=path",
                "separate the key and the value with a space: `xcred set profile.dev.s3.addressing_style path`",
            ),
            ("set new.region=x", "separate the key and the value with a space"),
            (
                "config set mfa.session = true",
                "separate the key and the value with a space: `xcred config set mfa.session true`",
            ),
            (
                "config set mfa.session=true",
                "separate the key and the value with a space: `xcred config set mfa.session true`",
            ),
            (
                "set region eu-west-1 \u{2013}profile dev",
                "an option begins with a hyphen, not with a dash: `--profile`",
            ),
            ("\u{2013}p dev whoami", "an option begins with a hyphen, not with a dash: `-p`"),
            ("whoami \u{2014}region=x dev", "an option begins with a hyphen, not with a dash: `--region`"),
            ("configure \u{2212}-no-input", "an option begins with a hyphen, not with a dash: `--no-input`"),
            ("configure process --credential-process op item get", QUOTES),
            ("set credential_process op item get", QUOTES),
            ("sso sync corp", "to name an SSO session: `xcred sso sync --sso-session corp`"),
            ("configure sso corp", "to name an SSO session: `xcred configure sso --sso-session corp`"),
            ("configure sso-session corp", "to name the session: `xcred configure sso-session --name corp`"),
            (
                "configure sso corp -p dev",
                "to name an SSO session: `xcred configure sso --sso-session corp --profile dev`",
            ),
            ("sso sync corp -n", "to name an SSO session: `--sso-session corp`"),
            ("configure rol -n", "did you mean `role`?"),
            ("set --region eu-west-1", "to set it: `xcred set region eu-west-1`"),
            ("set --output json -p dev", "to set it: `xcred set output json --profile dev`"),
            ("set --aws-secret-access-key x", "to set it: `xcred set aws_secret_access_key -`"),
            (
                "configure --secret-access-key S",
                "other users of the machine can see arguments: `--secrets-from-stdin` reads secrets from a pipe",
            ),
            ("aws configure set region eu-west-1", "leave `aws` out"),
            (
                "aws s3 ls",
                "xcred calls no services for you, but runs AWS CLI with a profile's credentials: `xcred exec -- aws s3`",
            ),
        ] {
            assert_eq!(tip_of(&format!("xcred {typed}")).as_deref(), Some(tip), "{typed}");
        }
    }

    #[test]
    fn a_key_and_its_value_in_one_word_are_separated_and_no_secret_is_an_argument() {
        for (typed, tip) in [
            ("region=eu-west-1", "separate the key and the value with a space: `xcred set region eu-west-1`"),
            (
                "region=eu-west-1 -p dev",
                "separate the key and the value with a space: `xcred set region eu-west-1 --profile dev`",
            ),
            (
                "aws_secret_access_key=minioadmin1",
                "a secret is read from a prompt or a pipe: `xcred set aws_secret_access_key -`",
            ),
            ("mine=x", "separate the key and the value with a space"),
        ] {
            for set in ["set", "configure set"] {
                assert_eq!(tip_of(&format!("xcred {set} {typed}")).as_deref(), Some(tip), "{typed}");
            }
        }
    }

    #[test]
    fn a_command_that_would_write_to_another_section_is_never_a_tip() {
        const SPACE: &str = "separate the key and the value with a space";
        const DEV: &str =
            "separate the key and the value with a space: `xcred set region us-east-1 --profile dev`";
        let key = |name: &str| format!("a key is an argument, not an option: `{name}`");
        for (typed, tip) in [
            ("set dev region = us-east-1", DEV.to_owned()),
            ("set region = us-east-1 dev", DEV.to_owned()),
            ("set new region = us-east-1", SPACE.to_owned()),
            ("set region = us-east-1 dev -p other", SPACE.to_owned()),
            ("set region = us-east-1 -- dev", SPACE.to_owned()),
            ("set sso_region = eu-central-1 --sso-session corp", SPACE.to_owned()),
            ("set sso_region=eu-central-1 --sso-session corp", SPACE.to_owned()),
            ("set endpoint_url = http://x --services s", SPACE.to_owned()),
            ("set region = us-east-1 -n", SPACE.to_owned()),
            ("set region=us-east-1 --replace", SPACE.to_owned()),
            ("set region=", SPACE.to_owned()),
            ("config set mfa.session = true dev", SPACE.to_owned()),
            (
                "set aws_secret_access_key = minioadmin1 -n",
                "a secret is read from a prompt or a pipe".to_owned(),
            ),
            ("set --region us-east-1 --sso-session corp", key("region")),
            ("set --region us-east-1 dev", key("region")),
            ("set --sso-region eu-central-1 --sso-session corp", key("sso_region")),
            ("set --sso-region eu-central-1 dev", key("sso_region")),
            ("set --output json -n", key("output")),
            ("set --output=", key("output")),
        ] {
            assert_eq!(tip_of(&format!("xcred {typed}")), Some(tip), "{typed}");
        }
        let of_region = |typed: &str| {
            let arguments: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            Cli::of(&arguments).expect_err("a mistake").to_string()
        };
        let tip = of_region("xcred set output json --region us-east-1 --profile dev");
        assert!(tip.contains("`xcred set region us-east-1 --profile dev`"), "{tip}");
        for more in ["--sso-session corp", "--services s", "-n", "--replace"] {
            let tip = of_region(&format!("xcred set output json --region us-east-1 {more}"));
            assert!(tip.ends_with("tip: to set the region, name the key `region`\n"), "{tip}");
        }
    }

    #[test]
    fn an_option_that_is_only_spelled_alike_was_not_meant() {
        assert!(is_near("--profle", "--profile") && is_near("--prof", "--profile <NAME>"));
        assert!(is_near("--fromat=json", "--format"));
        assert!(!is_near("--offline", "--profile"));
    }

    #[test]
    fn a_word_behind_the_name_of_a_secret_is_its_value() {
        let may_be = |word: &str, typed: &str| {
            let arguments: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            may_be_value_of_secret(word, &arguments, |name| name == "token-dev")
        };
        assert!(may_be("minioadmin1", "xcred set aws_secret_access_key dev minioadmin1"));
        assert!(!may_be("xml", "xcred get aws_session_token --format xml"));
        assert!(!may_be("production-eu", "xcred get token-dev production-eu"));
        assert!(!may_be("--nope", "xcred get aws_session_token --nope"));
    }

    #[test]
    fn a_subcommand_is_named_with_the_only_command_that_has_it() {
        for (typed, meant) in [
            ("sync", Some("sso sync")),
            ("accounts", Some("sso accounts")),
            ("roles", Some("sso roles")),
            ("activate", Some("keys activate")),
            ("last-used", Some("keys last-used")),
            ("role", Some("configure role")),
            ("bridge", Some("configure bridge")),
            ("sso-session", Some("configure sso-session")),
            ("path", Some("config path")),
            ("list", Some("list-profiles")),
            ("nosuch", None),
        ] {
            let arguments = ["xcred", "-v", typed].map(OsString::from);
            assert_eq!(instead(typed, &arguments).as_deref(), meant, "{typed}");
        }
        assert_eq!(instead("sync", &["xcred", "keys", "sync"].map(OsString::from)), None);
    }

    #[test]
    fn a_slip_is_corrected_before_it_is_taken_for_a_profile() {
        for (typed, meant) in [
            ("xcred configure rol", "did you mean `xcred configure role`?"),
            ("xcred configure proces", "did you mean `xcred configure process`?"),
            ("xcred configure imprt x.csv", "did you mean `xcred configure import`?"),
            ("xcred configure sso-sesion", "did you mean `xcred configure sso-session`?"),
            ("xcred configure web-identty", "did you mean `xcred configure web-identity`?"),
            ("xcred configure dev", "to name a profile: `xcred configure --profile dev`"),
            ("xcred configure unset region", "to remove a setting: `xcred unset region`"),
            (
                "xcred configure unset --profile dev region",
                "to remove a setting: `xcred unset region --profile dev`",
            ),
            ("xcred --profile dev configure rol", "did you mean `xcred configure role --profile dev`?"),
            ("xcred configure prod", "to name a profile: `xcred configure --profile prod`"),
            (
                "xcred init ksh",
                "xcred has no function for ksh: `eval \"$(xcred export-env --profile NAME)\"` loads a profile into it",
            ),
            ("xcred export-env --format bsh", "did you mean `posix`, which is for bash, too?"),
            ("xcred status --json", "to print JSON, give `--format json`"),
            ("xcred resolve dev --json", "to print JSON, give `--format json`"),
            ("xcred whoami --json", "to print JSON, give `--format json`"),
        ] {
            assert_eq!(tip_of(typed).as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(tip_of("xcred export-env --format fihs"), None, "clap knows it");
        assert_eq!(tip_of("xcred unset --json"), None);
        for method in ["role", "web-identity", "process", "bridge", "sso", "sso-session", "import"] {
            let typed = format!("xcred configure {method} --session-token T");
            assert_eq!(tip_of(&typed), None, "only keys have `--secrets-from-stdin`: {typed}");
        }
    }

    #[test]
    fn a_service_or_a_profile_in_the_place_of_a_command_has_a_tip() {
        let tip = tip_of("xcred s3 ls").expect("a tip");
        assert!(tip.ends_with(": `xcred exec -- aws s3`"), "{tip}");
        let tip = tip_of("xcred ec2 describe-vpcs --profile dev").expect("a tip");
        assert!(tip.ends_with(": `xcred exec --profile dev -- aws ec2`"), "{tip}");
        let tip = tip_of("xcred dev").expect("a tip");
        assert!(tip.contains("`xcred use dev`") && tip.contains("`xcred resolve dev`"), "{tip}");
        assert_eq!(tip_of("xcred nosuch"), None);
        assert_eq!(tip_of("xcred keys dev"), None);
    }
}
