use jiff::civil::date;

use super::*;
use crate::catalogue::{home, line};
use crate::profile::together;
use crate::settings::{CaseRule, Whole};

fn text(text: &str) -> String {
    text.to_owned()
}

fn dev() -> String {
    text("dev")
}

fn holders() -> [Holder; 2] {
    [Holder::Profile(dev()), Holder::Environment]
}

fn section() -> SectionName {
    SectionName::Profile(dev())
}

examples!(Issue {
    Issue::Unreadable { .. } => [Issue::Unreadable {
        problem: text("no permission to read `/home/ada/.aws/config`"),
        help: Some("name another file".into()),
    }],
    Issue::Interrupted { .. } => [Issue::Interrupted { path: home(".aws/credentials") }],
    Issue::Invalid(_) => FaultKind::examples().into_iter().map(|(_, fault)| Issue::Invalid(fault)),
    Issue::EmptyVariable { .. } => [Issue::EmptyVariable {
        variable: text("AWS_REGION"),
        effect: "no service can be reached in it",
    }],
    Issue::BlankInVariable { .. } => [Issue::BlankInVariable { variable: text("AWS_REGION") }],
    Issue::QuotedVariable { .. } => [Issue::QuotedVariable { variable: text("AWS_REGION") }],
    Issue::MisspeltVariable { .. } => [Issue::MisspeltVariable {
        variable: text("AWS_SECRET_KEY"),
        similar: "AWS_SECRET_ACCESS_KEY",
    }],
    Issue::NoSuchProfile { .. } => [None, Some(dev())].map(|similar| Issue::NoSuchProfile {
        name: text("dve"),
        named_by: Origin::environment("AWS_PROFILE"),
        similar,
    }),
    Issue::ProfileHidden { .. } => [false, true].map(|needs_keys| Issue::ProfileHidden {
        profile: dev(),
        named_by: Origin::environment("AWS_PROFILE"),
        needs_keys,
    }),
    Issue::RegionDiffers { .. } => [Issue::RegionDiffers {
        variable: "AWS_REGION",
        region: text("us-east-1"),
        stored: text("eu-central-1"),
        place: line(3),
    }],
    Issue::HalfPair { .. } => [
        (Holder::Profile(dev()), ["aws_access_key_id", "aws_secret_access_key"], false),
        (Holder::Profile(dev()), ["aws_secret_access_key", "aws_access_key_id"], true),
        (Holder::Environment, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], false),
        (Holder::Environment, ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"], true),
    ]
    .map(|(holder, [has, lacks], is_idle)| Issue::HalfPair { has, lacks, holder, is_idle }),
    Issue::SplitPair { .. } => [Some("AKIAIOSFODNN7EXAMPLE"), None].map(|id| {
        let fix = together(id, &dev());
        Issue::SplitPair { profile: dev(), other: line(3), is_idle: false, fix }
    }),
    Issue::BlankKey { .. } => [Issue::BlankKey { profile: dev(), key: "aws_secret_access_key" }],
    Issue::Swapped { .. } => holders().map(|holder| Issue::Swapped { holder }),
    Issue::OddKeyId { .. } => [
        Issue::OddKeyId { holder: Holder::Profile(dev()), what: "has quotes, spaces or other characters around it" },
        Issue::OddKeyId { holder: Holder::Environment, what: "is a placeholder" },
    ],
    Issue::OddSecret { .. } => [
        Issue::OddSecret { holder: Holder::Profile(dev()), fault: SecretFault::Length(39) },
        Issue::OddSecret { holder: Holder::Environment, fault: SecretFault::KeyId },
    ],
    Issue::OddToken { .. } => [
        Issue::OddToken { holder: Holder::Profile(dev()), key: "aws_session_token" },
        Issue::OddToken { holder: Holder::Environment, key: "AWS_SESSION_TOKEN" },
    ],
    Issue::Joined { .. } => [Issue::Joined { key: text("aws_access_key_id"), other: "aws_secret_access_key" }],
    Issue::NoKeyId { .. } => holders().map(|holder| Issue::NoKeyId { holder }),
    Issue::TokenWithLastingKey { .. } => holders().map(|holder| {
        let token = if holder == Holder::Environment { "AWS_SESSION_TOKEN" } else { "aws_security_token" };
        Issue::TokenWithLastingKey { holder, token }
    }),
    Issue::TemporaryKeyWithoutToken { .. } => {
        holders().map(|holder| Issue::TemporaryKeyWithoutToken { holder })
    },
    Issue::TokenAlone { .. } => [Issue::TokenAlone { profile: dev(), key: "aws_session_token" }],
    Issue::TokenVariableAlone { .. } => [Issue::TokenVariableAlone { token: "AWS_SESSION_TOKEN" }],
    Issue::ExpiredKeys { .. } => holders().map(|holder| {
        let key = if holder == Holder::Environment { "AWS_SESSION_EXPIRATION" } else { "aws_expiration" };
        Issue::ExpiredKeys { holder, key: text(key), day: date(2026, 11, 20) }
    }),
    Issue::Expiration { .. } => [
        (Expiration::NotADate, None),
        (Expiration::NoTimeZone, None),
        (Expiration::Passed, None),
        (Expiration::Passed, Some(dev())),
    ]
    .map(|(fault, loaded)| Issue::Expiration { fault, loaded }),
    Issue::Exposed { .. } => [true, false].map(|is_closable| Issue::Exposed {
        path: home(".aws/credentials"),
        has: if is_closable { "contains" } else { "would contain" },
        may: "read",
        mode: 0o644,
        is_closable,
    }),
    Issue::Changeable { .. } => [(".aws/config", 0o666, false, true), (".aws", 0o777, true, true), (".aws", 0o777, true, false)]
        .map(|(path, mode, is_folder, is_closable)| Issue::Changeable { path: home(path), mode, is_folder, is_closable }),
    Issue::Disguised { .. } => [Issue::Disguised {
        header: text("profile dev\\u{200b}"),
        what: text("a zero-width space (U+200B)"),
        instead: text("profile dev"),
    }],
    Issue::Planted { .. } => [Some(0o777), None]
        .map(|mode| Issue::Planted { path: home(".aws/sso/cache"), mode }),
    Issue::NotAFile { .. } => [Issue::NotAFile {
        problem: text("`/home/ada/.aws/config` is a device, a pipe or a socket, not a regular file"),
        help: Some("name another file".into()),
    }],
    Issue::NoFileOfVariable { .. } => [Issue::NoFileOfVariable {
        variable: "AWS_CONFIG_FILE",
        path: home("confg"),
    }],
    Issue::HalfRole { .. } => [Issue::HalfRole { profile: dev() }],
    Issue::TwoSources { .. } => [Issue::TwoSources { profile: dev() }],
    Issue::SourceWithoutRole { .. } => [Issue::SourceWithoutRole { profile: dev(), key: "source_profile" }],
    Issue::TokenFileWithoutRole { .. } => [Issue::TokenFileWithoutRole { profile: dev() }],
    Issue::NoSuchSource { .. } => [None, Some(text("base"))].map(|similar| Issue::NoSuchSource {
        profile: dev(),
        base: text("bsae"),
        similar,
        header: None,
    }),
    Issue::EmptySource { .. } => [Issue::EmptySource { base: text("base") }],
    Issue::Circle { .. } => [false, true].map(|of_processes| Issue::Circle {
        chain: vec![dev(), text("base"), dev()],
        of_processes,
    }),
    Issue::Overridden { .. } => [Issue::Overridden {
        key: "aws_access_key_id",
        by: "role_arn",
        place: line(7),
    }],
    Issue::OtherKey { .. } => [vec![2], vec![2, 3]].map(|lines| Issue::OtherKey { used: line(7), lines }),
    Issue::UnusedMfa { .. } => [false, true].map(|has_keys| Issue::UnusedMfa { has_keys }),
    Issue::MfaAtSource { .. } => [Issue::MfaAtSource {
        profile: dev(),
        base: text("base"),
        serial: text("arn:aws:iam::123456789012:mfa/ada"),
    }],
    Issue::SecurityKey => [Issue::SecurityKey],
    Issue::ChainedDuration { .. } => [Issue::ChainedDuration { profile: dev(), base: text("base") }],
    Issue::CaseTwin { .. } => [Issue::CaseTwin { name: text("Dev"), other: dev(), place: line(3) }],
    Issue::Value { .. } => [Issue::Value {
        section: section(),
        key: text("duration_seconds"),
        expected: "900 to 43200 seconds, as a number",
        meant: None,
        is_refused: true,
    }, Issue::Value {
        section: section(),
        key: text("output"),
        expected: "json or text",
        meant: Some("json"),
        is_refused: false,
    }],
    Issue::Refused { .. } => [
        ("role_arn", Kind::Text, None),
        ("endpoint_url", Kind::Address, None),
        ("max_attempts", Kind::Integer(Whole::from(1)), None),
        ("retry_mode", Kind::OneOf(&["standard", "adaptive"], CaseRule::Exact), Some("standard")),
        ("api_versions", Kind::Block, None),
    ]
    .map(|(key, form, meant)| Issue::Refused { section: section(), key: text(key), form, meant }),
    Issue::RefusedVariable { .. } => [Issue::RefusedVariable {
        variable: text("AWS_MAX_ATTEMPTS"),
        form: Kind::Integer(Whole::from(1)),
    }],
    Issue::RelativePath { .. } => [false, true].map(|expands| Issue::RelativePath {
        key: text("web_identity_token_file"),
        expands,
    }),
    Issue::Unusable { .. } => [false, true].map(|is_line| Issue::Unusable {
        problem: text("AWS_WEB_IDENTITY_TOKEN_FILE: there is a web identity token, but no role to assume with it"),
        help: Some("set role_arn, or AWS_ROLE_ARN".into()),
        is_line,
    }),
    Issue::ValueOfVariable { .. } => [None, Some("true")].map(|meant| Issue::ValueOfVariable {
        variable: text("AWS_USE_FIPS_ENDPOINT"),
        expected: text("true or false; anything else means false"),
        meant,
    }),
    Issue::NoSuchFile { .. } => [Issue::NoSuchFile { key: text("ca_bundle"), path: home("ca.pem") }],
    Issue::NoSuchSession { .. } => [None, Some(text("corp"))].map(|similar| Issue::NoSuchSession {
        profile: dev(),
        session: text("crop"),
        similar,
        header: None,
    }),
    Issue::NoSuchServices { .. } => [("local", None, false), ("local", None, true), ("", None, false), ("lcoal", Some("local"), false)]
        .map(|(services, similar, is_ignored)| Issue::NoSuchServices {
            profile: dev(),
            services: text(services),
            similar: similar.map(text),
            header: None,
            is_ignored,
        }),
    Issue::IncompleteSso { .. } => [None, Some(text("corp"))].map(|session| Issue::IncompleteSso {
        profile: dev(),
        session,
        missing: vec!["sso_account_id", "sso_role_name"],
    }),
    Issue::IdleSession { .. } => [Issue::IdleSession { profile: dev(), used: "credential_process" }],
    Issue::LoneSession { .. } => {
        [false, true].map(|is_for_tokens| Issue::LoneSession { profile: dev(), is_for_tokens })
    },
    Issue::IncompleteSession { .. } => [Issue::IncompleteSession {
        session: text("corp"),
        missing: vec!["sso_start_url"],
    }],
    Issue::SsoConflict { .. } => ["sso_region", "region"].map(|key| Issue::SsoConflict {
        profile: dev(),
        session: text("corp"),
        key: text(key),
        other: line(3),
    }),
    Issue::SignInExpired { .. } => [Issue::SignInExpired {
        what: text("session `corp`"),
        day: date(2026, 11, 20),
        command: Command::xcred(["login"]).option("--sso-session", "corp"),
    }],
    Issue::SignInUnusable { .. } => [Issue::SignInUnusable {
        what: text("session `corp`"),
        reason: text("the cached sign-in can't be read"),
        help: Some(Hint::from("sign in: ").run(Command::xcred(["login"]).option("--sso-session", "corp"))),
    }],
    Issue::SignInSpelling { .. } => [Issue::SignInSpelling {
        profile: dev(),
        meant: text("https://corp.awsapps.com/start"),
    }],
    Issue::OtherPortal { .. } => [Issue::OtherPortal {
        what: text("session `corp`"),
        found: text("https://other.awsapps.com/start"),
        command: Command::xcred(["login"]).option("--sso-session", "corp"),
    }],
    Issue::SignInElsewhere { .. } => [Issue::SignInElsewhere {
        profile: dev(),
        region: text("us-west-2"),
        made_in: text("us-east-2"),
    }],
    Issue::SignInUnused { .. } => ["https://corp.awsapps.com/start", "account 111122223333"]
        .map(|whom| Issue::SignInUnused { path: home(".aws/sso/cache/0a.json"), whom: text(whom) }),
    Issue::OtherPrograms { .. } => [("mfa_process", "aws-vault"), ("granted_sso_role_name", "granted")]
        .map(|(key, program)| Issue::OtherPrograms { key: text(key), program }),
    Issue::UnreadNested { .. } => [Issue::UnreadNested {
        section: section(),
        key: text("s3.endpoint_url"),
        service: text("s3"),
    }],
    Issue::Dotted { .. } => [Issue::Dotted { key: text("s3.max_concurrent_requests") }],
    Issue::UnreadInServices { .. } => {
        ["endpoint_url", "region"].map(|key| Issue::UnreadInServices { key: text(key) })
    },
    Issue::UnreadInSession { .. } => [None, Some("eu-west-1")].map(|region| {
        let session = SectionName::SsoSession(text("corp"));
        let meant = region.map(|region| session.set("sso_region", region));
        Issue::UnreadInSession { key: text("region"), remove: session.unset("region"), meant }
    }),
    Issue::WrongFile { .. } => [Issue::WrongFile { key: text("role_arn") }],
    Issue::Quoted { .. } => [true, false]
        .map(|is_repairable| Issue::Quoted { section: section(), key: text("region"), is_repairable }),
    Issue::Commented { .. } => [Issue::Commented { section: section(), key: text("region") }],
    Issue::UnseenCharacter { .. } => [Issue::UnseenCharacter { section: section(), key: text("region") }],
    Issue::ForShell { .. } => [
        Issue::ForShell { sign: '&', bridge: Some((text("rd"), text("R&D"))) },
        Issue::ForShell { sign: '|', bridge: None },
    ],
    Issue::ProcessProfile { .. } => [Issue::ProcessProfile { program: text("aws"), name: text("dve") }],
    Issue::BridgeGone { .. } => [Issue::BridgeGone {
        bridge: text("dev-by-xcred"),
        program: text("/opt/xcred-0.1/bin/xcred"),
        profile: text("dev"),
    }],
    Issue::Program(_) => [
        Unstartable::Tilde,
        Unstartable::Variable,
        Unstartable::Assignment(text("STAGE=********")),
        Unstartable::OneWord,
        Unstartable::NotFound(text("corp-login")),
        Unstartable::NotExecutable(home("bin/login")),
        Unstartable::Folder(home("bin")),
        Unstartable::NotAFile(home("pipe")),
        Unstartable::DeadLink(home("bin/login")),
        Unstartable::NoInterpreterLine(home("bin/login")),
        Unstartable::NoInterpreter { script: home("bin/login"), interpreter: "/opt/python".into() },
        Unstartable::CarriageReturn(home("bin/login")),
        Unstartable::Unclosed,
        Unstartable::Nameless,
    ]
    .map(Issue::Program),
});
