//! Role credentials cached on disk: which runs share them, and what concurrent processes do.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::disk::{listing, mode, names, set_mode, tell_skipped};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::{Loopback, granted};

const CONFIG: &str = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = one\n\
                      [profile s]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = two\n";

/// A home with two key pairs that can assume the role `R`.
fn home(sts: &Loopback) -> Sandbox {
    let pair =
        |name: &str| format!("[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = {CANARY}\n");
    sts.home().config(CONFIG).credentials(pair("one") + &pair("two"))
}

/// The JSON of `resolve`.
#[track_caller]
fn resolved(sandbox: &Sandbox, profile: &str, options: &[&str]) -> Value {
    let arguments = [&["resolve", "--format", "json", "--profile", profile], options].concat();
    json_of(&sandbox.run(&arguments).success())
}

/// The origin of each value of the credentials.
fn origins(document: &Value) -> Vec<&Value> {
    let keys = ["access_key_id", "secret_access_key", "session_token", "expiration"];
    keys.iter().map(|key| &document["credentials"][key]["origin"]["from"]).collect()
}

fn entries(sandbox: &Sandbox) -> Vec<String> {
    names(&sandbox.path(".aws/cli/cache"))
}

#[test]
fn a_role_is_requested_once_and_then_cached() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
    let again = resolved(&sandbox, "r", &[]);
    assert_eq!(origins(&again), ["cache"; 4]);
    assert_eq!(again["credentials"]["access_key_id"]["value"], "ASIAR");
    assert_eq!(again["credentials"]["account_id"]["value"], "123456789012");
    assert_eq!(sts.count(), 1);
    let [entry] = &entries(&sandbox)[..] else { panic!("{:?}", entries(&sandbox)) };
    assert!(entry.starts_with("xcred-") && entry.strip_suffix(".json").is_some(), "{entry}");
    let path = sandbox.path(".aws/cli/cache").join(entry);
    assert_eq!(again["credentials"]["session_token"]["origin"], json!({"from": "cache", "path": path}));
    assert_eq!((mode(&path), mode(&sandbox.path(".aws/cli/cache"))), (0o600, 0o700));
    // AWS CLI reads entries of this form.
    let kept = json_of(&sandbox.read(&format!(".aws/cli/cache/{entry}")));
    assert_eq!(kept["Credentials"]["AccessKeyId"], "ASIAR");
}

#[test]
fn two_sources_never_share_a_cache_entry() {
    let sts = Loopback::sts();
    let program =
        |id: &str| format!(r#"echo '{{"Version":1,"AccessKeyId":"{id}","SecretAccessKey":"{CANARY}"}}'"#);
    let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let sandbox = home(&sts).config(format!(
        "{CONFIG}[profile t]\n{role}source_profile = first\n[profile first]\ncredential_process = sh -c \"{}\"\n\
         [profile u]\n{role}source_profile = second\n[profile second]\ncredential_process = sh -c \"{}\"\n\
         [profile v]\n{role}source_profile = one\nexternal_id = other\n[profile w]\n{role}source_profile = r\n",
        program("AKIAP1").replace('"', "\\\""),
        program("AKIAP2").replace('"', "\\\""),
    ));
    for profile in ["r", "s", "t", "u", "v"] {
        assert_eq!(origins(&resolved(&sandbox, profile, &[])), ["service"; 4], "{profile}");
    }
    assert_eq!((sts.count(), entries(&sandbox).len()), (5, 5));
    let keys = ["AKIAone", "AKIAtwo", "AKIAP1", "AKIAP2", "AKIAone"];
    for (request, key) in sts.received().iter().zip(keys) {
        assert!(request.headers.iter().any(|header| header.contains(&format!("Credential={key}/"))), "{key}");
    }
    // A chain of roles gets the first one from the cache.
    let chained = resolved(&sandbox, "w", &[]);
    assert_eq!(origins(&chained), ["service"; 4]);
    assert_eq!(sts.count(), 6);
    // The same names at another endpoint are other identities.
    let elsewhere = Loopback::sts();
    let sandbox = sandbox.env("AWS_ENDPOINT_URL_STS", &elsewhere.url);
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
    assert_eq!((elsewhere.count(), sts.count()), (1, 6));
}

#[test]
fn without_the_cache_nothing_is_read_or_written() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    for _ in 0..2 {
        assert_eq!(origins(&resolved(&sandbox, "r", &["--no-cache"])), ["service"; 4]);
    }
    let sandbox = sandbox.file(".config/xcred/config.toml", "cache.roles = false\n");
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
    assert_eq!(sts.count(), 3);
    assert!(!sandbox.path(".aws/cli").exists());
}

