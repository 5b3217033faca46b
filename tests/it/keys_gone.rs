//! A key is gone only if IAM doesn't know it and doesn't list it; a secret that reaches nobody stays in the journal.

use crate::harness::{CANARY, unwrapped};
use crate::keys_listing::{Iam, Lie, NEW, OLD, ROTATE, SPARE};
use crate::standard_input::run_by;

const CREATE: [&str; 6] = ["keys", "create", "--profile", "me", "--save-as", "new"];
pub(crate) const UNDO: [&str; 5] = ["keys", "create", "--profile", "me", "--undo"];
pub(crate) const RESUME: [&str; 5] = ["keys", "create", "--profile", "me", "--resume"];
pub(crate) const JOURNAL: &str = ".local/state/xcred/rotations/create-123456789012-me.json";

fn with(way: &'static str) -> Vec<&'static str> {
    [&ROTATE[..], &[way]].concat()
}

/// A rotation that stopped before the old key was deactivated.
pub(crate) fn stopped() -> Iam {
    let iam = Iam::start(Lie::Fails("UpdateAccessKey"));
    iam.sandbox.run(&ROTATE).failure(255);
    iam
}

/// A creation that stopped before the new key was saved. An inactive key was deactivated by a roll-back that stopped.
pub(crate) fn unsaved(active: bool, lie: Lie) -> Iam {
    let iam = Iam::start(lie);
    iam.state.lock().expect("a state").keys.push((NEW.to_owned(), active));
    let begun = jiff::Timestamp::now();
    iam.sandbox.put(
        JOURNAL,
        format!(
            r#"{{"schema": 1, "begun": "{begun}", "known": ["{OLD}"], "profile": "me", "account": "123456789012",
            "user": "me", "save_as": "new", "overwrite": false, "undone": {}, "show_secret": false,
            "new": {{"id": "{NEW}", "secret": "{CANARY}new"}}}}"#,
            !active
        ),
    );
    iam
}

/// Whether the rotation's journal has the new secret.
fn keeps_the_secret(iam: &Iam) -> bool {
    let path = format!(".local/state/xcred/rotations/{OLD}.json");
    iam.is_recorded() && iam.sandbox.read(&path).contains(&format!("{CANARY}new"))
}

#[test]
fn a_key_that_iam_lists_is_not_gone() {
    // Rolling back.
    let iam = stopped();
    iam.lies(Lie::Denies("UpdateAccessKey"));
    let stderr = iam.sandbox.run(&with("--undo")).failure(255);
    assert!(stderr.contains(&format!("IAM says that key {NEW} doesn't exist, and lists it")), "{stderr}");
    assert!(!stderr.contains("nothing was changed"), "{stderr}");
    assert!(keeps_the_secret(&iam) && iam.key(NEW) == Some(true), "{stderr}");
    // Finishing after all.
    iam.state.lock().expect("a state").keys.iter_mut().for_each(|key| key.1 = key.0 != NEW);
    let stderr = iam.sandbox.run(&with("--resume")).failure(255);
    assert!(stderr.contains(&format!("key {NEW} doesn't exist")) && keeps_the_secret(&iam), "{stderr}");
    iam.lies(Lie::None);
    iam.sandbox.run(&with("--undo")).success_with_words();
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(true), None, false));
    // The old key.
    let iam = Iam::start(Lie::Denies("UpdateAccessKey"));
    let stderr = iam.sandbox.run(&ROTATE).failure(255);
    assert!(stderr.contains(&format!("key {OLD} doesn't exist")) && keeps_the_secret(&iam), "{stderr}");
    let iam = Iam::start(Lie::Denies("DeleteAccessKey"));
    let stderr = iam.sandbox.run(&with("--delete")).failure(255);
    assert!(stderr.contains(&format!("key {OLD} doesn't exist")) && iam.is_recorded(), "{stderr}");
}

