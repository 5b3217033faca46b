//! Whether xcred and botocore made the same of a world.

use serde_json::{Map, Value, json};

use super::codes;

/// What botocore made of a world, in xcred's words.
pub(crate) fn theirs(side: &Value) -> Value {
    if side.get("error").is_some() {
        // A session that could not be built has no region to ask for.
        let region = side.get("region").cloned().unwrap_or(json!("unknown"));
        return json!({"error": codes::code(side), "region": region});
    }
    json!({
        "provider": side["method"],
        "access_key_id": side["access_key"],
        "secret_access_key": side["secret_key"],
        "session_token": some(&side["token"]),
        "account_id": some(&side["account_id"]),
        "region": side["region"],
    })
}

/// What xcred made of a world. `unknown` hides what botocore can't be asked for.
pub(crate) fn ours(side: &Value, theirs: &Value) -> Value {
    let document = &side["document"];
    let settings = &document["settings"];
    let hidden = theirs["region"] == "unknown";
    let region = if hidden { json!("unknown") } else { settings["region"]["value"].clone() };
    if !document["error"].is_null() {
        return json!({"error": document["error"]["code"], "region": region});
    }
    let credentials = &document["credentials"];
    json!({
        "provider": credentials["provider"],
        "access_key_id": credentials["access_key_id"]["value"],
        "secret_access_key": credentials["secret_access_key"]["value"],
        "session_token": some(&credentials["session_token"]["value"]),
        "account_id": some(&credentials["account_id"]["value"]),
        "region": region,
    })
}

/// A value; an empty token or account is as good as none.
fn some(value: &Value) -> Value {
    if value == "" { Value::Null } else { value.clone() }
}

/// What the two sides disagree about, or nothing.
pub(crate) fn difference(answer: &Value) -> Option<String> {
    let theirs = theirs(&answer["botocore"]);
    let ours = ours(&answer["xcred"], &theirs);
    if theirs != ours {
        return Some(format!("botocore: {theirs}\n   xcred: {ours}"));
    }
    if let Some(why) = ill_formed(&answer["xcred"]) {
        return Some(why);
    }
    if theirs.get("error").is_some() {
        return None;
    }
    if let Some(alarm) = false_alarm(&answer["xcred"]["document"]) {
        return Some(format!("a false alarm: {alarm}"));
    }
    let (asked, left) = (|side: &str| set(&answer[side]["asked"]), |side: &str| left(&answer[side]["left"]));
    if asked("botocore") != asked("xcred") {
        let lines = |side: &str| asked(side).join("\n    ");
        return Some(format!(
            "asked otherwise:\n  botocore:\n    {}\n  xcred:\n    {}",
            lines("botocore"),
            lines("xcred")
        ));
    }
    let theirs = left("botocore");
    let ours = without_kept_tokens(left("xcred"), &theirs);
    (theirs != ours).then(|| format!("left otherwise:\n  botocore: {theirs}\n  xcred: {ours}"))
}

/// Findings that say that the provider which has the credentials can't have them.
const IMPOSSIBLE: [(&str, &[&str]); 4] = [
    (
        "assume-role",
        &["half-role", "two-sources", "missing-source-profile", "empty-source-profile", "role-loop"],
    ),
    (
        "sso",
        &[
            "incomplete-sso",
            "unknown-sso-session",
            "incomplete-sso-session",
            "sso-conflict",
            "expired-sign-in",
            "unusable-sign-in",
        ],
    ),
    ("custom-process", &["process-cannot-start"]),
    ("env", &["half-pair AWS_ACCESS_KEY_ID", "half-pair AWS_SECRET_ACCESS_KEY"]),
];

fn false_alarm(document: &Value) -> Option<String> {
    let provider = document["credentials"]["provider"].as_str()?;
    let (_, impossible) = IMPOSSIBLE.iter().find(|(name, _)| *name == provider)?;
    let warnings = document["warnings"].as_array()?;
    let alarm = warnings.iter().find(|warning| {
        let code = warning["code"].as_str().unwrap_or_default();
        let place = warning["origin"]["variable"].as_str().unwrap_or_default();
        impossible.contains(&code) || impossible.contains(&format!("{code} {place}").as_str())
    })?;
    Some(format!("{provider}: {alarm}"))
}

