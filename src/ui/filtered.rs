//! What a list shows of the filter that is typed.

use std::fmt;

use dialoguer::theme::Theme;
use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// A theme that says so where the filter matches no row.
pub(super) struct Filtered<'t> {
    theme: &'t dyn Theme,
    rows: &'t [String],
    matcher: SkimMatcherV2,
}

impl<'t> Filtered<'t> {
    pub(super) fn new(theme: &'t dyn Theme, rows: &'t [String]) -> Filtered<'t> {
        Filtered { theme, rows, matcher: SkimMatcherV2::default() }
    }
}

impl Theme for Filtered<'_> {
    fn format_fuzzy_select_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        filter: &str,
        cursor: usize,
    ) -> fmt::Result {
        self.theme.format_fuzzy_select_prompt(f, prompt, filter, cursor)?;
        let is_match = |row: &String| self.matcher.fuzzy_match(row, filter).is_some();
        if self.rows.iter().any(is_match) { Ok(()) } else { f.write_str("  (no match)") }
    }

    fn format_fuzzy_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
        highlight_matches: bool,
        matcher: &SkimMatcherV2,
        filter: &str,
    ) -> fmt::Result {
        self.theme.format_fuzzy_select_prompt_item(f, text, active, highlight_matches, matcher, filter)
    }
}
