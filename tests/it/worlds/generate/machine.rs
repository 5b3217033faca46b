//! What a container or a machine of AWS is told about itself. Waiting for answers costs seconds, so failures of
//! the network have a small share.

use serde_json::json;

use super::draft::Draft;

pub(super) fn container(draft: &mut Draft) {
    let local = "<http>/creds?id=1";
    let url = match draft.random.below(30) {
        0 => "http://10.0.0.1/creds".to_owned(),
        1 => "http://metadata.example/creds".to_owned(),
        2 => String::new(),
        3..=5 => link_local(draft, "http://localhost/creds"),
        6 => link_local(draft, "http://169.254.170.23/creds"),
        7 => link_local(draft, "https://10.0.0.1/creds"),
        8 => link_local(draft, "http://[fd00:ec2::23]/creds"),
        9 => "http://169.254.170.22/creds".to_owned(),
        _ => local.to_owned(),
    };
    if draft.chance(20) {
        let path = draft.pick(&["/v2/credentials/x", "/x?y=z", "/x", "v2"]);
        draft.env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path);
        draft.needs_link_local = true;
        if draft.chance(30) {
            draft.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
        }
    } else {
        draft.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
    }
    if draft.chance(30) {
        let token = draft.pick(&["Basic abc", "", "Basic a\nb", "Basic a\r\nX: b"]);
        draft.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
    }
    if draft.chance(25) {
        let text = draft.pick(&["from-file", "from-file", "from-file\n", ""]);
        draft.files.insert("container-token".to_owned(), json!(text));
        let path =
            draft.pick(&["~~/container-token", "~~/container-token", "~~/none", "", "~/container-token"]);
        draft.env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", path);
    }
    let key = draft.fresh("CT");
    let step = match draft.random.below(40) {
        0 => json!({"status": 500}),
        1 => json!([{"status": 500}, {"key": key}]),
        2 => json!({"body": "no json"}),
        3 => {
            json!({"key": key, "without": [draft.pick(&["AccessKeyId", "SecretAccessKey", "Token", "Expiration"])]})
        }
        4 => json!({"key": key, "expires": -60}),
        5 => json!({"key": key, "expires": 300}),
        6 => json!({"body": {"Code": "AccessDenied", "Message": "no"}}),
        7..=12 => json!({"key": key, "set": {"AccountId": "88"}}),
        13 => json!({"key": key, "set": {"Expiration": draft.pick(&["soon", "<now+3600:naive>", ""])}}),
        _ => json!({"key": key}),
    };
    draft.aws.insert("container".to_owned(), step);
}

fn link_local(draft: &mut Draft, url: &str) -> String {
    draft.needs_link_local = true;
    url.to_owned()
}

pub(super) fn imds(draft: &mut Draft) {
    let disabled = draft.pick(&["false", "1", "", "false", "false", "TRUE", "0", "yes", "no", "off"]);
    draft.env("AWS_EC2_METADATA_DISABLED", disabled);
    let profile = draft.profile.clone();
    let place = draft.random.below(12);
    match place {
        3 | 4 if draft.for_sdk => draft.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "<http>"),
        0 => draft.key(&profile, "ec2_metadata_service_endpoint", "<http>/"),
        1 => draft.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "<http>/some/path"),
        2 => draft.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9/"),
        3 => {
            draft.env("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6");
            draft.needs_link_local = true;
        }
        4 => {
            draft.env("AWS_IMDS_USE_IPV6", "true");
            draft.needs_link_local = true;
        }
        5 | 6 => draft.needs_link_local = true,
        _ => draft.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "<http>"),
    }
    if draft.chance(20) {
        let value = draft.pick(&["2", " 2 ", "3", "0"]);
        draft.env("AWS_METADATA_SERVICE_NUM_ATTEMPTS", value);
    }
    if draft.chance(15) {
        let value = draft.pick(&["true", "TRUE", "1"]);
        draft.key(&profile, "ec2_metadata_v1_disabled", value);
    }
    let key = draft.fresh("I");
    let mut step = json!({"key": key});
    match draft.random.below(44) {
        0 | 1 => step["token"] = json!(404),
        2 => step["token"] = json!(403),
        3 => step["token"] = json!(405),
        4 => step["token"] = json!(400),
        5 => step["token"] = json!(500),
        6 | 22 if draft.for_sdk => step["document"] = json!(500),
        6 => step["token"] = json!("hang"),
        7 => step["token"] = json!(""),
        8 => {
            step["token"] = json!(404);
            step["strict"] = json!(true);
        }
        9 => step["role"] = json!(404),
        10 => step["role"] = json!(""),
        11 => step["role"] = json!(500),
        12 => step["document"] = json!("no json"),
        13 => step["document"] = json!({"Code": "AssumeRoleUnauthorizedAccess", "Message": "no"}),
        14 => step["document"] = json!(404),
        15 => step["without"] = json!(["Token"]),
        16 => step["expires"] = json!(-600),
        17 => step["expires"] = json!(300),
        18 => step["document"] = json!(""),
        19 => step["role"] = json!("two words"),
        20 => step["set"] = json!({"Expiration": "soon"}),
        21 if draft.for_sdk => step["without"] = json!(["Code"]),
        21 => step["set"] = json!({"AccountId": "1", "Code": "Success", "Type": "AWS-HMAC"}),
        22 => step["document"] = json!("hang"),
        23 => step["set"] = json!({"Expiration": "<now+3600:offset>"}),
        _ => step["strict"] = json!(true),
    }
    draft.aws.insert("imds".to_owned(), step);
}
