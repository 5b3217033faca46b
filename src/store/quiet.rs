//! Whether another program is writing a file. One that takes no lock empties the file, and then writes it: whoever reads it in
//! between must not take that for its content.

use std::io;
use std::thread;
use std::time::{Duration, SystemTime};

use super::system::Stat;

/// How long after its last change a file that has become shorter may still be written.
const BUSY: Duration = Duration::from_secs(2);

const PAUSE: Duration = Duration::from_millis(10);

/// How often to look again, for a file that is changed all the time.
const LOOKS: u32 = 500;

/// Whether a file of less than this length, in bytes, may be in the middle of being written.
pub(super) fn is_busy(found: &Stat, length: usize) -> bool {
    // A file that never had a content is empty because it is new.
    found.is_file() && found.length() < length as u64 && found.rewritten().is_some_and(is_recent)
}

/// Waits until it isn't. `look` looks at the file.
pub(super) fn wait(look: impl Fn() -> io::Result<Stat>, length: usize) {
    for _ in 0..LOOKS {
        if !look().is_ok_and(|found| is_busy(&found, length)) {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// By the system's clock, as the dates of files are. The clock of another machine may be ahead.
fn is_recent(at: SystemTime) -> bool {
    at.elapsed().unwrap_or_else(|ahead| ahead.duration()) < BUSY
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn only_what_has_become_shorter_a_moment_ago_may_be_written_still() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config");
        let is_busy = |length| is_busy(&Stat::at(&path).unwrap(), length);
        let file = File::create(&path).unwrap();
        // It is new.
        assert!(!is_busy(1));
        let now = SystemTime::now();
        for (at, expected) in [(now, true), (now - BUSY * 2, false), (now + BUSY * 2, false)] {
            file.set_modified(at).unwrap();
            assert_eq!(is_busy(1), expected, "{at:?}");
            assert!(!is_busy(0), "{at:?}");
        }
    }
}
