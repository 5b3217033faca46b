//! `xcred configure import`: the CSV files of the AWS console, in both of their forms, quoted or not.

use crate::harness::{CANARY, Sandbox, secret, section};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// A home with the file `keys.csv`.
fn with_csv(text: &str) -> Sandbox {
    Sandbox::new().file("keys.csv", text)
}

/// What the credentials file should say of one profile.
fn keys(profile: &str) -> String {
    section(profile, ID, CANARY)
}

#[test]
fn each_user_becomes_a_profile() {
    for text in [
        format!(
            "User name,Password,Access key ID,Secret access key,Console login link\nann,pw,{ID},{CANARY},url\n"
        ),
        format!(
            "\u{feff}\"Secret Access Key\",\"USER NAME\",\"access key id\"\r\n\"{CANARY}\",\"ann\",\"{ID}\"\r\n"
        ),
        format!(" user name , AccessKeyId , SecretAccessKey \n\n ann , {ID} , {CANARY} \n\n"),
    ] {
        let sandbox = with_csv(&text);
        let (out, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
        assert_eq!(out, "");
        assert!(
            words.contains("imported the access key of profile `ann`\n") && words.contains("[ann]"),
            "{words}"
        );
        assert_eq!(sandbox.read_credentials(), keys("ann"));
        assert!(!sandbox.path(".aws/config").exists());
    }
}

#[test]
fn the_file_of_one_key_goes_to_the_chosen_profile() {
    for text in [
        format!("Access key ID,Secret access key\n{ID},{CANARY}\n"),
        format!("\"Access key ID\",\"Secret access key\"\n\"{ID}\",\"{CANARY}\""),
    ] {
        let sandbox = with_csv(&text);
        let _ = sandbox.run(&["configure", "import", "keys.csv", "-p", "ci"]).success_with_words();
        assert_eq!(sandbox.read_credentials(), keys("ci"));
        let sandbox = with_csv(&text);
        let _ = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
        assert_eq!(sandbox.read_credentials(), keys("default"));
    }
}

#[test]
fn a_file_is_named_in_several_ways() {
    let text = format!("User Name,Access key ID,Secret access key\nann,{ID},{CANARY}\n");
    let sandbox = with_csv(&text);
    let address = format!("file://{}", sandbox.path("keys.csv").display());
    for arguments in [&["import", &address][..], &["import", "--csv", &address], &["import", "-"]] {
        let arguments = [&["configure"], arguments, &["--profile-prefix", "x-"]].concat();
        let _ = sandbox.run_with_input(&arguments, &text).success_with_words();
        assert_eq!(sandbox.read_credentials(), keys("x-ann"));
    }
}

#[test]
fn one_bad_row_stops_all_unless_it_may_be_left_out() {
    let good = format!("ann,{ID},{CANARY}");
    for (bad, reason) in [
        (format!("bob,{ID}"), "no secret access key"),
        (format!(",{ID},{CANARY}"), "no user name"),
        (format!("bob,,{CANARY}"), "no access key ID"),
        (format!("ann,{ID},{CANARY}2"), "has the same user name"),
        (format!("bob,{ID},{CANARY} x"), "contains whitespace"),
        (format!("b]ob,{ID},{CANARY}"), "can't be a profile's name"),
    ] {
        let sandbox = with_csv(&format!("User Name,Access key ID,Secret access key\n{good}\n{bad}\n"));
        let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains("error: keys.csv:3: entry 2: ") && words.contains(reason), "{bad}: {words}");
        assert!(words.contains("nothing was imported\nhelp: "), "{bad}: {words}");
        assert!(!sandbox.path(".aws").exists());
        let (_, words) =
            sandbox.run(&["configure", "import", "keys.csv", "--skip-invalid"]).success_with_words();
        assert!(words.contains(reason) && words.contains("skipped"), "{words}");
        assert_eq!(sandbox.read_credentials(), keys("ann"));
    }
    for ending in ["\n", "\r\n", "\r"] {
        let text =
            format!("User Name,Access key ID,Secret access key\n{good}\n\nbob,,\n").replace('\n', ending);
        let words = with_csv(&text).run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains("keys.csv:4: entry 2"), "{words}");
    }
}

