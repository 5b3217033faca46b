//! The commands that give values and credentials, by the rules of the SDKs for Rust, JavaScript, Go and Java.

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::{Loopback, Reply};

const SDKS: [&str; 4] = ["rust", "js", "go", "java"];

/// A line of a pair of keys.
fn keys(id: &str) -> String {
    format!("aws_access_key_id = {id}\naws_secret_access_key = {CANARY}\n")
}

/// Variables with a pair of keys.
fn with_keys(sandbox: Sandbox) -> Sandbox {
    sandbox.env("AWS_ACCESS_KEY_ID", "AKIAENV").env("AWS_SECRET_ACCESS_KEY", CANARY)
}

#[test]
fn a_value_is_what_the_sdk_reads_with_the_line_that_it_reads_it_from() {
    for (config, credentials, expected) in [
        // Quotes, comments, keys in upper case, indented keys, keys without a value.
        ("[default]\nregion = 'r'\n", "", ["'r' 2", "'r' 2", "r 2", "%27r%27 2"]),
        ("[default]\nregion = r # c\n", "", ["r 2", "r 2", "r 2", "r 2"]),
        ("[default]\nRegion = r\n", "", ["r 2", "", "r 2", ""]),
        ("[default]\noutput = json\n  region = r\n", "", ["", "r 3", "r 3", ""]),
        ("[default]\nregion = r\n", "[default]\nregion =\n", [" c2", "r 2", "", ""]),
        ("[default]\nregion = r\nregion = s\n", "", ["s 3", "s 3", "s 3", "s 3"]),
        ("[default]\nregion = r\n[profile default]\nregion = s\n", "", ["s 4", "s 4", "s 4", "s 4"]),
        // What only botocore refuses is no fault.
        ("[default]\nregion = r\n[default]\nregion = s\n", "", ["s 4", "s 4", "s 4", "s 4"]),
    ] {
        let sandbox = Sandbox::new().config(config).credentials(credentials);
        for (sdk, expected) in SDKS.iter().zip(expected) {
            let (code, shown, words) = sandbox.run(&["get", "region", "--sdk", sdk, "--show-origin"]).ended();
            let (place, value) = shown.trim_end_matches('\n').split_once('\t').unwrap_or_default();
            let (file, line) = place.rsplit_once(':').unwrap_or_default();
            let file = if file.ends_with("credentials") { "c" } else { "" };
            let found = if code == Some(0) { format!("{value} {file}{line}") } else { String::new() };
            assert_eq!((found.as_str(), words.as_str()), (expected, ""), "{sdk}: {config}{credentials}");
        }
    }
}

#[test]
fn all_values_are_those_that_the_sdk_reads() {
    let sandbox = Sandbox::new().config("[default]\noutput = \"json\" # c\nregion = 'r'\n");
    for (sdk, expected) in SDKS.iter().zip(["'r'", "'r'", "r", "%27r%27"]) {
        let printed = sandbox.run(&["get", "--all", "--sdk", sdk]).success();
        assert!(printed.contains(&format!("region = {expected}\n")), "{sdk}: {printed}");
        let output = if *sdk == "go" { "json" } else { "\"json\"" };
        assert!(printed.contains(&format!("output = {output}\n")), "{sdk}: {printed}");
        // The file has it as it is written.
        assert_eq!(sandbox.run(&["get", "region", "--stored", "--sdk", sdk]).ended().1, "'r'\n");
    }
}

#[test]
fn a_file_that_only_the_sdk_refuses_is_named() {
    let sandbox = Sandbox::new().config("[default]\nregion: eu-west-1\n");
    for sdk in ["rust", "java"] {
        let (printed, words) = sandbox.run(&["get", "region", "--sdk", sdk]).code(1);
        assert!(printed.is_empty() && words.contains("config:2: a line without `=`"), "{sdk}: {words}");
        let words = sandbox.run(&["list-profiles", "--sdk", sdk]).failure(253);
        assert!(words.contains("config:2: a line without `=`"), "{sdk}: {words}");
        assert!(words.contains("help: correct line 2 of the file"), "{sdk}: {words}");
    }
    assert_eq!(sandbox.run(&["get", "region", "--sdk", "go"]).success(), "eu-west-1\n");
    assert_eq!(sandbox.run(&["get", "region", "--sdk", "boto3"]).success(), "eu-west-1\n");
}

