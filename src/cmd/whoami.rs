//! `xcred whoami`: the AWS identity of a profile.

use serde_json::json;

use super::Cx;
use super::prompter::Waits;
use super::session::{HandedOut, ResolveOptions, Session};
use crate::cli::{Format, WhoAmI};
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::render::{Table, json, until};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{Caller, Sent, Service};

pub(super) fn run(args: &WhoAmI, cx: Cx<'_>) -> Result<Exit, Failure> {
    let session = Session::to_hand_out(cx, &args.resolving, &args.narrow)?;
    let how = ResolveOptions::from(&args.resolving);
    // Another account than the required one is an error, too, but only once it is shown.
    let HandedOut { provider, credentials, .. } = session.unguarded(how)?;
    let required = session.required(provider)?;
    let context = session.client(&Waits, how);
    let call = |caller: &Caller<'_>| sts::get_caller_identity(caller, &credentials);
    let identity = client::call(&context, Service::Sts, call);
    let CallerIdentity { account, arn, user_id } =
        identity.map_err(|error| advised(error, &credentials, &session.selection.name.value))?;
    if required.account().is_some() {
        session.keep_account(&credentials, &account);
    }
    let expiration = credentials.expiration.as_ref().map(|at| at.value.to_string());
    let profile = session.profile_of(provider).unwrap_or(&session.selection.name.value);
    let checked = required.check(&account).map_err(Failure::from);
    match args.format {
        Format::Json => {
            let document = json!({
            "profile": profile,
            "account": account,
            "arn": arn,
            "user_id": user_id,
            "provider": provider.name(),
            "expiration": expiration,
            });
            json::print(&json::with_error(document, checked.as_ref().err()), cx.ui)?;
        }
        Format::Text => {
            let mut table = Table::of_facts().within(cx.ui.out_columns());
            table.push(["profile", profile]);
            table.push(["account", &account]);
            table.push(["arn", &arn]);
            table.push(["provider", &provider.to_string()]);
            if let Some(expiration) = &credentials.expiration {
                table.push(["expires", &until(&expiration.value, cx.world.now())]);
            }
            cx.ui.write(table.to_string().as_bytes())?;
        }
    }
    checked.map(|()| Exit::Success)
}

/// The refusal with what to do, where what was sent shows the mistake.
fn advised(error: client::Error, credentials: &Credentials, profile: &str) -> Failure {
    let advice = match &error {
        client::Error::Call(source) | client::Error::Client(source) => {
            Sent::by(credentials, profile).advice(source, profile)
        }
        _ => None,
    };
    Failure::from(error).helped(advice)
}
