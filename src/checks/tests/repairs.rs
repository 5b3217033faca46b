//! Findings that are repaired without asking.

use super::*;

#[test]
fn a_repair_leaves_no_finding_and_nothing_else_changes() {
    for (config, repaired) in [
        ("[dev]\nregion = eu-west-1\n# kept\n", "[profile dev]\nregion = eu-west-1\n# kept\n"),
        ("[default]\nregion  =  'eu-west-1'\n", "[default]\nregion  =  eu-west-1\n"),
    ] {
        let mut files = Files::of_texts(config, "");
        let repairs = repairs(&files);
        assert_eq!(files.repair(&repairs).0, repairs.len());
        assert_eq!(files.both()[0].document.bytes(), repaired.as_bytes());
        assert_eq!(codes(&files, &[]), Vec::<String>::new());
    }
}

fn repairs(files: &Files) -> Vec<Repair> {
    let world = World::of::<String, String>([]);
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, files, &[], &selection, Sdk::default());
    let remedies = all(scene).into_iter().filter_map(|one| one.repair);
    let edits = remedies.filter_map(|remedy| match remedy {
        Remedy::Edit(repair) => Some(repair),
        Remedy::Close(_) => None,
    });
    edits.collect()
}

#[test]
fn quotes_that_a_person_must_decide_about_are_not_repaired() {
    for (config, why) in [
        ("[default]\nregion = \"a\"\nregion = \"b\"\n", "one of the lines would be removed"),
        ("[default]\nregion = \"a\"\nREGION = b\n", "one of the lines would be removed"),
        ("[default]\nregion = \" eu-west-1\"\n", "no reader reads the blank"),
        ("[default]\nexternal_id = \"\u{a0}x\"\n", "no reader reads the blank"),
        ("[default]\nrole_session_name = \"me # you\"\n", "some readers take the rest for a comment"),
        ("[default]\nrole_session_name = \"me\t;you\"\n", "some readers take the rest for a comment"),
        ("[default]\nexternal_id = \"#x\"\n", "some readers take it for a comment"),
        ("[default]\nregion = \"eu\n  west\"\n", "it has two lines"),
        ("[default]\nregion = \"\"\n", "an empty region is wrong, too"),
        ("[default]\noutput = \"json\u{1}\"\n", "the character is invisible"),
        ("[default]\noutput = \"\u{fffd}\"\n", "it may not be UTF-8"),
        ("[default]\ns3 = \"a\"b\"\n", "the quotes are not a pair"),
        ("[default]\nsource_profile = \"dev\"\n[profile '\"dev\"']\n", "it is the name"),
        ("[default]\nsso_session = \"corp\"\n[sso-session '\"corp\"']\n", "it is the name"),
        ("[default]\nservices = 'local'\n[services \"'local'\"]\n", "it is the name"),
    ] {
        let found = repairs(&Files::of_texts(config, ""));
        assert!(found.is_empty(), "{why}: {config}: {found:?}");
    }
}

#[test]
fn a_header_is_repaired_only_if_it_can_mean_nothing_else() {
    const SSO: &str = "sso_start_url = https://c.awsapps.com/start\nsso_region = eu-west-1\n";
    const REGION: &str = "region = eu-west-1\n";
    const BLOCK: &str = "s3 =\n  endpoint_url = http://h\n";
    let of_profile = format!("{SSO}sso_account_id = 111122223333\nsso_role_name = y\n");
    for (header, lines, credentials, repaired) in [
        ("dev", REGION, "", Some("profile dev")),
        ("Profile dev", REGION, "", Some("profile dev")),
        ("sso_session c", SSO, "", Some("sso-session c")),
        ("session c", SSO, "", Some("sso-session c")),
        ("Services s", BLOCK, "", Some("services s")),
        ("session-dev", REGION, "", Some("profile session-dev")),
        ("session c", &of_profile, "", None),
        ("services.dev", REGION, "", Some("profile services.dev")),
        ("services-dev", BLOCK, "", None),
        ("session-c", SSO, "", None),
        ("corp", SSO, "", None),
        (
            "corp",
            &format!(
                "{SSO}[profile p]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = y\n"
            ),
            "",
            Some("sso-session corp"),
        ),
        ("profile-dev", REGION, "", None),
        ("profile-dev", REGION, "[profile-dev]\nregion = x\n", None),
        ("sso_session c", REGION, "", None),
        ("Services s", REGION, "", None),
    ] {
        let found = repairs(&Files::of_texts(&format!("[{header}]\n{lines}"), credentials));
        let written = found.iter().map(|repair| match repair {
            Repair::Header { header, .. } => header.as_str(),
            other => panic!("[{header}]: {other:?}"),
        });
        assert_eq!(written.collect::<Vec<_>>(), Vec::from_iter(repaired), "[{header}]\n{lines}");
    }
}

