//! The contents of journals: of a rotation, and of the creation of a key.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::access::Access;
use super::again::{Again, Work};
use super::request::Request;
use crate::chain;
use crate::profile::{Files, KeyPaths, SectionName};
use crate::secret::Secret;
use crate::settings;
use crate::world::World;

/// The version of both records.
pub const SCHEMA: u32 = 1;

/// The record of a request for a key. It has the key, or the response is still to come, or the response was lost.
pub trait Record: Serialize + DeserializeOwned + Clone {
    const WORK: Work;

    /// Where it stopped if no response shows whether there is a new key: none came, or it can't be used, or a refusal doesn't
    /// prove that nothing was done.
    const IN_DOUBT: &'static str;

    /// The name of the record's file, without `.json`.
    fn stem(&self) -> String;

    /// What it is about: the old key, or the user whose key is created.
    fn what(&self) -> String;

    /// What continues or rolls it back.
    fn again(&self) -> Again {
        let (access, user) = (self.access().clone(), self.user().map(str::to_owned));
        Again { work: Self::WORK, access, user, gone: None }
    }

    /// How it was begun. The profile has the name that it had last.
    fn access(&self) -> &Access;

    fn access_mut(&mut self) -> &mut Access;

    /// The user to name in a command that continues it.
    fn user(&self) -> Option<&str>;

    fn account(&self) -> &str;

    /// The keys of the profile that began it.
    fn ids(&self) -> Vec<&str>;

    /// Whether it has the key `id` with its secret.
    fn holds(&self, id: &str) -> bool {
        self.made().is_some_and(|made| made.id == id)
    }

    /// Gives it the new name of a profile. Returns whether it had the old one. `files` have the new name already.
    fn rename(&mut self, renamed: &dyn Fn(&str) -> Option<String>, _files: Option<&Files>) -> bool {
        let new = self.access().profile.as_deref().and_then(renamed);
        new.map(|new| self.access_mut().profile = Some(new)).is_some()
    }

    fn request(&self) -> &Request;

    fn request_mut(&mut self) -> &mut Request;

    /// The files of the command that began it.
    fn files(&self, world: &World) -> KeyPaths;

    /// The key in the response.
    fn made(&self) -> Option<&Pair>;

    fn made_mut(&mut self) -> &mut Option<Pair>;

    fn undone_mut(&mut self) -> &mut bool;
}

/// The record of a rotation. The old pair is for `--undo`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    pub schema: u32,
    // Without secrets: serde keeps what it flattens in memory that is not wiped.
    #[serde(flatten)]
    pub request: Request,
    #[serde(flatten)]
    pub access: Access,
    pub account: String,
    /// The identity of both keys.
    pub arn: String,
    pub user: String,
    /// Where the old key was, as it was shown.
    pub places: Vec<String>,
    /// The files of the command that began it. Missing in older journals.
    #[serde(default)]
    pub files: Option<KeyPaths>,
    /// Where it stays, because the file can't be edited and the user accepted that.
    #[serde(default)]
    pub left: Vec<String>,
    /// Whether to delete the old key at the end.
    pub delete: bool,
    /// Whether a roll-back deactivated the new key, which may be deleted by now.
    pub undone: bool,
    pub old: Pair,
    pub new: Option<Pair>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Creation {
    pub schema: u32,
    #[serde(flatten)]
    pub request: Request,
    #[serde(flatten)]
    pub access: Access,
    /// The profile's own key. `None` for other credentials, and in older journals.
    #[serde(default)]
    pub by: Option<String>,
    pub account: String,
    /// `None` for the root user.
    pub user: Option<String>,
    /// The files of the command that began it. Missing in older journals.
    #[serde(default)]
    pub files: KeyPaths,
    pub save_as: Option<String>,
    /// Whether another key may be replaced.
    pub overwrite: bool,
    /// The key that may be replaced, which the profile had. `None` also if it had only a secret, and in older journals: then no
    /// whole key may be.
    #[serde(default)]
    pub replaces: Option<String>,
    /// Whether the profile had only half a key, so that no whole one may be replaced. Missing in older journals.
    #[serde(default)]
    pub half: bool,
    /// Whether a roll-back deactivated the new key, which may be deleted by now. Missing in older journals.
    #[serde(default)]
    pub undone: bool,
    pub show_secret: bool,
    pub new: Option<Pair>,
}

