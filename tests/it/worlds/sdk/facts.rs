//! What the end of a world was, in words that every SDK and xcred share.

use serde_json::{Value, json};

/// The end of a world for an SDK: keys, or `none` or `error`. A region that isn't there could not be asked for.
pub(super) fn theirs(side: &Value) -> Value {
    let mut facts = match side["error"].as_str() {
        Some(error) => {
            let none = side["none"] == true || error == "NoCredentials";
            json!({"end": if none { "none" } else { "error" }})
        }
        None => keys(&side["access_key"], &side["secret_key"], &side["token"]),
    };
    if let Some(region) = side.get("region") {
        facts["region"] = region.clone();
    }
    facts
}

/// The same for xcred.
pub(super) fn ours(side: &Value, has_region: bool) -> Value {
    let document = &side["document"];
    let value = |name: &str| document["credentials"][name]["value"].clone();
    let mut facts = match document["error"]["code"].as_str() {
        Some(code) => json!({"end": if code == "no-credentials" { "none" } else { "error" }}),
        None => keys(&value("access_key_id"), &value("secret_access_key"), &value("session_token")),
    };
    if has_region {
        facts["region"] = document["settings"]["region"]["value"].clone();
    }
    facts
}

/// An empty token is as good as none.
fn keys(key: &Value, secret: &Value, token: &Value) -> Value {
    let token = if token == "" { &Value::Null } else { token };
    json!({"key": key, "secret": secret, "token": token})
}

/// What an SDK and xcred disagree about, or nothing.
pub(super) fn difference(answer: &Value) -> Option<String> {
    let why = answer["sdk"]["error"].as_str().unwrap_or_default();
    difference_from(&theirs(&answer["sdk"]), answer).map(|difference| format!("{difference}\n  why: {why}"))
}

/// What xcred makes otherwise than these facts.
pub(super) fn difference_from(theirs: &Value, answer: &Value) -> Option<String> {
    let ours = ours(&answer["xcred"], theirs.get("region").is_some());
    let said = &answer["xcred"]["document"]["error"]["message"];
    (theirs != &ours).then(|| format!("  sdk: {theirs}\nxcred: {ours} {said}"))
}

/// What an example wants, with what it leaves unsaid: a secret is its key with an `s` behind.
pub(super) fn wanted(want: &Value, has_region: bool) -> Value {
    let mut facts = match want["end"].as_str() {
        Some(end) => json!({"end": end}),
        None => {
            let usual = || json!(format!("{}s", want["key"].as_str().unwrap_or_default()));
            keys(&want["key"], &want.get("secret").cloned().unwrap_or_else(usual), &want["token"])
        }
    };
    if has_region {
        facts["region"] = want["region"].clone();
    }
    facts
}

/// By which requests the credentials came, each once: `AssumeRole top by BASE`.
pub(super) fn via(side: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut found: Vec<String> = Vec::new();
    for request in side["asked"].as_array().into_iter().flatten() {
        let form = &request["form"];
        let step = match request["service"].as_str() {
            Some("sts") => {
                let (action, arn) = (text(&form["Action"]), text(&form["RoleArn"]));
                let mut step = format!("{action} {}", arn.rsplit('/').next().unwrap_or_default());
                if let Some(key) = request["key"].as_str() {
                    step.push_str(&format!(" by {key}"));
                }
                match form["RoleSessionName"].as_str() {
                    Some("envname") => step + " as envname",
                    _ => step,
                }
            }
            Some("sso") => {
                let (_, rest) =
                    text(&request["path"]).split_once("role_name=").map_or_else(Default::default, own);
                format!(
                    "sso {} with {}",
                    rest.split('&').next().unwrap_or_default(),
                    text(&request["bearer"])
                )
            }
            Some("container") => format!("container {}", text(&request["path"])),
            _ => continue,
        };
        if !found.contains(&step) {
            found.push(step);
        }
    }
    found
}

/// The account of the credentials.
pub(super) fn account(side: &Value) -> &Value {
    match side.get("document") {
        Some(document) => &document["credentials"]["account_id"]["value"],
        None => &side["account_id"],
    }
}

/// Where STS was asked, each once: the host of AWS, or the path at the fake one without a slash at its end.
pub(super) fn at(side: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for request in side["asked"].as_array().into_iter().flatten().filter(|asked| asked["service"] == "sts") {
        let (at, path) = (request["at"].as_str().unwrap_or("-"), request["path"].as_str().unwrap_or("-"));
        let host = at.split_once("://").map_or(at, |(_, host)| host);
        let place = if host.contains("amazonaws") { host } else { path.trim_end_matches('/') };
        if !found.iter().any(|other| other == place) {
            found.push(place.to_owned());
        }
    }
    found
}

fn own((before, after): (&str, &str)) -> (String, String) {
    (before.to_owned(), after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(document: &Value) -> Value {
        let sdk = json!({"access_key": "A", "secret_key": "As", "token": "", "region": null});
        json!({"sdk": sdk, "xcred": {"document": document}})
    }

    fn document(key: &str, region: Option<&str>) -> Value {
        let value = |text: &str| json!({"value": text});
        let credentials = json!({
            "access_key_id": value(key), "secret_access_key": value("As"), "session_token": null,
        });
        json!({"error": null, "credentials": credentials, "settings": {"region": {"value": region}}})
    }

    #[test]
    fn keys_and_the_region_have_to_be_the_same() {
        assert_eq!(difference(&answer(&document("A", None))), None);
        assert!(difference(&answer(&document("B", None))).is_some());
        assert!(difference(&answer(&document("A", Some("x")))).is_some());
        assert!(difference(&answer(&json!({"error": {"code": "no-credentials"}}))).is_some());
    }

    #[test]
    fn nothing_found_is_not_an_error() {
        for (none, code, agree) in [
            (true, "no-credentials", true),
            (true, "provider-failed", false),
            (false, "provider-failed", true),
            (false, "no-credentials", false),
        ] {
            let mut answer = answer(&json!({"error": {"code": code}}));
            answer["sdk"] = json!({"error": "E", "none": none});
            assert_eq!(difference(&answer).is_none(), agree, "{answer}");
        }
    }
}
