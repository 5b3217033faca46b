//! Runs the plan: reads files, runs programs and calls services until the chain ends.

use super::ask::{Answer, Intent, Loaded, Planned, Stage};
use super::context::Context;
use super::error::Error;
use super::mfa::{self, LONGEST_ROLE};
use super::narrow::narrow;
use super::reason::Reason;
use super::trace::{Resolution, Step, Verdict, flow};
use crate::failure::{self, Explain as _, Hint};
use crate::narrowing::Narrowed;
use crate::origin::Located;
use crate::profile::{Files, SectionName};
use crate::sdk::{Provider, Sdk};
use crate::settings::{
    MFA_SERIAL, SSO_ACCOUNT_ID, SSO_REGION, SSO_REGISTRATION_SCOPES, SSO_ROLE_NAME, SSO_SESSION,
    SSO_START_URL, Variable,
};

/// A chain that has been loaded.
pub(super) struct ChainRun {
    pub(super) loaded: Result<Option<(Provider, Loaded)>, Error>,
    pub(super) chain: Vec<Step>,
}

pub(super) fn run(context: &Context<'_>, plan: Vec<(Provider, Planned)>) -> Resolution {
    let ChainRun { loaded, chain } = load(context, plan);
    let error = match loaded {
        Err(error) => error,
        Ok(None) => Error::NoCredentials {
            looked_for: looked_for(&chain),
            profile: context.client.profile.is_named().then(|| context.client.profile.name.value.clone()),
            half_sso: half_sso(context),
            header: context.client.files.header_meant(&context.client.profile.section()),
            sdk: Some(context.client.sdk).filter(|sdk| *sdk != Sdk::default()).map(Sdk::name),
        },
        Ok(Some(found)) => return hand_out(context, found, chain),
    };
    Resolution::failed(error, chain)
}

/// Any of them is a part of what IAM Identity Center needs: with an access key the profile would no longer be what it was meant
/// to be.
const OF_SSO: [&Variable; 6] =
    [&SSO_SESSION, &SSO_START_URL, &SSO_REGION, &SSO_ACCOUNT_ID, &SSO_ROLE_NAME, &SSO_REGISTRATION_SCOPES];

/// The profile, if it has a part of what IAM Identity Center needs.
pub(super) fn half_sso(context: &Context<'_>) -> Option<String> {
    let is_half = OF_SSO.iter().any(|row| context.client.setting(row).is_some());
    is_half.then(|| context.client.profile.name.value.clone())
}

/// What a profile without credentials was meant to get them by, if that can be seen: the help of the error that it has none.
pub fn meant_for(files: &Files, name: &str) -> Option<Hint> {
    let profile = files.profile(name);
    let half_sso = OF_SSO.iter().any(|row| profile.has(row.name)).then(|| name.to_owned());
    let header = files.header_meant(&SectionName::Profile(name.to_owned()));
    if half_sso.is_none() && header.is_none() {
        return None;
    }
    Error::NoCredentials { looked_for: Vec::new(), profile: None, half_sso, header, sdk: None }.help()
}

/// The credentials of the provider that was chosen, narrowed if that was asked for: there is no other way out of a chain.
/// If it fails, so does the provider's step.
pub(super) fn hand_out(
    context: &Context<'_>,
    (provider, loaded): (Provider, Loaded),
    mut chain: Vec<Step>,
) -> Resolution {
    let mut narrowed: Option<Narrowed> = None;
    let has_won = |step: &Step| matches!(step.verdict, Verdict::Found | Verdict::WouldAsk);
    let mut step = chain.iter_mut().find(|step| step.provider == provider && has_won(step));
    let given = match (context.narrowing)(provider) {
        Err(error) => Err(error.into()),
        Ok(None) => with_code(context, (provider, loaded), step.as_deref_mut()),
        Ok(Some(asked)) => {
            // A user's keys are narrowed by a session that a code has no place in.
            let is_source = asked.role_arn.is_some();
            let is_long = asked.duration.as_ref().is_some_and(|found| i64::from(found.value) > LONGEST_ROLE);
            let origin = match &loaded.stage {
                Stage::Ready(keys) => keys.access_key_id.as_ref().map(|id| id.origin.clone()),
                Stage::Deferred(_) => None,
            };
            let origin = origin.or_else(|| step.as_ref()?.looked_at.first().cloned());
            let source = match (is_source, is_long) {
                (true, true) => with_device(context, (provider, loaded), step.as_deref_mut()),
                (true, false) => {
                    with_code(context, (provider, loaded), step.as_deref_mut()).map(|found| (found, None))
                }
                (false, _) => Ok((loaded, None)),
            };
            source
                .and_then(|(source, device)| narrow(context, &asked, (provider, source), device, origin))
                .map(|(loaded, by)| {
                    narrowed = Some(by);
                    loaded
                })
        }
    };
    let fingerprint = given.as_ref().ok().map(Loaded::fingerprint);
    let outcome = given.and_then(|loaded| loaded.retrieve(context));
    if let (Err(error), Some(step)) = (&outcome, step) {
        (step.verdict, step.reason) = failed(error, provider);
    }
    let outcome = outcome.map(|credentials| (provider, credentials));
    Resolution { outcome, chain, narrowed, fingerprint }
}

