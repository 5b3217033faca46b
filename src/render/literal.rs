//! A value as a literal of each language whose evaluation takes the text as it is.

use std::fmt::Write as _;

/// fish: single quotes, in which only `\` and `'` have to be escaped; control characters stand between the quotes,
/// because a command substitution splits its output into lines.
pub(super) fn fish(out: &mut String, value: &str) {
    out.push('\'');
    for c in value.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("'\\n'"),
            // An escape takes at most two digits, so the quote that follows ends it.
            c if c.is_ascii_control() => push_escape(out, format_args!("'\\x{:02x}'", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
}

/// PowerShell: single quotes, in which only the quote has to be doubled. Whatever is not ASCII stands outside as a
/// number: the console's code page would turn it into something else, typographic quotes are quotes to PowerShell,
/// and a line must be a whole statement.
pub(super) fn powershell(out: &mut String, value: &str) {
    out.push('\'');
    for c in value.chars() {
        match c {
            '\'' => out.push_str("''"),
            ' '..='~' => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    push_escape(out, format_args!("'+[char]{unit}+'"));
                }
            }
        }
    }
    out.push('\'');
}

/// Nushell: double quotes; there is no interpolation without a `$` before them.
pub(super) fn nushell(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => push_escape(out, format_args!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// JSON, written here so that no copy of a secret stays in a buffer of serde_json's. A string of Elvish is the same.
pub(super) fn json(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => push_escape(out, format_args!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// xonsh: a string of Python, in ASCII whatever the encoding of its input.
pub(super) fn python(out: &mut String, value: &str) {
    out.push('\'');
    for c in value.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c => push_escape(out, format_args!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('\'');
}

/// cmd: the text as it is, inside the quotes that enclose the whole assignment. What it can't say, with the reason.
///
/// The text has to mean the same in a batch file, in `for /f`, and with delayed expansion on or off.
pub(super) fn cmd(out: &mut String, value: &str) -> Result<(), &'static str> {
    if value.is_empty() {
        return Err("an empty value");
    }
    for c in value.chars() {
        match c {
            '"' => return Err("a double quote"),
            '%' => return Err("a percent sign"),
            '!' => return Err("an exclamation mark"),
            c if c.is_control() => return Err("a control character"),
            // Which bytes they are depends on the code page.
            c if !c.is_ascii() => return Err("a character that is not ASCII"),
            c => out.push(c),
        }
    }
    // A line has at most 8191 characters.
    if value.len() > 8000 { Err("so many characters") } else { Ok(()) }
}

/// dotenv: bare where every reader agrees, also Docker, which knows no quotes; else in single quotes, without what
/// one of python-dotenv, Node and Compose would escape, end or expand there; in double quotes around a single one.
pub(super) fn dotenv(out: &mut String, value: &str) -> Result<(), &'static str> {
    let bare = |c: char| c.is_ascii_alphanumeric() || "+,-./:@%=_".contains(c);
    if !value.is_empty() && value.chars().all(bare) {
        out.push_str(value);
        return Ok(());
    }
    let single = value.contains('\'');
    for c in value.chars() {
        match c {
            '\\' => return Err("a backslash"),
            '\n' => {}
            c if c.is_control() => return Err("a control character other than a line feed"),
            '"' if single => return Err("both kinds of quotes"),
            '$' | '`' if single => return Err("a single quote beside a dollar sign or a backquote"),
            _ => {}
        }
    }
    // python-dotenv expands it in every kind of quotes.
    if value.contains("${") {
        return Err("`${`");
    }
    let quote = if single { '"' } else { '\'' };
    out.push(quote);
    out.push_str(value);
    out.push(quote);
    Ok(())
}

fn push_escape(out: &mut String, escape: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = out.write_fmt(escape);
}
