use super::*;
use crate::catalogue::place;

const NAME: &str = "dev-by-xcred";

examples!(BridgeError {
    BridgeError::Itself { .. } => [BridgeError::Itself { name: "dev".to_owned() }],
    BridgeError::Taken { .. } => [BridgeError::Taken {
        name: NAME.to_owned(),
        profile: "dev".to_owned(),
        key: "role_arn",
        place: place(4),
    }],
    BridgeError::Loop { .. } => [BridgeError::Loop {
        name: NAME.to_owned(),
        profile: "dev".to_owned(),
        user: "base".to_owned(),
        place: place(4),
    }],
    BridgeError::Region { .. } => [BridgeError::Region { profile: "dev".to_owned(), place: place(4) }],
    BridgeError::NoProgram => [BridgeError::NoProgram],
});
