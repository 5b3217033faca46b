//! Where programs are: [`World::located`].

use std::path::PathBuf;

use super::captured::World;
use super::system::is_executable;

impl World {
    /// The file that runs as this program: at its path, or the first in a folder of PATH that can be run. As the system does,
    /// it passes over files of that name that can't.
    pub fn located(&self, program: &str) -> Option<PathBuf> {
        self.files_named(program).find(|path| is_executable(path))
    }

    /// The files that a program's name or path leads to, whether they can be run or not.
    pub fn files_named(&self, program: &str) -> impl Iterator<Item = PathBuf> {
        let is_path = program.contains('/');
        let folders = self.path("PATH").filter(|_| !is_path).unwrap_or_default();
        let folders = std::env::split_paths(folders).filter(|folder| folder.is_absolute());
        let in_folders = folders.map(move |folder| folder.join(program));
        in_folders.chain(is_path.then(|| PathBuf::from(program))).filter(|path| path.is_file())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_cannot_be_run_hides_no_program() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        for (name, mode) in [("a/tool", 0o644), ("b/tool", 0o755), ("b/other", 0o644)] {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), "").unwrap();
            fs::set_permissions(path(name), Permissions::from_mode(mode)).unwrap();
        }
        let folders = std::env::join_paths([path("a"), path("b")]).unwrap();
        let world = World::of([("PATH", folders)]);
        assert_eq!(world.located("tool"), Some(path("b/tool")));
        assert_eq!(world.located("other"), None);
        assert_eq!(world.files_named("other").collect::<Vec<_>>(), [path("b/other")]);
        for (name, is_found) in [("a/tool", false), ("b/tool", true), ("none", false)] {
            let found = world.located(path(name).to_str().unwrap());
            assert_eq!(found, is_found.then(|| path(name)), "{name}");
        }
        // A name with a slash is a path, which isn't looked up.
        let world = World::of([("PATH", home.path())]);
        assert_eq!(world.located("b/tool"), None);
    }
}
