//! What the AWS access portal offers for pasting, at the questions of `xcred configure` on a real terminal: all lines
//! arrive at once, nothing of them is shown, and nothing is left for the next question.

use crate::harness::{CANARY, Sandbox, secret, section};
use crate::terminal::Terminal;

const TEMPORARY_ID: &str = "ASIAIOSFODNN7EXAMPLE";
const ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// As long as real ones.
fn token() -> String {
    format!("IQoJb3JpZ2luX2VjE{CANARY}{}==", "aB3/".repeat(200))
}

/// What the profile has after a paste.
fn expected(profile: &str) -> String {
    format!(
        "[{profile}]\naws_access_key_id = {TEMPORARY_ID}\naws_secret_access_key = {}\naws_session_token = {}\n",
        secret(),
        token()
    )
}

/// The forms of a paste, with the line endings that a terminal sends.
fn forms() -> Vec<String> {
    let (secret, token) = (secret(), token());
    let values = [
        ("AWS_ACCESS_KEY_ID", TEMPORARY_ID),
        ("AWS_SECRET_ACCESS_KEY", secret.as_str()),
        ("AWS_SESSION_TOKEN", token.as_str()),
    ];
    let lines = |form: &str| {
        let line = |(name, value): &(&str, &str)| form.replace("NAME", name).replace("VALUE", value);
        values.iter().map(line).collect::<Vec<_>>()
    };
    let ini: Vec<String> =
        values.iter().map(|(name, value)| format!("{}={value}", name.to_lowercase())).collect();
    let mut reversed = lines("export NAME=\"VALUE\"");
    reversed.reverse();
    vec![
        lines("export NAME=\"VALUE\"").join("\r"),
        lines("SET NAME=VALUE").join("\r"),
        lines("$Env:NAME=\"VALUE\"").join("\r"),
        format!("[123456789012_Admin]\r{}", ini.join("\r")),
        format!("[123456789012_Admin]\r\r{}", ini.join("\r")),
        reversed.join("\r"),
    ]
}

#[test]
fn a_paste_of_the_access_portal_answers_the_questions_for_the_key() {
    for form in forms() {
        // The last line may have an end or not; then it is Enter that ends it.
        for end in ["\r", "\r\r\r"] {
            let sandbox = Sandbox::new();
            let mut terminal = Terminal::run(&sandbox, &["configure", "-p", "dev"]);
            terminal.see("AWS Access Key ID [None]: ").keys(&format!("{form}{end}"));
            terminal.see("Pasted: access key ID ****************MPLE, secret access key, session token");
            terminal.see("Default region name [None]: ").answer("eu-west-1");
            terminal.see("Default output format [None]: ").answer("json");
            let shown = terminal.end(0);
            assert!(!shown.contains("export") && !shown.contains("aB3/"), "{shown}");
            assert_eq!(sandbox.read_credentials(), expected("dev"), "{form}");
            assert_eq!(sandbox.read_config(), "[profile dev]\nregion = eu-west-1\noutput = json\n");
        }
    }
}

#[test]
fn a_paste_that_arrives_in_pieces_is_the_same() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ");
    let form = forms().swap_remove(0);
    let (first, rest) = form.split_at(form.len() / 2);
    terminal.keys(first).see("AWS Session Token [None]: ");
    std::thread::sleep(std::time::Duration::from_millis(400));
    terminal.answer(rest);
    terminal.see("Default region name [None]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), expected("default"));
}

#[test]
fn a_region_in_a_paste_is_offered() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    let lines =
        format!("[x]\raws_access_key_id={ID}\raws_secret_access_key={}\rregion=eu-west-3\r", secret());
    terminal.see("AWS Access Key ID [None]: ").keys(&lines);
    terminal.see("Default region name [eu-west-3]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-west-3\n");
    assert!(sandbox.read_credentials().contains(&format!("aws_secret_access_key = {}\n", secret())));
}

