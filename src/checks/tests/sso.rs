//! Sessions, and profiles that name them.

use super::*;

const SESSION: &str =
    "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";

#[test]
fn a_session_alone_is_no_error() {
    let keys = format!("[a]\n{KEYS}");
    let unset = (Severity::Warning, "`xcred unset sso_session --profile a`".to_owned());
    let set_up = |severity| (severity, "for credentials: `xcred configure sso --profile a`".to_owned());
    for (own, credentials, scopes, expected) in [
        ("", &keys[..], "", unset.clone()),
        ("credential_process = /bin/true\n", "", "", unset),
        ("", "", "", set_up(Severity::Warning)),
        ("", "", "sso_registration_scopes = sso:account:access\n", set_up(Severity::Warning)),
        ("", "", "sso_registration_scopes = codecatalyst:read_write\n", set_up(Severity::Note)),
    ] {
        let config = format!("[profile a]\nsso_session = corp\n{own}{SESSION}{scopes}");
        assert_eq!(fixes("incomplete-sso", &config, credentials), [expected], "{config}");
        assert!(!is_error(&config), "{config}");
    }
}

#[test]
fn a_session_that_no_client_is_made_with_is_an_error_beside_all_credentials() {
    for (own, session, code, fix) in [
        ("sso_session = crop\n", SESSION, "unknown-sso-session", "`xcred set sso_session corp --profile a`"),
        ("sso_session =\n", "", "unknown-sso-session", "`xcred unset sso_session --profile a`"),
        (
            "sso_session = corp\n",
            "[sso-session corp]\nsso_region = eu-west-1\n",
            "incomplete-sso-session",
            "`xcred set sso_start_url VALUE --sso-session corp`",
        ),
    ] {
        for others in [KEYS, &format!("{ROLE}source_profile = k\n")] {
            let config = format!("[profile a]\n{own}{others}{session}");
            let keys = format!("[k]\n{KEYS}");
            assert_eq!(fixes(code, &config, &keys), [(Severity::Error, fix.to_owned())], "{config}");
            assert_eq!(fixes("incomplete-sso", &config, &keys), [], "{config}");
        }
    }
}

#[test]
fn a_profile_and_its_session_are_read_as_one() {
    const BOTH: &str = "sso_account_id = 123456789012\nsso_role_name = A\n";
    for (own, more, fix) in [
        ("region = us-east-1\n", "region = eu-west-1\n", Some("`xcred unset region --sso-session corp`")),
        ("Output = json\n", "output = text\n", Some("`xcred unset output --sso-session corp`")),
        ("", "sso_account_id = 999999999999\n", Some("`xcred unset sso_account_id --sso-session corp`")),
        ("sso_region = us-east-1\n", "", Some("`xcred unset sso_region --profile a`")),
        (
            "sso_registration_scopes = a\n",
            "sso_registration_scopes = b\n",
            Some("`xcred unset sso_registration_scopes --profile a`"),
        ),
        ("sso_region = eu-west-1\nregion = us-east-1\n", "region = us-east-1\n", None),
    ] {
        let config = format!("[profile a]\nsso_session = corp\n{BOTH}{own}{SESSION}{more}");
        let expected: Vec<_> = fix.iter().map(|fix| (Severity::Error, (*fix).to_owned())).collect();
        assert_eq!(fixes("sso-conflict", &config, ""), expected, "{config}");
    }
    for (own, more) in [
        ("sso_role_name = A\n", "sso_account_id = 123456789012\n"),
        ("sso_account_id = 123456789012\n", "sso_role_name = A\n"),
    ] {
        let config = format!("[profile a]\nsso_session = corp\n{own}{SESSION}{more}");
        assert_eq!(found(&config, "", &[]), Vec::<String>::new());
    }
}

#[test]
fn a_key_of_profiles_in_a_session_is_moved_and_not_set() {
    for (key, value, meant) in [("sso_role", "R", "sso_role_name"), ("regoin", "eu-west-1", "region")] {
        let config = format!("{SESSION}{key} = {value}\n");
        let expected = format!("did you mean `{meant}`? it belongs in a profile: move the line there");
        assert_eq!(fixes("unknown-key", &config, ""), [(Severity::Warning, expected)], "{config}");
    }
    let config =
        "[sso-session corp]\nsso_regoin = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";
    let expected = "did you mean `xcred set sso_region eu-west-1 --sso-session corp`? \
                    `xcred unset sso_regoin --sso-session corp` removes the other";
    assert_eq!(fixes("unknown-key", config, ""), [(Severity::Warning, expected.to_owned())]);
}

#[test]
fn a_services_section_that_is_nearly_there_is_named() {
    for named in ["services x", "X", "[services x]"] {
        let config =
            format!("[profile a]\nservices = {named}\n[services x]\ns3 =\n  endpoint_url = http://h\n");
        let expected = (Severity::Error, "`xcred set services x --profile a`".to_owned());
        assert_eq!(fixes("unknown-services", &config, ""), [expected], "{config}");
    }
}

#[test]
fn what_is_inherited_is_removed_where_it_is() {
    let expected = crate::finding::INHERITED.to_owned();
    let credentials = format!("[DEFAULT]\naws_session_token = t\n[a]\n{KEYS}");
    let all = fixes("token-with-long-term-key", "", &credentials);
    assert_eq!(all.iter().map(|(_, fix)| fix).collect::<Vec<_>>(), [&expected], "{all:?}");
}
