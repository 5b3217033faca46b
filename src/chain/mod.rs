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
mod container;
mod context;
mod error;
mod imds;
mod keys;
mod legacy;
mod login;
mod marks;
mod plan;
mod process;
mod program;
mod renew;
mod role;
mod run;
mod sso;
mod token;
mod trace;
mod web_identity;

pub use crate::sdk::Provider;
pub use cache::Cache;
pub use circle::Circle;
pub use context::{Context, Explicit, Interaction};
pub use error::Error;
pub use program::{Fault, Program};
pub use trace::{Flow, Resolution, Source, Step, Verdict, flow};

use std::io;
use std::path::Path;

use zeroize::Zeroizing;

use crate::origin::Origin;
use crate::store;

/// Finds the credentials that a profile gives, and tells what became of each provider.
pub fn resolve(context: &Context<'_>) -> Resolution {
    match plan::plan(context) {
        Ok(plan) => run::run(context, plan),
        Err(error) => Resolution { outcome: Err(error), chain: Vec::new() },
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
