//! xcred's own settings, in a TOML file in the user's config folder.
//!
//! Unknown settings are ignored, so that the file can be shared with a newer xcred. A known one with an invalid value
//! is an error: a setting that is silently ignored would be worse than none. For the same reason an unknown one is an error
//! among the guards of a profile, and wherever it looks like a guard.

mod duplicate;
mod emptied;
mod error;
mod fields;
mod file;
mod guards;
mod insertion;
mod lines;
mod listing;
mod misplaced;
mod name;
mod nearest;
mod renamed;
mod table;
mod typed;
mod values;

use std::path::{Path, PathBuf};

use crate::origin::Place;
use crate::store::{self, Problem};
use crate::world::World;

use file::File;

pub(crate) use error::Error;
pub(crate) use fields::Config;
pub(crate) use guards::{Carried, Following, Foreseen, Guard, carry, drop_guards, has_guards, settle};
pub(crate) use listing::{Entry, Listing, get, list, names};
pub(crate) use name::Name;
pub(crate) use nearest::nearest;
pub(crate) use table::{Setting, manual};
pub(crate) use typed::values;
pub use values::AccountId;
pub(crate) use values::LoginFlow;

impl Config {
    /// Reads the file. Without a file or a home folder, every setting has its default.
    pub(crate) fn load(world: &World) -> Result<Config, Error> {
        load(world)?.map_or_else(|| Ok(Config::default()), |file| file.config())
    }
}

/// `XDG_CONFIG_HOME`, if it is absolute, or `~/.config`. `None` for a user without a home folder.
pub(crate) fn path(world: &World) -> Option<PathBuf> {
    let folder = world.xdg_folder("XDG_CONFIG_HOME").or_else(|| world.expand_user("~/.config").ok())?;
    Some(folder.join("xcred/config.toml"))
}

/// The path of the settings file; an error without a home folder.
pub(crate) fn required_path(world: &World) -> Result<PathBuf, Error> {
    path(world).ok_or(Error::NoHome)
}

/// A file that can't be read is not the same as none: it may have guards. In a home folder that another user keeps closed to
/// this one, nothing is this user's, and in one that is not a folder there is nothing.
fn load(world: &World) -> Result<Option<File>, Error> {
    let Some(path) = path(world) else { return Ok(None) };
    match store::read_unless_absent(&path, store::SMALL) {
        Err(Problem::Denied { .. }) if is_in_closed_home(&path, world) => Ok(None),
        Err(Problem::NotAFolder { path: file })
            if home_of(&path, world).is_some_and(|home| home.starts_with(&file)) =>
        {
            Ok(None)
        }
        read => read?.map(|bytes| File::parse(&path, &bytes)).transpose(),
    }
}

/// Whether the file is in a home folder that isn't this user's and can't be searched, as `HOME` of a container that runs as
/// another user than its image was made for.
fn is_in_closed_home(path: &Path, world: &World) -> bool {
    home_of(path, world).is_some_and(|home| store::is_foreign_and_closed(&home))
}

/// The home folder, if the file is in it.
fn home_of(path: &Path, world: &World) -> Option<PathBuf> {
    world.expand_user("~").ok().filter(|home| path.starts_with(home))
}

/// Sets a setting to the text given on the command line, and returns where it is then.
pub(crate) fn set(world: &World, name: &Name, text: &str) -> Result<Place, Error> {
    let setting = Setting::require(name).map_err(|error| error.about_value(text))?;
    let value = setting.value(name, text)?;
    edit(world, |file| {
        let edited = file.with(name, &value)?;
        let place = edited.place(name).ok_or_else(|| file.entangled(name))?;
        Ok((Some(edited), place))
    })
}

/// Removes a setting, also one that xcred doesn't know. Returns whether it was set.
pub(crate) fn unset(world: &World, name: &Name) -> Result<bool, Error> {
    edit(world, |file| {
        let edited = file.without(name)?;
        let was_set = edited.is_some();
        Ok((edited, was_set))
    })
}

fn edit<T>(world: &World, change: impl Fn(File) -> Result<(Option<File>, T), Error>) -> Result<T, Error> {
    let path: &Path = &required_path(world)?;
    // The edit would read all of a large one.
    store::read_unless_absent(path, store::SMALL)?;
    let save = |files: &mut [Vec<u8>]| {
        let (edited, result) = change(File::parse(path, &files[0])?)?;
        if let Some(edited) = edited {
            files[0] = edited.to_bytes();
        }
        Ok(result)
    };
    store::edit(&[path], save).map(|(result, _)| result)
}

#[cfg(test)]
mod tests;
