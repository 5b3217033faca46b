//! PowerShell.

use super::{Environment, Error, Shell};

pub(super) const SHELL: &Shell = &Shell {
    name: "powershell",
    aliases: &["pwsh"],
    about: "PowerShell, on every system",
    title: "PowerShell",
    programs: &["pwsh", "powershell"],
    usage: Some("xcred export-env | Out-String | Invoke-Expression"),
    opening: "if($true){",
    failure: "if($true){throw 'xcred export-env failed'};\n",
    write,
};

/// One line: where lines are piped into `Invoke-Expression`, it runs each as it comes.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    for name in environment.removed() {
        out.push_str(&format!("$env:{name}=$null;"));
    }
    for (variable, value) in environment.set() {
        if value.expose().is_empty() {
            // Before 7.5, assigning an empty value removes the variable.
            return Err(Error::Inexpressible { shell: SHELL.title, variable, what: "an empty value" });
        }
        out.push_str(&format!("$env:{variable}="));
        literal(out, value.expose());
        out.push(';');
    }
    out.push_str("}\n");
    Ok(())
}

/// Single quotes, in which only the quote is doubled. What is not ASCII is outside them, as a number: the console's
/// code page would change it, PowerShell takes typographic quotes for quotes, and a line must be a whole statement.
fn literal(out: &mut String, value: &str) {
    out.push('\'');
    for c in value.chars() {
        match c {
            '\'' => out.push_str("''"),
            ' '..='~' => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("'+[char]{unit}+'"));
                }
            }
        }
    }
    out.push('\'');
}
