//! The manual pages: the committed ones, what the program prints, and their examples.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use xcred::internals::Cli;
use xcred::internals::manual::{examples, pages};

use crate::committed::assert_folder_is_current;
use crate::harness::{Sandbox, unwrapped};
use crate::missing::is_missing;
use crate::terminal::Terminal;

fn all_pages() -> BTreeMap<String, String> {
    pages(Cli::definition())
}

#[test]
fn the_committed_manual_pages_are_those_of_the_command_line() {
    assert_folder_is_current("man", &all_pages());
}

#[test]
fn groff_has_nothing_to_complain_of() {
    if is_missing("groff") {
        return;
    }
    for (name, page) in all_pages() {
        let mut groff = Process::new("groff");
        groff.args(["-man", "-Tutf8", "-ww", "-z"]).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut groff = groff.spawn().expect("groff starts");
        groff.stdin.take().expect("a pipe").write_all(page.as_bytes()).expect("groff reads");
        let output = groff.wait_with_output().expect("groff ends");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {output:?}");
    }
}

#[test]
fn man_prints_a_page_by_its_command_or_its_name() {
    let (sandbox, pages) = (Sandbox::new(), all_pages());
    for (arguments, page) in [
        (&["man"][..], "xcred.1"),
        (&["man", "xcred"], "xcred.1"),
        (&["man", "get"], "xcred-get.1"),
        (&["man", "configure", "role"], "xcred-configure-role.1"),
        (&["man", "xcred-configure-role"], "xcred-configure-role.1"),
        (&["man", "man"], "xcred-man.1"),
    ] {
        assert!(sandbox.run(arguments).success() == pages[page], "{arguments:?}");
    }
    let (stdout, stderr) = sandbox.run(&["man", "configure", "rol"]).code(252);
    assert_eq!(stdout, "");
    assert_eq!(
        sandbox.run(&["man", "nosuch"]).failure(252),
        "error: xcred has no command `nosuch`\nhelp: `xcred help` lists the commands\n"
    );
    assert!(
        stderr.contains("no command `configure rol`") && stderr.contains("xcred man configure-role"),
        "{stderr}"
    );
}

#[test]
fn a_terminal_shows_the_page_through_man() {
    let man = "#!/bin/sh\necho \"man $*\"\ngrep -c '^.TH XCRED-GET 1'\n";
    let sandbox = Sandbox::new().file("bin/man", man);
    let allow = |sandbox: &Sandbox| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(sandbox.path("bin/man"), mode).expect("the mode can be set");
    };
    allow(&sandbox);
    let path = format!("{}:/usr/bin:/bin", sandbox.path("bin").display());
    let sandbox = sandbox.env("PATH", &path);
    let shown = Terminal::run(&sandbox, &["man", "get"]).end(0);
    assert_eq!(shown, "man -l -\r\n1\r\n");
    // Not a byte of roff source where `man` can't show it, or is missing.
    sandbox.put("bin/man", "#!/bin/sh\necho 'invalid option' >&2\nexit 2\n");
    allow(&sandbox);
    let shown = Terminal::run(&sandbox, &["man", "get"]).end(252);
    let help = format!("`xcred man --output {}`", sandbox.path(".cargo/share/man/man1").display());
    assert!(
        shown.contains("`man -l -` could not show the page") && unwrapped(&shown).contains(&help),
        "{shown}"
    );
    let shown = Terminal::run_by(&sandbox, r#"PATH=/nowhere "$@""#, &["man"]).end(252);
    assert!(!shown.contains(".TH") && unwrapped(&shown).contains("`man` was not found on PATH"), "{shown}");
}

#[test]
fn man_writes_all_pages_to_a_folder() {
    let sandbox = Sandbox::new().file("share/man1/xcred.1", "an older one");
    sandbox.run(&["man", "--output", "share/man1"]).success();
    sandbox.run(&["man", "-o", "new/man1"]).success();
    for (name, page) in all_pages() {
        assert_eq!(sandbox.read(&format!("share/man1/{name}")), page);
        assert_eq!(sandbox.read(&format!("new/man1/{name}")), page);
    }
    // What has a page's name is replaced, and nothing behind a link.
    let sandbox = Sandbox::new().file("victim", "mine").file("pages/x", "");
    std::os::unix::fs::symlink("../victim", sandbox.path("pages/xcred.1")).expect("a link");
    std::os::unix::fs::symlink("nowhere", sandbox.path("pages/.xcred.1.xcred-new")).expect("a link");
    sandbox.run(&["man", "--output", "pages"]).success();
    assert_eq!((sandbox.read("victim").as_str(), sandbox.path("pages/nowhere").exists()), ("mine", false));
    assert_eq!(sandbox.read("pages/xcred.1"), all_pages()["xcred.1"]);
    let sandbox = Sandbox::new().file("file", "");
    let (_, stderr) = sandbox.run(&["man", "--output", "file/man1"]).code(255);
    assert!(stderr.contains("can't be saved"), "{stderr}");
}

/// The text of a page's section.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let start = if name.contains(' ') { format!("\n.SH \"{name}\"\n") } else { format!("\n.SH {name}\n") };
    let rest = page.split(&start).nth(1).unwrap_or_default();
    rest.split("\n.SH ").next().unwrap_or_default()
}

