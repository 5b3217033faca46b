//! The code, severity and fix of each issue.

use super::{Holder, Issue, Program, unplanted};
use crate::failure::{Command, Hint};
use crate::finding::Severity::{Error, Note, Warning};
use crate::finding::{Kind, Severity};
use crate::ini::FaultKind;
use crate::profile::SectionName;
use crate::settings::{
    AWS_SESSION_TOKEN, CREDENTIAL_SOURCE, DURATION_SECONDS, MFA_SERIAL, ROLE_ARN, SERVICES, SOURCE_PROFILE,
    SSO_REGION, SSO_SESSION, SSO_START_URL,
};

fn meant(similar: Option<&String>) -> Option<Hint> {
    similar.map(|similar| format!("did you mean `{similar}`?").into())
}

/// `xcred VERB KEY... --profile NAME`.
fn on(verb: &'static str, key: &str, profile: &str) -> Command {
    Command::xcred([verb]).argument(key).profile(profile)
}

fn fault_code(fault: &FaultKind) -> &'static str {
    match fault {
        FaultKind::NotUtf8 => "not-utf-8",
        FaultKind::Encoding(_) => "encoding",
        FaultKind::ByteOrderMark => "byte-order-mark",
        FaultKind::Stray(_) => "stray-line",
        FaultKind::RepeatedSection { .. } => "repeated-section",
        FaultKind::RepeatedKey { .. } => "repeated-key",
        FaultKind::NestedWithoutEquals => "nested-without-equals",
        FaultKind::LostHeader { .. } => "lost-header",
    }
}

impl Issue {
    /// The code and the severity.
    fn row(&self) -> (&'static str, Severity) {
        match self {
            Issue::Unreadable { .. } => ("unreadable-file", Error),
            Issue::Invalid(fault) => (fault_code(fault), Error),
            Issue::EmptyVariable { .. } => ("empty-variable", Warning),
            Issue::BlankInVariable { .. } => ("blank-in-variable", Warning),
            Issue::QuotedVariable { .. } => ("quoted-variable", Warning),
            Issue::MisspeltVariable { .. } => ("misspelt-variable", Warning),
            Issue::NoSuchProfile { .. } => ("profile-not-found", Error),
            Issue::ProfileHidden { .. } => ("profile-hidden", Warning),
            Issue::RegionDiffers { .. } => ("region-differs", Note),
            Issue::HalfPair { .. } => ("half-pair", Error),
            Issue::SplitPair { .. } => ("split-pair", Error),
            Issue::Swapped { .. } => ("swapped-keys", Error),
            Issue::NoKeyId { .. } => ("misplaced-key", Warning),
            Issue::TokenWithLastingKey { .. } => ("token-with-long-term-key", Error),
            Issue::TemporaryKeyWithoutToken { .. } => ("temporary-key-without-token", Error),
            Issue::TokenAlone { .. } => ("token-without-key", Warning),
            Issue::ExpiredKeys { .. } => ("expired", Warning),
            Issue::Exposed { .. } => ("loose-mode", Warning),
            Issue::Planted { .. } => ("foreign-sign-in", Warning),
            Issue::NotAFile { .. } => ("not-a-file", Warning),
            Issue::HalfRole { .. } => ("half-role", Error),
            Issue::TwoSources { .. } => ("two-sources", Error),
            Issue::SourceWithoutRole { .. } => ("source-without-role", Warning),
            Issue::NoSuchSource { .. } => ("missing-source-profile", Error),
            Issue::EmptySource { .. } => ("empty-source-profile", Error),
            Issue::Circle { .. } => ("role-loop", Error),
            Issue::UnusedMfa { .. } => ("mfa-without-role", Warning),
            Issue::MfaAtSource { .. } => ("mfa-at-source", Warning),
            Issue::SecurityKey => ("security-key", Error),
            Issue::ChainedDuration { .. } => ("chained-duration", Error),
            Issue::Value { .. } => ("invalid-value", Warning),
            Issue::RelativePath { .. } => ("relative-path", Warning),
            Issue::NoSuchFile { .. } | Issue::NoFileOfVariable { .. } => ("missing-file", Warning),
            Issue::NoSuchSession { .. } => ("unknown-sso-session", Error),
            Issue::NoSuchServices { .. } => ("unknown-services", Warning),
            Issue::IncompleteSso { .. } => ("incomplete-sso", Error),
            Issue::IncompleteSession { .. } => ("incomplete-sso-session", Error),
            Issue::SsoConflict { .. } => ("sso-conflict", Error),
            Issue::SignInExpired { .. } => ("expired-sign-in", Warning),
            Issue::SignInUnusable { .. } => ("unusable-sign-in", Warning),
            Issue::OtherPortal { .. } => ("other-portal", Warning),
            Issue::SignInUnused { .. } => ("unused-sign-in", Note),
            Issue::OtherPrograms { .. } => ("setting-of-another-program", Note),
            Issue::UnreadNested { .. } => ("unread-setting", Warning),
            Issue::WrongFile { .. } => ("wrong-file", Note),
            Issue::Quoted { .. } => ("quoted-value", Warning),
            Issue::Commented { .. } => ("comment-in-value", Warning),
            Issue::UnseenCharacter { .. } => ("unseen-character", Warning),
            Issue::ProcessProfile { .. } => ("process-profile", Error),
            Issue::Program(_) | Issue::BridgeGone { .. } => ("process-cannot-start", Error),
        }
    }
}

