use super::*;

examples!(ConsoleError {
    ConsoleError::Page(_) => [
        ConsoleError::Page(PageError::Service("S3".to_owned())),
        ConsoleError::Page(PageError::Path("buckets".to_owned())),
    ],
    ConsoleError::LongTerm { .. } => [
        ConsoleError::LongTerm { profile: Some("dev".to_owned()) },
        ConsoleError::LongTerm { profile: None },
    ],
    ConsoleError::NoConsole { .. } => [ConsoleError::NoConsole { partition: "aws-iso" }],
    ConsoleError::Elsewhere { .. } => [ConsoleError::Elsewhere { why: Why::Ssh("SSH_CONNECTION") }],
    ConsoleError::NoBrowser => [ConsoleError::NoBrowser],
    ConsoleError::NotOpened { .. } => [ConsoleError::NotOpened {
        program: "firefox".to_owned(),
        reason: "it was not found".to_owned(),
    }],
    ConsoleError::NotCome { .. } => [ConsoleError::NotCome { program: "firefox".to_owned() }],
});