#[test]
fn a_key_that_is_there_is_replaced_only_on_demand_and_its_token_goes() {
    let old = format!(
        "# mine\n[ann]\naws_access_key_id = ASIAOLDFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\naws_session_token = {CANARY}\n"
    );
    let sandbox = with_csv(&format!(
        "User Name,Access key ID,Secret access key\nbob,{ID},{CANARY}\nann,{ID},{CANARY}\n"
    ))
    .credentials(&old);
    let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("entry 2: profile `ann` already has an access key"), "{words}");
    assert!(words.contains("or choose other names with `--profile-prefix TEXT`"), "{words}");
    assert!(words.contains("--overwrite"), "{words}");
    assert_eq!(sandbox.read_credentials(), old);
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv", "--overwrite"]).success_with_words();
    assert!(
        words.contains("removed aws_session_token")
            && words.contains("imported the access keys of 2 profiles"),
        "{words}"
    );
    assert_eq!(sandbox.read_credentials(), format!("# mine\n{}{}", keys("ann"), keys("bob")));
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
    assert!(words.contains("every key is already there"), "{words}");
    sandbox.run(&["profile", "remove", "bob", "--yes"]).success_with_words();
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
    assert!(words.contains("imported the access key of 1 profile\n"), "{words}");
}

#[test]
fn a_profile_with_settings_alone_takes_a_key() {
    let sandbox = with_csv(&format!("Access key ID,Secret access key\n{ID},{CANARY}\n"))
        .config("[profile ci]\nregion = eu-west-1\n");
    let _ = sandbox.run(&["configure", "import", "keys.csv", "-p", "ci"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), keys("ci"));
    assert_eq!(sandbox.read_config(), "[profile ci]\nregion = eu-west-1\n");
}

#[test]
fn what_is_no_file_of_keys_is_refused() {
    for text in ["", "\n\n", "a,b\nc,d\n", "User Name,Access key ID,Secret access key\n"] {
        let sandbox = with_csv(text);
        let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains("keys.csv"), "{words}");
        assert!(!sandbox.path(".aws").exists());
    }
    let words = Sandbox::new().run(&["configure", "import", "absent.csv"]).failure(253);
    assert!(words.contains("absent.csv: no such file"), "{words}");
    let two = format!("Access key ID,Secret access key\n{ID},{CANARY}\n{ID},{CANARY}\n");
    let words = with_csv(&two).run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("a profile can have only one access key"), "{words}");
}

#[test]
fn a_dry_run_shows_the_change_without_the_secrets() {
    let sandbox = with_csv(&format!("Access key ID,Secret access key\n{ID},{CANARY}/{CANARY}+\n"));
    let diff = sandbox.run(&["configure", "import", "keys.csv", "-n"]).success();
    assert!(diff.contains("+[default]") && diff.contains("+aws_secret_access_key = ****"), "{diff}");
    assert!(!sandbox.path(".aws").exists());
}

/// The text of one user's key.
fn of_ann() -> String {
    format!("User name,Access key ID,Secret access key\nann,{ID},{CANARY}\n")
}

#[test]
fn the_text_itself_is_taken_as_by_aws_cli() {
    // A shell takes the last line feed away.
    let text = of_ann();
    for text in
        [text.trim_end(), &text.replace('\n', "\r\n"), &text.replace('\n', "\r"), &format!("\u{feff}{text}")]
    {
        for option in [&["--csv"][..], &[]] {
            let sandbox = Sandbox::new();
            let arguments = [&["configure", "import"], option, &[text]].concat();
            let (_, words) = sandbox.run(&arguments).success_with_words();
            assert!(words.contains("imported the access key of profile `ann`\n"), "{words}");
            assert_eq!(sandbox.read_credentials(), keys("ann"));
        }
    }
}

