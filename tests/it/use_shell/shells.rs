//! Real shells at a real terminal: switch, pick, go back, clear, and errors after which nothing is switched.

use std::process::Command;

use super::{home, path};
use crate::exports::find;
use crate::harness::Sandbox;
use crate::keyboard::{Keyboard, PROMPT};
use crate::missing::is_missing;

/// A shell, and what it calls things.
struct Tried<'t> {
    /// A line of `sh` that starts it.
    start: &'t str,
    /// What it shows when it reads keys; nothing where it doesn't lose what was typed before.
    ready: &'t str,
    /// What is typed first.
    set_up: &'t str,
    /// Shows the status of the command before it, after `st-`; none where a failure is shown as an exception.
    status: Option<&'t str>,
    /// Whether Tab completes a profile after `xcred use`.
    completes: bool,
    /// Whether options can come before `use`.
    takes_options_first: bool,
    /// The key for Enter.
    enter: &'t str,
}

impl Tried<'_> {
    fn keyboard(&self, sandbox: &Sandbox) -> Keyboard {
        let mut keyboard = Keyboard::at(&format!("stty rows 40 cols 100; exec {}", self.start), sandbox);
        keyboard.see(self.ready);
        keyboard.press(&format!("{}{}", self.set_up, self.enter));
        keyboard.expect("");
        keyboard
    }

    /// Types a line, and waits for what it prints.
    #[track_caller]
    fn line(&self, keyboard: &mut Keyboard, line: &str, printed: &str) {
        keyboard.press(&format!("{line}{}", self.enter));
        keyboard.expect(printed);
    }

    #[track_caller]
    fn fails(&self, keyboard: &mut Keyboard, line: &str, printed: &str, code: u8) {
        match self.status {
            Some(status) => {
                self.line(keyboard, line, printed);
                self.line(keyboard, status, &format!("st-{code}"));
            }
            None => self.line(keyboard, line, printed),
        }
    }

    /// All of it, with the function loaded.
    fn switches(&self, sandbox: &Sandbox) {
        let mut keyboard = self.keyboard(sandbox);
        let keyboard = &mut keyboard;
        self.line(keyboard, "xcred use dev", "xcred: profile dev, region eu-west-1");
        self.line(keyboard, "who", "<dev/AKIADEV/eu-west-1/--none/>");
        self.line(keyboard, "xcred use -q 'team one'", "");
        self.line(keyboard, "who", "<team one/AKIAONE/eu-south-2/dev/>");
        self.picks(keyboard);
        self.line(keyboard, "xcred use -", "xcred: profile team one, region eu-south-2");
        self.line(keyboard, "who", "<team one/AKIAONE/eu-south-2/prod-b/>");
        // The same profile again, such as for new credentials, doesn't lose the way back.
        self.line(
            keyboard,
            "xcred use 'team one' --region sa-east-1",
            "xcred: profile team one, region sa-east-1",
        );
        self.line(keyboard, "who", "<team one/AKIAONE/sa-east-1/prod-b/>");
        self.fails(keyboard, "xcred use prod", "similar names: prod-a, prod-b", 253);
        self.fails(keyboard, "xcred use nosuch", "profile `nosuch` not found", 253);
        self.fails(keyboard, "xcred use dev ops", "unexpected argument", 252);
        self.line(keyboard, "who", "<team one/AKIAONE/sa-east-1/prod-b/>");
        self.line(keyboard, "xcred use --none", "No profile is in use");
        self.line(keyboard, "who", "<nobody///team one/>");
        let back = if self.takes_options_first { "xcred -v use -" } else { "xcred use -" };
        self.line(keyboard, back, "xcred: profile team one");
        self.line(keyboard, "who", "<team one/AKIAONE/eu-south-2/--none/>");
        self.line(keyboard, "xcred use -", "No profile is in use");
        self.line(keyboard, "who", "<nobody///team one/>");
        self.passes(keyboard);
        if self.completes {
            // Elvish takes the first Enter for the completion.
            keyboard.press(&format!("xcred use tea\t{0}{0}", self.enter));
            keyboard.expect("xcred: profile team one, region eu-south-2");
        }
    }

    /// From the list: narrowed by parts in any order, given up, and its first row.
    fn picks(&self, keyboard: &mut Keyboard) {
        keyboard.press(&format!("xcred use{}", self.enter));
        keyboard.see("team one (active)");
        keyboard.see("corp (not signed in)");
        keyboard.press("west prod");
        keyboard.see("> prod-b");
        keyboard.press("\r");
        keyboard.expect("xcred: profile prod-b, region us-west-2");
        self.line(keyboard, "who", "<prod-b/AKIAPB/us-west-2/team one/>");
        keyboard.press(&format!("xcred use{}", self.enter));
        // The last one before the active one is selected.
        keyboard.see("> team one");
        keyboard.press("\u{3}");
        keyboard.expect("");
        self.line(keyboard, "who", "<prod-b/AKIAPB/us-west-2/team one/>");
    }

    /// Everything else is the program's.
    fn passes(&self, keyboard: &mut Keyboard) {
        self.line(keyboard, "xcred get region --profile prod-a", "us-east-1");
        self.line(keyboard, "xcred list-profiles | tail -n 1", "corp");
        self.fails(keyboard, "xcred get region -p nosuch", "not found", 253);
        self.line(keyboard, "xcred use --help", "Switch this shell to a profile");
        self.line(keyboard, "xcred exec dev -- who", "<dev/AKIADEV/eu-west-1//>");
    }
}

