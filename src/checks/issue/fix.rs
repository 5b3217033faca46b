//! The fix of each issue.

use std::path::{Path, PathBuf};

use super::{Holder, Issue};
use crate::failure::{Command, Hint};
use crate::profile::{SectionName, WhenMissing, fix_of, unset_or_see};
use crate::settings::{
    AWS_SESSION_TOKEN, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, DURATION_SECONDS, ENDPOINT_URL, Kind,
    MFA_SERIAL, ROLE_ARN, SERVICES, SOURCE_PROFILE, SSO_REGION, SSO_SESSION, SSO_START_URL, placeholder,
};
use crate::text::listed;

/// What to do about a character that only some SDKs give to a shell.
pub const MEANT_LITERALLY: &str =
    "if that character is meant literally, put its word in single quotes, else write sh -c '...'";

/// What to do about a setting of a profile that names a section which isn't there. What became a part of the name has a
/// finding of its own.
fn missing(named: &SectionName, key: &str, profile: &str) -> Option<Hint> {
    match named.when_missing(key, &SectionName::Profile(profile.to_owned())) {
        WhenMissing::SetUp(command) | WhenMissing::Unset(command) => Some(command.into()),
        WhenMissing::Edit => None,
    }
}

/// How to close a folder to others, or to do away with what another user owns.
fn unplanted(path: &Path, is_open: bool) -> Hint {
    if is_open {
        return Command::new(["chmod", "go-w"]).argument(path).into();
    }
    let mut aside = path.to_owned().into_os_string();
    aside.push(".old");
    let command = Command::new(["mv"]).argument(path).argument(PathBuf::from(aside));
    Hint::from("move it away, then sign in again: ").run(command)
}

