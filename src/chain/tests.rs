use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::ask::{Answer, Ask, Intent, Loaded, Planned};
use super::*;
use crate::client::Guard;
use crate::client::Quiet;
use crate::client::fixture::Fixture;
use crate::failure::Explain as _;
use crate::profile::Files;
use crate::sdk::Provider;
use crate::secret::Secret;

struct NoUser;

impl Interaction for NoUser {
    fn lends_input(&self) -> bool {
        true
    }

    fn has_user(&self) -> bool {
        false
    }

    fn mfa_code(&self, serial: &str) -> Result<Secret, Error> {
        Err(Error::NeedsTerminal { serial: serial.to_owned() })
    }

    fn code_from(&self, _: &str) -> CodeFrom {
        CodeFrom::Unavailable
    }

    fn warn(&self, _: &str) {}

    fn attend(&self) -> Box<dyn Attendance> {
        Box::new(Nothing)
    }

    fn leftover(&self, _: &Path) -> Box<dyn Guard> {
        Box::new(Quiet)
    }
}

pub(super) struct Nothing;

impl Attendance for Nothing {
    fn started(&mut self, _: u32) {}

    fn stopped(&self) {}
}

fn with<T>(case: Fixture<'_>, ask: impl FnOnce(&Context<'_>) -> T) -> T {
    case.ask(|client| {
        let circle = Circle::of(client.world, "default");
        ask(&Context {
            client,
            explicit: None,
            narrowing: &|_| Ok(None),
            check_source: &|_, _, _| Ok(()),
            is_read_only_program: &|_| false,
            naming: None,
            mfa_session: None,
            cache: None,
            memo: None,
            circle: &circle,
            process_limit: Duration::ZERO,
            interaction: &NoUser,
        })
    })
}

/// A short description of the plan of one provider.
fn planned(case: Fixture<'_>, provider: Provider) -> String {
    with(case, |context| {
        let plan = plan::plan(context).unwrap();
        let planned = plan.into_iter().find(|(name, _)| *name == provider).unwrap().1;
        match planned.intent {
            Intent::Absent(reason) => format!("absent: {}", reason.code()),
            Intent::Skipped(reason) => format!("skipped: {}", reason.code()),
            Intent::Found(_) => "found".to_owned(),
            Intent::Failed(error) => format!("failed: {}", error.code().name()),
            Intent::Ask(_) => "asks".to_owned(),
        }
    })
}

const KEYS: &str = "aws_access_key_id = AKIA\naws_secret_access_key = CANARY\n";