#[test]
fn text_that_cannot_be_used_is_not_repeated() {
    for text in [
        format!("{ID},{CANARY}\n"),
        format!("{ID},{CANARY}"),
        format!("~/{ID},{CANARY}"),
        format!("file://{ID},{CANARY}"),
        format!("a;{ID};{CANARY}"),
        format!("aws_access_key_id = {CANARY}\naws_secret_access_key = {ID}\n"),
        format!("[x]\naws_secret_access_key = {CANARY}\n"),
        format!("User name,Access key ID,Secret access key\nann,{ID},\n{CANARY}"),
        format!("User name\u{2028}{CANARY}"),
        format!("User name\u{85}{CANARY}"),
        format!("User name,{CANARY},Secret access key\r"),
        format!("{CANARY}\n{}", "x".repeat(100_000)),
        "User name,Access key ID,Secret access key".to_owned(),
    ] {
        for option in [&["--csv"][..], &[]] {
            let sandbox = Sandbox::new();
            let arguments = [&["configure", "import"], option, &[text.as_str()]].concat();
            let outcome = sandbox.run(&arguments);
            let code = if outcome.code_is(252) { 252 } else { 253 };
            let words = outcome.failure(code);
            assert!(words.contains("help: ") || words.contains("no access keys"), "{text}: {words}");
            assert!(words.len() < 1000, "{words}");
            assert!(!sandbox.path(".aws").exists());
        }
    }
}

#[test]
fn other_separators_than_commas_are_recognized() {
    for separator in [";", "\t", "|"] {
        let text = of_ann().replace(',', separator);
        for text in [text.clone(), format!("\u{feff}{text}"), text.replace("ann", "\"ann\"")] {
            let sandbox = with_csv(&text);
            let _ = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
            assert_eq!(sandbox.read_credentials(), keys("ann"));
        }
    }
    // A spreadsheet may name its separator above, which doesn't move the lines.
    let sandbox =
        with_csv(&format!("sep=;\r\n{}bob;;\r\n", of_ann().replace(',', ";").replace('\n', "\r\n")));
    let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("keys.csv:4: entry 2: it has no access key ID"), "{words}");
    let _ = sandbox.run(&["configure", "import", "keys.csv", "--skip-invalid"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), keys("ann"));
}

#[test]
fn a_file_is_named_as_in_aws_cli() {
    let sandbox = with_csv(&of_ann());
    let home = sandbox.home().display().to_string();
    for name in [
        "file:keys.csv",
        "file://keys.csv",
        "fileb://keys.csv",
        "file://~/keys.csv",
        "file://$HOME/keys.csv",
        &format!("file:{home}/keys.csv"),
    ] {
        let (_, words) = sandbox.run(&["configure", "import", "--csv", name]).success_with_words();
        assert!(
            words.contains("imported the access key of profile") || words.contains("is already there"),
            "{name}: {words}"
        );
    }
    let words = sandbox.run(&["configure", "import", "file:absent.csv"]).failure(253);
    assert!(words.contains("absent.csv: no such file"), "{words}");
}

