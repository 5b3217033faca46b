//! What `status` and `resolve` show of guards, and that they say what will be refused.

use serde_json::{Value, json};

use crate::guards::{ACCOUNT, OTHER, SETTINGS, asked, guard, home};
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;

fn document(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let (stdout, _) = sandbox.run(&[arguments, &["--format", "json"]].concat()).code(0);
    json_of(&stdout)
}

/// The guards on a screen: text and place.
fn guards(screen: &str) -> Vec<[String; 2]> {
    let cells = |line: &str| {
        let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    let rows = screen.lines().map(cells).filter(|row| row.first().is_some_and(|name| name == "guard"));
    rows.map(|row| [row[1].clone(), row.get(2).cloned().unwrap_or_default()]).collect()
}

#[test]
fn status_shows_each_guard_with_its_place() {
    let sts = Loopback::sts();
    let text =
        format!("{}confirm = true\npolicy_arns = ['SecurityAudit', 'ReadOnlyAccess']\n", guard("r", ACCOUNT));
    let sandbox = home(&sts).file(SETTINGS, text).env("XCRED_ALLOW", "r, base").env("AWS_PROFILE", "r");
    let place = |line: u32| format!("{}:{line}", sandbox.shown(SETTINGS));
    let row = |text: &str, place: String| [text.to_owned(), place];
    assert_eq!(
        guards(&sandbox.run(&["status"]).success()),
        [
            row(&format!("account {ACCOUNT}, proved"), place(2)),
            row("asks before use", place(3)),
            row("allows only r, base", "XCRED_ALLOW".to_owned()),
            row("narrowed to SecurityAudit and ReadOnlyAccess", place(4)),
        ]
    );
    let found = &document(&sandbox, &["status"])["guards"];
    assert_eq!(found["account"]["proved"], true);
    assert_eq!(found["confirm"]["origin"]["line"], 3);
    assert_eq!(found["policy_arns"]["value"], json!(["SecurityAudit", "ReadOnlyAccess"]));
    assert_eq!(found["policy_arns"]["origin"]["line"], 4);
    assert_eq!(found["read_only"], Value::Null);
    assert_eq!(found["allowed"]["value"], json!(["r", "base"]));
    assert_eq!(found["allowed"]["origin"], json!({"from": "environment", "variable": "XCRED_ALLOW"}));
    assert_eq!(found["sources"], json!([]));
    // The other profile has none.
    let other = sandbox.without("XCRED_ALLOW");
    assert_eq!(guards(&other.run(&["status", "base"]).success()), Vec::<[String; 2]>::new());
    assert_eq!(document(&other, &["status", "-p", "base"])["guards"], Value::Null);
    assert_eq!(sts.count(), 0);
}

#[test]
fn what_narrows_an_agent_is_shown_where_one_runs() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, "[agents]\nread_only = true\nvariables = ['MY_AGENT']\n");
    let sandbox = sandbox.env("AWS_PROFILE", "r");
    assert_eq!(document(&sandbox, &["status"])["guards"], Value::Null);
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "r eu-west-1\n");
    let sandbox = sandbox.env("MY_AGENT", "1");
    let shown = guards(&sandbox.run(&["status"]).success());
    assert_eq!(shown, [["narrowed to ReadOnlyAccess".to_owned(), format!("{}:2", sandbox.shown(SETTINGS))]]);
    let found = document(&sandbox, &["status"]);
    assert_eq!(found["guards"]["read_only"]["origin"]["line"], 2);
    assert_eq!(found["agent"]["origin"]["variable"], "MY_AGENT");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "r eu-west-1 (read-only)\n");
    // `resolve` shows it as what narrows the role.
    assert_eq!(guards(&sandbox.run(&["resolve", "--offline"]).success()), Vec::<[String; 2]>::new());
    assert_eq!(document(&sandbox, &["resolve", "--offline"])["guards"]["read_only"]["value"], true);
}

#[test]
fn a_prompt_says_that_a_guard_refuses() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("r", OTHER)).env("AWS_PROFILE", "r");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "r eu-west-1 (other account)\n");
    let sandbox = sandbox.env("XCRED_ALLOW", "base");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "r (not allowed)\n");
    // Where nothing is chosen there is nothing to show.
    let sandbox = sandbox.without("AWS_PROFILE");
    assert_eq!(sandbox.run(&["status", "--prompt"]).success(), "");
    let keys = sandbox.env("AWS_ACCESS_KEY_ID", "AKIAX").env("AWS_SECRET_ACCESS_KEY", CANARY);
    assert_eq!(keys.run(&["status", "--prompt"]).success(), "environment (not allowed)\n");
    let keys = keys.env("XCRED_PROFILE", "prod");
    assert_eq!(keys.run(&["status", "--prompt"]).success(), "prod (not allowed)\n");
}