#[test]
fn each_page_has_the_exit_statuses_of_its_command() {
    let pages = all_pages();
    for (page, codes) in [
        ("xcred-get.1", &[0, 1, 130, 252, 253, 254, 255][..]),
        ("xcred-resolve.1", &[0, 130, 252, 253, 254, 255]),
        ("xcred-whoami.1", &[0, 130, 252, 253, 254, 255]),
        ("xcred-exec.1", &[0, 126, 127, 130, 252, 253, 254, 255]),
        ("xcred-keys-rotate.1", &[0, 130, 252, 253, 254, 255]),
        ("xcred-keys-list.1", &[0, 1, 130, 252, 253, 254, 255]),
        ("xcred-doctor.1", &[0, 1, 252, 253, 255]),
        ("xcred-configure-role.1", &[0, 130, 252, 253, 255]),
        ("xcred-list-profiles.1", &[0, 252, 253, 255]),
        ("xcred-profile-copy.1", &[0, 252, 253, 255]),
        ("xcred-config-get.1", &[0, 1, 252, 253, 255]),
        ("xcred-config-set.1", &[0, 252, 253, 255]),
        ("xcred-man.1", &[0, 252, 255]),
    ] {
        let status = section(&pages[page], "EXIT STATUS");
        let found =
            status.lines().filter_map(|line| line.strip_prefix("\\fB")?.strip_suffix("\\fR")?.parse().ok());
        let mut found: Vec<u8> = found.collect();
        // One exit status can have several meanings.
        found.dedup();
        assert_eq!(found, codes, "{page}");
    }
    assert!(section(&pages["xcred-resolve.1"], "EXIT STATUS").contains("no credentials"));
    assert!(!section(&pages["xcred-resolve.1"], "EXIT STATUS").contains("edit"));
}

/// What a command touches on the disk is on its page.
#[test]
fn each_page_names_the_files_of_its_command() {
    let pages = all_pages();
    for (page, files) in [
        ("xcred-list-profiles.1", &["~/.aws/config", "~/.aws/credentials"][..]),
        (
            "xcred-whoami.1",
            &["~/.aws/cli/cache/", "~/.aws/sso/cache/", "~/.aws/login/cache/", "config.toml", "boto"],
        ),
        ("xcred-keys-rotate.1", &["xcred/rotations/", "xcred/saves/", ".NAME.xcred"]),
        ("xcred-set.1", &["xcred/saves/", ".NAME.xcred"]),
        ("xcred-config-set.1", &["config.toml", "xcred/saves/"]),
        ("xcred-doctor.1", &["~/.aws/config", "~/.aws/sso/cache/"]),
    ] {
        let section = section(&pages[page], "FILES").replace("\\-", "-");
        for file in files {
            assert!(section.contains(file), "{page}: {file}");
        }
    }
    assert_eq!(section(&pages["xcred-man.1"], "FILES"), "");
    assert!(!section(&pages["xcred-config-set.1"], "FILES").contains(".aws"));
}

/// The home that the examples are about.
fn home() -> Sandbox {
    let sandbox = Sandbox::new()
        .config(
            "[default]\nregion = eu-west-1\n[profile dev]\nregion = eu-west-1\ns3 =\n    addressing_style = path\n\
             [profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = dev\n",
        )
        .credentials("[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = c4n4ry/DoNotShow+Me\n")
        .file(".config/xcred/config.toml", "[cache]\nroles = true\n")
        .file("accessKeys.csv", "Access key ID,Secret access key\nAKIAI44QH8DHBEXAMPLE,c4n4ry/DoNotShow+Me\n");
    sandbox.revealing().env("SECRET", "c4n4ry/DoNotShow+Me")
}

/// The command as it is on the page: without its roff, as a terminal shows it.
fn shown(page: &str, about: &str) -> String {
    let text = page.replace("\\-", "-").replace("\\*(Aq", "'").replace("\\fB", "").replace("\\fR", "");
    let example =
        text.split(&format!(".TP\n{about}\n.nf\n")).nth(1).unwrap_or_else(|| panic!("{about}:\n{text}"));
    example.lines().next().unwrap_or_default().replace("\\\\", "\\")
}

#[test]
fn every_page_has_examples_that_work() {
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder").display().to_string();
    for (name, page) in all_pages() {
        let examples = examples(name.trim_end_matches(".1"));
        assert!(!examples.is_empty(), "{name} has no examples");
        for example in examples {
            let about = example.about.replace('`', "");
            assert_eq!(shown(&page, &about), example.command, "{name}");
            if example.is_offline {
                let sandbox = home();
                let program = sandbox.command();
                let mut shell = Process::new("sh");
                shell.args(["-ec", example.command]).current_dir(sandbox.home()).env_clear();
                shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
                shell.env("PATH", format!("{folder}:/usr/bin:/bin"));
                let (_, stderr) = sandbox.finish(shell, "").code(0);
                assert!(!stderr.contains("error"), "{name}: {}: {stderr}", example.command);
            } else {
                let words = example.command.split(' ').map(Into::into).collect::<Vec<_>>();
                assert!(Cli::of(&words).is_ok(), "{name}: {}", example.command);
            }
        }
    }
}
