//! What the user may use.

/// Where a user signs in: what profiles have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    /// The `sso-session`; older profiles have none.
    pub session: Option<String>,
    pub start_url: String,
    pub region: String,
}

impl Portal {
    /// The name of the session, or else the start URL.
    pub fn name(&self) -> &str {
        self.session.as_deref().unwrap_or(&self.start_url)
    }
}

/// An account in which the user has a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub roles: Roles,
}

/// The roles of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roles {
    Listed(Vec<String>),
    /// The service refused, or nobody asked: nothing is known of its roles.
    Unknown,
}
