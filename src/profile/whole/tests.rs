use std::path::Path;
use std::rc::Rc;

use super::*;
use crate::ini::Document;
use crate::profile::{KeyChanges, KeyPath};

type Edit<'e> = &'e dyn Fn(&mut Files) -> Result<(), Error>;

fn files(config: &str, credentials: &str) -> Files {
    let document = |text: &str| Rc::new(Document::parse(text.as_bytes().to_vec()));
    let paths = ["config", "credentials"].map(|name| Path::new(name).into());
    Files::of(paths, vec![document(config), document(credentials)])
}

fn texts(files: &Files) -> [String; 2] {
    files.both().map(|file| String::from_utf8_lossy(file.document.bytes()).into_owned())
}

fn lines(places: &[Place]) -> Vec<(String, u32)> {
    places.iter().map(|place| (place.path.display().to_string(), place.line)).collect()
}

#[test]
fn a_rename_reaches_every_section_of_the_profile_and_every_reference() {
    let mut files = files(
        "# top\n[profile \"a\"]\nregion = r\nsource_profile = a\n[profile b]\nsource_profile=a # no\n\
         [profile c]\n  source_profile = a\n  credential_process = xcred export-env a\n[DEFAULT]\nparent_profile = a\n",
        "[a]\naws_access_key_id = X\n[d]\ninclude_profile : a\n",
    );
    let renamed = files.rename_profile("a", "n n").unwrap();
    assert_eq!(
        texts(&files),
        [
            "# top\n[profile 'n n']\nregion = r\nsource_profile = n n\nparent_profile = n n\n\
             [profile b]\nsource_profile=a # no\nparent_profile=n n\n[profile c]\n  source_profile = n n\n  \
             credential_process = xcred export-env 'n n'\n  parent_profile = n n\n[DEFAULT]\nparent_profile = a\n",
            "[n n]\naws_access_key_id = X\n[d]\ninclude_profile : n n\n",
        ]
    );
    let found = lines(&renamed.places);
    assert_eq!(found.len(), 7, "{found:?}");
    assert!(found.contains(&("credentials".to_owned(), 4)) && found.contains(&("config".to_owned(), 11)));
    // Which other SDKs read as the profile.
    let left = renamed.left.into_iter().map(|reference| reference.place).collect::<Vec<_>>();
    assert_eq!(lines(&left), [("config".to_owned(), 6)]);
}

#[test]
fn ten_thousand_followers_cost_one_edit() {
    let roles = |source: &str| {
        let role = |number| format!("[profile p{number}]\nsource_profile = {source}\n\n");
        (0..10_000).map(role).collect::<String>()
    };
    let mut files = files(&format!("{}[profile base]\n", roles("base")), "");
    let renamed = files.rename_profile("base", "core").unwrap();
    assert_eq!(texts(&files)[0], format!("{}[profile core]\n", roles("core")));
    assert_eq!(renamed.places.len(), 10_000);
    assert_eq!(renamed.places[9_999].line, 29_999);
    assert!(
        matches!(files.remove_profile("core", false), Err(Error::InUse { users, .. }) if users.len() == 10_000)
    );
}

#[test]
fn a_profile_is_removed_from_both_files_with_its_repetitions() {
    let mut files = files(
        "[profile a]\nx = 1\n\n[b]\n[profile \"a\"]\nx = 2\n# about c\n[profile c]\n\n[profile 'a']\n",
        "[a]\n",
    );
    let places = files.remove_profile("a", false).unwrap();
    assert_eq!(lines(&places), [("config".to_owned(), 10), ("credentials".to_owned(), 1)]);
    assert_eq!(texts(&files), ["[b]\n# about c\n[profile c]\n", ""]);
}

#[test]
fn a_refusal_leaves_both_files_as_they_were() {
    let config = "[profile a]\nx = 1\n  [profile lost]\n  y = 2\n";
    let mut files = files(config, "[a]\nk = v\n");
    assert!(matches!(files.remove_profile("a", true), Err(Error::Refused { .. })));
    assert!(matches!(files.copy_profile("a", "b", |_| false), Err(Error::Refused { .. })));
    assert!(matches!(files.copy_profile("a", "x]", |_| false), Err(Error::Name { .. })));
    assert!(matches!(files.rename_profile("a", "lost"), Err(Error::Lookalike { .. })));
    assert!(matches!(files.rename_profile("nobody", "b"), Err(Error::NotFound { .. })));
    assert_eq!(texts(&files), [config, "[a]\nk = v\n"]);
}

#[test]
fn a_copy_has_the_entries_of_each_file() {
    let mut files = files("[profile a]\nx = 1\n# c\ny = 2\n# about b\n[profile b]", "[a]\nk = v");
    let places = files.copy_profile("a", "n", |_| false).unwrap();
    assert_eq!(lines(&places), [("config".to_owned(), 7), ("credentials".to_owned(), 3)]);
    assert_eq!(
        texts(&files),
        [
            "[profile a]\nx = 1\n# c\ny = 2\n# about b\n[profile b]\n[profile n]\nx = 1\n# c\ny = 2\n",
            "[a]\nk = v\n[n]\nk = v\n"
        ]
    );
    assert!(matches!(files.copy_profile("a", "b", |_| false), Err(Error::Exists { .. })));
    let mut files =
        self::files("[profile a]\n  # mark\r\nx = 1\n# c\ny =\n# mark\n  # mark = 1\n  z = 2\n", "");
    files.copy_profile("a", "n", |comment| comment == "# mark").unwrap();
    assert!(
        texts(&files)[0].ends_with("[profile n]\nx = 1\n# c\ny =\n  # mark = 1\n  z = 2\n"),
        "{:?}",
        texts(&files)
    );
}

