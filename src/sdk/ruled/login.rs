//! Console sign-ins.

use jiff::SignedDuration;

use super::Dates;

/// How a cached console sign-in is read and renewed. None of these SDKs replaces `~` or variables in
/// `AWS_LOGIN_CACHE_DIRECTORY`.
///
/// Source: `aws-config/src/login.rs` (Rust), `@aws-sdk/credential-provider-login` (JavaScript), both also run;
/// `credentials/logincreds` (Go), `services/signin` (Java) and `login_credentials.rb` (Ruby), only read.
pub struct LoginRules {
    /// The forms of `expiresAt`.
    pub dates: Dates,
    /// Whether `accountId`, `clientId`, `refreshToken` and `dpopKey` may be empty.
    pub empty_members: bool,
    /// Credentials with no more time than this are renewed.
    pub renewed_within: SignedDuration,
    /// When credentials that couldn't be renewed are used while they last.
    pub old: OldCredentials,
    /// Whether a sign-in without a region can't be renewed, even at an endpoint of the user's own.
    pub needs_region: bool,
    /// Whether `signInRegion` in the cache is the region.
    pub knows_region: bool,
    /// The region if that of the cache is missing or not used.
    pub region: LoginRegion,
}

impl LoginRules {
    /// What most SDKs do.
    pub const USUAL: LoginRules = LoginRules {
        dates: Dates::Any,
        empty_members: true,
        renewed_within: SignedDuration::from_mins(5),
        old: OldCredentials::Unused,
        needs_region: false,
        knows_region: false,
        region: LoginRegion::Client,
    };
}

/// When credentials that couldn't be renewed are used while they last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldCredentials {
    Used,
    /// Unless the service denied it.
    UsedUnlessDenied,
    Unused,
}

/// The region in which a sign-in is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRegion {
    /// That of the profile that was chosen.
    Client,
    /// That of the profile that the variable names, else of `default`, even if code names another one.
    OfVariable,
    /// That of the profile with `login_session`, else as for [`LoginRegion::OfVariable`].
    OfProfile,
}
