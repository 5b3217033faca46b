//! What `resolve`, `export-env`, `exec`, `credential-process`, `whoami` and `get` have in common: a profile and its
//! credentials.

mod net;
mod options;

use std::cell::OnceCell;
use std::mem::ManuallyDrop;

pub(super) use net::net;
pub(super) use options::ResolveOptions;

use super::Cx;
use super::explicit::explicit;
use super::findings;
use super::prompter::{Prompter, Waits};
use crate::chain::{self, Cache, Circle, Context, Provider, Resolution};
use crate::checks::{self, Scene};
use crate::cli::{Keys, Resolving};
use crate::client::{self, InstanceRegion, Progress};
use crate::config::Config;
use crate::credentials::Credentials;
use crate::effective::{self, Lookup, Options, Selection, Setting};
use crate::failure::{Command, Failure};
use crate::finding::Finding;
use crate::ini::Value;
use crate::net::Net;
use crate::origin::{Located, Origin};
use crate::profile::{Error, Files, Reading};
use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::settings::REGION;
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
    instance_region: InstanceRegion,
    net: OnceCell<Net>,
    config: OnceCell<Config>,
    /// The files as the SDK reads them, if not as botocore does.
    view: Option<View>,
}

impl<'w> Session<'w> {
    /// The session of a command that needs both files: one that can't be read is an error.
    pub(super) fn new(cx: Cx<'w>, sdk: Sdk) -> Result<Session<'w>, Failure> {
        Session::open(cx, sdk, None, |reading, _| Ok((reading.whole()?, Vec::new())))
    }

    /// The session of a command that needs credentials from any provider.
    ///
    /// To botocore a file that can't be read is empty, so it goes on to credentials that the user didn't choose, which
    /// may have other permissions. Here it is an error, unless the credentials don't depend on the files: those from
    /// options, or from the environment where no profile is named. Then it is reported and skipped.
    pub(super) fn for_credentials(cx: Cx<'w>, resolving: &Resolving) -> Result<Session<'w>, Failure> {
        let Resolving { sdk, keys, .. } = resolving;
        // It names the SDK, and is wanted again later.
        let config = sdk.is_none().then(|| Config::load(cx.world)).transpose()?;
        let sdk = sdk.or(config.as_ref().map(Config::sdk)).unwrap_or_default();
        let session = Session::open(cx, sdk, Some(keys), |reading, selection| {
            let given = keys.access_key_id.is_some() || cx.world.non_empty("AWS_ACCESS_KEY_ID").is_some();
            if given && !selection.is_named() {
                Ok(reading.in_part())
            } else {
                Ok((reading.whole()?, Vec::new()))
            }
        })?;
        Ok(match config {
            Some(config) => session.with_config(config),
            None => session,
        })
    }

    fn open(
        cx: Cx<'w>,
        sdk: Sdk,
        keys: Option<&Keys>,
        take: impl FnOnce(Reading, &Selection) -> Result<(Files, Vec<Error>), Error>,
    ) -> Result<Session<'w>, Failure> {
        let Cx { world, ui, global } = cx;
        let reading = Files::read(world);
        let selection = effective::select(world, global.profile.as_deref(), sdk)?;
        let (files, unread) = match sdk.ruled {
            None => take(reading, &selection)?,
            // What follows is for the rules of the SDK to say; the user hears of it.
            Some(_) => reading.in_part(),
        };
        Ok(Session {
            world,
            files: ManuallyDrop::new(files),
            selection,
            options: Options { region: global.region.clone() },
            sdk,
            ui,
            explicit: keys.map(|keys| explicit(keys, ui)).transpose()?.flatten(),
            instance_region: if unread.is_empty() {
                InstanceRegion::default()
            } else {
                InstanceRegion::unknown()
            },
            unread,
            net: OnceCell::new(),
            config: OnceCell::new(),
            view: sdk.ruled.map(|rules| View::read(world, rules.files)),
        })
    }

    /// What a session would be with other variables or files.
    pub(super) fn supposing(
        cx: Cx<'w>,
        sdk: Sdk,
        world: &'w World,
        files: &Files,
    ) -> Result<Session<'w>, Failure> {
        Ok(Session {
            world,
            files: ManuallyDrop::new(files.clone()),
            selection: effective::select(world, cx.global.profile.as_deref(), sdk)?,
            options: Options { region: cx.global.region.clone() },
            sdk,
            ui: cx.ui,
            explicit: None,
            instance_region: InstanceRegion::unknown(),
            unread: Vec::new(),
            net: OnceCell::new(),
            config: OnceCell::new(),
            view: sdk.ruled.map(|rules| View::supposing(world, rules.files, &|path| files.document_at(path))),
        })
    }

