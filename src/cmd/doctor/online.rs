//! What `doctor --online` adds: whether the services respond, whether this machine's clock is right, and whether AWS still
//! accepts the keys in the files and in the environment. No role is assumed and no program is run.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::checks::{Diagnosis, Scene};
use crate::client::{self, InstanceRegion, Progress as _};
use crate::cmd::prompter::Waits;
use crate::credentials::Credentials;
use crate::effective::{Options, Selection};
use crate::failure::{Explain as _, Hint};
use crate::finding::{Finding, Kind, Severity};
use crate::guard::Allowed;
use crate::net::{Limits, Net};
use crate::origin::{Located, Origin};
use crate::profile::{FileKind, SectionName};
use crate::service::retry::{Mode, Policy};
use crate::service::{self, Caller, Sent, Service, sts};
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, REGION, SSO_REGION, SSO_SESSION, TOKENS, Variable,
};

/// A service that needs longer is taken for one that can't be reached.
const LIMITS: Limits = Limits::both(Duration::from_secs(10));

/// AWS refuses a request whose time differs by more (Signature Version 4).
const MOST_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What only the services know.
#[derive(Debug)]
pub(crate) enum Online {
    /// No response from a service.
    Unreachable { problem: String, fix: Option<Hint> },
    /// This machine's clock is wrong.
    Clock { minutes: i64, is_ahead: bool },
    /// AWS doesn't accept a key.
    Refused { holder: String, problem: String, fix: Option<Hint> },
}

impl Online {
    const CLOCK: &str = "clock";
}

impl fmt::Display for Online {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Online::Unreachable { problem, .. } => f.write_str(problem),
            Online::Clock { minutes, is_ahead } => {
                let side = if *is_ahead { "ahead of" } else { "behind" };
                let amount = match minutes {
                    0..120 => format!("{minutes} min"),
                    120..2880 => format!("{} h", minutes / 60),
                    _ => format!("{} days", minutes / 60 / 24),
                };
                write!(f, "this machine's clock is {amount} {side} the clock of AWS")
            }
            Online::Refused { holder, problem, .. } => {
                write!(f, "AWS refuses the keys of {holder}: {problem}")
            }
        }
    }
}

impl Kind for Online {
    fn code(&self) -> &'static str {
        match self {
            Online::Unreachable { .. } => "unreachable",
            Online::Clock { .. } => Online::CLOCK,
            Online::Refused { .. } => "refused-keys",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Online::Unreachable { fix, .. } | Online::Refused { fix, .. } => fix.clone(),
            Online::Clock { .. } => {
                Some("correct it: AWS refuses requests whose time is more than 5 min off".into())
            }
        }
    }
}

/// The requests of one run, each of which is sent once.
struct Requests<'s> {
    scene: Scene<'s>,
    options: &'s Options,
    net: &'s Net,
    /// The endpoints that were tried, and whether they responded.
    tried: HashMap<String, bool>,
    key_ids: HashSet<String>,
    knows_time: bool,
    found: Vec<Diagnosis>,
}

/// Looks at the environment, and at the profiles of these names.
pub(super) fn findings(scene: Scene<'_>, names: &[String], options: &Options, net: &Net) -> Vec<Diagnosis> {
    let mut requests = Requests {
        scene,
        options,
        net,
        tried: HashMap::new(),
        key_ids: HashSet::new(),
        knows_time: false,
        found: Vec::new(),
    };
    // The keys sign requests, so only those that may be used here are looked at.
    let allowed = Allowed::of(scene.world);
    if allowed.is_everything() {
        requests.environment();
    }
    for name in names.iter().filter(|name| allowed.has(name)) {
        let origin = Origin::Option { name: "--profile" };
        requests.profile(&Selection { name: Located::new(name.clone(), origin) });
    }
    requests.found
}

