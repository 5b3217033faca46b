//! `xcred status`: the active profile, who chose it, what it is, and what expires when. Nothing is run or sent.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::Cx;
use super::session::{ResolveOptions, Session};
use crate::chain::{self, Identity, Provider};
use crate::checks::{self, KnownSignIn};
use crate::cli::{Format, Resolving, Status};
use crate::credentials::{Credentials, Expiration};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::guard::Agent;
use crate::login::Kept;
use crate::origin::{Located, Origin, shown};
use crate::render::{self, Table, distance, until};
use crate::secret::{MASK, is_no_key_id, redacted};
use crate::settings::REGION;
use crate::ui::{Ui, one_line};

/// What is known of the active profile.
struct Known<'s> {
    session: &'s Session<'s>,
    outcome: Outcome,
    /// The sign-in that it needs, or all.
    sign_ins: Vec<KnownSignIn>,
    agent: Option<Agent>,
}

/// What the chain ends with, as far as it goes without asking anybody.
enum Outcome {
    Found(Provider, Box<Credentials>),
    /// The provider that would ask, and whom.
    Pending(Provider, String),
    Failed(Failure),
}

/// Runs the command.
pub(super) fn run(args: &Status, cx: Cx<'_>) -> Result<Exit, Failure> {
    let opened = Session::for_credentials(cx, &Resolving::default());
    if args.prompt {
        // A prompt is printed before every command: it is never an error.
        return opened.map_or(Ok(Exit::Success), |session| print_prompt(&session, cx.ui));
    }
    let session = opened?;
    let scene = session.scene();
    let sign_ins = if args.all {
        checks::sign_ins(scene)
    } else {
        checks::sign_in_of(scene, &session.selection.name.value).into_iter().collect()
    };
    let known = Known { outcome: outcome(&session)?, session: &session, sign_ins, agent: session.agent()? };
    let now = cx.world.now();
    if args.format == Format::Json {
        cx.ui.write(render::json::document(&known.document(now)).as_bytes())?;
        return Ok(if let Outcome::Failed(failure) = known.outcome { failure.exit() } else { Exit::Success });
    }
    let mut facts = known.facts(now, cx.ui);
    if args.all {
        cx.ui.write(format!("{facts}\n{}", known.table(now, cx.ui)).as_bytes())?;
    } else {
        for sign_in in &known.sign_ins {
            let [name, state, place] = row(sign_in, now);
            facts.push(["sign-in".to_owned(), format!("{name}: {state}"), place]);
        }
        cx.ui.write(facts.to_string().as_bytes())?;
    }
    session.warn(session.findings());
    if let (Outcome::Pending(..), false, [sign_in]) = (&known.outcome, args.all, &known.sign_ins[..])
        && sign_in.kept.is_none()
    {
        cx.ui.help(Hint::from("sign in: ").run(sign_in.sign_in.command()));
    }
    match known.outcome {
        Outcome::Failed(failure) => Err(failure.without_notes()),
        Outcome::Pending(Provider::IamRole, _) => {
            let command = Command::xcred(["configure"]).profile(&session.selection.name.value);
            cx.ui.help(Hint::from(command).say(" sets up an access key"));
            Ok(Exit::Success)
        }
        _ => Ok(Exit::Success),
    }
}

fn outcome(session: &Session<'_>) -> Result<Outcome, Failure> {
    let how = ResolveOptions { offline: true, ..ResolveOptions::default() };
    Ok(match session.resolve(how)?.outcome {
        Ok((provider, credentials)) => Outcome::Found(provider, Box::new(credentials)),
        Err(chain::Error::Offline { provider, what }) => Outcome::Pending(provider, what),
        Err(error) => Outcome::Failed(error.into()),
    })
}

