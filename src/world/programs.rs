//! Where programs are: [`World::located`].

use std::path::{Path, PathBuf};

use super::captured::World;
use super::system::is_executable;

impl World {
    /// The file that runs as this program: at its path, or the first in a folder of PATH that can be run. As the system does,
    /// it passes over files of that name that can't. In a folder that isn't absolute nothing is found: it is where this program
    /// runs, and anybody's.
    pub fn located(&self, program: &str) -> Option<PathBuf> {
        self.files_named(program).find(|path| can_run(path))
    }

    /// The files that a program's name or path leads to, whether they can be run or not.
    pub fn files_named(&self, program: &str) -> impl Iterator<Item = PathBuf> {
        let in_folders = self.folders(program).filter(|folder| folder.is_absolute());
        let in_folders = in_folders.map(move |folder| folder.join(program));
        let is_path = program.contains('/');
        in_folders.chain(is_path.then(|| PathBuf::from(program))).filter(|path| path.is_file())
    }

    /// Whether the folder in which it is started has a say in what runs as this program. Without PATH the system has a
    /// default of its own.
    pub fn depends_on_folder(&self, program: &str) -> bool {
        if program.contains('/') {
            return !program.starts_with('/');
        }
        let is_first = |folder: &PathBuf| !folder.is_absolute() || can_run(&folder.join(program));
        self.path("PATH").is_none()
            || self.folders(program).find(is_first).is_some_and(|folder| !folder.is_absolute())
    }

    /// Whether the system starts a program of this name from the folder in which this program runs.
    pub fn starts_here(&self, program: &str) -> bool {
        self.folders(program).any(|folder| can_run(&folder.join(program))) || self.located(program).is_some()
    }

    /// The folders in which the system looks for a program: those of PATH, unless the program is a path.
    fn folders(&self, program: &str) -> impl Iterator<Item = PathBuf> + use<'_> {
        let folders = self.path("PATH").filter(|_| !program.contains('/'));
        folders.into_iter().flat_map(std::env::split_paths)
    }
}

fn can_run(path: &Path) -> bool {
    path.is_file() && is_executable(path)
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
        // Another folder than this program's may be where it is started.
        for (folders, program, depends, starts) in [
            ("/none:bin", "tool", true, false),
            ("/none:", "tool", true, false),
            ("", "tool", true, false),
            ("/none", "tool", false, false),
            ("/usr/bin:/bin:bin", "sh", false, true),
            ("bin:/usr/bin:/bin", "sh", true, true),
            ("/usr/bin:/bin", "bin/sh", true, false),
            ("", "/bin/sh", false, true),
        ] {
            let world = World::of([("PATH", folders)]);
            let found = (world.depends_on_folder(program), world.starts_here(program));
            assert_eq!(found, (depends, starts), "{program} in {folders}");
        }
        // A name with a slash is a path, which isn't looked up.
        let world = World::of([("PATH", home.path())]);
        assert_eq!(world.located("b/tool"), None);
    }
}
