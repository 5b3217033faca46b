//! Headers that mean another section, and sections that take the place of others.

use super::*;
use crate::ini::{FaultKind, Stray};

#[test]
fn who_lists_the_profiles_hears_of_no_header_that_another_program_wrote() {
    let markers = "[granted_registry_start corp]\n[profile a]\nregion = x\n[granted_registry_end corp]\n";
    for (config, expected) in [(markers, 0), ("[dev]\nregion = x\n", 1), ("[tool]\nfoo = x\n", 0)] {
        let files = Files::of_texts(config, "");
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new(String::new(), Origin::Default) };
        let found = about_headers(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        assert_eq!(found.len(), expected, "{config}: {found:?}");
    }
}

#[test]
fn a_section_that_takes_a_profiles_place_is_told_wherever_its_credentials_are_used() {
    let role = format!("{ROLE}source_profile = k\n");
    for (first, second, name, is_told) in [
        ("profile dev", "profile \"dev\"", "dev", true),
        ("profile  dev", "profile dev", "dev", true),
        ("default", "profile default", "default", true),
        ("profile dev", "profile other", "dev", false),
    ] {
        let config = format!("[{first}]\n{role}[{second}]\nregion = us-east-1\n");
        let files = Files::of_texts(&config, &format!("[k]\n{KEYS}[dev]\n{KEYS}"));
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new(name.to_owned(), Origin::Default) };
        let sdk = Sdk::default();
        let scene = Scene::new(&world, &files, &[], &selection, sdk);
        let told: Vec<String> = warnings(scene, name).iter().map(Finding::sentence).collect();
        let expected = format!(
            "config:4: profile `{name}` is also defined on line 1, spelled differently; the section on line 1 is ignored, \
             with its `role_arn`: join the two"
        );
        assert_eq!(told.contains(&expected), is_told, "{told:?}");
    }
}

#[test]
fn profiles_of_one_file_each_whose_names_differ_by_case_are_told() {
    for (config, credentials, is_told) in [
        ("[profile Dev]\nregion = us-east-1\n", "[dev]\n", true),
        ("[profile dev]\nregion = us-east-1\n", "[dev]\n", false),
        ("[profile Dev]\nregion = us-east-1\n[profile dev]\nregion = us-east-1\n", "[dev]\n", false),
        ("[profile Dev]\nregion = us-east-1\n", "[other]\n", false),
        // It has credentials of its own.
        ("[profile Dev]\ncredential_process = cat\n", "[dev]\n", false),
    ] {
        let files = Files::of_texts(config, &format!("{credentials}{KEYS}"));
        let expected: &[&str] = if is_told { &["case-twin 1"] } else { &[] };
        assert_eq!(codes(&files, &[]), expected, "{config}");
        let world = World::of::<&str, &str>([]);
        for name in ["Dev", "dev"] {
            let selection = Selection { name: Located::new(name.to_owned(), Origin::Default) };
            let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
            assert_eq!(
                warnings(scene, name).iter().any(|one| one.code() == "case-twin"),
                is_told,
                "{config}"
            );
        }
    }
    assert_eq!(found("[default]\noutput = json\n", &format!("[Default]\n{KEYS}"), &[]), ["header-case c1"]);
}

#[test]
fn the_keys_of_a_profile_whose_role_has_another_case_are_told() {
    let told = |source: &str, name: &str| {
        let config = format!("[profile Dev]\n{ROLE}source_profile = {source}\n");
        let files = Files::of_texts(&config, &format!("[k]\n{KEYS}[dev]\n{KEYS}"));
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new(name.to_owned(), Origin::Default) };
        let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
        let codes: Vec<_> = warnings(scene, name).iter().map(Finding::code).collect();
        (codes, self::codes(&files, &[]))
    };
    assert_eq!(told("k", "dev"), (vec!["case-twin"], vec!["case-twin 1".to_owned()]));
    assert_eq!(told("k", "Dev").0, Vec::<&str>::new());
    // Whoever names the other one as the source knows both.
    assert_eq!(told("dev", "dev"), (Vec::new(), Vec::new()));
}

