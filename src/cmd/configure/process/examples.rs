use super::*;

examples!(UnlikelyCommand {
    UnlikelyCommand::Unstartable { .. } => [
        Unstartable::Unclosed,
        Unstartable::Tilde,
        Unstartable::NotFound("vault".to_owned()),
    ]
    .map(|why| UnlikelyCommand::Unstartable { why, meant: None }),
    UnlikelyCommand::Shell(_) => [UnlikelyCommand::Shell('|')],
    UnlikelyCommand::RelativePath(_) => [UnlikelyCommand::RelativePath("bin/vault".to_owned())],
});
