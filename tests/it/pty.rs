//! The program at a real terminal: the dialogue of `xcred configure`, and what every other command looks like there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::panic::{catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::harness::{CANARY, Sandbox, secret, section};
use crate::terminal::Terminal;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const TEMPORARY_ID: &str = "ASIAIOSFODNN7EXAMPLE";

/// A session token in which the canary sings.
fn token() -> String {
    format!("{CANARY}/aVeryLongTokenTOKN")
}

/// A home with a temporary key in the credentials file.
fn with_temporary_key() -> Sandbox {
    Sandbox::new().config("[default]\nregion = eu-west-1\noutput = json\n").credentials(format!(
        "[default]\naws_access_key_id = ASIAOLDFODNN7EXAMPLE\naws_secret_access_key = {}\naws_session_token = {}\n",
        secret(),
        token()
    ))
}

/// What both files hold.
fn files(sandbox: &Sandbox) -> (Vec<u8>, Vec<u8>) {
    let read = |path| fs::read(sandbox.path(path)).unwrap_or_default();
    (read(".aws/config"), read(".aws/credentials"))
}

#[test]
fn a_new_profile_is_greeted_and_set_up_with_the_questions_of_aws_configure() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("New profile `default` (the default). Let's set it up with an access key.");
    terminal.see("Tab completes").see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("Default region name [None]: ").answer("us-west-2");
    terminal.see("Default output format [None]: ").answer("");
    let shown = terminal.end(0);
    assert!(shown.contains("wrote aws_access_key_id, aws_secret_access_key in "), "{shown}");
    assert!(
        shown.contains(".aws/config [default]")
            && shown.contains("next: `xcred whoami --profile default` checks the credentials with AWS"),
        "{shown}"
    );
    assert!(!shown.contains("Session Token"), "{shown}");
    assert_eq!(sandbox.read_config(), "[default]\nregion = us-west-2\n");
    assert_eq!(sandbox.read_credentials(), section("default", ID, &secret()));
}

#[test]
fn a_temporary_key_comes_with_a_token() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "my prof"]);
    terminal.see("AWS Access Key ID [None]: ").answer(TEMPORARY_ID);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("AWS Session Token [None]: ").answer("");
    terminal.see("Go on without one? [y/N]: ").answer("n");
    terminal.see("AWS Session Token [None]: ").answer(&token());
    terminal.see("Default region name [None]: ").answer("us-west-2");
    terminal.see("Default output format [None]: ").answer("json");
    terminal.see("next: `xcred whoami --profile 'my prof'`");
    terminal.end(0);
    assert_eq!(
        sandbox.read_credentials(),
        format!(
            "[my prof]\naws_access_key_id = {TEMPORARY_ID}\naws_secret_access_key = {}\naws_session_token = {}\n",
            secret(),
            token()
        )
    );
    assert_eq!(sandbox.read_config(), "[profile 'my prof']\nregion = us-west-2\noutput = json\n");
}

#[test]
fn answers_that_are_kept_leave_the_files_untouched() {
    let sandbox = with_temporary_key();
    let before = files(&sandbox);
    let inode = fs::metadata(sandbox.path(".aws/credentials")).unwrap().ino();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [****************MPLE]: ").answer("");
    terminal.see("AWS Secret Access Key [****************KEYS]: ").answer("");
    terminal.see("AWS Session Token [****************TOKN]: ").answer("");
    terminal.see("Default region name [eu-west-1]: ").answer("");
    terminal.see("Default output format [json]: ").answer("json");
    terminal.see("nothing to change");
    terminal.end(0);
    assert_eq!(files(&sandbox), before);
    assert_eq!(fs::metadata(sandbox.path(".aws/credentials")).unwrap().ino(), inode);
}

#[test]
fn a_kept_temporary_key_keeps_its_token() {
    let sandbox = with_temporary_key();
    let (_, credentials) = files(&sandbox);
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    // An ID that is typed again is no new one.
    terminal.see("AWS Access Key ID [").answer("ASIAOLDFODNN7EXAMPLE");
    terminal.see("AWS Secret Access Key [").answer("");
    terminal.see("AWS Session Token [****************TOKN]: ").answer("");
    terminal.see("Default region name [eu-west-1]: ").answer("ap-south-1");
    terminal.see("Default output format [json]: ").answer("");
    terminal.end(0);
    assert_eq!(files(&sandbox), (b"[default]\nregion = ap-south-1\noutput = json\n".to_vec(), credentials));
}

