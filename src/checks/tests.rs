mod growth;
mod headers;
mod judged;
mod misspelt;
mod of_one;
mod readings;
mod repairs;
mod severity;
mod sso;
mod variables;

use std::path::Path;

use super::*;
use crate::effective::Selection;
use crate::origin::Located;
use crate::origin::Origin;
use crate::profile::{Files, Repair};
use crate::random::Random;
use crate::sdk::Sdk;
use crate::world::World;

/// The findings in files with these texts, as `code line` or `code VARIABLE`.
fn found(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let files = Files::of_texts(config, credentials);
    codes(&files, variables)
}

fn codes(files: &Files, variables: &[(&str, &str)]) -> Vec<String> {
    let world = World::of(variables.iter().copied());
    let named = world.variable("AWS_PROFILE").map(|name| (name, Origin::environment("AWS_PROFILE")));
    let (name, origin) = named.unwrap_or(("default", Origin::Default));
    let selection = Selection { name: Located::new(name.to_owned(), origin) };
    let scene = Scene::new(&world, files, &[], &selection, Sdk::default());
    let shown = |one: &Diagnosis| match one.finding.place() {
        Some(Origin::File(place)) => {
            let file = if place.path.as_ref() == Path::new("config") { "" } else { "c" };
            format!("{} {file}{}", one.finding.code(), place.line)
        }
        Some(origin) => format!("{} {origin}", one.finding.code()),
        None => one.finding.code().to_owned(),
    };
    all(scene).iter().filter(|one| one.finding.severity() > Severity::Note).map(shown).collect()
}

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab\n";
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/dev\n";

#[test]
fn a_healthy_pair_of_files_has_no_finding() {
    let config = format!(
        "[default]\nregion = eu-west-1\noutput = json\ns3 =\n  max_concurrent_requests = 10\n\
         [profile dev]\n{ROLE}source_profile = default\nduration_seconds = 3600\n\
         mfa_serial = arn:aws:iam::123456789012:mfa/ada\n[sso-session corp]\nsso_region = eu-west-1\n\
         sso_start_url = https://corp.awsapps.com/start\nsso_registration_scopes = sso:account:access\n\
         [profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
         [services local]\ns3 =\n  endpoint_url = http://localhost:4566\n[profile l]\nservices = local\n"
    );
    let credentials = format!("[default]\n{KEYS}[k]\n{KEYS}");
    assert_eq!(found(&config, &credentials, &[]), Vec::<String>::new());
}

#[test]
fn a_role_of_an_hour_is_one_that_the_credentials_of_a_role_assume() {
    let sso = "[profile s]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = A\n\
               [sso-session c]\nsso_region = eu-west-1\nsso_start_url = https://c.awsapps.com/start\n";
    for (source, behind, is_chained) in [
        ("source_profile = s", sso, true),
        (
            "source_profile = s",
            "[profile s]\nrole_arn = arn:aws:iam::123456789012:role/s\nsource_profile = default\n",
            true,
        ),
        ("source_profile = default", "", false),
        ("credential_source = Ec2InstanceMetadata", "", true),
        ("credential_source = EcsContainer", "", true),
        ("credential_source = Environment", "", false),
    ] {
        let config = format!("[profile a]\n{ROLE}{source}\nduration_seconds = 7200\n{behind}");
        let codes = found(&config, &format!("[default]\n{KEYS}"), &[]);
        let expected = if is_chained { vec!["chained-duration 4"] } else { Vec::new() };
        assert_eq!(codes, expected, "{config}");
    }
}

#[test]
fn processes_that_run_xcred_for_each_other_are_a_circle() {
    let files = |texts: &[(&str, &str)]| -> String {
        let texts: Vec<_> = texts.iter().map(|(name, text)| format!("[profile {name}]\n{text}\n")).collect();
        texts.concat()
    };
    let run = |name: &str| format!("credential_process = /bin/sh -c 'xcred credential-process -p {name}'");
    let role = |source: &str| format!("{ROLE}source_profile = {source}");
    for (config, expected) in [
        (files(&[("p", &run("p"))]), &["role-loop 2"][..]),
        (files(&[("q", &run("r")), ("r", &run("q"))]), &["role-loop 2"]),
        (files(&[("q", &run("a")), ("a", &role("q"))]), &["role-loop 2"]),
        (files(&[("q", &run("a")), ("a", &role("k"))]), &[]),
    ] {
        assert_eq!(found(&config, &format!("[k]\n{KEYS}"), &[("PATH", "/bin")]), expected, "{config}");
    }
}

