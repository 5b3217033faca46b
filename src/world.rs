//! Everything ambient, captured once: the environment, the home folders and the clock. Nothing else in the
//! program asks the operating system for them.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// The environment that a run of the program sees.
#[derive(Clone, Debug, Default)]
pub struct World {
    variables: BTreeMap<String, String>,
    passwd: Option<String>,
    /// Who started the process; asked for when it is wanted, because that is rare.
    parent: Option<Vec<String>>,
    /// The time at which the clock stands still, in tests.
    time: Option<Timestamp>,
}

impl World {
    /// Captures the process's environment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that captures the environment")]
    pub fn capture() -> World {
        let text = |os: std::ffi::OsString| os.to_string_lossy().into_owned();
        World {
            variables: std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect(),
            passwd: None,
            parent: None,
            time: None,
        }
    }

    /// A world of these variables, for tests and for questions about what would be.
    pub fn of<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> World {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        World { variables, passwd: Some(String::new()), parent: Some(Vec::new()), time: None }
    }

    /// The same world at a time that does not pass: nothing waits in it, and chance is even.
    #[must_use]
    pub fn at(mut self, time: Timestamp) -> World {
        self.time = Some(time);
        self
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
        let clock = || Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
        self.time.unwrap_or_else(clock)
    }

    /// Waits.
    pub fn sleep(&self, duration: Duration) {
        if self.time.is_none() {
            thread::sleep(duration);
        }
    }

    /// A number from 0 up to, but not including, 1, to spread waits by; nothing secret may be made from it.
    pub fn chance(&self) -> f64 {
        if self.time.is_some() {
            return 0.5;
        }
        // The standard library keys every such state afresh from the system's randomness.
        let random = u32::try_from(RandomState::new().hash_one(()) >> 32).unwrap_or(0);
        f64::from(random) / (f64::from(u32::MAX) + 1.0)
    }

    /// The same world without some variables.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> World {
        let mut world = self.clone();
        world.variables.retain(|name, _| !names.contains(&name.as_str()));
        world
    }

    /// The value of an environment variable; one that is set but empty has the empty value.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The value of an environment variable that is set and not empty.
    pub fn non_empty(&self, name: &str) -> Option<&str> {
        self.variable(name).filter(|value| !value.is_empty())
    }

    /// The user's home: `HOME` where it is set (even empty), else what the password file says.
    pub fn home(&self) -> Option<String> {
        let by_password_file = || self.home_where(2, &rustix::process::getuid().as_raw().to_string());
        self.variable("HOME").map(str::to_owned).or_else(by_password_file)
    }

    /// A path as botocore takes it from a variable or a default: `$NAME` and `${NAME}` first, then a leading `~`
    /// or `~user`. What can't be expanded stays as it is.
    pub fn expand(&self, path: &str) -> PathBuf {
        self.expand_user(&self.expand_variables(path))
    }

    /// Expands a leading `~` or `~user`, as Python's `expanduser` does.
    pub fn expand_user(&self, path: &str) -> PathBuf {
        let Some(rest) = path.strip_prefix('~') else {
            return PathBuf::from(path);
        };
        let (user, tail) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let home = if user.is_empty() { self.home() } else { self.home_where(0, user) };
        match home {
            None => PathBuf::from(path),
            Some(home) => {
                let expanded = format!("{}{tail}", home.trim_end_matches('/'));
                PathBuf::from(if expanded.is_empty() { "/".to_owned() } else { expanded })
            }
        }
    }

    /// What the process that started this one is called: its executable's name, then the name that it goes by,
    /// which for a script is not the same. Nothing where the system doesn't tell.
    pub fn parent_process(&self) -> Vec<String> {
        self.parent.clone().unwrap_or_else(|| {
            let Some(parent) = rustix::process::getppid() else { return Vec::new() };
            let folder = PathBuf::from(format!("/proc/{}", parent.as_raw_nonzero()));
            let executable = fs::read_link(folder.join("exe")).ok();
            let executable = executable
                .as_deref()
                .and_then(Path::file_name)
                .map(|name| name.to_string_lossy().into_owned());
            let name = fs::read_to_string(folder.join("comm")).ok().map(|name| name.trim_end().to_owned());
            executable.into_iter().chain(name).collect()
        })
    }

    fn expand_variables(&self, path: &str) -> String {
        let (mut expanded, mut rest) = (String::with_capacity(path.len()), path);
        while let Some(at) = rest.find('$') {
            expanded.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let (name, length) =
                match after.strip_prefix('{').and_then(|inner| Some((inner, inner.find('}')?))) {
                    Some((inner, close)) => (&inner[..close], close + 2),
                    None => {
                        let word = |c: char| c == '_' || c.is_ascii_alphanumeric();
                        let end = after.find(|c| !word(c)).unwrap_or(after.len());
                        (&after[..end], end)
                    }
                };
            match self.variable(name).filter(|_| length > 0) {
                Some(value) => expanded.push_str(value),
                None => expanded.push_str(&rest[at..=at + length]),
            }
            rest = &after[length..];
        }
        expanded + rest
    }

    /// The home folder of the first line of the password file whose `field` is `wanted`.
    ///
    /// The file is read by hand because a static executable can't load the name service's modules; users known
    /// only to a directory service have to set `HOME`.
    fn home_where(&self, field: usize, wanted: &str) -> Option<String> {
        let read = || {
            fs::read("/etc/passwd")
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .unwrap_or_default()
        };
        let passwd = self.passwd.clone().unwrap_or_else(read);
        passwd.lines().find_map(|line| {
            let fields: Vec<&str> = line.split(':').collect();
            (fields.get(field) == Some(&wanted)).then(|| fields.get(5).map(|home| (*home).to_owned()))?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_chance_are_real_unless_they_are_held() {
        let captured = World::default();
        assert!(captured.now() > "2024-01-01T00:00:00Z".parse().unwrap());
        let chances: Vec<f64> = (0..100).map(|_| captured.chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..1.0).contains(chance)));
        assert!(chances.iter().any(|chance| (chance - chances[0]).abs() > 0.01));
        let held = World::default().at(Timestamp::UNIX_EPOCH);
        held.sleep(Duration::MAX);
        assert_eq!(held.now(), Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn paths_expand_as_in_python() {
        let mut world = World::of([("HOME", "/home/me/"), ("D", "~/d"), ("E", "")]);
        world.passwd = Some("joe:x:1:1::/home/joe:/bin/sh\n".to_owned());
        for (path, expanded) in [
            ("~/.aws/config", "/home/me/.aws/config"),
            ("$D/c", "/home/me/d/c"),
            ("${D}c", "/home/me/dc"),
            ("$NOPE/${NOPE}/$/x$", "$NOPE/${NOPE}/$/x$"),
            ("a/~/b", "a/~/b"),
            ("~joe/c", "/home/joe/c"),
            ("~ann/c", "~ann/c"),
            ("x${E}y${", "xy${"),
            ("", ""),
        ] {
            assert_eq!(world.expand(path), PathBuf::from(expanded), "{path}");
        }
        assert_eq!(World::of([("HOME", "")]).expand("~/x"), PathBuf::from("/x"));
        assert_eq!(World::of([("HOME", "")]).expand("~"), PathBuf::from("/"));
    }
}
