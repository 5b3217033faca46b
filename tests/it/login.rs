//! `login` to IAM Identity Center in a browser.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::json;

use crate::browser::{
    CONFIG, PATIENCE, Running, TOKEN, browser_of, cached, callback_of, fetched, files, is_open, opened,
    signed_in, with_browser,
};
use crate::committed::repository;
use crate::disk::{mode, names, set_mode};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::{Loopback, Reply};
use crate::services::{IdentityCenter, query};
use crate::syscalls::encrypted;
use crate::terminal::Terminal;

#[test]
fn a_sign_in_in_the_browser_is_cached_where_every_sdk_finds_it() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).revealing();
    let ended = signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("Signed in to https://corp.awsapps.com/start until "), "{}", ended.stderr);
    assert_eq!(service.calls(), ["RegisterClient", "CreateToken authorization_code"]);
    assert_eq!(home.read_config(), CONFIG);
    assert_eq!(files(&home).len(), 2);
    let token = cached(&home, TOKEN);
    let mut names: Vec<&String> = token.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "accessToken",
            "clientId",
            "clientSecret",
            "expiresAt",
            "refreshToken",
            "region",
            "registrationExpiresAt",
            "startUrl"
        ]
    );
    for file in files(&home) {
        let mode = fs::metadata(home.path(".aws/sso/cache").join(&file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.count("CreateToken refresh_token"), 0);
    // The registration is used again.
    signed_in(&service, &home, &["login", "--sso-session", "corp"]);
    assert_eq!(service.count("RegisterClient"), 1);
}

/// The cached registration.
fn registration(home: &Sandbox) -> String {
    let found: Vec<String> = files(home).into_iter().filter(|name| !TOKEN.ends_with(name.as_str())).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    format!(".aws/sso/cache/{}", found[0])
}

/// Settings of xcred that prefer a browser, whatever the machine has.
const BROWSER: &str = "[login]\nflow = 'browser'\n";

#[test]
fn a_session_needs_no_profile_and_a_role_uses_the_sign_in_of_its_source() {
    let service = IdentityCenter::start();
    let config = CONFIG.replace("[sso-session corp]", "[sso-session \"my corp\"]")
        + "[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/Ops\nsource_profile = dev\n";
    let config = config.replace("sso_session = corp", "sso_session = my corp");
    let home = with_browser(service.home().config(&config)).env("AWS_PROFILE", "gone");
    assert_eq!(signed_in(&service, &home, &["login", "--sso-session", "my corp"]).code, Some(0));
    assert_eq!(signed_in(&service, &home, &["login", "-p", "ops"]).code, Some(0));
    assert_eq!(service.count("CreateToken authorization_code"), 2);
    assert_eq!(files(&home).len(), 2);
    let words = home.run(&["login", "--sso-session", "corp"]).failure(253);
    assert!(words.contains("there is no sso-session `corp`"), "{words}");
    home.run(&["login", "--sso-session", "my corp", "--profile", "dev"]).failure(252);
    home.run(&["login", "dev", "--sso-session", "my corp"]).failure(252);
    assert_eq!(service.calls().len(), 3);
    assert_eq!(home.read_config(), config);
}

#[test]
fn nothing_secret_reaches_the_browser_or_a_stream() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG))
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", &format!("{CANARY}-mine"))
        .env("AWS_SESSION_TOKEN", &format!("{CANARY}-session"));
    let ended = signed_in(&service, &home, &["login", "-p", "dev", "-v"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("because BROWSER is set"), "{}", ended.stderr);
    let environment = home.read("environment");
    assert!(environment.contains("BROWSER=") && !environment.contains(CANARY), "{environment}");
    let address = opened(&home);
    assert!(!address.contains("DoNotShow"), "{address}");
    // Not even the second time, when everything is cached.
    let ended = signed_in(&service, &home, &["login", "-p", "dev", "-v", "--format", "json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn only_127_0_0_1_is_listened_on_and_after_the_end_nothing() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let running = Running::start(&home, &["login", "-p", "dev"]);
    let address = opened(&home);
    let host = callback_of(&address);
    let port = host.strip_prefix("127.0.0.1:").unwrap();
    assert!(is_open(&host) && !is_open(&format!("127.0.0.2:{port}")) && !is_open(&format!("[::1]:{port}")));
    fetched(&service.agree(&address));
    assert_eq!(running.end().code, Some(0));
    assert!(!is_open(&host));
    let registered = service.state(|state| state.clients["client-1"].clone());
    assert_eq!(registered["redirectUris"], json!(["http://127.0.0.1/oauth/callback"]));
    assert_eq!(
        (&registered["clientName"], &registered["issuerUrl"]),
        (&json!("xcred-corp"), &json!("https://corp.awsapps.com/start"))
    );
}

#[test]
fn if_nobody_signs_in_it_ends_after_the_time_that_was_given() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let running = Running::start(&home, &["login", "-p", "dev", "--timeout", "1"]);
    let host = callback_of(&opened(&home));
    let ended = running.end();
    assert_eq!(ended.code, Some(255), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("not completed within 1 s") && ended.stderr.contains("--timeout"),
        "{}",
        ended.stderr
    );
    assert!(!home.path(TOKEN).exists() && !is_open(&host));
}

#[test]
fn ctrl_c_ends_the_wait_for_the_browser_at_once() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let running = Running::start(&home, &["login", "-p", "dev"]);
    opened(&home);
    running.see("opened with");
    running.interrupt();
    assert_eq!(service.calls(), ["RegisterClient"]);
    assert!(!home.path(TOKEN).exists());
    let mut terminal = Terminal::run(&home, &["login", "-p", "dev"]);
    terminal.see("paste the address").keys("http://127");
    terminal.interrupt();
    assert!(!home.path(TOKEN).exists());
    registration(&home);
}

