//! A container's endpoint, and the metadata of an EC2 instance.

use std::path::Path;

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::address::redacted;
use crate::chain::error::Error;
use crate::chain::provider::container::{FULL, RELATIVE, TOKEN, TOKEN_FILE, question};
use crate::chain::provider::instance;
use crate::chain::reason::Reason;
use crate::chain::small_file::small_text;
use crate::client::{self, DISABLED, Metadata};
use crate::credentials::{Credentials, Expiration};
use crate::origin::Located;
use crate::sdk::{Absent, CodeRule, Dates, Problem, Provider};
use crate::secret::Secret;
use crate::service::absence::Absence;
use crate::service::{self, ContainerFault, container};

impl Sight<'_> {
    fn container_variable(&self, name: &'static str) -> Option<Located<String>> {
        self.variable(&[name], |value| self.rules.container.empty_is_value || !value.is_empty())
    }

    pub(super) fn container(&self) -> Attempt {
        let url = match (self.container_variable(RELATIVE), self.container_variable(FULL)) {
            (Some(path), _) => path.map(|path| self.relative(&path)),
            (None, Some(url)) => url,
            (None, None) => {
                if self.rules.container.checks_token_first {
                    check_token(self.container_token()?.as_ref())?;
                }
                return Err(Miss::Absent(Reason::NotSet(&[RELATIVE, FULL])));
            }
        };
        let shown = redacted(&url.value);
        check_address(&url)?;
        let token = self.container_token();
        let second = self.rules.container.second_try;
        let knows_account = self.rules.container.knows_account;
        let credentials = match token.and_then(|token| self.contained(&url, token.as_ref(), knows_account)) {
            Err(Miss::Failed {
                problem: Problem::Container | Problem::ContainerToken | Problem::NotJson,
                ..
            }) if second => {
                let token = self.container_variable(TOKEN).map(|token| token.map(Secret::held));
                self.contained(&url, token.as_ref(), true)?
            }
            found => found?,
        };
        let identity = format!("container credentials at {shown}");
        let place = json!({"Container": url.value});
        Ok(Got::issued(Provider::ContainerRole, credentials, identity, place))
    }

    fn relative(&self, path: &str) -> String {
        let needs_slash = self.rules.container.adds_slash && !path.is_empty() && !path.starts_with('/');
        container::relative(&if needs_slash { format!("/{path}") } else { path.to_owned() })
    }

    fn container_token(&self) -> Result<Option<Located<Secret>>, Miss> {
        let token = self.container_variable(TOKEN);
        let token = || token.map(|token| token.map(Secret::held));
        let file = self.container_variable(TOKEN_FILE);
        let Some(file) = file else { return Ok(token()) };
        if self.rules.container.token_before_file
            && let Some(token) = token()
        {
            return Ok(Some(token));
        }
        let path = self.context.client.world.path(TOKEN_FILE).map(Path::new);
        let text = small_text(path.unwrap_or(Path::new("")), "the container's token file", &file.origin);
        let text = text.map_err(|error| Miss::failed(Problem::ContainerTokenFile, error))?;
        let text = if self.rules.container.trims_token_file { text.trim() } else { text.as_str() };
        Ok(Some(Located::new(Secret::held(text), file.origin)))
    }

    fn contained(
        &self,
        url: &Located<String>,
        token: Option<&Located<Secret>>,
        knows_account: bool,
    ) -> Result<Credentials, Miss> {
        let client = &self.context.client;
        check_token(token)?;
        let _progress = client.progress.show(&redacted(&url.value));
        let value = token.map(|token| &token.value);
        let document = self.rules.container.document;
        let failed = |source| Error::Service {
            provider: Provider::ContainerRole,
            context: format!("the address in {} gave no credentials", url.origin),
            advice: None,
            source,
        };
        let fetch = || {
            let found = container::fetch(client.net, client.world, &url.value, value, document.names);
            found.map_err(failed)
        };
        let found = self.context.once(&question(&url.value, value, document.names), fetch);
        // The answer may be the one to botocore, which reads more.
        let found = found.and_then(|found| {
            if found.is_standard {
                return Ok(found.issued);
            }
            let (url, source) = (redacted(&url.value), ContainerFault::NotJson);
            Err(failed(service::Error::Container { url, attempts: 1, source }))
        });
        let what = || redacted(&url.value);
        let offline = || Error::Offline { provider: Provider::ContainerRole, what: what() };
        let found = found.map_err(|error| {
            let error = self.context.unasked(error, offline);
            let is_garbage = matches!(
                error.peeled(),
                Error::Service {
                    source: service::Error::Container { source: ContainerFault::NotJson, .. },
                    ..
                }
            );
            Miss::failed(if is_garbage { Problem::NotJson } else { Problem::Container }, error)
        })?;
        if !document.code.accepts(found.code.as_deref()) {
            let error = service::Error::Incomplete { url: redacted(&url.value), member: "Code" };
            return Err(Miss::failed(Problem::Container, failed(error)));
        }
        let end = self.date(self.rules.container.dates, &found.expiration, Provider::ContainerRole)?;
        let account = found.account_id.filter(|account| knows_account && !account.is_empty());
        Ok(found.keys.ending(&url.value, end, account))
    }

    /// The end of credentials, in a form that the SDK reads.
    fn date(&self, dates: Dates, text: &str, provider: Provider) -> Result<Option<Expiration>, Miss> {
        let end = Expiration::parse(text, self.context.client.world.now());
        match end {
            Some(end) if dates.accept(text) => Ok(Some(end)),
            _ if dates == Dates::Unchecked => Ok(None),
            _ => Err(Miss::failed(Problem::Date, Error::NoDate { provider, text: text.to_owned() })),
        }
    }

    /// The instance at the end of the chain.
    pub(super) fn instance(&self) -> Attempt {
        let has_container = || [RELATIVE, FULL].iter().any(|name| self.container_variable(name).is_some());
        if !self.rules.container.before_instance && has_container() {
            return Err(Miss::Absent(Reason::Ended(Provider::ContainerRole)));
        }
        self.instance_if(!client::is_disabled(&self.context.client))
    }

    /// The instance that `credential_source` names.
    pub(super) fn instance_as_source(&self) -> Attempt {
        let is_never_disabled = self.rules.instance.source_is_never_disabled;
        self.instance_if(is_never_disabled || !client::is_disabled(&self.context.client))
    }

    fn instance_if(&self, is_enabled: bool) -> Attempt {
        let client = &self.context.client;
        let rules = &self.rules.instance;
        if rules.reads_files {
            self.file_fault()?;
        }
        if !is_enabled {
            return Err(Miss::Absent(Reason::Disabled(DISABLED)));
        }
        let metadata = Metadata::new(client).map_err(|error| Miss::failed(Problem::Instance, error))?;
        if client.offline {
            let error = Error::Offline { provider: Provider::IamRole, what: metadata.shown() };
            return Err(Miss::failed(Problem::Instance, error));
        }
        if let Some(why) = self.context.memo.and_then(|memo| memo.silence(&metadata.base_url)) {
            return Err(Miss::Absent(Reason::NoInstance(why)));
        }
        let found = instance(self.context, &metadata).map_err(|error| match error.peeled() {
            Error::Service { source: service::Error::Absent(absence), .. }
                if rules.absent == Absent::NoKeys && absence.is_garbage() =>
            {
                Miss::failed(Problem::NotJson, error)
            }
            Error::Service { source: service::Error::Absent(absence), .. }
                if is_absent(rules.absent, absence) =>
            {
                Miss::Absent(Reason::NoInstance(absence.to_string()))
            }
            _ => Miss::failed(Problem::InstanceAnswer, error),
        })?;
        let issued = found.issued;
        if !rules.document.code.accepts(issued.code.as_deref()) {
            let absence = Absence::Incomplete { url: metadata.shown(), member: "Code", words: issued.code };
            return Err(answered(absence.into()));
        }
        let end = match found.extended {
            Some(extended) => Some(extended.into()),
            None => self.date(rules.dates, &issued.expiration, Provider::IamRole)?,
        };
        let account = issued.account_id.filter(|account| rules.knows_account && !account.is_empty());
        let credentials = issued.keys.ending(&metadata.base_url, end, account);
        let identity = format!("instance metadata at {}", metadata.shown());
        let place = json!({"InstanceMetadata": metadata.base_url});
        Ok(Got::issued(Provider::IamRole, credentials, identity, place))
    }
}

