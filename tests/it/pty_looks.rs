//! What the program looks like at a real terminal: narrow windows, lists, colors, and text from files that would
//! drive the terminal.

use crate::harness::{CANARY, Sandbox, section};
use crate::terminal::{Terminal, screen};

const ARN: &str = "arn:aws:iam::123456789012:role/Developer";

/// Profiles that can be sources, and some that can't.
fn with_sources() -> Sandbox {
    Sandbox::new()
        .config(
            "[profile base]\nregion = eu-west-1\n[profile other]\nregion = eu-west-2\n\
             [profile loop]\nrole_arn = arn:aws:iam::123456789012:role/L\nsource_profile = r\n",
        )
        .credentials(section("base", "AKIAIOSFODNN7EXAMPLE", CANARY))
}

#[test]
fn a_source_is_found_by_typing() {
    let sandbox = with_sources().env("NO_COLOR", "1");
    let mut terminal = Terminal::run(&sandbox, &["configure", "role", "-p", "r"]);
    terminal
        .see("New profile `r` (named by --profile). Let's make it assume a role.")
        .see("Role ARN [None]: ")
        .answer(ARN);
    terminal.see("> profile base").see("profile other").see("Environment").keys("oth");
    terminal.see("> profile other").answer("");
    terminal.see("Credential source: profile other");
    terminal.see("External ID [None]: ").answer("");
    terminal.see("MFA device (serial or ARN) [None]: ").answer("");
    terminal.see("Role session name [None]: ").answer("me");
    terminal.see("Session duration in seconds [None]: ").answer("1h");
    terminal.see("900 to 43200").see("Session duration in seconds [None]: ").answer("3600");
    terminal.see("Default region name [eu-west-2]: ").answer("");
    let shown = terminal.end(0);
    assert!(!shown.contains("profile loop") && !shown.contains("profile r\r"), "{shown}");
    assert!(
        sandbox.read_config().ends_with(&format!(
            "[profile r]\nrole_arn = {ARN}\nsource_profile = other\nrole_session_name = me\nduration_seconds = 3600\n\
             region = eu-west-2\n"
        )),
        "{}",
        sandbox.read_config()
    );
}

