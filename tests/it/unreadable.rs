//! A file of profiles that exists and can't be read: no command falls back to other credentials.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::{Value, json};

use crate::disk::{around, is_root, set_mode, tell_skipped};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::peers::python;

/// Every command that needs credentials or the contents of the files.
const COMMANDS: &[&[&str]] = &[
    &["export-env"],
    &["export-env", "--format", "json"],
    &["exec", "--", "env"],
    &["credential-process"],
    &["whoami"],
    &["status"],
    &["configure", "list"],
    &["configure", "export-credentials"],
    &["resolve"],
    &["get", "aws_access_key_id"],
    &["get", "aws_secret_access_key"],
    &["get", "region"],
    &["get", "--all"],
    &["keys", "list"],
    &["keys", "rotate", "--yes"],
];

/// A role whose base keys have the profile's own name in the credentials file.
fn home() -> Sandbox {
    Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .config("[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/Small\nsource_profile = dev\nregion = eu-west-1\n[default]\nregion = eu-west-1\n")
        .credentials(format!("[dev]\naws_access_key_id = AKIABASE\naws_secret_access_key = {CANARY}\n[default]\naws_access_key_id = AKIABASE\naws_secret_access_key = {CANARY}\n"))
}

/// Makes a file unreadable, even for root: it links to itself.
fn break_file(sandbox: &Sandbox, path: &str) {
    fs::remove_file(sandbox.path(path)).expect("it is there");
    symlink(sandbox.path(path), sandbox.path(path)).expect("a link can be made");
}

/// Checks that every command fails, names the file and a fix, and prints no keys.
#[track_caller]
fn assert_refused(sandbox: &Sandbox, options: &[&str], path: &str, command: impl Fn() -> Command) {
    for arguments in COMMANDS {
        let mut command = command();
        // The options are in front of the command that `exec` runs.
        let (verb, rest) = arguments.split_first().expect("a verb");
        command.arg(verb).args(if *verb == "keys" { &rest[..1] } else { &[] }).args(options);
        command.args(if *verb == "keys" { &rest[1..] } else { rest });
        let (stdout, stderr) = sandbox.finish(command, "").code(253);
        let blamed = sandbox.shown(path);
        assert!(stderr.contains("error: ") && stderr.contains(&blamed), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("circle"), "{arguments:?}: {stderr}");
        assert!(!stdout.contains("AKIABASE") && !stdout.contains("AWS_"), "{arguments:?}: {stdout}");
    }
}

#[test]
fn an_invalid_file_never_leads_to_other_credentials() {
    for path in [".aws/config", ".aws/credentials"] {
        let sandbox = home();
        break_file(&sandbox, path);
        assert_refused(&sandbox, &["-p", "dev"], path, || sandbox.command());
        assert_refused(&sandbox, &[], path, || sandbox.command());
        let sandbox = home().env("AWS_PROFILE", "dev");
        break_file(&sandbox, path);
        assert_refused(&sandbox, &[], path, || sandbox.command());
    }
}

#[test]
fn an_unreadable_file_never_leads_to_other_credentials() {
    for path in [".aws/config", ".aws/credentials"] {
        let sandbox = home();
        set_mode(&sandbox.path(path), 0o000);
        assert_refused(&sandbox, &["-p", "dev"], path, || sandbox.unprivileged());
    }
    let sandbox = home();
    set_mode(&sandbox.path(".aws"), 0o000);
    assert_refused(&sandbox, &["-p", "dev"], ".aws/config", || sandbox.unprivileged());
    set_mode(&sandbox.path(".aws"), 0o700);
}

#[test]
fn a_file_that_is_too_large_never_leads_to_other_credentials() {
    let sandbox = home();
    let file = fs::OpenOptions::new().write(true).open(sandbox.path(".aws/config")).expect("it opens");
    file.set_len((1 << 30) + 1).expect("a file with a hole");
    let words = sandbox.run(&["credential-process", "-p", "dev"]).failure(253);
    assert!(words.contains("is larger than 1 GiB\nhelp: "), "{words}");
}

