//! `xcred status`: the active profile, who chose it, what it is, and what expires when. Nothing is run or sent.

mod facts;
mod known;
mod prompt;
mod sign_ins;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::Cx;
use super::session::Session;
use crate::chain::{self, Provider};
use crate::checks;
use crate::cli::{Format, Resolving, Status};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::guard::{Agent, Guards};
use crate::keys;
use crate::origin::Located;
use crate::render::{self, Table};
use crate::secret::{redacted, shown_key_id};
use crate::settings::shown_in_text;
use crate::ui::Ui;
use known::{Known, Outcome, known};
use sign_ins::{row, sign_in};

/// Runs the command.
pub(super) fn run(args: &Status, cx: Cx<'_>) -> Result<Exit, Failure> {
    let opened = Session::for_credentials(cx, &Resolving { sdk: args.sdk, ..Resolving::default() });
    if args.prompt {
        return opened.map_or(Ok(Exit::Success), |session| prompt::print(&session, cx.ui));
    }
    let session = opened?;
    session.report_unread();
    let scene = session.scene();
    let mut known = known(&session)?;
    known.sign_ins = if args.all {
        checks::sign_ins(scene)
    } else {
        // That of the profile that is shown, which in a switched shell may be another one than AWS_PROFILE names.
        let shown = known.profile().map(|profile| profile.value);
        shown.and_then(|name| checks::sign_in_of(scene, name)).into_iter().collect()
    };
    let now = cx.world.now();
    let mut warnings = known.guards.refusals();
    warnings.extend(session.findings());
    warnings.extend(keys::leftovers(cx.world, &session.files).into_iter().map(|(_, finding)| finding));
    known.outcome = known.outcome.advised(|failure| session.advised(failure, &warnings));
    session.warn(warnings);
    if args.format == Format::Json {
        render::json::print(&known.document(now), cx.ui)?;
        return Ok(known.outcome.failure().map_or(Exit::Success, |failure| failure.exit()));
    }
    let mut facts = known.facts(now, cx.ui);
    if args.all {
        cx.ui.write(facts.to_string().as_bytes())?;
        if known.sign_ins.is_empty() {
            cx.ui.note("No sign-in is configured.");
        } else {
            cx.ui.write(format!("\n{}", known.table(now, cx.ui)).as_bytes())?;
        }
    } else {
        for sign_in in &known.sign_ins {
            let [name, state, place] = row(sign_in, now);
            facts.push(["sign-in".to_owned(), format!("{name}: {state}"), place]);
        }
        cx.ui.write(facts.to_string().as_bytes())?;
    }
    if let (Outcome::Pending(..), false, [sign_in]) = (&known.outcome, args.all, &known.sign_ins[..])
        && sign_in.kept.is_none()
    {
        cx.ui.help(Hint::from("sign in: ").run(sign_in.sign_in.command()));
    }
    match known.outcome {
        Outcome::Expired(failure) | Outcome::Failed(_, failure) => Err(failure.without_notes()),
        _ if known.is_of_this_machine() => {
            let name = &session.selection.name.value;
            let configure = || Command::xcred(["configure"]).profile(name);
            let set_up = || Hint::from(configure()).say(" sets up an access key");
            cx.ui.help(chain::meant_for(&session.files, name).unwrap_or_else(set_up));
            Ok(Exit::Success)
        }
        _ => Ok(Exit::Success),
    }
}

impl Known<'_> {
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
            Outcome::Expired(_) => (Some(Provider::Env.name()), "failed"),
            Outcome::Failed(provider, _) => (provider.map(Provider::name), "failed"),
        };
        let found = if let Outcome::Found(_, found) = &self.outcome { Some(found) } else { None };
        let pending = match &self.outcome {
            Outcome::Pending(_, what) => Some(json!({"provider": provider, "what": shown_in_text(what)})),
            _ => None,
        };
        let id = found.and_then(|found| found.access_key_id.as_ref());
        json!({
            "profile": member(self.profile().map(|name| name.map(str::to_owned))),
            "provider": provider,
            "state": state,
            "pending": pending,
            "access_key_id": id.map(|id| json!({"value": shown_key_id(&id.value), "origin": id.origin})),
            "account": member(self.account()),
            "role": self.identity().role.map(|role| shown_in_text(&role).into_owned()),
            "region": member(self.region()),
            "expiration": member(self.expiration().map(|at| at.map(|at| at.to_string()))),
            "guards": Some(&self.guards).filter(|guards| !guards.is_empty()).map(Guards::to_json),
            "agent": self.agent.as_ref().map(Agent::to_json),
            "sign_ins": self.sign_ins.iter().map(|known| sign_in(known, now)).collect::<Vec<_>>(),
            "error": match &self.outcome {
                Outcome::Expired(failure) | Outcome::Failed(_, failure) => Some(render::json::error(failure)),
                _ => None,
            },
        })
    }
}