#[test]
fn a_key_in_the_way_is_deleted_though_a_list_lacks_it() {
    let iam = Iam::start(Lie::Omits(SPARE));
    iam.state.lock().expect("a state").keys.push((SPARE.to_owned(), false));
    let (_, stderr) = iam.sandbox.run(&with("--delete-inactive")).success_with_words();
    assert!(stderr.contains(&format!("deleted {SPARE}")), "{stderr}");
    assert_eq!((iam.key(SPARE), iam.key(OLD), iam.key(NEW)), (None, Some(false), Some(true)));
    assert!(!iam.is_recorded());
    // It was used meanwhile.
    let iam = Iam::start(Lie::OmitsUsed(SPARE));
    iam.state.lock().expect("a state").keys.push((SPARE.to_owned(), false));
    let stderr = iam.sandbox.run(&with("--delete-inactive")).failure(253);
    assert!(stderr.contains(&format!("{SPARE} was used on ")), "{stderr}");
    assert_eq!((iam.key(SPARE), iam.key(NEW), iam.is_recorded()), (Some(false), None, false));
}

#[test]
fn a_created_key_that_is_not_listed_yet_is_deleted_by_undo() {
    let iam = unsaved(true, Lie::Hides(NEW));
    iam.sandbox.run(&UNDO).success_with_words();
    assert_eq!((iam.key(NEW), iam.sandbox.path(JOURNAL).exists()), (None, false));
    let iam = unsaved(true, Lie::Denies("UpdateAccessKey"));
    let stderr = iam.sandbox.run(&UNDO).failure(255);
    assert!(stderr.contains(&format!("key {NEW} doesn't exist")), "{stderr}");
    assert!(iam.key(NEW) == Some(true) && iam.sandbox.path(JOURNAL).exists());
}

#[test]
fn a_created_key_is_saved_later_only_if_it_works() {
    // A roll-back that was interrupted has deactivated it.
    let iam = unsaved(false, Lie::None);
    let (_, stderr) = iam.sandbox.run(&RESUME).success_with_words();
    assert!(stderr.contains(&format!("activated {NEW}")), "{stderr}");
    assert!(iam.key(NEW) == Some(true) && iam.sandbox.read_credentials().contains(NEW));
    assert!(!iam.sandbox.path(JOURNAL).exists());
    // Who may not list keys tests it.
    let iam = unsaved(true, Lie::Forbids("ListAccessKeys"));
    let (_, stderr) = iam.sandbox.run(&RESUME).success_with_words();
    assert!(stderr.contains(&format!("{NEW} works")), "{stderr}");
    assert!(iam.sandbox.read_credentials().contains(NEW));
    // It can't be activated.
    let iam = unsaved(false, Lie::Forbids("UpdateAccessKey"));
    let before = iam.sandbox.read_credentials();
    let stderr = iam.sandbox.run(&RESUME).failure(254);
    assert!(stderr.contains("could not be tested; it is not saved"), "{stderr}");
    assert!(iam.sandbox.read_credentials() == before && iam.sandbox.path(JOURNAL).exists());
}

#[test]
fn a_created_key_that_somebody_deactivated_is_not_activated() {
    let iam = unsaved(true, Lie::None);
    iam.state.lock().expect("a state").keys.iter_mut().for_each(|key| key.1 = key.0 != NEW);
    let before = iam.sandbox.read_credentials();
    let stderr = iam.sandbox.run(&RESUME).failure(255);
    assert!(stderr.contains(&format!("the new key {NEW} was deactivated by someone else")), "{stderr}");
    assert!(
        stderr.contains(&format!("`xcred keys activate {NEW} --profile me --user me`; then ")),
        "{stderr}"
    );
    assert!(iam.sandbox.read_credentials() == before && iam.key(NEW) == Some(false));
    iam.sandbox.run(&["keys", "activate", NEW, "--profile", "me"]).success_with_words();
    iam.sandbox.run(&RESUME).success_with_words();
    assert!(iam.sandbox.read_credentials().contains(NEW) && !iam.sandbox.path(JOURNAL).exists());
    // A roll-back restores what it found.
    let iam = unsaved(true, Lie::Fails("DeleteAccessKey"));
    iam.sandbox.run(&UNDO).failure(255);
    assert!(iam.key(NEW) == Some(false) && iam.sandbox.read(JOURNAL).contains("\"undone\": true"));
    iam.lies(Lie::None);
    iam.sandbox.run(&UNDO).success_with_words();
    assert_eq!((iam.key(NEW), iam.sandbox.path(JOURNAL).exists()), (None, false));
}

