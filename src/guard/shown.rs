//! The guards of a profile, for people and programs.

use serde_json::{Value as Json, json};

use super::Issue;
use super::account::Account;
use super::error::ALLOWED;
use crate::finding::Finding;
use crate::narrowing::Demand;
use crate::origin::{Origin, Place};

/// An account that credentials must belong to, and theirs as far as it is known without a request.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) required: Account,
    pub(crate) found: Option<String>,
}

#[derive(Debug, Default)]
pub struct Guards {
    pub(crate) account: Option<Expected>,
    /// Those of the profiles whose credentials assume the profile's role.
    pub(crate) sources: Vec<Expected>,
    /// Where it is set that the user is asked.
    pub(crate) confirm: Option<Place>,
    /// What narrows the credentials, the profile's own guards first.
    pub(crate) demands: Vec<Demand>,
    /// The profiles that may be used, if the variable is set.
    pub(crate) allowed: Option<Vec<String>>,
    /// Whether the credentials have still to be asked for, with those of the sources.
    pub(crate) is_pending: bool,
}

impl Expected {
    fn is_proved(&self) -> Option<bool> {
        self.found.as_ref().map(|found| self.required.id.as_str() == found)
    }

    fn refusal(&self) -> Option<Finding> {
        let found = self.found.clone().filter(|_| self.is_proved() == Some(false))?;
        let (required, profile) = (self.required.id.to_string(), self.required.profile.clone()?);
        Some(Finding::at(self.required.origin.clone(), Issue::OtherAccount { profile, required, found }))
    }

    fn proof(&self) -> String {
        match (self.is_proved(), &self.found) {
            (Some(true), _) => "proved".to_owned(),
            (Some(false), Some(found)) => format!("but the credentials belong to {found}"),
            _ => "to be checked by asking STS".to_owned(),
        }
    }

    fn to_json(&self) -> Json {
        let Expected { required, .. } = self;
        json!({"value": required.id.as_str(), "origin": required.origin, "proved": self.is_proved()})
    }
}

impl Guards {
    pub fn is_empty(&self) -> bool {
        let Guards { account, sources, confirm, demands, allowed, is_pending: _ } = self;
        account.is_none()
            && sources.is_empty()
            && confirm.is_none()
            && demands.is_empty()
            && allowed.is_none()
    }

    /// What is known to be refused when the credentials are used.
    pub(crate) fn refusals(&self) -> Vec<Finding> {
        let sources = self.sources.iter().filter(|_| self.is_pending);
        self.account.iter().chain(sources).filter_map(Expected::refusal).collect()
    }

    /// One line for each guard that only checks, and where it is.
    pub fn lines(&self) -> Vec<(String, Origin)> {
        let account = self.account.iter().map(|expected| {
            let text = format!("account {}, {}", expected.required.id, expected.proof());
            (text, expected.required.origin.clone())
        });
        let sources = self.sources.iter().map(|expected| {
            let Account { id, profile, origin } = &expected.required;
            let profile = profile.as_deref().unwrap_or_default();
            (format!("account {id} of the source {profile}, {}", expected.proof()), origin.clone())
        });
        let confirm =
            self.confirm.iter().map(|place| ("asks before use".to_owned(), Origin::File(place.clone())));
        let allowed = self.allowed.iter().map(|names| {
            let names = if names.is_empty() { "no profile".to_owned() } else { names.join(", ") };
            (format!("allows only {names}"), Origin::environment(ALLOWED))
        });
        account.chain(sources).chain(confirm).chain(allowed).collect()
    }

    /// One line for each guard that narrows.
    pub fn narrowing(&self) -> Vec<(String, Origin)> {
        let line = |demand: &Demand| {
            (format!("narrowed to {}", demand.policies().join(" and ")), demand.origin().clone())
        };
        self.demands.iter().map(line).collect()
    }

    pub fn to_json(&self) -> Json {
        let confirm = self.confirm.clone().map(|place| json!({"value": true, "origin": Origin::File(place)}));
        let sources = self.sources.iter().map(|expected| {
            let mut source = expected.to_json();
            source["profile"] = json!(expected.required.profile);
            source
        });
        let read_only = self.demands.iter().find(|demand| matches!(demand, Demand::ReadOnly(_)));
        let policies = self.demands.iter().find(|demand| matches!(demand, Demand::Policies(_)));
        json!({
            "account": self.account.as_ref().map(Expected::to_json),
            "sources": sources.collect::<Vec<_>>(),
            "confirm": confirm,
            "read_only": read_only.map(|demand| json!({"value": true, "origin": demand.origin()})),
            "policy_arns": policies.map(|demand| json!({"value": demand.policies(), "origin": demand.origin()})),
            "allowed": self.allowed.as_ref().map(|names| {
                json!({"value": names, "origin": Origin::environment(ALLOWED)})
            }),
        })
    }
}
