//! Attributes of files that forbid changes even to their owner and to root.

use std::path::Path;

/// The letter of the attribute of a file or folder that forbids to replace it, or what is in it, as `chattr` names it.
#[cfg(target_os = "linux")]
pub(super) fn letter(path: &Path) -> Option<&'static str> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, path, AtFlags::empty(), StatxFlags::empty()).ok()?;
    let attributes = [("i", StatxAttributes::IMMUTABLE), ("a", StatxAttributes::APPEND)];
    attributes.into_iter().find_map(|(letter, one)| found.stx_attributes.contains(one).then_some(letter))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn letter(_: &Path) -> Option<&'static str> {
    None
}
