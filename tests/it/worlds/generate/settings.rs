//! Which profile, which region, which endpoints; and settings and files that are broken.

use serde_json::{Value, json};

use super::draft::Draft;

pub(super) fn choose_profile(draft: &mut Draft) {
    let all = &["default", "default", "default", "dev", "ops", "a b", "Ärger"];
    let name = draft.pick(if draft.for_sdk { &all[..5] } else { all });
    draft.profile = name.to_owned();
    let named = if name == "default" { draft.chance(25) } else { true };
    if named {
        if !draft.chance(4) {
            draft.section(name);
        }
        match draft.random.below(20) {
            0..=5 => drop(draft.options.insert("profile".to_owned(), json!(name))),
            6..=11 => draft.env("AWS_PROFILE", name),
            12..=14 => draft.env("AWS_DEFAULT_PROFILE", name),
            15..=16 => {
                draft.env("AWS_DEFAULT_PROFILE", name);
                draft.env("AWS_PROFILE", "decoy");
            }
            _ => {
                draft.options.insert("profile".to_owned(), json!(name));
                draft.env("AWS_PROFILE", "nope");
            }
        }
    }
    if draft.chance(10) {
        draft.in_credentials("decoy", "aws_access_key_id", "D");
        draft.in_credentials("decoy", "aws_secret_access_key", "Ds");
        draft.in_config("decoy", "region", "sa-east-1");
    }
    match draft.random.below(60) {
        0 => drop(draft.options.insert("profile".to_owned(), json!("nope"))),
        1 => draft.env("AWS_PROFILE", "nope"),
        2 => draft.env("AWS_PROFILE", ""),
        3 => draft.env("AWS_DEFAULT_PROFILE", ""),
        _ => {}
    }
}

const REGIONS: &[&str] = &[
    "us-west-2",
    "us-west-2",
    "eu-central-1",
    "us-east-1",
    "ap-east-1",
    "cn-north-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "aws-global",
    "mars-north-1",
];
const BAD_REGIONS: &[&str] = &["eu_west", "", "-x", "a b", "1234"];
/// Those of the partition in which the SDKs were looked at.
const PLAIN_REGIONS: &[&str] = &["us-west-2", "eu-central-1", "us-east-1", "ap-east-1"];

fn some_region(draft: &mut Draft) -> &'static str {
    if draft.for_sdk {
        return draft.pick(PLAIN_REGIONS);
    }
    if draft.chance(6) { draft.pick(BAD_REGIONS) } else { draft.pick(REGIONS) }
}

pub(super) fn region(draft: &mut Draft) {
    if draft.without_region {
        return;
    }
    let profile = draft.profile.clone();
    // Some SDKs call no service without one.
    let percent = if draft.for_sdk { 75 } else { 45 };
    if draft.chance(percent) {
        let region = some_region(draft);
        draft.key(&profile, "region", region);
    }
    for (name, percent) in [("AWS_DEFAULT_REGION", 25), ("AWS_REGION", 12)] {
        if draft.chance(percent) {
            let region = some_region(draft);
            draft.env(name, region);
        }
    }
    if !draft.for_sdk && draft.chance(7) {
        let region = draft.pick(REGIONS);
        draft.options.insert("region".to_owned(), json!(region));
    }
}

pub(super) fn endpoints(draft: &mut Draft) {
    let profile = draft.profile.clone();
    if draft.chance(10) {
        let value = draft.pick(&["legacy", "legacy", "regional", "legacy", "", "Legacy", "bad"]);
        in_either(draft, &profile, "sts_regional_endpoints", value);
    }
    for (key, percent) in [("use_fips_endpoint", 5), ("use_dualstack_endpoint", 5)] {
        if !draft.for_sdk && draft.chance(percent) {
            let value = draft.pick(&["true", "true", "TRUE", "false", "1"]);
            in_either(draft, &profile, key, value);
        }
    }
    if draft.chance(14) {
        match draft.random.below(10) {
            0 => draft.env("AWS_ENDPOINT_URL_STS", "<http>"),
            1 => draft.env("AWS_ENDPOINT_URL_STS", "<http>/a/path"),
            2 => draft.env("AWS_ENDPOINT_URL", "<http>/all"),
            3 => draft.env("AWS_ENDPOINT_URL_SSO", "<http>/portal"),
            4 => draft.env("AWS_ENDPOINT_URL_SSO_OIDC", "<http>"),
            5 => draft.key(&profile, "endpoint_url", "<http>/file"),
            6 if !draft.for_sdk => draft.env("AWS_ENDPOINT_URL_STS", ""),
            _ => {
                let name = draft.pick(&["mine", "mine", "mine", "none"]);
                draft.key(&profile, "services", name);
                let block = draft.pick(&[
                    "sts =\n  endpoint_url = <http>/services\nsso =\n  endpoint_url = <http>/services-sso\n",
                    "STS =\n  endpoint_url = <http>/services\n",
                    "sts =\n  Endpoint_URL = <http>/services\n",
                    "s3 =\n  endpoint_url = http://127.0.0.1:9\n",
                    "sts = word\n",
                    "",
                ]);
                draft.other_sections += &format!("[services mine]\n{block}");
            }
        }
        if !draft.for_sdk && draft.chance(20) {
            let value = draft.pick(&["true", "True", "1"]);
            in_either(draft, &profile, "ignore_configured_endpoint_urls", value);
        }
    }
    if draft.chance(4) {
        draft.env("AWS_CA_BUNDLE", Value::Null);
        draft.key(&profile, "ca_bundle", "<ca>");
    }
}

