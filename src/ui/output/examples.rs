use super::*;
use crate::catalogue::full;

examples!(OutputError {
    OutputError(_) => [full(), io::ErrorKind::BrokenPipe.into()].map(OutputError),
});
