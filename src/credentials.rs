//! What every provider ends in, and what every request is signed with.

use jiff::Timestamp;

use crate::origin::Located;
use crate::secret::Secret;

/// An identity's keys, each with the place where it was found.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key ID. boto3 accepts keys given in part to a session, so it may be missing.
    pub access_key_id: Option<Located<String>>,
    /// The secret access key; missing only as above.
    pub secret_access_key: Option<Located<Secret>>,
    /// The session token, which temporary credentials have.
    pub session_token: Option<Located<Secret>>,
    /// The account that the identity belongs to, where the provider tells.
    pub account_id: Option<Located<String>>,
    /// When the credentials end, where the provider tells.
    pub expiration: Option<Located<Timestamp>>,
}
