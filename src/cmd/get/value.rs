//! Where the value of a key comes from: a section, the profile, or the chain.

use crate::chain;
use crate::cli::Get;
use crate::cmd::findings;
use crate::cmd::session::{ResolveOptions, Session};
use crate::effective::{self, Selection, Setting};
use crate::failure::Failure;
use crate::origin::Origin;
use crate::profile::{KeyPath, SectionName};
use crate::settings::{self, Variable};

/// The origin of a profile's name that is part of the key.
pub(super) const NAMED_BY_KEY: Origin = Origin::Option { name: "KEY" };

/// The option that names a section.
pub(super) fn named_by(section: &SectionName) -> Origin {
    let name = match section {
        SectionName::SsoSession(_) => "--sso-session",
        SectionName::Services(_) => "--services",
        SectionName::Profile(_) | SectionName::Other(_) => return NAMED_BY_KEY,
    };
    Origin::Option { name }
}

pub(super) fn in_section(
    session: &Session<'_>,
    section: &SectionName,
    key: &KeyPath,
) -> Result<Option<Setting>, Failure> {
    // As in AWS CLI, a section named by the key need not exist.
    if !matches!(section, SectionName::Other(_)) {
        session.files.require(section, &named_by(section))?;
    }
    Ok(effective::stored(&session.files, section, key))
}

/// The value of a key of the profile. If it is half a pair of access keys, `half` is the error of those who need both.
pub(super) fn in_profile(
    args: &Get,
    session: &Session<'_>,
    key: &KeyPath,
    half: &mut Option<chain::Error>,
) -> Result<Option<Setting>, Failure> {
    let Selection { name } = &session.selection;
    // As in AWS CLI, a profile named by the key need not exist.
    let exists = match session.view() {
        Some(view) => view.profile(&name.value).is_some(),
        None => session.files.find(&session.selection.section()).exists(),
    };
    if name.origin == NAMED_BY_KEY && !exists {
        let may_be_elsewhere = name.value == "default" && credential_row(key).is_none();
        return if may_be_elsewhere { look_up(args, session, key, half) } else { Ok(None) };
    }
    session.require_profile()?;
    look_up(args, session, key, half)
}

/// The stored or effective value of a key of the profile. The chain gives credentials.
fn look_up(
    args: &Get,
    session: &Session<'_>,
    key: &KeyPath,
    half: &mut Option<chain::Error>,
) -> Result<Option<Setting>, Failure> {
    if args.stored {
        return Ok(effective::stored(&session.files, &session.selection.section(), key));
    }
    let Some(row) = credential_row(key) else {
        return match session.lookup().key(key) {
            None if settings::variable(&key.dotted()) == Some(&settings::REGION) => {
                Ok(session.instance_region(ResolveOptions::default()))
            }
            found => Ok(found),
        };
    };
    let how = ResolveOptions::default();
    match session.resolve(how)?.outcome {
        Ok((provider, credentials)) => {
            if row.secret {
                session.check_shown(provider, &credentials, how)?;
            }
            if let Some(finding) = findings::expired(&credentials, session.world.now()) {
                session.ui.finding(&finding);
            }
            Ok(session.credential(provider, &credentials, row))
        }
        Err(chain::Error::NoCredentials { .. }) => Ok(None),
        // Half a pair isn't usable, but what isn't secret can be shown.
        Err(error) if !row.secret && error.is_half_pair() => {
            *half = Some(error);
            Ok(session.lookup().key(key))
        }
        Err(error) => Err(error.into()),
    }
}

/// All effective settings. No program is run and no request sent, so credentials that need one are left out.
pub(super) fn effective_settings(session: &Session<'_>, reveal: bool) -> Result<Vec<Setting>, Failure> {
    let how = ResolveOptions { offline: true, ..ResolveOptions::default() };
    let outcome = session.resolve(how)?.outcome;
    let is_half = outcome.as_ref().is_err_and(chain::Error::is_half_pair);
    let credentials = outcome.ok();
    if let Some((provider, found)) = credentials.as_ref().filter(|_| reveal) {
        session.check_shown(*provider, found, how)?;
    }
    let settings = session.lookup().all().into_iter();
    Ok(settings
        .filter_map(|setting| match KeyPath::parse(&setting.name).ok().as_ref().and_then(credential_row) {
            // As with its key alone.
            Some(row) if is_half => Some(setting).filter(|_| !row.secret),
            Some(row) => {
                let (provider, found) = credentials.as_ref()?;
                session.credential(*provider, found, row)
            }
            None => Some(setting),
        })
        .collect())
}

/// The row of a key whose value comes from the chain.
pub(super) fn credential_row(key: &KeyPath) -> Option<&'static Variable> {
    settings::variable(&key.name).filter(|row| row.credential)
}
