//! Checks of a journal before it is parsed.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::entry::SCHEMA;
use super::error::Fault;

/// How far in the future a journal's date may be: AWS accepts no signature of a clock that is further off.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// Rejects journals of a newer xcred, and impossible dates: they decide whether a key is this journal's.
pub(super) fn check(bytes: &[u8], now: Timestamp) -> Result<(), Fault> {
    #[derive(Deserialize)]
    struct Head {
        schema: u64,
        begun: String,
        #[serde(default)]
        ended: Option<String>,
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Fault::Damaged)?;
    if head.schema != u64::from(SCHEMA) {
        return Err(Fault::Schema(head.schema));
    }
    let date = |text: &str| text.parse::<Timestamp>().map_err(|_| Fault::Date);
    let begun = date(&head.begun)?;
    // IAM is from 2010.
    let first: Timestamp = "2010-01-01T00:00:00Z".parse().map_err(|_| Fault::Date)?;
    let ended = head.ended.as_deref().map(date).transpose()?;
    if begun < first || begun > now + AHEAD || ended.is_some_and(|ended| ended < begun) {
        return Err(Fault::Date);
    }
    Ok(())
}
