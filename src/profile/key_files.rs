//! Every file that may hold an access key, taken together.

use std::path::Path;

use super::key_paths::absolute;
use super::outside::Outside;
use super::{Error, Files, Holder, KeyPaths};
use crate::origin::Place;
use crate::secret::Secret;
use crate::store;
use crate::world::World;

/// Every file of the user's in which the chain looks for access keys.
pub struct KeyFiles {
    /// The two files of this environment, then recorded ones.
    files: Vec<Files>,
    outside: Vec<Outside>,
    recorded: KeyPaths,
}

/// A file that holds a key and can't be edited.
pub struct Uneditable {
    /// Where the key is.
    pub place: Place,
    /// Why it can't be edited.
    pub reason: Error,
}

impl KeyFiles {
    /// Reads them all. Of the files of the first tools, those that can't be read count as empty, as they do to the chain.
    pub fn load(world: &World) -> Result<KeyFiles, Error> {
        KeyFiles::load_with(world, KeyPaths::default())
    }

    /// Reads also those that another command had.
    pub fn load_with(world: &World, recorded: KeyPaths) -> Result<KeyFiles, Error> {
        let files = recorded.worlds(world).into_iter().map(|world| Files::load(&world));
        let files = files.collect::<Result<_, _>>()?;
        let others =
            recorded.outside(world).filter_map(|(path, shape)| Outside::read(path.to_owned(), shape));
        let outside = Outside::all(world).into_iter().chain(others).collect();
        Ok(KeyFiles { files, outside, recorded })
    }

    /// Those that can be read: for those who change nothing, and have reported the others.
    pub fn readable(world: &World) -> KeyFiles {
        let (files, _) = Files::read(world).in_part();
        KeyFiles { files: vec![files], outside: Outside::all(world), recorded: KeyPaths::default() }
    }

    /// The recorded files that held the key and don't exist any more.
    pub fn missing(&self) -> Vec<&Path> {
        self.recorded.missing()
    }

    /// Every place that holds the access key `id`.
    pub fn holders(&self, id: &str) -> Vec<Holder> {
        let outside = self.outside.iter().flat_map(|file| file.places(id));
        let outside = outside.map(|place| Holder { place, profile: None });
        self.files.iter().flat_map(|files| files.holders(id)).chain(outside).collect()
    }

    /// Every other line with `id` in it that is not a comment: xcred doesn't edit those.
    pub fn mentions(&self, id: &str) -> Vec<Place> {
        let held = self.holders(id);
        let both: Vec<_> = self.files.iter().flat_map(Files::both).collect();
        let ours = both.iter().map(|file| (file.path.to_path_buf(), file.document.bytes()));
        let mut mentions: Vec<Place> = Vec::new();
        for (path, text) in ours.chain(self.outside.iter().map(|file| (file.path.clone(), &file.text[..]))) {
            for (line, number) in text.split(|byte| *byte == b'\n').zip(1_u32..) {
                let is_comment =
                    line.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'#' | b';'));
                let place = Place::line(path.as_path(), number);
                let is_held = held.iter().any(|holder| is_same_line(&holder.place, &place));
                let is_reported = mentions.iter().any(|mention| is_same_line(mention, &place));
                if !is_comment && !is_held && !is_reported && contains(line, id.as_bytes()) {
                    mentions.push(place);
                }
            }
        }
        mentions
    }

    /// Does all of [`replace_key`](KeyFiles::replace_key) that can fail, short of putting the new files in place. The
    /// config and the credentials file have to be editable; the others that are not are returned.
    pub fn try_out(
        &self,
        world: &World,
        id: &str,
        new_id: &str,
        secret: &Secret,
    ) -> Result<Vec<Uneditable>, Error> {
        for world in self.recorded.worlds(world) {
            Files::load(&world)?.try_out(&world, |files| {
                files.check()?;
                files.replace_key(id, new_id, secret)
            })?;
        }
        let mut uneditable = Vec::new();
        for file in &self.outside {
            let Some(place) = file.places(id).into_iter().next() else { continue };
            let tried = file
                .replaced(&file.text, id, new_id, secret)
                .and_then(|(text, _)| Ok(store::try_out(&file.path, &text)?));
            if let Err(reason) = tried {
                uneditable.push(Uneditable { place, reason });
            }
        }
        Ok(uneditable)
    }

    /// Puts the key `new_id` with its secret wherever the key `id` is, also in `recorded` files: in a config and its
    /// credentials file in one edit, then in the others, except those at the paths `left`. Tells where that is.
    pub fn replace_key(
        world: &World,
        recorded: &KeyPaths,
        id: &str,
        new_id: &str,
        secret: &Secret,
        left: &[String],
    ) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        for world in recorded.worlds(world) {
            let (found, _) = Files::edit(&world, |files| {
                files.check()?;
                files.replace_key(id, new_id, secret)
            })?;
            places.extend(found);
        }
        for file in KeyFiles::load_with(world, recorded.clone())?.outside {
            if is_left(&file.path, left, world) || file.places(id).is_empty() {
                continue;
            }
            let (changed, _) = store::edit(&[&file.path], |contents| {
                let (text, changed) = file.replaced(&contents[0], id, new_id, secret)?;
                contents[0].clone_from(&text);
                Ok::<_, Error>(changed)
            })?;
            places.extend(changed);
        }
        Ok(places)
    }
}