fn in_either(draft: &mut Draft, profile: &str, key: &str, value: &str) {
    if draft.chance(50) {
        draft.key(profile, key, value);
    } else {
        draft.env(&format!("AWS_{}", key.to_uppercase()), value);
    }
}

/// The services on loopback, as each SDK can be told, in half of the worlds; in the others their hosts are the real ones.
pub(super) fn own_endpoints(draft: &mut Draft) {
    if draft.chance(50) {
        for service in ["STS", "SSO", "SSO_OIDC", "SIGNIN"] {
            let name = format!("AWS_ENDPOINT_URL_{service}");
            let url = draft.env.get(&name).cloned().unwrap_or(json!("<http>"));
            draft.env(&name, url);
        }
    }
}

/// What breaks a world, or should but doesn't.
pub(super) fn disturb(draft: &mut Draft) {
    let profile = draft.profile.clone();
    match draft.random.below(100) {
        0 => in_either(draft, &profile, "metadata_service_timeout", "1.5"),
        1 => in_either(draft, &profile, "metadata_service_num_attempts", ""),
        2 => in_either(draft, &profile, "ec2_metadata_service_endpoint_mode", "ipv5"),
        3 => in_either(draft, &profile, "ec2_metadata_service_endpoint", "no url"),
        4 => in_either(draft, &profile, "retry_mode", "never"),
        5 => in_either(draft, &profile, "max_attempts", "0"),
        6 => in_either(draft, &profile, "retry_mode", "standard"),
        7 => broken_file(draft, ".aws/config"),
        8 => broken_file(draft, ".aws/credentials"),
        9 => {
            draft.other_sections +=
                "[profile x y]\na = 1\n[Default]\nregion = x\n[profile open'quote]\nb = 2\n";
        }
        10 => draft.other_sections += "[default]x\n",
        11 => draft.other_sections += "[profile dev]\nregion = me-south-1\n",
        12 => draft.other_sections += "[profile \"default\"]\nregion = me-south-1\n",
        13 => draft.env("AWS_SHARED_CREDENTIALS_FILE", ""),
        14 => draft.env("AWS_CONFIG_FILE", "$HOME/.aws/none"),
        15 => draft.env("AWS_CONFIG_FILE", "~/.aws/credentials"),
        16 => draft.env("AWS_DATA_PATH", "~~/models"),
        17 => draft.in_config(&profile, "s3", "\n  addressing_style = path"),
        18..=23 if draft.for_sdk => {}
        18 => own_s3(draft, &profile),
        19 => in_either(draft, &profile, "request_min_compression_size_bytes", "0"),
        20 => in_either(draft, &profile, "retry_mode", "\n  a = b"),
        21 => in_either(draft, &profile, "s3_disable_express_session_auth", "1"),
        22 => in_either(draft, &profile, "api_versions", "x"),
        23 => in_either(draft, &profile, "max_attempts", "99999999999"),
        _ => {}
    }
}

/// Settings of S3 that botocore checks for each service.
fn own_s3(draft: &mut Draft, profile: &str) {
    let block = draft.pick(&[
        "\n  addressing_style = Path",
        "\n  us_east_1_regional_endpoint = bogus",
        "\n  us_east_1_regional_endpoint = legacy",
        "",
        "x",
    ]);
    draft.in_config(profile, "s3", block);
    if draft.random.below(2) == 0 {
        draft.in_config(profile, "s3_us_east_1_regional_endpoint", "regional");
    }
}

fn broken_file(draft: &mut Draft, path: &str) {
    let text = draft.pick(&[
        "junk\n",
        "[default]\nno delimiter\n",
        "[a]\n[a]\n",
        "[a]\nk = 1\nK = 2\n",
        "\u{feff}[default]\n",
    ]);
    draft.files.insert(path.to_owned(), json!(text));
}
