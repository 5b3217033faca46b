//! Keys that are written down somewhere, and programs that print them.

use serde_json::{Value, json};

use super::draft::Draft;

const ENDS: &[&str] = &[
    "<now+3600>",
    "<now+86400:offset>",
    "<now+7200:mail>",
    "<now+7200:micro>",
    "2099-01-01",
    "Sun Nov 22 00:37:13 UTC 2099",
    "2099-11-22 00:37:13 +0000",
    "20991122003713Z",
    "11/22/2099 12:37:13 AM GMT",
];
const BAD_ENDS: &[&str] = &[
    "soon",
    "<now-60>",
    "<now+3600:naive>",
    "",
    "<now+300>",
    "2099-13-01T00:00:00Z",
    "2099-11-22T22:41:60Z",
];

/// Dates that are one to every SDK or to none.
const PLAIN_ENDS: &[&str] = &["<now+3600>", "<now+86400>", "2099-01-01T00:00:00Z"];
const PLAIN_BAD_ENDS: &[&str] = &["soon", "<now-60>", ""];

/// The dates to pick from.
fn ends(draft: &Draft, good: bool) -> &'static [&'static str] {
    match (draft.for_sdk, good) {
        (false, true) => ENDS,
        (false, false) => BAD_ENDS,
        (true, true) => PLAIN_ENDS,
        (true, false) => PLAIN_BAD_ENDS,
    }
}

pub(super) fn explicit(draft: &mut Draft) {
    let (key, _) = draft.pair("X");
    if draft.chance(20) {
        draft.options.insert("account_id".to_owned(), json!("88"));
        if draft.chance(20) {
            return;
        }
    }
    draft.options.insert("access_key_id".to_owned(), json!(key));
    if !draft.chance(10) {
        draft.options.insert("secret_access_key".to_owned(), json!(format!("{key}s")));
        if draft.chance(40) {
            draft.options.insert("session_token".to_owned(), json!("Xt"));
        }
    }
}

pub(super) fn environment(draft: &mut Draft) {
    let (key, secret) = draft.pair("E");
    let kind = draft.random.below(24);
    match kind {
        0 => draft.env("AWS_ACCESS_KEY_ID", key),
        1 => draft.env("AWS_SECRET_ACCESS_KEY", secret),
        2 => {
            draft.env("AWS_ACCESS_KEY_ID", "");
            draft.env("AWS_SECRET_ACCESS_KEY", secret);
        }
        3 => {
            draft.env("AWS_ACCESS_KEY_ID", key);
            draft.env("AWS_SECRET_ACCESS_KEY", "");
        }
        4 => {
            draft.env("AWS_ACCESS_KEY", key);
            draft.env("AWS_SECRET_KEY", secret);
        }
        5 => {
            draft.env("AWS_ACCESS_KEY_ID", " ");
            draft.env("AWS_SECRET_ACCESS_KEY", " ");
        }
        _ => {
            draft.env("AWS_ACCESS_KEY_ID", key);
            draft.env("AWS_SECRET_ACCESS_KEY", secret);
        }
    }
    for (name, value, percent) in
        [("AWS_SESSION_TOKEN", "t1", 35), ("AWS_SECURITY_TOKEN", "t2", 12), ("AWS_ACCOUNT_ID", "42", 20)]
    {
        if draft.chance(percent) {
            let value = if draft.chance(15) { "" } else { value };
            draft.env(name, value);
        }
    }
    if draft.chance(16) {
        let good = draft.chance(60);
        let end = draft.pick(ends(draft, good));
        draft.env("AWS_CREDENTIAL_EXPIRATION", end);
    }
}

pub(super) fn credentials_file(draft: &mut Draft) {
    let profile = draft.profile.clone();
    static_keys(draft, &profile, true);
}

pub(super) fn config_file(draft: &mut Draft) {
    let profile = draft.profile.clone();
    static_keys(draft, &profile, false);
}

/// Static keys for a profile in one of the files: whole, half, empty, or split between the two.
pub(super) fn static_keys(draft: &mut Draft, profile: &str, in_credentials: bool) {
    let put = |draft: &mut Draft, here: bool, key: &str, value: &str| {
        if here { draft.in_credentials(profile, key, value) } else { draft.in_config(profile, key, value) }
    };
    let (key, secret) = draft.pair(if in_credentials { "K" } else { "C" });
    let (id, word) = ("aws_access_key_id", "aws_secret_access_key");
    match draft.random.below(30) {
        0 => put(draft, in_credentials, id, &key),
        1 => put(draft, in_credentials, word, &secret),
        2 => {
            put(draft, in_credentials, id, &key);
            put(draft, !in_credentials, word, &secret);
        }
        3 => {
            put(draft, in_credentials, id, "");
            put(draft, in_credentials, word, "");
        }
        4 => {
            put(draft, in_credentials, id, &format!("{key} # note"));
            put(draft, in_credentials, word, &secret);
        }
        _ => {
            put(draft, in_credentials, id, &key);
            put(draft, in_credentials, word, &secret);
        }
    }
    for (name, value, percent) in
        [("aws_session_token", "t3", 25), ("aws_security_token", "t4", 8), ("aws_account_id", "77", 15)]
    {
        if draft.chance(percent) {
            let value = if draft.chance(10) { "" } else { value };
            let here = if draft.chance(12) { !in_credentials } else { in_credentials };
            put(draft, here, name, value);
        }
    }
}

