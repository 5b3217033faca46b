//! The registration of this program as a client of IAM Identity Center, which lasts three months. It is cached where AWS
//! CLI keeps its own, under its name, so that both use the same one.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::cached::{Cached, Members, date, filled, text};
use super::error::Error;
use super::token::{SsoToken, folder};
use crate::credentials::Expiration;
use crate::secret::Secret;
use crate::service::oidc::{Client, Flow};
use crate::text::hex;
use crate::world::World;

/// A registration with less time left is made anew (botocore's `SSOTokenFetcher`).
const LEAST: SignedDuration = SignedDuration::from_mins(15);

/// Where the registration for a sign-in is cached.
pub(super) struct Registration<'r> {
    cached: Cached,
    scopes: &'r [String],
}

impl<'r> Registration<'r> {
    /// `scopes` are those that are configured.
    pub(super) fn of(
        token: &'r SsoToken<'r>,
        scopes: &'r [String],
        world: &World,
    ) -> Result<Registration<'r>, Error> {
        let name = name(token.session(), token.start_url, &token.region.value, scopes);
        let path = folder(token.sign_in, world)?.join(format!("{name}.json"));
        Ok(Registration { cached: Cached { sign_in: token.sign_in.clone(), path }, scopes })
    }

    /// The cached registration, if it is one for this flow and lasts long enough. A file that can't be used counts as
    /// missing.
    pub(super) fn look(&self, flow: Flow, now: Timestamp) -> Option<Client> {
        let members = self.cached.read().ok()?;
        let ends = Expiration::parse(text(&members, "expiresAt")?, now)?;
        let with_code = || {
            let types = members.get("grantTypes").and_then(Value::as_array);
            types.is_some_and(|types| types.iter().any(|grant| grant == "authorization_code"))
        };
        if ends.left(now) < LEAST || with_code() != (flow == Flow::Browser) {
            return None;
        }
        Some(Client {
            id: filled(&members, "clientId")?.to_owned(),
            secret: Secret::held(filled(&members, "clientSecret")?),
            expires_at: ends.since_1970().as_secs(),
        })
    }

    pub(super) fn keep(&self, client: &Client, flow: Flow) -> Result<(), Error> {
        let mut members = Members::new();
        members.insert("clientId".to_owned(), json!(client.id));
        members.insert("clientSecret".to_owned(), json!(client.secret.expose()));
        members.insert("expiresAt".to_owned(), json!(expiry(client)));
        if !self.scopes.is_empty() {
            members.insert("scopes".to_owned(), json!(self.scopes));
        }
        if flow == Flow::Browser {
            members.insert("grantTypes".to_owned(), json!(["authorization_code", "refresh_token"]));
        }
        Ok(self.cached.write(&members)?)
    }
}

/// When a registration ends, as it is cached.
pub(super) fn expiry(client: &Client) -> String {
    date(Timestamp::from_second(client.expires_at).unwrap_or(Timestamp::MAX))
}

/// AWS CLI's name for the file: a digest of what distinguishes registrations, as Python's `json.dumps` writes it.
fn name(session: Option<&str>, start_url: &str, region: &str, scopes: &[String]) -> String {
    let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
    let scopes = (!scopes.is_empty()).then(|| {
        let quoted: Vec<String> = scopes.iter().map(|scope| quoted(scope)).collect();
        format!("[{}]", quoted.join(", "))
    });
    let document = format!(
        r#"{{"region": {}, "scopes": {}, "session_name": {}, "startUrl": {}, "tool": "botocore"}}"#,
        quoted(region),
        or_null(scopes),
        or_null(session.map(quoted)),
        quoted(start_url),
    );
    hex(&Sha1::digest(document))
}

/// A string as Python's `json.dumps` writes it: without characters beyond ASCII.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in Value::from(text).to_string().chars() {
        if c < '\u{7f}' {
            quoted.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                quoted.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_name_that_aws_cli_gives_it() {
        let url = "https://corp.awsapps.com/start";
        let scopes = ["sso:account:access".to_owned()];
        assert_eq!(name(Some("corp"), url, "us-east-1", &scopes), "1b56c55d6e723362537167a7f43960b8185b5a80");
        assert_eq!(name(None, url, "us-east-1", &[]), "ffb6eff0a547e7a6123046d5853a4c054139b507");
        assert_eq!(quoted("a\"\u{e9}\u{1f600}\u{7f}\n"), r#""a\"\u00e9\ud83d\ude00\u007f\n""#);
    }
}
