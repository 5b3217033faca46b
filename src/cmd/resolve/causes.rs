//! Why SDKs differ: the variable or line without which, or in another form of which, they agree.
//!
//! Nothing is known here of what SDKs do: each candidate is tried, and what the SDKs would answer is compared.

use super::super::Cx;
use super::answer::{Answer, Aspect, Essence};
use super::candidates::candidates;
use super::change::Change;
use super::scenario::Scenario;
use crate::effective;
use crate::origin::Origin;
use crate::profile::FileKind;
use crate::sdk::Sdk;

/// What makes a difference.
#[derive(Clone)]
pub(super) struct Cause {
    pub(super) origin: Origin,
    pub(super) change: Change,
    /// Whether SDKs ask services in different places because of it. Then the same place for all mends nothing: it may be the wrong one.
    pub(super) moves_services: bool,
}

/// The most candidates that are tried, and the fewest: for each of them, all SDKs read both files again.
const MOST: usize = 96;
const FEWEST: usize = 8;

/// How many bytes one SDK reads for that, unless the fewest need more.
const MOST_BYTES: usize = 2 << 20;

/// How many candidates are tried for files of so many bytes.
fn tries(size: usize) -> usize {
    (MOST_BYTES / size.max(1)).clamp(FEWEST, MOST)
}

/// SDKs of which the first answers otherwise than the second.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) sdk: Sdk,
    pub(super) other: Sdk,
    pub(super) aspect: Aspect,
}

/// The cause of the difference of each pair, if one change explains it.
pub(super) fn causes(
    scenario: &Scenario<'_>,
    pairs: &[Pair],
    answers: &[Answer],
    cx: Cx<'_>,
) -> Vec<Option<Cause>> {
    let mut sdks: Vec<Sdk> = Vec::new();
    for sdk in pairs.iter().flat_map(|pair| [pair.sdk, pair.other]) {
        if !sdks.contains(&sdk) {
            sdks.push(sdk);
        }
    }
    let essences = |scenario: &Scenario<'_>| -> Vec<Essence> {
        sdks.iter().map(|sdk| scenario.essence(*sdk, cx)).collect()
    };
    let of = |essences: &[Essence], sdk: Sdk| {
        let at = sdks.iter().position(|found| *found == sdk).unwrap_or_default();
        essences[at].clone()
    };
    let now = essences(scenario);
    let sought = |pair: &Pair| {
        // They send the same request, and get different answers.
        let is_same = of(&now, pair.sdk).agrees(&of(&now, pair.other), pair.aspect);
        let aspect =
            if is_same && pair.aspect == Aspect::Credentials { Aspect::Addresses } else { pair.aspect };
        Pair { aspect, ..*pair }
    };
    let pairs: Vec<Pair> = pairs.iter().map(sought).collect();
    let mut found: Vec<Option<(u8, Cause)>> = vec![None; pairs.len()];
    let size = FileKind::ALL.map(|kind| scenario.files.file(kind).document.bytes().len()).iter().sum();
    for (origin, change) in candidates(scenario, answers, tries(size), cx) {
        // Nothing can be better than what is known of each.
        if found.iter().all(|best| best.as_ref().is_some_and(|(rank, _)| *rank == 0)) {
            break;
        }
        let then = essences(&scenario.with(&change));
        for (pair, best) in pairs.iter().zip(&mut found) {
            let (was, is) = (of(&now, pair.sdk), of(&then, pair.sdk));
            let (other_was, other_is) = (of(&now, pair.other), of(&then, pair.other));
            let is_cause = !was.agrees(&other_was, pair.aspect)
                && is.agrees(&other_is, pair.aspect)
                && (pair.aspect == Aspect::Region || is.has_credentials());
            let moves_services = pair.aspect == Aspect::Addresses;
            // The best change leaves the answer of most SDKs as it is, in both respects.
            let kept =
                [Aspect::Credentials, Aspect::Region].map(|aspect| other_is.agrees(&other_was, aspect));
            let rank = kept.iter().map(|kept| u8::from(!kept)).sum();
            // Without its profile an SDK may have the credentials of another one, on which all happen to agree.
            let is_elsewhere = !kept[0] && names_profile(&change, pair) && selects_alike(pair, scenario, cx);
            // Another identity may need no service.
            let is_elsewhere = is_elsewhere || moves_services && !kept[0];
            if is_cause && !is_elsewhere && best.as_ref().is_none_or(|(known, _)| rank < *known) {
                let cause = Cause { origin: origin.clone(), change: change.clone(), moves_services };
                *best = Some((rank, cause));
            }
        }
    }
    found.into_iter().map(|best| best.map(|(_, cause)| cause)).collect()
}

/// Whether a change is of a variable that names the profile for one of the SDKs.
fn names_profile(change: &Change, pair: &Pair) -> bool {
    let Change::Unset { variable } = change else { return false };
    [pair.sdk, pair.other].iter().any(|sdk| sdk.profile_variables.contains(&variable.as_str()))
}

/// Whether both SDKs choose the same profile.
fn selects_alike(pair: &Pair, scenario: &Scenario<'_>, cx: Cx<'_>) -> bool {
    let [one, other] = [pair.sdk, pair.other].map(|sdk| {
        let selected = effective::select(&scenario.world, cx.global.profile.as_deref(), sdk);
        selected.ok().map(|selection| selection.name.value)
    });
    one == other
}

/// The fewest of these changes after which all SDKs agree; `None` if they don't even after all.
pub(super) fn cure<'c>(scenario: &Scenario<'_>, causes: &[&'c Cause], cx: Cx<'_>) -> Option<Vec<&'c Change>> {
    let agree = |scenario: &Scenario<'_>| {
        let mut essences = Sdk::all().iter().map(|sdk| scenario.essence(*sdk, cx));
        let first = essences.next();
        let is_alike = |one: &Essence, other: &Essence| {
            [Aspect::Credentials, Aspect::Region].iter().all(|aspect| one.agrees(other, *aspect))
        };
        first.is_some_and(|first| first.has_credentials() && essences.all(|other| is_alike(&first, &other)))
    };
    if let Some(alone) = causes.iter().find(|cause| agree(&scenario.with(&cause.change))) {
        return Some(vec![&alone.change]);
    }
    let (mut changed, mut made) = (scenario.clone(), Vec::new());
    for cause in causes {
        changed = changed.with(&cause.change);
        made.push(&cause.change);
        if agree(&changed) {
            return Some(made);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, MOST, tries};

    #[test]
    fn of_large_files_fewer_candidates_are_tried() {
        assert_eq!([tries(0), tries(10 << 10), tries(10 << 20)], [MOST, MOST, FEWEST]);
        assert_eq!(tries(100 << 10), 20);
    }
}
