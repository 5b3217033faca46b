//! The sign-in of the console.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Log, Shared, body, check_members, document, error, header, query};
use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Reply, Request};

pub(crate) struct State {
    pub(crate) log: Log,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    /// Refresh tokens that were not used yet, and the key that each is bound to; none yet for a token of a test.
    pub(crate) refresh_tokens: HashMap<String, Option<String>>,
    /// The identifiers of the proofs.
    proofs: HashSet<String>,
    /// The error instead of credentials: status, name, code.
    pub(crate) refusal: Option<(u16, &'static str, &'static str)>,
    pub(crate) thinking: Duration,
    /// Who signs in.
    pub(crate) principal: String,
    pub(crate) lasting: i64,
    issued: usize,
    /// Its own address.
    url: String,
}

/// The service; it ends with the test.
pub(crate) struct Console {
    pub(crate) server: Loopback,
    state: Shared<State>,
}

/// The principal that signs in, unless a test says otherwise.
pub(crate) const PRINCIPAL: &str = "arn:aws:sts::111122223333:assumed-role/Admin/joe";

impl Console {
    pub(crate) fn start() -> Console {
        Console::with_clock(SignedDuration::ZERO)
    }

    /// The service with a clock that is ahead of this machine's.
    pub(crate) fn with_clock(ahead: SignedDuration) -> Console {
        let state = Shared::new(State {
            log: Log::default(),
            codes: BTreeMap::new(),
            refresh_tokens: HashMap::new(),
            proofs: HashSet::new(),
            refusal: None,
            thinking: Duration::ZERO,
            principal: PRINCIPAL.to_owned(),
            lasting: 900,
            issued: 0,
            url: String::new(),
        });
        let shared = state.clone();
        let server = Loopback::replying(ahead, move |request| {
            let thinking = shared.lock().thinking;
            std::thread::sleep(thinking);
            Some(shared.lock().answer(request))
        });
        state.lock().url.clone_from(&server.url);
        Console { server, state }
    }

