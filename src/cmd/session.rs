//! What `resolve`, `export-env`, `exec`, `credential-process`, `whoami` and `get` have in common: a profile, and
//! the credentials that it gives.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::mem::ManuallyDrop;

use super::operator::Operator;
use super::piped::Halves;
use crate::chain::{self, Cache, Circle, Context, Explicit, InstanceRegion, Provider, Resolution};
use crate::cli::{Global, Keys};
use crate::credentials::Credentials;
use crate::failure::{Code, Command, Failure, Hint};
use crate::ini::Value;
use crate::net::{self, Net};
use crate::origin::{Located, Origin};
use crate::preferences::Preferences;
use crate::profile::{Error, Files, KeyPath, Reading};
use crate::render::Environment;
use crate::secret::{Secret, hold, is_no_key_id};
use crate::settings::{self, CA_BUNDLE, Options, REGION, Sdk, Selection, Setting, Variable};
use crate::ui::{Ui, input};
use crate::world::World;

/// Everything that a command needs to resolve credentials.
pub(super) struct Session<'w> {
    pub(super) world: &'w World,
    /// The files. The process ends with its session, and the system gives unwiped memory to nobody, so wiping a large
    /// file would be the only thing that dropping it does.
    pub(super) files: ManuallyDrop<Files>,
    /// Why a file could not be read on which the credentials don't depend; see [`Session::for_credentials`].
    pub(super) unread: Vec<Error>,
    pub(super) selection: Selection,
    pub(super) options: Options,
    pub(super) sdk: Sdk,
    explicit: Option<Explicit>,
    instance_region: InstanceRegion,
}

/// How to resolve.
#[derive(Clone, Copy, Default)]
pub(super) struct Manner {
    /// Run nothing, call nobody.
    pub(super) offline: bool,
    /// Neither read nor write kept credentials.
    pub(super) no_cache: bool,
}

