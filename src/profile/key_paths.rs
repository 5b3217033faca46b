//! Where a command found the files that may hold access keys: a later one with another environment or another current
//! folder looks there, too.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Files;
use super::outside::{self, Outside, Shape};
use super::variables::FILE_VARIABLES;
use crate::world::World;

/// Absolute paths of all files that may hold access keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyPaths {
    /// The config and the credentials file. Several pairs if it isn't known which of them a file was.
    pairs: Vec<[Option<Written>; 2]>,
    boto: Vec<Written>,
    ec2: Vec<Written>,
    /// Those of them that held the key.
    held: Vec<Written>,
}

/// A path in JSON, which has text only.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    NotText(OsString),
}

impl Written {
    fn new(path: PathBuf) -> Written {
        path.into_os_string().into_string().map_or_else(Written::NotText, Written::Text)
    }

    fn path(&self) -> &Path {
        match self {
            Written::Text(text) => Path::new(text),
            Written::NotText(bytes) => Path::new(bytes),
        }
    }
}

impl KeyPaths {
    /// Those of this environment, of which the files at `held` hold the key.
    pub fn of<'p>(world: &World, held: impl IntoIterator<Item = &'p Path>) -> KeyPaths {
        let pair = pair(world).map(|path| path.map(Written::new));
        let outside = |paths: Vec<PathBuf>| -> Vec<Written> {
            paths.iter().filter_map(|path| absolute(world, path)).map(Written::new).collect()
        };
        let boto = outside(outside::boto_files(world).into_iter().flatten().collect());
        let ec2 = outside(outside::ec2_file(world).and_then(Result::ok).into_iter().collect());
        let mut paths = KeyPaths { pairs: vec![pair], boto, ec2, held: Vec::new() };
        paths.hold(held.into_iter().filter_map(|path| absolute(world, path)));
        paths
    }

    /// Those in places as they were shown, such as `~/.aws/credentials:2`: older journals have only these.
    pub fn of_shown(places: &[String], world: &World) -> KeyPaths {
        let mut paths = KeyPaths::default();
        paths.hold(places.iter().filter_map(|place| {
            let (path, _) = place.rsplit_once(':')?;
            absolute(world, &world.expand_user(path).ok()?)
        }));
        let outside: Vec<PathBuf> =
            Outside::all(world).iter().filter_map(|file| absolute(world, &file.path)).collect();
        let current = pair(world);
        let held = paths.held.iter().filter(|held| {
            !outside.iter().any(|path| path == held.path())
                && !current.iter().flatten().any(|path| path == held.path())
        });
        paths.pairs = held.map(|held| [Some(held.clone()), Some(held.clone())]).collect();
        paths
    }

    fn hold(&mut self, held: impl Iterator<Item = PathBuf>) {
        for path in held {
            if self.held.iter().all(|held| held.path() != path) {
                self.held.push(Written::new(path));
            }
        }
    }

    /// The files that held the key and don't exist any more.
    pub fn missing(&self) -> Vec<&Path> {
        let is_missing = |path: &&Path| path.try_exists().is_ok_and(|exists| !exists);
        self.held.iter().map(Written::path).filter(is_missing).collect()
    }

    /// Whether the two files of this environment are the recorded ones, or none are recorded.
    pub fn are_of(&self, world: &World) -> bool {
        let current = pair(world);
        self.pairs.is_empty() || self.pairs.iter().any(|pair| is_same(pair, &current))
    }

    /// The environment in which the two files are the recorded ones.
    pub fn world<'w>(&self, world: &'w World) -> Cow<'w, World> {
        self.worlds(world).pop().unwrap_or(Cow::Borrowed(world))
    }

    /// The environments that name the two files: the current one, then those in which they are others.
    pub(super) fn worlds<'w>(&self, world: &'w World) -> Vec<Cow<'w, World>> {
        let current = pair(world);
        let others = self.pairs.iter().filter(|pair| !is_same(pair, &current));
        let recorded = others.map(|pair| {
            let named = FILE_VARIABLES.into_iter().zip(pair);
            // Without other variables: a `$` in these paths is one.
            Cow::Owned(World::of(named.filter_map(|(name, path)| Some((name, path.as_ref()?.path())))))
        });
        [Cow::Borrowed(world)].into_iter().chain(recorded).collect()
    }

    /// The other files, without those of this environment.
    pub(super) fn outside<'k>(&'k self, world: &World) -> impl Iterator<Item = (&'k Path, Shape)> {
        let KeyPaths { boto, ec2, .. } = KeyPaths::of(world, []);
        let current: Vec<Written> = boto.into_iter().chain(ec2).collect();
        let boto = self.boto.iter().map(|path| (path.path(), Shape::Boto));
        let recorded = boto.chain(self.ec2.iter().map(|path| (path.path(), Shape::Ec2)));
        recorded.filter(move |(path, _)| current.iter().all(|current| current.path() != *path))
    }
}

