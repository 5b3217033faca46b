use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::process::{Command as Process, Stdio};

use super::{Command, Hint};
use crate::random::Random;

/// Names that a file, a variable or an argument may hold.
const HOSTILE: &[&str] = &[
    "dev",
    "a b",
    "a  b ",
    "",
    "-",
    "-n",
    "--",
    "--help",
    "-x y",
    "o'brien",
    "''",
    "a\"b",
    r"DOM\user",
    r"\'",
    r"a\\b",
    "a$(touch${IFS}PWNED)",
    "`touch PWNED`",
    "x;touch PWNED",
    "x&touch PWNED",
    "x|touch PWNED",
    "x\ntouch PWNED\n",
    "x\r\ntouch PWNED\r",
    "\n",
    "a\n\n",
    "!!",
    "a!b'c!d'",
    "$HOME",
    "${HOME:-x}",
    "~",
    "~root",
    "a=~",
    "=ls",
    "a==ls",
    "a=b",
    "*",
    "?",
    "[a-z]",
    "{a,b}",
    "#x",
    "a\tb",
    "\u{1b}[2J",
    "\u{202e}dev",
    "a\u{200b}b",
    "\u{feff}",
    "\u{3164}",
    "é 日本",
    "%s%n",
    "%",
    "^x",
    "<(touch PWNED)",
    ">PWNED",
    "9",
    "\\0112",
    "\u{7}7",
    "000123456789:Admin",
    "a,b+c@d/e.f",
    "-\u{1b}",
];

/// The shells of this machine, as far as it has them.
fn shells() -> Vec<(&'static str, &'static [&'static str])> {
    let known: [(&str, &[&str]); 7] = [
        ("sh", &[]),
        ("bash", &[]),
        ("dash", &[]),
        ("zsh", &["-f"]),
        ("mksh", &[]),
        ("busybox", &["sh"]),
        ("fish", &["--no-config"]),
    ];
    let exists = |shell: &str| {
        let mut probe = Process::new(shell);
        probe.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        probe.status().is_ok()
    };
    known.into_iter().filter(|(shell, _)| exists(shell)).collect()
}

/// The words that a shell makes of the lines, each line's ending with a line of its own.
fn pasted(shell: &str, options: &[&str], lines: &[String]) -> Vec<u8> {
    // fish writes to its home.
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let script: Vec<String> =
        lines.iter().map(|line| format!("printf '%s\\000' {line}\nprintf '\\001'\n")).collect();
    let output = Process::new(shell)
        .args(options)
        .arg("-c")
        .arg(script.concat())
        .current_dir(folder.path())
        .env("HOME", home.path())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "{shell} ran something");
    output.stdout
}

#[track_caller]
fn assert_pastes(commands: &[Command], ends_with_line_feed: bool) {
    let lines: Vec<String> = commands.iter().map(ToString::to_string).collect();
    for line in &lines {
        let seen = |c: char| c != '`' && !c.is_control() && (c.is_ascii() || c.is_alphanumeric());
        assert!(line.chars().all(seen), "{line:?}");
    }
    let mut expected = Vec::new();
    for command in commands {
        for word in command.words() {
            expected.extend(word.into_vec());
            expected.push(0);
        }
        expected.push(1);
    }
    for (shell, options) in shells() {
        // Neither knows the notation that only a line feed at the end needs.
        if ends_with_line_feed && matches!(shell, "sh" | "dash" | "fish") {
            continue;
        }
        let found = pasted(shell, options, &lines);
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&expected),
            "{shell}, {}",
            lines.join("\n")
        );
    }
}

fn commands(name: impl Into<OsString>) -> [Command; 3] {
    let name = name.into();
    [
        Command::xcred(["configure"]).profile(name.clone()),
        Command::xcred(["unset"]).argument(name.clone()).option("--sso-session", name.clone()),
        Command::xcred(["set"]).argument("region").argument(name),
    ]
}

