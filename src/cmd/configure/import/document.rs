//! The access key in a JSON document: what AWS CLI prints for `iam create-access-key`, `sts assume-role`,
//! `sts get-session-token` and `sso get-role-credentials`, and what a `credential_process` prints.

mod node;

use super::rows::{Entry, Rejected, odd_keys};
use crate::failure::{Code, Failure};
use crate::profile::SectionName;
use crate::secret::Secret;
use node::{AROUND, ID, Node, SECRET, TOKEN, Unreadable};

/// Whether a text has this form.
pub(super) fn is_document(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The key, for the profile `own`, or the reason why it is invalid. `name` is the text's own.
pub(super) fn read(
    name: &str,
    text: &Secret,
    own: impl Fn() -> Result<SectionName, Failure>,
) -> Result<(Vec<Entry>, Vec<Rejected>), Failure> {
    let refused = |place: &str, reason: &str| {
        Failure::plain(Code::InvalidConfig, format!("{place}: {reason}")).with_help(
            "give the JSON document of `aws iam create-access-key` or `aws sts assume-role`, or a CSV file",
        )
    };
    let document = Node::read(text.expose()).map_err(|Unreadable { line, repeated }| {
        let reason = repeated.map_or("this is not a JSON document".to_owned(), |member| {
            format!("`{member}` is in it twice, with different values")
        });
        refused(&format!("{name}:{line}"), &reason)
    })?;
    let inner = AROUND.iter().find_map(|name| document.member(name)).filter(|inner| inner.is_object());
    let members = inner.unwrap_or(&document);
    let text = |wanted: &str| members.member(wanted)?.text();
    let secret = Secret::held(text(SECRET).unwrap_or_default());
    let (id, token) = (text(ID).unwrap_or_default(), text(TOKEN).map(Secret::held));
    if id.is_empty() && secret.expose().is_empty() {
        return Err(refused(name, "the JSON document has no `AccessKeyId`"));
    }
    let place = name.to_owned();
    if let Some(reason) = odd_keys(id, &secret, token.as_ref()) {
        return Ok((Vec::new(), vec![(place, reason)]));
    }
    let entry = Entry { place, profile: own()?, id: id.to_owned(), secret, token, region: None };
    Ok((vec![entry], Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::super::invalid::Invalid;
    use super::*;

    const VALUE: &str = "c4n4ry/DoNotShow+MeEXAMPLE/c4n4ry/c4n4ry";

    fn read_text(text: &str) -> Result<(Vec<Entry>, Vec<Rejected>), Failure> {
        read("keys.json", &Secret::new(text), || Ok(SectionName::Profile("p".to_owned())))
    }

    #[test]
    fn the_key_is_found_where_each_command_puts_it() {
        let created = format!(
            r#"{{"AccessKey": {{"UserName": "ann", "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "{VALUE}"}}}}"#
        );
        let assumed = format!(
            r#"{{"AssumedRoleUser": {{"Arn": "x"}}, "Credentials": {{"AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
            "SecretAccessKey": "{VALUE}", "SessionToken": "t"}}}}"#
        );
        let portal = format!(
            r#"{{"roleCredentials": {{"accessKeyId": "ASIAIOSFODNN7EXAMPLE", "secretAccessKey": "{VALUE}",
            "sessionToken": "t", "expiration": 1}}}}"#
        );
        let printed = format!(
            r#"{{"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "{VALUE}", "SessionToken": null}}"#
        );
        for (text, token) in [(created, None), (assumed, Some("t")), (portal, Some("t")), (printed, None)] {
            assert!(is_document(&text));
            let Ok((entries, rejected)) = read_text(&text) else { panic!("{text}: refused") };
            let [entry] = entries.as_slice() else { panic!("{text}: no key") };
            assert!(rejected.is_empty(), "{text}");
            assert_eq!((entry.secret.expose(), entry.profile.name()), (VALUE, "p"), "{text}");
            assert_eq!(entry.token.as_ref().map(Secret::expose), token, "{text}");
        }
    }

    #[test]
    fn no_error_repeats_the_document() {
        let half = format!(r#"{{"Credentials": {{"SecretAccessKey": "{VALUE}""#);
        let other = format!(r#"{{"Key": "{VALUE}"}}"#);
        for (text, expected) in [(half, "keys.json:1: this is not a JSON document"), (other, "AccessKeyId")] {
            let Err(failure) = read_text(&text) else { panic!("{text}: read") };
            let shown = failure.chain().collect::<String>();
            assert!(shown.contains(expected) && !shown.contains(VALUE), "{shown}");
        }
        let half_twice = format!(
            "{{\"AccessKeyId\": \"{0}\",\n\"SecretAccessKey\": \"{VALUE}\", \"accessKeyId\": \"{0}2\"}}",
            "AKIAIOSFODNN7EXAMPLE"
        );
        let inner = format!(r#"{{"Credentials": {{"SecretAccessKey": "x", "SecretAccessKey": "{VALUE}"}}}}"#);
        for (text, line, member) in [(half_twice, 2, "AccessKeyId"), (inner, 1, "SecretAccessKey")] {
            let Err(failure) = read_text(&text) else { panic!("{text}: read") };
            let shown = failure.chain().collect::<String>();
            assert!(
                shown.contains(&format!("keys.json:{line}: `{member}` is in it twice"))
                    && !shown.contains(VALUE),
                "{shown}"
            );
        }
        let no_token = format!(r#"{{"AccessKeyId": "ASIAIOSFODNN7EXAMPLE", "SecretAccessKey": "{VALUE}"}}"#);
        let Ok((entries, rejected)) = read_text(&no_token) else { panic!("refused") };
        assert!(entries.is_empty() && matches!(rejected.as_slice(), [(_, Invalid::NoToken)]));
    }

    #[test]
    fn only_two_values_for_a_part_of_the_key_are_refused() {
        let key = format!(r#""AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "{VALUE}""#);
        for text in [
            format!(r#"{{"Owner": "a", "owner": "b", "Tag": 1, "Tag": 2, {key}}}"#),
            format!(r#"{{"Other": {{"AccessKeyId": "a", "accessKeyId": "b"}}, {key}}}"#),
            format!(r#"{{"Credentials": {{"Owner": "a", "owner": "b", {key}}}}}"#),
            format!(r#"{{{key}, {key}, "secretAccessKey": "{VALUE}"}}"#),
            format!(r#"{{"Credentials": {{{key}}}, "credentials": {{{key}}}}}"#),
        ] {
            let Ok((entries, _)) = read_text(&text) else { panic!("{text}: refused") };
            assert!(matches!(entries.as_slice(), [entry] if entry.secret.expose() == VALUE), "{text}");
        }
        let two = format!(r#"{{"Credentials": {{{key}}}, "credentials": {{}}}}"#);
        let Err(failure) = read_text(&two) else { panic!("{two}: read") };
        assert!(failure.chain().collect::<String>().contains("`Credentials` is in it twice"));
    }
}
