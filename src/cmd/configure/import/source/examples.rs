use super::*;

fn name() -> String {
    "keys.csv".to_owned()
}

examples!(SourceError {
    SourceError::NoHome(_) => [SourceError::NoHome(NoHome { path: "~/keys.csv".into() })],
    SourceError::NotText(_) => [InputError::NotUtf8 { from: name() }, InputError::Nul { from: name() }].map(SourceError::NotText),
    SourceError::TooLong(_) => [SourceError::TooLong(InputError::TooLong { from: name(), limit: LARGEST })],
    SourceError::Neither => [SourceError::Neither],
    SourceError::NotAFile { .. } => [SourceError::NotAFile { name: "/dev/tty".to_owned() }],
    SourceError::Absent { .. } => [SourceError::Absent { name: name() }],
});
