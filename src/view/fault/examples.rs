use super::*;
use crate::catalogue::place;

examples!(Fault {
    Fault::Malformed { .. } => [What::NoSection, What::IndentedAbove, What::ByteOrderMark, What::Unclosed, What::NoDelimiter, What::NoKey, What::NothingOpen, What::NoSubKey]
        .map(|what| Fault::Malformed { place: place(3), what }),
    Fault::Unreadable(_) => Problem::examples().into_iter().take(1).map(|(_, problem)| Fault::Unreadable(problem)),
});
