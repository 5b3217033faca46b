//! Guards of profiles: the expected account, the confirmation, the allowed profiles, and what `exec` says.

use std::os::unix::fs::symlink;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;
use crate::terminal::Terminal;

pub(crate) const SETTINGS: &str = ".config/xcred/config.toml";

/// The account that the fake STS names.
pub(crate) const ACCOUNT: &str = "123456789012";

pub(crate) const OTHER: &str = "999999999999";

/// A home whose profile `base` has keys, and whose profile `r` is a role.
pub(crate) fn home(sts: &Loopback) -> Sandbox {
    sts.home()
        .credentials(section("base", "AKIABASE", CANARY))
        .config(format!("[profile r]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/R\nsource_profile = base\n"))
}

pub(crate) fn guard(profile: &str, account: &str) -> String {
    format!("[profiles.{profile}]\naccount = '{account}'\n")
}

pub(crate) fn asked(sts: &Loopback) -> Vec<String> {
    let action = |body: &str| body.trim_start_matches("Action=").split('&').next().map(str::to_owned);
    sts.received().iter().filter_map(|request| action(&request.body)).collect()
}

/// The commands that hand out or sign with credentials.
const USES: [&[&str]; 7] = [
    &["exec", "-q", "--", "touch", "ran"],
    &["export-env", "--format", "json"],
    &["credential-process"],
    &["configure", "export-credentials"],
    &["configure", "export-credentials", "--format", "env"],
    &["keys", "list"],
    &["get", "aws_secret_access_key"],
];

#[test]
fn the_account_of_a_role_is_proved_without_a_request() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("r", ACCOUNT)).revealing();
    for _ in 0..2 {
        sandbox.run(&["exec", "-q", "-p", "r", "--", "true"]).success();
        sandbox.run(&["credential-process", "-p", "r"]).success();
        sandbox.run(&["exec", "-q", "-p", "r", "--expect-account", ACCOUNT, "--", "true"]).success();
    }
    assert_eq!(asked(&sts), ["AssumeRole"]);
    sandbox.put(SETTINGS, guard("r", OTHER));
    let words = sandbox.run(&["exec", "-q", "-p", "r", "--", "touch", "ran"]).failure(253);
    let place = sandbox.shown(SETTINGS);
    assert_eq!(
        words,
        format!(
            "error: {place}:2: the credentials of profile `r` belong to account {ACCOUNT}, not to {OTHER}\n\
             help: `xcred resolve --profile r` shows where the credentials come from\n"
        )
    );
    assert!(!sandbox.path("ran").exists());
    assert_eq!(asked(&sts), ["AssumeRole"]);
}

#[test]
fn the_account_of_keys_is_asked_for_once() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("base", ACCOUNT)).revealing();
    for arguments in USES.iter().filter(|arguments| arguments[0] != "keys") {
        sandbox.run(&in_profile(arguments, "base")).success();
    }
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
    let kept = sandbox.read(".local/state/xcred/accounts/accounts.json");
    assert!(kept.contains("AKIABASE") && kept.contains(ACCOUNT) && !kept.contains(CANARY), "{kept}");
}

/// The arguments with the option that names a profile.
fn in_profile<'a>(arguments: &[&'a str], profile: &'a str) -> Vec<&'a str> {
    let (first, rest) = arguments.split_first().expect("a command");
    [first, "-p", profile].into_iter().chain(rest.iter().copied()).collect()
}

#[test]
fn credentials_of_another_account_are_not_used() {
    let sts = Loopback::sts();
    // What a setting claims proves nothing.
    let sandbox = home(&sts).file(SETTINGS, guard("base", OTHER)).credentials(format!(
        "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = {CANARY}\naws_account_id = {OTHER}\n"
    ));
    for arguments in USES {
        let (stdout, words) = sandbox.run(&in_profile(arguments, "base")).code(253);
        assert_eq!(stdout, "", "{arguments:?}");
        let expected = format!(
            "config.toml:2: the credentials of profile `base` belong to account {ACCOUNT}, not to {OTHER}"
        );
        assert!(words.contains(&expected), "{arguments:?}: {words}");
    }
    let (stdout, _) = sandbox.run(&["export-env", "-p", "base", "--format", "posix"]).code(253);
    assert!(stdout.contains("false") && !stdout.contains("AKIABASE"), "{stdout}");
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
    assert!(!sandbox.path("ran").exists());
    // Reading is not using.
    sandbox.run(&["get", "aws_access_key_id", "-p", "base"]).success();
    let _ = sandbox.run(&["resolve", "base"]).code(0);
}

#[test]
fn an_account_that_is_not_learned_is_another_one() {
    let refusing = Loopback::refusing(403, "AccessDenied", "no");
    let gone = Loopback::start(|_| Some((200, "nonsense".to_owned())));
    for sts in [&refusing, &gone] {
        let sandbox = home(sts).file(SETTINGS, guard("base", ACCOUNT));
        for arguments in USES {
            let (stdout, words) = sandbox.run(&in_profile(arguments, "base")).code(253);
            assert_eq!(stdout, "", "{arguments:?}");
            let expected = format!(
                "config.toml:2: the credentials of profile `base` must belong to account {ACCOUNT}, and it isn't known"
            );
            assert!(words.contains(&expected) && words.contains("caused by: "), "{arguments:?}: {words}");
        }
        assert!(!sandbox.path("ran").exists() && !sandbox.path(".local/state/xcred/accounts").exists());
    }
}

