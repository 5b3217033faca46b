//! Statements of shells that set variables, of which one line may have several.

use crate::settings;
use crate::ui::is_blank;

/// An assignment of a line: the name of the variable, its value as it is written, and whether a shell's keyword is before it.
pub(super) struct Assignment<'t> {
    pub(super) name: &'t str,
    pub(super) value: &'t str,
    pub(super) is_statement: bool,
}

impl<'t> Assignment<'t> {
    /// The assignment that a line or a statement is.
    pub(super) fn of(text: &'t str) -> Option<Assignment<'t>> {
        let (rest, is_statement) = match behind_keyword(text) {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        if let Some((name, value)) = named(rest).filter(|_| is_statement) {
            return Some(Assignment { name, value, is_statement });
        }
        let (name, value) = rest.split_once('=')?;
        let value = if is_statement { before_comment(value) } else { value };
        Some(Assignment { name: name.trim_matches(is_blank), value, is_statement })
    }
}

/// The statements of a line: a `;` or a `&` is between them, or only a blank before a variable of AWS, as in
/// `export A=B C=D`. What is in quotes is a part of its statement; the comment of a shell isn't.
pub(super) fn statements(line: &str) -> Vec<&str> {
    let line = line.trim_matches(is_blank);
    let has_keyword = behind_keyword(line).is_some();
    if !has_keyword && !is_variable_of_aws(line) {
        return vec![line];
    }
    let (mut found, mut start, mut end, mut quote) = (Vec::new(), 0, line.len(), None);
    for (at, c) in line.char_indices() {
        let (before, behind) = (&line[start..at], &line[at + c.len_utf8()..]);
        match (quote, c) {
            (Some(open), _) => quote = quote.filter(|_| c != open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') if before.ends_with(is_blank) => {
                // A plain line can be one of a file, in which it is a part of the value.
                end = if has_keyword || !found.is_empty() { at } else { end };
                break;
            }
            (None, ';' | '&') if is_separator(before, behind) => {
                found.push(before);
                start = at + 1;
            }
            (None, _) if is_blank(c) && is_variable_of_aws(behind) && before.contains('=') => {
                found.push(before);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found.push(&line[start..end]);
    found.retain(|statement| !statement.trim_matches(is_blank).is_empty());
    found
}

/// Whether a `;` or a `&` between two texts ends a statement, and isn't a part of a value.
fn is_separator(before: &str, behind: &str) -> bool {
    // The second sign of `&&`.
    let behind = behind.strip_prefix('&').unwrap_or(behind);
    let is_of_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let value = behind.trim_start_matches(is_of_name).strip_prefix('=').unwrap_or_default();
    // What only ends in `=` is rather the end of a token.
    let is_assignment = behind.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
        && value.starts_with(|c| !is_blank(c) && !matches!(c, '=' | ';' | '&'));
    let is_keyword =
        ["unset ", "unsetenv ", "declare ", "typeset "].iter().any(|word| behind.starts_with(word));
    let is_end = (behind.is_empty() || behind.starts_with(is_blank)) && !before.ends_with('\\');
    is_assignment || is_keyword || is_end || behind_keyword(behind).is_some()
}

/// What is behind the keyword that a statement begins with, without the quotes that may be around all of it in cmd.
fn behind_keyword(text: &str) -> Option<&str> {
    let keywords = settings::STATEMENTS.into_iter().chain(["setenv "]);
    let mut starts = keywords.filter_map(|keyword| {
        let (start, rest) = text.split_at_checked(keyword.len())?;
        start.eq_ignore_ascii_case(keyword).then_some(rest)
    });
    let rest = starts.next()?.trim_matches(is_blank);
    Some(rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(rest))
}

/// The name and the value of fish's `set -gx NAME VALUE`, and of `setenv NAME VALUE`.
fn named(mut text: &str) -> Option<(&str, &str)> {
    loop {
        let (word, rest) = text.split_once(is_blank)?;
        let rest = rest.trim_start_matches(is_blank);
        if !word.starts_with('-') {
            let is_name =
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            return (is_name && !rest.starts_with('=')).then(|| (word, before_comment(rest)));
        }
        text = rest;
    }
}

/// Whether a text begins with an assignment to one of AWS's variables.
fn is_variable_of_aws(text: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    text.starts_with("AWS_") && text.trim_start_matches(is_of_name).starts_with('=')
}

/// The value of an assignment, up to the comment or the next statement behind it.
fn before_comment(value: &str) -> &str {
    let value = value.trim_matches(is_blank);
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let closed = quote.and_then(|quote| value[1..].find(quote)).map(|at| at + 2);
    // What an open quote has in it isn't clear.
    let start = if quote.is_some() { closed.unwrap_or(value.len()) } else { 0 };
    let rest = &value[start..];
    let comment = rest.match_indices('#').map(|(at, _)| at).find(|at| rest[..*at].ends_with(is_blank));
    let end = [rest.find(';'), comment].into_iter().flatten().min().unwrap_or(rest.len());
    &value[..start + end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;

    #[test]
    fn a_line_is_split_between_its_statements() {
        for (line, expected) in [
            ("export A=x; export B=y", &["export A=x", " export B=y"][..]),
            (
                "export A='x;y';export B=\"z&\" && export C=z;",
                &["export A='x;y'", "export B=\"z&\" ", " export C=z"],
            ),
            ("export AWS_A=x AWS_B='y z' AWS_C=z", &["export AWS_A=x", "AWS_B='y z'", "AWS_C=z"]),
            ("AWS_A=x AWS_B=y tool", &["AWS_A=x", "AWS_B=y tool"]),
            ("set A=x&set B=y", &["set A=x", "set B=y"]),
            ("set \"A=x&y\" & set \"B=z\"", &["set \"A=x&y\" ", " set \"B=z\""]),
            ("$Env:A=\"x\"; $env:B = 'y'", &["$Env:A=\"x\"", " $env:B = 'y'"]),
            ("set -gx A x; set -gx B 'y'", &["set -gx A x", " set -gx B 'y'"]),
            ("export A=x # it's; export B=y", &["export A=x "]),
            ("export AWS_A=x AWS_B=y # it's", &["export AWS_A=x", "AWS_B=y "]),
            ("AWS_A=x AWS_B=y # it's", &["AWS_A=x", "AWS_B=y "]),
            ("AWS_A=x # it's", &["AWS_A=x # it's"]),
            ("export A=\"x; export B=y", &["export A=\"x; export B=y"]),
            // These are not statements: a value of a file may have such signs.
            ("region = a; b", &["region = a; b"]),
            ("user name,a=b;c=d", &["user name,a=b;c=d"]),
        ] {
            assert_eq!(statements(line), expected, "{line}");
        }
    }

    #[test]
    fn a_separator_inside_a_value_is_a_part_of_it() {
        for line in [
            "AWS_A=pass&word12345678",
            "AWS_A=pass;word12345678",
            "AWS_A=pass&&word12345678",
            "AWS_A=pass\\&word12345678",
            "AWS_A=pass\\&",
            "AWS_A=token==&x",
            "AWS_A=token&AB==",
            "AWS_A=token;x=1",
            "export AWS_A=pass&word",
        ] {
            assert_eq!(statements(line), [line]);
        }
        for behind in ["export AWS_B=y", "set B=y", "setenv B y", "$env:B='y'", "unset B", "B=y", "AWS_B=y"] {
            for separator in ["&", ";", "&&"] {
                let line = format!("AWS_A=pass&word{separator}{behind}");
                assert_eq!(statements(&line), ["AWS_A=pass&word", behind], "{line}");
            }
        }
    }

    #[test]
    fn the_work_grows_with_the_length_of_a_line() {
        for part in [" ", "AWS_A=x ", "AWS_A ", "; ", "&", ";AWS_", "# ", "\"", "AWS_"] {
            assert_linear(|size| {
                let line = format!("export {}", part.repeat(size));
                move || drop(statements(&line))
            });
        }
    }

    #[test]
    fn each_shell_has_its_assignment() {
        for (text, name, value) in [
            ("set -gx A_B x=", "A_B", "x="),
            ("set -g -x A 'x y'; and more", "A", "'x y'"),
            ("setenv A x;", "A", "x"),
            ("set A=x y", "A", "x y"),
            ("set \"A=x\"", "A", "x"),
            ("$env:A = 'x'", "A", "'x'"),
            ("key = a # b", "key", " a # b"),
        ] {
            let found = Assignment::of(text).map(|found| (found.name, found.value));
            assert_eq!(found, Some((name, value)), "{text}");
        }
        for text in ["", "set", "export A", "set -gx A", "a b"] {
            assert!(Assignment::of(text).is_none(), "{text}");
        }
    }
}
