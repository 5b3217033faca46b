//! `login` to the console, and the sign-out from it.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use p256::SecretKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::browser::{
    Ended, Running, cached, callback_of, fetched, hex, is_open, opened, signed_in_by, with_browser,
};
use crate::disk::{mode, names};
use crate::harness::{CANARY, Sandbox, json_of, section, unwrapped};
use crate::loopback::Loopback;
use crate::services::{Console, PRINCIPAL, query};
use crate::terminal::Terminal;

const LOGIN: [&str; 4] = ["login", "-p", "con", "--console"];

/// Another principal than the usual one.
const OTHER: &str = "arn:aws:iam::444455556666:user/ann";

fn file_of(principal: &str) -> String {
    let digest = hex(&Sha256::digest(principal));
    format!(".aws/login/cache/{digest}.json")
}

fn home(service: &Console, config: &str) -> Sandbox {
    with_browser(service.home().config(config))
}

/// Signs in by the fake browser.
fn signed_in(service: &Console, home: &Sandbox, arguments: &[&str]) -> Ended {
    signed_in_by(|address| service.agree(address), home, arguments)
}

#[test]
fn a_sign_in_is_cached_and_becomes_the_profiles_identity() {
    let service = Console::start();
    let config = "# mine\n[profile con]\nregion = eu-west-1\n\n[profile x]\noutput=json\n";
    let home = home(&service, config).env("AWS_SECRET_ACCESS_KEY", CANARY);
    let ended = signed_in(&service, &home, &[&LOGIN[..], &["-v"]].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains(&format!("Signed in to {PRINCIPAL} until ")), "{}", ended.stderr);
    assert_eq!(service.calls(), ["CreateOAuth2Token authorization_code"]);
    let written = format!("region = eu-west-1\nlogin_session = {PRINCIPAL}\n");
    assert_eq!(home.read_config(), config.replace("region = eu-west-1\n", &written));
    assert!(!home.read("environment").contains(CANARY));
    assert_eq!(query(&opened(&home))["client_id"], "arn:aws:signin:::devtools/same-device");
    let file = file_of(PRINCIPAL);
    assert_eq!(names(&home.path(".aws/login/cache")), [file.rsplit_once('/').unwrap().1]);
    assert_eq!((mode(&home.path(&file)), mode(&home.path(".aws/login/cache"))), (0o600, 0o700));
    let token = cached(&home, &file);
    let mut members: Vec<&String> = token.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(
        members,
        ["accessToken", "clientId", "dpopKey", "idToken", "refreshToken", "signInRegion", "tokenType"]
    );
    let mut access: Vec<&String> = token["accessToken"].as_object().unwrap().keys().collect();
    access.sort();
    assert_eq!(access, ["accessKeyId", "accountId", "expiresAt", "secretAccessKey", "sessionToken"]);
    assert_eq!(token["accessToken"]["accountId"], "111122223333");
    assert_eq!((&token["signInRegion"], &token["tokenType"]), (&json!("eu-west-1"), &json!("aws_sigv4")));
    let key = token["dpopKey"].as_str().unwrap();
    assert!(
        key.starts_with("-----BEGIN EC PRIVATE KEY-----\n")
            && key.ends_with("-----END EC PRIVATE KEY-----\n")
    );
    assert!(key.lines().all(|line| line.len() <= 64));
    SecretKey::from_sec1_pem(key).unwrap();
}

#[test]
fn a_file_whose_place_is_taken_is_found_before_anybody_signs_in() {
    let service = Console::start();
    let home = home(&service, &format!("[profile con]\nregion = eu-west-1\nlogin_session = {PRINCIPAL}\n"));
    fs::create_dir_all(home.path(&file_of(PRINCIPAL))).unwrap();
    let words = home.run(&LOGIN).failure(255);
    assert!(words.contains("is a folder, not a file"), "{words}");
    assert_eq!(service.calls(), [""; 0]);
    // No browser was started.
    assert!(!home.path("opened").exists(), "{words}");
}

