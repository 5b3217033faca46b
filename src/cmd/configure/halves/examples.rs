use super::*;

examples!(UnlikelyKey {
    UnlikelyKey::SecretAsId => [UnlikelyKey::SecretAsId],
    UnlikelyKey::Id => [UnlikelyKey::Id],
    UnlikelyKey::IdAsSecret => [UnlikelyKey::IdAsSecret],
    UnlikelyKey::Secret { .. } => [UnlikelyKey::Secret { length: 39 }],
    UnlikelyKey::OddSecret => [UnlikelyKey::OddSecret],
});
