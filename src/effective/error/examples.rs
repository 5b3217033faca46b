use super::*;

examples!(Error {
    Error::EmptyOption => [Error::EmptyOption],
    Error::NotText(_) => [Error::NotText(NotText { variable: "AWS_PROFILE" })],
});
