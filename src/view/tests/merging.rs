//! A profile that both files have.

use super::*;

/// The access keys that a profile has, as `id/secret+token`; `!` before them if half a pair refuses the profile.
fn pair(view: &View, name: &str) -> String {
    if view.fault().is_some() {
        return "ERR".to_owned();
    }
    let Some(section) = view.profile(name) else { return "none".to_owned() };
    let text = |key| section.text(key).map_or_else(|| "-".to_owned(), |text| text.value);
    let [id, secret, token] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"].map(text);
    let token = if token == "-" { String::new() } else { format!("+{token}") };
    format!("{}{id}/{secret}{token}", if section.torn().is_some() { "!" } else { "" })
}

/// Spells out `id`, `secret` and `token`.
fn spelled(text: &str) -> String {
    let words = [
        ("id=", "aws_access_key_id="),
        ("secret=", "aws_secret_access_key="),
        ("token=", "aws_session_token="),
    ];
    let line = |line: &str| {
        let word = words.iter().find_map(|(word, key)| Some(format!("{key}{}", line.strip_prefix(word)?)));
        word.unwrap_or_else(|| line.to_owned())
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The pairs of `[default]`, which both files have, with these keys.
#[test]
fn pairs_in_two_files() {
    for (config, credentials, expected) in [
        ("id=C\nsecret=c", "id=K\nsecret=k", ["K/k"; 4]),
        ("id=C\nsecret=c\ntoken=t", "id=K\nsecret=k", ["K/k+t"; 4]),
        ("id=C\nsecret=c\ntoken=t", "id=K\nsecret=k\ntoken=u", ["K/k+u"; 4]),
        ("id=C\nsecret=c\ntoken=t", "token=u", ["C/c+u", "C/c+u", "C/c+t", "C/c+u"]),
        ("id=C", "secret=k", ["C/k", "C/k", "!C/-", "C/k"]),
        ("id=C\nsecret=c", "id=K", ["K/c", "K/c", "!C/c", "K/c"]),
        ("id=C", "id=K\nsecret=k", ["K/k"; 4]),
        ("id=C", "region=r", ["C/-"; 4]),
        ("id=C\nsecret=c", "id=\nsecret=", ["/", "C/c", "/", "/"]),
        ("id=C\nsecret=c", "id=\nsecret=k", ["/k", "C/k", "/k", "/k"]),
    ] {
        let files = [config, credentials].map(|text| spelled(&format!("[default]\n{text}")));
        each(expected, &format!("{files:?}"), |sdk| pair(&view(sdk, &files[0], &files[1]), "default"));
    }
    for text in ["[default]\nid=C", "[default]\nsecret="] {
        let torn =
            |view: View| view.profile("default").is_some_and(|found| found.torn().is_some()).to_string();
        let text = spelled(text);
        each(["false", "false", "true", "false"], &text, |sdk| torn(view(sdk, &text, "")));
        each(["false", "false", "true", "false"], &text, |sdk| torn(view(sdk, "", &text)));
    }
}

#[test]
fn other_keys_of_the_credentials_file() {
    let keys = "region=k\nsso_account_id=k\naws_account_id=k\nendpoint_url=k\nservices=k\naccount_id_endpoint_mode=k";
    let all = keys
        .split('\n')
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(", ");
    let credentials = format!("[default]\n{keys}");
    each([&all, &all, &all, &all], "only there", |sdk| shown(&view(sdk, "", &credentials)));
    each([&all, &all, "region=k, sso_account_id=k", &all], "beside an empty section", |sdk| {
        shown(&view(sdk, "[default]", &credentials))
    });
    let lost = view("go", "[default]", &credentials);
    let section = lost.profile("default").unwrap();
    assert!(section.value("endpoint_url").is_none() && section.values("endpoint_url").is_empty());
    let config = "[default]\nregion=c\nendpoint_url=c\nsso_account_id=c";
    for (key, expected) in
        [("endpoint_url", ["k", "c", "c", "k"]), ("region", ["k"; 4]), ("sso_account_id", ["k"; 4])]
    {
        each(expected, key, |sdk| {
            view(sdk, config, &credentials).profile("default").unwrap().text(key).unwrap().value
        });
    }
}

#[test]
fn profiles_are_listed_in_file_order_the_config_file_first() {
    let (config, credentials) = ("[profile b]\nk=v\n[profile a]\nk=v", "[z]\nk=v\n[a]\nk=v\n[default]\nk=v");
    for sdk in ["rust", "js", "go", "java"] {
        assert_eq!(view(sdk, config, credentials).profiles().collect::<Vec<_>>(), ["b", "a", "z", "default"]);
    }
}

/// Whose keys a profile has, in files that each of the SDKs was run on.
#[test]
fn files_that_tell_the_sdks_apart() {
    type Row = (u8, &'static str, &'static str, &'static str, [&'static str; 4]);
    let keys = |text: &str| spelled(&text.replace("keys", "id=X\nsecret=s"));
    let rows: &[Row] = &[
        (11, "dev", "[dev]\nkeys", "[profile dev]\nkeys", ["none"; 4]),
        (12, "default", "[default]\nid=C\nsecret=c\ntoken=conftok", "[default]\nkeys", ["X/s+conftok"; 4]),
        (13, "default", "[default]\nkeys", "[default]\nid =\nsecret =", ["/", "X/s", "/", "/"]),
        (14, "default", "[default]\nid=C", "[default]\nkeys", ["X/s"; 4]),
        (15, "default", "[default]\nkeys", "[default]\nid=K", ["K/s", "K/s", "!X/s", "K/s"]),
        (16, "default", "", "[default]\nAws_Access_Key_Id=K\nsecret=s", ["K/s", "-/s", "K/s", "-/s"]),
        (
            17,
            "default",
            "",
            "[default]\nid=\"K\"\nsecret=\"s\"",
            ["\"K\"/\"s\"", "\"K\"/\"s\"", "K/s", "\"K\"/\"s\""],
        ),
        (18, "dev", "[profile dev]\nid=C\n[profile  dev]\nsecret=s", "", ["C/s", "C/-", "C/s", "C/s"]),
        (19, "dev", "[Profile dev]\nkeys", "", ["none"; 4]),
        (20, "default", "", " [default]\nkeys", ["ERR", "X/s", "X/s", "ERR"]),
        (21, "default", "", "x=y\n[default]\nkeys", ["ERR", "X/s", "X/s", "ERR"]),
        (22, "default", "", "[default]\nid=X\t# mine\nsecret=s", ["X/s"; 4]),
        (23, "default", "", "[default] # [x]\nkeys", ["X/s"; 4]),
        (24, "my team", "", "[my team]\nkeys", ["none", "none", "X/s", "none"]),
        (25, "dev", "[profile.dev]\nkeys", "", ["none", "X/s", "none", "none"]),
        (26, "default", "[DEFAULT]\nkeys", "", ["none"; 4]),
        (27, "default", "", "[default]\nid =\n  K\nsecret=s", ["ERR", "-/s", "/s", "ERR"]),
        (28, "default", "[default]\ns3 =\n  aws_access_key_id=SUB\nkeys", "", ["X/s"; 4]),
    ];
    for (number, profile, config, credentials, expected) in rows {
        let [config, credentials] = [config, credentials].map(|text| {
            keys(text).replace("id =", "aws_access_key_id =").replace("secret =", "aws_secret_access_key =")
        });
        each(*expected, &format!("example {number}"), |sdk| pair(&view(sdk, &config, &credentials), profile));
    }
    let home = Home::of(&[
        ("c.ini", b"[default]\naws_access_key_id=X\n"),
        (".aws/config", b"[default]\naws_access_key_id=Y\n"),
    ]);
    let id = |sdk: &str, path: &str| {
        let view = home.view(sdk, &[("AWS_CONFIG_FILE", path)]);
        view.profile("default")
            .map_or_else(String::new, |found| found.text("aws_access_key_id").unwrap().value)
    };
    each(["X", "X", "", "X"], "example 29", |sdk| id(sdk, "~/c.ini"));
    each(["", "Y", "Y", ""], "example 30", |sdk| id(sdk, ""));
}
