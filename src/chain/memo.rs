//! What services and programs have answered in this run, for resolutions by several SDKs: each is asked once for the same
//! thing.
//!
//! Settings with which one SDK can make no request don't answer for another one.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::error::Error;

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
        if let Some(known) = self.known(question) {
            return known;
        }
        let answer = ask().map_err(Arc::new);
        self.answers.borrow_mut().insert(question.to_string(), Rc::new(answer.clone()));
        answer.map_err(Error::Again)
    }

    /// What was answered to the question, if it was asked.
    pub(super) fn known<T: Clone + 'static>(&self, question: &Value) -> Option<Result<T, Error>> {
        let known = self.answers.borrow().get(&question.to_string()).cloned()?;
        let known = known.downcast::<Result<T, Arc<Error>>>().ok()?;
        Some(known.as_ref().clone().map_err(Error::Again))
    }

    /// Why nobody answers at the address of the instance metadata, if that is known already.
    pub(super) fn silence(&self, address: &str) -> Option<String> {
        self.silent.borrow().get(address).cloned()
    }

    pub(super) fn note_silence(&self, address: &str, why: &str) {
        self.silent.borrow_mut().insert(address.to_owned(), why.to_owned());
    }
}
