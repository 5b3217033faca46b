//! What a refusal means. AWS has one error code for several mistakes: its text and what was sent tell them apart.

use super::Error;
use crate::credentials::Credentials;
use crate::failure::{Command, Hint};
use crate::origin::{Origin, Place};
use crate::settings::{
    AWS_SESSION_TOKEN, DURATION_SECONDS, EXTERNAL_ID, MFA_SERIAL, REGION, ROLE_ARN, ROLE_SESSION_NAME,
    placeholder,
};

/// What a request was signed with, and what it asked for.
pub struct Sent<'s> {
    pub keys: &'s Credentials,
    /// The profile that has the keys, if they are in a file.
    pub holder: &'s str,
    /// The profile whose settings made the client, such as its region. Those of other profiles in a chain of roles are not used.
    pub client: &'s str,
    /// The ARN that it is about.
    pub resource: &'s str,
    /// The host that it was sent to.
    pub host: &'s str,
    /// Whether `--duration` has chosen how long the session lasts.
    pub chose_duration: bool,
}

impl<'s> Sent<'s> {
    /// A request that is about nothing but the keys of `profile`, which has made the client, too.
    pub const fn by(keys: &'s Credentials, profile: &'s str) -> Sent<'s> {
        Sent { keys, holder: profile, client: profile, resource: "", host: "", chose_duration: false }
    }

    /// What to do in the profile, or where the keys are, if the refusal shows a mistake.
    pub fn advice(&self, error: &Error, profile: &str) -> Option<Hint> {
        Cause::of(error, self).map(|cause| cause.help(profile, self))
    }
}

/// The mistake behind a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// The MFA code is wrong, or was used before.
    WrongCode,
    /// The MFA device isn't the caller's.
    WrongDevice,
    /// A code is demanded, and none was sent.
    CodeMissing,
    /// An explicit deny, which most often demands MFA.
    Denied,
    /// An explicit deny that holds for all of an account.
    DeniedByOrganization,
    /// A role that assumes another one gets an hour.
    ChainedTooLong,
    /// Longer than the role allows.
    TooLong,
    /// A temporary key without its token.
    TokenMissing,
    /// A long-term key with a token.
    TokenTooMany,
    /// `--duration` is longer than an hour for a role that assumes another one.
    ChoseChainedTooLong,
    /// `--duration` is longer than the role allows.
    ChoseTooLong,
    /// STS rejects the session policy.
    MalformedPolicy,
    /// The session policies and tags exceed the space that STS has for them.
    PolicyTooLarge,
    /// The caller, or the role's trust policy, doesn't allow session tags.
    TagsDenied,
    /// The caller, or the role's trust policy, doesn't allow a source identity.
    SourceIdentityDenied,
    /// The user may not call GetFederationToken.
    FederationDenied,
    /// The root user assumes no role.
    Root,
    /// Only a user's long-term keys call GetFederationToken.
    FederationOfSession,
    /// The role's partition is not that of the service.
    OtherPartition,
    /// Nothing says which region to ask.
    NoRegion,
    /// A value that STS refuses, of this setting.
    Value(&'static str),
}