/// The config and the credentials file, where they can exist.
fn pair(world: &World) -> [Option<PathBuf>; 2] {
    Files::paths(world).map(|path| path.ok().and_then(|path| absolute(world, &path)))
}

fn is_same(recorded: &[Option<Written>; 2], current: &[Option<PathBuf>; 2]) -> bool {
    let recorded = recorded.each_ref().map(|path| path.as_ref().map(Written::path));
    recorded == current.each_ref().map(|path| path.as_deref())
}

/// The absolute path of a file. `None` if there can't be one.
pub fn absolute(world: &World, path: &Path) -> Option<PathBuf> {
    match path {
        _ if path.as_os_str().is_empty() => None,
        _ if path.is_absolute() => Some(path.to_owned()),
        _ => Some(world.folder()?.join(path)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn any_path_is_read_back_from_json() {
        for path in [&b"/h/conf"[..], b"/caf\xe9/$HOME/conf"] {
            let path = Path::new(std::ffi::OsStr::from_bytes(path));
            let world = World::of([("AWS_CONFIG_FILE", path), ("AWS_CREDENTIAL_FILE", path)]);
            let text = serde_json::to_string(&KeyPaths::of(&world, [path])).unwrap();
            let read: KeyPaths = serde_json::from_str(&text).unwrap();
            assert_eq!(read.missing(), [path], "{text}");
            let elsewhere = World::of([("HOME", "/e")]);
            let found = Files::paths(&read.world(&elsewhere));
            assert_eq!(found[0].as_deref(), Ok(path), "{text}");
            assert!(found[1].is_err(), "{text}");
            assert!(read.outside(&elsewhere).any(|(found, _)| found == path), "{text}");
            // In the same environment there are no others.
            assert_eq!(read.worlds(&world).len(), 1);
            assert_eq!(read.outside(&world).count(), 0);
        }
    }

    #[test]
    fn a_relative_path_is_of_the_current_folder() {
        let world = World::of([("AWS_SHARED_CREDENTIALS_FILE", "creds"), ("AWS_CONFIG_FILE", "")]);
        let [config, credentials] = pair(&world);
        assert_eq!(config, None);
        assert_eq!(credentials, Some(world.folder().unwrap().join("creds")));
    }

    #[test]
    fn places_as_they_were_shown_lead_to_files() {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("HOME", home.path())]);
        let places = ["~/conf2:2", "~/conf2:9", "~/.aws/credentials:2", "nonsense"].map(str::to_owned);
        let paths = KeyPaths::of_shown(&places, &world);
        let [conf, credentials] = ["conf2", ".aws/credentials"].map(|name| home.path().join(name));
        assert_eq!(paths.missing(), [&*conf, &*credentials]);
        // The second one is the current one.
        assert_eq!(paths.worlds(&world).len(), 2);
        let found = Files::paths(&paths.world(&world));
        assert!(found.iter().all(|path| path.as_deref() == Ok(&*conf)), "{found:?}");
    }
}
