use super::*;

examples!(PromptError {
    PromptError::Interrupted => [PromptError::Interrupted],
    PromptError::Ended { .. } => ["canceled; no profile was written, and you are still signed in", ""]
        .map(|left| PromptError::Ended { left }),
    PromptError::Io(_) => [PromptError::Io(io::Error::from_raw_os_error(5))],
});