#[test]
fn an_edit_of_any_key_that_takes_part_shows_the_circle() {
    let world = World::of::<&str, &str>([]);
    let name = Located::new("z".to_owned(), Origin::Option { name: "--profile" });
    let selection = Selection { name };
    let section = SectionName::Profile("z".to_owned());
    let shown = |config: &str, key: &str| -> Vec<&str> {
        let files = Files::of_texts(config, "");
        let place = files.find(&section).find(key).unwrap().place();
        let found = of_line(Scene::new(&world, &files, &[], &selection, Sdk::default()), &section, &place);
        found.iter().map(Finding::code).collect()
    };
    let itself = format!("[profile z]\n{ROLE}source_profile = z\nregion = eu-west-1\n");
    let mutual = format!("[profile z]\n{ROLE}source_profile = y\n[profile y]\n{ROLE}source_profile = z\n");
    let unfinished = "[profile z]\nsource_profile = z\n";
    for (config, key, is_shown) in [
        (&*itself, "role_arn", true),
        (&itself, "source_profile", true),
        (&itself, "region", false),
        (&mutual, "role_arn", true),
        (unfinished, "source_profile", true),
        (&format!("{unfinished}{KEYS}"), "source_profile", false),
        (&format!("{itself}{KEYS}"), "role_arn", false),
    ] {
        assert_eq!(shown(config, key).contains(&CIRCLE), is_shown, "{config} {key}");
    }
}

/// The codes of `found`, without those of lines that every such file has.
#[track_caller]
fn assert_found(config: &str, variables: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(found(config, &format!("[k]\n{KEYS}"), variables), expected, "{config} {variables:?}");
}

