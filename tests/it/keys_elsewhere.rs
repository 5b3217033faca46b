//! A rotation or a creation that is finished or rolled back with other files than it began with.

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of};
use crate::keys_listing::{Iam, Lie, NEW, OLD, ROTATE};

const JOURNAL: &str = ".local/state/xcred/rotations/AKIAIOSFODNN7EXAMPLE.json";

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&ROTATE[..], more].concat()
}

fn key(id: &str, secret: &str) -> String {
    format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\n")
}

/// A rotation of a key in `creds` and `conf`, which stopped before the old key was deactivated. The variables that name the
/// files are no longer set, and the profile exists in `~/.aws/config`.
fn stopped() -> Iam {
    let iam = Iam::start(Lie::Fails("UpdateAccessKey"));
    let sandbox = &iam.sandbox;
    std::fs::remove_file(sandbox.path(".aws/credentials")).expect("a file");
    sandbox.put("creds", format!("[me]\n{}", key(OLD, CANARY)));
    sandbox.put("conf", format!("[profile ci]\n{}", key(OLD, CANARY)));
    sandbox.put(".aws/config", "[profile me]\nregion = us-east-1\n");
    let mut there = sandbox.command();
    // The home folder is the current one.
    there
        .args(ROTATE)
        .env("AWS_SHARED_CREDENTIALS_FILE", "creds")
        .env("AWS_CONFIG_FILE", sandbox.path("conf"));
    sandbox.finish(there, "").failure(255);
    assert!(sandbox.read("creds").contains(NEW) && sandbox.read("conf").contains(NEW));
    iam.lies(Lie::None);
    iam
}

/// Turns the journal into one of an older version, with these places.
fn made_old(sandbox: &Sandbox, places: &[&str]) {
    let mut journal = json_of(&sandbox.read(JOURNAL));
    journal.as_object_mut().expect("an object").remove("files");
    journal["places"] = json!(places);
    sandbox.put(JOURNAL, journal.to_string());
}

#[test]
fn undo_writes_the_old_key_to_the_files_of_the_start() {
    for places in [None, Some(["~/conf:2", "~/creds:2"])] {
        let iam = stopped();
        let sandbox = &iam.sandbox;
        if let Some(places) = places {
            made_old(sandbox, &places);
        }
        let (_, stderr) = sandbox.run(&with(&["--undo"])).success_with_words();
        assert!(stderr.contains("~/conf:2") && stderr.contains("~/creds:2"), "{stderr}");
        assert!(stderr.contains(&format!("deleted {NEW}\n")), "{stderr}");
        assert_eq!(sandbox.read("creds"), format!("[me]\n{}", key(OLD, CANARY)));
        assert_eq!(sandbox.read("conf"), format!("[profile ci]\n{}", key(OLD, CANARY)));
        assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(true), None, false));
    }
}

#[test]
fn resume_writes_the_new_key_to_the_files_of_the_start() {
    let iam = stopped();
    let sandbox = &iam.sandbox;
    sandbox.put("conf", format!("[profile ci]\n{}", key(OLD, CANARY)));
    let (_, stderr) = sandbox.run(&with(&["--resume", "--delete"])).success_with_words();
    assert!(stderr.contains(&format!("wrote {NEW} to ~/conf:2")), "{stderr}");
    assert_eq!(sandbox.read("conf"), format!("[profile ci]\n{}", key(NEW, &format!("{CANARY}new"))));
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (None, Some(true), false));
}

#[test]
fn without_a_file_that_had_the_key_nothing_is_deleted() {
    for (way, gone) in [("--resume", OLD), ("--undo", NEW)] {
        let iam = stopped();
        let sandbox = &iam.sandbox;
        std::fs::remove_file(sandbox.path("conf")).expect("a file");
        let more = if way == "--resume" { vec![way, "--delete"] } else { vec![way] };
        let (_, stderr) = sandbox.run(&with(&more)).success_with_words();
        assert!(stderr.contains("~/conf, which had the key, is missing\n"), "{stderr}");
        assert!(stderr.contains(&format!("`xcred keys delete {gone} --profile me`")), "{stderr}");
        assert!(iam.key(gone).is_some(), "{stderr}");
    }
}

#[test]
fn a_key_that_is_in_no_file_stays_in_the_journal_until_its_id_is_saved() {
    for (way, id, secret) in [("--undo", OLD, CANARY), ("--resume", NEW, &*format!("{CANARY}new"))] {
        let iam = stopped();
        let sandbox = &iam.sandbox;
        // From an older version, in another folder.
        made_old(sandbox, &["w/creds:2"]);
        let before = sandbox.read(JOURNAL);
        let stderr = sandbox.run(&with(&[way])).failure(253);
        assert!(
            stderr.contains(&format!("error: neither {OLD} nor {NEW} is in the files any more")),
            "{stderr}"
        );
        assert!(!stderr.contains("in place again") && !stderr.contains("rolled back"), "{stderr}");
        assert_eq!((iam.key(OLD), iam.key(NEW)), (Some(true), Some(true)), "{stderr}");
        assert_eq!(sandbox.read(JOURNAL), before);
        let save = format!("xcred set aws_access_key_id {id} --profile {id}");
        let go_on = format!("xcred keys rotate --profile {id} {way}");
        let help = format!("help: to write {id} to a profile of its own: `{save}`, then `{go_on}`\n");
        assert!(stderr.replace("\n  ", " ").contains(&help), "{stderr}");
        for command in [save, go_on] {
            let arguments: Vec<&str> = command.split(' ').skip(1).collect();
            sandbox.run(&arguments).code(0);
        }
        assert_eq!(sandbox.read_credentials(), format!("[{id}]\n{}", key(id, secret)));
        assert!(iam.key(id) == Some(true) && !iam.is_recorded());
    }
}

