//! The slips that people make: each is found by `doctor` in its place, named by a command that reads the profile, and gone
//! after its fix.

mod rows;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::advice::suggested;
use crate::harness::{CANARY, Sandbox};
use rows::{Fix, SLIPS, Slip};

fn sandbox(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("PATH", "/usr/bin:/bin")
        .config(config)
        .credentials(credentials);
    variables.iter().fold(sandbox, |sandbox, (name, value)| sandbox.env(name, value))
}

/// The findings as `CODE PLACE`, and the exit status.
fn findings(sandbox: &Sandbox) -> (Vec<String>, Option<i32>) {
    let (code, printed, words) = sandbox.run(&["doctor", "--format", "json"]).ended();
    let document: Value = serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{printed}{words}"));
    let shown = |finding: &Value| {
        let origin = &finding["origin"];
        let place = match (origin["path"].as_str(), origin["variable"].as_str()) {
            (Some(path), _) => format!("{}:{}", path.rsplit('/').next().unwrap_or_default(), origin["line"]),
            (None, Some(variable)) => variable.to_owned(),
            (None, None) => "-".to_owned(),
        };
        format!("{} {place}", finding["code"].as_str().unwrap_or_default())
    };
    (document["findings"].as_array().expect("findings").iter().map(shown).collect(), code)
}

