use super::*;
use crate::catalogue::line;

examples!(OtherIdentity {
    OtherIdentity::Keys { .. } => [
        OtherIdentity::Keys { profile: "dev".to_owned(), key: ROLE_ARN.name, origin: line(3) },
    ],
    OtherIdentity::Principal { .. } => [OtherIdentity::Principal {
        profile: "dev".to_owned(),
        old: "arn:aws:iam::111122223333:user/ann".to_owned(),
        new: "arn:aws:iam::111122223333:user/bob".to_owned(),
    }],
    OtherIdentity::NoRegion { .. } => [OtherIdentity::NoRegion { profile: "dev".to_owned() }],
});