#[test]
fn a_command_pasted_into_a_shell_is_these_words_and_runs_nothing_else() {
    let (ending, others): (Vec<&str>, Vec<&str>) = HOSTILE.iter().partition(|name| name.ends_with('\n'));
    assert_pastes(&others.into_iter().flat_map(commands).collect::<Vec<_>>(), false);
    assert_pastes(&ending.into_iter().flat_map(commands).collect::<Vec<_>>(), true);
}

#[test]
fn random_names_of_any_bytes_are_one_word() {
    let mut random = Random::new(1);
    let mut names = Vec::new();
    for _ in 0..120 {
        let mut name = Vec::new();
        for _ in 0..random.below(9) {
            match random.below(3) {
                0 => name.extend(HOSTILE[random.below(HOSTILE.len())].bytes()),
                1 => name.push(u8::try_from(1 + random.below(127)).unwrap()),
                _ => name.push(u8::try_from(1 + random.below(255)).unwrap()),
            }
        }
        while name.ends_with(b"\n") {
            name.pop();
        }
        names.push(OsString::from_vec(name));
    }
    assert_pastes(&names.into_iter().flat_map(commands).collect::<Vec<_>>(), false);
}

#[test]
fn a_leading_hyphen_is_not_an_option() {
    let text = |command: Command| command.to_string();
    assert_eq!(text(Command::xcred(["configure"]).profile("-n")), "xcred configure --profile=-n");
    assert_eq!(text(Command::xcred(["unset"]).argument("-k").profile("a")), "xcred unset --profile a -- -k");
    assert_eq!(text(Command::xcred(["set"]).argument("k").argument("-")), "xcred set k -");
}

#[test]
fn ordinary_names_are_not_quoted() {
    let line = |name: &str| Command::xcred(["keys", "rotate"]).profile(name).to_string();
    assert_eq!(line("000123456789:Admin"), "xcred keys rotate --profile 000123456789:Admin");
    assert_eq!(line("a b"), "xcred keys rotate --profile 'a b'");
    assert_eq!(line("o'brien"), r"xcred keys rotate --profile 'o'\''brien'");
    assert_eq!(line("a\tb"), "xcred keys rotate --profile \"$(printf 'a\\011b')\"");
}

#[test]
fn a_hint_is_text_with_commands_between_backticks() {
    let hint =
        Hint::from("set it up: ").run(Command::xcred(["configure"]).profile("a`b")).say(", or leave it");
    assert_eq!(
        hint.to_string(),
        "set it up: `xcred configure --profile \"$(printf 'a\\140b')\"`, or leave it"
    );
}

#[test]
fn a_word_that_would_be_masked_is_a_placeholder() {
    let name = "q7Xw2LmZ9rTf4KcV8bNp1Hs6Jd3Gy5UaEoPiWnRk";
    crate::secret::hold(name);
    assert_eq!(Command::xcred(["configure"]).profile(name).to_string(), "xcred configure --profile VALUE");
}

#[test]
fn a_command_with_a_name_that_would_be_masked_is_no_help() {
    let name = "Hb3Nq8Wc1Zy6Mt5Rk0Lx9Vd2Fs7Jg4Pa";
    crate::secret::hold(name);
    let set = |key: &str| Hint::from("set it: ").run(Command::set(key, name).profile("dev"));
    assert!(set("region").is_whole() && !set(name).is_whole());
    assert!(!Hint::from(Command::set("region", "x").profile(name)).is_whole());
    assert!(!Hint::from(Command::xcred(["profile", "remove"]).argument(name)).is_whole());
    assert!(!Hint::from(Command::unset(name)).is_whole());
}

#[test]
fn a_hint_about_an_edit_that_is_not_made_changes_nothing_that_it_would_write() {
    let unset = || Command::unset("regoin").profile("dev");
    let hint = Hint::from("did you mean `region`?").on_written(" ", unset(), " removes it");
    assert_eq!(hint.to_string(), "did you mean `region`? `xcred unset regoin --profile dev` removes it");
    assert_eq!(hint.foreseen().unwrap().to_string(), "did you mean `region`?");
    assert_eq!(Hint::default().on_written("", unset(), " removes it").foreseen(), None);
    let other = Hint::from(unset()).say(" makes `role_arn` take effect");
    assert_eq!(other.clone().foreseen(), Some(other));
}
