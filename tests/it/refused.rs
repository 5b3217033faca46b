//! Full disks, closed folders and special files: the error is reported, and nothing is written.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::disk::{after, around, is_root, listing, names, set_mode, tell_skipped};
use crate::harness::Sandbox;

/// Every command that reads or edits the files, with the exit code that AWS CLI gives to files it can't read.
const COMMANDS: [(&[&str], i32); 7] = [
    (&["get", "region"], 253),
    (&["get", "--all", "--stored"], 253),
    (&["set", "region", "eu-west-1"], 253),
    (&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"], 253),
    (&["unset", "region"], 253),
    (&["profile", "remove", "default"], 253),
    (&["list-profiles"], 253),
];

/// A home with two profiles in each file.
fn home() -> Sandbox {
    Sandbox::new()
        .config("[default]\nregion = a\n[profile c]\n")
        .credentials("[default]\naws_access_key_id = A\n[k]\n")
}

const CLOSED: &str = "no permission to read";

/// Checks that every command reports the error of the file or folder at `path` and changes nothing. The list has the
/// profiles of the other file. `but` is set in the other file.
#[track_caller]
fn assert_refused(
    sandbox: &Sandbox,
    command: impl Fn() -> Command,
    path: &str,
    what: &str,
    profiles: &str,
    but: &str,
) {
    for (arguments, code) in
        COMMANDS.into_iter().filter(|(arguments, _)| !arguments.starts_with(&["set", but]))
    {
        let mut command = command();
        command.args(arguments);
        let before = listing(sandbox.home());
        let is_list = arguments == ["list-profiles"];
        // What is no file has no profiles, as to botocore. A file that can't be read may have some.
        let goes_on = is_list && what != CLOSED;
        let (code, start) = if goes_on { (0, "warning: ") } else { (code, "error: ") };
        let (stdout, stderr) = sandbox.finish(command, "").code(code);
        let listed = if is_list { profiles } else { "" };
        let named = sandbox.shown(path);
        let told = stderr.starts_with(start) && stderr.contains(&named) && stderr.contains(what);
        assert!(told, "{arguments:?}: {stderr}");
        assert_eq!(stdout, listed, "{arguments:?}");
        assert_eq!(listing(sandbox.home()), before, "{arguments:?}");
    }
}

/// A key that is in the other file.
fn other_key(file: &str) -> &'static str {
    if file == "config" { "aws_access_key_id" } else { "region" }
}

#[test]
fn an_edit_needs_only_the_file_that_it_changes() {
    let key = "AKIAIOSFODNN7EXAMPLE";
    for (name, variable) in [("config", "AWS_CONFIG_FILE"), ("credentials", "AWS_SHARED_CREDENTIALS_FILE")] {
        let set = ["set", other_key(name), key, "-p", "dev"];
        let nothing = Sandbox::new().env(variable, "/dev/null");
        let _ = nothing.run(&set).code(0);
        let _ = nothing.run(&["unset", other_key(name), "-p", "dev"]).code(0);
        let _ = nothing.run(&set).code(0);
        let _ = nothing.run(&["profile", "rename", "dev", "new"]).code(0);
        let _ = nothing.run(&["profile", "remove", "new", "--yes"]).code(0);
        for (what, make) in OBSTACLES {
            let sandbox = Sandbox::new();
            fs::create_dir(sandbox.path(".aws")).unwrap();
            make(&sandbox.path(&format!(".aws/{name}")));
            let _ = sandbox.run(&set).code(0);
            let words = sandbox.run(&["unset", other_key(name), "-p", "dev"]).ended().2;
            assert!(
                words.starts_with("error: ") && words.contains(&sandbox.shown(&format!(".aws/{name}"))),
                "{what}: {words}"
            );
        }
    }
}

