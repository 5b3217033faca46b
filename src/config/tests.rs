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
    let once = file(text).with(&name, &value).unwrap().into_bytes();
    let edited = String::from_utf8(once.clone()).unwrap();
    assert_eq!(file(&edited).with(&name, &value).unwrap().into_bytes(), once);
    edited
}

#[test]
fn without_a_file_every_setting_has_its_default() {
    for world in [World::of([("HOME", "/nowhere")]), World::of::<String, String>([])] {
        let config = Config::load(&world).unwrap();
        assert_eq!(config.export_format(), None);
        assert!(config.caches_roles() && !config.caches_processes());
        assert_eq!(config.process_timeout(), Duration::from_mins(5));
        assert_eq!(config.mfa_command("arn"), None);
        assert_eq!(config.login_flow(), LoginFlow::Auto);
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
    assert!(!config.caches_roles() && config.caches_processes());
    assert_eq!(config.mfa_command("arn:aws:iam::1:mfa/me"), Some("one"));
    assert_eq!(config.mfa_command("arn:aws:iam::1:mfa/you"), Some("all"));
    assert_eq!(config.sync_name(Some("corp")).map(|(_, text)| text), Some("x"));
    assert_eq!(config.sync_name(Some("other")).map(|(_, text)| text), Some("{role_name}"));
    let listed: Vec<_> = list_file(Some(&file(text)))
        .unwrap()
        .settings
        .into_iter()
        .map(|Entry { name, value }| match value {
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
    assert_eq!(config.login_flow(), LoginFlow::Device);
    assert_eq!((config.login_port(), config.login_browser()), (Some(8400), Some("firefox -P work")));
}

#[test]
fn unknown_settings_are_ignored_and_listed() {
    let file = file("x = 1\n[cache]\nrole = 1\n[new.table]\na = 1\n[[list]]\na = 1\n");
    assert!(file.config().unwrap().caches_roles());
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
            "/c:1: `mfa.command` is invalid: expected a program and its arguments, on one line",
        ),
        (
            "[mfa]\ncommand = 'a'\n[mfa.devices]\na = 'b'\n'a:b' = ''\n",
            "/c:5: `mfa.devices.\"a:b\"` is invalid: expected a program and its arguments, on one line",
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
fn the_formats_are_in_the_error() {
    let expected = Setting::require(&name("export.format")).unwrap().expected;
    assert_eq!(expected.replace(" or ", ", "), crate::shell::NAMES.join(", "));
}

#[test]
fn guards_are_read_with_their_places() {
    let config = config(
        "[profiles.prod]\naccount = '012345678901'\nconfirm = true\n[profiles.'a.b']\nconfirm = false\n",
    );
    let config = config.unwrap();
    let guard = config.account_guard("prod").unwrap();
    assert_eq!((guard.value.as_str(), guard.place.to_string()), ("012345678901", "/c:2".to_owned()));
    assert_eq!(config.confirm_guard("prod").unwrap().place.to_string(), "/c:3");
    assert!(config.account_guard("a.b").is_none() && config.confirm_guard("a.b").is_none());
    assert!(config.account_guard("dev").is_none() && config.confirm_guard("Prod").is_none());
    let guarded: Vec<_> = config.guarded_profiles().map(|(name, place)| format!("{name} {place}")).collect();
    assert_eq!(guarded, ["a.b /c:5", "prod /c:2"]);
}

#[test]
fn what_narrows_is_read_with_its_place() {
    let config = config(
        "[agents]\nread_only = true\n[profiles.prod]\npolicy_arns = ['P']\nread_only = true\n[profiles.dev]\nread_only = false\n",
    );
    let config = config.unwrap();
    let origins = |profile: &str| -> Vec<String> {
        config.demands(profile).iter().map(|demand| demand.origin().to_string()).collect()
    };
    assert_eq!(origins("prod"), ["/c:5", "/c:4"]);
    assert!(origins("dev").is_empty() && origins("other").is_empty());
    assert_eq!(config.agent_demand().unwrap().origin().to_string(), "/c:2");
    assert!(self::config("agents.read_only = false\n").unwrap().agent_demand().is_none());
}

#[test]
fn a_guard_that_is_not_understood_is_an_error() {
    for (text, expected) in [
        ("[profiles.prod]\nacount = '123456789012'\n", "/c:2: xcred has no guard `profiles.prod.acount`"),
        ("[profiles.prod]\nAccount = '123456789012'\n", "/c:2: xcred has no guard `profiles.prod.Account`"),
        ("[profiles.my.prod]\naccount = '123456789012'\n", "/c:1: xcred has no guard `profiles.my.prod`"),
        ("[profile.prod]\naccount = '123456789012'\n", "/c:1: xcred has no guard `profile`"),
        ("Profiles.prod.confirm = true\n", "/c:1: xcred has no guard `Profiles`"),
        ("profiles.prod = true\n", "/c:1: `profiles.prod` is invalid: expected a table"),
        ("profiles = true\n", "/c:1: `profiles` is invalid: expected a table"),
        ("[[profiles.prod]]\nconfirm = true\n", "/c:1: `profiles.prod` is invalid: expected a table"),
        (
            "[profiles.prod]\n\naccount = 123456789012\n",
            "/c:3: `profiles.prod.account` is invalid: expected an account ID, 12 digits in quotes",
        ),
        (
            "profiles.prod.account = '12345678901'\n",
            "/c:1: `profiles.prod.account` is invalid: expected an account ID, 12 digits in quotes",
        ),
        (
            "profiles.prod.confirm = 'yes'\n",
            "/c:1: `profiles.prod.confirm` is invalid: expected true or false",
        ),
        (
            "profiles.prod.policy_arns = ['ReadOnlyAccess', 'Read Only', '']\n",
            "/c:1: `Read Only` in `profiles.prod.policy_arns` is invalid: expected ARNs of managed policies, or names of \
             policies of AWS, separated by commas",
        ),
        (
            "profiles.prod.policy_arns = []\n",
            "/c:1: `profiles.prod.policy_arns` is invalid: expected ARNs of managed policies, or names of policies of AWS, \
             separated by commas",
        ),
        ("profiles.prod.account.x = 1\n", "/c:1: xcred has no guard `profiles.prod.account.x`"),
        ("[agent]\nread_only = true\n", "/c:1: xcred has no guard `agent`"),
        ("agents.readonly = true\n", "/c:1: xcred has no guard `agents.readonly`"),
        (
            "agents.variables = ['A=']\n",
            "/c:1: `A=` in `agents.variables` is invalid: expected names of variables, at least one, separated by commas",
        ),
        (
            "agents.read_only = true\nagents.variables = []\n",
            "/c:2: `agents.variables` is invalid: expected names of variables, at least one, separated by commas",
        ),
    ] {
        assert_eq!(config(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn what_looks_like_a_guard_elsewhere_is_an_error() {
    for (text, line, named) in [
        ("[mfa]\nsession = true\nprofiles.prod.read_only = true\n", 3, "mfa.profiles"),
        ("[mfa]\nsession = true\nagents.read_only = true\n", 3, "mfa.agents"),
        ("[mfa]\nsession = true\nread_only = true\n", 3, "mfa.read_only"),
        ("[new]\nprofiles.prod.read_only = true\n", 2, "new.profiles"),
        ("[new.deep]\n[x.profiles.prod]\nread_only = true\n", 2, "x.profiles"),
        ("[\"profiles.prod\"]\nread_only = true\n", 1, "\"profiles.prod\""),
        ("[\"profile prod\"]\nread_only = true\n", 1, "\"profile prod\""),
        ("[\"Profile\tprod\"]\n", 1, "\"Profile\\tprod\""),
        ("\"profiles.prod.read_only\" = true\n", 1, "\"profiles.prod.read_only\""),
        ("[mfa]\n\"prod.read_only\" = true\n", 2, "mfa.\"prod.read_only\""),
        ("\nread_only = true\n", 2, "read_only"),
        ("account = '123456789012'\n", 1, "account"),
        ("[prod]\naccount = '123456789012'\n", 2, "prod.account"),
        ("[prod]\nConfirm = true\n", 2, "prod.Confirm"),
        ("[prod]\npolicy-arns = []\n", 2, "prod.policy-arns"),
        ("prod.readonly = true\n", 1, "prod.readonly"),
        ("[new]\nprofile.prod.confirm = true\n", 2, "new.profile"),
        ("[new]\nprofils.prod.x = true\n", 2, "new.profils"),
        ("x = { profiles = { prod = { read_only = true } } }\n", 1, "x.profiles"),
        ("[[x]]\na = 1\n[[x]]\nprofiles.prod.read_only = true\n", 4, "x.profiles"),
        ("x = [1, [{ y = { read_only = true } }]]\n", 1, "x.y.read_only"),
        ("[cache]\nagent.read_only = true\n", 2, "cache.agent"),
        ("[mfa.devices]\naccount = '123456789012'\n", 2, "mfa.devices.account"),
        (
            "[sync.sessions]\n'profiles.prod.account' = '123456789012'\n",
            2,
            "sync.sessions.\"profiles.prod.account\"",
        ),
        (
            "[sync.sessions]\nprofiles.prod.account = '123456789012'\n",
            2,
            "sync.sessions.profiles.prod.account",
        ),
    ] {
        let error = config(text).unwrap_err();
        assert_eq!(error.to_string(), format!("/c:{line}: xcred has no guard `{named}`"), "{text}");
        assert_eq!(error.exit(), Exit::Configuration);
        let help = error.help().map(|help| help.to_string()).unwrap_or_default();
        assert!(help.contains("a line belongs to the table above it"), "{help}");
    }
    for (text, expected) in [
        (
            "[profiles]\n'prod.read_only' = true\n",
            "/c:2: `profiles.\"prod.read_only\"` is invalid: expected a table",
        ),
        ("[profiles.a]\nprofiles.b.read_only = true\n", "/c:2: xcred has no guard `profiles.a.profiles`"),
        ("[profiles.a]\nagents.read_only = true\n", "/c:2: xcred has no guard `profiles.a.agents`"),
        ("[agents]\nprofiles.b.read_only = true\n", "/c:2: xcred has no guard `agents.profiles`"),
        (
            "[mfa]\ndevices.profiles.a = 'x'\n",
            "/c:2: `mfa.devices.profiles` is invalid: expected a program and its arguments, on one line",
        ),
    ] {
        assert_eq!(config(text).unwrap_err().to_string(), expected, "{text}");
    }
    // A newer xcred's settings, and any names of devices, sessions and profiles.
    for text in [
        "[new]\nx = 1\n[new.table]\nprofit = 1\nevent = 1\n[[list]]\na = 1\n",
        "[mfa.devices]\naccount = 'code account'\nprofiles = 'code x'\n'agents.x' = 'code'\n",
        "[sync.sessions]\nprofile = '{role_name}'\nagents = '{role_name}'\n",
        "[profiles.profiles]\nconfirm = true\n[profiles.account]\naccount = '123456789012'\n",
        "[profiles.'my.account']\nconfirm = true\n",
    ] {
        assert!(config(text).is_ok(), "{text}");
    }
}

#[test]
fn only_variables_that_no_sdk_reads_get_the_name_of_the_profile() {
    let variable = |name: &str| config(&format!("export.variable = '{name}'")).ok()?.export_variable();
    assert_eq!(variable("AWS_VAULT"), Some("AWS_VAULT"));
    assert_eq!(variable("AWSUME_PROFILE"), Some("AWSUME_PROFILE"));
    assert_eq!(variable("AWS_PROFILE"), None);
    let Setting { expected, words, .. } = Setting::require(&name("export.variable")).unwrap();
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
fn the_nearest_name_keeps_the_device() {
    let nearest = |text: &str| nearest(&name(text)).map(|name| name.to_string());
    assert_eq!(nearest("cache.role").as_deref(), Some("cache.roles"));
    assert_eq!(nearest("export_format").as_deref(), Some("export.format"));
    assert_eq!(nearest("mfa.device.'a:b'").as_deref(), Some("mfa.devices.\"a:b\""));
    assert_eq!(nearest("profiles.'a b'.acount").as_deref(), Some("profiles.\"a b\".account"));
    assert_eq!(nearest("prod.account").as_deref(), Some("profiles.prod.account"));
    assert_eq!(nearest("my.prod.read_only").as_deref(), Some("profiles.\"my.prod\".read_only"));
    assert_eq!(nearest("profile.prod.account").as_deref(), Some("profiles.prod.account"));
    assert_eq!(nearest("agent.read_only").as_deref(), Some("agents.read_only"));
    assert_eq!(nearest("zzz"), None);
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
        ("mfa.command", &[" ", "a\nb"]),
        ("login.flow", &["Browser", "pkce", ""]),
        ("login.port", &["0", "65536", "-1", "80x", ""]),
        ("login.browser", &[" ", "a\nb"]),
        ("sync.name", &["", "{a}\n"]),
        ("agents.variables", &["A=B", "", ","]),
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

#[test]
fn setting_a_value_changes_nothing_else() {
    for (before, after) in [
        ("[cache] # c\n\troles=false # d\n", "[cache] # c\n\troles=true # d\n"),
        ("# a\r\n[cache]\r\nroles = false\r\nx = 1\n", "# a\r\n[cache]\r\nroles = true\r\nx = 1\n"),
        ("\u{feff}cache.roles = false", "\u{feff}cache.roles = true"),
        ("cache = {roles=false , x=1}", "cache = {roles=true , x=1}"),
        ("cache.roles = [\n1,\n]\nb = 1", "cache.roles = true\nb = 1"),
        ("cache.roles = 1\nz = 1\ncache.x = 1\n", "cache.roles = true\nz = 1\ncache.x = 1\n"),
    ] {
        assert_eq!(with(before, "cache.roles", "true"), after);
    }
}

#[test]
fn a_new_value_is_added_to_its_table() {
    for (before, after) in [
        ("", "[cache]\nroles = true\n"),
        ("# only a comment", "# only a comment\n\n[cache]\nroles = true\n"),
        ("[a]\r\nb = 1\r\n", "[a]\r\nb = 1\r\n\r\n[cache]\r\nroles = true\r\n"),
        ("[a]\nb = 1\n# end\n", "[a]\nb = 1\n# end\n\n[cache]\nroles = true\n"),
        ("[cache]\n\n# end\n", "[cache]\nroles = true\n\n# end\n"),
        ("[cache]\n  x=1 # x\n\n[b]\n", "[cache]\n  x=1 # x\n  roles = true\n\n[b]\n"),
        ("[cache]\r\nx = 1\r\n# end\n", "[cache]\nx = 1\nroles = true\n# end\n"),
        ("[cache]\nx = 1", "[cache]\nx = 1\nroles = true\n"),
        ("cache.x = 1\nz = 1\n", "cache.x = 1\ncache.roles = true\nz = 1\n"),
        ("cache = {}\n", "cache = { roles = true }\n"),
        ("cache = { x = 1 } # c\n", "cache = { x = 1, roles = true } # c\n"),
        ("[cache.x]\ny = 1\n", "[cache]\nroles = true\n[cache.x]\ny = 1\n"),
        ("\u{feff}", "\u{feff}[cache]\nroles = true\n"),
    ] {
        assert_eq!(with(before, "cache.roles", "true"), after);
    }
}

#[test]
fn a_device_is_added_to_the_others() {
    for (before, after) in [
        ("", "[mfa.devices]\n@"),
        ("[mfa]\ncommand = 'c'\n", "[mfa]\ncommand = 'c'\n\n[mfa.devices]\n@"),
        ("[mfa]\ndevices.c = 'c'\n[z]\n", "[mfa]\ndevices.c = 'c'\ndevices.@[z]\n"),
        ("mfa.command = 'c'\nz = 1\n", "mfa.command = 'c'\nmfa.devices.@z = 1\n"),
        ("mfa = { command = 'c' }\n", "mfa = { command = 'c', devices = { \"a:b\" = \"code -x\" } }\n"),
        ("mfa.command = 'c'\n[mfa.devices]\n[z]\n", "mfa.command = 'c'\n[mfa.devices]\n@[z]\n"),
    ] {
        let after = after.replace('@', "\"a:b\" = \"code -x\"\n");
        assert_eq!(with(before, "mfa.devices.a:b", "code -x"), after);
    }
}

#[test]
fn removing_a_value_removes_only_its_line() {
    for (before, after) in [
        ("[cache]\n# a\nroles = true # b\n# c\n", Some("[cache]\n# a\n# c\n")),
        ("[cache]\r\nx = 1\r\nroles = true\r\n\r\n", Some("[cache]\r\nx = 1\r\n\r\n")),
        ("\u{feff}cache.roles = [\n1]", Some("\u{feff}")),
        ("cache = { roles = true, x = 1 }\n", Some("cache = { x = 1 }\n")),
        ("[cache]\nrole = true\n", None),
    ] {
        let edited = file(before).without(&name("cache.roles")).unwrap();
        assert_eq!(edited.map(|file| String::from_utf8(file.into_bytes()).unwrap()).as_deref(), after);
    }
}

#[test]
fn a_table_without_settings_is_removed_unless_it_has_a_comment() {
    for (before, after) in [
        ("[cache]\nroles = true\n", ""),
        ("[cache]\r\nroles = true\r\n\r\n", ""),
        ("\u{feff}[cache]\nroles = true", "\u{feff}"),
        ("a = 1\n\n[cache]\nroles = true\n", "a = 1\n"),
        ("[a]\nb = 1\r\n\r\n[cache]\r\nroles = true\r\n", "[a]\nb = 1\r\n"),
        ("[a]\nb = 1\n\n[cache]\nroles = true\n\n[c]\nd = 1\n", "[a]\nb = 1\n\n[c]\nd = 1\n"),
        ("[cache]\nroles = true\n  [cache.x]\n  y = 1\n", "  [cache.x]\n  y = 1\n"),
        ("[a]\n[cache]\nroles = true\n[[c]]\n", "[a]\n[[c]]\n"),
        // What may belong to a comment stays.
        ("[cache] # c\nroles = true\n", "[cache] # c\n"),
        ("# c\n[cache]\nroles = true\n", "# c\n[cache]\n"),
        ("[cache]\nroles = true\n# c\n", "[cache]\n# c\n"),
        ("[cache]\n\nroles = true\n\n# c\n[a]\n", "[cache]\n\n\n# c\n[a]\n"),
        ("# c\n\n[cache]\nroles = true\n", "# c\n"),
        ("cache = { roles = true }\n", "cache = {}\n"),
        ("cache.roles = true\n[a]\n", "[a]\n"),
    ] {
        let edited = file(before).without(&name("cache.roles")).unwrap().unwrap();
        assert_eq!(String::from_utf8(edited.into_bytes()).unwrap(), after, "{before}");
    }
    // What was added can be taken back.
    for before in [
        "",
        "[a]\nb = 1\n",
        "# only a comment\n",
        "[profiles.a]\nconfirm = true\n\n[profiles.b]\nconfirm = true\n",
    ] {
        for (setting, value) in
            [("profiles.prdo.account", "123456789012"), ("agents.read_only", "true"), ("mfa.devices.x", "y")]
        {
            let added = with(before, setting, value);
            let edited = file(&added).without(&name(setting)).unwrap().unwrap();
            assert_eq!(String::from_utf8(edited.into_bytes()).unwrap(), before, "{added}");
        }
    }
}

#[test]
fn a_conflicting_value_is_reported_with_its_line() {
    let error = |text: &str| {
        let file = file(text);
        file.with(&name("cache.roles"), &true.into()).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(error("\ncache = 1\n"), "/c:2: `cache` is invalid: expected a table");
    assert_eq!(error("[[cache]]\n"), "/c:1: `cache` is invalid: expected a table");
    assert_eq!(
        error("a=1\n[cache.roles]\n"),
        "/c:2: `cache.roles` is invalid: expected a value, not a table"
    );
}
