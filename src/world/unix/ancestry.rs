//! Finds ancestors of this process that run the same program.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::world::captured::World;

/// The most ancestors that are examined. Real processes have fewer.
const FARTHEST: usize = 1000;

impl World {
    /// How many ancestors of this process run this program. 0 if the system has no `/proc`.
    pub fn own_ancestors(&self) -> usize {
        if self.parent.is_some() {
            return 0;
        }
        let own = Program::of("self");
        let above = std::iter::successors(parent_of("self"), |process| parent_of(process));
        above.take(FARTHEST).filter(|process| own.is_same(&Program::of(process))).count()
    }
}

/// The program of a process. Only its name is known for processes of other users.
struct Program {
    file: Option<(u64, u64)>,
    name: Option<String>,
}

impl Program {
    fn of(process: &str) -> Program {
        let file = fs::metadata(format!("/proc/{process}/exe")).ok();
        let name = fs::read_to_string(format!("/proc/{process}/comm")).ok();
        Program { file: file.map(|found| (found.dev(), found.ino())), name }
    }

    fn is_same(&self, other: &Program) -> bool {
        self.file.is_some() && self.file == other.file || self.name.is_some() && self.name == other.name
    }
}

/// The parent of a process, if it has one.
fn parent_of(process: &str) -> Option<String> {
    let text = fs::read(format!("/proc/{process}/stat")).ok()?;
    // The second field is the name in parentheses, which may contain any character.
    let behind_name = text.iter().rposition(|byte| *byte == b')')?;
    let fields = String::from_utf8_lossy(&text[behind_name + 1..]);
    fields.split_whitespace().nth(1).filter(|parent| *parent != "0").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_process_has_no_parent() {
        let above: Vec<_> = std::iter::successors(parent_of("self"), |process| parent_of(process)).collect();
        // Only Linux has this information.
        if let Some(last) = above.last() {
            assert!(above.len() < FARTHEST && parent_of(last).is_none(), "{above:?}");
            assert!(Program::of("self").is_same(&Program::of(&std::process::id().to_string())));
        }
        assert_eq!(World::of::<&str, &str>([]).own_ancestors(), 0);
    }
}
