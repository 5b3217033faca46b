use super::*;
use crate::catalogue::{home, line};

fn credentials() -> PathBuf {
    home(".aws/credentials")
}

examples!(Reason {
    Reason::NoOption => [Reason::NoOption],
    Reason::GivenByOption => [Reason::GivenByOption],
    Reason::ProfileNamedByOption => [Reason::ProfileNamedByOption],
    Reason::NotSet(_) => [
        Reason::NotSet(&["AWS_ACCESS_KEY_ID"]),
        Reason::NotSet(&["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]),
    ],
    Reason::Empty(_) => [Reason::Empty(Origin::environment("AWS_ACCESS_KEY_ID")), Reason::Empty(line(3))],
    Reason::NoKey(_) => [Reason::NoKey(&["role_arn"]), Reason::NoKey(&["sso_session", "sso_start_url"])],
    Reason::HasWebIdentity => [Reason::HasWebIdentity],
    Reason::NoSection { .. } => [Reason::NoSection { profile: "dev".to_owned(), path: credentials() }],
    Reason::NoKeyId { .. } => [false, true].map(|only_secret| Reason::NoKeyId { header: line(2), only_secret }),
    Reason::NoKeys(_) => [Reason::NoKeys(vec![home(".boto"), "/etc/boto.cfg".into()])],
    Reason::NoLine { .. } => [Reason::NoLine { key: "AWSAccessKeyId", path: home("ec2.keys") }],
    Reason::Disabled(_) => [Reason::Disabled("AWS_EC2_METADATA_DISABLED")],
    Reason::NoInstance(_) => [Reason::NoInstance("no connection to http://169.254.169.254 within 1.0 s".to_owned())],
    Reason::Ended(_) => [Reason::Ended(Provider::Env)],
    Reason::Keys(_) => [Reason::Keys(None), Reason::Keys(Some(Located::new("AKIAIOSFODNN7EXAMPLE".to_owned(), line(3))))],
    Reason::Identity(_) => [Reason::Identity("arn:aws:iam::111122223333:role/Admin".to_owned())],
    Reason::WouldAsk(_) => [Reason::WouldAsk("STS for the role arn:aws:iam::111122223333:role/Admin".to_owned())],
    Reason::Error { .. } => [Reason::Error { code: "io", message: "the words of the error".to_owned() }],
});
