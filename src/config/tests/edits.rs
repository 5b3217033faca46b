//! What setting and removing changes.

use super::*;

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
        assert_eq!(edited.map(|file| String::from_utf8(file.to_bytes()).unwrap()).as_deref(), after);
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
        assert_eq!(String::from_utf8(edited.to_bytes()).unwrap(), after, "{before}");
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
            assert_eq!(String::from_utf8(edited.to_bytes()).unwrap(), before, "{added}");
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
    assert_eq!(error("[cache.roles]\na=1\n"), "`cache.roles` is a table with settings, not a setting");
}

#[test]
fn what_is_in_a_table_is_named_when_the_table_is_to_be_removed() {
    let guards = file("[profiles.prod]\nconfirm = true\naccount = \"123456789012\"\n[mfa.devices]\n");
    for (table, settings) in [
        ("profiles.prod", &["profiles.prod.confirm", "profiles.prod.account"]),
        ("profiles", &["profiles.prod.confirm", "profiles.prod.account"]),
    ] {
        let Err(Error::Table { settings: found, .. }) = guards.without(&name(table)) else {
            panic!("{table}")
        };
        assert_eq!(found.iter().map(Name::to_string).collect::<Vec<_>>(), settings);
    }
    assert!(guards.without(&name("mfa.devices")).unwrap().is_none());
}
