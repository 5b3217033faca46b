//! `xcred configure list`: the rows of `aws configure list`, each with the place that its value really has.

use std::fmt::Write as _;

use crate::cli::Resolving;
use crate::cmd::Cx;
use crate::cmd::session::{ResolveOptions, Session};
use crate::failure::{Exit, Failure};
use crate::origin::Origin;
use crate::secret::{HIDDEN, Secret, is_hidden_key_id, redacted};
use crate::settings::REGION;
use crate::ui::one_line;

/// Runs the command.
pub(super) fn run(cx: Cx<'_>) -> Result<Exit, Failure> {
    let session = Session::for_credentials(cx, &Resolving::default())?;
    session.report_unread();
    let mut rows = vec![["NAME", "VALUE", "TYPE", "LOCATION"].map(str::to_owned)];
    let mut add = |name: &str, found: Option<[String; 3]>| {
        let none = || ["<not set>", "None", "None"].map(str::to_owned);
        let [value, kind, location] = found.unwrap_or_else(none);
        rows.push([name.to_owned(), value, kind, location]);
    };
    let profile = &session.selection.name;
    let named = session.selection.is_named();
    add("profile", named.then(|| [profile.value.clone(), kind(&profile.origin), profile.origin.to_string()]));
    session.require_profile()?;
    let credentials = match session.resolve(ResolveOptions::default())?.outcome {
        Ok((provider, credentials)) => Some((provider.to_string(), credentials)),
        Err(crate::chain::Error::NoCredentials { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let (provider, credentials) = credentials.unzip();
    let key = |value: Option<(String, &Origin)>| {
        value.map(|(value, origin)| [value, provider.clone().unwrap_or_default(), origin.to_string()])
    };
    let id = credentials.as_ref().and_then(|credentials| credentials.access_key_id.as_ref());
    // What can't be an ID is most likely a secret.
    let masked = |id: &str| if is_hidden_key_id(id) { HIDDEN.to_owned() } else { Secret::new(id).masked() };
    add("access_key", key(id.map(|id| (masked(&id.value), &id.origin))));
    // Of the secret AWS CLI shows four characters, too.
    let secret = credentials.as_ref().and_then(|credentials| credentials.secret_access_key.as_ref());
    add("secret_key", key(secret.map(|secret| (HIDDEN.to_owned(), &secret.origin))));
    let region = session.lookup().setting(&REGION);
    let region = region.or_else(|| session.instance_region(ResolveOptions::default())).and_then(|setting| {
        let text = setting.shown_value(false)?;
        Some([text, kind(&setting.winner.origin), setting.winner.origin.to_string()])
    });
    add("region", region);
    let mut text = String::new();
    for row in rows {
        let [name, value, kind, location] = row.map(|cell| one_line(&redacted(&cell)).into_owned());
        // The columns of AWS CLI.
        let line = format!("{name:<10} : {value:<24} : {kind:<16} : {location}");
        _ = writeln!(text, "{}", line.trim_end());
    }
    cx.ui.write(text.as_bytes())?;
    session.warn(session.findings());
    Ok(Exit::Success)
}

/// AWS CLI's word for a kind of origin.
fn kind(origin: &Origin) -> String {
    let word = match origin {
        Origin::Option { .. } => "manual",
        Origin::Environment { .. } => "env",
        Origin::File(_) => "config-file",
        // Only a region can be an instance's.
        Origin::Service { .. } => "imds",
        _ => "None",
    };
    word.to_owned()
}
