//! `logout`: what is revoked and removed, and what stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use crate::browser::{CONFIG, Running, TOKEN, hex, signed_in, with_browser};
use crate::disk::{around, listing, names, set_mode};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;
use crate::peers::python;
use crate::services::IdentityCenter;

const LEGACY: &str = "https://old.awsapps.com/start";

/// Two sessions, and a profile without one.
fn config() -> String {
    let session = |name: &str| {
        format!(
            "[profile {name}]\nsso_session = {name}\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
             [sso-session {name}]\nsso_start_url = https://{name}.awsapps.com/start\nsso_region = us-east-1\n"
        )
    };
    format!(
        "{}{}[profile old]\nsso_start_url = {LEGACY}\nsso_region = us-east-1\nsso_account_id = 111122223333\n\
         sso_role_name = Admin\n",
        session("corp"),
        session("other")
    )
}

fn sha1(text: &str) -> String {
    hex(&Sha1::digest(text))
}

fn file_of(name: &str) -> String {
    format!(".aws/sso/cache/{}.json", sha1(name))
}

/// The role credentials of a profile as AWS CLI caches them.
fn role_file(key: &str, name: &str) -> String {
    let document = json!({"accountId": "111122223333", "roleName": "Admin", key: name});
    format!(".aws/cli/cache/{}.json", sha1(&document.to_string()))
}

/// The access token of a sign-in.
fn token_of(name: &str) -> String {
    format!("{CANARY}-{}", sha1(&format!("token of {name}")))
}

/// Three sign-ins with their role credentials, and files of others.
fn home(service: &IdentityCenter) -> Sandbox {
    let home = service.home().config(config());
    for (name, start_url) in [
        ("corp", "https://corp.awsapps.com/start"),
        ("other", "https://other.awsapps.com/start"),
        (LEGACY, LEGACY),
    ] {
        let mut token = service.cached_token(3600);
        token["startUrl"] = json!(start_url);
        token["accessToken"] = json!(token_of(name));
        service.state(|state| state.tokens.insert(token_of(name)));
        home.put(&file_of(name), token.to_string());
        let key = if name == LEGACY { "startUrl" } else { "sessionName" };
        let role = json!({"ProviderType": "sso", "Credentials": {"AccessKeyId": "ASIA"}});
        home.put(&role_file(key, name), role.to_string());
    }
    let sts = json!({"ProviderType": "sts", "Credentials": {"AccessKeyId": "ASIA"}});
    home.put(&format!(".aws/cli/cache/{}.json", sha1("sts")), sts.to_string());
    home.put(".aws/cli/cache/list.json", "[1]");
    let kiro = json!({"accessToken": format!("{CANARY}-kiro"), "refreshToken": "r", "expiresAt": "2099-01-01T00:00:00Z", "provider": "Google"});
    home.put(".aws/sso/cache/kiro-auth-token.json", kiro.to_string());
    // As it might be called, but not made by AWS CLI.
    let mut shaped = service.cached_token(3600);
    shaped["accessToken"] = json!(format!("{CANARY}-foreign"));
    home.put(".aws/sso/cache/other-tool.json", shaped.to_string());
    home.put(&file_of("kiro"), kiro.to_string());
    home.put(
        &file_of("registration"),
        json!({"clientId": "c", "clientSecret": format!("{CANARY}-s"), "expiresAt": "2099-01-01T00:00:00Z"})
            .to_string(),
    );
    home.put(&file_of("list"), "[1]");
    home.put(&file_of("torn"), "{\"startUrl\":");
    home
}

type Listing = BTreeMap<PathBuf, String>;

fn without(listing: &Listing, home: &Sandbox, files: &[String]) -> Listing {
    let mut listing = listing.clone();
    for file in files {
        assert!(listing.remove(&home.path(file)).is_some(), "{file}");
    }
    listing
}

/// The files of `.aws` with what they hold.
fn files(home: &Sandbox) -> Listing {
    listing(&home.path(".aws")).into_iter().filter(|(path, _)| path.is_file()).collect()
}

