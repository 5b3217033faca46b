//! Guards of profiles that narrow, and the setting that narrows what agents get.

use serde_json::Value;

use super::sts::{Sts, parameters};
use super::{COMMANDS, POLICY, ROLE, home, pairs, resolved, with};
use crate::harness::{CANARY, Sandbox};

pub(super) const SETTINGS: &str = ".config/xcred/config.toml";

pub(super) const READ_ONLY: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

pub(super) fn guarded(sts: &Sts, settings: &str) -> Sandbox {
    home(sts).file(SETTINGS, settings)
}

/// The policies of each request that narrows, after the name of its operation.
pub(super) fn policies(sts: &Sts) -> Vec<String> {
    let calls = sts.take();
    let narrowing = calls.iter().filter(|call| call.form["Action"] != "GetCallerIdentity");
    let arns = narrowing.map(|call| {
        let (action, form) = parameters(call);
        let arns =
            form.iter().filter(|(name, _)| name.starts_with("PolicyArns.")).map(|(_, arn)| arn.as_str());
        std::iter::once(action.as_str()).chain(arns).collect::<Vec<_>>().join(" ")
    });
    arns.collect()
}

#[test]
fn every_command_narrows_what_a_guard_narrows() {
    let sts = Sts::start();
    let settings = format!(
        "[profiles.r]\nread_only = true\n[profiles.one]\npolicy_arns = ['SecurityAudit', '{READ_ONLY}']\n"
    );
    let home = guarded(&sts, &settings).revealing();
    for command in COMMANDS {
        for (profile, expected) in [
            ("r", format!("AssumeRole by AKIAONE {READ_ONLY}")),
            (
                "one",
                format!("GetFederationToken by AKIAONE arn:aws:iam::aws:policy/SecurityAudit {READ_ONLY}"),
            ),
        ] {
            let without_cache = [&command[..1], &["--no-cache"], &command[1..]].concat();
            let _ = home.run(&with(&without_cache, profile, &[])).code(0);
            assert_eq!(policies(&sts), [expected], "{command:?}");
        }
    }
    for arguments in
        [&["get", "aws_secret_access_key", "-p", "r"][..], &["configure", "export-credentials", "-p", "r"]]
    {
        let _ = home.run(arguments).success();
    }
    assert_eq!(
        policies(&sts),
        [format!("AssumeRole by AKIAONE {READ_ONLY}")],
        "one request, which is cached"
    );
    // A profile that has the guarded one as its source is another profile.
    let _ = home.run(&["whoami", "-p", "chained"]).success();
    assert_eq!(policies(&sts), ["AssumeRole by AKIAONE", "AssumeRole by ASIAR"]);
    // What the cache holds without the guard is not used with it, and the other way round.
    home.put(SETTINGS, "");
    let _ = home.run(&["whoami", "-p", "r"]).success();
    assert_eq!(policies(&sts), Vec::<String>::new());
}

/// What was narrowed when it was handed out need not be narrowed again by those who got it.
#[test]
fn runs_inside_a_guarded_one_use_what_it_has_handed_out() {
    let sts = Sts::start();
    let home = guarded(&sts, "[profiles.r]\nread_only = true\n").revealing();
    let own = env!("CARGO_BIN_EXE_xcred");
    let inside = ["--", own, "get", "aws_access_key_id"];
    for outside in [&["exec", "-q", "r"][..], &["exec", "-q", "--serve", "r"]] {
        assert_eq!(home.run(&[outside, &inside].concat()).success(), "ASIAR\n", "{outside:?}");
    }
    assert_eq!(policies(&sts), [format!("AssumeRole by AKIAONE {READ_ONLY}")]);
    // The name of a guarded profile alone narrows nothing.
    let words = home.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY);
    let words = words.env("XCRED_PROFILE", "r").run(&["get", "aws_secret_access_key"]);
    assert!(words.code_is(0));
    assert_eq!(policies(&sts), [format!("GetFederationToken by AKIAENV {READ_ONLY}")]);
}

#[test]
fn resolve_names_the_line_of_the_guard() {
    let sts = Sts::start();
    let home = guarded(&sts, "[profiles.r]\n# Mine.\nread_only = true\n");
    let narrowing = resolved(&home, &["-p", "r", "--offline"])["narrowing"].clone();
    let arn = &narrowing["policy_arns"][0];
    assert_eq!(arn["value"], READ_ONLY);
    assert_eq!(
        (&arn["origin"]["line"], &arn["origin"]["key"]),
        (&Value::from(3), &Value::from("profiles.r.read_only"))
    );
    let screen = home.run(&["resolve", "r"]).success();
    assert!(screen.contains("narrowed by") && screen.contains("~/.config/xcred/config.toml:3"), "{screen}");
}