#[test]
fn without_a_browser_the_address_is_shown_and_can_be_opened_elsewhere() {
    let service = IdentityCenter::start();
    let home = || service.home().config(CONFIG).file(".config/xcred/config.toml", BROWSER);
    let missing = home().env("PATH", "/nonexistent");
    let failing = home().env("BROWSER", "/bin/false");
    let unwanted = with_browser(home());
    for (home, arguments, says) in [
        (&missing, &["login", "-p", "dev"][..], "No browser was found"),
        (&failing, &["login", "-p", "dev"], "The browser could not be started (/bin/false: "),
        (&unwanted, &["login", "-p", "dev", "--no-browser"], ""),
    ] {
        let running = Running::start(home, arguments);
        fetched(&service.agree(&running.address()));
        let ended = running.end();
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
        assert!(ended.stderr.contains(says), "{}", ended.stderr);
        assert!(home.path(TOKEN).exists() && !home.path("opened").exists());
    }
}

#[test]
fn a_browser_that_does_not_end_is_not_waited_for() {
    let service = IdentityCenter::start();
    let script = "printf '1\n%s\n' \"$1\" > \"$HOME/opened.new\"\nmv \"$HOME/opened.new\" \"$HOME/opened\"\nsleep 20\n";
    let home = browser_of(service.home().config(CONFIG), script);
    let start = Instant::now();
    assert_eq!(signed_in(&service, &home, &["login", "-p", "dev"]).code, Some(0));
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_port_is_used_or_refused_before_anything_is_sent() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let words = home.run(&["login", "-p", "dev", "--port", &port]).failure(255);
    assert!(words.contains(&format!("port {port}")), "{words}");
    home.put(".config/xcred/config.toml", format!("login.port = {port}\n"));
    home.run(&["login", "-p", "dev"]).failure(255);
    assert_eq!(service.calls(), [""; 0]);
    assert!(!home.path("opened").exists());
    drop(taken);
    let running = Running::start(&home, &["login", "-p", "dev"]);
    let address = opened(&home);
    assert_eq!(callback_of(&address), format!("127.0.0.1:{port}"));
    fetched(&service.agree(&address));
    assert_eq!(running.end().code, Some(0));
    for wrong in ["0", "65536", "80x", ""] {
        home.run(&["login", "-p", "dev", "--port", wrong]).failure(252);
    }
}

