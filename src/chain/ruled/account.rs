//! The account that a profile names for its credentials.

use super::sight::Sight;
use crate::origin::Located;
use crate::settings::AWS_ACCOUNT_ID;
use crate::view::Section;

/// The variable of the account, which is only used with keys of the environment.
pub(super) const VARIABLE: &str = "AWS_ACCOUNT_ID";

impl Sight<'_> {
    /// The account that a profile names.
    pub(super) fn account(&self, section: &Section) -> Option<Located<String>> {
        self.text(section, AWS_ACCOUNT_ID.name).filter(|found| !found.value.is_empty())
    }
}
