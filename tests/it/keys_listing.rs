//! IAM's list of keys may be out of date, empty or endless: what isn't in it may exist all the same.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use crate::services::header;

pub(crate) const OLD: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const NEW: &str = "AKIANEWNEWNEWNEWNEW1";
pub(crate) const SPARE: &str = "AKIASPARE00000000000";

/// What IAM does besides its work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    None,
    /// Lists no keys at all.
    Empty,
    /// As soon as there are two keys, this one isn't listed.
    Hides(&'static str),
    /// Only the second list lacks this one.
    Omits(&'static str),
    /// The same, and by then it was used.
    OmitsUsed(&'static str),
    /// No key is created, and the list still has this one after its deletion.
    Keeps(&'static str),
    /// Lists this one once more as inactive.
    Doubles(&'static str),
    /// This operation fails.
    Fails(&'static str),
    /// IAM doesn't know the key of this operation, although there is one.
    Denies(&'static str),
    /// The caller may not do this.
    Forbids(&'static str),
    /// This operation has an empty result.
    Empties(&'static str),
    /// Every key was used.
    Uses,
    /// The key is created, and a second request of a proxy is refused with this code; the key is listed a little later.
    Repeats(&'static str),
    /// No key signs.
    Forgets,
    /// Each page leads to another one that was given before.
    Turns,
}

#[derive(Default)]
pub(crate) struct State {
    /// The ID, and whether it is active.
    pub(crate) keys: Vec<(String, bool)>,
    lists: usize,
    asked: Vec<String>,
    /// While this operation is at work, another program writes this text to this file, once.
    pub(crate) writer: Option<(&'static str, PathBuf, String)>,
}

pub(crate) struct Iam {
    pub(crate) state: Arc<Mutex<State>>,
    lie: Arc<Mutex<Lie>>,
    pub(crate) sandbox: Sandbox,
}

impl Iam {
    pub(crate) fn start(lie: Lie) -> Iam {
        let state = Arc::new(Mutex::new(State { keys: vec![(OLD.to_owned(), true)], ..State::default() }));
        let lie = Arc::new(Mutex::new(lie));
        let (kept, told) = (Arc::clone(&state), Arc::clone(&lie));
        let server = Loopback::start(move |request| {
            let lie = *told.lock().expect("a lie");
            let mut state = kept.lock().expect("a state");
            let signature = header(request, "authorization").unwrap_or_default();
            let is_new = signature.contains(NEW);
            if lie == Lie::Forgets {
                return Some((403, refusal("InvalidClientTokenId")));
            }
            if is_new && !state.keys.iter().any(|(id, active)| id == NEW && *active) {
                return Some((403, refusal("InvalidClientTokenId")));
            }
            Some(answer(&mut state, lie, &request.body))
        });
        let sandbox = Sandbox::new()
            .env("AWS_ENDPOINT_URL", &server.url)
            .env("AWS_MAX_ATTEMPTS", "1")
            .env("AWS_REGION", "us-east-1")
            .credentials(section("me", OLD, CANARY));
        Iam { state, lie, sandbox }
    }

    pub(crate) fn lies(&self, lie: Lie) {
        *self.lie.lock().expect("a lie") = lie;
        self.state.lock().expect("a state").lists = 0;
    }

    pub(crate) fn key(&self, id: &str) -> Option<bool> {
        let state = self.state.lock().expect("a state");
        state.keys.iter().find(|(key, _)| key == id).map(|(_, active)| *active)
    }

    /// Lets another program write the credentials file while an operation is at work.
    pub(crate) fn writes(&self, operation: &'static str, text: &str) {
        let path = self.sandbox.path(".aws/credentials");
        self.state.lock().expect("a state").writer = Some((operation, path, text.to_owned()));
    }

    fn asked(&self, operation: &str) -> usize {
        let state = self.state.lock().expect("a state");
        state.asked.iter().filter(|asked| *asked == operation).count()
    }

    pub(crate) fn is_recorded(&self) -> bool {
        self.sandbox.path(&format!(".local/state/xcred/rotations/{OLD}.json")).exists()
    }
}

fn refusal(code: &str) -> String {
    let error = format!("<Error><Code>{code}</Code><Message>no</Message></Error>");
    format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")
}

fn field<'f>(form: &'f str, name: &str) -> &'f str {
    form.split('&').find_map(|field| field.strip_prefix(name)).unwrap_or_default()
}

fn answer(state: &mut State, lie: Lie, form: &str) -> (u16, String) {
    let (operation, id) = (field(form, "Action="), field(form, "AccessKeyId="));
    state.asked.push(operation.to_owned());
    if let Some((_, path, text)) = state.writer.take_if(|(at, ..)| *at == operation) {
        std::fs::write(path, text).expect("a file");
    }
    let result = |body: &str| {
        let inner = format!("<{operation}Result>{body}</{operation}Result>");
        (200, format!("<{operation}Response>{inner}</{operation}Response>"))
    };
    let refused = |code: &str| (409, refusal(code));
    if matches!(lie, Lie::Fails(failing) if failing == operation) {
        return (500, "<ErrorResponse/>".to_owned());
    }
    if matches!(lie, Lie::Denies(denied) if denied == operation) {
        return refused("NoSuchEntity");
    }
    if matches!(lie, Lie::Forbids(forbidden) if forbidden == operation) {
        return (403, refusal("AccessDenied"));
    }
    if matches!(lie, Lie::Empties(empty) if empty == operation) {
        return result("");
    }
    let known = state.keys.iter().position(|(key, _)| key == id);
    match operation {
        "GetCallerIdentity" => result(
            "<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>U</UserId><Account>123456789012</Account>",
        ),
        "GetAccessKeyLastUsed" if lie == Lie::Uses => result(
            "<AccessKeyLastUsed><LastUsedDate>2026-01-02T03:04:05Z</LastUsedDate><ServiceName>s3</ServiceName></AccessKeyLastUsed>",
        ),
        "GetAccessKeyLastUsed" if state.lists > 1 && lie == Lie::OmitsUsed(SPARE) => result(&format!(
            "<AccessKeyLastUsed><LastUsedDate>{}</LastUsedDate><ServiceName>s3</ServiceName></AccessKeyLastUsed>",
            Timestamp::now()
        )),
        "CreateAccessKey" if matches!(lie, Lie::Keeps(_)) => refused("LimitExceeded"),
        "GetAccessKeyLastUsed" => result(
            "<UserName>me</UserName><AccessKeyLastUsed><ServiceName>N/A</ServiceName></AccessKeyLastUsed>",
        ),
        "CreateAccessKey" => {
            state.keys.push((NEW.to_owned(), true));
            state.lists = 0;
            if let Lie::Repeats(code) = lie {
                return refused(code);
            }
            result(&format!(
                "<AccessKey><AccessKeyId>{NEW}</AccessKeyId><Status>Active</Status>\
                 <SecretAccessKey>{CANARY}new</SecretAccessKey></AccessKey>"
            ))
        }
        "UpdateAccessKey" => match known {
            Some(at) => {
                state.keys[at].1 = field(form, "Status=") == "Active";
                result("")
            }
            None => refused("NoSuchEntity"),
        },
        "DeleteAccessKey" => match known {
            Some(at) => {
                state.keys.remove(at);
                result("")
            }
            None => refused("NoSuchEntity"),
        },
        _ => {
            state.lists += 1;
            let is_listed = |id: &str| match lie {
                Lie::Empty | Lie::Turns => false,
                Lie::Hides(hidden) => id != hidden || state.keys.len() < 2,
                Lie::Omits(hidden) | Lie::OmitsUsed(hidden) => id != hidden || state.lists != 2,
                Lie::Repeats(_) => id != NEW || state.lists > 2,
                _ => true,
            };
            let member = |(id, active): &(String, bool)| {
                let status = if *active { "Active" } else { "Inactive" };
                let created = if id == NEW { Timestamp::now() } else { Timestamp::UNIX_EPOCH };
                format!(
                    "<member><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status><CreateDate>{created}</CreateDate></member>"
                )
            };
            let mut listed = state.keys.clone();
            match lie {
                Lie::Doubles(id) => listed.push((id.to_owned(), false)),
                Lie::Keeps(id) if !listed.iter().any(|(listed, _)| listed == id) => {
                    listed.push((id.to_owned(), false));
                }
                _ => {}
            }
            let members: String = listed.iter().filter(|(id, _)| is_listed(id)).map(member).collect();
            let more = if lie == Lie::Turns {
                format!("<IsTruncated>true</IsTruncated><Marker>{}</Marker>", state.lists % 2)
            } else {
                String::new()
            };
            result(&format!("<AccessKeyMetadata>{members}</AccessKeyMetadata>{more}"))
        }
    }
}

pub(crate) const ROTATE: [&str; 5] = ["keys", "rotate", "--profile", "me", "--yes"];

#[test]
fn a_list_without_the_key_that_signed_it_starts_nothing() {
    let iam = Iam::start(Lie::Empty);
    let stderr = iam.sandbox.run(&ROTATE).failure(253);
    assert!(stderr.contains(&format!("IAM doesn't list {OLD}")), "{stderr}");
    assert_eq!((iam.asked("CreateAccessKey"), iam.is_recorded()), (0, false));
}

#[test]
fn an_old_key_that_is_not_listed_is_deactivated_or_was_deleted() {
    let iam = Iam::start(Lie::Hides(OLD));
    let (_, stderr) = iam.sandbox.run(&ROTATE).success_with_words();
    assert!(stderr.contains(&format!("deactivated {OLD}")), "{stderr}");
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(false), Some(true), false));

    let iam = Iam::start(Lie::Fails("UpdateAccessKey"));
    iam.sandbox.run(&ROTATE).failure(255);
    iam.lies(Lie::None);
    iam.state.lock().expect("a state").keys.retain(|(id, _)| id != OLD);
    let (_, stderr) = iam.sandbox.run(&[&ROTATE[..], &["--resume"]].concat()).success_with_words();
    assert!(stderr.contains(&format!("{OLD} is deleted already")), "{stderr}");
    assert!(!stderr.contains("can be activated again"), "{stderr}");
}

#[test]
fn a_new_key_that_is_not_listed_is_rolled_back_or_kept() {
    let with = |way: &'static str| [&ROTATE[..], &[way]].concat();
    let stopped = || {
        let iam = Iam::start(Lie::Fails("UpdateAccessKey"));
        iam.sandbox.run(&ROTATE).failure(255);
        assert!(iam.is_recorded() && iam.sandbox.read_credentials().contains(NEW));
        iam
    };
    let iam = stopped();
    iam.lies(Lie::Hides(NEW));
    let (_, stderr) = iam.sandbox.run(&with("--undo")).success_with_words();
    assert!(stderr.contains(&format!("deleted {NEW}")), "{stderr}");
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(true), None, false));
    // Rolling back stops as well, and then the rotation is finished after all.
    let iam = stopped();
    iam.sandbox.run(&with("--undo")).failure(255);
    assert!(iam.is_recorded() && iam.sandbox.read_credentials().contains(OLD));
    iam.lies(Lie::Hides(NEW));
    iam.sandbox.run(&with("--resume")).success_with_words();
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(false), Some(true), false));
    assert!(iam.sandbox.read_credentials().contains(NEW));
    assert_eq!(iam.asked("CreateAccessKey"), 1);
    // Somebody has deleted it.
    let iam = stopped();
    iam.lies(Lie::None);
    iam.state.lock().expect("a state").keys.retain(|(id, _)| id != NEW);
    iam.sandbox.run(&with("--undo")).success_with_words();
    assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(true), None, false));
}

