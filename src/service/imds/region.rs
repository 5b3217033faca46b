//! What an instance is asked for to know its region.

use serde_json::Value as Json;

use crate::settings::is_label;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionSource {
    /// The availability zone, whose last letter is left out.
    Zone,
    Region,
    /// The document of the instance's identity.
    Document,
}

impl RegionSource {
    pub(super) fn path(self) -> &'static str {
        match self {
            RegionSource::Zone => "latest/meta-data/placement/availability-zone/",
            RegionSource::Region => "latest/meta-data/placement/region",
            RegionSource::Document => "latest/dynamic/instance-identity/document",
        }
    }

    pub(super) fn read(self, text: &str) -> Option<String> {
        let mut text = text.trim().to_owned();
        match self {
            RegionSource::Zone => _ = text.pop(),
            RegionSource::Region => {}
            RegionSource::Document => {
                let document: Json = serde_json::from_str(&text).ok()?;
                document["region"].as_str()?.clone_into(&mut text);
            }
        }
        is_label(&text).then_some(text)
    }
}
