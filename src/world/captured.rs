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

/// The environment of the process. [`Debug`](fmt::Debug) shows no values, because they may be secret.
#[derive(Clone, Default)]
pub struct World {
    pub(super) variables: BTreeMap<OsString, Value>,
    /// The password file, in tests.
    pub(super) passwd: Option<Vec<u8>>,
    /// The names of the parent process, in tests.
    pub(super) parent: Option<Vec<String>>,
    /// The fixed time of the clock, in tests.
    time: Option<Timestamp>,
}

/// The value of a variable.
#[derive(Clone)]
pub(super) enum Value {
    Text(String),
    /// A value that is not UTF-8, and its text with U+FFFD for invalid bytes.
    Bytes(OsString, String),
}

impl Value {
    fn new(value: OsString) -> Value {
        match value.into_string() {
            Ok(text) => Value::Text(text),
            Err(bytes) => Value::Bytes(bytes.clone(), bytes.to_string_lossy().into_owned()),
        }
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
    pub variable: &'static str,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&OsString> = self.variables.keys().collect();
        f.debug_struct("World").field("variables", &names).field("time", &self.time).finish_non_exhaustive()
    }
}

impl World {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that captures the environment")]
    pub fn capture() -> World {
        World::of_system(std::env::vars_os())
    }

    fn of_system(variables: impl Iterator<Item = (OsString, OsString)>) -> World {
        let variables = variables.map(|(name, value)| (name, Value::new(value))).collect();
        World { variables, ..World::default() }
    }

