use super::*;

/// What the system says: no such file, permission denied, argument list too long.
const CODES: [i32; 3] = [2, 13, 7];

examples!(NotRun {
    NotRun { .. } => CODES.map(|code| {
        NotRun { program: "terraform".to_owned(), source: io::Error::from_raw_os_error(code) }
    }),
});