#[test]
fn a_folder_of_sign_ins_that_is_relative_or_unknown_is_told_with_its_variable() {
    const VARIABLE: &str = "AWS_LOGIN_CACHE_DIRECTORY";
    let service = Console::start();
    let config = format!("[profile con]\nregion = eu-west-1\nlogin_session = {PRINCIPAL}\n");
    for (value, said) in [
        ("", "is set but empty: the folder of console sign-ins is the current one"),
        ("sub", "is a relative path, which depends on the folder that each program runs in"),
    ] {
        let home = home(&service, &config).env(VARIABLE, value);
        let (code, printed, _) = home.run(&["doctor"]).ended();
        assert_eq!(code, Some(1), "{printed}");
        assert!(printed.contains(VARIABLE) && unwrapped(&printed).contains(said), "{printed}");
        let ended = signed_in(&service, &home, &LOGIN);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert!(unwrapped(&ended.stderr).contains(said), "{}", ended.stderr);
    }
    let home = home(&service, &config).env(VARIABLE, "~nobody-here/c");
    for arguments in
        [&LOGIN[..], &["logout", "-p", "con"], &["logout", "--all"], &["credential-process", "-p", "con"]]
    {
        let words = home.run(arguments).failure(253);
        assert_eq!(words.matches("AWS_LOGIN_CACHE_DIRECTORY names no folder").count(), 1, "{words}");
        assert!(words.ends_with("help: correct or unset AWS_LOGIN_CACHE_DIRECTORY\n"), "{words}");
    }
}

#[test]
fn the_credentials_are_used_and_refreshed_with_the_key_of_the_sign_in() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n").revealing();
    signed_in(&service, &home, &LOGIN);
    let file = file_of(PRINCIPAL);
    let keys = |expected: &str| {
        let printed = home.run(&["credential-process", "-p", "con"]).success();
        assert!(printed.contains(expected), "{printed}");
    };
    keys("ASIANEW1");
    let mut token = cached(&home, &file);
    token["accessToken"]["expiresAt"] = service.cached_token(240, "")["accessToken"]["expiresAt"].clone();
    token["custom"] = json!([1]);
    home.put(&file, token.to_string());
    keys("ASIANEW2");
    assert_eq!(service.calls(), ["CreateOAuth2Token authorization_code", "CreateOAuth2Token refresh_token"]);
    let now = cached(&home, &file);
    for kept in ["dpopKey", "clientId", "idToken", "tokenType", "signInRegion", "custom"] {
        assert_eq!(now[kept], token[kept], "{kept}");
    }
    // A new sign-in has a new key.
    signed_in(&service, &home, &["login", "-p", "con"]);
    assert_ne!(cached(&home, &file)["dpopKey"], token["dpopKey"]);
    assert_eq!(cached(&home, &file).get("custom"), None);
}

