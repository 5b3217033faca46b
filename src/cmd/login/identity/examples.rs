use super::*;
use crate::catalogue::line;

fn profile() -> String {
    "dev".to_owned()
}

examples!(OtherIdentity {
    OtherIdentity::Keys { .. } => [
        OtherIdentity::Keys { profile: profile(), key: "role_arn", origin: line(3) },
    ],
    OtherIdentity::Principal { .. } => [OtherIdentity::Principal {
        profile: profile(),
        old: "arn:aws:iam::111122223333:user/ann".to_owned(),
        new: "arn:aws:iam::111122223333:user/bob".to_owned(),
    }],
    OtherIdentity::NoRegion => [OtherIdentity::NoRegion],
});
