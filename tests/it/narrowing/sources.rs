//! Each source of credentials, narrowed or refused.

use super::sts::{Sts, parameters};
use super::{COMMANDS, POLICY, home, pairs, resolved, with};
use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Reply, Request};

const SDKS: [&str; 7] = ["aws-cli", "boto3", "rust", "js", "go", "java", "ruby"];

/// Container credentials and instance metadata.
fn machine() -> Loopback {
    let keys = |id: &str| {
        format!(
            r#"{{"Code":"Success","AccessKeyId":"ASIA{id}","SecretAccessKey":"{CANARY}-of-{id}","Token":"{CANARY}-token-of-{id}","Expiration":"2999-01-01T00:00:00Z"}}"#
        )
    };
    Loopback::replying(jiff::SignedDuration::ZERO, move |request: &Request| {
        let reply = |status, body| {
            let headers = vec!["x-aws-ec2-metadata-token-ttl-seconds: 21600".to_owned()];
            Some(Reply { status, headers, body })
        };
        let body = match request.line.as_str() {
            "GET /container" => keys("CONT"),
            "PUT /latest/api/token" => "t".to_owned(),
            line if line.ends_with("/security-credentials/")
                || line.ends_with("/security-credentials-extended/") =>
            {
                "role".to_owned()
            }
            line if line.contains("/security-credentials") => keys("INST"),
            _ => return reply(404, String::new()),
        };
        reply(200, body)
    })
}

