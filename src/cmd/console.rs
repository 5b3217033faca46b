//! `xcred console`: signs a browser in to the console with a profile's credentials.

use std::time::Duration;

use super::Cx;
use super::export_env::replacing;
use super::prompter::Waits;
use super::session::{HandedOut, ResolveOptions, Session};
use crate::address::redacted;
use crate::cli::Console as Arguments;
use crate::client::{self, Progress as _};
use crate::config::Config;
use crate::failure::{Code, Command, Exit, Explain, Failure, Hint};
use crate::login::browser::{self, Opened};
use crate::login::flow::{self, Machine, Wanted, Why};
use crate::net::callback::Handover;
use crate::secret::Secret;
use crate::service::federation::{self, Page, PageError};
use crate::service::random::uuid;
use crate::service::{self, Partition};
use crate::ui::Wait;

/// How long a browser may take to start and to ask for the address.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) fn run(args: &Arguments, cx: Cx<'_>) -> Result<Exit, Failure> {
    let own = replacing(cx);
    let cx = Cx { world: &own, ..cx };
    let Cx { world, ui, .. } = cx;
    let page = Page::new(args.service.as_deref(), args.path.as_deref()).map_err(ConsoleError::Page)?;
    let config = Config::load(world)?;
    let setting = config.login_browser().map(str::to_owned);
    if !args.print {
        // Before anything is asked for.
        look_for_a_browser(setting.is_some(), cx).map_err(|what| unopened(what, args, cx))?;
    }
    let session = Session::to_hand_out_with(cx, &args.resolving, &args.narrow, config)?;
    // The end of cached credentials is that of an earlier wish.
    let no_cache = args.resolving.no_cache || args.narrow.duration.is_some();
    let how = ResolveOptions { no_cache, ..ResolveOptions::from(&args.resolving) };
    let handed = session.hand_out(how)?;
    let link = link(&session, &handed, &page)?;
    if args.print {
        ui.write(format!("{}\n", link.expose()).as_bytes())?;
        if ui.out_is_terminal() {
            ui.note("This link is a secret: whoever has it can sign in with it, for 15 minutes.");
        }
        return Ok(Exit::Success);
    }
    let program = open(&link, setting.as_deref(), cx)?.map_err(|what| unopened(what, args, cx))?;
    ui.line(session.receipt(&handed)?.line(world.now()));
    ui.note(format_args!("The console was opened with {}.", crate::ui::one_line(&program)));
    Ok(Exit::Success)
}

/// The sign-in link of the credentials.
fn link(session: &Session<'_>, handed: &HandedOut, page: &Page) -> Result<Secret, Failure> {
    let profile = || session.profile_of(handed.provider).map(str::to_owned);
    if handed.credentials.token().is_none() {
        return Err(ConsoleError::LongTerm { profile: profile() }.into());
    }
    let context = session.client(&Waits, ResolveOptions::default());
    let region = context.region();
    // Without a region it is `aws`, whose STS has made the credentials then.
    let partition = context.partition();
    let console = partition.console.as_ref();
    let console = console.ok_or(ConsoleError::NoConsole { partition: partition.name })?;
    if let Some(role_arn) = session.role_arn(handed)
        && let Some(own) = role_arn.split(':').nth(1).and_then(Partition::named)
        && own.name != partition.name
    {
        let region = region.map(|region| region.value);
        return Err(ConsoleError::OtherPartition {
            role_arn,
            own: own.name,
            region,
            partition: partition.name,
        }
        .into());
    }
    let address = console.address(region.as_ref().map(|region| region.value.as_str()), page);
    let caller = client::for_console(&context, console, region)?;
    let _progress = Waits.show(&redacted(&caller.endpoint.url));
    federation::link(&caller, &handed.credentials, &address).map_err(|error| {
        let is_refused = matches!(&error, service::Error::Refused { status: 400..=403, .. });
        let failure = Failure::from(error);
        match (is_refused, session.seconds()) {
            (true, Some(_)) => failure.with_help(REFUSED_DURATION),
            (true, None) => failure.with_help(REFUSED),
            (false, _) => failure,
        }
    })
}

/// What the endpoint's refusals, which give no reason, most often mean.
const REFUSED: &str = "the credentials may have expired or be those of GetSessionToken, which can't sign in to the console: \
                       assume a role with `--role-arn ARN`, or get new ones with `--no-cache`";

/// What the endpoint's refusals most often mean where a duration was asked for.
const REFUSED_DURATION: &str = "try without `--duration`: AWS accepts one only for a role that a user's keys assume, not for one \
                                that another role assumes";

/// An error if the browser is on another machine, or there is none.
fn look_for_a_browser(is_set: bool, cx: Cx<'_>) -> Result<(), Unopened> {
    let wanted = Wanted { has_browser: is_set, ..Wanted::default() };
    let choice = flow::choose(wanted, Machine::look(cx.world), cx.world);
    match choice.flow {
        service::oidc::Flow::Browser => Ok(()),
        service::oidc::Flow::Device => Err(Unopened::Elsewhere { why: choice.why }),
    }
}