#[test]
fn one_sign_in_ends_and_every_other_byte_stays() {
    for (arguments, name, key) in [
        (&["logout", "-p", "corp"][..], "corp", "sessionName"),
        (&["logout", "corp"], "corp", "sessionName"),
        (&["logout", "--sso-session", "other"], "other", "sessionName"),
        (&["logout", "-p", "old", "-v"], LEGACY, "startUrl"),
    ] {
        let service = IdentityCenter::start();
        let home = home(&service).env("AWS_PROFILE", "old");
        let before = files(&home);
        let (stdout, words) = home.run(arguments).success_with_words();
        assert!(stdout.is_empty() && words.starts_with("Signed out of https://"), "{words}");
        assert_eq!(
            files(&home),
            without(&before, &home, &[file_of(name), role_file(key, name)]),
            "{arguments:?}"
        );
        assert_eq!(service.calls(), ["POST /logout"]);
        assert!(!service.state(|state| state.tokens.contains(&token_of(name))));
        let (_, words) = home.run(arguments).success_with_words();
        assert!(words.starts_with("Not signed in to https://"), "{words}");
        assert_eq!(service.calls().len(), 1);
    }
}

#[test]
fn all_sign_ins_end_and_what_other_tools_keep_there_stays() {
    let service = IdentityCenter::start();
    let home = home(&service).env("AWS_PROFILE", "gone");
    // A session that the config doesn't have any more.
    let mut token = service.cached_token(3600);
    token["accessToken"] = json!(format!("{CANARY}-gone"));
    token["startUrl"] = json!("https://gone.awsapps.com/start");
    service.state(|state| state.tokens.insert(format!("{CANARY}-gone")));
    home.put(&file_of("gone"), token.to_string());
    std::fs::create_dir(home.path(&file_of("folder"))).expect("a folder");
    let before = files(&home);
    let (stdout, words) = home.run(&["logout", "--all", "--format", "json", "-v"]).success_with_words();
    let roles =
        [role_file("sessionName", "corp"), role_file("sessionName", "other"), role_file("startUrl", LEGACY)];
    let tokens = ["corp", "other", LEGACY, "gone"].map(file_of);
    assert_eq!(files(&home), without(&before, &home, &[&roles[..], &tokens[..]].concat()), "{words}");
    assert_eq!(service.calls(), ["POST /logout"; 4]);
    let found = json_of(&stdout);
    let ended = found["signed_out"].as_array().unwrap();
    assert_eq!(
        ended[0],
        json!({
            "kind": "sso-session", "name": "corp", "start_url": "https://corp.awsapps.com/start", "revoked": true,
        })
    );
    assert_eq!(ended.len(), 4);
    let (stdout, words) = home.run(&["logout", "--all", "--format", "json"]).success_with_words();
    assert_eq!(json_of(&stdout), json!({"schema": 1, "signed_out": []}));
    assert!(words.contains("Not signed in"), "{words}");
    assert_eq!(service.calls().len(), 4);
    for wrong in [
        &["logout", "--all", "-p", "corp"][..],
        &["logout", "--all", "--sso-session", "corp"],
        &["logout", "--region", "r"],
    ] {
        home.run(wrong).failure(252);
    }
}

#[test]
fn a_token_that_cannot_be_revoked_is_removed_with_a_warning() {
    for (endpoint, says) in [(Some("http://127.0.0.1:9"), "could not be revoked"), (None, "")] {
        let service = IdentityCenter::start();
        let mut home = home(&service).env("AWS_MAX_ATTEMPTS", "1");
        if let Some(endpoint) = endpoint {
            home = home.env("AWS_ENDPOINT_URL_SSO", endpoint);
        } else {
            // Revoked already.
            service.state(|state| state.tokens.clear());
        }
        let (stdout, words) = home.run(&["logout", "corp", "--format", "json"]).success_with_words();
        assert!(words.contains(says), "{words}");
        assert_eq!(words.contains("warning: "), endpoint.is_some(), "{words}");
        let revoked = &json_of(&stdout)["signed_out"][0]["revoked"];
        assert_eq!(*revoked, json!(endpoint.is_none()));
        assert!(!home.path(TOKEN).exists());
        assert!(!home.path(&role_file("sessionName", "corp")).exists());
    }
}