#[test]
fn an_option_expects_an_account_for_one_call() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).revealing();
    for (id, code) in [(ACCOUNT, 0), (OTHER, 253)] {
        let (stdout, words) =
            sandbox.run(&["credential-process", "-p", "base", "--expect-account", id]).code(code);
        assert_eq!((stdout.is_empty(), words.is_empty()), (code != 0, code == 0));
        if code != 0 {
            let expected = format!("error: the credentials belong to account {ACCOUNT}, not to {OTHER}\n");
            assert_eq!(words, expected);
        }
        let (stdout, words) = sandbox.run(&["whoami", "-p", "base", "--expect", id]).code(code);
        assert!(stdout.contains(ACCOUNT), "it is shown in any case: {stdout}");
        assert_eq!(words.is_empty(), code == 0, "{words}");
        let (stdout, _) =
            sandbox.run(&["whoami", "base", "--expect-account", id, "--format", "json"]).code(code);
        assert_eq!(json_of(&stdout)["account"], ACCOUNT);
    }
    for id in ["12345678901", "1234567890123", "12345678901x", ""] {
        for arguments in [["whoami", "--expect", id], ["credential-process", "--expect-account", id]] {
            sandbox.run(&arguments).failure(252);
        }
    }
    sandbox.put(SETTINGS, guard("base", ACCOUNT));
    for command in ["whoami", "credential-process"] {
        let words = sandbox.run(&[command, "-p", "base", "--expect-account", OTHER]).failure(253);
        let expected = format!(
            "config.toml:2: the guard of profile `base` requires account {ACCOUNT}, and --expect-account requires {OTHER}"
        );
        assert!(words.contains(&expected), "{words}");
    }
    sandbox.run(&["whoami", "-p", "base", "--expect-account", ACCOUNT]).success();
}

#[test]
fn the_guard_of_a_named_profile_holds_for_keys_that_override_it() {
    let sts = Loopback::sts();
    let sandbox = home(&sts)
        .file(SETTINGS, guard("base", OTHER))
        .env("AWS_ACCESS_KEY_ID", "AKIAOTHER")
        .env("AWS_SECRET_ACCESS_KEY", CANARY);
    // The keys belong to nobody's profile.
    sandbox.run(&["exec", "-q", "--", "true"]).success();
    assert_eq!(sts.count(), 0);
    for variable in ["AWS_PROFILE", "XCRED_PROFILE"] {
        let sandbox = home(&sts)
            .file(SETTINGS, guard("base", OTHER))
            .env("AWS_ACCESS_KEY_ID", "AKIAOTHER")
            .env("AWS_SECRET_ACCESS_KEY", CANARY)
            .env(variable, "base");
        let words = sandbox.run(&["exec", "-q", "--", "true"]).code(253).1;
        assert!(
            words.contains(&format!("belong to account {ACCOUNT}, not to {OTHER}")),
            "{variable}: {words}"
        );
    }
}

#[test]
fn a_confirmation_is_asked_for_on_the_terminal() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, "[profiles.r]\nconfirm = true\n");
    let question = format!("Use profile `r` (account {ACCOUNT})? [y/N]: ");
    let mut terminal = Terminal::run(&sandbox, &["exec", "r", "--", "echo", "started"]);
    terminal.see(&question).answer("y").see("xcred: profile r, ").see("started");
    terminal.end(0);
    for (answer, code) in [("n", 130), ("", 130), ("\u{3}", 130)] {
        let mut terminal = Terminal::run(&sandbox, &["exec", "r", "--", "touch", "ran"]);
        terminal.see(&question).answer(answer);
        assert_eq!(terminal.end(code).contains("canceled"), answer == "\u{3}");
        assert!(!sandbox.path("ran").exists());
    }
    let mut terminal = Terminal::run(&sandbox, &["exec", "r", "--", "touch", "ran"]);
    terminal.see(&question).keys("\u{4}").see("the input ended before every question was answered");
    assert!(!terminal.end(255).contains("written"));
    // Also where the output is captured.
    let mut terminal =
        Terminal::run_by(&sandbox, r#"x=$("$@") || echo "got [$x]""#, &["credential-process", "-p", "r"]);
    terminal.see(&question).answer("n").see("profile `r` was not confirmed").see("got []");
    terminal.end(0);
    let mut terminal = Terminal::run_by(
        &sandbox,
        r#"eval "$("$@")" && echo "is $AWS_ACCESS_KEY_ID""#,
        &["export-env", "-p", "r", "--format", "posix"],
    );
    terminal.see(&question).answer("y").see("is ASIAR");
    terminal.end(0);
    // Not for what hands nothing out.
    let shown = Terminal::run(&sandbox, &["whoami", "r"]).end(0);
    assert!(!shown.contains("[y/N]"), "{shown}");
}