/// Opens the link. Returns the program that did it.
fn open(link: &Secret, setting: Option<&str>, cx: Cx<'_>) -> Result<Result<String, Unopened>, Failure> {
    let handover = Handover::bind(uuid()?)?;
    let program = match browser::open(&handover.address(), setting, cx.world) {
        Opened::By(program) => program,
        Opened::Failed { program, reason } => return Ok(Err(Unopened::Failed { program, reason })),
        Opened::NoBrowser | Opened::Unsafe => return Ok(Err(Unopened::NoBrowser)),
    };
    let _waiting = Wait::new("the browser");
    let has_come = handover.redirect(link, PATIENCE)?;
    Ok(if has_come { Ok(program) } else { Err(Unopened::NotCome { program }) })
}

/// The error with the command that prints the link instead, if there is one. It must not hand out more.
fn unopened(what: Unopened, args: &Arguments, cx: Cx<'_>) -> ConsoleError {
    let given = [
        ("--profile", &cx.global.profile),
        ("--region", &cx.global.region),
        ("--service", &args.service),
        ("--path", &args.path),
    ];
    let command = Command::xcred(["console"]).flag("--print");
    let command =
        given.into_iter().fold(command, |command, (name, value)| command.option_if(name, value.as_ref()));
    ConsoleError::Unopened { what, print: args.resolving.on(command).map(|command| args.narrow.on(command)) }
}

/// Why the console isn't opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConsoleError {
    #[error("{}", not_a_page(.0))]
    Page(PageError),
    #[error("{} are long-term, and only temporary credentials sign in to the console", keys(profile.as_ref()))]
    LongTerm {
        /// None for keys without a profile.
        profile: Option<String>,
    },
    #[error("no console is known for the partition {partition}")]
    NoConsole { partition: &'static str },
    /// The console of one partition accepts no credentials of another one.
    #[error("the credentials are those of {role_arn}, and {} the partition {partition}", region.as_ref().map_or_else(|| "without a region the console is that of".to_owned(), |region| format!("region `{region}` is in")))]
    OtherPartition {
        role_arn: String,
        /// The partition of the role.
        own: &'static str,
        region: Option<String>,
        /// The partition of the region.
        partition: &'static str,
    },
    #[error("{what}")]
    Unopened {
        what: Unopened,
        /// What prints the link. None if keys were given, whose secret no command can have.
        print: Option<Command>,
    },
}

/// Why no browser has the link.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unopened {
    #[error("no browser is opened here, because {why}")]
    Elsewhere { why: Why },
    #[error("no browser was found")]
    NoBrowser,
    #[error("the browser could not be started: `{program}`: {reason}")]
    Failed { program: String, reason: String },
    #[error("`{program}` was started, but no browser asked for the address within a minute")]
    NotCome { program: String },
}

fn not_a_page(page: &PageError) -> String {
    match page {
        PageError::Service(name) => {
            format!("`{name}` is not a name of a service: lower-case letters, digits and hyphens")
        }
        PageError::Path(path) => {
            format!(
                "`{path}` is not a path: it begins with `/`, and other characters than ASCII are percent-encoded"
            )
        }
    }
}

fn keys(profile: Option<&String>) -> String {
    match profile {
        Some(profile) => format!("the access keys of profile `{profile}`"),
        None => "these access keys".to_owned(),
    }
}

impl Explain for ConsoleError {
    fn code(&self) -> Code {
        match self {
            ConsoleError::Page(_) => Code::Usage,
            ConsoleError::LongTerm { .. } => Code::NotNarrowed,
            ConsoleError::NoConsole { .. } | ConsoleError::OtherPartition { .. } => Code::InvalidConfig,
            ConsoleError::Unopened { .. } => Code::Io,
        }
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            ConsoleError::Page(PageError::Service(_)) => "for example s3, ec2 or cloudwatch".into(),
            ConsoleError::Page(PageError::Path(_)) => {
                "for example /s3/buckets or /ec2/home#Instances:".into()
            }
            ConsoleError::LongTerm { .. } => {
                "get temporary ones with them: add `--read-only`, or assume a role: `--role-arn ARN`".into()
            }
            ConsoleError::NoConsole { .. } => "check the region".into(),
            ConsoleError::OtherPartition { own, .. } => {
                format!("name a region of the partition {own}: `--region REGION`").into()
            }
            ConsoleError::Unopened { print, .. } => {
                let print = print.clone().map_or_else(|| Hint::from("`--print`"), Hint::from);
                print.say(" prints the link, for a browser anywhere")
            }
        })
    }
}

#[cfg(test)]
mod examples;