#[test]
fn the_region_is_that_of_the_option_of_the_profile_or_of_the_answer() {
    let service = Console::start();
    for (config, arguments, expected, region) in [
        ("", &["--region", "us-east-2"][..], "region = us-east-2", "us-east-2"),
        (
            "[profile con]\nregion = eu-west-1\n",
            &["--region", "us-east-2"],
            "region = eu-west-1",
            "us-east-2",
        ),
        ("[profile con]\nregion = eu-west-1\n", &[], "region = eu-west-1", "eu-west-1"),
    ] {
        let home = home(&service, config);
        let ended = signed_in(&service, &home, &[&LOGIN[..], arguments].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let written = home.read_config();
        assert!(
            written.contains(expected) && written.contains(&format!("login_session = {PRINCIPAL}")),
            "{written}"
        );
        assert_eq!(cached(&home, &file_of(PRINCIPAL))["signInRegion"], region);
        let is_elsewhere = !written.contains(&format!("region = {region}"));
        let says = "~/.aws/config:2: the region of profile `con` is eu-west-1, and its sign-in was made in us-east-2";
        let command = "sign in there: `xcred login --console --region eu-west-1 --profile con`";
        for says in [&format!("warning: {says}"), command] {
            assert_eq!(ended.stderr.contains(says), is_elsewhere, "{}", ended.stderr);
        }
        let (printed, _) = home.run(&["doctor", "con"]).code(0);
        assert_eq!(printed.contains(says) && printed.contains(command), is_elsewhere, "{printed}");
    }
    let home = home(&service, "[profile con]\noutput = json\n");
    let words = home.run(&LOGIN).failure(253);
    assert!(words.contains("--region us-east-1"), "{words}");
    assert!(!home.path("opened").exists());
    let mut terminal = Terminal::run(&home, &LOGIN);
    terminal.see("AWS Region [us-east-1]: ").answer("mars");
    terminal.see("`mars` is not a known region").see("Use it anyway? [y/N]: ").answer("");
    terminal.see("AWS Region [us-east-1]: ").answer("");
    terminal.see("paste the address");
    fetched(&service.agree(&opened(&home)));
    terminal.see("Signed in to ");
    terminal.end(0);
    let expected = format!("[profile con]\noutput = json\nlogin_session = {PRINCIPAL}\nregion = us-east-1\n");
    assert_eq!(home.read_config(), expected);
    assert_eq!(cached(&home, &file_of(PRINCIPAL))["signInRegion"], "us-east-1");
}

#[test]
fn names_with_blanks_and_the_default_profile_get_headers_that_everyone_reads() {
    let service = Console::start();
    let home = home(&service, "[default]\nregion = eu-west-1\n");
    assert_eq!(signed_in(&service, &home, &["login", "--console"]).code, Some(0));
    assert_eq!(home.read_config(), format!("[default]\nregion = eu-west-1\nlogin_session = {PRINCIPAL}\n"));
    let arguments = ["login", "--console", "-p", "my lg", "--region", "eu-west-1"];
    let ended = signed_in(&service, &home, &arguments);
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("warning: some SDKs ignore profile `my lg`: "), "{}", ended.stderr);
    assert!(
        home.read_config().contains("[profile \"my lg\"]\n")
            || home.read_config().contains("[profile 'my lg']\n")
    );
    assert_eq!(home.run(&["get", "login_session", "-p", "my lg"]).success(), format!("{PRINCIPAL}\n"));
    home.revealing().run(&["credential-process", "-p", "my lg"]).success();
}

/// What a user types who is shown the answer at `back` on another machine.
fn typed(back: &str) -> String {
    let wanted = query(back);
    STANDARD.encode(format!(
        "state={}&code={}",
        wanted["state"],
        wanted["code"].replace('+', "%2B").replace('/', "%2F")
    ))
}

#[test]
fn a_browser_on_another_machine_shows_a_code_that_is_pasted_unseen() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    let remote = [&LOGIN[..], &["--remote"]].concat();
    let words = home.run(&remote).failure(253);
    assert!(words.contains("there is no terminal") && !words.contains("Sign in at"), "{words}");
    let mut terminal = Terminal::run(&home, &remote);
    terminal.see("authorize?").see("Enter the authorization code displayed in your browser: ");
    let address =
        terminal.shown().lines().map(str::trim_end).find(|line| line.starts_with("http")).unwrap().to_owned();
    let wanted = query(&address);
    assert_eq!(wanted["client_id"], "arn:aws:signin:::devtools/cross-device");
    assert_eq!(wanted["redirect_uri"], format!("{}/v1/sessions/confirmation", service.server.url));
    let code = typed(&service.agree(&address));
    let foreign = STANDARD.encode("state=foreign&code=c");
    for wrong in ["nonsense!", "bm9uc2Vuc2U=", &foreign, ""] {
        terminal.answer(wrong).see("Enter the authorization code displayed in your browser: ");
    }
    terminal.answer(&code).see("Signed in to ");
    let shown = terminal.end(0);
    for hidden in [code.as_str(), "nonsense", &foreign, "DoNotShow"] {
        assert!(!shown.contains(hidden), "{shown:?}");
    }
    assert_eq!(service.calls(), ["CreateOAuth2Token authorization_code"]);
    assert_eq!(cached(&home, &file_of(PRINCIPAL))["clientId"], "arn:aws:signin:::devtools/cross-device");
    assert!(!home.path("opened").exists());
    let mut terminal = Terminal::run(&home, &remote);
    terminal.see("displayed in your browser: ");
    let start = std::time::Instant::now();
    terminal.keys("\u{3}");
    terminal.end(130);
    assert!(start.elapsed() < std::time::Duration::from_secs(1), "{:?}", start.elapsed());
    let mut terminal = Terminal::run(&home, &remote);
    terminal.see("displayed in your browser: ").keys("\u{4}").see("canceled; not signed in");
    assert!(!terminal.end(130).contains("there is no terminal"));
}

