//! Narrowed identities: what STS is asked for, by each command and for each source of credentials; and that nothing is handed
//! out where nothing can narrow.

mod guards;
mod programs;
mod sign_ins;
mod sources;
mod sts;

use serde_json::{Value, json};

use crate::disk::names;
use crate::harness::{CANARY, Sandbox, json_of, section, unwrapped};
use crate::loopback::Loopback;
use sts::{Sts, parameters};

const ROLE: &str = "arn:aws:iam::123456789012:role/R";
const CONFIG: &str = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = one\n\
                      [profile chained]\nrole_arn = arn:aws:iam::123456789012:role/C\nsource_profile = r\n";
const POLICY: &str = r#"{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}"#;

/// A home with a user's keys and roles.
fn home(sts: &Sts) -> Sandbox {
    let keys = section("one", "AKIAONE", CANARY);
    sts.home().config(CONFIG).credentials(keys)
}

/// Each command that hands out credentials, up to its own arguments.
const COMMANDS: [&[&str]; 5] = [
    &["exec", "-q", "-p", "PROFILE", "OPTIONS", "--", "printenv", "AWS_ACCESS_KEY_ID"],
    &["export-env", "-p", "PROFILE", "--format", "json", "OPTIONS"],
    &["credential-process", "-p", "PROFILE", "OPTIONS"],
    &["whoami", "-p", "PROFILE", "OPTIONS"],
    &["resolve", "-p", "PROFILE", "--format", "json", "OPTIONS"],
];

/// The command with a profile and options in it.
fn with<'a>(command: &[&'a str], profile: &'a str, options: &[&'a str]) -> Vec<&'a str> {
    let words = command.iter().flat_map(|word| match *word {
        "PROFILE" => vec![profile],
        "OPTIONS" => options.to_vec(),
        word => vec![word],
    });
    words.collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The JSON of `resolve`.
#[track_caller]
fn resolved(sandbox: &Sandbox, options: &[&str]) -> Value {
    let arguments = [&["resolve", "--format", "json"], options].concat();
    json_of(&sandbox.run(&arguments).success())
}

#[test]
fn each_option_reaches_the_profiles_own_role_from_every_command() {
    let sts = Sts::start();
    let home = home(&sts).file("policy.json", POLICY.replace("\":", "\" : \n")).revealing();
    let options = [
        "--policy-arn",
        "arn:aws:iam::123456789012:policy/team/P",
        "--policy-arn",
        "SecurityAudit",
        "--policy",
        "@policy.json",
        "--duration",
        "20m",
        "--session-name",
        "agent@7",
        "--source-identity",
        "ada",
        "--tag",
        "team=pay ments",
        "--tag",
        "empty=",
    ];
    let expected = pairs(&[
        ("DurationSeconds", "1200"),
        ("Policy", POLICY),
        ("PolicyArns.member.1.arn", "arn:aws:iam::123456789012:policy/team/P"),
        ("PolicyArns.member.2.arn", "arn:aws:iam::aws:policy/SecurityAudit"),
        ("RoleArn", ROLE),
        ("RoleSessionName", "agent@7"),
        ("SourceIdentity", "ada"),
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "pay ments"),
        ("Tags.member.2.Key", "empty"),
        ("Tags.member.2.Value", ""),
    ]);
    let is_role = |call: &&sts::Call| call.form["Action"] == "AssumeRole";
    for command in COMMANDS {
        let arguments =
            [&with(command, "r", &options)[..1], &["--no-cache"], &with(command, "r", &options)[1..]];
        let shown = home.run(&arguments.concat()).success();
        assert!(shown.contains("ASIAR") || command[0] == "whoami", "{shown}");
        let calls = sts.take();
        let roles: Vec<_> = calls.iter().filter(is_role).map(parameters).collect();
        assert_eq!(roles, [("AssumeRole by AKIAONE".to_owned(), expected.clone())], "{command:?}");
        assert!(calls.iter().all(|call| is_role(&call) || call.signed_by == "ASIAR"));
    }
    // One request for all of them, and the cache for the rest.
    for command in COMMANDS {
        let _ = home.run(&with(command, "r", &options)).success();
    }
    assert_eq!(sts.take().iter().filter(is_role).count(), 1);
    for command in COMMANDS {
        let _ = home.run(&with(command, "r", &options)).success();
    }
    assert_eq!(sts.take().iter().filter(is_role).count(), 0);
}

