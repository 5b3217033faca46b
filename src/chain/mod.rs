//! Who answers, and why: the chain of providers, as botocore asks them.
//!
//! First a *plan* is made: what each provider would do with these files and variables. It is pure and covers all
//! of them, so that also those that are not reached can say what they would have looked at. Then the plan is
//! *run*: files, programs and services are asked, until [`flow`] says stop. What became of each provider is the
//! *trace*.
//!
//! As in botocore there are two stages. *Loading* chooses the provider; roles, web identities and sessions win
//! there without having asked anybody. *Retrieving* makes them ask; if that fails, no other provider is tried.

mod cache;
mod circle;
mod client;
mod container;
mod error;
mod imds;
mod keys;
mod legacy;
mod login;
mod marks;
mod plan;
mod process;
mod program;
mod provider;
mod region;
mod renew;
mod role;
mod run;
mod sso;
mod token;
mod trace;
mod web_identity;

pub use cache::Cache;
pub use circle::Circle;
pub use error::Error;
pub use program::{Fault, Program};
pub use provider::Provider;
pub use region::{InstanceRegion, region};
pub use trace::{Flow, Resolution, Source, Step, Verdict, flow};

use std::io;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::address::redacted;
use crate::credentials::Credentials;
use crate::net::Net;
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, Files};
use crate::secret::Secret;
use crate::service::{self, Caller, Service};
use crate::settings::{Options, Sdk, Selection};
use crate::store;
use crate::world::World;

/// What a resolution depends on.
pub struct Context<'c> {
    /// Environment, home and clock.
    pub world: &'c World,
    /// The two files.
    pub files: &'c Files,
    /// The profile.
    pub profile: &'c Selection,
    /// Values given by options.
    pub options: &'c Options,
    /// Keys given by options: then the chain is not asked.
    pub explicit: Option<&'c Explicit>,
    /// Whose order to follow.
    pub sdk: Sdk,
    /// Whether to run nothing and call nobody.
    pub offline: bool,
    /// Where role credentials are kept; none with `--no-cache`.
    pub cache: Option<Cache>,
    /// The way to services.
    pub net: &'c Net,
    /// The region of the instance, once it has been asked for.
    pub instance_region: &'c InstanceRegion,
    /// The profiles whose programs led here.
    pub circle: &'c Circle,
    /// How long a program may take.
    pub process_limit: Duration,
    /// Who can be asked for codes, and told what is waited for.
    pub operator: &'c dyn Operator,
}

/// The person at the terminal, if there is one.
pub trait Operator {
    /// The current code of an MFA device.
    fn mfa_code(&self, serial: &str) -> Result<Secret, Error>;

    /// Tells what is waited for, if it takes so long that one wonders; until the guard is dropped.
    fn waiting(&self, what: &str) -> Box<dyn Waiting>;

    /// Says that something is wrong that keeps nothing from being done.
    fn warn(&self, what: &str);

    /// Sees to it that an empty file goes if Ctrl-C ends the program before the guard is dropped.
    fn leftover(&self, path: &Path) -> Box<dyn Waiting>;
}

/// A wait that is being told of, until it is dropped.
pub trait Waiting {}

/// Keys given by options.
#[derive(Clone, Debug)]
pub struct Explicit {
    /// The access key ID.
    pub access_key_id: Option<Located<String>>,
    /// The secret access key.
    pub secret_access_key: Option<Located<Secret>>,
    /// The session token.
    pub session_token: Option<Located<Secret>>,
    /// The account of the keys.
    pub account_id: Option<Located<String>>,
}

/// Finds the credentials that a profile gives, and tells what became of each provider.
pub fn resolve(context: &Context<'_>) -> Resolution {
    match plan::plan(context) {
        Ok(plan) => run::run(context, plan),
        Err(error) => Resolution { outcome: Err(error), chain: Vec::new() },
    }
}

/// What is to be said of keys that have expired. botocore uses them all the same; a service will refuse them.
pub fn expired(credentials: &Credentials, now: Timestamp) -> Option<String> {
    let Located { value, origin } = credentials.expiration.as_ref()?;
    let is_past = value.has_passed(now);
    is_past.then(|| format!("these keys expired on {} ({origin}): sign in again", value.day()))
}

/// Asks STS something with the profile's own endpoint and retries.
pub fn call_sts<T>(
    context: &Context<'_>,
    call: impl FnOnce(&Caller<'_>) -> Result<T, service::Error>,
) -> Result<T, Error> {
    self::call(context, Service::Sts, call)
}

/// Asks a service something with the profile's own endpoint and retries.
pub fn call<T>(
    context: &Context<'_>,
    service: Service,
    call: impl FnOnce(&Caller<'_>) -> Result<T, service::Error>,
) -> Result<T, Error> {
    let client = client::of(context, service, region(context))?;
    let _told = context.operator.waiting(&redacted(&client.endpoint.url));
    call(&client.caller()).map_err(Error::Call)
}

impl Context<'_> {
    /// The text of a key in the merged view of a profile. A nested block in its place is an error.
    fn text(&self, profile: &str, key: &str) -> Result<Option<Located<String>>, Error> {
        self.files.profile(profile).value(key).map(|found| plain(key, found)).transpose()
    }

    /// The text of a key in one of the files.
    fn own(&self, kind: FileKind, profile: &str, key: &str) -> Result<Option<Located<String>>, Error> {
        self.files.profile(profile).value_in(kind, key).map(|found| plain(key, found)).transpose()
    }

    /// Whether the merged view of a profile has a key.
    fn has(&self, profile: &str, key: &str) -> bool {
        self.files.profile(profile).has(key)
    }
}

/// What a small file of text holds that a setting or a cache leads to. It is a regular file, or it is not waited for.
fn small_text(path: &Path, what: &'static str, origin: &Origin) -> Result<Zeroizing<String>, Error> {
    let text = store::read_small(path, store::SMALL).and_then(|bytes| {
        let text = std::str::from_utf8(&bytes).map(str::to_owned).map(Zeroizing::new);
        text.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
    });
    text.map_err(|source| Error::Io { what, path: path.to_owned(), source, origin: Some(origin.clone()) })
}

/// A digest as it stands in names of files.
fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn plain(key: &str, found: Located<crate::ini::Value>) -> Result<Located<String>, Error> {
    match found.value.as_text() {
        Some(text) => Ok(Located::new(text.expose().to_owned(), found.origin)),
        None => Err(Error::invalid(
            format!("`{key}` is a nested block where a plain value is needed"),
            Some(found.origin),
        )),
    }
}
