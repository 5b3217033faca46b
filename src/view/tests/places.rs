//! Where the files are, and where in them the values are.

use super::*;

type Row<'r> = (&'r [(&'r str, &'r str)], [&'r str; 4]);

#[test]
fn files_are_where_the_variables_say() {
    let home = Home::of(&[
        (".aws/config", b"[default]\nk = a\n[sso-session s]\nk = a\n"),
        ("c.ini", b"[default]\nk = b\n[sso-session s]\nk = b\n"),
        (".aws/credentials", b"[default]\nregion = a\n"),
        ("k.ini", b"[default]\nregion = b\n"),
    ]);
    let absolute = home.0.path().join("c.ini").to_str().unwrap().to_owned();
    let rows: &[Row<'_>] = &[
        (&[], ["k=a, region=a"; 4]),
        (&[("AWS_CONFIG_FILE", &absolute)], ["k=b, region=a"; 4]),
        (&[("AWS_CONFIG_FILE", "/nowhere")], ["region=a"; 4]),
        (&[("AWS_CONFIG_FILE", "")], ["region=a", "k=a, region=a", "k=a, region=a", "region=a"]),
        (&[("AWS_SHARED_CREDENTIALS_FILE", "")], ["k=a", "k=a, region=a", "k=a, region=a", "k=a"]),
        (&[("AWS_CONFIG_FILE", "~/c.ini")], ["k=b, region=a", "k=b, region=a", "region=a", "k=b, region=a"]),
        (
            &[("AWS_SHARED_CREDENTIALS_FILE", "~/k.ini")],
            ["k=a, region=b", "k=a, region=b", "k=a", "k=a, region=b"],
        ),
        (&[("AWS_CONFIG_FILE", "$HOME/c.ini")], ["region=a"; 4]),
    ];
    for (variables, expected) in rows {
        each(*expected, &format!("{variables:?}"), |sdk| shown(&home.view(sdk, variables)));
    }
    // JavaScript expands the path, but not where it looks for sessions.
    let session = |sdk: &str, path: &str| {
        let view = home.view(sdk, &[("AWS_CONFIG_FILE", path)]);
        view.sso_session("s").map_or_else(String::new, keys)
    };
    each(["k=b", "", "", "k=b"], "~", |sdk| session(sdk, "~/c.ini"));
    each(["k=b"; 4], "absolute", |sdk| session(sdk, &absolute));
}

#[test]
fn the_home_folder_is_where_the_sdk_looks_for_it() {
    let home = Home::of(&[(".aws/config", b"[default]\nregion = a\n")]);
    let folder = home.0.path().to_str().unwrap();
    let (drive, rest) = folder.split_at(4);
    let nowhere = ("HOME", "/nowhere");
    for (variables, expected) in [
        (&[("USERPROFILE", folder)][..], ["", "region=a", "", ""]),
        (&[("HOME", ""), ("USERPROFILE", folder)], ["", "region=a", "", ""]),
        (&[nowhere, ("USERPROFILE", folder)], [""; 4]),
        (&[("HOMEDRIVE", drive), ("HOMEPATH", rest)], ["", "region=a", "", ""]),
        (&[("HOMEDRIVE", ""), ("HOMEPATH", folder)], ["", "region=a", "", ""]),
        (&[("HOMEPATH", folder)], [""; 4]),
    ] {
        let world = || World::of(variables.iter().copied()).with_password_file(b"");
        each(expected, &format!("{variables:?}"), |sdk| shown(&View::read(&world(), rules(sdk))));
    }
    let passwd = format!("me:x:{}:0::{folder}:/bin/sh\n", rustix::process::getuid().as_raw());
    let world = || World::of::<&str, &str>([]).with_password_file(passwd.as_bytes());
    each(["", "region=a", "region=a", "region=a"], "no HOME", |sdk| shown(&View::read(&world(), rules(sdk))));
}

#[test]
fn a_file_that_can_not_be_read_is_empty_and_a_folder_stops_go() {
    let home = Home::of(&[(".aws/config/x", b""), (".aws/credentials", b"[default]\nr = a\n")]);
    let go = format!("`{}` is a folder, not a file", home.0.path().join(".aws/config").display());
    each(["r=a", "r=a", &go, "r=a"], "a folder", |sdk| shown(&home.view(sdk, &[])));
}

#[test]
fn a_malformed_file_takes_the_other_one_with_it() {
    let fault = "line 1: a key above all section headers";
    each([fault, "r=w", "r=w", fault], "credentials", |sdk| shown(&view(sdk, "[default]\nr = w", "k = v")));
    each([fault, "r=w", "r=w", fault], "config", |sdk| shown(&view(sdk, "k = v", "[default]\nr = w")));
    assert!(view("rust", "k = v", "[default]\nr = w").profile("default").is_none());
}

#[test]
fn sessions_and_services_are_found_by_their_names() {
    let config = "[sso-session s] # c\nsso_region = r\n[services x]\nsts =\n  endpoint_url = u\ns3 = \n";
    for sdk in ["rust", "js", "go", "java"] {
        let view = view(sdk, config, "");
        assert_eq!(view.sso_session("s").map(keys).as_deref(), Some("sso_region=r"), "{sdk}");
        let services = view.services("x").unwrap();
        let url = services.nested("sts", "endpoint_url").unwrap();
        let key = ("services x".to_owned(), "sts.endpoint_url".to_owned());
        assert_eq!((url.value.as_str(), place(&url)), ("u", (5, key.0, key.1)), "{sdk}");
        assert!(services.nested("sts", "x").is_none() && services.nested("s3", "x").is_none());
        assert_eq!(services.value("sts").unwrap().value.nested("endpoint_url").unwrap().line, 5);
        assert!(view.profiles().next().is_none() && view.services("s").is_none(), "{sdk}");
    }
    let credentials = "[sso-session s]\nsso_region = r\n";
    each(["", "[sso-session.s] sso_region=r", "", ""], "credentials", |sdk| {
        shown(&view(sdk, "", credentials))
    });
    assert!(view("go", "", credentials).sso_session("s").is_some());
}

#[test]
fn every_value_has_its_place() {
    let (config, credentials) =
        ("# c\n[profile dev]\r\nk = a\r\n", "[dev]\n\nk = b\n[dev]\nk = c\ns3 =\n  x = y\n");
    for sdk in ["rust", "js", "go", "java"] {
        let view = view(sdk, config, credentials);
        let section = view.profile("dev").unwrap();
        let lines: Vec<_> = section.places().iter().map(|place| place.line).collect();
        assert_eq!(lines, [2, 1, 4], "{sdk}");
        let (values, key) = (section.values("k"), "k".to_owned());
        let is_pairs = sdk == "go";
        let is_config_first = is_pairs || sdk == "js";
        let expected = if is_config_first { vec![3, 5, 3] } else { vec![5, 3, 3] };
        assert_eq!(values.iter().map(|value| place(value).0).collect::<Vec<_>>(), expected, "{sdk}");
        let of_config =
            values.iter().find(|value| value.value.as_text().is_some_and(|text| text.expose() == "a"));
        assert_eq!(place(of_config.unwrap()), (3, "profile dev".to_owned(), key), "{sdk}");
        assert_eq!(
            section.value("s3").map(|value| value.value.nested("x").unwrap().line),
            (!is_pairs).then_some(7),
            "{sdk}"
        );
    }
}

#[test]
fn debug_shows_no_values() {
    let text = "[default]\nk = CANARY\ns3 =\n  x = CANARY\n";
    for sdk in ["rust", "js", "go", "java"] {
        assert!(!format!("{:?}", view(sdk, text, text)).contains("CANARY"), "{sdk}");
        let document = crate::ini::Document::parse(text.as_bytes().to_vec());
        assert!(
            !format!("{:?}", crate::ini::dialect::read(&document, &rules(sdk).dialect)).contains("CANARY")
        );
    }
}
