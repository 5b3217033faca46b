use std::path::Path;

use super::super::Files;
use super::*;
use crate::growth::assert_linear;
use crate::profile::SectionName;
use crate::random::Random;

const LINES: &[&str] = &[
    "[default]",
    "[profile default]",
    "[profile a]",
    "[profile \"a\"]",
    "[profile 'b c']",
    "[profile b]",
    "[profilex b]",
    "[profile c d]",
    "[sso-session a]",
    "[services a]",
    "[a]",
    "[b]",
    "[\u{e9}]",
    "[profile \u{e9}]",
    "[profile b\\ c]",
    "[DEFAULT]",
    "region = x",
    "  deeper = y",
    "stray",
    "",
];

fn files(texts: [String; 2]) -> Files {
    let paths = ["config", "credentials"].map(|name| Path::new(name).into());
    Files::of(paths, texts.map(|text| Document::parse(text.into_bytes()).into()).into())
}

#[test]
fn the_index_finds_what_a_scan_finds() {
    for seed in 0..3000 {
        let mut random = Random::new(seed);
        let texts = [(); 2].map(|()| {
            let lines: Vec<&str> = (0..random.below(12)).map(|_| random.pick(LINES)).collect();
            lines.join("\n")
        });
        let files = files(texts);
        let mut names: Vec<Cow<'_, str>> = Vec::new();
        for file in files.both() {
            let is_named = |heading: &Heading<'_>| !matches!(heading, Heading::Inherited | Heading::Ignored);
            for heading in file.headings().map(|(_, heading)| heading).filter(is_named) {
                let scanned = file.scanned(&heading).map(|section| section.index());
                let last = file.scanned(&heading).next_back().map(|section| section.index());
                assert_eq!(file.find(&heading).map(|section| section.index()), last, "seed {seed}");
                assert!(scanned.eq(file.indexed(&heading).map(|section| section.index())), "seed {seed}");
                if let Heading::Profile(name) = heading {
                    names.extend((!names.contains(&name)).then_some(name));
                }
            }
        }
        assert!(files.profiles().eq(names), "seed {seed}");
    }
}

#[test]
fn a_search_finds_the_last_section_however_many_searches_there_were() {
    let many = |name: &str| format!("[profile {name}]\nregion = r\n").repeat(3);
    let files = files([["x", "y", "'z z'"].map(many).concat(), "[y]\nregion = c\n".to_owned()]);
    for _ in 0..FEW + 2 {
        for (name, line) in [("x", 5), ("y", 11), ("z z", 17)] {
            assert_eq!(files.profile(name).places().next().unwrap().line, line);
        }
        assert!(!files.profile("z").exists());
        let regions = files.profile("y").values("region").collect::<Vec<_>>();
        let regions: Vec<&str> =
            regions.iter().filter_map(|found| Some(found.value.as_text()?.expose())).collect();
        assert_eq!(regions, ["c", "r"]);
    }
}

#[test]
fn a_profile_inherits_from_the_sections_that_are_called_default_in_capitals() {
    let config = "[DEFAULT]\nregion = one\n[profile a]\noutput = json\n[DEFAULT]\nregion = two\n";
    let files = files([config.to_owned(), String::new()]);
    let profile = files.profile("a");
    let region = profile.value("region").unwrap();
    assert_eq!(region.value.as_text().unwrap().expose(), "two");
    assert!(matches!(region.origin, Origin::File(Place { line: 6, .. })));
    assert!(profile.has("region") && profile.value_in(FileKind::Credentials, "region").is_none());
    assert_eq!(profile.keys().into_iter().collect::<Vec<_>>(), ["output", "region"]);
    assert!(!files.profile("b").has("region"), "a section that isn't there inherits nothing");
}

#[test]
fn headers_of_other_bytes_that_show_the_same_text_are_one_heading() {
    let bytes = b"[a\xff]\n[b]\n[a\xfe]\n".to_vec();
    let paths = ["config", "credentials"].map(|name| Path::new(name).into());
    let files = Files::of(paths, [Document::default().into(), Document::parse(bytes).into()].into());
    let file = files.file(FileKind::Credentials);
    assert_eq!(file.repeated(), [(2, 0)]);
    assert_eq!(file.effective().map(|(section, _)| section.index()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_last_of_many_sections_with_one_name_is_found_by_linear_work() {
    assert_linear(|size| {
        let session = "[sso-session s]\nsso_region = r\n[profile p]\n".repeat(size);
        let files = files([session, String::new()]);
        move || {
            for _ in 0..size {
                assert!(files.profile("p").exists());
                assert!(files.find(&SectionName::SsoSession("s".to_owned())).has("sso_region"));
            }
        }
    });
}
