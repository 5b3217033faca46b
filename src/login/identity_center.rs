//! Signing in to IAM Identity Center: in a browser on this machine (PKCE, RFC 7636), or with a code in any browser (device
//! authorization, RFC 8628).

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use super::cached::{Cached, Members};
use super::error::Error;
use super::pkce::Pkce;
use super::registration::{Registration, expiry};
use super::renewal;
use super::sign_in::{Invitation, PLACEHOLDER, User, wait};
use super::token::SsoToken;
use super::wait::WaitError;
use crate::address::redacted;
use crate::client::{self, Context};
use crate::net::{self, callback::Callback};
use crate::service::oidc::{self, Authorization, Client, Device, Flow, Grant, NewClient, Refusal};
use crate::service::{self, Caller, Service, sso};
use crate::store::{self, Problem};

/// The seconds between two questions, if the service names none (RFC 8628, section 3.2).
const INTERVAL: i64 = 5;

/// By how much they grow when the service finds them too few (RFC 8628, section 3.5).
const SLOWER: i64 = 5;

/// A sign-in to IAM Identity Center.
pub struct NewToken<'n> {
    pub token: SsoToken<'n>,
    /// Those that are configured.
    pub scopes: &'n [String],
    /// The start URL that the service knows: not the one that is configured if that leads to it.
    pub issuer: &'n str,
    pub flow: Flow,
    /// The port for the browser's return; `None` for any.
    pub port: Option<u16>,
    /// How long to wait for the user.
    pub limit: Duration,
}