#[test]
fn credentials_are_those_of_the_sdk() {
    let files = || Sandbox::new().credentials(format!("[dev]\n{}", keys("AKIADEV")));
    let dev = || with_keys(files()).env("AWS_PROFILE", "dev").revealing();
    let id = |sandbox: &Sandbox, sdk: &str| {
        let (code, shown, words) =
            sandbox.run(&["exec", "-q", "--sdk", sdk, "--", "sh", "-c", "echo $AWS_ACCESS_KEY_ID"]).ended();
        (code, shown.trim_end().to_owned(), words)
    };
    for (sdk, expected) in SDKS.iter().zip(["AKIAENV", "AKIADEV", "AKIAENV", "AKIAENV"]) {
        let sandbox = dev();
        assert_eq!(id(&sandbox, sdk), (Some(0), expected.to_owned(), String::new()), "{sdk}");
        let shown = sandbox.run(&["export-env", "--sdk", sdk, "--format", "json"]).success();
        assert!(shown.contains(expected), "{sdk}: {shown}");
        let shown = sandbox.run(&["credential-process", "--sdk", sdk]).success();
        assert!(shown.contains(expected), "{sdk}: {shown}");
        assert_eq!(
            sandbox.run(&["get", "aws_access_key_id", "--sdk", sdk]).success(),
            format!("{expected}\n")
        );
    }
    // Go refuses a profile that AWS_PROFILE names and no file has, even beside keys.
    let missing = with_keys(files()).env("AWS_PROFILE", "missing").revealing();
    for sdk in ["rust", "java"] {
        assert_eq!(id(&missing, sdk).1, "AKIAENV", "{sdk}");
    }
    // To JavaScript a named profile is all that is asked for.
    missing.run(&["credential-process", "--sdk", "js"]).failure(253);
    let words = missing.run(&["credential-process", "--sdk", "go"]).failure(253);
    assert!(words.contains("missing"), "{words}");
    // Rust panics, and Java has keys.
    let attempts = with_keys(files()).env("AWS_MAX_ATTEMPTS", "0").revealing();
    let words = attempts.run(&["credential-process", "--sdk", "rust"]).failure(253);
    assert!(words.contains("AWS_MAX_ATTEMPTS"), "{words}");
    assert_eq!(id(&attempts, "java").1, "AKIAENV");
    let words = attempts.run(&["credential-process", "--sdk", "perl"]).failure(252);
    assert!(SDKS.iter().all(|sdk| words.contains(sdk)), "{words}");
}

#[test]
fn warnings_that_are_true_only_of_botocore_are_not_shown() {
    // To botocore the value has a comment and quotes, and the profile is in no file.
    let config = "[default]\nregion = r # c\n[profile.dev]\nregion = s\n";
    let sandbox =
        Sandbox::new().config(config).credentials(format!("[default]\n{}", keys("AKIAK"))).revealing();
    for sdk in SDKS {
        let _ = sandbox.run(&["export-env", "--sdk", sdk]).success();
    }
    assert_eq!(sandbox.run(&["get", "region", "--sdk", "js", "-p", "dev"]).success(), "s\n");
}

