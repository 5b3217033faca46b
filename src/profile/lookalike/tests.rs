use super::*;
use crate::ini::Document;
use crate::profile::file::Lookup;
use crate::profile::{File, FileKind, Files};
use crate::random::Random;
use std::path::Path;

fn found(kind: FileKind, text: &str, name: &SectionName) -> Vec<String> {
    let document = Document::parse(text.as_bytes().to_vec());
    let path = Path::new("f").into();
    let file = File { kind, path: &path, document: &document, lookup: &Lookup::default() };
    assert!(file.section(name).is_none(), "{text:?} is {name}");
    file.lookalikes(name).iter().map(|found| format!("{}: {found} / {}", found.place, found.fix())).collect()
}

fn profile(name: &str) -> SectionName {
    SectionName::Profile(name.to_owned())
}

#[test]
fn a_header_that_seems_to_mean_a_profile_is_found_whatever_keeps_it_from_being_read() {
    for (header, name) in [
        ("[dev]", "dev"),
        ("[Profile dev]", "dev"),
        ("[PROFILE dev]", "dev"),
        ("[profile a b]", "a b"),
        ("[profile Foo Bar]", "Foo Bar"),
        ("[profile o'brien]", "o'brien"),
        ("[profile dev] # see [wiki]", "dev"),
        ("[dev] ; [old]", "dev"),
        ("[ profile dev]", "dev"),
        ("[ dev ]", "dev"),
        ("[Default]", "default"),
        ("[default ]", "default"),
        ("[ default]", "default"),
        ("[default", "default"),
        ("[profile dev", "dev"),
        ("[profile dev # mine", "dev"),
        ("[profile dev = 1", "dev = 1"),
        ("[profile-dev]", "dev"),
        ("[profile:dev]", "dev"),
        ("[profile_dev]", "dev"),
        ("[profile\u{a0}dev]", "dev"),
        ("[profile dev\u{200b}]", "dev"),
        ("[profile \u{201c}dev\u{201d}]", "dev"),
        ("[\"profile dev\"]", "dev"),
        ("[[profile dev]]", "dev"),
        ("[profile \"dev]", "dev"),
        ("[a]\nx = 1\n  [profile dev]", "dev"),
        ("[a]\nx = 1\n\u{feff}[profile dev]", "dev"),
    ] {
        let found = found(FileKind::Config, &format!("{header}\nregion = x\n"), &profile(name));
        assert_eq!(found.len(), 1, "{header}: {found:?}");
    }
}

#[test]
fn other_sections_are_not_taken_for_it() {
    for header in [
        "[profile other]",
        "[profile DEV]",
        "[profile Default]",
        "[profile dev2]",
        "[DEFAULT]",
        "[plugins]",
        "[preview]",
        "[sso-session dev]",
        "[services dev]",
        "[profile a]b]",
        "[profile devbox",
        "# [profile dev]",
    ] {
        for name in ["dev", "default", "a", "plugins"] {
            let found = found(FileKind::Config, &format!("{header}\nregion = x\n"), &profile(name));
            assert!(found.is_empty(), "{header}: {found:?}");
        }
    }
}

#[test]
fn the_credentials_file_and_the_other_sections_have_theirs() {
    for (header, name) in [
        ("[profile dev]", "dev"),
        ("[Profile dev]", "dev"),
        ("[ dev]", "dev"),
        ("[dev ]", "dev"),
        ("[\"dev\"]", "dev"),
        ("[Default]", "default"),
        ("[dev] # [x]", "dev"),
        ("[dev", "dev"),
    ] {
        let found = found(FileKind::Credentials, &format!("{header}\n"), &profile(name));
        assert_eq!(found.len(), 1, "{header}: {found:?}");
    }
    let session = SectionName::SsoSession("my corp".to_owned());
    for header in
        ["[sso-session my corp]", "[SSO-Session 'my corp']", "[sso_session my corp]", "[sso-session my corp"]
    {
        assert_eq!(found(FileKind::Config, header, &session).len(), 1, "{header}");
    }
    let services = SectionName::Services("v".to_owned());
    assert_eq!(found(FileKind::Config, "[Services v]", &services).len(), 1);
    assert!(found(FileKind::Config, "[v]\n[profile v]\n", &services).is_empty());
}

