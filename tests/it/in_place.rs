//! Files that can't be replaced: mounted files, files with several names, in closed folders, or of another user. They are
//! written in place, completely, and no files are left beside them.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::process::Command;

use crate::disk::{around, is_root, mode, names, set_mode, tell_skipped};
use crate::harness::{CANARY, Sandbox};

/// A home whose files come from a folder `host`.
fn home() -> Sandbox {
    Sandbox::new()
        .file("host/config", "[default]\nregion = a\n[profile p]\nsource_profile = default\n")
        .file("host/credentials", format!("[default]\naws_secret_access_key = {CANARY}\n"))
        .config("")
        .credentials("")
}

/// Runs a shell script in its own mount namespace, with the program as `$0`. Returns its output, or `None` where mounts are
/// not allowed.
fn among_mounts(sandbox: &Sandbox, script: &str) -> Option<(String, String)> {
    let command = sandbox.command();
    let namespaces = if is_root() { "-m" } else { "-rm" };
    let script = format!("mount --bind host/config host/config || exit 99\n{script}");
    let mut shell = around("unshare", &[namespaces, "/bin/sh", "-c", &script], &command);
    shell.arg(command.get_program());
    let (code, stdout, stderr) = sandbox.finish(shell, "").ended();
    if code == Some(99) || stderr.starts_with("unshare:") {
        // Many containers don't allow mounts, even with `CI` set.
        tell_skipped("a test with mounts", &stderr);
        return None;
    }
    Some((stdout, stderr))
}

#[test]
fn a_mounted_file_is_edited_in_place() {
    for mounts in [&["config"][..], &["credentials"], &["config", "credentials"]] {
        let sandbox = home();
        for name in ["config", "credentials"] {
            set_mode(&sandbox.path(&format!("host/{name}")), 0o600);
            fs::copy(sandbox.path(&format!("host/{name}")), sandbox.path(&format!(".aws/{name}"))).unwrap();
        }
        let inodes = ["config", "credentials"]
            .map(|name| fs::metadata(sandbox.path("host").join(name)).unwrap().ino());
        let mut script = mounts.iter().fold(String::new(), |script, name| {
            script
                + &format!(
                    "mount --bind host/{name} .aws/{name} || exit 99
"
                )
        });
        script += r#"
            "$0" set region eu-west-1 && "$0" set output json -p p && "$0" unset region &&
            "$0" set region us-west-2 && "$0" profile rename default other && "$0" set aws_access_key_id AKIAIOSFODNN7EXAMPLE -p other
            cat .aws/config; ls -A .aws
            find .local -type f 2>/dev/null
        "#;
        let Some((stdout, stderr)) = among_mounts(&sandbox, &script) else { return };
        let config =
            "[profile other]\nregion = us-west-2\n[profile p]\nsource_profile = other\noutput = json\n";
        assert!(
            stderr.lines().all(|line| line.contains("/.aws/config:") || line.starts_with("renamed ")),
            "{stderr}"
        );
        assert_eq!(stdout, format!("{config}config\ncredentials\n"), "{mounts:?} {stderr}");
        for (name, inode) in ["config", "credentials"].into_iter().zip(inodes) {
            let path = sandbox.path("host").join(name);
            assert_eq!((fs::metadata(&path).unwrap().ino(), mode(&path)), (inode, 0o600));
            let text = sandbox.read(&format!("host/{name}"));
            assert_eq!(text.contains("other]"), mounts.contains(&name), "{text}");
        }
    }
}

#[test]
fn a_link_to_a_mounted_file_is_followed() {
    let sandbox = home();
    fs::remove_file(sandbox.path(".aws/config")).unwrap();
    symlink("../dotfiles/aws config", sandbox.path(".aws/config")).unwrap();
    let sandbox = sandbox.file("dotfiles/aws config", "");
    let script = r#"
        mount --bind host/config "dotfiles/aws config" || exit 99
        "$0" set region eu-west-1 && "$0" get region
        "$0" unset region; "$0" get region || echo none
        ls -A dotfiles .aws
    "#;
    let Some((stdout, stderr)) = among_mounts(&sandbox, script) else { return };
    assert_eq!(
        (stdout.as_str(), stderr.as_str()),
        ("eu-west-1\nnone\n.aws:\nconfig\ncredentials\n\ndotfiles:\naws config\n", "")
    );
    assert_eq!(sandbox.read("host/config"), "[default]\n[profile p]\nsource_profile = default\n");
}

