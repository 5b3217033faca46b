use super::*;
use crate::catalogue::line;

fn url() -> String {
    "https://sso.example.com/start".to_owned()
}

examples!(StartUrlError {
    StartUrlError::Invalid { .. } => [StartUrlError::Invalid {
        url: "http://corp.awsapps.com/start".to_owned(),
        reason: "it doesn't begin with https://".to_owned(),
        origin: line(3),
    }],
    StartUrlError::LookUp { .. } => [StartUrlError::LookUp {
        url: url(),
        source: net::Error::Connect { url: url(), reason: "Connection refused (os error 111)".to_owned() },
    }],
    StartUrlError::NoRedirect { .. } => [StartUrlError::NoRedirect { url: url(), status: 200, origin: line(3) }],
    StartUrlError::Foreign { .. } => [StartUrlError::Foreign {
        url: url(),
        target: "https://awsapps.com.evil.example/start".to_owned(),
        origin: line(3),
    }],
});
