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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_is_not_known_is_utc() {
        let offset =
            |name: &str| World::of([("TZ", name)]).zone().to_offset(jiff::Timestamp::UNIX_EPOCH).seconds();
        assert_eq!(offset("No/Such"), 0);
        if std::path::Path::new("/usr/share/zoneinfo/Asia/Tokyo").exists() {
            assert_eq!((offset("Asia/Tokyo"), offset(":Asia/Tokyo")), (32_400, 32_400));
        }
    }
}
