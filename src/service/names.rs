//! The names of members in a document with keys.

use serde_json::Value as Json;

/// How they may be spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Exact,
    /// As AWS spells them. A key, token or end that isn't text counts as missing.
    ExactOfTexts,
    AnyCase,
    /// In any case, also by these other names. A value that isn't text counts as missing.
    AnyCaseOfTexts(&'static [(&'static str, &'static str)]),
}

const MEMBERS: [&str; 7] =
    ["AccessKeyId", "SecretAccessKey", "Token", "Expiration", "AccountId", "Code", "Message"];

/// Those of the credentials.
const CREDENTIALS: &[&str] = MEMBERS.split_at(4).0;

impl Names {
    /// The document with names as AWS spells them.
    pub(super) fn spelled(self, json: Json) -> Json {
        let (others, only_texts): (&[(&str, &str)], _) = match self {
            Names::Exact => return json,
            Names::ExactOfTexts => return with_texts(json),
            Names::AnyCase => (&[], false),
            Names::AnyCaseOfTexts(others) => (others, true),
        };
        let Json::Object(members) = json else { return json };
        let spelled = |name: String| {
            let own = MEMBERS.iter().find(|member| member.eq_ignore_ascii_case(&name));
            let other = || others.iter().find(|(other, _)| other.eq_ignore_ascii_case(&name));
            own.copied().or_else(|| Some(other()?.1)).map_or(name, str::to_owned)
        };
        let counted = members.into_iter().filter(|(_, value)| !only_texts || value.is_string());
        Json::Object(counted.map(|(name, value)| (spelled(name), value)).collect())
    }
}

fn with_texts(mut json: Json) -> Json {
    if let Json::Object(members) = &mut json {
        members.retain(|name, value| value.is_string() || !CREDENTIALS.contains(&name.as_str()));
    }
    json
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found_as_the_rules_spell_them() {
        let document = json!({"accesskeyid": "A", "SessionToken": "T", "Code": 1, "x": "y"});
        assert_eq!(Names::Exact.spelled(document.clone()), document);
        assert_eq!(
            Names::AnyCase.spelled(document.clone()),
            json!({"AccessKeyId": "A", "SessionToken": "T", "Code": 1, "x": "y"})
        );
        assert_eq!(
            Names::AnyCaseOfTexts(&[("SessionToken", "Token")]).spelled(document),
            json!({"AccessKeyId": "A", "Token": "T", "x": "y"})
        );
        assert_eq!(Names::AnyCase.spelled(json!([1])), json!([1]));
        let numbers = json!({"AccessKeyId": 1, "Token": null, "Expiration": "E", "AccountId": 2, "token": 3});
        assert_eq!(
            Names::ExactOfTexts.spelled(numbers),
            json!({"Expiration": "E", "AccountId": 2, "token": 3})
        );
    }
}
