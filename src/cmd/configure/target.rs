//! The section that is set up, and who named it.

use super::cx::Cx;
use crate::cmd::set;
use crate::failure::Failure;
use crate::origin::Origin;
use crate::profile::SectionName;

pub(super) struct Target {
    pub(super) section: SectionName,
    /// What names the profile; none if the user was asked for the name.
    pub(super) named: Option<Origin>,
}

impl Target {
    /// The profile that an option or a variable names, otherwise `default`.
    pub(super) fn profile(cx: &Cx<'_>) -> Result<Target, Failure> {
        let selection = set::selected(cx.global, cx.world)?;
        Ok(Target { section: selection.section(), named: Some(selection.name.origin) })
    }

    /// A section that the user named in this dialogue, or an option that only it has.
    pub(super) fn own(section: SectionName) -> Target {
        Target { section, named: None }
    }
}
