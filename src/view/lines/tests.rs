use std::collections::BTreeMap;

use super::*;
use crate::finding::Severity;
use crate::profile::{FileKind, Files};

/// Each odd line: its number, code, severity, and what boto3, Rust, JavaScript, Go and Java make of it.
fn odd(config: &str, credentials: &str) -> Vec<(u32, &'static str, Severity, [String; 5])> {
    let files = Files::of_texts(config, credentials);
    let found = files.both().into_iter().flat_map(|file| differences(&file)).filter(|found| found.differs);
    found
        .map(|Difference { finding, .. }| {
            let texts: BTreeMap<_, _> =
                finding.readings().iter().map(|reading| (reading.reader, reading.text.clone())).collect();
            let texts = ["boto3", "rust", "js", "go", "java"].map(|reader| texts[reader].clone());
            (finding.line().unwrap(), finding.code(), finding.severity(), texts)
        })
        .collect()
}

const NOT: &str = "the line is ignored";
const NO_SECTION: &str = "the section is ignored";
const NO_DELIMITER: &str = "the whole file is refused: a line without `=`";

#[test]
fn each_row_of_the_grammar_is_found_with_what_each_sdk_makes_of_it() {
    use Severity::{Note, Warning};
    let below = |line: &str| format!("[default]\n{line}\nca_bundle = x\n");
    for (line, at, code, severity, texts) in [
        (
            "region = eu # c",
            2,
            "comment-in-value",
            Note,
            [
                "key `region` = `eu # c`, with the comment",
                "key `region` = `eu`, without the comment",
                "key `region` = `eu`, without the comment",
                "key `region` = `eu`, without the comment",
                "key `region` = `eu`, without the comment",
            ],
        ),
        (
            "region = 'eu'",
            2,
            "quoted-value",
            Note,
            [
                "key `region` = `'eu'`, with the quotes",
                "key `region` = `'eu'`, with the quotes",
                "key `region` = `'eu'`, with the quotes",
                "key `region` = `eu`, without the quotes",
                "key `region` = `'eu'`, with the quotes",
            ],
        ),
        (
            "region: eu",
            2,
            "colon-delimiter",
            Warning,
            ["key `region` = `eu`", NO_DELIMITER, NOT, "key `region` = `eu`", NO_DELIMITER],
        ),
        (
            "region",
            2,
            "read-differently",
            Warning,
            [
                "the whole file is refused: not a `key = value` line, section header or comment",
                NO_DELIMITER,
                NOT,
                NOT,
                NO_DELIMITER,
            ],
        ),
        (
            "Region = eu",
            2,
            "read-differently",
            Note,
            [
                "key `region` = `eu`",
                "key `region` = `eu`",
                "key `Region` = `eu`, which is not `region`",
                "key `region` = `eu`",
                "key `Region` = `eu`, which is not `region`",
            ],
        ),
        ("a b = c", 2, "read-differently", Note, ["key `a b`", NOT, "key `a b`", "key `a b`", NOT]),
        (
            "region =",
            2,
            "read-differently",
            Note,
            [
                "key `region` without a value",
                "key `region` without a value",
                "the key is not set",
                "key `region` without a value",
                "key `region` without a value",
            ],
        ),
        (
            "region = eu\n  output = json",
            3,
            "read-differently",
            Note,
            [
                "part of the value of line 2",
                "part of the value of line 2",
                "key `output` = `json`",
                "key `output` = `json`",
                "part of the value of line 2",
            ],
        ),
        (
            "region = eu\n  # c",
            3,
            "read-differently",
            Note,
            [NOT, "part of the value of line 2", NOT, NOT, "part of the value of line 2"],
        ),
        (
            "aws_secret_access_key = \"CANARY\"",
            2,
            "quoted-value",
            Warning,
            [
                "key `aws_secret_access_key`, with the quotes",
                "key `aws_secret_access_key`, with the quotes",
                "key `aws_secret_access_key`, with the quotes",
                "key `aws_secret_access_key`, without the quotes",
                "key `aws_secret_access_key`, with the quotes",
            ],
        ),
    ] {
        let expected = vec![(at, code, severity, texts.map(str::to_owned))];
        assert_eq!(odd(&below(line), ""), expected, "{line}");
    }
}