#[test]
fn bash_is_switched() {
    if is_missing("script") || is_missing("bash") {
        return;
    }
    let init = r#"eval "$(xcred init bash)"; PS1='rea''dy> '"#;
    for before in ["", "set -u;", "set -o vi;", "IFS=x;", "set -f;", "alias command=false xcred='xcred -v';"]
    {
        let set_up = format!("bind 'set enable-bracketed-paste off'; {before} {init}");
        let bash = Tried {
            start: "bash --norc --noprofile -i",
            ready: "",
            set_up: &set_up,
            status: Some("echo st-$?"),
            completes: true,
            takes_options_first: true,
            enter: "\n",
        };
        bash.switches(&home());
    }
}

#[test]
fn zsh_is_switched() {
    if is_missing("script") || is_missing("zsh") {
        return;
    }
    let init = r#"unsetopt promptsp; eval "$(xcred init zsh)"; PS1='rea''dy> '"#;
    for before in [
        "",
        "set -u;",
        "bindkey -v;",
        "IFS=x;",
        "setopt noglob warn_create_global;",
        "setopt sh_word_split ksh_arrays glob_subst;",
        "setopt csh_junkie_quotes;",
        "autoload -U compinit; compinit -u -D; alias command=false xcred='xcred -v';",
    ] {
        let set_up = format!("{before} {init}");
        let zsh = Tried {
            start: "zsh -f -i",
            ready: "",
            set_up: &set_up,
            status: Some("echo st-$?"),
            completes: before.contains("compinit"),
            takes_options_first: true,
            enter: "\n",
        };
        zsh.switches(&home());
    }
}

#[test]
fn fish_is_switched() {
    if is_missing("script") || is_missing("fish") {
        return;
    }
    let fish = Tried {
        start: "fish --no-config -i",
        ready: "",
        set_up: "xcred init fish | source; function fish_prompt; echo -n 'rea''dy> '; end",
        status: Some("echo st-$status"),
        completes: true,
        takes_options_first: true,
        enter: "\n",
    };
    fish.switches(&home());
}

#[test]
fn elvish_is_switched() {
    if is_missing("script") || is_missing("elvish") {
        return;
    }
    let elvish = Tried {
        start: "elvish -norc",
        ready: "",
        set_up: "eval (xcred init elvish | slurp); set edit:rprompt = { }; set edit:prompt = { put 'rea'; put 'dy> ' }",
        status: None,
        completes: true,
        takes_options_first: true,
        enter: "\r",
    };
    elvish.switches(&home());
}

