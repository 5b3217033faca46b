//! `xcred configure` with its answers in a pipe, a line each, as scripts give them to `aws configure`.

use std::io::{Read as _, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::harness::{CANARY, Sandbox, secret, section};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const TEMPORARY_ID: &str = "ASIAIOSFODNN7EXAMPLE";

fn key(id: &str) -> String {
    section("default", id, &secret())
}

#[test]
fn four_lines_answer_the_four_questions() {
    for ending in ["\n", "\r\n"] {
        let sandbox = Sandbox::new();
        let input = [ID, &secret(), "us-west-2", "json", ""].join(ending);
        let (out, words) = sandbox.run_with_input(&["configure"], &input).success_with_words();
        assert_eq!(out, "");
        assert!(words.contains("wrote aws_access_key_id, aws_secret_access_key in "), "{words}");
        assert_eq!(sandbox.read_credentials(), key(ID));
        assert_eq!(sandbox.read_config(), "[default]\nregion = us-west-2\noutput = json\n");
    }
    // The last line need not end.
    let sandbox = Sandbox::new();
    let input = format!("\u{feff} {ID} \n{}\n\njson", secret());
    let _ = sandbox.run_with_input(&["configure", "--profile", "ci"], &input).success_with_words();
    assert_eq!(sandbox.read_credentials(), key(ID).replace("default", "ci"));
    assert_eq!(sandbox.read_config(), "[profile ci]\noutput = json\n");
}

#[test]
fn an_empty_line_keeps_what_is_there() {
    let config = "[default]\nregion = eu-west-1\noutput = text\n";
    let sandbox = Sandbox::new().credentials(key(ID)).config(config);
    let (_, words) = sandbox.run_with_input(&["configure"], "\n\n\n\n").success_with_words();
    assert!(words.contains("nothing to change"), "{words}");
    assert_eq!((sandbox.read_credentials(), sandbox.read_config()), (key(ID), config.to_owned()));
    let _ = sandbox.run_with_input(&["configure"], "\n\nap-south-1\n\n").success_with_words();
    assert_eq!(sandbox.read_credentials(), key(ID));
    assert_eq!(sandbox.read_config(), config.replace("eu-west-1", "ap-south-1"));
}

#[test]
fn a_temporary_key_has_its_token_on_the_third_line() {
    let sandbox = Sandbox::new();
    let input = format!("{TEMPORARY_ID}\n{}\n{CANARY}/token\nus-west-2\njson\n", secret());
    let _ = sandbox.run_with_input(&["configure"], &input).success_with_words();
    let temporary = key(TEMPORARY_ID) + &format!("aws_session_token = {CANARY}/token\n");
    assert_eq!(sandbox.read_credentials(), temporary);
    // Where a token is kept it is asked about, unless the new key needs none.
    let _ = sandbox.run_with_input(&["configure"], "\n\n\nap-south-1\n\n").success_with_words();
    assert_eq!(sandbox.read_credentials(), temporary);
    let input = format!("{ID}\n{}\n\n\n", secret());
    let _ = sandbox.run_with_input(&["configure"], &input).success_with_words();
    assert_eq!(sandbox.read_credentials(), key(ID));
    assert_eq!(sandbox.read_config(), "[default]\nregion = ap-south-1\noutput = json\n");
}

#[test]
fn an_input_that_ends_early_is_an_error_and_nothing_is_written() {
    let lines = [ID.to_owned(), secret(), "us-west-2".to_owned()];
    for (count, missing) in
        [(1, "AWS Secret Access Key"), (2, "Default region name"), (3, "Default output format")]
    {
        for ending in ["", "\n"] {
            let sandbox = Sandbox::new();
            let input = lines[..count].join("\n") + ending;
            let words = sandbox.run_with_input(&["configure"], &input).failure(252);
            assert!(words.contains(&format!("ended before the answer to `{missing}`")), "{input:?}: {words}");
            assert!(words.contains("help: ") && words.contains("Default output format"), "{words}");
            assert!(!sandbox.path(".aws").exists());
        }
    }
    let input = format!("{TEMPORARY_ID}\n{}\nus-west-2\njson\n", secret());
    let words = Sandbox::new().run_with_input(&["configure"], &input).failure(252);
    assert!(words.contains("AWS Session Token"), "{words}");
}

#[test]
fn answers_in_the_wrong_place_are_refused_unseen() {
    let secret = secret();
    for (input, reason) in [
        (format!("{secret}\n{ID}\nus-west-2\njson\n"), "look swapped"),
        (format!("{ID}\n\nus-west-2\njson\n"), "needs its own secret access key"),
        (format!("\n{secret}\nus-west-2\njson\n"), "has no access key ID"),
        (format!("{TEMPORARY_ID}\n{secret}\n\nus-west-2\njson\n"), "works only with its session token"),
        (format!("{ID}\n{secret}\n{CANARY}\njson\n"), "characters other than"),
        (format!("{ID}\n{secret}\njson\n{secret}\n"), "characters other than"),
        (format!("{ID}\n{secret} {CANARY}\n\n\n"), "whitespace"),
        (format!("{ID} {secret}\n{secret}\n\n\n"), "whitespace"),
        (
            format!("{ID}\n{secret}\n\n{}\n", "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEY0"),
            "characters other than",
        ),
    ] {
        let sandbox = Sandbox::new();
        let words = sandbox.run_with_input(&["configure"], &input).failure(252);
        assert!(words.contains(reason) && words.contains("nothing was written"), "{input:?}: {words}");
        assert!(!words.contains("wJalr"), "{words}");
        assert!(!sandbox.path(".aws").exists());
    }
}

#[test]
fn odd_answers_are_written_and_pointed_out() {
    let sandbox = Sandbox::new();
    let (_, words) =
        sandbox.run_with_input(&["configure"], "test\ntest\neu-wset-1\nxml\n").success_with_words();
    assert!(words.contains("doesn't look like an access key ID"), "{words}");
    assert!(words.contains("did you mean `eu-west-1`") && words.contains("`xml`"), "{words}");
    assert_eq!(sandbox.read_config(), "[default]\nregion = eu-wset-1\noutput = xml\n");
}

#[test]
fn what_comes_after_the_answers_is_left_to_the_next_reader() {
    let answers = |id: &str| format!("{id}\n{}\n\n\n", secret());
    let sandbox = Sandbox::new().file("answers", answers(ID) + &answers("AKIAIOSFODNN8EXAMPLE") + "rest");
    let mut command = std::process::Command::new("sh");
    let xcred = sandbox.command();
    command.env_clear().envs(xcred.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(sandbox.home()).arg("-c");
    command.arg(r#"{ "$0" configure -p a; "$0" configure -p b --region eu-west-1; "$0" configure -p b; cat; } < answers"#);
    let (out, _) = sandbox
        .finish(
            {
                command.arg(xcred.get_program());
                command
            },
            "",
        )
        .success_with_words();
    assert_eq!(out, "rest");
    assert!(sandbox.read_credentials().contains("[b]\naws_access_key_id = AKIAIOSFODNN8EXAMPLE\n"));
}

#[test]
fn a_pipe_that_stays_open_is_not_waited_for() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command();
    command.arg("configure").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(format!("{ID}\n{}\nus-west-2\njson\n", secret()).as_bytes()).expect("it reads");
    let start = Instant::now();
    while child.try_wait().expect("a status").is_none() {
        assert!(start.elapsed() < Duration::from_secs(30), "it waits for more");
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut words = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut words).expect("UTF-8");
    assert!(!words.contains(CANARY), "{words}");
    assert_eq!(sandbox.read_credentials(), key(ID));
}

#[test]
fn a_dry_run_takes_answers_too() {
    let sandbox = Sandbox::new();
    let input = format!("{ID}\n{}\nus-west-2\n\n", secret());
    let diff = sandbox.run_with_input(&["configure", "-n"], &input).success();
    assert!(diff.contains("+aws_secret_access_key = ****") && diff.contains("+region = us-west-2"), "{diff}");
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn a_paste_of_the_access_portal_can_come_through_a_pipe() {
    let sandbox = Sandbox::new();
    let lines = format!(
        "[123456789012_Admin]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key={CANARY}\n"
    );
    let words = sandbox.run_with_input(&["configure", "-p", "dev"], &lines).failure(252);
    assert!(words.contains("a temporary access key without its session token"), "{words}");
    assert!(!sandbox.path(".aws").exists());
    let lines = format!("{lines}aws_session_token={CANARY}/token\n");
    let _ = sandbox.run_with_input(&["configure", "-p", "dev"], &lines).success_with_words();
    assert!(sandbox.read_credentials().ends_with(&format!("aws_session_token = {CANARY}/token\n")));
    assert!(sandbox.read_credentials().starts_with("[dev]\n"));
}

#[test]
fn lines_that_only_the_writer_of_a_paste_knows_are_no_answers() {
    let ini = format!("aws_access_key_id={ID}\naws_secret_access_key={}\n", secret());
    let shell = format!("export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={}\n", secret());
    for (input, config) in [
        (format!("{ini}x_principal_arn=arn:aws:sts::1:x\nx_security_token_expires = 2027-01-01\n"), ""),
        (
            format!("{ini}\nx_principal_arn=arn:aws:sts::1:x\neu-west-1\njson\n"),
            "region = eu-west-1\noutput = json\n",
        ),
        (format!("{shell}unset AWS_VAULT\n"), ""),
        (format!("{shell} unset AWS_VAULT;\neu-west-1\n"), "region = eu-west-1\n"),
    ] {
        let sandbox = Sandbox::new();
        let _ = sandbox.run_with_input(&["configure"], &input).success_with_words();
        assert_eq!(sandbox.read_credentials(), key(ID), "{input}");
        let expected = if config.is_empty() { String::new() } else { format!("[default]\n{config}") };
        let found = std::fs::read_to_string(sandbox.path(".aws/config")).unwrap_or_default();
        assert_eq!(found, expected, "{input}");
    }
}

#[test]
fn what_comes_behind_a_paste_answers_the_other_questions() {
    let paste = format!("export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={}\n", secret());
    let ini = format!("aws_access_key_id = {ID}\naws_secret_access_key = {}\n", secret());
    for (behind, config) in [
        ("eu-west-1\njson\n", "region = eu-west-1\noutput = json\n"),
        ("eu-west-1", "region = eu-west-1\n"),
        ("\njson\n", "output = json\n"),
        ("# mine\neu-west-1\n\n", "region = eu-west-1\n"),
        ("export AWS_REGION=us-east-1\n\njson\n", "region = us-east-1\noutput = json\n"),
        ("export AWS_REGION=us-east-1\neu-west-1\n", "region = eu-west-1\n"),
        ("\n\n\n", ""),
    ] {
        for paste in [&paste, &ini] {
            let sandbox = Sandbox::new();
            let input = format!("{paste}{behind}");
            let _ = sandbox.run_with_input(&["configure"], &input).success_with_words();
            assert_eq!(sandbox.read_credentials(), key(ID), "{behind:?}");
            let expected = if config.is_empty() { String::new() } else { format!("[default]\n{config}") };
            let found = std::fs::read_to_string(sandbox.path(".aws/config")).unwrap_or_default();
            assert_eq!(found, expected, "{behind:?}");
        }
    }
    for (behind, reason) in [
        ("eu-west-1\njson\nmore\n", "standard input:5: there is no question left for this line"),
        ("two words\n", "standard input:3: `Default region name`: it contains characters other than"),
        (&*format!("\n{}\n", secret()), "standard input:4: `Default output format`: "),
    ] {
        let sandbox = Sandbox::new();
        let words = sandbox.run_with_input(&["configure"], &format!("{paste}{behind}")).failure(252);
        assert!(words.contains(reason) && words.contains("nothing was written"), "{behind:?}: {words}");
        assert!(!words.contains(CANARY), "{words}");
        assert!(!sandbox.path(".aws").exists());
    }
}
