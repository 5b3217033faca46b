//! What the checks look at, and what they report.

use std::borrow::Cow;
use std::path::PathBuf;

use super::issue::Issue;
use crate::chain;
use crate::client::{self, InstanceRegion, Quiet};
use crate::effective::{Options, Selection};
use crate::finding::{Aspect, Finding};
use crate::net::{self, Net};
use crate::origin::{Located, Origin, Place};
use crate::profile::{self, Files, Found, Lookalike, Profile, Repair, SectionName};
use crate::sdk::{Provider, Sdk};
use crate::secret::is_of_aws;
use crate::settings::{
    self, AWS_ACCESS_KEY_ID, CREDENTIAL_SOURCE, ENDPOINT_URL, IGNORE_CONFIGURED_ENDPOINT_URLS,
    METADATA_SERVICE_TIMEOUT, SERVICES, SOURCE_PROFILE, Variable,
};
use crate::view::View;
use crate::world::World;

/// What the variables for the addresses of services begin with.
const ADDRESSES: &str = "AWS_ENDPOINT_URL";

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Scene<'s> {
    pub world: &'s World,
    pub files: &'s Files,
    /// Why a file could not be read; it is empty in `files`.
    pub unread: &'s [profile::Error],
    /// The profile of the command, and who names it.
    pub selection: &'s Selection,
    pub sdk: Sdk,
    /// The files as the SDK reads them, if not as botocore does and if that is known.
    pub view: Option<&'s View>,
    /// The region that an option names.
    pub region: Option<&'s str>,
    /// Whether options give the keys, so that neither the environment nor the profile does.
    pub has_keys_given: bool,
    /// Whether files are read that only a request needs, as for those who ask what is wrong. Others don't wait for them.
    pub reads_files: bool,
}

impl<'s> Scene<'s> {
    /// A command without keys in its options. `unread` is why a file could not be read.
    pub fn new(
        world: &'s World,
        files: &'s Files,
        unread: &'s [profile::Error],
        selection: &'s Selection,
        sdk: Sdk,
    ) -> Scene<'s> {
        let (view, region, has_keys_given, reads_files) = (None, None, false, false);
        Scene { world, files, unread, selection, sdk, view, region, has_keys_given, reads_files }
    }
}

impl Scene<'_> {
    /// Asks with the settings of a profile. No program is run and no request is sent.
    pub(super) fn client<T>(&self, profile: &str, ask: impl FnOnce(&client::Context<'_>) -> T) -> T {
        let Scene { world, files, selection, sdk, view, region, .. } = *self;
        let named =
            Selection { name: Located::new(profile.to_owned(), Origin::Option { name: "--profile" }) };
        ask(&client::Context {
            world,
            files,
            profile: if selection.name.value == profile { selection } else { &named },
            options: &Options { region: region.map(str::to_owned) },
            sdk,
            view,
            offline: true,
            net: &Net::closed(net::Options::default()),
            instance_region: &InstanceRegion::unknown(),
            progress: &Quiet,
        })
    }

    /// Whether what could not be read doesn't matter to a finding.
    pub(super) fn suffices(&self, diagnosis: &Diagnosis) -> bool {
        self.unread.is_empty() || !diagnosis.finding.has(Aspect::NeedsAllFiles)
    }

    /// Whether a profile is for another vendor's service, which has regions of its own: its requests go to an address that is
    /// configured, or its keys aren't AWS's, and a command gives the address.
    pub fn is_another_vendors(&self, section: &SectionName) -> bool {
        let id = || self.files.find(section).find(AWS_ACCESS_KEY_ID.name).and_then(|found| found.text());
        self.has_endpoint(section) || id().is_some_and(|id| !id.is_empty() && !is_of_aws(&id))
    }

    /// Whether the requests of a profile go to an address that is configured. It may be another vendor's, with regions and keys of
    /// its own.
    pub fn has_endpoint(&self, section: &SectionName) -> bool {
        let is_address = |(name, value): (&str, &str)| name.starts_with(ADDRESSES) && !value.is_empty();
        let profile = self.files.find(section);
        let is_configured = [&ENDPOINT_URL, &SERVICES].iter().any(|row| profile.has(row.name));
        (is_configured || self.world.variables().any(is_address)) && !self.ignores_addresses(section)
    }

    /// Whether credentials of a profile may come from the metadata of an EC2 instance: nothing leads to others, or a role takes
    /// them from there. A role behind a role is taken for one that does.
    fn may_ask_instance(&self, name: &str) -> bool {
        let is_selected = self.selection.name.value == name;
        let has_keys = is_selected
            && (self.has_keys_given
                || !self.selection.is_explicit() && self.world.non_empty("AWS_ACCESS_KEY_ID").is_some());
        if has_keys || self.world.variable(client::DISABLED).is_some_and(settings::boolean) {
            return false;
        }
        let lead = |profile: &Profile<'_>| chain::leads(profile).next().map(|(provider, ..)| provider);
        let profile = self.files.profile(name);
        match lead(&profile) {
            None => true,
            Some(Provider::AssumeRole) => match profile.text(CREDENTIAL_SOURCE.name) {
                Some(source) => source == "Ec2InstanceMetadata",
                None => profile.text(SOURCE_PROFILE.name).is_none_or(|source| {
                    source != name && lead(&self.files.profile(&source)) == Some(Provider::AssumeRole)
                }),
            },
            Some(_) => false,
        }
    }

    /// Whether a value that can't be used doesn't matter to a profile, or to the command's: the time that the metadata of an
    /// instance have to answer, where they aren't asked. What isn't a number is refused anyway.
    pub(super) fn never_uses(&self, row: &Variable, profile: Option<&str>, text: &str) -> bool {
        *row == METADATA_SERVICE_TIMEOUT
            && self.sdk.ruled.is_none()
            && settings::integer(text).is_some()
            && !self.may_ask_instance(profile.unwrap_or(&self.selection.name.value))
    }

    /// Whether the addresses of services that the section and the environment have are ignored.
    pub(super) fn ignores_addresses(&self, section: &SectionName) -> bool {
        let row = &IGNORE_CONFIGURED_ENDPOINT_URLS;
        let mut variables = self.sdk.variables(row).iter().filter_map(|name| self.world.variable(name));
        if let Some(value) = variables.next() {
            return settings::boolean(value);
        }
        let section = self.files.find(section);
        section.find(row.name).and_then(|found| found.text()).is_some_and(|text| settings::boolean(&text))
    }
}

