//! Random edits of random files, judged by botocore, and by rust-ini where the file is plain.

use serde_json::{Value, json};

use crate::harness::Sandbox;
use crate::peers::Botocore;
use crate::random::Random;

/// What stands in the files that people write, in all the layouts that botocore accepts.
fn random_config(random: &mut Random) -> String {
    const HEADERS: &[&str] = &[
        "[default]",
        "[profile dev]",
        "[profile \"a b\"]",
        "[profile  x] # note",
        "  [profile in]",
        "[plugins]",
        "[sso-session corp]",
        "[profile p.q]",
    ];
    const LINES: &[&str] = &[
        "region = us-east-1",
        "Region=eu-west-1",
        "output: json",
        "s3 =\n    addressing_style = path\n    region = nested",
        "s3=\n  # style\n  addressing_style=virtual",
        "# region = commented",
        "; note: x",
        "",
        "  ",
        "role_arn = arn:aws:iam::1:role/x ; why",
        "credential_process = a\n   b --c",
        "empty =",
        "x_y = é",
        "source_profile = \"quoted\"",
        "api_versions =\n\n    ec2 = 2015-03-01\n",
    ];
    let newline = random.pick(&["\n", "\n", "\n", "\r\n", "\r"]);
    let mut headers: Vec<&str> = HEADERS.to_vec();
    let mut text = String::new();
    for _ in 0..random.below(5) {
        let header = headers.remove(random.below(headers.len()));
        text.push_str(&format!("{header}\n"));
        let indent = random.pick(&["", "", "", "  ", "\t"]);
        let mut seen: Vec<String> = Vec::new();
        for _ in 0..random.below(6) {
            let line = random.pick(LINES);
            let key = line.split(['=', ':']).next().unwrap_or_default().trim().to_lowercase();
            if !line.starts_with(['#', ';']) && !key.is_empty() && seen.contains(&key) {
                continue;
            }
            seen.push(key);
            text.extend(line.split('\n').map(|line| format!("{indent}{line}\n")));
        }
    }
    if random.below(4) == 0 {
        text.truncate(text.trim_end().len());
    }
    text.replace('\n', newline)
}

struct Edit {
    profile: &'static str,
    key: &'static str,
    value: Option<&'static str>,
}

fn random_edit(random: &mut Random) -> Edit {
    const KEYS: &[&str] = &[
        "region",
        "output",
        "s3.addressing_style",
        "s3.new",
        "role_arn",
        "empty",
        "credential_process",
        "x_y",
        "new_key",
        "api_versions.ec2",
    ];
    const VALUES: &[&str] =
        &["us-west-2", "", "a = b", "# not a comment", "[x]", "é ü", "'q'", "x  y", "%(a)s", "a;b #c"];
    Edit {
        profile: random.pick(&["default", "dev", "a b", "x", "in", "p.q", "o'brien", "new"]),
        key: random.pick(KEYS),
        value: (random.below(4) > 0).then(|| random.pick(VALUES)),
    }
}

/// Makes the edit on botocore's view.
fn expect(view: &mut Value, edit: &Edit) {
    let (key, nested) =
        edit.key.split_once('.').map_or((edit.key, None), |(key, nested)| (key, Some(nested)));
    let profiles = view["profiles"].as_object_mut().expect("profiles");
    match (edit.value, nested) {
        (Some(value), None) => profiles.entry(edit.profile).or_insert(json!({}))[key] = json!(value),
        (Some(value), Some(nested)) => {
            let profile = profiles.entry(edit.profile).or_insert(json!({}));
            if !profile[key].is_object() {
                profile[key] = json!({});
            }
            profile[key][nested] = json!(value);
        }
        (None, None) => drop(
            profiles.get_mut(edit.profile).and_then(|profile| profile.as_object_mut()?.shift_remove(key)),
        ),
        (None, Some(nested)) => {
            let Some(profile) = profiles.get_mut(edit.profile).and_then(Value::as_object_mut) else { return };
            if let Some(block) = profile.get_mut(key).and_then(Value::as_object_mut) {
                block.shift_remove(nested);
                if block.is_empty() {
                    profile.shift_remove(key);
                }
            }
        }
    }
}

/// Maps have an order in JSON that doesn't count here.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let sorted: std::collections::BTreeMap<&String, Value> =
                members.iter().map(|(k, v)| (k, sorted(v))).collect();
            json!(sorted)
        }
        other => other.clone(),
    }
}

