//! What is offered at the cursor, for the whole command line.

use super::*;
use crate::cli::Cli;

fn world() -> (tempfile::TempDir, World) {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    let config = "[default]\nregion = eu-west-1\n[profile team one]\nregion = eu-south-2\ns3 =\n  odd = 1\n\
                  [profile a:b]\n[sso-session corp]\nsso_region = us-east-1\n[services local]\n";
    let config = config.replace("[profile team one]", "[profile 'team one']");
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    let world = World::of([("HOME", home.path().to_str().unwrap())]);
    (home, world)
}

fn offered(line: &str) -> Offer {
    let mut program = Cli::definition();
    program.build();
    let words: Vec<String> = line.split('|').map(str::to_owned).collect();
    offer(&program, &words, &world().1)
}

#[track_caller]
fn words(line: &str) -> Vec<String> {
    match offered(line) {
        Offer::Words(candidates) => candidates.into_iter().map(|candidate| candidate.word).collect(),
        other => panic!("{line}: {other:?}"),
    }
}

const PROFILES: [&str; 3] = ["default", "team one", "a:b"];

#[test]
fn commands_are_offered_before_options_and_options_where_nothing_else_fits() {
    let all = words("");
    assert!(all.contains(&"whoami".to_owned()) && !all.iter().any(|word| word.starts_with('-')), "{all:?}");
    assert!(words("list-profiles|").contains(&"--long".to_owned()));
    assert!(words("get|--").contains(&"--show-origin".to_owned()));
    assert!(!words("get|--show-origin|--").contains(&"--show-origin".to_owned()));
    assert_eq!(words("profile|"), ["remove", "rename", "copy"]);
    assert_eq!(words("-p|keys|profile|"), ["remove", "rename", "copy"]);
}

#[test]
fn profiles_are_offered_wherever_one_is_named() {
    for line in [
        "-p|",
        "--profile|",
        "get|region|-p|",
        "get|region|-vp|",
        "whoami|",
        "resolve|",
        "export-env|",
        "doctor|",
        "doctor|default|",
        "exec|",
        "profile|rename|",
        "configure|role|--source-profile|",
        "keys|create|--save-as|",
        "set|source_profile|",
        "set|dev.source_profile|",
        "whoami|--|",
    ] {
        assert_eq!(words(line), PROFILES, "{line}");
    }
    assert_eq!(words("get|--profile=te"), PROFILES.map(|name| format!("--profile={name}")));
    assert_eq!(words("get|-pte"), PROFILES.map(|name| format!("-p{name}")));
    assert_eq!(words("profile|rename|default|"), [""; 0]);
}

#[test]
fn settings_and_their_values_are_offered() {
    for command in ["get", "set", "unset"] {
        let names = words(&format!("{command}|"));
        for name in ["region", "s3.addressing_style", "s3.max_concurrent_requests", "sso_account_id"] {
            let is_offered = command != "unset" || name == "region";
            assert_eq!(names.contains(&name.to_owned()), is_offered, "{command} {name}");
        }
        assert!(words(&format!("-p|team one|{command}|")).contains(&"s3.odd".to_owned()), "{command}");
    }
    // Only what is there can be removed.
    assert_eq!(words("unset|-p|team one|"), ["region", "s3.odd"]);
    assert_eq!(words("unset|--sso-session|corp|"), ["sso_region"]);
    // What `set` warns of isn't offered.
    assert_eq!(words("set|retry_mode|"), ["standard", "adaptive"]);
    for (line, offered) in [
        ("get|default.", "default.region"),
        ("get|default.re", "default.region"),
        ("set|profile.default.s3.", "profile.default.s3.addressing_style"),
        ("unset|team one.s3.o", "team one.s3.odd"),
        ("set|region|", "eu-central-1"),
        ("set|team one.region|", "eu-central-1"),
        ("set|sso_region|", "eu-central-1"),
        ("--region|", "eu-central-1"),
        ("configure|sso-session|--sso-region|", "eu-central-1"),
        ("set|output|", "yaml-stream"),
        ("configure|--output|", "yaml-stream"),
        ("set|retry_mode|", "adaptive"),
        ("set|use_fips_endpoint|", "true"),
        ("set|sso_session|", "corp"),
        ("get|--sso-session|", "corp"),
        ("configure|sso-session|--name|", "corp"),
        ("set|services|", "local"),
        ("get|--services|", "local"),
        ("config|get|", "cache.roles"),
        ("config|set|", "export.format"),
        ("config|unset|", "process.timeout"),
        ("config|set|cache.roles|", "false"),
        ("config|set|export.format|", "fish"),
        ("export-env|--format|", "fish"),
        ("resolve|--sdk|", "boto3"),
        ("completions|", "zsh"),
    ] {
        assert!(words(line).contains(&offered.to_owned()), "{line}: {:?}", words(line));
    }
    assert_eq!(words("set|mfa_serial|"), [""; 0]);
    for line in ["get|", "get|def", "get|corp.", "get|nosuch.", "get|profile.nosuch.r"] {
        assert!(
            words(line).iter().all(|word| !word.starts_with("default.") && !word.starts_with("profile."))
        );
    }
}

