//! `login` with a real browser: headless Chromium follows the address, and shows the page at the end.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::browser::{CONFIG, Running, TOKEN};
use crate::harness::CANARY;
use crate::services::IdentityCenter;

/// Chromium prints the page when it is loaded. It must find nothing of the user's, and ask nobody but the services here.
const SCRIPT: &str = "#!/bin/sh\n\
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir=\"$HOME/chromium\" --dump-dom \"$1\" \
    > \"$HOME/page.new\" 2> \"$HOME/chromium.log\"\n\
    mv \"$HOME/page.new\" \"$HOME/page\"\n";

/// How long Chromium may take to start.
const PATIENCE: Duration = Duration::from_secs(90);

#[test]
fn a_real_browser_signs_in_and_shows_a_page_without_script_or_secret() {
    if !Path::new("/usr/bin/chromium").exists() {
        assert!(std::env::var_os("CI").is_none(), "CI is set, and there is no Chromium");
        // Past the capture of the test harness.
        let _ = writeln!(std::io::stderr(), "xcred: the sign-in with a real browser is skipped: no Chromium");
        return;
    }
    let service = IdentityCenter::start();
    let home = service.home().config(CONFIG).file("bin/browser", SCRIPT);
    fs::set_permissions(home.path("bin/browser"), fs::Permissions::from_mode(0o755)).unwrap();
    let browser = home.path("bin/browser").to_str().unwrap().to_owned();
    let home = home.env("BROWSER", &browser);
    let mut running = Running::start(&home, &["login", "-p", "dev", "--timeout", "90"]);
    let start = Instant::now();
    while running.is_running() {
        assert!(
            start.elapsed() < PATIENCE,
            "{}",
            fs::read_to_string(home.path("chromium.log")).unwrap_or_default()
        );
        thread::sleep(Duration::from_millis(100));
    }
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(home.path(TOKEN).exists());
    while !home.path("page").exists() {
        assert!(start.elapsed() < PATIENCE, "Chromium doesn't end");
        thread::sleep(Duration::from_millis(100));
    }
    let page = home.read("page");
    assert!(page.contains("Sign-in received"), "{page}");
    for forbidden in ["<script", CANARY, "code=", "state="] {
        assert!(!page.contains(forbidden), "{forbidden}: {page}");
    }
}
