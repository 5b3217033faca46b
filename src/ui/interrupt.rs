//! What must be undone and printed before Ctrl-C, another signal or a panic ends the program. Signals are handled on
//! their own thread, so that they are handled at once whatever the program is doing.

use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::print::print;
use super::text::foreign;
use super::{before, document, lent, streams, system};
use crate::failure::Exit;

/// Whether the signals are handled here.
static HANDLED: Mutex<bool> = Mutex::new(false);

/// Calls its argument as soon as the program may end, with whether something was saved when the signal came.
type BeforeEnd = fn(&dyn Fn(bool));

type Action = Box<dyn Fn() + Send>;

/// The actions to do if a signal ends the program.
static UNDO: Mutex<Vec<(u64, Action)>> = Mutex::new(Vec::new());

/// What is called before a signal ends the program.
static BEFORE_END: OnceLock<BeforeEnd> = OnceLock::new();

/// Printed on standard output if a signal or a panic ends the program.
static LAST_WORDS: Mutex<&str> = Mutex::new("");

/// Said if a signal ends the program after it had to wait until something was saved.
const SAVED: &str = "interrupted; what was changed so far is saved";

/// How long to wait for a panic's message without its secrets.
const REDACTING: Duration = Duration::from_secs(2);

/// Lets `wait` say when a signal may end the program.
pub fn wait_before_end(wait: BeforeEnd) {
    // The first call takes effect.
    let _ = BEFORE_END.set(wait);
}

/// Sets the text for standard output if a panic or a signal that is handled here ends the program. A shell that
/// evaluates an empty output would go on as if the command had succeeded.
pub fn last_words(words: &'static str) {
    *locked(&LAST_WORDS) = words;
}

/// Prints the last words, at most once: a signal can arrive while an error is being printed. The program ends only
/// after they are printed.
pub fn say_last_words(say: impl FnOnce(&str)) {
    let mut words = locked(&LAST_WORDS);
    say(std::mem::take(&mut *words));
}

/// Prints the last words without the lock of standard output, which the interrupted thread may hold.
fn say_past_the_lock() {
    if let Ok(mut output) = system::standard_output() {
        say_last_words(|words| _ = output.write_all(words.as_bytes()));
    }
}

/// Reports panics, without the secrets in their messages.
pub fn report_panics() {
    panic::set_hook(Box::new(|panicked| {
        say_past_the_lock();
        let _ = streams::err().write_all(report(panicked).as_bytes());
    }));
}

fn report(panicked: &PanicHookInfo<'_>) -> String {
    static IS_REPORTING: AtomicBool = AtomicBool::new(false);
    let place = panicked.location().map(ToString::to_string).unwrap_or_default();
    let message = match panicked.payload_as_str() {
        // A panic during a report is reported without its message.
        Some(message) if !IS_REPORTING.swap(true, Ordering::SeqCst) => redacted(message.to_owned()),
        _ => String::new(),
    };
    format!(
        "error: xcred panicked at {place}: {message}\nhelp: this is a bug; report it at {}/issues\n",
        env!("CARGO_PKG_REPOSITORY")
    )
}

/// The message without secrets; empty if that takes too long. On another thread, because the one that panicked may hold
/// a lock that this needs.
fn redacted(message: String) -> String {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().spawn(move || sender.send(foreign(&message)));
    thread.ok().and_then(|_| receiver.recv_timeout(REDACTING).ok()).unwrap_or_default()
}

/// An action that is done if a signal ends the program before this is dropped.
pub struct Undo(u64);

impl Undo {
    pub(super) fn new(action: impl Fn() + Send + 'static) -> Undo {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        locked(&UNDO).push((number, Box::new(action)));
        Undo(number)
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        locked(&UNDO).retain(|(number, _)| *number != self.0);
    }
}

/// Does `action` if a signal ends the program before the result is dropped.
pub fn undo_on_interrupt(action: impl Fn() + Send + 'static) -> Undo {
    handle_unless_ignored();
    Undo::new(action)
}

/// Handles the signals from here on, even if they were ignored: the terminal must get its echo back.
pub(super) fn handle() -> Result<(), ctrlc::Error> {
    install(|| ctrlc::set_handler(end))
}

/// Handles the signals from here on, unless the program was started with them ignored, as `nohup` does.
pub(super) fn handle_unless_ignored() {
    if lent::terminal_is_lent() {
        return;
    }
    let _ = install(|| ctrlc::try_set_handler(end));
}

/// Does the actions that a signal would do, at an end of the program that isn't one of its commands'.
pub fn undo_all() {
    locked(&UNDO).drain(..).rev().for_each(|(_, action)| action());
}

fn install(set: impl FnOnce() -> Result<(), ctrlc::Error>) -> Result<(), ctrlc::Error> {
    let mut handled = locked(&HANDLED);
    if !*handled {
        set()?;
        *handled = true;
    }
    Ok(())
}

fn end() {
    if lent::terminal_is_lent() {
        return;
    }
    match BEFORE_END.get() {
        Some(wait) => wait(&end_now),
        None => end_now(false),
    }
}

#[expect(clippy::disallowed_methods, reason = "a signal ends the program; there is no caller to return to")]
fn end_now(has_saved: bool) {
    if has_saved {
        before::forget_farewell();
    }
    // Locked to the end: what is undone meanwhile waits, and is not undone twice.
    let undo = locked(&UNDO);
    undo.iter().rev().for_each(|(_, action)| action());
    say_past_the_lock();
    // Held to the end, too: no other document follows.
    let _output = document::print_pending();
    if has_saved {
        print(SAVED);
    }
    std::process::exit(Exit::Interrupted.code().into())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::secret::Secret;

    const CANARY: &str = "CANARY/of+a+panic/0123456789";

    /// Runs in a process of its own: the hook is the whole process's.
    #[test]
    #[ignore = "the test below runs it"]
    fn panic_with_a_secret() {
        let secret = Secret::held(CANARY);
        last_words("last words\n");
        report_panics();
        panic!("found {}, at the wrong place", secret.expose());
    }

    #[test]
    fn a_panic_is_reported_without_the_secrets_in_its_message() {
        let tests = std::env::current_exe().unwrap();
        let name = "ui::interrupt::tests::panic_with_a_secret";
        let run = Command::new(tests).args(["--exact", name, "--include-ignored", "--nocapture"]).output();
        let run = run.unwrap();
        let (output, errors) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(!run.status.success() && output.contains("last words\n"), "{output}");
        assert!(
            errors.contains("xcred panicked at src/ui/interrupt.rs:") && errors.contains("found "),
            "{errors}"
        );
        assert!(errors.contains("at the wrong place") && errors.contains("/issues"), "{errors}");
        assert!(!output.contains(CANARY) && !errors.contains(CANARY), "{errors}");
    }

    #[test]
    fn an_action_is_forgotten_when_it_is_dropped() {
        let (undone, seen) = mpsc::channel();
        let other = undone.clone();
        let first = Undo::new(move || _ = undone.send(1));
        let second = Undo::new(move || _ = other.send(2));
        drop(first);
        let own = [second.0];
        locked(&UNDO).iter().filter(|(number, _)| own.contains(number)).for_each(|(_, action)| action());
        assert_eq!(seen.try_iter().collect::<Vec<_>>(), [2]);
    }
}
