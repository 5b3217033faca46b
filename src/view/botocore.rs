//! The names that botocore has for the sections which an SDK reads for a profile. Where the SDK keeps quotes, the profile
//! `"prod"` is botocore's `prod`.

use super::{Section, View};
use crate::profile::{FileKind, Heading};

impl View {
    /// The profiles whose sections the SDK reads for `name`, as botocore names them: other names than that one, each once.
    pub fn other_names(&self, name: &str) -> Vec<String> {
        let mut names = Vec::new();
        for place in self.profile(name).into_iter().flat_map(Section::places) {
            let kinds = [FileKind::Config, FileKind::Credentials];
            let is_in = |kind: &FileKind| self.path(*kind).is_some_and(|path| *path == *place.path);
            for kind in kinds.into_iter().filter(is_in) {
                let header = place.section.as_deref().unwrap_or_default();
                if let Heading::Profile(other) = Heading::read(kind, header)
                    && other != name
                    && !names.iter().any(|known| *known == other)
                {
                    names.push(other.into_owned());
                }
            }
        }
        names
    }
}