#[test]
fn a_lasting_key_sends_the_old_keys_token_away() {
    let sandbox = with_temporary_key();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [").answer(ID);
    terminal.see("AWS Secret Access Key [").answer(&secret());
    terminal.see("Default region name [").answer("");
    terminal.see("Default output format [").answer("");
    let shown = terminal.end(0);
    assert!(!shown.contains("Session Token") && shown.contains("removed aws_session_token from "), "{shown}");
    assert_eq!(sandbox.read_credentials(), section("default", ID, &secret()));
}

#[test]
fn a_new_temporary_key_never_keeps_the_old_keys_token() {
    let sandbox = with_temporary_key();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [").answer(TEMPORARY_ID);
    terminal.see("AWS Secret Access Key [").answer(&secret());
    terminal.see("AWS Session Token [").answer("");
    terminal.see("belongs to the old key").see("Go on without one? [y/N]: ").answer("y");
    terminal.see("Default region name [").answer("");
    terminal.see("Default output format [").answer("");
    terminal.end(0);
    assert!(!sandbox.read_credentials().contains("token"), "{}", sandbox.read_credentials());
}

#[test]
fn a_new_key_is_not_paired_with_the_old_secret() {
    let old = format!(
        "[default]\naws_access_key_id = AKIAOLDFODNN7EXAMPLE\naws_secret_access_key = {}\nregion = eu-west-1\n",
        secret().replace("KEYS", "OLDS")
    );
    let sandbox = Sandbox::new().config(old);
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [****************MPLE]: ").answer(ID);
    terminal.see("AWS Secret Access Key [****************OLDS]: ").answer("");
    terminal.see("The stored secret belongs to the old key");
    terminal.see("AWS Secret Access Key [").answer(&secret());
    terminal.see("Default region name [eu-west-1]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    // A pair that lives in the config file stays there, whole.
    assert_eq!(
        sandbox.read_config(),
        format!(
            "[default]\naws_access_key_id = {ID}\naws_secret_access_key = {}\nregion = eu-west-1\n",
            secret()
        )
    );
    assert!(!sandbox.path(".aws/credentials").exists());
}

#[test]
fn a_secret_alone_is_asked_for_its_id() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("");
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("needs its access key ID").see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("Default region name [None]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert!(sandbox.read_credentials().contains(ID));
    assert!(!sandbox.path(".aws/config").exists());
}

#[test]
fn a_value_that_is_no_secret_is_shown_while_it_is_typed_and_a_missing_one_is_named() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["set", "region", "-"]);
    terminal.see("region").answer("eu-west-1").see("eu-west-1");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
    let mut terminal = Terminal::run(&sandbox, &["set", "aws_secret_access_key", "-"]);
    terminal.see("aws_secret_access_key: ").answer(CANARY);
    terminal.end(0);
    let shown = Terminal::run(&sandbox, &["get", "output"]).end(1);
    assert!(shown.contains("`output` is not set"), "{shown}");
}

#[test]
fn what_cannot_be_a_key_is_pointed_out_and_taken_if_it_is_meant() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("akia");
    terminal.see("doesn't look like an access key ID").see("Use it anyway? [y/N]: ").answer("");
    terminal.see("AWS Access Key ID [None]: ").answer("local");
    terminal.see("Use it anyway? [y/N]: ").answer("maybe");
    terminal.see("Answer y or n.").see("Use it anyway? [y/N]: ").answer("yes");
    terminal.see("AWS Secret Access Key [None]: ").answer(ID);
    terminal.see("looks like an access key ID").see("Use it anyway? [y/N]: ").answer("n");
    terminal.see("AWS Secret Access Key [None]: ").answer(CANARY);
    terminal.see("it has 19 characters instead of 40").see("Use it anyway? [y/N]: ").answer("Y");
    terminal.see("Default region name [None]: ").answer("Mars");
    terminal.see("is not a known region").see("Use it anyway? [y/N]: ").answer("");
    terminal.see("Default region name [None]: ").answer("Ireland").see("Use eu-west-1? [Y/n]: ").answer("n");
    terminal.see("Use Ireland anyway? [y/N]: ").answer("");
    terminal.see("Default region name [None]: ").answer("eu-wset-1");
    terminal.see("`eu-wset-1` is not a known region").see("Use eu-west-1? [Y/n]: ").answer("n");
    terminal.see("Use eu-wset-1 anyway? [y/N]: ").answer("y");
    terminal.see("Default output format [None]: ").answer("xml");
    terminal.see("Use it anyway? [y/N]: ").answer("n");
    terminal.see("Default output format [None]: ").answer("text");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-wset-1\noutput = text\n");
    assert_eq!(sandbox.read_credentials(), section("default", "local", CANARY));
}

