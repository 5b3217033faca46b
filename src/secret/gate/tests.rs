use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE as BASE64_URL};

use super::{Index, MASK, masked};

const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";

fn said(secrets: &[&str], text: &str) -> String {
    let mut index = Index::default();
    for secret in secrets {
        index.add(secret.as_bytes());
    }
    masked(text, index.found(text)).into_owned()
}

#[test]
fn a_secret_is_masked_in_every_form_that_a_service_may_give_it() {
    let percent = KEY.replace('/', "%2F").replace('+', "%2B");
    let forms = [
        KEY.to_owned(),
        percent.clone(),
        percent.to_lowercase().replace("wjalrxutnfemi", "wJalrXUtnFEMI").replace("k7mdeng", "K7MDENG"),
        percent.replace('%', "%25"),
        KEY.replace('/', r"\/"),
        KEY.replace('/', r"\u002f").replace('+', r"\u002B"),
        KEY.replace('/', "&#x2F;").replace('+', "&#43;"),
        KEY.replace('/', "&amp;#x2F;"),
        KEY.replace('/', r"\x2f"),
        KEY.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat(),
        format!("{}\n{}", &KEY[..20], &KEY[20..]),
        KEY.as_bytes()
            .chunks(7)
            .map(|part| str::from_utf8(part).unwrap())
            .collect::<Vec<_>>()
            .join("\r\n    "),
        format!("{}\\n{}", &KEY[..9], &KEY[9..]),
        BASE64.encode(KEY),
        BASE64.encode(format!("joe:{KEY}")).replace('=', "%3D").replace('+', "%2B"),
        BASE64_URL.encode(format!("{{\"k\":\"{KEY}\"}}")),
        BASE64
            .encode(KEY)
            .as_bytes()
            .chunks(16)
            .map(|part| str::from_utf8(part).unwrap())
            .collect::<Vec<_>>()
            .join("\n"),
        KEY.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat(),
        KEY.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat(),
        KEY.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "),
        KEY.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"),
        format!("0x{}", KEY.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()),
    ];
    for form in &forms[..2] {
        assert_eq!(said(&[KEY], &format!("token={form}&x=1")), format!("token={MASK}&x=1"));
    }
    for form in forms {
        let text = format!("before: {form}, after");
        let shown = said(&[KEY], &text);
        assert!(shown.starts_with("before: ") && shown.ends_with(", after"), "{shown}");
        let rest = &shown["before: ".len()..shown.len() - ", after".len()];
        assert!(
            rest.trim_matches('*').chars().filter(char::is_ascii_alphanumeric).count() < 8,
            "{form}: {shown}"
        );
    }
}

#[test]
fn a_truncated_secret_is_masked() {
    for (from, to) in [(0, 20), (0, 12), (20, 40), (28, 40), (5, 30)] {
        let shown = said(&[KEY], &format!("... {} ...", &KEY[from..to]));
        assert_eq!(shown, format!("... {MASK} ..."));
    }
}

#[test]
fn a_line_of_a_dump_is_masked_whole() {
    let dump: Vec<String> = KEY.bytes().map(|byte| format!("{byte:02x}")).collect();
    for (from, to) in [(0, 16), (16, 32), (5, 40)] {
        let shown = said(&[KEY], &format!("00000000: {}  ...", dump[from..to].join(" ")));
        assert_eq!(shown, format!("00000000: {MASK}  ..."));
    }
}

#[test]
fn adjacent_secrets_are_all_masked() {
    let other = "IQoJb3JpZ2luX2VjEc4n4ry//////////wEaCXVz";
    assert_eq!(said(&[KEY, other], &format!("{KEY}{other}")), MASK);
    assert_eq!(said(&[KEY, other], &format!("{KEY} {other}|{KEY}")), format!("{MASK} {MASK}|{MASK}"));
    assert_eq!(said(&["passwordpassword"], "passwordpassword\n"), format!("{MASK}\n"));
}

#[test]
fn words_that_a_secret_and_a_message_share_are_not_masked() {
    let text = "the profile `secret-profile` is in eu-central-1, and the password is short";
    assert_eq!(said(&["password", "short", "a"], text), text.replace("password", MASK));
    assert_eq!(said(&["password-of-mine"], text), text);
    assert_eq!(said(&[KEY], "AKIAIOSFODNN7EXAMPLE wJalr"), "AKIAIOSFODNN7EXAMPLE wJalr");
}

#[test]
fn an_mfa_code_is_masked_as_a_word() {
    let text = "arn:aws:iam::123456789012:mfa/me with 123456";
    assert_eq!(said(&["123456"], text), format!("arn:aws:iam::123456789012:mfa/me with {MASK}"));
}

#[test]
fn any_text_can_be_redacted() {
    for text in ["", "%", "%2", "\\", "\\u", "\\u12", "&", "&#", "&#x", "&amp", "é%é\\é&é", "\n", "\r\n  "]
    {
        assert_eq!(said(&[KEY], text), text);
        let around = format!("é{text}{KEY}{text}é");
        assert!(!said(&[KEY], &around).contains("MDENG"), "{around}");
    }
}

#[test]
fn the_name_of_a_member_is_shown_though_a_stand_in_for_a_secret_is_made_of_it() {
    let words = "it has no `SecretAccessKey`, `secretAccessKey`, `aws_secret_access_key`, AWS_SECRET_ACCESS_KEY, \
                 `SessionToken`, `sessionToken`, `AWS_SESSION_TOKEN`, `accessToken`, `refreshToken` or `clientSecret`";
    for secret in [
        "OldSecretAccessKey/0123456789+abcdefghij",
        "YOUR_SECRET_ACCESS_KEY_HERE",
        "your-aws-secret-access-key",
        "MySessionTokenIsHere==",
        "TheRefreshToken+TheAccessToken+TheClientSecret",
        "SecretAccessKey",
        "aws_secret_access_key",
    ] {
        assert_eq!(said(&[secret], words), words, "{secret}");
    }
    // Such a stand-in is masked nevertheless, and so is a piece of it.
    let secret = "OldSecretAccessKey/0123456789+abcdefghij";
    for text in [secret, &secret[..18], &secret[8..]] {
        assert_eq!(said(&[secret], &format!("bad `{text}`")), format!("bad `{MASK}`"), "{text}");
    }
}
