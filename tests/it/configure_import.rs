//! `xcred configure import`: the CSV files of the AWS console, in both of their forms, quoted or not.

use crate::harness::{CANARY, Sandbox};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// A home with the file `keys.csv`.
fn with_csv(text: &str) -> Sandbox {
    Sandbox::new().file("keys.csv", text)
}

/// What the credentials file should say of one profile.
fn section(profile: &str) -> String {
    format!("[{profile}]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\n")
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
        assert!(words.contains("imported 1 profile\n") && words.contains("[ann]"), "{words}");
        assert_eq!(sandbox.read_credentials(), section("ann"));
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
        assert_eq!(sandbox.read_credentials(), section("ci"));
        let sandbox = with_csv(&text);
        let _ = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
        assert_eq!(sandbox.read_credentials(), section("default"));
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
        assert_eq!(sandbox.read_credentials(), section("x-ann"));
    }
}

#[test]
fn one_bad_row_stops_all_unless_it_may_be_left_out() {
    let good = format!("ann,{ID},{CANARY}");
    for (bad, reason) in [
        (format!("bob,{ID}"), "no secret access key"),
        (format!(",{ID},{CANARY}"), "no user name"),
        (format!("bob,,{CANARY}"), "no access key ID"),
        (format!("ann,{ID},{CANARY}2"), "has this user name"),
        (format!("bob,{ID},{CANARY} x"), "has blanks"),
        (format!("b]ob,{ID},{CANARY}"), "can't be a profile's name"),
    ] {
        let sandbox = with_csv(&format!("User Name,Access key ID,Secret access key\n{good}\n{bad}\n"));
        let outcome = sandbox.run(&["configure", "import", "keys.csv"]);
        let code = if outcome.code_is(252) { 252 } else { 253 };
        let words = outcome.failure(code);
        assert!(words.contains(reason), "{bad}: {words}");
        assert!(!sandbox.path(".aws").exists());
        let (_, words) =
            sandbox.run(&["configure", "import", "keys.csv", "--skip-invalid"]).success_with_words();
        assert!(words.contains(reason) && words.contains("left out"), "{words}");
        assert_eq!(sandbox.read_credentials(), section("ann"));
    }
    let sandbox = with_csv(&format!("User Name,Access key ID,Secret access key\n{good}\nbob,,\n"));
    let words = sandbox.run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("keys.csv:3: entry 2"), "{words}");
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
    assert!(words.contains("entry 2: profile `ann` has an access key already"), "{words}");
    assert!(words.contains("--overwrite"), "{words}");
    assert_eq!(sandbox.read_credentials(), old);
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv", "--overwrite"]).success_with_words();
    assert!(words.contains("removed aws_session_token") && words.contains("imported 2 profiles"), "{words}");
    assert_eq!(sandbox.read_credentials(), format!("# mine\n{}{}", section("ann"), section("bob")));
    let (_, words) = sandbox.run(&["configure", "import", "keys.csv"]).success_with_words();
    assert!(words.contains("every key is there already"), "{words}");
}

#[test]
fn a_profile_with_settings_alone_takes_a_key() {
    let sandbox = with_csv(&format!("Access key ID,Secret access key\n{ID},{CANARY}\n"))
        .config("[profile ci]\nregion = eu-west-1\n");
    let _ = sandbox.run(&["configure", "import", "keys.csv", "-p", "ci"]).success_with_words();
    assert_eq!(sandbox.read_credentials(), section("ci"));
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
    let words = Sandbox::new().run(&["configure", "import", "absent.csv"]).failure(252);
    assert!(words.contains("absent.csv is not there"), "{words}");
    let two = format!("Access key ID,Secret access key\n{ID},{CANARY}\n{ID},{CANARY}\n");
    let words = with_csv(&two).run(&["configure", "import", "keys.csv"]).failure(253);
    assert!(words.contains("one too many"), "{words}");
}

#[test]
fn a_dry_run_shows_the_change_without_the_secrets() {
    let sandbox = with_csv(&format!("Access key ID,Secret access key\n{ID},{CANARY}\n"));
    let diff = sandbox.run(&["configure", "import", "keys.csv", "-n"]).success();
    assert!(diff.contains("+[default]") && diff.contains("+aws_secret_access_key = ****"), "{diff}");
    assert!(!sandbox.path(".aws").exists());
}