#[test]
fn each_header_is_found_with_what_each_sdk_makes_of_it() {
    let dev = "profile `dev`";
    for (config, credentials, texts) in [
        ("[profile 'dev']\n", "", [dev, NO_SECTION, dev, "profile `'dev'`", NO_SECTION]),
        ("[profile.dev]\n", "", [NO_SECTION, NO_SECTION, dev, NO_SECTION, NO_SECTION]),
        ("[profile  dev]\n", "", [dev, dev, NO_SECTION, dev, dev]),
        ("[profile my team]\n", "", [NO_SECTION, NO_SECTION, NO_SECTION, "profile `my team`", NO_SECTION]),
        (
            "",
            "[profile dev]\n",
            ["profile `profile dev`", NO_SECTION, "profile `profile.dev`", NO_SECTION, NO_SECTION],
        ),
        (
            "[profile dev\n",
            "",
            [
                "the whole file is refused: `[profile dev` is not a section header: the closing `]` is missing",
                "the whole file is refused: a section header without `]`",
                NOT,
                NOT,
                "the whole file is refused: a section header without `]`",
            ],
        ),
    ] {
        let found = odd(config, credentials);
        assert_eq!(found.len(), 1, "{config} {credentials} {found:?}");
        assert_eq!(found[0].3, texts.map(str::to_owned), "{config}{credentials}");
        assert_eq!(found[0].2, Severity::Warning, "{config}{credentials}");
    }
}

#[test]
fn blanks_around_a_name_are_only_to_be_removed_where_that_names_the_profile() {
    for (header, fix) in [
        ("[ dev ]", Some("write `[dev]`")),
        ("[ default ]", Some("write `[default]`")),
        ("[ DEFAULT ]", None),
        ("[ Default ]", None),
        ("[ profile dev ]", Some("write `[dev]`")),
    ] {
        let files = Files::of_texts("", &format!("{header}\nregion = x\n"));
        let found: Vec<Finding> =
            files.both().iter().flat_map(differences).map(|difference| difference.finding).collect();
        let helps = found.iter().filter_map(Finding::fix).map(|help| help.to_string());
        assert_eq!(helps.collect::<Vec<_>>(), Vec::from_iter(fix), "{header}");
    }
}

/// The same header twice, or one key twice below it, would make the file invalid.
#[test]
fn of_several_headers_that_are_meant_for_one_profile_only_one_is_to_become_it() {
    const MOVE: &str = "move the lines below it to `[e]` on line ";
    const WRITE: &str = "write `[e]`";
    for (credentials, fixes) in [
        ("[ e ]\nregion = x\n[e ]\noutput = y\n", [WRITE.to_owned(), format!("{MOVE}1, and remove it")]),
        ("[\te]\n[profile e]\n", [WRITE.to_owned(), format!("{MOVE}1, and remove it")]),
        ("[profile \"e\"]\n[profile  e]\n", [WRITE.to_owned(), format!("{MOVE}1, and remove it")]),
        ("[profile profile e]\n[ profile e ]\n", [WRITE.to_owned(), format!("{MOVE}1, and remove it")]),
        ("[ e ]\n[profile e]\n[e]\n", [3, 3].map(|line| format!("{MOVE}{line}, and remove it"))),
        ("[ e ]\n[profile e]\n[e\n", [3, 3].map(|line| format!("{MOVE}{line}, and remove it"))),
        (
            "[ e ]\nregion = x\n[e ]\nRegion = y\n",
            [
                WRITE.to_owned(),
                "join it with `[e]` on line 1, and keep each key, such as `region`, only once".to_owned(),
            ],
        ),
    ] {
        let files = Files::of_texts("", credentials);
        let [_, file] = files.both();
        let found = differences(&file);
        let helps = found.iter().filter_map(|one| one.finding.fix()).map(|help| help.to_string());
        assert_eq!(helps.take(2).collect::<Vec<_>>(), fixes, "{credentials}");
    }
    for header in ["[profile DEFAULT]", "[profile ]", "[ DEFAULT]", "[ ]"] {
        let files = Files::of_texts("", &format!("{header}\nregion = x\n"));
        let [_, file] = files.both();
        assert!(differences(&file).iter().all(|one| one.finding.fix().is_none()), "{header}");
    }
}

