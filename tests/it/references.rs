//! Everything that refers to a profile by its name, when the profile gets another one or goes.

use crate::harness::{CANARY, Sandbox, section};

const CONFIG: &str = "[profile dev]
region = eu-central-1
[profile ide]
credential_process = xcred credential-process --profile dev
[profile shell]
credential_process = sh -c 'TOKEN=c4n4ry /usr/local/bin/xcred export-env -p dev --format json'
[profile cli]
credential_process = aws configure export-credentials --profile dev --format process
[profile vault]
credential_process = env TOKEN=c4n4ry aws-vault exec dev --json
[profile wary]
credential_process = sh -c \"AWS_PROFILE=dev own-tool\"
[profile old]
include_profile = dev
[profile role]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = dev
[profile Dev]
region = us-east-2
";

fn home() -> Sandbox {
    let keys = section("dev", "AKIAIOSFODNN7EXAMPLE", CANARY);
    Sandbox::new().config(CONFIG).credentials(keys)
}

#[test]
fn a_rename_follows_every_line_that_calls_xcred_and_names_every_other() {
    let sandbox = home();
    let (_, words) = sandbox.run(&["profile", "rename", "dev", "build"]).success_with_words();
    let expected = CONFIG
        .replace("[profile dev]", "[profile build]")
        .replace("xcred credential-process --profile dev", "xcred credential-process --profile build")
        .replace("xcred export-env -p dev", "xcred export-env -p build")
        .replace("include_profile = dev", "include_profile = build")
        .replace("source_profile = dev", "source_profile = build");
    assert_eq!(sandbox.read_config(), expected);
    for line in ["config:4\n", "config:6\n", "config:14\n", "config:17\n"] {
        assert!(words.contains(line), "{line}: {words}");
    }
    for (line, program) in [(8, "aws"), (10, "aws-vault"), (12, "AWS_PROFILE")] {
        let warning = format!("config:{line}: `{program}` still names profile `dev`");
        assert!(words.contains(&warning), "{warning}: {words}");
    }
    assert!(!words.contains("TOKEN"), "{words}");
}

#[test]
fn a_rename_names_each_of_a_thousand_lines_that_it_updated() {
    let role = |at: u32| {
        format!("[profile r{at}]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\n")
    };
    let config = "[profile dev]\n".to_owned() + &(0..1000).map(role).collect::<String>();
    let sandbox = Sandbox::new().config(config);
    let (_, words) = sandbox.run(&["profile", "rename", "dev", "build"]).success_with_words();
    let expected = (0..1000).map(|at| format!("updated source_profile in ~/.aws/config:{}\n", 3 * at + 4));
    assert_eq!(words, "renamed `dev` to `build`\n".to_owned() + &expected.collect::<String>());
}

#[test]
fn a_rename_that_is_only_shown_warns_of_the_same_and_changes_nothing() {
    let sandbox = home();
    let (diff, words) = sandbox.run(&["profile", "rename", "dev", "a b", "--dry-run"]).success_with_words();
    assert!(diff.contains("+credential_process = xcred credential-process --profile 'a b'"), "{diff}");
    // Not inside the quotes of another shell.
    assert!(words.contains("config:6: `xcred` still names profile `dev`"), "{words}");
    assert_eq!(sandbox.read_config(), CONFIG);
}

#[test]
fn a_profile_that_a_command_line_names_is_not_removed() {
    let sandbox = home();
    let words = sandbox.run(&["profile", "remove", "dev"]).failure(253);
    for user in ["`ide` (", "`shell` (", "`cli` (", "`vault` (", "`wary` (", "`old` (", "`role` ("] {
        assert!(words.contains(user), "{user}: {words}");
    }
    assert!(!words.contains("`Dev`"), "{words}");
    assert_eq!(sandbox.read_config(), CONFIG);
    let only = "[profile dev]\n[profile ide]\ncredential_process = xcred credential-process -p dev\n";
    let words = Sandbox::new().config(only).run(&["profile", "remove", "dev"]).failure(253);
    assert!(words.contains("is named in the command line of `ide`"), "{words}");
    // Its own line is no reason.
    let own = "[profile dev]\ncredential_process = aws-vault exec dev --json\n";
    let _ = Sandbox::new().config(own).run(&["profile", "remove", "dev"]).success_with_words();
}

#[test]
fn a_variable_and_a_setting_that_name_the_old_name_are_warned_of() {
    let set = |sandbox: Sandbox| {
        sandbox
            .env("AWS_PROFILE", "dev")
            .env("AWS_DEFAULT_PROFILE", "dev")
            .file(".config/xcred/config.toml", "[mfa]\ncommand = 'own-otp --profile dev'\n")
    };
    let (_, words) = set(home()).run(&["profile", "rename", "dev", "build"]).success_with_words();
    assert!(words.contains("AWS_PROFILE still names profile `dev`"), "{words}");
    assert!(words.contains("help: set AWS_PROFILE to `build`, or unset it"), "{words}");
    assert!(words.contains("AWS_DEFAULT_PROFILE still names profile `dev`"), "{words}");
    assert!(words.contains("setting `mfa.command`: `own-otp` still names profile `dev`"), "{words}");
    let allowing = |list: &str| home().env("XCRED_ALLOW", list);
    let (_, words) = allowing("ops, dev").run(&["profile", "rename", "dev", "build"]).success_with_words();
    assert!(words.contains("warning: XCRED_ALLOW still allows profile `dev`\n"), "{words}");
    assert!(words.contains("help: replace `dev` by `build` in it"), "{words}");
    let (_, words) = allowing("dev").run(&["profile", "remove", "--force", "dev"]).success_with_words();
    assert!(words.contains("help: remove `dev` from it"), "{words}");
    // Under another name it could be used.
    let words = allowing("ops,dev2").run(&["profile", "rename", "dev", "b"]).failure(253);
    assert!(words.starts_with("error: XCRED_ALLOW doesn't allow profile `dev`\n"), "{words}");
    let (_, words) = set(home()).run(&["profile", "remove", "--force", "dev"]).success_with_words();
    assert!(words.contains("help: `unset AWS_PROFILE`"), "{words}");
    let (_, words) =
        home().env("AWS_PROFILE", "Dev").run(&["profile", "rename", "dev", "b"]).success_with_words();
    assert!(!words.contains("warning: AWS_PROFILE"), "{words}");
}

