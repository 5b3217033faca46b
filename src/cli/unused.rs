//! Global options that a command has no use for: they aren't in its help, and giving them is a mistake.

use clap::Arg;
use clap::error::ErrorKind;

use super::configure::{Configure, Method};
use super::{Command, ExportEnv, Global, Profile};
use crate::failure::Command as Hinted;
use crate::secret::is_withheld;

pub(super) const PROFILE: &str = "profile";
const REGION: &str = "region";
/// With this option, `export-env` is about no profile. Its help has the global options: they belong to the command.
const UNSET: &str = "--unset";

/// The commands with the options that neither they nor their subcommands use.
const UNUSED: &[(&[&str], &[&str])] = &[
    (&["list-profiles"], &[PROFILE, REGION]),
    (&["logout"], &[REGION]),
    (&["sso", "accounts"], &[REGION]),
    (&["sso", "roles"], &[REGION]),
    (&["sso", "sync"], &[REGION]),
    (&["set"], &[REGION]),
    (&["unset"], &[REGION]),
    (&["profile"], &[PROFILE, REGION]),
    (&["config"], &[PROFILE, REGION]),
    (&["configure", "list-profiles"], &[PROFILE, REGION]),
    (&["configure", "sso-session"], &[PROFILE, REGION]),
    (&["export-env", UNSET], &[PROFILE, REGION]),
    (&["init"], &[PROFILE, REGION]),
    (&["completions"], &[PROFILE, REGION]),
    (&["man"], &[PROFILE, REGION]),
];

/// Hides them in the help of each command. The program must not have been built.
pub(super) fn hide(program: clap::Command) -> clap::Command {
    let options: Vec<Arg> = program.get_arguments().cloned().collect();
    hide_below(program, &options, &[])
}

fn hide_below(command: clap::Command, options: &[Arg], above: &[String]) -> clap::Command {
    // `mut_subcommand` would move the command to the end of the list.
    command.mut_subcommands(|below| {
        let path = [above, &[below.get_name().to_owned()]].concat();
        let row =
            UNUSED.iter().find(|(names, _)| path.get(..names.len()).is_some_and(|start| start == *names));
        let unused = row.map_or(&[][..], |(_, options)| options);
        let hidden = options.iter().filter(|option| unused.contains(&option.get_id().as_str()));
        // A command that has an option of its own with this name doesn't get the global one.
        let below = below.args(hidden.map(|option| option.clone().hide(true)));
        hide_below(below, options, &path)
    })
}

/// An error if one of them is given.
pub(super) fn refuse(global: &Global, command: &Command) -> Result<(), clap::Error> {
    let name = command.name();
    let below = match command {
        // These are other commands by another name.
        Command::Profile(Profile::List(_) | Profile::Show { .. }) => return Ok(()),
        Command::Configure(Configure { method: Some(Method::SsoSession(_)), .. }) => "sso-session",
        Command::ExportEnv(ExportEnv { unset: true, .. }) => UNSET,
        _ => "",
    };
    // The subcommands of a command don't differ, except those of `configure`.
    let row = UNUSED.iter().find(|(path, _)| match path {
        [first @ ("configure" | "export-env"), sub] => name == *first && *sub == below,
        path => path.first() == Some(&name),
    });
    let given = |option: &&str| match *option {
        PROFILE => global.profile.is_some(),
        _ => global.region.is_some(),
    };
    match row.and_then(|(_, options)| options.iter().copied().find(given)) {
        Some(option) => {
            let typed = format!("{name} {below}");
            let mut message = format!("--{option} has no effect on `xcred {}`\n", typed.trim_end());
            if let ("set", Some(region)) = (name, global.region.as_deref().filter(|name| !is_withheld(name)))
            {
                let set = Hinted::set(REGION, region).profile_if(global.profile.as_deref());
                message += &match command {
                    Command::Set(typed) if typed.is_plain() => {
                        format!("\n  tip: to set the region: `{set}`\n")
                    }
                    _ => "\n  tip: to set the region, name the key `region`\n".to_owned(),
                };
            }
            Err(clap::Error::raw(ErrorKind::ArgumentConflict, message))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::Cli;

    #[test]
    fn an_option_that_nothing_would_come_of_is_refused() {
        for (typed, option) in [
            ("export-env --unset -p dev", Some("--profile")),
            ("-p dev export-env --unset", Some("--profile")),
            ("export-env --unset --region x", Some("--region")),
            ("export-env --unset", None),
            ("export-env -p dev --region x", None),
        ] {
            let arguments: Vec<OsString> =
                ["xcred"].into_iter().chain(typed.split(' ')).map(OsString::from).collect();
            let refused = Cli::of(&arguments).err().map(|error| error.to_string());
            let expected =
                option.map(|option| format!("error: {option} has no effect on `xcred export-env --unset`\n"));
            assert_eq!(refused, expected, "{typed}");
        }
    }
}
