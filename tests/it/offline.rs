//! `--offline` comes as far as a real run does before its first request: what fails there fails here, and only what is
//! good would be asked.

use std::thread;

use p256::SecretKey;
use p256::pkcs8::LineEnding;
use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;
use crate::services::PRINCIPAL;

const SDKS: [&str; 7] = ["boto3", "aws-cli", "rust", "js", "go", "java", "ruby"];

const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/x\n";

const INNER: &str = "role_arn = arn:aws:iam::123456789012:role/inner\n";

const SSO: &str = "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n";

const SESSION: &str =
    "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";

/// The file of the session `corp`.
const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// The file of the sign-in of `PRINCIPAL`.
const CONSOLE: &str =
    ".aws/login/cache/b808789211b14aef9896a456cfb87eca69edd0e84f10bfe09e07435e1cd724d6.json";

/// What a world has beside its profile `p`.
#[derive(Clone, Default)]
struct World {
    /// The lines of the profile.
    profile: String,
    /// Other sections.
    others: String,
    variables: Vec<(&'static str, String)>,
    files: Vec<(&'static str, String)>,
}

impl World {
    fn of(profile: &str) -> World {
        World { profile: profile.to_owned(), ..World::default() }
    }

    fn with(mut self, line: &str) -> World {
        self.profile.push_str(line);
        self.profile.push('\n');
        self
    }

    fn without(mut self, key: &str) -> World {
        let kept = self.profile.split_inclusive('\n').filter(|line| !line.starts_with(key));
        self.profile = kept.collect();
        self
    }

    fn variable(mut self, name: &'static str, value: &str) -> World {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
        self
    }

    fn file(mut self, path: &'static str, text: &str) -> World {
        self.files.retain(|(known, _)| *known != path);
        self.files.push((path, text.to_owned()));
        self
    }

    fn has_program(&self) -> bool {
        [&self.profile, &self.others].iter().any(|text| text.contains("credential_process"))
    }

    fn build(&self) -> Sandbox {
        let World { profile, others, variables, files } = self;
        let mut sandbox = Sandbox::new()
            .config(format!("[profile p]\n{profile}{others}"))
            .credentials(section("base", "AKIA", CANARY));
        for (path, text) in files {
            sandbox = sandbox.file(path, text);
        }
        for (name, value) in variables {
            sandbox = sandbox.env(name, value);
        }
        sandbox
    }
}

fn token(ends: &str, more: &str) -> String {
    format!(
        r#"{{"startUrl":"https://corp.awsapps.com/start","region":"eu-west-1","accessToken":"{CANARY}","expiresAt":"{ends}"{more}}}"#
    )
}

/// A console sign-in that has expired, with another text for one of its members.
fn expired((member, text): (&str, &str)) -> String {
    let key = SecretKey::from_slice(&[7; 32]).expect("a key").to_sec1_pem(LineEnding::LF).expect("PEM");
    let mut members = json!({
        "accessToken": {
            "accessKeyId": "ASIA", "secretAccessKey": CANARY, "sessionToken": CANARY,
            "accountId": "123456789012", "expiresAt": "2020-01-01T00:00:00Z",
        },
        "tokenType": "aws_sigv4", "clientId": "c", "refreshToken": CANARY, "idToken": "i", "dpopKey": *key,
    });
    members[member] = json!(text);
    members.to_string()
}

/// A service that refuses all, but has keys for a container and for the sources of roles.
fn service() -> Loopback {
    Loopback::start(|request| {
        if request.line == "GET /container" {
            let keys = format!(
                r#"{{"AccessKeyId":"ASIA","SecretAccessKey":"{CANARY}","Token":"t","Expiration":"2099-01-01T00:00:00Z"}}"#
            );
            return Some((200, keys));
        }
        if request.line.starts_with("GET /federation/credentials") {
            let keys = format!(
                r#"{{"roleCredentials":{{"accessKeyId":"ASIA","secretAccessKey":"{CANARY}","sessionToken":"t","expiration":4070908800000}}}}"#
            );
            return Some((200, keys));
        }
        if request.line == "POST /v1/token" {
            let keys = format!(r#"{{"accessKeyId":"ASIA","secretAccessKey":"{CANARY}","sessionToken":"t"}}"#);
            let rest = format!(r#""tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"{CANARY}""#);
            return Some((200, format!(r#"{{"accessToken":{keys},{rest}}}"#)));
        }
        if request.body.contains("role%2Finner") {
            return Some((200, assumed("AssumeRole")));
        }
        let error = "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>";
        Some((403, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")))
    })
}

/// The answer of STS that has a role's credentials.
fn assumed(action: &str) -> String {
    let keys = format!(
        "<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>{CANARY}</SecretAccessKey><SessionToken>t</SessionToken>\
         <Expiration>2099-01-01T00:00:00Z</Expiration>"
    );
    let user = "<Arn>arn:aws:sts::123456789012:assumed-role/x/y</Arn><AssumedRoleId>a:y</AssumedRoleId>";
    format!(
        "<{action}Response><{action}Result><Credentials>{keys}</Credentials><AssumedRoleUser>{user}</AssumedRoleUser>\
         </{action}Result></{action}Response>"
    )
}

/// Each way to credentials that has something to ask.
fn ways(url: &str) -> Vec<World> {
    let keys = format!(
        r#"{{"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"{CANARY}","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}}"#
    );
    let lasting = token("2099-01-01T00:00:00Z", "");
    let world = |profile: &str| {
        World::of(&format!("{profile}region = eu-west-1\n")).variable("AWS_ENDPOINT_URL", url)
    };
    let role = |source: &str| world(&format!("{ROLE}source_profile = {source}\n"));
    let mut sso = role("s").file(TOKEN, &lasting);
    sso.others = format!("[profile s]\n{SSO}{SESSION}");
    let mut inner = role("r");
    inner.others = format!("[profile r]\n{INNER}source_profile = base\n");
    let mut own = world(SSO).file(TOKEN, &lasting);
    SESSION.clone_into(&mut own.others);
    let login = format!("login_session = {PRINCIPAL}\n");
    let mut console = role("l").file(CONSOLE, &expired(("clientId", "c")));
    console.others = format!("[profile l]\n{login}");
    let instance = world(&format!("{ROLE}credential_source = Ec2InstanceMetadata\n"));
    let instance = instance.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", url);
    vec![
        world(&login).file(CONSOLE, &expired(("clientId", "c"))),
        console,
        instance.clone().variable("AWS_EC2_METADATA_DISABLED", "false"),
        instance.variable("AWS_EC2_METADATA_DISABLED", "true"),
        role("base"),
        inner,
        world(&format!("{ROLE}web_identity_token_file = token\n")).file("token", "t0ken"),
        own,
        sso,
        world("").variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{url}/container")),
        world("credential_process = cat keys\n").file("keys", &keys),
        role("c").file("keys", &keys).also("[profile c]\ncredential_process = cat keys\n"),
    ]
}

impl World {
    fn also(mut self, others: &str) -> World {
        self.others.push_str(others);
        self
    }
}

/// What can be wrong before anything is asked.
fn faults(world: &World) -> Vec<World> {
    let changed = |lines: &[&str]| lines.iter().fold(world.clone(), |world, line| world.with(line));
    let mut all = vec![
        world.clone(),
        changed(&["retry_mode = x"]),
        changed(&["s3 ="]),
        changed(&["external_id = a"]),
        changed(&["duration_seconds = 10"]),
        changed(&["sts_regional_endpoints = x"]),
        changed(&["account_id_endpoint_mode = x"]),
        changed(&["services = none"]),
        changed(&["role_session_name = x"]),
        world.clone().without("role_arn").with("role_arn = x"),
        world.clone().without("region"),
        world.clone().without("region").with("region = not/one"),
        world.clone().without("region").with("region ="),
        world.clone().variable("AWS_ENDPOINT_URL", "nowhere"),
        world.clone().variable("HTTP_PROXY", "socks5://p:1"),
        world.clone().variable("AWS_ENDPOINT_URL", "https://127.0.0.1:1").variable("AWS_CA_BUNDLE", "/none"),
        world.clone().variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/none"),
        world.clone().variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\nb"),
    ];
    if world.files.iter().any(|(path, _)| *path == "token") {
        all.push(world.clone().without("web_identity_token_file").with("web_identity_token_file = /none"));
        all.push(world.clone().file("token", "t"));
    }
    if world.files.iter().any(|(path, _)| *path == CONSOLE) {
        for member in [("dpopKey", "xx"), ("refreshToken", ""), ("signInRegion", "-x"), ("accessToken", "x")]
        {
            all.push(world.clone().file(CONSOLE, &expired(member)));
        }
    }
    if world.files.iter().any(|(path, _)| *path == TOKEN) {
        let known = r#","clientId":"c","clientSecret":"s","refreshToken":"r","registrationExpiresAt":"2099-01-01T00:00:00Z""#;
        let old = "2020-01-01T00:00:00Z";
        all.push(world.clone().file(TOKEN, &token(old, "")));
        all.push(world.clone().file(TOKEN, &token(old, known)));
        all.push(world.clone().file(TOKEN, &token("soon", "")));
        all.push(world.clone().file(TOKEN, "{"));
        let mut signed_out = world.clone();
        signed_out.files.retain(|(path, _)| *path != TOKEN);
        all.push(signed_out);
    }
    all
}

const NARROWINGS: [&[&str]; 5] = [
    &["--read-only"],
    &["--duration", "1h"],
    &["--role-arn", "arn:aws:iam::123456789012:role/top"],
    &["--role-arn", "arn:aws:iam::123456789012:role/top", "--duration", "2h"],
    &["--tag", "a=b"],
];

/// Compares both runs. Returns what is wrong.
fn compared(world: &World, arguments: &[&str], server: &Loopback) -> Option<String> {
    let sandbox = world.build();
    let run = |more: &[&str]| {
        let resolve = ["resolve", "p", "--format", "json", "--no-cache"];
        let arguments = [&resolve[..], arguments, more].concat();
        let (code, stdout, _) = sandbox.run(&arguments).ended();
        let document = json_of(&stdout);
        (code, document)
    };
    let before = server.count();
    let offline = run(&["--offline"]);
    assert_eq!(server.count(), before, "{arguments:?} {}", world.profile);
    let real = run(&[]);
    let is_of_option = |(_, document): &(Option<i32>, Value)| document["error"]["origin"]["from"] == "option";
    // What is no configuration is the answer of somebody who was asked. The keys of a role's source are got before its
    // request is seen to be impossible.
    let is_of_settings = ["no-region", "invalid-config"].iter().any(|code| real.1["error"]["code"] == **code);
    let any = server.count() > before;
    let asked = any && !is_of_settings || real.0 != Some(253);
    let would_ask = offline.0 == Some(0) && offline.1["pending"].is_object();
    let is_same_code = offline.0 == real.0 && offline.1["error"]["code"] == real.1["error"]["code"];
    // The key that would sign a role's request isn't known offline.
    let is_same = is_same_code && (any || offline.1["error"] == real.1["error"]);
    let agree = match (is_of_option(&real), asked) {
        // The places of what was asked for are not known offline.
        (true, _) => is_same_code,
        // Some ask first for what they then don't narrow.
        (false, true) => would_ask || is_same || is_of_option(&offline),
        // A program may have run.
        (false, false) => is_same || would_ask && world.has_program(),
    };
    let shown = |(code, document): &(Option<i32>, Value)| {
        format!("{code:?} {} {}", document["error"], document["pending"])
    };
    (!agree).then(|| {
        format!(
            "{arguments:?}\n{}{}{:?}\n  offline: {}\n  real:    {}\n",
            world.profile,
            world.others,
            world.variables,
            shown(&offline),
            shown(&real)
        )
    })
}

#[test]
fn offline_fails_where_a_real_run_fails_before_it_asks_anybody() {
    let ways = ways("").len();
    let threads = (0..ways).map(|way| {
        thread::spawn(move || {
            let place = |at: usize| {
                let server = service();
                let world = faults(&self::ways(&server.url)[way]).into_iter().nth(at)?;
                Some((server, world))
            };
            let mut wrong = Vec::new();
            for (at, (server, world)) in (0..).map_while(|at| Some((at, place(at)?))) {
                // The others have less of their own.
                let others = if at == 0 { &SDKS[2..] } else { &SDKS[2 + (at + way) % 5..][..1] };
                for sdk in SDKS[..2].iter().chain(others) {
                    wrong.extend(compared(&world, &["--sdk", sdk], &server));
                }
            }
            let (server, world) = place(0).expect("a world");
            for sdk in SDKS {
                for narrowing in NARROWINGS {
                    wrong.extend(compared(&world, &[&["--sdk", sdk], narrowing].concat(), &server));
                }
            }
            wrong
        })
    });
    let threads: Vec<_> = threads.collect();
    let wrong: Vec<String> = threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect();
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_would_be_asked_has_the_provider_of_what_is_got() {
    let server = Loopback::start(|request| {
        let is_of_web = request.body.contains("WebIdentity");
        Some((200, assumed(if is_of_web { "AssumeRoleWithWebIdentity" } else { "AssumeRole" })))
    });
    let world = |profile: &str| {
        let world = World::of(&format!("{profile}region = eu-west-1\n"));
        world.variable("AWS_ENDPOINT_URL", &server.url).file("token", "t0ken")
    };
    let on_top = ["--role-arn", "arn:aws:iam::123456789012:role/top"];
    for (world, options, what) in [
        (world(&format!("{ROLE}web_identity_token_file = token\n")), &[][..], "role/x"),
        (world(&format!("{ROLE}web_identity_token_file = token\n")), &on_top, "role/top"),
        (world(&format!("{ROLE}source_profile = base\n")), &on_top, "role/top"),
        (
            world(&format!("aws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n")),
            &on_top,
            "role/top",
        ),
    ] {
        let sandbox = world.build();
        // That for Go has no endpoint for the role of a profile.
        for sdk in SDKS.into_iter().filter(|sdk| *sdk != "go") {
            let run = |more: &[&str]| -> Value {
                let resolve = ["resolve", "p", "--format", "json", "--no-cache", "--sdk", sdk];
                let printed = sandbox.run(&[&resolve[..], options, more].concat()).success();
                serde_json::from_str(&printed).expect("JSON")
            };
            let (offline, real) = (run(&["--offline"])["pending"].take(), run(&[]));
            assert_eq!(offline["provider"], real["credentials"]["provider"], "{sdk} {}", world.profile);
            assert!(offline.to_string().contains(what), "{sdk} {}: {offline}", world.profile);
        }
    }
}
