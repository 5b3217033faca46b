use super::*;
use crate::failure::Command;

examples!(Online {
    Online::Unreachable { .. } => [Online::Unreachable {
        problem: "no connection to https://sts.eu-west-1.amazonaws.com: connection refused".to_owned(),
        fix: Some("check the network".into()),
    }],
    Online::Clock { .. } => [Online::Clock { minutes: 7, is_ahead: false }, Online::Clock { minutes: 61, is_ahead: true }],
    Online::Refused { .. } => [Online::Refused {
        holder: "profile `dev`".to_owned(),
        problem: "STS refused GetCallerIdentity: The security token included in the request is invalid. \
                  (InvalidClientTokenId)"
            .to_owned(),
        fix: Some(Hint::from(Command::xcred(["configure"]).profile("dev")).say(" enters other keys")),
    }],
});
