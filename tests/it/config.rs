//! `xcred config`: xcred's own file, which is edited as carefully as AWS's.

use std::os::unix::fs::PermissionsExt;

use crate::harness::{Sandbox, json_of};
use crate::terminal::Terminal;

const FILE: &str = ".config/xcred/config.toml";
const SERIAL: &str = "arn:aws:iam::1:mfa/me";

#[test]
fn without_a_file_the_defaults_apply_and_nothing_is_created() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["config", "get", "cache.roles"]).success(), "true\n");
    assert_eq!(sandbox.run(&["config", "get", "cache.processes"]).success(), "false\n");
    for key in ["export.format", "mfa.command", "mfa.devices.x"] {
        assert_eq!(sandbox.run(&["config", "get", key]).code(1), (String::new(), String::new()));
    }
    let list = sandbox.run(&["config", "list"]).success();
    assert!(list.contains("cache.roles       built-in default  true\n"), "{list}");
    assert!(list.contains("mfa.command       not set           -\n"), "{list}");
    let words = sandbox.run(&["config", "unset", "cache.roles"]).success_with_words().1;
    assert_eq!(words, "`cache.roles` was not set\n");
    assert!(!sandbox.path(".config").exists());
}

#[test]
fn on_a_terminal_it_is_said_what_was_done_and_the_list_fits() {
    let sandbox = Sandbox::new();
    let shown = |arguments: &[&str], code| Terminal::run(&sandbox, arguments).end(code);
    let of_setting = shown(&["config", "set", "sdk", "boto3"], 0);
    assert!(of_setting.contains("wrote sdk in ~/.config/xcred/config.toml"), "{of_setting}");
    let of_none = shown(&["config", "get", "mfa.command"], 1);
    assert!(of_none.contains("`mfa.command` is not set"), "{of_none}");
    let removed = shown(&["config", "unset", "sdk"], 0);
    assert!(removed.contains("removed sdk from ~/.config/xcred/config.toml"), "{removed}");
    let list = shown(&["config", "list"], 0);
    let table = list.split("speed ").next().unwrap_or_default();
    assert!(
        table.contains("agents.variables") && table.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    // A script that takes the output gets no more than before.
    let taken = "x=$(\"$@\"); echo \"[$x]\"";
    let quiet = Terminal::run_by(&sandbox, taken, &["config", "get", "mfa.command"]).end(0);
    assert!(quiet.contains("[]") && !quiet.contains("is not set"), "{quiet}");
}

#[test]
fn what_is_set_is_what_get_prints() {
    let sandbox = Sandbox::new().config("[profile prod]\n[profile my.dev]\n");
    for (key, value) in [
        ("export.format", "fish"),
        ("cache.roles", "false"),
        ("mfa.command", "ykman oath accounts code -s 'my \"aws\"' \\x"),
        ("mfa.devices.\"arn:aws:iam::1:mfa/me\"", "--odd"),
        ("mfa.devices.arn:aws:iam::2:mfa/me", "other"),
        ("agents.variables", "MY_AGENT,CLAUDECODE"),
        ("profiles.prod.account", "012345678901"),
        ("profiles.my.dev.confirm", "true"),
        ("profiles.my.dev.policy_arns", "SecurityAudit,ReadOnlyAccess"),
    ] {
        assert_eq!(sandbox.run(&["config", "set", key, value]).success(), "");
        assert_eq!(sandbox.run(&["config", "get", key]).success(), format!("{value}\n"));
    }
    let mode = |path: &str| sandbox.path(path).metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(FILE), mode(".config/xcred")), (0o600, 0o700));
    assert_eq!(
        sandbox.read(FILE),
        "[export]\nformat = \"fish\"\n\n[cache]\nroles = false\n\n[mfa]\n\
         command = '''ykman oath accounts code -s 'my \"aws\"' \\x'''\n\n[mfa.devices]\n\
         \"arn:aws:iam::1:mfa/me\" = \"--odd\"\n\"arn:aws:iam::2:mfa/me\" = \"other\"\n\n\
         [agents]\nvariables = [\"MY_AGENT\", \"CLAUDECODE\"]\n\n[profiles.prod]\naccount = \"012345678901\"\n\n\
         [profiles.\"my.dev\"]\nconfirm = true\npolicy_arns = [\"SecurityAudit\", \"ReadOnlyAccess\"]\n"
    );
    sandbox.run(&["config", "unset", &format!("mfa.devices.{SERIAL}")]).success();
    assert!(sandbox.run(&["config", "get", &format!("mfa.devices.{SERIAL}")]).code_is(1));
}