#[test]
fn empty_incomplete_or_foreign_entries_are_ignored() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let entry = format!(".aws/cli/cache/{}", entries(&sandbox)[0]);
    let whole = sandbox.read(&entry);
    resolved(&sandbox, "s", &[]);
    let other =
        entries(&sandbox).into_iter().find(|name| !entry.ends_with(name.as_str())).expect("two entries");
    let foreign = sandbox.read(&format!(".aws/cli/cache/{other}"));
    let mut asked = sts.count();
    let mut sandbox = sandbox;
    for text in ["", "{", "[]", "null", "\u{0}", &whole[..whole.len() / 2], &foreign, r#"{"Credentials":{}}"#]
    {
        sandbox = sandbox.file(&entry, text);
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4], "{text:?}");
        asked += 1;
        assert_eq!(sts.count(), asked);
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["cache"; 4], "{text:?}");
    }
    let sandbox = sandbox.file(&entry, whole.replace('2', "x"));
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
}

#[test]
fn credentials_that_expire_within_15_minutes_are_requested_again() {
    for (minutes, calls) in [(14, 2), (16, 1)] {
        let sts = Loopback::sts_with(SignedDuration::from_mins(minutes), Duration::ZERO);
        let sandbox = home(&sts);
        resolved(&sandbox, "r", &[]);
        resolved(&sandbox, "r", &[]);
        assert_eq!(sts.count(), calls, "{minutes} min");
    }
}

#[test]
fn a_hundred_processes_send_one_request_for_the_same_role() {
    let sts = Loopback::sts_with(SignedDuration::from_hours(1), Duration::from_millis(300));
    let sandbox = home(&sts);
    let start = |_| -> Child {
        let mut command = sandbox.command();
        command.args(["get", "aws_access_key_id", "-p", "r"]).stdin(Stdio::null()).stdout(Stdio::piped());
        command.spawn().expect("the program starts")
    };
    let children: Vec<Child> = (0..100).map(start).collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), &b"ASIAR\n"[..]), "{output:?}");
    }
    assert_eq!((sts.count(), entries(&sandbox).len()), (1, 1));
}

#[test]
fn a_refusal_leaves_no_entry() {
    let sts = Loopback::refusing(403, "AccessDenied", "no");
    let sandbox = home(&sts);
    for _ in 0..2 {
        let _ = sandbox.run(&["whoami", "-p", "r"]).failure(254);
        assert_eq!(entries(&sandbox), Vec::<String>::new());
    }
    // Processes that waited for it send their own request.
    let children: Vec<Child> = (0..10)
        .map(|_| {
            let mut command = sandbox.command();
            command.args(["whoami", "-p", "r"]).stdin(Stdio::null()).stderr(Stdio::null());
            command.spawn().expect("the program starts")
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().expect("it ends").code(), Some(254));
    }
    assert_eq!((sts.count(), entries(&sandbox).len()), (12, 0));
}

#[test]
fn offline_uses_the_cache_or_names_the_request() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    let before = listing(sandbox.home());
    let stdout = sandbox.run(&["resolve", "--offline", "--format", "json", "-p", "r"]).success();
    let document = json_of(&stdout);
    assert_eq!((&document["credentials"], &document["error"]), (&Value::Null, &Value::Null));
    let what = "STS for the role arn:aws:iam::123456789012:role/R";
    assert_eq!(document["pending"], serde_json::json!({"provider": "assume-role", "what": what}));
    let steps = document["chain"].as_array().expect("steps");
    let step = steps.iter().find(|step| step["provider"] == "assume-role").expect("the provider");
    assert_eq!((step["verdict"].as_str(), step["code"].as_str()), (Some("would-ask"), Some("would-ask")));
    assert_eq!(listing(sandbox.home()), before);
    assert_eq!(sts.count(), 0);

    resolved(&sandbox, "r", &[]);
    let before = listing(sandbox.home());
    assert_eq!(origins(&resolved(&sandbox, "r", &["--offline"])), ["cache"; 4]);
    assert_eq!(listing(sandbox.home()), before);
    assert_eq!(sts.count(), 1);
}

