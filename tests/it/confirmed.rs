//! Questions of confirmation: what is removed is shown before, a script is not asked, and what was typed before a question
//! doesn't answer it.

use crate::harness::{CANARY, Sandbox, section};
use crate::terminal::Terminal;

fn home() -> Sandbox {
    Sandbox::new()
        .env("NO_COLOR", "1")
        .config("[profile base]\nregion = eu-west-1\n[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n")
        .credentials(section("base", "AKIABASE", CANARY))
}

#[test]
fn a_removal_shows_what_goes_and_asks_at_a_terminal() {
    let sandbox = home();
    let before = (sandbox.read_config(), sandbox.read_credentials());
    let remove = ["profile", "remove", "base", "--force"];
    for (answer, code) in [("", 130), ("n", 130), ("\u{3}", 130)] {
        let mut terminal = Terminal::run(&sandbox, &remove);
        terminal.see(".aws/config:1").see(".aws/credentials:1").see("profile `ops` refers to it: ");
        terminal.see("config:5").see("Remove profile `base`? [y/N]: ").answer(answer);
        terminal.see(if answer == "\u{3}" { "canceled; nothing was changed" } else { "nothing was removed" });
        terminal.end(code);
        assert_eq!((sandbox.read_config(), sandbox.read_credentials()), before);
    }
    // What can't be removed is not asked about.
    let mut terminal = Terminal::run(&sandbox, &remove[..3]);
    terminal.see("error: ");
    assert!(!terminal.end(253).contains("[y/N]"));
    let mut terminal = Terminal::run(&sandbox, &remove);
    terminal.see("[y/N]: ").answer("y").see("removed `base`");
    terminal.end(0);
    assert!(!sandbox.read_config().contains("profile base"));
    assert_eq!(sandbox.read_credentials(), "");
}

#[test]
fn a_removal_asks_nothing_where_nobody_answers() {
    for option in ["--yes", "-y", "-n"] {
        let shown = Terminal::run(&home(), &["profile", "remove", "ops", option]).end(0);
        assert!(!shown.contains("[y/N]"), "{shown}");
    }
    for line in [r#""$@" < /dev/null"#, r#"echo n | "$@""#] {
        let sandbox = home();
        let shown = Terminal::run_by(&sandbox, line, &["profile", "remove", "ops"]).end(0);
        assert!(!shown.contains("[y/N]") && !sandbox.read_config().contains("ops"), "{shown}");
    }
}

#[test]
fn what_was_typed_before_a_confirmation_does_not_answer_it() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "process"]);
    terminal.see("Profile name [None]: ").answer("p");
    terminal.see("Credential process [None]: ").answer("true");
    terminal.see("Default region name [None]: ").keys("atlantis-1\ry\ry\r");
    terminal.see("Use it anyway? [y/N]: ").answer("n").see("Default region name [None]: ").keys("\u{3}");
    let shown = terminal.end(130);
    assert_eq!(shown.matches("[y/N]").count(), 1, "{shown}");
}

#[test]
fn an_interrupted_question_says_that_nothing_was_done() {
    for (arguments, question, said) in [
        (&["configure", "sso-session"][..], "SSO session name", "canceled; nothing was written"),
        (&["set", "aws_secret_access_key", "-"], "aws_secret_access_key", "canceled; nothing was changed"),
    ] {
        let mut terminal = Terminal::run(&Sandbox::new(), arguments);
        terminal.see(question).keys("\u{3}").see(said);
        terminal.end(130);
    }
}
