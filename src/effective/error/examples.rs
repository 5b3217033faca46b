use super::*;

examples!(Error {
    Error::EmptyOption => [Error::EmptyOption],
    Error::OtherShell { .. } => ["dev", "it's two"]
        .map(|shell| Error::OtherShell { shell: shell.to_owned(), profile: "default".to_owned() }),
    Error::NotText(_) => [Error::NotText(NotText { variable: "AWS_PROFILE" })],
});