impl Issue {
    /// What to do about it.
    pub(super) fn hint(&self) -> Option<Hint> {
        match self {
            Issue::Unreadable { help, .. } | Issue::NotAFile { help, .. } | Issue::Unusable { help, .. } => {
                help.clone()
            }
            Issue::SplitPair { fix, .. } => Some(fix.clone()),
            Issue::CaseTwin { name, other, .. } => {
                Some(format!("write `{other}` there as `{name}`, or the other way round").into())
            }
            // aws-vault and `xcred keys` use a device, whether or not the keys are in the files.
            Issue::UnusedMfa { has_keys: false }
            | Issue::RegionDiffers { .. }
            | Issue::Overridden { .. }
            | Issue::OtherPrograms { .. }
            | Issue::WrongFile { .. } => None,
            Issue::OtherKey { lines, .. } => {
                let word = if lines.len() == 1 { "line" } else { "lines" };
                let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
                let lines = listed(&lines.iter().map(String::as_str).collect::<Vec<_>>(), "and");
                Some(format!("if nothing needs it, delete {word} {lines}").into())
            }
            Issue::Interrupted { .. } => {
                let hint = Hint::from(Command::xcred(["doctor"]).flag("--fix"));
                Some(hint.say(" does, and so does the next edit"))
            }
            Issue::Invalid(fault) => Some(fix_of(fault)),
            Issue::EmptyVariable { variable, .. } => {
                Some(format!("unset {variable}, or give it a value").into())
            }
            Issue::BlankInVariable { variable } | Issue::QuotedVariable { variable } => {
                Some(format!("set {variable} again without them").into())
            }
            Issue::ValueOfVariable { variable, meant: Some(meant), .. } => {
                let export = Command::new(["export"]).argument(format!("{variable}={meant}"));
                Some(Hint::did_you_mean(export))
            }
            Issue::ValueOfVariable { variable, .. } | Issue::RefusedVariable { variable, .. } => {
                Some(format!("correct {variable}, or unset it").into())
            }
            Issue::TokenVariableAlone { token } => {
                Some(format!("set the access key too, or unset {token}").into())
            }
            Issue::MisspeltVariable { similar, .. } => Some(format!("did you mean {similar}?").into()),
            Issue::NoSuchProfile { similar: Some(similar), named_by, .. } => {
                let export = Command::new(["export"]).argument(format!("{named_by}={similar}"));
                Some(Hint::did_you_mean(export))
            }
            Issue::NoSuchProfile { similar: None, named_by, .. } => Some(unset_or_see(&named_by.to_string())),
            Issue::ProfileHidden { profile, needs_keys, .. } => {
                let unset = if *needs_keys { "" } else { "unset AWS_ACCESS_KEY_ID, or " };
                let hint = Hint::from(format!("{unset}name the profile: "));
                Some(hint.run(Command::xcred(["resolve"]).profile(profile.clone())))
            }
            Issue::BlankKey { profile, .. } => {
                Some(Hint::from("enter both again: ").run(Command::xcred(["configure"]).profile(profile)))
            }
            Issue::HalfPair { is_idle: true, holder: Holder::Profile(_), .. } => {
                Some("remove the line".into())
            }
            Issue::HalfPair { is_idle: true, has, lacks, .. } => {
                Some(format!("unset {has}, or set {lacks} too").into())
            }
            Issue::HalfPair { holder, .. }
            | Issue::Swapped { holder }
            | Issue::NoKeyId { holder }
            | Issue::OddKeyId { holder, .. }
            | Issue::OddSecret { holder, .. } => Some(match holder {
                Holder::Profile(name) => {
                    Hint::from("enter both again: ").run(Command::xcred(["configure"]).profile(name.clone()))
                }
                Holder::Environment => {
                    "set AWS_ACCESS_KEY_ID to the ID, and AWS_SECRET_ACCESS_KEY to the secret".into()
                }
            }),
            Issue::TokenWithLastingKey { holder: Holder::Profile(name), token } => {
                Some(Command::unset(token).profile(name).into())
            }
            Issue::TokenWithLastingKey { token, .. } => Some(format!("unset {token}").into()),
            Issue::OddToken { holder: Holder::Profile(name), key } => {
                Some(Command::set(*key, "-").profile(name).into())
            }
            Issue::OddToken { key, .. } => Some(format!("set {key} again without it").into()),
            Issue::TemporaryKeyWithoutToken { holder: Holder::Profile(name) } => {
                Some(Command::set(AWS_SESSION_TOKEN.name, "-").profile(name).into())
            }
            Issue::TemporaryKeyWithoutToken { .. } => Some("set AWS_SESSION_TOKEN too".into()),
            Issue::ExpiredKeys { .. } => Some("sign in again".into()),
            Issue::Expiration { fault, loaded } => Some(fault.help(loaded.as_deref())),
            Issue::Planted { path, mode } => Some(unplanted(path, mode.is_some())),
            Issue::NoSuchFile { key, .. } => Some(format!("correct the path, or unset `{key}`").into()),
            Issue::NoFileOfVariable { variable, .. } => {
                Some(format!("correct the path, or unset {variable}").into())
            }
            Issue::Exposed { is_closable: false, .. } | Issue::Changeable { is_closable: false, .. } => {
                Some("its owner has to close it, or use a copy that is yours".into())
            }
            Issue::Exposed { path, .. } => Some(Command::new(["chmod", "600"]).argument(path).into()),
            Issue::Changeable { path, .. } => Some(Command::new(["chmod", "go-w"]).argument(path).into()),
            Issue::HalfRole { profile } => {
                let command = Command::set(SOURCE_PROFILE.name, "NAME").profile(profile);
                Some(command.into())
            }
            Issue::TwoSources { profile } => {
                Some(Command::unset(CREDENTIAL_SOURCE.name).profile(profile).into())
            }
            Issue::SourceWithoutRole { profile, .. } | Issue::TokenFileWithoutRole { profile } => {
                Some(Command::set(ROLE_ARN.name, "ARN").profile(profile).into())
            }
            Issue::NoSuchSource { header: Some(header), .. }
            | Issue::NoSuchSession { header: Some(header), .. }
            | Issue::NoSuchServices { header: Some(header), .. } => Some(header.hint()),
            Issue::NoSuchSource { profile, similar: Some(similar), .. } => {
                Some(Command::set(SOURCE_PROFILE.name, similar.clone()).profile(profile).into())
            }
            Issue::NoSuchSource { profile, base, .. } => {
                missing(&SectionName::Profile(base.clone()), SOURCE_PROFILE.name, profile)
            }
            Issue::EmptySource { base } | Issue::TokenAlone { profile: base, .. } => {
                Some(Command::xcred(["configure"]).profile(base.clone()).into())
            }
            Issue::Circle { chain, of_processes: true } => {
                let name = chain.last().map(String::as_str).unwrap_or_default();
                let unset = Command::unset(CREDENTIAL_PROCESS.name).profile(name);
                Some(Hint::from("give one of them another source of credentials: ").run(unset))
            }
            Issue::Circle { .. } => Some("give one of them credentials of its own".into()),
            Issue::UnusedMfa { has_keys: true } => {
                let set = Command::xcred(["config", "set", "mfa.session", "true"]);
                Some(Hint::from("to use it for everything: ").run(set))
            }
            Issue::MfaAtSource { profile, serial, .. } => {
                Some(Command::set(MFA_SERIAL.name, serial.clone()).profile(profile).into())
            }
            Issue::SecurityKey => Some("register an authenticator app as well, and name that device".into()),
            Issue::ChainedDuration { profile, .. } => {
                Some(Command::set(DURATION_SECONDS.name, "3600").profile(profile).into())
            }
            Issue::Joined { other, .. } => Some(format!("put `{other}` on a line of its own").into()),
            Issue::Quoted { is_repairable: true, .. } => {
                Some(Hint::from(Command::xcred(["doctor"]).flag("--fix")).say(" removes the quotes"))
            }
            Issue::Commented { section, key } => {
                let hint = Hint::from("put the comment on a line of its own: ");
                Some(hint.run(section.set(key, placeholder(key))))
            }
            Issue::Refused { section, key, form: Kind::Block, .. } => {
                Some(Hint::default().on_written("", section.unset(key), " removes it"))
            }
            Issue::Refused { section, key, form: Kind::Text, .. } => {
                Some(section.set(key, placeholder(key)).flag("--replace").into())
            }
            Issue::Value { section, key, meant: Some(meant), .. }
            | Issue::Refused { section, key, meant: Some(meant), .. } => {
                let hint = Hint::from(format!("did you mean `{meant}`? "));
                Some(hint.run(section.set(key, *meant)))
            }
            Issue::Value { section, key, .. }
            | Issue::Refused { section, key, .. }
            | Issue::UnseenCharacter { section, key }
            | Issue::Quoted { section, key, .. } => Some(section.set(key, placeholder(key)).into()),
            Issue::RelativePath { .. } => Some("give the absolute path".into()),
            Issue::NoSuchSession { profile, similar: Some(similar), .. } => {
                Some(Command::set(SSO_SESSION.name, similar.clone()).profile(profile).into())
            }
            Issue::NoSuchSession { profile, session, .. } => {
                missing(&SectionName::SsoSession(session.clone()), SSO_SESSION.name, profile)
            }
            Issue::NoSuchServices { profile, similar: Some(similar), .. } => {
                Some(Command::set(SERVICES.name, similar.clone()).profile(profile).into())
            }
            Issue::NoSuchServices { profile, services, .. } => {
                let unset = Command::unset(SERVICES.name).profile(profile);
                let section = SectionName::Services(services.clone());
                match section.when_missing(SERVICES.name, &SectionName::Profile(profile.clone())) {
                    // Requests that are meant for another address would go to AWS.
                    WhenMissing::SetUp(command) => {
                        let hint = Hint::from("give it an address: ").run(command);
                        Some(hint.say(", or send requests to AWS: ").run(unset))
                    }
                    WhenMissing::Unset(_) => Some(unset.into()),
                    WhenMissing::Edit => None,
                }
            }
            Issue::IdleSession { profile, .. } => {
                Some(Command::unset(SSO_SESSION.name).profile(profile).into())
            }
            // One of several would be as incomplete.
            Issue::IncompleteSso { profile, missing, .. } if missing.len() > 1 => {
                Some(Command::xcred(["configure", "sso"]).profile(profile).into())
            }
            Issue::IncompleteSso { profile, session, missing } => {
                let in_session = |key: &str| [SSO_REGION.name, SSO_START_URL.name].contains(&key);
                let key = missing.first()?;
                Some(match session {
                    Some(session) if in_session(key) => {
                        let section = SectionName::SsoSession(session.clone());
                        section.set(key, "VALUE").into()
                    }
                    _ => Command::set(key, "VALUE").profile(profile).into(),
                })
            }
            Issue::IncompleteSession { session, missing } => {
                let section = SectionName::SsoSession(session.clone());
                Some(section.set(missing.first()?, "VALUE").into())
            }
            Issue::LoneSession { profile, .. } => Some(
                Hint::from("for credentials: ").run(Command::xcred(["configure", "sso"]).profile(profile)),
            ),
            Issue::SsoConflict { profile, session, key, .. } => {
                Some(SectionName::unset_conflict(key, profile, session).into())
            }
            Issue::SignInExpired { command, .. } | Issue::OtherPortal { command, .. } => {
                Some(command.clone().into())
            }
            Issue::SignInUnusable { help, .. } => help.clone(),
            Issue::SignInSpelling { profile, meant } => {
                let hint = Hint::from("use that one: ");
                Some(hint.run(Command::set(SSO_START_URL.name, meant.clone()).profile(profile)))
            }
            Issue::SignInElsewhere { profile, region, .. } => {
                let login = Command::xcred(["login"]).flag("--console").option("--region", region.clone());
                Some(Hint::from("sign in there: ").run(login.profile(profile.clone())))
            }
            Issue::SignInUnused { .. } => {
                let hint = Hint::from(Command::xcred(["logout"]).flag("--all"));
                Some(hint.say(" ends it, and all other sign-ins"))
            }
            Issue::UnreadNested { section, service, .. } => {
                let hint = Hint::from(format!(
                    "put `{service} =` with an indented `endpoint_url` into a `[services NAME]` section, then "
                ));
                Some(hint.run(section.set(SERVICES.name, "NAME")))
            }
            Issue::Dotted { .. } => Some("remove the line".into()),
            Issue::UnreadInServices { key } if key == ENDPOINT_URL.name => {
                Some("put it below a service, such as `s3 =`, or into the profile".into())
            }
            Issue::UnreadInServices { .. } => Some("put it into the profile".into()),
            Issue::UnreadInSession { remove, meant, .. } => {
                let (hint, before) = match meant {
                    Some(meant) => (Hint::did_you_mean(meant.clone()), " "),
                    None => (Hint::from("put it into the profile"), "; "),
                };
                Some(hint.on_written(before, remove.clone(), " removes it here"))
            }
            Issue::Disguised { instead, .. } => Some(format!("write `[{instead}]`, or another name").into()),
            Issue::ProcessProfile { .. } => Some(Hint::from("see ").run(Command::xcred(["list-profiles"]))),
            Issue::ForShell { bridge: Some((bridge, profile)), .. } => {
                let renewed = Command::xcred(["configure", "bridge"]).argument(bridge.clone());
                Some(Hint::from("write it anew, with quotes: ").run(renewed.profile(profile.clone())))
            }
            Issue::ForShell { .. } => Some(MEANT_LITERALLY.into()),
            Issue::Program(unstartable) => unstartable.help(),
            Issue::BridgeGone { bridge, profile, .. } => {
                let renewed = Command::xcred(["configure", "bridge"]).argument(bridge.clone());
                Some(Hint::from("let it call this xcred: ").run(renewed.profile(profile.clone())))
            }
        }
    }
}