#[test]
fn the_profiles_are_those_that_the_sdk_sees() {
    let config = "[profile 'a']\nregion = r\n[profile.b]\nregion = s\n[default]\nregion = 't'\n[profile my team]\nregion = u\n";
    let sandbox = Sandbox::new().config(config).credentials(format!("[z]\n{}", keys("AKIAZ")));
    for (sdk, expected) in
        SDKS.iter().zip(["default z", "a b default z", "'a' default my team z", "default z"])
    {
        let names = sandbox.run(&["list-profiles", "--sdk", sdk]).success();
        assert_eq!(names.trim_end().replace('\n', " "), expected, "{sdk}");
        let printed = sandbox.run(&["list-profiles", "--sdk", sdk, "--format", "json"]).success();
        let document = json_of(&printed);
        let last = document["profiles"].as_array().and_then(|rows| rows.last()).expect("a row");
        assert_eq!((&last["name"], &last["credentials"]), (&"z".into(), &"shared-credentials-file".into()));
        assert_eq!(last["origins"][0]["line"], 1);
        let table = sandbox.run(&["list-profiles", "--sdk", sdk, "--long"]).success();
        let region = if *sdk == "go" { " t " } else { " 't' " };
        assert!(table.contains("* default") && table.contains(region), "{sdk}: {table}");
    }
}

/// The SDK for Rust can't put an empty region into a request, wherever it is sent; others sign with it.
#[test]
fn an_empty_region_is_an_error_to_rust_even_at_an_address_of_the_users_own() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sts = Loopback::sts();
    let sandbox = sts
        .home()
        .without("AWS_REGION")
        .config(format!("[profile r]\n{role}region =\n"))
        .credentials(format!("[base]\n{}", keys("AKIABASE")))
        .revealing();
    let words = sandbox.run(&["credential-process", "--sdk", "rust", "-p", "r", "--no-cache"]).failure(253);
    assert!(words.contains("config:4: the region is set but empty"), "{words}");
    assert_eq!(sts.count(), 0);
    sandbox.run(&["credential-process", "--sdk", "boto3", "-p", "r", "--no-cache"]).success_with_words();
}

/// What a profile with a role sends to STS: the host, the region that signs, and the members of the form in their order.
#[test]
fn each_sdk_sends_its_own_request_to_assume_a_role() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    for (region, expected) in [
        (
            "region = eu-west-1\n",
            [
                "eu-west-1 - assume-role-from-profile-",
                "eu-west-1 3600 aws-sdk-js-",
                "eu-west-1 900 aws-go-sdk-",
                "eu-west-1 - aws-sdk-java-",
            ],
        ),
        (
            "",
            [
                "us-west-2 - assume-role-from-profile-",
                "us-west-2 3600 aws-sdk-js-",
                "us-west-2 900 aws-go-sdk-",
                "us-west-2 - aws-sdk-java-",
            ],
        ),
    ] {
        for (sdk, expected) in SDKS.iter().zip(expected) {
            let sts = Loopback::sts();
            let sandbox = sts
                .home()
                .config(format!("[profile r]\n{role}{region}"))
                .credentials(format!("[base]\n{}", keys("AKIABASE")))
                .env("AWS_REGION", if region.is_empty() { "us-west-2" } else { "eu-west-1" })
                .revealing();
            let ended = sandbox.run(&["credential-process", "--sdk", sdk, "-p", "r", "--no-cache"]).ended();
            assert_eq!((ended.0, ended.2.as_str()), (Some(0), ""), "{sdk}");
            let request = &sts.received()[0];
            let member = |name: &str| {
                let found =
                    request.body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
                found.unwrap_or("-").to_owned()
            };
            let scope =
                request.headers.iter().find(|line| line.starts_with("authorization:")).expect("a signature");
            let scope = scope.split('/').nth(2).expect("a region").to_owned();
            let session = member("RoleSessionName");
            let prefix = session.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            assert!(session.len() > prefix.len(), "{session}");
            let found = format!("{scope} {} {prefix}", member("DurationSeconds"));
            assert_eq!(found, expected, "{sdk} {region}");
        }
    }
}