#[test]
fn the_question_for_the_code_ends_with_the_time() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    let remote = [&LOGIN[..], &["--remote", "--timeout", "2"]].concat();
    let line = r#""$@"; echo "ended with $?"; stty -a | tr ' ' '\n' | grep -x -e '-*echo' -e '-*icanon'"#;
    let start = std::time::Instant::now();
    let mut terminal = Terminal::run_by(&home, line, &remote);
    // A wrong answer doesn't begin the time anew, and half of one doesn't stop it.
    terminal.see("displayed in your browser: ").answer("nonsense");
    terminal.see("displayed in your browser: ").keys("half");
    terminal.see("the sign-in was not completed within 2 s").see("--timeout").see("ended with 255");
    let shown = terminal.end(0);
    assert!(start.elapsed() < std::time::Duration::from_secs(8));
    let modes: Vec<&str> = shown.lines().map(str::trim).filter(|line| line.contains("echo")).collect();
    assert!(modes.contains(&"echo") && !modes.contains(&"-echo") && !shown.contains("-icanon"), "{shown}");
    assert!(service.calls().is_empty() && !home.path(&file_of(PRINCIPAL)).exists());
    // Without a terminal nobody is asked, although the input doesn't end.
    let mut command = home.command();
    command.args(remote).stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = child.stdin.take();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(253));
    drop(input);
}

#[test]
fn the_address_can_be_pasted_here_too() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    let mut terminal = Terminal::run(&home, &LOGIN);
    terminal.see("paste the address");
    let back = service.agree(&opened(&home));
    terminal.answer(&back).see("Signed in to ");
    assert!(!terminal.end(0).contains("DoNotShow"));
}

#[test]
fn a_refusal_writes_nothing() {
    let config = "[profile con]\nregion = eu-west-1\n";
    let service = Console::start();
    let home_ = home(&service, config);
    let running = Running::start(&home_, &LOGIN);
    let address = opened(&home_);
    let back = format!(
        "http://{}/oauth/callback?error=access_denied&state={}",
        callback_of(&address),
        query(&address)["state"]
    );
    assert!(fetched(&back).contains("Sign-in failed"));
    let ended = running.end();
    assert_eq!(ended.code, Some(254), "{}", ended.stderr);
    assert!(ended.stderr.contains("declined"), "{}", ended.stderr);
    assert!(
        service.calls().is_empty()
            && !home_.path(&file_of(PRINCIPAL)).exists()
            && !is_open(&callback_of(&address))
    );
    for (refusal, exit) in [
        ((400, "AccessDeniedException", "AUTHCODE_EXPIRED"), 254),
        ((403, "AccessDeniedException", "INSUFFICIENT_PERMISSIONS"), 254),
        ((400, "ValidationException", "INVALID_REQUEST"), 254),
        ((500, "InternalServerException", "SERVER"), 255),
    ] {
        let service = Console::start();
        service.state(|state| state.refusal = Some(refusal));
        let home = home(&service, config).env("AWS_MAX_ATTEMPTS", "1");
        let ended = signed_in(&service, &home, &LOGIN);
        assert_eq!(ended.code, Some(exit), "{}", ended.stderr);
        assert!(ended.stderr.contains(refusal.2) && !ended.stderr.contains("clock"), "{}", ended.stderr);
        assert!(home.read_config() == config && !home.path(&file_of(PRINCIPAL)).exists());
    }
}