#[test]
fn without_a_terminal_nothing_is_confirmed() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, "[profiles.r]\nconfirm = true\n");
    for arguments in
        [&["exec", "--", "touch", "ran"][..], &["export-env", "--format", "json"], &["credential-process"]]
    {
        let words = sandbox.run_with_input(&in_profile(arguments, "r"), "y\ny\n").failure(253);
        let place = sandbox.shown(SETTINGS);
        let expected = format!(
            "error: {place}:2: profile `r` is used only after a confirmation, and there is no terminal to ask on\n"
        );
        assert!(words.starts_with(&expected), "{words}");
    }
    assert!(!sandbox.path("ran").exists());
    // Keys that were handed out before are not handed out by this guard again.
    let inner = home(&sts)
        .file(SETTINGS, "[profiles.r]\nconfirm = true\n")
        .env("XCRED_PROFILE", "r")
        .env("AWS_ACCESS_KEY_ID", "ASIAR")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .env("AWS_SESSION_TOKEN", CANARY);
    inner.run(&["exec", "-q", "--", "true"]).success();
}

#[test]
fn only_allowed_profiles_resolve() {
    let sts = Loopback::sts();
    let uses: Vec<&[&str]> = USES
        .into_iter()
        .chain([&["whoami"][..], &["resolve"], &["resolve", "--offline"], &["status"]])
        .collect();
    for list in ["", "r", "other,r", "BASE"] {
        let sandbox = home(&sts).env("XCRED_ALLOW", list);
        for arguments in &uses {
            let (stdout, words) = sandbox.run(&in_profile(arguments, "base")).code(253);
            assert_eq!(stdout, "", "{arguments:?}");
            assert!(words.starts_with("error: XCRED_ALLOW doesn't allow profile `base`\n"), "{words}");
        }
        for sdk in ["boto3", "rust", "js", "go", "java", "ruby"] {
            let words = sandbox.run(&["exec", "-p", "base", "--sdk", sdk, "--", "true"]).failure(253);
            assert!(words.contains("XCRED_ALLOW doesn't allow profile `base`"), "{sdk}: {words}");
        }
    }
    assert_eq!(sts.count(), 0);
    // The source of an allowed role is not a profile that is used.
    let sandbox = home(&sts).env("XCRED_ALLOW", " other , r");
    sandbox.run(&["exec", "-q", "-p", "r", "--", "true"]).success();
    let inner = sandbox.run(&["exec", "-q", "-p", "r", "--", "printenv", "XCRED_ALLOW"]).success();
    assert_eq!(inner, " other , r\n");
    let nested = format!("{} exec -q -p base -- true", env!("CARGO_BIN_EXE_xcred"));
    let words = sandbox.run(&["exec", "-q", "-p", "r", "--", "sh", "-c", &nested]).code(253).1;
    assert!(words.contains("XCRED_ALLOW doesn't allow profile `base`"), "{words}");
    let document = sandbox.run(&["resolve", "base", "--format", "json"]).code(253).0;
    let document = json_of(&document);
    assert_eq!(document["error"]["code"], "guarded");
    assert_eq!(document["error"]["origin"], json!({"from": "environment", "variable": "XCRED_ALLOW"}));
    assert_eq!(document["credentials"], Value::Null);
    // It is about credentials.
    assert_eq!(sandbox.run(&["list-profiles"]).success(), "r\nbase\n");
    sandbox.run(&["get", "region", "-p", "base"]).success();
}

#[test]
fn keys_without_a_profile_are_not_allowed() {
    let sts = Loopback::sts();
    let keys = ["exec", "-p", "r", "--access-key-id", "AKIAOTHER", "--", "true"];
    let sandbox = home(&sts).env("XCRED_ALLOW", "r,default");
    let words = sandbox.run_with_input(&keys, &format!("{CANARY}\n")).failure(253);
    assert!(
        words.contains(
            "XCRED_ALLOW allows only the keys of the profiles in it, and not the keys given by an option"
        ),
        "{words}"
    );
    for name in ["r", "default"] {
        let sandbox = home(&sts)
            .env("XCRED_ALLOW", "r,default")
            .env("XCRED_PROFILE", "r")
            .env("AWS_PROFILE", name)
            .config("[default]\n[profile r]\n")
            .env("AWS_ACCESS_KEY_ID", "AKIAOTHER")
            .env("AWS_SECRET_ACCESS_KEY", CANARY);
        let words = sandbox.run(&["exec", "--", "true"]).failure(253);
        assert!(words.contains("and not the keys in the environment"), "{words}");
    }
    // Those of a machine belong to the profile `default`.
    let sandbox = Sandbox::new()
        .env("XCRED_ALLOW", "r")
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/");
    let words = sandbox.run(&["exec", "--", "true"]).failure(253);
    assert!(words.contains("XCRED_ALLOW doesn't allow profile `default`"), "{words}");
}