#[test]
fn a_value_that_no_request_is_sent_with_is_an_error() {
    let role = format!("[default]\n{ROLE}source_profile = k\n");
    for line in ["external_id =", "external_id = a", "duration_seconds = 10", "role_session_name = a"] {
        let config = format!("{role}{line}\n");
        assert_found(&config, &[], &["invalid-value 4"]);
        assert!(is_error(&config), "{line}");
    }
    let odd = format!("{role}external_id = a b\n");
    assert_found(&odd, &[], &["invalid-value 4"]);
    assert!(!is_error(&odd));
    for (config, code) in [
        ("[default]\ns3 =\n", Some(("unlikely-value 2", true))),
        ("[default]\ns3 = x\n", Some(("unlikely-value 2", false))),
        ("[services s]\nsts = x\n", None),
        ("[services s]\nsts = x\n[profile p]\nservices = s\n", Some(("unlikely-value 2", true))),
        ("[services s]\nsts = x\n[profile p]\nservices = s\nignore_configured_endpoint_urls = true\n", None),
        (
            "[services s]\nendpoint_url = http://h\n[profile p]\nservices = s\n",
            Some(("unread-setting 2", false)),
        ),
        ("[services s]\ns3api =\n  endpoint_url = http://h\n", Some(("unknown-key 3", false))),
        ("[default]\ns3 =\n  max_queue_size = ten\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  multipart_threshold = 64QB\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  multipart_threshold = 64MiB\n  max_queue_size = 10\n", None),
        ("[default]\ns3 =\n  max_bandwidth = fast\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  max_bandwidth = 10MB\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  target_bandwidth = 1 GHz\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  max_bandwidth = 10MB/s\n  target_bandwidth = 100Gb/s\n", None),
        (
            "[default]\ns3 =\n  max_bandwidth = 10MiB/s\n  target_bandwidth = 1024B/s\n  disk_throughput = 7\n",
            None,
        ),
        ("[default]\ns3 =\n  preferred_transfer_client = rust\n", Some(("unlikely-value 3", false))),
        ("[default]\ns3 =\n  preferred_transfer_client = crt\n  bucket_lister = standard\n", None),
        ("[default]\nmetadata_service_num_attempts = 0\n", Some(("invalid-value 2", false))),
        ("[default]\nmetadata_service_num_attempts = 2\n", None),
        ("[default]\ncli_error_format = foo\n", Some(("invalid-value 2", false))),
        ("[default]\ncli_error_format = legacy\n", None),
        ("[default]\nsdk_ua_app_id = 0123456789012345678901234567890123456789012345678\n", None),
        (
            "[default]\nsdk_ua_app_id = 012345678901234567890123456789012345678901234567890\n",
            Some(("invalid-value 2", false)),
        ),
        ("[default]\nendpoint_discovery_enabled = yes\n", Some(("unlikely-value 2", true))),
        ("[default]\nendpoint_discovery_enabled = Auto\n", None),
        ("[default]\nregion_name = eu-west-1\n", Some(("unknown-key 2", false))),
        ("[default]\noutput_format = json\n", Some(("unknown-key 2", false))),
        (
            "[default]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = arn:aws:iam::123456789012:role/R\n\
             [sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://c.awsapps.com/start\n",
            Some(("invalid-value 4", false)),
        ),
        (
            "[default]\nmfa_serial = arn:aws:iam::123456789012:mfa/\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = k\n",
            Some(("invalid-value 2", false)),
        ),
        ("[default]\ns3 =\n  region = x\n", Some(("lost-setting 3", false))),
        ("[default]\ns3.max_concurrent_requests = 20\n", Some(("unread-setting 2", false))),
        ("[default]\ns3.addressing_style = path\n", Some(("unread-setting 2", false))),
        ("[default]\ns3.endpoint_url = http://h\n", Some(("unread-setting 2", false))),
        ("[default]\nmytool.color = red\n", None),
        (
            "[services s]\nbedrock_runtime.endpoint_url = http://h\n[profile p]\nservices = s\n",
            Some(("unread-setting 2", false)),
        ),
    ] {
        let expected: Vec<&str> = code.iter().map(|(code, _)| *code).collect();
        assert_found(config, &[], &expected);
        assert_eq!(is_error(config), code.is_some_and(|(_, is_error)| is_error), "{config}");
    }
}

fn is_error(config: &str) -> bool {
    let files = Files::of_texts(config, &format!("[k]\n{KEYS}"));
    let (world, sdk) = (World::of::<&str, &str>([]), Sdk::default());
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, sdk);
    all(scene).iter().any(|one| one.finding.severity() == Severity::Error)
}

/// The severity of each finding with this code, and its fix.
fn fixes(code: &str, config: &str, credentials: &str) -> Vec<(Severity, String)> {
    let (files, world) = (Files::of_texts(config, credentials), World::of::<&str, &str>([]));
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let all = all(scene);
    let found = all.iter().map(|one| &one.finding).filter(|finding| finding.code() == code);
    found.map(|one| (one.severity(), one.fix().unwrap_or_default().to_string())).collect()
}

#[test]
fn a_text_in_place_of_a_block_is_helped_by_a_command_that_is_possible() {
    for (config, help) in [
        ("[services s]\nsts =\n[default]\nservices = s\n", "xcred set sts.endpoint_url VALUE --services s"),
        ("[services s]\ns3 = x\n[default]\nservices = s\n", "`xcred unset s3 --services s` removes it"),
        ("[default]\ns3 = x\n", "`xcred unset s3 --profile default` removes it"),
        ("[default]\ns3 =\n", "`xcred unset s3 --profile default` removes it"),
        ("[default]\napi_versions = x\n", "`xcred unset api_versions --profile default` removes it"),
        (
            "[default]\ns3.max_queue_size = 10\n",
            "set it in a block, then remove the line: `xcred set s3.max_queue_size 10 --profile default`",
        ),
        (
            "[default]\ns3.max_queue_size = 10\ns3 =\n  max_queue_size = 9\n",
            "on a line of its own; remove the line",
        ),
        (
            "[services s]\nsts.endpoint_url = http://h\n",
            "set it in a block, then remove the line: `xcred set sts.endpoint_url http://h --services s`",
        ),
        (
            "[default]\ns3api =\n  endpoint_url = http://h\n",
            "put `s3 =` with an indented `endpoint_url` into a `[services NAME]` section",
        ),
    ] {
        let files = Files::of_texts(config, &format!("[k]\n{KEYS}"));
        let world = World::of::<&str, &str>([]);
        let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
        let found = all(Scene::new(&world, &files, &[], &selection, Sdk::default()));
        let sentences: Vec<String> = found.iter().map(|one| one.finding.sentence()).collect();
        assert!(sentences.iter().any(|sentence| sentence.contains(help)), "{help}: {sentences:?}");
    }
}

