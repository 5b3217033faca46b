//! The files of the first tools: the EC2 tools' credential file, and boto2's configuration.

use std::fs;
use std::io::{
    self,
    ErrorKind::{NotADirectory, NotFound, PermissionDenied},
};
use std::path::{Path, PathBuf};

use super::plan::{Ask, Intent, Planned};
use super::{Context, Error, Provider, small_text};
use crate::credentials::Credentials;
use crate::ini::Document;
use crate::origin::{Located, Origin, Place, shown};
use crate::profile::outside::EC2_FILE as VARIABLE;
use crate::profile::{self, outside};
use crate::secret::Secret;
use crate::store;
use crate::world::NoHome;

/// The EC2 tools' file: `AWSAccessKeyId=…` and `AWSSecretKey=…` lines.
pub(super) struct Ec2File {
    path: PathBuf,
}

/// boto2's files, in the order in which they are looked at.
pub(super) struct BotoConfig {
    paths: Vec<Result<PathBuf, NoHome>>,
    /// The variable, where it names the file.
    named_by: Option<Origin>,
}

/// The plan for the EC2 tools' file: it counts when the variable is set, even empty.
pub(super) fn ec2_file(context: &Context<'_>) -> Planned {
    let path = match outside::ec2_file(context.client.world) {
        None => return Planned::absent(Provider::Ec2CredentialsFile, format!("{VARIABLE} is not set")),
        Some(Ok(path)) => path,
        Some(Err(no_home)) => {
            let error = Error::Io {
                what: "the credential file",
                path: no_home.path.clone(),
                source: std::io::Error::other(no_home),
                origin: Some(Origin::environment(VARIABLE)),
            };
            return Planned::failed(Provider::Ec2CredentialsFile, error);
        }
    };
    let ask = Ask::Ec2File(Ec2File { path });
    Planned::new(Provider::Ec2CredentialsFile, vec![Origin::environment(VARIABLE)], Intent::Ask(ask))
}

/// The plan for boto2's files: `BOTO_CONFIG` alone, or the two default places.
pub(super) fn boto_config(context: &Context<'_>) -> Planned {
    let is_named = context.client.world.path("BOTO_CONFIG").is_some();
    let looked_at = if is_named { vec![Origin::environment("BOTO_CONFIG")] } else { Vec::new() };
    let config =
        BotoConfig { paths: outside::boto_files(context.client.world), named_by: looked_at.first().cloned() };
    Planned::new(Provider::BotoConfig, looked_at, Intent::Ask(Ask::BotoConfig(config)))
}

impl Ec2File {
    /// Reads the file.
    pub(super) fn load(&self) -> Result<Result<Credentials, String>, Error> {
        let origin = Origin::environment(VARIABLE);
        let text = small_text(&self.path, "the credential file", &origin)?;
        let value = |name: &str| {
            let lines = text.lines().zip(1..).filter_map(|(line, number)| {
                let (key, value) = line.split_once('=')?;
                (key.trim() == name).then(|| (value.trim().to_owned(), number))
            });
            let (value, line) = lines.last()?;
            let key = Some(name.into());
            Some(Located::new(
                value,
                Origin::File(Place { path: self.path.as_path().into(), line, section: None, key }),
            ))
        };
        let Some(access_key_id) = value("AWSAccessKeyId") else {
            return Ok(Err(format!("no AWSAccessKeyId in {}", shown(&self.path))));
        };
        let Some(secret) = value("AWSSecretKey") else {
            return Err(Error::Partial {
                found: "AWSAccessKeyId".to_owned(),
                missing: "AWSSecretKey".to_owned(),
                origin: Some(access_key_id.origin),
                help: Box::new(format!("add a line `AWSSecretKey=…` to it, or unset {VARIABLE}").into()),
            });
        };
        Ok(Ok(pair(access_key_id, secret)))
    }
}

impl BotoConfig {
    /// Reads the first file that has keys.
    pub(super) fn load(&self) -> Result<Result<Credentials, String>, Error> {
        for path in &self.paths {
            let Ok(path) = path else { continue };
            // To botocore what is no regular file is not there.
            match fs::metadata(path) {
                Ok(found) if !found.is_file() => continue,
                Err(error) if matches!(error.kind(), NotFound | NotADirectory) => continue,
                _ => {}
            }
            // What can't be read is an empty file to botocore, and credentials that nobody chose would come next.
            let mut bytes = match store::read_small(path, store::SMALL) {
                Ok(bytes) => bytes,
                // The machine's own file, closed by its administrator, never had keys for this user.
                Err(source) if path == Path::new(outside::SYSTEM) && source.kind() == PermissionDenied => {
                    continue;
                }
                Err(source) => return Err(self.unreadable(path, source)),
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
                return Err(profile::Error::Unreadable { place, fault: fault.kind.clone() }.into());
            }
            let Some(section) = document.sections().find(|section| section.name() == b"Credentials") else {
                continue;
            };
            let value = |key: &str| {
                let entry = section.entry(key).or_else(|| document.inherited(key))?;
                let text = entry.value().as_text()?.expose().to_owned();
                Some(Located::new(text, Origin::File(place(entry.line(), key))))
            };
            let Some(access_key_id) = value("aws_access_key_id") else { continue };
            let Some(secret) = value("aws_secret_access_key") else {
                return Err(Error::Partial {
                    found: "aws_access_key_id".to_owned(),
                    missing: "aws_secret_access_key".to_owned(),
                    origin: Some(access_key_id.origin),
                    help: Box::new("add aws_secret_access_key below it, or remove it".into()),
                });
            };
            return Ok(Ok(pair(access_key_id, secret)));
        }
        let path = |path: &Result<PathBuf, NoHome>| match path {
            Ok(path) | Err(NoHome { path }) => shown(path).to_string(),
        };
        let paths: Vec<String> = self.paths.iter().map(path).collect();
        Ok(Err(format!("no keys in {}", paths.join(" or "))))
    }

    fn unreadable(&self, path: &Path, source: io::Error) -> Error {
        Error::Io {
            what: "boto's configuration",
            path: path.to_owned(),
            source,
            origin: self.named_by.clone().or_else(|| Some(Origin::environment("BOTO_CONFIG"))),
        }
    }
}

fn pair(access_key_id: Located<String>, secret: Located<String>) -> Credentials {
    Credentials {
        access_key_id: Some(access_key_id),
        secret_access_key: Some(secret.map(Secret::held)),
        session_token: None,
        account_id: None,
        expiration: None,
    }
}
