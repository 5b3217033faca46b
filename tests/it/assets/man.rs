//! The manual pages: one for the program and one for each command, with what their help says and what it leaves out.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command as Process, Stdio};

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};
use xcred::Exit;
use xcred::internals::Cli;
use xcred::internals::sdk::Sdk;
use xcred::internals::settings::{VARIABLES, Variable};

use crate::committed::assert_folder_is_current;
use crate::missing::is_missing;

/// Which commands a paragraph is for.
type For = fn(&str) -> bool;

const EXIT_STATUS: &[(For, Exit, &str)] = &[
    (|_| true, Exit::Success, "Done."),
    (|page| is_any(page, "xcred-get"), Exit::NoValue, "There is no such value; nothing is printed."),
    (
        |page| is_any(page, "xcred-configure"),
        Exit::Interrupted,
        "Stopped by Ctrl-C. Nothing was written, and the terminal echoes again.",
    ),
    (|_| true, Exit::Usage, "The command line is wrong."),
    (
        |_| true,
        Exit::Configuration,
        "The configuration is wrong: a profile that is in no file, a file that can't be understood, an edit that can't be \
         represented.",
    ),
    (|_| true, Exit::Other, "Anything else: a disk, a permission, a program that failed."),
];

const FILES: &[(&str, &str)] = &[
    ("~/.aws/config", "The config file: everything but credentials, unless a profile keeps them here."),
    (
        "~/.aws/credentials",
        "The credentials file: `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token`.",
    ),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "AWS_PROFILE, AWS_DEFAULT_PROFILE",
        "The profile to work on, where `--profile` doesn't name one; the first that is set.",
    ),
    ("AWS_CONFIG_FILE", "The config file, instead of `~/.aws/config`."),
    ("AWS_SHARED_CREDENTIALS_FILE", "The credentials file, instead of `~/.aws/credentials`."),
    ("HOME", "The home folder, which `~` expands to. If it isn't set, the password file is used."),
    ("NO_COLOR", "Where it is set and not empty, `--color auto` means never."),
];

const ENVIRONMENT_OF_GET: (&str, &str) = ("The variables of the settings", "They are listed under SETTINGS.");

/// Whether a page is the program's own, the command's, or that of a command below it.
fn is_any(page: &str, command: &str) -> bool {
    page == "xcred" || page.starts_with(command)
}

fn page(command: &Command, family: &[String]) -> String {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let man = Man::new(command.clone());
    let mut text = Vec::new();
    let told = "the page fits into memory";
    title(name).to_writer(&mut text).expect(told);
    man.render_name_section(&mut text).expect(told);
    synopsis(command).to_writer(&mut text).expect(told);
    description(command).to_writer(&mut text).expect(told);
    man.render_options_section(&mut text).expect(told);
    for section in [commands(command), exit_status(name), files(), environment(name), see_also(name, family)]
    {
        section.to_writer(&mut text).expect(told);
    }
    finished(&String::from_utf8(text).expect("the help texts are UTF-8"))
}

/// No date, so that the same program always has the same page. Names and keys are not hyphenated.
fn title(name: &str) -> Roff {
    let (title, version) = (name.to_uppercase(), format!("xcred {}", env!("CARGO_PKG_VERSION")));
    let mut roff = Roff::new();
    roff.control("TH", [&*title, "1", "\"\"", &*version, "User Commands"])
        .control("nh", [])
        .control("ad", ["l"]);
    roff
}

fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let call = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let rest =
        usage.trim_start_matches("Usage: ").strip_prefix(call).expect("the usage begins with the command");
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]).text([bold(call), roman(rest.trim_end())]);
    roff
}

fn description(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string);
    let about = about.map(|about| if about.ends_with('.') { about } else { about + "." });
    let help = command.get_after_long_help().or_else(|| command.get_after_help()).map(ToString::to_string);
    roff.control("SH", ["DESCRIPTION"]);
    for (at, paragraph) in about.iter().chain(&help).flat_map(|text| text.split("\n\n")).enumerate() {
        if at > 0 {
            roff.control("PP", []);
        }
        roff.text([roman(paragraph)]);
    }
    roff
}

fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    if command.has_subcommands() {
        roff.control("SH", ["COMMANDS"]);
    }
    for below in command.get_subcommands() {
        let name = below.get_display_name().expect("the command is built");
        let about = below.get_about().map(ToString::to_string).unwrap_or_default();
        item(&mut roff, vec![bold(name), roman("(1)")], &format!("{about}."));
    }
    roff
}

