//! What to do about an edit that was refused.

use crate::ini::{FaultKind, Refusal};

/// What makes a refused edit possible, and what `--replace` would do instead.
pub(super) fn ways(refusal: &Refusal, fix: Option<&str>) -> Option<(String, Option<&'static str>)> {
    const OF_STRAY: &str = "make the line a section header, a setting or a comment, or remove it";
    const CHANGE: Option<&str> = Some("change them anyway");
    Some(match refusal {
        Refusal::BlockInTheWay { .. } => {
            ("name a key in it as `KEY.NESTED`".to_owned(), Some("remove the block"))
        }
        Refusal::LostHeader { header, cause, .. } => {
            (fix.map_or_else(|| cause.fix(header), str::to_owned), CHANGE)
        }
        Refusal::LostSetting { cause, .. } => (cause.fix_of_setting("it"), Some("remove it")),
        Refusal::BelowStray { stray, .. } => {
            (format!("write line {stray} as `key = value`"), Some("remove what is below it"))
        }
        Refusal::BehindStray { .. } => (OF_STRAY.to_owned(), Some("change what is below it anyway")),
        Refusal::StrayWithin { .. } => (OF_STRAY.to_owned(), None),
        Refusal::Conflict { .. } => (FaultKind::Conflict.help().into_owned(), None),
        Refusal::NotUtf8 { .. } => (FaultKind::NotUtf8.help().into_owned(), None),
        Refusal::Entangled { .. } => ("edit these lines in an editor".to_owned(), None),
        _ => return None,
    })
}