/// The lines that must stand as they did: all but those of the keys that were edited.
fn comments(text: &str) -> Vec<&str> {
    text.split(['\n', '\r']).filter(|line| line.trim_start().starts_with(['#', ';'])).collect()
}

#[test]
fn three_thousand_random_files_end_with_what_was_asked_for_as_botocore_reads_them() {
    let Some(mut botocore) = Botocore::start() else { return };
    let (mut made, mut refused, mut unreadable) = (0, 0, 0);
    for seed in 0..3_300 {
        let mut random = Random::new(seed);
        let before = random_config(&mut random);
        let sandbox = Sandbox::new().config(&before);
        let mut view = botocore.config(before.as_bytes());
        if view.get("error").is_some() {
            unreadable += 1;
            continue;
        }
        for _ in 0..=random.below(4) {
            let edit = random_edit(&mut random);
            let text = sandbox.read_config();
            let arguments = match edit.value {
                Some(value) => vec!["set", "-p", edit.profile, edit.key, "--replace", "--", value],
                None => vec!["unset", "-p", edit.profile, edit.key],
            };
            let arguments: Vec<&str> = if let ["set", p, profile, key, replace, dashes, value] = arguments[..]
            {
                vec!["set", p, profile, replace, dashes, key, value]
            } else {
                arguments
            };
            let outcome = sandbox.run(&arguments);
            let after = sandbox.read_config();
            let case = format!("seed {seed}: {arguments:?} on {text:?} gave {after:?}");
            if outcome.code_is(0) {
                expect(&mut view, &edit);
                made += 1;
            } else {
                let missing = edit.value.is_none() && view["profiles"].get(edit.profile).is_none();
                let words = outcome.failure(253);
                let scalar = words.contains("holds a plain value");
                // A header that is indented too deep is not read: nothing below it goes, and it gets no twin.
                let lost = words.contains("is indented, so it is part of the value");
                assert!(missing || scalar || lost, "{case}: {words}");
                assert_eq!(after, text, "{case}: a refusal changes nothing");
                refused += usize::from(!missing);
            }
            let answer = botocore.config(after.as_bytes());
            assert_eq!(sorted(&answer), sorted(&view), "{case}");
            assert_eq!(comments(&after), comments(&text), "{case}");
        }
    }
    assert!(
        made > 5_000 && refused * 5 < made && unreadable < 300,
        "{made} made, {refused} refused, {unreadable} unreadable"
    );
}

#[test]
fn an_independent_reader_agrees_on_plain_files() {
    use xcred::World;
    use xcred::internals::profile::{Files, KeyPath, SectionName};
    let home = tempfile::tempdir().expect("a temporary folder");
    let world = World::of([("HOME", home.path().to_str().expect("UTF-8"))]);
    let path = home.path().join(".aws/config");
    let mut expected = std::collections::BTreeMap::new();
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let profile = random.pick(&["default", "dev", "test", "prod"]);
        let key = random.pick(&["region", "output", "role_arn", "ca_bundle", "x"]);
        let value = random.pick(&["eu-west-1", "json", "arn:aws:iam::1:role/x", "/a/b", "a=b"]);
        let section = SectionName::Profile(profile.to_owned());
        let key = KeyPath::parse(key).expect("a plain key");
        let gone = random.below(4) == 0;
        Files::edit(&world, |files| {
            if gone {
                files.unset(&section, &key, false).map(|_| ())
            } else {
                files.set(&section, &key, value, false).map(|_| ())
            }
        })
        .expect("plain files can be edited");
        let header = if profile == "default" { profile.to_owned() } else { format!("profile {profile}") };
        if gone {
            expected.remove(&(header, key.name));
        } else {
            expected.insert((header, key.name), value.to_owned());
        }
        if !path.exists() {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let options = ini::ParseOption { enabled_escape: false, ..ini::ParseOption::default() };
        let read = ini::Ini::load_from_str_opt(&text, options).expect("a plain file");
        let mut found = std::collections::BTreeMap::new();
        for (section, properties) in &read {
            for (key, value) in properties {
                found.insert((section.unwrap_or_default().to_owned(), key.to_owned()), value.to_owned());
            }
        }
        assert_eq!(found, expected, "seed {seed}: {text}");
    }
}
