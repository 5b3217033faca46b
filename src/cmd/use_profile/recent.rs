//! The profiles that shells switched to, the last one first: names, and nothing else. Whatever goes wrong, the list is only
//! in another order.

use crate::store::Private;
use crate::world::World;

/// How many names are kept.
const MOST: usize = 50;

/// The most that is read, in bytes.
const LIMIT: u64 = 64 * 1024;

const FOLDER: &str = "recent";
const FILE: &str = "profiles";

/// The names, the last one first.
pub(super) fn names(world: &World) -> Vec<String> {
    let Some(folder) = world.state_folder().and_then(|folder| Private::open(&folder.join(FOLDER)).ok())
    else {
        return Vec::new();
    };
    read(&folder)
}

/// Puts a name first.
pub(super) fn add(name: &str, world: &World) {
    let Some(folder) = world.state_folder().and_then(|folder| Private::make(&folder.join(FOLDER)).ok())
    else {
        return;
    };
    let old = read(&folder);
    // A line is a name.
    if old.first().is_some_and(|first| first == name) || name.contains(char::is_control) {
        return;
    }
    let others = old.iter().map(String::as_str).filter(|other| *other != name);
    let names: Vec<&str> = std::iter::once(name).chain(others).take(MOST).collect();
    let _ = folder.save(FILE, (names.join("\n") + "\n").as_bytes());
}

fn read(folder: &Private) -> Vec<String> {
    let bytes = folder.read(FILE, LIMIT).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
