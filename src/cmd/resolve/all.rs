//! `xcred resolve --sdk all`: what every SDK makes of the same files and variables, and why they differ.

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::super::session::{ResolveOptions, Session};
use super::super::{Cx, findings};
use super::answer::{self, Answer, Aspect, Essence};
use super::causes::{Cause, Pair, causes, cure};
use super::change::Change;
use super::parts::{parts, shown_settings};
use super::scenario::Scenario;
use crate::chain::{Memo, Provider, Resolution};
use crate::cli::{Expecting, Format, Resolve, Resolving};
use crate::failure::{Exit, Failure};
use crate::finding::Finding;
use crate::origin::Origin;
use crate::render::{Document, Report, Table, json};
use crate::sdk::Sdk;
use crate::secret::redacted;
use crate::settings::{REGION, shown_in_text};
use crate::ui::{Ui, one_line};

/// Runs the command. It fails only if no SDK has credentials.
pub(super) fn run(args: &Resolve, cx: Cx<'_>) -> Result<Exit, Failure> {
    if args.reveal {
        let session = Session::for_credentials(cx, &Resolving::default())?;
        for provider in [Provider::AssumeRole, Provider::Env] {
            session.require_whole(provider, "`--sdk all --reveal` would show whole ones")?;
        }
    }
    let memo = Memo::default();
    let answers: Vec<Answer> = Sdk::all().iter().map(|sdk| ask(args, *sdk, &memo, cx)).collect();
    let comparison = compare(&answers, args.reveal, cx);
    if args.format == Format::Json {
        let answers =
            answers.iter().map(|answer| (answer.sdk.name().to_owned(), json::enveloped(&answer.document)));
        let document = AllDocument {
            answers: answers.collect(),
            differences: comparison.differences.iter().map(Difference::to_json).collect(),
            fix: comparison.cure.as_ref().map(|cure| cure.iter().map(Change::to_json).collect()),
        };
        json::print(&document, cx.ui)?;
    } else {
        show(&answers, &comparison, args.reveal, cx.ui)?;
        // The same for all: only options give half a pair to every SDK.
        let mut found = answers.iter().filter_map(|answer| answer.credentials.as_ref());
        if let Some(half) = found.find_map(|(provider, found)| findings::half(*provider, found)) {
            cx.ui.finding(&half);
        }
    }
    if answers.iter().any(|answer| answer.essence.has_credentials()) {
        return Ok(Exit::Success);
    }
    let default = answers.iter().find(|answer| answer.sdk == Sdk::default());
    let failure = default.and_then(|answer| answer.failure.as_ref());
    if let Some(help) = failure.and_then(Failure::help).filter(|_| args.format == Format::Text) {
        cx.ui.help(help);
    }
    Ok(failure.map_or(Exit::Configuration, Failure::exit))
}

#[derive(Serialize)]
struct AllDocument {
    answers: serde_json::Map<String, Json>,
    differences: Vec<Json>,
    /// What makes all agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Vec<Json>>,
}

/// What one SDK answers.
fn ask(args: &Resolve, sdk: Sdk, memo: &Memo, cx: Cx<'_>) -> Answer {
    let resolving = Resolving {
        no_cache: args.no_cache,
        sdk: Some(sdk),
        keys: args.keys.clone(),
        expecting: Expecting::default(),
    };
    let how = ResolveOptions {
        offline: args.offline,
        unnarrowed: !args.reveal,
        memo: Some(memo),
        ..(&resolving).into()
    };
    let answered = Session::for_credentials(cx, &resolving).and_then(|session| {
        let resolution = session.resolve(how)?;
        if let (true, Ok((provider, found))) = (args.reveal, &resolution.outcome) {
            session.check_shown(*provider, found, how)?;
        }
        let settings =
            if session.is_readable() { shown_settings(&session, how, args.reveal) } else { Vec::new() };
        let region = settings.iter().find(|setting| setting.name == REGION.name);
        let region = region.and_then(|region| Some(region.winner.value.as_text()?.expose().to_owned()));
        // Cached credentials must not look like a difference: SDKs are compared by whom they would ask without the cache.
        let is_kept = args.offline && answer::is_kept(&resolution);
        let uncached =
            is_kept.then(|| session.resolve(ResolveOptions { no_cache: true, ..how })).transpose()?;
        let essence = Essence::of(uncached.as_ref().unwrap_or(&resolution), region.as_deref());
        let Resolution { outcome, chain, .. } = resolution;
        let (credentials, pending, failure) = parts(outcome);
        let half: Vec<Finding> =
            credentials.iter().filter_map(|(provider, found)| findings::half(*provider, found)).collect();
        let report = Report {
            profile: &session.selection,
            credentials: credentials.as_ref(),
            parts: &session.credentials_as_settings(credentials.as_ref()),
            narrowed: None,
            pending: pending.as_ref().map(|(provider, what)| (*provider, what.as_str())),
            chain: &chain,
            failure: failure.as_ref(),
            guards: None,
            agent: None,
            settings: &settings,
            warnings: &half,
            reveal: args.reveal,
            whole_chain: false,
        };
        let document = report.document();
        Ok(Answer { sdk, document, essence, region, credentials, pending, failure })
    });
    answered.unwrap_or_else(|failure| Answer {
        sdk,
        document: Document::of_failure(None, &failure),
        essence: Essence::nothing(),
        region: None,
        credentials: None,
        pending: None,
        failure: Some(failure),
    })
}

