//! The list to choose from: in a narrow window, and on a terminal that can't move its cursor.

use super::home;
use crate::harness::Sandbox;
use crate::terminal::{Terminal, screen};

/// The list, in a window of this many columns. What a shell would evaluate is written to a file.
fn list(sandbox: &Sandbox, columns: usize) -> Terminal {
    let line = format!("stty cols {columns}\n\"$@\" > code");
    Terminal::run_by(sandbox, &line, &["__evaluated", "bash", "use"])
}

#[test]
fn a_profile_is_found_by_any_parts_in_a_narrow_window() {
    let sandbox = home().env("NO_COLOR", "1");
    let mut terminal = list(&sandbox, 40);
    terminal.see("> dev  eu-west-1").see("corp (not signed in)  123456789012");
    terminal.keys("1234 aud").see("(1 of 5)").see("> corp").keys("\u{15}eu-s").see("> team one").keys("\r");
    terminal.see("Profile: team one  eu-south-2").see("xcred: profile team one, region");
    let rows = screen(&terminal.end(0), 40);
    assert!(rows.iter().all(|row| row.chars().count() <= 40 && !row.contains("prod")), "{rows:#?}");
    assert!(sandbox.read("code").contains("AKIAONE"));
}

#[test]
fn the_profiles_used_last_come_first_and_the_active_one_is_marked() {
    let sandbox = home()
        .file(".local/state/xcred/recent/profiles", "prod-b\nteam one\ngone\n")
        .env("NO_COLOR", "1")
        .env("AWS_ACCESS_KEY_ID", "AKIAPB")
        .env("XCRED_PROFILE", "prod-b");
    std::fs::set_permissions(
        sandbox.path(".local/state/xcred/recent"),
        std::os::unix::fs::PermissionsExt::from_mode(0o700),
    )
    .expect("the mode can be set");
    let mut terminal = list(&sandbox, 80);
    terminal.see("  prod-b (active)").see("> team one").see("  dev").see("  prod-a").keys("\r");
    terminal.see("xcred: profile team one");
    terminal.end(0);
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_a_numbered_list() {
    for (variable, value) in [("TERM", "dumb"), ("XCRED_PLAIN", "1")] {
        let sandbox = home().env(variable, value);
        let mut terminal = list(&sandbox, 40);
        terminal.see("   1  dev").see("   5  corp (not signed in)").see("Number or part of a name [1]: ");
        terminal.answer("west prod").see("xcred: profile prod-b, region us-west-2");
        let shown = terminal.end(0);
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
}

#[test]
fn nothing_is_switched_where_the_list_is_left_or_is_empty() {
    for keys in ["\u{3}", "\u{1b}"] {
        let sandbox = home().env("NO_COLOR", "1");
        let mut terminal = list(&sandbox, 80);
        terminal.see("> dev").keys(keys);
        terminal.end(130);
        assert_eq!(sandbox.read("code"), "");
    }
    let sandbox = Sandbox::new();
    let mut terminal = list(&sandbox, 80);
    terminal.see("there is no profile to choose").see("`xcred configure` sets one up");
    terminal.end(253);
}

#[test]
fn keys_that_have_expired_are_marked() {
    let sandbox = Sandbox::new().env("NO_COLOR", "1").credentials(
        "[old]\naws_access_key_id = ASIAOLD\naws_secret_access_key = c4n4ry\naws_session_token = c4n4ry\nexpiration = \
         2020-01-01T00:00:00Z\n[new]\naws_access_key_id = ASIANEW\naws_secret_access_key = c4n4ry\naws_session_token = \
         c4n4ry\nexpiration = 2999-01-01T00:00:00Z\n",
    );
    let mut terminal = list(&sandbox, 80);
    terminal.see("> old (expired)").see("  new\u{1b}").keys("\u{3}");
    terminal.end(130);
}
