//! The command prompt of Windows.

use super::{Environment, Error, Shell};

pub(super) const SHELL: &Shell = &Shell {
    name: "cmd",
    aliases: &[],
    about: "The command prompt of Windows",
    title: "the command prompt",
    programs: &["cmd"],
    usage: Some(r#"for /f "delims=" %i in ('xcred export-env --format cmd') do @%i"#),
    opening: "set xcred_failed",
    // Not `exit /b`, which closes the window where there is no batch file to leave.
    failure: "set xcred_failed\r\ncmd /c exit 1\r\n",
    write,
};

/// `set NAME` alone fails where the variable doesn't exist, and `set NAME=1` doesn't.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    out.push_str("=1\r\n");
    for name in environment.removed() {
        out.push_str(&format!("set \"{name}=\"\r\n"));
    }
    for (variable, value) in environment.set() {
        if let Some(what) = inexpressible(value.expose()) {
            return Err(Error::Inexpressible { shell: SHELL.title, variable, what });
        }
        out.push_str(&format!("set \"{variable}="));
        out.push_str(value.expose());
        out.push_str("\"\r\n");
    }
    out.push_str("set \"xcred_failed=\"\r\n");
    Ok(())
}

/// What the quotes around the whole assignment can't hold. The text has to mean the same in a batch file, in
/// `for /f`, and with delayed expansion on or off.
fn inexpressible(value: &str) -> Option<&'static str> {
    let of = |c: char| match c {
        '"' => Some("a double quote"),
        '%' => Some("a percent sign"),
        '!' => Some("an exclamation mark"),
        c if c.is_control() => Some("a control character"),
        // Its bytes depend on the code page.
        c if !c.is_ascii() => Some("a character that is not ASCII"),
        _ => None,
    };
    match value.len() {
        0 => Some("an empty value"),
        // A line has at most 8191 characters.
        length => value.chars().find_map(of).or_else(|| (length > 8000).then_some("so many characters")),
    }
}