type Obstacle = (&'static str, fn(&Path));

/// What may be in the place of a file.
const OBSTACLES: [Obstacle; 4] = [
    ("a folder", |path| fs::create_dir(path).expect("it can be made")),
    ("a loop", |path| symlink(path, path).expect("it can be made")),
    ("a dangling link", |path| symlink("nowhere", path).expect("it can be made")),
    ("a pipe", |path| assert!(Command::new("mkfifo").arg(path).status().expect("it can be made").success())),
];

#[test]
fn a_dry_run_is_refused_as_the_edit_is() {
    let agree = |sandbox: &Sandbox, what: &str| {
        for arguments in
            [&["set", "region", "b"][..], &["unset", "region"], &["profile", "remove", "default"]]
        {
            let run = |more: &[&str]| {
                let mut command = sandbox.unprivileged();
                command.args(arguments).args(more);
                let before = listing(sandbox.home());
                let ended = sandbox.finish(command, "").ended();
                assert_eq!(listing(sandbox.home()), before, "{what}");
                ended
            };
            let (rehearsed, shown, words) = run(&["--dry-run"]);
            let (code, _, told) = run(&[]);
            assert!(code != Some(0) && shown.is_empty(), "{what}, {arguments:?}: {shown}");
            assert_eq!((rehearsed, words), (code, told), "{what}, {arguments:?}");
        }
    };
    let sandbox = home();
    set_mode(&sandbox.path(".aws/config"), 0o444);
    agree(&sandbox, "a read-only file");
    for (what, make) in OBSTACLES {
        let sandbox = home();
        fs::remove_file(sandbox.path(".aws/config")).unwrap();
        make(&sandbox.path(".aws/config"));
        agree(&sandbox, what);
    }
    let sandbox = home();
    fs::remove_file(sandbox.path(".aws/config")).unwrap();
    set_mode(&sandbox.path(".aws"), 0o555);
    let words = |more: &[&str]| {
        let mut command = sandbox.unprivileged();
        command.args(["set", "region", "b"]).args(more);
        sandbox.finish(command, "").failure(255)
    };
    assert_eq!(words(&["--dry-run"]), words(&[]));
    set_mode(&sandbox.path(".aws"), 0o700);
}

#[test]
fn a_folder_in_place_of_a_file_is_reported() {
    for (name, profiles) in [("config", "default\nk\n"), ("credentials", "default\nc\n")] {
        let (sandbox, path) = (home(), format!(".aws/{name}"));
        fs::remove_file(sandbox.path(&path)).unwrap();
        fs::create_dir(sandbox.path(&path)).unwrap();
        assert_refused(&sandbox, || sandbox.command(), &path, "is a folder", profiles, other_key(name));
    }
}

#[test]
fn a_dangling_link_is_a_missing_file_that_cannot_be_written() {
    for (name, profiles) in [("config", "default\nk\n"), ("credentials", "default\nc\n")] {
        // A circular link is an error: the file may exist.
        let (sandbox, path) = (home(), format!(".aws/{name}"));
        fs::remove_file(sandbox.path(&path)).unwrap();
        symlink(name, sandbox.path(&path)).unwrap();
        assert_refused(&sandbox, || sandbox.command(), &path, "symbolic link", profiles, other_key(name));
        for (leads_to, what) in
            [("nowhere", "nowhere`, which doesn't exist"), ("no/folder/x", "x`, which doesn't exist")]
        {
            let (sandbox, path) = (home(), format!(".aws/{name}"));
            fs::remove_file(sandbox.path(&path)).unwrap();
            symlink(leads_to, sandbox.path(&path)).unwrap();
            let before = listing(sandbox.home());
            // As in botocore.
            assert_eq!(sandbox.run(&["list-profiles"]).code(0).0, profiles);
            let region = if name == "config" { (1, "") } else { (0, "a\n") };
            assert_eq!(sandbox.run(&["get", "region"]).code(region.0).0, region.1);
            let key = if name == "config" { "region" } else { "aws_access_key_id" };
            for arguments in [&["set", key, "b"][..], &["profile", "rename", "default", "other"]] {
                let words = sandbox.run(arguments).failure(253);
                let named = words.starts_with("error: ") && words.contains(&sandbox.shown(&path));
                assert!(named && words.contains(what), "{arguments:?}: {words}");
            }
            assert_eq!(listing(sandbox.home()), before);
        }
    }
}

#[test]
fn an_unreadable_file_or_folder_is_reported() {
    for (name, profiles) in [("config", "default\nk\n"), ("credentials", "default\nc\n")] {
        let (sandbox, path) = (home(), format!(".aws/{name}"));
        set_mode(&sandbox.path(&path), 0o000);
        assert_refused(&sandbox, || sandbox.unprivileged(), &path, CLOSED, profiles, "");
    }
    let sandbox = home();
    set_mode(&sandbox.path(".aws"), 0o000);
    for arguments in [&["get", "region"][..], &["set", "region", "eu-west-1"], &["profile", "remove", "c"]] {
        let mut command = sandbox.unprivileged();
        command.args(arguments);
        let words = sandbox.finish(command, "").failure(253);
        assert!(words.contains("no permission to read") && words.contains("/.aws"), "{words}");
    }
    set_mode(&sandbox.path(".aws"), 0o700);
    assert_eq!(names(&sandbox.path(".aws")), ["config", "credentials"]);
}

#[test]
fn a_read_only_file_or_folder_is_reported() {
    for (file, folder, blamed) in [(0o400, 0o700, ".aws/config"), (0o600, 0o500, ".aws")] {
        let sandbox = home();
        set_mode(&sandbox.path(".aws/config"), file);
        set_mode(&sandbox.path(".aws"), folder);
        if folder == 0o500 {
            // An existing file could be written in place.
            fs::remove_file(sandbox.path(".aws/config")).unwrap_or_else(|_| {
                set_mode(&sandbox.path(".aws"), 0o700);
                fs::remove_file(sandbox.path(".aws/config")).unwrap();
                set_mode(&sandbox.path(".aws"), folder);
            });
        }
        for arguments in
            [&["set", "region", "b"][..], &["unset", "region"], &["profile", "rename", "default", "other"]]
        {
            if folder == 0o500 && arguments[0] != "set" {
                continue;
            }
            let mut command = sandbox.unprivileged();
            command.args(arguments);
            let before = listing(sandbox.home());
            let words = sandbox.finish(command, "").failure(255);
            let named = format!("error: `{}` is not writable\n", sandbox.shown(blamed));
            assert!(words.starts_with(&named) && words.contains("Permission denied"), "{words}");
            assert_eq!(listing(sandbox.home()), before);
        }
        set_mode(&sandbox.path(".aws"), 0o700);
    }
    // The folder is missing and can't be created.
    let sandbox = Sandbox::new();
    set_mode(sandbox.home(), 0o555);
    let mut command = sandbox.unprivileged();
    command.args(["set", "region", "eu-west-1"]);
    let before = listing(sandbox.home());
    let words = sandbox.finish(command, "").failure(255);
    let named = format!("error: `{}` is not writable\n", sandbox.shown(".aws"));
    assert!(words.starts_with(&named) && words.contains("Permission denied"), "{words}");
    assert_eq!(listing(sandbox.home()), before);
}

#[test]
fn a_file_in_place_of_the_folder_is_reported() {
    let sandbox = Sandbox::new().file(".aws", "not a folder");
    for (arguments, code) in [(&["list-profiles"][..], 0), (&["get", "region"], 1)] {
        let (printed, words) = sandbox.run(arguments).code(code);
        assert!(printed.is_empty() && words.contains("`~/.aws` is a file, not a folder"), "{printed}{words}");
    }
    let words = sandbox.run(&["set", "region", "eu-west-1"]).failure(253);
    assert!(words.contains("/.aws` is a file, not a folder"), "{words}");
    assert_eq!(sandbox.read(".aws"), "not a folder");
}

#[test]
fn a_device_is_an_empty_file_that_cannot_be_saved() {
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "/dev/null");
    assert_eq!(sandbox.run(&["get", "region"]).code(1), (String::new(), String::new()));
    let words = sandbox.run(&["set", "region", "eu-west-1"]).failure(253);
    assert!(
        words.starts_with("error: `/dev/null` is a device, a pipe or a socket, not a regular file"),
        "{words}"
    );
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn a_working_folder_that_was_removed_is_not_taken_for_another_program() {
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "conf");
    let mut command = sandbox.command();
    command.args(["set", "region", "eu-west-1"]);
    let words = sandbox.finish(after("mkdir gone && cd gone && rmdir ../gone", &command), "").failure(255);
    assert!(words.contains("`conf` is relative to the working folder, which was removed"), "{words}");
}

