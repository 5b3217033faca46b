//! The profiles as they are printed: one name a line, or as rows of a JSON document.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value as Json;

use crate::failure::Failure;
use crate::origin::Origin;
use crate::ui::Ui;

#[derive(Serialize)]
pub(super) struct Document<P> {
    pub(super) profiles: P,
    /// Why a file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<Json>,
}

#[derive(Serialize)]
pub(super) struct Row<'r> {
    pub(super) name: Cow<'r, str>,
    pub(super) credentials: Option<&'static str>,
    pub(super) account: Option<Cow<'r, str>>,
    pub(super) role: Option<Cow<'r, str>>,
    pub(super) region: Option<Cow<'r, str>>,
    /// Whether it is the profile of every command that names none.
    pub(super) active: bool,
    /// Whether its settings can't be right; `None` for an SDK of which that isn't known.
    pub(super) broken: Option<bool>,
    pub(super) origins: Vec<Origin>,
}

/// Prints one name a line.
pub(super) fn print<'n>(names: impl Iterator<Item = Cow<'n, str>>, ui: &Ui) -> Result<(), Failure> {
    let mut out = ui.pieces();
    for name in names {
        out.push(&ui.shown(&name))?;
        out.push("\n")?;
    }
    out.finish()?;
    Ok(())
}
