use super::*;
use crate::catalogue::denied;

examples!(ListenError {
    ListenError::Taken { .. } => [ListenError::Taken { port: 8400 }],
    ListenError::Port { .. } => [ListenError::Port { port: 80, source: denied() }],
    ListenError::Loopback { .. } => [ListenError::Loopback { source: io::Error::from_raw_os_error(24) }],
    ListenError::Endpoint { .. } => [ListenError::Endpoint { source: io::Error::from_raw_os_error(24) }],
});