#[test]
fn a_header_that_hides_a_role_is_told_and_repaired_by_nobody() {
    for header in [
        "profiledev",
        "profle dev",
        "dev profile",
        "profile profile dev",
        "profile dev] [x",
        "aws-dev",
        "role dev",
    ] {
        let config = format!("[profile k]\nregion = eu-west-1\n[{header}]\n{ROLE}source_profile = k\n");
        let files = Files::of_texts(&config, &format!("[k]\n{KEYS}[dev]\n{KEYS}"));
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("dev".to_owned(), Origin::Default) };
        let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
        let told: Vec<String> = warnings(scene, "dev").iter().map(Finding::sentence).collect();
        assert!(told.len() == 1 && told[0].contains("isn't read as `[profile dev]`"), "{header}: {told:?}");
        let found = all(scene);
        let found: Vec<_> = found.iter().map(|one| (one.finding.sentence(), one.repair.is_none())).collect();
        assert_eq!(found, [(told[0].clone(), true)], "{header}");
    }
    let config = format!("[profle dev]\n{ROLE}[profile dev profile]\nregion = eu-west-1\n");
    let files = Files::of_texts(&config, "");
    let world = World::of::<&str, &str>([]);
    let selection = Selection::unnamed();
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let found = all(scene);
    assert!(found.len() == 2 && found.iter().all(|one| one.repair.is_none()), "{found:?}");
}

#[test]
fn a_session_in_the_wrong_file_or_with_foreign_settings_is_told() {
    let uses = "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = A\n";
    let lines = "sso_start_url = https://c.awsapps.com/start\nsso_region = us-east-1\n";
    assert_eq!(found("", &format!("[sso-session corp]\n{lines}"), &[]), ["prefix-in-credentials c1"]);
    assert_eq!(
        found(uses, &format!("[sso-session corp]\n{lines}"), &[]),
        ["unknown-sso-session 2", "prefix-in-credentials c1"]
    );
    for (header, line) in [("sso-sesion corp", "region = us-east-1\n"), ("ssosession corp", "")] {
        let found = found(&format!("{uses}[{header}]\n{lines}{line}"), "", &[]);
        assert_eq!(found, ["unknown-sso-session 2", "unread-header 5"], "{header}");
    }
    for (line, expected) in [
        ("region = eu-west-1\n", &["unread-setting 8"][..]),
        ("output = json\n", &["unread-setting 8"]),
        ("sso_acount = 1\n", &["unknown-key 8"]),
        ("sso_registration_scopes = sso:account:access\n", &[]),
        ("color = red\n", &[]),
    ] {
        let config = format!("{uses}[sso-session corp]\n{lines}{line}");
        assert_eq!(found(&config, "", &[]), expected, "{line}");
        let files = Files::of_texts(&config, "");
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("s".to_owned(), Origin::Default) };
        let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
        assert_eq!(warnings(scene, "s").len(), expected.len(), "{line}");
    }
}

