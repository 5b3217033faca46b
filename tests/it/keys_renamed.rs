//! An unfinished rotation or creation whose profile got another name, was removed, or gave its name to somebody else: it is
//! found by its keys, told of, finished and rolled back.

use crate::harness::{CANARY, Sandbox, section, unwrapped};
use crate::loopback::Loopback;
use crate::services::{Shared, header, query};
use crate::strace;

const OLD: &str = "AKIAIOSFODNN7EXAMPLE";
const NEW: &str = "AKIANEWNEWNEWNEWNEW1";
const STRANGER: &str = "AKIASTRANGER00000000";
const FOLDER: &str = ".local/state/xcred/rotations";

/// IAM and STS with two users: one whose keys change, and a stranger in another account.
struct Account {
    server: Loopback,
    /// The keys of the user, and whether they are active.
    keys: Shared<Vec<(String, bool)>>,
    /// The operation that is executed without an answer.
    cut: Shared<&'static str>,
}

impl Account {
    fn start() -> Account {
        let (keys, cut) = (Shared::new(vec![(OLD.to_owned(), true)]), Shared::new(""));
        let (state, fault) = (keys.clone(), cut.clone());
        let server = Loopback::start(move |request| {
            let form = query(&format!("?{}", request.body));
            let action = form["Action"].as_str();
            let authorization = header(request, "authorization").unwrap_or_default();
            let by = authorization.split_once("Credential=").map_or("", |(_, rest)| rest);
            let is_stranger = by.starts_with(STRANGER);
            let id = form.get("AccessKeyId").cloned().unwrap_or_default();
            let body = match action {
                "GetCallerIdentity" if is_stranger => {
                    "<Arn>arn:aws:iam::999999999999:user/eve</Arn><UserId>E</UserId><Account>999999999999</Account>".to_owned()
                }
                "GetCallerIdentity" => {
                    "<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>U</UserId><Account>123456789012</Account>".to_owned()
                }
                _ if is_stranger && action != "ListAccessKeys" => {
                    return Some((403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>".to_owned()));
                }
                "ListAccessKeys" => {
                    let all = if is_stranger { vec![(STRANGER.to_owned(), true)] } else { state.lock().clone() };
                    let member = |(id, active): &(String, bool)| {
                        let status = if *active { "Active" } else { "Inactive" };
                        let created = if id == NEW { jiff::Timestamp::now() } else { jiff::Timestamp::UNIX_EPOCH };
                        format!("<member><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status><CreateDate>{created}</CreateDate></member>")
                    };
                    format!("<AccessKeyMetadata>{}</AccessKeyMetadata>", all.iter().map(member).collect::<String>())
                }
                "GetAccessKeyLastUsed" => {
                    "<AccessKeyLastUsed><ServiceName>N/A</ServiceName></AccessKeyLastUsed>".to_owned()
                }
                "CreateAccessKey" => {
                    state.lock().push((NEW.to_owned(), true));
                    format!("<AccessKey><AccessKeyId>{NEW}</AccessKeyId><Status>Active</Status><SecretAccessKey>{CANARY}new</SecretAccessKey></AccessKey>")
                }
                "UpdateAccessKey" if *fault.lock() != action => {
                    let active = form["Status"] == "Active";
                    state.lock().iter_mut().filter(|key| key.0 == id).for_each(|key| key.1 = active);
                    String::new()
                }
                "DeleteAccessKey" => {
                    state.lock().retain(|key| key.0 != id);
                    String::new()
                }
                _ => String::new(),
            };
            if *fault.lock() == action {
                return Some((500, "<ErrorResponse/>".to_owned()));
            }
            Some((
                200,
                format!("<{action}Response><{action}Result>{body}</{action}Result></{action}Response>"),
            ))
        });
        Account { server, keys, cut }
    }

    fn home(&self) -> Sandbox {
        Sandbox::new()
            .env("AWS_ENDPOINT_URL", &self.server.url)
            .env("AWS_MAX_ATTEMPTS", "1")
            .env("AWS_REGION", "us-east-1")
            .credentials(section("dev", OLD, CANARY))
    }

    /// A rotation of the key of `dev` that stopped with the new key in the files, or before it was tested.
    fn rotating(&self, stop: &'static str) -> Sandbox {
        let home = self.home();
        *self.cut.lock() = stop;
        home.run(&["keys", "rotate", "-p", "dev", "--yes"]).failure(255);
        *self.cut.lock() = "";
        assert!(is_recorded(&home));
        home
    }

    /// A creation whose answer was lost.
    fn creating(&self) -> Sandbox {
        let home = self.home();
        *self.cut.lock() = "CreateAccessKey";
        home.run(&["keys", "create", "-p", "dev", "--save-as", "ci"]).failure(255);
        *self.cut.lock() = "";
        assert!(is_recorded(&home));
        home
    }

    fn key(&self, id: &str) -> Option<bool> {
        self.keys.lock().iter().find(|key| key.0 == id).map(|key| key.1)
    }
}

fn stranger() -> String {
    section("dev", STRANGER, &format!("{CANARY}eve"))
}

fn is_recorded(home: &Sandbox) -> bool {
    let files = std::fs::read_dir(home.path(FOLDER)).expect("a folder");
    files.flatten().any(|file| file.file_name().to_string_lossy().ends_with(".json"))
}

/// The arguments of the command in a help text that has this flag.
fn told<'t>(text: &'t str, flag: &str) -> Vec<&'t str> {
    let text = text.split('`').find(|part| part.starts_with("xcred") && part.contains(flag));
    text.unwrap_or_else(|| panic!("no {flag}")).split_whitespace().skip(1).collect()
}

