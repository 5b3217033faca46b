//! What `resolve`, `export-env`, `exec`, `credential-process`, `whoami` and `get` have in common: a profile and its
//! credentials.

mod agent;
mod credential;
mod factor;
mod guarded;
mod handed_out;
mod kept;
mod left_out;
mod naming;
mod narrowing;
mod net;
mod options;
mod region;
mod shown_guards;
mod stored;
mod unread;
mod warnings;

use std::cell::OnceCell;
use std::mem::ManuallyDrop;

pub(super) use handed_out::HandedOut;
pub(super) use kept::Kept;
use narrowing::narrowing;
use net::Nets;
pub(super) use net::net;
pub(super) use options::ResolveOptions;
pub(super) use shown_guards::ResolvedSoFar;

use super::Cx;
use super::explicit::explicit;
use super::prompter::{Prompter, Waits};
use crate::chain::{self, Cache, Circle, Context, Resolution};
use crate::checks::Scene;
use crate::cli::{Narrow, Resolving};
use crate::client::{self, InstanceRegion, Progress};
use crate::config::{AccountId, Config};
use crate::credentials::Credentials;
use crate::effective::{self, Lookup, Options, Selection};
use crate::failure::Failure;
use crate::guard::{self, Allowed};
use crate::narrowing::Narrowing;
use crate::origin::Origin;
use crate::profile::{Error, Files, Reading};
use crate::sdk::Sdk;
use crate::ui::Ui;
use crate::view::View;
use crate::world::World;

/// Everything that a command needs to resolve credentials. Slow parts are created once, when they are first used.
pub(super) struct Session<'w> {
    pub(super) world: &'w World,
    /// Not dropped: wiping a large file takes time, and the process ends with its session.
    pub(super) files: ManuallyDrop<Files>,
    /// Files that could not be read, if the credentials don't depend on them; see [`Session::for_credentials`].
    pub(super) unread: Vec<Error>,
    pub(super) selection: Selection,
    pub(super) options: Options,
    pub(super) sdk: Sdk,
    pub(super) ui: &'w Ui,
    explicit: Option<Credentials>,
    pub(super) narrowing: Option<Narrowing>,
    /// The account that an option expects.
    expected: Option<AccountId>,
    /// Whether the settings as they are now, and not only those of the start, narrow what agents get, if they do so at all.
    is_narrowed_by_agent: bool,
    instance_region: InstanceRegion,
    nets: Nets,
    config: OnceCell<Config>,
    /// The files as the SDK reads them, if not as botocore does.
    view: Option<View>,
}

impl<'w> Session<'w> {
    /// The session of a command that needs both files: one that can't be read is an error.
    pub(super) fn new(cx: Cx<'w>, sdk: Sdk) -> Result<Session<'w>, Failure> {
        Session::open(cx, sdk, || Ok(None), |reading, _| reading.unless_needed(true))
    }

    /// The session of a command that needs credentials from any provider.
    ///
    /// To botocore a file that can't be read is empty, so it goes on to credentials that the user didn't choose, which
    /// may have other permissions. Here it is an error, unless the credentials don't depend on the files: those from
    /// options, or from the environment where no profile is named. Then it is reported and skipped.
    pub(super) fn for_credentials(cx: Cx<'w>, resolving: &Resolving) -> Result<Session<'w>, Failure> {
        Session::with_config(cx, resolving, Config::load(cx.world)?, || explicit(&resolving.keys, cx.ui))
    }

    fn with_config(
        cx: Cx<'w>,
        resolving: &Resolving,
        config: Config,
        given: impl FnOnce() -> Result<Option<Credentials>, Failure>,
    ) -> Result<Session<'w>, Failure> {
        let Resolving { sdk, keys, expecting, .. } = resolving;
        let sdk = sdk.unwrap_or_else(|| config.sdk());
        let mut session = Session::open(cx, sdk, given, |reading, selection| {
            let given = keys.access_key_id.is_some() || has_keys(cx.world);
            reading.unless_needed(!given || selection.is_named())
        })?;
        session.check_names(&config)?;
        session.config = OnceCell::from(config);
        Ok(session.expecting(expecting))
    }

    /// The session of a command that hands out credentials: narrowed as its options say. What is wrong with them is an error
    /// before a secret is asked for.
    pub(super) fn to_hand_out(
        cx: Cx<'w>,
        resolving: &Resolving,
        narrow: &Narrow,
    ) -> Result<Session<'w>, Failure> {
        Session::to_hand_out_with(cx, resolving, narrow, Config::load(cx.world)?)
    }