#[test]
fn a_created_key_that_was_deleted_is_not_saved_and_can_be_rolled_back() {
    for is_saved in [false, true] {
        let iam = unsaved(true, Lie::None);
        iam.state.lock().expect("a state").keys.retain(|(id, _)| id != NEW);
        let mut text = iam.sandbox.read_credentials();
        if is_saved {
            let saved = format!("[new]\naws_access_key_id = {NEW}\naws_secret_access_key = {CANARY}new\n");
            text.push_str(&saved);
            iam.sandbox.put(".aws/credentials", &text);
        }
        let stderr = iam.sandbox.run(&RESUME).failure(255);
        assert!(stderr.contains(&format!("the new key {NEW} was deleted by someone else")), "{stderr}");
        assert_eq!(iam.sandbox.read_credentials(), text);
        let (_, stderr) = iam.sandbox.run(&UNDO).success_with_words();
        assert_eq!(stderr.contains(&format!(" still has {NEW}")), is_saved, "{stderr}");
        assert!(!iam.sandbox.path(JOURNAL).exists());
    }
}

#[test]
fn a_key_that_signs_its_own_deletion_is_not_deactivated_first() {
    let iam = unsaved(true, Lie::Forbids("DeleteAccessKey"));
    iam.sandbox.put(".aws/credentials", "");
    let stderr = iam.sandbox.run(&UNDO).failure(254).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(stderr.contains("`xcred keys create --profile NAME --undo --user me` rolls it back"), "{stderr}");
    assert!(stderr.contains("where NAME is a profile of account 123456789012"), "{stderr}");
    assert!(iam.key(NEW) == Some(true) && iam.sandbox.path(JOURNAL).exists());
    iam.lies(Lie::None);
    iam.sandbox.run(&UNDO).success_with_words();
    assert_eq!((iam.key(NEW), iam.sandbox.path(JOURNAL).exists()), (None, false));
}

/// The command that a text suggests with this part.
pub(crate) fn told<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
    let command = text.split('`').find(|words| words.starts_with("xcred ") && words.contains(part));
    command.unwrap_or_else(|| panic!("no {part} in {text}")).split_whitespace().skip(1).collect()
}

#[test]
fn a_profile_that_got_another_key_gets_another_name_and_the_creation_goes_on() {
    for is_made in [true, false] {
        let iam = unsaved(true, Lie::None);
        if !is_made {
            iam.state.lock().expect("a state").keys.retain(|(id, _)| id != NEW);
            iam.sandbox
                .put(JOURNAL, iam.sandbox.read(JOURNAL).replace("\"new\": {", "\"new\": null, \"x\": {"));
        }
        let theirs = "aws_access_key_id = AKIAELSE\naws_secret_access_key = x\n";
        iam.sandbox.put(".aws/credentials", iam.sandbox.read_credentials() + "[new]\n" + theirs);
        let stderr = iam.sandbox.run(&RESUME).failure(253);
        assert!(stderr.contains("a key of profile `new` already exists"), "{stderr}");
        assert!(!stderr.contains("--overwrite"), "{stderr}");
        let mut rename = told(&stderr, "profile rename");
        assert_eq!(rename.pop(), Some("NEW_NAME"));
        rename.push("theirs");
        let (_, words) = iam.sandbox.run(&rename).success_with_words();
        assert!(
            words.contains("the unfinished creation of a key for user `me` still saves it as `new`"),
            "{words}"
        );
        iam.sandbox.run(&told(&stderr, "--resume")).success_with_words();
        let saved = iam.sandbox.read_credentials();
        assert!(saved.contains(&format!("[theirs]\n{theirs}")), "{saved}");
        assert!(saved.contains(&format!("[new]\naws_access_key_id = {NEW}\n")), "{saved}");
    }
}

