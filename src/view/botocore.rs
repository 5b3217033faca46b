//! The names that botocore has for the sections which an SDK reads for a profile. Where the SDK keeps quotes, the profile
//! `"prod"` is botocore's `prod`.

use super::{Section, View};
use crate::profile::{FileKind, Heading};

impl View {
    /// The profiles whose sections the SDK reads for `name`, as botocore names them: other names than that one, each once.
    pub fn other_names(&self, name: &str) -> Vec<String> {
        let mut names = Vec::new();
        for place in self.profile(name).into_iter().flat_map(Section::places) {
            let kinds = FileKind::ALL;
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

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::sdk::Sdk;
    use crate::view::View;
    use crate::world::World;

    #[test]
    fn quotes_that_an_sdk_keeps_are_not_in_the_name() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join(".aws")).unwrap();
        let config = "[profile \"a\"]\nregion = x\n[profile  'b']\nregion = x\n[profile c]\nregion = x\n";
        fs::write(home.path().join(".aws/config"), config).unwrap();
        fs::write(home.path().join(".aws/credentials"), "[\"a\"]\nregion = x\n['b']\nregion = x\n").unwrap();
        let world = World::of([("HOME", home.path().to_str().unwrap())]);
        let names = |sdk: &str, name: &str| {
            let rules = Sdk::named(sdk).unwrap().ruled.unwrap().files;
            View::read(&world, rules).other_names(name).join(" ")
        };
        for sdk in ["go", "ruby"] {
            let found = ["\"a\"", "'b'", "a", "c", "no"].map(|name| names(sdk, name));
            assert_eq!(found, ["a", "b", "", "", ""], "{sdk}");
        }
        assert_eq!(["a", "b", "c"].map(|name| names("js", name)), [""; 3]);
    }
}