impl NewToken<'_> {
    /// Signs in, and caches the token. Everything that can fail without the user is tried before the user is asked.
    pub fn sign_in(&self, context: &Context<'_>, user: &dyn User) -> Result<(), Error> {
        let cached = self.token.cached(context.world)?;
        let registration = Registration::of(&self.token, self.scopes, context.world)?;
        store::make_ready(&cached.path, &PLACEHOLDER)?;
        let client = client::for_sign_in(context, Service::Oidc, Some(self.token.region.clone()))?;
        let bind = || matches!(self.flow, Flow::Browser).then(|| Callback::bind(self.port)).transpose();
        let callback = bind()?;
        let known = registration.look(self.flow, context.world.now());
        let attempt = |registered: &Client, callback: Option<Callback>| match callback {
            Some(callback) => self.in_browser(&client, registered, callback, context, user),
            None => self.with_device(&client, registered, context, user),
        };
        let mut registered = match &known {
            Some(known) => known.clone(),
            None => self.register(&client, &registration, context)?,
        };
        let mut issued = attempt(&registered, callback);
        if known.is_some()
            && matches!(&issued, Err(Error::Service(error)) if Refusal::of(error) == Some(Refusal::UnknownClient))
        {
            registered = self.register(&client, &registration, context)?;
            issued = attempt(&registered, bind()?);
        }
        self.keep(&cached, &registered, &issued?, context)
    }

    fn register(
        &self,
        client: &Caller<'_>,
        registration: &Registration<'_>,
        context: &Context<'_>,
    ) -> Result<Client, Error> {
        let name = match self.token.session() {
            Some(session) => format!("xcred-{session}"),
            None => format!("xcred-{}", context.world.now().as_second()),
        };
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let wanted = NewClient { name: &name, flow: self.flow, start_url: self.issuer, scopes: self.scopes };
        let registered = oidc::register_client(client, &wanted)?;
        registration.keep(&registered, self.flow)?;
        Ok(registered)
    }

    fn in_browser(
        &self,
        client: &Caller<'_>,
        registered: &Client,
        callback: Callback,
        context: &Context<'_>,
        user: &dyn User,
    ) -> Result<oidc::Token, Error> {
        let pkce = Pkce::new().map_err(service::Error::from)?;
        let (redirect_uri, challenge) = (callback.redirect_uri(), pkce.challenge());
        let listening = callback.listen(&pkce.state)?;
        let address = oidc::authorize_url(
            client,
            &Authorization {
                client_id: &registered.id,
                redirect_uri: &redirect_uri,
                state: &pkce.state,
                challenge: &challenge,
                scopes: self.scopes,
            },
        );
        user.invite(&Invitation { address: &address, code: None, page: None, comes_back: true });
        let progress = context.progress.show("the browser");
        let code = wait(&listening, &pkce.state, self.limit, user)?;
        drop(progress);
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let grant = Grant::Code { code: &code, verifier: &pkce.verifier, redirect_uri: &redirect_uri };
        oidc::create_token(client, &registered.id, &registered.secret, &grant).map_err(|unissued| {
            match Refusal::of(&unissued.error) {
                Some(Refusal::Denied) => Error::Declined,
                _ => unissued.error.into(),
            }
        })
    }

    fn with_device(
        &self,
        client: &Caller<'_>,
        registered: &Client,
        context: &Context<'_>,
        user: &dyn User,
    ) -> Result<oidc::Token, Error> {
        let device = oidc::start_device_authorization(client, registered, self.issuer)?;
        let complete = device.verification_uri_complete.as_deref();
        user.invite(&Invitation {
            address: complete.unwrap_or(&device.verification_uri),
            code: Some(&device.user_code),
            page: complete.map(|_| device.verification_uri.as_str()),
            comes_back: false,
        });
        let _progress = context.progress.show("the sign-in");
        self.poll(client, registered, &device, context)
    }

    /// Asks for the token again and again, until the user has answered.
    fn poll(
        &self,
        client: &Caller<'_>,
        registered: &Client,
        device: &Device,
        context: &Context<'_>,
    ) -> Result<oidc::Token, Error> {
        let world = context.world;
        let start = world.now();
        let limit = SignedDuration::try_from(self.limit).unwrap_or(SignedDuration::MAX);
        let expires = SignedDuration::from_secs(device.expires_in);
        let mut interval = device.interval.unwrap_or(INTERVAL).clamp(1, 600);
        // What fails is asked again after the interval.
        let once = client.without_retries();
        let grant = Grant::Device { device_code: &device.device_code };
        // Why the last answer was none: it says more than that the time is over.
        let mut unanswered: Option<service::Error> = None;
        loop {
            let waited = world.now().duration_since(start);
            let left = (limit.min(expires) - waited).unsigned_abs();
            world.sleep(Duration::from_secs(interval.unsigned_abs()).min(left));
            let waited = world.now().duration_since(start);
            if waited >= limit.min(expires)
                && let Some(error) = unanswered
            {
                return Err(error.into());
            }
            if waited >= expires {
                return Err(Error::CodeExpired);
            }
            if waited >= limit {
                return Err(WaitError::TimedOut { limit: self.limit }.into());
            }
            // An answer that comes too late is of no use.
            let left = (limit.min(expires) - waited).unsigned_abs();
            let error =
                match oidc::create_token(&once.within(left), &registered.id, &registered.secret, &grant) {
                    Ok(issued) => return Ok(issued),
                    Err(unissued) => unissued.error,
                };
            unanswered = match Refusal::of(&error) {
                Some(Refusal::Pending) => None,
                Some(Refusal::SlowDown) => {
                    interval += SLOWER;
                    None
                }
                Some(Refusal::Denied) => return Err(Error::Declined),
                Some(Refusal::Expired) => return Err(Error::CodeExpired),
                // The limit may have cut it off.
                None if matches!(error, service::Error::Net(net::Error::Timeout { .. })) => None,
                None if may_pass(&error) => Some(error),
                _ => return Err(error.into()),
            };
        }
    }

    fn keep(
        &self,
        cached: &Cached,
        registered: &Client,
        issued: &oidc::Token,
        context: &Context<'_>,
    ) -> Result<(), Error> {
        let mut members = Members::new();
        self.token.issue(&mut members, issued, context.world.now());
        members.insert("clientId".to_owned(), json!(registered.id));
        members.insert("clientSecret".to_owned(), json!(registered.secret.expose()));
        members.insert("registrationExpiresAt".to_owned(), json!(expiry(registered)));
        let kept = renewal::replace(cached, &members, context);
        if kept.as_ref().is_err_and(|error| !matches!(error, Error::Store(Problem::Unsynced { .. }))) {
            // Nobody would know it, and it would be valid for hours. What can't be revoked either expires.
            let client = client::for_sign_in(context, Service::Sso, Some(self.token.region.clone()));
            let _ = client.map(|client| sso::logout(&client.without_retries(), &issued.access_token));
        }
        kept
    }
}

/// Whether the same question may be answered later.
fn may_pass(error: &service::Error) -> bool {
    match error {
        service::Error::Net(error) => error.is_transient(),
        service::Error::Refused { status, .. } | service::Error::Foreign { status, .. } => {
            *status >= 500 || *status == 429
        }
        _ => false,
    }
}