#[test]
fn a_profile_that_got_another_provider_is_not_given_a_key() {
    let iam = unsaved(true, Lie::None);
    iam.sandbox.put(".aws/config", "[profile new]\ncredential_process = /bin/true\n");
    let before = iam.sandbox.read_credentials();
    let stderr = iam.sandbox.run(&RESUME).failure(253);
    assert!(stderr.contains("gets its credentials from `custom-process`"), "{stderr}");
    assert_eq!(iam.sandbox.read_credentials(), before);
}

#[test]
fn a_profile_that_is_not_the_creations_takes_no_key_to_its_new_name() {
    for (config, credentials) in
        [("[profile new]\ncredential_process = /bin/true\n", ""), ("", "[new]\naws_secret_access_key = x\n")]
    {
        let iam = unsaved(true, Lie::None);
        iam.sandbox.put(".aws/config", config);
        iam.sandbox.put(".aws/credentials", iam.sandbox.read_credentials() + credentials);
        let stderr = iam.sandbox.run(&RESUME).failure(253);
        let mut rename = told(&stderr, "profile rename");
        assert_eq!(rename.pop(), Some("NEW_NAME"));
        rename.push("theirs");
        let (_, words) = iam.sandbox.run(&rename).success_with_words();
        assert!(words.contains("still saves it as `new`"), "{words}");
        iam.sandbox.run(&told(&stderr, "--resume")).success_with_words();
        let saved = iam.sandbox.read_credentials();
        assert!(saved.contains(&format!("[new]\naws_access_key_id = {NEW}\n")), "{saved}");
    }
}

#[test]
fn half_a_key_is_replaced_later_only_if_it_is_still_half() {
    let half = [
        ("[new]\naws_secret_access_key = x\n", None),
        ("[new]\naws_access_key_id = AKIAHALF\n", Some("AKIAHALF")),
    ];
    for (text, id) in half {
        for is_older in [false, true] {
            let iam = unsaved(true, Lie::None);
            let replaces = id.map_or("null".to_owned(), |id| format!("\"{id}\""));
            let fields = format!("\"overwrite\": true, \"replaces\": {replaces}");
            let fields = if is_older { fields } else { fields + ", \"half\": true" };
            iam.sandbox.put(JOURNAL, iam.sandbox.read(JOURNAL).replace("\"overwrite\": false", &fields));
            let own = iam.sandbox.read_credentials();
            let whole = "[new]\naws_access_key_id = AKIAHALF\naws_secret_access_key = x\n";
            iam.sandbox.put(".aws/credentials", own.clone() + whole);
            // An older journal names the key.
            if !(is_older && id.is_some()) {
                let stderr = iam.sandbox.run(&RESUME).failure(253);
                assert!(stderr.contains("a key of profile `new` already exists"), "{stderr}");
                assert_eq!(iam.sandbox.read_credentials(), own.clone() + whole);
            }
            iam.sandbox.put(".aws/credentials", own.clone() + text);
            iam.sandbox.run(&RESUME).success_with_words();
            assert!(iam.sandbox.read_credentials().contains(NEW), "{text}");
        }
    }
}