#[test]
fn the_list_begins_at_the_source_that_is_set_and_offers_the_machine() {
    let sandbox = with_sources().env("NO_COLOR", "1");
    let mut terminal = Terminal::run(&sandbox, &["configure", "role", "-p", "loop"]);
    terminal.see(&format!("Role ARN [{}]: ", ARN.replace("Developer", "L"))).answer("");
    terminal.see("> profile base").keys("EcsC").see("> EcsContainer").answer("");
    for question in ["External ID", "MFA device", "Role session", "Session duration", "Default region"] {
        terminal.see(question).answer("");
    }
    terminal.end(0);
    assert!(
        sandbox.read_config().ends_with("credential_source = EcsContainer\n"),
        "{}",
        sandbox.read_config()
    );
    assert!(!sandbox.read_config().contains("source_profile"));
    let mut terminal = Terminal::run(&sandbox, &["configure", "role", "-p", "loop"]);
    terminal.see("Role ARN").answer("").see("> EcsContainer").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn a_bridge_is_named_after_its_profile() {
    let sandbox = Sandbox::new().config("[profile w]\n");
    let mut terminal = Terminal::run(&sandbox, &["configure", "bridge", "-p", "w"]);
    terminal.see("Bridge name [w-by-xcred]: ").answer("");
    terminal.see("next: `xcred whoami --profile w-by-xcred --region us-east-1`");
    terminal.end(0);
    assert!(sandbox.read_config().starts_with("[profile w]\n[profile w-by-xcred]\n"));
}

#[test]
fn the_other_guides_ask_in_the_same_manner() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "web-identity", "-p", "w"]);
    terminal.see("Role ARN [None]: ").answer("");
    terminal.see("Required").see("Role ARN [None]: ").answer("Developer");
    terminal.see("doesn't look like a role's ARN").see("Use it anyway? [y/N]: ").answer("");
    terminal.see("Role ARN [None]: ").answer(ARN);
    terminal.see("Web identity token file [None]: ").answer("~/token");
    terminal.see("not expanded").see("/token? [Y/n]: ").answer("n");
    terminal.see("Use ~/token anyway? [y/N]: ").answer("n");
    terminal.see("Web identity token file [None]: ").answer("/var/run/token");
    terminal.see("Role session name [None]: ").answer("");
    terminal.see("Default region name [None]: ").answer("");
    terminal.end(0);
    let mut terminal = Terminal::run(&sandbox, &["configure", "process", "-p", "p"]);
    terminal.see("Credential process [None]: ").answer("sh -c 'open");
    terminal.see("unclosed quote").see("Credential process [None]: ").answer("no-such-program --json");
    terminal.see("`no-such-program` was not found").see("[y/N]: ").answer("y");
    terminal.see("Default region name [None]: ").answer("");
    terminal.end(0);
    let mut terminal = Terminal::run(&sandbox, &["configure", "sso-session"]);
    terminal.see("SSO session name [None]: ").answer("corp");
    terminal.see("SSO start URL [None]: ").answer("http://x.awsapps.com/start");
    terminal.see("has the form https://").see("Use https://x.awsapps.com/start? [Y/n]: ").answer("");
    terminal.see("SSO region [None]: ").keys("eu-central-1").answer("");
    terminal.see("SSO registration scopes [sso:account:access]: ").answer("");
    terminal.see("next: `xcred configure sso --sso-session corp`");
    terminal.end(0);
    assert_eq!(
        sandbox.read_config(),
        format!(
            "[profile w]\nrole_arn = {ARN}\nweb_identity_token_file = /var/run/token\n\
             [profile p]\ncredential_process = no-such-program --json\n\
             [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-central-1\n\
             sso_registration_scopes = sso:account:access\n"
        )
    );
    let mut terminal = Terminal::run(&sandbox, &["configure", "sso-session"]);
    terminal.see("SSO session name [None]: ").keys("c\t").see("corp").answer("");
    terminal.see("SSO start URL [https://x.awsapps.com/start]: ").answer("");
    terminal.see("SSO region [eu-central-1]: ").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn a_narrow_window_shows_each_question_once_and_whole() {
    let sandbox = with_sources().env("NO_COLOR", "1");
    let narrow = r#"sleep 0.5; stty cols 20; "$@""#;
    let mut terminal = Terminal::run_by(&sandbox, narrow, &["configure", "-p", "base"]);
    terminal.see("AWS Access Key ID\r\n    [****************MPLE]: ").answer("");
    terminal.see("AWS Secret Access\r\n    Key").answer("");
    // 17 columns of question and 15 of answer, the last ones taken back across the edge of the row.
    terminal.see("Default region name\r\n    [eu-west-1]: ").keys("ap-southeast-12\u{7f}\u{7f}\u{7f}");
    terminal.keys("\u{1b}[D\u{1b}[D\u{1b}[C\u{1b}[C-1").answer("");
    terminal.see("Default output\r\n    format [None]: ").answer("json");
    let shown = terminal.end(0);
    let rows = screen(&shown, 20).join("\n");
    let once = "\nDefault region name\n    [eu-west-1]: ap-\nsoutheast-1\nDefault output\n    format [None]: j\nson\n";
    assert!(rows.contains(once), "{rows}");
    assert_eq!(shown.matches("Default output").count(), 1, "{shown:?}");
    assert!(sandbox.read_config().contains("[profile base]\nregion = ap-southeast-1\noutput = json\n"));
}

#[test]
fn a_narrow_window_shows_each_row_of_a_list_once() {
    let sandbox = with_sources().env("NO_COLOR", "1");
    let narrow = r#"sleep 0.5; stty cols 20; "$@""#;
    let mut terminal = Terminal::run_by(&sandbox, narrow, &["configure", "role", "-p", "r"]);
    terminal.see("Role ARN [None]: ").answer(ARN);
    terminal
        .see("Ec2Instance")
        .keys("\u{1b}[B")
        .see("> profile other")
        .keys("\u{1b}[A")
        .see("> profile base");
    terminal.keys("oth").see("> profile other").answer("");
    terminal.see("External ID [None]: ").keys("\u{3}");
    let shown = terminal.end(130);
    let rows = screen(&shown, 20);
    let list = rows.iter().filter(|row| row.contains("Ec2Instance") || row.starts_with("> ")).count();
    assert_eq!(list, 0, "the list is gone once it is answered: {rows:#?}");
    let arn: String = rows.iter().skip_while(|row| !row.starts_with("Role ARN")).take(3).cloned().collect();
    assert!(arn.starts_with(&format!("Role ARN [None]: {ARN}")), "{rows:#?}");
}

