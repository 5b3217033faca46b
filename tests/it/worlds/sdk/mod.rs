//! The same worlds for other SDKs: what each of them makes of a world, `xcred resolve --sdk NAME` has to make of it, too.

mod examples;
mod facts;
mod oracle;
mod random;
mod recorded;

pub(crate) use oracle::Sdk;
