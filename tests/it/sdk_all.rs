//! `resolve --sdk all`: every SDK's answer, what makes them differ, and what makes them agree.

use std::fmt::Write as _;

use serde_json::Value;

use crate::disk::set_mode;
use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

fn keys(name: &str, id: &str) -> String {
    section(name, id, CANARY)
}

fn compared(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let all = ["resolve", "--sdk", "all", "--offline", "--format", "json"];
    let (_, stdout, _) = sandbox.run(&[&all[..], arguments].concat()).ended();
    let document = json_of(&stdout);
    assert_eq!(document["schema"], 1);
    document
}

/// The commands of a fix, if it has nothing else.
fn commands(document: &Value) -> Option<Vec<Vec<String>>> {
    let changes = document["fix"].as_array()?.iter();
    let words = |change: &Value| {
        let words = change["command"].as_array()?.iter();
        Some(words.map(|word| word.as_str().expect("text").to_owned()).collect())
    };
    changes.map(words).collect()
}

/// Runs the commands of a fix: `unset` in the sandbox's environment, xcred on its files.
fn fixed(mut sandbox: Sandbox, commands: &[Vec<String>]) -> Sandbox {
    for command in commands {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["export", pair] => {
                let (variable, value) = pair.split_once('=').expect("a value");
                sandbox = sandbox.without(variable).env(variable, value);
            }
            ["unset", variable] => sandbox = sandbox.without(variable),
            ["xcred", arguments @ ..] => {
                let is_typed = arguments.contains(&"-");
                let value = if arguments.contains(&"aws_secret_access_key") { CANARY } else { ID };
                let input = if is_typed { format!("{value}\n") } else { String::new() };
                assert!(sandbox.run_with_input(arguments, &input).code_is(0), "{arguments:?}");
            }
            other => panic!("not a command: {other:?}"),
        }
    }
    sandbox
}

#[test]
fn a_file_that_only_some_read_is_the_cause() {
    for (config, line) in [
        (&b"[profile x]\n# caf\xe9\n"[..], 2),
        (b"[profile x]\nregion = a\n[profile x]\noutput = json\n", 3),
        (b"[profile x]\nregion = a\nnonsense\n", 3),
    ] {
        let sandbox = Sandbox::new().credentials(keys("default", ID)).config("");
        std::fs::write(sandbox.path(".aws/config"), config).expect("written");
        let document = compared(&sandbox, &[]);
        let because = &document["differences"][0]["because"];
        assert_eq!((&because["from"], &because["line"]), (&"file".into(), &line.into()), "{document:#}");
        let answers = document["answers"].as_object().expect("answers");
        assert!(
            answers.values().all(
                |answer| answer["schema"] == 1 && answer["error"].is_object() | answer["error"].is_null()
            )
        );
    }
}

