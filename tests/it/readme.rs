//! The README and the pages in `docs` tell what happens: the examples of each are run, one after the other in one home, and the
//! README's pictures drawn.
//!
//! In a `console` block a line that begins with `$ ` is typed and the lines behind it are what appears. A picture
//! whose file is `docs/….svg` shows the command that is its alternative text. Both are part of one story.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use anstyle_svg::Term;

use crate::committed::{assert_current, assert_folder_is_current, kept, repository};
use crate::harness::Sandbox;
use crate::loopback::Loopback;
use crate::terminal::{Terminal, screen};

const CONFIG: &str = "\
# Everyday work. The team's wiki says which roles there are.
[default]
region = eu-west-1
output = json

[profile dev]
region = eu-central-1
s3 =
    addressing_style = path

[profile ops]
role_arn       = arn:aws:iam::123456789012:role/operations
source_profile = dev
region         = eu-west-1

[profile 'team one']
region = eu-west-3
";

/// The keys of AWS's own documentation, which belong to nobody.
const CREDENTIALS: &str = "\
[dev]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
";

/// What a person would see who types this into a shell, both streams in their order; the home folder is `/home/me`.
///
/// A fake STS on this machine takes the place of AWS's.
fn typed(call: &str, sandbox: &Sandbox) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("exec 2>&1\n{call}")])
        .env_clear()
        .current_dir(sandbox.home())
        .stdin(Stdio::null());
    shell.env("HOME", sandbox.home()).env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    let own = sandbox.command();
    shell.envs(
        own.get_envs()
            .filter(|(name, _)| *name == "AWS_ENDPOINT_URL_STS")
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let output = shell.output().expect("the shell starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    // Only documents for programs have whole paths.
    text.replace(&sandbox.home().display().to_string(), "/home/me")
}

/// What a person answers to the questions of a picture's command.
const ANSWERS: &[(&str, &str)] = &[
    ("AWS Access Key ID [None]: ", "AKIAI44QH8DHBEXAMPLE"),
    ("AWS Secret Access Key [None]: ", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
    ("Default region name [None]: ", "eu-wst-1"),
    ("[Y/n]: ", ""),
    ("Default output format [None]: ", "json"),
];

/// The terminal after a dialogue, in a home of its own.
fn answered(call: &str) -> String {
    let sandbox = Sandbox::new();
    let words: Vec<&str> = call.split(' ').skip(1).collect();
    let mut terminal = Terminal::run(&sandbox, &words);
    for (question, answer) in ANSWERS {
        terminal.see(question).answer(answer);
    }
    screen(&terminal.end(0), 80).join("\n")
}

fn drawn(call: &str, sandbox: &Sandbox) -> String {
    let screen = if call.starts_with("xcred configure ") {
        answered(call)
    } else {
        typed(&format!("{call} --color always"), sandbox)
    };
    // Wide enough for the text of the README, so that all pictures have one size of letters.
    Term::new().min_width_px(840).render_svg(&format!("\u{1b}[1m$ {call}\u{1b}[0m\n{screen}"))
}

/// The picture that a line shows: the command and the file's name.
fn picture(line: &str) -> Option<(&str, &str)> {
    let (call, file) = line.strip_prefix("![")?.strip_suffix(".svg)")?.split_once("](docs/")?;
    Some((call, file))
}

/// The README as it should be, and its pictures by their file names.
fn told(readme: &str) -> (String, BTreeMap<String, String>) {
    let sts = Loopback::sts();
    let sandbox =
        Sandbox::new().config(CONFIG).credentials(CREDENTIALS).env("AWS_ENDPOINT_URL_STS", &sts.url);
    let (mut page, mut pictures, mut in_console) = (String::new(), BTreeMap::new(), false);
    for line in readme.lines() {
        match line {
            "```console" => in_console = true,
            "```" => in_console = false,
            _ => {}
        }
        let call = line.strip_prefix("$ ").filter(|_| in_console);
        if in_console && call.is_none() && line != "```console" {
            continue; // what appeared last time
        }
        page.push_str(line);
        page.push('\n');
        if let Some(call) = call {
            page.push_str(&typed(call, &sandbox));
        }
        if let Some((call, file)) = picture(line) {
            pictures.insert(format!("{file}.svg"), drawn(call, &sandbox));
        }
    }
    (page, pictures)
}

#[test]
fn the_readme_and_its_pictures_show_what_happens() {
    let (page, pictures) = told(&kept("README.md"));
    assert!(pictures.len() >= 4, "the README lost its pictures");
    assert_folder_is_current("docs", &pictures);
    assert_current("README.md", &page);
}

#[test]
fn each_page_in_docs_shows_what_happens_and_is_linked() {
    let readme = kept("README.md");
    let entries = std::fs::read_dir(repository("docs")).expect("a folder");
    let names = entries.map(|entry| entry.expect("a name").file_name().to_string_lossy().into_owned());
    let mut pages: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    pages.sort();
    assert!(pages.len() >= 5, "{pages:?}");
    for path in pages {
        assert!(readme.contains(&format!("]({path})")), "the README has no link to {path}");
        let page = kept(&path);
        assert!(page.contains("```console\n"), "{path} shows nothing");
        assert_current(&path, &told(&page).0);
    }
}

#[test]
fn the_second_command_of_the_readme_is_what_ci_runs() {
    let readme = kept("README.md");
    let block =
        readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a first block");
    let commands: Vec<&str> =
        block.lines().map(|line| line.split('#').next().unwrap_or(line).trim()).collect();
    assert_eq!(commands.len(), 2, "the README begins with two commands that do all set-up");
    assert!(kept(".ci/run").lines().any(|line| line == commands[1]), "{}", commands[1]);
}
