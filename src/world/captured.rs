//! The environment and the clock: [`World`].

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::hash::BuildHasher as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use rustc_hash::FxBuildHasher;

use super::system;

/// The environment that a run of the program sees. [`Debug`](fmt::Debug) shows none of its values: half of them may
/// be secret.
#[derive(Clone, Default)]
pub struct World {
    pub(super) variables: BTreeMap<OsString, Value>,
    /// What the password file says, in tests.
    pub(super) passwd: Option<Vec<u8>>,
    /// Who started the process; asked for when it is wanted, because that is rare.
    pub(super) parent: Option<Vec<String>>,
    /// The time at which the clock stands still, in tests.
    time: Option<Timestamp>,
}

/// The value of a variable.
#[derive(Clone)]
pub(super) enum Value {
    /// Nearly every value.
    Text(String),
    /// One that is not UTF-8, and the same with U+FFFD in place of what isn't.
    Bytes(OsString, String),
}

impl Value {
    fn new(value: OsString) -> Value {
        value.into_string().map_or_else(
            |bytes| {
                let shown = bytes.to_string_lossy().into_owned();
                Value::Bytes(bytes, shown)
            },
            Value::Text,
        )
    }

    pub(super) fn bytes(&self) -> &OsStr {
        match self {
            Value::Text(text) => OsStr::new(text),
            Value::Bytes(bytes, _) => bytes,
        }
    }

    fn shown(&self) -> &str {
        match self {
            Value::Text(text) | Value::Bytes(_, text) => text,
        }
    }
}

/// A variable that has to be text is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} is not UTF-8 text")]
pub struct NotText {
    /// The variable.
    pub variable: &'static str,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&OsString> = self.variables.keys().collect();
        f.debug_struct("World").field("variables", &names).field("time", &self.time).finish_non_exhaustive()
    }
}

impl World {
    /// Captures the process's environment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that captures the environment")]
    pub fn capture() -> World {
        World::of_system(std::env::vars_os())
    }

    fn of_system(variables: impl Iterator<Item = (OsString, OsString)>) -> World {
        let variables = variables.map(|(name, value)| (name, Value::new(value))).collect();
        World { variables, ..World::default() }
    }

    /// A world of these variables, for tests and for questions about what would be.
    pub fn of<N: Into<OsString>, V: Into<OsString>>(variables: impl IntoIterator<Item = (N, V)>) -> World {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        World { passwd: Some(Vec::new()), parent: Some(Vec::new()), ..World::of_system(variables) }
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
        static CALLS: AtomicU64 = AtomicU64::new(0);
        if self.time.is_some() {
            return 0.5;
        }
        // Not from the system's randomness: a machine that has none must not keep a program from waiting. No two
        // processes start in the same nanosecond with the same number.
        let seed = (self.now().as_nanosecond(), std::process::id(), CALLS.fetch_add(1, Ordering::Relaxed));
        let random = u32::try_from(FxBuildHasher.hash_one(seed) >> 32).unwrap_or(0);
        f64::from(random) / (f64::from(u32::MAX) + 1.0)
    }

    /// The same world without some variables.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> World {
        let mut world = self.clone();
        world.variables.retain(|name, _| !names.iter().any(|gone| name == gone));
        world
    }

    /// All variables, to be looked at or shown.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.to_str().unwrap_or_default(), value.shown()))
    }

    /// The value of an environment variable, to be looked at or shown; one that is set but empty has the empty value.
    /// What is not UTF-8 in it is U+FFFD here, so no path may be made from it: see [`path`](World::path).
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(OsStr::new(name)).map(Value::shown)
    }

    /// The value of an environment variable that is set and not empty.
    pub fn non_empty(&self, name: &str) -> Option<&str> {
        self.variable(name).filter(|value| !value.is_empty())
    }

    /// The value of a variable that would be somebody else's if a byte of it were replaced: a key, a profile.
    ///
    /// # Errors
    /// It is not UTF-8. Python keeps such a value, and fails when it is used.
    pub fn text(&self, variable: &'static str) -> Result<Option<&str>, NotText> {
        match self.variables.get(OsStr::new(variable)) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Bytes(..)) => Err(NotText { variable }),
        }
    }

    /// The value of a variable that names files, byte for byte.
    pub fn path(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(Value::bytes)
    }

    /// The folder that a variable of the XDG specification names; it says that a relative one is to be ignored.
    pub fn xdg_folder(&self, name: &str) -> Option<PathBuf> {
        self.path(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }

    /// The user's folder for state of this program, `XDG_STATE_HOME/xcred` or `~/.local/state/xcred`; nothing
    /// without a home.
    pub fn state_folder(&self) -> Option<PathBuf> {
        let folder = self.xdg_folder("XDG_STATE_HOME").or_else(|| self.expand_user("~/.local/state").ok());
        folder.map(|folder| folder.join("xcred"))
    }

    /// What the process that started this one is called: its executable's name, then the name that it goes by,
    /// which for a script is not the same. Nothing where the system doesn't tell.
    pub fn parent_process(&self) -> Vec<String> {
        self.parent.clone().unwrap_or_else(system::parent_names)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

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
    fn no_value_is_shown_by_debug() {
        let mut variables = vec![("AWS_SECRET_ACCESS_KEY".into(), "c4n4ry/DoNotShow+Me".into())];
        variables.push(("ODD".into(), OsString::from_vec(b"c4n4ry\xff".to_vec())));
        let world = World::of_system(variables.into_iter());
        for shown in [format!("{world:?}"), format!("{world:#?}"), format!("{:?}", world.clone())] {
            assert!(shown.contains("AWS_SECRET_ACCESS_KEY") && !shown.contains("c4n4ry"), "{shown}");
        }
    }

    #[test]
    fn a_value_that_is_not_utf_8_is_bytes_as_a_path_and_no_text() {
        let odd = OsString::from_vec(b"/caf\xe9".to_vec());
        let world = World::of([("P", odd.clone()), ("T", OsString::from("t"))]);
        assert_eq!((world.path("P"), world.variable("P")), (Some(odd.as_os_str()), Some("/caf\u{fffd}")));
        assert_eq!(world.text("P"), Err(NotText { variable: "P" }));
        assert_eq!((world.text("T"), world.text("N")), (Ok(Some("t")), Ok(None)));
        assert_eq!(world.xdg_folder("P"), Some(PathBuf::from(odd)));
        assert_eq!(world.xdg_folder("T"), None);
        assert!(world.without(&["P"]).path("P").is_none());
    }
}
