use super::*;
use crate::shell::INITS;

examples!(Error {
    Error::NotSetUp { .. } => INITS.iter().copied().map(Some).chain([None]).map(|shell| Error::NotSetUp { shell }),
    Error::Redirected { .. } => INITS.iter().filter(|init| init.passes_by_status).map(|shell| Error::Redirected { shell }),
    Error::Ambiguous { .. } => [1, 2, 12].map(|count| Error::Ambiguous {
        name: "prod".to_owned(),
        similar: (1..=count).map(|number| format!("prod-{number}")).collect(),
    }),
    Error::NoPrevious => [Error::NoPrevious],
    Error::NoTerminal => [Error::NoTerminal],
    Error::NoProfiles => [Error::NoProfiles],
});