/// A finding, the profile that it is about, and how to repair it without asking anybody.
#[derive(Debug)]
pub struct Diagnosis {
    pub finding: Finding,
    /// None if it is about a file or the environment as a whole.
    pub profile: Option<String>,
    /// None where a person has to decide.
    pub repair: Option<Remedy>,
    /// The profiles that all have it, in the order of their names: one of them is enough in a list of all.
    pub shared_by: Vec<String>,
}

/// How to repair something without asking anybody.
#[derive(Clone, Debug)]
pub enum Remedy {
    /// An edit of the files.
    Edit(Repair),
    /// The file with this path is closed to other users.
    Close(PathBuf),
}

impl Diagnosis {
    pub fn new(finding: Finding) -> Diagnosis {
        Diagnosis { finding, profile: None, repair: None, shared_by: Vec::new() }
    }
}

/// The provider that botocore comes to first among those that a profile's own keys choose, with the key.
pub(super) fn first_lead(profile: &Profile<'_>, name: &str) -> Option<(Provider, &'static str)> {
    // A role may take the profile's own keys for its source.
    let is_own = profile.text(SOURCE_PROFILE.name).is_some_and(|source| source == name);
    let mut leads = chain::leads(profile).map(|(provider, key, _)| (provider, key));
    leads.find(|(provider, _)| !is_own || *provider != Provider::AssumeRole)
}

/// The profile that is checked.
pub(super) struct Subject<'s> {
    pub(super) scene: Scene<'s>,
    pub(super) name: Cow<'s, str>,
    pub(super) profile: Profile<'s>,
    /// Whether nothing is wrong with its role: it is looked at as the source of another one that needs no further role, or
    /// its own source is known to be sound.
    pub(super) is_settled: bool,
    /// Whether it only matters that something is wrong: what was meant isn't searched for.
    pub(super) is_judged: bool,
}

/// The text of a setting, and its place.
pub(super) struct Set<'s> {
    pub(super) text: Cow<'s, str>,
    found: Found<'s>,
}

impl Set<'_> {
    pub(super) fn place(&self) -> Place {
        self.found.place()
    }
}

impl<'s> Subject<'s> {
    /// The profile, looked at on its own.
    pub(super) fn new(scene: Scene<'s>, name: Cow<'s, str>, profile: Profile<'s>) -> Subject<'s> {
        Subject { scene, name, profile, is_settled: false, is_judged: false }
    }

    /// The text of a setting. Nothing for a nested block.
    pub(super) fn get(&self, key: &str) -> Option<Set<'s>> {
        let found = self.profile.find(key)?;
        Some(Set { text: found.text()?, found })
    }

    pub(super) fn owned_name(&self) -> String {
        self.name.clone().into_owned()
    }

    pub(super) fn section(&self) -> SectionName {
        SectionName::Profile(self.owned_name())
    }

    /// Whether a similar name is worth the search: it compares all names, and a file may have thousands of wrong ones.
    pub(super) fn may_search(&self, found: &[Diagnosis]) -> bool {
        !self.is_judged && found.len() < 100
    }

    /// The header that was meant by the name of a missing section.
    pub(super) fn header_meant(&self, section: &SectionName, found: &[Diagnosis]) -> Option<Box<Lookalike>> {
        self.may_search(found).then(|| self.scene.files.header_meant(section)).flatten()
    }

    /// A report about what leads botocore to credentials of this provider, unless it uses others.
    pub(super) fn report_of(&self, provider: Provider, place: Place, issue: Issue) -> Diagnosis {
        let report = self.report(place, issue);
        Diagnosis { finding: report.finding.passed_over(self.comes_before(provider)), ..report }
    }

    /// The key of the profile that leads botocore to credentials before it comes to this provider.
    pub(super) fn comes_before(&self, provider: Provider) -> Option<&'static str> {
        first_lead(&self.profile, &self.name).filter(|(first, _)| *first != provider).map(|(_, key)| key)
    }

    pub(super) fn report(&self, place: Place, issue: Issue) -> Diagnosis {
        Diagnosis { profile: Some(self.owned_name()), ..Diagnosis::new(Finding::at(place, issue)) }
    }
}
