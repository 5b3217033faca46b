//! A role of IAM Identity Center.

use crate::login::SignIn;
use crate::origin::Located;

/// A role in an account, and the sign-in that should have it.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub role: Located<String>,
    pub account: Located<String>,
    pub sign_in: SignIn,
}
