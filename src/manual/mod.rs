//! The manual pages: one for the program and one for each command, with what their help says and what it leaves out.

mod codes;
mod example;
mod facts;

use std::collections::BTreeMap;
use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use crate::chain::REASONS;
use crate::failure::Code;
use crate::sdk::Sdk;
use crate::settings::{REGION, VARIABLES, Variable};

pub use codes::FINDINGS;
pub use example::{Example, of as examples};
use facts::{ENVIRONMENT, ENVIRONMENT_OF_GET, EXIT_STATUS, FILES};

/// All pages in roff, by the names of their files: `xcred.1`, `xcred-get.1`.
pub fn pages(mut program: Command) -> BTreeMap<String, String> {
    program.build();
    let mut all = BTreeMap::new();
    add(&program, &[], &mut all);
    all
}

fn page(command: &Command, family: &[String]) -> String {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let man = Man::new(command.clone());
    let mut text = Vec::new();
    let mut write = || -> io::Result<()> {
        title(name).to_writer(&mut text)?;
        man.render_name_section(&mut text)?;
        synopsis(command).to_writer(&mut text)?;
        description(command).to_writer(&mut text)?;
        man.render_options_section(&mut text)?;
        let ends = [
            exit_status(name),
            codes(name),
            files(name),
            environment(name),
            examples_of(name),
            see_also(name, family),
        ];
        std::iter::once(commands(command)).chain(ends).try_for_each(|section| section.to_writer(&mut text))
    };
    // Memory takes whatever is written to it, so this can't fail.
    let written = write();
    debug_assert!(written.is_ok(), "{written:?}");
    finished(&String::from_utf8_lossy(&text))
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
    let rest = usage.trim_start_matches("Usage: ").strip_prefix(call).unwrap_or_default();
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
    if visible(command).next().is_some() {
        roff.control("SH", ["COMMANDS"]);
    }
    for below in visible(command) {
        let name = below.get_display_name().unwrap_or_else(|| below.get_name());
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

/// The codes in JSON, on the pages of the commands whose documents have them.
fn codes(page: &str) -> Roff {
    let mut roff = Roff::new();
    if page == "xcred-resolve" {
        roff.control("SH", ["REASONS"]).text([roman(
            "The `code` beside a `reason` in the `chain` of a document; an error's code is there, too.",
        )]);
        for (code, meaning) in REASONS {
            item(&mut roff, vec![bold(code)], meaning);
        }
    }
    if matches!(page, "xcred" | "xcred-resolve") {
        roff.control("SH", ["ERRORS"]).text([roman("The `code` of the `error` in a document.")]);
        for code in Code::ALL {
            item(&mut roff, vec![bold(code.name())], code.meaning());
        }
    }
    if page == "xcred-doctor" {
        roff.control("SH", ["FINDINGS"]).text([roman(
            "The `code` of a finding. The `warnings` in the documents of other commands have the same codes.",
        )]);
        for (code, meaning) in FINDINGS {
            item(&mut roff, vec![bold(*code)], meaning);
        }
    }
    roff
}

fn files(page: &str) -> Roff {
    let mut roff = Roff::new();
    let files: Vec<_> = FILES.iter().filter(|(applies, ..)| applies(page)).collect();
    if !files.is_empty() {
        roff.control("SH", ["FILES"]);
    }
    for (_, path, meaning) in files {
        item(&mut roff, vec![bold(*path)], meaning);
    }
    roff
}

/// No line of an example is filled or broken, so that it works when it is pasted.
fn examples_of(page: &str) -> Roff {
    let mut roff = Roff::new();
    if !examples(page).is_empty() {
        roff.control("SH", ["EXAMPLES"]);
    }
    for Example { about, command, .. } in examples(page) {
        roff.control("TP", [])
            .text([roman(*about)])
            .control("nf", [])
            .text([bold(*command)])
            .control("fi", []);
    }
    roff
}

fn environment(page: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["ENVIRONMENT"]);
    for (_, variable, meaning) in ENVIRONMENT.iter().filter(|(applies, ..)| applies(page)) {
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
    if *variable == REGION {
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
fn add(command: &Command, parents: &[String], into: &mut BTreeMap<String, String>) {
    let name =
        |command: &Command| command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let below: Vec<String> = visible(command).map(name).collect();
    let family: Vec<String> = parents.iter().chain(&below).cloned().collect();
    into.insert(format!("{}.1", name(command)), page(command, &family));
    let above: Vec<String> = std::iter::once(name(command)).chain(below).collect();
    for command in visible(command) {
        add(command, &above, into);
    }
}

/// The commands below a command that its help lists.
fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set())
}
