//! The chain of credential providers, in botocore's order, and why each of them was used or not.
//!
//! First a *plan* is made: what each provider would do with these files and variables. It is pure, and includes
//! providers that are not reached, so that they too can show what they would have looked at. Then the plan is *run*:
//! files are read, programs run and services called, until [`trace::flow`] stops the chain. How each provider ended is
//! the *trace*.
//!
//! As in botocore there are two stages. *Loading* chooses the provider; roles, web identities and SSO sessions win
//! there without a request. *Retrieving* sends their requests; if one fails, no other provider is tried.

mod ask;
mod attendance;
mod cache;
mod circle;
mod command_line;
mod context;
mod device;
mod error;
mod fingerprint;
mod identity;
mod interaction;
mod memo;
mod mfa;
mod narrow;
mod noted;
mod parameters;
mod plan;
mod portal;
mod printed;
mod processes;
mod program;
mod provider;
mod question;
mod reason;
mod refresh;
mod ruled;
mod run;
mod sign_in;
mod small_file;
mod sources;
mod surroundings;
mod text;
mod trace;
mod unstartable;

use crate::profile::outside::EC2_FILE;
pub use crate::sdk::Provider;
use crate::world::World;
pub use attendance::Attendance;
pub use cache::Cache;
pub use circle::Circle;
pub use context::Context;
pub use device::{CodeFrom, Device};
pub use error::{EXPIRATION_VARIABLE, Error, Expiration, Guarded, Mfa};
pub use fingerprint::{Change, Fingerprint};
pub use identity::Identity;
pub use interaction::Interaction;
pub use memo::Memo;
pub use noted::{Noted, OTHER_EXPIRATION_VARIABLE, noted, noted_in_environment};
pub use plan::leads;
pub use processes::process_circle;
pub use program::Program;
pub use provider::{container_fault, ec2_file_fault, token_file_fault, web_identity_fault};
pub use reason::{REASONS, Reason};
pub use ruled::lead;
pub use run::meant_for;
pub use sources::{Endless, Next, Sources};
pub use trace::{Resolution, Source, Step, Verdict};
pub use unstartable::Unstartable;

#[cfg(test)]
mod tests;

/// What is wrong with the expiration of the keys in the environment.
pub fn environment_fault(world: &World) -> Option<Expiration> {
    provider::environment_expiration(world).err()
}

/// The variables that name a web identity token file, the role that it is for, and the name of its session.
pub const WEB_IDENTITY: &str = provider::TOKEN_FILE;
pub const WEB_IDENTITY_ROLE: &str = provider::ROLE;
pub const WEB_IDENTITY_SESSION: &str = provider::SESSION;

/// The variables for the providers that are asked where a profile has no credentials.
pub const LAST_VARIABLES: [&str; 3] = [EC2_FILE, provider::RELATIVE, provider::FULL];

/// Finds a profile's credentials, with how each provider ended.
pub fn resolve(context: &Context<'_>) -> Resolution {
    if let (Some(rules), Some(view)) = (context.client.sdk.ruled, context.client.view) {
        return ruled::resolve(context, rules, view);
    }
    match plan::plan(context) {
        Ok(plan) => run::run(context, plan),
        Err(error) => Resolution::failed(error, Vec::new()),
    }
}