#[test]
fn an_edit_keeps_the_bytes_that_it_was_not_asked_about() {
    let before =
        "# mine\r\n\r\n[cache]  # both\r\n\troles=true # or not\r\n# end\r\n\r\n[new]\r\nx = 0x1F\r\n";
    let sandbox = Sandbox::new().file(FILE, before);
    sandbox.run(&["config", "set", "cache.roles", "false"]).success();
    assert_eq!(sandbox.read(FILE), before.replace("=true", "=false"));
    sandbox.run(&["config", "set", "cache.roles", "true"]).success();
    sandbox.run(&["config", "set", "cache.processes", "true"]).success();
    assert_eq!(sandbox.read(FILE), before.replace("not\r\n", "not\r\n\tprocesses = true\r\n"));
    sandbox.run(&["config", "unset", "cache.processes"]).success();
    assert_eq!(sandbox.read(FILE), before);
}

#[test]
fn xdg_config_home_is_used_if_it_is_absolute() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("xdg").display().to_string();
    let sandbox = sandbox.env("XDG_CONFIG_HOME", &folder);
    sandbox.run(&["config", "set", "cache.roles", "false"]).success();
    let path = sandbox.run(&["config", "path"]).success();
    assert_eq!(path, format!("{folder}/xcred/config.toml\n"));
    assert_eq!(sandbox.read("xdg/xcred/config.toml"), "[cache]\nroles = false\n");
    let sandbox = Sandbox::new().env("XDG_CONFIG_HOME", "relative");
    sandbox.run(&["config", "set", "cache.roles", "false"]).success();
    assert_eq!(sandbox.read(FILE), "[cache]\nroles = false\n");
}

#[test]
fn json_has_values_and_origins() {
    let sandbox =
        Sandbox::new().file(FILE, format!("mfa.devices.'{SERIAL}' = 'code'\n[cache]\nroles = false\n"));
    let list = sandbox.run(&["config", "list", "--format", "json"]).success();
    let list = json_of(&list);
    let path = sandbox.path(FILE);
    let device = format!("mfa.devices.\"{SERIAL}\"");
    let file =
        |line: u32, key: &str| serde_json::json!({"from": "file", "path": path, "line": line, "key": key});
    let mut list = list;
    let agents =
        list["settings"].as_object_mut().expect("settings").remove("agents.variables").expect("a default");
    assert!(agents["value"].as_array().expect("a list").contains(&"CLAUDECODE".into()), "{agents}");
    assert_eq!(
        list,
        serde_json::json!({"schema": 1, "settings": {
            "sdk": {"value": "aws-cli", "origin": {"from": "default"}},
            "cache.roles": {"value": false, "origin": file(3, "cache.roles")},
            "cache.processes": {"value": false, "origin": {"from": "default"}},
            "process.timeout": {"value": 300, "origin": {"from": "default"}},
            device.as_str(): {"value": "code", "origin": file(1, &device)},
            "mfa.session": {"value": false, "origin": {"from": "default"}},
            "login.flow": {"value": "auto", "origin": {"from": "default"}},
            "agents.read_only": {"value": false, "origin": {"from": "default"}},
        }})
    );
}