#[test]
fn a_file_that_may_have_tokens_is_removed_or_named() {
    let deep = format!("{{\"refreshToken\": \"r\", \"x\": {}{}}}", "[".repeat(300), "]".repeat(300));
    let (token, console) =
        ("{\"refreshToken\": \"r\", \"clientId\": \"c\"}", "{\"accessToken\": {}, \"refreshToken\": \"r\"}");
    for (text, is_ended) in
        [(token, true), (&deep, false), ("{\"accessToken\": \"t", false), ("[]", false), ("{}", true)]
    {
        let service = IdentityCenter::start();
        let home = home(&service);
        fs::write(home.path(TOKEN), text).unwrap();
        for arguments in [&["logout", "corp"][..], &["logout", "--all"]] {
            let (code, _, words) = home.run(arguments).ended();
            assert_eq!(code == Some(0), is_ended, "{text:.40} {arguments:?}: {words}");
            let is_named = words.contains("; remove it: `rm ") && words.contains("help: it may have tokens");
            assert_eq!(is_named, !is_ended, "{text:.40} {arguments:?}: {words}");
            let stays = !is_ended || text == "{}";
            assert_eq!(home.path(TOKEN).exists(), stays, "{text:.40} {arguments:?}: {words}");
        }
    }
    let console_file =
        ".aws/login/cache/148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940.json";
    let home = Sandbox::new()
        .config("[profile p]\nlogin_session = p\nregion = eu-west-1\n")
        .file(console_file, console);
    let words = home.run(&["logout", "-p", "p"]).failure(255);
    assert!(words.contains("help: it may have tokens") && home.path(console_file).exists(), "{words}");
}

#[test]
fn a_portal_that_never_answers_does_not_keep_the_token() {
    let (service, silent) = (IdentityCenter::start(), Loopback::silent());
    let home = home(&service).env("AWS_ENDPOINT_URL_SSO", &silent.url);
    let begun = Instant::now();
    let (_, words) = home.run(&["logout", "corp"]).success_with_words();
    assert!(words.contains("could not be revoked"), "{words}");
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    assert!(!home.path(TOKEN).exists());
}

#[test]
fn a_token_that_stays_under_another_name_is_warned_of() {
    for is_link in [true, false] {
        for endpoint in [Some("http://127.0.0.1:9"), None] {
            let service = IdentityCenter::start();
            let mut home = home(&service).env("AWS_MAX_ATTEMPTS", "1");
            if let Some(endpoint) = endpoint {
                home = home.env("AWS_ENDPOINT_URL_SSO", endpoint);
            }
            let elsewhere = home.path("elsewhere.json");
            fs::rename(home.path(TOKEN), &elsewhere).unwrap();
            if is_link {
                std::os::unix::fs::symlink(&elsewhere, home.path(TOKEN)).unwrap();
            } else {
                fs::hard_link(&elsewhere, home.path(TOKEN)).unwrap();
            }
            let (_, words) = home.run(&["logout", "corp"]).success_with_words();
            // A token that is revoked is of no use anywhere.
            assert_eq!(words.contains("its file is still there"), endpoint.is_some(), "{is_link}: {words}");
            assert!(elsewhere.exists() && fs::symlink_metadata(home.path(TOKEN)).is_err(), "{is_link}");
        }
    }
}

#[test]
fn credentials_that_xcred_cached_end_with_their_own_sign_in() {
    let service = IdentityCenter::start();
    let sts = Loopback::sts();
    let home =
        home(&service).env("AWS_ENDPOINT_URL_STS", &sts.url).env("AWS_REGION", "eu-west-1").revealing();
    fs::remove_dir_all(home.path(".aws/cli/cache")).unwrap();
    let roles = ["corp", "other", "old"].map(|name| {
        format!("[profile r-{name}]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = {name}\n")
    });
    home.put(".aws/config", config() + &roles.concat());
    home.run(&["credential-process", "-p", "r-corp"]).success();
    let of_corp = names(&home.path(".aws/cli/cache"));
    home.run(&["credential-process", "-p", "r-other"]).success();
    home.run(&["credential-process", "-p", "r-old"]).success();
    assert_eq!((of_corp.len(), names(&home.path(".aws/cli/cache")).len()), (1, 3));
    home.run(&["logout", "corp"]).success_with_words();
    let left = names(&home.path(".aws/cli/cache"));
    assert!(left.len() == 2 && !left.contains(&of_corp[0]), "{left:?}");
    let words = home.run(&["credential-process", "-p", "r-corp"]).failure(253);
    assert!(words.contains("xcred login --sso-session corp"), "{words}");
    home.run(&["credential-process", "-p", "r-other"]).success();
    home.run(&["logout", "--all"]).success_with_words();
    assert_eq!(names(&home.path(".aws/cli/cache")), [""; 0]);
}

