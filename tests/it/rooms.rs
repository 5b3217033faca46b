//! The modules and what they may import: the table in CONTRIBUTING.md, held against the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use xcred::internals::settings::VARIABLES;

use crate::committed::{kept, repository};

/// A room of the table and the rooms that it may import.
type Table = Vec<(String, BTreeSet<String>)>;

/// The rows of the table under the heading `Modules`: the first column names the module, the last what it may import.
fn table() -> Table {
    let text = kept("CONTRIBUTING.md");
    let section =
        text.split("\n## ").find(|section| section.starts_with("Modules\n")).expect("a section of modules");
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [room] = names(cells[0]).try_into().expect("the first column names one room");
        (room, names(cells[cells.len() - 1]).into_iter().collect())
    })
    .collect()
}

/// All source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("a name").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

/// The room that a source file is in; none for the crate's root, the program and the catalogue of messages, which connect them.
fn room(file: &Path) -> Option<String> {
    let path = file.strip_prefix(repository("src")).expect("a file below src");
    let first = path.components().next().expect("a name").as_os_str().to_string_lossy();
    let name = first.strip_suffix(".rs").unwrap_or(&first);
    (!matches!(name, "lib" | "main" | "catalogue")).then(|| name.to_owned())
}

/// The rooms that a line of code names: in `crate::room` and in `crate::{room::…, room}`, and by climbing to the
/// root with `super`. `depth` is how many of them lead there.
fn named(code: &str, depth: usize) -> Vec<String> {
    let root = "super::".repeat(depth);
    let code = code.replace(&root, "crate::");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let heads: Vec<&str> = match rest.strip_prefix('{') {
            None => vec![rest],
            Some(group) => top_level(group),
        };
        let word = |text: &str| {
            text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        };
        found.extend(heads.into_iter().map(word).filter(|word| !word.is_empty()));
    }
    found
}

/// The members of a group of imports, without those of the groups inside it.
fn top_level(group: &str) -> Vec<&str> {
    let (mut members, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                members.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    members
}

/// A file without its comments, so that links in the documentation are not taken for imports.
pub(crate) fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a source is UTF-8");
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or(line)).collect();
    code.join("\n")
}

/// The code before the module of tests that a file ends with.
pub(crate) fn without_tests(code: &str) -> String {
    let tests = ["#[cfg(test)]\nmod ", "#[cfg(all(test, target_os = \"linux\"))]\nmod "];
    // A module in a file of its own is one line, and more code may follow.
    let is_inline = |at: &usize| code[*at..].lines().nth(1).is_some_and(|line| line.ends_with('{'));
    let starts = tests.iter().flat_map(|start| code.match_indices(start)).map(|(at, _)| at).filter(is_inline);
    code[..starts.min().unwrap_or(code.len())].to_owned()
}

/// The sources of the program by their paths below `src`, without their tests.
fn program() -> Vec<(String, String)> {
    let of_tests = ["/tests/", "tests.rs", "examples.rs", "catalogue.rs", "fuzz.rs", "/laws", "/fuzz/"];
    let files = sources(&repository("src")).into_iter().map(|file| {
        let path = file.strip_prefix(repository("src")).expect("a file below src").display().to_string();
        (path, without_tests(&fs::read_to_string(file).expect("a source is UTF-8")))
    });
    files.filter(|(path, _)| !of_tests.iter().any(|part| path.contains(part))).collect()
}

fn uses(code: &str, crates: &[&str]) -> bool {
    code.lines().any(|line| {
        let code = line.split("//").next().unwrap_or_default();
        crates.iter().any(|name| code.contains(name))
    })
}

/// What each room imports, and one file that shows it.
fn imports() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut imports: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let source = repository("src");
    let rooms: BTreeSet<String> = sources(&source).iter().filter_map(|file| room(file)).collect();
    for file in sources(&source) {
        let Some(room) = room(&file) else { continue };
        let shown =
            file.strip_prefix(repository("")).expect("a file of the repository").display().to_string();
        // `super` in `ini/mod.rs` is the root, and so is `super::super` in `ini/text.rs`.
        let below = file.strip_prefix(&source).expect("a file below src").components().count();
        let depth = if file.ends_with("mod.rs") { below - 1 } else { below };
        let found = imports.entry(room.clone()).or_default();
        for other in named(&code(&file), depth).into_iter().filter(|other| rooms.contains(other)) {
            if other == room {
                continue;
            }
            found.entry(other).or_insert_with(|| shown.clone());
        }
    }
    imports
}

#[test]
fn a_room_imports_only_what_the_table_allows() {
    let table: BTreeMap<String, BTreeSet<String>> = table().into_iter().collect();
    let mut breaches = Vec::new();
    for (room, found) in imports() {
        let Some(allowed) = table.get(&room) else {
            breaches.push(format!("`{room}` is a room without a row"));
            continue;
        };
        for (other, file) in found.iter().filter(|(other, _)| !allowed.contains(*other)) {
            breaches.push(format!("{file}: `{room}` may not import `{other}`"));
        }
        for other in allowed.iter().filter(|other| !found.contains_key(*other)) {
            breaches.push(format!("`{room}` doesn't import `{other}`, so its row need not allow it"));
        }
    }
    assert!(
        breaches.is_empty(),
        "{}\n\nMove the code to the room whose purpose it serves, or hand the value in as an argument. \
         If the new import is right, change the table under \"Modules\" in CONTRIBUTING.md and say why in the commit.",
        breaches.join("\n")
    );
}