#[test]
fn pipes_are_read_and_devices_are_not() {
    let by = |line: &str| {
        let sandbox = with_csv(&of_ann());
        let xcred = sandbox.command();
        let mut command = std::process::Command::new("bash");
        command.env_clear().envs(xcred.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(sandbox.home()).args(["-c", line, "bash"]).arg(xcred.get_program());
        let outcome = sandbox.finish(command, &of_ann());
        (sandbox, outcome)
    };
    for line in [
        r#""$1" configure import /dev/stdin"#,
        r#""$1" configure import /dev/stdin < keys.csv"#,
        r#""$1" configure import <(cat keys.csv)"#,
        r#""$1" configure import --csv /dev/fd/3 3< keys.csv"#,
    ] {
        let (sandbox, outcome) = by(line);
        let _ = outcome.success_with_words();
        assert_eq!(sandbox.read_credentials(), keys("ann"), "{line}");
    }
    for line in [
        r#"mkfifo keys; timeout 20 "$1" configure import keys"#,
        r#"timeout 20 "$1" configure import /dev/zero"#,
        r#"timeout 20 "$1" configure import file:///dev/null"#,
    ] {
        let words = by(line).1.failure(253);
        assert!(words.contains("not a file") && words.contains("standard input"), "{line}: {words}");
    }
    for line in
        [r#"timeout 20 "$1" configure import - < /dev/zero"#, r#"yes | timeout 20 "$1" configure import -"#]
    {
        let words = by(line).1.failure(252);
        assert!(words.contains("is larger than 1024 KiB"), "{line}: {words}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let large = of_ann() + &"x,y,z\n".repeat(200_000);
    let words = with_csv(&large).run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("keys.csv is larger than 1024 KiB"), "{words}");
}

#[test]
fn thousands_of_rows_are_imported_in_one_edit() {
    let rows: Vec<String> = (0..5000).map(|at| format!("u{at},{ID},{CANARY}")).collect();
    let many = format!("User name,Access key ID,Secret access key\n{}\n", rows.join("\n"));
    let sandbox = with_csv(&many);
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
    assert!(words.contains("imported the access keys of 5000 profiles"));
    let text = sandbox.read(".aws/credentials");
    assert_eq!(text.matches("[u").count(), 5000);
    assert!(text.ends_with(&section("u4999", ID, CANARY)));
}

#[test]
fn fields_in_the_wrong_column_are_refused_unseen() {
    let secret = secret();
    for (row, reason) in [
        (format!("ann,{secret},{ID}"), "look swapped"),
        (format!("{ID},ann,{secret}"), "its user name looks like a key"),
        (format!("{secret},{ID},{secret}"), "its user name looks like a key"),
        (format!("{ID},{ID},{secret}"), "its user name looks like a key"),
        (format!("\"ann\nbob,{secret}\",{ID},{secret}"), "a line break"),
        (format!("\"ann\rbob\",{ID},{secret}"), "a line break"),
        (format!("\"ann\u{2028}bob\",{ID},{secret}"), "a line break"),
        (format!("ann,{ID},\"{secret}\n{secret}\""), "whitespace"),
        (format!("ann,\"{ID}\n\",\"{secret}\u{85}x\""), "whitespace"),
        // A quote that is left open takes everything up to the end.
        (format!("\"ann,{ID},{secret}\nbob,{ID},{secret}\n"), "a line break"),
    ] {
        let sandbox = with_csv(&format!("User name,Access key ID,Secret access key\n{row}\n"));
        let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains(reason), "{row:?}: {words}");
        assert!(words.contains("nothing was imported") && !words.contains("aaaaKEYS"), "{row:?}: {words}");
        assert!(!sandbox.path(".aws").exists());
    }
}

#[test]
fn columns_that_are_missing_or_there_twice_are_named() {
    for (header, what) in [
        ("User name,Access key ID", "no column `Secret access key`"),
        ("User name,Secret access key", "no column `Access key ID`"),
        ("Access key ID,Secret access key,Access key ID", "two columns have the same name"),
        ("Access key ID,Secret access key;x", "no column"),
    ] {
        let words =
            with_csv(&format!("{header}\na,b,c\n")).run(&["configure", "import", "keys.csv"]).failure(253);
        assert!(words.contains(what) && words.contains("help: "), "{header}: {words}");
    }
}

#[test]
fn what_the_access_portal_offers_is_imported() {
    const TEMPORARY: &str = "ASIAIOSFODNN7EXAMPLE";
    let expected = |profile: &str| {
        format!(
            "[{profile}]\naws_access_key_id = {TEMPORARY}\naws_secret_access_key = {CANARY}\naws_session_token = {CANARY}+token==\n"
        )
    };
    let shell = format!(
        "export AWS_ACCESS_KEY_ID=\"{TEMPORARY}\"\nexport AWS_SECRET_ACCESS_KEY=\"{CANARY}\"\nexport AWS_SESSION_TOKEN=\"{CANARY}+token==\"\n"
    );
    let ini = format!(
        "[123456789012_Admin]\r\naws_access_key_id={TEMPORARY}\r\naws_secret_access_key={CANARY}\r\naws_session_token={CANARY}+token==\r\n"
    );
    for (text, arguments, profile) in [
        (&shell, &["configure", "import", "-"][..], "default"),
        (&shell, &["configure", "import", "keys.csv", "-p", "ci"], "ci"),
        (&shell.replace('"', "”"), &["configure", "import", "keys.csv", "-p", "ci"], "ci"),
        (&ini, &["configure", "import", "-"], "123456789012_Admin"),
        (&ini, &["configure", "import", "-", "-p", "ci"], "ci"),
        (&ini, &["configure", "import", "keys.csv"], "123456789012_Admin"),
    ] {
        let sandbox = with_csv(text);
        let (_, words) = sandbox.run_with_input(arguments, text).success_with_words();
        assert_eq!(sandbox.read_credentials(), expected(profile), "{arguments:?}");
        assert!(words.contains(&format!("imported the access key of profile `{profile}`")), "{words}");
        // Only a file still has the secrets.
        assert_eq!(words.contains("delete it: `rm "), arguments.contains(&"keys.csv"), "{words}");
    }
    let without_token = shell.lines().take(2).collect::<Vec<_>>().join("\n");
    let sandbox = Sandbox::new();
    let words = sandbox.run_with_input(&["configure", "import", "-"], &without_token).failure(253);
    assert!(words.contains("standard input:1: its temporary access key has no session token"), "{words}");
    let stuck = shell.replace(&format!("{TEMPORARY}\""), &format!("{TEMPORARY},\""));
    let words = sandbox.run_with_input(&["configure", "import", "-"], &stuck).failure(253);
    assert!(words.contains("its access key ID has quotes, spaces or other characters around it"), "{words}");
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn statements_on_one_line_are_imported_as_those_on_several() {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", CANARY.to_owned()),
        ("AWS_SESSION_TOKEN", format!("{CANARY}+token==")),
        ("AWS_CREDENTIAL_EXPIRATION", "2030-01-01T00:00:00+00:00".to_owned()),
    ];
    let [(_, id), (_, secret), (_, token), _] = &variables;
    let expected = format!(
        "[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\naws_session_token = {token}\n"
    );
    for (form, between) in [
        ("export NAME=VALUE", "; "),
        ("export NAME=\"VALUE\"", ";"),
        ("export NAME='VALUE'", " && "),
        ("NAME=VALUE", " "),
        ("set NAME=VALUE", "&"),
        ("set \"NAME=VALUE\"", " & "),
        ("$env:NAME=\"VALUE\"", "; "),
        ("$Env:NAME = 'VALUE'", ";"),
        ("set -gx NAME VALUE", "; "),
        ("set -gx NAME VALUE", "\n"),
        ("setenv NAME 'VALUE'", ";"),
    ] {
        let one = |(name, value): &(&str, String)| form.replace("NAME", name).replace("VALUE", value);
        let text = variables.iter().map(one).collect::<Vec<_>>().join(between);
        for text in [&text, &format!("{text}\n"), &text.replacen("NAME=VALUE ", "export NAME=VALUE ", 1)] {
            let sandbox = Sandbox::new();
            let _ = sandbox.run_with_input(&["configure", "import", "-"], text).success_with_words();
            assert_eq!(sandbox.read_credentials(), expected, "{form}, {between:?}");
            let sandbox = Sandbox::new();
            let _ = sandbox.run_with_input(&["configure"], &format!("{text}\n")).success_with_words();
            assert_eq!(sandbox.read_credentials(), expected, "{form}, {between:?}");
        }
    }
    for text in [
        format!("export AWS_ACCESS_KEY_ID={id}; curl x; export AWS_SECRET_ACCESS_KEY={secret}"),
        format!("export AWS_ACCESS_KEY_ID=\"{id}; export AWS_SECRET_ACCESS_KEY={secret}"),
        format!("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE # export AWS_SECRET_ACCESS_KEY={secret}"),
        format!("export AWS_ACCESS_KEY_ID=$(id); export AWS_SECRET_ACCESS_KEY={secret}"),
        format!("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY={secret} tool"),
    ] {
        let sandbox = Sandbox::new();
        let _ = sandbox.run_with_input(&["configure", "import", "-"], &text).failure(253);
        assert!(!sandbox.path(".aws").exists(), "{text}");
    }
}

#[test]
fn the_region_of_an_option_is_written_with_the_keys() {
    let sandbox = with_csv(&of_ann());
    let (_, words) =
        sandbox.run(&["configure", "import", "keys.csv", "--region", "eu-west-1"]).success_with_words();
    assert_eq!(sandbox.read_config(), "[profile ann]\nregion = eu-west-1\n");
    assert!(
        words.contains("contains secret access keys and is no longer needed; delete it: `rm keys.csv`"),
        "{words}"
    );
    assert!(words.contains("next: `xcred whoami --profile ann`"), "{words}");
}

#[test]
fn the_help_removes_the_file_and_not_only_a_link_to_it() {
    let sandbox = with_csv(&of_ann());
    std::fs::rename(sandbox.path("keys.csv"), sandbox.path("my key's.csv")).expect("it works");
    std::os::unix::fs::symlink("my key's.csv", sandbox.path("first")).expect("it works");
    std::os::unix::fs::symlink("first", sandbox.path("link")).expect("it works");
    let (_, words) = sandbox.run(&["configure", "import", "link"]).success_with_words();
    let real = std::fs::canonicalize(sandbox.path("my key's.csv")).expect("it works");
    let remove = words.split('`').find(|text| text.starts_with("rm ")).expect("a command");
    let removed = std::process::Command::new("sh").args(["-c", remove]).current_dir(sandbox.home()).status();
    assert!(removed.expect("it works").success(), "{words}");
    assert!(!real.exists() && !sandbox.path("link").is_symlink(), "{words}");
}

#[test]
fn a_profile_that_an_option_names_gets_the_key_of_a_single_user_and_never_one_of_many() {
    let rows = |users: &[&str]| {
        let row = |user: &&str| format!("{user},AKIAIOSFODNN7EXAMPLE,{CANARY}\n");
        format!(
            "User Name,Access key ID,Secret access key\n{}",
            users.iter().map(row).collect::<Vec<_>>().concat()
        )
    };
    let sandbox = Sandbox::new().file("keys.csv", rows(&["alice"]));
    sandbox.run(&["configure", "import", "keys.csv", "--profile", "work"]).success_with_words();
    assert!(sandbox.read_credentials().starts_with("[work]\n"), "{}", sandbox.read_credentials());
    let sandbox = Sandbox::new().file("keys.csv", rows(&["alice", "bob"]));
    let words = sandbox.run(&["configure", "import", "keys.csv", "--profile", "work"]).failure(252);
    assert!(words.contains("the keys of 2 users") && words.contains("leave out `--profile`"), "{words}");
    assert!(!sandbox.path(".aws").exists());
}

#[test]
fn a_secret_that_a_spreadsheet_or_an_editor_changed_is_pointed_out_and_not_shown() {
    let secret = format!("{CANARY}/K7MDENG/bPxRfiCYEXAM");
    for (field, is_odd) in [
        (secret.clone(), false),
        (format!("\"\"\"{secret}\"\"\""), true),
        (format!("=\"{secret}\""), true),
        (format!("'{secret}"), true),
        (format!("{secret}\u{200b}"), true),
    ] {
        let sandbox = with_csv(&format!(
            "User Name,Access key ID,Secret access key\nann,AKIAIOSFODNN7EXAMPLE,{field}\n"
        ));
        let (_, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
        let warning = "keys.csv:2: entry 1: this doesn't look like a secret access key: it has characters other than letters";
        assert_eq!(words.contains(warning), is_odd, "{field}: {words}");
        assert_eq!(words.contains("warning: "), is_odd, "{field}: {words}");
    }
}

#[test]
fn a_file_whose_rows_were_skipped_is_still_needed() {
    let row = |user: &str| format!("{user},AKIAIOSFODNN7EXAMPLE,{CANARY}\n");
    let rows = format!("User Name,Access key ID,Secret access key\n{}{}", row("ann"), row("b]b"));
    let sandbox = with_csv(&rows);
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv", "--skip-invalid"]).success_with_words();
    assert!(words.contains("imported the access key") && words.contains("skipped"), "{words}");
    assert!(!words.contains("no longer needed"), "{words}");
}

#[test]
fn a_file_that_sdks_read_is_never_called_superfluous() {
    let home = || {
        let sandbox = Sandbox::new().credentials(keys("dev")).file("other", keys("dev"));
        std::fs::create_dir_all(sandbox.path("windows/.aws")).unwrap();
        std::fs::copy(sandbox.path("other"), sandbox.path("windows/.aws/credentials")).unwrap();
        std::os::unix::fs::symlink(".aws/credentials", sandbox.path("link")).unwrap();
        std::fs::hard_link(sandbox.path(".aws/credentials"), sandbox.path("twin")).unwrap();
        sandbox
    };
    let sandbox = home();
    let address = format!("file://{}", sandbox.path(".aws/credentials").display());
    for arguments in [
        &["~/.aws/credentials"][..],
        &[&address],
        &["link"],
        &["twin"],
        &["~/.aws/credentials", "-p", "new"],
        &["~/.aws/credentials", "--profile-prefix", "x-"],
        &["windows/.aws/credentials"],
    ] {
        let arguments = [&["configure", "import"], arguments].concat();
        let (_, words) = sandbox.run(&arguments).success_with_words();
        assert!(!words.contains("delete it"), "{arguments:?}: {words}");
    }
    let arguments = ["configure", "import", "other"];
    let (_, words) = home().run(&arguments).success_with_words();
    assert!(words.contains("; delete it: `rm other`"), "{words}");
    let sandbox = home().env("AWS_SHARED_CREDENTIALS_FILE", "other");
    let (_, words) = sandbox.run(&arguments).success_with_words();
    assert!(!words.contains("delete it"), "{words}");
}

#[test]
fn what_aws_cli_prints_of_a_new_key_is_imported() {
    let created = format!(
        "{{\n    \"AccessKey\": {{\n        \"UserName\": \"ann\",\n        \"AccessKeyId\": \"{ID}\",\n        \
         \"Status\": \"Active\",\n        \"SecretAccessKey\": \"{CANARY}\"\n    }}\n}}\n"
    );
    let sandbox = with_csv(&created);
    let _ = sandbox.run(&["configure", "import", "keys.csv", "-p", "ci"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), keys("ci"));
    let temporary = format!(
        "{{\"Credentials\":{{\"AccessKeyId\":\"ASIAIOSFODNN7EXAMPLE\",\"SecretAccessKey\":\"{CANARY}\",\
         \"SessionToken\":\"TOKEN/{CANARY}\",\"Expiration\":\"2099-01-01T00:00:00Z\"}}}}"
    );
    // The key that was there belongs to another identity.
    let sandbox = sandbox.file("session.json", &temporary);
    let refused = sandbox.run(&["configure", "import", "session.json", "-p", "ci"]).failure(253);
    assert!(refused.contains("already has an access key"), "{refused}");
    assert!(refused.contains("or choose another profile with `--profile NAME`"), "{refused}");
    let _ = sandbox.run(&["configure", "import", "session.json", "-p", "dev"]).success_with_words();
    let token = format!("aws_session_token = TOKEN/{CANARY}\n");
    assert!(sandbox.read_credentials().ends_with(&token));
    let cut = sandbox.file("cut.json", &temporary[..100]);
    let refused = cut.run(&["configure", "import", "cut.json", "-p", "x"]).failure(253);
    assert!(refused.starts_with("error: cut.json:1: this is not a JSON document\n"), "{refused}");
}

#[test]
fn keys_that_something_else_comes_before_are_pointed_out() {
    let csv = format!("User name,Access key ID,Secret access key\np,{ID},{CANARY}\n");
    let config = "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nretry_mode = adaptve\n";
    let sandbox = with_csv(&csv).config(config).credentials(section("base", "AKIAI44QH8DHBEXAMPLE", CANARY));
    for options in [&["--dry-run"][..], &[]] {
        let (_, words) = sandbox
            .run(&[&["configure", "import", "keys.csv", "--no-input"], options].concat())
            .success_with_words();
        assert!(words.contains("config:2: `role_arn` takes precedence over `aws_access_key_id`"), "{words}");
        assert!(words.contains("`xcred unset role_arn --profile p`"), "{words}");
        // What else is wrong with the profile.
        assert!(words.contains("config:4: `retry_mode` must be"), "{words}");
    }
}

#[test]
fn a_token_is_imported_without_the_comment_behind_its_quotes_or_not_at_all() {
    let lines = |token: &str| {
        format!(
            "export AWS_ACCESS_KEY_ID=\"ASIAIOSFODNN7EXAMPLE\"\nexport AWS_SECRET_ACCESS_KEY=\"{CANARY}\"; # mine\n{token}\n"
        )
    };
    let text = lines(&format!("export AWS_SESSION_TOKEN=\"TOKEN/{CANARY}\"  # until 18:00"));
    let sandbox = with_csv(&text);
    let _ = sandbox.run(&["configure", "import", "keys.csv", "-p", "dev"]).success_with_words();
    let _ = sandbox.run_with_input(&["configure", "-p", "piped"], &text).success_with_words();
    let token = format!("aws_session_token = TOKEN/{CANARY}\n");
    assert_eq!(sandbox.read_credentials().matches(&token).count(), 2);
    let text = lines(&format!("AWS_SESSION_TOKEN=\"TOKEN/{CANARY}\"  # until 18:00"));
    let sandbox = with_csv(&text);
    let words = sandbox.run(&["configure", "import", "keys.csv", "-p", "dev"]).failure(253);
    assert!(words.contains("its session token contains whitespace"), "{words}");
    let words = sandbox.run_with_input(&["configure", "-p", "dev"], &text).failure(252);
    assert!(words.contains("has whitespace in its access key or its session token"), "{words}");
    assert!(!sandbox.path(".aws/credentials").exists());
}

#[test]
fn a_part_of_a_key_that_is_there_twice_is_refused_with_its_line() {
    let other = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKE1";
    let pair = format!("AWS_ACCESS_KEY_ID={ID}\nAWS_SECRET_ACCESS_KEY={CANARY}/{CANARY}+\n");
    for (behind, place) in [
        (
            format!("AWS_ACCESS_KEY_ID=AKIAI44QH8DHBEXAMPLE\nAWS_SECRET_ACCESS_KEY={other}\n"),
            "keys.csv:3: this is another access key ID",
        ),
        (
            format!("# rotated\nAWS_SECRET_ACCESS_KEY={other}\n"),
            "keys.csv:4: this is another secret access key",
        ),
        (
            format!("export AWS_REGION=a AWS_SESSION_TOKEN={other}\nAWS_SECURITY_TOKEN=x{other}\n"),
            "keys.csv:4: this is another session token",
        ),
    ] {
        let sandbox = with_csv(&format!("{pair}{behind}"));
        let words = sandbox.run(&["configure", "import", "keys.csv", "-p", "me"]).failure(253);
        assert!(words.contains(place) && words.contains("nothing was imported"), "{words}");
        assert!(!words.contains(CANARY) && !words.contains(other), "{words}");
        assert!(!sandbox.path(".aws").exists());
        // Through a pipe, too.
        let words = Sandbox::new().run_with_input(&["configure"], &format!("{pair}{behind}")).failure(252);
        assert!(words.contains("standard input has more than one "), "{words}");
    }
    // The same once more, and two names of the same.
    let again = format!("{pair}{pair}AWS_REGION=eu-west-1\nAWS_DEFAULT_REGION=eu-west-1\n");
    with_csv(&again).run(&["configure", "import", "keys.csv", "-p", "me"]).success_with_words();
}
