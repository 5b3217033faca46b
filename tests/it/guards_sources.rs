//! Guards of the profiles whose credentials assume the role of another one.

use crate::guards::{self, ACCOUNT, OTHER, SETTINGS, asked, guard};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;

const SDKS: [&str; 7] = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"];

/// A home with a region for every SDK.
fn home(sts: &Loopback) -> Sandbox {
    guards::home(sts).env("AWS_DEFAULT_REGION", "eu-west-1")
}

fn refusal(profile: &str) -> String {
    format!(
        "config.toml:2: the credentials of profile `{profile}` belong to account {ACCOUNT}, not to {OTHER}"
    )
}

#[test]
fn the_keys_of_a_source_assume_no_role_if_they_belong_to_another_account() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("base", OTHER));
    for arguments in [
        &["exec", "-p", "r", "--", "touch", "ran"][..],
        &["credential-process", "-p", "r"],
        &["export-env", "-p", "r", "--format", "json"],
        &["whoami", "-p", "r"],
    ] {
        let (stdout, words) = sandbox.run(arguments).code(253);
        assert!(stdout.is_empty() && words.contains(&refusal("base")), "{arguments:?}: {words}");
    }
    let (document, _) = sandbox.run(&["resolve", "r", "--format", "json"]).code(253);
    let document = json_of(&document);
    assert_eq!(document["error"]["code"], "guarded");
    assert_eq!(document["error"]["origin"]["line"], 2);
    for sdk in SDKS {
        let words = sandbox.run(&["exec", "-p", "r", "--sdk", sdk, "--", "touch", "ran"]).failure(253);
        assert!(words.contains(&refusal("base")), "{sdk}: {words}");
    }
    // The answer is kept.
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
    assert!(!sandbox.path("ran").exists());
}

#[test]
fn the_keys_of_a_source_assume_the_role_if_they_belong_to_its_account() {
    for sdk in SDKS {
        let sts = Loopback::sts();
        let sandbox = home(&sts).file(SETTINGS, guard("base", ACCOUNT));
        let exec = ["exec", "-q", "-p", "r", "--sdk", sdk, "--", "true"];
        sandbox.run(&exec).success();
        assert_eq!(asked(&sts), ["GetCallerIdentity", "AssumeRole"], "{sdk}");
        // Cached credentials of the role need no keys.
        sandbox.put(SETTINGS, guard("base", OTHER));
        sandbox.run(&exec).success();
        assert_eq!(asked(&sts).len(), 2, "{sdk}");
        sandbox.run(&["exec", "-q", "-p", "r", "--sdk", sdk, "--no-cache", "--", "true"]).failure(253);
        assert_eq!(asked(&sts).len(), 2, "{sdk}");
    }
}

#[test]
fn an_account_that_is_not_learned_is_another_one() {
    let sts = Loopback::start(|request| {
        let is_identity = request.body.contains("GetCallerIdentity");
        Some(if is_identity { (403, "nonsense".to_owned()) } else { (200, "nonsense".to_owned()) })
    });
    let sandbox = home(&sts).file(SETTINGS, guard("base", ACCOUNT));
    let words = sandbox.run(&["exec", "-p", "r", "--", "touch", "ran"]).failure(253);
    let expected = format!("must belong to account {ACCOUNT}, and it isn't known whose they are");
    assert!(words.contains(&expected) && words.contains("caused by: "), "{words}");
    assert!(asked(&sts).iter().all(|action| action == "GetCallerIdentity"));
    assert!(!sandbox.path("ran").exists());
}

/// A home with a role that a role assumes, and a profile that is its own source.
fn chained(sts: &Loopback) -> Sandbox {
    home(sts).config(format!(
        "[profile r]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/R\nsource_profile = base\n\
         [profile top]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/Top\nsource_profile = r\n\
         [profile own]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/Own\nsource_profile = own\n\
         aws_access_key_id = AKIAOWN\naws_secret_access_key = {CANARY}\n"
    ))
}

