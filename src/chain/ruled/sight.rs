//! The settings of one resolution, as its SDK sees them.

use super::trail::Miss;
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::narrowing::{By, Narrowed};
use crate::origin::{Located, Origin};
use crate::sdk::{Problem, Provider, Ruled};
use crate::view::{Section, View};

/// The world, as one SDK sees it.
#[derive(Clone, Copy)]
pub(super) struct Sight<'s> {
    pub(super) context: &'s Context<'s>,
    pub(super) rules: &'static Ruled,
    pub(super) view: &'s View,
    /// The profile that was chosen.
    pub(super) profile: &'s str,
}

impl Sight<'_> {
    /// What narrows the request for a role, if it `is_last`: its credentials are handed out.
    pub(super) fn narrowed(
        &self,
        is_last: bool,
        by: By,
        role_arn: &Located<String>,
    ) -> Result<Option<Box<Narrowed>>, Miss> {
        if !is_last {
            return Ok(None);
        }
        let asked = (self.context.narrowing)(Provider::AssumeRole);
        let narrowed = asked.and_then(|asked| {
            let asked = asked.filter(|asked| asked.role_arn.is_none());
            asked.map(|asked| asked.for_role(by, role_arn).map(Box::new)).transpose()
        });
        narrowed.map_err(|error| Miss::over(error.into()))
    }

    /// The text of a key that is set, by the rule for empty values.
    pub(super) fn text(&self, section: &Section, key: &str) -> Option<Located<String>> {
        section.text(key).filter(|found| self.rules.empty_is_set || !found.value.is_empty())
    }

    pub(super) fn has(&self, section: &Section, key: &str) -> bool {
        self.text(section, key).is_some()
    }

    /// The first of the variables that has a value, as the rules for the environment's keys have it.
    pub(super) fn variable(
        &self,
        names: &[&'static str],
        is_value: impl Fn(&str) -> bool,
    ) -> Option<Located<String>> {
        let world = self.context.client.world;
        names.iter().find_map(|name| {
            let value = world.variable(name).filter(|value| is_value(value))?;
            Some(Located::new(value.to_owned(), Origin::environment(*name)))
        })
    }

    /// A problem with a file: the first line that the SDK refuses.
    pub(super) fn file_fault(&self) -> Result<(), Miss> {
        match self.view.fault() {
            Some(fault) => Err(Miss::failed(Problem::File, Error::View(fault.clone()))),
            None => Ok(()),
        }
    }
}