#[test]
fn files_are_offered_only_where_one_is_named() {
    for line in ["configure|import|", "set|ca_bundle|", "configure|web-identity|--web-identity-token-file|"] {
        assert_eq!(offered(line), Offer::Files, "{line}");
    }
}

#[test]
fn behind_exec_another_command_line_begins() {
    for (line, start) in [
        ("exec|--|", 2),
        ("exec|--|ls|-l", 2),
        ("exec|default|--|", 3),
        ("exec|default|--|ls|--profile|", 3),
        ("exec|-p|default|--|git|", 4),
        ("-p|default|exec|", 3),
        ("exec|--no-cache|-p|default|l", 4),
        ("exec|nosuch", 1),
        ("exec|ls|-", 1),
    ] {
        assert_eq!(offered(line), Offer::Command(start), "{line}");
    }
    assert_eq!(words("exec|default|"), ["--"]);
    assert!(words("exec|--").contains(&"--no-cache".to_owned()));
}

/// Arguments whose values only their user knows: a new name, an ID, a number.
const OF_ANY_TEXT: &str = "\
    new_name id user older_than delete_lost keep access_key_id account_id expect_account secret_fd \
    default role_arn external_id mfa_serial role_session_name duration_seconds port timeout \
    credential_process sso_account_id template keys only sso_start_url sso_registration_scopes \
    sso_role_name profile_prefix policy_arn policy duration session_name source_identity tag service \
    path";

/// A new argument gets a row in `values::names`, or the shells offer nothing for it.
#[test]
fn it_is_known_what_every_argument_names() {
    fn look(command: &Command, path: &[&str]) {
        for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
            let is_known = !argument.get_possible_values().is_empty()
                || argument.is_trailing_var_arg_set()
                || values::names(path, argument).is_some()
                || OF_ANY_TEXT.split(' ').any(|id| argument.get_id() == id);
            assert!(is_known, "{path:?} {}", argument.get_id());
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            look(below, &[path, &[below.get_name()]].concat());
        }
    }
    let mut program = Cli::definition();
    program.build();
    look(&program, &[]);
}

#[test]
fn bash_gets_words_that_it_reads_back() {
    let (_home, world) = world();
    let reply = |shell: &str, words: &[&str]| {
        let arguments: Vec<OsString> = [&[shell, "--"], words].concat().iter().map(OsString::from).collect();
        reply(Cli::definition(), &arguments, &world)
    };
    for (words, lines) in [
        (&["get", "-p", ""][..], "words\ndefault\nteam\\ one\na:b\n"),
        (&["get", "-p", "team\\ o"], "words\nteam\\ one\n"),
        (&["get", "-p", "'team o"], "words\nteam one\n"),
        (&["get", "--profile=\"te"], "words\n--profile=team one\n"),
        (&["get", "-p", "'team one'", "--reg"], "words\n--region\n"),
        (&["exec", "'team one'", ""], "words\n--\n"),
    ] {
        assert_eq!(reply("bash", words).unwrap(), lines, "{words:?}");
    }
    assert!(reply("zsh", &["whoa"]).unwrap().contains("\nwhoami\tShow the AWS identity"));
    assert_eq!(reply("tcsh", &[""]), None);
    assert_eq!(reply("bash", &[]).unwrap(), reply("bash", &[""]).unwrap());
}

#[test]
fn a_name_that_a_terminal_would_obey_is_not_offered() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    let config = "[profile 'a\u{1b}[2J']\n[profile b\u{202e}x]\n[profile plain]\n";
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    let world = World::of([("HOME", home.path().to_str().unwrap())]);
    for shell in ["bash", "zsh", "fish", "elvish"] {
        let arguments: Vec<OsString> = [shell, "--", "get", "-p", ""].map(OsString::from).to_vec();
        let reply = reply(Cli::definition(), &arguments, &world).unwrap();
        assert!(reply.contains("plain") && !reply.contains(['\u{1b}', '\u{202e}']), "{reply:?}");
    }
}

#[test]
fn a_secret_in_the_place_of_a_key_is_not_offered() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
    let config = format!("[default]\nmine = x\n{key} = x\naws_session_token =\n  IQoJshort==\n");
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    let world = World::of([("HOME", home.path().to_str().unwrap())]);
    let arguments: Vec<OsString> = ["zsh", "--", "get", ""].map(OsString::from).to_vec();
    let reply = reply(Cli::definition(), &arguments, &world).unwrap();
    assert!(reply.contains("\nmine"), "{reply}");
    assert!(!reply.to_lowercase().contains("wjalrx") && !reply.contains("IQoJ"), "{reply}");
}
