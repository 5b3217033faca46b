//! Resolves the links of a path.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{self, folder_of};
use super::problem::Problem;
use super::system::{self, Stat};

/// The file to replace, after all symbolic links were followed. The links stay unchanged.
pub(super) struct Target {
    /// The path from the user.
    pub(super) named: PathBuf,
    /// The file itself, which need not exist.
    pub(super) real: PathBuf,
    /// The folder of the file; `None` if it doesn't exist.
    pub(super) folder: Option<PathBuf>,
    /// Whether the file has other names, or `real` is a link: only the name is replaced, and the file that it leads to keeps
    /// its contents and gives nothing to the new one.
    pub(super) is_alias: bool,
    /// Whether it is a file of a cache, and not one that the user edits.
    pub(super) is_private: bool,
}

/// The problem with a path where something other than a file is, or other than a folder above it. A missing file is no
/// problem: it can be created.
pub fn obstacle(path: &Path) -> Option<Problem> {
    if fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return None;
    }
    Target::resolve(path).err().filter(Problem::is_obstacle)
}

/// Whether two paths lead to one file.
pub fn is_one(path: &Path, other: &Path) -> bool {
    let (Ok(found), Ok(behind)) = (Stat::at(path), Stat::at(other)) else { return false };
    found.inode() == behind.inode() && (!found.is_file() || !behind.is_file() || is_one_held(path, other))
}

/// Whether two paths lead to one file while both are open. An edit that replaces a file frees its number, and a file that is new
/// in the place of the other may get it: of files that are open, no two have one. What can't be opened can't be edited either.
fn is_one_held(path: &Path, other: &Path) -> bool {
    let (Ok(found), Ok(behind)) = (File::open(path), File::open(other)) else { return true };
    let inode = |file: &File| Stat::of(file).map(|stat| stat.inode()).ok();
    inode(&found) == inode(&behind)
}

/// How a target is found.
pub(super) type Resolve = fn(&Path) -> Result<Target, Problem>;

impl Target {
    /// Finds the file that `path` names. Creates nothing.
    pub(super) fn resolve(path: &Path) -> Result<Target, Problem> {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
                let nameless = || io::Error::new(io::ErrorKind::InvalidInput, "the path names no file");
                let name = path.file_name().ok_or_else(|| Problem::saving(path, nameless()))?;
                match fs::canonicalize(folder_of(path)) {
                    Ok(folder) => folder.join(name),
                    Err(error)
                        if error.kind() == io::ErrorKind::NotFound && !folder_of(path).is_symlink() =>
                    {
                        if path.is_relative() && fs::canonicalize(".").is_err() {
                            return Err(Problem::NoWorkingFolder { path: path.to_owned() });
                        }
                        if let Some(link) =
                            path.ancestors().skip(1).find(|above| above.is_symlink() && !above.exists())
                        {
                            return Err(Problem::dangling(link, true));
                        }
                        return Ok(Target {
                            named: path.to_owned(),
                            real: path.to_owned(),
                            folder: None,
                            is_alias: false,
                            is_private: false,
                        });
                    }
                    Err(error) => return Err(Problem::reading_folder(folder_of(path), error)),
                }
            }
            Err(error) => return Err(Problem::reading(path, error)),
        };
        match fs::metadata(&real) {
            Ok(found) if found.is_dir() => Err(Problem::Folder { path: path.to_owned() }),
            Ok(found) if !found.is_file() => Err(Problem::NotAFile { path: path.to_owned() }),
            _ => {
                let folder = Some(folder_of(&real).to_owned());
                Ok(Target { named: path.to_owned(), real, folder, is_alias: false, is_private: false })
            }
        }
    }

    /// Like [`resolve`](Self::resolve), for a file that belongs to its folder, such as one of a cache: a link to it is not
    /// followed. Whoever made the link must not choose which file is written.
    pub(super) fn of_name(path: &Path) -> Result<Target, Problem> {
        let resolved = || Ok(Target { is_private: true, ..Target::resolve(path)? });
        let Ok(found) = Stat::of_name(path) else { return resolved() };
        let is_shared = || found.is_file() && found.has_other_names() && !system::is_mount(path, &found);
        if !found.is_link() && !is_shared() {
            return resolved();
        }
        let folder = fs::canonicalize(folder_of(path)).map_err(|error| Problem::reading(path, error))?;
        let real = folder.join(path.file_name().unwrap_or_default());
        Ok(Target { named: path.to_owned(), real, folder: Some(folder), is_alias: true, is_private: true })
    }

    /// Checks that the missing parent folders could be created, and the file in its folder.
    pub(super) fn check_folder(&self) -> Result<(), Problem> {
        let mut above = folder_of(&self.real);
        while !above.exists() && above.parent().is_some() {
            above = folder_of(above);
        }
        system::check_changeable(above).map_err(|error| Problem::making(folder_of(&self.real), error))
    }

    /// Creates the missing parent folders.
    pub(super) fn create_folder(&self) -> Result<(), Problem> {
        let folder = folder_of(&self.real);
        folder::make(folder).map_err(|error| Problem::making(folder, error))
    }
}