#[test]
fn a_mounted_file_that_cannot_be_saved_safely_is_refused_with_help() {
    let sandbox = home().env("XDG_STATE_HOME", "/proc/nowhere");
    // The folder is a read-only disk, and the file in it is writable.
    let script = r#"
        mount -t tmpfs none .aws && touch .aws/config && mount --bind host/config .aws/config &&
        mount -o remount,bind,ro .aws || exit 99
        "$0" set region eu-west-1
        export XDG_STATE_HOME="$PWD/state"
        "$0" set region eu-west-1 && "$0" get region
        mount -o remount,bind,ro .aws/config
        "$0" set region eu-west-2
    "#;
    let Some((stdout, stderr)) = among_mounts(&sandbox, script) else { return };
    let config = sandbox.shown(".aws/config");
    let refused = format!(
        "error: `{config}` can't be saved safely: it is itself a mount point, and no backup of its old \
         contents can be written\n  caused by: Read-only file system (os error 30)\nhelp: mount its folder instead, or edit \
         the file that it is mounted from\n"
    );
    assert!(stderr.starts_with(&refused), "{stderr}");
    assert!(stderr[refused.len()..].starts_with(&format!("error: `{config}` is not writable\n")), "{stderr}");
    assert_eq!((stdout.as_str(), names(&sandbox.path("state/xcred/saves"))), ("eu-west-1\n", vec![]));
    assert!(sandbox.read("host/config").contains("region = eu-west-1\n"));
}

fn run(sandbox: &Sandbox, mut command: Command, arguments: &[&str]) -> String {
    command.args(arguments);
    sandbox.finish(command, "").success()
}

#[test]
fn a_writable_file_in_a_closed_folder_is_edited() {
    for folder in [0o500, 0o100] {
        let sandbox = home().config("[default]\nregion = a\n");
        set_mode(&sandbox.path(".aws"), folder);
        for (region, text) in [
            ("eu-west-1", "[default]\nregion = eu-west-1\n"),
            ("us-west-2", "[default]\nregion = us-west-2\n"),
        ] {
            assert_eq!(run(&sandbox, sandbox.unprivileged(), &["set", "region", region]), "");
            assert_eq!(sandbox.read_config(), text);
        }
        assert_eq!(names(&sandbox.path(".local/state/xcred/saves")), [""; 0]);
        set_mode(&sandbox.path(".aws"), 0o700);
        assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
    }
}

#[test]
fn a_group_writable_file_keeps_its_owner() {
    if !is_root() {
        return; // Only root can change the owner of a file.
    }
    let sandbox = home().config("[default]\nregion = a\n");
    let command = sandbox.unprivileged();
    std::os::unix::fs::chown(sandbox.path(".aws/config"), Some(12), Some(65534)).unwrap();
    set_mode(&sandbox.path(".aws/config"), 0o664);
    assert_eq!(run(&sandbox, command, &["set", "region", "eu-west-1"]), "");
    let found = fs::metadata(sandbox.path(".aws/config")).unwrap();
    assert_eq!((found.uid(), found.gid(), mode(&sandbox.path(".aws/config"))), (12, 65534, 0o664));
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
    assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
}

#[test]
fn hard_links_are_kept() {
    let sandbox = home().config("[profile a]\nregion = a\n").credentials("[a]\naws_access_key_id = A\n");
    for name in ["config", "credentials"] {
        fs::hard_link(sandbox.path(".aws").join(name), sandbox.path(&format!("dot-{name}"))).unwrap();
    }
    let _ = sandbox.run(&["profile", "rename", "a", "b"]).success_with_words();
    sandbox.run(&["set", "region", "eu-west-1", "-p", "b"]).success();
    assert_eq!(sandbox.read("dot-config"), "[profile b]\nregion = eu-west-1\n");
    assert_eq!(sandbox.read("dot-credentials"), "[b]\naws_access_key_id = A\n");
    for name in ["config", "credentials"] {
        let inode = |path: &str| fs::metadata(sandbox.path(path)).unwrap().ino();
        assert_eq!(inode(&format!(".aws/{name}")), inode(&format!("dot-{name}")));
    }
    assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
}