#[test]
fn every_profile_of_a_chain_is_a_source() {
    for sdk in SDKS {
        let sts = Loopback::sts();
        let sandbox = chained(&sts).file(SETTINGS, guard("r", OTHER));
        let exec = ["exec", "-q", "-p", "top", "--sdk", sdk, "--no-cache", "--", "true"];
        let words = sandbox.run(&exec).failure(253);
        assert!(words.contains(&refusal("r")), "{sdk}: {words}");
        // The response for the role proves its account.
        assert_eq!(asked(&sts), ["AssumeRole"], "{sdk}");
        sandbox.put(SETTINGS, guard("base", OTHER));
        let words = sandbox.run(&exec).failure(253);
        assert!(words.contains(&refusal("base")), "{sdk}: {words}");
        assert_eq!(asked(&sts), ["AssumeRole", "GetCallerIdentity"], "{sdk}");
    }
}

/// The account of a profile is that of what it gives.
#[test]
fn a_profile_that_is_its_own_source_has_one_account() {
    // To the SDK for Java it is a circle.
    for sdk in SDKS.into_iter().filter(|sdk| *sdk != "java") {
        let sts = Loopback::sts();
        let sandbox = chained(&sts).file(SETTINGS, guard("own", ACCOUNT));
        sandbox.run(&["exec", "-q", "-p", "own", "--sdk", sdk, "--", "true"]).success();
        assert_eq!(asked(&sts), ["AssumeRole"], "{sdk}");
    }
}

/// The SDKs for Go and Ruby keep quotes in headers; the guard has botocore's name.
#[test]
fn the_guard_of_a_source_holds_for_each_name_that_an_sdk_has_for_it() {
    for (sdk, source) in [("go", "'\"base\"'"), ("ruby", "\"base\"")] {
        let sts = Loopback::sts();
        let keys = format!("aws_access_key_id = AKIABASE\naws_secret_access_key = {CANARY}\n");
        let role = format!("role_arn = arn:aws:iam::{ACCOUNT}:role/R\nsource_profile = {source}\n");
        let sandbox = home(&sts)
            .config(format!("[profile r]\n{role}[profile \"base\"]\n{keys}"))
            .credentials("")
            .file(SETTINGS, guard("base", OTHER));
        let exec = ["exec", "-q", "-p", "r", "--sdk", sdk, "--no-cache", "--", "true"];
        let words = sandbox.run(&exec).failure(253);
        assert!(words.contains(&refusal("base")), "{sdk}: {words}");
        assert_eq!(asked(&sts), ["GetCallerIdentity"], "{sdk}");
        sandbox.put(SETTINGS, guard("base", ACCOUNT));
        sandbox.run(&exec).success();
    }
}

/// These guards are about what is handed out.
#[test]
fn a_source_is_neither_confirmed_nor_narrowed_nor_has_it_to_be_allowed() {
    for sdk in SDKS {
        let sts = Loopback::sts();
        let settings = "[profiles.base]\nconfirm = true\nread_only = true\n";
        let sandbox = home(&sts).file(SETTINGS, settings).env("XCRED_ALLOW", "r");
        sandbox.run(&["exec", "-q", "-p", "r", "--sdk", sdk, "--", "true"]).success();
        assert_eq!(asked(&sts), ["AssumeRole"], "{sdk}");
        assert!(!sts.received()[0].body.contains("PolicyArns"), "{sdk}");
    }
}

/// The session for the code of an MFA device is made with the keys, too.
#[test]
fn keys_of_another_account_make_no_session_with_an_mfa_code() {
    let sts = Loopback::sts();
    let settings = format!("[mfa]\nsession = true\ncommand = 'echo 123456'\n{}", guard("base", OTHER));
    let sandbox = home(&sts).file(SETTINGS, settings).config(format!(
        "[profile r]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/R\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::{ACCOUNT}:mfa/me\n"
    ));
    let words = sandbox.run(&["exec", "-p", "r", "--", "true"]).failure(253);
    assert!(words.contains(&format!("belong to account {ACCOUNT}, not to {OTHER}")), "{words}");
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
    // Nobody is asked for a code in vain.
    sandbox.put(
        SETTINGS,
        format!(
            "mfa.command = 'touch asked'\n{}",
            guard("base", OTHER).replace("[profiles.base]\naccount", "profiles.base.account")
        ),
    );
    let words = sandbox.run(&["exec", "-p", "r", "--", "true"]).failure(253);
    assert!(words.contains("belong to account"), "{words}");
    assert!(!sandbox.path("asked").exists());
}
