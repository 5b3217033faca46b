//! What keeps credentials from being used by mistake: the profiles that may be used here, the account that a profile's
//! credentials must belong to, and the agent that runs xcred.
//!
//! A guard fails closed: what can't be checked is refused. It is a seat belt, not a sandbox. Whoever can read the files and
//! change the environment can do without it.

mod account;
mod agent;
mod allowed;
mod error;
mod issue;
mod known;
mod names;
mod required;
mod shown;

pub use account::proved;
pub use agent::Agent;
pub use allowed::Allowed;
pub(crate) use error::{ALLOWED, Error};
pub(crate) use issue::Issue;
pub(crate) use issue::{findings, unknown};
pub use known::KnownAccounts;
pub(crate) use names::{Meant, Names, check_names};
pub(crate) use required::Required;
pub(crate) use shown::Expected;
pub use shown::Guards;