#[test]
fn a_creation_goes_on_with_the_new_name_of_its_profile() {
    for (way, by_editor) in [("--resume", false), ("--undo", false), ("--resume", true), ("--undo", true)] {
        let account = Account::start();
        let home = account.creating();
        if by_editor {
            home.put(".aws/credentials", section("prod", OLD, CANARY));
        } else {
            let (_, words) = home.run(&["profile", "rename", "dev", "prod"]).success_with_words();
            assert!(unwrapped(&words).contains("is not finished"), "{words}");
            assert!(told(&words, way).contains(&"prod"), "{words}");
        }
        // Another one can't begin, and its help works.
        let words = home.run(&["keys", "create", "-p", "prod", "--save-as", "ci"]).failure(253);
        let words = home.run(&told(&words, way)).failure(253);
        assert!(words.contains(&format!("--delete-lost {NEW}")), "{words}");
        home.run(&told(&words, "--delete-lost")).success_with_words();
        assert!(!is_recorded(&home), "{way}");
        assert_eq!(account.key(NEW).is_some(), way == "--resume");
        assert_eq!(home.read_credentials().contains("[ci]"), way == "--resume");
    }
}

#[test]
fn a_creation_whose_profile_is_gone_says_who_can_go_on() {
    let account = Account::start();
    let home = account.creating();
    let words = home.run(&["profile", "remove", "dev", "--yes"]).failure(253);
    assert!(words.contains("profile `dev` is still needed") && words.contains("`--force`"), "{words}");
    assert!(home.read_credentials().contains(OLD));
    home.put(".aws/credentials", "");
    let words = unwrapped(&home.run(&["keys", "create", "-p", "dev", "--resume"]).failure(253));
    assert!(words.contains("doesn't exist any more"), "{words}");
    assert!(words.contains("where NAME is a profile of account 123456789012"), "{words}");
    // Somebody else by that name isn't who can.
    home.put(".aws/credentials", stranger());
    let words = home.run(&["keys", "create", "-p", "dev", "--undo"]).failure(253);
    assert!(unwrapped(&words).contains("is in account 999999999999"), "{words}");
    home.put(".aws/credentials", stranger() + &section("other", OLD, CANARY));
    let words = home.run(&["keys", "create", "-p", "dev", "--undo"]).failure(253);
    assert_eq!(
        told(&words, "--undo"),
        ["keys", "create", "--profile", "other", "--undo", "--user", "me"],
        "{words}"
    );
    let words = home.run(&told(&words, "--undo")).failure(253);
    home.run(&told(&words, "--delete-lost")).success_with_words();
    assert_eq!((account.key(NEW), is_recorded(&home)), (None, false));
}

#[test]
fn a_created_key_is_saved_or_deleted_though_the_profile_that_began_it_is_gone() {
    for way in ["--resume", "--undo"] {
        let account = Account::start();
        let home = account.home();
        home.put(".aws/config", "[profile ci]\nregion = us-east-1\n");
        // It stays unfinished because its secret can't be printed.
        let mut command = home.command();
        command.args(["keys", "create", "-p", "dev", "--save-as", "ci", "--show-secret"]);
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
        let status = command.stdout(full).stderr(std::process::Stdio::null()).status().expect("it runs");
        assert!(!status.success() && is_recorded(&home));
        home.put(".aws/credentials", "");
        home.run(&["profile", "rename", "ci", "cd"]).success_with_words();
        let shown = home.run(&["doctor"]).code(1).0;
        let home = home.revealing();
        home.run(&told(&shown, way)).success_with_words();
        assert!(!is_recorded(&home));
        let saved = home.read_credentials();
        assert_eq!(saved.contains("[cd]") && saved.contains(NEW), way == "--resume", "{saved}");
        assert_eq!(account.key(NEW).is_some(), way == "--resume");
    }
}

