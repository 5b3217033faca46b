//! The columns of the long list, and the mark before a name.

use crate::render::Table;
use crate::ui::Ui;

pub(super) const COLUMNS: [&str; 6] = ["  PROFILE", "CREDENTIALS", "ACCOUNT", "ROLE", "REGION", "WHERE"];

#[derive(Clone, Copy)]
pub(super) enum Mark {
    /// Something is wrong with the profile.
    Broken,
    /// It is the profile of every command that names none.
    Active,
    None,
}

impl Mark {
    /// What is before the name.
    pub(super) fn text(self) -> &'static str {
        match self {
            Mark::Broken => "! ",
            Mark::Active => "* ",
            Mark::None => "  ",
        }
    }

    /// Adds the row of a profile with this mark.
    pub(super) fn add(self, cells: [&str; COLUMNS.len()], table: &mut Table<6>, ui: &Ui) {
        let style = match self {
            Mark::Broken => ui.style().red(),
            Mark::Active => ui.style().green(),
            Mark::None => ui.style(),
        };
        table.push_styled(style, cells);
    }
}
