//! `mfa.session`: one code for all roles of a user, where that takes nothing from a profile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;
use crate::services::{query, signer};
use crate::terminal::Terminal;

const DEVICE: &str = "arn:aws:iam::123456789012:mfa/me";
const SETTINGS: &str = ".config/xcred/config.toml";

/// STS. What sessions assume is denied while `denies` is set.
struct Sts {
    server: Loopback,
    denies: Arc<AtomicBool>,
}

impl Sts {
    fn start() -> Sts {
        let denies = Arc::new(AtomicBool::new(false));
        let is_denied = Arc::clone(&denies);
        let server = Loopback::start(move |request| {
            let form = query(&format!("?{}", request.body));
            let is_session = signer(request) == "ASIASESSION";
            if is_denied.load(Ordering::SeqCst) && is_session && form["Action"] == "AssumeRole" {
                let message = "User: me is not authorized to perform: sts:AssumeRole";
                return Some((
                    403,
                    format!(
                        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>{message}</Message></Error></ErrorResponse>"
                    ),
                ));
            }
            Some((200, granted(&form["Action"], form.get("RoleArn"), form.get("DurationSeconds"))))
        });
        Sts { server, denies }
    }

    /// The requests since the start, without those for the caller's identity: action, role, signer and code.
    fn asked(&self) -> Vec<String> {
        let all = self.server.received();
        let described = all.iter().filter_map(|request| {
            let form = query(&format!("?{}", request.body));
            let action = form["Action"].clone();
            let role = form.get("RoleArn").map(|arn| arn.rsplit('/').next().unwrap_or_default().to_owned());
            let words = [Some(action.clone()), role, Some(signer(request)), form.get("TokenCode").cloned()];
            let words: Vec<String> = words.into_iter().flatten().collect();
            (action != "GetCallerIdentity").then(|| words.join(" "))
        });
        described.collect()
    }
}

fn granted(action: &str, role: Option<&String>, seconds: Option<&String>) -> String {
    if action == "GetCallerIdentity" {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn>\
                <UserId>AIDAME</UserId><Account>123456789012</Account></GetCallerIdentityResult>\
                </GetCallerIdentityResponse>"
            .to_owned();
    }
    let name = match (action, role) {
        (_, Some(arn)) => arn.rsplit('/').next().unwrap_or_default(),
        ("GetSessionToken", None) => "SESSION",
        _ => "FEDERATED",
    };
    let seconds = seconds.map_or(3600, |seconds| seconds.parse().expect("a number"));
    let end = (Timestamp::now() + SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "<{action}Response><{action}Result><Credentials><AccessKeyId>ASIA{name}</AccessKeyId>\
         <SecretAccessKey>{CANARY}-of-{name}</SecretAccessKey><SessionToken>{CANARY}-token</SessionToken>\
         <Expiration>{end}</Expiration></Credentials></{action}Result></{action}Response>"
    )
}

/// Ten roles of a user with one device, and a program that prints a code and counts how often it is asked.
fn home(sts: &Sts) -> Sandbox {
    let of_device = |at| format!("[profile r{at}]\n{}mfa_serial = {DEVICE}\n", role(&format!("R{at}")));
    let roles = (0..10).map(of_device).collect::<Vec<_>>().concat();
    let more = format!(
        "[profile long]\n{}mfa_serial = {DEVICE}\nduration_seconds = 7200\n[profile plain]\n{}\
         [profile me]\nmfa_serial = {DEVICE}\n[profile over]\nrole_arn = arn:aws:iam::123456789012:role/O\nsource_profile = r0\n",
        role("LONG"),
        role("PLAIN"),
    );
    let keys = |profile: &str| section(profile, "AKIABASE", CANARY);
    sts.server
        .home()
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .config(roles + &more)
        .credentials(keys("base") + &keys("me"))
        .file(SETTINGS, "[mfa]\nsession = true\ncommand = \"sh -c 'echo x >> asked; echo 123456'\"\n")
}

fn role(name: &str) -> String {
    format!("role_arn = arn:aws:iam::123456789012:role/{name}\nsource_profile = base\n")
}

/// How many codes were asked for.
fn codes(home: &Sandbox) -> usize {
    std::fs::read_to_string(home.path("asked")).map_or(0, |text| text.lines().count())
}

fn whoami(home: &Sandbox, profile: &str) {
    let _ = home.run(&["whoami", "-p", profile]).success();
}

