use std::io::Write as _;
use std::process::Command;
use std::thread;

use expectrl::Session;

use super::*;

#[test]
fn a_prompt_looks_like_that_of_aws_configure() {
    assert_eq!(asked("AWS Access Key ID", None), "AWS Access Key ID [None]: ");
    assert_eq!(asked("Default region name", Some("eu-west-1")), "Default region name [eu-west-1]: ");
}

#[test]
fn blanks_of_a_paste_are_removed_including_invisible_ones() {
    assert_eq!(without_blanks("\u{feff} a\tb\u{200b}\u{a0}c \r").expose(), "abc");
}

/// Runs on a terminal of its own.
#[test]
#[ignore = "the test below runs it"]
fn wait_for_two_lines() {
    let dialogue = Dialogue::open(false, false, "").unwrap().expect("a terminal");
    assert!(dialogue.line_within(Duration::from_millis(20)).unwrap().is_none());
    dialogue.say("<ready>").unwrap();
    for _ in 0..2 {
        let line = loop {
            if let Some(line) = dialogue.line_within(Duration::from_millis(20)).unwrap() {
                break line;
            }
        };
        dialogue.say(&format!("<{} bytes>", line.expose().len())).unwrap();
    }
    drop(dialogue);
    let mut later = String::new();
    io::stdin().read_line(&mut later).unwrap();
    io::stdout().write_all(format!("<later: {}>\n", later.trim()).as_bytes()).unwrap();
}

#[test]
fn a_line_that_is_typed_during_a_wait_is_not_shown_and_later_ones_are_left() {
    const CODE: &str = "code=CANARY-of-a-paste&state=0123456789";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "ui::prompt::tests::wait_for_two_lines", "--include-ignored", "--nocapture"]);
    command.env("TERM", "xterm-256color");
    let mut session = Session::spawn(command).unwrap();
    let mut shown = String::new();
    let start = Instant::now();
    let mut see = |session: &mut expectrl::session::OsSession, text: &str| {
        while !shown.contains(text) {
            let mut buffer = [0; 4096];
            match session.try_read(&mut buffer) {
                Ok(length @ 1..) => shown.push_str(&String::from_utf8_lossy(&buffer[..length])),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    thread::sleep(Duration::from_millis(5));
                }
                _ => panic!("it ended: {shown:?}"),
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no {text} in {shown:?}");
        }
        shown.clone()
    };
    see(&mut session, "<ready>");
    session.write_all(format!("{CODE}\r").as_bytes()).unwrap();
    see(&mut session, &format!("<{} bytes>", CODE.len()));
    // In two parts, an empty line before them, and a line behind them that is somebody else's.
    session.write_all(format!("\r{}", &CODE[..20]).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(150));
    session
        .write_all(format!("{}wrong\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}1\rplain\n", &CODE[20..]).as_bytes())
        .unwrap();
    see(&mut session, &format!("<{} bytes>", CODE.len() + 1));
    let shown = see(&mut session, "<later: plain>");
    assert!(!shown.contains("CANARY") && !shown.contains("wrong"), "{shown:?}");
}
