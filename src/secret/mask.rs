//! The mask that is shown in place of secrets.

use std::borrow::Cow;
use std::ops::Range;

/// Shown in place of a secret, everywhere.
pub const MASK: &str = "********";

/// Replaces each of the ranges by `mask`. Ranges that touch or overlap get one mask.
pub fn cover<'t>(text: &'t str, mut ranges: Vec<Range<usize>>, mask: &str) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    ranges.sort_by_key(|range| range.start);
    let (mut shown, mut at) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        if range.start > at || at == 0 {
            shown.push_str(&text[at..range.start.max(at)]);
            shown.push_str(mask);
        }
        at = at.max(range.end);
    }
    shown.push_str(&text[at..]);
    shown.into()
}
