use super::*;

examples!(WaitError {
    WaitError::TimedOut { .. } => [WaitError::TimedOut { limit: Duration::from_mins(10) }],
    WaitError::Interrupted => [WaitError::Interrupted],
});