#[test]
fn a_program_that_is_xcred_needs_an_allowed_profile_too() {
    let sts = Loopback::sts();
    let program = env!("CARGO_BIN_EXE_xcred");
    let config = format!("[profile p]\ncredential_process = {program} credential-process --profile base\n");
    let run = |list: &str| {
        home(&sts).config(&config).env("XCRED_ALLOW", list).run(&["exec", "-q", "-p", "p", "--", "true"])
    };
    run("p,base").success();
    let words = run("p").failure(253 + 2);
    assert!(
        words.contains("custom-process") && words.contains("XCRED_ALLOW doesn't allow profile `base`"),
        "{words}"
    );
}

#[test]
fn a_guard_that_is_not_understood_stops_everything_that_uses_credentials() {
    let sts = Loopback::sts();
    for (text, expected) in [
        ("[profiles.base]\nacount = '123456789012'\n", ":2: xcred has no guard `profiles.base.acount`"),
        (
            "[profiles.other]\nconfirm = 'yes'\n",
            ":2: `profiles.other.confirm` is invalid: expected true or false",
        ),
        (
            "[profiles.base]\naccount = 123456789012\n",
            ":2: `profiles.base.account` is invalid: 123456789012 must be in quotes",
        ),
        ("[profile.base]\nconfirm = true\n", ":1: xcred has no guard `profile`"),
        ("[mfa]\nsession = true\nprofiles.base.read_only = true\n", ":3: xcred has no guard `mfa.profiles`"),
        ("[mfa]\nsession = true\nagents.read_only = true\n", ":3: xcred has no guard `mfa.agents`"),
        ("['profiles.base']\nconfirm = true\n", ":1: xcred has no guard `\"profiles.base\"`"),
        (
            "agents = { read_only = true, variables = [] }\n",
            ":1: `agents.variables` is invalid: expected names",
        ),
        ("[profiles.base\n", ":1: invalid TOML"),
    ] {
        let sandbox = home(&sts).file(SETTINGS, text);
        for arguments in USES.into_iter().chain([&["whoami"][..], &["exec", "--sdk", "boto3", "--", "true"]])
        {
            let (stdout, words) = sandbox.run(&in_profile(arguments, "base")).code(253);
            assert_eq!(stdout, "", "{arguments:?}");
            assert!(words.contains(expected), "{arguments:?}: {words}");
        }
        let found = sandbox.run(&["doctor"]).code(1);
        assert!(format!("{found:?}").contains(expected.split('`').next().expect("text")), "{found:?}");
    }
    assert_eq!(sts.count(), 0);
    // The command in the help mends it.
    let sandbox = home(&sts).file(SETTINGS, "[profiles.base]\nacount = '123456789012'\n");
    let words = sandbox.run(&["whoami", "-p", "base"]).failure(253);
    let help = "help: did you mean `profiles.base.account`? fix the file in an editor\n";
    assert!(words.ends_with(help), "{words}");
    sandbox.run(&["config", "unset", "profiles.base.acount"]).success();
    sandbox.run(&["whoami", "-p", "base"]).success();
}

#[test]
fn settings_that_can_not_be_read_are_not_taken_for_none() {
    let sts = Loopback::sts();
    let fifo = |path: PathBuf| {
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0)
            .expect("a FIFO");
    };
    let link = |target: &str, path: PathBuf| symlink(target, path).expect("a link");
    let of_file: [(&dyn Fn(PathBuf), &str); 4] = [
        (&|path| link("nowhere", path), "nowhere`, which doesn't exist"),
        (&|path| link("/dev/null", path), "config.toml` is a device, a pipe or a socket, not a regular file"),
        (&fifo, "config.toml` is a device, a pipe or a socket, not a regular file"),
        (&|path| std::fs::create_dir(path).expect("a folder"), "config.toml` is a folder, not a file"),
    ];
    let of_folder: [(&dyn Fn(PathBuf), &str); 2] = [
        (&|path| link("nowhere", path), "/.config/nowhere`, which doesn't exist"),
        (&|path| std::fs::write(path, "").expect("a file"), "/.config/xcred` is a file, not a folder"),
    ];
    let cases = of_file.map(|(make, words)| (SETTINGS, make, words)).into_iter();
    for (path, make, expected) in cases.chain(of_folder.map(|(make, words)| (".config/xcred", make, words))) {
        let sandbox = home(&sts);
        std::fs::create_dir_all(sandbox.path(path).parent().expect("a folder")).expect("a folder");
        make(sandbox.path(path));
        for arguments in USES.into_iter().chain([&["whoami"][..], &["config", "list"]]) {
            let arguments =
                if arguments[0] == "config" { arguments.to_vec() } else { in_profile(arguments, "base") };
            let (stdout, words) = sandbox.run(&arguments).code(253);
            assert_eq!(stdout, "", "{arguments:?}");
            assert!(words.contains(expected), "{arguments:?}: {words}");
        }
        let found = format!("{:?}", sandbox.run(&["doctor"]).code(1));
        assert!(found.contains(expected), "{found}");
    }
    assert_eq!(sts.count(), 0);
}

