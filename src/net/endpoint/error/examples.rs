use super::*;

examples!(EndpointError {
    EndpointError { .. } => [EndpointError { source: io::Error::from_raw_os_error(24) }],
});