/// Whether a file is one of those that keep the key.
pub fn is_left(path: &Path, left: &[String], world: &World) -> bool {
    let is_it = |path: &Path| left.contains(&path.display().to_string());
    // Older journals have relative paths as the user named them.
    is_it(path) || absolute(world, path).is_some_and(|path| is_it(&path))
}

fn is_same_line(one: &Place, other: &Place) -> bool {
    one.line == other.line && one.path == other.path
}

fn contains(line: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && line.windows(wanted.len()).any(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::outside::EC2_FILE;
    use super::*;

    fn put(path: &std::path::Path, text: &str) {
        store::edit(&[path], |contents| {
            contents[0] = text.as_bytes().to_vec();
            Ok::<_, store::Problem>(())
        })
        .unwrap();
    }

    #[test]
    fn the_files_of_the_first_tools_are_edited_where_they_have_the_key() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let [boto, ec2] = [path("boto"), path("ec2")];
        let boto_text = "# kept\n[Credentials]\naws_access_key_id = OLD\n; why\naws_secret_access_key: x\n[Boto]\nproxy = OLD\n";
        put(&boto, boto_text);
        put(&ec2, "AWSAccessKeyId=OTHER\r\n AWSAccessKeyId = OLD \r\nAWSSecretKey=x\r\nmore=1");
        let world = World::of([
            ("HOME", home.path().to_str().unwrap()),
            ("BOTO_CONFIG", boto.to_str().unwrap()),
            (EC2_FILE, ec2.to_str().unwrap()),
        ]);
        let lines = |places: Vec<Place>| places.into_iter().map(|place| place.line).collect::<Vec<_>>();
        let files = KeyFiles::load(&world).unwrap();
        assert_eq!(lines(files.holders("OLD").into_iter().map(|holder| holder.place).collect()), [3, 2]);
        assert_eq!(lines(files.mentions("OLD")), [7]);
        let (secret, here) = (Secret::new("new/secret"), KeyPaths::default());
        assert!(files.try_out(&world, "OLD", "NEW", &secret).unwrap().is_empty());
        assert_eq!(fs::read_to_string(&boto).unwrap(), boto_text);
        assert_eq!(lines(KeyFiles::replace_key(&world, &here, "OLD", "NEW", &secret, &[]).unwrap()), [3, 2]);
        assert_eq!(
            fs::read_to_string(&boto).unwrap(),
            "# kept\n[Credentials]\naws_access_key_id = NEW\n; why\naws_secret_access_key: new/secret\n[Boto]\nproxy = OLD\n"
        );
        assert_eq!(
            fs::read_to_string(&ec2).unwrap(),
            "AWSAccessKeyId=OTHER\r\n AWSAccessKeyId = NEW \r\nAWSSecretKey=new/secret\r\nmore=1"
        );
        // Nothing is left to be done.
        assert!(KeyFiles::replace_key(&world, &here, "OLD", "NEW", &secret, &[]).unwrap().is_empty());
    }

    #[test]
    fn files_of_another_environment_are_read_and_edited_as_well() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let [conf, creds, boto, ec2] = ["conf", "creds", "boto", "ec2"].map(path);
        put(&conf, "[profile ci]\naws_access_key_id = OLD\naws_secret_access_key = x\n");
        put(&creds, "[ci]\naws_access_key_id = OLD\naws_secret_access_key = x\n");
        put(&boto, "[Credentials]\naws_access_key_id = OLD\naws_secret_access_key = x\n");
        put(&ec2, "AWSAccessKeyId=OLD\nAWSSecretKey=x\n");
        let then = World::of([
            ("AWS_CONFIG_FILE", &conf),
            ("AWS_SHARED_CREDENTIALS_FILE", &creds),
            ("BOTO_CONFIG", &boto),
            (EC2_FILE, &ec2),
        ]);
        let now = World::of([("HOME", path("home"))]);
        put(&path("home/.aws/credentials"), "[here]\naws_access_key_id = OLD\n");
        assert_eq!(KeyFiles::load(&now).unwrap().holders("OLD").len(), 1);
        let recorded = KeyPaths::of(&then, []);
        let files = KeyFiles::load_with(&now, recorded.clone()).unwrap();
        assert_eq!(files.holders("OLD").len(), 5);
        let secret = Secret::new("s");
        assert!(files.try_out(&now, "OLD", "NEW", &secret).unwrap().is_empty());
        let left = [ec2.display().to_string()];
        assert_eq!(KeyFiles::replace_key(&now, &recorded, "OLD", "NEW", &secret, &left).unwrap().len(), 4);
        for path in [&conf, &creds, &boto, &path("home/.aws/credentials")] {
            assert!(!fs::read_to_string(path).unwrap().contains("OLD"), "{}", path.display());
        }
        assert!(fs::read_to_string(&ec2).unwrap().contains("OLD"));
    }

    #[test]
    fn every_line_with_the_key_is_told_of_unless_it_is_a_comment() {
        let home = tempfile::tempdir().unwrap();
        put(
            &home.path().join(".aws/config"),
            "[dev]\naws_access_key_id = OLD\n[profile p]\n# OLD\nregion = r\n  aws_access_key_id = OLD\ncredential_process = x OLD\n",
        );
        let world = World::of([("HOME", home.path().to_str().unwrap()), ("BOTO_CONFIG", "/dev/null")]);
        let files = KeyFiles::load(&world).unwrap();
        assert_eq!(files.holders("OLD").len(), 1);
        let lines: Vec<u32> = files.mentions("OLD").iter().map(|place| place.line).collect();
        assert_eq!(lines, [6, 7]);
    }
}