#[test]
fn a_key_that_only_a_journal_has_is_in_use() {
    let ways = format!("`xcred keys create {} --user me` finishes it", RESUME[2..].join(" "));
    // Inactive and old enough to make room.
    for active in [true, false] {
        let iam = unsaved(active, Lie::None);
        let run = |arguments: &[&str]| {
            let stderr = iam.sandbox.run(&[&["keys"], arguments, &["--profile", "me"]].concat()).failure(253);
            let text = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains("a key of an unfinished creation") && text.contains(&ways), "{text}");
            assert_eq!(iam.key(NEW), Some(active));
        };
        run(&["rotate", "--yes", "--delete-inactive"]);
        run(&["delete", NEW, "--yes"]);
        if active {
            run(&["deactivate", NEW]);
        }
        let (listed, _) = iam.sandbox.run(&["keys", "list", "--profile", "me"]).code(0);
        assert!(listed.contains(&format!("~/{JOURNAL}")), "{listed}");
        iam.sandbox.run(&["keys", "delete", NEW, "--yes", "--even-in-use", "--profile", "me"]).code(0);
        assert_eq!(iam.key(NEW), None);
    }
    // The key of an answer that was lost may be the one in the way.
    let iam = unsaved(true, Lie::None);
    iam.sandbox.put(JOURNAL, iam.sandbox.read(JOURNAL).replace("\"new\": {", "\"new\": null, \"x\": {"));
    let stderr = iam.sandbox.run(&ROTATE).failure(253);
    let text = stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("it may be the key of an unfinished creation: `xcred keys create"), "{text}");
    // A saved one isn't rotated before its creation is finished.
    let iam = unsaved(true, Lie::None);
    iam.sandbox.put(
        ".aws/credentials",
        format!("[me]\naws_access_key_id = {NEW}\naws_secret_access_key = {CANARY}new\n"),
    );
    let stderr = iam.sandbox.run(&ROTATE).failure(253);
    assert!(stderr.contains("the creation of a key for user `me`"), "{stderr}");
}

#[test]
fn a_key_that_an_unusable_journal_may_have_is_in_use() {
    use std::os::unix::fs::PermissionsExt as _;

    for active in [true, false] {
        let iam = unsaved(active, Lie::None);
        let open = |mode| {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(iam.sandbox.path(JOURNAL), mode).expect("a mode");
        };
        open(0o622);
        for arguments in
            [&["rotate", "--yes", "--delete-inactive"][..], &["delete", NEW, "--yes"], &["deactivate", NEW]]
        {
            if !active && arguments[0] == "deactivate" {
                continue;
            }
            let stderr = iam.sandbox.run(&[&["keys"], arguments, &["--profile", "me"]].concat()).failure(253);
            assert!(
                stderr.contains("`~/.local/state/xcred/rotations/create-123456789012-me.json` can't be used"),
                "{stderr}"
            );
            assert!(stderr.contains("`chmod go-w "), "{stderr}");
            assert_eq!(iam.key(NEW), Some(active), "{stderr}");
        }
        let delete = ["keys", "delete", NEW, "--yes", "--even-in-use", "--profile", "me"];
        let (_, words) = iam.sandbox.run(&delete).success_with_words();
        assert!(words.contains("can't be used") && iam.key(NEW).is_none(), "{words}");
        // The key of a file can still be rotated.
        let (_, words) = iam.sandbox.run(&ROTATE).success_with_words();
        assert!(words.contains("can't be used"), "{words}");
    }
}

#[test]
fn a_created_key_that_a_line_or_the_environment_has_is_not_deleted() {
    for place in ["~/.aws/config:2", "the variable AWS_ACCESS_KEY_ID"] {
        let iam = unsaved(true, Lie::None);
        let mut undo = iam.sandbox.command();
        undo.args(UNDO);
        if place.starts_with('~') {
            let process = format!("[profile w]\ncredential_process = /opt/give {NEW}\n");
            iam.sandbox.put(".aws/config", process);
        } else {
            undo.env("AWS_ACCESS_KEY_ID", NEW);
        }
        let stderr = iam.sandbox.finish(undo, "").failure(253);
        assert!(stderr.contains(&format!("{NEW} is already in {place}")), "{stderr}");
        assert!(iam.key(NEW) == Some(true) && iam.sandbox.path(JOURNAL).exists());
        if place.starts_with('~') {
            let stderr = iam.sandbox.run(&["keys", "delete", NEW, "--yes", "--profile", "me"]).failure(253);
            assert!(stderr.contains("is in use"), "{stderr}");
        }
    }
}

