//! Files as people, editors and other programs write them: comments, indents, quotes, headers that are none.

use serde_json::{Value, json};

use super::draft::Draft;

/// A world with two files and nothing else to ask; in some the environment has keys, too.
pub(super) fn world(seed: u64) -> Value {
    let mut draft = Draft::for_sdk(seed);
    let profile = draft.pick(&["default", "default", "dev"]);
    match draft.random.below(10) {
        0..=2 => drop(draft.options.insert("profile".to_owned(), json!(profile))),
        3..=5 => draft.env("AWS_PROFILE", profile),
        _ if profile == "dev" => draft.env("AWS_PROFILE", profile),
        _ => {}
    }
    for (path, in_config, percent) in [(".aws/credentials", false, 80), (".aws/config", true, 75)] {
        if draft.chance(percent) {
            let text = file(&mut draft, profile, in_config);
            draft.files.insert(path.to_owned(), json!(text));
        }
    }
    if draft.chance(6) {
        super::local::environment(&mut draft);
    }
    match draft.random.below(60) {
        0 => draft.env("AWS_CONFIG_FILE", "~/.aws/config"),
        1 => draft.env("AWS_CONFIG_FILE", ""),
        2 => draft.env("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        3 => draft.env("AWS_SHARED_CREDENTIALS_FILE", "$HOME/.aws/credentials"),
        4 => draft.env("AWS_REGION", ""),
        5 => draft.env("AWS_DEFAULT_REGION", "sa-east-1"),
        _ => {}
    }
    draft.finish()
}

fn file(draft: &mut Draft, profile: &str, in_config: bool) -> String {
    let mut text = String::new();
    // The SDKs for Rust and Java read nothing in a file with one line that is none.
    let torn = draft.chance(25);
    if draft.chance(6) {
        text += draft.pick(&["\n", "# a comment\n", "; a comment\n", " \n"]);
    }
    if torn && draft.chance(12) {
        text += draft.pick(&["x = y\n", "  # indented\n", "junk\n"]);
    }
    // One spelling of a header in a file: the SDK for Rust joins two in an order of its own.
    let spelling = draft.random.below(40);
    for number in 0..=draft.random.below(3) {
        let name =
            if number == 0 || draft.chance(50) { profile } else { draft.pick(&["other", "default", "dev"]) };
        text += &header(draft, name, in_config, spelling, torn);
        body(draft, &mut text, torn);
    }
    if draft.chance(4) {
        text = text.replace(" = ", "=");
    }
    if draft.chance(10) {
        text.truncate(text.trim_end().len());
    }
    match draft.random.below(50) {
        0 if torn => format!("\u{feff}{text}"),
        1..=4 => text.replace('\n', "\r\n"),
        5 => text.replace('\n', "\r"),
        _ => text,
    }
}

fn header(draft: &mut Draft, name: &str, in_config: bool, spelling: usize, torn: bool) -> String {
    let prefix = if in_config && name != "default" { "profile " } else { "" };
    let plain = match spelling {
        0 => format!("[ {prefix}{name} ]"),
        1 if in_config => format!("[profile  {name}]"),
        2 if in_config => format!("[profile\t{name}]"),
        _ => format!("[{prefix}{name}]"),
    };
    let header = match draft.random.below(80) {
        0 if torn => format!(" {plain}"),
        1 if torn => format!("{plain} x"),
        2 if torn => format!("[{prefix}{name}"),
        3 if torn => format!("{plain}]"),
        4 => format!("{plain} # note"),
        5 => format!("{plain} ; [x]"),
        6 => format!("{plain}# note"),
        7 => format!("{plain}\t"),
        8 => format!("[Profile {name}]"),
        9 => format!("[PROFILE {name}]"),
        10 => format!("[profile.{name}]"),
        11 => format!("[profile \"{name}\"]"),
        12 => format!("[profile '{name}']"),
        13 => format!("[{prefix}\"{name}\"]"),
        14 => format!("[{}]", name.to_uppercase()),
        15 => format!("[{prefix}my team]"),
        16 => "[]".to_owned(),
        17 => format!("[sso-session {name}]"),
        18 => format!("[services {name}]"),
        19 => format!("[{prefix}{name}.x@y:+/%]"),
        20 if spelling > 2 => format!("[{name}]"),
        21 if spelling > 2 => format!("[profile {name}]"),
        _ => plain,
    };
    format!("{header}\n")
}

fn body(draft: &mut Draft, text: &mut String, torn: bool) {
    let (key, secret) = draft.pair("F");
    let mut pairs = vec![("aws_access_key_id", key), ("aws_secret_access_key", secret)];
    if draft.chance(14) {
        let gone = draft.random.below(2);
        pairs.remove(gone);
    }
    if draft.chance(30) {
        pairs.push(("aws_session_token", draft.fresh("t")));
    }
    if draft.chance(50) {
        pairs.push(("region", draft.pick(&["us-west-2", "eu-west-1", "ap-east-1"]).to_owned()));
    }
    if draft.chance(20) {
        pairs.reverse();
    }
    for (name, value) in pairs {
        if draft.chance(10) {
            *text += between(draft, torn);
        }
        *text += &line(draft, name, &value, torn);
    }
    if draft.chance(25) {
        *text += between(draft, torn);
    }
}

/// What stands between settings.
fn between(draft: &mut Draft, torn: bool) -> &'static str {
    if torn && draft.chance(30) {
        return draft.pick(&["s3 =\n  word\n", "word\n", "= value\n", "a: b\n", "\u{c}\n", "[\n"]);
    }
    draft.pick(&[
        "\n",
        " \n",
        "# a comment\n",
        "; a comment\n",
        "#aws_access_key_id = hidden\n",
        "  # indented\n",
        "\t; indented = x\n",
        "  indented = 1\n",
        "output = json\n",
        "cli_pager =\n",
        "s3 =\n  max_concurrent_requests = 3\n",
        "s3 =\n  aws_access_key_id = SUB\n",
        "a b = c\n",
        "é = ü\n",
        "Region = eu-north-1\n",
        "aws_security_token = old\n",
        "region = eu-south-1\n",
        "region =\n",
    ])
}

