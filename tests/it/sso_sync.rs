//! `xcred sso sync`: profiles for what a sign-in gives access to, and nothing else in the files changes.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Sandbox, json_of};
use crate::peers::tool;
use crate::portal::{Portal, SESSION, account, fault};
use crate::terminal::{Terminal, screen};

const SYNC: [&str; 4] = ["sso", "sync", "--sso-session", "corp"];

const MARK: &str = "# xcred sync corp: delete this line to keep the profile as your own\n";

fn three() -> Portal {
    Portal::start(vec![
        account(1, "Log Archive", &["Audit"]),
        account(2, "prod", &["Admin", "ReadOnly", "Support"]),
        account(3, "", &["Admin"]),
    ])
}

fn profile(name: &str, id: u32, role: &str) -> String {
    format!(
        "\n[profile {name}]\n{MARK}sso_session = corp\nsso_account_id = {id:012}\nsso_role_name = {role}\n"
    )
}

/// Runs a sync with more arguments; returns the document.
#[track_caller]
fn sync(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let (text, _) = sandbox.run(&[&SYNC[..], &["--format", "json"], arguments].concat()).code(0);
    json_of(&text)
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["profile"].as_str().expect("a name")).collect()
}

#[test]
fn each_account_and_role_gets_a_profile() {
    let portal = three();
    let sandbox = portal.home("\n[profile mine]\nregion = eu-west-1\n");
    let (text, told) = sandbox.run(&SYNC).success_with_words();
    assert_eq!(text, "");
    assert_eq!(
        told,
        "added `000000000003/Admin`\nadded `Log-Archive/Audit`\nadded `prod/Admin`\nadded `prod/ReadOnly`\n\
         added `prod/Support`\nprofiles: 5 added, 0 changed, 0 removed, 0 unchanged\n"
    );
    let expected = [
        SESSION.to_owned(),
        "\n[profile mine]\nregion = eu-west-1\n".to_owned(),
        profile("000000000003/Admin", 3, "Admin"),
        profile("Log-Archive/Audit", 1, "Audit"),
        profile("prod/Admin", 2, "Admin"),
        profile("prod/ReadOnly", 2, "ReadOnly"),
        profile("prod/Support", 2, "Support"),
    ];
    assert_eq!(sandbox.read_config(), expected.concat());
    portal.count();
}

#[test]
fn the_document_of_a_sync_says_what_was_done() {
    let portal = three();
    let sandbox = portal.home("[profile prod/Admin]\nregion = x\n");
    let document = sync(&sandbox, &["--only", "prod", "--set", "output=json"]);
    let added = |role: &str| json!({"profile": format!("prod/{role}"), "account_id": "000000000002", "account_name": "prod", "role_name": role});
    assert_eq!(document["added"], json!([added("ReadOnly"), added("Support")]));
    let conflict = &document["conflicts"][0];
    assert_eq!((&conflict["profile"], &conflict["origin"]["line"]), (&json!("prod/Admin"), &json!(4)));
    let rest: Value = ["schema", "session", "dry_run", "changed", "removed", "kept", "unchanged", "skipped"]
        .map(|name| document[name].clone())
        .into_iter()
        .collect();
    assert_eq!(rest, json!([1, "corp", false, [], [], [], 0, []]));
    assert!(sandbox.read_config().ends_with("sso_role_name = Support\noutput = json\n"));
}

#[test]
fn a_second_sync_changes_no_byte_and_does_not_write_the_file() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &["--set", "region=eu-west-1"]);
    let facts = || {
        let found = fs::metadata(sandbox.path(".aws/config")).expect("the file");
        (
            found.modified().expect("a time"),
            std::os::unix::fs::MetadataExt::ino(&found),
            sandbox.read_config(),
        )
    };
    let before = facts();
    let document = sync(&sandbox, &["--set", "region=eu-west-1", "--prune", "--rename"]);
    assert_eq!((document["unchanged"].as_u64(), facts()), (Some(5), before));
}