#[test]
fn a_sign_out_during_a_refresh_is_not_undone() {
    let service = IdentityCenter::start();
    let home = home(&service).revealing();
    let mut token = service.cached_token(300);
    token["startUrl"] = json!("https://corp.awsapps.com/start");
    home.put(TOKEN, token.to_string());
    service.state(|state| state.thinking = std::time::Duration::from_millis(1500));
    let mut refreshing = home.command();
    refreshing.args(["exec", "-p", "corp", "--", "true"]);
    let refreshing = Running::of(refreshing);
    let start = std::time::Instant::now();
    while service.oidc.count() == 0 {
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "{}", refreshing.words());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    home.run(&["logout", "corp"]).success_with_words();
    let ended = refreshing.end();
    assert!(!home.path(TOKEN).exists(), "{}", ended.stderr);
    assert_eq!(names(&home.path(".aws/sso/cache")).iter().filter(|name| name.starts_with('.')).count(), 0);
}

#[test]
fn a_sign_in_that_another_tool_is_writing_is_ended_when_it_is_written() {
    let service = IdentityCenter::start();
    let home = home(&service);
    let token = home.read(&file_of("corp"));
    home.put(&file_of("corp"), "");
    let running = Running::start(&home, &["logout", "--sso-session", "corp"]);
    std::thread::sleep(std::time::Duration::from_millis(300));
    home.put(&file_of("corp"), token);
    let ended = running.end();
    assert!(ended.code == Some(0) && ended.stderr.starts_with("Signed out of "), "{}", ended.stderr);
    assert!(!home.path(&file_of("corp")).exists());
}

#[test]
fn wrong_settings_are_refused_and_nothing_is_sent() {
    let service = IdentityCenter::start();
    for (arguments, says) in [
        (&["logout", "-p", "gone"][..], "`gone` not found"),
        (&["logout", "--sso-session", "crop"], "did you mean `xcred logout --sso-session corp`?"),
        (&["logout", "-p", "plain"], "has no sign-in"),
    ] {
        let home = home(&service);
        home.put(".aws/config", config() + "[profile plain]\n");
        let before = files(&home);
        let words = home.run(arguments).failure(253);
        assert!(words.contains(says), "{words}");
        assert_eq!(files(&home), before);
    }
    assert_eq!(service.calls(), [""; 0]);
}

#[test]
fn botocore_uses_the_sign_in_and_no_longer_after_the_sign_out() {
    let Some(python) = python() else { return };
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(config())).env("AWS_REGION", "us-east-1");
    let found = || {
        let script = "import botocore.session as s\n\
                      print(s.Session(profile='corp').get_credentials().get_frozen_credentials().access_key)";
        let outcome = home.finish(around(python, &["-I", "-c", script], &home.command()), "");
        let (code, stdout, stderr) = outcome.ended();
        if code == Some(0) { Ok(stdout) } else { Err(stderr) }
    };
    assert_eq!(signed_in(&service, &home, &["login", "-p", "corp"]).code, Some(0));
    assert_eq!(found(), Ok("ASIAADMIN\n".to_owned()));
    assert_eq!(service.count("CreateToken refresh_token"), 0);
    home.run(&["logout", "corp"]).success_with_words();
    let words = found().expect_err("signed out");
    assert!(words.contains("Token"), "{words}");
}

#[test]
fn a_token_that_cannot_be_removed_is_an_error() {
    let service = IdentityCenter::start();
    let home = home(&service);
    set_mode(&home.path(".aws/sso/cache"), 0o500);
    let mut command = home.unprivileged();
    command.args(["logout", "corp"]);
    let words = home.finish(command, "").failure(255);
    assert!(words.contains("~/.aws/sso/cache") && words.contains("nothing was revoked"), "{words}");
    assert!(words.contains("chmod u+rwx") && !words.contains("name another file"), "{words}");
    set_mode(&home.path(".aws/sso/cache"), 0o700);
    assert!(home.path(TOKEN).exists());
    assert!(service.calls().is_empty());
}

