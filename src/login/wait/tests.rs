use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::thread;

use super::*;

const STATE: &str = "6e1f7c8a";

/// A browser that returns when it was asked so often.
struct Returns(Cell<usize>);

impl Returns {
    fn answer(&self, within: Duration) -> Option<Answer> {
        if self.0.get() == 0 {
            return Some(Answer::Error { error: "by the browser".to_owned(), description: None });
        }
        self.0.set(self.0.get() - 1);
        thread::sleep(within);
        None
    }
}

fn never() -> Returns {
    Returns(Cell::new(usize::MAX))
}

/// A terminal at which these are typed, and then nothing.
#[derive(Default)]
struct Script {
    typed: RefCell<VecDeque<Typed>>,
    rejected: Cell<usize>,
    asked: Cell<usize>,
}

impl Script {
    fn of(typed: impl IntoIterator<Item = Typed>) -> Script {
        Script { typed: RefCell::new(typed.into_iter().collect()), ..Script::default() }
    }
}

impl Terminal for Script {
    fn typed(&self, within: Duration) -> Typed {
        assert!(within <= TICK);
        self.asked.set(self.asked.get() + 1);
        self.typed.borrow_mut().pop_front().unwrap_or_else(|| {
            thread::sleep(within);
            Typed::Nothing
        })
    }

    fn reject(&self) {
        self.rejected.set(self.rejected.get() + 1);
    }
}

fn line(text: &str) -> Typed {
    Typed::Line(Secret::new(text))
}

fn run(callback: &Returns, terminal: Option<&Script>, limit: u64) -> String {
    let terminal = terminal.map(|terminal| terminal as &dyn Terminal);
    let returned = |within| callback.answer(within);
    match answer(&returned, terminal, &Secret::new(STATE), Duration::from_millis(limit)) {
        Ok(Answer::Code(code)) => code.expose().to_owned(),
        Ok(Answer::Error { error, .. }) => error,
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn the_browser_answers_with_and_without_a_terminal() {
    assert_eq!(run(&Returns(Cell::new(0)), None, 10_000), "by the browser");
    assert_eq!(run(&Returns(Cell::new(3)), Some(&Script::default()), 10_000), "by the browser");
}

#[test]
fn a_pasted_address_is_taken_after_nonsense_and_foreign_ones() {
    let script = Script::of([
        line("yes"),
        line("code=CANARYcode&state=foreign"),
        Typed::Nothing,
        line(&format!("http://127.0.0.1:1/oauth/callback?code=CANARYcode&state={STATE}")),
    ]);
    assert_eq!(run(&never(), Some(&script), 10_000), "CANARYcode");
    assert_eq!(script.rejected.get(), 2);
}

#[test]
fn the_time_ends() {
    let start = Instant::now();
    assert!(run(&never(), None, 80).starts_with("TimedOut"));
    assert!(run(&never(), Some(&Script::default()), 80).starts_with("TimedOut"));
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(run(&Returns(Cell::new(0)), None, 0), "by the browser");
}

#[test]
fn a_closed_terminal_is_left_alone_and_ctrl_c_ends_the_wait() {
    let script = Script::of([Typed::Closed, line(&format!("code=late&state={STATE}"))]);
    assert!(run(&never(), Some(&script), 80).starts_with("TimedOut"));
    assert_eq!(script.asked.get(), 1);
    assert_eq!(run(&never(), Some(&Script::of([Typed::Interrupted])), 10_000), "Interrupted");
}