#[test]
fn each_provider_plans_from_files_and_variables_alone() {
    let id = ("AWS_ACCESS_KEY_ID", "AKIA");
    let secret = ("AWS_SECRET_ACCESS_KEY", "CANARY");
    let variables = |variables| Fixture { variables, ..Fixture::default() };
    let credentials = |credentials| Fixture { credentials, ..Fixture::default() };
    let config = |config| Fixture { config, ..Fixture::default() };
    let keys = format!("[default]\n{KEYS}");
    for (case, provider, expected) in [
        (variables(&[]), Provider::Explicit, "absent: no-option"),
        (variables(&[]), Provider::Env, "absent: not-set"),
        (variables(&[("AWS_ACCESS_KEY_ID", "")]), Provider::Env, "absent: empty"),
        (variables(&[id]), Provider::Env, "failed: partial-credentials"),
        (variables(&[id, secret]), Provider::Env, "found"),
        (
            variables(&[id, secret, ("AWS_CREDENTIAL_EXPIRATION", "soon")]),
            Provider::Env,
            "failed: provider-failed",
        ),
        (
            Fixture { profile: Some("default"), ..config("[default]\nregion = r\n") },
            Provider::Env,
            "skipped: profile-named-by-option",
        ),
        (credentials(""), Provider::SharedCredentialsFile, "absent: no-section"),
        (credentials("[default]\na = b\n"), Provider::SharedCredentialsFile, "absent: no-keys"),
        (
            credentials("[default]\naws_secret_access_key = CANARY\n"),
            Provider::SharedCredentialsFile,
            "absent: only-a-secret",
        ),
        (
            credentials("[default]\naws_access_key_id = AKIA\n"),
            Provider::SharedCredentialsFile,
            "failed: partial-credentials",
        ),
        (credentials(&keys), Provider::SharedCredentialsFile, "found"),
        (config(&keys), Provider::ConfigFile, "found"),
        (config(""), Provider::AssumeRole, "absent: no-key"),
        (config("[default]\nrole_arn = r\n"), Provider::AssumeRole, "failed: partial-credentials"),
        (
            config("[default]\nrole_arn = r\nweb_identity_token_file = t\n"),
            Provider::AssumeRole,
            "absent: has-web-identity",
        ),
        (
            config("[default]\nrole_arn = r\nsource_profile = none\n"),
            Provider::AssumeRole,
            "failed: invalid-config",
        ),
        (
            config("[default]\nrole_arn = r\ncredential_source = environment\n"),
            Provider::AssumeRole,
            "failed: invalid-config",
        ),
        (config("[default]\nrole_arn = r\ncredential_source = Environment\n"), Provider::AssumeRole, "asks"),
        (
            config("[default]\nweb_identity_token_file = t\n"),
            Provider::AssumeRoleWithWebIdentity,
            "failed: invalid-config",
        ),
        (
            variables(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "")]),
            Provider::AssumeRoleWithWebIdentity,
            "absent: empty",
        ),
        (config("[default]\nsso_account_id = 1\n"), Provider::Sso, "failed: invalid-config"),
        (config("[default]\nlogin_session = s\n"), Provider::Login, "asks"),
        (config("[default]\ncredential_process = '\n"), Provider::CustomProcess, "failed: invalid-config"),
        (config("[default]\ncredential_process = p\n"), Provider::CustomProcess, "asks"),
        (variables(&[]), Provider::ContainerRole, "absent: not-set"),
        (variables(&[("AWS_EC2_METADATA_DISABLED", "true")]), Provider::IamRole, "absent: disabled"),
        (variables(&[]), Provider::IamRole, "asks"),
    ] {
        assert_eq!(planned(case, provider), expected, "{provider} of {}{}", case.config, case.credentials);
    }
}

#[test]
fn every_provider_has_a_plan_in_its_order() {
    let planned: Vec<Provider> = with(Fixture::default(), |context| {
        plan::plan(context).unwrap().into_iter().map(|(provider, _)| provider).collect()
    });
    assert!(planned.iter().eq(provider::ALL.iter().map(|(name, _)| name)), "{planned:?}");
}

#[test]
fn a_role_follows_its_sources_to_their_keys() {
    let roles = "[profile a]\nrole_arn = arn:aws:iam::1:role/A\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/B\nsource_profile = c\n";
    let keys = format!("[c]\n{KEYS}");
    let case = Fixture { config: roles, credentials: &keys, profile: Some("a"), ..Fixture::default() };
    let Resolution { outcome, chain, .. } = with(case, resolve);
    // Without a cache, STS would be called, which `--offline` prevents.
    assert!(matches!(outcome, Err(Error::Offline { provider: Provider::AssumeRole, .. })), "{outcome:?}");
    let inner = chain.iter().find_map(|step| step.via.as_ref()).unwrap();
    assert_eq!((inner.name.as_str(), inner.is_profile), ("b", true));
    let innermost = inner.chain[0].via.as_ref().unwrap();
    let found = innermost.chain.iter().find(|step| step.verdict == Verdict::Found).unwrap();
    assert_eq!((innermost.name.as_str(), found.provider), ("c", Provider::SharedCredentialsFile));
}

#[test]
fn source_profiles_end_at_keys_and_circles_are_detected() {
    let config = format!(
        "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\nrole_arn = B\nsource_profile = a\n\
         [profile own]\nrole_arn = O\nsource_profile = own\n{KEYS}[profile user]\n{KEYS}"
    );
    let files = Files::of_texts(&config, "");
    let mut walk = Sources::from(&files, "a");
    assert_eq!(walk.enter("b"), Ok(Next::Role));
    assert_eq!(walk.enter("a"), Err(Endless::Circle(["a", "b", "a"].map(str::to_owned).to_vec())));
    assert_eq!(Sources::from(&files, "own").enter("own"), Ok(Next::End));
    assert_eq!(Sources::from(&files, "a").enter("user"), Ok(Next::End));
}