#[test]
fn an_empty_name_of_a_session_is_sent_where_empty_values_count() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nrole_session_name =\nexternal_id =\nregion = eu-west-1\n";
    for (sdk, expected) in SDKS.iter().zip([true, false, false, true]) {
        let sts = Loopback::sts();
        let sandbox = sts.home().file("token", CANARY).revealing();
        let token = sandbox.path("token").display().to_string();
        let sandbox = sandbox
            .config(format!("[profile r]\n{role}source_profile = base\n[profile w]\n{role}web_identity_token_file = {token}\n"))
            .credentials(format!("[base]\n{}", keys("AKIABASE")));
        for profile in ["r", "w"] {
            let _ = sandbox.run(&["credential-process", "--sdk", sdk, "-p", profile, "--no-cache"]).success();
        }
        let received = sts.received();
        let has = |at: usize, name: &str| {
            received[at].body.split('&').any(|pair| pair.strip_prefix(name) == Some("="))
        };
        let found = (has(0, "RoleSessionName"), has(0, "ExternalId"), has(1, "RoleSessionName"));
        assert_eq!(found, (expected, expected, expected), "{sdk}");
    }
}

#[test]
fn programs_run_in_a_shell_only_where_the_sdk_has_one() {
    let printed =
        r#"{"Version": 1, "AccessKeyId": "AKIAP", "SecretAccessKey": "CANARY"}"#.replace("CANARY", CANARY);
    let sandbox = Sandbox::new()
        .config("[default]\ncredential_process = cat $HOME/keys.json | cat\n")
        .file("keys.json", printed)
        .revealing();
    for sdk in SDKS {
        assert_eq!(sandbox.run(&["get", "aws_access_key_id", "--sdk", sdk]).success(), "AKIAP\n", "{sdk}");
    }
    sandbox.run(&["get", "aws_access_key_id", "--sdk", "boto3"]).failure(255);
}

#[test]
fn without_a_region_each_sdk_has_its_own_host_or_none() {
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let hosts = [None, Some("sts.us-east-1.amazonaws.com"), None, Some("sts.amazonaws.com")];
    for (sdk, expected) in SDKS.iter().zip(hosts) {
        let proxy = Loopback::refusing(403, "Forbidden", "no");
        let sandbox = Sandbox::new()
            .config(format!("[profile r]\n{role}"))
            .credentials(format!("[base]\n{}", keys("AKIABASE")))
            .env("HTTPS_PROXY", &proxy.url);
        let ended = sandbox.run(&["credential-process", "--sdk", sdk, "-p", "r", "--no-cache"]).ended();
        assert_ne!(ended.0, Some(0), "{sdk}");
        let first = proxy.received().first().map(|request| request.line.clone());
        let host = first.as_deref().and_then(|line| line.split([' ', ':']).nth(1));
        assert_eq!(host, expected, "{sdk}: {}", ended.2);
    }
}

#[test]
fn each_sdk_sends_its_own_request_with_a_web_identity() {
    let prefixes = ["web-identity-token-profile-", "aws-sdk-js-session-", "", "aws-sdk-java-"];
    for (sdk, expected) in SDKS.iter().zip(prefixes) {
        let sts = Loopback::sts();
        let sandbox = sts.home().file("token", CANARY).revealing();
        let home = sandbox.home().to_str().expect("a path").to_owned();
        let sandbox = sandbox.config(format!(
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\nweb_identity_token_file = {home}/token\n"
        ));
        let ended = sandbox.run(&["credential-process", "--sdk", sdk, "--no-cache"]).ended();
        assert_eq!((ended.0, ended.2.as_str()), (Some(0), ""), "{sdk}");
        let body = &sts.received()[0].body;
        let session = body.split('&').find_map(|pair| pair.strip_prefix("RoleSessionName=")).expect("a name");
        assert_eq!(session.trim_end_matches(|c: char| c.is_ascii_digit()), expected, "{sdk}");
        assert!(!body.contains("DurationSeconds"), "{sdk}: {body}");
    }
}

