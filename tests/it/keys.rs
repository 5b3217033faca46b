//! `xcred keys` against moto, as users who may and who may not.

use serde_json::Value;

use crate::harness::{Sandbox, json_of};
use crate::line::{Fault, Line};
use crate::peers::{Iam, Key};
use crate::terminal::Terminal;

/// A home in which `me` has this key.
pub(crate) fn home(key: &Key, url: &str) -> Sandbox {
    Sandbox::new()
        .config("[default]\nregion = eu-west-1\n[profile me]\nregion = eu-west-1\n")
        .credentials(section("me", key))
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_EC2_METADATA_DISABLED", "true")
}

/// A section of the credentials file.
pub(crate) fn section(profile: &str, key: &Key) -> String {
    format!("[{profile}]\naws_access_key_id = {}\naws_secret_access_key = {}\n", key.id, key.secret)
}

const ME: [&str; 2] = ["--profile", "me"];

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["keys"], arguments, &ME].concat()
}

#[test]
fn keys_are_listed_with_age_use_and_place() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("ann", &["iam:*"]);
    let other = moto.key("ann");
    moto.deactivate("ann", &other.id);
    moto.age(&other.id);
    let sandbox = home(&key, &moto.url());
    let text = sandbox.run(&with(&["list"])).success();
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with("USER  KEY"), "{text}");
    assert!(rows[1].contains(&key.id) && rows[1].contains("Active  ") && rows[1].contains("0d  "), "{text}");
    assert!(rows[1].ends_with(&format!("{}:2 [me]", sandbox.shown(".aws/credentials"))), "{text}");
    assert!(
        rows[2].contains(&other.id) && rows[2].contains("Inactive") && rows[2].contains("never"),
        "{text}"
    );
    let json = json_of(&sandbox.run(&with(&["list", "--format", "json"])).success());
    assert_eq!(json["schema"], 1);
    assert_eq!(json["keys"][0]["signs_this"], true);
    assert_eq!(json["keys"][0]["places"][0]["origin"]["line"], 2);
    assert_eq!(json["keys"][0]["last_used"]["service"], "iam");
    assert_eq!(json["keys"][1]["last_used"], Value::Null);

    // For cron: nothing to say, or what is too old and exit code 1.
    let (old, _) = sandbox.run(&with(&["list", "--older-than", "90d"])).code(1);
    assert!(old.contains(&other.id) && !old.contains(&key.id), "{old}");
    assert_eq!(sandbox.run(&with(&["list", "--older-than", "5000w"])).success(), "");
    sandbox.run(&with(&["list", "--older-than", "90"])).failure(252);
}

#[test]
fn who_may_not_is_told_so_in_awss_words() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("bob", &[]);
    let sandbox = home(&key, &moto.url());
    for arguments in [
        &["list"][..],
        &["list", "--all-users"],
        &["last-used", &key.id],
        &["activate", &key.id],
        &["deactivate", &key.id],
        &["delete", &key.id],
        &["create", "--save-as", "new"],
        &["rotate", "--yes"],
    ] {
        let stderr = sandbox.run(&with(arguments)).failure(254);
        assert!(stderr.contains("(AccessDenied)"), "{arguments:?}: {stderr}");
    }
    assert_eq!(moto.keys("bob"), [key]);
    // Who may list, but not see the use, gets the list and a warning.
    let key = moto.user("carl", &["iam:ListAccessKeys"]);
    let sandbox = home(&key, &moto.url());
    let (stdout, stderr) = sandbox.run(&with(&["list"])).success_with_words();
    assert!(
        stdout.contains(" unknown ") && stderr.starts_with("warning: IAM refused GetAccessKeyLastUsed"),
        "{stderr}"
    );
    // And who may do nothing to others is refused.
    let other = moto.user("dora", &[]);
    sandbox.run(&with(&["deactivate", &other.id, "--user", "dora"])).failure(254);
    assert!(moto.keys("dora")[0].active);
}

