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
