//! STS on a loopback address: it checks each signature, and that no parameter comes twice.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use sha2::{Digest as _, Sha256};

use crate::harness::{CANARY, Sandbox};
use crate::loopback::{Loopback, Request};
use crate::services::{Shared, header, query};

/// A request: its parameters, and the access key ID that signed it, or an empty text.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) signed_by: String,
    pub(super) form: BTreeMap<String, String>,
}

pub(super) struct Sts {
    pub(super) server: Loopback,
    calls: Shared<Vec<Call>>,
    faults: Shared<Vec<String>>,
    /// The `PackedPolicySize` of its answers.
    pub(super) packed: Shared<Option<u32>>,
}

impl Sts {
    pub(super) fn start() -> Sts {
        let (calls, faults, packed) =
            (Shared::new(Vec::new()), Shared::new(Vec::new()), Shared::new(None::<u32>));
        let (to_calls, to_faults, of_packed) = (calls.clone(), faults.clone(), packed.clone());
        let server = Loopback::start(move |request| {
            let form = query(&format!("?{}", request.body));
            if form.len() != request.body.split('&').count() {
                to_faults.lock().push(format!("a parameter comes twice: {}", request.body));
            }
            let is_signed = form["Action"] != "AssumeRoleWithWebIdentity";
            let signed_by = if is_signed { signer(request, &mut to_faults.lock()) } else { String::new() };
            let body = answer(&form, &signed_by, *of_packed.lock());
            to_calls.lock().push(Call { signed_by, form });
            Some((200, body))
        });
        Sts { server, calls, faults, packed }
    }

    /// The requests since the last call of this function, of which nothing was wrong.
    #[track_caller]
    pub(super) fn take(&self) -> Vec<Call> {
        assert_eq!(*self.faults.lock(), Vec::<String>::new());
        std::mem::take(&mut *self.calls.lock())
    }

    /// The only request since the last call of these functions: its action and who signed it, and its other parameters.
    #[track_caller]
    pub(super) fn only(&self) -> (String, Vec<(String, String)>) {
        let calls = self.take();
        let [call] = &calls[..] else { panic!("{calls:#?}") };
        parameters(call)
    }

    /// A home that uses it.
    pub(super) fn home(&self) -> Sandbox {
        // boto3 reads this one.
        self.server.home().env("AWS_DEFAULT_REGION", "eu-west-1")
    }
}

/// The action and who signed it, and the parameters without those that every request has.
pub(super) fn parameters(call: &Call) -> (String, Vec<(String, String)>) {
    let mut form = call.form.clone();
    let action = form.remove("Action").expect("an action");
    assert_eq!(form.remove("Version").as_deref(), Some("2011-06-15"));
    (format!("{action} by {}", call.signed_by), form.into_iter().collect())
}

/// The answer. The key ID of a session names its role, or the user that it was made of.
fn answer(form: &BTreeMap<String, String>, signed_by: &str, packed: Option<u32>) -> String {
    let action = &form["Action"];
    if action == "GetCallerIdentity" {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/R/s</Arn>\
                <UserId>AROA:s</UserId><Account>123456789012</Account></GetCallerIdentityResult>\
                </GetCallerIdentityResponse>"
            .to_owned();
    }
    let seconds = form.get("DurationSeconds").map_or(3600, |seconds| seconds.parse().expect("a number"));
    let end = (Timestamp::now() + SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ");
    let name = match form.get("RoleArn") {
        Some(arn) => arn.rsplit('/').next().unwrap_or_default().to_owned(),
        None => format!("F{signed_by}"),
    };
    let packed =
        packed.map(|size| format!("<PackedPolicySize>{size}</PackedPolicySize>")).unwrap_or_default();
    format!(
        "<{action}Response><{action}Result><Credentials><AccessKeyId>ASIA{name}</AccessKeyId>\
         <SecretAccessKey>{CANARY}-of-{name}</SecretAccessKey><SessionToken>{CANARY}-token-of-{name}</SessionToken>\
         <Expiration>{end}</Expiration></Credentials>{packed}</{action}Result></{action}Response>"
    )
}

/// The access key ID of a request, whose signature is made again with its secret.
fn signer(request: &Request, faults: &mut Vec<String>) -> String {
    let authorization = header(request, "authorization").unwrap_or_default();
    let part = |name: &str| {
        let (_, rest) = authorization.split_once(name).unwrap_or_default();
        rest.split(',').next().unwrap_or_default().to_owned()
    };
    let (scope, headers, signature) = (part("Credential="), part("SignedHeaders="), part("Signature="));
    let (id, scope) = scope.split_once('/').unwrap_or_default();
    let session = id.strip_prefix("ASIA");
    let secret = session.map_or_else(|| CANARY.to_owned(), |name| format!("{CANARY}-of-{name}"));
    let token = session.map(|name| format!("{CANARY}-token-of-{name}"));
    if header(request, "x-amz-security-token") != token.as_deref() {
        faults.push(format!("{id} without its token, or with one"));
    }
    let lines = headers.split(';').fold(String::new(), |lines, name| {
        lines + name + ":" + header(request, name).unwrap_or_default() + "\n"
    });
    let canonical =
        format!("POST\n/\n\n{lines}\n{headers}\n{}", hex(&Sha256::digest(request.body.as_bytes())));
    let date = header(request, "x-amz-date").unwrap_or_default();
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical.as_bytes())));
    let signed = |key: &[u8], text: &str| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
    };
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| signed(&key, part));
    if hex(&signed(&key, &text)) != signature {
        faults.push(format!("a wrong signature of {id}"));
    }
    id.to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
