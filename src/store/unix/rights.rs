//! Owners, modes and access lists: what this user may do, and what a new file inherits from the one that it replaces.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use rustix::io::Errno;
use rustix::process::{getegid, geteuid, getgroups};

use super::attributes::{keep_access_list, keep_attributes};
use super::file::{make_private, nameless};
use super::gift::give_to_owner;
use super::stat::Stat;

/// Whether this user may write the file. A missing one is an error of the kind `NotFound`.
pub fn check_writable(file: &Path) -> io::Result<()> {
    Ok(access(file, Access::WRITE_OK)?)
}

/// Whether this user may create and remove files in the folder.
pub fn check_changeable(folder: &Path) -> io::Result<()> {
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Whether the folder is like `/tmp`, where only the owner of the folder or of a file may replace that file.
pub fn is_kept_by_others(folder: &Path, found: &Stat) -> io::Result<bool> {
    if geteuid().is_root() || found.is_own() {
        return Ok(false);
    }
    let folder = Stat::at(folder)?;
    Ok(folder.mode() & 0o1000 != 0 && !folder.is_own())
}

/// Whether a new file in the folder can get the owner and the group of the existing one. A file without a name is used to
/// try it, because the kernel's rules can't be queried.
pub fn can_give(folder: &Path, found: &Stat) -> bool {
    let (user, group) = (geteuid(), getegid());
    let (owner, of_group) = found.owners();
    if (user.as_raw(), group.as_raw()) == (owner, of_group) {
        return true;
    }
    if let Some(file) = nameless(folder) {
        let refused = [Errno::PERM, Errno::ACCESS, Errno::INVAL].map(|error| Some(error.raw_os_error()));
        return fchown(&file, Some(owner), Some(of_group))
            .map_or_else(|error| !refused.contains(&error.raw_os_error()), |()| true);
    }
    let groups = getgroups().unwrap_or_default();
    let is_member = group.as_raw() == of_group || groups.iter().any(|group| group.as_raw() == of_group);
    user.is_root() || user.as_raw() == owner && is_member
}

/// Gives `file` the owner, the access list, the extended attributes and the mode of the file at `old`, in this order,
/// because a change of owner may change the mode. Without an old file, only the owner of the folder gets access, or this user.
pub fn keep_access(old: &Path, file: &File) -> io::Result<()> {
    let old_found = match fs::metadata(old) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return make_new(old, file),
        found => found?,
    };
    let new_found = file.metadata()?;
    if (old_found.uid(), old_found.gid()) != (new_found.uid(), new_found.gid()) {
        fchown(file, Some(old_found.uid()), Some(old_found.gid()))?;
    }
    keep_access_list(old, file)?;
    keep_attributes(old, file)?;
    file.set_permissions(Permissions::from_mode(old_found.mode() & 0o7777))
}

/// Gives only the owner access to a new file that will be at `path`.
pub fn make_new(path: &Path, file: &File) -> io::Result<()> {
    give_to_owner(path, file);
    make_private(file)
}

/// Whether this user owns the file, or the target of a link.
pub fn is_own(path: &Path) -> bool {
    Stat::at(path).is_ok_and(|stat| stat.is_own())
}

/// Whether this user may change the mode of the file.
pub fn is_closable(path: &Path) -> bool {
    geteuid().is_root() || is_own(path)
}

/// Takes all rights of other users from a regular file or a folder of this user. A link is followed, but its target must be
/// one of them, too, and no device or pipe.
pub fn close(path: &Path) -> io::Result<()> {
    // Opened once, so that nobody can replace it between the check and the change.
    let file = super::file::open_at_once(path)?;
    let found = file.metadata()?;
    if !found.is_file() && !found.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file or a folder"));
    }
    if !Stat::of(&file)?.is_own() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it belongs to another user"));
    }
    file.set_permissions(Permissions::from_mode(found.mode() & 0o7700))
}

/// What other users may do with a file.
pub struct Exposure {
    /// A verb.
    pub may: &'static str,
    pub mode: u32,
}

/// What other users may do with the file. `None` if nothing, or if it is not a regular file that can be examined: a folder, a
/// pipe or a device holds no secret.
pub fn exposure(path: &Path) -> Option<Exposure> {
    let mode = Stat::at(path).ok().filter(Stat::is_file)?.mode();
    Some(Exposure { may: others_may(mode)?, mode })
}

