//! Lists that come in pages.

use std::collections::HashSet;

/// No list of AWS has more pages.
const MOST: usize = 2000;

/// Why the next page isn't requested.
pub(super) const ENDLESS: &str = "is one that it has given before, or its pages don't end";

/// The tokens of the pages so far. A service that repeats itself, or never ends, would be asked for ever.
#[derive(Default)]
pub(super) struct Pages(HashSet<String>);

impl Pages {
    /// Whether the page that `token` leads to may be requested.
    pub(super) fn may_follow(&mut self, token: &str) -> bool {
        self.0.insert(token.to_owned()) && self.0.len() <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end() {
        let mut pages = Pages::default();
        assert!(pages.may_follow("a") && pages.may_follow("b") && !pages.may_follow("a"));
        let mut endless = Pages::default();
        assert_eq!((0..MOST * 2).filter(|page| endless.may_follow(&page.to_string())).count(), MOST);
    }
}