#[test]
fn repairs_of_a_thousand_random_files_keep_every_line_and_leave_nothing_to_repair_but_what_is_refused() {
    let mut made = 0;
    for seed in 0..1_000 {
        let mut random = Random::new(seed);
        let mut text = String::new();
        for _ in 0..3 {
            let headers = [
                "[default]",
                "[dev]",
                "[profile dev]",
                "[Profile x]",
                "[ default ]",
                "[a b]",
                "[profile 'q']",
            ];
            text += &format!("{}{}\n", random.pick(&headers), random.pick(&["", "", " # note", "]", " "]));
            for _ in 0..4 {
                let key = random.pick(&["region", "Region", "source_profile", "output", "external_id", "s3"]);
                let value = random
                    .pick(&["x", "dev", " x", "x # y", "#x", "", "x\n  y", "\u{a0}x", "a'b", "[x]", "=x"]);
                let quote = random.pick(&["\"", "\"", "'", ""]);
                let after = random.pick(&[
                    "",
                    "",
                    "\n  # note",
                    "\n\n; note",
                    "\n  more",
                    "\n  region = x",
                    "\n [y]",
                ]);
                text += &format!("{key} = {quote}{value}{quote}{after}\n");
            }
        }
        let mut files = Files::of_texts(&text, "");
        // As often as `doctor --fix` looks, and once more.
        let mut refused = Vec::new();
        for _ in 0..2 {
            let all = repairs(&files);
            let made_now;
            (made_now, refused) = files.repair(&all);
            made += made_now;
            assert_eq!(made_now + refused.len(), all.len(), "{text:?}");
        }
        // Only next to what looks like a header or a setting, and isn't read as one.
        assert!(
            refused.is_empty() || text.contains("\n [y]") || text.contains("\n  region"),
            "{text:?}: {refused:?}"
        );
        assert_eq!(repairs(&files).len(), refused.len(), "{text:?}");
        let repaired = String::from_utf8(files.both()[0].document.bytes().to_vec()).unwrap();
        assert_eq!(repaired.lines().count(), text.lines().count(), "{text:?} became {repaired:?}");
    }
    assert!(made > 500, "only {made} repairs");
}

#[test]
fn a_comment_that_was_taken_for_a_part_of_the_name_is_kept_on_a_line_of_its_own() {
    for (header, repaired) in [
        (
            "[profile dev] # account 123456789012, see [wiki/aws]",
            "[profile dev]\n# account 123456789012, see [wiki/aws]",
        ),
        ("[profile dev] # see [wiki] 12", "[profile dev]\n# see [wiki] 12"),
        ("[profile dev]; x [y] ", "[profile dev]\n; x [y]"),
        ("[profile dev]#x]", "[profile dev]\n#x]"),
        ("[dev] # [x]", "[profile dev]\n# [x]"),
        ("[Profile dev] # x", "[profile dev] # x"),
    ] {
        for newline in ["\n", "\r\n"] {
            let [config, repaired] = [header, repaired].map(|header| {
                format!("# above\n{header}\nregion = eu-west-1\n# below\n").replace('\n', newline)
            });
            let mut files = Files::of_texts(&config, "");
            let repairs = repairs(&files);
            assert_eq!(files.repair(&repairs).0, 1, "{config}");
            assert_eq!(String::from_utf8_lossy(files.both()[0].document.bytes()), repaired);
            assert_eq!(codes(&files, &[]), Vec::<String>::new());
        }
    }
}

/// `[DEFAULT]` itself is not a profile, and all sections inherit from it.
#[test]
fn what_may_be_the_section_that_others_inherit_from_does_not_become_a_profile() {
    for header in
        ["[DEFAULT] # [x]", "[DEFAULT]]", "[ DEFAULT ]", "['DEFAULT']", "[Profile DEFAULT]", "[DEFAULT]; x]"]
    {
        for lines in ["region = eu-west-1\n", KEYS] {
            let text = format!("{header}\n{lines}");
            assert_eq!(repairs(&Files::of_texts(&text, "")).len(), 0, "{text}");
            assert_eq!(repairs(&Files::of_texts("", &text)).len(), 0, "{text}");
        }
    }
    assert_eq!(repairs(&Files::of_texts("[Default] # [x]\nregion = eu-west-1\n", "")).len(), 1);
}

#[test]
fn a_header_that_others_name_as_it_is_read_is_not_repaired() {
    let sso = "sso_start_url = https://c.awsapps.com/start\nsso_region = eu-west-1\n";
    let block = "s3 =\n  endpoint_url = http://h\n";
    for (header, lines, user, is_repaired) in [
        ("[profile dev]]", KEYS, format!("{ROLE}source_profile = dev]\n"), false),
        ("[profile dev]]", KEYS, "credential_process = xcred credential-process -p dev]\n".to_owned(), false),
        ("[profile dev]]", KEYS, format!("{ROLE}source_profile = other\n"), true),
        ("[sso-session corp]]", sso, "sso_session = corp]\n".to_owned(), false),
        ("[sso-session corp]]", sso, String::new(), true),
        ("[services s]]", block, "services = s]\n".to_owned(), false),
    ] {
        let config = format!("{header}\n{lines}[profile x]\nregion = us-east-1\n{user}");
        assert_eq!(repairs(&Files::of_texts(&config, "")).len(), usize::from(is_repaired), "{config}");
    }
}