#[test]
fn only_if_it_is_needed_somebody_is_asked() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let if_needed = ["login", "-p", "dev", "--if-needed"];
    assert_eq!(signed_in(&service, &home, &if_needed).code, Some(0));
    let (before, calls) = (home.read(TOKEN), service.calls().len());
    fs::remove_file(home.path("opened")).unwrap();
    let (stdout, words) = home.run(&if_needed).success_with_words();
    assert!(
        stdout.is_empty() && words.starts_with("Already signed in to https://corp.awsapps.com/start until "),
        "{words}"
    );
    assert_eq!((home.read(TOKEN), service.calls().len()), (before.clone(), calls));
    // Without the option a new sign-in is made.
    signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_ne!(home.read(TOKEN), before);
    fs::remove_file(home.path("opened")).unwrap();
    let mut token = cached(&home, TOKEN);
    token["expiresAt"] = service.cached_token(120)["expiresAt"].clone();
    home.put(TOKEN, token.to_string());
    home.run(&if_needed).success_with_words();
    assert_eq!(service.count("CreateToken refresh_token"), 1);
    assert!(!home.path("opened").exists());
    // What can't be refreshed needs the user.
    let mut token = cached(&home, TOKEN);
    token["expiresAt"] = service.cached_token(120)["expiresAt"].clone();
    token.as_object_mut().unwrap().remove("refreshToken");
    home.put(TOKEN, token.to_string());
    assert_eq!(signed_in(&service, &home, &if_needed).code, Some(0));
    assert_eq!(service.count("CreateToken authorization_code"), 3);
}

#[test]
fn a_registration_is_used_again_only_where_it_fits() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let browser = ["login", "-p", "dev"];
    let device = ["login", "-p", "dev", "--use-device-code"];
    let in_browser = |expected: usize| {
        let ended = signed_in(&service, &home, &browser);
        assert_eq!((ended.code, service.count("RegisterClient")), (Some(0), expected), "{}", ended.stderr);
    };
    let with_code = |expected: usize| {
        home.run(&device).success_with_words();
        assert_eq!(service.count("RegisterClient"), expected);
    };
    in_browser(1);
    in_browser(1);
    with_code(2);
    with_code(2);
    in_browser(3);
    let file = registration(&home);
    let mut short = cached(&home, &file);
    short["expiresAt"] = service.cached_token(14 * 60)["expiresAt"].clone();
    home.put(&file, short.to_string());
    in_browser(4);
    for (text, expected) in
        [("", 5), ("{", 6), ("[1]", 7), (r#"{"clientId":1,"expiresAt":"2099-01-01T00:00:00Z"}"#, 8)]
    {
        home.put(&file, text);
        in_browser(expected);
    }
    home.put(
        ".aws/config",
        CONFIG.replace(
            "sso_region",
            "sso_registration_scopes = sso:account:access, ,codewhisperer:completions\nsso_region",
        ),
    );
    in_browser(9);
    assert_eq!(query(&opened(&home))["scopes"], "sso:account:access codewhisperer:completions");
    in_browser(9);
    assert_eq!(files(&home).len(), 3);
}

#[test]
fn a_client_that_the_service_has_forgotten_is_registered_anew() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let device = ["login", "-p", "dev", "--use-device-code"];
    home.run(&device).success_with_words();
    service.state(|state| state.clients.clear());
    home.run(&device).success_with_words();
    assert_eq!(service.count("RegisterClient"), 2);
    // In the browser it shows only when the code is exchanged.
    signed_in(&service, &home, &["login", "-p", "dev"]);
    fs::remove_file(home.path("opened")).unwrap();
    let running = Running::start(&home, &["login", "-p", "dev"]);
    let back = service.agree(&opened(&home));
    fs::remove_file(home.path("opened")).unwrap();
    service.state(|state| state.clients.clear());
    fetched(&back);
    fetched(&service.agree(&opened(&home)));
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(service.count("RegisterClient"), 4);
}

#[test]
fn two_sign_ins_at_once_leave_a_whole_one() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let start = || Running::start(&home, &["login", "-p", "dev", "--no-browser"]);
    let running = [start(), start(), start()];
    let addresses: Vec<String> = running.iter().map(Running::address).collect();
    for (one, name) in [("state", "state"), ("code_challenge", "challenge")] {
        let values: BTreeSet<String> = addresses.iter().map(|address| query(address)[one].clone()).collect();
        assert_eq!(values.len(), 3, "{name}");
    }
    for address in addresses.iter().rev() {
        fetched(&service.agree(address));
    }
    for one in running {
        let ended = one.end();
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let token = cached(&home, TOKEN);
    assert!(service.state(|state| state.refresh_tokens.contains(token["refreshToken"].as_str().unwrap())));
    assert!(service.state(|state| state.clients.contains_key(token["clientId"].as_str().unwrap())));
    home.revealing().run(&["credential-process", "-p", "dev"]).success();
}