/// Headers of the config file that nothing reads as `dev`, each with what it is most probably meant for, and whether that is
/// certain.
const GUESSED: [(&str, &str, bool); 32] = [
    ("profiledev", "dev", false),
    ("PROFILEdev", "dev", false),
    ("profile;dev", "dev", false),
    ("profile,dev", "dev", false),
    ("profile profile dev", "dev", false),
    ("profile profiles dev", "dev", false),
    ("profils dev", "dev", false),
    ("profiles.dev", "dev", false),
    ("profle dev", "dev", false),
    ("prfile dev", "dev", false),
    ("porfile dev", "dev", false),
    ("profil dev", "dev", false),
    ("Proflie dev", "dev", false),
    ("profle-dev", "dev", false),
    ("profledev", "dev", false),
    ("pro file dev", "dev", false),
    ("dev profile", "dev", false),
    ("profile dev] [x", "dev", false),
    ("profile dev][x", "dev", false),
    ("dev] [x", "dev", false),
    // These are names as well, and only a profile that lacks the section says otherwise.
    ("aws-dev", "aws-dev", true),
    ("aws dev", "aws dev", false),
    ("aws profile dev", "aws profile dev", false),
    ("role dev", "role dev", false),
    ("user:dev", "user:dev", true),
    ("account/dev", "account/dev", true),
    ("dev-profile", "dev-profile", true),
    ("profile role dev", "role dev", false),
    ("my dev", "my dev", false),
    ("a-dev", "a-dev", true),
    ("profit-dev", "profit-dev", true),
    ("profiles", "profiles", true),
];

/// Those of them that are not taken for `dev` by whoever asks for it.
const OTHERS: [&str; 4] = ["my dev", "a-dev", "profit-dev", "profiles"];

#[test]
fn a_header_that_is_spelled_wrong_is_found_and_never_certain() {
    for (header, name, is_certain) in GUESSED {
        let text = format!("[{header}]\nrole_arn = x\n");
        let is_meant = !OTHERS.contains(&header);
        assert_eq!(found(FileKind::Config, &text, &profile("dev")).len(), usize::from(is_meant), "{header}");
        // Nothing else suggests a profile.
        let files = Files::of_texts(&text, "");
        let unread = files.unread_headers(&files.file(FileKind::Config));
        let unread: Vec<_> = unread.iter().map(|one| (one.name().name(), one.is_certain())).collect();
        assert_eq!(unread, [(name, is_certain)], "{header}");
        // The profile is in the other file.
        let files = Files::of_texts(&text, "[dev]\n");
        let unread = files.unread_headers(&files.file(FileKind::Config));
        let expected = if is_meant { ("dev", false) } else { (name, is_certain) };
        let unread: Vec<_> = unread.iter().map(|one| (one.name().name(), one.is_certain())).collect();
        assert_eq!(unread, [expected], "{header}");
        // Lines of another program.
        let text = format!("[{header}]\ncolor = red\n");
        let is_before_bracket = header.contains("] [") || header.contains("][");
        let is_prefixed = header.starts_with("profile") && !header.starts_with("profiled");
        if !is_before_bracket && !is_prefixed {
            assert!(found(FileKind::Config, &text, &profile("dev")).is_empty(), "{header}");
        }
    }
}

#[test]
fn a_name_with_letters_that_look_like_others_is_never_certain() {
    for (header, is_certain) in
        [("Profile dev", true), ("Profile d\u{435}v", false), ("Profile \u{456}d", false)]
    {
        let files = Files::of_texts(&format!("[{header}]\nrole_arn = x\n"), "");
        let unread = files.unread_headers(&files.file(FileKind::Config));
        let unread: Vec<_> = unread.iter().map(Lookalike::is_certain).collect();
        assert_eq!(unread, [is_certain], "{header}");
    }
}

#[test]
fn a_header_that_is_the_name_of_a_profile_is_not_spelled_wrong() {
    for header in ["aws-dev", "role dev", "profiledev", "profle dev", "dev profile", "user:dev"] {
        let config = format!("[{header}]\nrole_arn = x\n");
        let files = Files::of_texts(&config, &format!("[dev]\n[{header}]\n"));
        assert_eq!(files.lookalikes_of_missing(&profile("dev")).count(), 0, "{header}");
        let unread = files.unread_headers(&files.file(FileKind::Config));
        assert_eq!(unread.iter().map(|one| one.name().name()).collect::<Vec<_>>(), [header]);
        assert!(files.misnamed_credentials().is_empty(), "{header}");
        // Where it can be read, it is a name.
        let config = format!("[profile {}]\nrole_arn = x\n", crate::text::words::quote(header));
        let files = Files::of_texts(&config, "[dev]\n");
        assert_eq!(files.lookalikes_of_missing(&profile("dev")).count(), 0, "{header}");
        assert!(files.unread_headers(&files.file(FileKind::Config)).is_empty(), "{header}");
    }
    // In the credentials file each header is a name: only AWS's own words and brackets make it another one.
    for header in
        ["aws-dev", "role dev", "dev-profile", "profile2", "profle-dev", "autoawsume-dev", "dev-long-term"]
    {
        let files =
            Files::of_texts("[profile dev]\nregion = x\n", &format!("[{header}]\naws_access_key_id = A\n"));
        assert_eq!(files.lookalikes_of_missing(&profile("dev")).count(), 0, "{header}");
        assert!(files.misnamed_credentials().is_empty(), "{header}");
    }
    for header in
        ["profiledev", "profile dev", "profle dev", "dev profile", "dev] [x", "dev][x", "dev] # [x]"]
    {
        let files =
            Files::of_texts("[profile dev]\nregion = x\n", &format!("[{header}]\naws_access_key_id = A\n"));
        assert_eq!(files.lookalikes_of_missing(&profile("dev")).count(), 1, "{header}");
        assert_eq!(files.misnamed_credentials().len(), 1, "{header}");
    }
}

