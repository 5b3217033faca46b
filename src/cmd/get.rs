//! `xcred get`: the value that counts, with its origin if asked.

use serde_json::{Map, Value as Json, json};

use super::checks;
use super::session::{Opening, ResolveOptions, Session};
use crate::chain;
use crate::cli::{Format, Get, Global};
use crate::credentials::Credentials;
use crate::effective::{self, Selection, Setting};
use crate::failure::{Exit, Failure};
use crate::finding::Finding;
use crate::ini::Value;
use crate::origin::{Located, Origin};
use crate::profile::{KeyPath, SectionName, Wanted};
use crate::render::json;
use crate::secret::Secret;
use crate::settings::{self, AWS_ACCESS_KEY_ID, AWS_ACCOUNT_ID, AWS_SECRET_ACCESS_KEY, Variable};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Get, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let mut session = Session::new(Opening { world, ui, global, sdk: args.sdk, keys: None })?;
    session.files.check()?;
    let elsewhere = args.elsewhere.section();
    let Some(key) = &args.key else {
        if let Some(section) = elsewhere {
            session.files.require(&section, &Origin::Option { name: "NAME" })?;
            tell(&session.files.notices(&section), ui);
            return print_all(
                args,
                &about(&session.selection, Some(&section)),
                &effective::all_stored(&session.files, &section),
                ui,
            );
        }
        session.require_profile()?;
        tell(&session.files.notices(&session.selection.section()), ui);
        let all = if args.stored {
            effective::all_stored(&session.files, &session.selection.section())
        } else {
            all(&session)?
        };
        return print_all(args, &about(&session.selection, None), &all, ui);
    };
    let (section, key) = match elsewhere {
        Some(section) => (Some(section), KeyPath::parse(key)?),
        None => match Wanted::parse(key, &session.files)? {
            Wanted { section: Some(SectionName::Profile(name)), key } => {
                session.selection = Selection { name: Located::new(name, Origin::Option { name: "KEY" }) };
                (None, key)
            }
            wanted => (wanted.section, wanted.key),
        },
    };
    let asked = section.clone().unwrap_or_else(|| session.selection.section());
    tell(&session.files.notices(&asked), ui);
    let found = match &section {
        // What the key itself names need not exist, as for AWS CLI: then there is no such value.
        Some(SectionName::Other(_)) => effective::stored(&session.files, &asked, &key),
        Some(section) => {
            session.files.require(section, &Origin::Option { name: "NAME" })?;
            effective::stored(&session.files, section, &key)
        }
        None if session.selection.name.origin == (Origin::Option { name: "KEY" })
            && !session.files.find(&asked).exists() =>
        {
            let may_be_elsewhere = asked.name() == "default" && credential_row(&key).is_none();
            if may_be_elsewhere { look_up(args, &session, &key, ui)? } else { None }
        }
        None => {
            session.require_profile()?;
            look_up(args, &session, &key, ui)?
        }
    };
    if found.is_none() {
        tell(&session.files.notices_of_lookalikes(&asked), ui);
    }
    print_one(args, &session.selection, section.as_ref(), &key, found, ui)
}

/// The value of a key of the profile: stored, or as it counts. A credential is what the chain gives.
fn look_up(args: &Get, session: &Session<'_>, key: &KeyPath, ui: &Ui) -> Result<Option<Setting>, Failure> {
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
    match session.resolve(ResolveOptions::default())?.outcome {
        Ok((_, credentials)) => {
            if let Some(finding) = checks::expired(&credentials, session.world.now()) {
                ui.finding(&finding);
            }
            Ok(credential(&credentials, row))
        }
        Err(chain::Error::NoCredentials { .. }) => Ok(None),
        // Half a pair is no credentials, but the half that is there can be told.
        Err(error @ chain::Error::Partial(_)) => {
            ui.warning(error);
            Ok(session.lookup().key(key))
        }
        Err(error) => Err(error.into()),
    }
}

/// Every setting that counts. Listing asks nobody, so credentials are listed where they can be had without.
fn all(session: &Session<'_>) -> Result<Vec<Setting>, Failure> {
    let credentials = session.resolve(ResolveOptions { offline: true, no_cache: false })?.outcome.ok();
    let settings = session.lookup().all().into_iter();
    Ok(settings
        .filter_map(|setting| match KeyPath::parse(&setting.name).ok().as_ref().and_then(credential_row) {
            Some(row) => credential(&credentials.as_ref()?.1, row),
            None => Some(setting),
        })
        .collect())
}

