//! The sources of a role that is set up: the walk along `source_profile` has to end.

use crate::chain::{Endless, Next, Sources};
use crate::failure::{Code, Failure};
use crate::origin::Origin;
use crate::profile::{Files, SectionName};
use crate::settings;

/// Follows the sources of `profile` from `source` on, as botocore would, and refuses those that can't work.
pub(super) fn check(files: &Files, profile: &str, source: &str) -> Result<(), Failure> {
    let mut sources = Sources::from(files, profile);
    let mut next = source.to_owned();
    loop {
        // The profile itself need not exist yet.
        if next != profile {
            let section = SectionName::Profile(next.clone());
            files.require(&section, &Origin::Option { name: "--source-profile" })?;
        }
        if sources.enter(&next).map_err(|found| endless(&found))? == Next::End {
            return Ok(());
        }
        match files.profile(&next).text(settings::SOURCE_PROFILE.name) {
            Some(source) => next = source.into_owned(),
            None => return Ok(()),
        }
    }
}

fn endless(endless: &Endless) -> Failure {
    let message = match endless {
        Endless::Circle(circle) => match circle.as_slice() {
            [own, _] => format!("profile `{own}` can't be its own source: it has no access key"),
            _ => format!("circular role chain: {}", circle.join(" -> ")),
        },
        Endless::TooLong => "the role chain is too long".to_owned(),
    };
    Failure::plain(Code::InvalidConfig, message)
        .with_help("choose a source that has credentials of its own, or `--credential-source`")
}
