//! An edit keeps the links, owners and modes of files, and reading changes nothing.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;

use crate::disk::{after, listing, mode, names, set_mode};
use crate::harness::Sandbox;

#[test]
fn the_target_of_a_link_is_edited_and_the_link_is_kept() {
    for (link, leads_to, real) in [
        (".aws/config", "../dotfiles/aws", "dotfiles/aws"),
        (".aws/config", "real", ".aws/real"),
        (".aws/config", "{home}/dotfiles/aws", "dotfiles/aws"),
        // The folder is a link, too.
        (".aws", "dotfiles", "dotfiles/config"),
    ] {
        let sandbox = Sandbox::new().file(real, "[default]\nregion = a\n").file(".keep/x", "");
        let leads_to = leads_to.replace("{home}", &sandbox.home().display().to_string());
        let link = sandbox.path(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(&leads_to, &link).unwrap();
        sandbox.run(&["set", "region", "eu-west-1"]).success();
        sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"]).success();
        assert_eq!(fs::read_link(&link).unwrap(), Path::new(&leads_to));
        assert_eq!(sandbox.read(real), "[default]\nregion = eu-west-1\n");
        assert!(sandbox.read_credentials().contains("AKIA"));
        assert_eq!(fs::symlink_metadata(sandbox.path(real)).unwrap().nlink(), 1);
        let hidden = |path: &Path| path.to_string_lossy().contains("xcred-");
        assert!(!listing(sandbox.home()).keys().any(|path| hidden(path)));
    }
}

#[test]
fn modes_and_owners_are_kept_under_any_umask() {
    for umask in ["000", "022", "077", "777"] {
        for kept in [0o600, 0o640, 0o644, 0o400, 0o666, 0o604] {
            let mut sandbox = Sandbox::new().config("[default]\n").credentials("[default]\n");
            if kept & 0o200 != 0 {
                sandbox = sandbox.owned_by_another(".aws/config").owned_by_another(".aws/credentials");
            } else if !crate::disk::is_root() {
                continue; // Only root may write to a read-only file.
            }
            let facts = |name: &str| {
                let found = fs::metadata(sandbox.path(name)).unwrap();
                (found.uid(), found.gid(), mode(&sandbox.path(name)))
            };
            let both = [".aws/config", ".aws/credentials"];
            for name in both {
                set_mode(&sandbox.path(name), kept);
            }
            let before = both.map(facts);
            for arguments in [&["set", "region", "eu-west-1"][..], &["profile", "rename", "default", "b"]] {
                let mut command = sandbox.command();
                command.args(arguments);
                let _ = sandbox.finish(after(&format!("umask {umask}"), &command), "").code(0);
                assert_eq!(both.map(facts), before, "{umask} {arguments:?}");
            }
        }
    }
}

#[test]
fn new_files_and_folders_are_private_under_any_umask() {
    for umask in ["000", "022", "077"] {
        let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "~/.config/aws/config");
        for arguments in
            [&["set", "region", "eu-west-1"][..], &["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"]]
        {
            let mut command = sandbox.command();
            command.args(arguments);
            sandbox.finish(after(&format!("umask {umask}"), &command), "").success();
        }
        for (path, wanted) in [
            (".config", 0o700),
            (".config/aws", 0o700),
            (".config/aws/config", 0o600),
            (".aws", 0o700),
            (".aws/credentials", 0o600),
        ] {
            assert_eq!(mode(&sandbox.path(path)), wanted, "{path} under {umask}");
        }
    }
}

#[test]
fn an_edit_that_changes_nothing_touches_nothing() {
    let config = "[default]\nregion = eu-west-1\n[profile p]\n";
    let sandbox = Sandbox::new().config(config).credentials("[default]\naws_access_key_id = A\n");
    let before = listing(sandbox.home());
    for arguments in [
        &["set", "region", "eu-west-1"][..],
        &["unset", "output"],
        &["unset", "region", "-p", "p"],
        &["set", "region", "b", "--dry-run"],
        &["profile", "remove", "default", "--dry-run"],
    ] {
        let _ = sandbox.run(arguments).code(0);
        assert_eq!(listing(sandbox.home()), before, "{arguments:?}");
    }
    // Only the file that changes is written.
    let file = |path: &str| listing(&sandbox.path(path));
    let credentials = file(".aws/credentials");
    sandbox.run(&["set", "region", "eu-west-3"]).success();
    assert_eq!(file(".aws/credentials"), credentials);
    let config = file(".aws/config");
    sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"]).success();
    assert_eq!(file(".aws/config"), config);
}