#[test]
fn each_difference_has_its_line_or_variable_and_its_fix_makes_all_agree() {
    let plain = || Sandbox::new().credentials(keys("default", ID));
    let with = |text: &str| Sandbox::new().credentials(text);
    let commented = keys("default", &format!("{ID}  # work"));
    let quoted = keys("default", &format!("\"{ID}\""));
    let indented = commented.replace("  # work", "").replace("\naws_secret", "\n aws_secret");
    let sandbox = with(&indented);
    let edit = compared(&sandbox, &[])["fix"][0]["edit"].clone();
    let place = sandbox.path(".aws/credentials");
    assert_eq!(edit, format!("remove the whitespace at the start of {}:3", place.display()));
    for (what, sandbox, sdks, because) in [
        ("a comment behind a value", with(&commented), "boto3,aws-cli,ruby", "credentials:2"),
        ("quotes", with(&quoted), "go", "credentials:2"),
        (
            "a profile beside keys",
            plain()
                .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7ENVKEYS")
                .env("AWS_SECRET_ACCESS_KEY", CANARY)
                .env("AWS_PROFILE", "default"),
            "js",
            "AWS_PROFILE",
        ),
        (
            "two regions",
            plain().env("AWS_REGION", "eu-west-1").env("AWS_DEFAULT_REGION", "eu-west-2"),
            "boto3",
            "AWS_DEFAULT_REGION",
        ),
        (
            "a variable that few read",
            plain().config("[default]\n").env("AWS_DEFAULT_REGION", "eu-west-2"),
            "js,java",
            "config:1",
        ),
    ] {
        let document = compared(&sandbox, &[]);
        let differences = document["differences"].as_array().expect("a list");
        assert!(!differences.is_empty(), "{what}: {document:#}");
        if !sdks.is_empty() {
            let found: Vec<String> = differences[0]["sdks"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|name| name.as_str().unwrap_or_default().to_owned())
                .collect();
            assert_eq!(found.join(","), sdks, "{what}: {document:#}");
            let origin = &differences[0]["because"];
            let place = match origin["from"].as_str() {
                Some("file") => {
                    let path = origin["path"].as_str().unwrap_or_default();
                    format!("{}:{}", path.rsplit('/').next().unwrap_or_default(), origin["line"])
                }
                _ => origin["variable"].as_str().unwrap_or_default().to_owned(),
            };
            assert_eq!(place, because, "{what}: {document:#}");
        }
        let commands = commands(&document).unwrap_or_else(|| panic!("{what}: {document:#}"));
        let after = compared(&fixed(sandbox, &commands), &[]);
        assert_eq!(after["differences"], serde_json::json!([]), "{what}: {commands:?} {after:#}");
    }
}

#[test]
fn what_a_role_demands_is_a_cause_but_its_removal_is_no_fix() {
    let config = "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = default\n\
                  region = eu-west-1\nmfa_serial = arn:aws:iam::123456789012:mfa/ada\n";
    let sandbox = Sandbox::new().credentials(keys("default", ID)).config(config);
    let document = compared(&sandbox, &["ops"]);
    assert_eq!(document["differences"][0]["because"]["key"], "mfa_serial", "{document:#}");
    assert!(document["fix"].is_null(), "{document:#}");
}

#[test]
fn the_screen_has_a_row_for_each_sdk_then_the_differences() {
    let sandbox = Sandbox::new()
        .credentials(keys("default", &format!("{ID}  # work")))
        .config("[default]\nregion = eu-west-1\n");
    let shown = sandbox.run(&["resolve", "--sdk", "all"]).success();
    let mut names = shown.lines().map(|line| line.split(' ').next().unwrap_or_default());
    assert!(
        names.by_ref().take(8).eq(["SDK", "boto3", "aws-cli", "rust", "js", "go", "java", "ruby"]),
        "{shown}"
    );
    assert!(shown.contains("differences\nboto3, aws-cli, ruby: shared-credentials-file"), "{shown}");
    assert!(shown.contains("    because of ~/.aws/credentials:2\n"), "{shown}");
    let fix = format!("They agree after:\n    `xcred set aws_access_key_id {ID} --profile default`\n");
    assert!(shown.ends_with(&fix), "{shown}");
    let agreed = Sandbox::new().credentials(keys("default", ID)).run(&["resolve", "--sdk", "all"]).success();
    assert!(agreed.ends_with("\nAll agree.\n"), "{agreed}");
}

#[test]
fn it_fails_as_aws_cli_does_where_no_sdk_has_credentials() {
    let words = Sandbox::new().run(&["resolve", "--sdk", "all", "-p", "nope"]).code(253);
    assert!(words.0.contains("profile `nope` not found"), "{}", words.0);
    assert!(words.1.contains("help: run `xcred list-profiles`"), "{}", words.1);
    let unknown = Sandbox::new().run(&["resolve", "--sdk", "cobol"]).failure(252);
    assert!(unknown.contains("boto3, aws-cli, rust, js, go, java, ruby"), "{unknown}");
}