#[test]
fn tcsh_is_switched() {
    if is_missing("script") || is_missing("tcsh") {
        return;
    }
    let tcsh = Tried {
        start: "tcsh -f",
        ready: "",
        set_up: "eval \"`xcred init tcsh`\"; set prompt = 'rea''dy> '",
        status: Some("echo st-$status"),
        completes: false,
        takes_options_first: true,
        enter: "\n",
    };
    tcsh.switches(&home());
}

#[test]
fn xonsh_is_switched() {
    let Some(xonsh) = find("xonsh") else { return };
    if is_missing("script") {
        return;
    }
    let start = format!("{} --no-rc --shell-type readline -D 'PROMPT={PROMPT}' -i", xonsh.display());
    let xonsh = Tried {
        start: &start,
        ready: PROMPT,
        set_up: "execx($(xcred init xonsh))",
        status: Some("print(f'st-{__xonsh__.lastcmd.returncode}')"),
        completes: false,
        takes_options_first: true,
        enter: "\n",
    };
    xonsh.switches(&home());
}

#[test]
fn nushell_is_switched() {
    let Some(nu) = find("nu") else { return };
    if is_missing("script") {
        return;
    }
    let sandbox = home();
    sandbox.put("xcred.nu", sandbox.run(&["init", "nushell"]).success());
    let start = format!("{} --no-config-file", nu.display());
    let nu = Tried {
        start: &start,
        ready: "> ",
        set_up: "$env.PROMPT_COMMAND = {|| 'rea' + 'dy> '}; $env.PROMPT_INDICATOR = ''; $env.PROMPT_COMMAND_RIGHT = ''; \
                 source xcred.nu",
        status: None,
        completes: true,
        takes_options_first: false,
        enter: "\r",
    };
    nu.switches(&sandbox);
}

#[test]
fn a_shell_with_errexit_ends_where_a_switch_fails_and_nowhere_else() {
    for shell in ["bash", "zsh"] {
        if is_missing(shell) {
            continue;
        }
        let sandbox = home().env("PATH", &path());
        let run = |script: &str| {
            let command = sandbox.command();
            let mut by_shell = Command::new(shell);
            by_shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
            by_shell.current_dir(sandbox.home()).args(["-euc", script]);
            sandbox.finish(by_shell, "")
        };
        let init = format!("eval \"$(xcred init {shell})\"; ");
        let said = run(&format!(
            "{init} xcred use -q dev; xcred use -q -; xcred use -q dev; echo \"$XCRED_PROFILE\""
        ));
        assert_eq!(said.success(), "dev\n", "{shell}");
        let (said, error) =
            run(&format!("{init} xcred use -q dev; xcred use prod; echo \"$XCRED_PROFILE\"")).code(253);
        assert_eq!(said, "", "{shell}");
        assert!(error.contains("similar names: prod-a, prod-b"), "{shell}: {error}");
        let (said, _) =
            run(&format!("{init} xcred use -q dev; xcred use prod || echo \"$? $XCRED_PROFILE\"")).code(0);
        assert_eq!(said, "253 dev\n", "{shell}");
        let (said, error) = run(&format!("{init} xcred use || echo \"$?\"")).code(0);
        assert_eq!(said, "253\n", "{shell}");
        assert!(error.contains("no terminal to choose one on"), "{shell}: {error}");
        let (said, error) =
            run(&format!("{init} readonly AWS_REGION=x; xcred use -q dev || echo \"$?\"; env")).code(0);
        assert!(said.starts_with("1\n") && !said.contains("AKIADEV"), "{shell}: {said}");
        assert!(error.contains("a variable is read-only"), "{shell}: {error}");
    }
}

/// A script in a shell that was another identity, with the file that `init` is for. Prints the status and the identity.
#[track_caller]
fn identity_after(shell: &str, set_up: &str, before: &str, profile: &str) -> (String, String) {
    let sandbox = home().revealing();
    let mut command = Command::new(shell);
    command.env_clear().env("HOME", sandbox.home()).env("PATH", path()).current_dir(sandbox.home());
    command.env("AWS_SESSION_TOKEN", "old").env("AWS_PROFILE", "old");
    let status = if shell == "tcsh" { "$status" } else { "$?" };
    let script =
        format!("{set_up}\n{before}\nxcred use {profile}\n/usr/bin/env echo rc={status}\n/usr/bin/env");
    std::fs::write(sandbox.path("script"), script).expect("a file");
    command.args(if shell == "bash" { &["--norc", "script"] } else { &["-f", "script"] });
    let (printed, said) = sandbox.finish(command, "").code(0);
    let names = ["rc=", "AWS_ACCESS_KEY_ID=", "AWS_SESSION_TOKEN=", "AWS_PROFILE=", "XCRED_PROFILE="];
    let mut lines: Vec<&str> =
        printed.lines().filter(|line| names.iter().any(|name| line.starts_with(name))).collect();
    lines.sort_unstable();
    (lines.join(" "), said)
}