#[test]
fn each_sdk_asks_the_instance_for_the_region_in_its_own_way() {
    let region = "GET /latest/meta-data/placement/region";
    let document = "GET /latest/dynamic/instance-identity/document";
    for (sdk, expected) in SDKS.iter().zip([Some(region), Some(region), None, Some(document)]) {
        let instance = Loopback::replying(jiff::SignedDuration::ZERO, |request| {
            let body = match request.line.as_str() {
                line if line.starts_with("PUT") => "token",
                line if line.ends_with("/document") => "{\"region\": \"eu-north-1\"}",
                _ => "eu-north-1",
            };
            let headers = vec!["x-aws-ec2-metadata-token-ttl-seconds: 21600".to_owned()];
            Some(Reply { status: 200, headers, body: body.to_owned() })
        });
        let sandbox = Sandbox::new().env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &instance.url);
        let (code, printed, _) = sandbox.run(&["get", "region", "--sdk", sdk]).ended();
        let mut asked = instance.received().into_iter().map(|request| request.line);
        let asked = asked.rfind(|line| line.starts_with("GET"));
        assert_eq!(asked.as_deref(), expected, "{sdk}");
        let found = if expected.is_some() { (Some(0), "eu-north-1\n") } else { (Some(1), "") };
        assert_eq!((code, printed.as_str()), found, "{sdk}");
    }
}

/// However long a chain of sources is, and wherever it leads, it ends.
#[test]
fn chains_of_sources_end() {
    let link = |at: usize, to: usize| {
        format!("[profile p{at}]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = p{to}\n")
    };
    let long: String = (0..20_000).map(|at| link(at, at + 1)).collect();
    let circle = [link(0, 1), link(1, 0)].concat();
    for config in [long, circle] {
        let sandbox = Sandbox::new().config(config);
        for sdk in ["boto3", "rust", "js", "go", "java", "ruby"] {
            let arguments = ["resolve", "--sdk", sdk, "-p", "p0", "--offline", "--format", "json"];
            let (ended, printed, _) = sandbox.run(&arguments).ended();
            assert_eq!(ended, Some(253), "{sdk}: {printed}");
        }
        let (ended, _, _) = sandbox.run(&["resolve", "--sdk", "all", "-p", "p0", "--offline"]).ended();
        assert_eq!(ended, Some(253));
    }
}

/// botocore stops at a profile that doesn't exist. Where an SDK goes on without it, the error still says that it is missing.
#[test]
fn a_missing_profile_is_named_where_its_sdk_goes_on_without_it() {
    let sandbox =
        Sandbox::new().credentials("[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = c4n4ry\n");
    for sdk in ["rust", "js", "java", "ruby"] {
        let words = sandbox.run(&["whoami", "-p", "nope", "--sdk", sdk]).failure(253);
        assert!(words.contains("no section for `nope` in ~/.aws/credentials"), "{words}");
        assert!(words.contains(&format!("`xcred resolve --sdk {sdk} --profile nope` shows")), "{words}");
    }
}

/// The command of the help is for the profile that was asked for, not for the default one.
#[test]
fn the_help_for_a_code_that_nobody_asks_for_names_the_profile() {
    let home = Sandbox::new()
        .config("[profile one]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n")
        .credentials(section("base", "AKIABASE", CANARY));
    let words = home.run(&["whoami", "-p", "one", "--sdk", "go"]).failure(253);
    assert!(words.contains("help: give the program credentials"), "{words}");
    assert!(words.contains("`eval \"$(xcred export-env --profile one)\"`"), "{words}");
}

