//! The SDK for Ruby, whose parser looks for headers and keys by patterns and passes over all else.

use super::*;

#[test]
fn lines_below_a_header() {
    let fault = "an indented line that continues no value";
    for (text, expected) in [
        ("k = v\nx\n= w\nr = w", "k=v, r=w".to_owned()),
        ("K = v # c\nr = d;e ;f\r\n", "K=v # c, r=d;e".to_owned()),
        // Without anything behind it, a key is none.
        ("k =\nr = # c", "r=# c".to_owned()),
        ("k = \nr =\r", "k= , r=\r".to_owned()),
        ("k == v\nk2: v", "k== v".to_owned()),
        // An indented key is one of a block, lost below another key, and an error below anything else.
        ("r = w\ns3 =\n  k = v\n\n# c\n  l = w", "r=w, s3{}".to_owned()),
        ("r = w\n  k = v\n  l = w", "r=w".to_owned()),
        ("  k = v", format!("line 2: {fault}")),
        ("r = w\n\n  k = v", format!("line 4: {fault}")),
        ("r = w\n# c\n  k = v", format!("line 4: {fault}")),
        ("r = w\n# c = d\n  k = v", "# c=d, r=w".to_owned()),
        ("r = w\n  c\nk = v", "k=v, r=w".to_owned()),
        ("k = \u{e9}", "k=\u{e9}".to_owned()),
    ] {
        assert_eq!(shown(&view("ruby", "", &format!("[default]\n{text}"))), expected, "{text:?}");
    }
    assert_eq!(shown(&view("ruby", "[a]\nr = w\n[default]\n  k = v\nl = w", "")), "[a] r=w l=w");
}

#[test]
fn headers_name_the_same_profile_with_and_without_a_prefix() {
    for (header, expected) in [
        ("[default]#c", "k=v"),
        ("[default] # c", "k=v"),
        ("[ default ] ; c", "k=v"),
        ("[default];c", ""),
        ("[default] c", ""),
        ("[default", ""),
        (" [default]", ""),
        ("[profile default]", "k=v"),
        ("[profile  my\tteam]", "[my team] k=v"),
        ("[my  team]", "[my team] k=v"),
        ("[Profile dev]", "[Profile dev] k=v"),
        ("[profile.dev]", "[profile.dev] k=v"),
        ("[profile \"dev\"]", "[\"dev\"] k=v"),
        ("[a[b]]", ""),
        ("[]", ""),
        ("\u{feff}[default]", ""),
    ] {
        let text = format!("{header}\nk = v\n");
        assert_eq!(shown(&view("ruby", &text, "")), expected, "{header:?} in the config file");
        assert_eq!(shown(&view("ruby", "", &text)), expected, "{header:?} in the credentials file");
    }
    assert_eq!(shown(&view("ruby", "[dev]\na = b\n[profile dev]\nk = v", "")), "[dev] a=b, k=v");
    assert_eq!(shown(&view("ruby", "[default]\n[dev]\nk = v", "")), "[dev] k=v");
}

#[test]
fn keys_that_belong_together_come_from_one_file() {
    let (id, secret, token) = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token");
    let whole = |name: &str| format!("{id}={name}\n{secret}={name}\n");
    let half = |name: &str| format!("{id}={name}\n");
    for (config, credentials, expected) in [
        (whole("C") + token + "=t", whole("K"), format!("{id}=K, {secret}=K")),
        (whole("C") + token + "=t", half("K"), format!("{id}=C, {secret}=C, {token}=t")),
        (half("C"), whole("K"), format!("{id}=K, {secret}=K")),
        (half("C"), format!("{secret}=K\n"), format!("{id}=C")),
        ("role_arn=c\nsource_profile=c".to_owned(), "role_arn=k".to_owned(), "role_arn=k".to_owned()),
        ("role_arn=c".to_owned(), "external_id=k".to_owned(), "role_arn=c".to_owned()),
        (
            "sso_account_id=c\nsso_session=c".to_owned(),
            "sso_role_name=k\nregion=k".to_owned(),
            "region=k, sso_role_name=k".to_owned(),
        ),
        (
            "x=c".to_owned(),
            "endpoint_url=k\nservices=k\nweb_identity_token_file=k\nx=k".to_owned(),
            "x=k".to_owned(),
        ),
    ] {
        let files = [config, credentials].map(|text| format!("[default]\n{text}"));
        assert_eq!(shown(&view("ruby", &files[0], &files[1])), expected, "{files:?}");
    }
}

#[test]
fn an_empty_path_is_the_working_folder_and_bytes_must_be_utf_8() {
    let home = Home::of(&[
        ("c.ini", b"[default]\nk = v\n"),
        ("bad", b"[default]\nk = v\nr = \xff\n"),
        ("old", b"# Mac\r[default]\nk = v\nr = \xff\n"),
    ]);
    let seen = |path: &str| shown(&home.view("ruby", &[("AWS_CONFIG_FILE", path)]));
    assert_eq!(seen("~/c.ini"), "k=v");
    assert_eq!(seen(""), "`.` is a folder, not a file");
    assert_eq!(seen("~/bad"), "line 3: not UTF-8");
    // The line that editors show.
    assert_eq!(seen("~/old"), "line 4: not UTF-8");
}
