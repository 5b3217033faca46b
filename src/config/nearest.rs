//! Which setting was meant.

use super::name::{TABLE, TABLES};
use super::table::{EACH, SETTINGS};
use super::{Name, Setting};
use crate::text::slips;

/// Tables that hold what `profiles` does in other programs: none is a part of a profile's name.
const OTHER_TABLES: [&str; 4] = ["guard", "guards", "settings", "xcred"];

/// The setting with the most similar name, if there is a similar one; of `prod.account`, that guard of the profile.
pub(crate) fn nearest(name: &Name) -> Option<Name> {
    let is_near = |table: &str| TABLES.iter().any(|known| slips(table, known, 2).is_some());
    if name.tables().first().is_some_and(|table| !is_near(table)) {
        let tables = match name.tables() {
            [other, profile @ ..] if !profile.is_empty() && OTHER_TABLES.contains(&other.as_str()) => profile,
            profile => profile,
        };
        let guard = Name::of([TABLE, &tables.join("."), name.last()]);
        if Setting::of(name).is_none() && Setting::of(&guard).is_some() {
            return Some(guard);
        }
    }
    if SETTINGS.iter().any(|setting| setting.is_in(name) || setting.is(name)) || !near_tables(name).is_empty()
    {
        return None;
    }
    let names = SETTINGS.iter().filter_map(|setting| match setting.parts().position(|part| part == EACH) {
        // Without a name, the setting of each of something sets nothing.
        Some(at) => Some(setting.name_for(name.parts().get(at).filter(|part| !part.is_empty())?)),
        None => Some(setting.name_for("")),
    });
    let names: Vec<(String, Name)> = names.map(|name| (name.to_string(), name)).collect();
    let nearest = crate::text::nearest(&name.to_string(), names.iter().map(|(text, _)| text.as_str()))?;
    let (_, found) = names.iter().find(|(text, _)| text == nearest)?;
    // The name of its profile makes a guard look similar to any other.
    let is_meant = !found.is_guards() || crate::text::nearest(name.last(), [found.last()]).is_some();
    is_meant.then(|| found.clone())
}

/// The settings in a table, or those whose name lacks what it is for, such as `mfa.devices.SERIAL`.
pub(super) fn settings_in(name: &Name) -> Vec<String> {
    let is_meant = |setting: &&Setting| setting.is_in(name) || setting.is(name);
    let found: Vec<String> =
        SETTINGS.iter().filter(is_meant).map(|setting| setting.pattern_for(name)).collect();
    if !found.is_empty() {
        return found;
    }
    if name.is_guards() && nearest(name).is_none() {
        let beside = name.tables().iter().fold(Name::of([]), |table, part| table.child(part));
        let guards = SETTINGS.iter().filter(|setting| setting.is_in(&beside));
        let guards: Vec<String> = guards.map(|setting| setting.pattern_for(name)).collect();
        if !guards.is_empty() {
            return guards;
        }
    }
    near_tables(name)
}

/// The settings of each of something whose table has nearly this name.
fn near_tables(name: &Name) -> Vec<String> {
    let text = name.to_string();
    let is_near = |setting: &&Setting| setting.table().is_some_and(|table| slips(table, &text, 2).is_some());
    SETTINGS.iter().filter(is_near).map(|setting| setting.pattern_for(&Name::of([]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Error;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    #[test]
    fn the_nearest_name_keeps_the_device() {
        let nearest = |text: &str| nearest(&name(text)).map(|name| name.to_string());
        assert_eq!(nearest("cache.role").as_deref(), Some("cache.roles"));
        assert_eq!(nearest("export_format").as_deref(), Some("export.format"));
        assert_eq!(nearest("mfa.device.'a:b'").as_deref(), Some("mfa.devices.\"a:b\""));
        assert_eq!(nearest("profiles.'a b'.acount").as_deref(), Some("profiles.\"a b\".account"));
        assert_eq!(nearest("prod.account").as_deref(), Some("profiles.prod.account"));
        assert_eq!(nearest("my.prod.read_only").as_deref(), Some("profiles.\"my.prod\".read_only"));
        assert_eq!(nearest("profile.prod.account").as_deref(), Some("profiles.prod.account"));
        assert_eq!(nearest("agent.read_only").as_deref(), Some("agents.read_only"));
        assert_eq!(nearest("guards.prod.confirm").as_deref(), Some("profiles.prod.confirm"));
        assert_eq!(nearest("mfa.device"), None);
        assert_eq!(nearest("profiles.dev.foo"), None);
        assert_eq!(nearest("zzz"), None);
    }

    #[test]
    fn a_name_that_lacks_what_it_is_for_is_shown_with_it() {
        for (text, form) in [
            ("mfa.device", "mfa.devices.SERIAL"),
            ("mfa.devices", "mfa.devices.SERIAL"),
            ("sync.sessions", "sync.sessions.NAME"),
            ("profiles.\"\".read_only", "profiles.NAME.read_only"),
        ] {
            let error = Setting::require(&name(text)).map(|_| ()).unwrap_err();
            assert!(matches!(&error, Error::Unknown { settings, .. } if settings == &[form]), "{error:?}");
        }
    }

    #[test]
    fn no_guard_is_guessed_all_of_them_are_named() {
        let error = Setting::require(&name("profiles.dev.foo")).map(|_| ()).unwrap_err();
        let Error::Unknown { settings, nearest: None, .. } = error else { panic!("{error:?}") };
        assert_eq!(settings[..2], ["profiles.dev.account", "profiles.dev.confirm"]);
    }
}