/// A program is run once for all SDKs that would run it alike, and a container is asked once.
#[test]
fn programs_are_run_once_for_the_same_question() {
    let sandbox = Sandbox::new();
    let script = sandbox.path("keys.sh");
    let json = format!(r#"{{"Version":1,"AccessKeyId":"{ID}","SecretAccessKey":"{CANARY}"}}"#);
    sandbox.put(
        "keys.sh",
        format!("#!/bin/sh\necho ran >> '{}'\necho '{json}'\n", sandbox.path("runs").display()),
    );
    set_mode(&script, 0o700);
    let sandbox = sandbox.config(format!("[default]\ncredential_process = {}\n", script.display()));
    let shown = sandbox.run(&["resolve", "--sdk", "all"]).success();
    assert!(shown.ends_with("All agree.\n"), "{shown}");
    assert_eq!(sandbox.read("runs"), "ran\n");
}

/// SDKs ask for sessions of three lengths; those that ask for the same one share the answer.
#[test]
fn a_role_is_assumed_once_for_the_same_question() {
    let sts = Loopback::sts();
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sandbox = sts
        .home()
        .config(format!("[profile r]\nregion = eu-west-1\n{role}"))
        .credentials(keys("base", ID))
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_DEFAULT_REGION", "eu-west-1");
    let shown = sandbox.run(&["resolve", "--sdk", "all", "-p", "r", "--no-cache"]).success();
    assert!(shown.ends_with("All agree.\n"), "{shown}");
    let lengths = sts.received().into_iter().map(|request| {
        let members = request.body.split('&').find_map(|pair| pair.strip_prefix("DurationSeconds="));
        members.unwrap_or("-").to_owned()
    });
    assert_eq!(lengths.collect::<Vec<_>>(), ["-", "3600", "900"]);
}

/// All send the same request, but some don't read the setting that says where STS is. Then the setting is the cause, and no
/// change is proposed: without it all would ask another STS.
#[test]
fn a_setting_by_which_only_some_find_sts_is_the_cause() {
    let sts = Loopback::sts();
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nregion = eu-west-1\n";
    let home = |config: &str| {
        let home = sts.home().without("AWS_ENDPOINT_URL_STS").without("AWS_REGION");
        // AWS's own STS can't be reached.
        let home = home.env("HTTPS_PROXY", "http://127.0.0.1:1").env("NO_PROXY", "127.0.0.1");
        home.config(format!("[profile r]\n{role}{config}")).credentials(keys("base", ID))
    };
    let resolve = ["resolve", "--sdk", "all", "-p", "r", "--no-cache"];
    for (sandbox, sdks, because) in [
        (home("").env("AWS_ENDPOINT_URL", &sts.url), serde_json::json!(["go"]), "AWS_ENDPOINT_URL"),
        (home(&format!("endpoint_url = {}\n", sts.url)), serde_json::json!(["js", "go"]), "config:5"),
    ] {
        let shown = sandbox.run(&resolve).success();
        let cause = format!("because of {}{because}", if because.contains(':') { "~/.aws/" } else { "" });
        assert!(shown.contains(&cause) && !shown.contains("agree after"), "{shown}");
        let (printed, _) = sandbox.run(&[&resolve[..], &["--format", "json"]].concat()).code(0);
        let document = json_of(&printed);
        let found = &document["differences"][0];
        assert_eq!(found["sdks"], sdks, "{document:#}");
        let origin = &found["because"];
        assert!(origin["variable"] == because || origin["line"] == 5, "{document:#}");
        // The cause of the failure is said as by the SDK alone.
        let alone = document["answers"]["go"]["error"]["message"].as_str().expect("a message");
        assert!(alone.contains("127.0.0.1:1") || alone.contains("sts.eu-west-1"), "{alone}");
        assert_eq!(found["what"], alone);
        assert!(document.get("fix").is_none(), "{document:#}");
    }
}

/// With `--offline` no role is assumed, but whose credentials would assume it is known, over any number of roles.
#[test]
fn roles_that_would_be_assumed_are_compared_by_their_sources() {
    let role = |name: &str, source: &str| {
        format!(
            "[profile {name}]\nrole_arn = arn:aws:iam::123456789012:role/{name}\nsource_profile = {source}\n"
        )
    };
    let config = role("outer", "inner") + &role("inner", "base");
    let sandbox = Sandbox::new().config(&config).credentials(keys("base", ID)).env("AWS_REGION", "eu-west-1");
    let sandbox = sandbox.env("AWS_DEFAULT_REGION", "eu-west-1");
    for profile in ["inner", "outer"] {
        let shown = sandbox.run(&["resolve", "--sdk", "all", "--offline", "-p", profile]).success();
        assert!(shown.contains("WOULD ASK") && shown.ends_with("All agree.\n"), "{shown}");
        for sdk in ["boto3", "rust", "js", "go", "java", "ruby"] {
            let shown = sandbox.run(&["resolve", "--sdk", sdk, "--offline", "-p", profile]).success();
            assert!(shown.contains("keys in ~/.aws/credentials:2"), "{sdk}: {shown}");
        }
    }
    // Rust, JavaScript, Go and Java take the comment for one.
    let sandbox = sandbox.credentials(keys("base", &format!("{ID}  # work")));
    let document = compared(&sandbox, &["-p", "inner"]);
    let [difference] = document["differences"].as_array().expect("a list").as_slice() else {
        panic!("{document:#}")
    };
    assert_eq!(difference["because"]["line"], 2, "{document:#}");
}

#[test]
fn what_one_sdk_has_in_a_cache_is_no_difference() {
    let sts = Loopback::sts();
    let config = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sandbox =
        sts.home().config(config).credentials(keys("base", ID)).env("AWS_DEFAULT_REGION", "eu-west-1");
    sandbox.run(&["whoami", "r"]).success();
    assert!(sandbox.run(&["resolve", "r", "--offline"]).success().contains("ASIAR"));
    let shown = sandbox.run(&["resolve", "--sdk", "all", "--offline", "-p", "r"]).success();
    assert!(shown.contains("ASIA") && shown.contains("WOULD ASK"), "{shown}");
    assert!(shown.ends_with("All agree.\n"), "{shown}");
    assert_eq!(compared(&sandbox, &["-p", "r"])["differences"], serde_json::json!([]));
}

#[test]
fn the_instance_at_the_same_address_is_no_difference() {
    let empty = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "false");
    assert_eq!(compared(&empty, &[])["differences"], serde_json::json!([]));
    let with = |address: &str| Sandbox::new().env("AWS_EC2_METADATA_SERVICE_ENDPOINT", address);
    assert_eq!(compared(&with("http://127.0.0.1:9/"), &[])["differences"], serde_json::json!([]));
    // The SDKs for JavaScript and Ruby really leave the path out.
    let document = compared(&with("http://127.0.0.1:9/path"), &[]);
    assert_eq!(document["differences"][0]["sdks"], serde_json::json!(["js", "ruby"]), "{document:#}");
}

