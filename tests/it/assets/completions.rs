//! The shells' completions: what clap knows, and for bash, zsh and fish the names of the profiles on top.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Command, CommandFactory as _};
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;
use xcred::internals::Cli;

use crate::committed::assert_folder_is_current;

/// Inserted before the generated choice of what fits: the one hook that covers every command.
const BASH_HOOK: &str = r#"    case "${prev},${COMP_WORDS[COMP_CWORD-2]}" in
        OPTIONS | remove,profile | rename,profile | copy,profile)
            _xcred_profiles
            return 0
            ;;
    esac

"#;

const BASH_PROFILES: &str = r#"
# The profiles that the files define, spelled so that the shell reads back one word. Inside quotes nothing can be
# escaped in a way that suits both kinds, so names with special characters complete only outside of them.
_xcred_profiles() {
    local name word typed="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    while IFS= read -r name; do
        case "${typed}" in
            [\"\']*)
                if [[ "${name}" == "${typed:1}"* && "${name}" != *[\'\"\$\`\\!]* ]]; then
                    COMPREPLY+=("${name}")
                fi
                ;;
            *)
                printf -v word %q "${name}"
                if [[ "${typed}" == "=" || "${word}" == "${typed}"* ]]; then
                    COMPREPLY+=("${word}")
                fi
                ;;
        esac
    done < <(xcred list-profiles 2>/dev/null)
}
"#;

const ZSH_PROFILES: &str = r#"
(( $+functions[_xcred_profiles] )) ||
_xcred_profiles() {
    local expl
    local -a profiles
    profiles=(${(f)"$(_call_program profiles xcred list-profiles 2>/dev/null)"})
    _wanted profiles expl profile compadd -a profiles
}
"#;

/// The positional arguments that are names of profiles, by what their help says.
const ZSH_NAMES: [&str; 3] = ["Profile to remove", "Profile to rename", "Profile to copy"];

/// Without a condition, because clap's own condition fails between an option and its value.
const FISH_OPTION: &str = r#"complete -c xcred OPTION -x -a "(xcred list-profiles 2>/dev/null)""#;

const FISH_NAMES: &str = r#"complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove rename copy" -f -a "(xcred list-profiles 2>/dev/null)""#;

/// The options of all commands whose value is the name of a profile.
fn profile_options(command: &Command) -> BTreeSet<(String, Option<char>)> {
    let options =
        command.get_arguments().filter_map(|argument| Some((argument.get_long()?, argument.get_short())));
    let named = options.filter(|(long, _)| *long == "profile" || long.ends_with("-profile"));
    let own = named.map(|(long, short)| (long.to_owned(), short));
    own.chain(command.get_subcommands().flat_map(profile_options)).collect()
}

fn generated(generator: impl Generator) -> String {
    let mut script = Vec::new();
    generate(generator, &mut Cli::command(), "xcred", &mut script);
    String::from_utf8(script).expect("the help texts are UTF-8")
}

fn bash() -> String {
    let script = generated(Shell::Bash);
    let choice = "    case \"${cmd}\" in\n";
    assert_eq!(script.matches(choice).count(), 1, "clap writes bash's completions differently now");
    let options = profile_options(&Cli::command()).into_iter().flat_map(|(long, short)| {
        let short = short.map(|letter| format!("-{letter},*"));
        short.into_iter().chain([format!("--{long},*"), format!("=,--{long}")])
    });
    let hook = BASH_HOOK.replace("OPTIONS", &options.collect::<Vec<_>>().join(" | "));
    let body = script.replace(choice, &format!("{hook}{choice}"));
    format!("{}\n{body}", BASH_PROFILES.trim_start())
}

fn zsh() -> String {
    let script = generated(Shell::Zsh);
    let options = profile_options(&Cli::command());
    let is_option = |line: &str| {
        options.iter().any(|(long, short)| {
            line.contains(&format!("'--{long}=["))
                || short.is_some_and(|letter| line.starts_with(&format!("'-{letter}+[")))
        })
    };
    let is_profile = |line: &str| {
        is_option(line) || ZSH_NAMES.iter().any(|name| line.starts_with(&format!("':name -- {name}")))
    };
    let mut replaced = 0;
    let completed: Vec<String> = script
        .lines()
        .map(|line| match line.strip_suffix(":_default' \\") {
            Some(start) if is_profile(line) => {
                replaced += 1;
                format!("{start}:_xcred_profiles' \\")
            }
            _ => line.to_owned(),
        })
        .collect();
    assert!(replaced >= 2 + ZSH_NAMES.len(), "clap writes zsh's completions differently now");
    let (head, rest) = completed.split_first().expect("the script begins with #compdef");
    format!("{head}\n{ZSH_PROFILES}{}\n", rest.join("\n"))
}

fn fish() -> String {
    let mut script = generated(Shell::Fish);
    for (long, short) in profile_options(&Cli::command()) {
        let short = short.map(|letter| format!("-s {letter} ")).unwrap_or_default();
        script.push_str(&FISH_OPTION.replace("OPTION", &format!("{short}-l {long}")));
        script.push('\n');
    }
    script + FISH_NAMES + "\n"
}

#[test]
fn the_committed_completions_are_those_of_the_command_line() {
    let scripts = [
        ("xcred.bash", bash()),
        ("_xcred", zsh()),
        ("xcred.fish", fish()),
        ("_xcred.ps1", generated(Shell::PowerShell)),
        ("xcred.elv", generated(Shell::Elvish)),
        ("xcred.nu", generated(Nushell)),
    ];
    let scripts = scripts.into_iter().map(|(name, script)| (name.to_owned(), script));
    assert_folder_is_current("completions", &scripts.collect::<BTreeMap<_, _>>());
}