#[test]
fn a_rotation_is_that_of_its_keys_and_not_that_of_a_name() {
    for (way, by_editor) in [("--resume", false), ("--undo", false), ("--resume", true), ("--undo", true)] {
        for stop in ["UpdateAccessKey", "CreateAccessKey"] {
            let account = Account::start();
            let home = account.rotating(stop);
            if by_editor {
                home.put(".aws/credentials", home.read_credentials().replace("[dev]", "[prod]"));
            } else {
                home.run(&["profile", "rename", "dev", "prod"]).success_with_words();
            }
            let prod = home.read_credentials();
            home.put(".aws/credentials", prod.clone() + &stranger());
            // The stranger has none, and is told of the other one.
            let words = home.run(&["keys", "rotate", "-p", "dev", way]).failure(253);
            assert!(words.contains("no unfinished rotation for profile `dev`"), "{words}");
            assert!(told(&words, way).contains(&"prod"), "{words}");
            // A rotation of the stranger's key is its own: IAM refuses it here.
            home.run(&["keys", "rotate", "-p", "dev", "--yes"]).failure(254);
            assert_eq!(home.read_credentials(), prod + &stranger());
            for command in ["doctor", "status"] {
                let (_, stdout, stderr) = home.run(&[command]).ended();
                assert!(told(&(stdout + &stderr), way).contains(&"prod"), "{command}: {stderr}");
            }
            let (code, _, mut words) = home.run(&told(&words, way)).ended();
            if stop == "CreateAccessKey" {
                assert_eq!(code, Some(253), "{words}");
                assert!(told(&words, "--delete-lost").contains(&"prod"), "{words}");
                words = home.run(&told(&words, "--delete-lost")).success_with_words().1;
            }
            let id = if way == "--resume" { NEW } else { OLD };
            assert!(
                home.read_credentials().starts_with(&format!("[prod]\naws_access_key_id = {id}\n")),
                "{words}"
            );
            assert!(home.read_credentials().ends_with(&stranger()), "{words}");
            assert_eq!((account.key(id), is_recorded(&home)), (Some(true), false), "{words}");
            assert!(!words.contains("--profile dev"), "{words}");
        }
    }
}

#[test]
fn a_rotation_whose_profile_is_removed_strands_no_key() {
    for way in ["--resume", "--undo"] {
        for is_taken in [false, true] {
            let account = Account::start();
            let home = account.rotating("UpdateAccessKey");
            let words = home.run(&["profile", "remove", "dev", "--yes"]).failure(253);
            assert!(words.contains("profile `dev` is still needed"), "{words}");
            assert!(told(&words, way).contains(&"dev") && words.contains("`--force`"), "{words}");
            let (_, words) = home.run(&["profile", "remove", "dev", "--yes", "--force"]).success_with_words();
            let mut words = words;
            if is_taken {
                home.put(".aws/credentials", stranger());
                words = home.run(&["keys", "rotate", "-p", "dev", way]).failure(253);
            }
            let doctor = home.run(&["doctor", "--format", "json"]).code(1).0;
            assert!(doctor.contains("\"unfinished-rotation\""), "{doctor}");
            // Each help in turn leads to the end.
            let words = home.run(&told(&words, way)).failure(253);
            let id = if way == "--resume" { NEW } else { OLD };
            home.run(&told(&words, "xcred set")).code(0);
            home.run(&told(&words, way)).success_with_words();
            let saved = home.read_credentials();
            assert!(saved.contains(&format!("[{id}]\naws_access_key_id = {id}\n")), "{saved}");
            assert!(!is_taken || saved.starts_with(&stranger()), "{saved}");
            assert_eq!((account.key(id), is_recorded(&home)), (Some(true), false));
        }
    }
}

#[test]
fn a_rename_that_is_refused_because_keys_are_being_changed_leaves_no_guard() {
    const SETTINGS: &str = ".config/xcred/config.toml";
    let account = Account::start();
    let guards = "[profiles.dev]\naccount = \"123456789012\"\n";
    let home = account.rotating("UpdateAccessKey").file(SETTINGS, guards);
    let lock = std::fs::File::open(home.path(FOLDER).join("lock")).expect("a lock");
    lock.lock().expect("a lock");
    let words = home.run(&["profile", "rename", "dev", "prod"]).failure(255);
    assert!(words.contains("rotations/lock"), "{words}");
    assert_eq!(home.read(SETTINGS), guards);
    drop(lock);
    home.run(&["profile", "rename", "dev", "prod"]).success_with_words();
    assert_eq!(home.read(SETTINGS), guards.replace("dev", "prod"));
}

#[test]
fn killed_at_any_change_of_a_file_a_rename_loses_no_journal() {
    const RENAME: [&str; 4] = ["profile", "rename", "dev", "prod"];
    if !strace::is_there() {
        return;
    }
    let account = Account::start();
    let mut calls = strace::trace(&account.rotating("UpdateAccessKey"), &RENAME);
    calls.retain(|call| ["linkat", "rename", "unlink", "fsync"].contains(&call.name.as_str()));
    assert!(calls.iter().filter(|call| call.name == "rename").count() >= 2, "{calls:?}");
    for (at, call) in calls.iter().enumerate() {
        let account = Account::start();
        let home = account.rotating("UpdateAccessKey");
        strace::killed(&home, call, &RENAME);
        let way = if at % 2 == 0 { "--resume" } else { "--undo" };
        let shown = home.run(&["doctor"]).code(1).0;
        assert!(unwrapped(&shown).contains("is not finished"), "{call:?}: {shown}");
        home.run(&told(&shown, way)).success_with_words();
        assert!(!is_recorded(&home), "{call:?}");
        let id = if way == "--resume" { NEW } else { OLD };
        assert!(home.read_credentials().contains(id) && account.key(id) == Some(true), "{call:?}");
    }
}