#[test]
fn without_its_user_none_of_several_creations_is_rolled_back() {
    let iam = unsaved(true, Lie::None);
    let other = JOURNAL.replace("-me.json", "-abe.json");
    let text = iam.sandbox.read(JOURNAL).replace("\"user\": \"me\"", "\"user\": \"abe\"");
    iam.sandbox.put(&other, text.replace(NEW, SPARE));
    for arguments in [UNDO, RESUME] {
        let stderr = iam.sandbox.run(&arguments).failure(253);
        assert!(stderr.contains("there are several unfinished creations"), "{stderr}");
        assert!(told(&stderr, "--user abe").contains(&arguments[4]), "{stderr}");
        assert!(iam.key(NEW) == Some(true) && iam.sandbox.path(&other).exists());
    }
    let stderr = iam.sandbox.run(&UNDO).failure(253);
    iam.sandbox.run(&told(&stderr, "--user me")).success_with_words();
    assert_eq!((iam.key(NEW), iam.sandbox.path(&other).exists()), (None, true));
    // One that is alone needs no name.
    iam.sandbox.run(&UNDO).success_with_words();
    assert!(!iam.sandbox.path(&other).exists());
}

#[test]
fn a_roll_back_that_fails_activates_no_key_that_somebody_else_deactivated() {
    let deactivate = |iam: &Iam| {
        iam.state.lock().expect("a state").keys.iter_mut().for_each(|key| key.1 = key.0 != NEW);
    };
    // Before the roll-back, or after it has restored the key.
    for (lie, is_before) in [
        (Lie::Forbids("DeleteAccessKey"), true),
        (Lie::Fails("GetAccessKeyLastUsed"), false),
        (Lie::Forbids("UpdateAccessKey"), false),
    ] {
        let iam = unsaved(true, lie);
        if is_before {
            deactivate(&iam);
        }
        iam.sandbox.run(&UNDO).ended();
        iam.lies(Lie::None);
        deactivate(&iam);
        let stderr = iam.sandbox.run(&RESUME).failure(255);
        assert!(stderr.contains(&format!("{NEW} was deactivated by someone else")), "{stderr}");
        assert_eq!(iam.key(NEW), Some(false));
    }
    // Of a rotation.
    let iam = stopped();
    deactivate(&iam);
    iam.lies(Lie::Forbids("DeleteAccessKey"));
    iam.sandbox.run(&with("--undo")).failure(254);
    iam.lies(Lie::None);
    let stderr = iam.sandbox.run(&with("--resume")).failure(255);
    assert!(stderr.contains(&format!("{NEW} was deactivated by someone else")), "{stderr}");
    assert_eq!((iam.key(OLD), iam.key(NEW)), (Some(true), Some(false)));
}

#[test]
fn a_rotation_whose_new_key_somebody_deactivated_says_how_to_activate_it() {
    const ACTIVATE: &str = "xcred keys activate AKIANEWNEWNEWNEWNEW1 --profile NAME --user me";
    let iam = stopped();
    iam.lies(Lie::None);
    let set = |old: bool, new: bool| {
        iam.state.lock().expect("a state").keys = vec![(OLD.to_owned(), old), (NEW.to_owned(), new)];
    };
    set(true, false);
    let stderr = iam.sandbox.run(&with("--resume")).failure(255);
    assert!(stderr.contains(&format!("{NEW} was deactivated by someone else")), "{stderr}");
    assert!(unwrapped(&stderr).contains(ACTIVATE) && !stderr.contains("waiting"), "{stderr}");
    iam.sandbox.run(&with("--undo")).success_with_words();
    assert_eq!((iam.key(OLD), iam.key(NEW)), (Some(true), None));
    // Both of them, so that none can activate the other.
    let iam = Iam::start(Lie::Fails("UpdateAccessKey"));
    iam.sandbox.run(&ROTATE).failure(255);
    iam.lies(Lie::Forgets);
    let stderr = iam.sandbox.run(&with("--undo")).failure(255);
    assert!(stderr.contains(&format!("neither the old key {OLD} nor the new key {NEW} works")), "{stderr}");
    let text = unwrapped(&stderr);
    assert!(text.contains(ACTIVATE) && text.contains("another profile of account 123456789012"), "{text}");
}