/// What is wrong with a run of xcred whatever the world is: its exit code, or a secret on standard error.
fn ill_formed(side: &Value) -> Option<String> {
    let document = &side["document"];
    let failed = !document["error"].is_null();
    let exit = side["exit"].as_i64();
    let expected: &[i64] = if failed { &[253, 254, 255] } else { &[0] };
    if !exit.is_some_and(|exit| expected.contains(&exit)) || document["schema"] != 1 {
        return Some(format!("an ill-formed answer: {side}"));
    }
    let secret =
        document["credentials"]["secret_access_key"]["value"].as_str().filter(|text| text.len() > 3)?;
    let stderr = side["stderr"].as_str().unwrap_or_default();
    stderr.contains(secret).then(|| format!("a secret on standard error: {stderr}"))
}

/// The requests, each once and in one order: how often an answer that is soon to expire is asked for, and in
/// which order the members of a form or a document stand, is nobody's concern.
fn set(requests: &Value) -> Vec<String> {
    let text = |request: &Value| {
        let mut request = request.clone();
        request.sort_all_objects();
        request.to_string()
    };
    let mut requests: Vec<String> = requests.as_array().into_iter().flatten().map(text).collect();
    requests.sort();
    requests.dedup();
    requests
}

/// What xcred left, without the refresh tokens that botocore has lost: a service that issues no new one leaves the old one
/// valid.
fn without_kept_tokens(mut ours: Value, theirs: &Value) -> Value {
    let has_token =
        |file: &Value| file.as_array().is_some_and(|all| all.iter().any(|pair| pair[0] == "refreshToken"));
    for (path, file) in ours.as_object_mut().into_iter().flatten() {
        if let (Some(members), false) = (file.as_array_mut(), has_token(&theirs[path])) {
            members.retain(|pair| pair[0] != "refreshToken");
        }
    }
    ours
}

/// The token files, and which programs ran at all.
fn left(files: &Value) -> Value {
    let mut kept = Map::new();
    for (path, content) in files.as_object().into_iter().flatten() {
        let mut names: Vec<_> = content.as_object().into_iter().flatten().collect();
        names.sort_by_key(|(name, _)| name.as_str());
        kept.insert(path.clone(), if content.is_number() { json!("ran") } else { json!(names) });
    }
    Value::Object(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Value {
        let asked = json!([{"service": "sts", "key": "S"}]);
        let value = |text: &str| json!({"value": text, "origin": {"from": "default"}});
        json!({
            "botocore": {
                "method": "assume-role", "access_key": "A", "secret_key": "As", "token": "", "account_id": null,
                "region": null, "asked": [asked[0], asked[0]], "left": {"p.runs": 2},
            },
            "xcred": {
                "exit": 0, "stderr": "", "asked": asked, "left": {"p.runs": 1},
                "document": {
                    "schema": 1, "error": null, "settings": {},
                    "credentials": {
                        "provider": "assume-role", "access_key_id": value("A"), "secret_access_key": value("As"),
                        "session_token": null, "account_id": null,
                    },
                },
            },
        })
    }

    #[test]
    fn how_often_something_was_asked_is_no_disagreement() {
        assert_eq!(difference(&answer()), None);
    }

    #[test]
    fn every_other_difference_is_one() {
        for (place, value) in [
            ("/xcred/exit", json!(255)),
            ("/xcred/asked/0/key", json!("T")),
            ("/xcred/asked", json!([])),
            ("/xcred/left", json!({})),
            ("/xcred/document/settings", json!({"region": {"value": "x"}})),
            ("/xcred/document/error", json!({"code": "no-credentials"})),
            ("/xcred/document/credentials/provider", json!("sso")),
            ("/xcred/document/credentials/secret_access_key/value", json!("Bs")),
            ("/xcred/document/credentials/account_id", json!({"value": "1"})),
            ("/botocore/token", json!("t")),
        ] {
            let mut answer = answer();
            *answer.pointer_mut(place).expect("it is there") = value;
            assert!(difference(&answer).is_some(), "{place}");
        }
    }

    #[test]
    fn errors_agree_by_their_code() {
        let mut answer = answer();
        answer["botocore"] = json!({"error": "JSONDecodeError", "kinds": ["JSONDecodeError", "ValueError"],
            "stage": "L", "provider": "custom-process", "region": null, "asked": [], "left": {}});
        answer["xcred"]["exit"] = json!(255);
        answer["xcred"]["document"] =
            json!({"schema": 1, "credentials": null, "error": {"code": "provider-failed"}});
        assert_eq!(difference(&answer), None);
        answer["xcred"]["document"]["error"]["code"] = json!("invalid-config");
        assert!(difference(&answer).is_some());
    }
}
