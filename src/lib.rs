//! The library behind the `xcred` program: AWS profiles and credentials, written safely and explained.

pub mod ini;
pub mod origin;
pub mod secret;
pub mod store;
