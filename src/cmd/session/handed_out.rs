//! Credentials to hand out or sign with.

use super::{ResolveOptions, Session, explicit, narrowing};
use crate::chain::{self, Fingerprint, Provider, Resolution};
use crate::cli::{Narrow, Resolving};
use crate::cmd::Cx;
use crate::cmd::findings;
use crate::cmd::prompter::Waits;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::failure::{Command, Failure, Hint};
use crate::finding::Aspect;
use crate::narrowing::Narrowed;
use crate::origin::Origin;
use crate::render::Receipt;
use crate::settings::ROLE_ARN;
use crate::shell::Environment;

/// Credentials that may be handed out.
pub(in crate::cmd) struct HandedOut {
    pub(in crate::cmd) provider: Provider,
    pub(in crate::cmd) credentials: Credentials,
    /// Their account, if it is known.
    account: Option<String>,
    /// What narrows them.
    narrowed: Option<Narrowed>,
    /// What identifies them.
    pub(in crate::cmd) fingerprint: Option<Fingerprint>,
}

impl<'w> Session<'w> {
    /// The session of a command that hands out credentials: narrowed as its options say. What is wrong with them is an error
    /// before a secret is asked for.
    pub(in crate::cmd) fn to_hand_out(
        cx: Cx<'w>,
        resolving: &Resolving,
        narrow: &Narrow,
    ) -> Result<Session<'w>, Failure> {
        Session::to_hand_out_with(cx, resolving, narrow, Config::load(cx.world)?)
    }

    /// Like [`to_hand_out`](Session::to_hand_out), with a configuration that was read already.
    pub(in crate::cmd) fn to_hand_out_with(
        cx: Cx<'w>,
        resolving: &Resolving,
        narrow: &Narrow,
        config: Config,
    ) -> Result<Session<'w>, Failure> {
        Ok(Session::narrowed(cx, resolving, narrow, config)?.requiring_files()?)
    }

    /// The session of a command that shows what an SDK would hand out, narrowed as options say. It goes on without a file if the
    /// SDK does.
    pub(in crate::cmd) fn to_explain(
        cx: Cx<'w>,
        resolving: &Resolving,
        narrow: &Narrow,
    ) -> Result<Session<'w>, Failure> {
        Session::narrowed(cx, resolving, narrow, Config::load(cx.world)?)
    }

    fn narrowed(
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
}

