//! `xcred export-env` that dies without a word: whatever it had written makes the evaluation fail.

use std::path::Path;

use crate::exports::{find, run_by};
use crate::harness::{CANARY, Sandbox, section};

/// A profile with keys, and one whose process ends the program that asks it.
fn home(signal: &str) -> Sandbox {
    Sandbox::new()
        .config(format!("[profile dies]\ncredential_process = sh -c \"kill -{signal} $PPID; sleep 1\"\n"))
        .credentials(section("good", "AKIAGOOD", CANARY))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "AKIAOLD")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .revealing()
}

const SHELLS: [(&str, &[&str], &str); 11] = [
    ("dash", &["-c"], "set -e; eval $(XCRED); echo survived as $AWS_ACCESS_KEY_ID"),
    ("bash", &["-c"], "set -e; eval \"$(XCRED)\"; echo survived as $AWS_ACCESS_KEY_ID"),
    ("bash", &["-c"], "eval $(XCRED) && echo survived as $AWS_ACCESS_KEY_ID"),
    ("bash", &["-c"], "source <(XCRED) && echo survived as $AWS_ACCESS_KEY_ID"),
    ("zsh", &["-fc"], "set -e; eval $(XCRED); echo survived as $AWS_ACCESS_KEY_ID"),
    ("fish", &["-Nc"], "XCRED | source; and echo survived as $AWS_ACCESS_KEY_ID"),
    ("fish", &["-Nc"], "eval (XCRED); and echo survived as $AWS_ACCESS_KEY_ID"),
    ("tcsh", &["-fc"], "eval `XCRED` && echo survived as $AWS_ACCESS_KEY_ID"),
    ("elvish", &["-norc", "-c"], "eval (XCRED | slurp); echo survived as $E:AWS_ACCESS_KEY_ID"),
    (
        "nu",
        &["-n", "-c"],
        "XCRED --format json | from json | load-env; print $\"survived as ($env.AWS_ACCESS_KEY_ID)\"",
    ),
    ("xonsh", &["--no-rc", "-c"], "execx($(XCRED)); echo survived as $AWS_ACCESS_KEY_ID"),
];

#[test]
fn a_program_that_is_killed_leaves_what_fails_in_each_shell() {
    for signal in ["KILL", "ABRT", "SEGV"] {
        for (name, arguments, script) in SHELLS {
            let Some(shell) = find(name) else { continue };
            if signal != "KILL" && ["elvish", "nu", "xonsh"].contains(&name) {
                continue;
            }
            let killed = script.replace("XCRED", "xcred export-env --profile dies");
            let (code, stdout, _) = run_by(&home(signal), &shell, arguments, &killed).ended();
            assert!(code != Some(0) && !stdout.contains("survived"), "{name}: {killed}: {stdout}");
        }
    }
    for (name, arguments, script) in SHELLS {
        let Some(shell) = find(name) else { continue };
        let good = script.replace("XCRED", "xcred export-env --profile good");
        let stdout = run_by(&home("KILL"), &shell, arguments, &good).success();
        assert!(stdout.ends_with("survived as AKIAGOOD\n"), "{name}: {stdout}");
    }
}

/// What there is on standard output when a process that gives the credentials has been started.
#[test]
fn what_fails_is_written_before_anything_else_is_done() {
    for (format, written) in [
        ("posix", "false"),
        ("fish", "false"),
        ("tcsh", "''false"),
        ("powershell", "if($true){"),
        ("cmd", "set xcred_failed"),
        ("nushell", "if true {\n"),
        ("elvish", "{ "),
        ("xonsh", "try:\n"),
    ] {
        let script = format!(
            "exec 2>/dev/null; xcred export-env --profile dies --format {format} >written; cat written"
        );
        let stdout = run_by(&home("KILL"), Path::new("/bin/sh"), &["-c"], &script).success();
        assert_eq!(stdout, written, "{format}");
    }
}

/// Where not even that was written: the line that the README and the manual page give for scripts.
#[test]
fn the_line_for_scripts_fails_where_nothing_at_all_was_written() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))
        .expect("it is there");
    let line =
        readme.lines().find(|line| line.starts_with("x=$(xcred export-env")).expect("the line for scripts");
    let line = line.split(" #").next().expect("a command").trim();
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("man/xcred-export-env.1"));
    let page = page.expect("it is there").replace("\\-", "-");
    assert!(page.contains(line), "{line}");
    for name in ["dash", "bash", "zsh", "ksh"] {
        let Some(shell) = find(name) else { continue };
        let line = line.replace("--profile dev", "--profile good");
        let script = format!("{line}\necho survived as $AWS_ACCESS_KEY_ID");
        assert_eq!(
            run_by(&home("KILL"), &shell, &["-c"], &script).success(),
            "survived as AKIAGOOD\n",
            "{name}"
        );
        for broken in [
            // Neither can it be started, nor does it get the memory to begin.
            script.replace("xcred export-env", "./nosuch export-env"),
            script.replace("xcred export-env", "ulimit -v 1; xcred export-env"),
            script.replace("--profile good", "--profile dies"),
        ] {
            for set in ["", "set -e\n"] {
                let (code, stdout, _) =
                    run_by(&home("KILL"), &shell, &["-c"], &format!("{set}{broken}")).ended();
                assert!(code != Some(0) && stdout.is_empty(), "{name}: {broken}: {stdout}");
            }
        }
    }
}