#[test]
fn a_document_describes_the_sign_in() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let json = ["login", "-p", "dev", "--format", "json"];
    let ended = signed_in(&service, &home, &json);
    let found = json_of(&ended.stdout);
    let token = cached(&home, TOKEN);
    assert_eq!(
        found,
        json!({
            "schema": 1, "kind": "sso-session", "name": "corp", "state": "valid", "reason": null,
            "expiration": token["expiresAt"], "refreshable": true,
            "origin": {"from": "cache", "path": home.path(TOKEN).to_str().unwrap()},
            "start_url": "https://corp.awsapps.com/start", "region": "us-east-1",
            "registration_expiration": token["registrationExpiresAt"], "signed_in": true,
        })
    );
    let (stdout, _) = home.run(&[&json[..], &["--if-needed"]].concat()).success_with_words();
    let mut kept = found;
    kept["signed_in"] = json!(false);
    assert_eq!(json_of(&stdout), kept);
}

#[test]
fn settings_that_are_wrong_are_refused_before_anything_is_sent() {
    let service = IdentityCenter::start();
    for (config, arguments, says) in [
        ("[profile x]\nregion = r\n", &["login", "-p", "x"][..], "profile `x` has no sign-in"),
        ("[profile x]\n", &["login", "-p", "y"], "`y` not found"),
        (
            "[profile x]\nsso_session = s\n[sso-session s]\nsso_region = r\n",
            &["login", "-p", "x"],
            "has no sso_start_url",
        ),
        (
            "[profile x]\nsso_session = s\n[sso-session s]\nsso_start_url = https://u\n",
            &["login", "-p", "x"],
            "has no sso_region",
        ),
        ("[profile x]\nsso_start_url = https://u\n", &["login", "-p", "x"], "has no sso_region"),
        ("[profile x]\nsso_session = s\n", &["login", "-p", "x"], "there is no sso-session `s`"),
        (&CONFIG.replace("https", "http"), &["login", "-p", "dev"], "doesn't begin with https://"),
        (
            &format!("{CONFIG}[profile dev2]\nsso_session = corp\nsso_region = eu-west-1\n"),
            &["login", "-p", "dev2"],
            "has another value",
        ),
        (CONFIG, &["login", "--sso-session", "crop"], "did you mean `xcred login --sso-session corp`?"),
    ] {
        let home = with_browser(service.home().config(config));
        let words = home.run(arguments).failure(253);
        assert!(words.contains(says), "{config}: {words}");
        assert_eq!(names(&home.path(".aws")), ["config"], "{config}");
        assert!(!home.path("opened").exists() && home.read_config() == config);
    }
    assert_eq!(service.calls(), [""; 0]);
    let home = with_browser(service.home());
    fs::create_dir_all(home.path(".aws/config")).unwrap();
    assert!(home.run(&["login", "-p", "dev"]).failure(253).contains("is a folder"));
    let home = with_browser(service.home().config(CONFIG));
    for arguments in [
        &["--sso-session", "corp", "--console"][..],
        &["--console", "--use-device-code"],
        &["--status", "--console"],
        &["--status", "--if-needed"],
        &["--timeout", "0"],
    ] {
        home.run(&[&["login"], arguments].concat()).failure(252);
    }
    for arguments in
        [&["login", "-p", "dev"][..], &["login", "--sso-session", "corp"], &["login", "--status"]]
    {
        let words = home.run(&[arguments, &["--region", "eu-west-1"]].concat()).failure(252);
        assert!(words.contains("--region has no effect"), "{words}");
    }
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn a_cache_that_cannot_be_written_is_reported_before_anybody_is_asked() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).file(".aws/sso", "not a folder");
    for arguments in [&["login", "-p", "dev"][..], &["login", "-p", "dev", "--use-device-code"]] {
        let words = home.run(arguments).failure(255);
        assert!(words.contains("~/.aws/sso"), "{words}");
    }
    assert!(!home.path("opened").exists());
    let home = with_browser(service.home().config(CONFIG));
    fs::create_dir_all(home.path(".aws/sso/cache")).unwrap();
    set_mode(&home.path(".aws/sso/cache"), 0o500);
    let mut command = home.unprivileged();
    command.args(["login", "-p", "dev"]);
    let words = home.finish(command, "").failure(255);
    assert!(words.contains("~/.aws/sso/cache"), "{words}");
    set_mode(&home.path(".aws/sso/cache"), 0o700);
    assert!(!home.path("opened").exists());
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn links_stay_links_new_folders_are_private_and_files_that_are_no_sign_in_are_replaced() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_eq!([".aws/sso", ".aws/sso/cache"].map(|folder| mode(&home.path(folder))), [0o700; 2]);
    fs::rename(home.path(".aws/sso/cache"), home.path("elsewhere")).unwrap();
    symlink(home.path("elsewhere"), home.path(".aws/sso/cache")).unwrap();
    for text in ["", "{", "[1]", "null", r#"{"accessToken":1,"expiresAt":"2099-01-01T00:00:00Z"}"#] {
        home.put(TOKEN, text);
        set_mode(&home.path(TOKEN), 0o644);
        let ended = signed_in(&service, &home, &["login", "-p", "dev"]);
        assert_eq!(ended.code, Some(0), "{text}: {}", ended.stderr);
        assert!(cached(&home, TOKEN)["accessToken"].is_string(), "{text}");
        assert_eq!(mode(&home.path(TOKEN)), 0o600);
    }
    assert!(home.path(".aws/sso/cache").is_symlink());
    assert_eq!(names(&home.path("elsewhere")).len(), 2);
}

