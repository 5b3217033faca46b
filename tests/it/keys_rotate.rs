//! `xcred keys rotate`, uninterrupted: end to end, and everything that it refuses.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::harness::Sandbox;
use crate::keys::{home, section};
use crate::line::{Fault, Line};
use crate::peers::{Iam, Key, python, tool};
use crate::terminal::Terminal;

const ROTATE: [&str; 5] = ["keys", "rotate", "--profile", "me", "--yes"];

fn rotate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&ROTATE[..], more].concat()
}

fn journal(sandbox: &Sandbox, key: &Key) -> std::path::PathBuf {
    sandbox.path(&format!(".local/state/xcred/rotations/{}.json", key.id))
}

/// What boto3 and AWS CLI say about profile `me`.
fn identities(sandbox: &Sandbox) -> Vec<String> {
    let boto3 =
        "import boto3; print(boto3.Session(profile_name='me').client('sts').get_caller_identity()['Arn'])";
    let mut python = Command::new(python().expect("moto runs in it"));
    python.args(["-I", "-c", boto3]);
    let mut cli = Command::new(tool("aws").expect("beside it"));
    cli.args(["sts", "get-caller-identity", "--profile", "me", "--query", "Arn", "--output", "text"]);
    [python, cli]
        .map(|mut command| {
            let ours = sandbox.command();
            command.env_clear().envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
            sandbox.finish(command, "").success().trim().to_owned()
        })
        .to_vec()
}

#[test]
fn a_key_is_replaced_wherever_it_stands_and_everybody_works_on() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    let sandbox = home(&old, &moto.url());
    let before = format!(
        "# mine\n{}; kept\n[other]\naws_access_key_id=AKIAOTHER\naws_secret_access_key=x\n",
        section("me", &old)
    );
    let config = sandbox.read_config() + &section("profile too", &old).replace(" = ", ": ");
    let sandbox = sandbox.credentials(&before).config(&config);
    let (stdout, stderr) = sandbox.run(&rotate(&[])).success_with_words();
    assert_eq!(stdout, "");
    for words in [
        "account 123456789012, arn:aws:iam::123456789012:user/ann (profile `me`)",
        "plan:",
        " works\n",
        "is inactive and can be",
    ] {
        assert!(stderr.contains(words), "no `{words}`: {stderr}");
    }
    let keys = moto.keys("ann");
    let new = keys.iter().find(|key| key.active).unwrap();
    assert_eq!(keys.len(), 2);
    assert_ne!(new.id, old.id);
    // Not a byte more than the two pairs.
    let replaced = |text: &str| text.replace(&old.id, &new.id).replace(&old.secret, &new.secret);
    assert_eq!(sandbox.read_credentials(), replaced(&before));
    assert_eq!(sandbox.read_config(), replaced(&config));
    assert!(!journal(&sandbox, &old).exists());
    assert_eq!(identities(&sandbox), ["arn:aws:iam::123456789012:user/ann"; 2]);

    // The second time the first key is in the way: it was used a moment ago.
    let stderr = sandbox.run(&rotate(&["--delete-inactive"])).failure(253);
    assert!(stderr.contains(&format!("{} was used on ", old.id)), "{stderr}");
    sandbox.run(&["keys", "delete", &old.id, "--profile", "me"]).success_with_words();
    let (_, stderr) = sandbox.run(&rotate(&["--delete"])).success_with_words();
    assert!(stderr.contains(&format!("deleted {}", new.id)), "{stderr}");
    let last = moto.keys("ann");
    assert!(last.len() == 1 && last[0].active);
    assert_eq!(identities(&sandbox).len(), 2);
    let stderr = sandbox.run(&rotate(&["--resume"])).failure(253);
    assert!(stderr.contains("no unfinished rotation"), "{stderr}");
}

#[test]
fn a_key_that_aws_does_not_know_yet_is_waited_for() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    let line = Line::to(moto.port);
    let sandbox = home(&old, &line.url());
    line.fault(4, Fault::Unknown);
    let (_, stderr) = sandbox.run(&rotate(&[])).success_with_words();
    assert_eq!(line.asked()[3..5], ["CreateAccessKey", "GetCallerIdentity"]);
    assert_eq!(stderr.matches(" to propagate …").count(), 2, "{stderr}");
}

#[test]
fn only_a_lasting_key_of_a_user_in_the_files_is_rotated() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let sandbox = home(&key, &moto.url())
        .config(
            "[profile me]\nregion = eu-west-1\n[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = me\n\
             [profile process]\ncredential_process = false\n[profile temp]\nregion = eu-west-1\n",
        )
        .credentials(section("me", &key) + "[temp]\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\n");
    for (profile, words) in [
        ("role", "assumes a role"),
        ("process", "come from `custom-process`"),
        ("temp", "holds temporary credentials"),
    ] {
        let stderr = sandbox.run(&["keys", "rotate", "--yes", "--profile", profile]).failure(253);
        assert!(stderr.contains(words), "{profile}: {stderr}");
    }
    let stderr = sandbox.run(&["keys", "rotate", "--yes", "--profile", "role"]).failure(253);
    assert!(stderr.contains("`xcred keys rotate --profile me`"), "{stderr}");
    let environment = sandbox
        .env("AWS_ACCESS_KEY_ID", &key.id)
        .env("AWS_SECRET_ACCESS_KEY", &key.secret)
        .env("AWS_DEFAULT_REGION", "eu-west-1");
    let stderr = environment.run(&["keys", "rotate", "--yes"]).failure(253);
    assert!(stderr.contains("come from the environment"), "{stderr}");
    // Nothing was left, not even a lock.
    assert!(!environment.path(".local").exists());
    assert_eq!(moto.keys("ann"), [key]);
}

