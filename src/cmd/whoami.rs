//! `xcred whoami`: the AWS identity of a profile.

use serde_json::json;

use super::Cx;
use super::prompter::Waits;
use super::session::{ResolveOptions, Session};
use crate::cli::{Format, WhoAmI};
use crate::client;
use crate::failure::{Exit, Failure};
use crate::render::{self, Table};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{Caller, Service};

pub(super) fn run(args: &WhoAmI, cx: Cx<'_>) -> Result<Exit, Failure> {
    let session = Session::for_credentials(cx, &args.resolving)?;
    let how = ResolveOptions::from(&args.resolving);
    let (provider, credentials) = session.credentials(how)?;
    let context = session.client(&Waits, how);
    let call = |caller: &Caller<'_>| sts::get_caller_identity(caller, &credentials);
    let CallerIdentity { account, arn, user_id } = client::call(&context, Service::Sts, call)?;
    let expiration = credentials.expiration.as_ref().map(|at| at.value.to_string());
    let profile = &session.selection.name.value;
    let text = match args.format {
        Format::Json => render::json::document(&json!({
            "profile": profile,
            "account": account,
            "arn": arn,
            "user_id": user_id,
            "provider": provider.name(),
            "expiration": expiration,
        })),
        Format::Text => {
            let mut table = Table::of_facts();
            table.push(["profile", profile]);
            table.push(["account", &account]);
            table.push(["arn", &arn]);
            table.push(["provider", &provider.to_string()]);
            if let Some(expiration) = &expiration {
                table.push(["expires", expiration]);
            }
            table.to_string()
        }
    };
    cx.ui.write(text.as_bytes())?;
    Ok(Exit::Success)
}
