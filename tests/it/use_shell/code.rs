//! What the program prints for a shell's function to evaluate, and what it keeps.

use std::os::unix::fs::PermissionsExt as _;

use super::home;
use crate::harness::{Sandbox, json_of};

/// The changes for Nushell, which are JSON.
fn changes(sandbox: &Sandbox, arguments: &[&str]) -> serde_json::Value {
    let arguments = [&["__evaluated", "nushell", "use", "-q"], arguments].concat();
    json_of(&sandbox.run(&arguments).success())
}

fn home_in(variables: &[(&str, &str)]) -> Sandbox {
    variables.iter().fold(home().revealing(), |sandbox, (name, value)| sandbox.env(name, value))
}

#[test]
fn the_previous_profile_is_the_one_that_the_shell_was() {
    for (before, arguments, profile, previous) in [
        (&[][..], &["dev"][..], Some("dev"), Some("--none")),
        (&[("AWS_PROFILE", "prod-a")], &["dev"], Some("dev"), Some("prod-a")),
        // Keys without a profile can't be returned to.
        (&[("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "s")], &["dev"], Some("dev"), None),
        (
            &[("AWS_ACCESS_KEY_ID", "AKIA"), ("XCRED_PROFILE", "dev"), ("XCRED_PREVIOUS_PROFILE", "prod-a")],
            &["-"],
            Some("prod-a"),
            Some("dev"),
        ),
        (
            &[("AWS_ACCESS_KEY_ID", "AKIA"), ("XCRED_PROFILE", "dev"), ("XCRED_PREVIOUS_PROFILE", "prod-a")],
            &["dev"],
            Some("dev"),
            Some("prod-a"),
        ),
        (
            &[("AWS_ACCESS_KEY_ID", "AKIA"), ("XCRED_PROFILE", "dev"), ("XCRED_PREVIOUS_PROFILE", "--none")],
            &["-"],
            None,
            Some("dev"),
        ),
        (
            &[("AWS_ACCESS_KEY_ID", "AKIA"), ("XCRED_PROFILE", "dev"), ("XCRED_PREVIOUS_PROFILE", "--none")],
            &["--none"],
            None,
            Some("dev"),
        ),
        (&[("XCRED_PREVIOUS_PROFILE", "dev")], &["--none"], None, Some("dev")),
    ] {
        let changes = changes(&home_in(before), arguments);
        assert_eq!(changes["XCRED_PROFILE"].as_str(), profile, "{before:?} {arguments:?}");
        assert_eq!(changes["XCRED_PREVIOUS_PROFILE"].as_str(), previous, "{before:?} {arguments:?}");
        assert!(changes["AWS_PROFILE"].is_null(), "{before:?} {arguments:?}");
    }
}

#[test]
fn nothing_is_printed_where_nothing_can_be_switched() {
    let error = |arguments: &[&str], code| {
        home().run(&[&["__evaluated", "bash", "use"], arguments].concat()).failure(code)
    };
    assert!(error(&["-"], 253).contains("there is no previous profile"));
    assert!(error(&["PROD"], 253).contains("similar names: prod-a, prod-b"));
    assert!(error(&["corp"], 253).contains("xcred login"));
    assert!(error(&[], 253).contains("no terminal to choose one on"));
    assert!(error(&["-p", "dev", "-"], 252).contains("--profile"));
    assert!(error(&["-p", "dev", "--none"], 252).contains("--profile"));
    assert!(error(&["dev", "--none"], 252).contains("cannot be used with"));
    let only = home().run(&["__evaluated", "bash", "use", "team"]).failure(253);
    assert!(only.contains("did you mean `xcred use 'team one'`?"), "{only}");
}

#[test]
fn a_command_that_is_not_use_is_the_shells_to_run() {
    for arguments in
        [&["get", "region"][..], &["use", "--help"], &["profile", "show", "use"], &["-p", "use", "get", "x"]]
    {
        for (shell, code) in [("bash", 0), ("tcsh", 200)] {
            let outcome = home().run(&[&["__evaluated", shell], arguments].concat());
            assert_eq!(outcome.code(code), (String::new(), String::new()), "{arguments:?}");
        }
    }
    let outcome = home().run(&["__ended", "200", "get", "region", "-p", "dev"]);
    assert_eq!(outcome.success(), "eu-west-1\n");
    assert_eq!(home().run(&["__ended", "253", "get", "region", "-p", "dev"]).failure(253), "");
}

#[test]
fn the_line_says_who_the_shell_is() {
    let sandbox = home().config(
        "[profile dev]\nregion = eu-west-1\n[profile old]\naws_session_token = c4n4ry\nx_security_token_expires = \
         2020-01-01T00:00:00Z\naws_account_id = 123456789012\n",
    );
    let sandbox = sandbox.credentials(
        "[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = c4n4ry\n[old]\naws_access_key_id = ASIAOLD\n\
         aws_secret_access_key = c4n4ry\naws_session_token = c4n4ry\nexpiration = 2999-01-01T00:00:00Z\naws_account_id = \
         123456789012\n",
    );
    let said = |name| sandbox.run(&["__evaluated", "bash", "use", name]).success_with_words().1;
    assert_eq!(said("dev"), "xcred: profile dev, region eu-west-1\n");
    let said = said("old");
    assert!(said.starts_with("xcred: profile old, no region, until "), "{said}");
}

#[test]
fn the_names_of_the_profiles_used_last_are_kept_for_their_user_alone() {
    let sandbox = home().revealing();
    for name in ["dev", "prod-a", "dev", "team one"] {
        let _ = sandbox.run(&["__evaluated", "bash", "use", "-q", name]).success();
    }
    let path = ".local/state/xcred/recent/profiles";
    assert_eq!(sandbox.read(path), "team one\ndev\nprod-a\n");
    let mode = std::fs::metadata(sandbox.path(path)).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    sandbox.put(path, (0..200).map(|number| format!("profile-{number}")).collect::<Vec<_>>().join("\n"));
    let _ = sandbox.run(&["__evaluated", "bash", "use", "-q", "dev"]).success();
    let kept = sandbox.read(path);
    assert_eq!((kept.lines().next(), kept.lines().count()), (Some("dev"), 50));
    // Where it can't be written, the shell is switched all the same.
    let closed = home().revealing().file(".local/state", "a file");
    assert!(closed.run(&["__evaluated", "bash", "use", "-q", "dev"]).success().contains("AKIADEV"));
}

#[test]
fn another_variable_gets_the_name_for_prompts_that_know_it() {
    let sandbox = home().revealing();
    let _ = sandbox.run(&["config", "set", "export.variable", "AWS_VAULT"]).success();
    assert_eq!(changes(&sandbox, &["dev"])["AWS_VAULT"], "dev");
    assert!(changes(&sandbox, &["--none"])["AWS_VAULT"].is_null());
    let exported = sandbox.run(&["export-env", "dev", "--format", "json"]).success();
    assert!(exported.contains("\"AWS_VAULT\": \"dev\""), "{exported}");
    assert!(sandbox.run(&["exec", "-q", "dev", "--", "env"]).success().contains("\nAWS_VAULT=dev\n"));
    // Without the setting, the name of another identity doesn't stay.
    let other = home().revealing().env("AWS_VAULT", "other").env("AWSUME_PROFILE", "other");
    assert!(!other.run(&["exec", "-q", "dev", "--", "env"]).success().contains("other"));
    let error = sandbox.run(&["config", "set", "export.variable", "AWS_PROFILE"]).failure(252);
    assert!(error.contains("ignore the exported keys"), "{error}");
    sandbox.put(".config/xcred/config.toml", "[export]\nvariable = 'AWS_PROFILE'\n");
    let error = sandbox.run(&["__evaluated", "bash", "use", "dev"]).failure(253);
    assert!(error.contains("config.toml:2") && error.contains("AWS_VAULT or AWSUME_PROFILE"), "{error}");
}

/// The words of tcsh's alias are those behind it, with redirections: a file must not get the secrets.
#[test]
fn redirected_output_of_the_alias_is_refused() {
    let sandbox = home();
    let program = sandbox.command();
    let mut shell = std::process::Command::new("sh");
    shell.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(sandbox.home()).args(["-c", "\"$0\" __evaluated tcsh use dev > out; exit $?"]);
    shell.arg(program.get_program());
    let error = sandbox.finish(shell, "").failure(252);
    assert!(error.contains("redirected, so tcsh can't evaluate it"), "{error}");
    assert_eq!(sandbox.read("out"), "");
}

/// PowerShell can't be had here: what it evaluates is compared with what was reviewed.
#[test]
fn the_text_for_powershell() {
    let sandbox = home().revealing();
    let text = sandbox.run(&["__evaluated", "powershell", "use", "-q", "dev"]).success();
    for assignment in [
        "$env:AWS_ACCESS_KEY_ID='AKIADEV';",
        "$env:XCRED_PROFILE='dev';",
        "$env:XCRED_PREVIOUS_PROFILE='--none';",
        "$env:AWS_PROFILE=$null;",
    ] {
        assert!(text.contains(assignment), "{text}");
    }
    let function = "function global:xcred {
    $program = (Get-Command -Name xcred -CommandType Application -ErrorAction Stop | Select-Object -First 1).Source
    # PowerShell takes the first `--` out of a function's arguments. It is put back where the text of the call has it.
    $words = $args
    $line = $MyInvocation.Line
    $start = [Math]::Max($MyInvocation.OffsetInLine - 1, 0)
    if ($line -and $start -lt $line.Length) {
        $parsed = [Management.Automation.Language.Parser]::ParseInput($line.Substring($start), [ref]$null, [ref]$null)
        $call = $parsed.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        $texts = @(if ($call) { $call.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text } })
        $at = [Array]::IndexOf($texts, '--')
        if ($at -ge 0 -and $texts.Count -eq $args.Count + 1) {
            $words = @($args | Select-Object -First $at) + '--' + @($args | Select-Object -Skip $at)
        }
    }
    $code = ''
    if ($args -ccontains 'use') {
        $code = & $program __evaluated powershell @words | Out-String
        if ($LASTEXITCODE -ne 0) { return }
    }
    if ($code.Trim() -ne '') {
        Invoke-Expression $code
    } elseif ($MyInvocation.ExpectingInput) {
        $input | & $program @words
    } else {
        & $program @words
    }
}
";
    assert!(sandbox.run(&["init", "powershell"]).success().contains(function));
}

#[test]
fn init_prints_the_completions_that_there_are_and_the_function() {
    for shell in ["bash", "zsh", "fish", "powershell", "nushell", "elvish", "xonsh", "tcsh"] {
        let printed = home().run(&["init", shell]).success();
        assert!(
            printed.contains(&format!("__evaluated {shell}"))
                || printed.contains(&format!("\"__evaluated\", \"{shell}\"")),
            "{shell}"
        );
        if !matches!(shell, "xonsh" | "tcsh") {
            let completions = home().run(&["completions", shell]).success();
            assert!(printed.starts_with(&completions), "{shell}");
        }
    }
    assert_eq!(home().run(&["init", "nu"]).success(), home().run(&["init", "nushell"]).success());
}