/// Its chain looks at both variables; its clients, for everything else, only at `AWS_PROFILE`.
#[test]
fn to_ruby_aws_default_profile_names_the_profile_of_credentials_only() {
    let home = || {
        Sandbox::new()
            .config(
                "[default]\nregion = eu-west-1\nretry_mode = adaptive\nendpoint_url = https://default.test\n\
                 [profile dev]\nregion = us-east-1\nmax_attempts = 7\noutput = text\n",
            )
            .credentials(section("dev", "AKIADEV", CANARY))
    };
    let get = |home: &Sandbox, key: &str, sdk: &str| {
        let (code, printed, _) = home.run(&["get", key, "--sdk", sdk]).ended();
        (code == Some(0)).then(|| printed.trim_end().to_owned())
    };
    let by_default = home().env("AWS_DEFAULT_PROFILE", "dev");
    for (key, expected) in [
        ("aws_access_key_id", Some("AKIADEV")),
        ("region", Some("eu-west-1")),
        ("retry_mode", Some("adaptive")),
        ("max_attempts", None),
        ("endpoint_url", Some("https://default.test")),
        // No client asks for it.
        ("output", Some("text")),
    ] {
        assert_eq!(get(&by_default, key, "ruby").as_deref(), expected, "{key}");
    }
    let all = by_default.run(&["get", "--all", "--sdk", "ruby"]).success();
    assert!(all.contains("region = eu-west-1\n") && !all.contains("max_attempts"), "{all}");
    assert_eq!(get(&by_default, "region", "go").as_deref(), Some("us-east-1"));
    for named in
        [home().env("AWS_PROFILE", "dev"), home().env("AWS_PROFILE", "dev").env("AWS_DEFAULT_PROFILE", "no")]
    {
        assert_eq!(get(&named, "region", "ruby").as_deref(), Some("us-east-1"));
        assert_eq!(get(&named, "endpoint_url", "ruby"), None);
    }
    let (_, printed, _) = by_default.run(&["get", "region", "--sdk", "ruby", "-p", "dev"]).ended();
    assert_eq!(printed, "us-east-1\n");
    // It says what makes the difference.
    let shown = by_default.run(&["resolve", "--sdk", "all"]).code(0).0;
    assert!(shown.contains("ruby     shared-credentials-file  AKIADEV        eu-west-1"), "{shown}");
    assert!(shown.contains("because of AWS_DEFAULT_PROFILE"), "{shown}");
}

#[test]
fn a_variable_disables_the_config_file_for_ruby() {
    let config = format!(
        "[default]\nregion = eu-west-1\naws_access_key_id = AKIACONFIG\naws_secret_access_key = {CANARY}\n\
         [profile role]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nregion = us-west-2\n"
    );
    let credentials = format!(
        "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = {CANARY}\nregion = us-east-1\n\
         [run]\ncredential_process = echo\n"
    );
    let home = || Sandbox::new().config(&config).credentials(&credentials);
    let resolved = |home: &Sandbox, profile: &str, sdk: &str| {
        let arguments = ["resolve", "-p", profile, "--offline", "--sdk", sdk, "--format", "json"];
        let (_, printed, _) = home.run(&arguments).ended();
        let found = json_of(&printed);
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let provider =
            text(&found["credentials"]["provider"]).or_else(|| text(&found["pending"]["provider"]));
        (provider, text(&found["settings"]["region"]["value"]))
    };
    let of = |provider: Option<&str>, region: Option<&str>| {
        (provider.map(str::to_owned), region.map(str::to_owned))
    };
    let without = home();
    assert_eq!(resolved(&without, "default", "ruby"), of(Some("config-file"), Some("eu-west-1")));
    assert_eq!(resolved(&without, "role", "ruby"), of(Some("assume-role"), Some("us-west-2")));
    assert_eq!(resolved(&without, "run", "ruby"), of(Some("custom-process"), None));
    // An empty variable is set, too.
    for value in ["1", ""] {
        let opted_out = home().env("AWS_SDK_CONFIG_OPT_OUT", value);
        // All but the keys of a profile is disabled with it, in the credentials file as well.
        for profile in ["default", "role", "run"] {
            assert_eq!(resolved(&opted_out, profile, "ruby"), (None, None), "{value}: {profile}");
        }
        assert_eq!(
            resolved(&opted_out, "base", "ruby"),
            of(Some("shared-credentials-file"), Some("us-east-1"))
        );
        assert_eq!(resolved(&opted_out, "default", "go").1.as_deref(), Some("eu-west-1"));
        let listed = opted_out.run(&["list-profiles", "--sdk", "ruby"]).success();
        assert_eq!(listed, "base\nrun\n");
    }
}