impl Creation {
    /// Whether this profile is still the one to save the new key in. Otherwise it only has its name.
    pub(super) fn is_for(&self, profile: &str, files: Option<&Files>) -> bool {
        let Some(files) = files else { return true };
        let section = SectionName::Profile(profile.to_owned());
        if chain::leads(&files.find(&section)).any(|(provider, ..)| !provider.is_in_files()) {
            return false;
        }
        let profile = files.profile(profile);
        let new = self.new.as_ref().map(|new| new.id.as_str());
        match profile.text(settings::AWS_ACCESS_KEY_ID.name) {
            Some(held) => [self.replaces.as_deref(), new].contains(&Some(&*held)),
            None => self.half || !profile.has(settings::AWS_SECRET_ACCESS_KEY.name),
        }
    }
}

/// The methods of a [`Record`] for the fields that both records have. A struct of these fields would move them in the files,
/// and serde would keep the secret that it flattens.
macro_rules! common_fields {
    () => {
        fn access(&self) -> &Access {
            &self.access
        }

        fn access_mut(&mut self) -> &mut Access {
            &mut self.access
        }

        fn account(&self) -> &str {
            &self.account
        }

        fn request(&self) -> &Request {
            &self.request
        }

        fn request_mut(&mut self) -> &mut Request {
            &mut self.request
        }

        fn made(&self) -> Option<&Pair> {
            self.new.as_ref()
        }

        fn made_mut(&mut self) -> &mut Option<Pair> {
            &mut self.new
        }

        fn undone_mut(&mut self) -> &mut bool {
            &mut self.undone
        }
    };
}

impl Record for Entry {
    const WORK: Work = Work::Rotation;
    const IN_DOUBT: &'static str = "there may be a new key whose secret is unknown; the old key works";

    common_fields!();

    fn stem(&self) -> String {
        self.old.id.clone()
    }

    fn what(&self) -> String {
        self.old.id.clone()
    }

    fn user(&self) -> Option<&str> {
        None
    }

    fn holds(&self, id: &str) -> bool {
        self.ids().contains(&id)
    }

    fn ids(&self) -> Vec<&str> {
        [Some(&self.old), self.new.as_ref()].into_iter().flatten().map(|pair| &*pair.id).collect()
    }

    fn files(&self, world: &World) -> KeyPaths {
        self.files.clone().unwrap_or_else(|| KeyPaths::of_shown(&self.places, world))
    }
}

impl Record for Creation {
    const WORK: Work = Work::Creation;
    const IN_DOUBT: &'static str = "there may be a key whose secret is unknown";

    common_fields!();

    fn stem(&self) -> String {
        let user = self.user.as_deref().unwrap_or("root");
        // IAM's user names have no slash; those of its imitations might.
        format!("{CREATION}{}-{user}", self.account).replace(['/', '\0'], "_")
    }

    fn what(&self) -> String {
        self.user.as_ref().map_or_else(|| "a key".to_owned(), |user| format!("a key for user `{user}`"))
    }

    fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    fn ids(&self) -> Vec<&str> {
        self.by.as_deref().into_iter().collect()
    }

    fn rename(&mut self, renamed: &dyn Fn(&str) -> Option<String>, files: Option<&Files>) -> bool {
        let profile = self.access.profile.as_deref().and_then(renamed);
        let save_as = self.save_as.as_deref().and_then(renamed).filter(|new| self.is_for(new, files));
        let has_any = profile.is_some() || save_as.is_some();
        self.access.profile = profile.or_else(|| self.access.profile.take());
        self.save_as = save_as.or_else(|| self.save_as.take());
        has_any
    }

    fn files(&self, _: &World) -> KeyPaths {
        self.files.clone()
    }
}

/// The prefix of the files of creations. No key ID has it.
pub(super) const CREATION: &str = "create-";

/// A key and its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pair {
    pub id: String,
    #[serde(serialize_with = "exposed", deserialize_with = "taken")]
    pub secret: Secret,
}

/// The only place where a secret is serialized.
fn exposed<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

fn taken<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::held)
}