/// The session of a user whose profile names an MFA device, if sessions are shared; else the credentials themselves.
fn with_code(
    context: &Context<'_>,
    (provider, loaded): (Provider, Loaded),
    step: Option<&mut Step>,
) -> Result<Loaded, Error> {
    let Some(serial) = shared_device(context, provider)? else { return Ok(loaded) };
    let Some(session) = mfa::session(context, provider, &serial.value, &loaded) else { return Ok(loaded) };
    if let Some(step) = step {
        step.reason = session.reason();
        step.mfa = Some(mfa::device(context, &serial, true));
    }
    Ok(session)
}

/// The credentials, and the device whose code has to be in the request for a role: it lasts longer than STS gives one to the
/// session of [`with_code`].
fn with_device(
    context: &Context<'_>,
    (provider, loaded): (Provider, Loaded),
    step: Option<&mut Step>,
) -> Result<(Loaded, Option<String>), Error> {
    let Some(serial) = shared_device(context, provider)? else { return Ok((loaded, None)) };
    if mfa::session(context, provider, &serial.value, &loaded).is_none() {
        return Ok((loaded, None));
    }
    if let Some(step) = step {
        step.mfa = Some(mfa::device(context, &serial, false));
    }
    Ok((loaded, Some(serial.value)))
}

/// The MFA device of the profile whose keys were found, if sessions are shared.
fn shared_device(context: &Context<'_>, provider: Provider) -> Result<Option<Located<String>>, Error> {
    if context.mfa_session.is_none() || !provider.is_in_files() {
        return Ok(None);
    }
    let serial = context.client.text(&context.client.profile.name.value, MFA_SERIAL.name)?;
    Ok(serial.filter(|serial| !serial.value.is_empty()))
}

/// Runs the plan until a provider has been chosen.
pub(super) fn load(context: &Context<'_>, plan: Vec<(Provider, Planned)>) -> ChainRun {
    let mut chain = Vec::new();
    let mut loaded = Ok(None);
    let mut ended_by: Option<Provider> = None;
    for (provider, Planned { looked_at, intent }) in plan {
        let end = |verdict, reason, via, mfa| {
            chain.push(Step { provider, verdict, reason, looked_at, via, mfa });
        };
        if let Some(winner) = ended_by {
            end(Verdict::NotReached, Reason::Ended(winner), None, None);
            continue;
        }
        let Answer { loaded: answer, via, mfa } = match intent {
            Intent::Skipped(reason) => {
                end(Verdict::Skipped, reason, None, None);
                continue;
            }
            Intent::Absent(reason) => Answer::if_any(Ok(Err(reason))),
            Intent::Found(credentials) => Answer::of(Ok(Loaded::keys(*credentials))),
            Intent::Failed(error) => Answer::of(Err(error)),
            Intent::Ask(ask) => ask.load(context),
        };
        let (verdict, reason) = match answer {
            Ok(Err(reason)) => (Verdict::Absent, reason),
            Ok(Ok(found)) => {
                let end = found.end();
                loaded = Ok(Some((provider, found)));
                end
            }
            Err(error) => {
                let end = failed(&error, provider);
                loaded = Err(error);
                end
            }
        };
        if flow(verdict).is_break() {
            ended_by = Some(provider);
        }
        end(verdict, reason, via, mfa);
    }
    ChainRun { loaded, chain }
}

/// One line for each provider that lacks only a part of what it needs, or was waited for.
pub(super) fn looked_for(chain: &[Step]) -> Vec<String> {
    let was_waited_for = |step: &Step| matches!(step.reason, Reason::NoInstance(_));
    let nearly = chain.iter().filter(|step| step.is_of_interest() || was_waited_for(step));
    nearly.map(as_looked_for).collect()
}

/// What a provider lacks, on a line.
pub(super) fn as_looked_for(step: &Step) -> String {
    format!("{}: {}", step.provider, step.reason)
}

/// How `provider` failed. The reason doesn't repeat the provider's name, and has the causes on the same line.
pub(super) fn failed(error: &Error, provider: Provider) -> (Verdict, Reason) {
    if let Error::Offline { what, .. } = error {
        return (Verdict::WouldAsk, Reason::WouldAsk(what.clone()));
    }
    let whole = failure::chain(error).join(": ");
    let message = whole.strip_prefix(&format!("{provider}: ")).map(str::to_owned).unwrap_or(whole);
    let (verdict, code) = match error {
        Error::Partial { .. } => (Verdict::Incomplete, "half-a-pair"),
        _ => (Verdict::Failed, error.code().name()),
    };
    (verdict, Reason::Error { code, message })
}
