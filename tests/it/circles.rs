//! No file of the sources uses, by way of others, something that uses it: whoever reads a file can stop somewhere.
//! A use is a path that the code or an import has. Methods aren't followed: their types aren't known here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::committed::repository;
use crate::rooms::{code, without_tests};

/// A module by its path from the root of the crate.
type Module = Vec<String>;

#[derive(Default)]
struct Source {
    file: PathBuf,
    code: String,
    /// Names that the module imports, also for others, and the paths that they stand for.
    imports: BTreeMap<String, Vec<String>>,
    /// Modules whose every public name is imported.
    globs: Vec<Vec<String>>,
}

/// All modules that are no tests.
fn modules() -> BTreeMap<Module, Source> {
    let mut modules = BTreeMap::new();
    collect(&repository("src/lib.rs"), vec![], &repository("src"), &mut modules);
    modules
}

/// Reads a module from its file, and those that it declares from the files in `folder`.
fn collect(file: &Path, path: Module, folder: &Path, modules: &mut BTreeMap<Module, Source>) {
    let code = without_tests(&code(file));
    let mut attributes = String::new();
    for line in code.lines().map(str::trim) {
        if line.starts_with("#[") {
            attributes.push_str(line);
            continue;
        }
        let attributes = std::mem::take(&mut attributes);
        let words: Vec<&str> = line.trim_end_matches(';').split_whitespace().collect();
        let name = match words[..] {
            ["mod", name] | ["pub" | "pub(crate)", "mod", name] if line.ends_with(';') => name,
            _ => continue,
        };
        if attributes.contains("cfg(test)") || attributes.contains("cfg(all(test") {
            continue;
        }
        let unix =
            attributes.split("cfg_attr(unix, path = \"").nth(1).and_then(|rest| rest.split('"').next());
        let candidates = match unix {
            Some(path) => vec![folder.join(path)],
            None => vec![folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")],
        };
        let child = candidates.into_iter().find(|file| file.is_file()).expect("the file of a module");
        let is_folder = child.ends_with("mod.rs");
        let below = if is_folder { child.parent().expect("a folder").to_owned() } else { folder.join(name) };
        collect(&child, [&path[..], &[name.to_owned()]].concat(), &below, modules);
    }
    let mut source = Source { file: file.to_owned(), ..Source::default() };
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        let start = statement.rfind("use ").filter(|at| {
            let before = statement[..*at].trim_end();
            let before = before.strip_suffix("pub").or(before.strip_suffix("pub(super)")).unwrap_or(before);
            let before = before.strip_suffix("pub(crate)").unwrap_or(before).trim_end();
            before.is_empty() || before.ends_with(['}', ']', '{', ';'])
        });
        match start {
            Some(at) => {
                rest.push_str(&statement[..at]);
                let tree: String = statement[at + 4..]
                    .trim_end_matches(';')
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                import(&tree, &[], &path, modules, &mut source);
            }
            None => rest.push_str(statement),
        }
    }
    source.code = rest;
    modules.insert(path, source);
}

/// Adds a tree of imports to what the module `path` imports.
fn import(
    tree: &str,
    above: &[String],
    path: &Module,
    modules: &BTreeMap<Module, Source>,
    source: &mut Source,
) {
    let tree = tree.trim();
    let (head, group) = match tree.split_once('{') {
        Some((head, group)) => (head.trim_end_matches("::"), Some(group.trim_end().trim_end_matches('}'))),
        None => (tree, None),
    };
    let (head, alias) = head.split_once(" as ").map_or((head, None), |(head, alias)| (head, Some(alias)));
    let mut full = above.to_vec();
    for segment in head.split("::").map(str::trim).filter(|segment| !segment.is_empty()) {
        match segment {
            "crate" => full.clear(),
            "self" if full.is_empty() && above.is_empty() => full.clone_from(path),
            "self" => {}
            "super" if full.is_empty() && above.is_empty() => full = path[..path.len() - 1].to_vec(),
            "super" => _ = full.pop(),
            name => {
                let child = [&path[..], &[name.to_owned()]].concat();
                // The modules that a file declares have been read before it.
                if full.is_empty() && above.is_empty() && modules.contains_key(&child) {
                    full.clone_from(path);
                }
                full.push(name.to_owned());
            }
        }
    }
    if let Some(group) = group {
        for member in members(group) {
            import(member, &full, path, modules, source);
        }
    } else if full.last().is_some_and(|last| last == "*") {
        full.pop();
        source.globs.push(full);
    } else if let Some(name) = alias.map(str::to_owned).or_else(|| full.last().cloned()) {
        source.imports.insert(name, full);
    }
}