#[test]
fn read_only_is_the_policy_of_aws_in_the_roles_partition() {
    let sts = Sts::start();
    let role = |partition: &str| {
        format!("role_arn = arn:{partition}:iam::123456789012:role/R\nsource_profile = one\n")
    };
    let config = format!("[profile a]\n{}[profile c]\n{}", role("aws-us-gov"), role("aws-cn"));
    let home = home(&sts).config(config);
    for (profile, partition) in [("a", "aws-us-gov"), ("c", "aws-cn")] {
        let _ = home.run(&["whoami", "-p", profile, "--read-only"]).success();
        let (_, form) = parameters(&sts.take()[0]);
        let arn = format!("arn:{partition}:iam::aws:policy/ReadOnlyAccess");
        assert_eq!(form[0], ("PolicyArns.member.1.arn".to_owned(), arn));
        let elsewhere = ["whoami", "-p", profile, "--policy-arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"];
        let words = home.run(&elsewhere).failure(252);
        let expected = format!("is not in the partition of the request, `{partition}`");
        assert!(words.contains(&expected), "{words}");
    }
    // A user's keys have no partition; the region's is asked.
    let home = home.config("[profile r]\n");
    let narrowed = resolved(&home, &["-p", "one", "--region", "cn-north-1", "--read-only", "--offline"]);
    let arn = &narrowed["narrowing"]["policy_arns"][0]["value"];
    assert_eq!(arn, "arn:aws-cn:iam::aws:policy/ReadOnlyAccess");
    assert_eq!(sts.take().len(), 0);
}

#[test]
fn what_is_narrowed_has_a_cache_entry_of_its_own() {
    let sts = Sts::start();
    let home = home(&sts);
    let cache = home.path(".aws/cli/cache");
    let _ = resolved(&home, &["-p", "r"]);
    let [whole] = &names(&cache)[..] else { panic!("one entry") };
    let before = std::fs::read(cache.join(whole)).expect("an entry");
    let other = POLICY.replace("Get", "Put");
    let policies: [&[&str]; 6] = [
        &["--policy", POLICY],
        &["--policy", &other],
        &["--read-only"],
        &["--policy", POLICY, "--duration", "1h"],
        &["--session-name", "me"],
        &["--role-arn", "arn:aws:iam::123456789012:role/T"],
    ];
    for (at, options) in policies.iter().enumerate() {
        for is_cached in [false, true] {
            sts.take();
            let document = resolved(&home, &[&["-p", "r"], *options].concat());
            assert_eq!(sts.take().len(), usize::from(!is_cached), "{options:?}");
            let from = if is_cached { "cache" } else { "service" };
            assert_eq!(document["credentials"]["access_key_id"]["origin"]["from"], from, "{options:?}");
            assert_eq!(document["narrowing"]["by"], "AssumeRole");
        }
        assert_eq!(names(&cache).len(), at + 2);
    }
    // Whitespace makes no other policy.
    let _ = resolved(&home, &["-p", "r", "--policy", &POLICY.replace(',', " ,\n ")]);
    assert_eq!(sts.take().len(), 0);
    let document = resolved(&home, &["-p", "r"]);
    assert_eq!((&document["narrowing"], sts.take().len()), (&Value::Null, 0));
    assert_eq!(std::fs::read(cache.join(whole)).expect("an entry"), before);
    // Federated sessions are cached, too.
    for calls in [1, 0] {
        let _ = resolved(&home, &["-p", "one", "--read-only"]);
        assert_eq!(sts.take().len(), calls);
    }
    assert_eq!(names(&cache).len(), policies.len() + 2);
}

#[test]
fn a_chain_of_roles_is_narrowed_at_its_end() {
    let sts = Sts::start();
    let home = home(&sts);
    let document = resolved(&home, &["-p", "chained", "--read-only", "--no-cache"]);
    assert_eq!(document["credentials"]["access_key_id"]["value"], "ASIAC");
    let calls: Vec<_> = sts.take().iter().map(parameters).collect();
    let [(first, inner), (second, outer)] = &calls[..] else { panic!("{calls:#?}") };
    assert_eq!((first.as_str(), second.as_str()), ("AssumeRole by AKIAONE", "AssumeRole by ASIAR"));
    let has_policy = |form: &[(String, String)]| form.iter().any(|(name, _)| name.starts_with("PolicyArns"));
    assert!(!has_policy(inner) && has_policy(outer), "{calls:#?}");
    // STS gives an hour to a role that another role assumes.
    for role in [&[][..], &["--role-arn", "arn:aws:iam::123456789012:role/T"]] {
        let long = [&["resolve", "-p", "chained", "--duration", "2h", "--offline"], role].concat();
        let (_, words) = home.run(&long).code(252);
        assert!(
            words.contains("--duration: a role that another role assumes lasts at most 1 hour"),
            "{words}"
        );
    }
    // One more role on top gets it all.
    let top =
        ["-p", "chained", "--role-arn", "arn:aws:iam::123456789012:role/T", "--read-only", "--no-cache"];
    let document = resolved(&home, &top);
    assert_eq!(document["credentials"]["access_key_id"]["value"], "ASIAT");
    let calls: Vec<_> = sts.take().iter().map(parameters).collect();
    let with_policy: Vec<_> = calls.iter().filter(|(_, form)| has_policy(form)).collect();
    assert_eq!((calls.len(), with_policy.len()), (3, 1));
    assert_eq!(
        (with_policy[0].0.as_str(), calls[2].0.as_str()),
        ("AssumeRole by ASIAC", "AssumeRole by ASIAC")
    );
}

