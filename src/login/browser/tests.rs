use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Instant;

use tempfile::TempDir;

use super::*;

const ADDRESS: &str = "https://oidc.eu-west-1.amazonaws.com/authorize?a=1&b=%20$(x);'y'";

/// A folder with programs: each is the text of a shell script.
fn programs(scripts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, script) in scripts {
        let (path, draft) = (folder.path().join(name), folder.path().join(format!("{name}.draft")));
        fs::write(&draft, format!("#!/bin/sh\n{script}\n")).unwrap();
        // A process of its own: a program can't be run while a thread that forks now has it open for writing.
        assert!(Command::new("cp").args([&draft, &path]).status().unwrap().success());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn world(folder: &TempDir, variables: &[(&str, &str)]) -> World {
    let path = [("PATH", folder.path().to_str().unwrap())];
    World::of(path.iter().chain(variables).copied())
}

/// The names of the programs that are tried.
fn tried(setting: Option<&str>, world: &World) -> String {
    candidates(setting, world).iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("|")
}

#[test]
fn the_setting_precedes_browser_which_precedes_the_desktop() {
    let folder = programs(&[("xdg-open", ""), ("open", ""), ("firefox", "")]);
    let named = world(&folder, &[("BROWSER", "firefox -P 'my work':chromium %s &")]);
    assert_eq!(tried(Some("'my browser' -x"), &named), "my browser -x");
    assert_eq!(tried(None, &named), "firefox -P my work|chromium %s");
    for text in ["", ":", "lynx", "/usr/bin/w3m -o x:elinks:www-browser"] {
        let world = world(&folder, &[("BROWSER", text)]);
        assert_eq!(tried(None, &world), OPENERS.join("|"), "{text}");
        assert!(!is_named(&world), "{text}");
    }
    assert!(is_named(&named));
    assert_eq!(opener(&named), Some(folder.path().join(OPENERS[0])));
    let nothing = programs(&[]);
    assert_eq!(opener(&world(&nothing, &[])), None);
    assert_eq!(open(ADDRESS, None, &world(&nothing, &[])), Opened::NoBrowser);
}

#[test]
fn wsl_opens_the_browser_of_windows() {
    let wsl = [("WSL_DISTRO_NAME", "Ubuntu")];
    let both = programs(&[("wslview", ""), ("explorer.exe", "exit 1"), ("xdg-open", "")]);
    assert!(tried(None, &world(&both, &wsl)).starts_with("wslview|explorer.exe"));
    let one = programs(&[("explorer.exe", "exit 1")]);
    assert_eq!(open(ADDRESS, None, &world(&one, &wsl)), Opened::By("explorer.exe".to_owned()));
    assert_eq!(opener(&world(&one, &[])), None);
}

#[test]
fn the_address_is_the_only_argument_that_is_added() {
    let folder = programs(&[("show", "printf '%s\\n' \"$@\" > \"$(/usr/bin/dirname \"$0\")/out.$1\"")]);
    let out = |name: &str| {
        let path = folder.path().join(format!("out.{name}"));
        (0..500).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            fs::read_to_string(&path).ok().filter(|text| !text.is_empty())
        })
    };
    let by = Opened::By("show".to_owned());
    assert_eq!(open(ADDRESS, Some("show a"), &world(&folder, &[])), by);
    assert_eq!(out("a").unwrap(), format!("a\n{ADDRESS}\n"));
    assert_eq!(open(ADDRESS, None, &world(&folder, &[("BROWSER", "show b --url=%s -x")])), by);
    assert_eq!(out("b").unwrap(), format!("b\n--url={ADDRESS}\n-x\n"));
}

#[test]
fn a_path_with_spaces_is_one_program() {
    let folder = programs(&[("my browser.exe", "")]);
    let path = folder.path().join("my browser.exe");
    let by = Opened::By(path.to_str().unwrap().to_owned());
    assert_eq!(open(ADDRESS, None, &world(&folder, &[("BROWSER", path.to_str().unwrap())])), by);
}

#[test]
fn a_failure_is_a_fact_and_the_next_program_is_tried() {
    let folder = programs(&[("fails", "exit 3"), ("works", "")]);
    let failed = |program: &str, reason: &str| Opened::Failed {
        program: program.to_owned(),
        reason: reason.to_owned(),
    };
    for (text, opened) in [
        ("fails", failed("fails", "exit status: 3")),
        ("none", failed("none", "it was not found")),
        ("fails:none:works", Opened::By("works".to_owned())),
    ] {
        // Long enough for a machine that is busy with other tests.
        let world = world(&folder, &[("BROWSER", text)]);
        assert_eq!(open_within(Duration::from_secs(20), ADDRESS, None, &world), opened, "{text}");
    }
}

#[test]
fn a_program_that_runs_on_is_neither_waited_for_nor_ended() {
    let script = "echo $$ > \"$(/usr/bin/dirname \"$0\")/pid\"; read -r line; exec /bin/sleep 20";
    let folder = programs(&[("blocks", script)]);
    let start = Instant::now();
    assert_eq!(open(ADDRESS, Some("blocks"), &world(&folder, &[])), Opened::By("blocks".to_owned()));
    assert!(start.elapsed() < Duration::from_secs(5));
    let pid = (0..500).find_map(|_| {
        thread::sleep(Duration::from_millis(10));
        fs::read_to_string(folder.path().join("pid")).ok().filter(|pid| pid.ends_with('\n'))
    });
    let pid = pid.unwrap();
    let kill = |signal: &str| Command::new("kill").args([signal, pid.trim()]).status().unwrap().success();
    assert!(kill("-0"));
    assert!(kill("-9"));
    // It is reaped, or its number would still be taken.
    let gone = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(20));
        let kill = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status();
        !kill.unwrap().success()
    });
    assert!(gone);
}

#[test]
fn only_addresses_of_the_web_are_opened() {
    for address in [
        ADDRESS,
        "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH",
        "https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH",
        "http://127.0.0.1:4711/authorize",
        "http://localhost:4711/",
        "http://[::1]:4711/",
    ] {
        assert!(is_openable(address), "{address}");
    }
    for address in [
        "",
        "corp.awsapps.com",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "-https://h/",
        "--new-window",
        "http://corp.awsapps.com/start",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
        "https://corp.awsapps.com@evil.example/",
        "https://h/\u{1b}[2J",
        "https://h/a b",
        "https://h/\n--x",
        "ht\ntps://h/",
        "https://h/\"&calc",
        "https://h/é",
    ] {
        assert!(!is_openable(address), "{address}");
    }
    let folder = programs(&[("run", "")]);
    assert_eq!(open("file:///etc/passwd", Some("run"), &world(&folder, &[])), Opened::Unsafe);
}
