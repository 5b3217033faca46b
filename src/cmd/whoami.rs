//! `xcred whoami`: the identity behind a profile, in AWS's own words.

use serde_json::json;

use super::get::print_json;
use super::prompter::Waits;
use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{Format, Global, WhoAmI};
use crate::client;
use crate::failure::{Exit, Failure};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{Caller, Service};
use crate::ui::{Ui, one_line};
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &WhoAmI, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let opening = Opening { world, ui, global, sdk: args.sdk, keys: Some(&args.keys) };
    let session = Session::for_credentials(opening)?;
    let how = ResolveOptions::default();
    let (provider, credentials) = session.credentials(how)?;
    let context = session.client(&Waits, how);
    let call = |caller: &Caller<'_>| sts::get_caller_identity(caller, &credentials);
    let identity = client::call(&context, Service::Sts, call)?;
    let CallerIdentity { account, arn, user_id } = identity;
    let expiration = credentials.expiration.as_ref().map(|at| at.value.to_string());
    if args.format == Format::Json {
        let document = json!({
            "schema": 1,
            "profile": session.selection.name.value,
            "account": account,
            "arn": arn,
            "user_id": user_id,
            "provider": provider.name(),
            "expiration": expiration,
        });
        print_json(&document, ui)?;
        return Ok(Exit::Success);
    }
    let mut text = String::new();
    for (name, value) in [
        ("profile", Some(session.selection.name.value.clone())),
        ("account", Some(account)),
        ("arn", Some(arn)),
        ("provider", Some(provider.to_string())),
        ("expires", expiration),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("{name:<10}{}\n", one_line(&value)));
        }
    }
    ui.write(text.as_bytes())?;
    Ok(Exit::Success)
}