#[test]
fn a_section_of_the_config_file_is_found_whatever_its_word_and_its_file() {
    let corp = SectionName::SsoSession("corp".to_owned());
    let lines = "sso_region = eu-west-1\nsso_start_url = https://c.awsapps.com/start\n";
    for header in [
        "sso-sesion corp",
        "ssosession corp",
        "sso-sessioncorp",
        "sso session corp",
        "ssession corp",
        "SSO-Session corp",
        "sso-corp",
        "sso-session sso-session corp",
        "sso-session corp] [x",
    ] {
        let found = found(FileKind::Config, &format!("[{header}]\n{lines}"), &corp);
        assert!(found.len() == 1 && found[0].contains("[sso-session corp]"), "{header}: {found:?}");
    }
    for header in ["sso-session corp", "sso-sesion corp", "corp"] {
        let credentials = format!("[{header}]\n{lines}");
        let files = Files::of_texts("", &credentials);
        let found: Vec<_> = files.lookalikes_of_missing(&corp).map(|one| one.fix()).collect();
        let fix = "move the lines below it to `[sso-session corp]` in the config file, and remove it";
        assert_eq!(found, [fix], "{header}");
        let files = Files::of_texts(&format!("[sso-session corp]\n{lines}"), &credentials);
        assert_eq!(files.lookalikes_of_missing(&corp).count(), 0, "{header}");
    }
    // Neither belongs below the other: both have to leave the file.
    let both = format!("[sso-session corp]\n{lines}[sso-sesion corp]\n{lines}");
    let files = Files::of_texts("", &both);
    let advice: Vec<_> = files.lookalikes_of_missing(&corp).map(|one| one.fix()).collect();
    assert!(!advice.is_empty() && advice.iter().all(|fix| fix.contains("in the config file")), "{advice:?}");
    let services = SectionName::Services("mine".to_owned());
    let lines = "s3 =\n  endpoint_url = http://h\n";
    for header in ["servces mine", "service mine", "servicesmine", "services services mine", "Services mine"]
    {
        assert_eq!(found(FileKind::Config, &format!("[{header}]\n{lines}"), &services).len(), 1, "{header}");
    }
    assert!(found(FileKind::Config, "[service mine]\nExecStart = x\n", &services).is_empty());
    let files = Files::of_texts("", &format!("[services mine]\n{lines}"));
    assert_eq!(files.lookalikes_of_missing(&services).count(), 1);
}

#[test]
fn a_header_whose_own_name_is_a_profile_means_no_other_one() {
    for (config, credentials, name) in [
        ("[profile dev]\n[profile profile-dev]\n", "[profile-dev]\n", "dev"),
        ("[profile dev]\n[profile 'profile dev']\n", "[profile dev]\n", "dev"),
        ("[session-dev]\nregion = x\n[profile session-dev]\n", "", "dev"),
    ] {
        let files = Files::of_texts(config, credentials);
        for name in [profile(name), SectionName::SsoSession(name.to_owned())] {
            assert_eq!(files.lookalikes_of_missing(&name).count(), 0, "{config}{credentials}");
            assert!(files.misnamed_credentials().is_empty(), "{config}{credentials}");
        }
    }
    let files = Files::of_texts("[profile-dev]\nregion = x\n", "[profile-dev]\n");
    let unread = files.unread_headers(&files.both()[0]);
    assert_eq!(unread.iter().map(Lookalike::fix).collect::<Vec<_>>(), ["write `[profile profile-dev]`"]);
}