fn exit_status(page: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (_, exit, meaning) in EXIT_STATUS.iter().filter(|(applies, ..)| applies(page)) {
        item(&mut roff, vec![bold(exit.code().to_string())], meaning);
    }
    roff
}

fn files() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["FILES"]);
    for (path, meaning) in FILES {
        item(&mut roff, vec![bold(*path)], meaning);
    }
    roff
}

fn environment(page: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["ENVIRONMENT"]);
    for (variable, meaning) in ENVIRONMENT {
        item(&mut roff, vec![bold(*variable)], meaning);
    }
    if page == "xcred-get" {
        let (variables, meaning) = ENVIRONMENT_OF_GET;
        item(&mut roff, vec![roman(variables)], meaning);
        roff.control("SH", ["SETTINGS"]);
        for variable in VARIABLES {
            item(&mut roff, vec![bold(variable.name)], &sources(variable));
        }
    }
    roff
}

/// Where a setting's value can come from, the strongest first.
fn sources(variable: &Variable) -> String {
    let mut sources: Vec<String> =
        Sdk::default().variables(variable).iter().map(|name| format!("`{name}`")).collect();
    match variable.dotted_key() {
        Some(key) if key == variable.name => sources.push("the files".to_owned()),
        Some(key) => sources.push(format!("`{key}` in the files")),
        None => {}
    }
    if variable.name == "region" {
        sources.insert(0, "`--region`".to_owned());
    }
    let default = variable.default.filter(|default| !default.is_empty());
    let default = default.map(|default| format!("; default `{default}`")).unwrap_or_default();
    let secret = if variable.secret { "; secret" } else { "" };
    let text = format!("{}{default}{secret}.", sources.join(", then "));
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn see_also(page: &str, family: &[String]) -> Roff {
    let mut roff = Roff::new();
    let mut text: Vec<Inline> = Vec::new();
    for other in family.iter().filter(|other| *other != page) {
        text.extend([roman(if text.is_empty() { "" } else { ", " }), bold(other), roman("(1)")]);
    }
    roff.control("SH", ["SEE ALSO"]).text(text);
    roff
}

fn item(roff: &mut Roff, term: Vec<Inline>, text: &str) {
    roff.control("TP", []).text(term).text([roman(text)]);
}

/// Makes one page of the parts: each part defines the apostrophe anew, what the help sets in backticks is set in
/// bold, and `-h` is the same as `--help` here.
fn finished(parts: &str) -> String {
    let is_definition = |line: &&str| line.starts_with(".ie \\n(.g .ds Aq") || line.starts_with(".el .ds Aq");
    let mut page: Vec<String> = parts.lines().filter(is_definition).take(2).map(str::to_owned).collect();
    for line in parts.lines().filter(|line| !is_definition(line) && !line.is_empty()) {
        let pieces: Vec<&str> = line.split('`').collect();
        let mut text = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            let is_code = at % 2 == 1 && at + 1 < pieces.len();
            text.push_str(&if is_code { format!("\\fB{piece}\\fR") } else { (*piece).to_owned() });
        }
        page.push(if text.starts_with("Print help (see") { "Print help".to_owned() } else { text });
    }
    page.join("\n") + "\n"
}

/// The page of a command and those of the commands below it.
fn pages(command: &Command, parents: &[String], into: &mut BTreeMap<String, String>) {
    let name =
        |command: &Command| command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let below: Vec<String> = command.get_subcommands().map(name).collect();
    let family: Vec<String> = parents.iter().chain(&below).cloned().collect();
    into.insert(format!("{}.1", name(command)), page(command, &family));
    let above: Vec<String> = std::iter::once(name(command)).chain(below).collect();
    for command in command.get_subcommands() {
        pages(command, &above, into);
    }
}

fn all_pages() -> BTreeMap<String, String> {
    let mut command = Cli::command();
    command.build();
    let mut all = BTreeMap::new();
    pages(&command, &[], &mut all);
    all
}

#[test]
fn the_committed_manual_pages_are_those_of_the_command_line() {
    assert_folder_is_current("man", &all_pages());
}

#[test]
fn groff_has_nothing_to_complain_of() {
    if is_missing("groff") {
        return;
    }
    for (name, page) in all_pages() {
        let mut groff = Process::new("groff");
        groff.args(["-man", "-Tutf8", "-ww", "-z"]).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut groff = groff.spawn().expect("groff starts");
        groff.stdin.take().expect("a pipe").write_all(page.as_bytes()).expect("groff reads");
        let output = groff.wait_with_output().expect("groff ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {output:?}");
    }
}
