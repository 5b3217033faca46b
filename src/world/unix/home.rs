//! Home folders, and paths that begin in them.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use crate::origin::shown;
use crate::text::search;
use crate::world::captured::World;

/// A path in an unknown home folder. To readers the file doesn't exist; a file below a folder with the name `~` would be
/// another one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoHome {
    /// With its `~`.
    pub path: PathBuf,
}

impl fmt::Display for NoHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.path.iter().next().unwrap_or_default();
        if first == "~" {
            f.write_str("no home folder: `HOME` is not set, and the password file has no entry for this user")
        } else {
            write!(
                f,
                "no home folder `{}`: the password file has no entry for this user",
                shown(Path::new(first))
            )
        }
    }
}

impl World {
    /// The user's home folder: `HOME` if it is set (even if it is empty), else the one in the password file.
    fn home(&self) -> Option<Cow<'_, [u8]>> {
        let by_password_file =
            || self.home_where(2, rustix::process::getuid().as_raw().to_string().as_bytes()).map(Cow::Owned);
        self.path("HOME").map(|home| Cow::Borrowed(home.as_bytes())).or_else(by_password_file)
    }

    /// Expands a path as botocore does: first `$NAME` and `${NAME}`, then a leading `~` or `~user`. Names of variables that
    /// aren't set stay unchanged.
    pub fn expand(&self, path: impl AsRef<OsStr>) -> Result<PathBuf, NoHome> {
        self.expand_user(OsString::from_vec(self.expand_variables(path.as_ref().as_bytes())))
    }

    /// Expands a leading `~` or `~user`, as Python's `expanduser` does.
    pub fn expand_user(&self, path: impl AsRef<OsStr>) -> Result<PathBuf, NoHome> {
        let path = path.as_ref();
        let Some(rest) = path.as_bytes().strip_prefix(b"~") else {
            return Ok(PathBuf::from(path));
        };
        let (user, tail) = rest.split_at(search::one(b'/').find(rest).unwrap_or(rest.len()));
        let home = if user.is_empty() { self.home() } else { self.home_where(0, user).map(Cow::Owned) };
        let Some(home) = home else { return Err(NoHome { path: PathBuf::from(path) }) };
        let end = home.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
        let expanded = [&home[..end], tail].concat();
        Ok(PathBuf::from(if expanded.is_empty() { "/".into() } else { OsString::from_vec(expanded) }))
    }

    fn expand_variables(&self, path: &[u8]) -> Vec<u8> {
        let (mut expanded, mut rest) = (Vec::with_capacity(path.len()), path);
        while let Some(at) = search::one(b'$').find(rest) {
            expanded.extend_from_slice(&rest[..at]);
            let after = &rest[at + 1..];
            let braced =
                after.strip_prefix(b"{").and_then(|inner| Some((inner, search::one(b'}').find(inner)?)));
            let (name, length) = match braced {
                Some((inner, close)) => (&inner[..close], close + 2),
                None => {
                    let word = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
                    let end = after.iter().position(|byte| !word(byte)).unwrap_or(after.len());
                    (&after[..end], end)
                }
            };
            match self.variables.get(OsStr::from_bytes(name)).filter(|_| length > 0) {
                Some(value) => expanded.extend_from_slice(value.bytes().as_bytes()),
                None => expanded.extend_from_slice(&rest[at..=at + length]),
            }
            rest = &after[length..];
        }
        expanded.extend_from_slice(rest);
        expanded
    }

    /// The user's name, as programs that show it find it: `USER` or `LOGNAME`, else the one in the password file.
    pub fn user(&self) -> Option<String> {
        let by_password_file = || {
            let number = rustix::process::getuid().as_raw().to_string();
            self.passwd_where(2, number.as_bytes(), 0).map(|name| String::from_utf8_lossy(&name).into_owned())
        };
        let variable = self.non_empty("USER").or_else(|| self.non_empty("LOGNAME"));
        variable.map(str::to_owned).or_else(by_password_file)
    }

    /// The name of this machine, as the system has it.
    pub fn host(&self) -> String {
        rustix::system::uname().nodename().to_string_lossy().into_owned()
    }

    /// The home folder of the first line of the password file whose `field` is `wanted`.
    ///
    /// A static executable can't load the modules of the name service. Users of a directory service must set `HOME`.
    fn home_where(&self, field: usize, wanted: &[u8]) -> Option<Vec<u8>> {
        self.passwd_where(field, wanted, 5)
    }

    fn passwd_where(&self, field: usize, wanted: &[u8], sought: usize) -> Option<Vec<u8>> {
        let passwd = match &self.passwd {
            Some(passwd) => Cow::Borrowed(passwd),
            None => Cow::Owned(fs::read("/etc/passwd").unwrap_or_default()),
        };
        passwd.split(|byte| *byte == b'\n').find_map(|line| {
            let fields: Vec<&[u8]> = line.split(|byte| *byte == b':').collect();
            (fields.get(field) == Some(&wanted)).then(|| fields.get(sought).map(|found| found.to_vec()))?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_named_by_variables_or_the_password_file() {
        let user = |variables: &[(&str, &str)]| {
            let mut world = World::of(variables.iter().copied());
            let number = rustix::process::getuid().as_raw();
            world.passwd = Some(format!("joe:x:{number}:1::/home/joe:/bin/sh\n").into_bytes());
            world.user()
        };
        assert_eq!(user(&[("USER", "ada"), ("LOGNAME", "eve")]).as_deref(), Some("ada"));
        assert_eq!(user(&[("USER", ""), ("LOGNAME", "eve")]).as_deref(), Some("eve"));
        assert_eq!(user(&[]).as_deref(), Some("joe"));
        assert_eq!(World::of::<&str, &str>([]).user(), None);
        assert!(!World::of::<&str, &str>([]).host().is_empty());
    }

    #[test]
    fn paths_expand_as_in_python() {
        let mut world = World::of([("HOME", "/home/me/"), ("D", "~/d"), ("E", "")]);
        world.passwd = Some(b"joe:x:1:1::/home/joe:/bin/sh\n".to_vec());
        for (path, expanded) in [
            ("~/.aws/config", "/home/me/.aws/config"),
            ("~", "/home/me"),
            ("$D/c", "/home/me/d/c"),
            ("${D}c", "/home/me/dc"),
            ("$NOPE/${NOPE}/$/x$", "$NOPE/${NOPE}/$/x$"),
            ("a/~/b", "a/~/b"),
            ("~joe/c", "/home/joe/c"),
            ("x${E}y${", "xy${"),
            ("", ""),
        ] {
            assert_eq!(world.expand(path).unwrap(), PathBuf::from(expanded), "{path}");
        }
        for (home, path, expanded) in
            [("", "~/x", "/x"), ("", "~", "/"), ("//", "~", "/"), ("rel/", "~/x", "rel/x")]
        {
            assert_eq!(World::of([("HOME", home)]).expand(path).unwrap(), PathBuf::from(expanded), "{home}");
        }
    }

    #[test]
    fn an_unknown_home_is_an_error() {
        let world = World::of([("HOME", "/home/me")]);
        assert_eq!(world.expand("~ann/c"), Err(NoHome { path: "~ann/c".into() }));
        let world = World::of([("D", "~/d")]);
        let error = world.expand("$D/c").unwrap_err();
        assert_eq!(error, NoHome { path: "~/d/c".into() });
        assert!(error.to_string().starts_with("no home folder: "), "{error}");
    }

    #[test]
    fn folders_need_not_be_utf_8() {
        let bytes = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
        let mut world = World::of([
            (bytes(b"HOME"), bytes(b"/caf\xe9/")),
            (bytes(b"V"), bytes(b"\xff\xfe")),
            (bytes(b"N\xe9"), bytes(b"n")),
        ]);
        world.passwd = Some(b"j\xe9:x:1:1:\xff:/home/j\xe9:/bin/sh\n".to_vec());
        for (path, expanded) in [
            (&b"~/.aws"[..], &b"/caf\xe9/.aws"[..]),
            (b"/\xc3/$V/${N\xe9}$N\xe9", b"/\xc3/\xff\xfe/n$N\xe9"),
            (b"~j\xe9/c", b"/home/j\xe9/c"),
        ] {
            assert_eq!(world.expand(bytes(path)).unwrap(), PathBuf::from(bytes(expanded)), "{path:?}");
        }
    }
}
