//! Keys that others make before, during and after a rotation whose answer was lost: none of them is deleted.

use crate::keys::{home, section};
use crate::line::{Fault, Line};
use crate::peers::{Iam, Key};
use crate::rotation::{Case, ROTATE};
use crate::terminal::Terminal;

fn with<'a>(way: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&ROTATE[..], &[way], more].concat()
}

/// Changes what a journal says.
fn edit_journal(case: &Case<'_>, change: impl FnOnce(String) -> String) {
    let path = format!(".local/state/xcred/rotations/{}.json", case.old.id);
    let text = case.journal().expect("a journal");
    case.sandbox.put(&path, change(text));
}

fn same_but_status(moto: &Iam, user: &str, key: &Key) -> bool {
    moto.keys(user).iter().any(|found| found == key)
}

#[test]
fn a_key_made_in_the_minute_of_the_lost_request_is_deleted_only_by_its_name() {
    let Some(moto) = Iam::start() else { return };
    for way in ["--resume", "--undo"] {
        let case = Case::unsent(&moto, way);
        let other = moto.key(way);
        let stderr = case.sandbox.run(&with(way, &[])).failure(253);
        assert!(stderr.contains("xcred can't tell whether") && stderr.contains(&other.id), "{stderr}");
        for choice in ["--delete-lost", "--keep"] {
            assert!(stderr.contains(&format!("{choice} {}", other.id)), "{stderr}");
        }
        assert!(case.journal().is_some() && case.configured().id == case.old.id);
        assert!(moto.keys(way).iter().all(|key| key.active) && same_but_status(&moto, way, &other));
        // Only the key itself can be named.
        let stderr = case.sandbox.run(&with(way, &["--delete-lost", &case.old.id])).failure(253);
        assert!(stderr.contains("is not deleted: it existed before"), "{stderr}");
        assert_eq!(moto.keys(way).len(), 2);
    }
    let case = Case::unsent(&moto, "kept");
    let other = moto.key("kept");
    let (_, stderr) = case.sandbox.run(&with("--undo", &["--keep", &other.id])).success_with_words();
    assert!(stderr.contains(&format!("{} is left alone", other.id)), "{stderr}");
    assert!(case.journal().is_none() && same_but_status(&moto, "kept", &other));
    let case = Case::unsent(&moto, "named");
    let other = moto.key("named");
    case.sandbox.run(&with("--resume", &["--delete-lost", &other.id])).success_with_words();
    assert!(!moto.keys("named").contains(&other) && case.configured().active);
}

#[test]
fn a_key_made_outside_the_time_of_the_request_is_never_deleted() {
    let Some(moto) = Iam::start() else { return };
    for (user, seconds) in [("earlier", -600), ("later", 1200)] {
        for way in ["--resume", "--undo"] {
            let user = format!("{user}{way}");
            let case = Case::unsent(&moto, &user);
            let other = moto.key(&user);
            moto.created(&other.id, seconds);
            let stderr = case.sandbox.run(&with(way, &["--delete-lost", &other.id])).failure(253);
            assert!(stderr.contains("is not deleted: it was created at"), "{stderr}");
            let (code, _, stderr) = case.sandbox.run(&with(way, &[])).ended();
            // Two keys are all that a user can have.
            assert_eq!(code, Some(if way == "--undo" { 0 } else { 254 }), "{stderr}");
            assert!(stderr.contains(&format!("{} was created at ", other.id)), "{stderr}");
            assert!(stderr.contains("it is left alone"), "{stderr}");
            assert!(same_but_status(&moto, &user, &other) && case.journal().is_none());
            assert!(case.configured().id == case.old.id && case.configured().active);
        }
    }
}

#[test]
fn an_old_journal_claims_no_key_of_today() {
    let Some(moto) = Iam::start() else { return };
    for way in ["--resume", "--undo"] {
        let case = Case::unsent(&moto, way);
        let other = moto.key(way);
        edit_journal(&case, |text| {
            let begun = text.split("\"begun\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            let ended = text.split("\"ended\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            text.replace(begun, "2026-01-20T12:00:00Z").replace(&format!("\"{ended}\""), "null")
        });
        let (_, _, stderr) = case.sandbox.run(&with(way, &[])).ended();
        assert!(stderr.contains(&format!("{} was created at ", other.id)), "{stderr}");
        assert!(stderr.contains("after the request for the new key ended: it is left alone"), "{stderr}");
        assert!(same_but_status(&moto, way, &other));
    }
}

#[test]
fn two_machines_with_one_key_do_not_take_each_others() {
    let Some(moto) = Iam::start() else { return };
    for way in ["--resume", "--undo"] {
        let a = Case::unsent(&moto, way);
        // The other machine gets as far as its files. IAM doesn't tell yet that its key was used.
        let line = Line::to(moto.port);
        let b = home(&a.old, &line.url()).env("AWS_MAX_ATTEMPTS", "1");
        line.fault(6, Fault::CutBefore);
        b.run(&ROTATE).failure(255);
        line.restore();
        let theirs = moto.keys(way).into_iter().find(|key| key.id != a.old.id).expect("a new key");
        assert_eq!(b.read_credentials(), section("me", &theirs));
        moto.used(&theirs.id, None);
        a.sandbox.run(&with(way, &[])).failure(253);
        assert!(moto.keys(way).iter().all(|key| key.active), "{:?}", moto.keys(way));
        for sandbox in [&a.sandbox, &b] {
            sandbox.run(&["whoami", "--profile", "me"]).success();
        }
        // Whoever names it nevertheless is told that it is used, once IAM knows.
        let stderr = a.sandbox.run(&with(way, &["--delete-lost", &theirs.id])).failure(253);
        assert!(stderr.contains("is not deleted: it was used for sts"), "{stderr}");
        a.sandbox.run(&with("--undo", &["--keep", &theirs.id])).success_with_words();
        b.run(&with("--resume", &[])).success_with_words();
        assert!(moto.keys(way).iter().all(|key| key.active == (key.id == theirs.id)));
        b.run(&["whoami", "--profile", "me"]).success();
    }
}