#[test]
fn edits_through_two_names_wait_for_each_other() {
    let sandbox = home().config("[default]\n").file("other/x", "");
    fs::hard_link(sandbox.path(".aws/config"), sandbox.path("other/config")).unwrap();
    let children: Vec<_> = (0..30)
        .map(|n| {
            let mut command = sandbox.command();
            command.args(["set", &format!("key{n}"), "v"]);
            if n % 2 == 1 {
                command.env("AWS_CONFIG_FILE", sandbox.path("other/config"));
            }
            command.spawn().expect("the program starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    let text = sandbox.read_config();
    assert!((0..30).all(|n| text.contains(&format!("\nkey{n} = v\n"))), "{text}");
    assert_eq!((text.lines().count(), sandbox.read("other/config")), (31, text.clone()));
}

#[test]
fn what_configure_writes_to_one_file_with_two_names_stays() {
    const ROLE: &str = "arn:aws:iam::123456789012:role/a";
    let of_role =
        ["configure", "role", "--role-arn", ROLE, "--credential-source", "Environment", "--no-input"];
    let whole = "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    for names in ["link", "hard link", "variable", "another spelling"] {
        let sandbox = Sandbox::new().config(format!("{whole}region = eu-west-1\noutput = json\n"));
        set_mode(&sandbox.path(".aws/config"), 0o600);
        let (config, credentials) = (sandbox.path(".aws/config"), sandbox.path(".aws/credentials"));
        let sandbox = match names {
            "link" => symlink("config", &credentials).map(|()| sandbox),
            "hard link" => fs::hard_link(&config, &credentials).map(|()| sandbox),
            "variable" => Ok(sandbox.env("AWS_SHARED_CREDENTIALS_FILE", config.to_str().unwrap())),
            _ => Ok(sandbox.env("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/../.aws/config")),
        }
        .unwrap();
        let _ = sandbox.run_with_input(&["configure"], "\n\nus-east-1\ntext\n").success_with_words();
        let expected = format!("{whole}region = us-east-1\noutput = text\n");
        assert_eq!(sandbox.read_config(), expected, "{names}");
        let _ = sandbox.run(&[&of_role[..], &["-p", "default"]].concat()).success_with_words();
        assert!(sandbox.read_config().contains(&format!("\nrole_arn = {ROLE}\n")), "{names}");
    }
    // Two sections of one profile are still two.
    let sandbox = Sandbox::new().config("[profile dev]\nregion = a\n[dev]\nregion = b\n");
    symlink("config", sandbox.path(".aws/credentials")).unwrap();
    let _ =
        sandbox.run(&[&of_role[..], &["-p", "dev", "--region", "us-east-1"]].concat()).success_with_words();
    assert!(
        sandbox.read_config().starts_with("[profile dev]\nregion = us-east-1\n"),
        "{}",
        sandbox.read_config()
    );
    assert!(sandbox.read_config().ends_with("[dev]\n"), "{}", sandbox.read_config());
}

#[test]
fn the_halves_of_a_profile_are_two_sections_of_one_file_and_no_other_profiles() {
    let sandbox = Sandbox::new().config("[profile dev]\nregion = eu-west-1\n");
    set_mode(&sandbox.path(".aws/config"), 0o600);
    symlink("config", sandbox.path(".aws/credentials")).unwrap();
    let keys = ["configure", "-p", "dev", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--secrets-from-stdin"];
    let secret = format!("{}\n", "s".repeat(40));
    let (_, words) = sandbox.run_with_input(&keys, &secret).success_with_words();
    assert!(
        words.starts_with("wrote aws_access_key_id, aws_secret_access_key in ~/.aws/config [dev]\nnext: "),
        "{words}"
    );
    let whole = sandbox.read_config();
    assert!(whole.starts_with("[profile dev]\nregion = eu-west-1\n[dev]\naws_access_key_id = "), "{whole}");
    for edit in [
        &["set", "output", "json", "-p", "neu"][..],
        &["set", "s3.endpoint_url", "http://localhost", "--services", "loc"],
        &["set", "services", "loc", "-p", "neu"],
        // The other half comes first.
        &["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "-p", "ops"],
        &["set", "aws_secret_access_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "-p", "ops"],
        &["set", "region", "eu-west-1", "-p", "ops"],
        &["profile", "copy", "neu", "new"],
        &["profile", "rename", "new", "other"],
    ] {
        let (code, _, words) = sandbox.run(edit).ended();
        let is_visible = words.contains("visible to other users");
        assert!(code == Some(0) && (is_visible || !words.contains("warning")), "{edit:?}: {words}");
    }
    assert_eq!(sandbox.run(&["doctor"]).success(), "4 profiles checked: 0 errors, 0 warnings, 0 notes\n");
    // As botocore lists them.
    let listed = sandbox.run(&["list-profiles"]).success();
    assert!(listed.lines().any(|name| name == "profile neu"), "{listed}");
    for (name, rest) in [("other", 7), ("neu", 5), ("ops", 3), ("dev", 1)] {
        let _ = sandbox.run(&["profile", "remove", name]).success_with_words();
        assert_eq!(sandbox.run(&["list-profiles"]).success().lines().count(), rest, "{name}");
    }
}

#[test]
fn a_first_profile_in_one_file_is_written_as_it_was_shown() {
    let secret = format!("{}\n", "s".repeat(40));
    let keys = [
        "configure",
        "--access-key-id",
        "AKIAIOSFODNN7EXAMPLE",
        "--secrets-from-stdin",
        "--region",
        "eu-west-1",
    ];
    for before in ["", "[profile q]\noutput = json\n"] {
        let sandbox = Sandbox::new().config(before);
        set_mode(&sandbox.path(".aws/config"), 0o600);
        symlink("config", sandbox.path(".aws/credentials")).unwrap();
        let shown = sandbox.run_with_input(&[&keys[..], &["--dry-run"]].concat(), &secret).success();
        let added: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix('+')).skip(1).collect();
        assert_eq!(
            (sandbox.read_config(), added[0], added.len()),
            (before.to_owned(), "[default]", 4),
            "{shown}"
        );
        let _ = sandbox.run_with_input(&keys, &secret).success_with_words();
        let expected = format!("{before}{}\n", added.join("\n")).replace(&"*".repeat(8), secret.trim());
        assert_eq!(sandbox.read_config(), expected);
    }
}

#[test]
fn a_finding_in_one_file_with_two_names_is_told_once() {
    let sandbox = Sandbox::new().config("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n");
    set_mode(&sandbox.path(".aws/config"), 0o600);
    symlink("config", sandbox.path(".aws/credentials")).unwrap();
    let (code, stdout, _) = sandbox.run(&["doctor"]).ended();
    assert_eq!((code, stdout.matches("config:2").count()), (Some(1), 1), "{stdout}");
}
