//! Roles, the chains that they form, and the sources at their ends.

use serde_json::{Value, json};

use super::draft::Draft;
use super::{local, machine, sign_in};

pub(super) fn role(draft: &mut Draft) {
    let depth = if draft.chance(60) { 1 } else { 2 + draft.random.below(2) };
    let mut here = draft.profile.clone();
    for hop in 0..depth {
        role_keys(draft, &here, hop);
        if hop + 1 == depth {
            source(draft, &here);
        } else {
            let next = draft.fresh("hop");
            draft.key(&here, "source_profile", &next);
            here = next;
        }
    }
    answers(draft);
}

fn role_keys(draft: &mut Draft, profile: &str, hop: usize) {
    let partition = draft.pick(&["aws", "aws", "aws", "aws-cn", "aws-us-gov"]);
    let mut arn = format!("arn:{partition}:iam::12345678901{hop}:role/r{hop}");
    if draft.chance(2) {
        arn = draft.pick(&["arn:short", ""]).to_owned();
    }
    draft.key(profile, "role_arn", &arn);
    for (key, values, percent) in [
        ("role_session_name", &["me", "me@work", "", "x"][..], 20),
        ("external_id", &["ext/1+2 3", "äß", "ee", "e"], 15),
        ("duration_seconds", &["900", "3600", "abc", " 1_800 ", "60", "", "1.5"], 15),
        ("mfa_serial", &["arn:aws:iam::123456789012:mfa/me", "GAHT12345678", ""], 9),
    ] {
        if draft.chance(percent) {
            let values = if draft.for_sdk && key == "duration_seconds" { &["900", "3600"] } else { values };
            let value = draft.pick(values);
            draft.key(profile, key, value);
        }
    }
}

fn source(draft: &mut Draft, profile: &str) {
    let kind = draft.random.below(100);
    if kind < 8 {
        draft.key(profile, "source_profile", profile);
        let in_credentials = draft.chance(60);
        local::static_keys(draft, profile, in_credentials);
        return;
    }
    match kind {
        8..=9 => return draft.key(profile, "source_profile", profile),
        10..=15 => {
            let first = draft.profile.clone();
            return draft.key(profile, "source_profile", &first);
        }
        16..=18 => return draft.key(profile, "source_profile", "nowhere"),
        19..=22 => return,
        23..=24 => draft.key(profile, "credential_source", "Environment"),
        25..=42 => return credential_source(draft, profile),
        _ => {}
    }
    let source = draft.fresh("source");
    draft.key(profile, "source_profile", &source);
    match kind {
        43..=46 => draft.key(&source, "region", "us-east-2"),
        47..=53 => local::process_for(draft, &source),
        54..=58 => sign_in::identity_center_for(draft, &source),
        59..=61 => {
            draft.key(&source, "role_arn", "arn:aws:iam::123456789012:role/web");
            token_file(draft, &source);
        }
        62..=64 => sign_in::login_for(draft, &source),
        65..=69 => {
            let in_credentials = draft.chance(50);
            local::static_keys(draft, &source, in_credentials);
            local::process_for(draft, &source);
        }
        70..=72 => {
            local::static_keys(draft, &source, true);
            draft.key(&source, "role_arn", "arn:aws:iam::123456789012:role/unused");
            draft.key(&source, "source_profile", "nowhere");
        }
        _ => {
            let in_credentials = draft.chance(70);
            local::static_keys(draft, &source, in_credentials);
        }
    }
}

fn credential_source(draft: &mut Draft, profile: &str) {
    let name = draft.pick(&["Environment", "Environment", "EcsContainer", "Ec2InstanceMetadata"]);
    if !draft.chance(12) {
        match name {
            "Environment" => local::environment(draft),
            "EcsContainer" => machine::container(draft),
            _ => machine::imds(draft),
        }
    }
    // An environment's keys would win over the role, but for a profile that is named in so many words.
    if !draft.chance(20) && draft.env.get("AWS_PROFILE").is_none_or(|name| name != "nope") {
        let profile = draft.profile.clone();
        draft.section(&profile);
        draft.options.insert("profile".to_owned(), json!(profile));
    }
    let name = if draft.chance(6) { name.to_lowercase() } else { name.to_owned() };
    draft.key(profile, "credential_source", &name);
}

pub(super) fn web_identity(draft: &mut Draft) {
    let arn = "arn:aws:iam::123456789012:role/web";
    let profile = draft.profile.clone();
    match draft.random.below(10) {
        0..=3 => {
            draft.key(&profile, "role_arn", arn);
            token_file(draft, &profile);
        }
        4 => {
            draft.env("AWS_ROLE_ARN", arn);
            token_file(draft, &profile);
        }
        5 => {
            let path = token(draft);
            draft.env("AWS_WEB_IDENTITY_TOKEN_FILE", path);
        }
        _ => {
            let path = token(draft);
            draft.env("AWS_WEB_IDENTITY_TOKEN_FILE", path);
            let arn = if draft.chance(5) { "" } else { arn };
            draft.env("AWS_ROLE_ARN", arn);
        }
    }
    for (name, in_file) in [("AWS_ROLE_SESSION_NAME", false), ("role_session_name", true)] {
        if draft.chance(20) {
            let value = draft.pick(&["web-session", "w", ""]);
            if in_file { draft.key(&profile, name, value) } else { draft.env(name, value) }
        }
    }
    answers(draft);
}

fn token_file(draft: &mut Draft, profile: &str) {
    let path = token(draft);
    draft.key(profile, "web_identity_token_file", &path);
}

fn token(draft: &mut Draft) -> String {
    let text = draft.pick(&["ey.JWT.x", "ey.JWT.x", "ey.JWT.x\n", "ey J+W/T=&%x", "abc", "ey\r\nx\r\n", ""]);
    draft.files.insert("token".to_owned(), json!(text));
    let path = draft.pick(&[
        "~~/token", "~~/token", "~~/token", "~~/token", "~~/token", "token", "~~/none", "~/token", "",
    ]);
    path.to_owned()
}

/// What STS says: mostly yes.
fn answers(draft: &mut Draft) {
    if draft.chance(12) {
        draft.env("AWS_ENDPOINT_URL_STS", "<http>");
        draft.without_region = true; // which such an endpoint cannot do without
    }
    let step: Value = match draft.random.below(40) {
        0 | 1 => json!({"error": "AccessDenied"}),
        2 => json!({"error": "RegionDisabledException", "status": 403}),
        3 => json!({"status": 500, "body": "<html>no</html>"}),
        4 => {
            draft.env("AWS_MAX_ATTEMPTS", draft.env.get("AWS_MAX_ATTEMPTS").cloned().unwrap_or(json!("2")));
            json!({"status": 503, "error": "ServiceUnavailable"})
        }
        5 => {
            draft.env("AWS_MAX_ATTEMPTS", "2");
            json!([{"status": 500, "error": "InternalFailure"}, {}])
        }
        6 => json!({"expires": 300}),
        7 => json!({"expires": -60}),
        8 => json!({"anonymous": true}),
        9 => json!({"expiration": "<now+3600:offset>"}),
        10 => json!({"by": {"r1": {"error": "AccessDenied"}}}),
        11 => json!({"expires": 840}),
        _ => return,
    };
    draft.aws.insert("sts".to_owned(), step);
}
