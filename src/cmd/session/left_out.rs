//! The settings that say where a profile's requests go, and that no environment of credentials has.

use super::Session;
use super::handed_out::HandedOut;
use crate::cmd::findings::Found;
use crate::effective::{Lookup, Selection, Setting, all_stored};
use crate::finding::Finding;
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::settings::{
    CA_BUNDLE, ENDPOINT_URL, IGNORE_CONFIGURED_ENDPOINT_URLS, SERVICES, USE_DUALSTACK_ENDPOINT,
    USE_FIPS_ENDPOINT, Variable,
};

/// What stands for a setting in the environment.
struct Row {
    setting: &'static Variable,
    /// The variable for the same value.
    variable: &'static str,
    /// The variable for no value. `None` where it does no harm that programs have the value of the default profile: certificates
    /// say whom to trust, and not where requests go.
    without: Option<&'static str>,
}

const IGNORED: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true";

static ROWS: [Row; 5] = [
    Row { setting: &ENDPOINT_URL, variable: "AWS_ENDPOINT_URL", without: Some(IGNORED) },
    Row { setting: &SERVICES, variable: "AWS_ENDPOINT_URL_<SERVICE>", without: Some(IGNORED) },
    Row {
        setting: &USE_FIPS_ENDPOINT,
        variable: "AWS_USE_FIPS_ENDPOINT",
        without: Some("AWS_USE_FIPS_ENDPOINT=false"),
    },
    Row {
        setting: &USE_DUALSTACK_ENDPOINT,
        variable: "AWS_USE_DUALSTACK_ENDPOINT",
        without: Some("AWS_USE_DUALSTACK_ENDPOINT=false"),
    },
    Row { setting: &CA_BUNDLE, variable: "AWS_CA_BUNDLE", without: None },
];

/// What a profile says of a row.
struct Said {
    origin: Origin,
    meaning: Meaning,
}

#[derive(PartialEq)]
enum Meaning {
    /// In lower case.
    Text(String),
    /// The addresses of services, with their keys.
    Addresses(Vec<(String, String)>),
}

impl Session<'_> {
    /// Warns of the settings of the profile that a program doesn't have which gets only the credentials and the region. It reads
    /// those of the default profile, unless that is hidden from it: it isn't told of another one, whose credentials it would
    /// look for.
    pub(in crate::cmd) fn warn_of_left_out(&self, handed: &HandedOut, hides_default: bool) {
        let name = self.selection.name.value.as_str();
        if self.profile_of(handed.provider) != Some(name) {
            return;
        }
        let default = Selection { name: Located::new("default".to_owned(), Origin::Default) };
        let own = self.lookup();
        let default = Lookup { profile: &default, ..own };
        let (mut left_out, mut added) = (Vec::new(), Vec::new());
        for row in &ROWS {
            let said = self.said(&own, row);
            let by_default = self.said(&default, row).filter(|_| !hides_default);
            if said.as_ref().map(|said| &said.meaning) == by_default.as_ref().map(|said| &said.meaning) {
                continue;
            }
            let is_services = *row.setting == SERVICES;
            match (said, by_default) {
                // One address may be that of a service.
                (Some(_), _) if is_services && self.has_address() => {}
                (Some(Said { origin: place @ Origin::File(_), .. }), _) => left_out.push((place, row)),
                // It takes precedence.
                (None, Some(_)) if is_services && self.world.non_empty("AWS_ENDPOINT_URL").is_some() => {}
                (None, Some(Said { origin: place @ Origin::File(_), .. })) if row.without.is_some() => {
                    added.push((place, row));
                }
                _ => {}
            }
        }
        let keys = |found: &[(Origin, &Row)]| found.iter().map(|(_, row)| row.setting.name).collect();
        if let Some((place, _)) = left_out.first() {
            let variables = left_out.iter().map(|(_, row)| row.variable).collect();
            let found = Found::LeftOut { keys: keys(&left_out), variables };
            self.ui.finding(&Finding::at(place.clone(), found));
        }
        if let Some((place, _)) = added.first() {
            let mut variables: Vec<_> = added.iter().filter_map(|(_, row)| row.without).collect();
            variables.dedup();
            let found = Found::OfDefault { keys: keys(&added), profile: name.to_owned(), variables };
            self.ui.finding(&Finding::at(place.clone(), found));
        }
    }

    /// What a profile, or the environment, says of a row. `None` if requests go where they go without it.
    fn said(&self, lookup: &Lookup<'_>, row: &Row) -> Option<Said> {
        let ignores = || {
            let setting = lookup.setting(&IGNORE_CONFIGURED_ENDPOINT_URLS);
            text(setting).is_some_and(|text| text.eq_ignore_ascii_case("true"))
        };
        if [&ENDPOINT_URL, &SERVICES].contains(&row.setting) && ignores() {
            return None;
        }
        let setting = lookup.setting(row.setting)?;
        let origin = setting.winner.origin.clone();
        let text = text(Some(setting))?;
        let meaning = if *row.setting == SERVICES {
            Meaning::Addresses(self.addresses(text))
        } else {
            Meaning::Text(text.to_lowercase())
        };
        let says_nothing = match &meaning {
            Meaning::Text(text) => text.is_empty() || text == "false",
            Meaning::Addresses(addresses) => addresses.is_empty(),
        };
        (!says_nothing).then_some(Said { origin, meaning })
    }

    /// The addresses in a section of services, sorted by their keys.
    fn addresses(&self, services: String) -> Vec<(String, String)> {
        let stored = all_stored(&self.files, &SectionName::Services(services)).into_iter();
        let addresses = stored.filter(|setting| setting.name.ends_with(".endpoint_url"));
        let addresses = addresses.filter_map(|setting| Some((setting.name.clone(), text(Some(setting))?)));
        addresses.filter(|(_, address)| !address.is_empty()).collect()
    }

    /// Whether a variable has the address of a service, or of all.
    fn has_address(&self) -> bool {
        let mut variables = self.world.variables();
        variables.any(|(name, value)| name.starts_with("AWS_ENDPOINT_URL") && !value.is_empty())
    }
}

fn text(setting: Option<Setting>) -> Option<String> {
    Some(setting?.winner.value.as_text()?.expose().to_owned())
}
