//! A sign-in as JSON has it in all commands.

use std::path::Path;

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use super::facts::Kept;
use super::kind::SignIn;
use crate::origin::Origin;
use crate::settings::shown;

impl SignIn {
    /// Which sign-in it is. Commands add what else they know.
    pub fn to_json(&self) -> Map<String, Json> {
        let (kind, _) = self.identity();
        let name = shown(self.name().into()).into_owned();
        Map::from_iter([("kind".to_owned(), kind.into()), ("name".to_owned(), name.into())])
    }

    /// Which sign-in it is, what is cached of it, and where.
    pub fn cached_to_json(&self, cached: Option<(&Path, &Kept)>, now: Timestamp) -> Map<String, Json> {
        let (path, kept) = cached.unzip();
        let mut members = self.to_json();
        members.extend([
            ("state".to_owned(), state(kept, now).into()),
            ("reason".to_owned(), kept.and_then(Kept::reason).into()),
            ("expiration".to_owned(), kept.and_then(Kept::ends).map(|at| at.to_string()).into()),
            ("refreshable".to_owned(), kept.is_some_and(Kept::is_refreshable).into()),
            ("origin".to_owned(), json!(path.map(|path| Origin::Cache { path: path.to_owned() }))),
        ]);
        members
    }
}

fn state(kept: Option<&Kept>, now: Timestamp) -> &'static str {
    match kept {
        None => "missing",
        Some(Kept::Unusable(_)) => "unusable",
        Some(kept) if kept.is_over(now) => "expired",
        Some(_) => "valid",
    }
}