#[test]
fn the_region_of_the_start_url_is_written_only_with_consent() {
    let service = IdentityCenter::start();
    let config =
        CONFIG.replace("https://corp.awsapps.com/start", "https://ssoins-1.portal.eu-west-1.app.aws");
    let corrected = config.replace("us-east-1", "eu-west-1");
    let home = with_browser(service.home().config(&config));
    let ended = signed_in(&service, &home, &["login", "-p", "dev"]);
    let warns = ended.stderr.contains("the start URL is in eu-west-1, not in us-east-1")
        && ended.stderr.contains("xcred set sso_region eu-west-1 --sso-session corp");
    assert!(ended.code == Some(0) && warns, "{}", ended.stderr);
    assert_eq!(
        (home.read_config(), cached(&home, TOKEN)["region"].clone()),
        (config.clone(), json!("eu-west-1"))
    );
    let ended = signed_in(&service, &home, &["login", "-p", "dev", "--replace"]);
    assert_eq!((ended.code, home.read_config()), (Some(0), corrected.clone()), "{}", ended.stderr);
    // Nobody is asked where nothing may be written, or nobody may be asked.
    let home = with_browser(service.home().config(&config));
    let mut terminal = Terminal::run(&home, &["sso", "sync", "--sso-session", "corp", "--login", "-n"]);
    terminal.see("the start URL is in eu-west-1, not in us-east-1");
    terminal.see("xcred set sso_region eu-west-1 --sso-session corp");
    terminal.see("paste the address");
    fetched(&service.agree(&opened(&home)));
    drop(terminal);
    assert_eq!(home.read_config(), config);
    let legacy = "[profile old]\nsso_start_url = https://ssoins-1.portal.eu-west-1.app.aws\nsso_region = us-east-1\n\
                  [profile role]\nrole_arn = r\nsource_profile = old\n";
    let home = with_browser(service.home().config(legacy));
    home.run(&["login", "-p", "role", "--replace"]).success_with_words();
    assert_eq!(home.read_config(), legacy.replace("us-east-1", "eu-west-1"));
    for (answer, expected) in [("n", &config), ("y", &corrected)] {
        let home = with_browser(service.home().config(&config));
        let mut terminal = Terminal::run(&home, &["login", "-p", "dev"]);
        terminal.see("Set sso_region to eu-west-1? [y/N]: ").answer(answer);
        terminal.see("paste the address");
        fetched(&service.agree(&opened(&home)));
        terminal.see("Signed in to ");
        terminal.end(0);
        assert_eq!(home.read_config(), *expected, "{answer}");
    }
}

