//! The region of an instance, which AWS CLI uses if no region is set.

use std::time::{Duration, Instant};

use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;

/// Instance metadata with a zone and a role.
fn metadata() -> Loopback {
    Loopback::start(|request| {
        let body = match request.line.as_str() {
            "PUT /latest/api/token" => "t".to_owned(),
            "GET /latest/meta-data/placement/availability-zone/" => "us-mars-1a".to_owned(),
            "GET /latest/meta-data/iam/security-credentials/" => "role".to_owned(),
            "GET /latest/meta-data/iam/security-credentials/role" => format!(
                r#"{{"Code":"Success","AccessKeyId":"ASIAI","SecretAccessKey":"{CANARY}","Token":"{CANARY}","Expiration":"2999-01-01T00:00:00Z"}}"#
            ),
            _ => return Some((404, String::new())),
        };
        Some((200, body))
    })
}

/// A home on the instance.
fn home(metadata: &Loopback) -> Sandbox {
    Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "false")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata.url)
        .revealing()
}

fn zones(metadata: &Loopback) -> usize {
    metadata.received().iter().filter(|request| request.line.contains("availability-zone")).count()
}

#[test]
fn the_region_of_the_instance_is_the_last_resort() {
    let metadata = metadata();
    let sandbox = home(&metadata);
    assert_eq!(sandbox.run(&["get", "region"]).success(), "us-mars-1\n");
    let origin = sandbox.run(&["get", "region", "--show-origin"]).success();
    assert_eq!(
        origin,
        format!("{}/latest/meta-data/placement/availability-zone/\tus-mars-1\n", metadata.url)
    );
    let statements = sandbox.run(&["export-env"]).success();
    assert!(statements.contains("AWS_REGION='us-mars-1'") && statements.contains("ASIAI"), "{statements}");
    let environment = sandbox.run(&["exec", "-q", "--", "env"]).success();
    assert!(environment.contains("AWS_DEFAULT_REGION=us-mars-1\n"), "{environment}");
    let document = json_of(&sandbox.run(&["resolve", "--format", "json"]).success());
    let region = &document["settings"]["region"];
    assert_eq!(
        (&region["value"], &region["origin"]["from"]),
        (&"us-mars-1".into(), &"service".into()),
        "{document}"
    );
    let screen = sandbox.run(&["resolve"]).success();
    assert!(screen.contains("us-mars-1  ") && screen.contains("/placement/availability-zone/"), "{screen}");
    let list = sandbox.run(&["configure", "list"]).success();
    let region = list.lines().find(|line| line.starts_with("region")).unwrap_or_default();
    assert!(region.contains(": us-mars-1 ") && region.contains(": imds "), "{list}");
    // Once in a run.
    let before = zones(&metadata);
    sandbox.run(&["export-env"]).success();
    assert_eq!(zones(&metadata), before + 1);
}

#[test]
fn the_instance_is_not_asked_if_a_region_is_set() {
    let metadata = metadata();
    let silent = |sandbox: Sandbox, arguments: &[&str], region: &str| {
        let before = zones(&metadata);
        let (stdout, _, _) = {
            let (code, stdout, stderr) = sandbox.run(arguments).ended();
            (stdout, code, stderr)
        };
        assert_eq!(stdout, region, "{arguments:?}");
        assert_eq!(zones(&metadata), before, "{arguments:?}");
    };
    silent(home(&metadata).env("AWS_REGION", "eu-west-1"), &["get", "region"], "eu-west-1\n");
    silent(home(&metadata).config("[default]\nregion = eu-west-2\n"), &["get", "region"], "eu-west-2\n");
    silent(home(&metadata), &["get", "region", "--region", "eu-west-3"], "eu-west-3\n");
    silent(home(&metadata).env("AWS_REGION", ""), &["get", "region"], "\n");
    silent(home(&metadata), &["get", "region", "--sdk", "boto3"], "");
    silent(home(&metadata), &["get", "region", "--stored"], "");
    silent(home(&metadata), &["get", "output"], "");
    silent(home(&metadata), &["list-profiles"], "");
    silent(home(&metadata).env("AWS_EC2_METADATA_DISABLED", "true"), &["get", "region"], "");
    let before = metadata.count();
    let (screen, _) = home(&metadata).run(&["resolve", "--offline"]).code(0);
    assert!(!screen.contains("us-mars"), "{screen}");
    assert_eq!(metadata.count(), before);
}

#[test]
fn roles_and_identities_are_requested_in_the_region_of_the_instance() {
    let (metadata, sts) = (metadata(), Loopback::sts());
    let sandbox = home(&metadata).env("AWS_ENDPOINT_URL_STS", &sts.url).config(
        "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Ec2InstanceMetadata\n",
    );
    // With a custom endpoint, STS needs a region for signatures.
    let statements = sandbox.run(&["export-env", "-p", "r"]).success();
    assert!(statements.contains("AWS_REGION='us-mars-1'"), "{statements}");
    let signed = sts.received()[0].headers.join("\n");
    assert!(signed.contains("/us-mars-1/sts/aws4_request"), "{signed}");
    let words = sandbox.run(&["export-env", "-p", "r", "--sdk", "boto3", "--no-cache"]).code(253).1;
    assert!(words.contains("needs a region"), "{words}");
}

#[test]
fn a_machine_that_is_not_an_instance_has_no_region_and_does_not_wait() {
    let nobody = home(&Loopback::silent()).env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1");
    assert_eq!(nobody.run(&["get", "region"]).code(1), (String::new(), String::new()));
    // The server accepts the connection and never responds.
    let silent = Loopback::silent();
    let begun = Instant::now();
    assert_eq!(home(&silent).run(&["get", "region"]).code(1), (String::new(), String::new()));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let refusing = Loopback::start(|_| Some((404, "us-mars-1a".to_owned())));
    assert_eq!(home(&refusing).run(&["get", "region"]).code(1), (String::new(), String::new()));
}

#[test]
fn the_instance_is_not_asked_if_a_file_cannot_be_read() {
    let metadata = metadata();
    let sandbox = home(&metadata)
        .env("AWS_ACCESS_KEY_ID", "AKIAENV")
        .env("AWS_SECRET_ACCESS_KEY", CANARY)
        .file(".aws/x", "");
    std::os::unix::fs::symlink(sandbox.path(".aws/config"), sandbox.path(".aws/config")).expect("a link");
    let (document, _) = sandbox.run(&["export-env", "--format", "json"]).success_with_words();
    assert!(document.contains("AKIAENV") && !document.contains("us-mars"), "{document}");
    assert_eq!(metadata.count(), 0);
}
