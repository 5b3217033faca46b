//! `exec --serve`: the command runs beside xcred, which serves it credentials until its end.

use std::io;
use std::process::Command;

use zeroize::Zeroizing;

use super::background::Background;
use super::renewal::{Given, Identity, NotGiven, Renewal};
use super::system::{Ended, die_of, start};
use crate::chain::{self, Fingerprint, Provider, Resolution, Step};
use crate::cli::{Exec, Global, Resolving};
use crate::cmd::Cx;
use crate::cmd::session::{HandedOut, Kept, ResolveOptions, Session};
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure};
use crate::net::endpoint::Endpoint;
use crate::secret::Secret;
use crate::service::random::random;
use crate::shell::Environment;
use crate::text::hex;
use crate::ui::{Ui, lend_terminal, undo_all};
use crate::world::World;

/// Credentials that are ready to be served.
pub(super) struct Ready {
    /// What leads the command to them.
    pub(super) environment: Environment,
    endpoint: Endpoint,
    renewal: Renewal,
    renewer: Renewer,
}

/// Makes the session anew that gets new credentials. It owns what it needs: threads live longer than a session.
struct Renewer {
    world: World,
    global: Global,
    resolving: Resolving,
    kept: Kept,
}

/// Takes a port for credentials. Nothing is served yet.
pub(super) fn open(
    session: &Session<'_>,
    handed: HandedOut,
    args: &Exec,
    cx: Cx<'_>,
) -> Result<Ready, Failure> {
    let how = ResolveOptions::serving(&args.resolving);
    let (path, token) = (digits::<16>("/")?, digits::<32>("")?);
    let endpoint = Endpoint::bind(path, token.clone())?;
    let url = Secret::held(endpoint.url());
    let region = session.region(how).map(|region| region.value);
    let profile = session.profile_of(handed.provider);
    let environment = Environment::asking(&url, &token, region.as_deref(), profile)?;
    let environment = session.for_prompts(environment, profile)?;
    // Half a pair is not an identity.
    handed.credentials.pair()?;
    let name = session.selection.name.value.clone();
    let HandedOut { provider, credentials, fingerprint, .. } = handed;
    let given = given(session, (provider, credentials), fingerprint, how);
    Ok(Ready {
        environment,
        endpoint,
        renewal: Renewal::new(name, given, cx.world.now()),
        renewer: Renewer {
            world: cx.world.clone(),
            global: cx.global.clone(),
            resolving: args.resolving.clone(),
            kept: session.kept()?,
        },
    })
}

/// Random digits behind `prefix`, masked in all output.
fn digits<const N: usize>(prefix: &str) -> Result<Secret, Failure> {
    let digits = Zeroizing::new(hex(&*random::<N>()?));
    Ok(Secret::held([prefix, &digits].concat()))
}

impl Ready {
    /// Runs the command to its end. `Err` inside if it can't be started.
    pub(super) fn run(self, command: Command) -> Result<io::Result<Exit>, Failure> {
        let Ready { endpoint, renewal, renewer, .. } = self;
        lend_terminal();
        let (world, clock) = (renewer.world.clone(), renewer.world.clone());
        let (color, verbose) = (renewer.global.color, renewer.global.verbose);
        let renew = move || renewer.resolve(&Ui::new(&renewer.world, color, verbose));
        let background = Background::open(renewal, move || clock.now(), renew);
        let mut background = background.map_err(|error| {
            Failure::plain(Code::Io, format!("can't renew the credentials of the command: {error}"))
        })?;
        endpoint.serve(move || background.answer(|text| Ui::new(&world, color, verbose).warning(text)))?;
        let running = match start(command) {
            Ok(running) => running,
            Err(error) => return Ok(Err(error)),
        };
        let ended = running.wait();
        // A renewal may be under way.
        undo_all();
        Ok(Ok(match ended {
            Ok(Ended::Exited(status)) => Exit::Command(status),
            Ok(Ended::Killed(signal)) => Exit::Command(die_of(signal)),
            Err(error) => {
                let message = format!("can't wait for the command: {error}");
                return Err(Failure::plain(Code::Io, message));
            }
        }))
    }
}

impl Renewer {
    /// Gets new credentials, from the files as they are now.
    fn resolve(&self, ui: &Ui) -> Result<Given, NotGiven> {
        let cx = Cx { world: &self.world, ui, global: &self.global };
        let session = Session::renewing(cx, &self.resolving, &self.kept)?;
        let how = ResolveOptions::serving(&self.resolving);
        let Resolution { outcome, chain, fingerprint, .. } = session.resolve(how)?;
        let needs_code = chain.iter().any(Step::needs_code);
        let (provider, credentials) =
            outcome.map_err(|error| NotGiven { failure: error.into(), needs_code })?;
        session.check_account(provider, &credentials, how)?;
        Ok(given(&session, (provider, credentials), fingerprint, how))
    }
}

/// The credentials with whose they are. Only some providers give the identity that the profile names.
fn given(
    session: &Session<'_>,
    (provider, credentials): (Provider, Credentials),
    fingerprint: Option<Fingerprint>,
    how: ResolveOptions<'_>,
) -> Given {
    let account = credentials.account_id.as_ref().map(|found| found.value.clone());
    let is_named = session.view().is_none()
        && matches!(provider, Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity | Provider::Sso);
    let profile = session.files.profile(&session.selection.name.value);
    let named = if is_named { chain::Identity::of(&profile) } else { chain::Identity::default() };
    let is_temporary = fingerprint.as_ref().is_some_and(Fingerprint::is_of_temporary_keys);
    // Without an answer the keys are served, but not renewed.
    let owner = is_temporary.then(|| session.owner(provider, &credentials, how).ok().flatten()).flatten();
    let identity = Identity {
        provider,
        account: account.or(named.account.map(Into::into)),
        role: named.role.map(Into::into),
        fingerprint,
        owner,
    };
    Given { credentials, identity }
}