fn line(draft: &mut Draft, name: &str, value: &str, torn: bool) -> String {
    if torn && draft.chance(6) {
        return match draft.random.below(4) {
            0 => format!("{name}: {value}\n"),
            1 => format!("{name}\n"),
            2 => format!("{name} =\n  {value}\n"),
            _ => format!("{name} = # note\n  {value}\n"),
        };
    }
    match draft.random.below(110) {
        0 => format!("{name} = {value} # note\n"),
        1 => format!("{name} = {value}\t; note\n"),
        2 => format!("{name} = {value}#note\n"),
        3 => format!("{name} = \"{value}\"\n"),
        4 => format!("{name} = '{value}'\n"),
        5 => format!("{name} = \"{value}\n"),
        6 => format!("{name} := {value}\n"),
        7 => format!("{name} == {value}\n"),
        8 => format!("{} = {value}\n", name.to_uppercase()),
        9 => format!("{name} =\n"),
        10 => format!("{name} = # note\n"),
        11 => format!(" {name} = {value}\n"),
        12 => format!("\t{name} = {value}\n"),
        13 => format!("{name} = {value}\n  more\n"),
        14 => format!("{name} = {value}\n  more = x\n"),
        15 => format!("{name} = {value}\n# note\n\n  more\n"),
        16 => format!("{name} = {value}x\n{name} = {value}\n"),
        17 => format!("{name} = {value}\n{name} =\n"),
        18 => format!("{name}\t=\t{value}\t\n"),
        19 => format!("{name} = {value} \n"),
        20 => format!("{name} = \\ # note\n"),
        21 => format!("{name} = {value}\\\n"),
        22 => format!("{name} = {value} ;note\n"),
        23 => format!("{name} = {value} extra\n"),
        24 => format!("{name}=={value}\n"),
        25 => format!("export {name} = {value}\n"),
        26 => format!("{name} = \u{a0}{value}\n"),
        _ => format!("{name} = {value}\n"),
    }
}
