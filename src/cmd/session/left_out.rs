//! The settings of a profile that say where its requests go, and that no environment of credentials has.

use super::Session;
use super::handed_out::HandedOut;
use crate::cmd::findings::Found;
use crate::effective::{Lookup, Selection, Setting};
use crate::finding::Finding;
use crate::origin::{Located, Origin};
use crate::settings::{
    CA_BUNDLE, ENDPOINT_URL, IGNORE_CONFIGURED_ENDPOINT_URLS, SERVICES, USE_DUALSTACK_ENDPOINT,
    USE_FIPS_ENDPOINT, Variable,
};

/// Each with the variable that stands for it.
const ROWS: [(&Variable, &str); 5] = [
    (&ENDPOINT_URL, "AWS_ENDPOINT_URL"),
    (&SERVICES, "AWS_ENDPOINT_URL_<SERVICE>"),
    (&USE_FIPS_ENDPOINT, "AWS_USE_FIPS_ENDPOINT"),
    (&USE_DUALSTACK_ENDPOINT, "AWS_USE_DUALSTACK_ENDPOINT"),
    (&CA_BUNDLE, "AWS_CA_BUNDLE"),
];

impl Session<'_> {
    /// Warns of the settings of the profile that a program doesn't have which gets only the credentials and the region. It reads
    /// those of the default profile: it isn't told of another one, whose credentials it would look for.
    pub(in crate::cmd) fn warn_of_left_out(&self, handed: &HandedOut) {
        let own = self.selection.name.value.as_str();
        if self.profile_of(handed.provider) != Some(own) {
            return;
        }
        let default = Selection { name: Located::new("default".to_owned(), Origin::Default) };
        let own = self.lookup();
        let default = Lookup { profile: &default, ..own };
        let ignores =
            text(own.setting(&IGNORE_CONFIGURED_ENDPOINT_URLS)).is_some_and(|text| is(&text, "true"));
        let left_out = ROWS.iter().filter_map(|(row, variable)| {
            let is_ignored = ignores && [&ENDPOINT_URL, &SERVICES].contains(row);
            let setting = own.setting(row).filter(|_| !is_ignored)?;
            let origin = setting.winner.origin.clone();
            let value = text(Some(setting)).filter(|value| !value.is_empty() && !is(value, "false"))?;
            let is_default = text(default.setting(row)).is_some_and(|text| is(&text, &value));
            // One address may be that of a service.
            let is_set = **row == SERVICES && self.has_address();
            let is_there = !matches!(origin, Origin::File(_)) || is_default || is_set;
            (!is_there).then_some((origin, row.name, *variable))
        });
        let left_out: Vec<_> = left_out.collect();
        let (keys, variables) = left_out.iter().map(|(_, key, variable)| (*key, *variable)).unzip();
        if let Some((place, ..)) = left_out.into_iter().next() {
            self.ui.finding(&Finding::at(place, Found::LeftOut { keys, variables }));
        }
    }
}

impl Session<'_> {
    /// Whether a variable has the address of a service, or of all.
    fn has_address(&self) -> bool {
        let mut variables = self.world.variables();
        variables.any(|(name, value)| name.starts_with("AWS_ENDPOINT_URL") && !value.is_empty())
    }
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}

fn text(setting: Option<Setting>) -> Option<String> {
    Some(setting?.winner.value.as_text()?.expose().to_owned())
}
