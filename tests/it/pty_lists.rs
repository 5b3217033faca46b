//! Lists at a real terminal: hundreds of rows in a narrow window, a secret pasted into the filter, and terminals that
//! can't move their cursor.

use crate::harness::{CANARY, Sandbox};
use crate::terminal::{Terminal, screen};

const ARN: &str = "arn:aws:iam::123456789012:role/Developer";

/// Three hundred profiles that can be sources.
fn with_many() -> Sandbox {
    let profile = |number| format!("[profile account-{number:03}]\nregion = eu-west-1\n");
    Sandbox::new().config((0..300).map(profile).collect::<String>()).env("NO_COLOR", "1")
}

/// A list of sources on the terminal.
fn listed(sandbox: &Sandbox, columns: usize) -> Terminal {
    let line = format!("stty cols {columns}\n\"$@\"");
    let mut terminal = Terminal::run_by(sandbox, &line, &["configure", "role", "-p", "new"]);
    terminal.see("Role ARN [None]: ").answer(ARN);
    terminal
}

fn skip_the_rest(terminal: &mut Terminal) {
    for question in ["External ID", "MFA device", "session name", "duration", "region name"] {
        terminal.see(question).answer("");
    }
}

/// A secret access key in which the canary sings.
fn secret() -> String {
    format!("{CANARY}aB3xQ9zL7pR2tW5mK8vN1")
}

#[test]
fn a_row_among_hundreds_is_found_in_a_narrow_window() {
    let sandbox = with_many();
    let mut terminal = listed(&sandbox, 40);
    terminal.see("> profile account-000").keys("\u{1b}[A").see("> Ec2InstanceMetadata");
    terminal.keys("unt-29").see("(10 of 303)").see("> profile account-290").see("account-299");
    terminal.keys("\u{1b}[B\u{1b}[B").see("> profile account-292").keys("\r");
    terminal.see("Credential source: profile account-292");
    skip_the_rest(&mut terminal);
    let rows = screen(&terminal.end(0), 40);
    assert!(rows.iter().all(|row| !row.contains("account-291")), "the list is erased: {rows:#?}");
    assert!(sandbox.read_config().contains("source_profile = account-292\n"));
}

#[test]
fn a_secret_pasted_into_a_filter_is_not_shown() {
    for plain in ["", "1"] {
        let sandbox = with_many().env("XCRED_PLAIN", plain);
        for pasted in [secret(), format!("export AWS_SECRET_ACCESS_KEY={CANARY}")] {
            let mut terminal = listed(&sandbox, 80);
            if plain.is_empty() {
                terminal.see("> profile account-000").keys(&pasted).see("Filter: (not shown)  (no match)");
                terminal.keys("\r\u{7f}\u{7f}").see("(not shown)");
            } else {
                terminal.see("Number or part of a name [1]: ").answer(&pasted).see("No match.");
                terminal.see("Number or part of a name [1]: ");
            }
            terminal.keys("\u{3}");
            terminal.end(130);
        }
    }
}

#[test]
fn control_c_in_a_list_erases_it() {
    let sandbox = with_many();
    let mut terminal = listed(&sandbox, 40);
    terminal.see("account-018").keys("\u{3}");
    let rows = screen(&terminal.end(130), 40);
    assert!(rows.iter().all(|row| !row.contains("account-")), "{rows:#?}");
    let mut terminal = listed(&sandbox, 40);
    terminal.see("account-018").keys("\u{4}").see("the input ended");
    terminal.end(255);
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_no_sequences() {
    let sandbox = Sandbox::new()
        .config("[profile alpha]\nregion = eu-west-1\n[profile beta]\nregion = eu-west-2\n")
        .env("TERM", "dumb");
    let mut terminal = Terminal::run(&sandbox, &["configure", "role", "-p", "new"]);
    // Corrected before the list is asked for: erased, moved and completed.
    terminal.see("Role ARN [None]: ").keys("xx\u{7f}\u{7f}").answer(ARN);
    terminal.see("   1  profile alpha").see("   2  profile beta").see("Number or part of a name [1]: ");
    terminal.answer("profile").see("   2  profile beta").see("Number or part of a name [1]: ").answer("bet");
    terminal.see("Credential source: profile beta");
    for question in ["External ID", "MFA device", "session name", "duration"] {
        terminal.see(question).answer("");
    }
    terminal
        .see("region name [eu-west-2]: ")
        .keys("us\t\t")
        .see("us-west-2")
        .keys("west-1\u{1b}[D\u{7f}-")
        .answer("");
    let shown = terminal.end(0);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    assert!(
        sandbox.read_config().contains("source_profile = beta\nregion = us-west-1\n"),
        "{}",
        sandbox.read_config()
    );
}

#[test]
fn a_secret_typed_on_a_terminal_that_cannot_move_its_cursor_is_covered() {
    let sandbox = Sandbox::new().env("TERM", "dumb");
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").keys("abc").see("abc").keys(" = x");
    terminal.see("AWS Access Key ID [None]: ").keys("\u{3}");
    let shown = terminal.end(130);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let rows = screen(&shown, 80);
    assert!(rows.iter().all(|row| !row.contains("abc")), "{rows:#?}");
}