    /// A world with only these variables, for tests and for what-if questions.
    pub fn of<N: Into<OsString>, V: Into<OsString>>(variables: impl IntoIterator<Item = (N, V)>) -> World {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into()));
        World { passwd: Some(Vec::new()), parent: Some(Vec::new()), ..World::of_system(variables) }
    }

    /// With this password file.
    #[cfg(test)]
    #[must_use]
    pub fn with_password_file(self, text: &[u8]) -> World {
        World { passwd: Some(text.to_vec()), ..self }
    }

    /// Fixes the time: [`sleep`](World::sleep) returns at once, and [`chance`](World::chance) is 0.5.
    #[must_use]
    pub fn at(mut self, time: Timestamp) -> World {
        self.time = Some(time);
        self
    }

    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
        let clock = || Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
        self.time.unwrap_or_else(clock)
    }

    pub fn sleep(&self, duration: Duration) {
        if self.time.is_none() {
            thread::sleep(duration);
        }
    }

    /// The current folder, unless it is gone.
    #[expect(clippy::disallowed_methods, reason = "it belongs to the process, and this is where it is asked")]
    pub fn folder(&self) -> Option<PathBuf> {
        std::env::current_dir().ok()
    }

    /// The file of this program. `None` if the system doesn't say.
    pub fn program(&self) -> Option<PathBuf> {
        std::env::current_exe().ok()
    }

    /// A number from 0 up to, but not including, 1, for random waits. It is not fit for secrets.
    pub fn chance(&self) -> f64 {
        static CALLS: AtomicU64 = AtomicU64::new(0);
        if self.time.is_some() {
            return 0.5;
        }
        // The system's randomness may block. No two processes with the same number run in the same nanosecond.
        let seed = (self.now().as_nanosecond(), std::process::id(), CALLS.fetch_add(1, Ordering::Relaxed));
        let random = u32::try_from(FxBuildHasher.hash_one(seed) >> 32).unwrap_or(0);
        f64::from(random) / (f64::from(u32::MAX) + 1.0)
    }

    #[must_use]
    pub fn without(&self, names: &[&str]) -> World {
        let mut world = self.clone();
        world.variables.retain(|name, _| !names.iter().any(|gone| name == gone));
        world
    }

    /// The same world with another value of a variable.
    #[must_use]
    pub fn with(&self, name: &str, value: impl Into<OsString>) -> World {
        let mut world = self.clone();
        world.variables.insert(name.into(), Value::new(value.into()));
        world
    }

    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.to_str().unwrap_or_default(), value.shown()))
    }

    /// The value of an environment variable. Bytes that are not UTF-8 are U+FFFD, so paths must come from
    /// [`path`](World::path) instead.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(OsStr::new(name)).map(Value::shown)
    }

    /// The value of an environment variable, unless it is empty.
    pub fn non_empty(&self, name: &str) -> Option<&str> {
        self.variable(name).filter(|value| !value.is_empty())
    }

    /// The profile whose credentials this program has put into the environment. They may have been replaced since.
    pub fn loaded_profile(&self) -> Option<&str> {
        self.non_empty("XCRED_PROFILE")
    }

    /// The profile of the keys in the environment, if this program has put them there. Earlier versions did not note which
    /// keys these were; then they are all but those beside an address that serves others.
    pub fn profile_of_keys(&self) -> Option<&str> {
        let are_same = match self.non_empty("XCRED_KEY_ID") {
            Some(id) => self.variable("AWS_ACCESS_KEY_ID") == Some(id),
            None => self.non_empty("AWS_CONTAINER_CREDENTIALS_FULL_URI").is_none(),
        };
        self.loaded_profile().filter(|_| are_same)
    }

    /// The profile whose credentials this program serves.
    pub fn served_profile(&self) -> Option<&str> {
        self.loaded_profile().filter(|_| self.non_empty("XCRED_KEY_ID").is_none())
    }

    /// The world without the variables of the region and the account that this program has put into the environment. What
    /// somebody has changed since is theirs; where it isn't known what the values were, all are removed.
    #[must_use]
    pub fn without_loaded_region(&self) -> World {
        let region = self.non_empty("XCRED_REGION");
        let is_noted = region.is_some() || self.non_empty("XCRED_KEY_ID").is_some();
        let mut names = vec!["AWS_ACCOUNT_ID"];
        let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"];
        names.extend(regions.into_iter().filter(|name| !is_noted || self.variable(name) == region));
        self.without(&names)
    }

    /// The value of a variable in which no byte may be replaced, such as a key or a profile.
    ///
    /// # Errors
    /// The value is not UTF-8. Python accepts it, and fails when it is used.
    pub fn text(&self, variable: &'static str) -> Result<Option<&str>, NotText> {
        match self.variables.get(OsStr::new(variable)) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Bytes(..)) => Err(NotText { variable }),
        }
    }

    /// The value of a variable, byte for byte.
    pub fn path(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(Value::bytes)
    }

    /// The folder in a variable of the XDG specification, which ignores relative paths.
    pub fn xdg_folder(&self, name: &str) -> Option<PathBuf> {
        self.path(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }

    /// The folder for this program's state, `XDG_STATE_HOME/xcred` or `~/.local/state/xcred`. `None` for a user without a
    /// home folder.
    pub fn state_folder(&self) -> Option<PathBuf> {
        let folder = self.xdg_folder("XDG_STATE_HOME").or_else(|| self.expand_user("~/.local/state").ok());
        folder.map(|folder| folder.join("xcred"))
    }

    /// The names of the parent process: the executable's name, then the process's own name, which differs for scripts.
    /// None if the system doesn't report them, and each is asked for when it is needed.
    pub fn parent_process(&self) -> impl Iterator<Item = String> {
        let fixed = self.parent.clone();
        let asked = fixed.is_none().then(system::parent_names);
        fixed.into_iter().flatten().chain(asked.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    #[test]
    fn time_and_chance_are_real_unless_they_are_fixed() {
        let captured = World::default();
        assert!(captured.now() > "2024-01-01T00:00:00Z".parse().unwrap());
        let chances: Vec<f64> = (0..100).map(|_| captured.chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..1.0).contains(chance)));
        assert!(chances.iter().any(|chance| (chance - chances[0]).abs() > 0.01));
        let fixed = World::default().at(Timestamp::UNIX_EPOCH);
        fixed.sleep(Duration::MAX);
        assert_eq!(fixed.now(), Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn a_loaded_profile_is_that_of_the_keys_that_it_was_loaded_with() {
        let of = |variables: &[(&'static str, &'static str)]| {
            let world = World::of(variables.iter().copied().chain([("XCRED_PROFILE", "dev")]));
            [world.profile_of_keys().is_some(), world.served_profile().is_some()]
        };
        let (key, served) =
            (("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://h"));
        assert_eq!(of(&[key, ("XCRED_KEY_ID", "AKIA")]), [true, false]);
        assert_eq!(of(&[key, ("XCRED_KEY_ID", "AKIB")]), [false, false]);
        assert_eq!(of(&[("XCRED_KEY_ID", "AKIA")]), [false, false]);
        // Set by an earlier version.
        assert_eq!(of(&[key]), [true, true]);
        assert_eq!(of(&[served]), [false, true]);
        assert_eq!(of(&[served, key]), [false, true]);
        assert_eq!(of(&[served, key, ("XCRED_KEY_ID", "")]), [false, true]);
    }

    #[test]
    fn a_region_that_was_set_since_is_kept() {
        let of = |variables: &[(&'static str, &'static str)]| {
            let world = World::of(variables.iter().copied()).without_loaded_region();
            ["AWS_REGION", "AWS_DEFAULT_REGION"].map(|name| world.variable(name).map(str::to_owned))
        };
        let (id, noted) = (("XCRED_KEY_ID", "AKIA"), ("XCRED_REGION", "a"));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of(&[("AWS_REGION", "a"), ("AWS_DEFAULT_REGION", "a"), noted, id]), [None, None]);
        assert_eq!(of(&[("AWS_REGION", "b"), ("AWS_DEFAULT_REGION", "a"), noted]), [some("b"), None]);
        assert_eq!(of(&[("AWS_REGION", "a"), ("AWS_DEFAULT_REGION", "b"), noted]), [None, some("b")]);
        // The profile had none.
        assert_eq!(of(&[("AWS_REGION", "b"), id]), [some("b"), None]);
        // Set by an earlier version.
        assert_eq!(of(&[("AWS_REGION", "b"), ("AWS_DEFAULT_REGION", "a")]), [None, None]);
    }

    #[test]
    fn debug_shows_no_values() {
        let mut variables = vec![("AWS_SECRET_ACCESS_KEY".into(), "c4n4ry/DoNotShow+Me".into())];
        variables.push(("ODD".into(), OsString::from_vec(b"c4n4ry\xff".to_vec())));
        let world = World::of_system(variables.into_iter());
        for shown in [format!("{world:?}"), format!("{world:#?}"), format!("{:?}", world.clone())] {
            assert!(shown.contains("AWS_SECRET_ACCESS_KEY") && !shown.contains("c4n4ry"), "{shown}");
        }
    }

    #[test]
    fn a_value_that_is_not_utf_8_is_a_path_but_not_text() {
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