#[test]
fn the_output_of_a_process_is_cached_if_a_setting_says_so_and_it_expires() {
    let printed = |expiration: &str| {
        format!(r#"{{"Version":1,"AccessKeyId":"AKIAP","SecretAccessKey":"{CANARY}"{expiration}}}"#)
    };
    let sandbox = Sandbox::new()
        .config("[profile p]\ncredential_process = sh -c 'echo x >> runs; cat ends'\n[profile q]\ncredential_process = sh -c 'echo x >> runs; cat lasts'\n")
        .file("ends", printed(r#","Expiration":"2099-01-01T00:00:00Z""#))
        .file("lasts", printed(""))
        .env("AWS_EC2_METADATA_DISABLED", "true");
    for _ in 0..2 {
        assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "process");
    }
    assert_eq!(sandbox.read("runs").len(), 4);
    assert!(!sandbox.path(".aws/cli").exists());
    let sandbox = sandbox.file(".config/xcred/config.toml", "cache.processes = true\n");
    assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "process");
    assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "cache");
    assert_eq!(sandbox.read("runs").len(), 6);
    for _ in 0..2 {
        assert_eq!(origins(&resolved(&sandbox, "q", &[]))[0], "process");
    }
    assert_eq!((sandbox.read("runs").len(), entries(&sandbox).len()), (10, 1));
}

#[test]
fn a_role_is_that_of_the_token_that_assumes_it_now_or_of_the_files_around_its_program() {
    const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let sts = Loopback::sts();
    let config = |id: &str| {
        format!(
            "[profile w]\n{ROLE}web_identity_token_file = token\n[profile p]\n{ROLE}source_profile = tool\n\
             [profile tool]\ncredential_process = cat printed\n# {id}\n"
        )
    };
    let printed = format!(r#"{{"Version":1,"AccessKeyId":"AKIAP","SecretAccessKey":"{CANARY}"}}"#);
    let sandbox = home(&sts).env("AWS_DEFAULT_REGION", "eu-west-1").file("printed", printed);
    let mut asked = 0;
    for sdk in ["boto3", "go"] {
        for id in ["alice", "bobby"] {
            sandbox.put("token", format!("token of {id}"));
            sandbox.put(".aws/config", config(id));
            for profile in ["w", "p"] {
                let of = |sandbox| resolved(sandbox, profile, &["--sdk", sdk]);
                assert_eq!(origins(&of(&sandbox)), ["service"; 4], "{sdk} {id} {profile}");
                assert_eq!(origins(&of(&sandbox)), ["cache"; 4], "{sdk} {id} {profile}");
                asked += 1;
                assert_eq!(sts.count(), asked);
            }
        }
    }
    // Without a token nobody can say whose session is meant.
    fs::remove_file(sandbox.path("token")).unwrap();
    let said = sandbox.run(&["credential-process", "--profile", "w"]).failure(253);
    assert!(said.contains("token"), "{said}");
    assert_eq!(sts.count(), asked);
    // It isn't known of a program whether it prints the same key again: its role is found without asking it.
    assert_eq!(origins(&resolved(&sandbox, "p", &["--offline"])), ["cache"; 4]);
}

#[test]
fn a_role_is_that_of_the_key_that_an_address_issues_now() {
    let sts = Loopback::sts();
    // One address, which another host or container answers after a while.
    let issued = Arc::new(Mutex::new("ASIANONE"));
    let at = Arc::clone(&issued);
    let address = Loopback::start(move |request| {
        let body = match request.line.as_str() {
            "PUT /latest/api/token" => "t".to_owned(),
            "GET /latest/meta-data/iam/security-credentials/" => "role".to_owned(),
            "GET /container" | "GET /latest/meta-data/iam/security-credentials/role" => {
                let id = at.lock().unwrap();
                format!(
                    r#"{{"Code":"Success","AccessKeyId":"{id}","SecretAccessKey":"{CANARY}","Token":"{CANARY}","Expiration":"2999-01-01T00:00:00Z"}}"#
                )
            }
            _ => return Some((404, String::new())),
        };
        Some((200, body))
    });
    let sandbox = home(&sts)
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "false")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &address.url)
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/container", address.url))
        .config(
            ["Ec2InstanceMetadata", "EcsContainer"]
                .map(|source| {
                    let role = "role_arn = arn:aws:iam::123456789012:role/R";
                    format!("[profile {source}]\n{role}\ncredential_source = {source}\n")
                })
                .concat(),
        );
    let mut asked = 0;
    for sdk in ["boto3", "go"] {
        for profile in ["Ec2InstanceMetadata", "EcsContainer"] {
            for id in ["ASIAALICE", "ASIABOBBY"] {
                *issued.lock().unwrap() = id;
                let of = || resolved(&sandbox, profile, &["--sdk", sdk]);
                assert_eq!(origins(&of()), ["service"; 4], "{sdk} {id} {profile}");
                assert_eq!(origins(&of()), ["cache"; 4], "{sdk} {id} {profile}");
                asked += 1;
                assert_eq!(sts.count(), asked, "{sdk} {id} {profile}");
                let signed = sts.received()[asked - 1].headers.join("\n");
                assert!(signed.contains(&format!("Credential={id}/")), "{signed}");
            }
        }
    }
}