impl Known<'_> {
    fn facts(&self, now: Timestamp, ui: &Ui) -> Table<3> {
        let mut table = Table::of_facts().within(ui.out_columns());
        let mut named = HashSet::new();
        let mut add = |name: &str, value: String, origin: String| {
            // What a cache or a service has given has one origin, which is long.
            let is_new = named.insert(origin.clone());
            table.push([name.to_owned(), value, if is_new { origin } else { String::new() }]);
        };
        let profile = &self.session.selection.name;
        let by_name = |origin: &Origin| match origin {
            Origin::Default => "neither --profile nor AWS_PROFILE is set".to_owned(),
            _ => origin.to_string(),
        };
        let (name, chosen) = match &self.outcome {
            // Keys in the environment belong to the profile that they were loaded with, if that is known.
            Outcome::Found(provider @ Provider::Env, _) => match self.session.profile_of(*provider) {
                Some(name) => (name, "XCRED_PROFILE".to_owned()),
                None => ("none", "the keys are in the environment".to_owned()),
            },
            // Neither does what `exec --serve` serves belong to the default profile.
            Outcome::Pending(provider @ Provider::ContainerRole, _) if !self.session.selection.is_named() => {
                match self.session.profile_of(*provider).filter(|name| **name != *profile.value) {
                    Some(name) => (name, "XCRED_PROFILE".to_owned()),
                    None => (profile.value.as_str(), by_name(&profile.origin)),
                }
            }
            _ => (profile.value.as_str(), by_name(&profile.origin)),
        };
        add("profile", redacted(name).into_owned(), chosen);
        match &self.outcome {
            Outcome::Found(provider, credentials) => {
                add("provider", provider.to_string(), String::new());
                if let Some(id) = &credentials.access_key_id {
                    let shown = if is_no_key_id(&id.value) { MASK } else { &id.value };
                    add("access key ID", shown.to_owned(), id.origin.to_string());
                }
            }
            Outcome::Pending(Provider::IamRole, _) => {
                add("provider", "none, unless this is an EC2 instance with a role".to_owned(), String::new());
            }
            Outcome::Pending(provider, what) => {
                add("provider", format!("{provider}, which would ask {}", redacted(what)), String::new());
            }
            Outcome::Failed(_) => add("provider", "no credentials".to_owned(), String::new()),
        }
        if let Some(account) = self.account() {
            add("account", account.value, account.origin.to_string());
        }
        if let Some(role) = self.identity().role {
            add("role", redacted(&role).into_owned(), String::new());
        }
        match self.region() {
            Some(region) => add("region", redacted(&region.value).into_owned(), region.origin.to_string()),
            None => add("region", "not set".to_owned(), String::new()),
        }
        if let Some(at) = self.expiration() {
            add("expires", until(&at.value, now), at.origin.to_string());
        }
        if let Some(agent) = &self.agent {
            add("agent", agent.to_string(), "recognized by this variable".to_owned());
        }
        table
    }

    fn table(&self, now: Timestamp, ui: &Ui) -> Table<3> {
        let mut table = Table::new(["SIGN-IN", "STATE", "WHERE"], ui.style().bold()).within(ui.out_columns());
        for sign_in in &self.sign_ins {
            table.push(row(sign_in, now));
        }
        table
    }

    fn document(&self, now: Timestamp) -> Json {
        let member = |found: Option<Located<String>>| {
            found.map(|found| json!({"value": redacted(&found.value), "origin": found.origin}))
        };
        let (provider, state) = match &self.outcome {
            Outcome::Found(provider, _) => (Some(provider.name()), "found"),
            Outcome::Pending(provider, _) => (Some(provider.name()), "would-ask"),
            Outcome::Failed(_) => (None, "failed"),
        };
        json!({
            "profile": member(Some(self.session.selection.name.clone())),
            "provider": provider,
            "state": state,
            "account": member(self.account()),
            "role": self.identity().role,
            "region": member(self.region()),
            "expiration": member(self.expiration().map(|at| at.map(|at| at.to_string()))),
            "agent": self.agent.as_ref().map(Agent::to_json),
            "sign_ins": self.sign_ins.iter().map(|known| sign_in(known, now)).collect::<Vec<_>>(),
            "error": match &self.outcome {
                Outcome::Failed(failure) => Some(render::json::error(failure)),
                _ => None,
            },
        })
    }

    /// What the profile's settings say of the identity, if it is theirs.
    fn identity(&self) -> Identity<'_> {
        match &self.outcome {
            Outcome::Found(Provider::Env | Provider::Explicit, _) => Identity::default(),
            _ => Identity::of(&self.session.files.profile(&self.session.selection.name.value)),
        }
    }

    /// The account that came with the credentials, or the one of the profile's role.
    fn account(&self) -> Option<Located<String>> {
        match &self.outcome {
            Outcome::Found(_, credentials) if credentials.account_id.is_some() => {
                credentials.account_id.clone()
            }
            _ => {
                let Identity { account, found, .. } = self.identity();
                Some(Located::new(account?.into_owned(), Origin::File(found?.place())))
            }
        }
    }

    fn region(&self) -> Option<Located<String>> {
        let setting = self.session.lookup().setting(&REGION)?;
        let text = setting.winner.value.as_text()?.expose().to_owned();
        Some(Located::new(text, setting.winner.origin))
    }

    fn expiration(&self) -> Option<Located<Expiration>> {
        if let Outcome::Found(_, credentials) = &self.outcome { credentials.expiration.clone() } else { None }
    }
}

