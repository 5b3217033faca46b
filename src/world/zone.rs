//! The time zone of the system: [`World::zone`].

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;

use super::captured::World;

impl World {
    /// The time zone that `TZ` names, else the one that is set up; UTC without either.
    pub fn zone(&self) -> TimeZone {
        let path = match self.non_empty("TZ") {
            Some(name) => Path::new("/usr/share/zoneinfo").join(name.trim_start_matches(':')),
            None => Path::new("/etc/localtime").to_owned(),
        };
        let read = fs::read(path).ok().and_then(|rules| TimeZone::tzif("", &rules).ok());
        read.unwrap_or(TimeZone::UTC)
    }
}