    pub(crate) fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock())
    }

    pub(crate) fn calls(&self) -> Vec<String> {
        self.state(|state| state.log.calls.clone())
    }

    pub(crate) fn home(&self) -> Sandbox {
        Sandbox::new().env("AWS_ENDPOINT_URL_SIGNIN", &self.server.url)
    }

    /// A sign-in that is cached, with so many seconds left, and this key.
    pub(crate) fn cached_token(&self, left: i64, key: &str) -> Value {
        let ends =
            (Timestamp::now() + SignedDuration::from_secs(left)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let refresh = format!("{CANARY}-refresh-0");
        self.state(|state| state.refresh_tokens.insert(refresh.clone(), None));
        json!({
            "accessToken": {
                "accessKeyId": "ASIAOLD", "secretAccessKey": format!("{CANARY}-old"),
                "sessionToken": format!("{CANARY}-old-token"), "accountId": "111122223333", "expiresAt": ends,
            },
            "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": refresh,
            "idToken": format!("{CANARY}.id"), "dpopKey": key, "signInRegion": "eu-west-1",
        })
    }

    /// The user signs in at this address and agrees. Returns the address to which the browser goes back.
    pub(crate) fn agree(&self, address: &str) -> String {
        let wanted = query(address);
        let (redirect, given) = (wanted["redirect_uri"].clone(), wanted["state"].clone());
        let code = format!("{CANARY}-console-code");
        self.state(|state| {
            let expected = [
                "client_id",
                "code_challenge",
                "code_challenge_method",
                "redirect_uri",
                "response_type",
                "scope",
                "state",
            ];
            let names: Vec<&str> = wanted.keys().map(String::as_str).collect();
            let is_right = names == expected
                && address.starts_with(&format!("{}/v1/authorize?", state.url))
                && wanted["response_type"] == "code"
                && wanted["code_challenge_method"] == "SHA-256"
                && wanted["code_challenge"].len() == 43
                && wanted["scope"] == "openid";
            if !is_right {
                state.log.faults.push(format!("authorize: {address}"));
            }
            state.codes.insert(code.clone(), wanted);
        });
        format!("{redirect}?code={}&state={given}", code.replace('+', "%2B").replace('/', "%2F"))
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let faults = self.state(|state| std::mem::take(&mut state.log.faults));
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}

impl State {
    fn fault(&mut self, what: String) -> Reply {
        self.log.faults.push(what);
        error(400, "ValidationException", "INVALID_REQUEST")
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let sent = body(request, &mut self.log.faults);
        if request.line != "POST /v1/token" {
            return self.fault(format!("{} is no operation", request.line));
        }
        let text = |name: &str| sent[name].as_str().unwrap_or_default();
        self.log.calls.push(format!("CreateOAuth2Token {}", text("grantType")));
        let key = match self.proven(header(request, "dpop").unwrap_or_default()) {
            Ok(key) => key,
            Err(fault) => return self.fault(fault),
        };
        match text("grantType") {
            "authorization_code" => {
                let expected = ["clientId", "grantType", "code", "codeVerifier", "redirectUri"];
                check_members("code", &sent, &expected, &mut self.log.faults);
                if let Some((status @ 500.., name, code)) = self.refusal {
                    return error(status, name, code);
                }
                let Some(wanted) = self.codes.remove(text("code")) else {
                    return self.fault("a code that nobody has".to_owned());
                };
                let challenge = BASE64.encode(Sha256::digest(text("codeVerifier")));
                if wanted["code_challenge"] != challenge
                    || wanted["redirect_uri"] != text("redirectUri")
                    || wanted["client_id"] != text("clientId")
                {
                    return self.fault(format!("exchange: {sent}"));
                }
            }
            "refresh_token" => {
                check_members(
                    "refresh",
                    &sent,
                    &["clientId", "grantType", "refreshToken"],
                    &mut self.log.faults,
                );
                if let Some((status, name, code)) = self.refusal {
                    return error(status, name, code);
                }
                match self.refresh_tokens.remove(text("refreshToken")) {
                    None => {
                        self.log.faults.push("a dead refresh token".to_owned());
                        return error(400, "AccessDeniedException", "TOKEN_EXPIRED");
                    }
                    Some(Some(bound)) if bound != key => return self.fault("another key".to_owned()),
                    Some(_) => {}
                }
            }
            other => return self.fault(format!("grant type {other}")),
        }
        if let Some((status, name, code)) = self.refusal {
            return error(status, name, code);
        }
        self.issued += 1;
        let refresh = format!("{CANARY}-refresh-{}", self.issued);
        self.refresh_tokens.insert(refresh.clone(), Some(key));
        let mut answer = json!({
            "accessToken": {
                "accessKeyId": format!("ASIANEW{}", self.issued), "secretAccessKey": format!("{CANARY}-new"),
                "sessionToken": format!("{CANARY}-new-token"),
            },
            "tokenType": "aws_sigv4", "expiresIn": self.lasting, "refreshToken": refresh,
        });
        if text("grantType") == "authorization_code" {
            let claims = BASE64.encode(json!({"sub": self.principal}).to_string());
            answer["idToken"] = json!(format!("e30.{claims}.{}", BASE64.encode(CANARY)));
        }
        document(&answer)
    }

    /// The key that signed a proof, if it is right.
    fn proven(&mut self, proof: &str) -> Result<String, String> {
        let wrong = |what: &str| format!("a proof with {what}: {proof}");
        let parts: Vec<&str> = proof.split('.').collect();
        let [header, claims, signature] = parts[..] else { return Err(wrong("no three parts")) };
        let decoded = |part: &str| BASE64.decode(part).map_err(|_| wrong("a part that is not base64url"));
        let parsed =
            |part: &str| serde_json::from_slice::<Value>(&decoded(part)?).map_err(|_| wrong("no JSON"));
        let (header_, claims_) = (parsed(header)?, parsed(claims)?);
        let jwk = &header_["jwk"];
        if header_["typ"] != "dpop+jwt"
            || header_["alg"] != "ES256"
            || jwk["kty"] != "EC"
            || jwk["crv"] != "P-256"
        {
            return Err(wrong("another header"));
        }
        let [x, y] = ["x", "y"].map(|name| jwk[name].as_str().unwrap_or_default());
        let point = [&[4][..], &decoded(x)?, &decoded(y)?].concat();
        let key = VerifyingKey::from_sec1_bytes(&point).map_err(|_| wrong("no point"))?;
        let signature = Signature::from_slice(&decoded(signature)?).map_err(|_| wrong("no signature"))?;
        key.verify(format!("{header}.{claims}").as_bytes(), &signature)
            .map_err(|_| wrong("a false signature"))?;
        let age = Timestamp::now().as_second() - claims_["iat"].as_i64().unwrap_or_default();
        if claims_["htm"] != "POST"
            || claims_["htu"] != format!("{}/v1/token", self.url)
            || !(-60..=60).contains(&age)
        {
            return Err(wrong("other claims"));
        }
        if !self.proofs.insert(claims_["jti"].as_str().unwrap_or_default().to_owned()) {
            return Err(wrong("an identifier that was used"));
        }
        Ok(format!("{x}.{y}"))
    }
}