#[test]
fn each_slip_is_found_in_its_place_and_gone_after_its_fix() {
    let mut wrong = Vec::new();
    for Slip { config, credentials, variables, expected, fix } in SLIPS {
        let before = sandbox(config, credentials, variables);
        let (found, code) = findings(&before);
        if !found.iter().any(|found| found == expected) {
            wrong.push(format!("{expected} is not in {found:?}: {config:?} {credentials:?} {variables:?}"));
            continue;
        }
        let after = match fix {
            Fix::Run(commands) => {
                for command in *commands {
                    let (code, _, words) = before.run(command).ended();
                    if code != Some(0) {
                        wrong.push(format!("{command:?} for {expected}: {code:?} {words}"));
                    }
                }
                findings(&before)
            }
            Fix::Config(text) => findings(&sandbox(text, credentials, variables)),
            Fix::Credentials(text) => findings(&sandbox(config, text, variables)),
            Fix::Variables(variables) => findings(&sandbox(config, credentials, variables)),
        };
        let name = expected.split(' ').next().unwrap_or_default();
        if after.0.iter().any(|found| found.split(' ').next() == Some(name)) {
            wrong.push(format!("{expected} is still there: {:?}", after.0));
        }
        if code == Some(0) && !rows::NOTES.contains(&name) {
            wrong.push(format!("{expected}: exit status 0"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SLIPS.len(), wrong.join("\n"));
    assert!(SLIPS.len() >= 120, "{}", SLIPS.len());
}

#[test]
fn the_commands_that_read_a_profile_name_its_slips() {
    let config = "[profile p]\nregion = eu-west-1 # Dublin\noutput = jsn\n";
    let keys = "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    let sandbox = sandbox(config, keys, &[]);
    for arguments in [
        &["resolve", "-p", "p"][..],
        &["export-env", "-p", "p"],
        &["exec", "-p", "p", "--", "true"],
        &["credential-process", "-p", "p"],
        &["get", "--all", "-p", "p"],
    ] {
        let (_, _, words) = sandbox.run(arguments).ended();
        for place in ["config:2: ", "config:3: "] {
            assert!(words.contains(place), "{arguments:?}: {words}");
        }
    }
    let (_, _, words) = sandbox.run(&["get", "region", "-p", "p"]).ended();
    assert!(words.contains("config:2: ") && !words.contains("config:3: "), "{words}");
}

#[test]
fn at_most_three_are_shown_and_the_others_counted() {
    let config =
        "[profile p]\nregion = \"a\"\noutput = jsn\nduration_seconds = 1\nregoin = x\nsso_account_id = 1\n";
    let sandbox = sandbox(config, "", &[]);
    let (_, _, words) = sandbox.run(&["resolve", "-p", "p"]).ended();
    assert_eq!(words.matches("warning: ").count(), 3, "{words}");
    assert!(words.contains("help: `xcred doctor p` shows "), "{words}");
}

#[test]
fn repairs_are_one_edit_that_can_be_seen_first() {
    let config = "# mine\n[dev]\nregion = 'eu-west-1'\n\n[profile x]\noutput = \"json\"\n";
    let sandbox = sandbox(config, "", &[]);
    let (_, printed, _) = sandbox.run(&["doctor", "--fix", "-n"]).ended();
    for line in ["-[dev]", "+[profile dev]", "-region = 'eu-west-1'", "+region = eu-west-1", "+output = json"]
    {
        assert!(printed.lines().any(|printed| printed == line), "{line}: {printed}");
    }
    assert_eq!(sandbox.read(".aws/config"), config);
    assert_eq!(sandbox.run(&["doctor", "--fix"]).ended().0, Some(0));
    let repaired = "# mine\n[profile dev]\nregion = eu-west-1\n\n[profile x]\noutput = json\n";
    assert_eq!(sandbox.read(".aws/config"), repaired);
    assert_eq!(findings(&sandbox).0, Vec::<String>::new());
}

#[test]
fn a_repair_that_is_refused_is_named_and_keeps_no_other_from_being_made() {
    // No line below `[y]` can be changed without a decision.
    let config = "[default]\nregion = x\n [y]\noutput = \"json\"\nsts_regional_endpoints = \"regional\"\n[profile a]\n\
                  region = \"eu-west-1\"\n";
    let sandbox = sandbox(config, "", &[]);
    let (code, printed, words) = sandbox.run(&["doctor", "--fix"]).ended();
    assert_eq!(code, Some(1));
    assert!(words.contains("warning: not repaired: ~/.aws/config:3: `[y]` is indented"), "{words}");
    assert_eq!(words.matches("not repaired").count(), 1, "one reason for both: {words}");
    assert!(!words.contains("repairs one of them") && words.contains("repaired ~/.aws/config\n"), "{words}");
    assert!(printed.contains("~/.aws/config:4: the quotes"), "{printed}");
    assert_eq!(sandbox.read(".aws/config"), config.replace("\"eu-west-1\"", "eu-west-1"));
}

#[test]
fn a_repair_removes_no_line_of_a_repeated_key() {
    let config = "[default]\nregion = \"eu-west-1\"\nregion = \"us-east-1\"\noutput = 'json'\n";
    let sandbox = sandbox(config, "", &[]);
    assert_eq!(sandbox.run(&["doctor", "--fix"]).ended().0, Some(1));
    assert_eq!(sandbox.read(".aws/config"), config.replace("'json'", "json"));
}

#[test]
fn a_large_healthy_file_has_no_finding() {
    let role = |at: usize| {
        format!(
            "[profile role-{at}]\nrole_arn = arn:aws:iam::123456789012:role/r{at}\nsource_profile = base\n\
             region = eu-west-1\nduration_seconds = 3600\n[profile sso-{at}]\nsso_session = corp\n\
             sso_account_id = {at:012}\nsso_role_name = Admin\n[profile key-{at}]\noutput = json\ns3 =\n  \
             max_concurrent_requests = 5\n"
        )
    };
    let config =
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n"
            .to_owned()
            + &(0..1000).map(role).collect::<String>();
    let pair = |name: &str| {
        format!(
            "[{name}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7\n"
        )
    };
    let credentials = pair("base") + &(0..1000).map(|at| pair(&format!("key-{at}"))).collect::<String>();
    let (found, code) = findings(&sandbox(&config, &credentials, &[]));
    assert_eq!((found, code), (Vec::new(), Some(0)));
}

#[test]
fn no_repair_makes_a_file_worse() {
    // Two headers that mean one name, quotes that a command needs, a name that is taken.
    for config in [
        "[dev]\nregion = eu-west-1\n[Profile dev]\nregion = us-east-1\n",
        "[profile p]\ncredential_process = \"/opt/my tools/x\"\n",
        "[profile p]\ncredential_process = '/bin/cat'\n",
        "[dev]\nregion = eu-west-1\n[profile dev]\nregion = us-east-1\n",
    ] {
        let sandbox = sandbox(config, "", &[]);
        sandbox.run(&["doctor", "--fix"]).ended();
        assert_eq!(sandbox.read(".aws/config"), config);
    }
}

#[test]
fn a_command_may_be_quoted() {
    let sandbox = sandbox("[profile p]\ncredential_process = '/bin/cat'\n", "", &[]);
    // The SDK for Go removes the quotes, and runs the same program.
    assert_eq!(findings(&sandbox), (vec!["quoted-value config:2".to_owned()], Some(0)));
    let (code, _, words) = sandbox.run(&["set", "credential_process", "'/bin/cat'", "-p", "p"]).ended();
    assert_eq!((code, words.as_str()), (Some(0), ""));
}

#[test]
fn a_profile_is_looked_at_with_its_sources_only() {
    let config = "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n\
                  [profile q]\noutput = jsn\n[profile other]\noutput = jsn\n";
    let keys = "[q]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    let sandbox = sandbox(config, keys, &[]);
    for (profile, count, lines, others) in [
        ("p", "2 profiles", &["config:5"][..], "config:7"),
        ("other", "1 profile", &["config:7"], "config:5"),
    ] {
        let (code, printed, _) = sandbox.run(&["doctor", profile]).ended();
        assert_eq!(code, Some(1));
        assert!(lines.iter().all(|line| printed.contains(line)) && !printed.contains(others), "{printed}");
        assert!(printed.contains(&format!("{count} checked: ")), "{printed}");
    }
    sandbox.run(&["doctor", "nope"]).failure(253);
}

#[test]
fn the_document_is_that_of_the_interface() {
    let config = "[dev]\nregion = eu-west-1\n[profile p]\noutput = zzz\nsource_profile = p\n";
    let sandbox = sandbox(config, "[profile c]\n", &[]);
    let (_, printed, _) = sandbox.run(&["doctor", "--format", "json"]).ended();
    let document: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!((document["schema"].as_u64(), document["checked"]["profiles"].as_u64()), (Some(1), Some(2)));
    assert_eq!(document["checked"]["paths"].as_array().map(Vec::len), Some(2));
    let findings = document["findings"].as_array().expect("findings");
    let of = |code: &str| findings.iter().find(|found| found["code"] == code).expect("a finding");
    let unprefixed = of("unprefixed-profile");
    assert_eq!(
        (unprefixed["severity"].as_str(), unprefixed["profile"].as_str()),
        (Some("warning"), Some("dev"))
    );
    assert_eq!(unprefixed["fix"], serde_json::json!({"command": ["xcred", "doctor", "--fix"], "safe": true}));
    assert_eq!(
        of("prefix-in-credentials")["read_as"],
        serde_json::json!({
            "boto3": "profile `profile c`",
            "rust": "the section is ignored",
            "js": "profile `profile.c`",
            "go": "the section is ignored",
            "java": "the section is ignored",
            "ruby": "profile `c`",
        })
    );
    // A person has to choose the value.
    assert_eq!(of("invalid-value")["fix"], Value::Null);
    assert!(of("invalid-value")["origin"]["path"].as_str().is_some_and(|path| path.starts_with('/')));
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let sandbox = sandbox("[profile p]\noutput = jsn\n", "", &[]);
    for format in ["text", "json"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended =
            sandbox.command().args(["doctor", "--format", format]).stdout(writer).output().expect("it runs");
        let words = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), &*words), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_header_beside_the_one_that_it_means_is_not_to_become_a_second_one() {
    let before = sandbox("[dev]\nregion = eu-west-1\n[profile dev]\noutput = json\n", "", &[]);
    let (printed, _) = before.run(&["doctor"]).code(1);
    assert!(
        printed.contains("help: move the lines below it to `[profile dev]` on line 3, and remove it"),
        "{printed}"
    );
    assert!(!printed.contains("write `[profile dev]`"), "{printed}");
    // Who does so is done.
    sandbox("[profile dev]\noutput = json\nregion = eu-west-1\n", "", &[]).run(&["doctor"]).success();
}

#[test]
fn a_prefix_in_the_credentials_file_has_a_fix() {
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    let (printed, _) = sandbox("", &format!("[profile dev]\n{keys}"), &[]).run(&["doctor"]).code(1);
    assert!(printed.contains("help: write `[dev]`"), "{printed}");
    sandbox("", &format!("[dev]\n{keys}"), &[]).run(&["doctor"]).success();
}

/// The headers that mean `dev` beside the other file's `dev` are named by every command that gets the profile's credentials,
/// and the help of the error names them, too: to set the profile up would be refused.
#[test]
fn a_header_that_means_the_profile_is_named_by_every_command_and_leads_to_its_fix() {
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    let commands: [&[&str]; 7] = [
        &["resolve", "dev"],
        &["whoami", "dev"],
        &["status", "dev"],
        &["export-env", "dev"],
        &["exec", "dev", "--", "true"],
        &["credential-process", "-p", "dev"],
        &["doctor", "dev"],
    ];
    let credentials = [
        "profile dev",
        "Profile dev",
        "profile.dev",
        "profile-dev",
        "[dev]",
        " dev ",
        "'dev'",
        "\u{201c}dev\u{201d}",
    ];
    for header in credentials {
        let slip = sandbox("[profile dev]\nregion = eu-west-1\n", &format!("[{header}]\n{keys}"), &[]);
        for command in commands {
            let (_, printed, words) = slip.run(command).ended();
            let all = printed + &words;
            assert!(all.contains("warning: ~/.aws/credentials:1: "), "{header}, {command:?}: {all}");
            assert!(
                all.contains("write `[dev]`") && !all.contains("xcred configure"),
                "{header}, {command:?}: {all}"
            );
        }
        let (printed, _) = slip.run(&["doctor"]).code(1);
        let found = printed.matches("warning: ~/.aws/credentials:1: ").count();
        assert_eq!((found, printed.matches("help: write `[dev]`").count()), (1, 1), "{header}: {printed}");
        sandbox("[profile dev]\nregion = eu-west-1\n", &format!("[dev]\n{keys}"), &[])
            .run(&["doctor"])
            .success();
    }
    // Keys are handed out, but not those of the role that the config file means.
    let role = "role_arn = arn:aws:iam::123456789012:role/narrow\nsource_profile = base\n";
    for header in ["dev", "Profile dev", "profile:dev"] {
        let slip = sandbox(&format!("[{header}]\n{role}"), &format!("[dev]\n{keys}[base]\n{keys}"), &[]);
        let (_, _, words) = slip.run(&["exec", "dev", "--", "true"]).ended();
        assert!(
            words.contains("warning: ~/.aws/config:1: ") && words.contains("write `[profile dev]`"),
            "{header}: {words}"
        );
    }
}

#[test]
fn a_header_that_means_a_session_becomes_none_of_a_profile() {
    let profile = "[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = a\n";
    let session = "sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";
    for header in [
        "corp",
        "session corp",
        "sso session corp",
        "sso_session corp",
        "SSO-Session corp",
        "sso-session \u{201c}corp\u{201d}",
    ] {
        let slip = sandbox(&format!("{profile}[{header}]\n{session}"), "", &[]);
        for command in [&["login", "dev"][..], &["whoami", "dev"], &["doctor", "dev"], &["doctor"]] {
            let (_, printed, words) = slip.run(command).ended();
            let all = printed + &words;
            assert!(all.contains("write `[sso-session corp]`"), "{header}, {command:?}: {all}");
        }
        slip.run(&["doctor", "--fix"]).ended();
        assert_eq!(slip.read(".aws/config"), format!("{profile}[sso-session corp]\n{session}"), "{header}");
    }
    // A profile of that name may have such settings, too.
    let slip = sandbox(&format!("{profile}[corp]\n{session}region = eu-west-1\n"), "", &[]);
    let (_, printed, _) = slip.run(&["doctor"]).ended();
    assert!(printed.contains("write `[profile corp]`"), "{printed}");
}

#[test]
fn a_file_in_another_encoding_has_one_finding() {
    for (text, expected) in [
        ("\u{feff}[default]\nregion = eu-west-1\n", "byte order mark"),
        ("[default]\nregion = eu-west-1\nfoo\u{0} = b\n", "the file contains NUL bytes"),
    ] {
        let (printed, _) = sandbox(text, "", &[]).run(&["doctor"]).code(1);
        assert!(printed.to_lowercase().contains(&expected.to_lowercase()), "{printed}");
        assert!(!printed.contains("text before the first"), "{printed}");
        assert_eq!(printed.matches("config:").count(), 1, "{printed}");
    }
}

#[test]
fn every_command_that_is_suggested_runs_where_it_is_suggested() {
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let (mut wrong, mut count) = (Vec::new(), 0);
    for Slip { config, credentials, variables, .. } in SLIPS {
        let sandbox = || {
            sandbox(config, credentials, variables)
                .env("PATH", &path)
                .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
                .env("AWS_MAX_ATTEMPTS", "1")
        };
        let home = sandbox();
        let (_, profiles, _) = home.run(&["list-profiles"]).ended();
        let mut words = String::new();
        let mut ask = |arguments: &[&str]| {
            let (_, printed, told) = home.run(arguments).ended();
            words.push_str(&format!("{printed}\n{told}\n"));
        };
        ask(&["doctor"]);
        ask(&["whoami"]);
        for profile in profiles.lines().take(2) {
            ask(&["resolve", "--offline", "-p", profile]);
            ask(&["export-env", "-p", profile]);
        }
        for command in suggested(&words) {
            // A guide asks questions: that it is one is seen by its help.
            let is_guide = command.starts_with("configure");
            let line = if is_guide { format!("xcred {command} --help") } else { format!("xcred {command}") };
            let home = sandbox();
            let mut shell = Command::new("sh");
            let own = home.command();
            shell.args(["-c", &line]).env_clear().current_dir(home.home());
            shell.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let (code, _, told) = home.finish(shell, "value\n").ended();
            let edits = ["set ", "unset ", "profile "].iter().any(|verb| command.starts_with(verb));
            let is_fine =
                if edits || is_guide { code == Some(0) } else { code.is_some_and(|code| code != 252) };
            if !is_fine {
                wrong.push(format!("{line}: {code:?} {told}\nin {config:?} {credentials:?} {variables:?}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "only {count} commands were suggested");
}

#[test]
fn a_circle_of_source_profiles_is_one_finding_and_each_member_is_warned_of_it() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = ";
    let config = format!(
        "[profile into]\n{role}b\n[profile a]\n{role}b\n[profile b]\n{role}c\n[profile c]\n{role}a\n\
         [profile x]\n{role}y\n[profile y]\n{role}x\n"
    );
    let sandbox = sandbox(&config, "", &[]);
    let circles = |sandbox: &Sandbox, profiles: &[&str]| {
        let (_, printed, _) = sandbox.run(&[&["doctor"][..], profiles].concat()).ended();
        printed.lines().filter(|line| line.contains("circle")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = circles(&sandbox, &[]);
    assert_eq!(all.len(), 2, "{all:#?}");
    assert!(
        all[0].contains("config:6: ") && ["`a`", "`b`", "`c`"].iter().all(|name| all[0].contains(name)),
        "{all:#?}"
    );
    for profile in ["into", "a", "b", "c"] {
        assert_eq!(circles(&sandbox, &[profile]), all[..1], "{profile}");
        let (_, _, words) = sandbox.run(&["get", "--all", "-p", profile]).ended();
        assert!(words.contains("circle"), "{profile}: {words}");
    }
}

#[test]
fn every_edit_that_closes_a_circle_says_so() {
    let arn = "arn:aws:iam::123456789012:role/R";
    let role = format!("role_arn = {arn}\nsource_profile = ");
    let process = &*format!("{} credential-process --profile p", env!("CARGO_BIN_EXE_xcred"));
    for (config, edit) in [
        (
            format!("[profile b]\nsource_profile = mid\n[profile mid]\n{role}b\n"),
            &["set", "role_arn", arn, "-p", "b"][..],
        ),
        (
            format!(
                "[profile p]\ncredential_process = {process}\n{role}base\n[profile base]\naws_access_key_id = A\naws_secret_access_key = CANARY\n"
            ),
            &["unset", "role_arn", "-p", "p"],
        ),
        ("[profile p]\nregion = eu-west-1\n".to_owned(), &["set", "credential_process", process, "-p", "p"]),
        (
            "[profile p]\nregion = eu-west-1\n".to_owned(),
            &["configure", "process", "-p", "p", "--credential-process", process],
        ),
        (format!("[profile a]\n{role}b\n"), &["profile", "rename", "a", "b"]),
        (format!("[profile a]\n{role}b\n"), &["profile", "copy", "a", "b"]),
    ] {
        let sandbox = sandbox(&config, "", &[]);
        let (_, words) = sandbox.run(edit).success_with_words();
        assert!(words.contains("form a circle"), "{edit:?}: {words}");
    }
}

#[test]
fn a_file_that_others_can_open_is_closed_by_the_fix() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    let keys = "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
    let sandbox = sandbox("[default]\nregion = \"eu-west-1\"\n", keys, &[]);
    let path = sandbox.path(".aws/credentials");
    let mode = || fs::metadata(&path).expect("it exists").permissions().mode() & 0o777;
    fs::rename(&path, sandbox.path("elsewhere")).expect("it can be moved");
    std::os::unix::fs::symlink("../elsewhere", &path).expect("it can be linked");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("it is ours");
    let (shown, _) = sandbox.run(&["doctor", "--fix", "--dry-run"]).code(1);
    assert!(shown.contains("+region = eu-west-1") && shown.contains("chmod 600 "), "{shown}");
    assert_eq!(mode(), 0o644);
    let (_, printed, _) = sandbox.run(&["doctor", "--format", "json"]).ended();
    assert!(
        printed.contains(r#""exposed"#) || printed.contains("chmod") || printed.contains("--fix"),
        "{printed}"
    );
    let (_, said) = sandbox.run(&["doctor", "--fix"]).code(0);
    assert!(
        said.contains("repaired ~/.aws/config") && said.contains("permissions of ~/.aws/credentials"),
        "{said}"
    );
    assert_eq!(mode(), 0o600);
    assert!(path.is_symlink());
    for arguments in [&["doctor", "--fix"][..], &["doctor", "--fix", "--dry-run"]] {
        let (_, said) = sandbox.run(arguments).code(0);
        assert!(said.contains("nothing to repair"), "{said}");
    }
}

#[test]
fn lines_that_sdks_read_differently_are_marked_and_can_be_narrowed_to_some_sdks() {
    let config = "[default]\nregion = eu-west-1\n[profile 'q']\nregion = us-east-1\nOutput = json\n";
    let credentials = format!(
        "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n  aws_secret_access_key: {CANARY}\n\
         [q]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = \"{CANARY}\" # {CANARY}\n"
    );
    let sandbox = sandbox(config, &credentials, &[]);
    let lines = |more: &[&str]| {
        let (_, printed, _) = sandbox.run(&[&["doctor", "--format", "json"], more].concat()).ended();
        let document: Value = serde_json::from_str(&printed).expect("JSON");
        let rows = document["findings"].as_array().expect("findings").clone();
        let read = rows.iter().filter(|row| row["read_as"].as_object().is_some_and(|read| !read.is_empty()));
        let shown = |row: &Value| {
            let origin = &row["origin"];
            let file =
                origin["path"].as_str().expect("a path").rsplit('/').next().expect("a name").to_owned();
            let readers: Vec<&String> = row["read_as"].as_object().expect("readings").keys().collect();
            (format!("{file}:{} {}", origin["line"], row["code"].as_str().expect("a code")), readers.len())
        };
        read.map(shown).collect::<Vec<_>>()
    };
    let found = |lines: &[(&str, usize)]| -> Vec<(String, usize)> {
        lines.iter().map(|(line, readers)| ((*line).to_owned(), *readers)).collect()
    };
    assert_eq!(
        lines(&[]),
        found(&[
            ("config:3 read-differently", 6),
            ("config:5 read-differently", 6),
            ("credentials:2 half-pair", 6),
            ("credentials:3 lost-setting", 6),
            ("credentials:6 comment-in-value", 6),
        ])
    );
    assert_eq!(
        lines(&["--sdk", "js,boto3"]),
        found(&[
            ("config:5 read-differently", 2),
            ("credentials:2 half-pair", 2),
            ("credentials:3 lost-setting", 2),
            ("credentials:6 comment-in-value", 2),
        ])
    );
    assert_eq!(lines(&["--sdk", "js", "--sdk", "rust"]).len(), 4);
    let (printed, _) = sandbox.run(&["doctor"]).code(1);
    let whole = "boto3, AWS CLI, Rust and Java: part of the value of line 2";
    assert!(printed.contains(whole), "{printed}");
    sandbox.run(&["doctor", "--sdk", "js,perl"]).failure(252);
}

#[test]
fn values_are_checked_for_the_sdk_of_the_settings() {
    let keys = format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    let sandbox =
        sandbox("[default]\nregion = eu-west-1\nretry_mode = legacy\n", &format!("[default]\n{keys}"), &[]);
    let (printed, _) = sandbox.run(&["doctor"]).code(1);
    assert!(printed.contains("config:3: `retry_mode` must be standard or adaptive"), "{printed}");
    assert!(
        printed.contains(
            "    AWS CLI 2 fails with `legacy`, which boto3 and the SDKs for Java and Ruby accept\n"
        ),
        "{printed}"
    );
    let _ = sandbox.run(&["config", "set", "sdk", "boto3"]).code(0);
    let (printed, _) = sandbox.run(&["doctor"]).code(0);
    assert!(!printed.contains("retry_mode"), "{printed}");
}

#[test]
fn values_are_judged_by_the_rules_of_the_sdks_that_are_asked_about() {
    let sandbox =
        sandbox("[default]\nregion = eu-west-1\nretry_mode = legacy\ndefaults_mode = bad\n", "", &[]);
    let refused = "error: ~/.aws/config:3: `retry_mode` must be standard or adaptive\n";
    let guessed = "warning: ~/.aws/config:4: `defaults_mode` must be";
    let source =
        "    this is the rule of boto3 and AWS CLI; whether the SDK for Ruby has the same isn't known\n";
    let (printed, _) = sandbox.run(&["doctor", "--sdk", "ruby"]).code(1);
    assert!(printed.contains(guessed) && printed.contains(source), "{printed}");
    assert!(!printed.contains("retry_mode"), "{printed}");
    // A finding that two of them share is printed once.
    let (printed, _) = sandbox.run(&["doctor", "--sdk", "ruby,rust,go"]).code(1);
    assert_eq!(printed.matches(refused).count(), 1, "{printed}");
    let (printed, _) = sandbox.run(&["doctor", "--sdk", "java"]).code(1);
    assert!(!printed.contains("retry_mode") && !printed.contains("error:"), "{printed}");
}

#[test]
fn what_one_file_for_both_kinds_has_is_read_as_either() {
    let sandbox = Sandbox::new().config(
        "[profile dev]\nregion = us-east-2\n[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = CANARYs\n",
    );
    std::os::unix::fs::symlink("config", sandbox.path(".aws/credentials")).expect("a link");
    let (text, words) = sandbox.run(&["doctor"]).code(0);
    assert!(!text.contains("isn't a profile"), "{text}{words}");
    sandbox.run(&["set", "output", "json", "-p", "dev"]).success();
}

#[test]
fn half_a_pair_is_read_as_each_sdk_resolves_it() {
    let printed = format!(r#"{{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "{CANARY}"}}"#);
    let process = format!("credential_process = echo '{printed}'\n");
    for half in ["aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", "aws_secret_access_key = CANARYs\n"] {
        for own in [&process[..], ""] {
            let config = format!("[profile p]\nregion = eu-west-1\n{own}");
            let sandbox = sandbox(&config, &format!("[p]\n{half}"), &[]);
            let (_, printed, _) = sandbox.run(&["doctor", "p", "--format", "json"]).ended();
            let found: Value = serde_json::from_str(&printed).expect("JSON");
            let rows = found["findings"].as_array().expect("findings");
            let row = rows.iter().find(|row| row["code"] == "half-pair").expect("the half");
            let (_, printed, _) = sandbox.run(&["resolve", "p", "--sdk", "all", "--format", "json"]).ended();
            let resolved: Value = serde_json::from_str(&printed).expect("JSON");
            let has_credentials = |sdk: &str| !resolved["answers"][sdk]["credentials"].is_null();
            for (sdk, text) in row["read_as"].as_object().into_iter().flatten() {
                // Without other credentials there are none in either case.
                let is_error = text.as_str().expect("a text").contains("an error");
                assert!(own.is_empty() || is_error != has_credentials(sdk), "{sdk}: {text}: {half}{own}");
            }
            let is_error = !has_credentials("boto3");
            assert_eq!(row["severity"] == "error", is_error, "{half}{own}");
        }
    }
}

#[test]
fn an_errors_help_is_the_fix_of_the_finding_about_its_line() {
    let keys =
        format!("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    let role = "arn:aws:iam::123456789012:role/x";
    let region =
        |value: &str| format!("[profile p]\nregion = {value}\nrole_arn = {role}\nsource_profile = default\n");
    for (config, help) in [
        (
            region("eu-west-1 # Dublin"),
            "put the comment on a line of its own: `xcred set region VALUE --profile p`",
        ),
        (region("\"eu-west-1\""), "`xcred doctor --fix` removes the quotes"),
        (region("“eu-west-1”"), "`xcred doctor --fix` removes the quotes"),
        (
            format!("[profile p]\nrole-arn = {role}\nsource_profile = default\n"),
            "did you mean `xcred set role_arn arn:aws:iam::123456789012:role/x --profile p`? \
             `xcred unset role-arn --profile p` removes the other",
        ),
        (
            "[profile p]\nrole_arn = role/x\nsource_profile = default\nregion = eu-west-1\n".to_owned(),
            "`xcred set role_arn VALUE --profile p`",
        ),
        (
            "[profile p]\ncredential_process = /bin/cat \"x\n".to_owned(),
            "close the quote, or leave out the backslash",
        ),
        (
            "[profile p]\ncredential_process = /bin/cat /nowhere | head -1\n".to_owned(),
            "if that character is meant literally, put its word in single quotes, else write sh -c '...'",
        ),
    ] {
        let sandbox = sandbox(&config, &keys, &[]);
        let (_, printed, words) = sandbox.run(&["resolve", "p", "--format", "json"]).ended();
        let document: Value = serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{printed}{words}"));
        assert_eq!(document["error"]["help"], help, "{config}");
        let (_, _, words) = sandbox.run(&["whoami", "p"]).ended();
        let last = words.lines().last().unwrap_or_default();
        assert_eq!(last, format!("help: {help}"), "{config}");
        assert_eq!(words.matches(help).count(), 1, "{words}");
        let (_, found, _) = sandbox.run(&["doctor", "p"]).ended();
        assert!(found.contains(help), "{found}");
    }
}

#[test]
fn a_parameter_that_is_not_sent_has_the_line_of_its_setting() {
    let keys =
        format!("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    let start = "[profile p]\nsource_profile = default\nregion = eu-west-1\n";
    let arn = "role_arn = arn:aws:iam::123456789012:role/x";
    for last in [
        "role_arn = role/x".to_owned(),
        format!("{arn}\nexternal_id = x"),
        format!("{arn}\nrole_session_name = x"),
        format!("{arn}\nduration_seconds = 1"),
    ] {
        let config = format!("{start}{last}\n");
        let (_, _, words) = sandbox(&config, &keys, &[]).run(&["whoami", "p"]).ended();
        let line = config.lines().count();
        assert!(words.contains(&format!("error: ~/.aws/config:{line}: assume-role: ")), "{words}");
    }
}

#[test]
fn a_disguised_name_is_shown_as_it_is() {
    for (name, what) in [
        ("dev\u{200b}", "a zero-width space (U+200B)"),
        ("d\u{435}v", "a letter that looks like `e` (U+0435)"),
    ] {
        for credentials in [false, true] {
            let line = if credentials { format!("[{name}]") } else { format!("[profile {name}]") };
            let text = format!("{line}\nregion = eu-west-1\n");
            let files = if credentials { ["", text.as_str()] } else { [text.as_str(), ""] };
            let sandbox = sandbox(files[0], files[1], &[]);
            let (found, _) = findings(&sandbox);
            assert!(found.iter().any(|found| found.starts_with("disguised-name ")), "{found:?}");
            let (_, shown, _) = sandbox.run(&["doctor"]).ended();
            assert!(shown.contains(what) && !shown.contains(&line), "{shown}");
            let (_, _, words) = sandbox.run(&["whoami", "dev"]).ended();
            assert!(words.contains(what) && !words.contains(&line), "{words}");
            assert!(shown.contains(if credentials {
                "help: write `[dev]`"
            } else {
                "help: write `[profile dev]`"
            }));
        }
    }
    let sandbox = sandbox("[profile\u{a0}dev]\nregion = eu-west-1\n", "", &[]);
    let (_, shown, _) = sandbox.run(&["doctor"]).ended();
    assert!(
        shown.contains("`[profile\\u{a0}dev]` isn't read as `[profile dev]`: it has a no-break space"),
        "{shown}"
    );
}

#[test]
fn a_command_that_does_not_end_a_finding_is_not_its_fix() {
    let config = "[profile r]\nrole-arn = arn:aws:iam::123456789012:role/x\nsource_profile = default\n";
    let (_, printed, _) = sandbox(config, "", &[]).run(&["doctor", "--format", "json"]).ended();
    let document: Value = serde_json::from_str(&printed).expect("a document");
    let findings = document["findings"].as_array().expect("findings");
    let unknown = findings.iter().find(|one| one["code"] == "unknown-key").expect("a finding");
    assert!(unknown["fix"].is_null(), "{unknown}");
}