#[test]
fn guards_follow_a_profile() {
    let sts = Loopback::sts();
    let sandbox =
        home(&sts).file(SETTINGS, "[profiles.base]\naccount = '999999999999'\nconfirm = true # why\n");
    let get = |name: &str| {
        let found = sandbox.run(&["config", "get", &format!("profiles.{name}.account")]);
        if found.code_is(0) { found.success() } else { String::new() }
    };
    let words = sandbox.run(&["profile", "rename", "base", "new.base", "-n"]).code(0).1;
    assert!(words.contains("`new.base` would have the same guards"), "{words}");
    let (_, diff, _) = sandbox.run(&["profile", "rename", "base", "new.base", "-n"]).ended();
    assert!(diff.contains("-[profiles.base]\n+[profiles.\"new.base\"]\n"), "{diff}");
    assert_eq!((get("base"), get("new.base")), (format!("{OTHER}\n"), String::new()));
    // Another profile doesn't get the guards of one that can't have its name.
    sandbox.run(&["profile", "rename", "base", "r"]).failure(253);
    assert_eq!(get("r"), "");
    let words = sandbox.run(&["profile", "rename", "base", "new.base"]).success_with_words().1;
    assert!(words.contains("`new.base` has the same guards"), "{words}");
    assert_eq!((get("base"), get("new.base")), (String::new(), format!("{OTHER}\n")));
    let settings = "[profiles.\"new.base\"]\naccount = '999999999999'\nconfirm = true # why\n";
    assert_eq!(sandbox.read(SETTINGS), settings);
    assert_eq!(sandbox.run(&["config", "get", "profiles.new.base.confirm"]).success(), "true\n");
    sandbox.run(&["credential-process", "-p", "new.base"]).failure(253);
    let words = sandbox.run(&["profile", "copy", "new.base", "copy"]).success_with_words().1;
    assert!(words.contains("`copy` has the same guards"), "{words}");
    assert_eq!((get("copy"), get("new.base")), (format!("{OTHER}\n"), format!("{OTHER}\n")));
    let words = sandbox.run(&["profile", "remove", "copy", "-n"]).code(0).1;
    assert!(words.contains("the guards of `copy` would be removed, too"), "{words}");
    let (_, diff, _) = sandbox.run(&["profile", "remove", "copy", "-n"]).ended();
    assert!(diff.contains("-[profiles.copy]\n"), "{diff}");
    let words = sandbox.run(&["profile", "remove", "copy"]).success_with_words().1;
    assert!(words.contains("removed the guards of `copy`, too"), "{words}");
    assert_eq!(get("copy"), "");
    // Guards that can't be read could not follow.
    let before = sandbox.read_credentials();
    sandbox.put(SETTINGS, "[profiles.new\n");
    sandbox.run(&["profile", "rename", "new.base", "b"]).failure(253);
    sandbox.run(&["profile", "copy", "new.base", "b"]).failure(253);
    // A guard that is there for the new name already is not overwritten.
    sandbox
        .put(SETTINGS, "profiles.'new.base'.account = '999999999999'\nprofiles.b.account = '123456789012'\n");
    let words = sandbox.run(&["profile", "rename", "new.base", "b"]).failure(253);
    assert!(
        words.contains("config.toml:2: `profiles.b.account` is set already, to another value"),
        "{words}"
    );
    assert_eq!(sandbox.read_credentials(), before);
}

#[test]
fn doctor_names_guards_and_allowed_profiles_that_do_not_exist() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("bsae", ACCOUNT)).env("XCRED_ALLOW", "r,bsae");
    let (stdout, _) = sandbox.run(&["doctor", "--format", "json"]).code(1);
    let document = json_of(&stdout);
    let codes: Vec<_> =
        document["findings"].as_array().expect("a list").iter().map(|found| &found["code"]).collect();
    assert_eq!(codes, ["guard-without-profile", "allowed-without-profile"]);
    let (stdout, words) = sandbox.run(&["doctor"]).code(1);
    let all = stdout + &words;
    assert!(all.contains("config.toml:2: profile `bsae` has a guard and doesn't exist"), "{all}");
    assert!(all.contains("did you mean `base`?"), "{all}");
    let sandbox = home(&sts).file(SETTINGS, guard("base", ACCOUNT)).env("XCRED_ALLOW", "r,base");
    sandbox.run(&["doctor"]).code(0);
    // An agent's variable that may be misspelled.
    sandbox.put(SETTINGS, "[agents]\nread_only = true\nvariables = ['MY_AGENT2', 'claudecode']\n");
    let found = format!("{:?}", sandbox.run(&["doctor"]).code(0));
    assert!(found.contains("config.toml:3: `claudecode` is an unusual name of a variable"), "{found}");
    assert!(!found.contains("`MY_AGENT2`"), "{found}");
}