#[test]
fn an_edit_beyond_the_file_size_limit_is_reported_and_leaves_no_trace() {
    let sandbox = Sandbox::new().config("# long\n".repeat(1000));
    let config = sandbox.path(".aws/config");
    let before = listing(&config);
    let mut command = sandbox.command();
    command.args(["set", "region", "eu-west-1"]);
    let named = format!("error: `{}` can't be saved\n", sandbox.shown(".aws/config"));
    // Where it isn't ignored, the signal would kill the process.
    for preparation in ["trap '' XFSZ; ulimit -f 1", "ulimit -c 0; ulimit -f 1", "ulimit -c 0; ulimit -f 0"] {
        let words = sandbox.finish(after(preparation, &command), "").failure(255);
        assert!(words.starts_with(&named) && words.contains("File too large"), "{preparation}: {words}");
        let now = (listing(&config), names(&sandbox.path(".aws")));
        assert_eq!(now, (before.clone(), vec!["config".to_owned()]), "{preparation}");
    }

    // A file that is written in place.
    fs::hard_link(&config, sandbox.path("other")).unwrap();
    let before = listing(&config);
    let words = sandbox.finish(after("ulimit -c 0; ulimit -f 1", &command), "").failure(255);
    assert!(words.contains("can't be saved safely") && words.contains("File too large"), "{words}");
    assert_eq!((listing(&config), names(&sandbox.path(".aws"))), (before, vec!["config".to_owned()]));
    sandbox.finish(after("ulimit -f 100", &command), "").success();
}