#[test]
fn a_secret_pasted_where_its_id_belongs_is_not_shown() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer(&secret());
    terminal.see("looks like a secret access key").see("[y/N]: ").answer("n");
    terminal.see("AWS Access Key ID [None]: ").answer(&format!("export AWS_SECRET_ACCESS_KEY={}", secret()));
    terminal.see("AWS Access Key ID [None]: ").keys(ID).see(ID).answer("");
    terminal.see("Default region name [None]: ").keys("\u{3}");
    terminal.end(130);
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn keys_are_pasted_into_an_import_unseen() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "import", "-", "-p", "ci"]);
    terminal.see("Paste the keys, then press Ctrl-D").keys(&forms()[0]).keys("\r\u{4}");
    terminal.see("No region is set for profile `ci`.").see("Default region name [None]: ").answer("eu-wst-1");
    terminal.see("Use eu-west-1? [Y/n]: ").answer("");
    terminal.see("imported the access key of profile `ci`").see("xcred whoami --profile ci");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), expected("ci"));
    assert_eq!(sandbox.read_config(), "[profile ci]\nregion = eu-west-1\n");
}

#[test]
fn an_import_asks_for_a_region_only_where_one_is_missing_and_may_be_asked_for() {
    let csv = |users: &[&str]| {
        let rows = users.iter().map(|user| format!("{user};{ID};{CANARY}\n"));
        format!("User Name;Access key ID;Secret access key\n{}", rows.collect::<String>())
    };
    let sandbox = Sandbox::new().config("[profile bob]\nregion = eu-west-2\n");
    let sandbox = sandbox.file("keys.csv", csv(&["ann", "bob", "eve"])).file("bob.csv", csv(&["bob"]));
    let mut terminal = Terminal::run(&sandbox, &["configure", "import", "keys.csv"]);
    terminal.see("No region is set for 2 profiles.").see("Default region name [None]: ").keys("\u{3}");
    let shown = terminal.end(130);
    assert!(shown.contains("canceled; nothing was written"), "{shown}");
    assert!(!sandbox.path(".aws/credentials").exists());
    let mut terminal = Terminal::run(&sandbox, &["configure", "import", "keys.csv"]);
    terminal.see("Default region name [None]: ").answer("eu-west-1");
    terminal.see("imported the access keys of 3 profiles");
    terminal.end(0);
    assert_eq!(
        sandbox.read_config(),
        "[profile bob]\nregion = eu-west-2\n[profile ann]\nregion = eu-west-1\n[profile eve]\nregion = eu-west-1\n"
    );
    for arguments in
        [&["configure", "import", "bob.csv"][..], &["configure", "import", "keys.csv", "--no-input"]]
    {
        let shown = Terminal::run(&sandbox, arguments).end(0);
        assert!(!shown.contains("region name"), "{shown}");
    }
}

#[test]
fn a_question_in_the_middle_of_a_paste_neither_shows_nor_loses_its_lines() {
    // Five characters too many, about which xcred asks.
    let odd = format!("{}EXTRA", secret());
    let lines = [
        format!("export AWS_ACCESS_KEY_ID=\"{TEMPORARY_ID}\""),
        format!("export AWS_SECRET_ACCESS_KEY=\"{odd}\""),
        format!("export AWS_SESSION_TOKEN=\"{}\"", token()),
    ];
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").keys(&(lines.join("\r") + "\r"));
    terminal.see("characters instead of 40").see("Use it anyway? [y/N]: ").answer("y");
    terminal.see("Pasted: ").see("session token");
    terminal.see("Default region name [None]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), expected("p").replace(&secret(), &odd));
}

#[test]
fn a_secret_at_a_question_of_yes_or_no_is_not_shown() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").answer("akia");
    terminal.see("Use it anyway? [y/N]: ").answer(&secret());
    terminal.see("Answer y or n.").see("Use it anyway? [y/N]: ").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn a_paste_that_begins_with_a_comment_is_recognized_and_another_one_is_dropped_whole() {
    let lines = format!(
        "# from the portal\rexport AWS_ACCESS_KEY_ID={TEMPORARY_ID}\rexport AWS_SECRET_ACCESS_KEY={}\r\
         export AWS_SESSION_TOKEN={}\r",
        secret(),
        token()
    );
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").keys(&lines);
    terminal.see("Pasted: ").see("Default region name [None]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), expected("p"));

    let unknown = format!("User name,Access key\rme,{ID}\r{}\r{}\r", secret(), token());
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").keys(&unknown);
    terminal.see("This paste isn't recognized").see("AWS Access Key ID [None]: ").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn a_secret_at_the_question_for_the_region_is_not_shown() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("Default region name [None]: ").keys(&format!("{}\r", token()));
    terminal.see("is not a known region").see("Use it anyway? [y/N]: ").keys("\u{3}");
    terminal.end(130);
}

#[test]
fn a_line_that_sets_a_key_is_no_answer_to_another_question() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [None]: ").answer(ID);
    terminal.see("AWS Secret Access Key [None]: ").answer(&secret());
    terminal.see("Default region name [None]: ");
    terminal.keys(&format!("export AWS_SESSION_TOKEN={}\rexport X=y\r", token()));
    terminal.see("A line that sets an access key is not an answer here.");
    terminal.see("Default region name [None]: ").answer("eu-west-1");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_config(), "[profile p]\nregion = eu-west-1\n");
}