#[test]
fn keys_and_comments_of_the_user_stay() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let edited = sandbox.read_config().replace(
        "sso_account_id = 000000000001\n",
        "region = us-east-1\n# mine\nsso_account_id = 000000000001\ncli_pager =\n",
    );
    sandbox.put(".aws/config", &edited);
    let document = sync(&sandbox, &["--set", "region=eu-west-1"]);
    assert_eq!(document["changed"].as_array().map(Vec::len), Some(4));
    assert_eq!(sandbox.read_config().replace("\nregion = eu-west-1\n", "\n"), edited);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let portal = three();
    let sandbox = portal.home("");
    let call = [&SYNC[..], &["--only", "*/Support", "--dry-run"]].concat();
    let (text, words) = sandbox.run(&call).success_with_words();
    assert_eq!(words, "profiles: 1 to add, 0 to change, 0 to remove, 0 unchanged\n");
    let added = profile("prod/Support", 2, "Support").trim_end().replace('\n', "\n+");
    assert!(text.ends_with(&format!("{added}\n")), "{text}");
    assert_eq!(sandbox.read_config(), SESSION);
    assert_eq!(sync(&sandbox, &["-n"])["dry_run"], json!(true));
    assert_eq!(sandbox.read_config(), SESSION);
    sync(&sandbox, &[]);
    portal.state().accounts.truncate(1);
    let before = sandbox.read_config();
    let (text, _) = sandbox.run(&[&SYNC[..], &["--prune", "-n"]].concat()).success_with_words();
    assert!(text.contains("-[profile prod/Admin]\n") && !text.contains("-[profile Log"), "{text}");
    assert_eq!(sandbox.read_config(), before);
}

#[test]
fn a_profile_of_a_role_that_is_gone_is_removed_if_that_is_asked_for_and_it_is_as_it_was_made() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let config = sandbox.read_config();
    let config = config
        .replace("sso_role_name = ReadOnly\n", "sso_role_name = ReadOnly\n# why I need this\ncli_pager =\n")
        .replacen(
            &[MARK, "sso_session = corp\nsso_account_id = 000000000003"].concat(),
            "sso_session = corp\nsso_account_id = 000000000003",
            1,
        )
        + "\n[profile ops]\nrole_arn = arn:aws:iam::000000000002:role/ops\nsource_profile = prod/Support\n";
    sandbox.put(".aws/config", &config);
    portal.state().accounts.truncate(1);
    let (_, told) = sandbox.run(&SYNC).success_with_words();
    assert!(
        told.contains("profiles whose role is gone: prod/Admin, prod/ReadOnly, prod/Support\n"),
        "{told}"
    );
    assert!(told.contains("help: `xcred sso sync --prune --sso-session corp` removes them\n"), "{told}");
    assert_eq!(sandbox.read_config(), config);
    let document = sync(&sandbox, &["--prune"]);
    assert_eq!(names(&document["removed"]), ["prod/Admin"]);
    assert_eq!(
        document["kept"],
        json!([
            {"profile": "prod/ReadOnly", "why": "changed-by-hand"},
            {"profile": "prod/Support", "why": "source-of-others"},
        ])
    );
    assert_eq!(
        sandbox.read_config(),
        config.replace(&profile("prod/Admin", 2, "Admin")[1..], "").replace("\n\n\n", "\n\n")
    );
}

#[test]
fn profiles_of_an_account_that_could_not_be_listed_are_not_pruned() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let before = sandbox.read_config();
    portal.state().refused.insert("000000000002".to_owned(), fault(403, "ForbiddenException", "No access"));
    let document = sync(&sandbox, &["--prune"]);
    assert_eq!(document["skipped"][0]["account_id"], json!("000000000002"));
    assert_eq!((names(&document["removed"]).len(), sandbox.read_config()), (0, before));
}

#[test]
fn a_renamed_account_gets_no_second_profile() {
    let portal = three();
    let sandbox = portal.home("\n[profile ops]\nsource_profile = prod/Admin\nrole_arn = x\n");
    sync(&sandbox, &[]);
    let before = sandbox.read_config();
    portal.state().accounts[1].name = Some("Production".to_owned());
    let document = sync(&sandbox, &[]);
    assert_eq!((document["unchanged"].as_u64(), sandbox.read_config()), (Some(5), before.clone()));
    let (_, told) = sandbox.run(&[&SYNC[..], &["--rename"]].concat()).success_with_words();
    assert!(told.contains("renamed `prod/Admin` to `Production/Admin`\n"), "{told}");
    assert!(told.contains("updated source_profile in ~/.aws/config:6\n"), "{told}");
    assert_eq!(sandbox.read_config(), before.replace("prod/", "Production/"));
}