#[test]
fn full_and_read_only_disks_are_reported_and_leave_no_trace() {
    let sandbox = home();
    let command = sandbox.command();
    // A disk of three pages, in a mount namespace that ends with the shell.
    let script = r#"
        cp .aws/config .aws/credentials . &&
        mount -t tmpfs -o size=12k,mode=700 none .aws && cp config credentials .aws || exit 99
        try() { "$0" "$@" || echo "exit $?"; ls -A .aws; cmp config .aws/config; cmp credentials .aws/credentials; }
        try profile rename default other
        cp config .aws/filler
        try set region eu-west-1
        rm .aws/filler
        mount -o remount,bind,ro .aws
        try set region eu-west-1
    "#;
    let namespaces = if is_root() { "-m" } else { "-rm" };
    let mut shell = around("unshare", &[namespaces, "/bin/sh", "-c", script], &command);
    shell.arg(command.get_program());
    let (code, stdout, stderr) = sandbox.finish(shell, "").ended();
    if code.is_none_or(|code| code != 0) && !stderr.contains("error: ") {
        // Many containers don't allow mounts, even with `CI` set. Injected faults then are the only test.
        return tell_skipped("the test on a full disk", &stderr);
    }
    let names = "config\ncredentials\n";
    assert_eq!(stdout, format!("exit 255\n{names}exit 255\n{names}filler\nexit 255\n{names}"), "{stderr}");
    let (config, credentials) = (sandbox.shown(".aws/config"), sandbox.shown(".aws/credentials"));
    let full = "  caused by: No space left on device (os error 28)\n";
    assert_eq!(
        stderr,
        format!(
            "error: `{credentials}` can't be saved\n{full}error: `{config}` can't be saved\n{full}\
             error: `{config}` is not writable\n  caused by: Read-only file system (os error 30)\n\
             help: mount its file system for writing, or name another file\n"
        )
    );
}

