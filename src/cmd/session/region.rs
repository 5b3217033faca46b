//! The region of a session.

use super::{ResolveOptions, Session};
use crate::cmd::prompter::Waits;
use crate::effective::Setting;
use crate::ini::Value;
use crate::origin::Located;
use crate::secret::Secret;
use crate::settings::REGION;

impl Session<'_> {
    /// The region: a setting, else that of the EC2 instance.
    pub(in crate::cmd) fn region(&self, how: ResolveOptions<'_>) -> Option<Located<String>> {
        self.client(&Waits, how).region()
    }

    /// The region of the EC2 instance as a setting, if no setting has one.
    pub(in crate::cmd) fn instance_region(&self, how: ResolveOptions<'_>) -> Option<Setting> {
        self.region(how).map(|region| Setting {
            name: REGION.name.to_owned(),
            row: Some(&REGION),
            secret: false,
            winner: region.map(|text| Value::Text(Secret::new(text))),
            shadowed: Vec::new(),
        })
    }
}