#[test]
fn a_pasted_secret_never_joins_the_id_of_another_key() {
    let old = format!("[p]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}old\n");
    let lines = |id: &str| {
        format!("{id}\rexport AWS_SECRET_ACCESS_KEY={}\rexport AWS_SESSION_TOKEN={}\r", secret(), token())
    };
    // Pasted one question too late.
    let sandbox = Sandbox::new().credentials(&old);
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [****************MPLE]: ").answer("");
    terminal.see("AWS Secret Access Key [").keys(&lines(&format!("export AWS_ACCESS_KEY_ID={TEMPORARY_ID}")));
    terminal.see("The paste has another access key ID");
    terminal.see("Default region name [None]: ").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert_eq!(sandbox.read_credentials(), expected("p"));

    // The line with the ID was lost.
    let sandbox = Sandbox::new().credentials(&old);
    let mut terminal = Terminal::run(&sandbox, &["configure", "--profile", "p"]);
    terminal.see("AWS Access Key ID [****************MPLE]: ").answer("");
    terminal.see("AWS Secret Access Key [").keys(&lines("export X=y"));
    terminal.see("A secret access key needs its access key ID.").see("AWS Access Key ID [").keys("\u{3}");
    terminal.end(130);
    assert_eq!(sandbox.read_credentials(), old);
}

#[test]
fn what_is_left_of_a_secret_is_not_shown_either() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::run(&sandbox, &["configure"]);
    terminal.see("AWS Access Key ID [None]: ").answer("").see("AWS Secret Access Key [None]: ").answer("");
    let secret = format!("{CANARY}aB3xQ9zL7pR2tW5mK8vN1");
    terminal.see("Default region name [None]: ").keys(&secret);
    for _ in 0..5 {
        terminal.keys("\u{7f}").see("Default region name [None]: ");
    }
    terminal.keys("\u{15}us-west-2").see("us-west-2").answer("");
    terminal.see("Default output format [None]: ").answer("");
    terminal.end(0);
    assert!(sandbox.read_config().contains("us-west-2"));
}

#[test]
fn keys_that_no_prompt_knows_leave_nothing_in_an_answer() {
    let sandbox = Sandbox::new().credentials(section("dev", "AKIAIOSFODNN7EXAMPLE", "s"));
    let mut terminal = Terminal::run(&sandbox, &["set", "aws_session_token", "-", "-p", "dev"]);
    // Ctrl and an arrow, F5, the arrows of a keypad in a program's own mode, the marks of a paste, and Alt with a letter.
    let keys = "\u{1b}[1;5D\u{1b}[15~\u{1b}OD\u{1b}OC\u{1b}[200~oken\u{1b}[201~\u{1b}\u{e9}";
    terminal.see("aws_session_token: ").keys("wrong\u{1}\u{b}t").keys(keys).answer("");
    terminal.end(0);
    let written = sandbox.read_credentials();
    assert!(written.ends_with("aws_session_token = token\n"), "{written}");
}