impl<'w> Session<'w> {
    /// The session of a command that needs both files: one that can't be read is an error.
    pub(super) fn new(
        world: &'w World,
        global: &Global,
        sdk: Sdk,
        keys: &Keys,
        ui: &Ui,
    ) -> Result<Session<'w>, Failure> {
        Session::begin(world, global, sdk, keys, ui, |reading, _| Ok((reading.whole()?, Vec::new())))
    }

    /// The session of a command that needs credentials, whatever gives them.
    ///
    /// To botocore a file that can't be read is an empty one, so that it goes on to credentials that nobody chose, with
    /// rights that nobody gave. Here it is an error, unless the credentials are the same whatever the file says: keys
    /// that an option gives, or that the environment gives where no profile is named. Then it is told and left out.
    pub(super) fn for_credentials(
        world: &'w World,
        global: &Global,
        sdk: Sdk,
        keys: &Keys,
        ui: &Ui,
    ) -> Result<Session<'w>, Failure> {
        Session::begin(world, global, sdk, keys, ui, |reading, selection| {
            let given = keys.access_key_id.is_some() || world.non_empty("AWS_ACCESS_KEY_ID").is_some();
            if given && !selection.is_named() {
                Ok(reading.in_part())
            } else {
                Ok((reading.whole()?, Vec::new()))
            }
        })
    }

    fn begin(
        world: &'w World,
        global: &Global,
        sdk: Sdk,
        keys: &Keys,
        ui: &Ui,
        take: impl FnOnce(Reading, &Selection) -> Result<(Files, Vec<Error>), Error>,
    ) -> Result<Session<'w>, Failure> {
        let reading = Files::read(world);
        let selection = settings::select(world, global.profile.as_deref(), sdk)?;
        let (files, unread) = take(reading, &selection)?;
        let options = Options { region: global.region.clone() };
        let files = ManuallyDrop::new(files);
        let instance_region =
            if unread.is_empty() { InstanceRegion::default() } else { InstanceRegion::unknown() };
        let explicit = explicit(keys, ui)?;
        Ok(Session { world, files, unread, selection, options, sdk, explicit, instance_region })
    }

    /// Tells which files could not be read, where nothing else does.
    fn tell_unread(&self, ui: &Ui) {
        for problem in &self.unread {
            ui.problem(problem);
            ui.note("  its settings, such as the region, are left out");
        }
    }

    /// A profile that somebody named has to exist.
    pub(super) fn require_profile(&self) -> Result<(), Failure> {
        if self.selection.is_named() {
            self.files.require(&self.selection.section(), &self.selection.name.origin)?;
        }
        Ok(())
    }

    /// Resolves the credentials.
    pub(super) fn resolve(&self, manner: Manner, ui: &Ui) -> Result<Resolution, Failure> {
        self.with_context(manner, ui, chain::resolve)
    }

    /// Does something that takes the way to services and the person at the terminal.
    pub(super) fn with_context<T>(
        &self,
        manner: Manner,
        ui: &Ui,
        act: impl FnOnce(&Context<'_>) -> T,
    ) -> Result<T, Failure> {
        let preferences = Preferences::load(self.world)?;
        let net = Net::new(self.net_options());
        let circle = self.circle();
        let operator = Operator::new(self.world, ui, &preferences, &circle);
        let keeps = !manner.no_cache && preferences.caches_roles() && !circle.is_closed();
        Ok(act(&Context {
            world: self.world,
            files: &self.files,
            profile: &self.selection,
            options: &self.options,
            explicit: self.explicit.as_ref(),
            sdk: self.sdk,
            offline: manner.offline,
            cache: keeps.then(|| Cache::new(self.world, preferences.caches_processes())).flatten(),
            net: &net,
            instance_region: &self.instance_region,
            circle: &circle,
            process_limit: preferences.process_timeout(),
            operator: &operator,
        }))
    }

    /// The credentials to be handed out or signed with, or the failure that keeps them from being had.
    pub(super) fn credentials(
        &self,
        manner: Manner,
        ui: &Ui,
    ) -> Result<(chain::Provider, Credentials), Failure> {
        self.tell_unread(ui);
        let (provider, mut credentials) = self.resolve(manner, ui)?.outcome?;
        if let Some(told) = chain::expired(&credentials, self.world.now()) {
            ui.warning(told);
            // Whoever gets the keys would take the mark more seriously than boto3 does, and refuse them.
            credentials.expiration = None;
        }
        if let Some((doubt, hint)) = misplaced(&credentials, &self.selection) {
            ui.warning(doubt);
            ui.help(hint);
        }
        Ok((provider, credentials))
    }

    /// The environment of the identity. The profile's name goes with its credentials: keys given by option have
    /// none, and keys in the environment have the one that came with them, if one did.
    pub(super) fn environment(&self, manner: Manner, ui: &Ui) -> Result<Environment, Failure> {
        let (provider, credentials) = self.credentials(manner, ui)?;
        let profile = match provider {
            Provider::Explicit => None,
            Provider::Env => self.world.non_empty("XCRED_PROFILE"),
            _ => Some(self.selection.name.value.as_str()),
        };
        Ok(Environment::of(
            &credentials,
            self.region(manner, ui)?.map(|region| region.value).as_deref(),
            profile,
        )?)
    }

    /// The effective value of a setting.
    pub(super) fn setting(&self, row: &'static Variable) -> Option<Setting> {
        settings::effective(self.world, &self.options, &self.files, &self.selection, row, self.sdk)
    }

    /// The effective value of a key that was typed.
    pub(super) fn setting_of(&self, key: &KeyPath) -> Option<Setting> {
        settings::effective_of(self.world, &self.options, &self.files, &self.selection, key, self.sdk)
    }

    /// The region: as a setting has it, else that of the instance that this runs on.
    pub(super) fn region(&self, manner: Manner, ui: &Ui) -> Result<Option<Located<String>>, Failure> {
        match self.setting(&REGION) {
            Some(Setting { winner: Located { value, origin }, .. }) => {
                Ok(value.as_text().map(|text| Located::new(text.expose().to_owned(), origin)))
            }
            None => self.with_context(manner, ui, chain::region),
        }
    }

    /// The same as a setting, where none has it.
    pub(super) fn instance_region(&self, manner: Manner, ui: &Ui) -> Result<Option<Setting>, Failure> {
        let found = self.with_context(manner, ui, chain::region)?;
        Ok(found.map(|region| Setting {
            name: REGION.name.to_owned(),
            row: Some(&REGION),
            secret: false,
            winner: region.map(|text| Value::Text(Secret::new(text))),
            shadowed: Vec::new(),
        }))
    }

    /// How services are reached.
    fn net_options(&self) -> net::Options {
        let setting = self.setting(&CA_BUNDLE);
        let bundle = setting.as_ref().and_then(|setting| match &setting.winner.origin {
            Origin::Environment { variable } => self.world.path(variable),
            _ => setting.winner.value.as_text().map(|text| OsStr::new(text.expose())),
        });
        net::Options::of(self.world, bundle)
    }

    /// The profiles whose programs led here, this one behind the others.
    pub(super) fn circle(&self) -> Circle {
        Circle::of(self.world, &self.selection.name.value)
    }
}

