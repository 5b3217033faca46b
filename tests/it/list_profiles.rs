//! `xcred list-profiles` and `xcred profile`.

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of};

const CONFIG: &str = "[default]\n[profile b]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = zed\n\
    [profile \"a b\"]\n[foo]\n[sso-session s]\n[services x]\n[profile c d]\n[profiles q]\n[profile 'z z']\n";
const CREDENTIALS: &str = "[zed]\naws_access_key_id = A\naws_secret_access_key = B\n[profile y]\n[b]\n";

#[test]
fn names_come_in_file_order_the_config_file_first() {
    let sandbox = Sandbox::new().config(CONFIG).credentials(CREDENTIALS);
    let (names, words) = sandbox.run(&["list-profiles"]).success_with_words();
    assert_eq!(names, "default\nb\na b\nq\nz z\nzed\nprofile y\n");
    assert!(words.contains("config:10: `[profile c d]`") && !words.contains("[foo]"), "{words}");
    assert_eq!(words.lines().count(), 2, "{words}");
    assert_eq!(Sandbox::new().run(&["list-profiles"]).success(), "");
}

#[test]
fn ten_thousand_names_are_listed_once_each() {
    let section = |at: u32| format!("[profile team-{at}]\nregion = eu-central-1\noutput = json\n\n");
    let config = (0..10_000).map(section).collect::<Vec<_>>().concat();
    let names = (0..10_000).map(|at| format!("team-{at}\n")).collect::<Vec<_>>().concat();
    let sandbox = Sandbox::new().config(&config).credentials("[team-7]\n[other]\n");
    assert_eq!(sandbox.run(&["list-profiles"]).success(), format!("{names}other\n"));
    let twice = Sandbox::new().config(format!("{config}[profile team-3]\n"));
    let warning = twice.run(&["list-profiles"]).failure(253);
    assert!(warning.contains("config:40001") && warning.contains("first defined on line 13"), "{warning}");
}

#[test]
fn a_name_with_two_headers_is_listed_once() {
    let config = "[default]\nregion = a\n[profile x]\n[profile  x]\nregion = b\n[profile y]\n[profile default]\n\
                  [profile 'y']\nregion = c\n";
    let sandbox = Sandbox::new().config(config).credentials("[x]\n[default]\n[z]\n");
    assert_eq!(sandbox.run(&["list-profiles"]).success(), "default\nx\ny\nz\n");
    let document = json_of(&sandbox.run(&["list-profiles", "--format", "json"]).code(0).0);
    let regions: Vec<&Value> =
        document["profiles"].as_array().unwrap().iter().map(|row| &row["region"]).collect();
    assert_eq!(regions, [&Value::Null, &json!("b"), &json!("c"), &Value::Null]);
}

#[test]
fn a_long_list_is_whole_in_every_form() {
    let section = |at: u32| format!("[profile té\u{200b}am-{at}]\nregion = eu-central-1\n");
    let sandbox = Sandbox::new().config((0..3000).map(section).collect::<String>());
    let json = sandbox.run(&["list-profiles", "--format", "json"]).code(0).0;
    assert!(
        json.starts_with("{\n  \"schema\": 1,\n  \"profiles\": [\n    {\n") && json.ends_with("\n  ]\n}\n")
    );
    assert!(!json.contains('\u{200b}'), "what is not seen is escaped");
    let document = json_of(&json);
    let rows = document["profiles"].as_array().unwrap();
    assert!((0..3000).all(|at| rows[at]["name"] == format!("té\u{200b}am-{at}").as_str()));
    let table = sandbox.run(&["list-profiles", "--long"]).code(0).0;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3001);
    assert!((0..3000).all(|at| lines[at + 1].trim_start().starts_with(&format!("té\\u{{200b}}am-{at} "))));
}

#[test]
fn json_tells_where_credentials_come_from_and_where_the_profile_stands() {
    let sandbox = Sandbox::new().config(CONFIG).credentials(CREDENTIALS);
    let document = json_of(&sandbox.run(&["list-profiles", "--format", "json"]).code(0).0);
    let (config, credentials) = (sandbox.path(".aws/config"), sandbox.path(".aws/credentials"));
    assert_eq!(
        document["profiles"][1],
        json!({
            "name": "b", "credentials": "assume-role", "account": "1", "role": "x",
            "region": "eu-west-1", "active": false, "broken": false, "origins": [
                {"from": "file", "path": config, "line": 2, "section": "profile b"},
                {"from": "file", "path": credentials, "line": 5, "section": "b"},
            ],
        })
    );
    assert_eq!(document["profiles"][0]["credentials"], Value::Null);
    assert_eq!(document["profiles"][5]["credentials"], "shared-credentials-file");
}