/// With such a function in its place nothing that the function of `init` calls can be relied on.
#[test]
fn a_function_in_place_of_builtin_is_an_error() {
    for shell in ["bash", "zsh"] {
        if is_missing(shell) {
            continue;
        }
        let set_up = format!("eval \"$(xcred init {shell})\"");
        for before in ["builtin() { :; }", "set -u; builtin() { return 1; }"] {
            let (found, said) = identity_after(shell, &set_up, before, "dev");
            assert_eq!(found, "AWS_PROFILE=old AWS_SESSION_TOKEN=old rc=1", "{shell}: {before}: {said}");
            let expected =
                "xcred: a function takes the place of builtin, so nothing was done: unset -f builtin\n";
            assert_eq!(said, expected, "{shell}: {before}");
        }
    }
}

/// Either the whole identity and status 0, or nothing was changed and the status says so.
#[test]
fn what_is_named_as_a_builtin_leaves_no_half_switched_shell() {
    let switched = "AWS_ACCESS_KEY_ID=AKIADEV XCRED_PROFILE=dev rc=0";
    let kept = "AWS_PROFILE=old AWS_SESSION_TOKEN=old rc=253";
    let functions = [
        "eval", "unset", "break", "continue", "test", "export", "echo", "printf", "command", "local",
        "return",
    ];
    let aliases =
        ["eval", "unset", "unsetenv", "set", "setenv", "printf", "false", "unset unsetenv setenv set eval"];
    for shell in ["bash", "zsh", "tcsh"] {
        if is_missing(shell) {
            continue;
        }
        let (set_up, names) = match shell {
            "tcsh" => ("eval \"`xcred init tcsh`\"".to_owned(), &aliases[..]),
            _ => (format!("eval \"$(xcred init {shell})\""), &functions[..]),
        };
        for name in names {
            let before = match shell {
                "tcsh" => format!("alias {} true", name.replace(' ', " true\nalias ")),
                _ => format!("{name}() {{ :; }}"),
            };
            let (found, said) = identity_after(shell, &set_up, &before, "dev");
            assert_eq!(found, switched, "{shell}: {name}: {said}");
            assert_eq!(said.trim_end(), "xcred: profile dev, region eu-west-1", "{shell}: {name}");
            let (found, said) = identity_after(shell, &set_up, &before, "nosuch");
            assert_eq!(found, kept, "{shell}: {name}: {said}");
        }
    }
}

#[test]
fn without_the_function_it_says_what_to_add_to_which_file() {
    let sandbox = home();
    for (shell, advice) in [
        ("bash", "add this line to ~/.bashrc, and start a new shell: `eval \"$(xcred init bash)\"`"),
        ("zsh", "add this line to ~/.zshrc, and start a new shell: `eval \"$(xcred init zsh)\"`"),
        ("tcsh", "add this line to ~/.tcshrc, and start a new shell: `eval \"`xcred init tcsh`\"`"),
        ("dash", "`xcred init --help` shows the line for each shell"),
    ] {
        if is_missing(shell) {
            continue;
        }
        let mut command = Command::new(shell);
        command.env_clear().env("HOME", sandbox.home()).env("PATH", path());
        // Not the last command, which a shell may run in its own place.
        command.args([
            "-c",
            if shell == "tcsh" { "xcred use dev; exit $status" } else { "xcred use dev; exit $?" },
        ]);
        let error = sandbox.finish(command, "").failure(252);
        assert!(error.contains(advice), "{shell}: {error}");
    }
}
