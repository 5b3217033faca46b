//! Links to nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Command, Hint};

/// What is missing where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    File,
    /// The file and its folder.
    Both,
    Folder,
}

/// At most so many links are followed, as on Linux.
const MOST: usize = 40;

/// Where a link to nothing leads at last, and what is missing there; `is_folder` is whether that should be a folder.
pub(super) fn end(link: &Path, is_folder: bool) -> (PathBuf, Missing) {
    let mut to = next(link);
    for _ in 0..MOST {
        if !to.is_symlink() {
            break;
        }
        to = next(&to);
    }
    let missing = match to.parent() {
        _ if is_folder => Missing::Folder,
        Some(folder) if !folder.exists() => Missing::Both,
        _ => Missing::File,
    };
    (to, missing)
}

impl Missing {
    /// The commands that create what is missing.
    pub(super) fn created(self, to: &Path) -> Hint {
        let folder = |folder: &Path| Command::new(["mkdir", "-m", "700", "-p"]).argument(folder);
        let file = || Command::new(["touch"]).argument(to);
        let hint = Hint::from("create it: ");
        match self {
            Missing::File => hint.run(file()),
            Missing::Both => hint.run(folder(to.parent().unwrap_or(to))).say(", then ").run(file()),
            Missing::Folder => hint.run(folder(to)),
        }
    }
}

/// Where a link leads, as an absolute path as far as that exists.
fn next(link: &Path) -> PathBuf {
    let Ok(to) = fs::read_link(link) else { return link.to_owned() };
    let folder = fs::canonicalize(link.with_file_name("."));
    let to = folder.unwrap_or_default().join(to);
    let real = to.ancestors().skip(1).find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match real {
        Some((above, real)) => to.strip_prefix(above).map(|rest| real.join(rest)).unwrap_or(to),
        None => to,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn the_end_of_the_links_is_named_and_what_is_missing_there() {
        let home = tempfile::tempdir().unwrap();
        let home = fs::canonicalize(home.path()).unwrap();
        fs::create_dir(home.join(".aws")).unwrap();
        for (to, is_folder, end, missing) in [
            ("gone", false, ".aws/gone", Missing::File),
            ("../gone", false, "gone", Missing::File),
            ("../a b/config", false, "a b/config", Missing::Both),
            ("../git", true, "git", Missing::Folder),
            ("second", false, ".aws/end", Missing::File),
        ] {
            let link = home.join(".aws/config");
            symlink(to, &link).unwrap();
            symlink("end", home.join(".aws/second")).unwrap();
            assert_eq!(super::end(&link, is_folder), (home.join(end), missing));
            fs::remove_file(&link).unwrap();
            fs::remove_file(home.join(".aws/second")).unwrap();
        }
    }
}
