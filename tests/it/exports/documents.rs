//! The formats that no shell evaluates here: dotenv and JSON, read by the programs that they are for, and
//! PowerShell and cmd, which this machine can't be relied on to have, read by their rules.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use xcred::internals::Secret;
use xcred::internals::shell::{Environment, VARIABLES};

use super::hostile;
use super::program::find;
use super::stage::{Stage, environments, shell, text};
use crate::peers;

fn values() -> Vec<String> {
    [hostile::fixed(), hostile::random(23, 400)].concat()
}

fn expected(environment: &Environment) -> BTreeMap<String, String> {
    environment.set().iter().map(|(name, value)| ((*name).to_owned(), value.expose().to_owned())).collect()
}

/// Lets a program read the file `code` and write what it found as JSON.
#[track_caller]
fn read_by(program: &Path, arguments: &[&str], environment: &Environment) {
    let stage = Stage::new(&text("dotenv", environment));
    let output = Command::new(program)
        .args(arguments)
        .current_dir(stage.folder())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}: {output:?}", program.display());
    let found: BTreeMap<String, String> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found, expected(environment), "{}", program.display());
}

#[test]
fn a_dotenv_file_is_read_by_python_dotenv_and_node_alike() {
    let environments = environments("dotenv", &values());
    assert!(environments.len() > 4, "most values can be said");
    let python = "import dotenv, json; print(json.dumps(dotenv.dotenv_values('code')))";
    let node = "console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env)
        .filter(([name]) => /^(AWS|AMAZON|XCRED)_/.test(name)))))";
    for environment in &environments {
        if let Some(interpreter) = peers::python() {
            read_by(interpreter, &["-c", python], environment);
        }
        if let Some(interpreter) = find("node") {
            read_by(&interpreter, &["--env-file=code", "-e", node], environment);
        }
    }
}

#[test]
fn a_dotenv_file_needs_no_quotes_for_what_aws_gives_out() {
    let values =
        ["AKIAIOSFODNN7EXAMPLE", "wJal+r/K7=", "t", "123456789012", "2026-11-21T18:00:00Z", "eu-west-1"];
    let environment = Environment::new(VARIABLES.into_iter().zip(values.map(Secret::new))).expect("no NUL");
    assert!(!text("dotenv", &environment).contains(['\'', '"']));
}

#[test]
fn json_has_null_for_what_has_to_go() {
    for environment in environments("json", &values()) {
        let found: BTreeMap<String, Option<String>> =
            serde_json::from_str(&text("json", &environment)).expect("JSON");
        let set = expected(&environment).into_iter().map(|(name, value)| (name, Some(value)));
        let removed = environment.removed().map(|name| (name.to_owned(), None));
        assert_eq!(found, set.chain(removed).collect());
    }
}

/// What PowerShell's tokenizer makes of the first statement: `$env:NAME=` and single-quoted strings and `[char]`
/// numbers added up, or `$null`. A quote is any of the five that it takes for one. Also what follows.
fn powershell(text: &str) -> (String, Option<String>, &str) {
    assert!(text.is_ascii(), "a code page would change {text}");
    let (name, mut rest) =
        text.strip_prefix("$env:").expect("a variable").split_once('=').expect("an assignment");
    if let Some(rest) = rest.strip_prefix("$null;") {
        return (name.to_owned(), None, rest);
    }
    let mut units: Vec<u16> = Vec::new();
    loop {
        if let Some(number) = rest.strip_prefix("[char]") {
            let end = number.find(|c: char| !c.is_ascii_digit()).expect("an end");
            units.push(number[..end].parse().expect("a UTF-16 unit"));
            rest = &number[end..];
        } else {
            rest = rest.strip_prefix('\'').expect("a string");
            loop {
                let end = rest.find('\'').expect("an end");
                units.extend(rest[..end].encode_utf16());
                rest = &rest[end + 1..];
                let Some(doubled) = rest.strip_prefix('\'') else { break };
                units.push(u16::from(b'\''));
                rest = doubled;
            }
        }
        match rest.strip_prefix('+') {
            Some(more) => rest = more,
            None => break,
        }
    }
    let rest = rest.strip_prefix(';').expect("the end of a statement");
    (name.to_owned(), Some(String::from_utf16(&units).expect("UTF-16")), rest)
}