#[test]
fn a_key_goes_out_of_use_and_back_and_away() {
    let Some(moto) = Iam::start() else { return };
    let admin = moto.user("admin", &["iam:*"]);
    let key = moto.user("eve", &[]);
    let sandbox = home(&admin, &moto.url());
    let run = |arguments: &[&str]| sandbox.run(&with(arguments)).success_with_words().1;
    assert!(run(&["deactivate", &key.id]).ends_with(&format!("user/admin\ndeactivated {}\n", key.id)));
    assert!(!moto.keys("eve")[0].active);
    assert!(run(&["deactivate", &key.id]).contains("already"));
    assert!(run(&["activate", &key.id, "--user", "eve"]).contains("activated"));
    assert!(moto.keys("eve")[0].active);
    let used = sandbox.run(&with(&["last-used", &key.id])).success();
    assert_eq!(used, format!("key        {}\nuser       eve\nlast used  never\n", key.id));

    // Active: there is nobody to ask, but `--yes` does for a key that nobody ever used.
    sandbox.run(&with(&["delete", &key.id])).code(253).1.contains("no terminal");
    assert!(run(&["delete", &key.id, "--yes"]).contains("deleted"));
    assert!(moto.keys("eve").is_empty());
    let stderr = sandbox.run(&with(&["delete", &key.id, "--user", "eve"])).failure(253);
    assert!(stderr.contains("user `eve` has no access key"), "{stderr}");

    // One that was used needs more words.
    let key = moto.key("eve");
    home(&key, &moto.url()).run(&["whoami", "--profile", "me"]).success();
    let stderr = sandbox.run(&with(&["delete", &key.id, "--yes"])).failure(253);
    assert!(
        stderr.contains("is active (last used: today sts") && stderr.contains("--even-active"),
        "{stderr}"
    );
    assert!(stderr.contains(&format!("`xcred keys deactivate {} --profile me`", key.id)), "{stderr}");
    run(&["delete", &key.id, "--yes", "--even-active"]);
    assert!(moto.keys("eve").is_empty());
}

#[test]
fn at_a_terminal_an_active_key_is_asked_about() {
    let Some(moto) = Iam::start() else { return };
    let admin = moto.user("admin", &["iam:*"]);
    let key = moto.user("eve", &[]);
    let sandbox = home(&admin, &moto.url());
    for (answer, code, left) in [("", 130, 1), ("n", 130, 1), ("y", 0, 0)] {
        let mut terminal = Terminal::run(&sandbox, &with(&["delete", &key.id]));
        terminal.see("is active (last used: never). Delete it for good? [y/N]: ").answer(answer);
        terminal.end(code);
        assert_eq!(moto.keys("eve").len(), left);
    }
}

#[test]
fn the_key_in_use_is_not_touched_by_accident() {
    let Some(moto) = Iam::start() else { return };
    let admin = moto.user("admin", &["iam:*"]);
    let other = moto.key("admin");
    let sandbox = home(&admin, &moto.url()).credentials(section("me", &admin) + &section("b", &other));
    for id in [&admin.id, &other.id] {
        for verb in [&["deactivate", id.as_str()][..], &["delete", id, "--yes", "--even-active"]] {
            let stderr = sandbox.run(&with(verb)).failure(253);
            assert!(stderr.contains("is in use: ") && stderr.contains("--even-in-use"), "{stderr}");
            // `rotate` would replace the profile's own key, whatever the other is.
            assert_eq!(stderr.contains("`xcred keys rotate --profile me`"), *id == admin.id, "{stderr}");
        }
    }
    assert!(moto.keys("admin").iter().all(|key| key.active));
    sandbox.run(&with(&["deactivate", &other.id, "--even-in-use"])).success_with_words();
    sandbox.run(&with(&["delete", &other.id, "--even-in-use"])).success_with_words();
    assert_eq!(moto.keys("admin"), [admin]);
}