/// A console sign-in is one identity, whatever SDK reads it, and the profile isn't to blame for what it says.
#[test]
fn a_console_sign_in_is_no_difference_and_its_profile_no_cause() {
    let session = "arn:aws:iam::111122223333:user/bob";
    let token = serde_json::json!({
        "accessToken": {
            "accessKeyId": "ASIALOGIN", "secretAccessKey": CANARY, "sessionToken": CANARY,
            "accountId": "111122223333", "expiresAt": "2099-01-01T00:00:00Z",
        },
        "tokenType": "aws_sigv4", "clientId": "c", "refreshToken": "r", "dpopKey": "k",
    });
    let file = ".aws/login/cache/5d5303d4711466446508d1822010ddb9c314be63f450cef40f32bbff5443e078.json";
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\nregion = us-west-2\n";
    let config = format!(
        "[profile dev]\nregion = us-west-2\nlogin_session = {session}\n[profile role]\n{role}\
         [default]\nregion = us-west-2\n"
    );
    let sandbox =
        || Sandbox::new().config(&config).credentials(keys("default", ID)).file(file, token.to_string());
    let named = sandbox().env("AWS_PROFILE", "dev");
    for arguments in [&["resolve", "--sdk", "all"][..], &["resolve", "--sdk", "all", "--offline"]] {
        let shown = named.run(arguments).success();
        assert!(shown.contains("ASIALOGIN") && shown.ends_with("All agree.\n"), "{shown}");
    }
    assert_eq!(compared(&sandbox(), &["-p", "dev"])["differences"], serde_json::json!([]));
    // Go and Ruby refuse such a source; the keys of `default` are another identity.
    let document = compared(&sandbox().env("AWS_PROFILE", "role"), &[]);
    let differences = document["differences"].as_array().expect("a list");
    assert_eq!(differences.len(), 1, "{document:#}");
    assert_eq!(differences[0]["sdks"], serde_json::json!(["go", "ruby"]), "{document:#}");
    assert_ne!(differences[0]["because"]["variable"], "AWS_PROFILE", "{document:#}");
    assert!(!document["fix"].to_string().contains("AWS_PROFILE"), "{document:#}");
}

