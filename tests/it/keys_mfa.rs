//! `xcred keys` in an account that demands MFA: IAM refuses a user's keys, and answers a session with a code.

use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;
use crate::services::{Shared, query, signer};
use crate::terminal::Terminal;

const DEVICE: &str = "arn:aws:iam::123456789012:mfa/ann";
const SETTINGS: &str = ".config/xcred/config.toml";

/// IAM and STS, with the keys of one user. IAM answers only sessions, except that it lists devices.
struct Account {
    server: Loopback,
    /// Whether IAM lists a device.
    has_device: Shared<bool>,
    keys: Shared<Vec<(String, bool)>>,
}

impl Account {
    fn start() -> Account {
        let (keys, has_device) = (Shared::new(vec![("AKIAONE".to_owned(), true)]), Shared::new(true));
        let (lists, known) = (has_device.clone(), keys.clone());
        let server = Loopback::start(move |request| {
            let form = query(&format!("?{}", request.body));
            let (action, by) = (form["Action"].as_str(), signer(request));
            let answer = |body: &str| {
                let body =
                    format!("<{action}Response><{action}Result>{body}</{action}Result></{action}Response>");
                Some((200, body))
            };
            let id = form.get("AccessKeyId").cloned().unwrap_or_default();
            match action {
                "GetCallerIdentity" => answer(
                    "<Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDAANN</UserId><Account>123456789012</Account>",
                ),
                "GetSessionToken" if form["TokenCode"] == "654321" => answer(&format!(
                    "<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>{CANARY}-s</SecretAccessKey>\
                     <SessionToken>{CANARY}-t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
                )),
                "GetSessionToken" => Some((
                    403,
                    denied("MultiFactorAuthentication failed with invalid MFA one time pass code."),
                )),
                "ListMFADevices" if *lists.lock() => answer(&format!(
                    "<MFADevices><member><SerialNumber>arn:aws:iam::123456789012:u2f/user/ann/yk</SerialNumber></member>\
                     <member><SerialNumber>{DEVICE}</SerialNumber></member></MFADevices><IsTruncated>false</IsTruncated>"
                )),
                _ if by != "ASIASESSION" => Some((
                    403,
                    denied(&format!(
                        "User: ann is not authorized to perform: iam:{action} with an explicit deny"
                    )),
                )),
                "ListAccessKeys" => {
                    let member = |(id, active): &(String, bool)| {
                        let status = if *active { "Active" } else { "Inactive" };
                        format!(
                            "<member><UserName>ann</UserName><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status>\
                             <CreateDate>2020-01-01T00:00:00Z</CreateDate></member>"
                        )
                    };
                    let members: String = keys.lock().iter().map(member).collect();
                    answer(&format!(
                        "<AccessKeyMetadata>{members}</AccessKeyMetadata><IsTruncated>false</IsTruncated>"
                    ))
                }
                "GetAccessKeyLastUsed" => answer(
                    "<UserName>ann</UserName><AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>",
                ),
                "CreateAccessKey" => {
                    keys.lock().push(("AKIATWO".to_owned(), true));
                    answer(&format!(
                        "<AccessKey><UserName>ann</UserName><AccessKeyId>AKIATWO</AccessKeyId><Status>Active</Status>\
                         <SecretAccessKey>{CANARY}-two</SecretAccessKey></AccessKey>"
                    ))
                }
                "UpdateAccessKey" => {
                    let active = form["Status"] == "Active";
                    keys.lock().iter_mut().filter(|key| key.0 == id).for_each(|key| key.1 = active);
                    answer("")
                }
                "DeleteAccessKey" => {
                    keys.lock().retain(|key| key.0 != id);
                    answer("")
                }
                _ => Some((403, denied("no"))),
            }
        });
        Account { server, has_device, keys: known }
    }

    /// The actions since the start and who signed them, without those of a caller who shows who it is.
    fn asked(&self) -> Vec<String> {
        let all = self.server.received();
        let described = all.iter().map(|request| {
            let form = query(&format!("?{}", request.body));
            format!("{} {}", form["Action"], signer(request))
        });
        described.filter(|words| !words.starts_with("GetCallerIdentity")).collect()
    }

    fn home(&self, settings: &str) -> Sandbox {
        Sandbox::new()
            .env("AWS_ENDPOINT_URL", &self.server.url)
            .env("AWS_REGION", "eu-west-1")
            .config(format!("[profile ann]\nmfa_serial = {DEVICE}\n"))
            .credentials(format!(
                "[ann]\naws_access_key_id = AKIAONE\naws_secret_access_key = {CANARY}-one\n"
            ))
            .file(SETTINGS, settings)
    }
}

fn denied(message: &str) -> String {
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
    )
}

const PROGRAM: &str = "mfa.command = \"sh -c 'echo x >> asked; echo 654321'\"\n";

const LIST: [&str; 4] = ["keys", "list", "-p", "ann"];

#[test]
fn a_refused_request_is_repeated_once_with_a_code() {
    let account = Account::start();
    let home = account.home(PROGRAM);
    let (stdout, words) = home.run(&[&LIST[..], &["--format", "json"]].concat()).success_with_words();
    let keys = json_of(&stdout);
    assert_eq!(keys["keys"][0]["id"], "AKIAONE");
    assert!(!words.contains("`mfa_serial` is used here only"), "it is used: {words}");
    assert!(words.contains("(AccessDenied)") && words.contains(": the account may demand MFA\n"), "{words}");
    let expected = [
        "ListAccessKeys AKIAONE",
        "GetSessionToken AKIAONE",
        "ListAccessKeys ASIASESSION",
        "GetAccessKeyLastUsed ASIASESSION",
    ];
    assert_eq!(account.asked(), expected);
    assert_eq!(home.read("asked"), "x\n");
}

