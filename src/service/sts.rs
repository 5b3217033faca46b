//! Security Token Service: roles, and the caller's identity.

use jiff::Timestamp;

use super::error::WITH_WEB_IDENTITY;
use super::operation::Operation;
use super::query::{self, Form, optional, part, required, time};
use super::xml::Element;
use super::{Caller, Error, Invalid, Keys, Service};
use crate::credentials::{Credentials, Expiration};
use crate::secret::Secret;

#[derive(Clone, Copy, Debug)]
pub enum SessionName<'s> {
    Configured(&'s str),
    /// botocore appends such a name to the other parameters, so its place in the request differs.
    Generated(&'s str),
}

impl<'s> SessionName<'s> {
    /// The configured name, else `generated`. An empty name is none.
    pub fn new(configured: Option<&'s str>, generated: &'s str) -> SessionName<'s> {
        match configured.filter(|name| !name.is_empty()) {
            Some(name) => SessionName::Configured(name),
            None => SessionName::Generated(generated),
        }
    }

    fn text(self) -> &'s str {
        match self {
            SessionName::Configured(name) | SessionName::Generated(name) => name,
        }
    }
}

/// The session name that botocore generates.
pub fn generated_session_name(now: Timestamp) -> String {
    format!("botocore-session-{}", now.as_second())
}

/// What restricts a session and marks it. Sent behind the other parameters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Restrictions<'r> {
    /// The inline session policy.
    pub policy: Option<&'r str>,
    pub policy_arns: &'r [&'r str],
    /// Keys and values.
    pub tags: &'r [(&'r str, &'r str)],
    pub source_identity: Option<&'r str>,
}

/// The parameters of `AssumeRole`.
#[derive(Clone, Copy, Debug)]
pub struct AssumeRole<'r> {
    pub role_arn: &'r str,
    pub session_name: SessionName<'r>,
    pub external_id: Option<&'r str>,
    pub serial_number: Option<&'r str>,
    pub duration_seconds: Option<i64>,
    pub token_code: Option<&'r Secret>,
    pub restrictions: Restrictions<'r>,
    /// Whether the request is validated against the service's model before it is sent, as botocore does.
    pub as_botocore: bool,
}

/// The parameters of `AssumeRoleWithWebIdentity`.
#[derive(Clone, Copy, Debug)]
pub struct WebIdentity<'r> {
    pub role_arn: &'r str,
    pub session_name: SessionName<'r>,
    /// Sent verbatim, with the line break at the end of its file.
    pub token: &'r Secret,
    pub duration_seconds: Option<i64>,
    /// Its policies; the operation has no parameters for the others.
    pub restrictions: Restrictions<'r>,
    /// As in [`AssumeRole`].
    pub as_botocore: bool,
}

/// The parameters of `GetFederationToken`.
#[derive(Clone, Copy, Debug)]
pub struct FederationToken<'r> {
    pub name: &'r str,
    pub duration_seconds: Option<i64>,
    /// All but the source identity, for which the operation has no parameter.
    pub restrictions: Restrictions<'r>,
}

/// The parameters of `GetSessionToken`.
#[derive(Clone, Copy, Debug)]
pub struct SessionToken<'r> {
    pub serial_number: &'r str,
    pub token_code: Option<&'r Secret>,
    pub duration_seconds: i64,
}

/// Temporary credentials.
#[derive(Clone, Debug)]
pub struct Session {
    pub keys: Keys,
    pub expiration: Expiration,
    /// The account in the identity's ARN.
    pub account_id: Option<String>,
    /// How much of the space for policies and tags is used, in percent.
    pub packed_policy_size: Option<u32>,
}