/// To boto3 such a file is empty, and `--sdk boto3` answers as it does. It still says so.
#[test]
fn what_boto3_cannot_read_is_empty_to_it() {
    type Break = fn(&Sandbox);
    // The library itself may be closed to the user for whom the file is.
    let code = "import os, botocore.session as s\nsession = s.Session(profile='dev')\n\
                if os.geteuid() == 0: os.setuid(65534)\nprint(session.get_credentials().method)";
    let botocore = |sandbox: &Sandbox| {
        let command = around(python()?, &["-I", "-c", code], &sandbox.unprivileged());
        Some(sandbox.finish(command, "").success())
    };
    let breaks: [(&str, Break); 3] = [
        ("a loop", |sandbox| break_file(sandbox, ".aws/config")),
        ("a folder", |sandbox| {
            fs::remove_file(sandbox.path(".aws/config")).expect("it is there");
            fs::create_dir(sandbox.path(".aws/config")).expect("a folder can be made");
        }),
        ("a closed file", |sandbox| set_mode(&sandbox.path(".aws/config"), 0o000)),
    ];
    for (what, make) in breaks {
        let sandbox = home();
        make(&sandbox);
        if let Some(method) = botocore(&sandbox) {
            assert_eq!(method, "shared-credentials-file\n", "{what}");
        }
        let mut command = sandbox.unprivileged();
        command.args(["resolve", "dev", "--sdk", "boto3", "--offline", "--format", "json"]);
        let document = json_of(&sandbox.finish(command, "").success());
        assert_eq!(document["credentials"]["provider"], "shared-credentials-file", "{what}: {document}");
        let warning = &document["warnings"][0];
        assert_eq!(warning["code"], "unreadable-file", "{what}: {document}");
        let path = sandbox.path(".aws/config").display().to_string();
        assert_eq!(warning["origin"], json!({"from": "file", "path": path}), "{what}: {document}");
    }
}

/// It chooses whose rules are followed, and not to lose a role.
#[test]
fn the_setting_for_an_sdk_hands_out_nothing_beside_an_unreadable_file() {
    for (sdk, path) in [("boto3", ".aws/config"), ("boto3", ".aws/credentials"), ("java", ".aws/config")] {
        let sandbox =
            home().file(".config/xcred/config.toml", format!("sdk = \"{sdk}\"\n")).env("AWS_PROFILE", "dev");
        break_file(&sandbox, path);
        for arguments in [
            &["export-env"][..],
            &["exec", "--", "env"],
            &["credential-process"],
            &["console", "--print"],
            &["whoami"],
            &["configure", "export-credentials"],
        ] {
            let (stdout, stderr) = sandbox.run(arguments).code(253);
            assert!(stderr.contains(&sandbox.shown(path)), "{sdk} {arguments:?}: {stderr}");
            assert!(!stdout.contains("AKIABASE"), "{sdk} {arguments:?}: {stdout}");
        }
    }
    let sandbox = home().file(".config/xcred/config.toml", "sdk = \"boto3\"\n");
    break_file(&sandbox, ".aws/config");
    let (_, words) = sandbox.run(&["status", "dev"]).success_with_words();
    assert!(words.contains("such as a role or keys that would come first"), "{words}");
    // Keys of the environment depend on no file.
    let sandbox =
        sandbox.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY).revealing();
    let (printed, words) = sandbox.run(&["credential-process"]).success_with_words();
    assert!(printed.contains("AKIAENV") && words.contains("the region, are ignored"), "{words}");
}

