//! The list of profiles to choose from. What it says of each is known without asking anybody.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::error::Error;
use super::recent;
use super::who::Who;
use crate::chain::{self, Identity};
use crate::checks::{self, Scene};
use crate::cmd::Cx;
use crate::effective::Selection;
use crate::failure::Failure;
use crate::profile::{Files, Profile};
use crate::render::Table;
use crate::settings;

/// The width where none is known, as of a terminal without one.
const USUAL: usize = 80;

/// What the list has beside a row, at most: its number.
const BESIDE: usize = 6;

/// A profile in the list.
struct Row {
    name: String,
    is_active: bool,
    /// Why it can't be used as it is.
    state: Option<&'static str>,
    account: String,
    role: String,
    region: String,
}

/// Lets the user choose a profile. The one that isn't active and was used last is selected.
pub(super) fn choose(current: &Who, cx: Cx<'_>) -> Result<String, Failure> {
    let Some(dialogue) = cx.ui.dialogue("")? else { return Err(Error::NoTerminal.into()) };
    let files = Files::read(cx.world).whole()?;
    let mut rows = rows(&files, current, cx)?;
    if rows.is_empty() {
        return Err(Error::NoProfiles.into());
    }
    let recent = recent::names(cx.world);
    let places: FxHashMap<&str, usize> = recent.iter().enumerate().map(|(at, name)| (&**name, at)).collect();
    rows.sort_by_key(|row| places.get(&*row.name).copied().unwrap_or(usize::MAX));
    let start = rows.iter().position(|row| !row.is_active).unwrap_or(0);
    let lines = lines(&rows, cx.ui.err_columns().unwrap_or(USUAL));
    let chosen = dialogue.choose("Profile", &lines, start)?;
    Ok(rows.swap_remove(chosen).name)
}

fn rows(files: &Files, current: &Who, cx: Cx<'_>) -> Result<Vec<Row>, Failure> {
    files.check()?;
    let selection = Selection::unnamed();
    let sdk = cx.sdk(None)?;
    let scene = Scene::new(cx.world, files, &[], &selection, sdk);
    Ok(files.listed().map(|(name, profile)| row(name, &profile, current, scene)).collect())
}

fn row(name: Cow<'_, str>, profile: &Profile<'_>, current: &Who, scene: Scene<'_>) -> Row {
    let Identity { account, role, .. } = Identity::of(profile);
    let region = profile.text(settings::REGION.name).map(settings::shown);
    let text = |part: Option<Cow<'_, str>>| part.map(Cow::into_owned).unwrap_or_default();
    Row {
        is_active: current.is_profile(&name),
        state: state(&name, profile, scene),
        account: text(account),
        role: text(role),
        region: text(region),
        name: name.into_owned(),
    }
}

/// What has expired: the sign-in that the profile needs, or its keys.
fn state(name: &str, profile: &Profile<'_>, scene: Scene<'_>) -> Option<&'static str> {
    let now = scene.world.now();
    if let Some(sign_in) = checks::sign_in_of(scene, name) {
        return match sign_in.kept {
            None => Some("not signed in"),
            Some(_) if !sign_in.is_usable(now) => Some("expired"),
            Some(_) => None,
        };
    }
    let noted = chain::noted(profile, now)?;
    noted.at.has_passed(now).then_some("expired")
}

/// The rows as texts. What tells profiles apart comes first: a narrow window cuts the rest off.
fn lines(rows: &[Row], columns: usize) -> Vec<String> {
    let marked = |row: &Row| {
        let mark = if row.is_active { " (active)" } else { "" };
        let state = row.state.map(|state| format!(" ({state})")).unwrap_or_default();
        format!("{}{mark}{state}", row.name)
    };
    let cells =
        || rows.iter().map(|row| [&*marked(row), &*row.account, &*row.role, &*row.region].map(str::to_owned));
    let mut table = Table::of_facts().without_empty_columns();
    cells().for_each(|row| table.push(row));
    if table.width() + BESIDE <= columns {
        return table.to_string().lines().map(str::to_owned).collect();
    }
    cells()
        .map(|row| row.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("  "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, is_active: bool, state: Option<&'static str>, role: &str) -> Row {
        let [account, region] = ["123456789012", "eu-west-1"].map(str::to_owned);
        Row { name: name.to_owned(), is_active, state, account, role: role.to_owned(), region }
    }

    #[test]
    fn rows_are_columns_in_a_wide_window_and_begin_with_what_matters_in_a_narrow_one() {
        let rows = [row("dev", true, None, "Admin"), row("production", false, Some("expired"), "")];
        assert_eq!(
            lines(&rows, 80),
            [
                "dev (active)          123456789012  Admin  eu-west-1",
                "production (expired)  123456789012         eu-west-1",
            ]
        );
        let wide = [row("日本", false, None, "Admin"), row("dev", false, None, "Admin")];
        assert_eq!(
            lines(&wide, 80),
            ["日本  123456789012  Admin  eu-west-1", "dev   123456789012  Admin  eu-west-1"]
        );
        assert_eq!(
            lines(&rows, 40),
            ["dev (active)  123456789012  Admin  eu-west-1", "production (expired)  123456789012  eu-west-1",]
        );
    }
}
