//! The portal of IAM Identity Center on a loopback address. It checks every member of the requests that it gets, and
//! refuses what AWS would refuse.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Request};

/// The cached sign-in to the session `corp`.
pub(crate) const TOKEN_FILE: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

pub(crate) const SESSION: &str =
    "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";

/// What the portal has, and how it behaves; tests change it between runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) accounts: Vec<Account>,
    /// The most elements of a page, whatever a request says.
    pub(crate) page: usize,
    /// Every third request is throttled.
    pub(crate) throttles: bool,
    /// The answer to requests for the roles of an account, instead of the roles.
    pub(crate) refused: BTreeMap<String, (u16, String)>,
    /// How long requests for roles take.
    pub(crate) delay: Duration,
    /// The answer to all requests.
    pub(crate) broken: Option<(u16, String)>,
    count: usize,
    mistakes: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) roles: Vec<String>,
}

pub(crate) struct Portal {
    server: Loopback,
    state: Arc<Mutex<State>>,
}

pub(crate) fn token() -> String {
    format!("{CANARY}-access-token")
}

/// An account whose ID ends with the digits `id`.
pub(crate) fn account(id: u32, name: &str, roles: &[&str]) -> Account {
    Account {
        id: format!("{id:012}"),
        name: (!name.is_empty()).then(|| name.to_owned()),
        email: (!name.is_empty()).then(|| format!("a{id}@example.org")),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    }
}

impl Portal {
    pub(crate) fn start(accounts: Vec<Account>) -> Portal {
        let state = Arc::new(Mutex::new(State { accounts, page: 2, ..State::default() }));
        let shared = Arc::clone(&state);
        let server = Loopback::start(move |request| {
            let delay = shared.lock().expect("the state").delay;
            if request.line.starts_with("GET /assignment/roles") {
                thread::sleep(delay);
            }
            let mut state = shared.lock().expect("the state");
            state.count += 1;
            Some(state.answer(request))
        });
        Portal { server, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the state")
    }

    pub(crate) fn url(&self) -> &str {
        &self.server.url
    }

    /// A home of a user who has signed in to the session `corp`.
    pub(crate) fn home(&self, config: &str) -> Sandbox {
        let kept = json!({
            "startUrl": "https://corp.awsapps.com/start",
            "region": "eu-west-1",
            "accessToken": token(),
            "expiresAt": "2099-01-01T00:00:00Z",
        });
        Sandbox::new()
            .env("AWS_ENDPOINT_URL_SSO", &self.server.url)
            .config([SESSION, config].concat())
            .file(TOKEN_FILE, kept.to_string())
    }

    /// The number of requests so far, all of which were right.
    #[track_caller]
    pub(crate) fn count(&self) -> usize {
        let state = self.state();
        assert_eq!(state.mistakes, Vec::<String>::new());
        state.count
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> (u16, String) {
        if self.throttles && self.count.is_multiple_of(3) {
            return fault(429, "TooManyRequestsException", "HTTP 429 Unknown Code");
        }
        if let Some(answer) = &self.broken {
            return answer.clone();
        }
        match self.checked(request) {
            Ok(answer) => answer,
            Err(mistake) => {
                self.mistakes.push(format!("{}: {mistake}", request.line));
                fault(400, "InvalidRequestException", &mistake)
            }
        }
    }

    fn checked(&self, request: &Request) -> Result<(u16, String), String> {
        let header = |name: &str| {
            let mut values =
                request.headers.iter().filter_map(|line| line.strip_prefix(&format!("{name}: ")));
            values.next().map(str::to_owned)
        };
        let bearer = header("x-amz-sso_bearer_token").ok_or("no bearer token")?;
        if header("authorization").is_some() || header("x-amz-date").is_some() {
            return Err("the request is signed".to_owned());
        }
        if !request.body.is_empty() {
            return Err("the request has a body".to_owned());
        }
        if bearer != token() {
            return Ok(fault(401, "UnauthorizedException", "Session token not found or invalid"));
        }
        let (path, query) = request.line.split_once('?').ok_or("no query")?;
        let mut members = BTreeMap::new();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').ok_or("a member without a value")?;
            if members.insert(name, value).is_some() {
                return Err(format!("{name} is given twice"));
            }
        }
        let most: usize =
            members.remove("max_result").ok_or("no max_result")?.parse().map_err(|_| "max_result")?;
        if !(1..=100).contains(&most) {
            return Err("max_result is not 1 to 100".to_owned());
        }
        let start: usize = match members.remove("next_token") {
            None => 0,
            // As it was given, which is not as it comes.
            Some(token) => {
                let number = token.strip_prefix("page%2F").and_then(|rest| rest.strip_suffix("%3D"));
                number.and_then(|number| number.parse().ok()).ok_or("a foreign next_token")?
            }
        };
        let account = members.remove("account_id");
        if let Some((name, _)) = members.first_key_value() {
            return Err(format!("{name} is unknown"));
        }
        let (list, all): (&str, Vec<Value>) = match (path, account) {
            ("GET /assignment/accounts", None) => {
                ("accountList", self.accounts.iter().map(Account::json).collect())
            }
            ("GET /assignment/roles", Some(id)) => {
                if let Some(answer) = self.refused.get(id) {
                    return Ok(answer.clone());
                }
                let account =
                    self.accounts.iter().find(|account| account.id == id).ok_or("a foreign account")?;
                let role = |role: &String| json!({"roleName": role, "accountId": id});
                ("roleList", account.roles.iter().map(role).collect())
            }
            _ => return Err("an unknown operation".to_owned()),
        };
        let end = (start + most.min(self.page)).min(all.len());
        let next = if end < all.len() { json!(format!("page/{end}=")) } else { Value::Null };
        Ok((200, json!({list: all[start..end], "nextToken": next}).to_string()))
    }
}

impl Account {
    fn json(&self) -> Value {
        let mut json = json!({"accountId": self.id, "emailAddress": self.email});
        if let Some(name) = &self.name {
            json["accountName"] = json!(name);
        }
        json
    }
}

pub(crate) fn fault(status: u16, kind: &str, message: &str) -> (u16, String) {
    (
        status,
        json!({"__type": format!("com.amazonaws.switchboard.portal#{kind}"), "message": message}).to_string(),
    )
}