    /// The same session, with a configuration that was read already.
    pub(super) fn with_config(self, config: Config) -> Session<'w> {
        Session { config: OnceCell::from(config), ..self }
    }

    pub(super) fn config(&self) -> Result<&Config, Failure> {
        match self.config.get() {
            Some(found) => Ok(found),
            None => {
                let read = Config::load(self.world)?;
                Ok(self.config.get_or_init(|| read))
            }
        }
    }

    /// Reports the files that could not be read.
    fn report_unread(&self) {
        for problem in &self.unread {
            self.ui.problem(problem);
            self.ui.note("  its settings, such as the region, are ignored");
        }
    }

    /// What is wrong with the profile, and what is not as its author meant.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.true_of_sdk(checks::warnings(self.scene(), &self.selection.name.value))
    }

    /// Leaves the findings that hold for the SDK: what is found in the files is what botocore makes of them.
    pub(super) fn true_of_sdk(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        let is_of_files = |found: &Finding| {
            matches!(found.place(), Some(Origin::File(_))) || findings::OF_FILES.contains(&found.code())
        };
        found.retain(|found| self.view.is_none() || !is_of_files(found));
        found
    }

    /// The files as the SDK reads them, if not as botocore does.
    pub(super) fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// What the checks look at.
    pub(super) fn scene(&self) -> Scene<'_> {
        let Session { world, files, unread, selection, sdk, .. } = self;
        Scene { world, files, unread, selection, sdk: *sdk }
    }

    /// Warns of them when the command ends.
    pub(super) fn warn(&self, findings: Vec<Finding>) {
        self.ui.later(findings, Command::xcred(["doctor"]).argument(self.selection.name.value.clone()));
    }

    /// Whether there are settings to show: no file has a fault.
    pub(super) fn is_readable(&self) -> bool {
        self.view.is_some() || self.files.check().is_ok()
    }

    /// An error if the named profile doesn't exist.
    pub(super) fn require_profile(&self) -> Result<(), Failure> {
        if self.selection.is_named() && self.view.is_none() {
            self.files.require(&self.selection.section(), &self.selection.name.origin)?;
        }
        Ok(())
    }

    pub(super) fn resolve(&self, how: ResolveOptions<'_>) -> Result<Resolution, Failure> {
        let config = self.config()?;
        let circle = self.circle();
        let prompter = Prompter { world: self.world, ui: self.ui, config, circle: &circle };
        let caches = !how.no_cache && config.caches_roles() && !circle.is_closed();
        Ok(chain::resolve(&Context {
            client: self.client(&Waits, how),
            explicit: self.explicit.as_ref(),
            cache: caches.then(|| Cache::new(self.world, config.caches_processes())).flatten(),
            circle: &circle,
            process_limit: config.process_timeout(),
            interaction: &prompter,
            memo: how.memo,
        }))
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
            net: self.net.get_or_init(|| net(&self.lookup())),
            instance_region: &self.instance_region,
            progress,
        }
    }

    /// The credentials to hand out or sign with.
    pub(super) fn credentials(&self, how: ResolveOptions<'_>) -> Result<(Provider, Credentials), Failure> {
        let ui = self.ui;
        self.report_unread();
        let mut findings = self.findings();
        findings.retain(|found| !findings::BY_CREDENTIALS.contains(&found.code()));
        self.warn(findings);
        let (provider, mut credentials) = self.resolve(how)?.outcome?;
        if let Some(finding) = findings::expired(&credentials, self.world.now()) {
            ui.finding(&finding);
            // boto3 would use the keys; a program that knows the date would reject them.
            credentials.expiration = None;
        }
        if let Some(finding) = findings::misplaced(&credentials, &self.selection) {
            ui.finding(&finding);
        }
        Ok((provider, credentials))
    }

    /// The name of the profile that the credentials of a provider belong to.
    pub(super) fn profile_of(&self, provider: Provider) -> Option<&str> {
        match provider {
            Provider::Explicit => None,
            Provider::Env => self.world.non_empty("XCRED_PROFILE"),
            _ => Some(&self.selection.name.value),
        }
    }

    /// The effective values of settings.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        let Session { world, files, options, selection: profile, sdk, .. } = self;
        Lookup { world, options, files, profile, sdk: *sdk, view: self.view.as_ref() }
    }

    /// The region: a setting, else that of the EC2 instance.
    pub(super) fn region(&self, how: ResolveOptions<'_>) -> Option<Located<String>> {
        self.client(&Waits, how).region()
    }

    /// The region of the EC2 instance as a setting, if no setting has one.
    pub(super) fn instance_region(&self, how: ResolveOptions<'_>) -> Option<Setting> {
        self.region(how).map(|region| Setting {
            name: REGION.name.to_owned(),
            row: Some(&REGION),
            secret: false,
            winner: region.map(|text| Value::Text(Secret::new(text))),
            shadowed: Vec::new(),
        })
    }

    /// The profiles whose programs started this run, this one last.
    pub(super) fn circle(&self) -> Circle {
        Circle::of(self.world, &self.selection.name.value)
    }
}