    /// Like [`to_hand_out`](Session::to_hand_out), with a configuration that was read already.
    pub(super) fn to_hand_out_with(
        cx: Cx<'w>,
        resolving: &Resolving,
        narrow: &Narrow,
        config: Config,
    ) -> Result<Session<'w>, Failure> {
        let narrowing = narrowing(narrow, cx.world)?;
        let given = || explicit(&resolving.keys, cx.ui);
        let mut session = Session::with_config(cx, resolving, config, given)?;
        session.narrowing = narrowing;
        Ok(session)
    }

    fn open(
        cx: Cx<'w>,
        sdk: Sdk,
        given: impl FnOnce() -> Result<Option<Credentials>, Failure>,
        take: impl FnOnce(Reading, &Selection) -> Result<(Files, Vec<Error>), Error>,
    ) -> Result<Session<'w>, Failure> {
        let world = cx.world;
        let reading = Files::read(world);
        let selection = effective::select(world, cx.global.profile.as_deref(), sdk)?;
        if cx.global.region.as_deref() == Some("") {
            let (profile, origin) = (selection.name.value, Origin::Option { name: "--region" });
            return Err(client::Error::EmptyRegion { profile, origin }.into());
        }
        let (files, unread) = if sdk.skips_unreadable {
            // What follows is for the rules of the SDK to say; the user hears of it.
            reading.in_part()
        } else {
            take(reading, &selection)?
        };
        let view = sdk.ruled.map(|rules| View::read(world, rules.files));
        // What the SDK makes of a file that botocore can't read is in its view.
        let is_whole = unread.is_empty() || view.as_ref().is_some_and(|view| view.fault().is_none());
        let session = Session::of(cx, sdk, selection, files, view);
        let instance_region = if is_whole { InstanceRegion::default() } else { InstanceRegion::unknown() };
        Ok(Session { explicit: given()?, instance_region, unread, ..session })
    }

    /// A session that is neither narrowed nor has keys from options, and doesn't ask the instance for the region.
    fn of(cx: Cx<'w>, sdk: Sdk, selection: Selection, files: Files, view: Option<View>) -> Session<'w> {
        Session {
            world: cx.world,
            files: ManuallyDrop::new(files),
            unread: Vec::new(),
            selection,
            options: Options { region: cx.global.region.clone() },
            sdk,
            ui: cx.ui,
            explicit: None,
            narrowing: None,
            expected: None,
            is_narrowed_by_agent: true,
            instance_region: InstanceRegion::unknown(),
            nets: Nets::default(),
            config: OnceCell::new(),
            view,
        }
    }

    /// What a session would be with other variables or files.
    pub(super) fn supposing(
        cx: Cx<'w>,
        sdk: Sdk,
        world: &'w World,
        files: &Files,
    ) -> Result<Session<'w>, Failure> {
        let selection = effective::select(world, cx.global.profile.as_deref(), sdk)?;
        let view =
            sdk.ruled.map(|rules| View::supposing(world, rules.files, &|path| files.document_at(path)));
        Ok(Session::of(Cx { world, ..cx }, sdk, selection, files.clone(), view))
    }

    pub(super) fn config(&self) -> Result<&Config, Failure> {
        if let Some(found) = self.config.get() {
            return Ok(found);
        }
        let read = Config::load(self.world)?;
        self.check_names(&read)?;
        Ok(self.config.get_or_init(|| read))
    }

    /// Checks the names of guards, unless what could not be read may have any profile.
    fn check_names(&self, config: &Config) -> Result<(), guard::Error> {
        if self.unread.is_empty() { guard::check_names(config, &self.files) } else { Ok(()) }
    }

    /// The files as the SDK reads them, if not as botocore does.
    pub(super) fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// What the checks look at.
    pub(super) fn scene(&self) -> Scene<'_> {
        let Session { world, files, unread, selection, sdk, .. } = self;
        let has_keys_given = self.explicit.as_ref().is_some_and(|keys| keys.access_key_id.is_some());
        let (view, region) = (self.view.as_ref(), self.options.region.as_deref());
        Scene { view, region, has_keys_given, ..Scene::new(world, files, unread, selection, *sdk) }
    }

    /// Whether there are settings to show: no file has a fault.
    pub(super) fn is_readable(&self) -> bool {
        self.view.is_some() || self.files.check().is_ok()
    }

    /// An error if the named profile doesn't exist.
    pub(super) fn require_profile(&self) -> Result<(), Failure> {
        if self.selection.is_named() && self.view.is_none() {
            let missing = self.files.require(&self.selection.section(), &self.selection.name.origin);
            // A file that can't be read may have it.
            missing.or_else(|missing| self.files.check().and(Err(missing)))?;
        }
        Ok(())
    }

    pub(super) fn resolve(&self, how: ResolveOptions<'_>) -> Result<Resolution, Failure> {
        let config = self.config()?;
        self.check_allowed()?;
        let circle = self.circle();
        let prompter = Prompter { world: self.world, ui: self.ui, config, circle: &circle };
        let caches = !how.no_cache && config.cache.roles && !circle.is_closed();
        let cache = caches.then(|| Cache::new(self.world, config.cache.processes)).flatten();
        let naming = self.naming(config);
        let resolution = chain::resolve(&Context {
            naming: naming.as_ref(),
            mfa_session: self.mfa_session(config).filter(|_| !how.unnarrowed),
            client: self.client(&Waits, how),
            explicit: self.explicit.as_ref(),
            narrowing: &|provider| if how.unnarrowed { Ok(None) } else { self.demanded(provider, config) },
            is_read_only_program: &|words| self.is_read_only_program(words, config),
            check_source: &|profile, provider, keys| {
                self.check_source(profile, provider, keys, (config, how))
            },
            cache: cache.map(|cache| if how.keeps_none { cache.read_only() } else { cache }),
            circle: &circle,
            process_limit: config.process_timeout(),
            interaction: &prompter,
            memo: how.memo,
        });
        if let Ok((provider, _)) = &resolution.outcome {
            Allowed::of(self.world).check_provider(*provider)?;
            self.check_served(*provider)?;
        }
        Ok(resolution)
    }

    pub(super) fn client<'s>(
        &'s self,
        progress: &'s dyn Progress,
        how: ResolveOptions<'_>,
    ) -> client::Context<'s> {
        client::Context {
            world: self.world,
            files: &self.files,
            profile: &self.selection,
            options: &self.options,
            sdk: self.sdk,
            view: self.view.as_ref(),
            offline: how.offline,
            net: self.nets.get(how.offline, &self.lookup()),
            instance_region: &self.instance_region,
            progress,
        }
    }

    /// The effective values of settings.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        let Session { world, files, options, selection: profile, sdk, .. } = self;
        Lookup { world, options, files, profile, sdk: *sdk, view: self.view.as_ref() }
    }

    /// The profiles whose programs started this run, this one last.
    pub(super) fn circle(&self) -> Circle {
        Circle::of(self.world, &self.selection.name.value)
    }
}

/// Whether the environment has credentials, which no file overrides where no profile is named.
fn has_keys(world: &World) -> bool {
    world.non_empty("AWS_ACCESS_KEY_ID").is_some()
}