/// Makes the edit that a fix describes; `None` if a value is to be typed.
fn edit_by(edit: &str) -> Option<()> {
    let number: usize = edit.rsplit(':').next()?.parse().ok()?;
    let path = edit.rsplit_once(':')?.0.rsplit(' ').next()?.to_owned();
    let text = std::fs::read_to_string(&path).ok()?;
    let mut lines: Vec<&str> = text.lines().collect();
    let written = edit.split('`').nth(1);
    match written {
        Some(written) => lines[number - 1] = written,
        None if edit.starts_with("remove the whitespace") => {
            lines[number - 1] = lines[number - 1].trim_start();
        }
        None => _ = lines.remove(number - 1),
    }
    std::fs::write(path, lines.join("\n") + "\n").ok()
}

/// Whatever is wrong with a file, no fix shows a secret, and each fix makes all agree.
#[test]
fn fixes_hold_for_files_with_a_mistake_anywhere() {
    let whole = format!(
        "[default]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\n[other]\nregion = x\n"
    );
    let (mut wrong, mut fixes) = (String::new(), 0);
    for (at, _) in whole.match_indices(['\n', '=', ' ']) {
        for mistake in ["\n junk", " # c", "\nRegion = eu-west-1", "\t", "\n[other", "\nk : v", "\n a = b"] {
            // A secret that is torn off its key is no known secret.
            if mistake.starts_with('\n') && !whole[at..].starts_with('\n') {
                continue;
            }
            let text = [&whole[..at], mistake, &whole[at..]].concat();
            let mut sandbox = Sandbox::new().credentials(&text);
            let document = compared(&sandbox, &[]);
            let Some(changes) = document["fix"].as_array() else { continue };
            let mut is_made = true;
            for change in changes {
                let words = change["command"]
                    .as_array()
                    .map(|words| words.iter().map(|word| word.as_str().expect("text").to_owned()).collect());
                match (words, change["edit"].as_str()) {
                    (Some(words), _) => sandbox = fixed(sandbox, &[words]),
                    (None, edit) => is_made &= edit_by(edit.expect("an edit")).is_some(),
                }
            }
            if !is_made {
                continue;
            }
            fixes += 1;
            let after = compared(&sandbox, &[]);
            if after["differences"] != serde_json::json!([]) {
                let _ = writeln!(wrong, "{text:?}\n  {changes:?}\n  {}", after["differences"]);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(fixes > 10, "only {fixes} fixes");
}
