//! The commands that errors suggest run where they are suggested: each failing run of the tests is followed by what its
//! help says, as far as that neither asks a service nor a person.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The commands of xcred that a text suggests, with their placeholders filled in.
pub(crate) fn suggested(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in
        text.lines().map(str::trim).filter(|line| line.starts_with("help: ") || line.starts_with("`xcred "))
    {
        let mut rest = line;
        while let Some((_, command)) = rest.split_once("`xcred ") {
            let Some((command, behind)) = command.split_once('`') else { break };
            rest = behind;
            let key = command.split(' ').nth(1).unwrap_or_default();
            let value = match key {
                "region" | "sso_region" => "eu-west-1",
                "output" => "json",
                "duration_seconds" => "3600",
                "credential_process" => "/bin/true",
                key if key.ends_with("arn") || key == "mfa_serial" => "arn:aws:iam::123456789012:role/R",
                _ => "x",
            };
            let is_blank = |word: &str| ["VALUE", "NAME", "ARN", "REGION", "URL", "KEY"].contains(&word);
            let words = command.split(' ').map(|word| if is_blank(word) { value } else { word });
            found.insert(words.collect::<Vec<_>>().join(" "));
        }
    }
    found
}

/// The line that shows whether a command works, without changing anything. `None` for one that would ask somebody, or run
/// something.
fn harmless(command: &str) -> Option<String> {
    let words: Vec<&str> = command.split(' ').collect();
    let line = match words[..] {
        ["set" | "unset", ..] | ["profile", "remove" | "rename" | "copy", ..] => {
            format!("xcred {command} --dry-run")
        }
        ["doctor", ..] if command.contains("--fix") => format!("xcred {command} --dry-run"),
        ["doctor" | "list-profiles" | "status" | "man" | "completions", ..]
        | ["config", "get" | "list" | "path", ..]
        | ["resolve", .., "--offline"] => format!("xcred {command}"),
        ["get", ..] if command.contains("--stored") => format!("xcred {command}"),
        _ => return None,
    };
    // An argument after `--` is no option.
    Some(line).filter(|_| !command.contains(" -- "))
}

/// Runs what a failed run of `program` suggested.
#[track_caller]
pub(crate) fn follow(program: &Command, told: &str) {
    for line in suggested(told).iter().filter_map(|command| harmless(command)) {
        let folder = std::path::Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
        let mut shell = Command::new("timeout");
        shell.args(["20", "sh", "-c", &line]).env_clear();
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        if let Some(folder) = program.get_current_dir() {
            shell.current_dir(folder);
        }
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = shell.spawn().expect("a shell");
        let _ = child.stdin.take().expect("a pipe").write_all(b"value\n");
        let output = child.wait_with_output().expect("it ends");
        let edits = ["xcred set", "xcred unset", "xcred profile"].iter().any(|verb| line.starts_with(verb));
        let code = output.status.code();
        let said = String::from_utf8_lossy(&output.stderr);
        // A line without a meaning, of which the same run tells, is to be put right first.
        let waits = || said.contains("is between them") && told.contains("not a `key = value` line");
        let works = if edits { code == Some(0) || waits() } else { code != Some(252) };
        assert!(works, "`{line}` was suggested by\n{told}\n{said}");
    }
}