#[test]
fn the_long_list_is_a_table() {
    let sandbox = Sandbox::new().config("[default]\nregion = eu-west-1\n").credentials(CREDENTIALS);
    let home = sandbox.home().display().to_string();
    let table = sandbox.run(&["list-profiles", "--long"]).success().replace(&home, "~");
    assert_eq!(
        table,
        "  PROFILE    CREDENTIALS              REGION     WHERE\n\
         * default    -                        eu-west-1  ~/.aws/config:1\n  \
           zed        shared-credentials-file  -          ~/.aws/credentials:1\n  \
           profile y  -                        -          ~/.aws/credentials:4\n  \
           b          -                        -          ~/.aws/credentials:5\n"
    );
}

#[test]
fn the_long_list_marks_what_is_active_and_what_is_broken() {
    let sandbox = Sandbox::new()
        .config(
            "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/team/Ops\nsource_profile = b\n[profile b]\n\
             [profile c]\nrole_arn = arn:aws:iam::123456789013:role/R\nsource_profile = nope\n\
             [profile d]\nsso_account_id = 123456789014\nsso_role_name = Reader\n",
        )
        .credentials("[b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n")
        .env("AWS_PROFILE", "b");
    let (table, words) = sandbox.run(&["list-profiles", "--long"]).success_with_words();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    // JSON has the marks and the columns, too.
    let document = json_of(&sandbox.run(&["list-profiles", "--format", "json"]).code(0).0);
    let cells = |row: &Value| {
        ["name", "credentials", "account", "role", "active", "broken"].map(|name| row[name].clone())
    };
    let all: Vec<_> =
        document["profiles"].as_array().unwrap().iter().map(cells).map(Value::from_iter).collect();
    assert_eq!(
        all,
        [
            json!(["a", "assume-role", "123456789012", "Ops", false, false]),
            json!(["b", "shared-credentials-file", null, null, true, false]),
            json!(["c", "assume-role", "123456789013", "R", false, true]),
            json!(["d", "sso", "123456789014", "Reader", false, true]),
        ]
    );
    // No profile has a region.
    assert_eq!(rows[0], ["PROFILE", "CREDENTIALS", "ACCOUNT", "ROLE", "WHERE"]);
    assert_eq!(rows[1], ["a", "assume-role", "123456789012", "Ops", "~/.aws/config:1"]);
    assert_eq!(rows[2], ["*", "b", "shared-credentials-file", "-", "-", "~/.aws/config:4,", "credentials:1"]);
    assert_eq!(rows[3], ["!", "c", "assume-role", "123456789013", "R", "~/.aws/config:5"]);
    assert_eq!(rows[4], ["!", "d", "sso", "123456789014", "Reader", "~/.aws/config:8"]);
    assert_eq!(words, "help: `xcred doctor` says what is wrong with the 2 profiles marked with `!`\n");
    // With keys in the environment no profile is active, unless an option names it.
    let keys = Sandbox::new().config("[default]\nregion = x\n").env("AWS_ACCESS_KEY_ID", "AKIA");
    assert!(!keys.run(&["list-profiles", "--long"]).success().contains('*'));
}

#[test]
fn nothing_is_listed_where_botocore_reads_nothing() {
    for (config, told) in [
        ("[default]\nbroken\n[profile a]\n", "config:2: not a `key = value` line"),
        ("[default]\nregion = a\nregion = b\n[profile x]\n", "config:3: duplicate key `region`"),
        ("[profile foo", "config:1: `[profile foo` is not a section header: the closing `]` is missing"),
    ] {
        let sandbox = Sandbox::new().config(config).credentials("[k]\n");
        for more in [&[][..], &["--long"], &["--format", "json"]] {
            let (printed, words) = sandbox.run(&[&["list-profiles"], more].concat()).code(253);
            assert!(!printed.contains("profiles"), "{printed}");
            assert!(words.contains(told) && words.contains("help: "), "{words}");
        }
    }
}

#[test]
fn a_list_of_no_profiles_has_no_line() {
    for more in [&[][..], &["--long"]] {
        assert_eq!(Sandbox::new().run(&[&["list-profiles"], more].concat()).success(), "");
    }
}

#[test]
fn what_can_be_read_is_listed_beside_what_can_not() {
    let sandbox = Sandbox::new().file(".aws/config/x", "").credentials("[k]\n");
    // To AWS CLI and boto3 there is no such file.
    for arguments in [&["list-profiles"][..], &["list-profiles", "--sdk", "boto3"]] {
        let (names, words) = sandbox.run(arguments).success_with_words();
        assert_eq!(names, "k\n");
        assert!(words.starts_with("warning: ") && words.matches("is a folder").count() == 1, "{words}");
    }
}

