use super::*;
use crate::profile::{NameFault, SectionName};

examples!(Invalid {
    Invalid::NoUser => [Invalid::NoUser],
    Invalid::BrokenUser => [Invalid::BrokenUser],
    Invalid::KeyAsUser => [Invalid::KeyAsUser],
    Invalid::NoId => [Invalid::NoId],
    Invalid::NoSecret => [Invalid::NoSecret],
    Invalid::Whitespace => [Invalid::Whitespace],
    Invalid::Swapped => [Invalid::Swapped],
    Invalid::OddId(_) => [Invalid::OddId("is a placeholder")],
    Invalid::NoToken => [Invalid::NoToken],
    Invalid::TokenWhitespace => [Invalid::TokenWhitespace],
    Invalid::RepeatedUser => [Invalid::RepeatedUser],
    Invalid::SecondKey => [Invalid::SecondKey],
    Invalid::Repeated(_) => [Part::Id, Part::Secret, Part::Token, Part::Region].map(Invalid::Repeated),
    Invalid::Profile(_) => [Invalid::Profile(profile::Error::Name {
        section: SectionName::Profile("a]b".to_owned()),
        fault: NameFault::Character(']'),
    })],
});

examples!(NoColumns {
    NoColumns::Neither => [NoColumns::Neither],
    NoColumns::Id => [NoColumns::Id],
    NoColumns::Secret => [NoColumns::Secret],
    NoColumns::Repeated => [NoColumns::Repeated],
});