/// The members of a group, without looking into groups inside it.
fn members(group: &str) -> Vec<&str> {
    let (mut members, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    members.push(&group[start..]);
    members.into_iter().filter(|member| !member.trim().is_empty()).collect()
}

/// The module in which what a path names is defined; none for another crate's, or for a module itself.
fn definition(path: &[String], modules: &BTreeMap<Module, Source>, depth: usize) -> Option<Module> {
    let known = (1..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]))?;
    let module = &path[..known];
    let name = path.get(known)?;
    let source = &modules[module];
    if depth > 0
        && let Some(target) = source.imports.get(name)
    {
        let whole = [&target[..], &path[known + 1..]].concat();
        return definition(&whole, modules, depth - 1);
    }
    let is_defined = |module: &Source| {
        ["fn", "struct", "enum", "trait", "const", "static", "type", "union"]
            .iter()
            .any(|kind| module.code.contains(&format!("{kind} {name}")))
    };
    if depth > 0 && !is_defined(source) {
        for glob in &source.globs {
            if let Some(found) = modules.get(glob).filter(|module| is_defined(module)).map(|_| glob.clone()) {
                return Some(found);
            }
        }
    }
    Some(module.to_vec())
}

/// The paths in a text. A method and a declared module only have the name of something that may be imported.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).filter(|word| {
        let before = &code[..word.as_ptr().addr() - code.as_ptr().addr()];
        (!before.ends_with('.') || before.ends_with("..")) && !before.ends_with("mod ")
    })
}

/// The files that each file uses.
fn uses() -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let modules = modules();
    let mut uses: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    for (path, source) in &modules {
        let mut named: Vec<Vec<String>> = Vec::new();
        // Paths in the code, the first word of which may be an imported name.
        for word in paths(&source.code) {
            let segments: Vec<String> =
                word.split("::").filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
            let Some((first, rest)) = segments.split_first() else { continue };
            if first == "crate" {
                named.push(rest.to_vec());
            } else if first == "super" {
                let supers = segments.iter().take_while(|segment| *segment == "super").count();
                let parent = &path[..path.len().saturating_sub(supers)];
                named.push([parent, &segments[supers..]].concat());
            } else if let Some(target) = source.imports.get(first) {
                named.push([&target[..], rest].concat());
            } else if modules.contains_key(&[&path[..], std::slice::from_ref(first)].concat()) {
                named.push([&path[..], &segments[..]].concat());
            }
        }
        named.extend(source.globs.iter().map(|glob| [&glob[..], &["*".to_owned()]].concat()));
        let definitions = named.iter().filter_map(|name| definition(name, &modules, 8));
        let files =
            definitions.map(|module| modules[&module].file.clone()).filter(|file| *file != source.file);
        uses.entry(source.file.clone()).or_default().extend(files);
    }
    uses
}

/// Groups of files that use each other.
fn circles(uses: &BTreeMap<PathBuf, BTreeSet<PathBuf>>) -> Vec<Vec<String>> {
    let reachable = |from: &PathBuf| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            for used in uses.get(file).into_iter().flatten() {
                if seen.insert(used.clone()) {
                    next.push(used);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&PathBuf, BTreeSet<PathBuf>> =
        uses.keys().map(|file| (file, reachable(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, reached) in &all {
        let circle: Vec<String> = reached
            .iter()
            .filter(|other| all.get(other).is_some_and(|back| back.contains(*file)))
            .map(|file| file.strip_prefix(repository("src")).unwrap_or(file).display().to_string())
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

#[test]
fn no_files_use_each_other() {
    let uses = uses();
    assert!(uses.len() > 100 && uses.values().map(BTreeSet::len).sum::<usize>() > 300);
    let circles: Vec<String> = circles(&uses).iter().map(|circle| circle.join(" ")).collect();
    assert!(circles.is_empty(), "files that use each other:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_through_other_files() {
    let file = |name: &str| PathBuf::from(name);
    let uses = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")];
    let uses = uses.map(|(from, to)| (file(from), BTreeSet::from([file(to)])));
    assert_eq!(circles(&uses.into()), [["b", "c"]]);
}

#[test]
fn every_way_to_name_a_file_is_seen() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<Module>();
    let modules = BTreeMap::from([(module("room::part"), Source::default())]);
    for (tree, name, path) in [
        ("crate::other::Thing", "Thing", "other::Thing"),
        ("super::other::{Thing, self}", "Thing", "other::Thing"),
        ("self::part::Thing", "Thing", "room::part::Thing"),
        // From the file itself.
        ("part::Thing", "Thing", "room::part::Thing"),
        ("part::{deep::Thing as Other}", "Other", "room::part::deep::Thing"),
        ("std::Thing", "Thing", "std::Thing"),
    ] {
        let mut source = Source::default();
        import(tree, &[], &module("room"), &modules, &mut source);
        assert_eq!(source.imports[name].join("::"), path, "{tree}");
    }
    let named: Vec<&str> = paths("mod a; b::C::d(e.f(g)); ..h").filter(|word| !word.is_empty()).collect();
    assert_eq!(named, ["mod", "b::C::d", "e", "g", "h"]);
}