#[test]
fn an_interrupted_edit_is_found_and_what_becomes_of_it_is_said() {
    let killed = || {
        Sandbox::new()
            .config("[default]\nregion = eu-west-1\n")
            .credentials("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n")
            .file(".aws/.credentials.xcred-new", "[default]\n")
    };
    let undone = "warning: an edit of `~/.aws/credentials` was interrupted, and is undone now\n";
    let sandbox = killed();
    let found = "an edit of `~/.aws/credentials` was interrupted, and waits to be completed or undone";
    let (text, _) = sandbox.run(&["doctor"]).code(1);
    assert!(text.contains(found) && text.contains("`xcred doctor --fix` does"), "{text}");
    let (_, words) = sandbox.run(&["set", "output", "json"]).success_with_words();
    assert_eq!(words, undone);
    sandbox.run(&["set", "output", "text"]).success();
    // Of an edit whose first file is another one by now, half may be saved.
    let sandbox = killed();
    std::fs::remove_file(sandbox.path(".aws/.credentials.xcred-new")).expect("a file");
    sandbox.put(".aws/.credentials.xcred-with-1-2", "[default]\n");
    let (_, words) = sandbox.run(&["set", "output", "json"]).success_with_words();
    assert!(words.contains("this part of the edit is dropped") && !words.contains("undone"), "{words}");
    // In one warning for both files.
    let sandbox = killed().file(".aws/.config.xcred-new", "");
    let (_, words) = sandbox.run(&["set", "output", "json"]).success_with_words();
    let both = ["`~/.aws/config` and `~/.aws/credentials`", "`~/.aws/credentials` and `~/.aws/config`"];
    let both = both.map(|both| format!("warning: an edit of {both} was interrupted, and is undone now\n"));
    assert!(both.contains(&words), "{words}");
    let sandbox = killed();
    let (_, words) = sandbox.run(&["doctor", "--fix", "--dry-run"]).code(1);
    assert!(
        words.contains("the interrupted edit of `~/.aws/credentials` would be completed or undone"),
        "{words}"
    );
    assert!(!words.contains("nothing to repair"), "{words}");
    let (_, words) = sandbox.run(&["doctor", "--fix"]).success_with_words();
    assert!(words.ends_with(undone) && !words.contains("nothing to repair"), "{words}");
    let _ = sandbox.run(&["doctor"]).code(0);
}

#[test]
fn reading_leaves_no_trace() {
    let empty = Sandbox::new();
    let folder = Sandbox::new().file(".aws/.keep", "");
    let files = Sandbox::new()
        .config("[default]\nregion = a\n")
        .credentials("[default]\naws_access_key_id = A\n")
        // Reading doesn't settle killed edits.
        .file(".aws/.config.xcred-new", "[default]\nregion = b\n")
        .file(".aws/.credentials.xcred-with-1-2", "[default]\naws_access_key_id = B\n");
    let broken = Sandbox::new().config("[default]\nregion\n");
    for sandbox in [empty, folder, files, broken] {
        for (of_home, of_folder) in [(0o700, 0o700), (0o555, 0o555)] {
            if sandbox.path(".aws").exists() {
                set_mode(&sandbox.path(".aws"), of_folder);
            }
            set_mode(sandbox.home(), of_home);
            let commands: [&[&str]; 11] = [
                &["get", "region"],
                &["get", "--all"],
                &["get", "--all", "--stored", "--format", "json"],
                &["get", "region", "-p", "nobody"],
                &["list-profiles"],
                &["list-profiles", "--long", "-v"],
                &["list-profiles", "--format", "json"],
                &["set", "region", "eu-west-1", "--dry-run"],
                &["unset", "region", "--dry-run"],
                &["--help"],
                &["--version"],
            ];
            for arguments in commands {
                let mut command = sandbox.unprivileged();
                command.args(arguments);
                let before = listing(sandbox.home());
                let (code, _, stderr) = sandbox.finish(command, "").ended();
                // A dry run is refused as the edit would be.
                let is_refused = code == Some(255) && arguments.contains(&"--dry-run");
                assert!(is_refused || matches!(code, Some(0 | 1 | 253)), "{arguments:?}: {stderr}");
                assert_eq!(listing(sandbox.home()), before, "{arguments:?}");
            }
        }
        set_mode(sandbox.home(), 0o700);
        assert!(names(sandbox.home()).iter().all(|name| name == ".aws"));
    }
}