#[test]
fn doctor_says_what_is_in_the_way() {
    let sandbox = Sandbox::new().file(".aws", "x");
    let (shown, _) = sandbox.run(&["doctor"]).code(1);
    let reported = "warning: `~/.aws` is a file, not a folder: AWS CLI, boto3 and xcred read nothing from it\n    help: move it away\n";
    assert!(shown.starts_with(reported) && shown.matches("~/.aws").count() == 1, "{shown}");
    let words = sandbox.run(&["set", "region", "x"]).failure(253);
    assert_eq!(words, "error: `~/.aws` is a file, not a folder\nhelp: move it away\n");
    let sandbox = home();
    break_file(&sandbox, ".aws/config");
    let (shown, _) = sandbox.run(&["doctor", "--format", "json"]).code(1);
    let document = json_of(&shown);
    let finding = &document["findings"][0];
    assert!(
        finding["message"].as_str().is_some_and(|text| text.ends_with("leads back to itself")),
        "{shown}"
    );
    let path = sandbox.path(".aws/config").display().to_string();
    assert_eq!(finding["origin"], json!({"from": "file", "path": path}));
}

#[test]
fn json_is_one_document_that_names_the_file() {
    let sandbox = home();
    break_file(&sandbox, ".aws/config");
    let (stdout, stderr) = sandbox.run(&["resolve", "--format", "json", "-p", "dev"]).code(253);
    let document = json_of(&stdout);
    assert_eq!((stderr.as_str(), &document["credentials"]), ("", &Value::Null));
    assert_eq!(document["error"]["code"], "io", "{document}");
    assert!(document["error"]["message"].as_str().is_some_and(|text| text.contains("/.aws/config")));
}

#[test]
fn keys_that_do_not_depend_on_files_are_printed_with_a_warning() {
    for path in [".aws/config", ".aws/credentials"] {
        let sandbox =
            home().env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY).revealing();
        break_file(&sandbox, path);
        for arguments in [&["export-env"][..], &["exec", "--", "env"], &["credential-process"], &["resolve"]]
        {
            let (stdout, stderr) = sandbox.run(arguments).success_with_words();
            let used: String = stdout.lines().filter(|line| !line.contains(" overrides ")).collect();
            assert!(used.contains("AKIAENV") && !used.contains("AKIABASE"), "{arguments:?}: {stdout}");
            assert!(stderr.starts_with("warning: "), "{arguments:?}: {stderr}");
            assert!(stderr.contains(path) && stderr.contains("are ignored"), "{arguments:?}: {stderr}");
        }
        for arguments in
            [&["get", "aws_access_key_id"][..], &["get", "--all"], &["status"], &["configure", "list"]]
        {
            let (stdout, stderr) = sandbox.run(arguments).success_with_words();
            assert!(!stdout.contains("AKIABASE"), "{arguments:?}: {stdout}");
            assert_eq!(stderr.matches("are ignored").count(), 1, "{arguments:?}: {stderr}");
        }
        // The region is that of the other file, if it has one.
        let (_, _, words) = sandbox.run(&["get", "region"]).ended();
        assert!(words.contains(path) && words.contains("are ignored"), "{words}");
        // The request isn't sent: the address of the service is this machine's.
        let sandbox =
            sandbox.env("AWS_ENDPOINT_URL", "http://127.0.0.1:1").env("AWS_DEFAULT_REGION", "eu-west-1");
        for arguments in [&["keys", "list"][..], &["keys", "last-used", "AKIAIOSFODNN7EXAMPLE"]] {
            let words = sandbox.run(arguments).failure(255);
            assert!(words.matches("are ignored").count() == 1 && words.contains("no connection"), "{words}");
        }
        // The named profile may be in that file, and what the files hold is in it.
        for arguments in [
            &["credential-process", "-p", "default"][..],
            &["get", "region", "-p", "default"],
            &["get", "default.region"],
            &["get", "region", "--stored"],
            &["keys", "list", "-p", "default"],
            &["keys", "rotate", "--yes"],
        ] {
            let words = sandbox.run(arguments).failure(253);
            assert!(words.contains(path), "{arguments:?}: {words}");
        }
        let sandbox = sandbox.env("AWS_PROFILE", "default");
        assert!(sandbox.run(&["credential-process"]).failure(253).contains(path));
    }
}