impl Session<'_> {
    /// The credentials, whatever account they belong to.
    pub(in crate::cmd) fn unguarded(&self, how: ResolveOptions<'_>) -> Result<HandedOut, Failure> {
        let ui = self.ui;
        self.report_unread();
        let mut findings = self.findings();
        findings.retain(|found| !found.has(Aspect::OfCredentials));
        self.warn(findings);
        let Resolution { outcome, narrowed, fingerprint, .. } = self.resolve(how)?;
        let (provider, mut credentials) = outcome?;
        // botocore doesn't take an empty value for a missing one, and signs with it.
        if let Err(error) = credentials.pair() {
            let configure = |profile| Command::xcred(["configure"]).profile(profile);
            let profile = self.profile_of(provider).filter(|_| provider.is_in_files());
            let again = profile.map(|profile| Hint::from("enter both again: ").run(configure(profile)));
            let help = again.or_else(|| findings::other_half(provider, &error));
            return Err(Failure::from(error).helped(help));
        }
        if let Some(finding) = findings::expired(&credentials, self.world.now()) {
            ui.finding(&finding);
            // boto3 would use the keys; a program that knows the date would reject them.
            credentials.expiration = None;
        }
        if let Some(finding) = findings::packed(&credentials) {
            ui.finding(&finding);
        }
        if let Some(finding) = findings::misplaced(&credentials, &self.selection) {
            ui.finding(&finding);
        }
        Ok(HandedOut { provider, credentials, account: None, narrowed, fingerprint })
    }

    /// The credentials to sign with.
    pub(in crate::cmd) fn credentials(
        &self,
        how: ResolveOptions<'_>,
    ) -> Result<(Provider, Credentials), Failure> {
        let HandedOut { provider, credentials, .. } = self.unguarded(how)?;
        self.check_account(provider, &credentials, how)?;
        Ok((provider, credentials))
    }

    /// The credentials to hand out to others, once they are confirmed.
    pub(in crate::cmd) fn hand_out(&self, how: ResolveOptions<'_>) -> Result<HandedOut, Failure> {
        let handed = self.unguarded(how)?;
        let account = self.check_account(handed.provider, &handed.credentials, how)?;
        self.confirm(handed.provider, account.as_deref())?;
        Ok(HandedOut { account, ..handed })
    }

    /// The environment of the identity, with the name of its profile: credentials from options have none, and those from
    /// the environment may have come with one.
    pub(in crate::cmd) fn environment(&self, handed: &HandedOut) -> Result<Environment, Failure> {
        let profile = self.profile_of(handed.provider);
        let region = self.region(ResolveOptions::default());
        let text = region.as_ref().map(|region| region.value.as_str());
        let environment = Environment::of(&handed.credentials, text, profile)?;
        // A region that somebody else has set stays theirs when the profile is changed.
        let is_variable =
            region.as_ref().is_some_and(|found| matches!(found.origin, Origin::Environment { .. }));
        let is_theirs = is_variable && self.world.non_empty("XCRED_REGION") != text;
        let environment = if is_theirs { environment.without("XCRED_REGION") } else { environment };
        self.for_prompts(environment, profile)
    }

    /// Adds the variable that other tools' prompts know.
    pub(in crate::cmd) fn for_prompts(
        &self,
        environment: Environment,
        profile: Option<&str>,
    ) -> Result<Environment, Failure> {
        Ok(match (self.config()?.export_variable(), profile) {
            (Some(variable), Some(profile)) => environment.with(variable, profile)?,
            _ => environment,
        })
    }

    /// What is handed out, for people.
    pub(in crate::cmd) fn receipt(&self, handed: &HandedOut) -> Result<Receipt, Failure> {
        // The role of a narrowed session is the one that was assumed, perhaps another one than the profile's.
        let assumed = handed.narrowed.as_ref().and_then(Narrowed::role_arn);
        let assumed = assumed.and_then(|role_arn| role_arn.rsplit('/').next());
        let own = || self.identity(handed.provider).role.map(std::borrow::Cow::into_owned);
        Ok(Receipt {
            provider: handed.provider,
            profile: self.profile_of(handed.provider).map(str::to_owned),
            account: handed.account.clone(),
            role: assumed.map(str::to_owned).or_else(own),
            region: self.region(ResolveOptions::default()).map(|region| region.value),
            expiration: handed.credentials.expiration.as_ref().map(|at| at.value),
            agent: self.agent()?,
            narrowed: handed.narrowed.clone(),
        })
    }

    /// The ARN of the role that was assumed, as far as options, variables and the profile name it.
    pub(in crate::cmd) fn role_arn(&self, handed: &HandedOut) -> Option<String> {
        if let Some(role_arn) = handed.narrowed.as_ref().and_then(Narrowed::role_arn) {
            return Some(role_arn.to_owned());
        }
        let context = self.client(&Waits, ResolveOptions::plain());
        let of_profile = || context.text(&self.selection.name.value, ROLE_ARN.name).ok().flatten();
        match handed.provider {
            Provider::AssumeRole => Some(of_profile()?.value),
            Provider::AssumeRoleWithWebIdentity => {
                let found = self.world.non_empty(chain::WEB_IDENTITY_ROLE).map(str::to_owned);
                found.or_else(|| Some(of_profile()?.value))
            }
            _ => None,
        }
    }

    /// How long the credentials were asked to last, in seconds.
    pub(in crate::cmd) fn seconds(&self) -> Option<i64> {
        Some(self.narrowing.as_ref()?.duration.as_ref()?.value.into())
    }

    /// The name of the profile that the credentials of a provider belong to.
    pub(in crate::cmd) fn profile_of(&self, provider: Provider) -> Option<&str> {
        let own = Some(self.selection.name.value.as_str());
        match provider {
            Provider::Explicit => None,
            Provider::Env => self.world.profile_of_keys(),
            Provider::ContainerRole if !self.selection.is_named() => self.world.served_profile().or(own),
            _ => own,
        }
    }
}