#[test]
fn nothing_is_created_where_the_files_cannot_be_written() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let sandbox = home(&key, &moto.url());
    let sandbox = sandbox.file("elsewhere", "");
    std::fs::remove_file(sandbox.path(".aws/config")).unwrap();
    std::os::unix::fs::symlink("/nowhere/config", sandbox.path(".aws/config")).unwrap();
    let (code, _, stderr) = sandbox.run(&rotate(&[])).ended();
    assert_ne!(code, Some(0), "{stderr}");
    assert_eq!(moto.keys("ann"), [key]);
}

#[test]
fn of_two_keys_only_a_dead_one_makes_room_and_only_when_named() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let other = moto.key("ann");
    let sandbox = home(&key, &moto.url());
    let stderr = sandbox.run(&rotate(&["--delete-inactive"])).failure(253);
    assert!(stderr.contains(&format!("{} is active", other.id)) && stderr.contains(" never "), "{stderr}");
    moto.deactivate("ann", &other.id);
    let configured = home(&key, &moto.url()).credentials(section("me", &key) + &section("b", &other));
    let stderr = configured.run(&rotate(&["--delete-inactive"])).failure(253);
    assert!(stderr.contains(&format!("{} is in ", other.id)), "{stderr}");
    assert_eq!(moto.keys("ann").len(), 2);
    // It was created today.
    let stderr = sandbox.run(&rotate(&["--delete-inactive"])).failure(253);
    assert!(stderr.contains(&format!("{} was created on ", other.id)), "{stderr}");
    moto.age(&other.id);
    let stderr = sandbox.run(&rotate(&[])).failure(253);
    assert!(stderr.contains("give `--delete-inactive`"), "{stderr}");
    sandbox.run(&rotate(&["--delete-inactive", "--delete"])).success_with_words();
    let keys = moto.keys("ann");
    assert!(keys.len() == 1 && ![&key.id, &other.id].contains(&&keys[0].id));
    assert_eq!(sandbox.read_credentials(), section("me", &keys[0]));
}

#[test]
fn at_a_terminal_the_plan_is_shown_and_asked_about() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let sandbox = home(&key, &moto.url());
    sandbox.run(&ROTATE[..4]).code(253).1.contains("no terminal");
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see("plan:").see("Go ahead? [y/N]: ").answer("n");
    terminal.see("nothing was changed");
    terminal.end(130);
    assert_eq!(moto.keys("ann"), std::slice::from_ref(&key));
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see("Go ahead? [y/N]: ").keys("\u{3}").see("canceled; nothing was changed");
    terminal.end(130);
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see("Go ahead? [y/N]: ").answer("y");
    terminal.see("is inactive now. Delete it for good? [y/N]: ").answer("y");
    terminal.see(&format!("deleted {}", key.id));
    terminal.end(0);
    assert_eq!(moto.keys("ann").len(), 1);
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see("Go ahead? [y/N]: ").answer("y").see("Delete it for good? [y/N]: ").keys("\u{3}");
    terminal.see("canceled; the new key is in use, and the old one is inactive, but not deleted");
    terminal.end(130);
    assert_eq!(moto.keys("ann").len(), 2);
}

#[test]
fn at_a_terminal_the_key_that_is_in_the_way_is_asked_about() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let other = moto.key("ann");
    moto.deactivate("ann", &other.id);
    moto.age(&other.id);
    let sandbox = home(&key, &moto.url());
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see(&format!("delete {}, which is inactive", other.id));
    terminal.see(&format!("Delete {} for good? [y/N]: ", other.id)).answer("");
    terminal.see("nothing was changed");
    terminal.end(130);
    assert_eq!(moto.keys("ann").len(), 2);
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see(&format!("Delete {} for good? [y/N]: ", other.id)).answer("y");
    terminal.see("Go ahead? [y/N]: ").answer("y");
    terminal.see("Delete it for good? [y/N]: ").answer("n");
    terminal.see("is inactive and can be activated again");
    terminal.end(0);
    let keys = moto.keys("ann");
    assert!(keys.len() == 2 && keys[0].id == key.id && !keys[0].active && keys[1].active);
}

#[test]
fn an_unfinished_rotation_is_told_of_and_its_journal_is_private() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let line = Line::to(moto.port);
    let sandbox = home(&key, &line.url()).env("AWS_MAX_ATTEMPTS", "1");
    line.fault(4, Fault::CutBefore);
    let (_, stderr) = sandbox.run(&rotate(&[])).code(255);
    assert!(
        stderr.contains("error: the rotation stopped: the new key could not be tested")
            && stderr.contains("--undo"),
        "{stderr}"
    );
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&journal(&sandbox, &key)), 0o600);
    assert_eq!(mode(journal(&sandbox, &key).parent().unwrap()), 0o700);
    assert_eq!(sandbox.read_credentials(), section("me", &key));
    line.restore();
    let stderr = sandbox.run(&rotate(&[])).failure(253);
    assert!(
        stderr.contains("is not finished: its new key is AKIA") && stderr.contains("--resume"),
        "{stderr}"
    );
    assert_eq!(moto.keys("ann").len(), 2);
    sandbox.run(&rotate(&["--undo"])).success_with_words();
    assert_eq!(moto.keys("ann"), [key]);
    assert!(!journal(&sandbox, &moto.keys("ann")[0]).exists());
}
