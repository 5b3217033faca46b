//! Identity Center and console sign-in sessions, with the tokens that they left behind.

use serde_json::{Value, json};

use super::draft::Draft;

pub(super) fn identity_center(draft: &mut Draft) {
    let profile = draft.profile.clone();
    identity_center_for(draft, &profile);
}

pub(super) fn identity_center_for(draft: &mut Draft, profile: &str) {
    const URL: &str = "https://x.awsapps.com/start";
    let url = draft.pick(&[URL, URL, "https://x.awsapps.com/start/#/"]);
    let regions = &["us-west-2", "eu-west-1", "cn-north-1", "us-gov-west-1"];
    let region = draft.pick(if draft.for_sdk { &regions[..2] } else { regions });
    let session = draft.chance(65);
    for (key, value) in [("sso_account_id", "111122223333"), ("sso_role_name", "Admin")] {
        if !draft.chance(3) {
            draft.key(profile, key, value);
        }
    }
    let name = if session { "corp" } else { url };
    if session {
        let name = if draft.chance(4) { "gone" } else { "corp" };
        draft.key(profile, "sso_session", name);
        if !draft.other_sections.contains("[sso-session corp]") {
            let url = if draft.chance(3) { String::new() } else { format!("sso_start_url = {url}\n") };
            let scopes = if draft.chance(40) { "sso_registration_scopes = sso:account:access\n" } else { "" };
            draft.other_sections += &format!("[sso-session corp]\n{url}sso_region = {region}\n{scopes}");
        }
    }
    // What is in the session may stand in the profile too, if it says the same.
    for (key, value, other) in [("sso_start_url", url, "https://other"), ("sso_region", region, "us-east-1")]
    {
        let percent = if session { 8 } else { 96 };
        if draft.chance(percent) {
            let value = if session && draft.chance(40) { other } else { value };
            draft.key(profile, key, value);
        }
    }
    if !draft.chance(8) {
        let token = token(draft, session);
        draft.sso.insert(name.to_owned(), token);
    }
    answers(draft);
}

fn token(draft: &mut Draft, session: bool) -> Value {
    let mut token =
        json!({"startUrl": "https://x.awsapps.com/start", "region": "us-west-2", "accessToken": "bearer"});
    token["expiresAt"] = json!(match draft.random.below(20) {
        0..=9 => "<now+7200>",
        10 => "<now+7200:utc>",
        11 => "<now+7200:offset>",
        12..=15 if draft.for_sdk => "<now-60>",
        12 => "<now+7200:naive>",
        13..=15 => "<now+330>",
        _ => "<now-60>",
    });
    if draft.chance(if session { 75 } else { 20 }) {
        token["clientId"] = json!("client");
        token["clientSecret"] = json!("secret");
        token["refreshToken"] = json!("refresh");
        token["registrationExpiresAt"] = json!(if draft.chance(15) { "<now-60>" } else { "<now+86400>" });
        if draft.chance(8) {
            let gone = draft.pick(&["clientId", "clientSecret", "refreshToken", "registrationExpiresAt"]);
            drop(token.as_object_mut().and_then(|members| members.remove(gone)));
        }
    }
    match draft.random.below(40) {
        0 => json!("{ torn"),
        1 => json!({"expiresAt": "<now+7200>"}),
        2 => json!({"accessToken": "bearer"}),
        _ => token,
    }
}

fn answers(draft: &mut Draft) {
    if draft.chance(25) {
        let step = match draft.random.below(4) {
            0 => json!({"status": 400, "error": "InvalidGrantException"}),
            1 => json!({"status": 401, "error": "UnauthorizedClientException"}),
            2 => json!({"refresh": false}),
            _ => json!({"expires": 600}),
        };
        draft.aws.insert("oidc".to_owned(), step);
    }
    if draft.chance(15) {
        let step = match draft.random.below(4) {
            0 => json!({"status": 401, "error": "UnauthorizedException"}),
            1 => json!({"status": 403, "error": "ForbiddenException"}),
            2 => json!({"status": 404, "error": "ResourceNotFoundException"}),
            _ => json!({"expires": 600}),
        };
        draft.aws.insert("sso".to_owned(), step);
    }
}

pub(super) fn login(draft: &mut Draft) {
    let profile = draft.profile.clone();
    login_for(draft, &profile);
}

pub(super) fn login_for(draft: &mut Draft, profile: &str) {
    let session = draft.pick(&["arn:aws:iam::111122223333:user/Admin", "arn:aws:iam::111122223333:root", ""]);
    draft.key(profile, "login_session", session);
    let ends = if draft.for_sdk {
        draft.pick(&["<now+43200>", "<now-60>", "2099-01-01T00:00:00Z"])
    } else {
        draft.pick(&["<now+43200>", "<now+840>", "<now+400>", "<now-60>", "2099-01-01T00:00:00Z"])
    };
    let key = draft.fresh("L");
    let mut token = json!({
        "accessToken": {
            "accessKeyId": key, "secretAccessKey": format!("{key}s"), "sessionToken": format!("{key}t"),
            "accountId": "111122223333", "expiresAt": ends,
        },
        "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "refresh",
        "idToken": "id", "dpopKey": "<key>",
    });
    match draft.random.below(20) {
        0 => return,
        1 => {
            let gone = draft.pick(&["accessToken", "refreshToken", "dpopKey", "clientId"]);
            drop(token.as_object_mut().and_then(|members| members.remove(gone)));
        }
        2 => token = json!("{ torn"),
        3 if !draft.for_sdk => {
            let gone = draft.pick(&["accessKeyId", "secretAccessKey", "sessionToken", "accountId"]);
            drop(token["accessToken"].as_object_mut().and_then(|members| members.remove(gone)));
        }
        _ => {}
    }
    draft.login.insert(session.to_owned(), token);
}
