//! What interrupted edits have left, for those who only look.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::{Lock, Patience, WithoutLocks};
use super::record::Kept;
use super::records::is_about;
use super::settle::{Hidden, is_record};
use super::system::entries;
use super::target::Target;

/// How long to wait for the end of an edit: until then, it looks like an interrupted one.
const PATIENCE: Duration = Duration::from_secs(2);

/// The files at `paths` that have an interrupted edit, which the next edit completes or undoes. Records of edits in place may
/// also be in the folder `safe`.
pub(super) fn interrupted(paths: &[&Path], safe: Option<&Path>) -> Vec<PathBuf> {
    let targets: Vec<Target> = paths.iter().filter_map(|path| Target::resolve(path).ok()).collect();
    let left = || {
        let mut folders: Vec<&Path> = targets.iter().filter_map(|target| target.folder.as_deref()).collect();
        folders.dedup();
        let listed: Vec<PathBuf> =
            folders.into_iter().chain(safe).flat_map(|folder| entries(folder).unwrap_or_default()).collect();
        let left = targets.iter().filter(|target| is_left(target, &listed));
        left.map(|target| target.named.clone()).collect::<Vec<_>>()
    };
    if left().is_empty() {
        return Vec::new();
    }
    let folders = targets.iter().filter_map(|target| target.folder.as_deref());
    match Lock::take(folders, Patience::of(PATIENCE), WithoutLocks::Refuse) {
        Ok(_lock) => left(),
        // An edit is being made.
        Err(_) => Vec::new(),
    }
}

/// Whether one of the files in `listed` is what an edit of the target has left.
fn is_left(target: &Target, listed: &[PathBuf]) -> bool {
    listed.iter().any(|path| {
        Hidden::parse(path).is_some_and(|hidden| hidden.target == target.real)
            || is_record(path)
                && Kept::load(path)
                    .is_ok_and(|kept| kept.is_some_and(|kept| is_about(&kept, std::slice::from_ref(target))))
    })
}
