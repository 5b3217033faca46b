//! Ctrl-C and the other signals that end programs: what has to be tidied up first. It is answered on a thread of its
//! own, so that it is answered at once whatever the program is doing.

use std::fs;
use std::io::Write;
use std::os::fd::AsFd;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::{prompt, wait};
use crate::failure::Exit;

/// Whether the signals are answered here.
static HANDLED: Mutex<bool> = Mutex::new(false);

/// Whether a wait is being told.
static WAITS: AtomicBool = AtomicBool::new(false);

/// Empty files that nobody wants to keep.
static LEFTOVERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What standard output gets if a signal or a panic ends the program.
static LAST_WORDS: Mutex<&str> = Mutex::new("");

/// Sets what standard output gets if a panic or a signal that is answered here ends the program: a shell that
/// evaluates nothing would go on as if all were well. An end that can't be answered says nothing.
pub fn last_words(words: &'static str) {
    static PANICS: Once = Once::new();
    *locked(&LAST_WORDS) = words;
    PANICS.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            say_past_the_lock();
            report(panicked);
        }));
    });
}

/// Says the last words, if nobody has: a signal can come while an error is being told, and the program ends only when
/// they have been said.
pub fn say_last_words(say: impl FnOnce(&str)) {
    let mut words = locked(&LAST_WORDS);
    say(std::mem::take(&mut *words));
}

/// The same past the lock of standard output, which the interrupted thread may hold.
fn say_past_the_lock() {
    if let Ok(output) = std::io::stdout().as_fd().try_clone_to_owned() {
        say_last_words(|words| _ = fs::File::from(output).write_all(words.as_bytes()));
    }
}

/// A file that is removed if a signal ends the program while it is still empty.
pub struct Leftover(PathBuf);

impl Leftover {
    /// Watches over `path` until this is dropped.
    pub fn new(path: &Path) -> Leftover {
        handle_if_free();
        locked(&LEFTOVERS).push(path.to_owned());
        Leftover(path.to_owned())
    }
}

impl Drop for Leftover {
    fn drop(&mut self) {
        locked(&LEFTOVERS).retain(|path| *path != self.0);
    }
}

/// Whether a wait is being told, in a line that has to go.
pub(super) fn shows_wait(shows: bool) {
    WAITS.store(shows, Ordering::SeqCst);
}

/// Answers the signals from here on, even if they were ignored: the terminal must get its echo back.
pub(super) fn handle() -> Result<(), ctrlc::Error> {
    install(|| ctrlc::set_handler(end))
}

/// Answers the signals from here on, unless whoever started the program ignores them, as `nohup` does.
pub(super) fn handle_if_free() {
    let _ = install(|| ctrlc::try_set_handler(end));
}

fn install(set: impl FnOnce() -> Result<(), ctrlc::Error>) -> Result<(), ctrlc::Error> {
    let mut handled = locked(&HANDLED);
    if !*handled {
        set()?;
        *handled = true;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a signal ends the program; there is nobody to return to")]
fn end() {
    prompt::restore(true);
    for path in locked(&LEFTOVERS).iter() {
        if fs::metadata(path).is_ok_and(|found| found.len() == 0) {
            let _ = fs::remove_file(path);
        }
    }
    if WAITS.load(Ordering::SeqCst) {
        wait::take_away();
    }
    say_past_the_lock();
    std::process::exit(Exit::Interrupted.code().into())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
