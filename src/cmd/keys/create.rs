//! `xcred keys create`: a new key, into a profile.

use serde_json::json;

use super::super::get::print_json;
use super::super::list_profiles;
use super::{as_profile, session};
use crate::cli::keys::Create;
use crate::cli::{Format, Global};
use crate::failure::{Code, Exit, Failure};
use crate::keys::is_refused;
use crate::origin::Origin;
use crate::profile::{Error, Files, KeyPath, SectionName};
use crate::service::iam::NewKey;
use crate::ui::Ui;
use crate::world::World;

/// As long as IAM's, for the rehearsal.
const PLACEHOLDER: (&str, &str) = ("AKIAXXXXXXXXXXXXXXXX", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");

/// Runs the command.
pub(super) fn run(args: &Create, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let session = session(global, world, ui)?;
    let save_as = args.save_as.as_deref();
    if let Some(profile) = save_as {
        require_plain(profile, &session.files)?;
        let (id, secret) = PLACEHOLDER;
        Files::try_out(world, |files| save(files, profile, args.overwrite, id, secret))?;
    }
    as_profile(&session, ui, |account, by| {
        let identity = account.identity(by)?;
        ui.note(format_args!("account {}, {}", identity.account, identity.arn));
        let NewKey { key, secret } = account.create(by, args.user.as_deref()).inspect_err(|error| {
            if !is_refused(error) {
                ui.warning("the answer was lost: a key may have been created whose secret nobody has");
                ui.help("`xcred keys list` shows it; delete it with `xcred keys delete ID`");
            }
        })?;
        if let Some(profile) = save_as {
            let saved =
                Files::edit(world, |files| save(files, profile, args.overwrite, &key.id, secret.expose()));
            match saved {
                Ok((place, _)) => ui.note(format_args!("wrote {} to {place}", key.id)),
                Err(error) => {
                    // Nobody could ever use it, so it must not stay behind.
                    match account.delete(by, key.user.as_deref(), &key.id) {
                        Ok(()) => ui.note(format_args!("deleted {} again", key.id)),
                        Err(other) => {
                            ui.warning(format_args!("{} was created, and its secret is lost", key.id));
                            ui.problem(&other);
                        }
                    }
                    return Err(error.into());
                }
            }
        }
        if !args.show_secret {
            return Ok(Exit::Success);
        }
        let user = key.user.as_deref();
        if args.format == Format::Json {
            let document = json!({
                "schema": 1, "id": key.id, "user": user, "secret_access_key": secret.expose(), "saved_as": save_as,
            });
            print_json(&document, ui)?;
        } else {
            let text = format!(
                "aws_access_key_id = {}\naws_secret_access_key = {}\n",
                ui.shown(&key.id),
                ui.shown(secret.expose())
            );
            ui.write(text.as_bytes())?;
        }
        Ok(Exit::Success)
    })
}

/// Refuses a profile in which nobody would look for a key.
fn require_plain(profile: &str, files: &Files) -> Result<(), Failure> {
    let section = SectionName::Profile(profile.to_owned());
    match list_profiles::credentials(files, &section) {
        None | Some("shared-credentials-file" | "config-file") => Ok(()),
        Some(provider) => {
            let message =
                format!("{section} gets its credentials by `{provider}`, and a key there would not count");
            Err(Failure::plain(Code::InvalidConfig, message).with_help("give `--save-as` another name"))
        }
    }
}

/// Writes the pair, and tells where.
fn save(files: &mut Files, profile: &str, overwrite: bool, id: &str, secret: &str) -> Result<String, Error> {
    files.check()?;
    let section = SectionName::Profile(profile.to_owned());
    let key = |name: &str| KeyPath { name: name.to_owned(), nested: None };
    for name in ["aws_access_key_id", "aws_secret_access_key"] {
        if let Some(found) = files.value(&section, name)
            && let Origin::File(place) = found.origin
            && !overwrite
        {
            return Err(Error::Exists { what: format!("a key of {section}"), place });
        }
    }
    let placed = files.set(&section, &key("aws_access_key_id"), id, false)?;
    files.set(&section, &key("aws_secret_access_key"), secret, false)?;
    for token in ["aws_session_token", "aws_security_token"] {
        files.unset(&section, &key(token))?;
    }
    Ok(placed.place.to_string())
}
