//! Programs that take turns.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

pub(crate) struct Contestant {
    name: String,
    command: Command,
    aims: &'static [(&'static str, f64)],
    /// Files with the content that they have before each round.
    fresh: Vec<(PathBuf, Vec<u8>)>,
    times: Vec<Duration>,
}

impl Contestant {
    pub(crate) fn new(
        name: impl Into<String>,
        command: Command,
        aims: &'static [(&'static str, f64)],
    ) -> Contestant {
        Contestant { name: name.into(), command, aims, fresh: Vec::new(), times: Vec::new() }
    }

    /// The same with the files as they are now in every round.
    pub(crate) fn with_fresh(mut self, paths: &[PathBuf]) -> Contestant {
        let read = |path: &PathBuf| (path.clone(), fs::read(path).expect("the file is there"));
        self.fresh = paths.iter().map(read).collect();
        self
    }

    fn run(&mut self) {
        let start = Instant::now();
        let status = self.command.status().expect("the program starts");
        self.times.push(start.elapsed());
        for (path, content) in &self.fresh {
            fs::write(path, content).expect("the file can be written");
        }
        assert!(status.success(), "{}: {status}", self.name);
    }

    /// Of the sorted times the one that `percent` of them are below.
    fn percentile(&self, percent: usize) -> f64 {
        self.times[self.times.len() * percent / 100].as_secs_f64() * 1e6
    }
}

pub(crate) struct Race {
    title: String,
    rounds: usize,
    contestants: Vec<Contestant>,
}

impl Race {
    pub(crate) fn new(title: &str, rounds: usize) -> Race {
        Race { title: title.to_owned(), rounds, contestants: Vec::new() }
    }

    pub(crate) fn enter(&mut self, contestant: Contestant) {
        self.contestants.push(contestant);
    }

    pub(crate) fn run(mut self) {
        for contestant in &mut self.contestants {
            contestant.run(); // so that every program is in the page cache
            contestant.times.clear();
        }
        let mut order: Vec<usize> = (0..self.contestants.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..self.rounds {
            // In another order each time: a program that runs after a large one finds the processor's caches cold, and
            // one that runs after itself finds them warm, by a tenth of a millisecond.
            for at in (1..order.len()).rev() {
                order.swap(at, below(at + 1, &mut random));
            }
            for at in &order {
                self.contestants[*at].run();
            }
        }
        self.report();
    }

    /// The 5th percentile is the figure to trust on a shared machine; the median shows how busy the machine was.
    fn report(mut self) {
        for contestant in &mut self.contestants {
            contestant.times.sort_unstable();
        }
        println!("\n{}: spawn to exit, {} rounds", self.title, self.rounds);
        println!("{:>9}{:>9}", "p5 µs", "median");
        for contestant in &self.contestants {
            let [low, median] = [5, 50].map(|percent| contestant.percentile(percent));
            print!("{low:>9.0}{median:>9.0}  {:36}", contestant.name);
            for (name, aim) in contestant.aims {
                let Some(other) = self.contestants.iter().find(|other| other.name == *name) else { continue };
                let ratio = low / other.percentile(5);
                let verdict = if ratio <= *aim { "" } else { " MISSED" };
                print!("  {ratio:.2} × {name} (aim {aim}){verdict}");
            }
            println!();
        }
    }
}

/// A small random source: xorshift.
fn below(bound: usize, state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).expect("31 bits fit") % bound
}