#[test]
fn guards_follow_a_renamed_account_and_go_with_a_removed_one() {
    const SETTINGS: &str = ".config/xcred/config.toml";
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    sandbox.put(
        SETTINGS,
        "[profiles.'prod/Admin']\naccount = '000000000002' # why\n[profiles.mine]\nconfirm = true\n",
    );
    portal.state().accounts[1].name = Some("Production".to_owned());
    let before = sandbox.read(SETTINGS);
    let diff = sandbox.run(&[&SYNC[..], &["--rename", "-n"]].concat()).code(0).0;
    assert!(diff.contains("-[profiles.'prod/Admin']\n+[profiles.\"Production/Admin\"]\n"), "{diff}");
    assert_eq!(sandbox.read(SETTINGS), before);
    let (_, told) = sandbox.run(&[&SYNC[..], &["--rename"]].concat()).success_with_words();
    assert!(told.contains("`Production/Admin` has the guards of `prod/Admin`\n"), "{told}");
    assert_eq!(sandbox.read(SETTINGS), before.replace("'prod/Admin'", "\"Production/Admin\""));
    let get = |name: &str| sandbox.run(&["config", "get", &format!("profiles.{name}.account")]).ended().1;
    assert_eq!((get("prod/Admin"), get("Production/Admin")), (String::new(), "000000000002\n".to_owned()));
    portal.state().accounts.remove(1);
    let (_, told) = sandbox.run(&[&SYNC[..], &["--prune"]].concat()).success_with_words();
    assert!(told.contains("removed the guards of `Production/Admin`, too\n"), "{told}");
    assert_eq!(get("Production/Admin"), "");
    assert_eq!(sandbox.run(&["config", "get", "profiles.mine.confirm"]).success(), "true\n");
    // Guards that can't be read could not follow.
    sandbox.put(SETTINGS, "[profiles.mine]\nconfrim = true\n");
    sandbox.run(&SYNC).failure(253);
}

#[test]
fn a_list_without_any_account_removes_nothing() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    sandbox.put(".config/xcred/config.toml", "[profiles.'prod/Admin']\nconfirm = true\n");
    let before = (sandbox.read_config(), sandbox.read(".config/xcred/config.toml"));
    portal.state().accounts.clear();
    let (_, told) = sandbox.run(&[&SYNC[..], &["--prune"]].concat()).success_with_words();
    assert!(told.contains("lists no account at all") && !told.contains("removed `"), "{told}");
    assert_eq!((sandbox.read_config(), sandbox.read(".config/xcred/config.toml")), before);
}

#[test]
fn a_list_without_any_role_removes_nothing() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let before = sandbox.read_config();
    let empty = |portal: &Portal, at: usize| portal.state().accounts[at].roles.clear();
    // One account without roles is incomplete.
    empty(&portal, 1);
    portal.state().accounts.remove(2);
    let (_, told) = sandbox.run(&[&SYNC[..], &["--prune"]].concat()).success_with_words();
    assert!(
        told.contains("skipped the account `prod` (000000000002): none of its roles is listed"),
        "{told}"
    );
    assert_eq!(
        sandbox.read_config(),
        before.replace(&profile("000000000003/Admin", 3, "Admin"), ""),
        "{told}"
    );
    // All of them are a mistake, also where an account is gone.
    portal.state().accounts.remove(0);
    let before = sandbox.read_config();
    let (_, told) = sandbox.run(&[&SYNC[..], &["--prune"]].concat()).success_with_words();
    assert!(told.contains("lists no role at all") && !told.contains("removed `"), "{told}");
    assert_eq!(sandbox.read_config(), before);
}