#[test]
fn each_edit_of_a_profile_says_in_one_line_what_it_did() {
    let sandbox =
        Sandbox::new().config("[profile dev]\nregion = eu-west-1\n[profile ops]\nsource_profile = dev\n");
    let place = |line: u32| format!("{}:{line}", sandbox.shown(".aws/config"));
    let said = |arguments: &[&str]| sandbox.run(arguments).success_with_words().1;
    assert_eq!(
        said(&["profile", "rename", "dev", "build"]),
        format!("renamed `dev` to `build`\nupdated source_profile in {}\n", place(4))
    );
    assert_eq!(said(&["profile", "copy", "build", "test"]), "copied `build` to `test`\n");
    // What a copy inherits, the original does, too.
    let other = Sandbox::new()
        .credentials("[DEFAULT]\naws_session_token = old\n[a]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\n");
    let (_, words) = other.run(&["profile", "copy", "a", "b"]).success_with_words();
    assert!(!words.contains("[DEFAULT]"), "{words}");
    assert_eq!(said(&["profile", "remove", "test", "-v"]), format!("removed `test`\n{}\n", place(5)));
    // A dry run only shows.
    assert!(sandbox.run(&["profile", "remove", "ops", "-n"]).success().contains("-[profile ops]"));
}

#[test]
fn a_rename_names_the_lines_that_only_other_sdks_take_for_the_profile() {
    let role = |line: &str| format!("role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = {line}\n");
    let lines = ["dev # base", "\"dev\"", "'dev'", "dev\t; base"];
    let other = ["dev#base", "dev-two # dev", "\"dev", "# dev"];
    let profiles: String = lines
        .iter()
        .chain(&other)
        .enumerate()
        .fold(String::new(), |text, (at, line)| text + &format!("[profile r{at}]\n{}", role(line)));
    let config = format!("[profile dev]\nregion = eu-central-1\n{profiles}");
    let sandbox = Sandbox::new().config(config.as_str());
    let (_, words) = sandbox.run(&["profile", "rename", "dev", "build"]).success_with_words();
    assert_eq!(sandbox.read_config(), config.replace("[profile dev]", "[profile build]"));
    for at in 0..lines.len() {
        let warning = format!("config:{}: `source_profile` still names profile `dev`", 5 + at * 3);
        assert!(words.contains(&warning), "{warning}: {words}");
    }
    assert_eq!(words.matches("still names").count(), lines.len(), "{words}");
}

#[test]
fn a_rename_removes_no_line_of_a_repeated_key() {
    let config = "[profile dev]\n[profile r]\nsource_profile = ops\nsource_profile = dev\n[profile p]\n\
                  credential_process = own-tool\ncredential_process = xcred credential-process -p dev\n";
    let sandbox = Sandbox::new().config(config);
    let (_, words) = sandbox.run(&["profile", "rename", "dev", "build"]).success_with_words();
    assert_eq!(sandbox.read_config(), config.replace("[profile dev]", "[profile build]"));
    assert!(words.contains("config:4: `source_profile` still names profile `dev`"), "{words}");
    assert!(words.contains("config:7: `xcred` still names profile `dev`"), "{words}");
}

#[test]
fn a_rename_is_followed_in_sections_that_only_some_sdks_read() {
    let config = "[DEFAULT]\ninclude_profile = dev\n[profile dev]\n[profile r]\nsource_profile = dev\n\
                  [profile  r]\nsource_profile = dev\n";
    let sandbox = Sandbox::new().config(config);
    let (_, words) = sandbox.run(&["profile", "rename", "dev", "build"]).success_with_words();
    let renamed = config
        .replace("profile dev]", "profile build]")
        .replace("source_profile = dev", "source_profile = build");
    // What all inherit is replaced only where it is read.
    let inherited = "include_profile = build\n";
    let renamed = renamed.replace("[profile build]\n", &format!("[profile build]\n{inherited}")) + inherited;
    assert_eq!(sandbox.read_config(), renamed, "{words}");
    let words = sandbox.run(&["profile", "remove", "build"]).failure(253);
    assert!(words.contains("`r`"), "{words}");
}

#[test]
fn a_removal_names_the_lines_that_only_some_sdks_take_for_the_profile() {
    let config = "[profile dev]\nsource_profile = 'dev'\n[profile r]\nsource_profile = dev # base\n[profile s]\n\
                  source_profile = \"dev\"\n[profile t]\nsource_profile = dev2 # dev\n";
    let sandbox = Sandbox::new().config(config);
    let (_, words) = sandbox.run(&["profile", "remove", "dev"]).success_with_words();
    for (line, user) in [(4, "r"), (6, "s")] {
        let warning = format!("config:{line}: to some SDKs, profile `{user}` still refers to `dev`");
        assert!(words.contains(&warning), "{warning}: {words}");
    }
    assert_eq!(words.matches("still refers").count(), 2, "{words}");
}
