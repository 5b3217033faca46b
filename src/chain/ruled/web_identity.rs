//! A role, and a file with a token that assumes it.

use std::path::Path;

use serde_json::json;

use super::sight::Sight;
use super::sts::Asked;
use super::trail::{Attempt, Got, Miss};
use crate::chain::error::Settings;
use crate::chain::fingerprint;
use crate::chain::parameters::Parameters;
use crate::chain::provider::{ROLE, SESSION, TOKEN_FILE};
use crate::chain::question;
use crate::chain::reason::Reason;
use crate::chain::small_file::small_text;
use crate::narrowing::{By, Narrowed};
use crate::origin::{Located, Origin};
use crate::sdk::{Problem, Provider};
use crate::secret::Secret;
use crate::service::sts::SessionName::{Configured, Generated};
use crate::service::{Caller, sts};
use crate::settings::{ROLE_ARN, ROLE_SESSION_NAME, WEB_IDENTITY_TOKEN_FILE};
use crate::view::Section;

impl Sight<'_> {
    /// The web identity of variables, all of them: the profile has no part in it.
    pub(super) fn web_identity_of_variables(&self) -> Attempt {
        let rules = &self.rules.web_identity;
        let is_value = |value: &str| rules.empty_is_value || !value.is_empty();
        let Some(file) = self.variable(&[TOKEN_FILE], is_value) else {
            return Err(Miss::Absent(Reason::NotSet(&[TOKEN_FILE])));
        };
        let Some(role) = self.variable(&[ROLE], is_value) else {
            if rules.needs_role {
                let error = Settings::TokenWithoutRole.at(file.origin);
                return Err(Miss::failed(Problem::TokenWithoutRole, error));
            }
            return Err(Miss::Absent(Reason::NotSet(&[ROLE])));
        };
        if self.rules.web_identity_reads_files {
            self.file_fault()?;
        }
        let session = self.variable(&[SESSION], is_value);
        self.web_identity(&role, &file, session, (None, true))
    }

    /// The web identity of a profile.
    pub(super) fn web_identity_of(&self, section: &Section, is_last: bool) -> Attempt {
        let Some(file) = self.text(section, WEB_IDENTITY_TOKEN_FILE.name) else {
            return Err(Miss::no_key(const { &[WEB_IDENTITY_TOKEN_FILE.name] }));
        };
        let Some(role) = self.text(section, ROLE_ARN.name) else {
            let error = Settings::TokenWithoutRole.at(file.origin);
            return Err(Miss::failed(Problem::TokenWithoutRole, error));
        };
        let session = self.text(section, ROLE_SESSION_NAME.name);
        let session = session.or_else(|| {
            let reads = self.rules.web_identity.variable_names_session;
            if reads { self.variable(&[SESSION], |value| !value.is_empty()) } else { None }
        });
        self.web_identity(&role, &file, session, (Some(section), is_last))
    }

    fn web_identity(
        &self,
        role: &Located<String>,
        file: &Located<String>,
        session: Option<Located<String>>,
        (section, is_last): (Option<&Section>, bool),
    ) -> Attempt {
        self.check_all(self.rules.web_identity.checks)
            .map_err(|error| Miss::failed(Problem::Refused, error))?;
        let narrowed = self.narrowed(is_last, By::AssumeRoleWithWebIdentity, role)?;
        let name = narrowed.as_deref().and_then(Narrowed::name).map(str::to_owned);
        let session = name.or_else(|| session.map(|found| found.value));
        let path = match &file.origin {
            Origin::Environment { .. } => self.context.client.world.path(TOKEN_FILE).map(Path::new),
            _ => Some(Path::new(&file.value)),
        };
        let text = small_text(path.unwrap_or(Path::new("")), "the web identity token file", &file.origin);
        let token = text.map_err(|error| Miss::failed(Problem::TokenFile, error))?;
        // The line ending at the end of the file is sent, too.
        let token = Secret::held(token.as_str());
        let mut key = self.cache_key(json!({
            "RoleArn": role.value, "RoleSessionName": session, "WebIdentityTokenFile": file.value,
        }));
        fingerprint::token(&mut key, &token);
        if let Some(narrowed) = &narrowed {
            key["Narrowing"] = narrowed.key();
        }
        let parameters = Parameters::of(narrowed.as_deref());
        let rules = &self.rules.web_identity;
        let name = if section.is_some() { rules.profile_session_name } else { rules.session_name };
        let generated = name.at(self.context.client.world.now());
        let request = sts::WebIdentity {
            role_arn: &role.value,
            session_name: session.as_deref().map_or(Generated(&generated), Configured),
            token: &token,
            duration_seconds: narrowed.as_deref().and_then(Narrowed::seconds),
            restrictions: parameters.restrictions(),
            as_botocore: false,
        };
        let asked = Asked {
            provider: Provider::AssumeRoleWithWebIdentity,
            role_arn: &role.value,
            question: &question::web_identity(&request, narrowed.as_deref()),
            key: &key,
            parameters: &parameters,
            source: None,
        };
        let region = self.sts_region(rules.region, section)?;
        let send = |caller: &Caller<'_>| sts::assume_role_with_web_identity(caller, &request);
        let credentials = self.requested(&asked, region.as_ref(), send);
        let credentials = credentials.map_err(|miss| miss.last(narrowed.is_some()))?;
        let identity = format!("role {} by the token in {}", role.value, file.value);
        Ok(Got { narrowed, ..Got::new(Provider::AssumeRoleWithWebIdentity, credentials, identity, key) })
    }
}
