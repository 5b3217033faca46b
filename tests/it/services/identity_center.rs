//! IAM Identity Center: the service that issues tokens, and the portal that takes them.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Log, Shared, body, check_members, document, error, header, query};
use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Reply, Request};

/// The state of both services.
pub(crate) struct State {
    pub(crate) log: Log,
    /// Registered clients by their ID, with what they sent.
    pub(crate) clients: BTreeMap<String, Value>,
    /// Codes that were not exchanged yet, with the query of the address at which the user signed in.
    codes: BTreeMap<String, BTreeMap<String, String>>,
    /// Refresh tokens that were not used yet.
    pub(crate) refresh_tokens: HashSet<String>,
    /// Access tokens that the portal takes.
    pub(crate) tokens: HashSet<String>,
    /// Whether it takes none.
    pub(crate) deaf: bool,
    /// How long tokens last, in seconds.
    pub(crate) lasting: i64,
    /// How long the service thinks before it issues a token.
    pub(crate) thinking: Duration,
    /// The error instead of a token: status, name, code.
    pub(crate) refusal: Option<(u16, &'static str, &'static str)>,
    /// How the portal refuses the credentials of every role.
    pub(crate) unassigned: Option<(u16, &'static str)>,
    /// Whether a refresh token may be used again, as the service allows within a short time.
    pub(crate) forgiving: bool,
    /// Whether new tokens come with a refresh token.
    pub(crate) refreshable: bool,
    /// The device codes: what is answered to the polls, the last one for ever.
    pub(crate) polls: Vec<&'static str>,
    /// What a device authorization says besides the codes.
    pub(crate) device: Value,
    /// When the last device code was issued.
    pub(crate) authorized: Option<Instant>,
    /// When each poll came.
    pub(crate) polled: Vec<Instant>,
    /// The access token that is issued next, instead of a new one.
    pub(crate) next_token: Option<String>,
    /// How many users have agreed.
    agreed: usize,
    /// How many tokens were issued.
    issued: usize,
}

/// The services; they end with the test.
pub(crate) struct IdentityCenter {
    pub(crate) oidc: Loopback,
    pub(crate) portal: Loopback,
    state: Shared<State>,
}

impl IdentityCenter {
    pub(crate) fn start() -> IdentityCenter {
        let state = Shared::new(State {
            log: Log::default(),
            clients: BTreeMap::new(),
            codes: BTreeMap::new(),
            refresh_tokens: HashSet::new(),
            tokens: HashSet::new(),
            deaf: false,
            lasting: 3600,
            thinking: Duration::ZERO,
            refusal: None,
            unassigned: None,
            forgiving: false,
            refreshable: true,
            polls: Vec::new(),
            device: json!({"expiresIn": 600, "interval": 1}),
            authorized: None,
            polled: Vec::new(),
            next_token: None,
            agreed: 0,
            issued: 0,
        });
        let (one, other) = (state.clone(), state.clone());
        let oidc = Loopback::replying(SignedDuration::ZERO, move |request| {
            if let Some(address) = request.line.strip_prefix("GET /authorize?") {
                // A user who agrees at once.
                let back = one.lock().agree(&format!("/authorize?{address}"));
                let headers = vec![format!("location: {back}")];
                return Some(Reply { status: 302, headers, body: String::new() });
            }
            let thinking = one.lock().thinking;
            if request.line.starts_with("POST /token") {
                std::thread::sleep(thinking);
            }
            Some(one.lock().issue(request))
        });
        let portal =
            Loopback::replying(SignedDuration::ZERO, move |request| Some(other.lock().serve(request)));
        IdentityCenter { oidc, portal, state }
    }