#[test]
fn exec_says_what_the_command_gets() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    let said = |sandbox: &Sandbox, arguments: &[&str]| {
        let (stdout, words) = sandbox.run(&[&["exec"], arguments, &["--", "echo", "ran"]].concat()).code(0);
        assert_eq!(stdout, "ran\n");
        words
    };
    let words = said(&sandbox, &["-p", "r"]);
    let start = format!("xcred: profile r, account {ACCOUNT}, role R, region eu-west-1, until 20");
    assert!(words.starts_with(&start) && words.ends_with(" min)\n") && words.lines().count() == 1, "{words}");
    assert_eq!(said(&sandbox, &["-p", "base"]), "xcred: profile base, region eu-west-1\n");
    for quiet in ["-q", "--quiet"] {
        assert_eq!(said(&sandbox, &["-p", "r", quiet]), "");
    }
    let sandbox = sandbox.env("CLAUDECODE", "1");
    let expected = "xcred: profile base, region eu-west-1, for an agent: CLAUDECODE\n";
    assert_eq!(said(&sandbox, &["-p", "base"]), expected);
    let sandbox = sandbox.env("AI_AGENT", "goose\u{1b}[2J\nerror: x");
    let expected = "xcred: profile base, region eu-west-1, for an agent: AI_AGENT\n";
    assert_eq!(said(&sandbox, &["-p", "base"]), expected);
    sandbox.put(SETTINGS, "agents.variables = ['MY_AGENT']\n");
    assert_eq!(said(&sandbox, &["-p", "base"]), "xcred: profile base, region eu-west-1\n");
    // A name can't make more lines of it.
    let name = "a\u{1b}[2Jb";
    let odd = Sandbox::new().credentials(section(name, "AKIA", CANARY));
    let words = said(&odd, &["-p", name]);
    assert!(words.lines().count() == 1 && !words.contains('\u{1b}'), "{words:?}");
}

#[test]
fn resolve_shows_guards_and_what_proves_them() {
    let sts = Loopback::sts();
    let text = format!("{}confirm = true\n{}", guard("r", ACCOUNT), guard("base", OTHER));
    let sandbox = home(&sts).file(SETTINGS, text).env("CODEX_SANDBOX", "seatbelt");
    let document = |arguments: &[&str]| {
        let (stdout, _) = sandbox.run(&[&["resolve", "--format", "json"], arguments].concat()).code(0);
        json_of(&stdout)
    };
    // The role's ARN proves it before anybody is asked.
    let found = document(&["r", "--offline"]);
    assert_eq!(found["guards"]["account"]["value"], ACCOUNT);
    assert_eq!(found["guards"]["account"]["proved"], true);
    assert_eq!(found["guards"]["account"]["origin"]["line"], 2);
    assert_eq!(found["guards"]["confirm"]["origin"]["line"], 3);
    assert_eq!(
        found["agent"],
        json!({"name": null, "origin": {"from": "environment", "variable": "CODEX_SANDBOX"}})
    );
    assert_eq!(document(&["base", "--offline"])["guards"]["account"]["proved"], Value::Null);
    assert_eq!(sts.count(), 0);
    let screen = sandbox.run(&["resolve", "r", "--offline"]).success();
    assert!(screen.contains(&format!("guard     account {ACCOUNT}, proved")), "{screen}");
    assert!(screen.contains("guard     asks before use"), "{screen}");
    assert!(screen.contains("agent     CODEX_SANDBOX"), "{screen}");
    let screen = sandbox.run(&["resolve", "base"]).success();
    assert!(screen.contains("to be checked by asking STS"), "{screen}");
    sandbox.run(&["credential-process", "-p", "base"]).failure(253);
    assert_eq!(document(&["base", "--offline"])["guards"]["account"]["proved"], false);
    let screen = sandbox.run(&["resolve", "base"]).code(0).0;
    assert!(
        screen.contains(&format!("account {OTHER}, but the credentials belong to {ACCOUNT}")),
        "{screen}"
    );
    let status = sandbox.run(&["status", "r"]).code(0).0;
    assert!(status.contains("agent") && status.contains("CODEX_SANDBOX"), "{status}");
}

#[test]
fn keys_of_another_account_are_not_touched() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    for arguments in [
        &["keys", "list"][..],
        &["keys", "last-used", "AKIAOTHER"],
        &["keys", "create", "--save-as", "new"],
        &["keys", "activate", "AKIAOTHER"],
        &["keys", "deactivate", "AKIAOTHER"],
        &["keys", "delete", "AKIAOTHER", "--yes"],
        &["keys", "rotate", "--yes"],
    ] {
        let expecting = [arguments, &["-p", "base", "--expect-account", OTHER]].concat();
        let words = sandbox.run(&expecting).failure(253);
        let expected = format!("error: the credentials belong to account {ACCOUNT}, not to {OTHER}\n");
        assert!(words.ends_with(&expected), "{arguments:?}: {words}");
        sandbox.put(SETTINGS, guard("base", OTHER));
        let words = sandbox.run(&[arguments, &["-p", "base"]].concat()).failure(253);
        assert!(
            words.contains("config.toml:2: the credentials of profile `base` belong to"),
            "{arguments:?}: {words}"
        );
        sandbox.put(SETTINGS, "");
    }
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
}