#[test]
fn imports_run_in_one_direction() {
    let mut above = BTreeSet::new();
    for (room, allowed) in table() {
        let is_below = |other: &&String| !above.contains(*other);
        let below: Vec<&String> = allowed.iter().filter(is_below).collect();
        assert!(below.is_empty(), "`{room}` imports {below:?}, which the table has further down");
        assert!(
            repository("src").join(&room).is_dir() || repository("src").join(format!("{room}.rs")).is_file(),
            "{room}"
        );
        above.insert(room);
    }
}

#[test]
fn every_way_to_name_a_room_is_seen() {
    for (code, depth, rooms) in [
        ("use crate::ini::{Document, Kind};", 1, &["ini"][..]),
        ("use crate::{\n    ini::{self, Kind},\n    origin::Place, world};", 1, &["ini", "origin", "world"]),
        ("fn f(x: &crate::ui::Ui) {}", 1, &["ui"]),
        ("use super::super::store::Problem;", 2, &["store"]),
        ("use super::Document;", 2, &[]),
        ("use super::store;", 1, &["store"]),
    ] {
        assert_eq!(named(code, depth), rooms, "{code}");
    }
}

#[test]
fn what_only_unix_has_is_in_few_places() {
    // The program begins in C's `main` where it can.
    let is_unix = |path: &str| path.contains("/unix/") || path.ends_with("/unix.rs") || path == "main.rs";
    let names = ["std::os::", "rustix::", "target_os"];
    let files = program().into_iter().filter(|(path, code)| !is_unix(path) && uses(code, &names));
    assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_file_is_longer_than_300_lines() {
    let files = program().into_iter().map(|(path, code)| (code.lines().count(), path));
    let long: Vec<_> = files.filter(|(lines, _)| *lines > 300).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn only_what_draws_knows_the_terminal() {
    let may = |path: &str| ["ui/", "render/"].iter().any(|room| path.starts_with(room));
    let names = ["console::", "ctrlc::"];
    // Modules of the same name are called by their path.
    let own = |code: &str| code.replace("self::console::", "");
    let files = program().into_iter().filter(|(path, code)| !may(path) && uses(&own(code), &names));
    assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_setting_is_named_by_its_constant() {
    // Members of JSON documents, arguments and headers may have the same name.
    let others = [
        "cli/",
        "cmd/login/report.rs",
        "cmd/logout.rs",
        "completion/",
        "profile/lookalike/meant.rs",
        "render/",
    ];
    let may =
        |path: &str| path.starts_with("settings/") || others.iter().any(|other| path.starts_with(other));
    let names = VARIABLES.iter().map(|row| row.name).filter(|name| name.contains('_'));
    let literals: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
    let files = program().into_iter().filter(|(path, code)| !may(path) && uses(code, &literals));
    assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn only_commands_make_errors_from_words() {
    let may = |path: &str| ["cmd/", "failure.rs", "catalogue/"].iter().any(|place| path.starts_with(place));
    let names = ["Failure::plain(", "Failure::usage("];
    let files = program().into_iter().filter(|(path, code)| !may(path) && uses(code, &names));
    assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
}

/// The suites of `tests/it`: its modules, without those that only help others.
fn suites() -> BTreeSet<String> {
    let file = |name: &str| {
        [format!("{name}.rs"), format!("{name}/mod.rs")].map(|path| kept(&format!("tests/it/{path}")))
    };
    let below = |name: &str| sources(&repository("tests/it").join(name));
    let has_tests = |name: &String| {
        file(name).iter().any(|text| text.contains("#[test]"))
            || repository("tests/it").join(name).is_dir()
                && below(name).iter().any(|file| code(file).contains("#[test]"))
    };
    let main = kept("tests/it/main.rs");
    let names =
        main.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).map(str::to_owned);
    names.filter(has_tests).collect()
}

#[test]
fn each_suite_has_one_row_in_the_table_of_tests() {
    let text = kept("CONTRIBUTING.md");
    let section = text.split("\n## ").find(|section| section.starts_with("Tests\n")).expect("a section");
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains("tests/it/"));
    let mut listed: Vec<String> = rows
        .flat_map(|row| {
            let place = row.split('|').nth(2).unwrap_or_default();
            place.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|path| !path.contains("src/") && !path.contains("cases"))
        .map(|path| path.trim_start_matches("tests/it/").trim_end_matches(".rs").to_owned())
        .collect();
    listed.sort();
    assert_eq!(listed, suites().into_iter().collect::<Vec<_>>());
}