#[test]
fn a_lost_key_is_not_given_up_until_the_old_one_is_whole_in_a_file() {
    // IAM refuses another key: then nothing is left to finish.
    for (way, lie, code) in [("--undo", Lie::None, 0), ("--resume", Lie::Denies("CreateAccessKey"), 254)] {
        let iam = stopped();
        let sandbox = &iam.sandbox;
        made_old(sandbox, &["w/creds:2"]);
        let mut journal = json_of(&sandbox.read(JOURNAL));
        journal["new"] = Value::Null;
        sandbox.put(JOURNAL, journal.to_string());
        iam.state.lock().expect("a state").keys.retain(|(id, _)| id == OLD);
        let stderr = sandbox.run(&with(&[way])).failure(253);
        assert!(stderr.contains(&format!("error: {OLD} is not in the files any more")), "{stderr}");
        assert!(iam.is_recorded(), "{stderr}");
        sandbox.run(&["set", "aws_access_key_id", OLD, "--profile", OLD]).code(0);
        iam.lies(lie);
        sandbox.run(&with(&[way])).code(code);
        assert_eq!(sandbox.read_credentials(), format!("[{OLD}]\n{}", key(OLD, CANARY)), "{way}");
        assert!(!iam.is_recorded(), "{way}");
    }
}

#[test]
fn a_created_key_is_not_deleted_while_a_file_of_the_start_has_it() {
    let iam = Iam::start(Lie::None);
    let sandbox = &iam.sandbox;
    let saved = format!("[ci]\n{}", key(NEW, &format!("{CANARY}new")));
    sandbox.put("creds", &saved);
    iam.state.lock().expect("a state").keys.push((NEW.to_owned(), true));
    let journal = json!({
        "schema": 1, "begun": jiff::Timestamp::now().to_string(), "known": [OLD], "profile": "me",
        "account": "123456789012", "user": "me", "save_as": "ci", "overwrite": false, "show_secret": false,
        "files": {"pairs": [[null, sandbox.path("creds")]]},
        "new": {"id": NEW, "secret": format!("{CANARY}new")},
    });
    let path = ".local/state/xcred/rotations/create-123456789012-me.json";
    sandbox.put(path, journal.to_string());
    let before = sandbox.read_credentials();
    let stderr = sandbox.run(&["keys", "create", "--profile", "me", "--undo"]).failure(253);
    assert!(stderr.contains(&format!("{NEW} is already in ~/creds:2")), "{stderr}");
    assert!(iam.key(NEW) == Some(true) && sandbox.path(path).exists(), "{stderr}");
    sandbox.run(&["keys", "create", "--profile", "me", "--resume"]).success_with_words();
    assert_eq!((sandbox.read("creds"), sandbox.read_credentials()), (saved, before));
    assert!(!sandbox.path(path).exists());
}

#[test]
fn a_profile_of_other_files_gets_another_name_and_the_creation_keeps_its_own() {
    let iam = Iam::start(Lie::Fails("CreateAccessKey"));
    let sandbox = &iam.sandbox;
    sandbox.put("creds", sandbox.read_credentials());
    let there = |arguments: &[&str]| {
        let mut there = sandbox.command();
        there.args(arguments).env("AWS_SHARED_CREDENTIALS_FILE", "creds").env("AWS_CONFIG_FILE", "conf");
        sandbox.finish(there, "")
    };
    there(&["keys", "create", "--profile", "me", "--save-as", "ci"]).failure(255);
    sandbox.put(".aws/config", "[profile ci]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = me\n");
    let (_, words) = sandbox.run(&["profile", "rename", "ci", "prod"]).success_with_words();
    assert!(words.contains("still saves it as `ci`"), "{words}");
    iam.lies(Lie::None);
    there(&["keys", "create", "--profile", "me", "--resume"]).success_with_words();
    assert!(sandbox.read("creds").contains("[ci]\n"), "{}", sandbox.read("creds"));
}

#[test]
fn a_created_key_is_not_deleted_while_the_file_that_may_have_it_is_missing() {
    let iam = Iam::start(Lie::None);
    let sandbox = &iam.sandbox;
    std::fs::create_dir(sandbox.path("p")).expect("a folder");
    sandbox.put("p/creds", sandbox.read_credentials());
    let mut there = sandbox.command();
    // It stays unfinished because its secret can't be printed.
    let create = ["keys", "create", "--profile", "me", "--save-as", "ci", "--show-secret"];
    there.args(create).env("AWS_SHARED_CREDENTIALS_FILE", sandbox.path("p/creds"));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let status = there.stdout(full).stderr(std::process::Stdio::null()).status().expect("it runs");
    assert!(!status.success() && sandbox.read("p/creds").contains(NEW));
    std::fs::rename(sandbox.path("p"), sandbox.path("q")).expect("a move");
    let undo = ["keys", "create", "--profile", "me", "--undo"];
    let stderr = sandbox.run(&undo).failure(253);
    assert!(stderr.contains(&format!("{NEW} may be in ~/p/creds, which is missing")), "{stderr}");
    assert_eq!(iam.key(NEW), Some(true), "{stderr}");
}