#[test]
fn nothing_is_written_if_the_listing_fails_midway() {
    let portal = three();
    let sandbox = portal.home("");
    for (status, kind, code) in [(500, "InternalServerException", 255), (400, "InvalidRequestException", 254)]
    {
        portal.state().refused.insert("000000000002".to_owned(), fault(status, kind, "x"));
        let told = sandbox.run(&SYNC).failure(code);
        assert!(told.contains("refused ListAccountRoles"), "{told}");
        assert_eq!(sandbox.read_config(), SESSION);
    }
}

#[test]
fn syncs_and_edits_at_once_lose_nothing_and_make_nothing_twice() {
    let portal = three();
    let sandbox = portal.home("");
    let start = |arguments: &[&str]| {
        let mut command = sandbox.command();
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    };
    let keys: Vec<String> = (0..10).map(|n| format!("key{n}")).collect();
    let syncs = (0..3).map(|_| start(&SYNC)).collect::<Vec<_>>();
    let sets = keys.iter().map(|key| start(&["set", key, "v", "-p", "mine"]));
    for mut child in sets.collect::<Vec<_>>().into_iter().chain(syncs) {
        assert!(child.wait().expect("an end").success());
    }
    let text = sandbox.read_config();
    assert_eq!((text.matches("[profile ").count(), text.matches("# xcred sync").count()), (6, 5), "{text}");
    for key in &keys {
        assert_eq!(text.matches(&format!("{key} = v\n")).count(), 1, "{text}");
    }
}

