//! The committed completions in real shells, at a real terminal, with the Tab key.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::committed::repository;
use crate::harness::Sandbox;
use crate::missing::is_missing;

/// Longer than any of this takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the shells say when they wait for a command. Where it is set it is spelled with a gap, so that the echo of
/// the setting is not taken for the prompt.
const PROMPT: &str = "ready> ";

/// A home with a profile whose name is two words.
fn home() -> Sandbox {
    Sandbox::new().config("[default]\nregion = eu-west-1\n[profile 'team one']\nregion = eu-south-2\n")
}

/// A shell on a pseudo-terminal, which `script` makes for it.
struct Keyboard {
    script: Child,
    keys: ChildStdin,
    screen: Receiver<Vec<u8>>,
}

impl Keyboard {
    fn at(shell: &str, sandbox: &Sandbox) -> Keyboard {
        let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder").display();
        let mut command = Command::new("script");
        command.args(["-qefc", shell, "/dev/null"]).env_clear().current_dir(sandbox.home());
        command.env("HOME", sandbox.home()).env("PATH", format!("{folder}:/usr/local/bin:/usr/bin:/bin"));
        command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().expect("`script` starts");
        let mut output = script.stdout.take().expect("a pipe");
        let (sender, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = script.stdin.take().expect("a pipe");
        Keyboard { script, keys, screen }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the shell is there");
        self.keys.flush().expect("the shell is there");
    }

    /// Waits until the screen shows `text`, and after it the prompt.
    #[track_caller]
    fn expect(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = String::new();
        while seen.find(text).is_none_or(|at| !seen[at + text.len()..].contains(PROMPT)) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => panic!("no {text:?} ({error}); the screen shows:\n{seen}"),
            }
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

/// What must work in every shell. No line that is typed contains what it is expected to print.
#[track_caller]
fn try_the_tab_key(shell: &str, arguments: &str, set_up: &str) {
    if is_missing("script") || is_missing(shell) {
        return;
    }
    let sandbox = home();
    let mut keyboard = Keyboard::at(&format!("{shell} {arguments}"), &sandbox);
    keyboard.press(&format!("{set_up}\n"));
    keyboard.expect("");
    for (keys, printed) in [
        ("xcred list-p\t\n", "team one"),
        ("xcred get region --profile te\t\n", "eu-south-2"),
        ("xcred -p te\tget region\n", "eu-south-2"),
        ("xcred get region -p 'te\t\n", "eu-south-2"),
        ("xcred profile copy te\tcopied -n\n", "[profile copied]"),
    ] {
        keyboard.press(keys);
        keyboard.expect(printed);
    }
}

#[test]
fn bash_completes_commands_and_profiles() {
    let script = repository("completions/xcred.bash");
    let set_up =
        format!("bind 'set enable-bracketed-paste off'; source '{}'; PS1='rea''dy> '", script.display());
    try_the_tab_key("bash", "--norc --noprofile -i", &set_up);
}

#[test]
fn zsh_completes_commands_and_profiles() {
    let folder = repository("completions");
    let set_up = format!(
        "unsetopt promptsp; fpath=('{}' $fpath); autoload -U compinit; compinit -u -D; PS1='rea''dy> '",
        folder.display()
    );
    try_the_tab_key("zsh", "-f -i", &set_up);
}

#[test]
fn fish_completes_commands_and_profiles() {
    let script = repository("completions/xcred.fish");
    let set_up = format!("source '{}'; function fish_prompt; echo -n 'rea''dy> '; end", script.display());
    try_the_tab_key("fish", "--no-config -i", &set_up);
}

#[test]
fn bash_offers_a_name_of_two_words_as_one_word() {
    let sandbox = home();
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let complete = r#"source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _xcred xcred "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\n' "${COMPREPLY[@]}""#;
    for (typed, offered) in [
        (&["xcred", "list-p"][..], "list-profiles\n"),
        (&["xcred", "get", "-p", ""], "default\nteam\\ one\n"),
        (&["xcred", "get", "-p", "team\\ o"], "team\\ one\n"),
        (&["xcred", "get", "--profile", "=", "te"], "team\\ one\n"),
        (&["xcred", "get", "--profile", "\"te"], "team one\n"),
        (&["xcred", "get", "--profile", "x"], "\n"),
        (&["xcred", "profile", "remove", "d"], "default\n"),
    ] {
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", complete]).arg(repository("completions/xcred.bash")).args(typed);
        bash.env_clear()
            .env("HOME", sandbox.home())
            .env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        let output = bash.output().expect("bash starts");
        assert_eq!(String::from_utf8_lossy(&output.stdout), offered, "{typed:?}: {output:?}");
    }
}
