//! A role in an account of IAM Identity Center, as an error names it.

use crate::login::SignIn;
use crate::origin::Located;

/// A role in an account, and the sign-in that should have it.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub role: Located<String>,
    pub account: Located<String>,
    pub sign_in: SignIn,
}
