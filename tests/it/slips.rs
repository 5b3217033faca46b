//! The slips that people make: each is found by `doctor` in its place, named by a command that reads the profile, and gone
//! after its fix.

mod rows;

use serde_json::Value;

use crate::harness::Sandbox;
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
