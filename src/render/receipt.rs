//! The identity that a program gets, on one line.

use jiff::Timestamp;

use super::time::until;
use crate::chain::Provider;
use crate::credentials::Expiration;
use crate::guard::Agent;
use crate::narrowing::Narrowed;
use crate::origin::Origin;
use crate::secret::redacted;
use crate::settings::shown_in_text;

/// Whose credentials a program gets. It has no secrets.
#[derive(Debug)]
pub struct Receipt {
    pub provider: Provider,
    /// None for credentials without a profile.
    pub profile: Option<String>,
    /// The account, where it is known and not only claimed.
    pub account: Option<String>,
    pub role: Option<String>,
    pub region: Option<String>,
    pub expiration: Option<Expiration>,
    pub agent: Option<Agent>,
    pub narrowed: Option<Narrowed>,
}

impl Receipt {
    /// The line, without its end.
    pub fn line(&self, now: Timestamp) -> String {
        let profile = match (&self.profile, self.provider) {
            (Some(name), _) => format!("profile {}", shown_in_text(name)),
            (None, Provider::Explicit) => "keys given by options".to_owned(),
            (None, _) => "keys in the environment".to_owned(),
        };
        let named = |what: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("{what} {}", shown_in_text(value)))
        };
        let facts = [
            Some(profile),
            named("account", &self.account),
            named("role", &self.role),
            Some(named("region", &self.region).unwrap_or_else(|| "no region".to_owned())),
            self.expiration.as_ref().map(|at| format!("until {}", until(at, now))),
            self.narrowed.as_ref().and_then(limits),
            self.agent.as_ref().map(|agent| format!("for an agent: {agent}")),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        format!("xcred: {}", redacted(&facts.join(", ")))
    }
}

/// The policies of a session, each with what asks for it.
fn limits(narrowed: &Narrowed) -> Option<String> {
    let limit = |name: &str, origin: &Origin| format!("{name} ({origin})");
    let policies = narrowed.policy_arns.iter().map(|found| {
        let arn = &found.value;
        // The name is enough for a policy of AWS.
        limit(arn.split_once(":iam::aws:policy/").map_or(arn, |(_, name)| name), &found.origin)
    });
    let inline = narrowed.asked.policy.as_ref().map(|found| limit("a policy", &found.origin));
    let all: Vec<String> = policies.chain(inline).collect();
    (!all.is_empty()).then(|| format!("narrowed to {}", all.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_on_one_line() {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let some = |text: &str| Some(text.to_owned());
        let whole = Receipt {
            provider: Provider::AssumeRole,
            profile: some("ops"),
            account: some("123456789012"),
            role: some("Deploy"),
            region: some("eu-west-1"),
            expiration: Expiration::parse("2026-11-28T13:00:00Z", now),
            agent: Some(Agent { variable: "AI_AGENT".to_owned(), name: some("goose") }),
            narrowed: None,
        };
        assert_eq!(
            whole.line(now),
            "xcred: profile ops, account 123456789012, role Deploy, region eu-west-1, until 2026-11-28T13:00:00Z \
             (in 60 min), for an agent: goose (AI_AGENT)"
        );
        let least = Receipt {
            provider: Provider::Explicit,
            profile: None,
            account: None,
            role: None,
            region: None,
            expiration: None,
            agent: Some(Agent { variable: "CLAUDECODE".to_owned(), name: None }),
            narrowed: None,
        };
        assert_eq!(least.line(now), "xcred: keys given by options, no region, for an agent: CLAUDECODE");
        let of_environment = Receipt { provider: Provider::Env, agent: None, ..least };
        assert_eq!(of_environment.line(now), "xcred: keys in the environment, no region");
    }
}
