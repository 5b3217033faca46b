//! The dependencies keep to `deny.toml`: their licenses, their sources, and that no crate is there in two versions
//! without a reason. The same as `cargo deny check licenses bans sources`, offline and without that program.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use toml_edit::DocumentMut;

use crate::committed::{kept, repository};
use crate::missing::missing;

struct Policy(DocumentMut);

impl Policy {
    fn committed() -> Policy {
        Policy(kept("deny.toml").parse().expect("deny.toml is TOML"))
    }

    fn list(&self, table: &str, key: &str) -> Vec<String> {
        let list = self.0[table][key].as_array().expect("an array").iter();
        list.map(|item| {
            let name = item.as_inline_table().and_then(|item| item.get("crate")).unwrap_or(item);
            name.as_str().expect("a text").to_owned()
        })
        .collect()
    }
}

/// The packages of `cargo metadata`; none where some were never downloaded, as those of other platforms.
fn packages() -> Option<Vec<Value>> {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .current_dir(repository(""))
        .output()
        .expect("cargo can be run");
    if !cargo.status.success() {
        missing(&format!("`cargo fetch` was not run: {}", String::from_utf8_lossy(&cargo.stderr)));
        return None;
    }
    let mut metadata: Value = serde_json::from_slice(&cargo.stdout).expect("JSON");
    let Value::Array(packages) = metadata["packages"].take() else { panic!("no packages") };
    Some(packages)
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or_default()
}

/// Whether an expression of SPDX license identifiers can be fulfilled with the allowed ones.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    if let Some(parts) = split(expression, &[" OR ", "/"]) {
        return parts.into_iter().any(|part| is_allowed(part, allowed));
    }
    if let Some(parts) = split(expression, &[" AND "]) {
        return parts.into_iter().all(|part| is_allowed(part, allowed));
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.iter().any(|license| license == expression),
    }
}

/// The operands of the operators that are not inside parentheses; none if there is no operator.
fn split<'e>(expression: &'e str, operators: &[&str]) -> Option<Vec<&'e str>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, letter) in expression.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        let operator = operators.iter().find(|operator| expression[at..].starts_with(**operator));
        if depth == 0
            && let Some(operator) = operator
        {
            parts.push(&expression[start..at]);
            start = at + operator.len();
        }
    }
    parts.push(&expression[start..]);
    (parts.len() > 1).then_some(parts)
}

#[test]
fn every_dependency_has_an_allowed_license_and_source() {
    let Some(packages) = packages() else { return };
    let policy = Policy::committed();
    let (licenses, registries) = (policy.list("licenses", "allow"), policy.list("sources", "allow-registry"));
    let sources: Vec<String> = registries.iter().map(|registry| format!("registry+{registry}")).collect();
    let mut refused = Vec::new();
    for package in packages.iter().filter(|package| text(package, "name") != "xcred") {
        let (name, license, source) =
            (text(package, "name"), text(package, "license"), text(package, "source"));
        if !is_allowed(license, &licenses) {
            refused.push(format!("{name} has the license `{license}`"));
        }
        if !sources.iter().any(|allowed| allowed == source) {
            refused.push(format!("{name} comes from `{source}`"));
        }
    }
    assert!(packages.len() > 100 && refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_crate_is_banned_or_there_twice_without_a_reason() {
    let lock: DocumentMut = kept("Cargo.lock").parse().expect("Cargo.lock is TOML");
    let policy = Policy::committed();
    let (banned, skipped) = (policy.list("bans", "deny"), policy.list("bans", "skip"));
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array_of_tables().expect("packages") {
        let text = |key: &str| package[key].as_str().expect("a text");
        versions.entry(text("name")).or_default().push(text("version"));
    }
    let found: Vec<_> = banned.iter().filter(|name| versions.contains_key(name.as_str())).collect();
    assert!(found.is_empty(), "banned: {found:?}");
    let is_skipped = |name: &str, version: &str| {
        let mut skipped = skipped.iter().filter_map(|skip| skip.split_once('@'));
        skipped.any(|(skip, prefix)| skip == name && version.starts_with(&format!("{prefix}.")))
    };
    let twice = versions
        .iter()
        .filter(|(name, versions)| versions.iter().filter(|version| !is_skipped(name, version)).count() > 1);
    assert_eq!(twice.collect::<Vec<_>>(), []);
    let needless = skipped.iter().filter(|skip| {
        let (name, _) = skip.split_once('@').expect("a crate and a version");
        versions.get(name).is_none_or(|versions| versions.len() < 2)
    });
    assert_eq!(needless.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn licenses_combine_as_spdx_says() {
    let allowed = ["MIT", "Apache-2.0", "ISC"].map(str::to_owned);
    for (expression, is) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("", false),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("Apache-2.0 AND ISC", true),
        ("Apache-2.0 AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("(GPL-3.0 OR BSD) AND ISC", false),
        ("GPL-3.0 AND MIT OR ISC", true),
    ] {
        assert_eq!(is_allowed(expression, &allowed), is, "{expression}");
    }
}