#[test]
fn a_clock_that_is_wrong_is_named_where_the_service_refuses_the_proof() {
    for (minutes, refusal, says) in [
        (61_i64, ("ValidationException", "INVALID_REQUEST"), "clock is 61 min behind its clock"),
        (-7, ("ValidationException", "INVALID_REQUEST"), "clock is 7 min ahead of its clock"),
        (-7, ("AccessDeniedException", "TOKEN_EXPIRED"), "clock is 7 min ahead of its clock"),
        (-7, ("AccessDeniedException", "AUTHCODE_EXPIRED"), "clock is 7 min ahead of its clock"),
    ] {
        let service = Console::with_clock(SignedDuration::from_secs(minutes * 60 + 10 * minutes.signum()));
        service.state(|state| state.refusal = Some((400, refusal.0, refusal.1)));
        let home = home(&service, "[profile con]\nregion = eu-west-1\n");
        let ended = signed_in(&service, &home, &LOGIN);
        assert_eq!(ended.code, Some(254), "{}", ended.stderr);
        assert!(
            ended.stderr.contains(says) && ended.stderr.contains("help: correct this machine's clock"),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn a_clock_that_is_wrong_does_not_send_one_in_circles() {
    let expired = (400, "AccessDeniedException", "TOKEN_EXPIRED");
    // A sign-in can't have a token that has expired, whatever the service says of the time.
    let service = Console::start();
    service.state(|state| state.refusal = Some(expired));
    let home_ = home(&service, "[profile con]\nregion = eu-west-1\n");
    let ended = signed_in(&service, &home_, &LOGIN);
    assert_eq!(ended.code, Some(254), "{}", ended.stderr);
    assert!(ended.stderr.contains("help: check that this machine's clock is right"), "{}", ended.stderr);

    let service = Console::with_clock(SignedDuration::from_secs(-610));
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    assert_eq!(signed_in(&service, &home, &LOGIN).code, Some(0));
    let file = file_of(PRINCIPAL);
    let mut token = cached(&home, &file);
    token["accessToken"]["expiresAt"] = service.cached_token(-5, "")["accessToken"]["expiresAt"].clone();
    home.put(&file, token.to_string());
    service.state(|state| state.refusal = Some(expired));
    let words = home.run(&["credential-process", "-p", "con"]).failure(253);
    assert!(words.contains("clock is 10 min ahead of the service's"), "{words}");
    assert!(
        words.contains("help: correct this machine's clock, then sign in: `xcred login --profile con`"),
        "{words}"
    );
}

#[test]
fn a_server_error_is_tried_again_with_a_new_proof() {
    let service = Console::start();
    service.state(|state| state.refusal = Some((500, "InternalServerException", "SERVER")));
    let home = home(&service, "[profile con]\nregion = eu-west-1\n").env("AWS_MAX_ATTEMPTS", "2");
    // The service fails the test if it sees a proof twice.
    let ended = signed_in(&service, &home, &LOGIN);
    assert_eq!(ended.code, Some(255), "{}", ended.stderr);
}

#[test]
fn another_principal_takes_the_profile_only_with_consent() {
    let config = format!("[profile con]\nregion = eu-west-1\nlogin_session = {OTHER}\n");
    let service = Console::start();
    let replaced = config.replace(OTHER, PRINCIPAL);
    let refused = home(&service, &config);
    let ended = signed_in(&service, &refused, &["login", "-p", "con"]);
    assert_eq!(ended.code, Some(253), "{}", ended.stderr);
    assert!(ended.stderr.contains(OTHER) && ended.stderr.contains(PRINCIPAL), "{}", ended.stderr);
    assert!(ended.stderr.contains("help: add `--replace` to replace it"), "{}", ended.stderr);
    assert!(refused.read_config() == config && !refused.path(&file_of(PRINCIPAL)).exists());
    for (answer, expected) in [("n", &config), ("\u{3}", &config), ("y", &replaced)] {
        let home = home(&service, &config);
        let mut terminal = Terminal::run(&home, &LOGIN);
        terminal.see("paste the address");
        fetched(&service.agree(&opened(&home)));
        terminal.see("Replace it? [y/N]: ").answer("perhaps").see("Answer y or n.");
        assert!(!home.path(&file_of(PRINCIPAL)).exists());
        terminal.see("Replace it? [y/N]: ").answer(answer);
        let shown = terminal.end(i32::from(answer != "y") * 130);
        let flat = unwrapped(&shown);
        assert!(flat.contains(OTHER) && flat.contains(PRINCIPAL), "{shown}");
        assert_eq!(home.read_config(), *expected);
        assert_eq!(home.path(&file_of(PRINCIPAL)).exists(), answer == "y");
    }
    let home = home(&service, &config);
    assert_eq!(signed_in(&service, &home, &[&LOGIN[..], &["--replace"]].concat()).code, Some(0));
    assert_eq!(home.read_config(), replaced);
}

#[test]
fn a_profile_that_gets_its_credentials_otherwise_is_refused_before_a_browser_opens() {
    let service = Console::start();
    for key in [
        "web_identity_token_file",
        "sso_role_name",
        "sso_account_id",
        "aws_access_key_id",
        "role_arn",
        "credential_process",
    ] {
        for file in ["config", "credentials"] {
            let header = if file == "config" { "[profile con]" } else { "[con]" };
            let text = format!("{header}\n{key} = x\n");
            let home = with_browser(service.home().file(&format!(".aws/{file}"), &text));
            let words = home.run(&[&LOGIN[..], &["--region", "eu-west-1"]].concat()).failure(253);
            assert!(words.contains(key) && words.contains(&format!("{file}:2")), "{words}");
            assert_eq!(names(&home.path(".aws")), [file]);
            assert_eq!(home.read(&format!(".aws/{file}")), text);
            assert!(!home.path("opened").exists());
        }
    }
    assert!(service.calls().is_empty());
}

#[test]
fn a_config_that_cannot_be_written_leaves_no_sign_in_behind() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    let running = Running::start(&home, &LOGIN);
    let back = service.agree(&opened(&home));
    fs::remove_file(home.path(".aws/config")).unwrap();
    fs::create_dir(home.path(".aws/config")).unwrap();
    fetched(&back);
    let ended = running.end();
    assert!(
        matches!(ended.code, Some(253 | 255)) && ended.stderr.contains("~/.aws/config"),
        "{}",
        ended.stderr
    );
    assert_eq!(names(&home.path(".aws/login/cache")), [""; 0]);
    // A sign-in that was there before stays.
    fs::remove_dir(home.path(".aws/config")).unwrap();
    home.put(".aws/config", "[profile con]\nregion = eu-west-1\n");
    signed_in(&service, &home, &LOGIN);
    fs::remove_file(home.path("opened")).unwrap();
    let running = Running::start(&home, &LOGIN);
    let back = service.agree(&opened(&home));
    fs::remove_file(home.path(".aws/config")).unwrap();
    fs::create_dir(home.path(".aws/config")).unwrap();
    fetched(&back);
    assert_ne!(running.end().code, Some(0));
    assert_eq!(names(&home.path(".aws/login/cache")).len(), 1);
}

#[test]
fn only_if_it_is_needed_somebody_signs_in() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n");
    let if_needed = ["login", "-p", "con", "--if-needed", "--format", "json"];
    let by_console = [&LOGIN[..], &["--if-needed", "--format", "json"]].concat();
    let ended = signed_in(&service, &home, &by_console);
    let file = file_of(PRINCIPAL);
    let expected = json!({
        "schema": 1, "kind": "console", "name": PRINCIPAL, "state": "valid", "reason": null,
        "expiration": cached(&home, &file)["accessToken"]["expiresAt"], "refreshable": true,
        "origin": {"from": "cache", "path": home.path(&file).to_str().unwrap()},
        "profile": "con", "account_id": "111122223333", "region": "eu-west-1", "signed_in": true,
    });
    assert_eq!(json_of(&ended.stdout), expected);
    fs::remove_file(home.path("opened")).unwrap();
    for arguments in [&if_needed[..], &by_console] {
        let (stdout, words) = home.run(arguments).success_with_words();
        assert!(words.starts_with("Already signed in to "), "{words}");
        assert_eq!(json_of(&stdout)["signed_in"], false);
    }
    let mut token = cached(&home, &file);
    token["accessToken"]["expiresAt"] = service.cached_token(-5, "")["accessToken"]["expiresAt"].clone();
    home.put(&file, token.to_string());
    home.run(&if_needed).success_with_words();
    assert_eq!(service.calls().len(), 2);
    assert!(!home.path("opened").exists());
    service.state(|state| state.refresh_tokens.clear());
    token["refreshToken"] = json!("dead");
    home.put(&file, token.to_string());
    service.state(|state| state.refusal = Some((400, "AccessDeniedException", "TOKEN_EXPIRED")));
    let running = Running::start(&home, &if_needed);
    let back = service.agree(&opened(&home));
    service.state(|state| state.refusal = None);
    fetched(&back);
    assert_eq!(running.end().code, Some(0));
}

#[test]
fn a_new_sign_in_and_a_sign_out_drop_the_role_credentials_of_their_own_sign_in_only() {
    let service = Console::start();
    let sts = Loopback::sts();
    let config = "[profile con]\nregion = eu-west-1\n[profile role]\nrole_arn = arn:aws:iam::111122223333:role/A\n\
         source_profile = con\n[profile keys]\n[profile other]\nrole_arn = arn:aws:iam::111122223333:role/B\nsource_profile = keys\n";
    let home = home(&service, config)
        .env("AWS_ENDPOINT_URL_STS", &sts.url)
        .env("AWS_REGION", "eu-west-1")
        .credentials(section("keys", "AKIAKEYS", CANARY))
        .revealing();
    let entries = || names(&home.path(".aws/cli/cache"));
    signed_in(&service, &home, &LOGIN);
    home.run(&["credential-process", "-p", "other"]).success();
    let others = entries();
    home.run(&["credential-process", "-p", "role"]).success();
    assert_eq!((others.len(), entries().len()), (1, 2));
    signed_in(&service, &home, &LOGIN);
    assert_eq!(entries(), others);
    home.run(&["credential-process", "-p", "role"]).success();
    assert_eq!(entries().len(), 2);
    let (_, words) = home.run(&["logout", "-p", "role"]).success_with_words();
    assert!(
        words.contains(&format!("Signed out of {PRINCIPAL}"))
            && words.contains("15 minutes")
            && words.contains("con"),
        "{words}"
    );
    assert_eq!(entries(), others);
    assert!(home.read_config().contains("login_session"));
    let words = home.run(&["credential-process", "-p", "con"]).failure(253);
    assert!(words.contains("xcred login --profile con"), "{words}");
    // All sign-ins are those of profiles that are gone, too.
    signed_in(&service, &home, &LOGIN);
    home.run(&["credential-process", "-p", "role"]).success();
    assert_eq!(entries().len(), 2);
    home.put(".aws/config", "[profile keys]\n");
    home.run(&["logout", "--all"]).success_with_words();
    assert_eq!(entries(), others);
}

/// A cached sign-in that says whose it is.
fn of_principal(service: &Console, principal: &str) -> Value {
    let mut token = service.cached_token(600, "k");
    let claims = URL_SAFE_NO_PAD.encode(json!({"sub": principal}).to_string());
    token["idToken"] = json!(format!("e30.{claims}.{CANARY}"));
    token
}

#[test]
fn the_sign_out_of_one_principal_leaves_the_others() {
    let service = Console::start();
    let config =
        format!("[profile con]\nlogin_session = {PRINCIPAL}\n[profile ann]\nlogin_session = {OTHER}\n");
    let key = "k";
    let token = service.cached_token(600, key).to_string();
    let home = service.home().config(config).file(&file_of(PRINCIPAL), &token).file(&file_of(OTHER), &token);
    let gone = "arn:aws:iam::1:user/gone";
    let unconfigured = file_of(gone);
    home.put(&unconfigured, of_principal(&service, gone).to_string());
    // What it says of itself isn't what its name says.
    home.put(&file_of("unknown"), of_principal(&service, gone).to_string());
    let kept = [".aws/login/cache/notes.json", ".aws/login/cache/x.txt", &file_of("list")];
    for file in kept {
        home.put(file, "[1]");
    }
    let (stdout, _) = home.run(&["logout", "-p", "con", "--format", "json"]).success_with_words();
    let expected =
        json!({"schema": 1, "signed_out": [{"kind": "console", "name": PRINCIPAL, "revoked": false}]});
    assert_eq!(json_of(&stdout), expected);
    assert!(!home.path(&file_of(PRINCIPAL)).exists() && home.read(&file_of(OTHER)) == token);
    let (_, words) = home.run(&["logout", "-p", "con"]).success_with_words();
    assert!(words.contains("Not signed in"), "{words}");
    let (_, words) = home.run(&["logout", "--all"]).success_with_words();
    let unknown = file_of("unknown");
    let unknown = unknown.trim_start_matches(".aws/login/cache/").trim_end_matches(".json");
    for whom in [OTHER, gone, unknown] {
        assert_eq!(words.matches(&format!("Signed out of {whom}.")).count(), 1, "{words}");
    }
    assert!(!home.path(&file_of(OTHER)).exists() && !home.path(&unconfigured).exists());
    for file in kept {
        assert_eq!(home.read(file), "[1]");
    }
    let (_, words) = home.run(&["logout", "--all"]).success_with_words();
    assert!(words.contains("Not signed in"), "{words}");
    assert!(service.calls().is_empty());
}

#[test]
fn the_cache_may_be_elsewhere() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n")
        .env("AWS_LOGIN_CACHE_DIRECTORY", "~/$WHERE/c")
        .env("WHERE", "lg");
    assert_eq!(signed_in(&service, &home, &LOGIN).code, Some(0));
    assert_eq!(names(&home.path("lg/c")).len(), 1);
    assert!(!home.path(".aws/login").exists());
    home.run(&["logout", "-p", "con"]).success_with_words();
    assert_eq!(names(&home.path("lg/c")), [""; 0]);
}

#[test]
fn a_cache_that_cannot_be_written_and_a_port_that_is_taken_are_reported_before_anybody_is_asked() {
    let service = Console::start();
    let home = home(&service, "[profile con]\nregion = eu-west-1\n[profile none]\n");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for profile in ["con", "none"] {
        let shown = Terminal::run(&home, &["login", "--console", "-p", profile, "--port", &port]).end(255);
        assert!(shown.contains(&format!("port {port}")) && !shown.contains("AWS Region"), "{shown}");
    }
    home.put(".aws/login", "not a folder");
    let words = home.run(&LOGIN).failure(255);
    assert!(words.contains("~/.aws/login"), "{words}");
    assert!(service.calls().is_empty() && !home.path("opened").exists());
}
