//! What the sources say about messages: which types have some, and those that have no type of their own.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, iter};

/// A source file of the program, without its tests.
struct Source {
    /// Its path below `src`.
    path: String,
    code: String,
}

/// All files below a folder, in the order of their names.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let of_tests = ["/tests/", "tests.rs", "examples.rs", "catalogue", "fuzz.rs", "/laws", "/fuzz/"];
    let files = below(&root).into_iter().filter(|path| path.extension().is_some_and(|found| found == "rs"));
    let read = files.map(|file| {
        let code = fs::read_to_string(&file).expect("a source is UTF-8");
        let path = file.strip_prefix(&root).expect("a file below src").display().to_string();
        Source { path, code: without_tests(&code).to_owned() }
    });
    read.filter(|source| !of_tests.iter().any(|part| source.path.contains(part))).collect()
}

/// The code before the module of tests that a file ends with. One in a file of its own is one line.
fn without_tests(code: &str) -> &str {
    let is_inline = |at: &usize| code[*at..].lines().nth(1).is_some_and(|line| line.ends_with('{'));
    let start = code.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at).find(is_inline);
    &code[..start.unwrap_or(code.len())]
}

/// The path of a file's module.
fn module(path: &str) -> String {
    let path = path.trim_end_matches(".rs");
    path.strip_suffix("/mod").unwrap_or(path).replace('/', "::")
}

/// Each type that implements `Explain` or `Kind`, as `(module, type)`; the module may be one below the type's own.
pub(super) fn implementations() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for source in sources() {
        for line in source.code.lines().map(str::trim).filter(|line| line.starts_with("impl")) {
            let Some((_, of)) = ["Explain for ", "Kind for "].iter().find_map(|name| line.split_once(name))
            else {
                continue;
            };
            let name = of.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            found.push((module(&source.path), name.to_owned()));
        }
    }
    found
}

/// A function as rustfmt lays it out.
struct Function<'c> {
    name: &'c str,
    /// What is between the parentheses after its name.
    parameters: &'c str,
    text: &'c str,
}

impl Function<'_> {
    fn makes_failures(&self) -> bool {
        ["Failure::plain(", "Failure::usage("].iter().any(|call| self.text.contains(call))
    }

    /// Whether it makes help for a failure that another function makes. That of types is shown with their examples.
    fn makes_help(&self) -> bool {
        let signature = self.text.split('{').next().unwrap_or_default();
        let is_of_type = matches!(self.name, "help" | "fix");
        !is_of_type && ["-> Hint", "-> Option<Hint>"].iter().any(|result| signature.contains(result))
    }

    /// Whether callers hand it the text of the failure that it makes.
    fn wants_text(&self) -> bool {
        self.makes_failures() && ["message:", "reason:"].iter().any(|name| self.parameters.contains(name))
    }

    /// The codes of its failures.
    fn codes(&self) -> String {
        let usage = self.text.contains("Failure::usage(").then_some("Usage");
        let others = self.text.split("Code::").skip(1).filter_map(|rest| rest.split([',', ')']).next());
        let codes: BTreeSet<&str> = usage.into_iter().chain(others).collect();
        codes.into_iter().collect::<Vec<_>>().join(", ")
    }

    fn calls(&self, other: &Function<'_>) -> bool {
        self.name != other.name && self.text.contains(&format!("{}(", other.name))
    }
}

fn functions(code: &str) -> Vec<Function<'_>> {
    let starts = code.match_indices("fn ").filter(|(at, _)| {
        let before = code[..*at].rsplit('\n').next().unwrap_or_default().trim();
        matches!(before, "" | "pub" | "pub(super)" | "pub(crate)" | "const")
    });
    let read = starts.filter_map(|(at, _)| {
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = code[line..].len() - code[line..].trim_start().len();
        let end = format!("\n{}}}\n", &code[line..line + indent]);
        let text = &code[line..line + code[line..].find(&end)?];
        let (name, rest) = code[at + "fn ".len()..].split_once('(')?;
        let name = name.split('<').next()?;
        Some(Function { name, parameters: rest.split(')').next()?, text })
    });
    read.collect()
}