#[test]
fn a_key_is_rotated_with_one_code() {
    let account = Account::start();
    let home = account.home(PROGRAM);
    let (_, words) = home.run(&["keys", "rotate", "-p", "ann", "--yes", "--delete"]).code(0);
    assert!(home.read_credentials().contains("AKIATWO"), "{words}");
    assert_eq!(home.read("asked"), "x\n");
    let asked = account.asked();
    assert_eq!(asked.iter().filter(|words| words.starts_with("CreateAccessKey")).count(), 1, "{asked:?}");
    assert!(asked.contains(&"DeleteAccessKey ASIASESSION".to_owned()), "{asked:?}");
}

#[test]
fn the_device_is_found_by_iam_and_the_code_typed() {
    let account = Account::start();
    let home = account.home("").config("[profile ann]\n");
    let mut terminal = Terminal::run(&home, &LIST);
    terminal.see(&format!("Enter MFA code for {DEVICE}")).answer("654321");
    terminal.see("AKIAONE");
    let shown = terminal.end(0);
    assert!(!shown.contains("654321"), "the code shows: {shown:?}");
    assert_eq!(
        account.asked()[..3],
        ["ListAccessKeys AKIAONE", "ListMFADevices AKIAONE", "GetSessionToken AKIAONE"]
    );
}

#[test]
fn without_a_code_the_refusal_says_what_may_be_missing() {
    let account = Account::start();
    let home = account.home("");
    let words = home.run(&LIST).failure(254);
    assert!(
        words.contains("(AccessDenied)")
            && words.contains("the account may demand MFA for this: run it in a terminal"),
        "{words}"
    );
    let home = home.config("[profile ann]\n");
    let words = home.run(&LIST).failure(254);
    assert!(
        words.contains("help: the account may demand MFA for this: `xcred set mfa_serial ARN --profile ann`"),
        "{words}"
    );
    *account.has_device.lock() = false;
    home.put(SETTINGS, PROGRAM);
    let words = home.run(&LIST).failure(254);
    assert!(words.contains("`xcred set mfa_serial ARN --profile ann`"), "{words}");
    assert!(!home.path("asked").exists());
    assert_eq!(account.asked().iter().filter(|words| words.starts_with("GetSessionToken")).count(), 0);
}

#[test]
fn a_wrong_code_ends_it() {
    let account = Account::start();
    let home = account.home("mfa.command = \"sh -c 'echo x >> asked; echo 000000'\"\n");
    for arguments in [
        &LIST[..],
        &["keys", "create", "-p", "ann", "--save-as", "new"],
        &["keys", "rotate", "-p", "ann", "--yes"],
    ] {
        let words = home.run(arguments).failure(254);
        assert!(words.contains("invalid MFA one time pass code"), "{words}");
        assert!(words.contains("help: the code was wrong, or used before"), "{words}");
    }
    assert_eq!(home.read("asked"), "x\n".repeat(3), "one each");
    assert!(account.asked().iter().all(|words| !words.starts_with("CreateAccessKey")));
}

#[test]
fn a_request_for_a_key_is_not_repeated_if_the_first_may_have_made_one() {
    let mut account = Account::start();
    for (refusal, requests) in [(denied("no"), 2), (denied("no").replace("<RequestId>1</RequestId>", ""), 1)]
    {
        account.server = Loopback::start(move |request| {
            let form = query(&format!("?{}", request.body));
            let body = match form["Action"].as_str() {
                "GetCallerIdentity" => {
                    "<Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDAANN</UserId><Account>123456789012</Account>"
                }
                "ListAccessKeys" => "<AccessKeyMetadata/>",
                "GetSessionToken" => {
                    "<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                                      <SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
                }
                _ => return Some((403, refusal.clone())),
            };
            let action = &form["Action"];
            Some((
                200,
                format!("<{action}Response><{action}Result>{body}</{action}Result></{action}Response>"),
            ))
        });
        let home = account.home(PROGRAM);
        let words = home.run(&["keys", "create", "-p", "ann", "--save-as", "new"]).failure(254);
        assert_eq!(words.contains("there may be a key whose secret is unknown"), requests == 1, "{words}");
        let asked = account.asked();
        assert_eq!(
            asked.iter().filter(|words| words.starts_with("CreateAccessKey")).count(),
            requests,
            "{asked:?}"
        );
    }
}

#[test]
fn with_a_shared_session_one_code_is_enough_for_all_commands() {
    let account = Account::start();
    let home = account.home(&format!("{PROGRAM}mfa.session = true\n"));
    home.run(&["keys", "rotate", "-p", "ann", "--yes"]).success_with_words();
    let session = home.run(&LIST).code(0).0;
    assert!(session.contains("AKIATWO"), "{session}");
    // The second command has another key, of which there is no session yet.
    assert_eq!(home.read("asked"), "x\n".repeat(2));
    let home = account.home(&format!("{PROGRAM}mfa.session = true\n"));
    account.keys.lock().retain(|key| key.0 == "AKIAONE");
    account.keys.lock().iter_mut().for_each(|key| key.1 = true);
    home.run(&LIST).code(0);
    let (_, words) = home.run(&["keys", "rotate", "-p", "ann", "--yes"]).success_with_words();
    assert!(!words.contains("the account may demand MFA"), "{words}");
    assert_eq!(home.read("asked"), "x\n");
    assert!(home.read_credentials().contains("AKIATWO"), "{words}");
}