#[test]
fn a_new_key_goes_into_a_profile_and_nowhere_else() {
    let Some(moto) = Iam::start() else { return };
    let admin = moto.user("admin", &["iam:*"]);
    moto.user("fay", &[]);
    let sandbox = home(&admin, &moto.url());
    sandbox.run(&with(&["create", "--user", "fay"])).failure(252);
    let stderr = sandbox.run(&with(&["create", "--user", "fay", "--save-as", "me"])).failure(253);
    assert!(
        stderr.contains("error: ~/.aws/credentials:2: a key of profile `me` already exists\n"),
        "{stderr}"
    );
    assert!(stderr.contains("give `--overwrite` to replace it"), "{stderr}");
    assert_eq!(moto.keys("fay").len(), 1);
    sandbox.run(&with(&["create", "--user", "fay", "--save-as", "fay"])).success_with_words();
    let made = moto.keys("fay").pop().unwrap();
    assert_eq!(sandbox.read_credentials(), section("me", &admin) + &section("fay", &made));
    sandbox.run(&["whoami", "--profile", "fay", "--region", "eu-west-1"]).success();
    // IAM's own words, and nothing changed.
    let stderr = sandbox.run(&with(&["create", "--user", "fay", "--save-as", "x"])).failure(254);
    assert!(stderr.contains("(LimitExceeded)"), "{stderr}");
    assert!(stderr.contains("`xcred keys list --profile me --user fay` shows them"), "{stderr}");
    let sandbox = sandbox.revealing();
    moto.limit(9);
    let (shown, _) = sandbox
        .run(&with(&["create", "--user", "fay", "--show-secret", "--format", "json"]))
        .success_with_words();
    let shown = json_of(&shown);
    assert_eq!(shown["secret_access_key"], moto.keys("fay").pop().unwrap().secret);
    assert_eq!(shown["saved_as"], Value::Null);
}

#[test]
fn a_key_that_cannot_be_saved_is_not_created() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("gil", &["iam:*"]);
    let sandbox = home(&key, &moto.url()).config("[profile r]\nrole_arn = a\nsource_profile = me\n");
    let region = ["--region", "eu-west-1"];
    for (profile, words) in
        [("r", "gets its credentials from `assume-role`"), ("a]b", "can't be a profile's name")]
    {
        let arguments = [&with(&["create", "--save-as", profile])[..], &region].concat();
        let stderr = sandbox.run(&arguments).ended().2;
        assert!(stderr.contains(words), "{stderr}");
    }
    assert_eq!(moto.keys("gil").len(), 1);
}

#[test]
fn all_pages_of_users_and_keys_are_read_however_throttled() {
    let Some(moto) = Iam::start() else { return };
    let admin = moto.user("admin", &["iam:*"]);
    for number in 0..250 {
        moto.user(&format!("user{number:03}"), &[]);
    }
    moto.limit(1000);
    for _ in 0..250 {
        moto.key("admin");
    }
    let line = Line::to(moto.port);
    let sandbox = home(&admin, &line.url());
    line.fault(1, Fault::Throttled);
    let json = sandbox.run(&with(&["list", "--format", "json"])).success();
    let json = json_of(&json);
    assert_eq!(json["keys"].as_array().unwrap().len(), 251);
    let pages = line.asked().iter().filter(|operation| *operation == "ListAccessKeys").count();
    assert!(pages >= 3, "{pages}");

    moto.age(&moto.keys("user249")[0].id);
    line.fault(2, Fault::Throttled);
    let (old, _) = sandbox.run(&with(&["list", "--all-users", "--older-than", "90d"])).code(1);
    assert_eq!(old.lines().count(), 2, "{old}");
    assert!(old.contains("user249"), "{old}");
    let asked = |wanted: &str| line.asked().iter().filter(|operation| *operation == wanted).count();
    assert!(asked("ListUsers") >= 3 && asked("ListAccessKeys") >= 253, "{:?}", line.asked());
}