impl Session {
    /// The credentials, with `url` as their origin.
    pub fn credentials(self, url: &str) -> Credentials {
        let Session { keys, expiration, account_id, packed_policy_size } = self;
        Credentials { packed_policy_size, ..keys.ending(url, Some(expiration), account_id) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    pub account: String,
    pub arn: String,
    pub user_id: String,
}

const fn operation(name: &'static str) -> Operation {
    Operation { service: Service::Sts, name }
}

pub fn assume_role(
    caller: &Caller<'_>,
    source: &Credentials,
    role: &AssumeRole<'_>,
) -> Result<Session, Error> {
    let operation = operation("AssumeRole");
    let duration = role.duration_seconds.map(|seconds| seconds.to_string());
    check(
        operation,
        role.as_botocore,
        &[
            length("RoleArn", Some(role.role_arn), 20),
            length("RoleSessionName", Some(role.session_name.text()), 2),
            role.duration_seconds.and_then(|seconds| least("DurationSeconds", seconds, 900)),
            length("ExternalId", role.external_id, 2),
            length("SerialNumber", role.serial_number, 9),
            length("TokenCode", role.token_code.map(Secret::expose), 6),
        ],
    )?;
    let (configured, generated) = names(role.session_name);
    let form = Form::new(operation)
        .with_some("RoleSessionName", configured)
        .with_some("ExternalId", role.external_id)
        .with_some("SerialNumber", role.serial_number)
        .with_some("DurationSeconds", duration.as_deref())
        .with("RoleArn", role.role_arn)
        .with_some("RoleSessionName", generated)
        .with_some("TokenCode", role.token_code.map(Secret::expose));
    let form = restricted(form, &role.restrictions);
    session(operation, caller, &query::call(caller, &form, Some(source))?)
}

/// The least length of a web identity token, in characters.
pub const SHORTEST_TOKEN: usize = 4;

/// The request is not signed.
pub fn assume_role_with_web_identity(caller: &Caller<'_>, role: &WebIdentity<'_>) -> Result<Session, Error> {
    let operation = operation(WITH_WEB_IDENTITY);
    let duration = role.duration_seconds.map(|seconds| seconds.to_string());
    check(
        operation,
        role.as_botocore,
        &[
            length("RoleArn", Some(role.role_arn), 20),
            length("RoleSessionName", Some(role.session_name.text()), 2),
            length("WebIdentityToken", Some(role.token.expose()), SHORTEST_TOKEN),
        ],
    )?;
    let (configured, generated) = names(role.session_name);
    let form = Form::new(operation)
        .with_some("RoleSessionName", configured)
        .with("RoleArn", role.role_arn)
        .with_some("RoleSessionName", generated)
        .with("WebIdentityToken", role.token.expose())
        .with_some("DurationSeconds", duration.as_deref());
    let form = restricted(form, &role.restrictions);
    session(operation, caller, &query::call(caller, &form, None)?)
}

/// A session of the user whose long-term keys are the source.
pub fn get_federation_token(
    caller: &Caller<'_>,
    source: &Credentials,
    token: &FederationToken<'_>,
) -> Result<Session, Error> {
    let operation = operation("GetFederationToken");
    let duration = token.duration_seconds.map(|seconds| seconds.to_string());
    let form =
        Form::new(operation).with("Name", token.name).with_some("DurationSeconds", duration.as_deref());
    let form = restricted(form, &token.restrictions);
    session(operation, caller, &query::call(caller, &form, Some(source))?)
}

/// A session of the user whose long-term keys are the source, with a code of an MFA device.
pub fn get_session_token(
    caller: &Caller<'_>,
    source: &Credentials,
    token: &SessionToken<'_>,
) -> Result<Session, Error> {
    let operation = operation("GetSessionToken");
    let form = Form::new(operation)
        .with("DurationSeconds", &token.duration_seconds.to_string())
        .with("SerialNumber", token.serial_number)
        .with_some("TokenCode", token.token_code.map(Secret::expose));
    session(operation, caller, &query::call(caller, &form, Some(source))?)
}

fn restricted(mut form: Form, restrictions: &Restrictions<'_>) -> Form {
    let Restrictions { policy, policy_arns, tags, source_identity } = restrictions;
    form = form.with_some("Policy", *policy);
    for (at, arn) in (1..).zip(*policy_arns) {
        form = form.with(&format!("PolicyArns.member.{at}.arn"), arn);
    }
    for (at, (key, value)) in (1..).zip(*tags) {
        form = form.with(&format!("Tags.member.{at}.Key"), key);
        form = form.with(&format!("Tags.member.{at}.Value"), value);
    }
    form.with_some("SourceIdentity", *source_identity)
}

pub fn get_caller_identity(caller: &Caller<'_>, keys: &Credentials) -> Result<CallerIdentity, Error> {
    let operation = operation("GetCallerIdentity");
    let result = query::call(caller, &Form::new(operation), Some(keys))?;
    let text = |name| required(operation, &result, name).map(str::to_owned);
    Ok(CallerIdentity { account: text("Account")?, arn: text("Arn")?, user_id: text("UserId")? })
}

fn names(name: SessionName<'_>) -> (Option<&str>, Option<&str>) {
    match name {
        SessionName::Configured(name) => (Some(name), None),
        SessionName::Generated(name) => (None, Some(name)),
    }
}

/// botocore's check of a request against the service's model, which only has lower limits.
fn check(operation: Operation, as_botocore: bool, problems: &[Option<Invalid>]) -> Result<(), Error> {
    let problems: Vec<Invalid> = problems.iter().filter(|_| as_botocore).flatten().copied().collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Parameters { operation: operation.name, problems }) }
}

fn length(name: &'static str, value: Option<&str>, least: usize) -> Option<Invalid> {
    let found = value?.chars().count();
    (found < least).then_some(Invalid::Length { name, found, least })
}

fn least(name: &'static str, found: i64, least: i64) -> Option<Invalid> {
    (found < least).then_some(Invalid::Value { name, found, least })
}

fn session(operation: Operation, caller: &Caller<'_>, result: &Element) -> Result<Session, Error> {
    let credentials = part(operation, result, "Credentials")?;
    let text = |name| required(operation, credentials, name);
    let expiration = time(text("Expiration")?, caller.clock.now())
        .ok_or_else(|| operation.unusable("its `Expiration` is not a time"))?;
    let user = result.child("AssumedRoleUser").or_else(|| result.child("FederatedUser"));
    let arn = user.map_or(Ok(None), |user| optional(operation, user, "Arn"))?;
    let size = optional(operation, result, "PackedPolicySize")?;
    Ok(Session {
        keys: Keys {
            access_key_id: text("AccessKeyId")?.to_owned(),
            secret_access_key: Secret::held(text("SecretAccessKey")?),
            session_token: Some(Secret::held(text("SessionToken")?)),
        },
        expiration,
        account_id: arn.and_then(account).map(str::to_owned),
        packed_policy_size: size.and_then(|text| text.trim().parse().ok()),
    })
}

/// The account in an ARN, its fifth field.
pub fn account(arn: &str) -> Option<&str> {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    (fields.len() == 6).then(|| fields[4])
}
