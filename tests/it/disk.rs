//! Snapshots of the disk for comparison, and users and limits for tests of permissions.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, lchown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::Sandbox;

/// A user without files and permissions.
const NOBODY: u32 = 65534;

/// The permission bits.
pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).mode() & 0o7777
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("the mode can be set");
}

/// The sorted names in a folder. A missing folder has none.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("UTF-8");
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}

/// Everything at and below a path, with all metadata that the kernel changes with a file, except the time of the last
/// access.
pub(crate) fn listing(path: &Path) -> BTreeMap<PathBuf, String> {
    let found = fs::symlink_metadata(path).expect("it is there");
    let facts = format!(
        "mode {:o} owner {}:{} inode {} links {} size {} modified {}.{} changed {}.{}",
        found.mode(),
        found.uid(),
        found.gid(),
        found.ino(),
        found.nlink(),
        found.size(),
        found.mtime(),
        found.mtime_nsec(),
        found.ctime(),
        found.ctime_nsec()
    );
    let mut listing = BTreeMap::from([(path.to_owned(), facts)]);
    if found.is_dir() {
        for name in names(path) {
            listing.extend(self::listing(&path.join(name)));
        }
    }
    listing
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Sandbox {
    /// The program, run by a user to whom permissions apply. If the tests run as root, this is the user nobody, who then
    /// owns the home.
    pub(crate) fn unprivileged(&self) -> Command {
        let mut command = self.command();
        if !is_root() {
            return command;
        }
        for path in listing(self.home()).into_keys() {
            lchown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        command.uid(NOBODY).gid(NOBODY);
        command
    }

    /// Changes the owner of a file below the home, if the tests run as root.
    pub(crate) fn owned_by_another(self, path: &str) -> Sandbox {
        if is_root() {
            lchown(self.path(path), Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        self
    }
}

/// Another program with these arguments instead of `command`.
pub(crate) fn around(program: impl AsRef<Path>, arguments: &[&str], command: &Command) -> Command {
    let mut around = Command::new(program.as_ref());
    around.args(arguments).env_clear().current_dir(command.get_current_dir().expect("a sandbox has one"));
    for (name, value) in command.get_envs() {
        around.env(name, value.expect("nothing is removed from what was cleared"));
    }
    around
}

/// `command`, started by a shell after it has run `preparation`.
pub(crate) fn after(preparation: &str, command: &Command) -> Command {
    let script = format!("{preparation}\nexec \"$0\" \"$@\"");
    let mut shell = around("/bin/sh", &["-c", &script], command);
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

/// Reports that a test can't run here. With `CI` set, this is a failure.
pub(crate) fn skip(what: &str, why: &str) {
    assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{what}: {why}, and CI is set");
    tell_skipped(what, why);
}

/// Writes directly to standard error, because the test harness hides the output of tests that pass.
pub(crate) fn tell_skipped(what: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "xcred: {what} is skipped: {why}");
}