#[test]
fn a_key_that_was_created_before_the_refusal_is_not_forgotten() {
    for code in ["LimitExceeded", "ExpiredToken"] {
        let iam = Iam::start(Lie::Repeats(code));
        let stderr = iam.sandbox.run(&ROTATE).failure(254);
        assert!(stderr.contains("IAM refused to create a key, but a new key exists"), "{code}: {stderr}");
        assert!(iam.is_recorded() && iam.key(NEW) == Some(true), "{code}");
    }
}

#[test]
fn a_deleted_key_that_is_still_listed_is_not_the_new_one() {
    let iam = Iam::start(Lie::Keeps(SPARE));
    iam.state.lock().expect("a state").keys.push((SPARE.to_owned(), false));
    let stderr = iam.sandbox.run(&[&ROTATE[..], &["--delete-inactive"]].concat()).failure(254);
    assert!(stderr.contains("(LimitExceeded)") && !stderr.contains("a new key exists"), "{stderr}");
    assert_eq!((iam.key(SPARE), iam.key(OLD), iam.is_recorded()), (None, Some(true), false));
}

#[test]
fn a_key_with_two_statuses_is_not_inactive() {
    let iam = Iam::start(Lie::Doubles(OLD));
    let (_, stderr) = iam.sandbox.run(&ROTATE).success_with_words();
    assert!(stderr.contains(&format!("deactivated {OLD}\n")), "{stderr}");
    assert_eq!((iam.key(OLD), iam.key(NEW)), (Some(false), Some(true)));
}

#[test]
fn a_list_whose_pages_lead_in_a_circle_is_an_error() {
    let iam = Iam::start(Lie::Turns);
    for arguments in [&["keys", "list", "-p", "me"][..], &ROTATE] {
        let stderr = iam.sandbox.run(arguments).failure(255);
        assert!(stderr.contains("its `Marker` is one that it has given before"), "{stderr}");
    }
    assert!(iam.asked("ListAccessKeys") < 10);
}