    /// Changes how the services behave, or looks at what they received.
    pub(crate) fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock())
    }

    /// The operations that were called, in order.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.state(|state| state.log.calls.clone())
    }

    /// How often an operation was called.
    pub(crate) fn count(&self, operation: &str) -> usize {
        self.calls().iter().filter(|call| *call == operation).count()
    }

    /// A home with these services.
    pub(crate) fn home(&self) -> Sandbox {
        Sandbox::new()
            .env("AWS_ENDPOINT_URL_SSO_OIDC", &self.oidc.url)
            .env("AWS_ENDPOINT_URL_SSO", &self.portal.url)
    }

    /// A token that is cached, with so many seconds left, as AWS CLI writes it. The services know it.
    pub(crate) fn cached_token(&self, left: i64) -> Value {
        let ends = |seconds| {
            (Timestamp::now() + SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        let (token, refresh) = (format!("{CANARY}-access-0"), format!("{CANARY}-refresh-0"));
        self.state(|state| {
            state.tokens.insert(token.clone());
            state.refresh_tokens.insert(refresh.clone());
            state.clients.insert("client-0".to_owned(), Value::Null);
        });
        json!({
            "startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": token,
            "expiresAt": ends(left), "clientId": "client-0", "clientSecret": format!("{CANARY}-secret-0"),
            "registrationExpiresAt": ends(86400), "refreshToken": refresh,
        })
    }

    /// The user signs in at this address and agrees. Returns the address to which the browser goes back.
    pub(crate) fn agree(&self, address: &str) -> String {
        self.state(|state| state.agree(address))
    }
}

impl Drop for IdentityCenter {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let faults = self.state(|state| std::mem::take(&mut state.log.faults));
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}

impl State {
    /// The user signs in at this address and agrees. Returns the address to which the browser goes back.
    fn agree(&mut self, address: &str) -> String {
        let wanted = query(address);
        let (redirect, given) = (wanted["redirect_uri"].clone(), wanted["state"].clone());
        self.agreed += 1;
        let code = format!("{CANARY}-code-{}", self.agreed);
        self.check_authorization(address, &wanted);
        self.codes.insert(code.clone(), wanted);
        format!("{redirect}?code={}&state={given}", code.replace('+', "%2B").replace('/', "%2F"))
    }

    fn issue(&mut self, request: &Request) -> Reply {
        let sent = body(request, &mut self.log.faults);
        match request.line.as_str() {
            "POST /client/register" => self.register(&sent),
            "POST /device_authorization" => self.authorize_device(&sent),
            "POST /token" => self.exchange(&sent),
            other => self.fault(format!("{other} is no operation")),
        }
    }

    fn fault(&mut self, what: String) -> Reply {
        self.log.faults.push(what);
        error(400, "InvalidRequestException", "invalid_request")
    }

    fn register(&mut self, sent: &Value) -> Reply {
        self.log.calls.push("RegisterClient".to_owned());
        let in_browser = sent.get("redirectUris").is_some();
        let scopes: &[&str] = if sent.get("scopes").is_some() { &["scopes"] } else { &[] };
        if in_browser {
            let expected = ["clientName", "clientType", "grantTypes", "redirectUris", "issuerUrl", "scopes"];
            check_members("RegisterClient", sent, &expected, &mut self.log.faults);
            if sent["grantTypes"] != json!(["authorization_code", "refresh_token"])
                || sent["redirectUris"] != json!(["http://127.0.0.1/oauth/callback"])
            {
                self.log.faults.push(format!("RegisterClient: {sent}"));
            }
        } else {
            let expected = [&["clientName", "clientType"], scopes].concat();
            check_members("RegisterClient", sent, &expected, &mut self.log.faults);
        }
        if sent["clientType"] != "public" {
            self.log.faults.push(format!("RegisterClient: {sent}"));
        }
        let id = format!("client-{}", self.clients.len() + 1);
        self.clients.insert(id.clone(), sent.clone());
        let ends = (Timestamp::now() + SignedDuration::from_hours(90 * 24)).as_second();
        document(&json!({
            "clientId": id, "clientSecret": format!("{CANARY}-secret-{id}"), "clientIdIssuedAt": 1,
            "clientSecretExpiresAt": ends,
        }))
    }

    fn check_authorization(&mut self, address: &str, wanted: &BTreeMap<String, String>) {
        let names: Vec<&str> = wanted.keys().map(String::as_str).collect();
        let expected = [
            "client_id",
            "code_challenge",
            "code_challenge_method",
            "redirect_uri",
            "response_type",
            "scopes",
            "state",
        ];
        let is_right = names == expected
            && wanted["response_type"] == "code"
            && wanted["code_challenge_method"] == "S256"
            && wanted["code_challenge"].len() == 43
            && wanted["state"].len() >= 22
            && wanted["redirect_uri"].starts_with("http://127.0.0.1:")
            && wanted["redirect_uri"].ends_with("/oauth/callback")
            && self.clients.contains_key(&wanted["client_id"]);
        if !is_right {
            self.log.faults.push(format!("authorize: {address}"));
        }
    }

    fn authorize_device(&mut self, sent: &Value) -> Reply {
        self.log.calls.push("StartDeviceAuthorization".to_owned());
        check_members("device", sent, &["clientId", "clientSecret", "startUrl"], &mut self.log.faults);
        if let Some(refused) = self.unknown_client(sent) {
            return refused;
        }
        self.authorized = Some(Instant::now());
        let mut answer = json!({
            "deviceCode": format!("{CANARY}-device"), "userCode": "ABCD-EFGH",
            "verificationUri": "https://device.sso.us-east-1.amazonaws.com/",
            "verificationUriComplete": "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH",
        });
        for (name, value) in self.device.as_object().expect("an object") {
            answer[name] = value.clone();
        }
        document(&answer)
    }

    fn unknown_client(&self, sent: &Value) -> Option<Reply> {
        let id = sent["clientId"].as_str().unwrap_or_default();
        (!self.clients.contains_key(id)).then(|| error(401, "InvalidClientException", "invalid_client"))
    }

    fn exchange(&mut self, sent: &Value) -> Reply {
        self.log.calls.push(format!("CreateToken {}", sent["grantType"].as_str().unwrap_or_default()));
        let text = |name: &str| sent[name].as_str().unwrap_or_default();
        if let Some(refused) = self.unknown_client(sent) {
            return refused;
        }
        match text("grantType") {
            "authorization_code" => {
                let expected =
                    ["grantType", "clientId", "clientSecret", "redirectUri", "codeVerifier", "code"];
                check_members("code", sent, &expected, &mut self.log.faults);
                let Some(wanted) = self.codes.remove(text("code")) else {
                    return self.fault("a code that nobody has".to_owned());
                };
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(text("codeVerifier")));
                let verifier = text("codeVerifier");
                let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
                if wanted["code_challenge"] != challenge
                    || wanted["redirect_uri"] != text("redirectUri")
                    || wanted["client_id"] != text("clientId")
                    || !(43..=128).contains(&verifier.len())
                    || !verifier.bytes().all(is_unreserved)
                {
                    return self.fault(format!("exchange: {sent}"));
                }
            }
            "refresh_token" => {
                check_members(
                    "refresh",
                    sent,
                    &["grantType", "clientId", "clientSecret", "refreshToken"],
                    &mut self.log.faults,
                );
                let is_alive = if self.forgiving {
                    self.refresh_tokens.contains(text("refreshToken"))
                } else {
                    self.refresh_tokens.remove(text("refreshToken"))
                };
                if self.refusal.is_none() && !is_alive {
                    self.log.faults.push("a dead refresh token".to_owned());
                    return error(400, "InvalidGrantException", "invalid_grant");
                }
            }
            "urn:ietf:params:oauth:grant-type:device_code" => {
                check_members(
                    "poll",
                    sent,
                    &["grantType", "clientId", "clientSecret", "deviceCode"],
                    &mut self.log.faults,
                );
                self.polled.push(Instant::now());
                let answer = if self.polls.len() > 1 {
                    self.polls.remove(0)
                } else {
                    self.polls.first().copied().unwrap_or("ok")
                };
                let name = match answer {
                    "ok" => "",
                    "authorization_pending" => "AuthorizationPendingException",
                    "slow_down" => "SlowDownException",
                    "expired_token" => "ExpiredTokenException",
                    "access_denied" => "AccessDeniedException",
                    _ => "InternalServerException",
                };
                if !name.is_empty() {
                    return error(if name.starts_with("Internal") { 500 } else { 400 }, name, answer);
                }
            }
            other => return self.fault(format!("grant type {other}")),
        }
        if let Some((status, name, code)) = self.refusal {
            return error(status, name, code);
        }
        self.issued += 1;
        let (token, refresh) =
            (format!("{CANARY}-access-{}", self.issued), format!("{CANARY}-refresh-{}", self.issued));
        let token = self.next_token.clone().unwrap_or(token);
        self.tokens.insert(token.clone());
        let mut answer = json!({"accessToken": token, "expiresIn": self.lasting, "tokenType": "Bearer"});
        if self.refreshable {
            self.refresh_tokens.insert(refresh.clone());
            answer["refreshToken"] = json!(refresh);
        }
        document(&answer)
    }

    fn serve(&mut self, request: &Request) -> Reply {
        let refused = || Reply {
            status: 401,
            headers: vec!["x-amzn-ErrorType: UnauthorizedException:".to_owned()],
            body: json!({"message": "Session token not found or invalid", "__type": "x"}).to_string(),
        };
        let token = header(request, "x-amz-sso_bearer_token").unwrap_or_default();
        let known = self.tokens.contains(token) && !self.deaf;
        let path = request.line.split('?').next().unwrap_or_default().to_owned();
        self.log.calls.push(path.clone());
        if !known {
            return refused();
        }
        match path.as_str() {
            "POST /logout" => {
                self.tokens.remove(token);
                Reply { status: 200, headers: Vec::new(), body: String::new() }
            }
            "GET /federation/credentials" => {
                if let Some((status, name)) = self.unassigned {
                    let headers = vec![format!("x-amzn-ErrorType: {name}:")];
                    return Reply { status, headers, body: json!({"message": "No access"}).to_string() };
                }
                let wanted = query(&request.line);
                let ends = (Timestamp::now() + SignedDuration::from_hours(1)).as_millisecond();
                document(&json!({"roleCredentials": {
                    "accessKeyId": format!("ASIA{}", wanted["role_name"].to_uppercase()),
                    "secretAccessKey": format!("{CANARY}-key"), "sessionToken": format!("{CANARY}-session"),
                    "expiration": ends,
                }}))
            }
            other => self.fault(format!("{other} is no operation")),
        }
    }
}
