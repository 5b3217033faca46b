//! The section that is set up, and who named it.

use std::fmt;

use super::cx::{Cx, FAREWELL};
use super::save::Changes;
use crate::chain;
use crate::cmd::set;
use crate::effective::Selection;
use crate::failure::Failure;
use crate::origin::{Origin, Place};
use crate::profile::{Files, SectionName};
use crate::sdk::Provider;
use crate::text::words;
use crate::ui::Dialogue;

/// The profile of every program that names none.
const DEFAULT: &str = "default";

pub(super) struct Target {
    pub(super) section: SectionName,
    /// What names the profile; none if the user was asked for the name.
    pub(super) named: Option<Origin>,
    /// The terminal, if it has been used already.
    pub(super) dialogue: Option<Dialogue>,
}

impl Target {
    /// The profile that an option or a variable names, otherwise `default`.
    pub(super) fn profile(cx: &Cx<'_>) -> Result<Target, Failure> {
        let selection = set::selected(cx.global, cx.world)?.for_edit(cx.world)?;
        Ok(Target::of(selection))
    }

    fn of(selection: Selection) -> Target {
        Target { section: selection.section(), named: Some(selection.name.origin), dialogue: None }
    }

    /// A section that the user named in this dialogue, or an option that only it has.
    pub(super) fn own(section: SectionName) -> Target {
        Target { section, named: None, dialogue: None }
    }

    /// The profile that gets another identity. Who names none is asked for the name of a new one. The identity of a profile that
    /// no option names, such as `default`, which every program uses, is changed only if the user says so. A profile that gets its
    /// credentials by `ours` already is edited by the form that made it.
    pub(super) fn for_identity(cx: &Cx<'_>, ours: Provider) -> Result<Target, Failure> {
        let selection = set::selected(cx.global, cx.world)?;
        let target = Target::of(selection.clone());
        let Some(named) = target.named.as_ref().filter(|named| !matches!(named, Origin::Option { .. }))
        else {
            return Ok(target);
        };
        let is_unnamed = *named == Origin::Default;
        let files = Files::load_for_edit(cx.world)?;
        files.check()?;
        let identity = Identity::of(&files, &target.section, named);
        let is_ours = |identity: &Identity<'_>| identity.provider == ours && identity.name != DEFAULT;
        if !is_unnamed && identity.as_ref().is_none_or(is_ours) {
            return Ok(target);
        }
        let Some(dialogue) = cx.dialogue(FAREWELL)? else {
            selection.for_edit(cx.world)?;
            return match identity {
                Some(identity) => Err(identity.kept()),
                None => Ok(target),
            };
        };
        if let Some(identity) = identity.filter(|_| !is_unnamed)
            && identity.may_change(&dialogue)?
        {
            return Ok(Target { dialogue: Some(dialogue), ..target });
        }
        let section = ask_name(&dialogue, &files)?;
        Ok(Target { dialogue: Some(dialogue), ..Target::own(section) })
    }
}

/// The identity that a profile has already, while no option names the profile.
pub(super) struct Identity<'i> {
    name: &'i str,
    /// What names the profile.
    named: &'i Origin,
    pub(super) provider: Provider,
    key: &'static str,
    place: Place,
}

impl<'i> Identity<'i> {
    pub(super) fn of(files: &Files, section: &'i SectionName, named: &'i Origin) -> Option<Identity<'i>> {
        let (provider, key, found) = chain::leads(&files.find(section)).next()?;
        Some(Identity { name: section.name(), named, provider, key, place: found.place() })
    }

    /// The error without a terminal to ask at.
    pub(super) fn kept(&self) -> Failure {
        let name = words::quote_for_shells(self.name);
        let help = format!(
            "name the profile to set up with `--profile NAME`; `--profile {name}` changes `{}`",
            self.name
        );
        Failure::usage(self.to_string()).with_help(help)
    }

    /// Asks whether the profile may get another one.
    pub(super) fn may_change(&self, dialogue: &Dialogue) -> Result<bool, Failure> {
        dialogue.say(&format!("{self}."))?;
        if self.name == DEFAULT {
            dialogue.say("Every program for which no profile is named uses them.")?;
        }
        Ok(dialogue.confirm(&format!("Change `{}` anyway?", self.name))?)
    }
}

impl fmt::Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Identity { name, named, key, place, .. } = self;
        write!(f, "{place}: profile `{name}`")?;
        if let Origin::Environment { .. } = named {
            write!(f, ", which {named} names,")?;
        }
        write!(f, " already gets its credentials by `{key}`")
    }
}

/// Asks for the name of the profile; Tab completes existing names.
fn ask_name(dialogue: &Dialogue, files: &Files) -> Result<SectionName, Failure> {
    let names: Vec<String> = files.profiles().map(std::borrow::Cow::into_owned).collect();
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    loop {
        let Some(name) = dialogue.text("Profile name", None, &words)? else {
            dialogue.say("Required. Press Ctrl-C to cancel.")?;
            continue;
        };
        let section = SectionName::Profile(name);
        if let Err(error) = Changes::new(section.clone()).check_name(files) {
            dialogue.say(&error.to_string())?;
            continue;
        }
        let current = Identity::of(files, &section, &Origin::Default).filter(|_| section.name() == DEFAULT);
        if current.map_or(Ok(true), |current| current.may_change(dialogue))? {
            return Ok(section);
        }
    }
}
