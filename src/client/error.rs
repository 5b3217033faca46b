//! Errors of a profile's settings for clients, and of requests.

use crate::failure::{Code, Command, Explain, Hint};
use crate::origin::Origin;
use crate::profile::{FileKind, Heading, SectionName};
use crate::service;
use crate::settings::{self, Whole};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{origin}: `{key}` is a nested block where a plain value is needed")]
    Block { key: String, origin: Origin },
    #[error("{origin}: `{key}` is not a nested block")]
    NoBlock { key: String, origin: Origin },
    #[error("{}", empty_region(origin))]
    EmptyRegion { profile: String, origin: Origin },
    #[error("{origin}: `{value}` is not a valid value for {name}")]
    Word { name: &'static str, value: String, words: &'static [&'static str], origin: Origin },
    #[error("{origin}: {name} must be {allowed}")]
    Number { name: &'static str, allowed: Whole, origin: Origin },
    #[error("{origin}: the services section `{services}` is missing or empty")]
    NoServices { services: String, key: String, origin: Origin },
    #[error("{origin}: the sso-session `{session}` has no {key}")]
    IncompleteSession { session: String, key: &'static str, origin: Origin },
    #[error("{origin}: {sdk} doesn't accept {name} together with an endpoint URL")]
    Variant { name: &'static str, sdk: &'static str, origin: Origin },
    /// A setting with an invalid URL or region.
    #[error("{origin}: {error}")]
    Setting { error: service::Error, origin: Origin },
    /// No client can be made from the settings.
    #[error(transparent)]
    Client(service::Error),
    /// A request was refused or got no response.
    #[error(transparent)]
    Call(service::Error),
    /// A request was refused, and what would have let it be repeated could not be got.
    #[error("{0}")]
    NoCode(Box<dyn Explain>),
}

fn empty_region(origin: &Origin) -> String {
    match origin {
        Origin::File(_) => format!("{origin}: the region is set but empty"),
        _ => format!("{origin} is set but empty"),
    }
}

impl Error {
    /// Whether the request could be sent, and only isn't because nothing is.
    pub fn is_unsent(&self) -> bool {
        matches!(self, Error::Client(source) | Error::Call(source) if source.is_unsent())
    }
}

impl Explain for Error {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            Error::Client(source) | Error::Call(source) => Some(source),
            Error::NoCode(source) => Some(&**source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        self.inner().map_or(Code::InvalidConfig, Explain::code)
    }

    fn help(&self) -> Option<Hint> {
        let own = match self {
            Error::EmptyRegion { origin: Origin::Option { .. }, .. } => {
                "name a region, or leave the option out".into()
            }
            Error::EmptyRegion { origin: Origin::Environment { variable }, .. } => {
                format!("unset it, or name a region: `unset {variable}`").into()
            }
            Error::EmptyRegion { profile, origin } => no_region(profile, origin),
            Error::Word { words, .. } => format!("write one of {}", words.join(", ")).into(),
            Error::Number { .. } => "write digits only, such as 5".into(),
            Error::NoServices { services, key, .. } => Hint::from("set an endpoint URL there: ")
                .run(Command::set(format!("{key}.endpoint_url"), "URL").option("--services", services)),
            Error::IncompleteSession { session, key, .. } => {
                Hint::from("set it: ").run(Command::set(*key, "VALUE").option("--sso-session", session))
            }
            Error::Variant { name, .. } => format!("turn {name} off, or remove the endpoint URL").into(),
            Error::Block { origin, .. } | Error::NoBlock { origin, .. } => correct(origin),
            Error::Setting { error, origin } => error.help().unwrap_or_else(|| correct(origin)),
            Error::Client(_) | Error::Call(_) | Error::NoCode(_) => return self.inner()?.help(),
        };
        Some(own)
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Block { origin, .. }
            | Error::NoBlock { origin, .. }
            | Error::EmptyRegion { origin, .. }
            | Error::Word { origin, .. }
            | Error::Number { origin, .. }
            | Error::NoServices { origin, .. }
            | Error::IncompleteSession { origin, .. }
            | Error::Variant { origin, .. }
            | Error::Setting { origin, .. } => Some(origin.clone()),
            Error::Client(source) | Error::Call(source) => source.origin(),
            Error::NoCode(source) => source.origin(),
        }
    }
}

/// What to do about an empty region: that of clients may be missing, that of IAM Identity Center may not.
fn no_region(profile: &str, origin: &Origin) -> Hint {
    let place = origin.place();
    if place.and_then(|place| place.key.as_deref()) != Some(settings::SSO_REGION.name) {
        let unset = Command::unset(settings::REGION.name).profile(profile);
        return Hint::from("remove it, or name a region: ").run(unset);
    }
    let header = place.and_then(|place| place.section.as_deref()).unwrap_or_default();
    let section = match Heading::read(FileKind::Config, header) {
        Heading::SsoSession(name) => SectionName::SsoSession(name.into_owned()),
        _ => SectionName::Profile(profile.to_owned()),
    };
    Hint::from("name a region: ").run(section.set(settings::SSO_REGION.name, "REGION"))
}

fn correct(origin: &Origin) -> Hint {
    format!("correct the value in {origin}").into()
}

#[cfg(test)]
mod examples;
