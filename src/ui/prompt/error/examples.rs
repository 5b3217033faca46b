use super::*;

examples!(PromptError {
    PromptError::Interrupted => [PromptError::Interrupted],
    PromptError::Ended => [PromptError::Ended],
    PromptError::Io(_) => [PromptError::Io(io::Error::from_raw_os_error(5))],
});