#[test]
fn what_cant_be_done_as_asked_is_refused_before_a_request() {
    let portal = three();
    let sandbox = portal.home("");
    for (arguments, told) in [
        (["--set", "sso_region=x"], "`sso_region` can't be set by sync"),
        (["--set", "region"], "`region` is not a key and a value"),
        (["--name", "{account}"], "name templates have no value `account`"),
        (["--name", "{account_name} {role_name}"], "has ` `"),
        (["--name", "{role_name|title}"], "no filter `title`"),
    ] {
        let said = sandbox.run(&[&SYNC[..], &arguments].concat()).failure(252);
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(portal.count(), 0);
    sandbox.put(".aws/config", [SESSION, "what\n"].concat());
    let said = sandbox.run(&SYNC).failure(253);
    assert!(said.contains("config:4"), "{said}");
    assert_eq!(portal.count(), 0);
}

#[test]
fn the_settings_of_xcred_have_the_names_of_sessions() {
    let portal = three();
    let sandbox = portal.home("");
    let name = |arguments: &[&str]| {
        let document = sync(&sandbox, &[&["-n", "--only", "prod/Admin"], arguments].concat());
        document["added"][0]["profile"].as_str().expect("a name").to_owned()
    };
    sandbox.run(&["config", "set", "sync.name", "{session}.{role_name}"]).success();
    assert_eq!(name(&[]), "corp.Admin");
    sandbox.run(&["config", "set", "sync.sessions.corp", "{role_name|lower}"]).success();
    assert_eq!((name(&[]), name(&["--name", "x-{role_name}"])), ("admin".to_owned(), "x-Admin".to_owned()));
    let told = sandbox.run(&["config", "set", "sync.sessions.corp", "{role}"]).failure(252);
    assert!(told.contains("invalid value for `sync.sessions.corp`: expected a template of"), "{told}");
    let sandbox = sandbox.file(".config/xcred/config.toml", "[sync]\nsessions.corp = \"{role}\"\n");
    let told = sandbox.run(&SYNC).failure(253);
    assert!(
        told.contains("config.toml:2: `sync.sessions.corp` is invalid: expected a template of"),
        "{told}"
    );
}

#[test]
fn a_role_in_the_place_of_an_account_is_named_with_all_accounts() {
    let portal = three();
    let sandbox = portal.home("");
    let told =
        |only: &str| sandbox.run(&[&SYNC[..], &["-n", "--only", only]].concat()).success_with_words().1;
    let words = told("Admin");
    assert!(words.contains("no account or role matches `--only Admin`\n"), "{words}");
    assert!(
        words.contains("did you mean `xcred sso sync --sso-session corp -n --only '*/Admin'`?"),
        "{words}"
    );
    assert!(!told("999999999999").contains("did you mean"));
}

#[test]
fn names_that_coincide_are_reported() {
    let portal = three();
    let sandbox = portal.home("");
    let call = [&SYNC[..], &["--name", "{role_name}"]].concat();
    let (_, told) = sandbox.run(&call).success_with_words();
    assert!(told.contains("several roles would have the profile `Admin`, so none has"), "{told}");
    assert!(told.contains("profiles: 3 added"), "{told}");
}

#[test]
fn aws_cli_reads_the_profiles_and_keeps_the_mark() {
    let Some(aws) = tool("aws") else { return };
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let ours = sandbox.command();
    let mut command = Command::new(aws);
    command.env_clear().envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.args(["configure", "set", "output", "text", "--profile", "prod/Admin"]);
    sandbox.finish(command, "").success();
    assert!(sandbox.read_config().contains("output = text\n"));
    let before = sandbox.read_config();
    let document = sync(&sandbox, &[]);
    assert_eq!((document["unchanged"].as_u64(), sandbox.read_config()), (Some(5), before));
    portal.state().accounts.truncate(1);
    let document = sync(&sandbox, &["--prune"]);
    assert_eq!(document["removed"].as_array().map(Vec::len), Some(3));
    assert_eq!(document["kept"], json!([{"profile": "prod/Admin", "why": "changed-by-hand"}]));
}

#[test]
fn a_thousand_accounts_are_synced_in_one_go() {
    let roles = ["Admin", "Audit", "ReadOnly"];
    let accounts = (0..1000).map(|id| account(id, &format!("account {id}"), &roles)).collect();
    let portal = Portal::start(accounts);
    portal.state().page = 100;
    let sandbox = portal.home("");
    let (_, told) = sandbox.run(&SYNC).success_with_words();
    assert_eq!(told, "profiles: 3000 added, 0 changed, 0 removed, 0 unchanged\n");
    assert_eq!(portal.count(), 1010);
    assert_eq!(sync(&sandbox, &[])["unchanged"].as_u64(), Some(3000));
}

#[test]
fn a_long_listing_is_counted_on_the_terminal_and_can_be_interrupted() {
    let accounts = (0..40).map(|id| account(id, "", &["Admin"])).collect();
    let portal = Portal::start(accounts);
    portal.state().delay = Duration::from_millis(600);
    let sandbox = portal.home("");
    let mut terminal = Terminal::run(&sandbox, &SYNC);
    terminal.see("waiting for the roles of 40 accounts: 0 are listed").see(" are listed");
    terminal.keys("\u{3}");
    let shown = terminal.end(130);
    assert!(!screen(&shown, 80).join("\n").contains("waiting"), "{shown:?}");
    assert_eq!(sandbox.read_config(), SESSION);
    let mut terminal = Terminal::run(&sandbox, &SYNC);
    terminal.see("profiles: 40 added");
    let shown = terminal.end(0);
    assert!(!screen(&shown, 80).join("\n").contains("waiting"), "{shown:?}");
}

#[test]
fn a_copy_belongs_to_the_user() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let (_, told) = sandbox.run(&["profile", "copy", "prod/Admin", "mine"]).success_with_words();
    assert!(
        told.contains("`mine` is your own: `xcred sso sync` changes and removes only `prod/Admin`\n"),
        "{told}"
    );
    let copied = profile("mine", 2, "Admin").replace(MARK, "");
    assert!(sandbox.read_config().contains(&copied), "{}", sandbox.read_config());
    portal.state().accounts[1].roles.retain(|role| role != "Admin");
    assert_eq!(names(&sync(&sandbox, &["--prune"])["removed"]), ["prod/Admin"]);
    assert!(sandbox.read_config().contains(&copied));
}

#[test]
fn nothing_is_pruned_where_the_listing_has_what_cannot_be_used() {
    let portal = three();
    let sandbox = portal.home("");
    sync(&sandbox, &[]);
    let before = sandbox.read_config();
    portal.state().accounts[1].id = "2".to_owned();
    let (_, told) = sandbox.run(&[&SYNC[..], &["--prune"]].concat()).success_with_words();
    assert!(
        told.contains("lists can be used, so no profile is removed") && !told.contains("removed `"),
        "{told}"
    );
    assert_eq!(sandbox.read_config(), before);
}