/// The texts between quotes, as they are written, without the line breaks that a backslash hides.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (sign, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        rest = match sign {
            b'/' if after.starts_with('/') => after.split_once('\n').map_or("", |(_, below)| below),
            b'/' => after,
            // A character, not a lifetime.
            b'\'' if after.starts_with('\\') => after[2..].split_once('\'').map_or("", |(_, behind)| behind),
            b'\'' => {
                let mut letters = after.chars();
                letters.next();
                if letters.next() == Some('\'') { letters.as_str() } else { after }
            }
            _ => {
                let escaped =
                    |at: usize| after[..at].bytes().rev().take_while(|c| *c == b'\\').count() % 2 == 1;
                let end = after.match_indices('"').map(|(at, _)| at).find(|at| !escaped(*at));
                let (text, behind) = after.split_at(end.expect("the end of a literal"));
                let mut lines = text.split("\\\n");
                let first = lines.next().unwrap_or_default();
                found.push(iter::once(first).chain(lines.map(str::trim_start)).collect());
                &behind[1..]
            }
        };
    }
    found
}

/// The texts of the constants that a function names.
fn constants<'c>(code: &'c str, function: &Function<'_>) -> Vec<(&'c str, String)> {
    let found = code.match_indices("const ").filter_map(|(at, start)| {
        let (name, value) = code[at + start.len()..].split_once(": &str = ")?;
        let is_named = || {
            let mut words = function.text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == name)
        };
        let value = value.split_inclusive(";\n").next()?;
        (name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && is_named())
            .then(|| Some((name, literals(value).pop()?)))?
    });
    found.collect()
}

/// The texts of the functions that report failures that have no type, as they are written in the sources: the
/// messages, and their help.
pub(super) fn untyped() -> String {
    let mut text = String::new();
    for source in sources().iter().filter(|source| source.path != "failure.rs") {
        let all = functions(&source.code);
        let reports = |one: &&Function<'_>| {
            one.makes_failures()
                || one.makes_help()
                || all.iter().any(|other| other.wants_text() && one.calls(other))
        };
        let calls = ["Failure::plain(", "Failure::usage("].map(|call| source.code.matches(call).count());
        let is_seen = all.iter().any(Function::makes_failures);
        assert!(calls == [0, 0] || is_seen, "{}: a failure outside of functions", source.path);
        for function in all.iter().filter(reports) {
            let is_sentence = |literal: &String| literal.trim().contains(' ');
            let sentences: Vec<String> = literals(function.text).into_iter().filter(is_sentence).collect();
            if sentences.is_empty() {
                continue;
            }
            let codes = Some(function.codes()).filter(|codes| !codes.is_empty());
            let codes = codes.map(|codes| format!(" ({codes})")).unwrap_or_default();
            _ = writeln!(text, "\n{}, fn {}{codes}", source.path, function.name);
            for sentence in sentences {
                _ = writeln!(text, "    {sentence}");
            }
            for (name, value) in constants(&source.code, function) {
                _ = writeln!(text, "    {name}: {value}");
            }
        }
    }
    text
}

#[test]
fn literals_are_read_as_rust_reads_them() {
    let code =
        "f(\"a \\\"b\\\"\", '\"', '\\'', \"c \\\n      d\"); // \"no\"\nfn g<'a>(x: &'a str) { x / \"e\" }";
    assert_eq!(literals(code), ["a \\\"b\\\"", "c d", "e"]);
}

#[test]
fn tests_are_left_out_and_modules_of_tests_in_files_are_passed_over() {
    assert_eq!(
        without_tests("a\n#[cfg(test)]\nmod examples;\nb\n#[cfg(test)]\nmod tests {\nc"),
        "a\n#[cfg(test)]\nmod examples;\nb\n"
    );
}