/// The SDKs that answer alike in one respect, by their places: the largest group first, and of equal ones that of AWS CLI.
fn groups(answers: &[Answer], aspect: Aspect) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, answer) in answers.iter().enumerate() {
        match groups.iter_mut().find(|group| answers[group[0]].essence.agrees(&answer.essence, aspect)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    let has_default = |group: &[usize]| group.iter().any(|at| answers[*at].sdk == Sdk::default());
    groups.sort_by_key(|group| (Reverse(group.len()), !has_default(group)));
    groups
}

/// Where SDKs differ, and what makes all agree.
struct Comparison {
    differences: Vec<Difference>,
    cure: Option<Vec<Change>>,
}

/// What some SDKs do that most don't.
struct Difference {
    sdks: Vec<Sdk>,
    what: String,
    cause: Option<Cause>,
    /// Where the error is that only they, or only the others, end with.
    error: Option<Origin>,
}

impl Difference {
    fn to_json(&self) -> Json {
        let names: Vec<&str> = self.sdks.iter().map(|sdk| sdk.name()).collect();
        json!({"sdks": names, "what": shown_in_text(&self.what), "because": self.because()})
    }

    fn because(&self) -> Option<&Origin> {
        self.cause.as_ref().map(|cause| &cause.origin).or(self.error.as_ref())
    }
}

fn compare(answers: &[Answer], reveal: bool, cx: Cx<'_>) -> Comparison {
    let (mut differences, mut pairs) = (Vec::new(), Vec::new());
    for aspect in [Aspect::Credentials, Aspect::Region] {
        let groups = groups(answers, aspect);
        let (most, others) = groups.split_first().expect("there are SDKs");
        for group in others {
            let answer = &answers[group[0]];
            let sdks = group.iter().map(|at| answers[*at].sdk).collect();
            let failed = [answer, &answers[most[0]]].map(|answer| answer.failure.as_ref()?.origin());
            let error = match failed {
                [Some(origin @ Origin::File(_)), None] | [None, Some(origin @ Origin::File(_))] => {
                    Some(origin.clone())
                }
                _ => None,
            };
            differences.push(Difference { sdks, what: answer.in_words(aspect, reveal), cause: None, error });
            pairs.push(Pair { sdk: answer.sdk, other: answers[most[0]].sdk, aspect });
        }
    }
    let Some(scenario) = Scenario::of(cx).filter(|_| !pairs.is_empty()) else {
        return Comparison { differences, cure: None };
    };
    for (difference, cause) in differences.iter_mut().zip(causes(&scenario, &pairs, answers, cx)) {
        difference.cause = cause;
    }
    let causes = differences.iter().filter_map(|difference| difference.cause.as_ref());
    let is_remedy = |cause: &&Cause| !cause.moves_services && !cause.change.removes_proof();
    let causes: Vec<&Cause> = causes.filter(is_remedy).collect();
    let cure = cure(&scenario, &causes, cx).map(|changes| changes.into_iter().cloned().collect());
    Comparison { differences, cure }
}

fn show(answers: &[Answer], comparison: &Comparison, reveal: bool, ui: &Ui) -> Result<(), Failure> {
    let plain = ui.style();
    let header = plain.clone().bold();
    let mut table = Table::new(["SDK", "PROVIDER", "ACCESS KEY ID", "REGION", "WOULD ASK", "ERROR"], header)
        .without_empty_columns()
        .within(ui.out_columns());
    for answer in answers {
        let (provider, what) = answer.pending.clone().unzip();
        let provider = provider.map(|provider| provider.to_string()).or_else(|| answer.provider());
        let (id, region) = (answer.shown_id(reveal), answer.shown_region(reveal));
        let what = shown_in_text(&what.unwrap_or_default()).into_owned();
        let error = redacted(&answer.error()).into_owned();
        let [provider, id, region] = [provider, id, region].map(Option::unwrap_or_default);
        table.push([answer.sdk.name().to_owned(), provider, id, region, what, error]);
    }
    ui.write(table.to_string().as_bytes())?;
    let Comparison { differences, cure } = comparison;
    if differences.is_empty() {
        ui.write(b"\nAll agree.\n")?;
        return Ok(());
    }
    let mut text = format!("\n{}\n", plain.bold().apply_to("differences"));
    for difference in differences {
        let Difference { sdks, what, .. } = difference;
        let names: Vec<&str> = sdks.iter().map(|sdk| sdk.name()).collect();
        text.push_str(&format!("{}: {}\n", names.join(", "), one_line(&shown_in_text(what))));
        if let Some(origin) = difference.because() {
            text.push_str(&format!("    because of {}\n", one_line(&origin.to_string())));
        }
    }
    if let Some(cure) = cure {
        text.push_str("\nThey agree after:\n");
        text.extend(cure.iter().map(|change| format!("    {}\n", change.hint())));
    }
    ui.write(ui.wrapped(&text).as_bytes())?;
    Ok(())
}
