//! Who answers, and why: the chain of providers, as botocore asks them.
//!
//! First a *plan* is made: what each provider would do with these files and variables. It is pure and covers all
//! of them, so that also those that are not reached can say what they would have looked at. Then the plan is
//! *run*: files, programs and services are asked, until [`flow`] says stop. What became of each provider is the
//! *trace*.
//!
//! As in botocore there are two stages. *Loading* chooses the provider; roles, web identities and sessions win
//! there without having asked anybody. *Retrieving* makes them ask; if that fails, no other provider is tried.

mod ask;
mod cache;
mod circle;
mod context;
mod error;
mod interaction;
mod plan;
mod program;
mod provider;
mod reason;
mod renew;
mod run;
mod sources;
mod text;
mod trace;

pub use crate::sdk::Provider;
pub use cache::Cache;
pub use circle::Circle;
pub use context::{Context, Explicit};
pub use error::{Error, Mfa};
pub use interaction::Interaction;
pub use plan::leads;
pub use program::Program;
pub use sources::{Endless, Next, Sources};
pub use trace::{Resolution, Source, Step, Verdict};

#[cfg(test)]
mod tests;

/// Finds the credentials that a profile gives, and tells what became of each provider.
pub fn resolve(context: &Context<'_>) -> Resolution {
    match plan::plan(context) {
        Ok(plan) => run::run(context, plan),
        Err(error) => Resolution { outcome: Err(error), chain: Vec::new() },
    }
}