#[test]
fn colors_are_left_out_where_nobody_wants_them() {
    let is_colored = |shown: &str| {
        shown.split("\u{1b}[").skip(1).any(|sequence| {
            sequence.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
        })
    };
    let shown = |sandbox: Sandbox, color: &str| {
        let arguments = ["configure", "role", "-p", "r", "--color", color];
        let mut terminal = Terminal::run(&sandbox, &arguments);
        terminal.see("Role ARN [None]: ").answer(ARN).see("Ec2InstanceMetadata").answer("");
        terminal.see("External ID [None]: ").keys("\u{3}");
        terminal.end(130)
    };
    assert!(is_colored(&shown(with_sources(), "auto")));
    assert!(!is_colored(&shown(with_sources(), "never")));
    assert!(!is_colored(&shown(with_sources().env("NO_COLOR", "1"), "auto")));
    let listing = |sandbox: Sandbox| Terminal::run(&sandbox, &["list-profiles", "--long"]).end(0);
    assert!(is_colored(&listing(with_sources())));
    assert!(!is_colored(&listing(with_sources().env("NO_COLOR", "1"))));
    let error = |sandbox: Sandbox| Terminal::run(&sandbox, &["get", "region", "-p", "absent"]).end(253);
    assert!(is_colored(&error(with_sources())));
    assert!(!is_colored(&error(with_sources().env("NO_COLOR", "1"))));
}

#[test]
fn text_from_files_never_drives_the_terminal() {
    let sandbox = Sandbox::new().env("NO_COLOR", "1").config(
        "[default]\nregion = a\u{1b}[2Jb\noutput = \u{202e}x\u{7}\n[profile e\u{1b}]0;v]\nregion = \u{9b}31m\n",
    );
    let commands: [&[&str]; 12] = [
        &["get", "region"],
        &["get", "--all"],
        &["get", "--all", "--stored", "--format", "json"],
        &["get", "output", "--show-origin"],
        &["list-profiles"],
        &["list-profiles", "--long"],
        &["set", "region", "eu-west-1", "--dry-run"],
        &["unset", "region", "--dry-run"],
        &["unset", "output", "-v"],
        &["profile", "copy", "default", "copied"],
        &["profile", "rename", "copied", "renamed"],
        &["profile", "remove", "renamed", "--yes"],
    ];
    for arguments in commands {
        let shown = Terminal::run(&sandbox, arguments).end(0);
        let odd = shown.chars().find(|c| c.is_control() && !"\r\n\t".contains(*c) || *c == '\u{202e}');
        assert_eq!(odd, None, "{arguments:?}: {shown:?}");
    }
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("");
    terminal.see("AWS Secret Access Key [None]: ").answer("");
    terminal.see("Default region name [a\\u{1b}[2Jb]: ").answer("");
    terminal.see("Default output format").answer("");
    terminal.end(0);
}

