//! How the settings are read.

mod edits;
mod guards;

use std::time::Duration;

use super::listing::list_file;
use super::*;
use crate::failure::{Exit, Explain as _};

fn file(text: &str) -> File {
    File::parse(Path::new("/c"), text.as_bytes()).unwrap()
}

fn config(text: &str) -> Result<Config, Error> {
    file(text).config()
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

/// `text` after `config set`; `text` again, if it is run twice.
#[track_caller]
fn with(text: &str, setting: &str, value: &str) -> String {
    let name = name(setting);
    let value = Setting::require(&name).unwrap().value(&name, value).unwrap();
    let once = file(text).with(&name, &value).unwrap().to_bytes();
    let edited = String::from_utf8(once.clone()).unwrap();
    assert_eq!(file(&edited).with(&name, &value).unwrap().to_bytes(), once);
    edited
}

#[test]
fn without_a_file_every_setting_has_its_default() {
    for world in [World::of([("HOME", "/nowhere")]), World::of::<String, String>([])] {
        let config = Config::load(&world).unwrap();
        assert_eq!(config.export_format(), None);
        assert!(config.cache.roles && !config.cache.processes);
        assert_eq!(config.process_timeout(), Duration::from_mins(5));
        assert_eq!(config.mfa_command("arn"), None);
        assert_eq!(config.login.flow, LoginFlow::Auto);
        assert_eq!((config.login_port(), config.login_browser()), (None, None));
        assert!(config.sync_name(Some("corp")).is_none());
    }
}

#[test]
fn the_file_overrides_the_defaults() {
    let text = "\u{feff}export = { format = 'fish' }\n[cache]\nroles = false\r\nprocesses = true\n\
                [mfa]\ncommand = 'all'\ndevices.\"arn:aws:iam::1:mfa/me\" = \"one\"\n\
                [sync]\nname = '{role_name}'\nsessions.corp = 'x'\n\
                [agents]\nvariables = ['A']\n[profiles]\ndefault.account = '123456789012'\n";
    let config = config(text).unwrap();
    assert_eq!(config.export_format(), Some("fish"));
    assert!(!config.cache.roles && config.cache.processes);
    assert_eq!(config.mfa_command("arn:aws:iam::1:mfa/me"), Some("one"));
    assert_eq!(config.mfa_command("arn:aws:iam::1:mfa/you"), Some("all"));
    assert_eq!(config.sync_name(Some("corp")).map(|(_, text)| text), Some("x"));
    assert_eq!(config.sync_name(Some("other")).map(|(_, text)| text), Some("{role_name}"));
    let listed: Vec<_> = list_file(Some(&file(text)))
        .unwrap()
        .settings
        .into_iter()
        .map(|Entry { name, value, .. }| match value {
            Some(found) => format!("{name} {} {}", found.value, found.origin),
            None => format!("{name} -"),
        })
        .collect();
    assert_eq!(
        listed,
        [
            "export.format \"fish\" /c:1",
            "export.variable -",
            "sdk \"aws-cli\" built-in default",
            "cache.roles false /c:3",
            "cache.processes true /c:4",
            "process.timeout 300 built-in default",
            "mfa.command \"all\" /c:6",
            "mfa.devices.\"arn:aws:iam::1:mfa/me\" \"one\" /c:7",
            "mfa.session false built-in default",
            "session.name -",
            "login.flow \"auto\" built-in default",
            "login.port -",
            "login.browser -",
            "sync.name \"{role_name}\" /c:9",
            "sync.sessions.corp \"x\" /c:10",
            "agents.variables [\"A\"] /c:12",
            "agents.read_only false built-in default",
            "profiles.default.account \"123456789012\" /c:14",
        ]
    );
}

#[test]
fn the_settings_of_sign_ins_are_read() {
    let text = "[login]\nflow = 'device'\nport = 8400\nbrowser = 'firefox -P work'\n";
    let config = config(text).unwrap();
    assert_eq!(config.login.flow, LoginFlow::Device);
    assert_eq!((config.login_port(), config.login_browser()), (Some(8400), Some("firefox -P work")));
}

#[test]
fn unknown_settings_are_ignored_and_listed() {
    let file = file("x = 1\n[cache]\nrole = 1\n[new.table]\na = 1\n[[list]]\na = 1\n");
    assert!(file.config().unwrap().cache.roles);
    let unknown: Vec<_> = file.unknown().iter().map(|(name, place)| format!("{name} {place}")).collect();
    assert_eq!(unknown, ["x /c:1", "cache.role /c:3", "new.table.a /c:5", "list /c:6"]);
}

#[test]
fn an_invalid_value_is_reported_with_its_line() {
    let error = |text: &str| config(text).unwrap_err().to_string();
    for (text, expected) in [
        ("\n[cache]\nroles = 'yes'\n", "/c:3: `cache.roles` is invalid: expected true or false"),
        (
            "process.timeout = 0\n",
            "/c:1: `process.timeout` is invalid: expected a number of seconds from 1 to 86400",
        ),
        ("[cache.roles]\n", "/c:1: `cache.roles` is invalid: expected true or false"),
        ("cache = 1\n", "/c:1: `cache` is invalid: expected a table"),
        ("cache = [true]\n", "/c:1: `cache` is invalid: expected a table"),
        ("mfa.devices = 'x'\n", "/c:1: `mfa.devices` is invalid: expected a table"),
        ("[[mfa]]\ncommand = 'x'\n", "/c:1: `mfa` is invalid: expected a table"),
        (
            "mfa.command = ['a']\n",
            "/c:1: `mfa.command` is invalid: expected a program and its arguments, on one line, with balanced quotes",
        ),
        (
            "[mfa]\ncommand = 'a'\n[mfa.devices]\na = 'b'\n'a:b' = ''\n",
            "/c:5: `mfa.devices.\"a:b\"` is invalid: expected a program and its arguments, on one line, with balanced quotes",
        ),
    ] {
        assert_eq!(error(text), expected, "{text}");
    }
    assert!(
        error("export.format = 'csv'\n")
            .starts_with("/c:1: `export.format` is invalid: expected posix, fish,")
    );
    assert_eq!(config("process.timeout = 7\n").unwrap().process_timeout(), Duration::from_secs(7));
}

#[test]
fn only_variables_that_no_sdk_reads_get_the_name_of_the_profile() {
    let variable = |name: &str| config(&format!("export.variable = '{name}'")).ok()?.export_variable();
    assert_eq!(variable("AWS_VAULT"), Some("AWS_VAULT"));
    assert_eq!(variable("AWSUME_PROFILE"), Some("AWSUME_PROFILE"));
    assert_eq!(variable("AWS_PROFILE"), None);
    let setting = Setting::require(&name("export.variable")).unwrap();
    let (expected, words) = (setting.expected(), setting.words());
    assert!(expected.starts_with(&words.join(" or ")), "{expected}");
}

#[test]
fn text_that_is_not_toml_is_reported_with_its_line() {
    let error = |bytes: &[u8]| File::parse(Path::new("/c"), bytes).map(|_| ()).unwrap_err().to_string();
    assert!(error(b"[cache]\nroles = maybe\n").starts_with("/c:2: invalid TOML: "));
    for (text, expected) in [
        ("a = 1\n\na = 2\n", "3: invalid TOML: duplicate key `a`, which is on line 1 already"),
        ("a.b = 1\na.b = 2\n", "2: invalid TOML: duplicate key `a.b`, which is on line 1 already"),
        (
            "[profiles.ops]\nconfirm = true\n[profiles.a]\n[ profiles.ops ] # again\n",
            "4: invalid TOML: duplicate key `profiles.ops`, which is on line 1 already",
        ),
        (
            "a = 0\n[x]\na = 1\n[y]\na = 1\na = 2\n",
            "6: invalid TOML: duplicate key `a`, which is on line 5 already",
        ),
        ("x = { c = 1, c = 2 }\n", "1: invalid TOML: duplicate key `c`"),
        ("[x]\ny.z = 1\n[x.y]\n", "3: invalid TOML: duplicate key `x.y`"),
    ] {
        assert_eq!(error(text.as_bytes()), format!("/c:{expected}"), "{text}");
        let marked = error(format!("\u{feff}{text}").as_bytes());
        assert_eq!(marked, format!("/c:{expected}"), "{text}");
    }
    assert_eq!(error(b"# \xff\n"), "/c:1: invalid TOML: the file is not UTF-8");
}

#[test]
fn the_folder_is_xdg_config_home_if_it_is_absolute() {
    let path = |variables: &[(&str, &str)]| path(&World::of(variables.iter().copied()));
    let home = Some(PathBuf::from("/h/.config/xcred/config.toml"));
    assert_eq!(path(&[("HOME", "/h")]), home);
    assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "")]), home);
    assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "c")]), home);
    assert_eq!(path(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/c")]), Some("/c/xcred/config.toml".into()));
    assert_eq!(path(&[("XDG_CONFIG_HOME", "/c")]), Some("/c/xcred/config.toml".into()));
    assert_eq!(path(&[]), None);
}

#[test]
fn a_name_is_toml_also_after_a_shell_removed_its_quotes() {
    let parts = |text: &str| text.parse::<Name>().map(|name| name.parts().join("|"));
    assert_eq!(parts("cache.roles").unwrap(), "cache|roles");
    for serial in ["\"arn:aws:iam::1:mfa/a.b\"", "arn:aws:iam::1:mfa/a.b"] {
        assert_eq!(parts(&format!("mfa.devices.{serial}")).unwrap(), "mfa|devices|arn:aws:iam::1:mfa/a.b");
    }
    for session in ["\"my corp\"", "my corp"] {
        assert_eq!(parts(&format!("sync.sessions.{session}")).unwrap(), "sync|sessions|my corp");
    }
    for profile in ["\"my.dev\"", "my.dev", "'my.dev'"] {
        assert_eq!(parts(&format!("profiles.{profile}.account")).unwrap(), "profiles|my.dev|account");
    }
    assert_eq!(parts("profiles.team/dev one.confirm").unwrap(), "profiles|team/dev one|confirm");
    assert_eq!(parts("profiles.dev.acount").unwrap(), "profiles|dev|acount");
    assert_eq!(parts("mfa.devices.GAHT12345678").unwrap(), "mfa|devices|GAHT12345678");
    for text in ["", ".", "a b", "cache.", "mfa.devices.", "mfa.devices.\"a", "x.arn:aws"] {
        assert!(matches!(parts(text), Err(Error::Name { .. })), "{text}");
    }
    for parts in [["a", "b", "c"], ["mfa", "devices", "arn:aws"], ["a.b", "", "'\"\n"]] {
        let shown = Name::of(parts);
        assert_eq!(name(&shown.to_string()), shown);
    }
}

#[test]
fn only_valid_values_are_accepted() {
    let toml = |setting: &str, text: &str| {
        let name = name(setting);
        Setting::require(&name).unwrap().value(&name, text).ok().map(|value| value.to_string())
    };
    for (setting, text, value) in [
        ("cache.roles", "true", "true"),
        ("process.timeout", "60", "60"),
        ("export.format", "fish", "\"fish\""),
        ("mfa.command", "ykman oath code x", "\"ykman oath code x\""),
        ("mfa.command", "true", "\"true\""),
        ("mfa.devices.a", "1", "\"1\""),
        ("login.flow", "browser", "\"browser\""),
        ("login.port", "8400", "8400"),
        ("login.browser", "firefox %s", "\"firefox %s\""),
        ("agents.variables", "A, B,C", "[\"A\", \"B\", \"C\"]"),
        ("profiles.prod.account", "012345678901", "\"012345678901\""),
        ("profiles.prod.account", "123456789012", "\"123456789012\""),
        ("profiles.my.prod.confirm", "true", "true"),
        ("agents.read_only", "true", "true"),
        ("profiles.prod.read_only", "true", "true"),
        ("profiles.my.prod.policy_arns", "SecurityAudit", "[\"SecurityAudit\"]"),
        (
            "profiles.prod.policy_arns",
            "arn:aws:iam::123456789012:policy/P, ReadOnlyAccess",
            "[\"arn:aws:iam::123456789012:policy/P\", \"ReadOnlyAccess\"]",
        ),
        ("mfa.session", "true", "true"),
        ("session.name", "{user}@{host}", "\"{user}@{host}\""),
        ("session.name", "{pid}", "\"{pid}\""),
        ("session.name", "{agent}", "\"{agent}\""),
        ("session.name", "ci", "\"ci\""),
        ("sync.name", "{account_id}", "\"{account_id}\""),
        ("sync.sessions.my corp", "{role_name|lower}", "\"{role_name|lower}\""),
    ] {
        assert_eq!(toml(setting, text).as_deref(), Some(value), "{setting} {text}");
    }
    for (setting, texts) in [
        ("cache.roles", &["yes", "1", ""][..]),
        ("process.timeout", &["0", "-1", "1.5", "86401", "1m", "", "4294967297"]),
        ("export.format", &["Fish", "csv"]),
        ("mfa.command", &[" ", "a\nb", "\"unclosed"]),
        ("login.flow", &["Browser", "pkce", ""]),
        ("login.port", &["0", "65536", "-1", "80x", ""]),
        ("login.browser", &[" ", "a\nb"]),
        ("sync.name", &["", "{a}\n", "{foo}", "{account_name", "{account_name|title}"]),
        ("agents.variables", &["A=B", "", ",", "A B", "$A", "\"A\"", "A\u{200b}"]),
        ("profiles.prod.account", &["12345678901", "", "1234567890123", "12345678901x"]),
        ("profiles.prod.confirm", &["yes"]),
        ("profiles.prod.policy_arns", &["", "a b", "arn:aws:iam::aws:role/R"]),
        ("session.name", &["", "{name}", "{user", "x", "-x-", "ä", "--"]),
    ] {
        for text in texts {
            assert_eq!(toml(setting, text), None, "{setting} {text}");
        }
    }
}

#[test]
fn the_item_of_a_list_that_is_invalid_is_named() {
    let name = name("profiles.prod.policy_arns");
    let error = |text: &str| Setting::require(&name).unwrap().value(&name, text).unwrap_err().to_string();
    let expected = "expected ARNs of managed policies, or names of policies of AWS, separated by commas";
    for (text, item) in [("SecurityAudit,arn:aws:iam::1:role/R,a b", "arn:aws:iam::1:role/R"), ("a b", "a b")]
    {
        assert_eq!(error(text), format!("invalid item `{item}` for `profiles.prod.policy_arns`: {expected}"));
    }
    assert_eq!(error(""), format!("invalid value for `profiles.prod.policy_arns`: {expected}"));
}