impl Requests<'_> {
    fn environment(&mut self) {
        let world = self.scene.world;
        let variable = |row: &Variable| {
            let value = |name: &'static str| Some((world.non_empty(name)?, name));
            let (value, name) = row.environment.iter().find_map(|name| value(name))?;
            Some(Located::new(value.to_owned(), Origin::environment(name)))
        };
        let pair = (variable(&AWS_ACCESS_KEY_ID), variable(&AWS_SECRET_ACCESS_KEY));
        if let (Some(id), Some(secret)) = pair {
            let token = TOKENS.into_iter().find_map(variable);
            self.keys(self.scene.selection, &Credentials::keys(id, secret, token), None);
        }
    }

    fn profile(&mut self, selection: &Selection) {
        let name = &selection.name.value;
        let profile = self.scene.files.profile(name);
        let session =
            profile.text(SSO_SESSION.name).map(|session| SectionName::SsoSession(session.into_owned()));
        let section = session.map_or(profile, |session| self.scene.files.find(&session));
        if let Some(region) = section.value(SSO_REGION.name)
            && let Ok(region) = client::plain(SSO_REGION.name, region)
        {
            self.reach(selection, Service::Sso, Some(region));
        }
        let profile = self.scene.files.profile(name);
        for kind in FileKind::BY_PRECEDENCE {
            let find = |row: &Variable| {
                let found = profile.find_in(kind, row.name)?;
                Some(Located::new(found.text()?.into_owned(), Origin::File(found.place())))
            };
            let (Some(id), Some(secret)) = (find(&AWS_ACCESS_KEY_ID), find(&AWS_SECRET_ACCESS_KEY)) else {
                continue;
            };
            let token = TOKENS.into_iter().find_map(find);
            self.keys(selection, &Credentials::keys(id, secret, token), Some(name));
        }
    }

    /// Asks STS whose the keys are, unless it has been asked already.
    fn keys(&mut self, selection: &Selection, credentials: &Credentials, profile: Option<&String>) {
        let Some(id) = credentials.access_key_id.as_ref() else { return };
        if !self.key_ids.insert(id.value.clone()) {
            return;
        }
        if !self.reach(selection, Service::Sts, None) {
            return;
        }
        let called =
            self.ask(selection, Service::Sts, None, |caller| sts::get_caller_identity(caller, credentials));
        let error = match called {
            // The key may be right.
            Some(Err(error)) if error.is_of_clock() => return self.late(&error),
            Some(Err(error @ service::Error::Refused { status: ..500, .. })) => error,
            Some(Err(error)) => return self.unusable(&error),
            Some(Ok(_)) | None => return,
        };
        let advice = profile.and_then(|name| Sent::by(credentials, name).advice(&error, name));
        let fix = advice.or_else(|| error.help());
        let holder = profile.map_or("the environment".to_owned(), |name| format!("profile `{name}`"));
        let finding =
            Finding::at(id.origin.clone(), Online::Refused { holder, problem: error.to_string(), fix });
        self.found.push(Diagnosis { profile: profile.cloned(), ..Diagnosis::new(finding) });
    }

    /// A request that was refused for its time, which is reported once.
    fn late(&mut self, error: &service::Error) {
        if self.found.iter().all(|other| other.finding.code() != Online::CLOCK) {
            self.unusable(error);
        }
    }

    /// A service that doesn't respond as AWS does. What is wrong with it is reported once, however many keys there are.
    fn unusable(&mut self, error: &service::Error) {
        let found = Online::Unreachable { problem: error.to_string(), fix: error.help() };
        let finding = Finding::new(found);
        if self.found.iter().all(|other| other.finding.to_string() != finding.to_string()) {
            self.found.push(Diagnosis::new(finding));
        }
    }

    /// Whether a service responds. It is asked once, and the first one that has a clock is asked for the time.
    fn reach(&mut self, selection: &Selection, service: Service, region: Option<Located<String>>) -> bool {
        let asked = self.ask(selection, service, region, |caller| {
            let url = caller.endpoint.url.clone();
            match self.tried.get(&url) {
                Some(responds) => Err(*responds),
                None => Ok((url, service::probe(caller))),
            }
        });
        let (url, probed) = match asked {
            Some(Ok(asked)) => asked,
            Some(Err(responds)) => return responds,
            // Settings of which no client can be made are among the findings of the files.
            None => return false,
        };
        self.tried.insert(url, probed.is_ok());
        match probed {
            Err(error) => {
                self.unusable(&error);
                false
            }
            Ok(date) => {
                if let (Some(date), false) = (date, self.knows_time) {
                    self.knows_time = true;
                    self.found.extend(clock(self.scene.world.now(), date));
                }
                true
            }
        }
    }

    /// What `call` says of a service in a region, or in that of the profile. `None` if the settings allow no client.
    fn ask<T>(
        &self,
        selection: &Selection,
        service: Service,
        region: Option<Located<String>>,
        call: impl FnOnce(&Caller<'_>) -> T,
    ) -> Option<T> {
        let Scene { world, files, sdk, .. } = self.scene;
        let context = client::Context {
            world,
            files,
            profile: selection,
            options: self.options,
            sdk,
            view: None,
            offline: false,
            net: self.net,
            instance_region: &InstanceRegion::unknown(),
            progress: &Waits,
        };
        let set = || context.setting(&REGION).filter(|region| !region.value.is_empty());
        // A key is valid in each region of its partition, so where no region is set, any will do.
        let any = || Located::new("us-east-1".to_owned(), Origin::Default);
        let region = region.or_else(set).unwrap_or_else(any);
        let caller = client::of(&context, service, Some(region)).ok()?;
        let caller = Caller { limits: LIMITS, retry: Policy::new(Mode::Standard, Some(1)), ..caller };
        let _progress = Waits.show(caller.endpoint.host());
        Some(call(&caller))
    }
}

/// A finding if this machine's clock differs too much.
fn clock(now: Timestamp, theirs: Timestamp) -> Option<Diagnosis> {
    let ahead = now.duration_since(theirs);
    (ahead.abs() > MOST_SKEW).then(|| {
        let found = Online::Clock { minutes: ahead.abs().as_mins(), is_ahead: ahead.is_positive() };
        Diagnosis::new(Finding::new(found))
    })
}

#[cfg(test)]
mod examples;