/// The row of a key that is a part of credentials, so that the chain has its value.
fn credential_row(key: &KeyPath) -> Option<&'static Variable> {
    settings::variable(&key.name).filter(|row| row.credential)
}

fn credential(credentials: &Credentials, row: &'static Variable) -> Option<Setting> {
    let Credentials { access_key_id, secret_access_key, session_token, account_id, expiration: _ } =
        credentials;
    let plain = |found: &Located<String>| found.clone().map(Secret::new);
    let found = if *row == AWS_ACCESS_KEY_ID {
        access_key_id.as_ref().map(plain)
    } else if *row == AWS_SECRET_ACCESS_KEY {
        secret_access_key.clone()
    } else if *row == AWS_ACCOUNT_ID {
        account_id.as_ref().map(plain)
    } else {
        session_token.clone()
    };
    Some(Setting {
        name: row.name.to_owned(),
        row: Some(row),
        secret: row.secret,
        winner: found?.map(Value::Text),
        shadowed: Vec::new(),
    })
}

fn print_one(
    args: &Get,
    selection: &Selection,
    section: Option<&SectionName>,
    key: &KeyPath,
    found: Option<Setting>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    if let Some(setting) = &found {
        for shadowed in &setting.shadowed {
            ui.detail(format_args!("not {}: {}", shadowed.value.origin, shadowed.why));
        }
    }
    if args.format == Format::Json {
        let mut document = Map::new();
        match section {
            None => document.insert("profile".to_owned(), json!(selection.name.value)),
            Some(section) => document.insert("section".to_owned(), json!(section.to_string())),
        };
        document.insert("key".to_owned(), json!(key.dotted()));
        let exit = match &found {
            Some(setting) => {
                document.extend(setting.to_json(args.reveal));
                Exit::Success
            }
            None => {
                document.insert("value".to_owned(), json!(args.default));
                if args.default.is_some() {
                    document.insert("origin".to_owned(), json!(Origin::Option { name: "--default" }));
                }
                if args.default.is_some() { Exit::Success } else { Exit::NoValue }
            }
        };
        return Ok(ui.write(json::document(&document).as_bytes()).map(|()| exit)?);
    }
    let Some(setting) = found else {
        return match &args.default {
            Some(default) => {
                Ok(ui.write(format!("{}\n", ui.shown(default)).as_bytes()).map(|()| Exit::Success)?)
            }
            None => {
                ui.detail(format_args!("`{}` is not set", key.dotted()));
                Ok(Exit::NoValue)
            }
        };
    };
    match &setting.winner.value {
        Value::Text(text) => {
            let origin =
                if args.show_origin { format!("{}\t", setting.winner.origin) } else { String::new() };
            ui.write(format!("{}{}\n", ui.shown(&origin), ui.shown(text.expose())).as_bytes())?;
            Ok(Exit::Success)
        }
        Value::Block(lines) => {
            let keys: Vec<String> = lines.iter().map(|line| format!("`{}.{}`", key.name, line.key)).collect();
            ui.warning(format_args!(
                "`{}` is a nested block; ask for one of {}",
                key.dotted(),
                keys.join(", ")
            ));
            Ok(Exit::NoValue)
        }
    }
}

pub(super) fn tell(findings: &[Finding], ui: &Ui) {
    findings.iter().for_each(|finding| ui.finding(finding));
}

/// What a listing is about, as JSON names it.
fn about(selection: &Selection, section: Option<&SectionName>) -> (&'static str, String) {
    match section {
        None => ("profile", selection.name.value.clone()),
        Some(section) => ("section", section.to_string()),
    }
}

fn print_all(args: &Get, about: &(&'static str, String), all: &[Setting], ui: &Ui) -> Result<Exit, Failure> {
    if args.format == Format::Json {
        let settings: Map<String, Json> = all
            .iter()
            .map(|setting| (setting.name.clone(), Json::Object(setting.to_json(args.reveal))))
            .collect();
        let document = json!({about.0: about.1, "settings": settings});
        return Ok(ui.write(json::document(&document).as_bytes()).map(|()| Exit::Success)?);
    }
    let mut lines = String::new();
    for setting in all {
        if args.show_origin {
            lines.push_str(&format!("{}\t", ui.shown(&setting.winner.origin.to_string())));
        }
        for (name, value) in setting.lines(args.reveal) {
            lines.push_str(&format!("{} = {}\n", ui.shown(&name), ui.shown(&value.replace('\n', "\n    "))));
        }
    }
    ui.write(lines.as_bytes())?;
    Ok(Exit::Success)
}
