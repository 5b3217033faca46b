//! Arguments with a line break, with a key in them, or of many kilobytes: no error repeats them, whoever makes it.

use crate::harness::{CANARY, Sandbox, secret};

/// Every command, with `ARG` where a person may paste something; the parser's own errors among them.
const CALLS: &[&[&str]] = &[
    &["ARG"],
    &["ARG", "get", "region"],
    &["get", "ARG"],
    &["get", "region", "ARG"],
    &["get", "region", "--profile", "ARG"],
    &["get", "region", "--profile=ARG"],
    &["get", "region", "-pARG"],
    &["get", "region", "--format", "ARG"],
    &["get", "region", "--format=ARG"],
    &["get", "region", "--color=ARG"],
    &["get", "region", "--sso-session", "ARG"],
    &["get", "--all", "-p", "ARG", "--format", "json"],
    &["set", "ARG", "x"],
    &["set", "region", "ARG"],
    &["set", "region", "x", "ARG"],
    &["set", "region", "ARG", "-n"],
    &["set", "region", "x", "--profile", "ARG"],
    &["set", "endpoint_url", "x", "--services", "ARG"],
    &["set", "max_attempts", "ARG"],
    &["unset", "ARG"],
    &["unset", "region", "-p", "ARG"],
    &["profile", "remove", "ARG"],
    &["profile", "rename", "ARG", "x"],
    &["profile", "rename", "default", "ARG"],
    &["profile", "copy", "default", "ARG"],
    &["profile", "ARG"],
    &["list-profiles", "ARG"],
    &["resolve", "--profile", "ARG", "--offline"],
    &["resolve", "--profile", "ARG", "--offline", "--format", "json"],
    &["resolve", "--sdk", "ARG"],
    &["resolve", "ARG"],
    &["resolve", "ARG", "-p", "x"],
    &["whoami", "ARG"],
    &["exec", "ARG", "--", "true"],
    &["doctor", "ARG"],
    &["doctor", "ARG", "--format", "json"],
    &["status", "ARG"],
    &["status", "ARG", "--prompt"],
    &["status", "ARG", "--format", "json"],
    &["status", "-p", "ARG"],
    &["profile", "show", "ARG"],
    &["configure", "list", "-p", "ARG"],
    &["configure", "get", "ARG"],
    &["configure", "set", "region", "ARG", "-n"],
    &["configure", "export-credentials", "--format", "ARG"],
    &["help", "ARG"],
    &["man", "ARG"],
    &["completions", "ARG"],
    &["ARG"],
    &["whoami", "-p", "ARG"],
    &["export-env", "-p", "ARG"],
    &["export-env", "--format", "ARG"],
    &["exec", "-p", "ARG", "--", "true"],
    &["exec", "--", "ARG"],
    &["credential-process", "-p", "ARG"],
    &["configure", "ARG"],
    &["configure", "--access-key-id", "ARG"],
    &["configure", "--region", "ARG", "-n"],
    &["configure", "--output", "ARG", "-n"],
    &["configure", "role", "--role-arn", "ARG"],
    &["configure", "role", "--role-arn", "ARG", "--credential-source", "ARG"],
    &["configure", "role", "--role-arn", "x", "--source-profile", "ARG"],
    &["configure", "role", "--role-arn", "x", "--source-profile", "default", "--duration-seconds", "ARG"],
    &["configure", "process", "--credential-process", "ARG", "-n"],
    &["configure", "web-identity", "--role-arn", "x", "--web-identity-token-file", "ARG", "-n"],
    &[
        "configure",
        "sso-session",
        "--name",
        "ARG",
        "--sso-start-url",
        "https://x.awsapps.com/start",
        "--sso-region",
        "x",
    ],
    &["configure", "sso-session", "--name", "x", "--sso-start-url", "ARG", "--sso-region", "x"],
    &[
        "configure",
        "sso-session",
        "--name",
        "x",
        "--sso-start-url",
        "https://x.awsapps.com/start",
        "--sso-region",
        "x",
        "--sso-registration-scopes",
        "ARG",
    ],
    &["configure", "import", "ARG"],
    &["configure", "import", "--csv", "ARG"],
    &["configure", "import", "--csv=ARG"],
    &["configure", "import", "keys.csv", "--profile-prefix", "ARG"],
    &["keys", "list", "--older-than", "ARG"],
    &["keys", "delete", "ARG"],
    &["keys", "ARG"],
    &["config", "get", "ARG"],
    &["config", "set", "ARG", "x"],
    &["config", "set", "cache.roles", "ARG"],
    &["config", "unset", "ARG"],
];

#[test]
fn no_command_repeats_an_argument_with_a_line_break_or_a_key() {
    let arguments = [
        format!("User name,Secret\nann,{CANARY}"),
        format!("{CANARY}\n"),
        format!("\r{CANARY}"),
        format!("a\u{2028}{CANARY}"),
        format!("a\u{85}{CANARY}\u{b}b"),
        format!("\u{1b}[1m{CANARY}\nx"),
        format!("AKIAIOSFODNN7EXAMPLE,{CANARY}"),
        secret(),
        format!("{CANARY}{}", "long".repeat(20_000)),
    ];
    for (at, call) in CALLS.iter().enumerate() {
        // Each argument with some of the calls, and each call with most of the arguments.
        for argument in
            arguments.iter().enumerate().filter(|(other, _)| (at + other) % 3 > 0).map(|(_, text)| text)
        {
            let words: Vec<String> = call.iter().map(|word| word.replace("ARG", argument)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            // One that an earlier call wrote into a file may be named.
            let sandbox = Sandbox::new()
                .env("AWS_EC2_METADATA_DISABLED", "true")
                .config("[default]\nregion = eu-west-1\n")
                .file(
                    "keys.csv",
                    "User name,Access key ID,Secret access key\nann,AKIAIOSFODNN7EXAMPLE,secret\n",
                );
            // The sandbox looks for the canary.
            let (code, stdout, stderr) = sandbox.run(&words).ended();
            assert!(code.is_some(), "{call:?}");
            assert!(!stderr.contains('\r') && stderr.len() < 4000, "{call:?}: {stdout}{stderr}");
        }
    }
}

#[test]
fn an_error_about_such_an_argument_still_says_what_is_wrong() {
    let sandbox = Sandbox::new();
    let words = sandbox.run(&["get", "region", "--profile", "one\ntwo"]).failure(253);
    assert!(words.contains("profile `(text with a line break)` not found"), "{words}");
    let words = sandbox.run(&["get", "region", "--format", "one\ntwo"]).failure(252);
    assert!(words.contains("invalid value '(text with a line break)' for '--format <FORMAT>'"), "{words}");
}

#[test]
fn a_part_of_a_secret_argument_is_not_repeated() {
    let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
    for words in [
        format!("status --{key}=="),
        format!("unset profile.{key}.region"),
        format!("config set profiles.{key}.account 123456789012"),
        "set aws_secret_access_key dev minioadmin1".to_owned(),
        "configure get aws_secret_access_key minioadmin1".to_owned(),
        "AWS_SECRET_ACCESS_KEY=minioadmin1 whoami".to_owned(),
        "whoami https://me:minioadmin1@host/".to_owned(),
    ] {
        let sandbox = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true");
        let (_, printed, said) = sandbox.run(&words.split(' ').collect::<Vec<_>>()).ended();
        let all = format!("{printed}{said}").to_lowercase();
        assert!(!all.contains("wjalr") && !all.contains("minioadmin1"), "{words}: {printed}{said}");
    }
}