/// Refuses an address that the SDK doesn't send credentials to.
fn check_address(url: &Located<String>) -> Result<(), Miss> {
    container::check(&url.value).map_err(|error| {
        let is_host = matches!(error, service::Error::Host { .. });
        let problem = if is_host { Problem::ContainerHost } else { Problem::ContainerAddress };
        Miss::failed(problem, client::Error::Setting { error, origin: url.origin.clone() })
    })
}

/// Refuses a token that can't be sent.
fn check_token(token: Option<&Located<Secret>>) -> Result<(), Miss> {
    match token.filter(|token| token.value.expose().contains(['\r', '\n'])) {
        Some(token) => {
            let (error, origin) = (service::Error::ContainerToken, token.origin.clone());
            Err(Miss::failed(Problem::ContainerToken, client::Error::Setting { error, origin }))
        }
        None => Ok(()),
    }
}

/// The error of an answer of the instance that can't be used.
fn answered(source: service::Error) -> Miss {
    let context = "no credentials from the instance metadata".to_owned();
    let error = Error::Service { provider: Provider::IamRole, context, advice: None, source };
    Miss::failed(Problem::InstanceAnswer, error)
}

fn is_absent(rule: Absent, absence: &Absence) -> bool {
    match rule {
        Absent::NoKeys => true,
        Absent::NoName => absence.is_before_name(),
        Absent::Unavailable => absence.is_unavailable(),
    }
}

impl CodeRule {
    fn accepts(self, code: Option<&str>) -> bool {
        match self {
            CodeRule::Ignored => true,
            CodeRule::SuccessIfGiven => code.is_none_or(|code| code == "Success"),
            CodeRule::Success => code.is_some_and(|code| code.eq_ignore_ascii_case("Success")),
        }
    }
}