/// The warnings about guards in a document: message and line.
fn refusals(document: &Value) -> Vec<(String, u64)> {
    let warnings = document["warnings"].as_array().expect("a list").iter();
    let refusing = warnings.filter(|warning| warning["code"] == "guard-refuses");
    let text = |warning: &Value| {
        let text = warning["message"].as_str().expect("a text");
        text.split_once("config.toml:")
            .and_then(|(_, rest)| rest.split_once(": "))
            .expect("a place")
            .1
            .to_owned()
    };
    refusing.map(|warning| (text(warning), warning["origin"]["line"].as_u64().expect("a line"))).collect()
}

#[test]
fn resolve_says_before_any_request_that_a_guard_will_refuse() {
    let sts = Loopback::sts();
    let sso = format!(
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n\
         [profile dev]\nsso_session = corp\nsso_account_id = {ACCOUNT}\nsso_role_name = Developer\n"
    );
    let role = format!("[profile r]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/R\nsource_profile = base\n");
    let sandbox = home(&sts)
        .config(format!("{role}{sso}"))
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .file(
            ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            r#"{"accessToken":"t","expiresAt":"2099-01-01T00:00:00Z"}"#,
        )
        .file(SETTINGS, format!("{}{}", guard("r", OTHER), guard("dev", OTHER)));
    for (profile, line) in [("r", 2), ("dev", 4)] {
        let text = format!(
            "the guard refuses the credentials of profile `{profile}`: they belong to account {ACCOUNT}, not to {OTHER}"
        );
        let sdks = if profile == "r" { &["aws-cli", "boto3", "rust", "go"][..] } else { &["aws-cli"] };
        for sdk in sdks {
            let found = document(&sandbox, &["resolve", profile, "--offline", "--sdk", sdk]);
            assert_eq!(refusals(&found), [(text.clone(), line)], "{sdk}");
            assert_eq!(found["guards"]["account"]["proved"], false, "{sdk}");
        }
        let words = sandbox.run(&["resolve", profile, "--offline"]).success_with_words().1;
        let expected = format!("warning: {}:{line}: {text}\n", sandbox.shown(SETTINGS));
        assert!(words.contains(&expected), "{words}");
    }
    let (_, words) = sandbox.run(&["status", "-p", "r"]).success_with_words();
    assert!(words.contains("the guard refuses the credentials of profile `r`"), "{words}");
    // The account is that of the last role.
    let on_top = ["resolve", "r", "--offline", "--role-arn", "arn:aws:iam::999999999999:role/Top"];
    let found = document(&sandbox, &on_top);
    assert_eq!((refusals(&found), &found["guards"]["account"]["proved"]), (Vec::new(), &json!(true)));
    assert_eq!(sts.count(), 0);
    // So is that of a variable.
    let variable = |account: &str| {
        let web = Sandbox::new()
            .env("AWS_ROLE_ARN", &format!("arn:aws:iam::{account}:role/W"))
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "token")
            .env("AWS_REGION", "eu-west-1")
            .file("token", "t0ken")
            .file(SETTINGS, guard("default", OTHER));
        document(&web, &["resolve", "--offline"])["guards"]["account"]["proved"].clone()
    };
    assert_eq!((variable(ACCOUNT), variable(OTHER)), (json!(false), json!(true)));
    // With the credentials, too.
    assert_eq!(refusals(&document(&sandbox, &["resolve", "r"])).len(), 1);
    sandbox.put(SETTINGS, guard("r", ACCOUNT));
    assert_eq!(refusals(&document(&sandbox, &["resolve", "r"])), []);
}

#[test]
fn resolve_shows_the_guards_of_sources() {
    let sts = Loopback::sts();
    let sandbox = home(&sts).file(SETTINGS, guard("base", OTHER));
    let found = document(&sandbox, &["resolve", "r", "--offline"]);
    let source = &found["guards"]["sources"][0];
    assert_eq!((&source["profile"], &source["value"]), (&json!("base"), &json!(OTHER)));
    assert_eq!((&source["proved"], &source["origin"]["line"]), (&Value::Null, &json!(2)));
    assert_eq!(refusals(&found), []);
    let shown = guards(&sandbox.run(&["resolve", "r", "--offline"]).success());
    assert_eq!(shown[0][0], format!("account {OTHER} of the source base, to be checked by asking STS"));
    // Once the account is known.
    let _ = sandbox.run(&["whoami", "-p", "base"]).code(253);
    assert_eq!(asked(&sts), ["GetCallerIdentity"]);
    let found = document(&sandbox, &["resolve", "r", "--offline"]);
    assert_eq!(found["guards"]["sources"][0]["proved"], false);
    let expected = format!(
        "the guard refuses the credentials of profile `base`: they belong to account {ACCOUNT}, not to {OTHER}"
    );
    assert_eq!(refusals(&found), [(expected, 2)]);
    // Cached credentials of the role need none of its source.
    sandbox.put(SETTINGS, "");
    sandbox.run(&["exec", "-q", "r", "--", "true"]).success();
    sandbox.put(SETTINGS, guard("base", OTHER));
    let found = document(&sandbox, &["resolve", "r", "--offline"]);
    assert_eq!((&found["guards"]["sources"][0]["proved"], refusals(&found)), (&json!(false), Vec::new()));
}
