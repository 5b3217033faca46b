use super::*;

/// What the system says: no such file, permission denied, argument list too long.
const CODES: [i32; 3] = [2, 13, 7];

examples!(NotRun {
    NotRun::Absent { .. } => ["terraform", "terraform plan", "cd", "NAME=value"].map(|program| NotRun::Absent { program: program.to_owned() }),
    NotRun::Refused { .. } => CODES.map(|code| {
        NotRun::Refused { program: "terraform".to_owned(), source: io::Error::from_raw_os_error(code) }
    }),
});

examples!(NotRenewed {
    NotRenewed::OtherIdentity { .. } => [NotRenewed::OtherIdentity {
        what: "account",
        old: "123456789012".to_owned(),
        new: "210987654321".to_owned(),
    }],
    NotRenewed::OtherSource { .. } => [NotRenewed::OtherSource { what: "credential_process" }],
    NotRenewed::Unknown => [NotRenewed::Unknown],
    NotRenewed::Expired => [NotRenewed::Expired],
    NotRenewed::Slow => [NotRenewed::Slow],
});
