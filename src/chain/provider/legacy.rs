//! The files of the oldest tools: the credential file of the EC2 tools, and the configuration of boto 2.

use std::fs;
use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
use std::path::{Path, PathBuf};

use crate::chain::ask::{Answer, Ask, Loaded, Planned, Provide, Scope};
use crate::chain::context::Context;
use crate::chain::error::{Error, Half};
use crate::chain::reason::Reason;
use crate::chain::small_file::small_text;
use crate::credentials::Credentials;
use crate::ini::{self, Document};
use crate::origin::{Located, Origin, Place};
use crate::profile::outside::EC2_FILE as VARIABLE;
use crate::profile::{self, outside};
use crate::settings;
use crate::store;
use crate::world::{NoHome, World};

/// The variable that names boto 2's configuration.
const BOTO_CONFIG: &str = "BOTO_CONFIG";

/// The EC2 tools' file: `AWSAccessKeyId=…` and `AWSSecretKey=…` lines.
pub(super) struct Ec2File;

/// `BOTO_CONFIG` alone, or the two default places.
pub(super) struct Boto;

/// The path of the EC2 tools' file.
struct Ec2Plan(PathBuf);

/// boto 2's files, in the order in which they are read.
struct BotoPlan(Vec<Result<PathBuf, NoHome>>);

impl Provide for Ec2File {
    /// The file is read if the variable is set, even if it is empty.
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let plan = ec2_plan(scope.context.client.world)?;
        Ok(match plan {
            None => Planned::absent(Reason::NotSet(&[VARIABLE])),
            Some(plan) => Planned::ask(vec![Origin::environment(VARIABLE)], plan),
        })
    }
}

fn ec2_plan(world: &World) -> Result<Option<Ec2Plan>, Error> {
    match outside::ec2_file(world) {
        None => Ok(None),
        Some(Ok(path)) => Ok(Some(Ec2Plan(path))),
        Some(Err(no_home)) => Err(Error::Io {
            what: "the credential file",
            path: no_home.path.clone(),
            source: std::io::Error::other(no_home),
            origin: Origin::environment(VARIABLE),
        }),
    }
}

/// Why the EC2 tools' file that the environment names can't be read.
pub fn ec2_fault(world: &World) -> Option<Error> {
    let read = |plan: Option<Ec2Plan>| plan.map(|plan| plan.read()).transpose();
    ec2_plan(world).and_then(read).err()
}

impl Provide for Boto {
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let world = scope.context.client.world;
        let named_by = world.path(BOTO_CONFIG).map(|_| Origin::environment(BOTO_CONFIG));
        Ok(Planned::ask(named_by.into_iter().collect(), BotoPlan(outside::boto_files(world))))
    }
}

impl Ask for Ec2Plan {
    fn load(self: Box<Self>, _: &Context<'_>) -> Answer {
        Answer::if_any(self.read().map(|found| found.map(Loaded::keys)))
    }
}

impl Ask for BotoPlan {
    fn load(self: Box<Self>, _: &Context<'_>) -> Answer {
        Answer::if_any(self.read().map(|found| found.map(Loaded::keys)))
    }
}

impl Ec2Plan {
    fn read(&self) -> Result<Result<Credentials, Reason>, Error> {
        let origin = Origin::environment(VARIABLE);
        let text = small_text(&self.0, "the credential file", &origin)?;
        let value = |name: &str| {
            let lines = ini::lines(&text).zip(1..).filter_map(|(line, number)| {
                let (key, value) = line.split_once('=')?;
                (key.trim() == name).then(|| (value.trim().to_owned(), number))
            });
            let (value, line) = lines.last()?;
            let key = Some(name.into());
            Some(Located::new(
                value,
                Origin::File(Place { path: self.0.as_path().into(), line, section: None, key }),
            ))
        };
        let Some(access_key_id) = value("AWSAccessKeyId") else {
            return Ok(Err(Reason::NoLine { key: "AWSAccessKeyId", path: self.0.clone() }));
        };
        let Some(secret) = value("AWSSecretKey") else {
            return Err(Half::Ec2File.at(access_key_id.origin));
        };
        Ok(Ok(Credentials::keys(access_key_id, secret, None)))
    }
}

impl BotoPlan {
    /// Reads the first file that has keys.
    fn read(self) -> Result<Result<Credentials, Reason>, Error> {
        for path in &self.0 {
            let Ok(path) = path else { continue };
            // botocore ignores everything but regular files.
            match fs::metadata(path) {
                Ok(found) if !found.is_file() => continue,
                Err(error) if matches!(error.kind(), NotFound | NotADirectory) => continue,
                _ => {}
            }
            // botocore treats an unreadable file as empty, and continues with credentials that the user didn't choose.
            let mut bytes = match store::read_small(path, store::SMALL) {
                Ok(bytes) => bytes,
                // A system file that only the administrator can read never had keys for this user.
                Err(source) if path == Path::new(outside::SYSTEM) && source.kind() == PermissionDenied => {
                    continue;
                }
                Err(source) => {
                    let (what, origin) = ("boto's configuration", Origin::environment(BOTO_CONFIG));
                    return Err(Error::Io { what, path: path.to_owned(), source, origin });
                }
            };
            let document = Document::parse(std::mem::take(&mut *bytes));
            let place = |line, key: &str| Place {
                path: path.as_path().into(),
                line,
                section: Some("Credentials".into()),
                key: Some(key.into()),
            };
            if let Some(fault) = document.faults().first() {
                let place = Place { section: None, key: None, ..place(fault.line, "") };
                return Err(profile::Error::Unreadable { place, fault: fault.kind.clone(), fix: None }.into());
            }
            let Some(section) = document.sections().find(|section| section.name() == b"Credentials") else {
                continue;
            };
            let value = |key: &str| {
                let entry = section.entry(key).or_else(|| document.inherited(key))?;
                let text = entry.value().as_text()?.expose().to_owned();
                Some(Located::new(text, Origin::File(place(entry.line(), key))))
            };
            let Some(access_key_id) = value(settings::AWS_ACCESS_KEY_ID.name) else { continue };
            let Some(secret) = value(settings::AWS_SECRET_ACCESS_KEY.name) else {
                return Err(Half::Boto.at(access_key_id.origin));
            };
            return Ok(Ok(Credentials::keys(access_key_id, secret, None)));
        }
        let path = |path: Result<PathBuf, NoHome>| path.unwrap_or_else(|no_home| no_home.path);
        Ok(Err(Reason::NoKeys(self.0.into_iter().map(path).collect())))
    }
}
