//! Roles, and where the credentials come from that assume them.

use serde_json::Value;

use super::inside::Path;
use super::sight::Sight;
use super::sts::Target;
use super::trail::{Attempt, Got, Miss, Trail};
use crate::chain::context::unknown_keys;
use crate::chain::error::{Error, Half, Settings};
use crate::chain::reason::Reason;
use crate::chain::sources::LIMIT;
use crate::chain::trace::Source;
use crate::origin::Located;
use crate::profile::SectionName;
use crate::sdk::{MfaRule, Problem, Provider, SelfReference, Way};
use crate::settings::{CREDENTIAL_SOURCE, MFA_SERIAL, ROLE_ARN, SOURCE_PROFILE, WEB_IDENTITY_TOKEN_FILE};
use crate::view::Section;

impl Sight<'_> {
    /// A role with a source of its own.
    pub(super) fn role(&self, section: &Section, path: &Path<'_>) -> Attempt {
        let rules = &self.rules.role;
        let Some(role_arn) = self.text(section, ROLE_ARN.name) else {
            return Err(self.without_role(section, path));
        };
        if !rules.beside_token && self.has(section, WEB_IDENTITY_TOKEN_FILE.name) {
            return Err(Miss::Absent(Reason::HasWebIdentity));
        }
        let profile = || path.name.to_owned();
        let sources = (self.text(section, SOURCE_PROFILE.name), self.text(section, CREDENTIAL_SOURCE.name));
        let mut below = Trail::default();
        let (source, name, is_profile) = match sources {
            (Some(_), Some(source)) => {
                let fault = Settings::TwoSources { profile: profile() };
                return Err(Miss::failed(Problem::BothSources, fault.at(source.origin)));
            }
            (None, None) => {
                let half = Half::Role { profile: profile() };
                return Err(Miss::failed(Problem::RoleWithoutSource, half.at(role_arn.origin)));
            }
            (None, Some(source)) => {
                let provider = self.named_provider(&source)?;
                self.check_mfa(section)?;
                (self.provided(provider, &source, path.name, &mut below), source.value, false)
            }
            (Some(source), None) => {
                self.check_source(section, path, &source)?;
                let name = source.value.clone();
                (self.source(section, path, (source, false), &mut below), name, true)
            }
        };
        let owner = Some(name.clone()).filter(|name| is_profile && name != path.name);
        let via = Source { name, is_profile, role: role_arn.value.clone(), chain: below.into_steps() };
        self.assume_from(section, source, Target { role_arn, owner, via, is_last: path.is_last })
    }

    /// A role whose source is a profile.
    pub(super) fn role_of_profile(&self, section: &Section, path: &Path<'_>) -> Attempt {
        if !self.has(section, SOURCE_PROFILE.name) {
            return Err(Miss::no_key(const { &[SOURCE_PROFILE.name] }));
        }
        self.role(section, path)
    }

    fn without_role(&self, section: &Section, path: &Path<'_>) -> Miss {
        let source = [SOURCE_PROFILE.name, CREDENTIAL_SOURCE.name];
        match source.iter().find_map(|key| self.text(section, key)) {
            Some(source) if self.rules.role.needs_role => {
                let fault = Settings::NoRole { profile: path.name.to_owned() };
                Miss::failed(Problem::SourceWithoutRole, fault.at(source.origin))
            }
            _ => Miss::no_key(const { &[ROLE_ARN.name] }),
        }
    }

    /// The profile that `source_profile` names, whose credentials are the profile's own.
    pub(super) fn linked(&self, section: &Section, path: &Path<'_>) -> Attempt {
        let Some(source) = self.text(section, SOURCE_PROFILE.name) else {
            return Err(Miss::no_key(const { &[SOURCE_PROFILE.name] }));
        };
        let mut below = Trail::default();
        let has_role = self.rules.role.on_top && !path.without_role && self.has(section, ROLE_ARN.name);
        let found = self.source(section, path, (source, path.is_last && !has_role), &mut below);
        found.map_err(|miss| miss.seen_in(below))
    }

    /// `credential_source` by itself.
    pub(super) fn credential_source(&self, section: &Section, path: &Path<'_>, way: Way) -> Attempt {
        let Some(source) = self.text(section, CREDENTIAL_SOURCE.name) else {
            return Err(Miss::no_key(const { &[CREDENTIAL_SOURCE.name] }));
        };
        if way == Way::SourceWithoutRole && self.has(section, SOURCE_PROFILE.name) {
            return self.linked(section, path);
        }
        let provider = self.named_provider(&source)?;
        self.provided(provider, &source, self.profile, &mut Trail::default())
    }

    fn named_provider(&self, source: &Located<String>) -> Result<Provider, Miss> {
        let words = [
            ("Environment", Provider::Env),
            ("EcsContainer", Provider::ContainerRole),
            ("Ec2InstanceMetadata", Provider::IamRole),
        ];
        let is = |word: &str| {
            word == source.value
                || self.rules.role.words_in_any_case && word.eq_ignore_ascii_case(&source.value)
        };
        let is_known = |provider| self.rules.role.has_environment || provider != Provider::Env;
        match words.iter().find(|(word, provider)| is(word) && is_known(*provider)) {
            Some((_, provider)) => Ok(*provider),
            None => {
                let fault = Settings::CredentialSource { value: source.value.clone() };
                Err(Miss::failed(Problem::CredentialSource, fault.at(source.origin.clone())))
            }
        }
    }

    /// The credentials of the provider that `credential_source` names.
    fn provided(
        &self,
        provider: Provider,
        source: &Located<String>,
        profile: &str,
        trail: &mut Trail,
    ) -> Attempt {
        let attempt = match provider {
            Provider::Env => self.environment(),
            Provider::ContainerRole => self.container(),
            _ => self.instance_as_source(),
        };
        let reason = match &attempt {
            Err(Miss::Absent(reason)) => Some(Box::new(reason.clone())),
            _ => None,
        };
        match trail.record(provider, attempt, self.rules.flow) {
            Ok(Some(got)) => Ok(got),
            Ok(None) => {
                let (name, profile) = (source.value.clone(), profile.to_owned());
                let origin = source.origin.clone();
                let error = Error::EmptySource { name, reason, profile, origin };
                Err(Miss::failed(Problem::EmptySource, error))
            }
            Err(error) => Err(Miss::over(error)),
        }
    }

    /// The credentials of the profile that `source_profile` names, which are handed out if they are the last ones.
    fn source(
        &self,
        section: &Section,
        path: &Path<'_>,
        (source, is_last): (Located<String>, bool),
        trail: &mut Trail,
    ) -> Attempt {
        let Located { value: name, origin } = source;
        let circle = || circle(path, &Located::new(name.clone(), origin.clone()));
        let is_self = name == path.name;
        let is_again = path.seen.contains(&name);
        let (ways, found, without_role) = match self.rules.role.self_reference {
            SelfReference::Others(ways) if is_self => (ways, Some(section), true),
            SelfReference::OthersOfAny(ways) if is_again => (ways, self.view.profile(&name), true),
            SelfReference::Circle if is_self => return Err(circle()),
            _ if is_again => return Err(circle()),
            _ => (self.rules.source_ways, self.view.profile(&name), false),
        };
        let Some(found) = found else {
            let (names, files) = (self.view.profiles(), self.context.client.files);
            let fault = Settings::missing(path.name, SectionName::Profile(name), names, files);
            return Err(Miss::failed(Problem::NoSource, fault.at(origin)));
        };
        if path.seen.len() >= LIMIT {
            return Err(Miss::failed(Problem::Circle, Settings::TooManySources { limit: LIMIT }.at(origin)));
        }
        let mut seen = path.seen.clone();
        seen.push(name.clone());
        let below = Path { name: &name, seen, without_role, is_last };
        match self.ways(ways, found, &below, trail) {
            Ok(Some(got)) => Ok(got),
            Ok(None) => {
                let fault = Settings::EmptySourceProfile { name: name.clone() };
                let problem = match trail.left() {
                    // It is missing, or has nothing, at whatever distance.
                    Some(problem @ (Problem::NoSource | Problem::EmptySelf)) => problem,
                    _ if is_self => Problem::EmptySelf,
                    _ => Problem::EmptySource,
                };
                Err(Miss::failed(problem, fault.at(origin)))
            }
            Err(error) => Err(trail.over(error)),
        }
    }

    /// What is seen before the source is asked. The SDKs that refuse a code see a circle before that.
    fn check_source(&self, section: &Section, path: &Path<'_>, source: &Located<String>) -> Result<(), Miss> {
        if self.rules.role.self_reference == SelfReference::Source && path.seen.contains(&source.value) {
            return Err(circle(path, source));
        }
        self.check_mfa(section)
    }

    /// The code of an MFA device is asked for by the program, if at all.
    pub(super) fn check_mfa(&self, section: &Section) -> Result<(), Miss> {
        match self.text(section, MFA_SERIAL.name) {
            Some(serial) if self.rules.role.mfa == MfaRule::NeedsProgram => {
                let error = Error::MfaNotSetUp {
                    serial: serial.value,
                    origin: serial.origin,
                    profile: self.context.client.profile.name.value.clone(),
                };
                Err(Miss::failed(Problem::Mfa, error))
            }
            _ => Ok(()),
        }
    }

    /// The role of a profile whose other credentials assume it.
    pub(super) fn assume(
        &self,
        section: &Section,
        path: &Path<'_>,
        role_arn: Located<String>,
        (way, source): (Way, Got),
        below: Trail,
    ) -> Attempt {
        self.check_mfa(section)?;
        let via = self.other_credentials(section, path, &role_arn, below);
        let is_other = way == Way::Linked && via.name != path.name;
        let owner = is_other.then(|| via.name.clone());
        self.assume_with(section, &source, Target { role_arn, owner, via, is_last: path.is_last })
    }

    /// The role with what its source has. Where only `--offline` keeps the source from being asked, the request for the role is
    /// checked.
    pub(super) fn assume_from(&self, section: &Section, source: Attempt, target: Target) -> Attempt {
        let (source, target) = match source {
            Ok(source) => (source, target),
            Err(Miss::Over { error, unasked, .. }) if error.is_behind_a_role() => {
                self.check_mfa(section)?;
                let (identity, key) =
                    unasked.map_or((String::new(), Value::Null), |found| (found.identity, found.key));
                let source = Got::new(Provider::AssumeRole, unknown_keys(), identity, key);
                (source, Target { owner: None, ..target })
            }
            Err(miss) => return Err(miss.via(target.via)),
        };
        self.assume_with(section, &source, target)
    }

    /// Where the other credentials of a profile with a role come from.
    pub(super) fn other_credentials(
        &self,
        section: &Section,
        path: &Path<'_>,
        role_arn: &Located<String>,
        below: Trail,
    ) -> Source {
        let name =
            self.text(section, SOURCE_PROFILE.name).map_or_else(|| path.name.to_owned(), |found| found.value);
        Source { name, is_profile: true, role: role_arn.value.clone(), chain: below.into_steps() }
    }
}

/// A source that is one of the profiles before it.
fn circle(path: &Path<'_>, source: &Located<String>) -> Miss {
    let mut chain = path.seen.clone();
    chain.push(source.value.clone());
    Miss::failed(Problem::Circle, Error::RoleLoop { chain, origin: source.origin.clone() })
}
