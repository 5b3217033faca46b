//! Credentials are renewed before they end; what happens when they can't be.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::role;
use super::running::Running;
use crate::harness::{CANARY, Sandbox, runs};
use crate::loopback::{Loopback, granted};

/// STS whose sessions last so many seconds, the first `good` requests long. Then it refuses.
fn sts(seconds: i64, good: usize) -> Loopback {
    let count = Arc::new(AtomicUsize::new(0));
    Loopback::start(move |request| {
        if count.fetch_add(1, Ordering::SeqCst) < good {
            return Some((200, granted(&request.body, SignedDuration::from_secs(seconds))));
        }
        let error =
            "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not any more</Message></Error>";
        Some((403, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")))
    })
}

fn end(document: &Value) -> Timestamp {
    document["Expiration"].as_str().expect("text").parse().expect("a time")
}

/// Asks until the response is as it should be, and returns its document.
#[track_caller]
fn ask_until(running: &Running, is_so: impl Fn(u16, &Value) -> bool) -> Value {
    let start = Instant::now();
    loop {
        let (status, document) = running.door.ask();
        if is_so(status, &document) {
            return document;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{status} {document}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until so many seconds are left of a life.
fn wait_until(end: Timestamp, left: f64) {
    let pause = end.duration_since(Timestamp::now()) - SignedDuration::from_secs_f64(left);
    thread::sleep(pause.try_into().unwrap_or_default());
}

#[test]
fn no_request_ever_gets_expired_credentials() {
    let sts = sts(4, usize::MAX);
    let sandbox = role(&sts);
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(9) {
        let found = running.door.credentials();
        assert!(end(&found) > Timestamp::now(), "{}", end(&found));
        thread::sleep(Duration::from_millis(50));
    }
    // One at the start, and one in the last third of each life.
    assert!((3..=6).contains(&sts.count()), "{}", sts.count());
    assert!(running.end().errors.is_empty());
}

#[test]
fn a_hundred_requests_at_the_end_make_one_renewal() {
    let slow = Loopback::sts_with(SignedDuration::from_secs(6), Duration::from_millis(300));
    let sandbox = role(&slow);
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    let first = end(&running.door.credentials());
    assert_eq!(slow.count(), 1);
    wait_until(first, 1.4);
    let clients: Vec<_> = (0..100)
        .map(|_| {
            let door = running.door.clone();
            thread::spawn(move || end(&door.credentials()))
        })
        .collect();
    assert!(clients.into_iter().all(|client| client.join().expect("an answer") > first));
    assert_eq!(slow.count(), 2);
}

#[test]
fn a_slow_renewal_leaves_the_credentials_at_hand_to_be_had() {
    let count = Arc::new(AtomicUsize::new(0));
    let slow = Loopback::start(move |request| {
        if count.fetch_add(1, Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_secs(3));
        }
        Some((200, granted(&request.body, SignedDuration::from_secs(18))))
    });
    let sandbox = role(&slow);
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    let first = end(&running.door.credentials());
    wait_until(first, 5.5);
    let start = Instant::now();
    // SDKs wait for 1 or 2 seconds. Only who comes first waits at all.
    assert_eq!(end(&running.door.credentials()), first);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    for _ in 0..20 {
        assert_eq!(end(&running.door.credentials()), first);
    }
    assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
    ask_until(&running, |_, document| end(document) > first);
    assert!(start.elapsed() > Duration::from_millis(2500) && Timestamp::now() < first);
    assert_eq!(slow.count(), 2);
    assert!(running.end().errors.is_empty());
}

#[test]
fn a_program_of_a_renewal_ends_with_the_command() {
    let script = "#!/bin/sh\nif [ -e hang ]; then echo $$ > hung; exec sleep 60; fi\n\
                  end=$(date -u -d '+6 seconds' +%Y-%m-%dT%H:%M:%SZ)\n\
                  echo '{\"Version\":1,\"AccessKeyId\":\"ASIA\",\"SecretAccessKey\":\"s\",\"Expiration\":\"'$end'\"}'\n";
    let sandbox = Sandbox::new().file("login", script);
    let program = sandbox.path("login");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let sandbox = sandbox.config(format!("[profile dev]\ncredential_process = {}\n", program.display()));
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    sandbox.put("hang", "");
    let (_, document) = running.door.ask();
    wait_until(end(&document), 1.2);
    let door = running.door.clone();
    let waiting = thread::spawn(move || door.send(&door.request()));
    let hung = || fs::read_to_string(sandbox.path("hung")).unwrap_or_default();
    let start = Instant::now();
    while !hung().ends_with('\n') {
        assert!(start.elapsed() < Duration::from_secs(20), "no renewal");
        thread::sleep(Duration::from_millis(10));
    }
    running.end();
    let _ = waiting.join();
    let start = Instant::now();
    while runs(hung().trim()) {
        assert!(start.elapsed() < Duration::from_secs(5), "it still runs");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn refusals_come_at_once_while_a_renewal_is_under_way() {
    let count = Arc::new(AtomicUsize::new(0));
    let slow = Loopback::start(move |request| {
        if count.fetch_add(1, Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_secs(3));
        }
        Some((200, granted(&request.body, SignedDuration::from_secs(2))))
    });
    let sandbox = role(&slow);
    let mut running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    thread::sleep(Duration::from_millis(1800));
    let door = running.door.clone();
    let waiting = thread::spawn(move || door.send(&door.request()));
    thread::sleep(Duration::from_millis(200));
    let start = Instant::now();
    let wrong = running.door.request().replace("Authorization", "X");
    assert_eq!(running.door.send(&wrong).expect("a response").0, 403);
    assert!(start.elapsed() < Duration::from_secs(1));
    // Nor does the end of the command wait for it.
    super::running::signal(running.command, "TERM");
    running.status();
    assert!(start.elapsed() < Duration::from_millis(1500));
    let _ = waiting.join();
}

#[test]
fn after_a_failed_renewal_the_old_credentials_are_served_until_they_expire_with_one_warning() {
    let sts = sts(8, 1);
    let sandbox = role(&sts);
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    let first = end(&running.door.credentials());
    wait_until(first, 2.2);
    for _ in 0..5 {
        assert_eq!(end(&running.door.credentials()), first);
    }
    assert_eq!(sts.count(), 2);
    wait_until(first, -0.2);
    let (status, error) = running.door.ask();
    assert_eq!((status, &error["code"]), (503, &"provider-failed".into()), "{error}");
    let message = error["message"].as_str().expect("text");
    assert!(message.starts_with("xcred: ") && message.contains("not any more"), "{message}");
    assert!(!error.to_string().contains(CANARY), "{error}");
    let (status, _) = running.door.ask();
    assert_eq!((status, sts.count()), (503, 3));
    let errors = running.end().errors;
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), 2, "{errors}");
    let begin = "warning: can't renew the credentials of `dev`";
    assert!(lines[0].starts_with(&format!("{begin}; the command uses the old ones until ")), "{errors}");
    assert!(lines[1].starts_with(&format!("{begin}, which have expired: ")), "{errors}");
}

#[test]
fn another_identity_in_the_files_is_not_served() {
    let sts = sts(3, usize::MAX);
    let sandbox = role(&sts);
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    let config = sandbox.read_config();
    sandbox.put(".aws/config", config.replace("role/R", "role/Other"));
    let error = ask_until(&running, |status, _| status == 503);
    assert_eq!(error["code"], "invalid-config", "{error}");
    assert!(error.to_string().contains("its role changed from R to Other"), "{error}");
    // Once they are as they were, all is well again.
    sandbox.put(".aws/config", config);
    assert_eq!(ask_until(&running, |status, _| status == 200)["AccessKeyId"], "ASIAR");
    assert!(running.end().errors.contains("is another identity now"));
}

#[test]
fn a_guard_of_the_start_holds_to_the_end() {
    let sts = sts(3, usize::MAX);
    let file = ".config/xcred/config.toml";
    let sandbox = role(&sts).file(file, "[profiles.dev]\nread_only = true\n");
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    sandbox.put(file, "");
    assert_eq!(ask_until(&running, |_, _| sts.count() == 2)["AccessKeyId"], "ASIAR");
    assert!(sts.received().iter().all(|request| request.body.contains("ReadOnlyAccess")));
    let _ = running.end();
}

#[test]
fn a_code_for_a_renewal_comes_from_a_program_and_is_never_asked_for() {
    let sts = sts(3, usize::MAX);
    let sandbox = role(&sts);
    let config = sandbox.read_config();
    let device = "arn:aws:iam::123456789012:mfa/me";
    let sandbox =
        sandbox.config(config.replace("[profile dev]", &format!("[profile dev]\nmfa_serial = {device}")));
    let sandbox = sandbox.file(".config/xcred/config.toml", "mfa.command = \"echo 123456\"\n");
    let running = Running::start(&sandbox, &["--no-cache", "-p", "dev"]);
    assert_eq!(ask_until(&running, |_, _| sts.count() == 2)["AccessKeyId"], "ASIAR");
    assert!(sts.received()[1].body.contains("TokenCode=123456"));
    sandbox.put(".config/xcred/config.toml", "");
    let error = ask_until(&running, |status, _| status == 503);
    assert_eq!(error["code"], "needs-terminal", "{error}");
    assert!(error["message"].as_str().expect("text").contains("mfa.command"), "{error}");
    assert!(running.end().errors.contains("has to be typed"));
}

#[test]
fn a_program_that_has_no_code_is_not_run_at_every_request() {
    let sts = sts(3, usize::MAX);
    let sandbox = role(&sts);
    let config = sandbox.read_config() + "mfa_serial = arn:aws:iam::123456789012:mfa/me\n";
    let settings = ".config/xcred/config.toml";
    let sandbox = sandbox.config(config).file(settings, "mfa.command = \"echo 123456\"\n");
    // One more role on top needs the code, too.
    let more = "[profile top]\nrole_arn = arn:aws:iam::123456789012:role/T\nsource_profile = dev\n";
    let config = sandbox.read_config() + more;
    let sandbox = sandbox.config(config);
    let started = ["dev", "top"].map(|profile| Running::start(&sandbox, &["-p", profile]));
    let log = sandbox.path("log");
    sandbox.put(settings, format!("mfa.command = \"sh -c 'echo run >> {}; exit 1'\"\n", log.display()));
    thread::sleep(Duration::from_millis(3200));
    for _ in 0..3 {
        for running in &started {
            assert_eq!(running.door.ask().0, 503);
        }
        thread::sleep(Duration::from_millis(1100));
    }
    assert_eq!(sandbox.read("log"), "run\nrun\n");
}

#[test]
fn a_secret_that_was_read_once_is_kept_for_renewals() {
    let sts = sts(3, usize::MAX);
    let sandbox = sts.home().file("secret", format!("{CANARY}\n"));
    let own = sandbox.command();
    for line in [r#""$@" < secret"#, r#"cat secret | "$@""#, r#""$@" 4< secret"#] {
        let options = if line.contains('4') { &["--secret-fd", "4"][..] } else { &[] };
        let script = "for wait in 0 3.3; do sleep $wait; \
            exec 3<> /dev/tcp/127.0.0.1/$(echo $AWS_CONTAINER_CREDENTIALS_FULL_URI | cut -d: -f3 | cut -d/ -f1); \
            printf 'GET /%s HTTP/1.1\\r\\nHost: %s\\r\\nAuthorization: %s\\r\\n\\r\\n' \
            $(echo $AWS_CONTAINER_CREDENTIALS_FULL_URI | cut -d/ -f4) \
            $(echo $AWS_CONTAINER_CREDENTIALS_FULL_URI | cut -d/ -f3) $AWS_CONTAINER_AUTHORIZATION_TOKEN >&3; \
            head -n1 <&3; done";
        let mut command = std::process::Command::new("sh");
        command.env_clear().envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(sandbox.home()).args(["-c", line, "sh"]).arg(own.get_program());
        command.args(["exec", "-q", "--serve", "--access-key-id", "AKIAOPT", "--read-only"]).args(options);
        command.args(["--", "bash", "-c", script]);
        let (code, stdout, stderr) = sandbox.finish(command, "").ended();
        let lines: Vec<&str> = stdout.lines().map(str::trim_end).collect();
        assert_eq!((code, lines), (Some(0), vec!["HTTP/1.1 200 OK"; 2]), "{line}: {stderr}");
    }
}

/// Prints the keys of a session of three seconds; while the command runs, after it has read all input.
const PROGRAM: &str = r#"#!/bin/sh
[ -e started ] && cat > read
end=$(date -u -d '+3 seconds' +%Y-%m-%dT%H:%M:%SZ)
echo "{\"Version\": 1, \"AccessKeyId\": \"AKIA$(date +%s)\", \"SecretAccessKey\": \"$1\", \"Expiration\": \"$end\"}"
"#;

#[test]
fn a_credential_process_does_not_read_the_input_of_the_command() {
    let sandbox = super::home().file("program", PROGRAM);
    let path = sandbox.path("program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    let config = format!("[profile dev]\ncredential_process = {} {CANARY}\n", path.display());
    let sandbox = sandbox.config(config).credentials("");
    let script =
        "touch started; echo $$ $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN
        sleep 4; read line; echo \"got $line\"; exit 7";
    let mut running = Running::start_with(&sandbox, &["-p", "dev"], script);
    let first = running.door.credentials();
    running.type_line("for the command");
    ask_until(&running, |status, found| status == 200 && found["AccessKeyId"] != first["AccessKeyId"]);
    let ended = running.end();
    assert_eq!((ended.output.as_str(), ended.errors.as_str()), ("got for the command\n", ""));
    assert_eq!(sandbox.read("read"), "");
}