#[test]
fn an_address_is_one_that_a_request_can_be_sent_to() {
    for (url, code) in [
        ("http://localhost:4566/path/", None),
        ("HTTPS://[::1]:8443", None),
        ("http://127.0.0.1:99999", Some("invalid-value")),
        ("http://localhost:abc", Some("invalid-value")),
        ("http://[::1", Some("invalid-value")),
        ("http://my_minio:9000", Some("invalid-value")),
        ("\"http://localhost:4566\"", Some("quoted-value")),
        ("http://localhost:4566 # local", Some("comment-in-value")),
    ] {
        let in_profile = format!("[default]\nregion = eu-west-1\nendpoint_url = {url}\n{KEYS}");
        let in_services = format!(
            "[default]\nregion = eu-west-1\nservices = s\n{KEYS}[services s]\nsts =\n  endpoint_url = {url}\n"
        );
        for (config, line) in [(in_profile, 3), (in_services, 8)] {
            let expected: Vec<String> = code.iter().map(|code| format!("{code} {line}")).collect();
            assert_eq!(found(&config, "", &[]), expected, "{config}");
        }
    }
}

#[test]
fn what_belongs_to_a_role_is_refused_where_there_is_one() {
    let lines =
        "region = eu-west-1\nsource_profile = b\nmfa_serial =\n  x = y\n[profile b]\nregion = eu-west-1\n";
    let refused = |config: &str| found(config, "", &[]).iter().any(|one| one.starts_with("invalid-value"));
    assert!(refused(&format!("[profile a]\n{ROLE}{lines}{KEYS}")));
    assert!(!refused(&format!("[profile a]\n{KEYS}{lines}")));
}