/// Whoever else may have put a file in its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Planted {
    /// The file, or a folder above it.
    pub path: PathBuf,
    /// The mode that lets others write. `None` if another user owns it.
    pub mode: Option<u32>,
}

/// Whether another user may have put a file of a cache in its place, two folders below that of the user's configuration.
/// The administrator and the owner of that one may, and the members of a group that has the user's number.
pub fn planted(path: &Path) -> Option<Planted> {
    let found: Vec<(&Path, Stat)> =
        path.ancestors().take(4).map_while(|path| Some((path, Stat::at(path).ok()?))).collect();
    let trusted = found.get(3).map(|(_, home)| home.owner());
    found.iter().take(3).enumerate().find_map(|(above, (path, found))| {
        let mode = found.mode();
        let owner = found.owner();
        let is_foreign = !found.is_own() && owner != 0 && Some(owner) != trusted;
        // In a folder like `/tmp` other users can't rename what is not theirs. The file has a check of its own.
        let is_shared = above == 1 || above == 2 && mode & 0o1000 == 0;
        let is_open = is_shared && is_open(found);
        let planted = |mode| Some(Planted { path: path.to_path_buf(), mode });
        match (is_foreign, is_open) {
            (true, _) => planted(None),
            (false, true) => planted(Some(mode)),
            (false, false) => None,
        }
    })
}

/// Whether others than the owner and the administrator can write it. A group that has the user's number is the user.
fn is_open(found: &Stat) -> bool {
    let (owner, group) = found.owners();
    found.mode() & 0o002 != 0 || found.mode() & 0o020 != 0 && group != owner
}

/// What lets other users change what is read from a path.
#[derive(Debug, PartialEq, Eq)]
pub struct Changeable {
    /// The file, or the folder of it or of its target.
    pub path: PathBuf,
    pub mode: u32,
    pub is_folder: bool,
}

/// Whatever lets other users change a file or put another one in its place: at most two folders, and the file.
pub fn changeable(file: &Path) -> Vec<Changeable> {
    let target = fs::read_link(file).and_then(|_| fs::canonicalize(file)).ok();
    let folder = |file: &Path| file.parent().map(Path::to_owned);
    let folders = [folder(file), target.as_deref().and_then(folder)].into_iter().flatten();
    let mut found: Vec<Changeable> = Vec::new();
    for path in folders.chain([file.to_owned()]) {
        let Ok(stat) = Stat::at(&path) else { continue };
        let is_folder = path != file;
        // In a folder like `/tmp` nobody can replace what another user owns; a device or a pipe keeps nothing.
        let is_kept = if is_folder { stat.mode() & 0o1000 != 0 } else { !stat.is_file() };
        // Who else is in a group isn't known: many users have one of their own.
        let is_open = stat.mode() & 0o002 != 0;
        if is_open && !is_kept && !found.iter().any(|known| known.path == path) {
            found.push(Changeable { path, mode: stat.mode(), is_folder });
        }
    }
    found
}