#[test]
fn the_help_for_a_closed_folder_is_a_command_after_which_it_works() {
    for (closed, mode, made, code) in
        [("", 0o500, false, 255), (".aws", 0o500, true, 255), (".aws", 0o000, true, 253)]
    {
        let sandbox = Sandbox::new();
        if made {
            fs::create_dir(sandbox.path(".aws")).unwrap();
        }
        set_mode(&sandbox.path(closed), mode);
        let run = || {
            let mut command = sandbox.unprivileged();
            command.args(["set", "region", "eu-west-1"]);
            sandbox.finish(command, "")
        };
        let words = run().failure(code);
        let help = words.lines().find(|line| line.starts_with("help: ")).expect("a help");
        let command = help.split('`').nth(1).expect("a command");
        assert_eq!(
            command,
            format!("chmod u+rwx {}", sandbox.path(closed).to_str().unwrap().trim_end_matches('/'))
        );
        assert!(Command::new("sh").args(["-c", command]).status().unwrap().success(), "{command}");
        run().success();
        assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
    }
}

#[test]
fn the_help_for_a_folder_of_somebody_else_makes_one_and_leaves_theirs() {
    if !is_root() {
        tell_skipped("a home of another user", "only root can make one");
        return;
    }
    let sandbox = Sandbox::new();
    let mut command = sandbox.unprivileged();
    std::os::unix::fs::lchown(sandbox.home(), Some(0), Some(0)).unwrap();
    set_mode(sandbox.home(), 0o755);
    command.args(["set", "region", "eu-west-1"]);
    let words = sandbox.finish(command, "").failure(255);
    let folder = sandbox.path(".aws");
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(sandbox.home()).unwrap());
    assert_eq!(owner, 0);
    let makes = format!("help: create its folder: `sudo install -d -m 700 -o 65534 {}`", folder.display());
    assert!(words.contains(&makes), "{words}");
}

#[test]
fn what_is_in_a_closed_folder_of_somebody_else_is_left_and_the_folder_is_named() {
    if !is_root() {
        tell_skipped("a folder of another user", "only root can make one");
        return;
    }
    let sandbox = Sandbox::new().config("[default]\n");
    let mut command = sandbox.unprivileged();
    let folder = sandbox.path(".aws");
    fs::create_dir(folder.join("below")).unwrap();
    std::os::unix::fs::lchown(&folder, Some(0), Some(0)).unwrap();
    set_mode(&folder, 0o700);
    command.env("AWS_CONFIG_FILE", folder.join("below/config")).args(["set", "region", "eu-west-1"]);
    let words = sandbox.finish(command, "").failure(253);
    let gives = format!("its folder belongs to root; make it yours: `sudo chown 65534 {}`", folder.display());
    assert!(words.contains(&gives), "{words}");
}

#[test]
fn the_help_gives_nobody_a_folder_of_the_system() {
    if !is_root() {
        tell_skipped("a folder of the system", "only root can make one");
        return;
    }
    let outside = tempfile::tempdir().unwrap();
    set_mode(outside.path(), 0o755);
    for path in ["config", "new/config"] {
        let sandbox = Sandbox::new();
        let mut command = sandbox.unprivileged();
        command.env("AWS_CONFIG_FILE", outside.path().join(path)).args(["set", "region", "eu-west-1"]);
        let words = sandbox.finish(command, "").failure(255);
        let looks = format!("see who has access to its folder: `ls -ld {}`", outside.path().display());
        assert!(words.contains(&looks) && !words.contains("sudo"), "{words}");
    }
}