#[test]
fn a_key_of_the_environment_is_not_replaced_by_rotating_a_profile() {
    let iam = Iam::start(Lie::None);
    iam.sandbox
        .put(".aws/credentials", "[default]\naws_access_key_id = AKIAELSE\naws_secret_access_key = x\n");
    for verb in ["delete", "deactivate"] {
        let mut command = iam.sandbox.command();
        command.args(["keys", verb, OLD]).env("AWS_ACCESS_KEY_ID", OLD).env("AWS_SECRET_ACCESS_KEY", CANARY);
        let stderr = iam.sandbox.finish(command, "").failure(253);
        assert!(stderr.contains("this command is signed with it") && !stderr.contains("rotate"), "{stderr}");
    }
}

#[test]
fn a_used_key_keeps_the_status_that_it_had() {
    for active in [false, true] {
        let iam = unsaved(true, Lie::Uses);
        iam.state.lock().expect("a state").keys.iter_mut().for_each(|key| key.1 = active || key.0 != NEW);
        let stderr = iam.sandbox.run(&UNDO).failure(253);
        assert!(stderr.contains(&format!("{NEW} is not deleted: it was used for s3")), "{stderr}");
        assert_eq!(iam.key(NEW), Some(active));
    }
}

#[test]
fn an_answer_without_a_last_use_is_no_reason_to_delete_a_key() {
    let iam = unsaved(true, Lie::Empties("GetAccessKeyLastUsed"));
    let delete = ["keys", "delete", NEW, "--yes", "--even-in-use", "--profile", "me"];
    let stderr = iam.sandbox.run(&delete).failure(253);
    assert!(stderr.contains("is active (last used: unknown)"), "{stderr}");
    iam.sandbox.run(&UNDO).failure(255);
    assert_eq!(iam.key(NEW), Some(true));
    std::fs::remove_file(iam.sandbox.path(JOURNAL)).expect("a journal");
    iam.state.lock().expect("a state").keys[1].1 = false;
    let stderr = iam.sandbox.run(&[&ROTATE[..], &["--delete-inactive"]].concat()).failure(253);
    assert!(stderr.contains("may have been used lately") && iam.key(NEW) == Some(false), "{stderr}");
}

#[test]
fn a_secret_that_can_not_be_printed_is_kept() {
    let create = [&CREATE[..4], &["--show-secret"]].concat();
    for to in [">/dev/full", "| true"] {
        let iam = Iam::start(Lie::None);
        // So that the reader has ended.
        let line = if to == "| true" {
            r#"{ sleep 1; "$@"; echo "code $?" >&2; } | true"#.to_owned()
        } else {
            format!(r#""$@" {to}; echo "code $?" >&2"#)
        };
        let (_, _, stderr) = run_by(&iam.sandbox, &line, &create).ended();
        assert!(stderr.contains("code 255"), "{to}: {stderr}");
        for words in ["the key is created, but its secret was not shown", "can't be printed", "--resume"] {
            assert!(stderr.contains(words), "{to}: no `{words}` in {stderr}");
        }
        assert!(iam.sandbox.read(JOURNAL).contains(&format!("{CANARY}new")), "{to}");
    }
    let iam = Iam::start(Lie::None);
    let (code, _, stderr) = run_by(&iam.sandbox, r#"exec "$@" >&-"#, &create).ended();
    assert_eq!((code, iam.key(NEW)), (Some(253), None), "{stderr}");
    assert!(stderr.contains("standard output is closed") && !iam.sandbox.path(JOURNAL).exists(), "{stderr}");
}
