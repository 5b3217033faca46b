//! The AWS SDK for Rust reads what xcred writes, and takes what xcred serves.

use std::path::Path;

use aws_config::meta::region::ProvideRegion as _;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use crate::harness::{CANARY, Sandbox};

const PROGRAM: &str = env!("CARGO_BIN_EXE_xcred");
const ID: &str = "ASIAIOSFODNN7EXAMPLE";

/// Files and programs are enough for all that is asked here.
#[derive(Debug)]
struct Nobody;

impl HttpConnector for Nobody {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        panic!("the SDK asks {}", request.uri());
    }
}

/// The credentials and the region that the SDK finds for a profile.
fn sdk(sandbox: &Sandbox, profile: &str) -> (Credentials, Option<String>) {
    let files = EnvConfigFiles::builder()
        .with_file(EnvConfigFileKind::Config, sandbox.path(".aws/config"))
        .with_file(EnvConfigFileKind::Credentials, sandbox.path(".aws/credentials"))
        .build();
    let nobody = http_client_fn(|_, _| SharedHttpConnector::new(Nobody));
    let credentials = ProfileFileCredentialsProvider::builder()
        .configure(&ProviderConfig::default().with_http_client(nobody))
        .profile_files(files.clone())
        .profile_name(profile)
        .build();
    let region = ProfileFileRegionProvider::builder().profile_files(files).profile_name(profile).build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let found = credentials.provide_credentials().await.expect("the SDK finds credentials");
        (found, region.region().await.map(|region| region.to_string()))
    })
}

#[test]
fn profiles_that_xcred_writes_are_read_as_they_were_meant() {
    let odd =
        "# kept\n[default]\nregion=us-east-1 \n\n[profile other]\ns3 =\n    max_queue_size = 7\nregion = x\n";
    let sandbox =
        Sandbox::new().config(odd).credentials("[other]\naws_access_key_id=O\naws_secret_access_key=Os");
    let arguments =
        ["configure", "-p", "ci", "--access-key-id", ID, "--secrets-from-stdin", "--region", "eu-west-1"];
    sandbox.run_with_input(&arguments, &format!("{CANARY}\ntoken==\n")).success_with_words();
    sandbox.run(&["set", "s3.addressing_style", "path", "-p", "other"]).success();
    sandbox.run(&["set", "region", "eu-north-1", "-p", "other"]).success();
    let (ci, region) = sdk(&sandbox, "ci");
    assert_eq!((ci.access_key_id(), ci.secret_access_key()), (ID, CANARY));
    assert_eq!((ci.session_token(), region.as_deref()), (Some("token=="), Some("eu-west-1")));
    let (other, region) = sdk(&sandbox, "other");
    assert_eq!((other.access_key_id(), other.secret_access_key()), ("O", "Os"));
    assert_eq!((other.session_token(), region.as_deref()), (None, Some("eu-north-1")));
}

#[test]
fn a_profile_served_by_xcred_gives_the_keys_of_the_profile_behind_it() {
    let home = Sandbox::new();
    let served = |home: &Path| {
        // The SDK runs it by a shell, in the environment of the tests.
        let program = format!("env -i HOME={} {PROGRAM} credential-process --profile inner", home.display());
        format!("[profile outer]\nregion = eu-central-1\ncredential_process = {program}\n[profile inner]\n")
    };
    let config = served(home.home());
    let keys = format!(
        "[inner]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\naws_session_token = token==\n"
    );
    let sandbox = home.config(config).credentials(keys);
    let (outer, region) = sdk(&sandbox, "outer");
    assert_eq!((outer.access_key_id(), outer.secret_access_key()), (ID, CANARY));
    assert_eq!((outer.session_token(), outer.expiry()), (Some("token=="), None));
    assert_eq!(region.as_deref(), Some("eu-central-1"));
}