#[test]
fn a_guard_may_be_for_a_profile_that_could_not_be_read() {
    let sandbox = home().env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY).revealing();
    let sandbox = sandbox.file(".config/xcred/config.toml", "[profiles.Dev]\nconfirm = true\n");
    let words = sandbox.run(&["credential-process"]).failure(253);
    assert!(words.contains("config.toml:2: "), "`dev` was meant: {words}");
    break_file(&sandbox, ".aws/config");
    let (stdout, stderr) = sandbox.run(&["credential-process"]).success_with_words();
    assert!(stdout.contains("AKIAENV") && !stderr.contains("config.toml"), "{stdout}{stderr}");
}

#[test]
fn keys_given_by_option_need_no_file() {
    let sandbox = home().revealing();
    break_file(&sandbox, ".aws/credentials");
    let given = sandbox.run_with_input(&["credential-process", "--access-key-id", "AKIAOPTION"], "secret\n");
    let (stdout, stderr) = given.success_with_words();
    assert!(stdout.contains("AKIAOPTION") && stderr.starts_with("warning: "), "{stdout}{stderr}");
}

#[test]
fn the_list_has_the_readable_profiles_and_fails() {
    for arguments in
        [&["list-profiles"][..], &["list-profiles", "--long"], &["list-profiles", "--format", "json"]]
    {
        let sandbox = home();
        set_mode(&sandbox.path(".aws/config"), 0o000);
        let mut command = sandbox.unprivileged();
        command.args(arguments);
        let (stdout, stderr) = sandbox.finish(command, "").code(253);
        assert!(
            stdout.contains("dev") && stderr.contains("error: ") && stderr.contains("/.aws/config"),
            "{stdout}{stderr}"
        );
        // As with a pipe in its place, to AWS CLI and boto3 there is no such file.
        let sandbox = home();
        break_file(&sandbox, ".aws/config");
        let (stdout, stderr) = sandbox.run(arguments).success_with_words();
        let told = "/.aws/config` is a symbolic link that leads back to itself: AWS CLI, boto3 and xcred read nothing from it";
        assert!(
            stdout.contains("dev") && stderr.starts_with("warning: ") && stderr.contains(told),
            "{stdout}{stderr}"
        );
    }
}

