//! The input for a client: a profile, everything that overrides its settings, and the network.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::error::Error;
use crate::effective::{Lookup, Options, Selection, select};
use crate::ini::Value;
use crate::net::{self, Net};
use crate::origin::Located;
use crate::profile::{FileKind, Files};
use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::settings::{self, Empty, Kind, Variable};
use crate::view::View;
use crate::world::World;

pub struct Context<'c> {
    pub world: &'c World,
    pub files: &'c Files,
    pub profile: &'c Selection,
    /// Settings that the command line overrides.
    pub options: &'c Options,
    /// The SDK whose precedence applies.
    pub sdk: Sdk,
    /// The files as the SDK reads them, if not as botocore does.
    pub view: Option<&'c View>,
    /// Run no program and send no request.
    pub offline: bool,
    pub net: &'c Net,
    pub instance_region: &'c InstanceRegion,
    pub progress: &'c dyn Progress,
}

/// Shows the user what a command is waiting for.
pub trait Progress {
    /// Shows `what` after a while, until the guard is dropped.
    fn show(&self, what: &str) -> Box<dyn Guard>;
}

/// Something that lasts until it is dropped.
pub trait Guard {}

/// Progress that is not shown.
pub struct Quiet;

impl Guard for Quiet {}

impl Progress for Quiet {
    fn show(&self, _: &str) -> Box<dyn Guard> {
        Box::new(Quiet)
    }
}

/// The region of the EC2 instance, requested at most once in a run.
#[derive(Debug, Default)]
pub struct InstanceRegion(pub(super) OnceCell<Option<Located<String>>>);

impl InstanceRegion {
    /// A region that is never requested, because settings that can't be read may name another one.
    pub fn unknown() -> InstanceRegion {
        InstanceRegion(OnceCell::from(None))
    }
}

impl Context<'_> {
    /// Asks with this context as it would be with `--offline`.
    pub fn offline<T>(&self, ask: impl FnOnce(Context<'_>) -> T) -> T {
        let net = Net::closed(net::Options::default());
        ask(Context { offline: true, net: &net, ..*self })
    }

    /// The effective value of a setting, as text.
    pub fn setting(&self, row: &'static Variable) -> Option<Located<String>> {
        let found = self.effective(row)?;
        let text = found.value.as_text().map(Secret::expose)?.to_owned();
        Some(Located::new(text, found.origin))
    }

    /// The profile whose settings the clients of the chain have.
    pub(super) fn clients_profile(&self) -> Cow<'_, Selection> {
        let of_variable = self.sdk.ruled.is_some_and(|rules| rules.endpoints.of_variable);
        match select(self.world, None, self.sdk) {
            Ok(named) if of_variable && self.profile.is_explicit() => Cow::Owned(named),
            _ => Cow::Borrowed(self.profile),
        }
    }

    /// The region of the settings of the chain's clients.
    pub fn clients_region(&self) -> Option<Located<String>> {
        Context { profile: &self.clients_profile(), ..*self }.setting(&settings::REGION)
    }

    /// The effective value of a setting, which may be a nested block.
    pub(super) fn effective(&self, row: &'static Variable) -> Option<Located<Value>> {
        let Context { world, options, files, profile, sdk, view, .. } = *self;
        Some(Lookup { world, options, files, profile, sdk, view }.setting(row)?.winner)
    }

    /// The effective value of a setting, which must have this form.
    pub(super) fn formed(&self, row: &'static Variable, form: Kind) -> Result<Option<Located<Value>>, Error> {
        let is_unset = |text: &str| row.empty == Empty::Default && text.is_empty();
        let Some(found) = self.effective(row) else { return Ok(None) };
        let Located { value, origin } = found;
        let text = value.as_text().map(Secret::expose);
        if text.is_some_and(is_unset) {
            return Ok(None);
        }
        if form.fits(text) {
            return Ok(Some(Located { value, origin }));
        }
        let name = row.name;
        Err(match (form, text) {
            (Kind::Integer(allowed), Some(_)) => Error::Number { name, allowed, origin },
            (Kind::OneOf(words, _), Some(text)) => {
                Error::Word { name, value: text.to_owned(), words, origin }
            }
            (_, Some(_)) => Error::NoBlock { key: name.to_owned(), origin },
            (_, None) => Error::Block { key: name.to_owned(), origin },
        })
    }

    /// The effective value of a setting that is a whole number.
    pub(super) fn number(&self, row: &'static Variable) -> Result<Option<i64>, Error> {
        self.number_as(row, row.kind)
    }

    /// The same, with a rule of its own for what it may be.
    pub(super) fn number_as(&self, row: &'static Variable, form: Kind) -> Result<Option<i64>, Error> {
        let found = self.formed(row, form)?;
        Ok(found.and_then(|found| settings::integer(found.value.as_text()?.expose())))
    }

    /// Whether a setting is true; unset is false.
    pub fn is_enabled(&self, row: &'static Variable) -> bool {
        let in_any_case = self.sdk.ruled.is_none_or(|rules| rules.endpoints.flags_in_any_case);
        let is_true = |value: &str| if in_any_case { settings::boolean(value) } else { value == "true" };
        self.setting(row).is_some_and(|found| is_true(&found.value))
    }

    /// The effective value of a setting that allows only a few words.
    pub(super) fn word(&self, row: &'static Variable) -> Result<Option<String>, Error> {
        let found = self.formed(row, row.kind)?;
        Ok(found.and_then(|found| Some(found.value.as_text()?.expose().to_lowercase())))
    }

    /// The text of a key in the merged view of a profile. A nested block in its place is an error.
    pub fn text(&self, profile: &str, key: &str) -> Result<Option<Located<String>>, Error> {
        let found = match self.view {
            Some(view) => return Ok(view.profile(profile).and_then(|section| section.text(key))),
            None => self.files.profile(profile).value(key),
        };
        found.map(|found| plain(key, found)).transpose()
    }

    /// The text of a key in one of the files.
    pub fn text_in(
        &self,
        kind: FileKind,
        profile: &str,
        key: &str,
    ) -> Result<Option<Located<String>>, Error> {
        self.files.profile(profile).value_in(kind, key).map(|found| plain(key, found)).transpose()
    }

    /// Whether the merged view of a profile has a key.
    pub fn has(&self, profile: &str, key: &str) -> bool {
        self.files.profile(profile).has(key)
    }
}

/// The text of a value, which must not be a nested block.
pub fn plain(key: &str, found: Located<Value>) -> Result<Located<String>, Error> {
    match found.value.as_text() {
        Some(text) => Ok(Located::new(text.expose().to_owned(), found.origin)),
        None => Err(Error::Block { key: key.to_owned(), origin: found.origin }),
    }
}
