use super::*;

examples!(UnlikelyKey {
    UnlikelyKey::SecretAsId => [UnlikelyKey::SecretAsId],
    UnlikelyKey::Id => [UnlikelyKey::Id],
    UnlikelyKey::IdAsSecret => [UnlikelyKey::IdAsSecret],
    UnlikelyKey::Secret(_) => [SecretFault::Whitespace, SecretFault::Characters, SecretFault::Length(39)].map(UnlikelyKey::Secret),
    UnlikelyKey::OddId(_) => [UnlikelyKey::OddId("has lower-case letters, which no ID of AWS has")],
});