#[test]
fn no_header_is_to_be_completed_whose_section_is_there() {
    for (config, credentials, expected) in [
        (
            "[profile dev]\nregion = eu-west-1\n[profile dev\noutput = json\n",
            "",
            "move the lines below it to `[profile dev]` on line 1, and remove it",
        ),
        (
            "[dev]\nregion = eu-west-1\n[profile dev\noutput = json\n",
            "",
            "move the lines below it to `[profile dev]` on line 1, and remove it",
        ),
        (
            "[profile a]\nregion = eu-west-1\n  [profile dev]\n  output = json\n[profile dev]\nregion = x\n",
            "",
            "move the lines below it to `[profile dev]` on line 5, and remove it",
        ),
        ("", "[dev]\n[dev\n", "move the lines below it to `[dev]` on line 1, and remove it"),
        ("[profile dev\noutput = json\n", "", "add the missing `]`: `[profile dev]`"),
    ] {
        let files = Files::of_texts(config, credentials);
        let all = fixes("lost-header", config, credentials);
        assert!(all.iter().any(|(_, fix)| fix == expected), "{config}{credentials}: {all:?}");
        // No other finding says anything else.
        let others =
            ["lost-header", "unprefixed-profile"].map(|code| fixes(code, config, credentials)).concat();
        let completed =
            others.iter().filter(|(_, fix)| fix.contains("add the missing") || fix.contains("indentation"));
        assert_eq!(completed.count(), usize::from(expected.contains("add the missing")), "{others:?}");
        let help = files.check().err().and_then(|error| crate::failure::Explain::help(&error));
        // Only what is indented can be read, as a value.
        assert_eq!(help.is_none(), config.contains("\n  ["), "{config}{credentials}");
        if let Some(help) = help {
            assert!(help.to_string().starts_with(expected), "{help}");
        }
    }
    for credentials in
        ["[profile e]\n[x]\n[e\n", "[x]\n[e\n[ e ]\nregion = y\n", "[x]\nregion = y\n e]\n[profile e]\n"]
    {
        let config = "[profile e]\nregion = eu-west-1\n";
        let all = ["lost-header", "prefix-in-credentials", "unread-header"]
            .map(|code| fixes(code, config, credentials))
            .concat();
        let moves =
            all.iter().filter(|(_, fix)| fix.starts_with("move the lines below it to `[e]` on line "));
        assert_eq!((all.len(), moves.count()), (2, 1), "{credentials}: {all:?}");
    }
    // Of two that mean one section the first becomes it.
    let all = fixes("lost-header", "[profile dev\noutput = json\n[profile dev\nregion = x\n", "");
    let all: Vec<_> = all.iter().map(|(_, fix)| fix.as_str()).collect();
    assert_eq!(
        all,
        [
            "add the missing `]`: `[profile dev]`",
            "move the lines below it to `[profile dev]` on line 1, and remove it"
        ]
    );
}

#[test]
fn what_a_merge_left_and_a_header_without_a_name_are_named() {
    let config = "[profile dev]\n<<<<<<< HEAD\nregion = eu-west-1\n||||||| base\n=======\noutput = json\n>>>>>>> other\n";
    let files = Files::of_texts(config, "");
    let faults: Vec<_> =
        files.both()[0].document.faults().iter().map(|fault| (fault.line, fault.kind.clone())).collect();
    assert_eq!(faults, [2, 4, 5, 7].map(|line| (line, FaultKind::Conflict)));
    for (config, kind) in [
        ("[]\nregion = x\n", FaultKind::NoName),
        ("[profile a]\n[] # mine\n", FaultKind::NoName),
        ("[profile a]\n=======\n", FaultKind::Stray(Stray::NoKey)),
        ("[profile a]\n<<<<<<<<\n", FaultKind::Stray(Stray::NoDelimiter)),
    ] {
        let files = Files::of_texts(config, "");
        let [config_file, _] = files.both();
        let first = config_file.document.faults().first().unwrap();
        assert_eq!(first.kind, kind, "{config}");
        assert_eq!(found(config, "", &[]).len(), 1, "{config}");
    }
    let all = fixes("lost-header", "[default # my\nregion = eu-west-1\n", "");
    assert_eq!(all[0].1, "add the missing `]`: `[default]`");
}

#[test]
fn a_disguised_name_has_one_finding_that_says_what_each_sdk_makes_of_it() {
    for (config, credentials) in [("[profile d\u{435}v]\n", ""), ("", "[d\u{435}v]\n")] {
        let files = Files::of_texts(config, credentials);
        let (world, selection) = (World::of::<&str, &str>([]), Selection::unnamed());
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let codes: Vec<_> = found.iter().map(|one| one.finding.code()).collect();
        assert_eq!(codes, ["disguised-name"], "{config}{credentials}");
        let notes = found[0].finding.notes().join("\n");
        assert!(notes.contains("d\\u{435}v`") && notes.contains("ignored"), "{notes}");
    }
}
