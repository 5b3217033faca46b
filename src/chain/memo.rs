//! What services and programs have answered in this run, for resolutions by several SDKs: each is asked once for the same
//! thing.
//!
//! A question has all that the answer depends on: where it is sent ([`Endpoint::place`](crate::service::Endpoint::place)),
//! who signs it ([`digest`]) and what it asks for. Settings of one SDK that make no request possible are no answer to another one.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::error::Error;
use crate::credentials::Credentials;
use crate::text::hex;

/// Credentials in a question, without a secret.
pub(super) fn digest(credentials: &Credentials) -> String {
    let id = credentials.access_key_id.as_ref().map(|id| id.value.as_str());
    let secrets = [&credentials.secret_access_key, &credentials.session_token];
    let secrets = secrets.map(|secret| secret.as_ref().map(|secret| secret.value.expose()));
    let mut digest = Sha256::new();
    for part in [id, secrets[0].map(AsRef::as_ref), secrets[1].map(AsRef::as_ref)] {
        let part: &str = part.unwrap_or_default();
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    hex(&digest.finalize())
}

/// A text in a question, such as a token.
pub(super) fn digest_of(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// The answers by what was asked for. An error is an answer, too.
#[derive(Default)]
pub struct Memo {
    answers: RefCell<FxHashMap<String, Rc<dyn Any>>>,
    /// The addresses at which no instance metadata was found.
    silent: RefCell<FxHashMap<String, String>>,
}

impl Memo {
    /// What `ask` answers, or has answered to the same question.
    pub(super) fn once<T: Clone + 'static>(
        &self,
        question: &Value,
        ask: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let question = question.to_string();
        let known = self.answers.borrow().get(&question).cloned();
        if let Some(Ok(known)) = known.map(Rc::downcast::<Result<T, Arc<Error>>>) {
            return known.as_ref().clone().map_err(Error::Again);
        }
        let answer = ask().map_err(Arc::new);
        self.answers.borrow_mut().insert(question, Rc::new(answer.clone()));
        answer.map_err(Error::Again)
    }

    /// Why nobody answers at the address of the instance metadata, if that is known already.
    pub(super) fn silence(&self, address: &str) -> Option<String> {
        self.silent.borrow().get(address).cloned()
    }

    pub(super) fn note_silence(&self, address: &str, why: &str) {
        self.silent.borrow_mut().insert(address.to_owned(), why.to_owned());
    }
}