#[test]
fn a_new_key_that_was_deleted_elsewhere_can_be_rolled_back() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(6, Fault::CutBefore);
    case.interrupted(&line, Fault::CutBefore);
    line.restore();
    moto.delete("ann", &case.configured().id);
    case.sandbox.run(&with("--undo", &[])).success_with_words();
    assert_eq!(case.configured(), case.old);
    case.sandbox.run(&["whoami", "--profile", "me"]).success();
}

#[test]
fn a_key_that_is_used_while_it_is_looked_at_is_activated_again() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(3, Fault::CutAfter);
    case.interrupted(&line, Fault::CutAfter);
    let lost = case.lost().expect("a lost key");
    // Between the first look and the deactivation.
    line.fault(2, Fault::HangBefore);
    let child = case.hanging(&line, &["--resume", "--delete-lost", &lost]);
    assert_eq!(line.asked(), ["ListAccessKeys", "GetAccessKeyLastUsed", "UpdateAccessKey"]);
    crate::rotation::end(child);
    line.restore();
    moto.deactivate("ann", &lost);
    moto.used(&lost, Some("s3"));
    let stderr = case.sandbox.run(&with("--resume", &["--delete-lost", &lost])).failure(253);
    assert!(stderr.contains(&format!("{lost} is not deleted: it was used for s3 at ")), "{stderr}");
    assert_eq!(moto.keys("ann").len(), 2);
}

#[test]
fn rolling_back_leaves_a_new_key_that_others_use() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let interrupted = |user: &str| {
        let case = Case::new(&moto, user, &line.url());
        line.fault(6, Fault::CutBefore);
        case.interrupted(&line, Fault::CutBefore);
        line.restore();
        let new = case.configured();
        (case, new)
    };
    let (case, new) = interrupted("used");
    moto.used(&new.id, Some("s3"));
    let (_, stderr) = case.sandbox.run(&with("--undo", &[])).success_with_words();
    assert!(stderr.contains(&format!("{} was used for s3 at ", new.id)), "{stderr}");
    assert!(stderr.contains("xcred keys delete") && stderr.contains("it is left alone"), "{stderr}");
    assert!(moto.keys("used").iter().all(|key| key.active) && moto.keys("used").len() == 2);
    assert!(case.configured() == case.old && case.journal().is_none());

    // A journal that came back with a backup.
    let (case, new) = interrupted("restored");
    edit_journal(&case, |text| {
        let begun = text.split("\"begun\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        text.replace(begun, "2026-01-20T12:00:00Z")
    });
    case.sandbox.run(&with("--undo", &[])).success_with_words();
    assert!(same_but_status(&moto, "restored", &new));
}

#[test]
fn at_a_terminal_a_key_in_question_is_asked_about() {
    let Some(moto) = Iam::start() else { return };
    for (answer, left) in [("n", true), ("y", false)] {
        let case = Case::unsent(&moto, answer);
        let other = moto.key(answer);
        let mut terminal = Terminal::run(&case.sandbox, &["keys", "rotate", "--profile", "me", "--undo"]);
        terminal.see(&format!("{} was created at ", other.id)).see("[y/N]: ").answer(answer);
        terminal.end(0);
        assert_eq!(same_but_status(&moto, answer, &other), left);
        assert!(case.journal().is_none());
    }
}

#[test]
fn a_journal_that_cannot_be_relied_on_stops_everything_and_changes_nothing() {
    let Some(moto) = Iam::start() else { return };
    let case = Case::unsent(&moto, "ann");
    let other = moto.key("ann");
    let whole = case.journal().unwrap();
    for (text, words) in [
        (whole.replace("\"schema\": 1", "\"schema\": 99"), "another version of xcred (schema 99)"),
        (whole.replace("\"begun\": \"20", "\"begun\": \"garbage 20"), "it has an invalid date"),
        (whole.replace("\"begun\": \"20", "\"begun\": \"30"), "it has an invalid date"),
        (whole.replace("\"begun\": \"20", "\"begun\": \"19"), "it has an invalid date"),
        (whole[..whole.len() / 2].to_owned(), "it is damaged"),
    ] {
        edit_journal(&case, |_| text.clone());
        for more in [&["--resume"][..], &["--undo"], &["--undo", "--delete-lost", &other.id], &[]] {
            let stderr = case.sandbox.run(&[&ROTATE[..], more].concat()).failure(253);
            assert!(stderr.contains(words) && stderr.contains("\nhelp: "), "{more:?}: {stderr}");
        }
        assert_eq!(case.journal(), Some(text));
        assert!(same_but_status(&moto, "ann", &other) && case.configured() == case.old);
    }
}

#[test]
fn what_is_in_the_way_of_a_web_page_does_not_make_a_second_key() {
    let Some(moto) = Iam::start() else { return };
    moto.limit(9);
    let line = Line::to(moto.port);
    let old = moto.user("ann", &["iam:*"]);
    // botocore's legacy mode asks again at a status of 429, whoever it is from.
    let sandbox = home(&old, &line.url());
    line.fault(3, Fault::PageAfter(429));
    let stderr = sandbox.run(&ROTATE).failure(255);
    assert!(stderr.contains("is not from IAM") && stderr.contains("--resume"), "{stderr}");
    assert_eq!(moto.keys("ann").len(), 2);
    assert_eq!(line.asked().iter().filter(|operation| *operation == "CreateAccessKey").count(), 1);
}
