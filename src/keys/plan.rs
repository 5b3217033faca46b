//! Which keys can be rotated, and which can be deleted. Nothing here sends a request.

use jiff::{SignedDuration, Timestamp};

use super::Error;
use super::access::Access;
use super::unfinished::Unfinished;
use crate::chain::{self, Provider};
use crate::credentials::Credentials;
use crate::failure::{Explain as _, Hint};
use crate::origin::Origin;
use crate::secret::is_temporary_key_id;
use crate::service::iam::{AccessKey, LastUsed, Status};

/// A key that was used within this time may be needed again.
pub const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Rejects credentials that are not a long-term key in one of the two files. `source` is the profile that a role is
/// assumed with.
pub fn rotatable(
    profile: &str,
    source: Option<&str>,
    found: &Result<(Provider, Credentials), chain::Error>,
) -> Result<(), Error> {
    let refused =
        |what: String, help: Hint, origin: Option<Origin>| Err(Error::NotRotatable { what, help, origin });
    let other = || Hint::from("name the profile that holds the key with `--profile`");
    let provider = match found {
        Ok((provider, _)) | Err(chain::Error::Offline { provider, .. }) => *provider,
        // A rotation needs neither of the two providers; another error is reported by whoever needs the credentials.
        Err(_) => return Ok(()),
    };
    let key = found.as_ref().ok().and_then(|(_, keys)| keys.access_key_id.as_ref());
    let origin = key.map(|key| key.origin.clone());
    match provider {
        Provider::SharedCredentialsFile | Provider::ConfigFile => {
            let is_temporary = |keys: &Credentials| keys.token().is_some() || is_temporary_key_id(keys.id());
            let is_temporary = found.as_ref().is_ok_and(|(_, keys)| is_temporary(keys));
            if is_temporary {
                let what =
                    format!("profile `{profile}` holds temporary credentials, which expire by themselves");
                return refused(what, other(), origin);
            }
            Ok(())
        }
        Provider::Env => refused(
            "the credentials come from the environment".to_owned(),
            "unset AWS_ACCESS_KEY_ID, or name a profile with `--profile`".into(),
            origin,
        ),
        Provider::AssumeRole => {
            let help = match source {
                Some(source) => Hint::from("rotate the key that it is assumed with: ")
                    .run(Access::of(source).command("rotate")),
                None => other(),
            };
            refused(format!("profile `{profile}` assumes a role, which has no key of its own"), help, origin)
        }
        provider => {
            refused(format!("the credentials of profile `{profile}` come from `{provider}`"), other(), origin)
        }
    }
}

/// The user in an ARN.
pub fn user_of(arn: &str) -> Result<String, Error> {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let refused = |what: &str, help: &str| {
        Err(Error::NotRotatable { what: format!("{arn} is {what}"), help: help.into(), origin: None })
    };
    match resource.split_once('/') {
        Some(("user", path)) => Ok(path.rsplit('/').next().unwrap_or(path).to_owned()),
        Some(("assumed-role", _)) => refused("a role's session", "name a profile with a user's key"),
        Some(("federated-user", _)) => refused("a federated session", "name a profile with a user's key"),
        _ if resource == "root" => refused(
            "the account's root user",
            "create a user for your work, and delete the root user's keys in the console",
        ),
        _ => refused("not an IAM user", "name a profile with a user's key"),
    }
}

