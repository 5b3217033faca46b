//! What a dialogue says before its first question.

use std::fmt;

use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::profile::SectionName;

/// Which section is set up, who named it, and how to answer.
pub(super) struct Greeting<'g> {
    pub(super) section: &'g SectionName,
    /// What names the profile; none if the user was asked for the name.
    pub(super) named: Option<&'g Origin>,
    pub(super) is_new: bool,
    /// What a new section is set up with, as a sentence.
    pub(super) purpose: &'g str,
}

impl fmt::Display for Greeting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Greeting { section, named, is_new, purpose } = self;
        let named = match named {
            Some(Origin::Default) => " (the default)".to_owned(),
            Some(origin) => format!(" (named by {origin})"),
            None => String::new(),
        };
        if *is_new {
            writeln!(f, "New {section}{named}. {purpose}")?;
            writeln!(f, "Enter skips what isn't required, Tab completes an answer, Ctrl-C cancels.")?;
            f.write_str("`xcred configure --help` lists other methods.")
        } else {
            writeln!(f, "Editing {section}{named}.")?;
            writeln!(f, "Enter keeps a value, Tab completes an answer, Ctrl-C cancels.")?;
            let unset = section.name_in(Command::unset("KEY"));
            write!(f, "{}", Hint::from(unset).say(" clears a value."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_named_the_profile_is_said() {
        let section = SectionName::Profile("dev".to_owned());
        let first_line = |named: Option<&Origin>, is_new| {
            let greeting = Greeting { section: &section, named, is_new, purpose: "Let's go." };
            greeting.to_string().lines().next().map(str::to_owned).unwrap_or_default()
        };
        let variable = Origin::environment("AWS_PROFILE");
        assert_eq!(first_line(Some(&variable), false), "Editing profile `dev` (named by AWS_PROFILE).");
        assert_eq!(first_line(Some(&Origin::Default), true), "New profile `dev` (the default). Let's go.");
        assert_eq!(first_line(None, true), "New profile `dev`. Let's go.");
    }

    #[test]
    fn the_command_that_clears_a_value_names_the_profile() {
        let section = SectionName::Profile("my prof".to_owned());
        let greeting = Greeting { section: &section, named: None, is_new: false, purpose: "" }.to_string();
        assert!(greeting.ends_with("`xcred unset KEY --profile 'my prof'` clears a value."), "{greeting}");
    }
}
