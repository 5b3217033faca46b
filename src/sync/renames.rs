//! New names for profiles, some of which are the old names of others.

use std::collections::{HashMap, HashSet};

/// The renames that are possible, each behind the one that frees its name. `taken` has all names, and those that it has
/// afterwards. Profiles that would swap their names keep them.
pub(super) fn ordered(renames: Vec<(String, String)>, taken: &mut HashSet<String>) -> Vec<(String, String)> {
    let (mut ready, blocked): (Vec<_>, Vec<_>) = renames.into_iter().partition(|(_, to)| !taken.contains(to));
    let mut waiting: HashMap<String, (String, String)> =
        blocked.into_iter().map(|pair| (pair.1.clone(), pair)).collect();
    let mut ordered = Vec::new();
    ready.reverse();
    while let Some((from, to)) = ready.pop() {
        taken.remove(&from);
        taken.insert(to.clone());
        ready.extend(waiting.remove(&from));
        ordered.push((from, to));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(renames: &[(&str, &str)], others: &[&str]) -> String {
        let owned = |text: &&str| (*text).to_owned();
        let pairs = renames.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect();
        let mut taken: HashSet<String> = others.iter().map(owned).collect();
        taken.extend(renames.iter().map(|(from, _)| from.to_string()));
        let text = ordered(pairs, &mut taken);
        let text: Vec<String> = text.iter().map(|(from, to)| format!("{from}{to}")).collect();
        let mut taken: Vec<String> = taken.into_iter().collect();
        taken.sort();
        format!("{} {}", text.join(","), taken.concat())
    }

    #[test]
    fn a_name_is_freed_before_it_is_given_away() {
        assert_eq!(order(&[("a", "b"), ("b", "c"), ("c", "d")], &[]), "cd,bc,ab bcd");
        assert_eq!(order(&[("a", "x"), ("b", "y")], &["x"]), "by axy");
        assert_eq!(order(&[("a", "b"), ("b", "a")], &[]), " ab");
    }
}
