//! `xcred exec --serve`: credentials that a command asks for, renewed while it runs.

mod clients;
mod identity;
mod process;
mod renewal;
mod running;

use std::collections::BTreeSet;
use std::fs;

use jiff::{SignedDuration, Timestamp};

use crate::disk::names;
use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use running::Running;

/// A home whose profile `dev` has keys that never expire, and a session token that is part of them in `temp`.
fn home() -> Sandbox {
    let keys = |name: &str, more: &str| {
        format!("[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = {CANARY}\n{more}")
    };
    Sandbox::new()
        .config("[profile dev]\nregion = eu-west-1\n[profile empty]\n")
        .credentials(keys("dev", "") + &keys("temp", &format!("aws_session_token = {CANARY}-token\n")))
}

/// A home whose profile `dev` assumes the role `R`.
fn role(sts: &Loopback) -> Sandbox {
    sts.home()
        .config("[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n")
        .credentials(section("base", "AKIABASE", CANARY))
}

/// The variables of a command, as lines.
fn environment(sandbox: &Sandbox, options: &[&str]) -> BTreeSet<String> {
    let arguments = [&["exec", "-q"], options, &["--", "env", "-0"]].concat();
    let printed = sandbox.run(&arguments).success();
    printed.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn the_environment_is_that_of_plain_exec_but_for_the_credentials() {
    let home = home().env("OTHER", "kept\nas it is").stale().revealing();
    for profile in ["dev", "temp"] {
        let plain = environment(&home, &["-p", profile]);
        let served = environment(&home, &["--serve", "-p", profile]);
        let names = |lines: BTreeSet<&String>| -> Vec<String> {
            lines.iter().map(|line| line.split('=').next().expect("a name").to_owned()).collect()
        };
        let mut keys = vec!["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        keys.extend((profile == "temp").then_some("AWS_SESSION_TOKEN"));
        keys.push("XCRED_KEY_ID");
        assert_eq!(names(plain.difference(&served).collect()), keys);
        assert_eq!(
            names(served.difference(&plain).collect()),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        );
        assert!(served.contains(&format!("XCRED_PROFILE={profile}")), "{served:?}");
        assert!(!served.iter().any(|line| line.contains(CANARY) || line.contains("AKIA")), "{served:?}");
    }
}

#[test]
fn files_whose_default_profile_sdks_would_prefer_are_hidden() {
    let keys = "aws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n";
    let dev = format!("[dev]\n{}", keys.replace("DEFAULT", "DEV"));
    let (config, credentials) = ("AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null");
    let of_java = "AWS_CREDENTIAL_PROFILES_FILE=/dev/null";
    for (in_config, in_credentials, hidden) in [
        ("[default]\nregion = r\ncli_pager =\n", "[default]\n", &[][..]),
        ("", &format!("[default]\n{keys}"), &[credentials]),
        (&format!("[default]\n{keys}"), "", &[config]),
        ("[default]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\n", "", &[config]),
        ("[default]\ncredential_process = false\n", &format!("[default]\n{keys}"), &[config, credentials]),
        ("[default]\nsso_session = corp\n", "[default]\nlogin_session = x\n", &[config, credentials]),
        // What ends the search of some SDKs with an error.
        ("[default]\nsso_region = r\n", "[default]\naws_session_token = t\n", &[config, credentials]),
        ("[default]\nsource_profile = dev\n", "", &[config]),
        (" # comment\n[default]\nregion = r\n", "", &[config]),
        (" [profile q]\n[default]\nregion = r\n", "", &[config]),
        // What only other SDKs read as that section.
        ("", &format!("[ default ]\n{keys}"), &[credentials]),
        ("", &format!("[profile default]\n{keys}"), &[credentials]),
        (&format!("[ default ]\n{keys}"), "", &[config]),
        (&format!("[  profile   default  ]\n{keys}"), "", &[config]),
        (&format!("[default-dev]\n{keys}[profile mydefault]\n{keys}"), "", &[]),
    ] {
        let sandbox = Sandbox::new().config(in_config).credentials(format!("{dev}{in_credentials}"));
        let found = environment(&sandbox, &["--serve", "-p", "dev"]);
        let mut found: Vec<&String> = found.iter().filter(|line| line.ends_with("=/dev/null")).collect();
        // Hidden is also what an SDK refuses to read.
        let has_credentials = !hidden.is_empty() && !in_config.starts_with(' ');
        assert_eq!(found.contains(&&of_java.to_owned()), has_credentials, "{in_config}{in_credentials}");
        found.retain(|line| *line != of_java);
        assert_eq!(found, hidden, "{in_config}{in_credentials}");
        let (_, words) = sandbox.run(&["-v", "exec", "-q", "--serve", "-p", "dev", "true"]).code(0);
        assert!(hidden.iter().all(|line| words.contains(line)), "{words}");
    }
    let boto = Sandbox::new().credentials(&dev).file(".boto", format!("[Credentials]\n{keys}"));
    assert!(environment(&boto, &["--serve", "-p", "dev"]).contains("BOTO_CONFIG=/dev/null"));
    // The SDK for Java 1 doesn't look where the other SDKs are led.
    let other = || Sandbox::new().file("mine", &dev).env("AWS_SHARED_CREDENTIALS_FILE", "mine");
    assert!(!environment(&other(), &["--serve", "-p", "dev"]).contains(of_java));
    let other = other().credentials(format!("[default]\n{keys}"));
    assert!(environment(&other, &["--serve", "-p", "dev"]).contains(of_java));
    let own = env!("CARGO_BIN_EXE_xcred");
    let inside = ["exec", "-q", "--serve", "dev", "--", own, "exec", "-q", "--profile", "dev", "--", "env"];
    assert!(!other.run(&inside).success().contains(of_java));
    // The SDK for Go knows no `~`, and reads a file of that name.
    let tilde = || Sandbox::new().file("mine", &dev).env("AWS_SHARED_CREDENTIALS_FILE", "~/mine");
    assert!(!environment(&tilde(), &["--serve", "-p", "dev"]).contains(credentials));
    let literal = tilde().file("~/mine", format!("[default]\n{keys}"));
    assert!(environment(&literal, &["--serve", "-p", "dev"]).contains(credentials));
    // Whoever asks for the credentials gets the served ones.
    let sandbox = Sandbox::new().credentials(format!("{dev}[default]\n{keys}"));
    let own = env!("CARGO_BIN_EXE_xcred");
    for (arguments, id) in [
        (&["exec", "-q", "--serve", "dev", "--", own, "get", "aws_access_key_id"][..], "AKIADEV\n"),
        (&["exec", "-q", "--serve", "default", "--", own, "get", "aws_access_key_id"], "AKIADEFAULT\n"),
    ] {
        assert_eq!(sandbox.run(arguments).success(), id);
    }
    // A run inside another one knows whose they are.
    let inside =
        ["exec", "-q", "--serve", "dev", "--", own, "exec", "-q", "--serve", "--", own, "exec", "-q", "--"];
    let words = [&inside[..], &["sh", "-c", "echo $XCRED_PROFILE $AWS_ACCESS_KEY_ID"]].concat();
    assert_eq!(sandbox.run(&words).success(), "dev AKIADEV\n");
    // Another profile is found where it is, not where it is hidden, and never stands for the served one.
    let sandbox = sandbox.config("[profile other]\nregion = eu-west-1\n");
    for (asked, expected) in [("default", Some("AKIADEFAULT\n")), ("dev", Some("AKIADEV\n")), ("other", None)]
    {
        let inside = [
            "exec",
            "-q",
            "--serve",
            "dev",
            "--",
            own,
            "exec",
            "-q",
            asked,
            "--",
            "printenv",
            "AWS_ACCESS_KEY_ID",
        ];
        match expected {
            Some(id) => assert_eq!(sandbox.run(&inside).success(), id),
            None => {
                let words = sandbox.run(&inside).failure(253);
                assert!(words.contains("those at hand are served for profile `dev`"), "{words}");
            }
        }
    }
    let listed = sandbox.run(&["exec", "-q", "--serve", "dev", "--", own, "list-profiles"]).success();
    assert_eq!(listed, "other\ndev\ndefault\n");
    // Without a name all that gives or shows credentials has the served ones, as SDKs have.
    for shows in [
        &["configure", "export-credentials"][..],
        &["configure", "list"],
        &["credential-process"],
        &["export-env", "--format", "json"],
        &["resolve"],
        &["get", "--all", "--show-origin"],
        &["whoami"],
        &["console", "--print"],
        &["keys", "list"],
    ] {
        let inside = [&["exec", "-q", "--serve", "dev", "--", own], shows].concat();
        let (_, shown, words) = sandbox.run(&inside).ended();
        assert!(!format!("{shown}{words}").contains("AKIADEFAULT"), "{shows:?}: {shown}{words}");
        assert!(!shown.contains("shared-credentials-file"), "{shows:?}: {shown}");
    }
    let prompt = ["exec", "-q", "--serve", "dev", "--", own, "status", "--prompt"];
    assert_eq!(sandbox.run(&prompt).success(), "dev\n");
    let shown = sandbox.run(&["exec", "-q", "--serve", "dev", "--", own, "status"]).success();
    assert!(shown.starts_with("profile   dev      XCRED_PROFILE\n"), "{shown}");
}

#[test]
fn a_file_that_a_relative_path_names_is_hidden_and_found_from_every_folder() {
    let keys =
        |name: &str| format!("[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = {CANARY}\n");
    let sandbox = Sandbox::new()
        .file("here/config", "[default]\ncredential_process = false\n[profile dev]\n[profile more]\n")
        .file("here/credentials", keys("dev") + &keys("default"))
        .file("elsewhere/here/config", "[profile wrong]\n")
        .env("AWS_CONFIG_FILE", "here/config")
        .env("AWS_SHARED_CREDENTIALS_FILE", "here/../here/credentials");
    let home = fs::canonicalize(sandbox.home()).expect("a folder");
    let variables = environment(&sandbox, &["--serve", "dev"]);
    for (name, path) in
        [("XCRED_CONFIG_FILE", "here/config"), ("XCRED_SHARED_CREDENTIALS_FILE", "here/../here/credentials")]
    {
        assert!(variables.contains(&format!("{name}={}/{path}", home.display())), "{variables:?}");
    }
    let own = env!("CARGO_BIN_EXE_xcred");
    let inside = |script: &str| {
        let script = format!("cd elsewhere && {script}");
        sandbox.run(&["exec", "-q", "--serve", "dev", "--", "sh", "-c", &script, own]).success()
    };
    assert_eq!(inside("\"$0\" list-profiles"), "default\ndev\nmore\n");
    // A run inside it passes them on.
    let again = "\"$0\" exec -q dev -- sh -c 'cd here && \"$1\" list-profiles' sh \"$0\"";
    assert_eq!(inside(again), "default\ndev\nmore\n");
}

#[test]
fn only_who_has_the_address_and_the_token_gets_credentials() {
    let home = home();
    let running = Running::start(&home, &["-p", "temp"]);
    let door = running.door.clone();
    assert!(door.path.len() > 32 && door.token.len() >= 64, "{} {}", door.path, door.token);
    let found = door.credentials();
    assert_eq!(found["AccessKeyId"], "AKIAtemp");
    assert_eq!(found["SecretAccessKey"], CANARY);
    assert_eq!(found["Token"], format!("{CANARY}-token"));
    let right = door.request();
    for (request, status) in [
        (right.replace(&door.token, &door.token.to_uppercase().replace('A', "B")), 403),
        (right.replace("Authorization: ", "Authorization: Bearer "), 403),
        (right.replace(&format!("Authorization: {}\r\n", door.token), ""), 403),
        (right.replace("127.0.0.1", "rebound.example"), 403),
        (right.replace(&format!(":{}", door.port), ""), 403),
        (right.replace("Authorization", "Host : evil.example\r\nAuthorization"), 400),
        (right.replace("Authorization", "X: \0\r\nAuthorization"), 400),
        (right.replace(&door.path, "/"), 404),
        (right.replace(&door.path, "/latest/meta-data/"), 404),
        (right.replace("GET", "POST"), 405),
        (right.replace("GET", "HEAD"), 405),
        (right.replace("GET", "OPTIONS"), 405),
    ] {
        let (found, body) = door.send(&request).expect("a response");
        assert_eq!(found, status, "{request}: {body}");
        assert!(!body.contains(CANARY) && !body.contains("AKIA") && !body.contains(&door.token), "{body}");
    }
    // Each run has its own.
    let other = Running::start(&home, &["-p", "temp"]);
    assert!(other.door.path != door.path && other.door.token != door.token);
    let crossed = right.replace(&format!(":{}", door.port), &format!(":{}", other.door.port));
    assert_eq!(other.door.send(&crossed).expect("a response").0, 404);
}

#[test]
fn keys_that_never_expire_come_with_an_end_and_a_token_as_sdks_require() {
    let running = Running::start(&home(), &["dev"]);
    let found = running.door.credentials();
    assert_eq!((&found["AccessKeyId"], &found["Token"]), (&"AKIAdev".into(), &"".into()));
    let end: Timestamp = found["Expiration"].as_str().expect("text").parse().expect("a time");
    let left = end - Timestamp::now();
    assert!(left.get_seconds() > 3500 && left.get_seconds() <= 3600, "{left}");
    assert!(running.end().errors.is_empty());
}

#[test]
fn no_secret_is_in_the_environment_the_arguments_or_on_the_disk() {
    let sts = Loopback::sts();
    let sandbox = role(&sts);
    let running = Running::start(&sandbox, &["-p", "dev"]);
    let found = running.door.credentials();
    assert_eq!(found["SecretAccessKey"], format!("{CANARY}-of-R"));
    assert_eq!(found["AccountId"], "123456789012");
    for process in [running.command, i32::try_from(running.child.id()).expect("a number")] {
        for file in ["environ", "cmdline"] {
            let text = fs::read(format!("/proc/{process}/{file}")).expect("it can be read");
            let text = String::from_utf8_lossy(&text);
            assert!(!text.contains(CANARY) && !text.contains("ASIAR"), "{file}: {text}");
        }
    }
    let environment = fs::read(format!("/proc/{}/environ", running.command)).expect("it can be read");
    assert!(String::from_utf8_lossy(&environment).contains(&running.door.token));
    let ended = running.end();
    assert_eq!((ended.status.code(), ended.output.as_str(), ended.errors.as_str()), (Some(7), "", ""));
    // Nothing was written at all, neither to the cache, though credentials that others have written there are served.
    assert_eq!(names(sandbox.home()), [".aws"]);
    assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
    let before = sts.count();
    let _ = sandbox.run(&["exec", "-q", "-p", "dev", "true"]).code(0);
    assert_eq!(sts.count(), before + 1);
    let running = Running::start(&sandbox, &["-p", "dev"]);
    assert_eq!(running.door.credentials()["AccessKeyId"], "ASIAR");
    assert_eq!(sts.count(), before + 1);
    let _ = running.end();
}

#[test]
fn without_credentials_or_a_command_that_can_be_run_nothing_is_served() {
    let home = home();
    let words = home.run(&["exec", "-q", "--serve", "-p", "empty", "--", "touch", "ran"]).failure(253);
    assert!(words.starts_with("error: no credentials found"), "{words}");
    assert!(!home.path("ran").exists());
    let words = home.run(&["exec", "-q", "--serve", "dev", "--", "no-such-program"]).failure(127);
    assert!(
        words.starts_with("error: `no-such-program` was not found on PATH\nhelp: check the spelling"),
        "{words}"
    );
    let home = home.file("plain", "no program");
    home.run(&["exec", "-q", "--serve", "dev", "--", "./plain"]).failure(126);
    home.run(&["exec", "-q", "--serve", "dev", "--", "/"]).failure(126);
    let words = home.run(&["exec", "-q", "--serve", "dev", "true"]).failure(252);
    assert!(
        words.contains("`dev` is a profile: `xcred exec --serve --quiet --profile dev -- true`"),
        "{words}"
    );
    let shell = home
        .run_with_input(&["exec", "-q", "--serve", "dev", "--"], "echo \"$0 $XCRED_PROFILE\"\n")
        .success();
    assert_eq!(shell, "/bin/sh dev\n");
}

#[test]
fn a_hundred_clients_at_once_are_served_from_memory() {
    let sts = Loopback::sts_with(SignedDuration::from_hours(1), std::time::Duration::from_millis(100));
    let sandbox = role(&sts);
    let running = Running::start(&sandbox, &["-p", "dev"]);
    let clients: Vec<_> = (0..100)
        .map(|_| {
            let door = running.door.clone();
            std::thread::spawn(move || door.credentials()["AccessKeyId"] == "ASIAR")
        })
        .collect();
    assert!(clients.into_iter().all(|client| client.join().expect("an answer")));
    assert_eq!(sts.count(), 1);
}
