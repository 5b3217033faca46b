//! The code, severity and fix of each issue.

use super::{Holder, Issue, Program};
use crate::failure::{Command, Hint};
use crate::finding::{Kind, Severity};
use crate::ini::FaultKind;
use crate::profile::SectionName;

fn meant(similar: Option<&String>) -> Option<Hint> {
    similar.map(|similar| format!("did you mean `{similar}`?").into())
}

/// `xcred VERB KEY... --profile NAME`.
fn on(verb: &'static str, key: &str, profile: &str) -> Command {
    Command::xcred([verb]).argument(key).profile(profile)
}

fn on_section(verb: &'static str, key: &str, section: &SectionName) -> Command {
    let command = Command::xcred([verb]);
    match section {
        SectionName::Profile(name) => command.argument(key).profile(name.clone()),
        SectionName::SsoSession(name) => command.argument(key).option("--sso-session", name.clone()),
        SectionName::Services(name) => command.argument(key).option("--services", name.clone()),
        SectionName::Other(name) => command.argument(format!("{name}.{key}")),
    }
}

impl Kind for Issue {
    fn code(&self) -> &'static str {
        match self {
            Issue::Unreadable { .. } => "unreadable-file",
            Issue::Invalid(fault) => match fault {
                FaultKind::NotUtf8 => "not-utf-8",
                FaultKind::Encoding(_) => "encoding",
                FaultKind::ByteOrderMark => "byte-order-mark",
                FaultKind::Stray(_) => "stray-line",
                FaultKind::RepeatedSection { .. } => "repeated-section",
                FaultKind::RepeatedKey { .. } => "repeated-key",
                FaultKind::NestedWithoutEquals => "nested-without-equals",
                FaultKind::LostHeader { .. } => "lost-header",
            },
            Issue::EmptyVariable { .. } => "empty-variable",
            Issue::BlankInVariable { .. } => "blank-in-variable",
            Issue::QuotedVariable { .. } => "quoted-variable",
            Issue::MisspeltVariable { .. } => "misspelt-variable",
            Issue::NoSuchProfile { .. } => "profile-not-found",
            Issue::ProfileHidden { .. } => "profile-hidden",
            Issue::RegionDiffers { .. } => "region-differs",
            Issue::HalfPair { .. } => "half-pair",
            Issue::SplitPair { .. } => "split-pair",
            Issue::Swapped { .. } => "swapped-keys",
            Issue::NoKeyId { .. } => "misplaced-key",
            Issue::TokenWithLastingKey { .. } => "token-with-long-term-key",
            Issue::TemporaryKeyWithoutToken { .. } => "temporary-key-without-token",
            Issue::ExpiredKeys { .. } => "expired",
            Issue::Exposed { .. } => "loose-mode",
            Issue::HalfRole { .. } => "half-role",
            Issue::TwoSources { .. } => "two-sources",
            Issue::SourceWithoutRole { .. } => "source-without-role",
            Issue::NoSuchSource { .. } => "missing-source-profile",
            Issue::EmptySource { .. } => "empty-source-profile",
            Issue::Circle { .. } => "role-loop",
            Issue::UnusedMfa { .. } => "mfa-without-role",
            Issue::MfaAtSource { .. } => "mfa-at-source",
            Issue::SecurityKey => "security-key",
            Issue::ChainedDuration { .. } => "chained-duration",
            Issue::Value { .. } => "invalid-value",
            Issue::RelativePath { .. } => "relative-path",
            Issue::NoSuchFile { .. } => "missing-file",
            Issue::NoSuchSession { .. } => "unknown-sso-session",
            Issue::NoSuchServices { .. } => "unknown-services",
            Issue::IncompleteSso { .. } => "incomplete-sso",
            Issue::IncompleteSession { .. } => "incomplete-sso-session",
            Issue::SsoConflict { .. } => "sso-conflict",
            Issue::SignInExpired { .. } => "expired-sign-in",
            Issue::SignInUnusable { .. } => "unusable-sign-in",
            Issue::SignInUnused { .. } => "unused-sign-in",
            Issue::OtherPrograms { .. } => "setting-of-another-program",
            Issue::UnreadNested { .. } => "unread-setting",
            Issue::WrongFile { .. } => "wrong-file",
            Issue::Quoted { .. } => "quoted-value",
            Issue::Commented { .. } => "comment-in-value",
            Issue::UnseenCharacter { .. } => "unseen-character",
            Issue::ProcessProfile { .. } => "process-profile",
            Issue::Program(_) | Issue::BridgeGone { .. } => "process-cannot-start",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Issue::Unreadable { .. }
            | Issue::Invalid(_)
            | Issue::NoSuchProfile { .. }
            | Issue::HalfPair { .. }
            | Issue::SplitPair { .. }
            | Issue::Swapped { .. }
            | Issue::TokenWithLastingKey { .. }
            | Issue::TemporaryKeyWithoutToken { .. }
            | Issue::HalfRole { .. }
            | Issue::TwoSources { .. }
            | Issue::NoSuchSource { .. }
            | Issue::EmptySource { .. }
            | Issue::Circle { .. }
            | Issue::SecurityKey
            | Issue::ChainedDuration { .. }
            | Issue::NoSuchSession { .. }
            | Issue::IncompleteSso { .. }
            | Issue::IncompleteSession { .. }
            | Issue::SsoConflict { .. }
            | Issue::ProcessProfile { .. }
            | Issue::Program(_)
            | Issue::BridgeGone { .. } => Severity::Error,
            Issue::RegionDiffers { .. }
            | Issue::WrongFile { .. }
            | Issue::OtherPrograms { .. }
            | Issue::SignInUnused { .. } => Severity::Note,
            _ => Severity::Warning,
        }
    }

    fn names_place(&self) -> bool {
        matches!(self, Issue::Unreadable { .. } | Issue::SignInUnused { .. })
    }

    fn ends_chain(&self) -> bool {
        matches!(
            self,
            Issue::NoSuchProfile { .. }
                | Issue::HalfPair { .. }
                | Issue::HalfRole { .. }
                | Issue::TwoSources { .. }
                | Issue::NoSuchSource { .. }
                | Issue::EmptySource { .. }
                | Issue::Circle { .. }
                | Issue::NoSuchSession { .. }
                | Issue::IncompleteSso { .. }
                | Issue::IncompleteSession { .. }
                | Issue::SsoConflict { .. }
                | Issue::SignInExpired { .. }
                | Issue::SignInUnusable { .. }
                | Issue::NoSuchFile { .. }
                | Issue::Program(_)
                | Issue::BridgeGone { .. }
        )
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Issue::Unreadable { help, .. } => help.clone(),
            Issue::RegionDiffers { .. }
            | Issue::SplitPair { .. }
            | Issue::NoSuchFile { .. }
            | Issue::OtherPrograms { .. }
            | Issue::WrongFile { .. }
            | Issue::Program(Program::Nameless) => None,
            Issue::Invalid(fault) => Some(fault.help().into_owned().into()),
            Issue::EmptyVariable { variable, .. } => {
                Some(format!("unset {variable}, or give it a value").into())
            }
            Issue::BlankInVariable { variable } | Issue::QuotedVariable { variable } => {
                Some(format!("set {variable} again without them").into())
            }
            Issue::MisspeltVariable { similar, .. } => Some(format!("did you mean {similar}?").into()),
            Issue::NoSuchProfile { similar, .. } => meant(similar.as_ref())
                .or_else(|| Some(Hint::from("see ").run(Command::xcred(["list-profiles"])))),
            Issue::ProfileHidden { profile, .. } => {
                let hint = Hint::from("unset AWS_ACCESS_KEY_ID, or name the profile: ");
                Some(hint.run(Command::xcred(["resolve"]).profile(profile.clone())))
            }
            Issue::HalfPair { holder, .. } | Issue::Swapped { holder } | Issue::NoKeyId { holder } => {
                Some(match holder {
                    Holder::Profile(name) => Hint::from("enter both again: ")
                        .run(Command::xcred(["configure"]).profile(name.clone())),
                    Holder::Environment => {
                        "set AWS_ACCESS_KEY_ID to the ID, and AWS_SECRET_ACCESS_KEY to the secret".into()
                    }
                })
            }
            Issue::TokenWithLastingKey { holder: Holder::Profile(name) } => {
                Some(on("unset", "aws_session_token", name).into())
            }
            Issue::TokenWithLastingKey { .. } => Some("unset AWS_SESSION_TOKEN".into()),
            Issue::TemporaryKeyWithoutToken { holder: Holder::Profile(name) } => {
                Some(on("set", "aws_session_token", name).argument("-").into())
            }
            Issue::TemporaryKeyWithoutToken { .. } => Some("set AWS_SESSION_TOKEN too".into()),
            Issue::ExpiredKeys { .. } => Some("sign in again".into()),
            Issue::Exposed { path, .. } => Some(Command::new(["chmod", "600"]).argument(path).into()),
            Issue::HalfRole { profile } => {
                let command = on("set", "source_profile", profile).argument("NAME");
                Some(command.into())
            }
            Issue::TwoSources { profile } => Some(on("unset", "credential_source", profile).into()),
            Issue::SourceWithoutRole { profile, .. } => {
                Some(on("set", "role_arn", profile).argument("ARN").into())
            }
            Issue::NoSuchSource { profile, similar: Some(similar), .. } => {
                Some(on("set", "source_profile", profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSource { source, .. } | Issue::EmptySource { source } => {
                Some(Command::xcred(["configure"]).profile(source.clone()).into())
            }
            Issue::Circle { .. } => Some("give one of them credentials of its own".into()),
            Issue::UnusedMfa { profile } => Some(on("unset", "mfa_serial", profile).into()),
            Issue::MfaAtSource { profile, serial, .. } => {
                Some(on("set", "mfa_serial", profile).argument(serial.clone()).into())
            }
            Issue::SecurityKey => Some("register an authenticator app as well, and name that device".into()),
            Issue::ChainedDuration { profile, .. } => {
                Some(on("set", "duration_seconds", profile).argument("3600").into())
            }
            Issue::Quoted { is_repairable: true, .. } => {
                Some(Hint::from(Command::xcred(["doctor"]).flag("--fix")).say(" removes them"))
            }
            Issue::Commented { section, key } => {
                let hint = Hint::from("put the comment on a line of its own: ");
                Some(hint.run(on_section("set", key, section).argument("VALUE")))
            }
            Issue::Value { section, key, meant: Some(meant), .. } => {
                let hint = Hint::from(format!("did you mean `{meant}`? "));
                Some(hint.run(on_section("set", key, section).argument(*meant)))
            }
            Issue::Value { section, key, .. }
            | Issue::UnseenCharacter { section, key }
            | Issue::Quoted { section, key, .. } => {
                Some(on_section("set", key, section).argument("VALUE").into())
            }
            Issue::RelativePath { .. } | Issue::Program(Program::Tilde | Program::Variable) => {
                Some("give the absolute path".into())
            }
            Issue::NoSuchSession { profile, similar: Some(similar), .. } => {
                Some(on("set", "sso_session", profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSession { session, .. } => {
                Some(Command::xcred(["configure", "sso-session"]).option("--name", session.clone()).into())
            }
            Issue::NoSuchServices { profile, .. } => Some(on("unset", "services", profile).into()),
            Issue::IncompleteSso { profile, session, missing } => {
                let in_session = |key: &str| matches!(key, "sso_region" | "sso_start_url");
                let key = missing.first()?;
                Some(match session {
                    Some(session) if in_session(key) => {
                        let section = SectionName::SsoSession(session.clone());
                        on_section("set", key, &section).argument("VALUE").into()
                    }
                    _ => on("set", key, profile).argument("VALUE").into(),
                })
            }
            Issue::IncompleteSession { session, missing } => {
                let section = SectionName::SsoSession(session.clone());
                Some(on_section("set", missing.first()?, &section).argument("VALUE").into())
            }
            Issue::SsoConflict { profile, key, .. } => Some(on("unset", key, profile).into()),
            Issue::SignInExpired { command, .. } | Issue::SignInUnusable { command, .. } => {
                Some(command.clone().into())
            }
            Issue::SignInUnused { .. } => {
                let hint = Hint::from(Command::xcred(["logout"]).flag("--all"));
                Some(hint.say(" ends it, and all other sign-ins"))
            }
            Issue::UnreadNested { section, service, .. } => {
                let hint = Hint::from(format!(
                    "put `{service} =` with an indented `endpoint_url` into a `[services NAME]` section, then "
                ));
                Some(hint.run(on_section("set", "services", section).argument("NAME")))
            }
            Issue::ProcessProfile { .. } => Some(Hint::from("see ").run(Command::xcred(["list-profiles"]))),
            Issue::Program(Program::Assignment(_)) => Some("write `env NAME=VALUE PROGRAM`".into()),
            Issue::Program(Program::NotFound(_)) => {
                Some("install it, or name it with its whole path; a path with a space needs quotes".into())
            }
            Issue::Program(Program::NotExecutable(path)) => {
                Some(Command::new(["chmod", "+x"]).argument(path).into())
            }
            Issue::Program(Program::NoInterpreterLine(_)) => {
                Some("begin it with a line such as `#!/bin/sh`".into())
            }
            Issue::Program(Program::Unclosed) => Some("close the quote".into()),
            Issue::BridgeGone { bridge, profile, .. } => {
                let renewed = Command::xcred(["configure", "bridge"]).argument(bridge.clone());
                Some(Hint::from("let it call this xcred: ").run(renewed.profile(profile.clone())))
            }
        }
    }
}