#[test]
fn each_is_told_with_its_place_its_reason_and_what_to_write() {
    for (kind, text, name, expected) in [
        (
            FileKind::Config,
            "[dev]",
            "dev",
            "f:1: `[dev]` isn't a profile: in the config file, a profile's header begins with `profile` / write `[profile dev]`",
        ),
        (
            FileKind::Config,
            "\n[profile a b]",
            "a b",
            "f:2: `[profile a b]` isn't read: a name with a space needs quotes / write `[profile 'a b']`",
        ),
        (
            FileKind::Credentials,
            "[profile dev]",
            "dev",
            "f:1: `[profile dev]` isn't that profile: in the credentials file, a header is just the name / write `[dev]`",
        ),
        (
            FileKind::Config,
            "[a]\nb = c\n [profile dev]",
            "dev",
            "f:3: `[profile dev]` is indented, so it is part of the value of line 2 / remove the indentation before `[profile dev]`",
        ),
        (
            FileKind::Config,
            "[Default]",
            "default",
            "f:1: `[Default]` isn't read as `[default]`: case matters / write `[default]`",
        ),
        (
            FileKind::Config,
            "[profiledev]",
            "dev",
            "f:1: `[profiledev]` isn't read as `[profile dev]` / write `[profile dev]`, or write `[profile profiledev]` if that is its name",
        ),
        (
            FileKind::Config,
            "[profle dev]",
            "dev",
            "f:1: `[profle dev]` isn't read as `[profile dev]` / write `[profile dev]`",
        ),
        (
            FileKind::Config,
            "[profile my profile]",
            "my",
            "f:1: `[profile my profile]` isn't read as `[profile my]` / write `[profile my]`, or write `[profile 'my profile']` if that is its name",
        ),
        (
            FileKind::Config,
            "[profile dev] [x]",
            "dev",
            "f:1: `[profile dev] [x]` isn't read as `[profile dev]`: the name ends at the last `]` of the line / write `[profile dev]`, and nothing behind it",
        ),
    ] {
        assert_eq!(found(kind, text, &profile(name)), [expected]);
    }
}

#[test]
fn only_the_first_of_several_headers_that_mean_one_section_is_to_become_it() {
    let texts = "[Profile dev]\nregion = a\n[PROFILE dev]\noutput = json\n[profile x]\n";
    let expected = [
        "f:1: `[Profile dev]` isn't read as `[profile dev]`: case matters / write `[profile dev]`",
        "f:3: `[PROFILE dev]` isn't read as `[profile dev]`: case matters / \
         move the lines below it to `[profile dev]` on line 1, and remove it",
    ];
    assert_eq!(found(FileKind::Config, texts, &profile("dev")), expected);
    // A key of both would make the file invalid.
    for texts in [
        "[Profile dev]\nregion = a\n[PROFILE dev]\nregion = b\n[profile x]\n",
        "[Profile dev]\nregion = a\n[PROFILE dev]\nregion = b\n[profile x\nregion = c\n",
        "[Profile dev\nregion = a\n[Profile dev\nRegion: b\n",
        "[profile x]\n[profile dev\nregion = a\n[profile y]\n[dev]\noutput = json\nregion = b\n",
    ] {
        let found = found(FileKind::Config, texts, &profile("dev"));
        let fix = " / join it with `[profile dev]` on line ";
        assert!(
            found[1].contains(fix) && found[1].ends_with("keep each key, such as `region`, only once"),
            "{found:?}"
        );
    }
}

#[test]
fn a_file_of_usual_headers_has_none_that_is_not_read() {
    const STARTS: [&str; 8] =
        ["profile ", "sso-session ", "services ", "", "profile", "Profile ", "sso_session ", " profile "];
    const PARTS: [&str; 22] = [
        "dev", "default", "DEFAULT", "Default", "a", "-", "_", ".", "/", ":", "=", "[", "\"", "'", " ", "#",
        "\u{a0}", "\u{200b}", "plugins", "profile", "\t", "\u{7f}",
    ];
    let mut random = Random::new(1);
    let path = Path::new("f").into();
    let mut early = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=random.below(2) {
            let start =
                STARTS[if random.below(4) == 0 { random.below(STARTS.len()) } else { random.below(3) }];
            let name: String = (0..=random.below(3))
                .map(|_| {
                    PARTS[if random.below(3) == 0 { random.below(PARTS.len()) } else { random.below(11) }]
                })
                .collect();
            text += &format!("{}[{start}{name}]\nregion = x\n", if random.below(9) == 0 { " " } else { "" });
        }
        for kind in FileKind::ALL {
            let document = Document::parse(text.as_bytes().to_vec());
            let file = File { kind, path: &path, document: &document, lookup: &Lookup::default() };
            let headers = |found: Vec<Lookalike>| {
                found.iter().map(|one| (one.place.line, one.to_string())).collect::<Vec<_>>()
            };
            assert_eq!(
                headers(file.unread_headers(|_| false)),
                headers(file.search_unread_headers(|_| false)),
                "{text}"
            );
            // Who does for each header what is said of it gets no header twice.
            let mut written = std::collections::HashSet::new();
            for one in file.unread_headers(|_| false).iter().filter(|one| one.twin.is_none()) {
                assert!(written.insert(one.instead.clone()), "{text}: {}", one.instead);
            }
            early += usize::from(kind == FileKind::Config && file.is_usual());
        }
    }
    assert!(early > 2_000, "{early} files of usual headers");
}