const PROCESSES: &str = "cache.processes = true\n";

/// What a program prints for a key that can be cached.
fn lasting(id: &str) -> String {
    format!(
        r#"{{"Version":1,"AccessKeyId":"{id}","SecretAccessKey":"{CANARY}","Expiration":"2099-01-01T00:00:00Z"}}"#
    )
}

#[test]
fn the_output_of_a_process_is_not_that_of_another_file_variable_or_folder() {
    let config = "[profile p]\ncredential_process = cat printed\n";
    let sandbox = Sandbox::new()
        .config(config)
        .file("other", config)
        .file(".config/xcred/config.toml", PROCESSES)
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let id_from = |sandbox: &Sandbox, printed: &str| {
        sandbox.put("printed", lasting(printed));
        let found = resolved(sandbox, "p", &[]);
        found["credentials"]["access_key_id"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(id_from(&sandbox, "AKIA1"), "AKIA1");
    assert_eq!(id_from(&sandbox, "AKIA2"), "AKIA1");
    sandbox.put(".aws/config", format!("{config}[profile q]\n"));
    assert_eq!(id_from(&sandbox, "AKIA3"), "AKIA3");
    let sandbox = sandbox.env("AWS_REGION", "eu-west-1");
    assert_eq!(id_from(&sandbox, "AKIA4"), "AKIA4");
    let other = sandbox.path("other");
    let sandbox = sandbox.env("AWS_CONFIG_FILE", &other.display().to_string());
    assert_eq!(id_from(&sandbox, "AKIA5"), "AKIA5");
    assert_eq!(id_from(&sandbox, "AKIA6"), "AKIA5");
}

#[test]
fn what_another_xcred_prints_is_not_cached_before_its_guards() {
    let program = env!("CARGO_BIN_EXE_xcred");
    let sandbox = Sandbox::new()
        .config(format!(
            "[profile dev]\ncredential_process = cat printed\n\
             [profile tools]\ncredential_process = {program} credential-process --profile dev\n"
        ))
        .file("printed", lasting("AKIAP"))
        .file(".config/xcred/config.toml", PROCESSES)
        .env("AWS_EC2_METADATA_DISABLED", "true");
    let exec = ["exec", "-q", "-p", "tools", "--", "true"];
    sandbox.run(&exec).success();
    sandbox.put(".config/xcred/config.toml", format!("{PROCESSES}[profiles.dev]\nconfirm = true\n"));
    let said = sandbox.run(&exec).failure(255);
    assert!(said.contains("confirm"), "{said}");
}

#[test]
fn half_an_answer_is_not_cached() {
    let whole = format!(
        r#"{{"Version":1,"AccessKeyId":"AKIAP","SecretAccessKey":"{CANARY}","Expiration":"2099-01-01T00:00:00Z"}}"#
    );
    for part in ["AKIAP", CANARY] {
        let sandbox = Sandbox::new()
            .config("[profile p]\ncredential_process = cat printed\n")
            .file(".config/xcred/config.toml", "cache.processes = true\n")
            .file("printed", whole.replace(part, ""))
            .env("AWS_EC2_METADATA_DISABLED", "true");
        sandbox.run(&["credential-process", "--profile", "p"]).failure(253);
        assert_eq!(entries(&sandbox), [""; 0], "{part}");
        let sandbox = sandbox.file("printed", &whole);
        assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "process");
        assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "cache");
        // An entry of an earlier version.
        let entry = format!(".aws/cli/cache/{}", entries(&sandbox)[0]);
        let kept = sandbox.read(&entry).replace(part, "");
        let sandbox = sandbox.file(&entry, kept);
        assert_eq!(origins(&resolved(&sandbox, "p", &[]))[0], "process");
    }
    for member in ["AccessKeyId", "SecretAccessKey", "SessionToken"] {
        let half = Loopback::start(move |request| {
            let whole = granted(&request.body, SignedDuration::from_hours(1));
            let (start, rest) = whole.split_once(&format!("<{member}>"))?;
            let (_, end) = rest.split_once("</")?;
            Some((200, format!("{start}<{member}></{end}")))
        });
        let sandbox = home(&half);
        let said = sandbox.run(&["credential-process", "--profile", "r"]).failure(255);
        assert!(said.contains(&format!("it has no `{member}`")), "{said}");
        assert_eq!(entries(&sandbox), [""; 0]);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_not_an_error() {
    let sts = Loopback::sts();
    // A file in place of the folder is an obstacle even for root.
    let sandbox = home(&sts).file(".aws/cli/cache", "not a folder");
    for _ in 0..2 {
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
    }
    assert_eq!(sandbox.read(".aws/cli/cache"), "not a folder");
    if crate::disk::is_root() {
        return tell_skipped("a cache folder without the right to write", "this is root, whom no mode stops");
    }
    let sandbox = home(&sts).file(".aws/cli/cache/other", "");
    set_mode(&sandbox.path(".aws/cli/cache"), 0o500);
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
}

/// The only entry.
fn entry(sandbox: &Sandbox) -> std::path::PathBuf {
    let [entry] = &entries(sandbox)[..] else { panic!("{:?}", entries(sandbox)) };
    sandbox.path(".aws/cli/cache").join(entry)
}

#[test]
fn an_entry_that_others_can_access_is_replaced() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let mut asked = 1;
    for open in [0o644, 0o620, 0o602, 0o666] {
        set_mode(&entry(&sandbox), open);
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4], "{open:o}");
        asked += 1;
        assert_eq!((sts.count(), mode(&entry(&sandbox))), (asked, 0o600));
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["cache"; 4]);
    }
    if crate::disk::is_root() {
        std::os::unix::fs::chown(entry(&sandbox), Some(65534), None).unwrap();
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
        assert_eq!(std::os::unix::fs::MetadataExt::uid(&fs::metadata(entry(&sandbox)).unwrap()), 0);
    }
}