#[test]
fn the_providers_are_in_the_order_of_botocore() {
    let places: Vec<usize> = provider::ALL.iter().map(|(name, _)| *name as usize).collect();
    assert!(places.iter().copied().eq(0..places.len()), "{places:?}");
}

#[test]
fn the_keys_of_a_profile_lead_to_its_providers_in_order() {
    let leads = |config: &str, credentials: &str| {
        let files = Files::of_texts(config, credentials);
        let found: Vec<_> = leads(&files.profile("default")).collect();
        found
            .into_iter()
            .map(|(provider, key, found)| (provider, key, found.place().line))
            .collect::<Vec<_>>()
    };
    assert_eq!(leads("[default]\nregion = r\n", ""), []);
    assert_eq!(
        leads("[default]\ncredential_process = p\nrole_arn = r\n", &format!("[default]\n{KEYS}")),
        [
            (Provider::AssumeRole, "role_arn", 3),
            (Provider::SharedCredentialsFile, "aws_access_key_id", 2),
            (Provider::CustomProcess, "credential_process", 2),
        ]
    );
    assert_eq!(
        leads("[default]\nrole_arn = r\nweb_identity_token_file = t\n", ""),
        [(Provider::AssumeRoleWithWebIdentity, "web_identity_token_file", 3)]
    );
}

#[test]
fn a_run_stops_at_the_first_provider_with_credentials_or_an_error() {
    struct Service;
    impl Ask for Service {
        fn load(self: Box<Self>, _: &Context<'_>) -> Answer {
            let asked = (Provider::Sso, "a service".to_owned());
            Answer::of(Ok(Loaded::unasked("a role".to_owned(), json!({}), asked)))
        }
    }
    let absent = |provider| (provider, Planned::absent(super::reason::Reason::NoOption));
    let plan = vec![
        absent(Provider::Explicit),
        (Provider::Sso, Planned::ask(Vec::new(), Service)),
        absent(Provider::IamRole),
    ];
    let found = with(Fixture::default(), |context| run::run(context, plan));
    assert!(matches!(found.outcome, Err(Error::Offline { provider: Provider::Sso, .. })));
    let verdicts: Vec<_> = found.chain.iter().map(|step| (step.verdict, step.reason.code())).collect();
    assert_eq!(
        verdicts,
        [
            (Verdict::Absent, "no-option"),
            (Verdict::WouldAsk, "would-ask"),
            (Verdict::NotReached, "chain-ended"),
        ]
    );
}

#[test]
fn the_cache_key_of_a_role_depends_on_its_source_and_settings() {
    let key = |config: &str| {
        let config = format!("{config}[profile user]\n{KEYS}");
        let case = Fixture { config: &config, ..Fixture::default() };
        with(case, |context| {
            let plan = plan::plan(context).unwrap();
            let role = plan.into_iter().find(|(name, _)| *name == Provider::AssumeRole).unwrap().1;
            let Intent::Ask(ask) = role.intent else { panic!("no role") };
            let loaded: Loaded = ask.load(context).loaded.unwrap().ok().unwrap();
            loaded.key()
        })
    };
    let role = "[default]\nrole_arn = R\nsource_profile = user\n";
    assert_eq!(key(role), json!({"RoleArn": "R", "Source": {"AccessKeyId": "AKIA"}}));
    let longer = format!("{role}duration_seconds = 900\nexternal_id = x\nendpoint_url = http://localhost\n");
    assert_eq!(
        key(&longer),
        json!({
            "RoleArn": "R",
            "ExternalId": "x",
            "DurationSeconds": 900,
            "Source": {"AccessKeyId": "AKIA"},
            "Endpoint": "http://localhost",
        })
    );
}
