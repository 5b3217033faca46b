use super::*;
use crate::catalogue::denied;

fn from() -> String {
    STANDARD_INPUT.to_owned()
}

examples!(InputError {
    InputError::TooLong { .. } => [InputError::TooLong { from: from(), limit: LONGEST_VALUE }],
    InputError::NotUtf8 { .. } => [InputError::NotUtf8 { from: from() }],
    InputError::Nul { .. } => [InputError::Nul { from: from() }],
    InputError::Io { .. } => [InputError::Io { from: "file descriptor 5".to_owned(), source: denied() }],
    InputError::Shown { .. } => [InputError::Shown { from: from() }],
});
