//! What an SDK answers, and what of it has to be the same for two SDKs to agree.

use crate::chain::{self, Provider, Reason, Resolution, Step, Verdict};
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::origin::Origin;
use crate::render::Document;
use crate::sdk::Sdk;
use crate::secret::shown_key_id;
use crate::service::Service;
use crate::settings;

pub(super) struct Answer {
    pub(super) sdk: Sdk,
    pub(super) document: Document,
    pub(super) essence: Essence,
    pub(super) region: Option<String>,
    pub(super) credentials: Option<(Provider, Credentials)>,
    pub(super) pending: Option<(Provider, String)>,
    pub(super) failure: Option<Failure>,
}

/// Whose credentials, and for which region.
#[derive(Clone, Debug)]
pub(super) struct Essence {
    identity: Identity,
    region: Option<String>,
    /// Where the services that are asked for them are, as far as settings say so.
    addresses: Vec<Option<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Identity {
    /// Keys, by the access key ID and the digest of all.
    Keys {
        id: String,
        digest: String,
    },
    /// Credentials that differ each time they are asked for, by whose they are.
    Issued(String),
    /// With `--offline`: who would be asked for what.
    Asked(String),
    Nothing,
}

impl Essence {
    pub(super) fn nothing() -> Essence {
        Essence { identity: Identity::Nothing, region: None, addresses: Vec::new() }
    }

    pub(super) fn of(resolution: &Resolution, region: Option<&str>) -> Essence {
        let identity = match &resolution.outcome {
            Ok((_, credentials)) => identity(credentials, &resolution.chain),
            Err(chain::Error::Offline { what, .. }) => Identity::Asked(asked(what, &resolution.chain)),
            Err(_) => Identity::Nothing,
        };
        Essence { identity, region: region.map(str::to_owned), addresses: Vec::new() }
    }

    pub(super) fn at(self, addresses: Vec<Option<String>>) -> Essence {
        Essence { addresses, ..self }
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.identity != Identity::Nothing
    }

    /// Whether two answers are alike in one respect.
    pub(super) fn agrees(&self, other: &Essence, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Credentials => self.identity == other.identity,
            Aspect::Region => self.region == other.region,
            Aspect::Addresses => self.addresses == other.addresses,
        }
    }
}

/// What SDKs can agree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    Credentials,
    Region,
    /// Those whose services are elsewhere may get other answers to the same requests.
    Addresses,
}

fn identity(credentials: &Credentials, chain: &[Step]) -> Identity {
    let id = credentials.access_key_id.as_ref();
    match id.map(|id| &id.origin) {
        Some(Origin::Service { .. } | Origin::Cache { .. }) => {
            let winner = chain.iter().find(|step| step.verdict == Verdict::Found);
            Identity::Issued(winner.map(|step| step.reason.to_string()).unwrap_or_default())
        }
        _ => Identity::Keys { id: credentials.id().to_owned(), digest: credentials.digest() },
    }
}

/// Whether the credentials come from a cache.
pub(super) fn is_kept(resolution: &Resolution) -> bool {
    let id = resolution.outcome.as_ref().ok().and_then(|(_, found)| found.access_key_id.as_ref());
    id.is_some_and(|id| matches!(id.origin, Origin::Cache { .. }))
}

/// The services that are asked for the credentials, and for those of the sources of a role.
pub(super) fn services(chain: &[Step]) -> Vec<Service> {
    let mut services = Vec::new();
    let mut chain = Some(chain);
    while let Some(steps) = chain {
        let winner = steps.iter().find(|step| {
            matches!(step.verdict, Verdict::Found | Verdict::WouldAsk | Verdict::Failed | Verdict::Incomplete)
        });
        services.extend(winner.and_then(|step| match step.provider {
            Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity => Some(Service::Sts),
            Provider::Sso => Some(Service::Sso),
            Provider::Login => Some(Service::Signin),
            _ => None,
        }));
        chain = winner.and_then(|step| step.via.as_ref()).map(|via| &*via.chain);
    }
    services
}

/// Who would be asked for what, and with whose credentials.
fn asked(what: &str, chain: &[Step]) -> String {
    let mut asked = what.to_owned();
    let mut winner = chain.iter().find(|step| step.verdict == Verdict::WouldAsk);
    while let Some(via) = winner.and_then(|step| step.via.as_ref()) {
        asked.push_str(&format!(", {} by ", via.role));
        winner = via.chain.iter().find(|step| matches!(step.verdict, Verdict::Found | Verdict::WouldAsk));
        // What is said of a role differs by whether it is the next to be assumed.
        match winner.filter(|step| step.via.is_none()).map(|step| &step.reason) {
            Some(Reason::Keys(id)) => asked.extend(id.iter().map(|id| id.value.as_str())),
            Some(reason) => asked.push_str(&reason.to_string()),
            None => {}
        }
    }
    asked
}

impl Answer {
    pub(super) fn access_key_id(&self) -> Option<&str> {
        let (_, credentials) = self.credentials.as_ref()?;
        Some(&credentials.access_key_id.as_ref()?.value)
    }

    pub(super) fn provider(&self) -> Option<String> {
        self.credentials.as_ref().map(|(provider, _)| provider.to_string())
    }

    /// What it is in one respect, in words.
    pub(super) fn in_words(&self, aspect: Aspect, reveal: bool) -> String {
        match (aspect, self.shown_region(reveal)) {
            (Aspect::Credentials | Aspect::Addresses, _) => self.credentials_in_words(reveal),
            (Aspect::Region, Some(region)) => format!("region {region}"),
            (Aspect::Region, None) => "no region".to_owned(),
        }
    }

    /// The region as it may be shown.
    pub(super) fn shown_region(&self, reveal: bool) -> Option<String> {
        let region = self.region.clone()?;
        Some(if reveal { region } else { settings::shown(region.into()).into_owned() })
    }

    /// The access key ID as it may be shown.
    pub(super) fn shown_id(&self, reveal: bool) -> Option<String> {
        let id = self.access_key_id()?;
        Some(if reveal { id.to_owned() } else { shown_key_id(id).to_owned() })
    }

    fn credentials_in_words(&self, reveal: bool) -> String {
        if let Some((provider, what)) = &self.pending {
            return format!("{provider} would ask {what}");
        }
        if let Some((provider, credentials)) = &self.credentials {
            let origin = credentials.access_key_id.as_ref().map(|id| id.origin.to_string());
            let id = self.shown_id(reveal).unwrap_or_default();
            return format!("{provider}, {id} from {}", origin.unwrap_or_default());
        }
        self.error()
    }

    /// Why there are no credentials, with the causes.
    pub(super) fn error(&self) -> String {
        let causes = self.failure.iter().flat_map(Failure::chain);
        causes.collect::<Vec<_>>().join(": ")
    }
}