impl Kind for Issue {
    fn code(&self) -> &'static str {
        self.row().0
    }

    fn severity(&self) -> Severity {
        self.row().1
    }

    fn names_place(&self) -> bool {
        matches!(self, Issue::Unreadable { .. } | Issue::SignInUnused { .. })
    }

    fn needs_all_files(&self) -> bool {
        matches!(
            self,
            Issue::NoSuchProfile { .. }
                | Issue::HalfPair { holder: Holder::Profile(_), .. }
                | Issue::TokenAlone { .. }
                | Issue::HalfRole { .. }
                | Issue::SourceWithoutRole { .. }
                | Issue::NoSuchSource { .. }
                | Issue::EmptySource { .. }
                | Issue::UnusedMfa { .. }
                | Issue::MfaAtSource { .. }
                | Issue::ChainedDuration { .. }
                | Issue::NoSuchSession { .. }
                | Issue::NoSuchServices { .. }
                | Issue::IncompleteSso { .. }
                | Issue::SignInUnused { .. }
                | Issue::ProcessProfile { .. }
        )
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
            Issue::Unreadable { help, .. } | Issue::NotAFile { help, .. } => help.clone(),
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
                Some(on("unset", AWS_SESSION_TOKEN.name, name).into())
            }
            Issue::TokenWithLastingKey { .. } => Some("unset AWS_SESSION_TOKEN".into()),
            Issue::TemporaryKeyWithoutToken { holder: Holder::Profile(name) } => {
                Some(on("set", AWS_SESSION_TOKEN.name, name).argument("-").into())
            }
            Issue::TemporaryKeyWithoutToken { .. } => Some("set AWS_SESSION_TOKEN too".into()),
            Issue::ExpiredKeys { .. } => Some("sign in again".into()),
            Issue::Planted { path, mode } => Some(unplanted(path, mode.is_some())),
            Issue::NoFileOfVariable { variable, .. } => {
                Some(format!("correct the path, or unset {variable}").into())
            }
            Issue::Exposed { path, .. } => Some(Command::new(["chmod", "600"]).argument(path).into()),
            Issue::HalfRole { profile } => {
                let command = on("set", SOURCE_PROFILE.name, profile).argument("NAME");
                Some(command.into())
            }
            Issue::TwoSources { profile } => Some(on("unset", CREDENTIAL_SOURCE.name, profile).into()),
            Issue::SourceWithoutRole { profile, .. } => {
                Some(on("set", ROLE_ARN.name, profile).argument("ARN").into())
            }
            Issue::NoSuchSource { profile, similar: Some(similar), .. } => {
                Some(on("set", SOURCE_PROFILE.name, profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSource { base, .. }
            | Issue::EmptySource { base }
            | Issue::TokenAlone { profile: base, .. } => {
                Some(Command::xcred(["configure"]).profile(base.clone()).into())
            }
            Issue::Circle { .. } => Some("give one of them credentials of its own".into()),
            Issue::UnusedMfa { profile } => Some(on("unset", MFA_SERIAL.name, profile).into()),
            Issue::MfaAtSource { profile, serial, .. } => {
                Some(on("set", MFA_SERIAL.name, profile).argument(serial.clone()).into())
            }
            Issue::SecurityKey => Some("register an authenticator app as well, and name that device".into()),
            Issue::ChainedDuration { profile, .. } => {
                Some(on("set", DURATION_SECONDS.name, profile).argument("3600").into())
            }
            Issue::Quoted { is_repairable: true, .. } => {
                Some(Hint::from(Command::xcred(["doctor"]).flag("--fix")).say(" removes them"))
            }
            Issue::Commented { section, key } => {
                let hint = Hint::from("put the comment on a line of its own: ");
                Some(hint.run(section.command("set", key).argument("VALUE")))
            }
            Issue::Value { section, key, meant: Some(meant), .. } => {
                let hint = Hint::from(format!("did you mean `{meant}`? "));
                Some(hint.run(section.command("set", key).argument(*meant)))
            }
            Issue::Value { section, key, .. }
            | Issue::UnseenCharacter { section, key }
            | Issue::Quoted { section, key, .. } => {
                Some(section.command("set", key).argument("VALUE").into())
            }
            Issue::RelativePath { .. } | Issue::Program(Program::Tilde | Program::Variable) => {
                Some("give the absolute path".into())
            }
            Issue::NoSuchSession { profile, similar: Some(similar), .. } => {
                Some(on("set", SSO_SESSION.name, profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSession { session, .. } => {
                Some(Command::xcred(["configure", "sso-session"]).option("--name", session.clone()).into())
            }
            Issue::NoSuchServices { profile, .. } => Some(on("unset", SERVICES.name, profile).into()),
            Issue::IncompleteSso { profile, session, missing } => {
                let in_session = |key: &str| [SSO_REGION.name, SSO_START_URL.name].contains(&key);
                let key = missing.first()?;
                Some(match session {
                    Some(session) if in_session(key) => {
                        let section = SectionName::SsoSession(session.clone());
                        section.command("set", key).argument("VALUE").into()
                    }
                    _ => on("set", key, profile).argument("VALUE").into(),
                })
            }
            Issue::IncompleteSession { session, missing } => {
                let section = SectionName::SsoSession(session.clone());
                Some(section.command("set", missing.first()?).argument("VALUE").into())
            }
            Issue::SsoConflict { profile, key, .. } => Some(on("unset", key, profile).into()),
            Issue::SignInExpired { command, .. }
            | Issue::SignInUnusable { command, .. }
            | Issue::OtherPortal { command, .. } => Some(command.clone().into()),
            Issue::SignInUnused { .. } => {
                let hint = Hint::from(Command::xcred(["logout"]).flag("--all"));
                Some(hint.say(" ends it, and all other sign-ins"))
            }
            Issue::UnreadNested { section, service, .. } => {
                let hint = Hint::from(format!(
                    "put `{service} =` with an indented `endpoint_url` into a `[services NAME]` section, then "
                ));
                Some(hint.run(section.command("set", SERVICES.name).argument("NAME")))
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