/// Whether a key can be deleted to make room: it is inactive, existed unused for a while, and is neither in a `place` of this
/// machine nor in a journal, which `unfinished` reports. Otherwise the reason, and how to fix it.
pub fn spare(
    access: &Access,
    key: &AccessKey,
    used: Option<&LastUsed>,
    place: Option<&str>,
    unfinished: &Result<Option<Unfinished>, Error>,
    now: Timestamp,
) -> Result<(), (String, Hint)> {
    let id = &key.id;
    match unfinished {
        Ok(Some(unfinished)) => {
            return Err((format!("is {}", unfinished.reference()), unfinished.again.ways()));
        }
        Ok(None) => {}
        Err(error) => {
            return Err((format!("may be in a journal: {error}"), error.help().unwrap_or_default()));
        }
    }
    if let Some(place) = place {
        let help =
            Hint::from("rotate or remove it there first; then ").run(access.command("delete").argument(id));
        return Err((format!("is in {place}"), help));
    }
    if key.status == Status::Active {
        let help = Hint::from("if it is not needed: ")
            .run(access.command("deactivate").argument(id))
            .say(", and delete it if nothing breaks");
        return Err(("is active".to_owned(), help));
    }
    let help = Hint::from("if it is not needed: ").run(access.command("delete").argument(id));
    let Some(used) = used else { return Err(("may have been used lately".to_owned(), help)) };
    match &used.used {
        Some(used) if now.duration_since(used.at) < RECENT => {
            Err((format!("was used on {}", used.at.strftime("%F")), help))
        }
        _ => match key.created {
            // It may be meant for later.
            Some(created) if now.duration_since(created) < RECENT => {
                Err((format!("was created on {}", created.strftime("%F")), help))
            }
            Some(_) => Ok(()),
            None => Err(("may be new: IAM doesn't say when it was created".to_owned(), help)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::again::{Again, Work};
    use super::*;
    use crate::origin::Located;
    use crate::secret::Secret;
    use crate::service::iam::Use;

    #[test]
    fn only_the_arn_of_a_user_has_a_user() {
        assert_eq!(user_of("arn:aws:iam::123456789012:user/a/b/dev").unwrap(), "dev");
        assert_eq!(user_of("arn:aws-cn:iam::123456789012:user/dev").unwrap(), "dev");
        for arn in [
            "arn:aws:iam::123456789012:root",
            "arn:aws:sts::123456789012:assumed-role/r/s",
            "arn:aws:sts::123456789012:federated-user/u",
            "nonsense",
        ] {
            assert!(matches!(user_of(arn), Err(Error::NotRotatable { .. })), "{arn}");
        }
    }

    #[test]
    fn temporary_keys_are_not_rotated_and_an_empty_token_makes_none() {
        let keys = |id: &str, token: Option<&str>| {
            let located = |text: &str| Located::new(text.to_owned(), Origin::Default);
            let session_token = token.map(|token| located(token).map(Secret::new));
            let keys =
                Credentials { access_key_id: Some(located(id)), session_token, ..Credentials::default() };
            rotatable("p", None, &Ok((Provider::SharedCredentialsFile, keys)))
        };
        for (id, token, expected) in [
            ("AKIA", None, true),
            ("AKIA", Some(""), true),
            ("AKIA", Some("t"), false),
            ("ASIA", None, false),
            ("ASIA", Some("t"), false),
        ] {
            assert_eq!(keys(id, token).is_ok(), expected, "{id} {token:?}");
        }
    }

    #[test]
    fn only_a_key_that_is_not_needed_is_spare() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let created = Some("2026-09-01T00:00:00Z".parse().unwrap());
        let key = |status| AccessKey { id: "AKIA".to_owned(), user: None, status, created };
        let used = |at: Option<&str>| LastUsed {
            user: None,
            used: at.map(|at| Use { at: at.parse().unwrap(), service: "s3".into(), region: "r".into() }),
        };
        let judged = |key: &AccessKey, used: Option<&LastUsed>, place, unfinished| {
            spare(&Access::of("p"), key, used, place, unfinished, now)
        };
        let inactive = key(Status::Inactive);
        for (last, is_spare) in [
            (Some(used(None)), true),
            (Some(used(Some("2026-09-01T00:00:00Z"))), true),
            (Some(used(Some("2026-11-20T00:00:00Z"))), false),
            (None, false),
        ] {
            assert_eq!(judged(&inactive, last.as_ref(), None, &Ok(None)).is_ok(), is_spare, "{last:?}");
        }
        for created in [Some("2026-11-20T00:00:00Z"), None] {
            let created = created.map(|created| created.parse().unwrap());
            let key = AccessKey { created, ..key(Status::Inactive) };
            assert!(judged(&key, Some(&used(None)), None, &Ok(None)).is_err(), "{created:?}");
        }
        let unused = used(None);
        assert!(judged(&key(Status::Active), Some(&unused), None, &Ok(None)).is_err());
        assert!(judged(&inactive, Some(&unused), Some("config:2"), &Ok(None)).is_err());
        assert!(judged(&inactive, Some(&unused), None, &Err(Error::NoHome)).is_err());
        let again = Again { work: Work::Creation, access: Access::of("p"), user: None, gone: None };
        let recorded = Unfinished {
            again,
            what: "a key".to_owned(),
            new: Some("AKIA".to_owned()),
            begun: now,
            path: "create-1-p.json".into(),
        };
        let refused = judged(&inactive, Some(&unused), None, &Ok(Some(recorded)));
        let (reason, help) = refused.unwrap_err();
        assert_eq!(reason, "is a key of an unfinished creation");
        assert!(help.to_string().starts_with("`xcred keys create --profile p --resume` finishes it"));
    }
}