#[test]
fn powershell_by_its_rules() {
    for environment in environments("powershell", &values()) {
        let text = text("powershell", &environment);
        // One line and one block: cut off anywhere it is nothing that PowerShell would run.
        let block = text.strip_prefix("if($true){").and_then(|rest| rest.strip_suffix("}\n"));
        let mut rest = block.expect("one block");
        let mut found = BTreeMap::new();
        while !rest.is_empty() {
            let (name, value, more) = powershell(rest);
            found.insert(name, value);
            rest = more;
        }
        let set = expected(&environment).into_iter().map(|(name, value)| (name, Some(value)));
        let removed = environment.removed().map(|name| (name.to_owned(), None));
        assert_eq!(found, set.chain(removed).collect());
    }
}

/// What cmd makes of a line, in a batch file as in `for /f`: in quotes nothing but `%`, and `!` with delayed
/// expansion, is special, and `set "NAME=…"` takes all up to the last quote.
fn cmd(line: &str) -> (String, String) {
    assert!(line.len() < 8191 && line.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{line}");
    assert!(!line.contains(['%', '!']) && line.matches('"').count() == 2, "{line}");
    let assignment =
        line.strip_prefix("set \"").and_then(|rest| rest.strip_suffix('"')).expect("an assignment");
    let (name, value) = assignment.split_once('=').expect("a name");
    (name.to_owned(), value.to_owned())
}

#[test]
fn cmd_by_its_rules() {
    for environment in environments("cmd", &values()) {
        let text = text("cmd", &environment);
        // `set NAME` fails, as there is no such variable; continued to an assignment it doesn't.
        let rest = text.strip_prefix("set xcred_failed").and_then(|rest| rest.strip_prefix("=1\r\n"));
        let statements = rest.and_then(|rest| rest.strip_suffix("set \"xcred_failed=\"\r\n"));
        let found: BTreeMap<_, _> = statements.expect("a frame").split_terminator("\r\n").map(cmd).collect();
        let removed = environment.removed().map(|name| (name.to_owned(), String::new()));
        assert_eq!(found, expected(&environment).into_iter().chain(removed).collect());
    }
}

#[test]
fn what_can_not_be_said_is_refused_with_the_reason_and_without_the_value() {
    for (name, value, what) in [
        ("cmd", "a%b", "a percent sign"),
        ("cmd", "a!b", "an exclamation mark"),
        ("cmd", "a\"b", "a double quote"),
        ("cmd", "a\nb", "a control character"),
        ("cmd", "é", "a character that is not ASCII"),
        ("cmd", "", "an empty value"),
        ("powershell", "", "an empty value"),
        ("tcsh", "a\nb", "a line break"),
        ("tcsh", "a\rb", "a line break"),
        ("dotenv", "a\\b", "a backslash"),
        ("dotenv", "a\rb", "a control character other than a line feed"),
        ("dotenv", "${a}", "`${`"),
        ("dotenv", "'\"", "both kinds of quotes"),
        ("dotenv", "'$a", "a single quote beside a dollar sign or a backquote"),
    ] {
        let environment = Environment::new([("AWS_SECRET_ACCESS_KEY", Secret::new(value))]).expect("no NUL");
        let error = shell(name).code(&environment).expect_err("it can't be said").to_string();
        let expected =
            format!("{} can't express {what} in the value for AWS_SECRET_ACCESS_KEY", shell(name).title);
        assert_eq!(error, expected);
    }
    let error = shell("dotenv").code(&Environment::empty()).expect_err("nothing to say").to_string();
    assert_eq!(error, "a dotenv file can set variables but not remove them");
}