#[test]
fn a_likely_slip_is_corrected_with_one_key() {
    let sandbox = Sandbox::new().env("AWS_PROFILE", "dev");
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("New profile `dev` (named by AWS_PROFILE).");
    terminal.see("AWS Access Key ID [None]: ").answer("");
    terminal.see("AWS Secret Access Key [None]: ").answer("");
    terminal.see("Default region name [None]: ").answer("eu-wst-1");
    terminal.see("Use eu-west-1? [Y/n]: ").answer("n");
    terminal.see("Use eu-wst-1 anyway? [y/N]: ").answer("");
    terminal.see("Default region name [None]: ").answer("eu-cental-1");
    terminal.see("Use eu-central-1? [Y/n]: ").answer("");
    terminal.see("Default output format [None]: ").answer("jsn");
    terminal.see("Use json? [Y/n]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[profile dev]\nregion = eu-central-1\noutput = json\n");
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("Editing profile `dev` (named by AWS_PROFILE).").see("Enter keeps a value");
    terminal.see("`xcred unset KEY --profile dev` clears a value.").keys("\u{3}");
    terminal.end(130);
}

/// At once, while the terminal's modes are being changed.
#[test]
fn ctrl_c_before_the_first_question_restores_the_terminal() {
    let sandbox = Sandbox::new();
    for _ in 0..12 {
        let mut terminal = Terminal::run(&sandbox, &["configure"]);
        terminal.see("New profile").keys("\u{3}");
        terminal.end(130);
    }
}

#[test]
fn a_profile_for_which_nothing_is_entered_is_not_created() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "-p", "dev"]);
    terminal.see("New profile `dev` (named by --profile).");
    for question in ["AWS Access Key ID [", "AWS Secret Access Key [", "Default region", "Default output"] {
        terminal.see(question).answer("");
    }
    terminal.see("nothing was entered, profile `dev` was not created");
    terminal.end(0);
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn blanks_of_a_paste_are_dropped() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer(&format!("  {ID}\u{a0} "));
    terminal.see("AWS Secret Access Key [None]: ").answer(&format!(" {} ", secret()));
    terminal.see("Default region name [None]: ").answer(" eu-west-1  ");
    terminal.see("Default output format [None]: ").answer("   ");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), section("default", ID, &secret()));
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
}

#[test]
fn tab_completes_regions_and_formats() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("");
    terminal.see("AWS Secret Access Key [None]: ").answer("");
    terminal.see("Default region name [None]: ").keys("eu-w\t").see("eu-west-").keys("\t");
    terminal.see("eu-west-1  eu-west-2  eu-west-3").see("Default region name [None]: eu-west-").answer("3");
    terminal.see("Default output format [None]: ").keys("j\t").see("json").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-3\noutput = json\n");
}

#[test]
fn a_line_can_be_edited() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("");
    terminal.see("AWS Secret Access Key [None]: ").answer("");
    // Erased whole; then a letter in the middle, one at the beginning, and a surplus one at the end.
    terminal.see("Default region name [None]: ").keys("nonsense\u{15}u-wst-1x");
    terminal.keys("\u{7f}\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[De\u{1b}[He").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
}

#[test]
fn ctrl_c_at_any_question_leaves_everything_as_it_was() {
    let questions = [
        ("AWS Access Key ID [", "AKIANEWFODNN7EXAMPLE"),
        ("AWS Secret Access Key [", ""),
        ("AWS Secret Access Key [", "short"),
        ("Use it anyway? [y/N]: ", "y"),
        ("Default region name [", "us-east-1"),
        ("Default output format [", "json"),
    ];
    for last in 0..questions.len() {
        let sandbox = with_temporary_key();
        let before = files(&sandbox);
        let mut terminal = Terminal::run(&sandbox, &["configure"]);
        for (question, answer) in &questions[..last] {
            terminal.see(question).answer(answer);
        }
        terminal.see(questions[last].0).keys("abc\u{3}");
        let shown = terminal.end(130);
        assert_eq!(shown.matches("canceled; nothing was written").count(), 1, "{shown}");
        assert_eq!(files(&sandbox), before, "at question {last}");
    }
}

#[test]
fn ctrl_c_in_a_list_leaves_everything_as_it_was() {
    for key in ["\u{3}", "\u{1b}"] {
        let sandbox = with_temporary_key();
        let before = files(&sandbox);
        let mut terminal = Terminal::run(&sandbox, &["configure", "role", "-p", "r"]);
        terminal.see("Role ARN [None]: ").answer("arn:aws:iam::123456789012:role/R");
        terminal.see("Ec2InstanceMetadata").keys(key);
        let shown = terminal.end(130);
        assert!(!shown.contains("\u{1b}[?25l"), "the cursor is never hidden: {shown:?}");
        assert_eq!(files(&sandbox), before);
    }
}