/// What shows the secret of a profile is a use of it.
const SHOWS: [&[&str]; 8] = [
    &["get", "aws_secret_access_key"],
    &["get", "aws_secret_access_key", "--stored"],
    &["get", "--all", "--reveal"],
    &["get", "--all", "--stored", "--reveal"],
    &["configure", "get", "aws_secret_access_key"],
    &["resolve", "--reveal"],
    &["resolve", "--reveal", "--format", "json"],
    &["resolve", "--sdk", "all", "--reveal", "--offline", "--format", "json"],
];

#[test]
fn no_guard_is_gone_around_by_showing_the_secret() {
    let sts = Loopback::sts();
    let agent = "[agents]\nread_only = true\nvariables = ['MY_AGENT']\n";
    for (settings, variable) in [
        ("[profiles.base]\nread_only = true\n", None),
        ("[profiles.base]\nconfirm = true\n", None),
        ("[profiles.base]\nconfirm = true\n", Some(("AWS_PROFILE", "base"))),
        (agent, Some(("MY_AGENT", "1"))),
        ("", Some(("XCRED_ALLOW", "r"))),
    ] {
        let mut sandbox = home(&sts).file(SETTINGS, settings).revealing();
        let is_named = variable.is_some_and(|(name, _)| name == "AWS_PROFILE");
        if let Some((name, value)) = variable {
            sandbox = sandbox.env(name, value);
        }
        for command in SHOWS {
            let arguments = if is_named { command.to_vec() } else { [command, &["-p", "base"]].concat() };
            let (_, shown, words) = sandbox.run(&arguments).ended();
            // Those that the fake STS gives are narrowed.
            let others = shown.replace(&format!("{CANARY}-of-"), "").replace(&format!("{CANARY}-token"), "");
            assert!(!others.contains(CANARY), "{settings} {arguments:?}: {shown}{words}");
        }
    }
    // Each SDK chooses a profile of its own.
    let sandbox = home(&sts).file(SETTINGS, "[profiles.base]\nread_only = true\n");
    let sandbox = sandbox.env("AWS_PROFILE", "r").env("AWS_DEFAULT_PROFILE", "base");
    let arguments = ["resolve", "--sdk", "all", "--reveal", "--offline", "--format", "json"];
    // The canary is in no answer.
    let (_, shown, _) = sandbox.run(&arguments).ended();
    assert!(shown.contains("would-ask"), "{shown}");
    // Half a pair doesn't bring out the other half of a profile.
    let half = home(&sts).env("AWS_PROFILE", "base").env("AWS_ACCESS_KEY_ID", "AKIAHALF");
    let words = half.run(&["get", "aws_secret_access_key"]).failure(253);
    assert!(words.contains("AWS_SECRET_ACCESS_KEY"), "{words}");
}

/// The command of the help makes it possible.
#[test]
fn a_secret_is_not_shown_offline_while_its_account_is_unknown() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("base", ACCOUNT)).revealing();
    let offline = ["resolve", "base", "--offline", "--reveal"];
    let words = sandbox.run(&offline).failure(253);
    assert!(words.contains(&format!("must belong to account {ACCOUNT}, which only STS can tell")), "{words}");
    assert!(words.contains("help: `xcred whoami --profile base` asks once"), "{words}");
    assert_eq!(asked(&sts), Vec::<String>::new());
    let _ = sandbox.run(&["whoami", "--profile", "base"]).success();
    assert!(sandbox.run(&offline).success().contains(CANARY));
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
}

#[test]
fn a_stored_secret_is_shown_only_if_its_account_is_known_to_be_the_required_one() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).revealing();
    let shows = [SHOWS[1], SHOWS[3], SHOWS[4]];
    for account in [ACCOUNT, OTHER] {
        sandbox.put(SETTINGS, guard("base", account));
        for command in shows {
            let words = sandbox.run(&in_profile(command, "base")).failure(253);
            assert!(words.contains("which only STS can tell, and nothing is asked"), "{words}");
            assert!(words.contains("help: `xcred whoami --profile base` asks once"), "{words}");
        }
    }
    assert_eq!(asked(&sts), Vec::<String>::new());
    sandbox.put(SETTINGS, guard("base", ACCOUNT));
    let _ = sandbox.run(&["whoami", "--profile", "base"]).success();
    for command in shows {
        assert!(sandbox.run(&in_profile(command, "base")).success().contains(CANARY), "{command:?}");
    }
    sandbox.put(SETTINGS, guard("base", OTHER));
    for command in shows {
        let words = sandbox.run(&in_profile(command, "base")).failure(253);
        assert!(words.contains(&format!("belong to account {ACCOUNT}, not to {OTHER}")), "{words}");
    }
    // The ID of another file says nothing of a secret.
    sandbox.put(SETTINGS, guard("base", ACCOUNT));
    sandbox.put(".aws/config", format!("[profile base]\naws_secret_access_key = {CANARY}\n"));
    let words = sandbox.run(&in_profile(shows[0], "base")).failure(253);
    assert!(words.contains("which only STS can tell"), "{words}");
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
}

