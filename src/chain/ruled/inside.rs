//! The ways to credentials inside a profile.

use super::sight::Sight;
use super::sts::Target;
use super::trail::{Attempt, Got, Miss, Trail};
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::origin::Located;
use crate::profile::FileKind;
use crate::sdk::{Provider, Way};
use crate::settings::ROLE_ARN;
use crate::view::Section;

/// How the chain came to a profile.
#[derive(Clone, Debug)]
pub(super) struct Path<'p> {
    /// The profile.
    pub(super) name: &'p str,
    /// The profiles before it that a source must not be.
    pub(super) seen: Vec<String>,
    /// Whether the profile's own role is not assumed.
    pub(super) without_role: bool,
    /// Whether the profile's credentials are handed out: it is not the source of a role.
    pub(super) is_last: bool,
}

impl Sight<'_> {
    /// The link of the chain that is the profile.
    pub(super) fn inside(&self, trail: &mut Trail) -> Result<Option<Got>, Error> {
        let flow = self.rules.flow;
        if let Err(miss) = self.file_fault() {
            return trail.record(Provider::SharedCredentialsFile, Err(miss), flow);
        }
        let Some(section) = self.view.profile(self.profile) else {
            if self.rules.checks_profile_first {
                // The default profile may be missing, which is the same as an empty one.
                let empty = Section::default();
                let path = Path { name: self.profile, seen: Vec::new(), without_role: false, is_last: true };
                return self.ways(self.rules.ways, &empty, &path, trail);
            }
            return trail.record(Provider::SharedCredentialsFile, Err(self.no_profile(self.profile)), flow);
        };
        let path = Path {
            name: self.profile,
            seen: if self.rules.role.counts_first { vec![self.profile.to_owned()] } else { Vec::new() },
            without_role: false,
            is_last: true,
        };
        self.ways(self.rules.ways, section, &path, trail)
    }

    fn no_profile(&self, name: &str) -> Miss {
        let path = self.view.path(FileKind::Credentials).map(ToOwned::to_owned).unwrap_or_default();
        Miss::Absent(Reason::NoSection { profile: name.to_owned(), path })
    }

    /// The ways in turn.
    pub(super) fn ways(
        &self,
        ways: &[Way],
        section: &Section,
        path: &Path<'_>,
        trail: &mut Trail,
    ) -> Result<Option<Got>, Error> {
        let role_arn = self.text(section, ROLE_ARN.name);
        let Some(role_arn) = role_arn.filter(|_| self.rules.role.on_top && !path.without_role) else {
            return Ok(self.each_way(ways, section, path, trail)?.map(|(_, got)| got));
        };
        let mut below = Trail::default();
        let found = self.each_way(ways, section, path, &mut below);
        let source = match found {
            // The token is the role's.
            Ok(Some((Way::WebIdentity, got))) => {
                trail.append(below);
                return Ok(Some(got));
            }
            Ok(Some(found)) => found,
            Ok(None) => {
                trail.append(below);
                return Ok(None);
            }
            // With `--offline`, the source's request wasn't sent, so the one for the role is reported as pending, too.
            Err(error @ Error::Offline { .. })
                if below.last() != Some(Provider::AssumeRoleWithWebIdentity) =>
            {
                let attempt = self.assume_unasked(section, path, role_arn, below, error);
                return trail.record(Provider::AssumeRole, attempt, self.rules.flow);
            }
            Err(error) => {
                trail.append(below);
                return Err(error);
            }
        };
        let attempt = self.assume(section, path, role_arn, source, below);
        trail.record(Provider::AssumeRole, attempt, self.rules.flow)
    }

    /// A function of its own: a long chain of sources would need its place on the stack for each of them.
    fn assume_unasked(
        &self,
        section: &Section,
        path: &Path<'_>,
        role_arn: Located<String>,
        mut below: Trail,
        error: Error,
    ) -> Attempt {
        let source = Err(below.over(error));
        let via = self.other_credentials(section, path, &role_arn, below);
        self.assume_from(section, source, Target { role_arn, owner: None, via, is_last: path.is_last })
    }

    fn each_way(
        &self,
        ways: &[Way],
        section: &Section,
        path: &Path<'_>,
        trail: &mut Trail,
    ) -> Result<Option<(Way, Got)>, Error> {
        let is_disabled = |way: &Way| match way {
            Way::SourceWithoutRole if self.has(section, ROLE_ARN.name) => true,
            way => self.view.is_opted_out() && !way.is_keys(),
        };
        for way in ways.iter().filter(|way| !is_disabled(way)) {
            let (provider, attempt) = self.way(*way, section, path);
            let found = trail.record(provider, attempt, self.rules.flow)?;
            if found.is_some() || trail.left().is_some() {
                return Ok(found.map(|got| (*way, got)));
            }
        }
        Ok(None)
    }

    fn way(&self, way: Way, section: &Section, path: &Path<'_>) -> (Provider, Attempt) {
        match way {
            Way::Role => (Provider::AssumeRole, self.role(section, path)),
            Way::RoleOfProfile => (Provider::AssumeRole, self.role_of_profile(section, path)),
            Way::Linked => (Provider::AssumeRole, self.linked(section, path)),
            Way::KeysWithToken => (Provider::SharedCredentialsFile, self.keys_with_token(section, path.name)),
            Way::WholeKeys => (Provider::SharedCredentialsFile, self.whole_keys(section, path.name)),
            Way::Keys => (Provider::SharedCredentialsFile, self.keys(section, path.name)),
            Way::CredentialSource | Way::SourceWithoutRole => {
                (Provider::AssumeRole, self.credential_source(section, path, way))
            }
            Way::WebIdentity => {
                (Provider::AssumeRoleWithWebIdentity, self.web_identity_of(section, path.is_last))
            }
            Way::Sso => (Provider::Sso, self.sso(section, path.name)),
            Way::Login => (Provider::Login, self.login(section, path.name)),
            Way::Process => (Provider::CustomProcess, self.process(section)),
            Way::Container => (Provider::ContainerRole, self.container()),
            Way::Instance => (Provider::IamRole, self.instance()),
        }
    }
}
