//! What to do about a fault of a file.

use crate::failure::{Command, Hint};
use crate::ini::FaultKind;

/// What the user can do about a fault, by a command where there is one.
pub fn fix_of(fault: &FaultKind) -> Hint {
    match fault {
        FaultKind::ByteOrderMark => Hint::from(Command::xcred(["doctor"]).flag("--fix"))
            .say(" removes it, and so does any edit by xcred"),
        fault => fault.help().into_owned().into(),
    }
}
