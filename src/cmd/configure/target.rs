//! The section that is set up, and who named it.

use super::cx::{Cx, FAREWELL};
use super::save::Changes;
use crate::chain;
use crate::cmd::set;
use crate::failure::Failure;
use crate::origin::{Origin, Place};
use crate::profile::{Files, SectionName};
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
        let selection = set::selected(cx.global, cx.world)?;
        Ok(Target { section: selection.section(), named: Some(selection.name.origin), dialogue: None })
    }

    /// A section that the user named in this dialogue, or an option that only it has.
    pub(super) fn own(section: SectionName) -> Target {
        Target { section, named: None, dialogue: None }
    }

    /// The profile that gets another identity. Who names none is asked for the name of a new one. The identity of
    /// `default`, which every program uses, is changed only if the user says so.
    pub(super) fn for_identity(cx: &Cx<'_>) -> Result<Target, Failure> {
        let target = Target::profile(cx)?;
        let is_unnamed = target.named == Some(Origin::Default);
        let is_explicit = matches!(target.named, Some(Origin::Option { .. }));
        if is_explicit || !is_unnamed && target.section.name() != DEFAULT {
            return Ok(target);
        }
        let files = Files::load_for_edit(cx.world)?;
        files.check()?;
        let identity = identity(&files, &target.section);
        if !is_unnamed && identity.is_none() {
            return Ok(target);
        }
        match (cx.dialogue(FAREWELL)?, identity) {
            (Some(dialogue), identity) => {
                if let Some(identity) = identity.filter(|_| !is_unnamed)
                    && may_change(&dialogue, &identity)?
                {
                    return Ok(Target { dialogue: Some(dialogue), ..target });
                }
                let section = ask_name(&dialogue, &files)?;
                Ok(Target { dialogue: Some(dialogue), ..Target::own(section) })
            }
            (None, Some((key, place))) => {
                let message = format!("{place}: profile `{DEFAULT}` already gets its credentials by `{key}`");
                let help =
                    "name the profile to set up with `--profile NAME`; `--profile default` changes `default`";
                Err(Failure::usage(message).with_help(help))
            }
            (None, None) => Ok(target),
        }
    }
}

/// The key by which a profile gets its credentials, and its place.
fn identity(files: &Files, section: &SectionName) -> Option<(&'static str, Place)> {
    chain::leads(&files.find(section)).next().map(|(_, key, found)| (key, found.place()))
}

fn may_change(dialogue: &Dialogue, (key, place): &(&'static str, Place)) -> Result<bool, Failure> {
    dialogue.say(&format!("{place}: profile `{DEFAULT}` already gets its credentials by `{key}`."))?;
    dialogue.say("Every program for which no profile is named uses them.")?;
    Ok(dialogue.confirm(&format!("Change `{DEFAULT}` anyway?"))?)
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
        let current = identity(files, &section).filter(|_| section.name() == DEFAULT);
        if current.map_or(Ok(true), |current| may_change(dialogue, &current))? {
            return Ok(section);
        }
    }
}