/// A name, a home with this source, and the arguments that choose it.
type Source = (&'static str, Sandbox, &'static [&'static str]);

/// Temporary keys of a source: those that the fake STS makes for `name`.
fn temporary(name: &str) -> String {
    format!(
        "aws_access_key_id = ASIA{name}\naws_secret_access_key = {CANARY}-of-{name}\naws_session_token = {CANARY}-token-of-{name}\n"
    )
}

/// The sources that nothing narrows.
fn rigid(sts: &Sts, machine: &Loopback) -> Vec<Source> {
    let process = format!(r#"{{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"{CANARY}"}}"#);
    let sso = "[profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n\
               [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n";
    let of_environment = |home: Sandbox| {
        home.env("AWS_ACCESS_KEY_ID", "ASIAENV")
            .env("AWS_SECRET_ACCESS_KEY", &format!("{CANARY}-of-ENV"))
            .env("AWS_SESSION_TOKEN", &format!("{CANARY}-token-of-ENV"))
    };
    vec![
        (
            "custom-process",
            home(sts).config("[profile p]\ncredential_process = cat keys.json\n").file("keys.json", process),
            &["-p", "p"],
        ),
        (
            "container-role",
            home(sts).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/container", machine.url)),
            &[],
        ),
        (
            "iam-role",
            home(sts)
                .without("AWS_EC2_METADATA_DISABLED")
                .env("AWS_EC2_METADATA_DISABLED", "false")
                .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &machine.url),
            &[],
        ),
        ("sso", home(sts).config(sso), &["-p", "sso"]),
        ("env", of_environment(home(sts)), &[]),
        (
            "shared-credentials-file",
            home(sts).credentials(format!("[t]\n{}", temporary("FILE"))),
            &["-p", "t"],
        ),
    ]
}

#[test]
fn what_nothing_can_narrow_is_refused_by_every_command_and_every_sdk() {
    let (sts, machine) = (Sts::start(), machine());
    for (provider, home, choice) in rigid(&sts, &machine) {
        for options in [
            &["--read-only"][..],
            &["--policy", POLICY],
            &["--policy-arn", "P"],
            &["--duration", "1h"],
            &["--session-name", "me"],
            &["--source-identity", "me"],
            &["--tag", "a=b"],
        ] {
            let whole = [&["whoami"], choice, options].concat();
            let words = home.run(&whole).failure(253);
            let expected = format!("{}: the credentials of {provider} (", options[0]);
            assert!(words.contains(&expected) && words.contains("--role-arn ARN"), "{provider}: {words}");
        }
        for command in COMMANDS {
            let arguments = with(command, "PROFILE", &["--read-only"]);
            // The command without its own choice of a profile.
            let at = arguments.iter().position(|word| *word == "-p").expect("an option");
            let arguments = [&arguments[..1], choice, &arguments[1..at], &arguments[at + 2..]].concat();
            let (code, shown, words) = home.run(&arguments).ended();
            assert_eq!(code, Some(253), "{arguments:?}: {words}");
            assert!(!shown.contains("ASIA") && !shown.contains("AKIA"), "{shown}");
        }
        for sdk in SDKS {
            let (code, shown, words) =
                home.run(&[&["credential-process", "--sdk", sdk, "--read-only"], choice].concat()).ended();
            // Not every SDK finds a sign-in without a cached token.
            assert_eq!((code, shown.as_str()), (Some(253), ""), "{provider} {sdk}: {words}");
        }
    }
    assert_eq!(sts.take().len(), 0);
    let home = home(&sts);
    for sdk in SDKS {
        let explicit = ["whoami", "--access-key-id", "ASIAX", "--read-only", "--sdk", sdk];
        let words = home.run_with_input(&explicit, &format!("{CANARY}\n{CANARY}\n")).failure(253);
        assert!(words.contains("the credentials of explicit (--access-key-id) can't be narrowed"), "{words}");
    }
    assert_eq!(sts.take().len(), 0);
}

#[test]
fn one_more_role_narrows_what_comes_from_anywhere() {
    let (sts, machine) = (Sts::start(), machine());
    let top = ["--role-arn", "arn:aws:iam::123456789012:role/T", "--read-only"];
    let signers = ["AKIAPROC", "ASIACONT", "ASIAINST", "", "ASIAENV", "ASIAFILE"];
    let sources = rigid(&sts, &machine);
    for ((provider, home, choice), signer) in
        sources.into_iter().zip(signers).filter(|(_, signer)| !signer.is_empty())
    {
        for sdk in SDKS {
            let arguments =
                [&["resolve", "--format", "json", "--no-cache", "--sdk", sdk], choice, &top].concat();
            let (code, shown, words) = home.run(&arguments).ended();
            // The SDK for Ruby reads `iam-role` elsewhere; whoever has no credentials hands out none.
            assert_eq!(code, Some(0), "{provider} {sdk}: {shown}{words}");
            assert!(shown.contains("ASIAT"), "{provider} {sdk}: {shown}");
            let (what, form) = sts.only();
            assert_eq!(what, format!("AssumeRole by {signer}"), "{provider} {sdk}");
            assert_eq!(form[0].0, "PolicyArns.member.1.arn");
        }
    }
    // The user's keys: from a file, from variables, from options.
    let home = home(&sts);
    for sdk in SDKS {
        let _ = resolved(&home, &[&["-p", "one", "--no-cache", "--sdk", sdk], &top[..]].concat());
        assert_eq!(sts.only().0, "AssumeRole by AKIAONE");
        let explicit =
            [&["resolve", "--no-cache", "--access-key-id", "AKIAOPT", "--sdk", sdk], &top[..]].concat();
        let (shown, _) = home.run_with_input(&explicit, &format!("{CANARY}\n")).code(0);
        assert!(shown.contains("ASIAT"), "{shown}");
        assert_eq!(sts.only().0, "AssumeRole by AKIAOPT");
    }
}

#[test]
fn a_role_of_a_profile_is_narrowed_for_every_sdk() {
    let sts = Sts::start();
    let home = home(&sts);
    let options =
        ["-p", "r", "--policy", POLICY, "--session-name", "me", "--duration", "15m", "--tag", "a=b"];
    for sdk in SDKS {
        let document = resolved(&home, &[&["--sdk", sdk], &options[..]].concat());
        assert_eq!(document["credentials"]["access_key_id"]["value"], "ASIAR", "{sdk}");
        assert_eq!(document["narrowing"]["by"], "AssumeRole", "{sdk}");
        let calls = sts.take();
        // botocore and AWS CLI share their entries.
        let [call] = &calls[..] else {
            assert_eq!((sdk, calls.len()), ("boto3", 0));
            continue;
        };
        let expected = pairs(&[
            ("DurationSeconds", "900"),
            ("Policy", POLICY),
            ("RoleArn", super::ROLE),
            ("RoleSessionName", "me"),
            ("Tags.member.1.Key", "a"),
            ("Tags.member.1.Value", "b"),
        ]);
        assert_eq!(parameters(call), ("AssumeRole by AKIAONE".to_owned(), expected), "{sdk}");
        let chained = resolved(&home, &["-p", "chained", "--sdk", sdk, "--read-only", "--no-cache"]);
        assert_eq!(chained["credentials"]["access_key_id"]["value"], "ASIAC", "{sdk}");
        let calls: Vec<_> = sts.take().iter().map(parameters).collect();
        let narrowed = |call: &(String, Vec<(String, String)>)| {
            call.1.iter().any(|(name, _)| name.starts_with("PolicyArns"))
        };
        let narrowed: Vec<bool> = calls.iter().map(narrowed).collect();
        assert_eq!(narrowed, [false, true], "{sdk}: {calls:#?}");
    }
}

#[test]
fn a_web_identity_is_narrowed_by_its_own_request() {
    let sts = Sts::start();
    let role = "role_arn = arn:aws:iam::123456789012:role/W\n";
    let config = format!("[profile w]\n{role}web_identity_token_file = token\n");
    let home = home(&sts).config(&config).file("token", format!("{CANARY}-web"));
    let variables = super::home(&sts)
        .file("token", format!("{CANARY}-web"))
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", "token")
        .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/W");
    let options =
        ["--read-only", "--policy-arn", "ReadOnlyAccess", "--duration", "1h", "--session-name", "me"];
    let expected = pairs(&[
        ("DurationSeconds", "3600"),
        ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ("RoleArn", "arn:aws:iam::123456789012:role/W"),
        ("RoleSessionName", "me"),
        ("WebIdentityToken", &format!("{CANARY}-web")),
    ]);
    for sdk in SDKS {
        for (home, choice) in [(&home, &["-p", "w"][..]), (&variables, &[])] {
            let all = [&["--sdk", sdk, "--no-cache"], choice, &options].concat();
            let document = resolved(home, &all);
            assert_eq!(document["narrowing"]["by"], "AssumeRoleWithWebIdentity", "{sdk}");
            assert_eq!(sts.only(), ("AssumeRoleWithWebIdentity by ".to_owned(), expected.clone()), "{sdk}");
            for option in [&["--tag", "a=b"], &["--source-identity", "ada"]] {
                let words = home.run(&[&["whoami", "--sdk", sdk], choice, option].concat()).failure(253);
                let expected = format!("{}: not possible with a web identity", option[0]);
                assert!(words.contains(&expected), "{sdk}: {words}");
            }
            assert_eq!(sts.take().len(), 0);
        }
    }
    // Cached by what narrows it.
    for calls in [1, 0] {
        let _ = resolved(&home, &["-p", "w", "--read-only"]);
        assert_eq!(sts.take().len(), calls);
    }
    let _ = resolved(&home, &["-p", "w"]);
    let (_, form) = sts.only();
    assert_eq!(form.len(), 3, "{form:?}");
    // One more role takes the rest.
    let top = ["-p", "w", "--role-arn", "arn:aws:iam::123456789012:role/T", "--tag", "a=b"];
    let _ = resolved(&home, &top);
    assert_eq!(sts.only().0, "AssumeRole by ASIAW");
}

#[test]
fn a_users_keys_become_a_federated_session() {
    let sts = Sts::start();
    let file = home(&sts);
    let variables =
        super::home(&sts).env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY);
    let options = ["--policy", POLICY, "--session-name", "ada", "--duration", "36h", "--tag", "a=b"];
    let expected = pairs(&[
        ("DurationSeconds", "129600"),
        ("Name", "ada"),
        ("Policy", POLICY),
        ("Tags.member.1.Key", "a"),
        ("Tags.member.1.Value", "b"),
    ]);
    for sdk in SDKS {
        for (home, choice, id) in [(&file, &["-p", "one"][..], "AKIAONE"), (&variables, &[], "AKIAENV")] {
            let document = resolved(home, &[&["--sdk", sdk, "--no-cache"], choice, &options].concat());
            assert_eq!(document["credentials"]["access_key_id"]["value"], format!("ASIAF{id}"), "{sdk}");
            assert_eq!(document["narrowing"]["by"], "GetFederationToken", "{sdk}");
            assert_eq!(sts.only(), (format!("GetFederationToken by {id}"), expected.clone()), "{sdk}");
            for (option, expected) in [
                (&["--duration", "1h"][..], "may do nothing without a policy"),
                (&["--tag", "a=b"], "may do nothing without a policy"),
                (
                    &["--read-only", "--source-identity", "ada"],
                    "--source-identity: not possible for a user's keys",
                ),
            ] {
                let words = home.run(&[&["whoami", "--sdk", sdk], choice, option].concat()).failure(253);
                assert!(words.contains(expected) && words.contains("--role-arn ARN"), "{sdk}: {words}");
            }
            let name = "n".repeat(33);
            let long = [&["whoami", "--sdk", sdk, "--read-only", "--session-name", &name], choice].concat();
            assert!(home.run(&long).failure(252).contains("at most 32"));
            assert_eq!(sts.take().len(), 0);
        }
    }
    // Without a name it gets one.
    let explicit = ["credential-process", "--access-key-id", "AKIAOPT", "--read-only"];
    let shown = file.revealing().run_with_input(&explicit, &format!("{CANARY}\n")).success();
    assert!(shown.contains("ASIAFAKIAOPT"), "{shown}");
    let (what, form) = sts.only();
    assert_eq!(what, "GetFederationToken by AKIAOPT");
    assert!(form[0].1.starts_with("xcred-session-") && form[0].1.len() <= 32, "{form:?}");
}
