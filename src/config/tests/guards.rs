//! How guards are read, and what only looks like one.

use super::*;
use crate::growth::assert_linear;

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
            "/c:3: `profiles.prod.account` is invalid: 123456789012 must be in quotes",
        ),
        (
            "profiles.prod.account = '12345678901'\n",
            "/c:1: `profiles.prod.account` is invalid: expected an account ID of 12 digits",
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
        (
            "profiles.prod.policy_arns = 'PowerUserAccess'\n",
            "/c:1: `profiles.prod.policy_arns` is invalid: it must be a list in brackets: `[\"PowerUserAccess\"]`",
        ),
        (
            "agents.variables = 'FOO, BAR'\n",
            "/c:1: `agents.variables` is invalid: it must be a list in brackets: `[\"FOO\", \"BAR\"]`",
        ),
        ("profiles.prod.account.x = 1\n", "/c:1: xcred has no guard `profiles.prod.account.x`"),
        ("[agent]\nread_only = true\n", "/c:1: xcred has no guard `agent`"),
        ("agents.readonly = true\n", "/c:1: xcred has no guard `agents.readonly`"),
        (
            "agents.variables = ['A=']\n",
            "/c:1: `A=` in `agents.variables` is invalid: expected names of variables, at least one, separated by commas",
        ),
        (
            "agents.variables = ['A', 'B ']\n",
            "/c:1: `B ` in `agents.variables` is invalid: expected names of variables, at least one, separated by commas",
        ),
        (
            "agents.variables = ['A,B']\n",
            "/c:1: `A,B` in `agents.variables` is invalid: expected names of variables, at least one, separated by commas",
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
        ("[new]\nprofls.prod.x = true\n", 2, "new.profls"),
        ("[agnt]\nx = true\n", 1, "agnt"),
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
            "/c:2: `mfa.devices.profiles` is invalid: expected a program and its arguments, on one line, with balanced quotes",
        ),
    ] {
        assert_eq!(config(text).unwrap_err().to_string(), expected, "{text}");
    }
    // A newer xcred's settings, and any names of devices, sessions and profiles.
    for text in [
        "[new]\nx = 1\n[new.table]\nprofit = 1\nevent = 1\nagnt = 1\n[[list]]\na = 1\n",
        "[mfa.devices]\naccount = 'code account'\nprofiles = 'code x'\n'agents.x' = 'code'\n",
        "[sync.sessions]\nprofile = '{role_name}'\nagents = '{role_name}'\n",
        "[profiles.profiles]\nconfirm = true\n[profiles.account]\naccount = '123456789012'\n",
        "[profiles.'my.account']\nconfirm = true\n",
    ] {
        assert!(config(text).is_ok(), "{text}");
    }
}

#[test]
fn the_work_to_read_and_list_guards_grows_with_the_file() {
    assert_linear(|size| {
        let text =
            (0..size).map(|at| format!("[profiles.p{at}]\nconfirm = true\n")).collect::<Vec<_>>().concat();
        move || {
            let listed = super::super::listing::list_file(Some(&file(&text))).unwrap();
            let is_guard = |part: &String| part == "profiles";
            let guards =
                listed.settings.iter().filter(|entry| entry.name.parts().first().is_some_and(is_guard));
            assert!(guards.count() >= size);
        }
    });
}

#[test]
fn guards_of_a_profile_get_its_new_name_where_they_are() {
    for (text, expected) in [
        (
            "[profiles.dev]\n# why\nconfirm = true # c\npolicy_arns = [\n  'P', # Ann\n]\n[mfa]\nsession = true\n\n",
            "[profiles.\"a.b\"]\n# why\nconfirm = true # c\npolicy_arns = [\n  'P', # Ann\n]\n[mfa]\nsession = true\n\n",
        ),
        (
            "[profiles]\ndev.confirm = true # c\n'dev' . read_only = false\nprod.confirm = true",
            "[profiles]\n\"a.b\".confirm = true # c\n\"a.b\" . read_only = false\nprod.confirm = true",
        ),
        ("profiles.dev = { confirm = true } # c\r\n", "profiles.\"a.b\" = { confirm = true } # c\r\n"),
        (
            "profiles = { dev = { confirm = true } , x.confirm=true} # dev",
            "profiles = { \"a.b\" = { confirm = true } , x.confirm=true} # dev",
        ),
        (
            "[ profiles . \"d\\u0065v\" ] # h\nconfirm = true\n",
            "[ profiles . \"a.b\" ] # h\nconfirm = true\n",
        ),
        ("profiles.'dev'.confirm = true\n", "profiles.\"a.b\".confirm = true\n"),
        // Both have some.
        (
            "[profiles.'a.b'] # a\nconfirm = true # b\n[profiles.dev]\nconfirm = true\nread_only = false\n",
            "[profiles.'a.b'] # a\nconfirm = true # b\nread_only = false\n",
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        let world = World::of([("HOME", home.path().to_str().unwrap())]);
        let path = path(&world).unwrap();
        store::edit(&[&path], |files| -> Result<(), Problem> {
            files[0] = text.as_bytes().to_vec();
            Ok(())
        })
        .unwrap();
        let pair = ("dev".to_owned(), "a.b".to_owned());
        let following =
            Following { given: std::slice::from_ref(&pair), settled: &[&pair], removed: Vec::new() };
        let foreseen = following.foreseen(&world).unwrap().unwrap();
        assert_eq!(String::from_utf8_lossy(&foreseen.after), expected);
        let carried = carry(&world, std::slice::from_ref(&pair)).unwrap();
        // Never without guards.
        assert!(has_guards(&world, "dev").unwrap() && has_guards(&world, "a.b").unwrap());
        assert_eq!(settle(&world, &[&pair], carried.as_ref()).unwrap(), [&pair]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
        assert!(settle(&world, &[&pair], None).unwrap().is_empty());
    }
}

#[test]
fn guards_of_a_renamed_profile_go_also_if_the_file_was_edited_meanwhile() {
    let home = tempfile::tempdir().unwrap();
    let world = World::of([("HOME", home.path().to_str().unwrap())]);
    set(&world, &Name::of([name::TABLE, "dev", "confirm"]), "true").unwrap();
    let pair = ("dev".to_owned(), "build".to_owned());
    let carried = carry(&world, std::slice::from_ref(&pair)).unwrap();
    set(&world, &Name::of(["cache", "roles"]), "false").unwrap();
    settle(&world, &[&pair], carried.as_ref()).unwrap();
    assert!(!has_guards(&world, "dev").unwrap() && has_guards(&world, "build").unwrap());
    assert!(!Config::load(&world).unwrap().cache.roles);
}
