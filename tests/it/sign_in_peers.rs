//! One sign-in for all: botocore and the AWS SDKs use what xcred has signed in, and xcred what they have refreshed.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::browser::{CONFIG, Running, TOKEN, fetched, opened, signed_in, with_browser};
use crate::harness::{Sandbox, json_of};
use crate::peers::{node, python, rust_sdk};
use crate::services::{Console, IdentityCenter, PRINCIPAL};

/// The curves that botocore takes from a package that isn't there.
const CURVES: &str = include_str!("worlds/judge/curves.py");

const BOTOCORE: &str = "\
import botocore.credentials, botocore.session, curves, sys
botocore.credentials.EC = curves.EC
found = botocore.session.Session(profile=sys.argv[1]).get_credentials().get_frozen_credentials()
print(found.access_key)
";

/// The key ID that botocore finds for a profile.
fn botocore(home: &Sandbox, profile: &str) -> Option<String> {
    let python = python()?;
    home.put("judge/curves.py", CURVES);
    home.put("judge/ask.py", BOTOCORE);
    Some(asked(home, Command::new(python).arg(home.path("judge/ask.py")).arg(profile)))
}

/// What a program prints in a home.
fn asked(home: &Sandbox, command: &mut Command) -> String {
    let own = home.command();
    let environment = own.get_envs().filter_map(|(name, value)| Some((name, value?)));
    command.env_clear().envs(environment).current_dir(home.home()).stdin(Stdio::null());
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

/// Makes a cached sign-in end so soon that everyone refreshes it.
fn almost_over(home: &Sandbox, path: &str, seconds: i64) {
    let mut cached = json_of(&home.read(path));
    let ends = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    let ends = json!(ends.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    match cached["accessToken"].as_object_mut() {
        Some(access) => _ = access.insert("expiresAt".to_owned(), ends),
        None => cached["expiresAt"] = ends,
    }
    home.put(path, cached.to_string());
}

#[test]
fn botocore_and_xcred_share_a_sign_in_to_identity_center() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG)).revealing();
    assert_eq!(signed_in(&service, &home, &["login", "-p", "dev"]).code, Some(0));
    let Some(key) = botocore(&home, "dev") else { return };
    assert_eq!((key.as_str(), service.count("CreateToken refresh_token")), ("ASIAADMIN", 0));
    // botocore keeps role credentials, which would spare it the token.
    let _ = fs::remove_dir_all(home.path(".aws/cli"));
    almost_over(&home, TOKEN, 300);
    assert_eq!(botocore(&home, "dev").as_deref(), Some("ASIAADMIN"));
    assert_eq!(service.count("CreateToken refresh_token"), 1);
    home.run(&["credential-process", "-p", "dev"]).success();
    almost_over(&home, TOKEN, 300);
    home.run(&["credential-process", "-p", "dev"]).success();
    assert_eq!(service.count("CreateToken refresh_token"), 2);
}

fn console_file(home: &Sandbox) -> String {
    let folder = fs::read_dir(home.path(".aws/login/cache")).expect("the folder");
    let names: Vec<String> =
        folder.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    format!(".aws/login/cache/{}", names[0])
}

/// A home whose profile `con` has signed in to the console.
fn signed_in_to_console(service: &Console) -> Sandbox {
    let home = with_browser(service.home().config("[profile con]\nregion = eu-west-1\n")).revealing();
    let running = Running::start(&home, &["login", "--console", "-p", "con"]);
    let page = fetched(&service.agree(&opened(&home)));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(home.read_config().contains(&format!("login_session = {PRINCIPAL}\n")), "{}", home.read_config());
    home
}

#[test]
fn botocore_and_xcred_share_a_sign_in_to_the_console() {
    let service = Console::start();
    let home = signed_in_to_console(&service);
    let Some(key) = botocore(&home, "con") else { return };
    assert_eq!(key, "ASIANEW1");
    let path = console_file(&home);
    almost_over(&home, &path, 240);
    assert_eq!(botocore(&home, "con").as_deref(), Some("ASIANEW2"));
    assert!(home.run(&["credential-process", "-p", "con"]).success().contains("ASIANEW2"));
    almost_over(&home, &path, 240);
    assert!(home.run(&["credential-process", "-p", "con"]).success().contains("ASIANEW3"));
    assert_eq!(botocore(&home, "con").as_deref(), Some("ASIANEW3"));
    let kept = json_of(&home.read(&path));
    assert_eq!(kept["signInRegion"], "eu-west-1");
}

/// The key ID that the SDK for Rust finds for a profile.
fn rust(home: &Sandbox, profile: &str) -> Option<String> {
    let found = json_of(&asked(home, Command::new(rust_sdk()?).arg(profile)));
    Some(found["access_key"].as_str().unwrap_or_else(|| panic!("no key: {found}")).to_owned())
}

#[test]
fn the_sdk_for_rust_uses_a_sign_in() {
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    assert_eq!(signed_in(&service, &home, &["login", "-p", "dev"]).code, Some(0));
    let Some(key) = rust(&home, "dev") else { return };
    assert_eq!((key.as_str(), service.count("CreateToken refresh_token")), ("ASIAADMIN", 0));
}

#[test]
fn the_sdk_for_rust_uses_a_sign_in_to_the_console() {
    let service = Console::start();
    let home = signed_in_to_console(&service);
    let Some(key) = rust(&home, "con") else { return };
    assert_eq!(key, "ASIANEW1");
    almost_over(&home, &console_file(&home), -5);
    assert_eq!(rust(&home, "con").as_deref(), Some("ASIANEW2"));
    assert!(home.run(&["credential-process", "-p", "con"]).success().contains("ASIANEW2"));
}

const JAVASCRIPT: &str = "\
const { fromIni } = require('@aws-sdk/credential-providers');
fromIni({ profile: process.argv[2] })().then(found => console.log(found.accessKeyId));
";

#[test]
fn the_sdk_for_javascript_uses_a_sign_in_to_the_console() {
    let Some(javascript) = node() else { return };
    let service = Console::start();
    let home = signed_in_to_console(&service);
    home.put("ask.js", JAVASCRIPT);
    let home = home.env("NODE_PATH", javascript.packages.join("node_modules").to_str().expect("UTF-8"));
    let ask = || asked(&home, Command::new(&javascript.program).arg(home.path("ask.js")).arg("con"));
    assert_eq!(ask(), "ASIANEW1");
    almost_over(&home, &console_file(&home), 240);
    assert_eq!(ask(), "ASIANEW2");
    assert!(home.run(&["credential-process", "-p", "con"]).success().contains("ASIANEW2"));
}

#[test]
fn the_sdk_for_javascript_uses_a_sign_in() {
    let Some(javascript) = node() else { return };
    let service = IdentityCenter::start();
    let home = with_browser(service.home().config(CONFIG));
    assert_eq!(signed_in(&service, &home, &["login", "-p", "dev"]).code, Some(0));
    home.put("ask.js", JAVASCRIPT);
    let home = home.env("NODE_PATH", javascript.packages.join("node_modules").to_str().expect("UTF-8"));
    let mut node = Command::new(&javascript.program);
    assert_eq!(asked(&home, node.arg(home.path("ask.js")).arg("dev")), "ASIAADMIN");
    assert_eq!(service.count("CreateToken refresh_token"), 0);
}
