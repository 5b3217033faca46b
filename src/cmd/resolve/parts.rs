//! What one resolution shows: its outcome in parts, and its settings.

use super::super::session::{ResolveOptions, Session};
use crate::chain::{self, Provider};
use crate::credentials::Credentials;
use crate::effective::Setting;
use crate::failure::Failure;
use crate::settings::{self, REGION};

/// The credentials, or who would be asked for what, or why there are none.
pub(super) type Parts = (Option<(Provider, Credentials)>, Option<(Provider, String)>, Option<Failure>);

pub(super) fn parts(outcome: Result<(Provider, Credentials), chain::Error>) -> Parts {
    match outcome {
        Ok(credentials) => (Some(credentials), None, None),
        // A plan is not an error.
        Err(chain::Error::Offline { provider, what }) => (None, Some((provider, what)), None),
        Err(error) => (None, None, Some(Failure::from(error))),
    }
}

/// All settings except credentials, which the report shows separately.
pub(super) fn shown_settings(session: &Session<'_>, how: ResolveOptions, reveal: bool) -> Vec<Setting> {
    let mut all = session.lookup().all();
    if all.iter().all(|setting| setting.row != Some(&REGION)) {
        let place = |setting: &Setting| settings::VARIABLES.iter().position(|row| Some(*row) == setting.row);
        if let Some(region) = session.instance_region(how) {
            let before =
                all.iter().take_while(|other| place(other).is_some_and(|at| Some(at) < place(&region)));
            all.insert(before.count(), region);
        }
    }
    let is_credential = |setting: &Setting| setting.row.is_some_and(|row| row.credential);
    let shown = all.into_iter().filter(|setting| !is_credential(setting));
    shown.map(|setting| if reveal { setting } else { setting.without_arguments() }).collect()
}