#[test]
fn the_status_says_which_sign_ins_are_valid() {
    let service = IdentityCenter::start();
    let config = format!(
        "{CONFIG}[profile dev2]\nsource_profile = dev\nrole_arn = r\n[sso-session other]\n\
         sso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n"
    );
    let home = service.home().config(&config);
    let status = |code: i32, arguments: &[&str]| {
        let arguments = [&["login", "--status", "--format", "json"], arguments].concat();
        let (stdout, words) = home.run(&arguments).code(code);
        let found = json_of(&stdout);
        (found["sign_ins"].clone(), words)
    };
    for (left, is_refreshable, state, code) in [
        (3600, true, "valid", 0),
        (60, false, "valid", 0),
        (-5, true, "expired", 0),
        (-5, false, "expired", 253),
    ] {
        let mut token = service.cached_token(left);
        if !is_refreshable {
            token.as_object_mut().unwrap().remove("refreshToken");
        }
        home.put(TOKEN, token.to_string());
        for arguments in [["-p", "dev"], ["-p", "dev2"], ["--sso-session", "corp"]] {
            let (found, words) = status(code, &arguments);
            assert_eq!(
                (&found[0]["state"], &found[0]["refreshable"]),
                (&json!(state), &json!(is_refreshable))
            );
            assert_eq!(found[0]["profiles"], json!(["dev", "dev2"]));
            assert_eq!(words.contains("xcred login --sso-session corp"), code != 0, "{words}");
        }
    }
    let (found, words) = status(253, &["--sso-session", "other"]);
    assert_eq!((&found[0]["state"], words.contains("not signed in")), (&json!("missing"), true));
    let (found, words) = status(0, &[]);
    let by_variable = {
        let mut command = home.command();
        command.args(["login", "--status", "--format", "json"]).env("AWS_PROFILE", "dev");
        home.finish(command, "").success()
    };
    assert_eq!(json_of(&by_variable)["sign_ins"], found);
    assert_eq!((found.as_array().unwrap().len(), words.as_str()), (2, ""));
    let table = home.run(&["login", "--status"]).success();
    assert!(
        table.contains("corp") && table.contains("expired") && table.contains("not signed in"),
        "{table}"
    );
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn a_vanity_address_leads_to_the_portal_and_stays_in_the_files() {
    let start = |target: &'static str| {
        let vanity = Loopback::replying(SignedDuration::ZERO, move |request| {
            let status = if request.line.starts_with("HEAD ") { 405 } else { 302 };
            Some(Reply { status, headers: vec![format!("location: {target}")], body: String::new() })
        });
        let url = format!("{}/start", encrypted(&vanity));
        let config = CONFIG.replace("https://corp.awsapps.com/start", &url);
        (vanity, url, config)
    };
    let bundle = repository("tests/cases/tls/ca.pem").to_str().unwrap().to_owned();
    let service = IdentityCenter::start();
    let (vanity, url, config) = start("https://ada@corp.awsapps.com:443/start/?a=b#/c");
    let home = with_browser(service.home().config(&config).env("AWS_CA_BUNDLE", &bundle)).revealing();
    let ended = signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let asked = || vanity.received().into_iter().map(|request| request.line).collect::<Vec<_>>();
    assert_eq!(asked(), ["HEAD /start", "GET /start"]);
    let issuer = service.state(|state| state.clients["client-1"]["issuerUrl"].clone());
    assert_eq!(issuer, "https://corp.awsapps.com/start");
    assert_eq!((&cached(&home, TOKEN)["startUrl"], home.read_config()), (&json!(url), config));
    // The sign-in is used, and ended, without another look.
    home.run(&["credential-process", "-p", "dev"]).success();
    home.run(&["logout", "-p", "dev"]).success_with_words();
    assert_eq!(asked().len(), 2);

    let service = IdentityCenter::start();
    let (_vanity, _, config) = start("https://evil-awsapps.com/start");
    let home = with_browser(service.home().config(&config).env("AWS_CA_BUNDLE", &bundle));
    let words = home.run(&["login", "-p", "dev"]).failure(253);
    assert!(words.contains("evil-awsapps.com") && words.contains(".aws/config"), "{words}");
    assert_eq!((service.calls().len(), home.path("opened").exists()), (0, false));
}