#[test]
fn guards_hold_for_each_name_that_an_sdk_has_for_a_section() {
    let sts = Loopback::sts();
    let keys = format!("aws_access_key_id = AKIAPROD\naws_secret_access_key = {CANARY}\n");
    let sandbox = sts.home().config(format!("[profile \"prod\"]\n{keys}[profile prod2]\n{keys}")).revealing();
    let get = |sdk: &str, option: Option<&str>, variable: Option<&str>| {
        let mut command = sandbox.command();
        command.args(["credential-process", "--sdk", sdk]);
        command.args(option.map(|name| ["-p", name]).into_iter().flatten());
        command.envs(variable.map(|name| ("AWS_PROFILE", name)));
        sandbox.finish(command, "")
    };
    let ways = [
        ("go", Some("\"prod\""), None),
        ("go", None, Some("\"prod\"")),
        ("ruby", Some("\"prod\""), None),
        ("js", Some("prod"), None),
        ("java", None, Some(" prod2\t")),
    ];
    for (sdk, option, variable) in ways {
        for (guard, expected) in [
            ("account = '999999999999'", "belong to account 123456789012, not to 999999999999"),
            ("confirm = true", "confirm"),
        ] {
            sandbox.put(SETTINGS, "");
            let _ = get(sdk, option, variable).code(0);
            sandbox.put(SETTINGS, format!("[profiles.prod]\n{guard}\n[profiles.prod2]\n{guard}\n"));
            let words = get(sdk, option, variable).failure(253);
            assert!(
                words.contains(expected) && words.contains("`prod"),
                "{sdk} {option:?} {variable:?}: {words}"
            );
        }
        sandbox.put(SETTINGS, "profiles.prod.read_only = true\nprofiles.prod2.read_only = true\n");
        let _ = get(sdk, option, variable);
        assert_eq!(asked(&sts).last().map(String::as_str), Some("GetFederationToken"), "{sdk}");
    }
    // Only what an SDK trims is not in the name.
    assert!(!get("java", None, Some("prod2\u{a0}")).code_is(0));
}

#[test]
fn a_guard_whose_name_only_looks_like_that_of_a_profile_is_refused() {
    let keys = format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    let of = |guard: &str| {
        let sandbox = Sandbox::new().credentials(format!("[prod]\n{keys}[dev]\n{keys}"));
        sandbox.file(SETTINGS, format!("[profiles.{guard}]\nconfirm = true\n").as_str())
    };
    for guard in
        ["PROD", "'prod '", "\" prod\"", "'\"prod\"'", "'profile prod'", "\"prod\\u200b\"", "'*'", "'pr*'"]
    {
        for arguments in [&["exec", "prod", "--", "true"][..], &["credential-process", "-p", "prod"]] {
            let words = of(guard).run(arguments).failure(253);
            assert!(words.contains("config.toml:2: ") && words.contains("guard"), "{guard}: {words}");
        }
        let words = of(guard).run(&["get", "--stored", "aws_secret_access_key", "-p", "prod"]).failure(253);
        assert!(words.contains("config.toml:2: "), "{guard}: {words}");
        let (shown, _) = of(guard).run(&["doctor"]).code(1);
        assert_eq!(shown.matches("config.toml:2: ").count(), 1, "{guard}: {shown}");
        assert!(shown.contains("1 error, "), "{guard}: {shown}");
    }
    let sandbox = Sandbox::new().credentials(format!("[prod]\n{keys}"));
    for (guard, said) in [
        ("Prod", "did you mean `xcred config set profiles.prod.confirm true`?"),
        ("\"*\"", "patterns don't work"),
    ] {
        let words =
            sandbox.run(&["config", "set", &format!("profiles.{guard}.confirm"), "true"]).failure(252);
        assert!(words.contains(said), "{words}");
        assert!(!sandbox.path(SETTINGS).exists());
    }
    // One for a profile that is gone, or of another name, does no harm.
    for guard in ["production", "gone", "prod2"] {
        let ended = of(guard).run(&["exec", "prod", "--", "true"]).ended();
        assert_eq!(ended.0, Some(0), "{guard}: {}", ended.2);
    }
}

#[test]
fn the_guard_of_no_profile_is_removed_by_the_command_in_the_help() {
    let sandbox = Sandbox::new()
        .config("[profile dev]\nregion = eu-west-1\n")
        .file(SETTINGS, "[profiles.\"a b\"]\nconfirm = true\n");
    let (shown, _) = sandbox.run(&["doctor"]).code(1);
    assert!(shown.contains("profile `a b` has a guard and doesn't exist"), "{shown}");
    assert!(shown.contains(r#"`xcred config unset 'profiles."a b".confirm'`"#), "{shown}");
    sandbox.run(&["config", "unset", "profiles.\"a b\".confirm"]).success();
    sandbox.run(&["doctor"]).success();
}
