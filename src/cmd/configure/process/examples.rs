use super::*;

examples!(UnlikelyCommand {
    UnlikelyCommand::Open => [UnlikelyCommand::Open],
    UnlikelyCommand::Nameless => [UnlikelyCommand::Nameless],
    UnlikelyCommand::Unexpanded { .. } => [UnlikelyCommand::Unexpanded { meant: None }],
    UnlikelyCommand::Shell(_) => [UnlikelyCommand::Shell('|')],
    UnlikelyCommand::RelativePath(_) => [UnlikelyCommand::RelativePath("bin/vault".to_owned())],
    UnlikelyCommand::NotFound(_) => [UnlikelyCommand::NotFound("vault".to_owned())],
});
