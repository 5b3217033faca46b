//! `xcred whoami`: the identity behind a profile, in AWS's own words.

use serde::Serialize;

use super::prompter::Waits;
use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{Format, Global, WhoAmI};
use crate::client;
use crate::failure::{Exit, Failure};
use crate::render::{Table, json};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{Caller, Service};
use crate::ui::Ui;
use crate::world::World;

#[derive(Serialize)]
struct Document<'d> {
    profile: &'d str,
    account: &'d str,
    arn: &'d str,
    user_id: &'d str,
    provider: &'static str,
    expiration: Option<&'d str>,
}

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
    let profile = &session.selection.name.value;
    let text = match args.format {
        Format::Json => json::document(&Document {
            profile,
            account: &account,
            arn: &arn,
            user_id: &user_id,
            provider: provider.name(),
            expiration: expiration.as_deref(),
        }),
        Format::Text => {
            let mut table = Table::of_facts();
            let provider = provider.to_string();
            for (name, value) in
                [("profile", profile), ("account", &account), ("arn", &arn), ("provider", &provider)]
            {
                table.push([name.to_owned(), value.clone()]);
            }
            if let Some(expiration) = expiration {
                table.push(["expires".to_owned(), expiration]);
            }
            table.to_string()
        }
    };
    ui.write(text.as_bytes())?;
    Ok(Exit::Success)
}