#[test]
fn a_signal_from_elsewhere_leaves_the_terminal_echoing_too() {
    let sandbox = with_temporary_key();
    let before = files(&sandbox);
    let line = r#"sh -c '(sleep 2; kill -TERM $$) & exec "$@"' sh "$@""#;
    let mut terminal = Terminal::run_by(&sandbox, line, &["configure"]);
    terminal.see("AWS Access Key ID [").answer("");
    terminal.see("AWS Secret Access Key [").keys("abc");
    terminal.end(130);
    assert_eq!(files(&sandbox), before);
}

#[test]
fn an_input_that_ends_is_an_error_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("AWS Secret Access Key [None]: ").keys("\u{4}");
    terminal.see("the input ended before every question was answered; nothing was written");
    terminal.end(255);
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn what_is_typed_ahead_does_not_show() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ");
    terminal.keys(&format!("{ID}\r{}\reu-west-1\rjson\r", secret()));
    terminal.see("next: ");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\noutput = json\n");
}

#[test]
fn questions_reach_the_terminal_when_standard_output_is_captured() {
    let sandbox = Sandbox::new();
    for line in [r#""$@" > out"#, r#""$@" > out 2> err"#, r#"true | "$@" > out"#] {
        let mut terminal = Terminal::run_by(&sandbox, line, &["configure"]);
        terminal.see("AWS Access Key ID [").answer("");
        terminal.see("AWS Secret Access Key [").answer("");
        terminal.see("Default region name [").answer("eu-west-1");
        terminal.see("Default output format [").answer("");
        terminal.end(0);
        assert_eq!(sandbox.read("out"), "");
        assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
    }
}

#[test]
fn options_are_not_asked_about_again() {
    let sandbox = Sandbox::new();
    let arguments = ["configure", "--access-key-id", ID, "--region", "eu-west-1"];
    let mut terminal = Terminal::run(&sandbox, &arguments);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("Default output format [None]: ").answer("");
    let shown = terminal.end(0);
    assert!(!shown.contains("Key ID [") && !shown.contains("region name ["), "{shown}");
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-1\n");
}