#[test]
fn the_sdk_for_java_encodes_the_name_of_a_region_and_the_others_use_it_as_it_is() {
    let home = || Sandbox::new().config("[default]\nregion = a b*\n");
    for (home, plain, encoded) in [
        (home().env("AWS_REGION", " eu west/1~\u{fc} "), " eu west/1~\u{fc} ", "eu%20west%2F1~%C3%BC"),
        (home(), "a b*", "a%20b%2A"),
        (home().env("AWS_REGION", "a%b"), "a%b", "a%25b"),
        (home().env("AWS_REGION", "eu-west-1"), "eu-west-1", "eu-west-1"),
    ] {
        for sdk in SDKS {
            let expected = if sdk == "java" { encoded } else { plain };
            let (_, found, _) = home.run(&["get", "region", "--sdk", sdk]).ended();
            assert_eq!(found, format!("{expected}\n"), "{sdk}");
        }
    }
}

/// The SDK for Java has a client of its own for web identities, which can't be made with this retry mode.
#[test]
fn java_makes_no_client_for_a_web_identity_with_an_adaptive_retry_mode() {
    let sts = Loopback::sts();
    let home = || sts.home().file("jwt", format!("{CANARY}-jwt"));
    let arn = "arn:aws:iam::123456789012:role/R";
    let keys = format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n");
    for (setting, variable, is_web, works) in [
        ("", "standard", true, true),
        ("", "Adaptive", true, false),
        ("retry_mode = adaptive\n", "", true, false),
        ("retry_mode = legacy\n", "", true, true),
        ("retry_mode = adaptive\n", "", false, true),
    ] {
        let home = home();
        let by = if is_web {
            format!("web_identity_token_file = {}\n", home.path("jwt").display())
        } else {
            format!("source_profile = base\n[profile base]\n{keys}")
        };
        let home = home.config(format!("[profile r]\nregion = eu-west-1\n{setting}role_arn = {arn}\n{by}"));
        let home = if variable.is_empty() { home } else { home.env("AWS_RETRY_MODE", variable) };
        let outcome = home.run(&["resolve", "--sdk", "java", "-p", "r", "--no-cache"]);
        let (code, stdout, stderr) = outcome.ended();
        assert_eq!(code == Some(0), works, "{setting}{variable} {is_web}: {stdout}{stderr}");
        assert!(works || stdout.contains("retry_mode"), "{stdout}{stderr}");
    }
}

/// What of a pair of keys is missing, in the profile that has the rest.
#[test]
fn what_is_missing_of_keys_is_said_as_it_is() {
    let (id, secret) = ("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", "aws_secret_access_key = CANARY\n");
    for (sdk, keys, why, help) in [
        (
            "rust",
            "aws_session_token = CANARY\n",
            "has aws_session_token without an access key",
            "unset aws_session_token",
        ),
        (
            "rust",
            secret,
            "has aws_secret_access_key, and neither file has a value for aws_access_key_id",
            "set aws_access_key_id ID",
        ),
        (
            "rust",
            id,
            "has aws_access_key_id, and neither file has a value for aws_secret_access_key",
            "set aws_secret_access_key -",
        ),
        (
            "go",
            secret,
            "has aws_secret_access_key without aws_access_key_id in the same file",
            "set aws_access_key_id ID",
        ),
        (
            "java",
            "aws_access_key_id =\naws_secret_access_key = CANARY\n",
            "has aws_access_key_id without a value",
            "",
        ),
    ] {
        let sandbox = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .credentials(format!("[dev]\n{}", keys.replace("CANARY", CANARY)));
        let (_, stdout, stderr) = sandbox.run(&["resolve", "--sdk", sdk, "-p", "dev"]).ended();
        let shown = stdout + &stderr;
        assert!(shown.contains(&format!("profile `dev` {why}")), "{sdk} {keys}: {shown}");
        assert!(shown.contains(help), "{sdk} {keys}: {shown}");
    }
}
