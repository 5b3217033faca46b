use super::*;

examples!(NotRun {
    NotRun { .. } => [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied, io::ErrorKind::ArgumentListTooLong]
        .map(|kind| NotRun { program: "terraform".to_owned(), source: kind.into() }),
});