#[test]
fn ten_roles_of_a_user_ask_for_one_code() {
    let sts = Sts::start();
    let home = home(&sts);
    for at in 0..10 {
        whoami(&home, &format!("r{at}"));
    }
    let asked = sts.asked();
    assert_eq!(asked[0], "GetSessionToken AKIABASE 123456");
    let roles: Vec<String> = (0..10).map(|at| format!("AssumeRole R{at} ASIASESSION")).collect();
    assert_eq!((&asked[1..], codes(&home)), (&roles[..], 1));
    let first = &sts.server.received()[0].body;
    assert!(first.contains("DurationSeconds=43200") && first.contains("SerialNumber=arn%3Aaws"), "{first}");
    // A role without a device is assumed by the keys, and a role of a role by the role.
    whoami(&home, "plain");
    whoami(&home, "over");
    assert_eq!(sts.asked()[11..], ["AssumeRole PLAIN AKIABASE", "AssumeRole O ASIAR0"]);
    assert_eq!(codes(&home), 1);
}

#[test]
fn ten_processes_ask_for_one_code() {
    let sts = Sts::start();
    let home = home(&sts).file(
        SETTINGS,
        "[mfa]\nsession = true\ncommand = \"sh -c 'echo x >> asked; sleep 1; echo 123456'\"\n",
    );
    std::thread::scope(|scope| {
        for at in 0..10 {
            let home = &home;
            scope.spawn(move || whoami(home, &format!("r{at}")));
        }
    });
    assert_eq!((codes(&home), sts.asked().len()), (1, 11));
}

#[test]
fn a_session_never_shortens_what_a_profile_asks_for() {
    let sts = Sts::start();
    let home = home(&sts);
    whoami(&home, "r0");
    // STS gives a session no role for more than an hour.
    whoami(&home, "long");
    let _ = home.run(&["whoami", "-p", "r0", "--duration", "2h"]).success();
    let expected = ["AssumeRole LONG AKIABASE 123456", "AssumeRole R0 AKIABASE 123456"];
    assert_eq!(sts.asked()[2..], expected);
    let _ = home.run(&["whoami", "-p", "r0", "--duration", "30m", "--read-only"]).success();
    assert_eq!(sts.asked()[4..], ["AssumeRole R0 ASIASESSION"]);
    assert_eq!(codes(&home), 3);
}

#[test]
fn a_role_that_refuses_an_old_session_asks_for_a_code_once() {
    let sts = Sts::start();
    let home = home(&sts);
    whoami(&home, "r0");
    sts.denies.store(true, Ordering::SeqCst);
    whoami(&home, "r1");
    assert_eq!(sts.asked()[2..], ["AssumeRole R1 ASIASESSION", "AssumeRole R1 AKIABASE 123456"]);
    whoami(&home, "r1");
    assert_eq!((sts.asked().len(), codes(&home)), (4, 2), "the role is kept");
    // Without anybody to ask, the refusal is the error.
    home.put(SETTINGS, "mfa.session = true\n");
    let words = home.run(&["whoami", "-p", "r2"]).failure(254);
    assert!(words.contains("not authorized") && !words.contains("terminal"), "{words}");
    // A new session isn't older than any code: nothing is asked for again.
    let home = self::home(&sts);
    let words = home.run(&["whoami", "-p", "r3"]).failure(254);
    assert!(words.contains("not authorized"), "{words}");
    assert_eq!(codes(&home), 1);
}

#[test]
fn a_user_with_a_device_has_the_session() {
    let sts = Sts::start();
    let home = home(&sts);
    let resolve = |arguments: &[&str]| -> Value {
        let arguments = [&["resolve", "me", "--format", "json"], arguments].concat();
        json_of(&home.run(&arguments).code(0).0)
    };
    let pending = resolve(&["--offline"]);
    assert_eq!(pending["pending"]["provider"], "shared-credentials-file");
    assert_eq!(codes(&home), 0, "offline");
    let found = resolve(&[]);
    assert_eq!(found["credentials"]["access_key_id"]["value"], "ASIASESSION");
    assert_eq!(found["credentials"]["provider"], "shared-credentials-file");
    let steps = found["chain"].as_array().expect("steps");
    let step = steps.iter().find(|step| step["verdict"] == "found").expect("a provider");
    assert_eq!(
        (&step["code"], &step["mfa"]["serial"]["value"]),
        (&Value::from("chosen"), &Value::from(DEVICE))
    );
    assert_eq!(
        (&step["mfa"]["session"]["origin"]["line"], &step["mfa"]["code"]["origin"]["line"]),
        (&Value::from(2), &Value::from(3))
    );
    // The same session as the roles'.
    whoami(&home, "r0");
    assert_eq!(codes(&home), 1);
    // What is narrowed is narrowed by the keys, which can't bring a code; a role on top comes from the session.
    let _ = home.run(&["whoami", "-p", "me", "--read-only"]).success();
    let _ = home.run(&["whoami", "-p", "me", "--role-arn", "arn:aws:iam::123456789012:role/T"]).success();
    assert_eq!(sts.asked()[2..], ["GetFederationToken AKIABASE", "AssumeRole T ASIASESSION"]);
    // STS gives a session no role for more than an hour: the code is in the request for the role.
    let long = ["whoami", "-p", "me", "--role-arn", "arn:aws:iam::123456789012:role/T", "--duration"];
    for duration in ["1h", "2h", "2h"] {
        let _ = home.run(&[&long[..], &[duration]].concat()).success();
    }
    assert_eq!(sts.asked()[4..], ["AssumeRole T ASIASESSION", "AssumeRole T AKIABASE 123456"]);
    assert_eq!(codes(&home), 2);
    assert_eq!(resolve(&["--sdk", "boto3"])["credentials"]["access_key_id"]["value"], "AKIABASE");
    home.put(SETTINGS, "");
    assert_eq!(resolve(&[])["credentials"]["access_key_id"]["value"], "AKIABASE");
}