#[test]
fn options_add_nothing_that_a_guard_does_not_name() {
    let sts = Sts::start();
    let home = guarded(&sts, "[profiles.r]\npolicy_arns = ['SecurityAudit']\n").revealing();
    let place = home.shown(SETTINGS);
    for (option, value) in
        [("--read-only", None), ("--policy-arn", Some("AdministratorAccess")), ("--policy", Some(POLICY))]
    {
        let options = [&[option][..], value.as_slice()].concat();
        for command in COMMANDS.iter().filter(|command| command[0] != "resolve" && command[0] != "export-env")
        {
            let words = home.run(&with(command, "r", &options)).failure(253);
            let expected = format!(
                "error: {option}: the session could do more than `profiles.r.policy_arns` in {place}:2 says: it may do \
                 what any of its policies allows\n"
            );
            assert!(words.starts_with(&expected), "{command:?}: {words}");
        }
    }
    assert_eq!(policies(&sts), Vec::<String>::new());
    // The same policy, one that denies, and a duration.
    let deny = r#"{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
    let options =
        ["--policy-arn", "arn:aws:iam::aws:policy/SecurityAudit", "--policy", deny, "--duration", "15m"];
    let _ = home.run(&with(COMMANDS[3], "r", &options)).success();
    let expected = pairs(&[
        ("DurationSeconds", "900"),
        ("Policy", deny),
        ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/SecurityAudit"),
        ("RoleArn", ROLE),
    ]);
    let (_, form) = parameters(&sts.take()[0]);
    assert_eq!(form.into_iter().filter(|(name, _)| name != "RoleSessionName").collect::<Vec<_>>(), expected);
    // The role on top is narrowed, and not what assumes it.
    let _ = home.run(&["whoami", "-p", "r", "--role-arn", "arn:aws:iam::123456789012:role/T"]).success();
    assert_eq!(
        policies(&sts),
        ["AssumeRole by AKIAONE", "AssumeRole by ASIAR arn:aws:iam::aws:policy/SecurityAudit"]
    );
}

/// The policies of a guard are the most that may be asked for, not the least.
#[test]
fn options_choose_among_the_policies_of_a_guard() {
    let sts = Sts::start();
    let home = guarded(&sts, &format!("[profiles.r]\npolicy_arns = ['SecurityAudit', '{READ_ONLY}']\n"));
    let home = home.revealing();
    for (options, expected) in [
        (&["--policy-arn", "SecurityAudit"][..], "arn:aws:iam::aws:policy/SecurityAudit"),
        (&["--policy-arn", READ_ONLY], READ_ONLY),
        (&["--read-only"], READ_ONLY),
    ] {
        let _ = home.run(&with(COMMANDS[2], "r", &[options, &["--no-cache"]].concat())).code(0);
        assert_eq!(policies(&sts), [format!("AssumeRole by AKIAONE {expected}")], "{options:?}");
    }
}

#[test]
fn guards_that_contradict_or_name_nothing_are_errors() {
    let sts = Sts::start();
    for (settings, expected) in [
        (
            "profiles.r = { read_only = true, policy_arns = ['SecurityAudit'] }\n",
            "could do more than `profiles.r.read_only` in ~/.config/xcred/config.toml:1 says",
        ),
        (
            "profiles.r.policy_arns = []\n",
            "config.toml:1: `profiles.r.policy_arns` is invalid: expected ARNs",
        ),
        (
            "profiles.r.policy_arns = ['a b']\n",
            "config.toml:1: `a b` in `profiles.r.policy_arns` is invalid: expected ARNs",
        ),
        (
            "profiles.r.read_only = 'yes'\n",
            "config.toml:1: `profiles.r.read_only` is invalid: expected true or false",
        ),
        ("profiles.r.readonly = true\n", "xcred has no guard `profiles.r.readonly`"),
        ("agents.readonly = true\n", "xcred has no guard `agents.readonly`"),
        ("[agent]\nread_only = true\n", "xcred has no guard `agent`"),
    ] {
        let words = guarded(&sts, settings).run(&["exec", "-p", "r", "--", "touch", "ran"]).failure(253);
        assert!(words.contains(expected), "{settings}: {words}");
    }
    assert_eq!(sts.take().len(), 0);
}