#[test]
fn what_is_wrong_with_an_option_is_found_before_anything_is_asked() {
    let sts = Sts::start();
    let home = home(&sts)
        .file("bad.json", "{\n\"Statement\": nothing}")
        .file("twice.json", "{\n\"Statement\": {},\n\"statement\": {}}")
        .file("large.json", " ".repeat(1 << 17));
    let many: Vec<&str> = std::iter::repeat_n(["--policy-arn", "P"], 11).flatten().collect();
    let long = format!(r#"{{"Statement":{{"Sid":"{}"}}}}"#, "x".repeat(2048));
    let cases: [(&[&str], u8, &str); 22] = [
        (&["--role-arn", "R"], 252, "--role-arn: `R` is not the ARN of a role"),
        (
            &["--policy-arn", "arn:aws:iam::aws:x"],
            252,
            "--policy-arn: `arn:aws:iam::aws:x` is not the ARN of a",
        ),
        (&many, 252, "--policy-arn: 11 managed policies are given"),
        (&["--policy", "{"], 252, "--policy: the policy is not valid JSON"),
        (&["--policy", "{\n\n]"], 252, "--policy, line 3: the policy is not valid JSON"),
        (&["--policy", "{}"], 252, "--policy: a policy is a JSON object with `Statement`"),
        (
            &["--read-only", "--policy", r#"{"Statement":[{"Effect":"Allow","Effect":"Deny"}]}"#],
            252,
            "--policy: the policy has the key `Effect` twice in one object, at column 40",
        ),
        (
            &["--policy", "@twice.json"],
            252,
            "twice.json:3: the policy has the key `statement` twice in one object, at column 11",
        ),
        (&["--policy", "bad.json"], 252, "--policy: `bad.json` is not a policy, but a file"),
        (&["--policy", &long], 252, "--policy: the policy has 2072 characters without whitespace"),
        (
            &["--policy", "@bad.json"],
            252,
            "bad.json:2: the policy is not valid JSON: expected ident at column",
        ),
        (&["--policy", "@large.json"], 253, "--policy: `large.json` can't be read"),
        (&["--policy", "@none.json"], 253, "--policy: `none.json` can't be read"),
        (
            &["--duration", "5m"],
            252,
            "--duration: a session lasts from 15 minutes to 36 hours, not 300 seconds",
        ),
        (&["--duration", "-1"], 252, "--duration: `-1` is not a duration"),
        (
            &["--duration", "13h", "--role-arn", ROLE],
            252,
            "--duration: the session of a role lasts at most 12 hours",
        ),
        (&["--duration", "13h"], 252, "--duration: the session of a role lasts at most 12 hours"),
        (&["--session-name", "a b"], 252, "--session-name: `a b` is not a name of 2 to 64"),
        (&["--source-identity", "a"], 252, "--source-identity: `a` is not a name of 2 to 64"),
        (&["--tag", "x"], 252, "--tag: `x` is not a tag of the form KEY=VALUE"),
        (&["--tag", "a=1", "--tag", "A=2"], 252, "--tag: the tag `A` is given twice"),
        (
            &["--read-only", "--policy", POLICY],
            252,
            "--policy: the session could do more than `--read-only` says",
        ),
    ];
    for (options, code, expected) in cases {
        for command in COMMANDS {
            let (found, shown, words) = home.run(&with(command, "r", options)).ended();
            let words = if command[0] == "resolve" { shown.clone() + &words } else { words };
            assert_eq!(found, Some(code.into()), "{command:?} {options:?}: {words}");
            assert!(words.contains(expected), "{command:?} {options:?}: {words}");
            assert!(!shown.contains("ASIA") && !shown.contains("AKIA"), "{shown}");
        }
    }
    assert_eq!(sts.take().len(), 0);
    // Before a secret is read, too.
    let words = home.run_with_input(&["whoami", "--access-key-id", "AKIAX", "--tag", "x"], "").failure(252);
    assert!(words.contains("KEY=VALUE"), "{words}");
    let words = home.run(&["resolve", "-p", "r", "--sdk", "all", "--read-only"]).failure(252);
    assert!(words.contains("name one SDK"), "{words}");
    let _ = home.run(&["export-env", "--unset", "--read-only"]).code(252);
}

#[test]
fn resolve_shows_what_is_narrowed_and_by_whom() {
    let sts = Sts::start();
    *sts.packed.lock() = Some(12);
    let home = home(&sts);
    let options = ["-p", "r", "--read-only", "--duration", "15m", "--tag", "a=b", "--session-name", "me"];
    let option =
        |name: &str, value: Value| json!({"value": value, "origin": {"from": "option", "name": name}});
    let mut expected = json!({
        "by": "AssumeRole",
        "role_arn": {"value": ROLE, "origin": {
            "from": "file", "path": home.path(".aws/config"), "line": 2, "section": "profile r", "key": "role_arn",
        }},
        "policy_arns": [option("--read-only", json!("arn:aws:iam::aws:policy/ReadOnlyAccess"))],
        "policy": null,
        "read_only": option("--read-only", json!(true)),
        "duration": option("--duration", json!(900)),
        "session_name": option("--session-name", json!("me")),
        "source_identity": null,
        "tags": [{"key": "a", "value": "b", "origin": {"from": "option", "name": "--tag"}}],
        "packed_policy_size": null,
    });
    let offline = resolved(&home, &[&options[..], &["--offline"]].concat());
    assert_eq!(offline["narrowing"], expected);
    assert_eq!(
        offline["pending"],
        json!({"provider": "assume-role", "what": format!("STS for the role {ROLE}")})
    );
    assert_eq!(sts.take().len(), 0);
    expected["packed_policy_size"] = json!(12);
    for _ in 0..2 {
        assert_eq!(resolved(&home, &options)["narrowing"], expected);
    }
    let screen = home.run(&[&["resolve"], &options[..]].concat()).success();
    let lines: Vec<String> = screen.lines().map(unwrapped).collect();
    let at =
        lines.iter().position(|line| line == "narrowed by AssumeRole").unwrap_or_else(|| panic!("{screen}"));
    let expected = [
        "role arn:aws:iam::123456789012:role/R ~/.aws/config:2",
        "policy arn:aws:iam::aws:policy/ReadOnlyAccess --read-only",
        "duration 15 min --duration",
        "session name me --session-name",
        "tag a=b --tag",
        "packed size 12 % of what STS allows for policies and tags",
    ];
    assert_eq!(lines[at + 1..at + 7], expected, "{screen}");
    let document = resolved(&home, &["-p", "r", "--policy", POLICY]);
    let policy = json_of(POLICY);
    assert_eq!(document["narrowing"]["policy"], option("--policy", policy));
    // A refusal is an error with a code.
    let home = home.config("[profile p]\ncredential_process = none\n").env("AWS_SESSION_TOKEN", CANARY);
    let home = home.env("AWS_ACCESS_KEY_ID", "ASIAX").env("AWS_SECRET_ACCESS_KEY", CANARY);
    let (shown, _) = home.run(&["resolve", "--format", "json", "--read-only"]).code(253);
    let document = json_of(&shown);
    assert_eq!((&document["credentials"], &document["narrowing"]), (&Value::Null, &Value::Null));
    assert_eq!(document["error"]["code"], "not-narrowed");
}

#[test]
fn a_policy_that_nearly_fills_its_space_is_warned_of_once() {
    let sts = Sts::start();
    let home = home(&sts).revealing();
    for (size, is_warned) in [(79, false), (80, true), (100, true)] {
        *sts.packed.lock() = Some(size);
        let policy = POLICY.replace("Get", &format!("Get{size}"));
        // From STS, then from the cache.
        for command in COMMANDS.iter().chain(&COMMANDS) {
            let (_, words) = home.run(&with(command, "r", &["--policy", &policy])).code(0);
            let count = words.matches(&format!("take {size} % of the space")).count();
            assert_eq!(count, usize::from(is_warned && command[0] != "resolve"), "{command:?}: {words}");
        }
        let document = resolved(&home, &["-p", "r", "--policy", &policy]);
        let warned = document["warnings"].as_array().expect("a list").iter();
        assert_eq!(warned.filter(|found| found["code"] == "packed-policy").count(), usize::from(is_warned));
    }
}

#[test]
fn a_parameter_that_sts_refuses_is_shown_on_the_line_that_it_comes_from() {
    let message = "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member \
                   must have value less than or equal to 43200";
    let sts = Loopback::refusing(400, "ValidationError", message);
    let home = sts.home().credentials(section("one", "AKIAONE", CANARY)).config(
        "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = one\nregion = us-east-1\n\
         duration_seconds = 43201\n",
    );
    let words = home.run(&["credential-process", "-p", "r"]).failure(254);
    assert!(words.starts_with("error: ~/.aws/config:5: ") && words.contains(message), "{words}");
}

#[test]
fn a_refusal_of_sts_says_what_to_change() {
    let cases: [(&[&str], &str, &str, &str); 8] = [
        (&["--policy", POLICY], "MalformedPolicyDocument", "Syntax errors in policy.", "check the actions"),
        (&["--policy", POLICY], "PackedPolicyTooLarge", "Packed size of 112 percent", "shorten the policy"),
        (&["--tag", "a=b"], "AccessDenied", "not authorized to perform: sts:TagSession", "`sts:TagSession`"),
        (
            &["--source-identity", "ada"],
            "AccessDenied",
            "not authorized to perform: sts:SetSourceIdentity",
            "`sts:SetSourceIdentity`",
        ),
        (
            &["--duration", "12h"],
            "ValidationError",
            "exceeds the MaxSessionDuration set",
            "a shorter `--duration`",
        ),
        (
            &["--duration", "12h"],
            "ValidationError",
            "1 hour limit for role chaining",
            "`--duration 1h` or less",
        ),
        (
            &["-p", "one", "--read-only"],
            "AccessDenied",
            "not authorized to perform: sts:GetFederationToken",
            "the user needs",
        ),
        (
            &["-p", "one", "--read-only"],
            "AccessDenied",
            "Cannot call GetFederationToken with session",
            "long-term keys",
        ),
    ];
    let top = ["--role-arn", "arn:aws:iam::123456789012:role/T"];
    for (options, code, message, expected) in cases {
        let sts = Loopback::refusing(400, code, message);
        let keys = section("one", "AKIAONE", CANARY);
        let home = sts.home().config(CONFIG).credentials(keys);
        let of_role: [&[&str]; 2] = [&["-p", "r"], &[&top[..], &["-p", "one"]].concat()];
        let all = if options[0] == "-p" { vec![&[][..]] } else { of_role.to_vec() };
        for profile in all {
            for sdk in ["aws-cli", "js"] {
                let words = home.run(&[&["whoami", "--sdk", sdk], profile, options].concat()).failure(254);
                assert!(words.contains(message) && words.contains(expected), "{profile:?} {sdk}: {words}");
            }
        }
    }
}

#[test]
fn advice_hands_out_no_more_than_was_asked_for() {
    let sts = Sts::start();
    let home = home(&sts);
    let (_, words) =
        home.run(&["exec", "-q", "-p", "r", "--read-only", "--tag", "a=b", "--", "one"]).code(127);
    assert!(words.contains("xcred exec --quiet --tag a=b --read-only --profile one"), "{words}");
    // Behind the name of a profile an option would be an argument, and the credentials those of another profile.
    let keys = home.read_credentials();
    let keys = keys.replace("[one]", "[default]") + &keys;
    let home = home.credentials(keys);
    let words = home.run(&["exec", "-q", "r", "--read-only", "--", "env"]).failure(252);
    assert!(words.contains("`--read-only` is an argument of the command `r` here"), "{words}");
    assert!(words.contains("`xcred exec --quiet --read-only --profile r -- env`"), "{words}");
    for option in ["--serve", "-q", "--sdk=rust", "--no-cache"] {
        let words = home.run(&["exec", "-q", "r", option, "--", "env"]).failure(252);
        let option = option.split('=').next().unwrap();
        assert!(words.contains(&format!("`{option}` is an argument of the command `r` here")), "{words}");
    }
    assert_eq!(home.run(&["exec", "-q", "echo", "--read-only", "--", "r"]).success(), "--read-only -- r\n");
    let given =
        home.run(&["exec", "-q", "--read-only", "r", "--", "printenv", "AWS_ACCESS_KEY_ID"]).success();
    assert_eq!(given, "ASIAR\n");
}