impl Cause {
    /// The mistake, if the refusal shows one.
    fn of(error: &Error, sent: &Sent<'_>) -> Option<Cause> {
        if let Error::NoRegion { .. } = error {
            return Some(Cause::NoRegion);
        }
        let Error::Refused { code, message, .. } = error else { return None };
        let says = |words: &str| message.to_lowercase().contains(words);
        match code.as_str() {
            "AccessDenied" | "AccessDeniedException" if says("multifactorauthentication failed") => {
                Some(if says("one time pass code.") && says("invalid") {
                    Cause::WrongCode
                } else if says("serial number is valid") || says("unable to validate") {
                    Cause::WrongDevice
                } else {
                    Cause::CodeMissing
                })
            }
            "AccessDenied" | "AccessDeniedException"
                if says("explicit deny in a") && says(" control policy") =>
            {
                Some(Cause::DeniedByOrganization)
            }
            "AccessDenied" | "AccessDeniedException" if says("explicit deny") => Some(Cause::Denied),
            "AccessDenied" if says("sts:tagsession") => Some(Cause::TagsDenied),
            "AccessDenied" if says("sts:setsourceidentity") => Some(Cause::SourceIdentityDenied),
            "AccessDenied" if says("sts:getfederationtoken") => Some(Cause::FederationDenied),
            _ if error.is_for_root() => Some(Cause::Root),
            "AccessDenied" if says("cannot call getfederationtoken") => Some(Cause::FederationOfSession),
            "MalformedPolicyDocument" => Some(Cause::MalformedPolicy),
            "PackedPolicyTooLarge" => Some(Cause::PolicyTooLarge),
            "ValidationError" if says("role chaining") => {
                Some(if sent.chose_duration { Cause::ChoseChainedTooLong } else { Cause::ChainedTooLong })
            }
            "ValidationError" if says("maxsessionduration") => Some(too_long(sent)),
            "ValidationError" => {
                of_parameter(&error.constrained_parameter()?, says("less than or equal"), sent)
            }
            "InvalidClientTokenId" | "UnrecognizedClientException" => {
                let partition = sent.resource.split(':').nth(1).unwrap_or_default();
                match (sent.keys.id().get(..4), sent.keys.token().is_some()) {
                    (Some("ASIA"), false) => Some(Cause::TokenMissing),
                    (Some("AKIA"), true) => Some(Cause::TokenTooMany),
                    _ if is_elsewhere(partition, sent.host) => Some(Cause::OtherPartition),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// What to do about it in the profile, or where the keys are.
    fn help(self, profile: &str, sent: &Sent<'_>) -> Hint {
        let assign = |key: &str, value: &str| Command::set(key, value).profile(profile);
        match self {
            Cause::NoRegion => Hint::from("give `--region NAME`, or write it to the profile: ")
                .run(Command::set(REGION.name, "NAME").profile(sent.client)),
            Cause::WrongCode => {
                "the code was wrong, or used before: each works once, and the next appears within 30 seconds"
                    .into()
            }
            Cause::WrongDevice => Hint::from("`mfa_serial` has to be a device of the user who asks: ")
                .run(assign(MFA_SERIAL.name, "ARN")),
            Cause::CodeMissing => Hint::from("the role demands an MFA code: ").run(assign(MFA_SERIAL.name, "ARN")),
            Cause::DeniedByOrganization => {
                "a policy of the AWS organization denies it to the whole account: ask those who manage the organization"
                    .into()
            }
            Cause::Denied => {
                "a policy denies it explicitly; such policies often demand MFA: use a role with `mfa_serial`"
                    .into()
            }
            Cause::ChainedTooLong => Hint::from("a role that another role assumes lasts an hour at most: ")
                .run(assign(DURATION_SECONDS.name, "3600")),
            Cause::TooLong => Hint::from("ask the role's owner for more, or: ")
                .run(Command::unset(DURATION_SECONDS.name).profile(profile)),
            Cause::ChoseChainedTooLong => {
                "a role that another role assumes lasts an hour at most: use `--duration 1h` or less".into()
            }
            Cause::ChoseTooLong => {
                "use a shorter `--duration`, or ask the role's owner for a longer maximum".into()
            }
            Cause::MalformedPolicy => {
                "check the actions, resources and conditions of `--policy`, and that the policies of `--policy-arn` \
                 exist in the identity's account"
                    .into()
            }
            Cause::PolicyTooLarge => {
                "shorten the policy, or give fewer policies and tags: a managed policy takes little space, whatever \
                 its length"
                    .into()
            }
            Cause::TagsDenied => {
                "the caller and the role's trust policy have to allow `sts:TagSession`; or leave `--tag` out".into()
            }
            Cause::SourceIdentityDenied => {
                "the caller and the role's trust policy have to allow `sts:SetSourceIdentity`; or leave \
                 `--source-identity` out"
                    .into()
            }
            Cause::FederationDenied => {
                "the user needs `sts:GetFederationToken`; or assume a role with its keys: `--role-arn ARN`".into()
            }
            Cause::Root => {
                "AWS lets the root user assume no role: use the keys of an IAM user, or sign in".into()
            }
            Cause::FederationOfSession => {
                "only a user's long-term keys can be narrowed so; assume a role: `--role-arn ARN`".into()
            }
            Cause::Value(key) => Hint::from("correct the value: ").run(assign(key, placeholder(key))),
            Cause::TokenMissing => token_missing(sent),
            Cause::TokenTooMany => token_too_many(sent),
            Cause::OtherPartition => {
                Hint::from("the role is in another partition than the service that was asked: ")
                    .run(Command::set(REGION.name, "REGION").profile(sent.client))
            }
        }
    }
}

fn too_long(sent: &Sent<'_>) -> Cause {
    if sent.chose_duration { Cause::ChoseTooLong } else { Cause::TooLong }
}

/// The mistake in a parameter that fails a constraint, perhaps because it is above a maximum.
fn of_parameter(parameter: &str, is_above: bool, sent: &Sent<'_>) -> Option<Cause> {
    Some(match parameter {
        "DurationSeconds" if is_above => too_long(sent),
        "DurationSeconds" if sent.chose_duration => return None,
        "Policy" | "PolicyArns" => Cause::MalformedPolicy,
        _ => Cause::Value(setting_of(parameter)?),
    })
}

/// The key of the setting that a parameter of AssumeRole is made of.
fn setting_of(parameter: &str) -> Option<&'static str> {
    let row = match parameter {
        "RoleArn" => &ROLE_ARN,
        "ExternalId" => &EXTERNAL_ID,
        "SerialNumber" => &MFA_SERIAL,
        "RoleSessionName" => &ROLE_SESSION_NAME,
        "DurationSeconds" => &DURATION_SECONDS,
        _ => return None,
    };
    Some(row.name)
}

/// How to add the token of a temporary key to where the key is.
fn token_missing(sent: &Sent<'_>) -> Hint {
    let what = "a temporary key (ASIA...) needs its session token";
    match sent.keys.access_key_id.as_ref().map(|id| &id.origin) {
        Some(Origin::File(_)) => Hint::from(format!("{what}: "))
            .run(Command::set(AWS_SESSION_TOKEN.name, "-").profile(sent.holder)),
        Some(Origin::Environment { .. }) => format!("{what}: set AWS_SESSION_TOKEN as well").into(),
        Some(Origin::Process { program }) => format!("{what}, which {program} has to print").into(),
        _ => what.into(),
    }
}

/// How to remove the token of a long-term key from where it is.
fn token_too_many(sent: &Sent<'_>) -> Hint {
    let what = "a long-term key (AKIA...) is used without a session token";
    match sent.keys.session_token.as_ref().map(|token| &token.origin) {
        Some(Origin::File(Place { key, .. })) => {
            let key = key.as_deref().unwrap_or(AWS_SESSION_TOKEN.name);
            let unset = Command::unset(key).profile(sent.holder);
            Hint::from(format!("{what}: ")).run(unset)
        }
        Some(Origin::Environment { variable }) => {
            Hint::from(format!("{what}: ")).run(Command::new(["unset"]).argument(&**variable))
        }
        Some(Origin::Process { program }) => format!("{what}, which {program} prints").into(),
        _ => what.into(),
    }
}

/// Whether a service at `host` knows nothing of the partition.
fn is_elsewhere(partition: &str, host: &str) -> bool {
    match partition {
        "aws-cn" => !host.ends_with(".amazonaws.com.cn"),
        "aws-us-gov" => !host.contains("us-gov-"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::origin::Located;
    use crate::secret::Secret;
    use crate::service::Service;

    const LONG_TERM: &str = "AKIAIOSFODNN7EXAMPLE";
    const TEMPORARY: &str = "ASIAIOSFODNN7EXAMPLE";

    fn cause(code: &str, message: &str, sent: &Sent<'_>) -> Option<Cause> {
        let error = Error::Refused {
            service: Service::Sts,
            operation: "AssumeRole",
            code: code.to_owned(),
            message: message.to_owned(),
            status: 403,
            request_id: None,
        };
        Cause::of(&error, sent)
    }

    #[test]
    fn a_region_is_written_to_the_profile_whose_settings_the_client_has() {
        let error = Error::NoRegion { service: Service::Sts };
        assert_eq!(Cause::of(&error, &SENT), Some(Cause::NoRegion));
        let sent = Sent { client: "asked", ..SENT };
        for (cause, expected) in [
            (
                Cause::NoRegion,
                "give `--region NAME`, or write it to the profile: `xcred set region NAME --profile asked`",
            ),
            (
                Cause::OtherPartition,
                "the role is in another partition than the service that was asked: \
                 `xcred set region REGION --profile asked`",
            ),
        ] {
            assert_eq!(cause.help("hop", &sent).to_string(), expected);
        }
    }

    const NO_KEYS: Credentials = Credentials {
        access_key_id: None,
        secret_access_key: None,
        session_token: None,
        account_id: None,
        expiration: None,
        packed_policy_size: None,
    };

    const SENT: Sent<'_> = Sent {
        resource: "arn:aws:iam::123456789012:role/dev",
        host: "sts.amazonaws.com",
        ..Sent::by(&NO_KEYS, "base")
    };

    fn keys(id: &str, token: Option<&str>, origin: &Origin) -> Credentials {
        let located = |text: &str| Located::new(text.to_owned(), origin.clone());
        Credentials {
            access_key_id: Some(located(id)),
            session_token: token.map(|token| located(token).map(Secret::new)),
            ..NO_KEYS
        }
    }

    #[test]
    fn the_text_of_a_denial_tells_the_mistakes_apart() {
        let failed = "MultiFactorAuthentication failed";
        for (code, message, expected) in [
            ("AccessDenied", format!("{failed} with invalid MFA one time pass code."), Some(Cause::WrongCode)),
            (
                "AccessDenied",
                format!(
                    "{failed}, unable to validate MFA code.  Please verify your MFA serial number is valid and \
                     associated with this user."
                ),
                Some(Cause::WrongDevice),
            ),
            (
                "AccessDenied",
                format!("{failed}, must provide both MFA serial number and one time pass code."),
                Some(Cause::CodeMissing),
            ),
            (
                "AccessDenied",
                "User: x is not authorized to perform: y with an explicit deny in a service control policy".to_owned(),
                Some(Cause::DeniedByOrganization),
            ),
            (
                "AccessDenied",
                "User: x is not authorized to perform: y with an explicit deny in an identity-based policy".to_owned(),
                Some(Cause::Denied),
            ),
            (
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
                    .to_owned(),
                Some(Cause::ChainedTooLong),
            ),
            (
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.".to_owned(),
                Some(Cause::TooLong),
            ),
            ("AccessDenied", "User: x is not authorized to perform: sts:AssumeRole".to_owned(), None),
            (
                "AccessDenied",
                "User: x is not authorized to perform: sts:TagSession on resource: y".to_owned(),
                Some(Cause::TagsDenied),
            ),
            (
                "AccessDenied",
                "User: x is not authorized to perform: sts:SetSourceIdentity on resource: y".to_owned(),
                Some(Cause::SourceIdentityDenied),
            ),
            (
                "AccessDenied",
                "User: x is not authorized to perform: sts:GetFederationToken on resource: y".to_owned(),
                Some(Cause::FederationDenied),
            ),
            ("AccessDenied", "Roles may not be assumed by root accounts.".to_owned(), Some(Cause::Root)),
            (
                "AccessDenied",
                "Cannot call GetFederationToken with session credentials".to_owned(),
                Some(Cause::FederationOfSession),
            ),
            ("MalformedPolicyDocument", "Syntax errors in policy.".to_owned(), Some(Cause::MalformedPolicy)),
            (
                "PackedPolicyTooLarge",
                "Packed policy consumes 276% of allotted space, please use smaller policy.".to_owned(),
                Some(Cause::PolicyTooLarge),
            ),
        ] {
            assert_eq!(cause(code, &message, &SENT), expected, "{message}");
        }
    }

    #[test]
    fn a_constraint_is_about_the_setting_of_its_parameter() {
        let of = |name: &str, rule: &str, sent: &Sent<'_>| {
            let message = format!(
                "1 validation error detected: Value 'x' at '{name}' failed to satisfy constraint: Member must have {rule}"
            );
            cause("ValidationError", &message, sent)
        };
        let (least, most) = ("length greater than or equal to 2", "value less than or equal to 3600");
        assert_eq!(of("durationSeconds", most, &SENT), Some(Cause::TooLong));
        let chose = Sent { chose_duration: true, ..SENT };
        assert_eq!(of("durationSeconds", most, &chose), Some(Cause::ChoseTooLong));
        assert_eq!(of("durationSeconds", least, &SENT), Some(Cause::Value("duration_seconds")));
        assert_eq!(of("durationSeconds", least, &chose), None);
        assert_eq!(of("policy", least, &SENT), Some(Cause::MalformedPolicy));
        assert_eq!(of("tags.1.member.key", least, &SENT), None);
        for (name, key) in [("roleSessionName", "role_session_name"), ("externalId", "external_id")] {
            let cause = of(name, least, &SENT);
            assert_eq!(cause, Some(Cause::Value(key)));
            let help = cause.map(|cause| cause.help("dev", &SENT).to_string());
            assert_eq!(help, Some(format!("correct the value: `xcred set {key} VALUE --profile dev`")));
        }
    }

    #[test]
    fn a_duration_of_an_option_is_corrected_there() {
        let of = |message| cause("ValidationError", message, &Sent { chose_duration: true, ..SENT });
        let chained = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        assert_eq!(of(chained), Some(Cause::ChoseChainedTooLong));
        let most = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        assert_eq!(of(most), Some(Cause::ChoseTooLong));
    }

    #[test]
    fn a_token_is_corrected_where_the_keys_are() {
        let place =
            |key: &str| Place { path: Path::new("f").into(), line: 1, section: None, key: Some(key.into()) };
        let program = || Origin::Process { program: "tool".to_owned() };
        for (origin, missing, too_many) in [
            (
                Origin::File(place("aws_security_token")),
                "`xcred set aws_session_token - --profile base`",
                "`xcred unset aws_security_token --profile base`",
            ),
            (
                Origin::environment("AWS_SESSION_TOKEN"),
                "set AWS_SESSION_TOKEN as well",
                "`unset AWS_SESSION_TOKEN`",
            ),
            (program(), ", which tool has to print", ", which tool prints"),
            (Origin::Default, "needs its session token", "is used without a session token"),
        ] {
            let keys = keys(LONG_TERM, Some("t"), &origin);
            let sent = Sent { keys: &keys, ..SENT };
            for (cause, expected) in [(Cause::TokenMissing, missing), (Cause::TokenTooMany, too_many)] {
                let help = cause.help("dev", &sent).to_string();
                assert!(help.ends_with(expected), "{help}");
            }
        }
    }

    #[test]
    fn what_was_sent_tells_why_a_key_is_not_known() {
        let message = "The security token included in the request is invalid.";
        let of = |sent: &Sent<'_>| cause("InvalidClientTokenId", message, sent);
        assert_eq!(of(&SENT), None);
        for (id, token, expected) in [
            (LONG_TERM, None, None),
            (LONG_TERM, Some(""), None),
            (LONG_TERM, Some("t"), Some(Cause::TokenTooMany)),
            (TEMPORARY, Some("t"), None),
            (TEMPORARY, Some(""), Some(Cause::TokenMissing)),
            (TEMPORARY, None, Some(Cause::TokenMissing)),
        ] {
            let keys = keys(id, token, &Origin::Default);
            assert_eq!(of(&Sent { keys: &keys, ..SENT }), expected, "{id} {token:?}");
        }
        let resource = "arn:aws-cn:iam::123456789012:role/dev";
        assert_eq!(of(&Sent { resource, ..SENT }), Some(Cause::OtherPartition));
        let host = "sts.cn-north-1.amazonaws.com.cn";
        assert_eq!(of(&Sent { resource, host, ..SENT }), None);
    }
}