fn others_may(mode: u32) -> Option<&'static str> {
    match (mode & 0o044 != 0, mode & 0o022 != 0, mode & 0o011 != 0) {
        (true, true, _) => Some("read and change"),
        (true, false, _) => Some("read"),
        (false, true, _) => Some("change"),
        (false, false, true) => Some("run"),
        (false, false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, chown, symlink};

    use rustix::process::geteuid;

    use super::{Planted, changeable, close, exposure, others_may, planted};
    use crate::missing::missing;

    #[test]
    fn a_file_that_another_user_may_have_put_there_is_noticed() {
        let home = tempfile::tempdir().unwrap();
        let [sso, cache] = ["aws/sso", "aws/sso/cache"].map(|name| home.path().join(name));
        fs::create_dir_all(&cache).unwrap();
        let token = cache.join("token.json");
        fs::write(&token, "{}").unwrap();
        let set = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        set(&sso, 0o755);
        for (folder, mode, is_noticed) in
            [(&cache, 0o777, true), (&cache, 0o1777, true), (&sso, 0o777, true), (&sso, 0o1777, false)]
        {
            set(folder, mode);
            let found = Planted { path: folder.clone(), mode: Some(mode) };
            assert_eq!(planted(&token), is_noticed.then_some(found), "{mode:o}");
            set(folder, 0o755);
        }
        // A file that others can write has a check of its own.
        set(&token, 0o666);
        assert_eq!(planted(&token), None);
        assert_eq!(planted(&cache.join("missing.json")), None);
        if !geteuid().is_root() {
            return missing("only root can change the owner of a file");
        }
        // A group of the user's own is the user.
        chown(&cache, None, Some(4321)).unwrap();
        set(&cache, 0o775);
        assert_eq!(planted(&token), Some(Planted { path: cache.clone(), mode: Some(0o775) }));
        chown(&cache, None, Some(0)).unwrap();
        assert_eq!(planted(&token), None);
        set(&cache, 0o755);
        for path in [&token, &cache, &sso] {
            chown(path, Some(4321), None).unwrap();
            assert_eq!(planted(&token), Some(Planted { path: path.clone(), mode: None }));
            chown(path, Some(0), None).unwrap();
        }
        for path in [&token, &cache, &sso, &home.path().join("aws")] {
            chown(path, Some(4321), None).unwrap();
        }
        assert_eq!(planted(&token), None);
    }

    #[test]
    fn what_lets_others_change_a_file_is_its_folder_that_of_its_target_and_the_file() {
        let home = tempfile::tempdir().unwrap();
        let [own, shared] = ["own", "shared"].map(|name| home.path().join(name));
        let set =
            |path: &std::path::Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        for folder in [&own, &shared] {
            fs::create_dir(folder).unwrap();
            set(folder, 0o755);
        }
        let [file, target] = [own.join("config"), shared.join("config")];
        fs::write(&target, "x").unwrap();
        symlink(&target, &file).unwrap();
        set(&target, 0o644);
        let found = || -> Vec<_> {
            changeable(&file).into_iter().map(|found| (found.path, found.mode, found.is_folder)).collect()
        };
        assert_eq!(found(), []);
        set(&target, 0o646);
        set(&own, 0o777);
        set(&shared, 0o757);
        let shared = fs::canonicalize(shared).unwrap();
        assert_eq!(
            found(),
            [(own.clone(), 0o777, true), (shared.clone(), 0o757, true), (file.clone(), 0o646, false)]
        );
        set(&own, 0o1777);
        set(&shared, 0o755);
        set(&target, 0o600);
        assert_eq!(found(), []);
        // What isn't there yet can be put there.
        set(&own, 0o777);
        assert_eq!(changeable(&own.join("missing")).len(), 1);
    }

    #[test]
    fn a_file_is_closed_to_others_behind_a_link_too() {
        let home = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|name| home.path().join(name));
        fs::write(&file, "x").unwrap();
        symlink("file", &link).unwrap();
        for (path, before, after) in [(&file, 0o644, 0o600), (&link, 0o466, 0o400)] {
            fs::set_permissions(&file, Permissions::from_mode(before)).unwrap();
            close(path).unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, after);
        }
        close(home.path()).unwrap();
        assert!(close(&home.path().join("missing")).is_err());
    }

    #[test]
    fn only_a_regular_file_holds_secrets_and_no_device_or_pipe_is_closed() {
        let home = tempfile::tempdir().unwrap();
        let [folder, pipe, link] = ["folder", "pipe", "link"].map(|name| home.path().join(name));
        fs::create_dir(&folder).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [&folder, &pipe] {
            fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
            let _ = fs::remove_file(&link);
            symlink(path, &link).unwrap();
            for name in [path, &link] {
                assert!(exposure(name).is_none(), "{name:?}");
            }
        }
        assert_eq!(close(&link).unwrap_err().to_string(), "it is not a regular file or a folder");
        assert_eq!(fs::metadata(&pipe).unwrap().permissions().mode() & 0o7777, 0o755);
    }

    #[test]
    fn any_right_of_others_is_reported() {
        for (mode, may) in [
            (0o600, None),
            (0o400, None),
            (0o700, None),
            (0o644, Some("read")),
            (0o640, Some("read")),
            (0o604, Some("read")),
            (0o666, Some("read and change")),
            (0o620, Some("change")),
            (0o610, Some("run")),
            (0o601, Some("run")),
        ] {
            assert_eq!(others_may(mode), may, "{mode:o}");
        }
    }
}