#[test]
fn keys_of_many_sections_are_changed_in_one_edit() {
    let [id, secret, token, region] =
        ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "region"].map(KeyPath::plain);
    let mut files = files(
        "[profile in-config]\naws_access_key_id = A\naws_access_key_id = B\n[profile both]\nregion = old\n",
        "[both]\naws_session_token = CANARY\nregion = hidden\n",
    );
    let names = ["in-config", "both", "new", "newer"].map(|name| SectionName::Profile(name.to_owned()));
    let changes = names.each_ref().map(|section| KeyChanges {
        section,
        keys: vec![(&token, None), (&id, Some("ID")), (&secret, Some("CANARY-2")), (&region, Some("r"))],
        replace: false,
        overrides: true,
    });
    let outcome = files.apply(&changes).unwrap();
    assert_eq!(
        texts(&files),
        [
            "[profile in-config]\naws_access_key_id = ID\naws_secret_access_key = CANARY-2\nregion = r\n\
             [profile both]\nregion = r\n[profile new]\nregion = r\n[profile newer]\nregion = r\n",
            "[both]\naws_access_key_id = ID\naws_secret_access_key = CANARY-2\n[new]\naws_access_key_id = ID\n\
             aws_secret_access_key = CANARY-2\n[newer]\naws_access_key_id = ID\naws_secret_access_key = CANARY-2\n",
        ]
    );
    assert_eq!(outcome[0].set[0].repetitions, [2]);
    let removed: Vec<Place> = outcome[1].removed.iter().map(|placed| placed.place.clone()).collect();
    assert_eq!(lines(&removed), [("credentials".to_owned(), 2), ("credentials".to_owned(), 3)]);
    let set: Vec<Place> = outcome[3].set.iter().map(|placed| placed.place.clone()).collect();
    assert_eq!(
        lines(&set),
        [("credentials".to_owned(), 8), ("credentials".to_owned(), 9), ("config".to_owned(), 10)]
    );
    let again = files.apply(&changes).unwrap();
    assert!(again.iter().all(|changed| changed.removed.is_empty()));
    let reference = |found: &Place| files.find(&names[3]).values(found.key.as_deref().unwrap()).count();
    assert!(set.iter().all(|place| reference(place) == 1));
}

#[test]
fn one_path_for_both_files_is_one_document() {
    let document =
        Rc::new(Document::parse(b"[profile a]\nregion = r\n[a]\naws_access_key_id = X\n".to_vec()));
    let mut files = Files::of(["one", "one"].map(|name| Path::new(name).into()), vec![document]);
    files.rename_profile("a", "b").unwrap();
    assert_eq!(texts(&files)[0], "[profile b]\nregion = r\n[b]\naws_access_key_id = X\n");
    files.remove_profile("b", false).unwrap();
    assert_eq!(texts(&files)[0], "");
}

#[test]
fn no_edit_of_a_profile_makes_a_file_unreadable_however_its_headers_are_spelled() {
    const HEADERS: [&str; 10] = [
        "default",
        "profile default",
        "profile \"default\"",
        "profile dev",
        "profile \"dev\"",
        "profile 'dev'",
        "profile  dev",
        "profiles dev",
        "Profile dev",
        "dev",
    ];
    let mut done = [0; 5];
    for (first, second) in HEADERS.iter().flat_map(|first| HEADERS.map(|second| (first, second))) {
        let before = files(
            &format!("[{first}]\nregion = r\n[profile x]\noutput = x\n[{second}]\noutput = y\n"),
            "[default]\naws_access_key_id = A\n[dev]\naws_access_key_id = D\n",
        );
        let had = before.both().map(|file| file.document.faults().len());
        for name in ["default", "dev"] {
            let section = SectionName::Profile(name.to_owned());
            let region = KeyPath::parse("region").unwrap();
            let edits: [Edit<'_>; 5] = [
                &|files| files.rename_profile(name, "new").map(drop),
                &|files| files.copy_profile(name, "new", |_| false).map(drop),
                &|files| files.remove_profile(name, true).map(drop),
                &|files| files.set(&section, &region, "z", false).map(drop),
                &|files| files.unset(&section, &region, false).map(drop),
            ];
            for (at, edit) in edits.into_iter().enumerate() {
                let mut after = before.clone();
                let made = edit(&mut after);
                for (file, had) in after.both().into_iter().zip(had) {
                    let faults = file.document.faults();
                    assert!(faults.len() <= had, "{first}, {second}, {name}, {at}: {faults:?}");
                }
                assert!(made.is_ok() || texts(&after) == texts(&before), "{first}, {second}, {name}, {at}");
                done[at] += usize::from(made.is_ok());
            }
        }
    }
    assert!(done.iter().all(|done| *done > 0), "{done:?}");
}

#[test]
fn a_profile_whose_headers_are_spelled_differently_is_not_renamed() {
    for (config, first, line) in [
        ("[default]\nregion = a\n[profile default]\noutput = json\n", 1, 3),
        ("[profile 'default']\n[profile x]\n[default]\n", 1, 3),
        ("[profile  default]\n[profile default]\n[profile \"default\"]\n", 2, 3),
    ] {
        let mut files = files(config, "");
        let refused = files.rename_profile("default", "new").unwrap_err();
        assert!(
            matches!(&refused, Error::Respelled { first: found, place, .. } if (*found, place.line) == (first, line)),
            "{refused}"
        );
        assert_eq!(texts(&files)[0], config);
    }
    // What can't be read anyway is renamed as a whole.
    let mut twice = files("[profile dev]\n[profile dev]\n", "");
    twice.rename_profile("dev", "new").unwrap();
    assert_eq!(texts(&twice)[0], "[profile new]\n[profile new]\n");
}
