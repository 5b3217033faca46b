//! `xcred configure export-credentials`: the lines of `aws configure export-credentials`.
//!
//! They are not quoted, so a value that a shell would read differently is refused; `export-env` has no such limit.

use crate::cli::configure::ExportFormat;
use crate::cli::{CredentialProcess, Narrow, Resolving};
use crate::cmd::session::{ResolveOptions, Session};
use crate::cmd::{Cx, credential_process};
use crate::failure::{Code, Command, Exit, Failure, Hint};
use crate::secret::Secret;

/// Runs the command.
pub(super) fn run(format: ExportFormat, cx: Cx<'_>) -> Result<Exit, Failure> {
    if format == ExportFormat::Process {
        return credential_process::run(
            &CredentialProcess { named: None, resolving: Resolving::default(), narrow: Narrow::default() },
            cx,
        );
    }
    let session = Session::to_hand_out(cx, &Resolving::default(), &Narrow::default())?;
    let credentials = session.hand_out(ResolveOptions::default())?.credentials;
    let (id, secret) = credentials.pair()?;
    let token = credentials.token().map(Secret::expose);
    // As Python writes it.
    let end = credentials.expiration.as_ref().map(|end| end.value.to_string().replace('Z', "+00:00"));
    let variables = [
        ("AWS_ACCESS_KEY_ID", Some(id)),
        ("AWS_SECRET_ACCESS_KEY", Some(secret)),
        ("AWS_SESSION_TOKEN", token),
        ("AWS_CREDENTIAL_EXPIRATION", end.as_deref()),
    ];
    let mut text = String::with_capacity(16 * 1024);
    for (name, value) in variables {
        let Some(value) = value else { continue };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/+=_.:,@-".contains(c);
        if !value.chars().all(is_plain) {
            let command = Command::xcred(["export-env"]).profile(&session.selection.name.value);
            return Err(Failure::plain(
                Code::InvalidConfig,
                format!("the value of {name} would need quotes, which this format doesn't have"),
            )
            .with_help(Hint::from(command).say(" writes it for any shell")));
        }
        text.push_str(&match format {
            ExportFormat::Env => format!("export {name}={value}\n"),
            ExportFormat::EnvNoExport | ExportFormat::Process => format!("{name}={value}\n"),
            ExportFormat::Powershell => format!("$Env:{name}=\"{value}\"\n"),
            ExportFormat::WindowsCmd => format!("set {name}={value}\n"),
            ExportFormat::Fish => format!("set -gx {name} \"{value}\"\n"),
        });
    }
    cx.ui.write(Secret::new(text).expose().as_bytes())?;
    Ok(Exit::Success)
}