#[test]
fn an_unknown_setting_is_a_warning_in_the_file_and_an_error_on_the_command_line() {
    let sandbox = Sandbox::new().file(FILE, "[cache]\nrole = false\n[zebra]\nq = 1\n");
    let (value, words) = sandbox.run(&["config", "get", "cache.roles"]).success_with_words();
    assert!(value == "true\n" && words.contains("xcred has no setting `cache.role`"), "{words}");
    assert_eq!(sandbox.run(&["config", "get", "mfa.session"]).success(), "false\n");
    let (found, _) = sandbox.run(&["doctor"]).code(1);
    let places = ["2: xcred has no setting `cache.role`", "4: xcred has no setting `zebra.q`"];
    assert!(places.iter().all(|place| found.contains(&format!("config.toml:{place}"))), "{found}");
    let (_, words) = sandbox.run(&["config", "list"]).success_with_words();
    assert!(
        words.contains(
            "config.toml:2: xcred has no setting `cache.role`\nhelp: did you mean `cache.roles`? `xcred config unset cache.role` removes it\n"
        ),
        "{words}"
    );
    assert!(
        words.contains("config.toml:4: xcred has no setting `zebra.q`\nhelp: ignored; a newer xcred"),
        "{words}"
    );
    for arguments in [&["set", "cache.rolls", "true"][..], &["get", "cache.rolls"], &["unset", "cache.rolls"]]
    {
        let arguments: Vec<&str> = std::iter::once("config").chain(arguments.iter().copied()).collect();
        let words = sandbox.run(&arguments).failure(252);
        let meant = arguments.join(" ").replace("rolls", "roles");
        let help = format!("help: did you mean `xcred {meant}`?\n");
        assert_eq!(words, format!("error: xcred has no setting `cache.rolls`\n{help}"));
    }
    sandbox.run(&["config", "unset", "cache.role"]).success();
    assert_eq!(sandbox.read(FILE), "[zebra]\nq = 1\n");
}

#[test]
fn an_invalid_value_is_rejected_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    for (key, value, why) in [
        ("cache.roles", "yes", "invalid value for `cache.roles`: expected true or false"),
        ("export.format", "csv", "invalid value for `export.format`: expected posix, fish"),
        ("mfa.command", "", "invalid value for `mfa.command`: expected a program"),
        ("mfa.command", "a\nb", "invalid value for `mfa.command`: expected a program"),
        ("mfa.devices.", "x", "`mfa.devices.` is not the name of a setting"),
    ] {
        let words = sandbox.run(&["config", "set", key, value]).failure(252);
        assert!(words.contains(why), "{words}");
    }
    assert!(!sandbox.path(".config").exists());
}

#[test]
fn an_invalid_value_in_the_file_is_reported_with_its_line_and_can_be_replaced() {
    let sandbox = Sandbox::new().file(FILE, "[cache]\nroles = 'yes'\n");
    let words = sandbox.run(&["config", "list"]).failure(253);
    assert!(words.contains("config.toml:2: `cache.roles` is invalid: expected true or false"), "{words}");
    assert!(words.contains("help: `xcred config set cache.roles VALUE` replaces it"), "{words}");
    sandbox.run(&["config", "set", "cache.roles", "true"]).success();
    assert_eq!(sandbox.read(FILE), "[cache]\nroles = true\n");
}

#[test]
fn a_file_that_is_not_toml_is_reported_with_its_line_and_left_alone() {
    let before = "[cache]\nroles = true\nroles\n";
    let sandbox = Sandbox::new().file(FILE, before);
    for arguments in [&["list"][..], &["get", "cache.roles"], &["set", "cache.roles", "false"]] {
        let arguments: Vec<&str> = std::iter::once("config").chain(arguments.iter().copied()).collect();
        let words = sandbox.run(&arguments).failure(253);
        assert!(words.contains("config.toml:3: invalid TOML: ") && words.contains("help: fix"), "{words}");
    }
    assert_eq!(sandbox.read(FILE), before);
}

#[test]
fn the_help_names_every_setting() {
    let help = Sandbox::new().run(&["config", "--help"]).success();
    for name in ["export.format", "cache.roles", "cache.processes", "mfa.command", "mfa.devices.\"SERIAL\""] {
        assert!(help.contains(name), "{help}");
    }
    assert!(help.contains("XCRED_MFA_SERIAL"), "{help}");
}

#[test]
fn the_former_name_of_the_command_names_the_new_one() {
    let words = Sandbox::new().run(&["settings", "list"]).failure(252);
    assert!(words.contains("'config'"), "{words}");
}

#[test]
fn a_guard_of_a_profile_that_does_not_exist_is_pointed_out() {
    let sandbox = Sandbox::new().config("[profile prod]\n");
    let words = sandbox.run(&["config", "set", "profiles.prdo.confirm", "true"]).success_with_words().1;
    assert!(
        words.contains("profile `prdo` not found")
            && words.contains("did you mean `xcred config set profiles.prod.confirm true`?"),
        "{words}"
    );
    assert_eq!(sandbox.run(&["config", "set", "profiles.prod.confirm", "true"]).success(), "");
}