#[test]
fn a_cache_that_others_can_write_to_is_not_used() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let folder = sandbox.path(".aws/cli/cache");
    let mut asked = 1;
    for open in [0o770, 0o707, 0o1777] {
        set_mode(&folder, open);
        let before = entries(&sandbox);
        let (_, stderr) = sandbox.run(&["get", "aws_access_key_id", "-p", "r"]).success_with_words();
        let told = format!("warning: {} is not used: others can write to it", folder.display());
        assert!(stderr.starts_with(&told) && stderr.contains("`chmod go-w "), "{stderr}");
        asked += 1;
        assert_eq!((sts.count(), entries(&sandbox)), (asked, before));
    }
    set_mode(&folder, 0o755);
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["cache"; 4]);
    if crate::disk::is_root() {
        std::os::unix::fs::chown(&folder, Some(65534), None).unwrap();
        let (_, stderr) = sandbox.run(&["get", "aws_access_key_id", "-p", "r"]).success_with_words();
        assert!(stderr.contains("it belongs to user 65534"), "{stderr}");
    }
}

#[test]
fn links_in_the_cache_are_not_followed() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file("victim", "precious");
    resolved(&sandbox, "r", &[]);
    for leads_to in ["../../../victim", "../../../nowhere"] {
        let path = entry(&sandbox);
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(leads_to, &path).unwrap();
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4], "{leads_to}");
        assert_eq!((sandbox.read("victim").as_str(), sandbox.path("nowhere").exists()), ("precious", false));
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["cache"; 4], "{leads_to}");
        // A link to an entry is not followed, either.
        let other = path.with_file_name("other");
        fs::rename(&path, &other).unwrap();
        std::os::unix::fs::symlink("other", &path).unwrap();
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
        fs::remove_file(other).unwrap();
    }
}

