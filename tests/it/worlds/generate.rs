//! Random worlds: one provider that is meant to win, others beside it, and what disturbs them.

mod dialect;
mod draft;
mod local;
mod machine;
mod roles;
mod settings;
mod sign_in;

use serde_json::Value;

use draft::Draft;

/// A part of a world.
type Part = fn(&mut Draft);

/// Each provider, with how often out of a hundred it turns up in a world where another is to win. Those early in
/// the chain hide the rest, so they are rarer.
const PROVIDERS: &[(Part, usize)] = &[
    (local::explicit, 2),
    (local::environment, 6),
    (roles::role, 4),
    (roles::web_identity, 4),
    (sign_in::identity_center, 4),
    (local::credentials_file, 14),
    (sign_in::login, 5),
    (local::process, 8),
    (local::config_file, 14),
    (local::ec2_file, 6),
    (local::boto2, 8),
    (machine::container, 5),
    (machine::imds, 12),
];

/// Providers whose worlds have the most to them get a greater share.
const STARS: &[usize] = &[0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 7, 8, 8, 9, 10, 11, 11, 12, 12];

/// The world of a seed.
pub(crate) fn world(seed: u64) -> Value {
    let mut draft = Draft::new(seed);
    settings::choose_profile(&mut draft);
    let star = STARS[draft.random.below(STARS.len())];
    PROVIDERS[star].0(&mut draft);
    for (number, (part, percent)) in PROVIDERS.iter().enumerate() {
        if number != star && draft.random.chance(*percent) {
            part(&mut draft);
        }
    }
    settings::region(&mut draft);
    settings::endpoints(&mut draft);
    settings::disturb(&mut draft);
    draft.finish()
}

/// The providers that every SDK has, as `PROVIDERS` has them, and their shares.
const OF_ALL_SDKS: &[usize] = &[1, 2, 3, 4, 5, 6, 7, 8, 11, 12];
const SDK_STARS: &[usize] =
    &[1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 11, 11, 12, 12, 12];

/// The world of a seed for SDKs other than botocore: even ones like those above, odd ones about the two files.
pub(crate) fn sdk_world(seed: u64) -> Value {
    if seed % 2 == 1 {
        return dialect::world(seed);
    }
    let mut draft = Draft::for_sdk(seed);
    settings::choose_profile(&mut draft);
    let star = SDK_STARS[draft.random.below(SDK_STARS.len())];
    PROVIDERS[star].0(&mut draft);
    for number in OF_ALL_SDKS {
        let (part, percent) = PROVIDERS[*number];
        if *number != star && draft.random.chance(percent) {
            part(&mut draft);
        }
    }
    settings::region(&mut draft);
    settings::endpoints(&mut draft);
    settings::own_endpoints(&mut draft);
    settings::disturb(&mut draft);
    draft.finish()
}
