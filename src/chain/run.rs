//! The plan put into effect: files, programs and services are asked until the chain ends.

use super::ask::{Answer, Intent, Loaded, Planned};
use super::context::Context;
use super::error::Error;
use super::reason::Reason;
use super::trace::{Flow, Resolution, Step, Verdict, flow};
use crate::failure::Explain as _;
use crate::sdk::Provider;

/// A chain that has been loaded.
pub(super) struct ChainRun {
    pub(super) loaded: Result<Option<(Provider, Loaded)>, Error>,
    pub(super) chain: Vec<Step>,
}

/// Runs the plan to its end.
pub(super) fn run(context: &Context<'_>, plan: Vec<(Provider, Planned)>) -> Resolution {
    let ChainRun { loaded, mut chain } = load(context, plan);
    let outcome = match loaded {
        Err(error) => Err(error),
        Ok(None) => Err(Error::NoCredentials {
            looked_for: looked_for(&chain),
            profile: context.client.profile.is_named().then(|| context.client.profile.name.value.clone()),
        }),
        Ok(Some((provider, loaded))) => match loaded.retrieve(context) {
            Ok(credentials) => Ok((provider, credentials)),
            Err(error) => {
                if let Some(step) = chain.iter_mut().find(|step| step.provider == provider) {
                    (step.verdict, step.reason) = (verdict(&error), failed(&error, provider));
                }
                Err(error)
            }
        },
    };
    Resolution { outcome, chain }
}

/// Runs the plan until a provider has been chosen.
pub(super) fn load(context: &Context<'_>, plan: Vec<(Provider, Planned)>) -> ChainRun {
    let mut chain = Vec::new();
    let mut loaded = Ok(None);
    let mut ended_by: Option<Provider> = None;
    for (provider, Planned { looked_at, intent }) in plan {
        let end = |verdict, reason, via| chain.push(Step { provider, verdict, reason, looked_at, via });
        if let Some(winner) = ended_by {
            end(Verdict::NotReached, Reason::Ended(winner), None);
            continue;
        }
        let Answer { loaded: answer, via } = match intent {
            Intent::Skipped(reason) => {
                end(Verdict::Skipped, reason, None);
                continue;
            }
            Intent::Absent(reason) => Answer::of(Ok(Err(reason))),
            Intent::Found(credentials) => Answer::of(Ok(Ok(Loaded::keys(*credentials)))),
            Intent::Failed(error) => Answer::of(Err(error)),
            Intent::Ask(ask) => match ask.what().filter(|_| context.client.offline) {
                Some(what) => Answer::of(Err(Error::Offline { provider, what })),
                None => ask.load(context),
            },
        };
        let verdict = match &answer {
            Ok(Ok(_)) => Verdict::Found,
            Ok(Err(_)) => Verdict::Absent,
            Err(error) => verdict(error),
        };
        let reason = match answer {
            Ok(Err(reason)) => reason,
            Ok(Ok(found)) => {
                let reason = found.reason();
                loaded = Ok(Some((provider, found)));
                reason
            }
            Err(error) => {
                let reason = failed(&error, provider);
                loaded = Err(error);
                reason
            }
        };
        if flow(verdict) == Flow::Stop {
            ended_by = Some(provider);
        }
        end(verdict, reason, via);
    }
    ChainRun { loaded, chain }
}

/// One line for each provider that was asked.
fn looked_for(chain: &[Step]) -> Vec<String> {
    let asked = chain.iter().filter(|step| step.provider != Provider::Explicit);
    asked.map(|step| format!("{}: {}", step.provider, step.reason)).collect()
}

/// The reason why `provider` failed. The provider's name is beside it already, and causes have no line of their own.
fn failed(error: &Error, provider: Provider) -> Reason {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let whole = std::iter::once(error.to_string()).chain(causes.map(ToString::to_string));
    let whole = whole.collect::<Vec<_>>().join(": ");
    let message = whole.strip_prefix(&format!("{provider}: ")).map(str::to_owned).unwrap_or(whole);
    let code = if matches!(error, Error::Partial(_)) { "half-a-pair" } else { error.code().name() };
    Reason::Error { code, message }
}

fn verdict(error: &Error) -> Verdict {
    if matches!(error, Error::Partial(_)) { Verdict::Incomplete } else { Verdict::Failed }
}