#[test]
fn special_files_in_the_cache_never_block() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let path = entry(&sandbox);
    for make in ["mkfifo", "mkdir"] {
        fs::remove_file(&path).unwrap();
        assert!(Command::new(make).arg(&path).status().unwrap().success());
        let start = std::time::Instant::now();
        assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4], "{make}");
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!(path.is_dir(), make == "mkdir");
    }
}

#[test]
fn an_entry_of_half_a_gigabyte_is_not_read() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let file = fs::OpenOptions::new().write(true).open(entry(&sandbox)).unwrap();
    file.set_len(512 << 20).unwrap();
    let mut command = sandbox.command();
    command.args(["get", "aws_access_key_id", "-p", "r"]);
    // Its memory limit is lower.
    assert_eq!(sandbox.finish(crate::disk::after("ulimit -v 400000", &command), "").success(), "ASIAR\n");
    assert!(fs::metadata(entry(&sandbox)).unwrap().len() < 10_000);
}

#[test]
fn a_lock_that_is_never_released_does_not_block_forever() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    resolved(&sandbox, "r", &[]);
    let path = entry(&sandbox);
    fs::File::options().write(true).open(&path).unwrap().set_len(0).unwrap();
    let held = fs::File::open(&path).unwrap();
    held.lock().unwrap();
    let start = std::time::Instant::now();
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["service"; 4]);
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
    drop(held);
    assert_eq!(origins(&resolved(&sandbox, "r", &[])), ["cache"; 4]);
}

#[test]
fn without_locks_the_role_is_requested_and_no_empty_entry_remains() {
    if !crate::strace::is_there() {
        return;
    }
    for error in ["ENOLCK", "ENOSYS", "EIO"] {
        for sts in [Loopback::sts(), Loopback::refusing(403, "AccessDenied", "no")] {
            let sandbox = home(&sts);
            let command = sandbox.command();
            let inject = format!("inject=flock:error={error}");
            let mut strace =
                crate::disk::around("strace", &["-f", "-qq", "-o", "/dev/null", "-e", &inject], &command);
            strace.arg(command.get_program()).args(["get", "aws_access_key_id", "-p", "r"]);
            let (code, stdout, stderr) = sandbox.finish(strace, "").ended();
            let kept = entries(&sandbox);
            match code {
                Some(0) => assert_eq!((stdout.as_str(), kept.len()), ("ASIAR\n", 1), "{stderr}"),
                _ => assert_eq!((code, kept.len()), (Some(254), 0), "{stderr}"),
            }
            assert!(kept.iter().all(|name| !sandbox.read(&format!(".aws/cli/cache/{name}")).is_empty()));
        }
    }
}

#[test]
fn a_failure_creates_no_folder() {
    let sts = Loopback::refusing(403, "AccessDenied", "no");
    let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
    let config = format!(
        "{CONFIG}[profile w]\n{role}web_identity_token_file = /nope\n[profile e]\n{role}source_profile = x\n\
                          [profile x]\ncredential_process = /bin/false\n"
    );
    let sandbox = home(&sts).config(config);
    for (profile, code) in [("w", 253), ("r", 254), ("e", 255)] {
        let _ = sandbox.run(&["whoami", "-p", profile]).failure(code);
        assert!(!sandbox.path(".aws/cli").exists(), "{profile}");
    }
}