#[test]
fn doctor_notes_a_sign_in_that_nothing_uses_any_more() {
    let service = IdentityCenter::start();
    let token = |left| service.cached_token(left);
    let without = |mut token: Value, names: &[&str]| {
        token.as_object_mut().unwrap().retain(|name, _| !names.contains(&name.as_str()));
        token.to_string()
    };
    let home = service.home().config(CONFIG).file(TOKEN, token(3600).to_string());
    let noted = || {
        let found = home.run(&["doctor", "--format", "json"]).success();
        let found = json_of(&found);
        found["findings"].as_array().unwrap().clone()
    };
    assert_eq!(noted(), Vec::<Value>::new());
    let name = |digit: &str, rest: &str| format!(".aws/sso/cache/{}{rest}", digit.repeat(40));
    // Expired, a registration, another program's, and no sign-in.
    home.put(&name("0", ".json"), without(token(-5), &["refreshToken"]));
    home.put(&name("1", ".json"), without(token(3600), &["accessToken", "startUrl", "region"]));
    home.put(".aws/sso/cache/kiro-auth-token.json", token(3600).to_string());
    home.put(&name("2", ".json"), "[1]");
    assert_eq!(noted(), Vec::<Value>::new());
    home.put(&name("3", ".json"), without(token(3600), &["refreshToken"]));
    home.put(&name("4", ".json"), token(-5).to_string());
    let found = noted();
    assert_eq!(found.len(), 2, "{found:?}");
    for one in &found {
        assert_eq!((&one["code"], &one["severity"]), (&json!("unused-sign-in"), &json!("note")));
        let message = "signed in to https://corp.awsapps.com/start, but no profile and no sso-session uses";
        assert!(one["message"].as_str().unwrap().contains(message), "{one}");
    }
    let text = home.run(&["doctor"]).success();
    assert!(text.contains("`xcred logout --all` ends it") && text.contains(&"3".repeat(40)), "{text}");
    // Its own session is gone from the config file, or that can't be read.
    home.put(".aws/config", "[default]\nregion = eu-west-1\n");
    assert_eq!(noted().len(), 3);
    home.run(&["logout", "--all"]).success_with_words();
    assert_eq!(noted(), Vec::<Value>::new());
}

#[test]
fn a_sign_in_for_another_spelling_of_the_start_url_is_named_and_not_ended() {
    let token = IdentityCenter::start().cached_token(3600);
    let meant = "https://corp.awsapps.com/start";
    let name = file_of(token["startUrl"].as_str().unwrap());
    for other in ["/start/", "/start#", "/start/#"]
        .map(|path| format!("https://corp.awsapps.com{path}"))
        .iter()
        .chain([&"https://Corp.awsapps.com/start".to_owned()])
    {
        let config = config().replace(LEGACY, other);
        let home = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .config(config)
            .file(&name, token.to_string());
        let help = format!("use that one: `xcred set sso_start_url {meant} --profile old`");
        for command in [
            &["credential-process", "-p", "old"][..],
            &["status", "-p", "old"],
            &["resolve", "-p", "old"],
            &["doctor"],
        ] {
            let (_, screen, words) = home.run(command).ended();
            assert!(format!("{screen}{words}").contains(&help), "{other} {command:?}: {screen}{words}");
            assert!(!screen.contains("logout --all"), "{screen}");
        }
        home.run(&["set", "sso_start_url", meant, "-p", "old"]).success();
        let found = home.run(&["doctor"]).ended().1;
        assert!(!found.contains("use that one"), "{found}");
    }
}

#[test]
fn without_any_sign_in_the_help_names_those_that_there_are() {
    let words = Sandbox::new().run(&["logout"]).failure(253);
    assert_eq!(
        words,
        "error: profile `default` has no sign-in\nhelp: `xcred login --status` lists the sign-ins\n"
    );
}

#[test]
fn a_sign_in_that_another_user_may_have_made_or_to_another_portal_is_reported() {
    let service = IdentityCenter::start();
    let home = home(&service);
    let cache = home.path(".aws/sso/cache");
    let (_, stdout, _) = home.run(&["doctor", "corp"]).ended();
    assert!(!stdout.contains("foreign-sign-in"), "{stdout}");
    set_mode(&cache, 0o777);
    let (stdout, _) = home.run(&["doctor", "corp", "--format", "json"]).code(1);
    assert!(stdout.contains("foreign-sign-in") && stdout.contains("its mode is 777"), "{stdout}");
    let (_, words) = home.run(&["status", "-p", "corp"]).success_with_words();
    assert!(
        words.contains("can put a sign-in of their own into ~/.aws/sso/cache (its mode is 777)"),
        "{words}"
    );
    let _ = home.run(&["doctor", "--fix"]).ended();
    assert_eq!(crate::disk::mode(&cache), 0o700);

    let config = config().replace("https://corp.awsapps.com/start", "https://new.awsapps.com/start");
    let home = home.config(config);
    let (_, words) = home.run(&["status", "-p", "corp"]).success_with_words();
    assert!(words.contains("is one to https://corp.awsapps.com/start, another portal"), "{words}");
    let (stdout, _) = home.run(&["doctor", "corp"]).code(1);
    assert!(stdout.contains("another portal"), "{stdout}");
}
