//! Sign-ins to IAM Identity Center and to the console: how a user signs in and out, where they are cached, and how they
//! are refreshed.

pub mod browser;
mod cached;
mod configured;
mod console_cache;
mod console_folder;
mod console_members;
mod console_sign_in;
mod error;
mod facts;
pub mod flow;
mod forget;
mod identity_center;
mod json;
mod kind;
mod notice;
mod orphans;
mod pkce;
mod registration;
mod renewal;
mod sign_in;
mod sign_out;
pub mod start_url;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;
mod token;
mod token_ends;
mod users;
pub mod wait;

pub use configured::{Configured, IdentityCenter};
pub use console_cache::account_of;
pub use console_folder::{FOLDER, is_relative};
pub use console_sign_in::{NewConsole, NewCredentials};
pub use error::{Error, Fault};
pub use facts::{Facts, Kept};
pub use forget::{Scope, forget_roles};
pub use identity_center::NewToken;
pub use kind::{Console, SignIn};
pub use notice::Notice;
pub use orphans::{orphans, signed_in};
pub use sign_in::{Invitation, User};
pub use sign_out::{Outcome, SignedOut, sign_out_all};
pub use token::{SsoToken, Token};
pub use users::Users;