/// Quotes make Go and Ruby read another name, for good: a name without them is the way out.
#[test]
fn a_quoted_name_is_fixed_by_one_that_needs_no_quotes() {
    for (config, fix) in [
        (
            "[profile 'team one']\n",
            "give it a name without blanks and quotes: `xcred profile rename 'team one' team-one`",
        ),
        (
            "[profile \" a,b \"]\n",
            "give it a name without blanks and quotes: `xcred profile rename ' a,b ' a-b`",
        ),
        (
            "[profile 'team one']\n[profile team-one]\n",
            "give it a name without blanks and quotes: `xcred profile rename 'team one' NEW`",
        ),
        ("[profile 'dev']\n", "write `[profile dev]`"),
        (
            "[profile 'team  one']\n[profile 'team one']\n",
            "give it a name without blanks and quotes: `xcred profile rename 'team  one' team-one`",
        ),
    ] {
        let files = Files::of_texts(config, "");
        let both = files.both();
        let found: Vec<Finding> =
            both.iter().flat_map(differences).map(|difference| difference.finding).collect();
        let first = found.first().expect("a finding");
        assert_eq!(first.code(), "read-differently");
        assert_eq!(first.fix().expect("a fix").to_string(), fix);
    }
    let fixes = |config: &str| {
        let files = Files::of_texts(config, "");
        let [file, _] = files.both();
        let fix = differences(&file).into_iter().map(|one| one.finding.fix().map(|fix| fix.to_string()));
        fix.flatten().collect::<Vec<_>>()
    };
    let two = fixes("[profile 'team  one']\n[profile 'team one']\n");
    assert!(two[1].ends_with("`xcred profile rename 'team one' NEW`"), "{two:?}");
    // Without the quotes the file would be invalid.
    for config in [
        "[profile 'dev']\n[profile dev]\n",
        "[profile dev]\n[profile 'dev']\n",
        "[profile 'dev']\n[profile \"dev\"]\n",
    ] {
        assert!(fixes(config).iter().all(|fix| !fix.contains("write")), "{config}");
    }
}

#[test]
fn files_in_plain_form_are_recognized_without_reading_them() {
    let config = "# c\n[default]\nregion = eu-west-1\r\ns3 =\n  max_queue_size = 3\n\n[profile a.b@c]\n\
                  credential_process = /bin/x --y 'z' a;b\n[sso-session s]\nsso_region=eu\n[plugins]\nx = y\n";
    let credentials = "[default]\naws_access_key_id = A\naws_secret_access_key = x/y+z==\n[dev]\n";
    let files = Files::of_texts(config, credentials);
    assert!(files.both().iter().all(plain::is_plain));
    assert_eq!(odd(config, credentials), Vec::new());
    for odd_line in [
        "a = b # c",
        "a = \"b\"",
        "a: b",
        "a",
        "A = b",
        "a b = c",
        "a =",
        "a = b\n c = d",
        "a = b\rc = d",
        " a = b",
        "[profile  x]",
        "[x]y",
        "[profile x] # c",
        "[DEFAULT]",
        "= b",
        "a = b\u{a0}",
        "é = b",
        "[]",
        "[profile.x]",
        "[profilex y]",
        "[profile default]",
        "\t# c",
        "a\u{a0}= b",
        "a =\n# c\n[b]",
    ] {
        let text = format!("[default]\nregion = eu\n{odd_line}\n");
        let files = Files::of_texts(&text, "");
        assert!(!plain::is_plain(&files.both()[0]), "{odd_line}");
    }
}