#[test]
fn a_file_that_is_no_sign_in_is_called_that_and_nothing_waits_for_it() {
    let service = IdentityCenter::start();
    let home = service.home().config(CONFIG).file(TOKEN, "");
    let path = home.path(TOKEN);
    let make: [(&str, &dyn Fn()); 3] = [
        ("a folder", &|| fs::create_dir(&path).unwrap()),
        ("a FIFO", &|| assert!(Command::new("mkfifo").arg(&path).status().unwrap().success())),
        ("a large file", &|| fs::File::create(&path).unwrap().set_len(5 << 30).unwrap()),
    ];
    for (what, make) in make {
        fs::remove_file(&path).or_else(|_| fs::remove_dir(&path)).unwrap();
        make();
        let table = home.run(&["login", "--status"]).success();
        assert!(table.contains("can't be used: the cached sign-in"), "{what}: {table}");
        let (document, words) = home.run(&["login", "--status", "-p", "dev", "--format", "json"]).code(253);
        let found = json_of(&document);
        assert_eq!(found["sign_ins"][0]["state"], "unusable", "{what}");
        assert!(words.contains("can't be read") && words.contains("help: "), "{what}: {words}");
        let words = home.run(&["credential-process", "-p", "dev"]).failure(253);
        assert!(words.contains("can't be read"), "{what}: {words}");
        let (found, _) = home.run(&["doctor"]).code(1);
        assert!(
            found.contains("the sign-in of session `corp` can't be used: the cached sign-in"),
            "{what}: {found}"
        );
    }
    // The large one is replaced.
    let words = home.run(&["credential-process", "-p", "dev"]).failure(253);
    assert!(words.contains("xcred login --sso-session corp"), "{words}");
    let home = with_browser(home);
    let running = Running::start(&home, &["login", "--sso-session", "corp"]);
    fetched(&service.agree(&opened(&home)));
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(cached(&home, TOKEN)["accessToken"], format!("{CANARY}-access-1"));
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_new_sign_in_drops_the_role_credentials_of_the_old_one() {
    let service = IdentityCenter::start();
    let sts = Loopback::sts();
    let config = format!(
        "{CONFIG}[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = dev\n"
    );
    let home = with_browser(service.home().config(config)).env("AWS_ENDPOINT_URL_STS", &sts.url);
    let home = home.env("AWS_REGION", "eu-west-1").revealing();
    signed_in(&service, &home, &["login", "-p", "dev"]);
    home.run(&["credential-process", "-p", "role"]).success();
    let roles = names(&home.path(".aws/cli/cache"));
    home.put(".aws/cli/cache/foreign.json", "{}");
    signed_in(&service, &home, &["login", "-p", "dev"]);
    assert_eq!((roles.len(), names(&home.path(".aws/cli/cache"))), (1, vec!["foreign.json".to_owned()]));
}

#[test]
fn a_new_sign_in_is_not_undone_by_a_refresh_of_the_old_one() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).file(TOKEN, service.cached_token(300).to_string());
    service.state(|state| state.thinking = Duration::from_secs(4));
    let refreshing = Running::start(&home, &["exec", "-p", "dev", "--", "true"]);
    let start = Instant::now();
    while service.oidc.count() == 0 {
        assert!(start.elapsed() < PATIENCE, "{}", refreshing.words());
        thread::sleep(Duration::from_millis(10));
    }
    thread::sleep(Duration::from_millis(200));
    service.state(|state| state.thinking = Duration::ZERO);
    let ended = Running::start(&home, &["login", "-p", "dev", "--use-device-code"]).end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(refreshing.end().code, Some(0));
    // The service issued the token of the new sign-in first.
    assert_eq!(cached(&home, TOKEN)["accessToken"], format!("{CANARY}-access-1"));
}

#[test]
fn no_other_command_opens_a_browser() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).env("AWS_REGION", "eu-west-1");
    for arguments in [
        &["credential-process", "-p", "dev"][..],
        &["exec", "-p", "dev", "--", "true"],
        &["whoami", "-p", "dev"],
        &["resolve", "-p", "dev"],
        &["export-env", "-p", "dev"],
    ] {
        let (_, words) = home.run(arguments).code(253);
        assert!(words.contains("sign in: `xcred login --sso-session corp`"), "{arguments:?}: {words}");
    }
    assert!(!home.path("opened").exists());
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn a_folder_in_place_of_the_token_is_to_be_removed_not_renamed() {
    let service = IdentityCenter::start();
    let home = service.home().config(CONFIG);
    fs::create_dir_all(home.path(TOKEN)).expect("a folder");
    let words = home.run(&["login", "-p", "dev"]).failure(255);
    assert!(words.contains("is a folder, not a file"), "{words}");
    assert!(words.contains("help: remove it and sign in again"), "{words}");
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn a_token_that_cannot_be_saved_is_revoked() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    let running = Running::start(&home, &["login", "-p", "dev"]);
    let back = service.agree(&opened(&home));
    // It was free when it was tried.
    fs::create_dir_all(home.path(TOKEN)).unwrap();
    fetched(&back);
    let ended = running.end();
    assert_eq!(ended.code, Some(255), "{}", ended.stderr);
    assert!(ended.stderr.contains("is a folder, not a file"), "{}", ended.stderr);
    assert!(service.state(|state| state.tokens.is_empty()), "{:?}", service.calls());
}
