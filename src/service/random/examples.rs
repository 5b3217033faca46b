use super::*;

examples!(RandomError {
    RandomError::Unavailable => [RandomError::Unavailable],
});