#[test]
fn oddities_are_told_with_what_each_reader_makes_of_them() {
    let sandbox = Sandbox::new()
        .config("[default]\nregion = x # note\n[dev]\n")
        .credentials(format!("[a]\nx: {CANARY}\n"));
    let (_, words) = sandbox.run(&["list-profiles", "-v"]).success_with_words();
    for expected in [
        "config:2: the value of `region` ends in what looks like a comment",
        "boto3, AWS CLI and Ruby: key `region` = `x # note`, with the comment",
        "Rust, JavaScript, Go and Java: key `region` = `x`, without the comment",
        "config:3: `[dev]` isn't a profile in the config file: write `[profile dev]`",
        "credentials:2: `:` between key and value",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn a_profile_is_removed_from_both_files_unless_others_need_it() {
    let config = "[default]\nregion = r\n\n# about b\n[profile b]\nregion = x\n\n[profile c]\nrole_arn = r\nsource_profile = b\n";
    let sandbox = Sandbox::new().config(config).credentials("[b]\naws_access_key_id = A\n[k]\n");
    let words = sandbox.run(&["profile", "remove", "b"]).failure(253);
    assert!(words.contains("`b` is the source of `c`") && words.contains("config:10"), "{words}");
    assert_eq!(sandbox.read_config(), config);
    let (diff, words) = sandbox.run(&["profile", "remove", "b", "--force", "--dry-run"]).success_with_words();
    assert!(
        words.contains("config:7: profile `c` has the source_profile `b`, which doesn't exist"),
        "{words}"
    );
    assert!(diff.contains("-[profile b]") && diff.contains("-[b]"), "{diff}");
    assert_eq!(sandbox.read_config(), config);
    let _ = sandbox.run(&["profile", "remove", "b", "--force"]).success_with_words();
    assert_eq!(
        sandbox.read_config(),
        "[default]\nregion = r\n\n# about b\n[profile c]\nrole_arn = r\nsource_profile = b\n"
    );
    assert_eq!(sandbox.read_credentials(), "[k]\n");
    assert!(sandbox.run(&["profile", "remove", "b"]).failure(253).contains("not found"));
}

#[test]
fn a_rename_takes_both_files_and_every_reference_along() {
    let sandbox = Sandbox::new()
        .config("[profile b] # note\nregion = x\n[profile c]\nsource_profile = b\n")
        .credentials("[b]\naws_access_key_id = A\n");
    let (_, words) = sandbox.run(&["profile", "rename", "b", "new name"]).success_with_words();
    assert!(words.contains("config:4\n"), "{words}");
    assert_eq!(
        sandbox.read_config(),
        "[profile 'new name'] # note\nregion = x\n[profile c]\nsource_profile = new name\n"
    );
    assert_eq!(sandbox.read_credentials(), "[new name]\naws_access_key_id = A\n");
    assert_eq!(
        sandbox.run(&["profile", "rename", "new name", "c"]).failure(253),
        "error: ~/.aws/config:3: profile `c` already exists\n\
         help: choose another name, or remove it first: `xcred profile remove c`\n"
    );
    assert!(
        sandbox.run(&["profile", "rename", "c", "a]b"]).failure(252).contains("can't be a profile's name")
    );
}

#[test]
fn a_copy_stands_beside_the_original() {
    let sandbox = Sandbox::new()
        .config("[profile b]\n# c\ns3 =\n    a = 1\n")
        .credentials(format!("[b]\naws_secret_access_key = {CANARY}\n"));
    let _ = sandbox.run(&["profile", "copy", "b", "d"]).success_with_words();
    assert_eq!(
        sandbox.read_config(),
        "[profile b]\n# c\ns3 =\n    a = 1\n[profile d]\n# c\ns3 =\n    a = 1\n"
    );
    assert_eq!(
        sandbox.read_credentials(),
        format!("[b]\naws_secret_access_key = {CANARY}\n[d]\naws_secret_access_key = {CANARY}\n")
    );
}

#[test]
fn the_long_list_marks_the_profile_whose_keys_are_in_the_environment() {
    let sandbox = Sandbox::new().config("[default]\nregion = a\n[profile dev]\nregion = a\n");
    let sandbox = sandbox.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", "c4n4ry");
    let marked_by = |sandbox: &Sandbox, sdk: &str| {
        let list = sandbox.run(&["list-profiles", "--long", "--sdk", sdk]).success();
        list.lines()
            .find_map(|line| line.strip_prefix("* "))
            .map(|line| line.split(' ').next().unwrap().to_owned())
    };
    let sdks = ["aws-cli", "boto3", "go", "js"];
    assert!(sdks.iter().all(|sdk| marked_by(&sandbox, sdk).is_none()));
    let sandbox = sandbox.env("XCRED_PROFILE", "dev");
    assert_eq!(sdks.map(|sdk| marked_by(&sandbox, sdk)), sdks.map(|_| Some("dev".to_owned())));
    let sandbox = sandbox.env("AWS_PROFILE", "default");
    let marked = sdks.map(|sdk| marked_by(&sandbox, sdk).unwrap_or_default());
    assert_eq!(marked, ["dev", "dev", "dev", "default"]);
}