pub(super) fn process(draft: &mut Draft) {
    let profile = draft.profile.clone();
    process_for(draft, &profile);
}

pub(super) fn process_for(draft: &mut Draft, profile: &str) {
    let (key, secret) = draft.pair("P");
    let path = draft.fresh("bin/p");
    let mut out = json!({"Version": 1, "AccessKeyId": key, "SecretAccessKey": secret});
    if draft.chance(60) {
        out["SessionToken"] = if draft.chance(10) { Value::Null } else { json!("Pt") };
    }
    if draft.chance(40) {
        out["Expiration"] = match draft.random.below(10) {
            0..=4 => json!(draft.pick(ends(draft, true))),
            5..=7 => json!(draft.pick(ends(draft, false))),
            8 => Value::Null,
            9 if draft.for_sdk => json!("<now+7200>"),
            _ => json!(4_102_444_800_u64),
        };
    }
    if draft.chance(25) {
        out["AccountId"] = json!(draft.pick(&["55", "55", ""]));
    }
    if draft.chance(25) {
        draft.key(profile, "aws_account_id", "66");
    }
    let mut program = json!({});
    match draft.random.below(40) {
        0 => out["Version"] = json!(2),
        1 => out["Version"] = json!("1"),
        2 => out["Version"] = json!(1.0),
        3 => out["Version"] = json!(true),
        4 => drop(out.as_object_mut().and_then(|members| members.remove("Version"))),
        5 => drop(out.as_object_mut().and_then(|members| members.remove("SecretAccessKey"))),
        6 => drop(out.as_object_mut().and_then(|members| members.remove("AccessKeyId"))),
        7 => out = json!(draft.pick(&["no json", "", "{} x", "\u{feff}{}", "{\"Version\": 1"])),
        8 => out = json!([]),
        9 | 10 => {
            program["exit"] = json!(3);
            program["err"] = json!("not today");
        }
        11 => program["err"] = json!("a word beside"),
        _ => {}
    }
    program["out"] = out;
    let command = match draft.random.below(40) {
        0 => "~/bin/none".to_owned(),
        1 => "/no/such/program".to_owned(),
        2 => String::new(),
        3 => "echo 'open".to_owned(),
        4 => "echo {}".to_owned(),
        5 => "false".to_owned(),
        6 => format!("/bin/sh -c \"cat '~~/{path}.out'\""),
        7 => format!("cat '~~/{path}'.out"),
        8 => format!("~~/{path} | cat"),
        9 => format!("~~/{path}.out"),
        _ => format!("~~/{path}"),
    };
    draft.programs.insert(path, program);
    draft.key(profile, "credential_process", &command);
}

pub(super) fn ec2_file(draft: &mut Draft) {
    let (key, secret) = draft.pair("O");
    let text = match draft.random.below(10) {
        0 => format!("AWSSecretKey={secret}\n"),
        1 => format!("AWSAccessKeyId={key}\n"),
        2 => format!("[x]\njunk\n AWSAccessKeyId = other\nAWSAccessKeyId = {key} \nAWSSecretKey= {secret}\n"),
        3 => String::new(),
        _ => format!("AWSAccessKeyId={key}\nAWSSecretKey={secret}\n"),
    };
    draft.files.insert("ec2".to_owned(), json!(text));
    let path =
        draft.pick(&["~~/ec2", "~~/ec2", "~~/ec2", "~/ec2", "ec2", "~~/none", "", "$HOME/ec2", "~~/ec2"]);
    draft.env("AWS_CREDENTIAL_FILE", path);
}

pub(super) fn boto2(draft: &mut Draft) {
    let (key, secret) = draft.pair("B");
    let text = match draft.random.below(12) {
        0 => format!("[Credentials]\naws_access_key_id = {key}\n"),
        1 => format!("[credentials]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"),
        2 => "[Credentials]\njunk\n".to_owned(),
        3 => "[Boto]\ndebug = 0\n".to_owned(),
        _ => format!("[Credentials]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"),
    };
    draft.files.insert(".boto".to_owned(), json!(text));
    if draft.chance(20) {
        let path = draft.pick(&["~~/none", "~/.boto", "", "~~/.boto", "$HOME/.boto"]);
        draft.env("BOTO_CONFIG", path);
    }
}