/// A sign-in, its state, and where it is cached.
fn row(known: &KnownSignIn, now: Timestamp) -> [String; 3] {
    let place = known.kept.as_ref().map(|(path, _)| shown(path).to_string());
    [known.sign_in.to_string(), state(known, now), place.unwrap_or_default()]
}

/// How long a sign-in lasts, in words.
fn state(known: &KnownSignIn, now: Timestamp) -> String {
    match &known.kept {
        None => "not signed in".to_owned(),
        Some((_, Kept::Unusable)) => "the cached sign-in can't be used".to_owned(),
        Some((_, Kept::Until { at, is_refreshable })) if at.has_passed(now) => {
            let renewed = if *is_refreshable { "; it is refreshed when it is used" } else { "" };
            format!("expired on {}{renewed}", at.day())
        }
        Some((_, Kept::Until { at, .. })) => format!("until {}", until(at, now)),
    }
}

fn sign_in(known: &KnownSignIn, now: Timestamp) -> Json {
    let (kind, _) = known.sign_in.identity();
    let (state, expiration, is_refreshable) = match &known.kept {
        None => ("missing", None, false),
        Some((_, Kept::Unusable)) => ("unusable", None, false),
        Some((_, Kept::Until { at, is_refreshable })) => {
            (if at.has_passed(now) { "expired" } else { "valid" }, Some(at.to_string()), *is_refreshable)
        }
    };
    let path = known.kept.as_ref().map(|(path, _)| Origin::Cache { path: path.clone() });
    json!({
        "kind": kind,
        "name": known.sign_in.name(),
        "state": state,
        "expiration": expiration,
        "refreshable": is_refreshable,
        "origin": path,
    })
}

/// The profile, the region and the time left, on one line. Nothing where nothing is chosen and nothing is set up.
fn print_prompt(session: &Session<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let Ok(outcome) = outcome(session) else { return Ok(Exit::Success) };
    let is_named = session.selection.is_named();
    let mut words = Vec::new();
    let sign_ins = checks::sign_in_of(session.scene(), &session.selection.name.value).into_iter().collect();
    let known = Known { session, outcome, sign_ins, agent: None };
    match &known.outcome {
        Outcome::Found(provider, _) => {
            words.push(session.profile_of(*provider).unwrap_or("environment").to_owned());
        }
        Outcome::Pending(Provider::IamRole, _) | Outcome::Failed(_) if !is_named => return Ok(Exit::Success),
        Outcome::Pending(provider, _) => {
            words.push(session.profile_of(*provider).unwrap_or(&session.selection.name.value).to_owned());
        }
        Outcome::Failed(_) => words.push(session.selection.name.value.clone()),
    }
    if let Outcome::Failed(_) = known.outcome {
        words.push("(no credentials)".to_owned());
    } else {
        words.extend(known.region().map(|region| region.value));
    }
    if let (Outcome::Pending(..), Some(sign_in)) = (&known.outcome, &known.sign_ins.first())
        && !sign_in.is_usable(session.world.now())
    {
        words.push("(not signed in)".to_owned());
    }
    if let Some(at) = known.expiration() {
        let left = distance(at.value.left(session.world.now()));
        words.push(left.map_or("(expired)".to_owned(), |left| left.replace(' ', "")));
    }
    let line = one_line(&redacted(&words.join(" "))).into_owned();
    ui.write(format!("{line}\n").as_bytes())?;
    Ok(Exit::Success)
}