#[test]
fn a_profile_that_nobody_named_is_asked_for_and_default_is_kept_unless_confirmed() {
    let sandbox = with_sources().env("NO_COLOR", "1");
    let keys = sandbox.read_credentials().replace("[base]", "[default]");
    sandbox.put(".aws/credentials", &(sandbox.read_credentials() + &keys));
    let before = sandbox.read_credentials();
    let mut terminal = Terminal::run(&sandbox, &["configure", "role"]);
    terminal.see("Profile name [None]: ").answer("");
    terminal.see("Required").see("Profile name [None]: ").answer("default");
    terminal.see("already gets its credentials by").see("`aws_access_key_id`");
    terminal.see("Change `default` anyway? [y/N]: ").answer("");
    terminal.see("Profile name [None]: ").answer("a]b");
    terminal.see("Profile name [None]: ").answer("ops");
    terminal.see("New profile `ops`. Let's make it assume a role.").see("Role ARN [None]: ").answer(ARN);
    terminal.see("> profile base").keys("zzzz").see("(no match)").keys("\u{7f}\u{7f}\u{7f}\u{7f}base");
    terminal.see("> profile base").answer("");
    for question in ["External ID", "MFA device", "Role session", "Session duration"] {
        terminal.see(question).answer("");
    }
    // The source's region.
    terminal.see("Default region name [eu-west-1]: ").answer("");
    terminal.see("next: `xcred whoami --profile ops`");
    terminal.end(0);
    assert!(
        sandbox.read_config().ends_with(&format!(
            "[profile ops]\nrole_arn = {ARN}\nsource_profile = base\nregion = eu-west-1\n"
        )),
        "{}",
        sandbox.read_config()
    );
    assert_eq!(sandbox.read_credentials(), before);
    let mut terminal = Terminal::run(&sandbox, &["configure", "process"]);
    terminal.see("Profile name [None]: ").answer("default");
    terminal.see("Change `default` anyway? [y/N]: ").answer("y");
    terminal.see("Editing profile `default`.").see("Credential process [None]: ").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn an_edit_says_what_it_did_where_somebody_watches() {
    let sandbox = Sandbox::new();
    let said = Terminal::run(&sandbox, &["set", "region", "eu-west-1"]).end(0);
    assert!(said.contains("wrote region in ") && said.contains("config [default]"), "{said}");
    let said = Terminal::run(&sandbox, &["unset", "region"]).end(0);
    assert!(said.contains("removed region from "), "{said}");
    // A script is not told.
    assert_eq!(sandbox.run(&["set", "region", "eu-west-1"]).success(), "");
    assert_eq!(sandbox.run(&["unset", "region"]).success(), "");
}

#[test]
fn in_a_narrow_window_no_word_of_a_table_is_broken() {
    let sandbox = Sandbox::new()
        .env("NO_COLOR", "1")
        .config(
            "[default]\nregion = eu-west-1\n[profile production-account]\nrole_arn = \
             arn:aws:iam::123456789012:role/Administrator\nsource_profile = default\n",
        )
        .credentials(section("default", "AKIAIOSFODNN7EXAMPLE", CANARY));
    let commands = [
        &["list-profiles", "--long"][..],
        &["status", "production-account"],
        &["resolve", "production-account", "--offline", "-v"],
        &["config", "list"],
    ];
    for columns in [40, 60] {
        for arguments in commands {
            let line = format!(r#"stty cols {columns}; "$@""#);
            let shown = Terminal::run_by(&sandbox, &line, arguments).end(0);
            let long = |line: &str| {
                let words = line.trim().split(' ').filter(|word| !word.is_empty()).count();
                line.chars().count() > columns && words > 1
            };
            let broken: Vec<&str> = shown.lines().filter(|line| long(line)).collect();
            // Only a word that is wider than the window is.
            assert!(
                broken.iter().all(|line| line.contains("AI_AGENT,") || line.contains(ARN_OF_ADMIN)),
                "{broken:#?}"
            );
        }
    }
    let shown = Terminal::run_by(&sandbox, r#"stty cols 40; "$@""#, &["list-profiles", "--long"]).end(0);
    assert_eq!(
        shown.replace('\r', ""),
        "* default\n    CREDENTIALS  shared-credentials-file\n    REGION       eu-west-1\n    WHERE        \
         ~/.aws/config:1,\n                 credentials:1\n  production-account\n    CREDENTIALS  assume-role\n    \
         ACCOUNT      123456789012\n    ROLE         Administrator\n    WHERE        ~/.aws/config:3\n"
    );
}

const ARN_OF_ADMIN: &str = "arn:aws:iam::123456789012:role/Administrator";

#[test]
fn a_profile_that_only_a_variable_names_is_kept_unless_confirmed() {
    let sandbox = with_sources().env("NO_COLOR", "1").env("AWS_PROFILE", "base");
    let mut terminal = Terminal::run(&sandbox, &["configure", "process"]);
    terminal.see("which AWS_PROFILE names,").see("Change `base` anyway? [y/N]: ").answer("");
    terminal.see("Profile name [None]: ").keys("\u{3}");
    terminal.end(130);
    let mut terminal = Terminal::run(&sandbox, &["configure", "process"]);
    terminal.see("Change `base` anyway? [y/N]: ").answer("y");
    terminal.see("Editing profile `base` (named by AWS_PROFILE).").see("Credential process").keys("\u{3}");
    terminal.end(130);
}