#[test]
fn a_plain_file_is_read_alike() {
    // Whatever is taken for plain has no differences: all short texts of these pieces.
    let pieces = [
        "[default]\n",
        "[profile a]\n",
        "a = b\n",
        "s3 =\n",
        "  c = d\n",
        "# x\n",
        "\n",
        " \n",
        "e=f#g\r\n",
        "h = #\n",
    ];
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        let longer = texts.iter().flat_map(|text| pieces.map(|piece| format!("{text}{piece}")));
        texts = longer.collect();
        for text in &texts {
            let files = Files::of_texts(text, "");
            let file = &files.both()[0];
            if plain::is_plain(file) {
                let each =
                    compared(file, Headers::default()).into_iter().filter(|found| found.differs).count();
                assert_eq!(each, 0, "{text:?}");
            }
        }
    }
}

#[test]
fn two_headers_of_one_profile_are_one_finding_that_says_how_to_join_them() {
    for (first, second, header) in [
        ("default", "profile default", "`[default]`"),
        ("profile default", "default", "`[default]`"),
        ("profile dev", "profile 'dev'", "one header"),
    ] {
        let files =
            Files::of_texts(&format!("[{first}]\noutput = json\n[{second}]\nregion = eu-west-1\n"), "");
        let found = files.both().into_iter().flat_map(|file| differences(&file));
        let found: Vec<_> = found.filter(|found| found.finding.severity() > Severity::Note).collect();
        let [only] = &found[..] else { panic!("{first}, {second}: {}", found.len()) };
        let expected = format!("join the two under {header}, and keep each key only once");
        assert_eq!(only.finding.fix().unwrap().to_string(), expected);
        // What becomes of the first one is among its readings.
        assert!(
            only.finding.notes().iter().any(|note| note.contains("line 1")),
            "{:?}",
            only.finding.notes()
        );
    }
}

#[test]
fn a_name_that_sdks_refuse_or_ignore_is_found_as_that_in_every_section_with_a_way_out() {
    use crate::sdk::{Sdk, refused_mark, refusing};
    const REFUSED: &str = "the whole file is refused: ";
    let named = |name: &str| {
        let (profile, session) = (SectionName::Profile(name.into()), SectionName::SsoSession(name.into()));
        [profile, session, SectionName::Services(name.into())]
    };
    for c in (' '..='~').filter(|c| !"[]".contains(*c)) {
        let name = format!("a{c}b");
        let mut files: Vec<[String; 2]> = Vec::new();
        for section in named(&name) {
            files.push([
                format!("[default]\nregion = x\n[{}]\nx = 1\n", section.header(FileKind::Config)),
                String::new(),
            ]);
        }
        files.push([String::new(), format!("[default]\n[{name}]\n")]);
        for (at, [config, credentials]) in files.iter().enumerate() {
            let files = Files::of_texts(config, credentials);
            let found: Vec<Finding> =
                files.both().iter().flat_map(differences).map(|difference| difference.finding).collect();
            let refused =
                found.iter().flat_map(Finding::readings).filter(|one| one.text.starts_with(REFUSED));
            let refused: Vec<_> =
                refused.filter_map(|one| Sdk::named(one.reader)).map(|sdk| sdk.short_title()).collect();
            assert_eq!(refused, refusing(c), "{config}{credentials}");
            if crate::ini::dialect::is_identifier(name.as_bytes()) {
                assert!(found.is_empty(), "{config}{credentials}");
                continue;
            }
            let [found] = &found[..] else { panic!("{config}{credentials}") };
            assert_eq!(found.severity(), Severity::Warning);
            let told = found.to_string();
            assert_eq!(told.contains("refuse the whole file"), refused_mark(&name).is_some(), "{told}");
            let fix = found.fix().expect("a fix").to_string();
            assert!(fix.contains(["a-b`", "[sso-session a-b]", "[services a-b]", "a-b`"][at]), "{fix}");
        }
    }
    for (header, instead) in [("sso-session 'a'", "sso-session a"), ("services \"a\"", "services a")] {
        let files = Files::of_texts(&format!("[{header}]\n"), "");
        let [file, _] = files.both();
        let found = differences(&file);
        assert_eq!(found[0].finding.fix().expect("a fix").to_string(), format!("write `[{instead}]`"));
    }
}