#[test]
fn a_section_that_a_role_and_its_source_share_is_looked_at_once() {
    let files = Files::of_texts(
        &format!(
            "[profile a]\nservices = s\nregion = eu-west-1\n{KEYS}[profile b]\nservices = s\nregion = eu-west-1\n\
             source_profile = a\n{ROLE}[services s]\ns3 =\n  endpoint_url = foo\n"
        ),
        "",
    );
    let world = World::of::<&str, &str>([]);
    let selection = Selection { name: Located::new("b".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let of_service =
        about_settings(scene, "b").into_iter().filter(|one| one.finding.code() == "invalid-value");
    assert_eq!(of_service.count(), 1);
}

#[test]
fn an_address_that_is_ignored_may_be_anything() {
    let addresses = "endpoint_url = foo\nservices = s\n[services s]\nsts =\n  endpoint_url = foo\n";
    let [on, off] = ["true", "false"].map(|value| ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", value));
    let variable = ("AWS_ENDPOINT_URL", "foo");
    let keys = format!("[default]\n{KEYS}");
    let (config, ignoring) = (
        format!("[default]\n{addresses}"),
        "[default]\nignore_configured_endpoint_urls = True\nendpoint_url = foo\n",
    );
    assert_eq!(found(&config, &keys, &[on, variable]), Vec::<String>::new());
    assert_eq!(found(ignoring, &keys, &[variable]), Vec::<String>::new());
    let both = ["invalid-value 3", "invalid-variable AWS_ENDPOINT_URL"];
    assert_eq!(found(ignoring, &keys, &[off, variable]), both);
}

#[test]
fn each_slip_is_found_where_it_is() {
    let with_keys = format!("[default]\n{KEYS}");
    let temporary = format!("{}aws_session_token = t\n", with_keys.replace("AKIA", "ASIA"));
    for (config, credentials, expected) in [
        ("[dev]\nregion = eu-west-1\n", "", "unprefixed-profile 1"),
        ("[Profile dev]\nregion = eu-west-1\n", "", "header-case 1"),
        ("[profile a b]\nregion = eu-west-1\n", "", "unquoted-name 1"),
        ("", "[profile dev]\n", "prefix-in-credentials c1"),
        ("[default]\nregion = \"eu-west-1\"\n", "", "quoted-value 2"),
        ("[default]\nregion = eu-west-1 # Dublin\n", "", "comment-in-value 2"),
        ("[default]\nregion = eu-west-1\t# Dublin\n", "", "comment-in-value 2"),
        ("[default]\nregoin = eu-west-1\n", "", "unknown-key 2"),
        ("", "[default]\naccessKeyId = x\n", "unknown-key c2"),
        ("", "[default]\nexport AWS_SECRET_ACCESS_KEY=x\n", "unknown-key c2"),
        ("[default]\ns3 =\n  max_concurrent_request = 1\n", "", "unknown-key 3"),
        ("[default]\noutput = jsn\n", "", "invalid-value 2"),
        ("[default]\nregion = us east 1\n", "", "invalid-value 2"),
        (
            "[sso-session s]\nsso_start_url = https://x.y\nsso_region = eu-west-1\nsso_registration_scopes = a b\n",
            "",
            "invalid-value 4",
        ),
        ("[default]\nlogin_session =\n", "", "invalid-value 2"),
        ("[default]\nrole_arn =\n  a = b\n", "", "invalid-value 2"),
        ("[default]\nendpoint_url = foo\n", "", "invalid-value 2"),
        ("[services s]\nsts =\n  endpoint_url = foo\n", "", "invalid-value 3"),
        ("[default]\nretry_mode = legacy\n", "", "unlikely-value 2"),
        ("[default]\ns3 =\n  addressing_style = x\n", "", "unlikely-value 3"),
        ("[default]\ns3 =\n  use_accelerate_endpoint = yes\n", "", "unlikely-value 3"),
        ("[default]\nregion = eu-wset-1\n", "", "unknown-region 2"),
        ("[default]\noutput = json\noutput = text\n", "", "repeated-key 3"),
        ("[default]\n[default]\n", "", "repeated-section 2"),
        ("[default\noutput = json\n", "", "lost-header 1"),
        ("[profile a]\nrole_arn = arn:aws:iam::123456789012:role/x\n", "", "half-role 2"),
        ("[profile a]\nsource_profile = default\n", &with_keys, "source-without-role 2"),
        (
            "[profile a]\nsso_session = x\nsso_account_id = 123456789012\nsso_role_name = A\n",
            "",
            "unknown-sso-session 2",
        ),
        ("[profile a]\ncredential_process = ~/bin/x\n", "", "process-cannot-start 2"),
        (
            "[profile a]\ncredential_process = xcred credential-process -p r --region a&b\n[profile r]\nregion = eu-west-1\n",
            "",
            "shell-character 2",
        ),
        ("[default]\nregion = “eu-west-1”\n", "", "quoted-value 2"),
        ("[default]\nregion = eu-west-1 output = json\n", "", "joined-settings 2"),
        ("", "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE,\naws_secret_access_key = x\n", "odd-key-id c2"),
        ("", "[a]\naws_access_key_id = <AKIAIOSFODNN7EXAMPLE>\naws_secret_access_key = x\n", "odd-key-id c2"),
        ("", "[a]\naws_access_key_id = YOUR_ACCESS_KEY\naws_secret_access_key = x\n", "odd-key-id c2"),
        ("", "[a]\naws_access_key_id = None\naws_secret_access_key = x\n", "odd-key-id c2"),
        ("[profile a]\ns3 =\n  endpoint_url = http://h\n", "", "unread-setting 3"),
        ("", "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", "half-pair c2"),
        ("", "[a]\naws_secret_access_key = x\n", "half-pair c2"),
        ("", "[a]\naws_session_token = x\n", "token-without-key c2"),
        ("[profile a]\nweb_identity_token_file = /etc/passwd\n", "", "source-without-role 2"),
        ("[profile a]\nsso_start_url = https://corp.awsapps.com/start\n", "", "incomplete-sso 2"),
        ("[profile a]\nsso_region = eu-west-1\n", "", "incomplete-sso 2"),
        ("[profile a]\nsso_registration_scopes = sso:account:access\n", "", "incomplete-sso 2"),
        (
            "[profile a]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n",
            "",
            "incomplete-sso 2",
        ),
        ("", &format!("{with_keys}aws_session_token = t\n"), "token-with-long-term-key c2"),
        ("", &with_keys.replace("AKIA", "ASIA"), "temporary-key-without-token c2"),
        ("", &format!("{temporary}x_security_token_expires = 2020-01-01T00:00:00Z\n"), "expired c5"),
        ("", &format!("{temporary}expiration = 2020-01-01 00:00:00\n"), "expired c5"),
        ("", &format!("{temporary}aws_credentials_expiration = 2020-01-01T00:00:00Z\n"), "expired c5"),
        ("", &format!("{temporary}expire = 2020-01-01 00:00:00 +0000 UTC\n"), "expired c5"),
        ("", &format!("{temporary}valid_until = 2020-01-01 00:00:00.5 +0200 CEST m=+3600.1\n"), "expired c5"),
    ] {
        assert_eq!(found(config, credentials, &[]), [expected], "{config}{credentials}");
    }
    for blank in
        ["aws_access_key_id =\naws_secret_access_key = x", "aws_access_key_id =\naws_secret_access_key ="]
    {
        let codes = found("", &format!("[a]\n{blank}\n"), &[]);
        assert!(codes.contains(&"half-pair c2".to_owned()), "{codes:?}");
        // A role and a sign-in come first.
        for first in [
            "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = b",
            "sso_account_id = 123456789012",
        ] {
            let config = format!("[profile a]\n{first}\n[sso-session s]\n");
            let codes = found(
                &config,
                &format!("[a]\n{blank}\n[b]\naws_access_key_id = AKIA\naws_secret_access_key = s\n"),
                &[],
            );
            assert!(!codes.contains(&"half-pair c2".to_owned()), "{codes:?}");
        }
    }
}

#[test]
fn what_is_remembered_of_sources_changes_no_judgment() {
    // Each bit of a number is a setting of a profile, whose source is one of five.
    let settings = [
        ROLE,
        "credential_source = Environment\n",
        KEYS,
        "duration_seconds = 7200\n",
        "aws_secret_access_key = x\n",
        "sso_session = none\n",
    ];
    let config = (0..320).map(|number: usize| {
        let own = settings.iter().enumerate().filter(|(bit, _)| (number * 37) >> bit & 1 == 1);
        let own: String = own.map(|(_, line)| *line).collect();
        let source = if number.is_multiple_of(3) {
            String::new()
        } else {
            format!("source_profile = p{}\n", number % 5)
        };
        format!("[profile p{number}]\n{own}{source}")
    });
    let config = config.collect::<String>().replace(
        "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab\naws_secret_access_key = x\n",
        "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab\n",
    );
    let (files, world) = (Files::of_texts(&config, ""), World::of::<&str, &str>([]));
    let selection = Selection { name: Located::new("default".to_owned(), Origin::Default) };
    let scene = Scene::new(&world, &files, &[], &selection, Sdk::default());
    let mut judge = Judge::new(scene);
    let (mut broken, mut whole) = (0, 0);
    for (name, profile) in files.listed() {
        let mut found = Vec::new();
        let subject = Subject::new(scene, name.clone(), files.profile(&name));
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
        let expected = found.iter().any(|one| one.finding.severity() == Severity::Error);
        assert_eq!(judge.is_broken(name.clone(), profile), expected, "{name}");
        *if expected { &mut broken } else { &mut whole } += 1;
    }
    assert!(broken > 50 && whole > 50, "{broken} {whole}");
}