#[test]
fn a_script_that_gives_the_key_pair_is_asked_nothing() {
    let sandbox = Sandbox::new().file("secret", secret());
    let arguments = ["configure", "--access-key-id", ID, "--secrets-from-stdin", "--region", "eu-west-1"];
    let shown = Terminal::run_by(&sandbox, r#""$@" < secret"#, &arguments).end(0);
    assert!(!shown.contains("]: "), "{shown}");
    let words = Terminal::run(&sandbox, &["configure", "--no-input"]).end(252);
    assert!(words.contains("`--no-input` forbids"), "{words}");
}

#[test]
fn the_input_may_end_after_the_secret_and_with_no_input_nothing_is_asked() {
    let arguments = ["configure", "--access-key-id", ID, "--secrets-from-stdin", "--region", "eu-west-1"];
    let written = |sandbox: &Sandbox| {
        let credentials = sandbox.read_credentials();
        assert!(credentials.contains(&secret()) && !credentials.contains("token"), "{credentials}");
    };
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &arguments);
    terminal.see("AWS Secret Access Key: ").answer(&secret());
    terminal.see("AWS Session Token: ").keys("\u{4}");
    terminal.end(0);
    written(&sandbox);

    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run_by(&sandbox, r#""$@" --no-input"#, &arguments);
    terminal.keys(&format!("{}\r\u{4}", secret()));
    let shown = terminal.end(0);
    assert!(!shown.contains("]: "), "{shown}");
    written(&sandbox);
}

/// Runs `configure` on a terminal as somebody whom permissions hold back, after a preparation of the home.
fn held_back(sandbox: &Sandbox, preparation: &str, arguments: &[&str]) -> Terminal {
    let line = if crate::disk::is_root() {
        format!(
            r#"{preparation}; chown -R 65534:65534 "$HOME"; setpriv --reuid=65534 --regid=65534 --clear-groups "$@""#
        )
    } else {
        format!(r#"{preparation}; "$@""#)
    };
    Terminal::run_by(sandbox, &line, arguments)
}

#[test]
fn what_cannot_be_written_is_told_before_anything_is_asked() {
    for (preparation, arguments) in [
        ("rm .aws/credentials; chmod 555 .aws", &["configure"][..]),
        ("chmod 444 .aws/credentials", &["configure"]),
        ("rm -r .aws; chmod 555 .", &["configure"]),
        ("rm .aws/config; chmod 555 .aws", &["configure", "role", "-p", "r"]),
        ("chmod 444 .aws/config", &["configure", "process", "-p", "r"]),
        ("rm .aws/config; chmod 555 .aws", &["configure", "web-identity", "-p", "r"]),
        ("rm -r .aws; chmod 555 .", &["configure", "sso-session", "--name", "s"]),
    ] {
        let sandbox = Sandbox::new()
            .config("[default]\nregion = eu-west-1\n")
            .credentials("[other]\naws_access_key_id = AKIA\n");
        let shown = held_back(&sandbox, preparation, arguments).end(255);
        assert!(shown.contains("writable") && shown.contains("help:"), "{preparation}: {shown}");
        assert!(!shown.contains("]: "), "{preparation}: {shown}");
    }
}

#[test]
fn settings_that_cannot_be_written_are_not_asked_for_and_the_key_is() {
    let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n").credentials("[other]\nx = y\n");
    let mut terminal = held_back(&sandbox, "chmod 444 .aws/config", &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    let shown = terminal.end(0);
    assert!(shown.contains("config` is not writable") && !shown.contains("region name ["), "{shown}");
    assert!(sandbox.read_credentials().contains(ID));
}

#[test]
fn a_key_that_would_kill_or_stop_the_program_does_nothing_at_a_prompt() {
    let home = Sandbox::new();
    let mut terminal = Terminal::run(&home, &["configure"]);
    terminal.see("AWS Access Key ID").keys("\u{1c}\u{1a}").keys("\u{3}");
    // The end checks that the terminal echoes again.
    terminal.end(130);
}

#[test]
fn keys_before_ctrl_c_are_not_typed_into_the_shell() {
    let home = Sandbox::new();
    let line = r#""$@"; stty -icanon min 0 time 5; echo "left: $(dd bs=100 count=1 2> err)."; stty sane"#;
    let mut terminal = Terminal::run_by(&home, line, &["configure"]);
    terminal.see("AWS Access Key ID").keys("half of a secret\u{3}");
    let shown = terminal.end(0);
    assert!(shown.contains("left: ."), "{shown}");
}

/// A key that was seen and is gone would be waited for with the lock that Ctrl-C needs.
#[test]
fn ctrl_c_discards_no_key_that_the_program_may_have_seen() {
    let home = Sandbox::new();
    let line = r#"(sleep 1; stty -a < /dev/tty > modes) & "$@"; code=$?; wait; (exit $code)"#;
    let mut terminal = Terminal::run_by(&home, line, &["configure"]);
    terminal.see("AWS Access Key ID");
    std::thread::sleep(std::time::Duration::from_secs(2));
    terminal.keys("\u{3}");
    terminal.end(130);
    let modes = home.read("modes");
    let modes: Vec<&str> = modes.split_whitespace().collect();
    assert!(modes.contains(&"noflsh") && modes.contains(&"-echo"), "{modes:?}");
}

/// On a busy machine, where the thread that handles Ctrl-C waits for its turn.
#[test]
fn enter_after_ctrl_c_confirms_nothing() {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let rounds = catch_unwind(|| {
            for round in 0..30 {
                let home = Sandbox::new();
                let mut terminal = Terminal::run(&home, &["configure"]);
                terminal.see("AWS Access Key ID").keys("\u{3}\r");
                let shown = terminal.end(130);
                assert!(!shown.contains("AWS Secret Access Key"), "round {round}: {shown}");
            }
        });
        is_over.store(true, Ordering::Relaxed);
        rounds.unwrap_or_else(|panic| resume_unwind(panic));
    });
}

#[test]
fn a_secret_is_not_shown_after_the_program_was_stopped() {
    for signal in ["-TSTP", "-STOP"] {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::run_by(&sandbox, "program=$1 bash --norc --noprofile -i", &[]);
        terminal.answer("sh -c 'echo $$ >pid; exec \"$program\" configure -p z'");
        terminal.see("AWS Access Key ID [None]: ").answer("AKIAIOSFODNN7EXAMPLE");
        terminal.see("AWS Secret Access Key [None]: ");
        let process = std::fs::read_to_string(sandbox.path("pid")).expect("a process ID");
        let kill = std::process::Command::new("kill").args([signal, process.trim()]).status();
        assert!(kill.expect("kill").success());
        terminal.see("Stopped").answer("fg");
        terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
        terminal.see("region name [None]: ").keys("eu-west").keys("-1\r");
        terminal.see("output format [None]: ").answer("");
        terminal.see("bash-").answer("exit");
        terminal.end(0);
        assert!(sandbox.read(".aws/credentials").contains(CANARY));
    }
}
