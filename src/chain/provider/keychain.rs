//! Keys in a keychain. A throw-away provider that shows what a provider costs: it never has any.

use crate::chain::ask::{Planned, Provide, Scope};
use crate::chain::error::Error;
use crate::chain::reason::Reason;

pub(super) struct Keychain;

impl Provide for Keychain {
    fn plan(&self, _: &Scope<'_>) -> Result<Planned, Error> {
        Ok(Planned::absent(Reason::NotSet(&["XCRED_KEYCHAIN"])))
    }
}