/// What is odd about an access key ID that can't be one, and what to do. It is most likely a secret, so nothing that is
/// said from here on repeats it.
pub(super) fn misplaced(credentials: &Credentials, selection: &Selection) -> Option<(String, Hint)> {
    let id = credentials.access_key_id.as_ref().filter(|id| is_no_key_id(&id.value))?;
    hold(&id.value);
    let secret = credentials.secret_access_key.as_ref().map(|secret| secret.value.expose());
    let doubt = if secret.is_some_and(settings::is_plausible_access_key_id) {
        format!("{}: the access key ID and the secret access key look swapped", id.origin)
    } else {
        format!("{}: what is given as access key ID looks like a secret", id.origin)
    };
    let hint = match &id.origin {
        Origin::Environment { .. } => {
            "set AWS_ACCESS_KEY_ID to the ID, and AWS_SECRET_ACCESS_KEY to the secret".into()
        }
        Origin::File(_) => {
            let command = Command::xcred(["configure"]).profile(&selection.name.value);
            Hint::from("write both again: ").run(command)
        }
        _ => "give the ID as ID, and the secret as secret".into(),
    };
    Some((doubt, hint))
}

/// Keys given by option: the ID as an argument, the secret and perhaps a token line by line on a file descriptor.
fn explicit(keys: &Keys, ui: &Ui) -> Result<Option<Explicit>, Failure> {
    let option = |name| move |text: &String| Located::new(text.clone(), Origin::Option { name });
    let account_id = keys.account_id.as_ref().map(option("--account-id"));
    let Some(access_key_id) = keys.access_key_id.as_ref().map(option("--access-key-id")) else {
        let nothing =
            Explicit { access_key_id: None, secret_access_key: None, session_token: None, account_id };
        return Ok(nothing.account_id.is_some().then_some(nothing));
    };
    let name = if keys.secret_fd.is_some() { "--secret-fd" } else { "standard input" };
    let Halves { secret, token } = halves(keys.secret_fd, ui)?;
    let located = |secret: Secret| Located::new(secret, Origin::Option { name });
    Ok(Some(Explicit {
        access_key_id: Some(access_key_id),
        secret_access_key: secret.map(located),
        session_token: token.map(located),
        account_id,
    }))
}

/// The secret, and a token if there is one: from the descriptor, from standard input, or typed.
fn halves(number: Option<u32>, ui: &Ui) -> Result<Halves, Failure> {
    match number {
        Some(number) => {
            let text = input::descriptor(number, input::LONGEST_VALUE)?;
            Halves::of(&text, &format!("file descriptor {number}"))
        }
        None if io::stdin().is_terminal() => ask(ui),
        None => Halves::of(&input::standard_input(input::LONGEST_VALUE)?, "standard input"),
    }
}

/// Asks for the secret, and for a token where the keys may have one.
fn ask(ui: &Ui) -> Result<Halves, Failure> {
    let Some(dialogue) = ui.dialogue()? else {
        let failure = Failure::plain(
            Code::NeedsTerminal,
            "the secret access key has to be typed, and there is no terminal",
        );
        return Err(failure.with_help("give it on standard input, or on a descriptor with `--secret-fd`"));
    };
    let ask = |label| dialogue.secret(label, None);
    Ok(Halves { secret: ask("AWS Secret Access Key")?, token: ask("AWS Session Token")? })
}