#[test]
fn without_the_setting_and_by_other_rules_each_role_asks() {
    let sts = Sts::start();
    let home = home(&sts);
    let _ = home.run(&["whoami", "-p", "r0", "--sdk", "boto3"]).success();
    // Nothing is kept, so a session would be of no use.
    let _ = home.run(&["whoami", "-p", "r0", "--no-cache"]).success();
    home.put(SETTINGS, "mfa.command = 'echo 123456'\n");
    whoami(&home, "r1");
    let expected =
        ["AssumeRole R0 AKIABASE 123456", "AssumeRole R0 AKIABASE 123456", "AssumeRole R1 AKIABASE 123456"];
    assert_eq!(sts.asked(), expected);
}

#[test]
fn resolve_says_where_codes_come_from() {
    let sts = Sts::start();
    let home = home(&sts);
    let step = |home: &Sandbox| -> Value {
        let document = json_of(&home.run(&["resolve", "r0", "--offline", "--format", "json"]).code(0).0);
        let steps = document["chain"].as_array().expect("steps");
        steps.iter().find(|step| step["provider"] == "assume-role").expect("a step")["mfa"].clone()
    };
    let found = step(&home);
    assert_eq!(
        (&found["code"]["from"], &found["code"]["origin"]["line"]),
        (&Value::from("program"), &Value::from(3))
    );
    assert_eq!(found["code"]["origin"]["key"], "mfa.command");
    assert_eq!(
        (&found["serial"]["origin"]["line"], &found["session"]["origin"]["line"]),
        (&Value::from(4), &Value::from(2))
    );
    let screen = home.run(&["resolve", "r0", "--offline"]).success();
    assert!(screen.contains(&format!("of {DEVICE}, printed by the program in ~/{SETTINGS}:3")), "{screen}");
    assert!(screen.contains(&format!("shared, as set in ~/{SETTINGS}:2")), "{screen}");
    home.put(SETTINGS, format!("[mfa.devices]\n'{DEVICE}' = 'echo 1'\n"));
    let found = step(&home);
    assert_eq!((&found["code"]["origin"]["line"], &found["session"]), (&Value::from(2), &Value::Null));
    home.put(SETTINGS, "");
    assert_eq!(step(&home)["code"], Value::Null);
    let shown = Terminal::run(&home, &["resolve", "r0", "--offline"]).end(0);
    assert!(shown.contains("typed on the terminal"), "{shown}");
    assert_eq!(sts.asked().len(), 0);
}

#[test]
fn a_program_that_takes_too_long_is_stopped_and_named() {
    let sts = Sts::start();
    let home = home(&sts);
    for settings in ["[mfa]\ncommand = 'sleep 60'\n", "[mfa]\nsession = true\ncommand = 'sleep 60'\n"] {
        home.put(SETTINGS, format!("{settings}[process]\ntimeout = 1\n"));
        let words = home.run(&["whoami", "-p", "r0"]).failure(255);
        let expected = format!(
            "MFA code for {DEVICE}: `sleep` did not finish within 1 s and was stopped\nhelp: if it needs longer"
        );
        assert!(words.contains(&expected), "{words}");
    }
    assert_eq!(sts.asked().len(), 0);
}

#[test]
fn a_session_is_asked_for_on_the_terminal() {
    let sts = Sts::start();
    let home = home(&sts).file(SETTINGS, "mfa.session = true\n");
    let mut terminal = Terminal::run(&home, &["get", "aws_access_key_id", "-p", "r0"]);
    terminal.see(&format!("Enter MFA code for {DEVICE}")).answer("654321");
    terminal.see("ASIAR0");
    let shown = terminal.end(0);
    assert!(!shown.contains("654321"), "the code shows: {shown:?}");
    assert_eq!(sts.asked(), ["GetSessionToken AKIABASE 654321", "AssumeRole R0 ASIASESSION"]);
    whoami(&home, "r1");
    assert_eq!(sts.asked().len(), 3);
}