/// What may be in the file is neither missing nor half.
#[test]
fn doctor_reports_nothing_about_what_it_could_not_read() {
    let sandbox = Sandbox::new()
        .env("AWS_PROFILE", "there")
        .config(
            "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/o\nsource_profile = base\n\
             [profile ops2]\nrole_arn = arn:aws:iam::123456789012:role/o\nsource_profile = there\n\
             [profile base]\nregion = eu-west-1\n[profile half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        )
        .credentials("");
    fs::remove_file(sandbox.path(".aws/credentials")).expect("it is there");
    fs::create_dir(sandbox.path(".aws/credentials")).expect("a folder can be made");
    let (shown, _) = sandbox.run(&["doctor"]).code(1);
    assert_eq!(
        shown,
        "error: `~/.aws/credentials` is a folder, not a file\n    help: name another file with AWS_SHARED_CREDENTIALS_FILE\n\
         4 profiles checked: 1 error, 0 warnings, 0 notes\n"
    );
}

#[test]
fn what_may_be_in_a_file_that_cannot_be_read_is_not_missing() {
    let role = "role_arn = arn:aws:iam::123456789012:role/o\n";
    let mfa = "mfa_serial = arn:aws:iam::123456789012:mfa/me\n";
    let profiles = format!(
        "[a]\n{role}[b]\nsource_profile = a\n[c]\nsso_session = corp\nsso_account_id = 123456789012\n\
         sso_role_name = Admin\n[d]\nservices = x\n[e]\ncredential_process = aws sts --profile nosuch\n[f]\n{mfa}[g]\n\
         sso_start_url = https://corp.awsapps.com/start\nsso_account_id = 123456789012\n[h]\n{role}source_profile = i\n\
         [i]\n{mfa}aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
    );
    let sandbox = Sandbox::new().credentials(&profiles).file("bin/aws", "#!/bin/sh\n");
    set_mode(&sandbox.path("bin/aws"), 0o755);
    let path = sandbox.path("bin").display().to_string();
    let sandbox = sandbox.env("PATH", &path);
    let missing = |words: &str| words.contains("`nosuch`") && words.contains("`corp`");
    assert!(missing(&sandbox.run(&["doctor"]).code(1).0));
    fs::create_dir(sandbox.path(".aws/config")).expect("a folder can be made");
    let (shown, _) = sandbox.run(&["doctor"]).code(1);
    let (errors, warnings): (Vec<&str>, Vec<&str>) = (
        shown.lines().filter(|line| line.starts_with("error:")).collect(),
        shown.lines().filter(|line| line.starts_with("warning:")).collect(),
    );
    assert_eq!(errors, ["error: `~/.aws/config` is a folder, not a file"], "{shown}");
    assert!(warnings.is_empty(), "{warnings:?}");
    // Half a pair in the environment is whole nowhere else.
    let sandbox = sandbox.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    let (shown, _) = sandbox.run(&["doctor"]).code(1);
    assert!(shown.contains("the environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"), "{shown}");
}

#[test]
fn other_unreadable_files_end_the_chain_too() {
    // After boto's file comes a container's role.
    let elsewhere = |sandbox: Sandbox| {
        sandbox
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/")
            .env("AWS_EC2_METADATA_DISABLED", "true")
    };
    let sandbox = elsewhere(Sandbox::new()).file(".boto", "x");
    break_file(&sandbox, ".boto");
    let words = sandbox.run(&["credential-process"]).failure(253);
    assert!(words.contains("/.boto` can't be read") && words.contains("BOTO_CONFIG"), "{words}");
    let sandbox = elsewhere(Sandbox::new()).file("b", "x");
    break_file(&sandbox, "b");
    let path = sandbox.path("b").display().to_string();
    let words = sandbox.env("BOTO_CONFIG", &path).run(&["credential-process"]).failure(253);
    assert!(words.contains("/b` can't be read"), "{words}");

    // The sign-in exists, so the user need not sign in again.
    let sso = "[default]\nsso_start_url = https://corp\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = R\n";
    // The name is the digest of the start URL, as in AWS CLI.
    let cache = ".aws/sso/cache/d5cd2b8b2e0e9d0f.json";
    let sandbox = elsewhere(Sandbox::new()).config(sso).file(cache, "x");
    let folder = sandbox.path(".aws/sso/cache");
    fs::remove_file(sandbox.path(cache)).expect("it is there");
    fs::remove_dir(&folder).expect("it is empty");
    symlink(&folder, &folder).expect("a link can be made");
    let words = sandbox.run(&["credential-process"]).failure(253);
    assert!(words.contains("/.aws/sso/cache") && !words.contains("signed in"), "{words}");
}

#[test]
fn a_system_file_of_the_administrator_is_ignored() {
    if !is_root() {
        return tell_skipped("the test of a closed boto.cfg", "it needs root");
    }
    let sandbox = Sandbox::new();
    let command = sandbox.command();
    let script = r#"
        mount -t tmpfs none /etc && printf '[Credentials]\naws_access_key_id = A\n' > /etc/boto.cfg && chmod 600 /etc/boto.cfg || exit 99
        exec setpriv --reuid 65534 --regid 65534 --clear-groups "$0" resolve --format json
    "#;
    let mut shell = around("unshare", &["-m", "/bin/sh", "-c", script], &command);
    shell.arg(command.get_program());
    shell.env("AWS_EC2_METADATA_DISABLED", "true").env("HOME", "/nonexistent");
    let (code, stdout, stderr) = sandbox.finish(shell, "").ended();
    if code == Some(99) || stderr.starts_with("unshare:") {
        return tell_skipped("the test of a closed boto.cfg", &stderr);
    }
    let document: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    assert_eq!(document["error"]["code"], "no-credentials", "{document:#}");
}

#[test]
fn a_home_folder_that_another_user_keeps_closed_has_no_files() {
    if !is_root() {
        return tell_skipped("the test of another user's home folder", "it needs root");
    }
    let sandbox = Sandbox::new().config("[default]\nregion = us-east-1\n").revealing();
    let settings = sandbox.path(".config/xcred/config.toml");
    fs::create_dir_all(settings.parent().expect("it has a folder")).expect("it can be made");
    fs::write(&settings, "sdk = \"nothing\"\n").expect("it can be written");
    let run = |home: &str, mode| {
        set_mode(sandbox.home(), mode);
        let command = sandbox.command();
        let other = ["--reuid", "12345", "--regid", "12345", "--clear-groups"];
        let mut shell = around("setpriv", &other, &command);
        shell.arg(command.get_program()).args(["exec", "-q", "--", "printenv", "AWS_ACCESS_KEY_ID"]);
        shell.env("HOME", sandbox.path(home)).env("AWS_ACCESS_KEY_ID", "AKIA");
        shell.env("AWS_SECRET_ACCESS_KEY", CANARY).env("AWS_EC2_METADATA_DISABLED", "true");
        sandbox.finish(shell, "").ended()
    };
    for home in ["", ".aws"] {
        let (code, stdout, stderr) = run(home, 0o700);
        assert!((code, &*stdout) == (Some(0), "AKIA\n"), "{home}: {stdout}{stderr}");
    }
    // It may have guards.
    assert_eq!(run("", 0o755).0, Some(253));
    set_mode(settings.parent().expect("a folder"), 0o700);
    assert_eq!(run("", 0o755).0, Some(253));
}

/// A profile that has other credentials without its config file.
fn role_of_dev() -> Sandbox {
    home().env("AWS_PROFILE", "dev").revealing()
}

#[test]
fn a_file_that_is_taken_for_missing_is_warned_of() {
    let replaced = |replace: &dyn Fn(&std::path::Path)| {
        let sandbox = role_of_dev();
        let config = sandbox.path(".aws/config");
        fs::remove_file(&config).expect("it is there");
        replace(&config);
        sandbox
    };
    let fifo = |path: &std::path::Path| {
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(made.success());
    };
    let link = |path: &std::path::Path| symlink("/nowhere/config", path).expect("a link can be made");
    let typo = role_of_dev();
    let missing = typo.path("typo").display().to_string();
    for (sandbox, reason) in [
        (replaced(&fifo), "is a device, a pipe or a socket"),
        (replaced(&link), "is a symbolic link to `/nowhere/config`, which doesn't exist"),
        (typo.env("AWS_CONFIG_FILE", &missing), "AWS_CONFIG_FILE names ~/typo, which doesn't exist"),
        (role_of_dev().env("AWS_CONFIG_FILE", "/dev/zero"), "is a device, a pipe or a socket"),
    ] {
        // As in botocore, the keys of the credentials file are left.
        for arguments in [&["export-env"][..], &["exec", "--", "true"], &["credential-process"], &["status"]]
        {
            let (_, words) = sandbox.run(arguments).success_with_words();
            assert_eq!(words.matches(reason).count(), 1, "{arguments:?}: {words}");
        }
        let (stdout, _) = sandbox.run(&["doctor"]).code(1);
        assert!(stdout.contains(reason), "{stdout}");
    }
    for nothing in ["/dev/null", ""] {
        let sandbox = role_of_dev().env("AWS_CONFIG_FILE", nothing);
        let (_, _, words) = sandbox.run(&["export-env"]).ended();
        assert!(!words.contains("AWS_CONFIG_FILE names") && !words.contains("is a device"), "{words}");
    }
    // Tests of SDKs name no file to keep to themselves, and have keys in the environment.
    let alone = Sandbox::new().env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY);
    let alone = alone.revealing().env("AWS_CONFIG_FILE", "/nonexistent");
    alone.run(&["export-env"]).success();
    assert!(alone.run(&["doctor"]).code(1).0.contains("AWS_CONFIG_FILE names /nonexistent"));
}
