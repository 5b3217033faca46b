//! The files of the first tools, which may hold access keys as well: the EC2 tools' credential file, and boto2's
//! configuration. Whoever looks for a key looks here, too.

use std::ffi::OsStr;
use std::ops::Range;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::Error;
use super::pair::{ID, SECRET, holds};
use crate::ini::{Document, Key, Section};
use crate::origin::Place;
use crate::secret::Secret;
use crate::store::{self, SMALL};
use crate::world::{NoHome, World};

/// The variable that names the EC2 tools' file.
pub const EC2_FILE: &str = "AWS_CREDENTIAL_FILE";

/// The EC2 tools' file; the variable is used even if it is empty.
pub fn ec2_file(world: &World) -> Option<Result<PathBuf, NoHome>> {
    world.path(EC2_FILE).map(|path| world.expand_user(path))
}

/// boto2's configuration for all users of a machine.
pub const SYSTEM: &str = "/etc/boto.cfg";

/// boto2's files, in the order in which they are looked at: `BOTO_CONFIG` alone, or the two default places.
pub fn boto_files(world: &World) -> Vec<Result<PathBuf, NoHome>> {
    match world.path("BOTO_CONFIG") {
        Some(path) => vec![world.expand(path)],
        None => [SYSTEM, "~/.boto"].map(|path| world.expand(OsStr::new(path))).into(),
    }
}

/// A file besides the two.
pub(super) struct Outside {
    pub(super) path: PathBuf,
    shape: Shape,
    pub(super) text: Zeroizing<Vec<u8>>,
}

#[derive(Clone, Copy)]
pub(super) enum Shape {
    Boto,
    Ec2,
}

impl Outside {
    /// Reads those that can be read; the others count as empty, as they do to the chain.
    pub(super) fn all(world: &World) -> Vec<Outside> {
        let boto = boto_files(world).into_iter().map(|path| (path, Shape::Boto));
        let all = boto.chain(ec2_file(world).map(|path| (path, Shape::Ec2)));
        all.filter_map(|(path, shape)| Outside::read(path.ok()?, shape)).collect()
    }

    /// Reads one, if it can be read.
    pub(super) fn read(path: PathBuf, shape: Shape) -> Option<Outside> {
        let text = store::read_small(&path, SMALL).ok()?;
        Some(Outside { path, shape, text })
    }

    /// Where the key `id` is.
    pub(super) fn places(&self, id: &str) -> Vec<Place> {
        match self.shape {
            Shape::Boto => {
                let document = Document::parse(self.text.to_vec());
                let sections = document.sections().filter(|section| holds(section, id));
                sections.filter_map(|section| self.boto_place(&document, &section)).collect()
            }
            Shape::Ec2 => {
                let found = ec2_value(&self.text, EC2_ID).filter(|(_, value)| *value == id.as_bytes());
                found.map(|(at, _)| self.place(at + 1, None, EC2_ID)).into_iter().collect()
            }
        }
    }

    /// Where the ID of a section of boto2's is.
    fn boto_place(&self, document: &Document, section: &Section<'_>) -> Option<Place> {
        let header = document.text_of(section).into_owned();
        Some(self.place(section.entry(ID)?.line(), Some(header), ID))
    }

    fn place(&self, line: u32, section: Option<String>, key: &str) -> Place {
        let section = section.map(String::into_boxed_str);
        Place { path: self.path.as_path().into(), line, section, key: Some(key.into()) }
    }

    /// `text` with another key in place of `id`, and where that is.
    pub(super) fn replaced(
        &self,
        text: &[u8],
        id: &str,
        new_id: &str,
        secret: &Secret,
    ) -> Result<(Zeroizing<Vec<u8>>, Vec<Place>), Error> {
        match self.shape {
            Shape::Boto => {
                let mut document = Document::parse(text.to_vec());
                let sections = document.sections().filter(|section| holds(section, id));
                let sections: Vec<usize> = sections.map(|section| section.index()).collect();
                let made = document.edit(|draft| {
                    for section in &sections {
                        for (key, value) in [(SECRET, secret.expose()), (ID, new_id)] {
                            draft.set(*section, Key::plain(key), value, false)?;
                        }
                    }
                    Ok(())
                });
                made.map_err(|refusal| {
                    let place = refusal.line().map(|line| self.place(line, None, ID));
                    Error::Refused { refusal, place, fix: None, may_replace: false }
                })?;
                let sections = sections.into_iter().map(|section| document.section(section));
                let places = sections.filter_map(|section| self.boto_place(&document, &section)).collect();
                Ok((Zeroizing::new(document.bytes().to_vec()), places))
            }
            Shape::Ec2 => {
                let Some((at, _)) = ec2_value(text, EC2_ID).filter(|(_, value)| *value == id.as_bytes())
                else {
                    return Ok((Zeroizing::new(text.to_vec()), Vec::new()));
                };
                let secret_at = ec2_value(text, EC2_SECRET).map(|(at, _)| at);
                let mut new = Zeroizing::new(Vec::with_capacity(text.len() + 256));
                for (line, number) in text.split_inclusive(|byte| *byte == b'\n').zip(0_u32..) {
                    let value = match number {
                        _ if number == at => Some(new_id),
                        _ if Some(number) == secret_at => Some(secret.expose()),
                        _ => None,
                    };
                    match value.zip(ec2_parts(line)) {
                        None => new.extend_from_slice(line),
                        Some((value, (_, old))) => {
                            new.extend_from_slice(&line[..old.start]);
                            new.extend_from_slice(value.as_bytes());
                            new.extend_from_slice(&line[old.end..]);
                        }
                    }
                }
                Ok((new, vec![self.place(at + 1, None, EC2_ID)]))
            }
        }
    }
}

const EC2_ID: &str = "AWSAccessKeyId";
const EC2_SECRET: &str = "AWSSecretKey";

/// The last line with a key of the EC2 tools' file, counted from 0, and its value.
fn ec2_value<'t>(text: &'t [u8], key: &str) -> Option<(u32, &'t [u8])> {
    let lines = text.split(|byte| *byte == b'\n').zip(0_u32..);
    let found = lines.filter_map(|(line, number)| {
        let (found, value) = ec2_parts(line)?;
        (found == key.as_bytes()).then(|| (number, &line[value]))
    });
    found.last()
}

/// The key of a line and where its value is, both without the blanks around them.
fn ec2_parts(line: &[u8]) -> Option<(&[u8], Range<usize>)> {
    let at = line.iter().position(|byte| *byte == b'=')?;
    let end = line.trim_ascii_end().len().max(at + 1);
    let start = end - line[at + 1..end].trim_ascii_start().len();
    Some((line[..at].trim_ascii(), start..end))
}