#[test]
fn what_nothing_can_narrow_is_refused_and_the_line_named() {
    let sts = Sts::start();
    let home = guarded(&sts, "[profiles]\np.read_only = true\nt.read_only = true\none.read_only = true\n")
        .config("[profile p]\ncredential_process = cat keys.json\n")
        .file("keys.json", r#"{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"s"}"#)
        .credentials("[one]\naws_access_key_id = AKIAONE\naws_secret_access_key = s\n[t]\naws_access_key_id = ASIAT\naws_secret_access_key = s\naws_session_token = t\n");
    for (profile, line) in [("p", 2), ("t", 3)] {
        for command in COMMANDS.iter().filter(|command| command[0] != "resolve" && command[0] != "export-env")
        {
            let words = home.run(&with(command, profile, &[])).failure(253);
            let expected =
                format!("error: ~/{SETTINGS}:{line}: `profiles.{profile}.read_only`: the credentials of ");
            assert!(words.starts_with(&expected) && words.contains("--role-arn"), "{command:?}: {words}");
        }
    }
    // Foreign keys in place of the profile's own.
    let home = home
        .env("AWS_ACCESS_KEY_ID", "ASIAX")
        .env("AWS_SECRET_ACCESS_KEY", &format!("{CANARY}-of-X"))
        .env("AWS_SESSION_TOKEN", &format!("{CANARY}-token-of-X"))
        .env("AWS_PROFILE", "one");
    let words = home.run(&["whoami"]).failure(253);
    let expected = ":4: `profiles.one.read_only`: the credentials of env (AWS_ACCESS_KEY_ID) can't be narrowed: they are temporary";
    assert!(words.contains(expected) && words.contains("`--profile NAME`"), "{words}");
    assert_eq!(sts.take().len(), 0);
    // Those that were handed out for a profile were narrowed then.
    let home = home.without("AWS_PROFILE").env("XCRED_PROFILE", "one");
    let _ = home.run(&["whoami"]).success();
    home.put(SETTINGS, "agents = { read_only = true, variables = ['MY_AGENT'] }\n");
    let words = home.env("MY_AGENT", "1").run(&["whoami"]).failure(253);
    assert!(words.contains("config.toml:1: `agents.read_only`: the credentials of env"), "{words}");
    let _ = sts.take();
}

#[test]
fn the_keys_of_a_guarded_user_do_nothing_in_iam() {
    let sts = Sts::start();
    let home = guarded(&sts, "profiles.one.read_only = true\n");
    for arguments in [&["keys", "rotate", "-p", "one", "--yes"][..], &["keys", "list", "-p", "one"]] {
        let words = home.run(arguments).failure(253);
        let expected = "config.toml:1: the credentials are only handed out narrowed, and IAM accepts no narrowed credentials of a user\n";
        assert!(words.contains(expected), "{words}");
    }
    let words = home.run(&["resolve", "one", "--sdk", "all", "--reveal"]).failure(253);
    assert!(words.contains("`--sdk all --reveal` would show whole ones"), "{words}");
    let _ = home.run(&["resolve", "one", "--sdk", "all"]).code(0);
}

#[test]
fn an_agent_gets_narrowed_credentials_of_every_profile() {
    let sts = Sts::start();
    let settings = "[agents]\nread_only = true\nvariables = ['MY_AGENT']\n";
    let home = guarded(&sts, settings);
    let whoami = |home: &Sandbox| home.run(&["whoami", "-p", "r"]).success();
    let _ = whoami(&home);
    assert_eq!(policies(&sts), ["AssumeRole by AKIAONE"], "a person");
    let home = home.env("MY_AGENT", "1");
    let _ = whoami(&home);
    assert_eq!(policies(&sts), [format!("AssumeRole by AKIAONE {READ_ONLY}")]);
    for sdk in ["boto3", "rust", "js", "go", "java"] {
        let _ = home.run(&["whoami", "-p", "r", "--sdk", sdk, "--no-cache"]).success();
        assert_eq!(policies(&sts), [format!("AssumeRole by AKIAONE {READ_ONLY}")], "{sdk}");
    }
    let (_, words) = home.run(&["exec", "-p", "r", "--", "true"]).success_with_words();
    let expected = "narrowed to ReadOnlyAccess (~/.config/xcred/config.toml:2), for an agent: MY_AGENT\n";
    assert!(words.contains(", role R, ") && words.ends_with(expected), "{words}");
    assert_eq!(policies(&sts), Vec::<String>::new());
    let home = home
        .config("[profile p]\ncredential_process = cat keys.json\n")
        .file("keys.json", r#"{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"s"}"#);
    let words = home.run(&["exec", "-p", "p", "--", "touch", "ran"]).failure(253);
    assert!(
        words.contains("config.toml:2: `agents.read_only`: the credentials of custom-process ")
            && words.contains("--role-arn"),
        "{words}"
    );
    let words = home.run(&["whoami", "-p", "one", "--policy-arn", "AdministratorAccess"]).failure(253);
    assert!(
        words.contains("--policy-arn: the session could do more than `agents.read_only` in ~/.config/xcred/config.toml:2 says"),
        "{words}"
    );
    // The guard of a profile that allows something else leaves nothing.
    home.put(SETTINGS, format!("{settings}[profiles.one]\npolicy_arns = ['SecurityAudit']\n"));
    let words = home.run(&["whoami", "-p", "one"]).failure(253);
    assert!(words.contains("could do more than"), "{words}");
    assert_eq!(policies(&sts), Vec::<String>::new());
}
