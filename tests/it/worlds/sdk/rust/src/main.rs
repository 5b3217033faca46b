//! What the AWS SDK for Rust makes of the world that this process is in: `rust-sdk [PROFILE]` prints one JSON object.

use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Pauses between attempts change no answer; time limits are the connector's.
#[derive(Debug)]
struct Hurry;

impl AsyncSleep for Hurry {
    fn sleep(&self, pause: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(pause / 100))
    }
}

/// HTTP as far as the fake AWS speaks it. What would be HTTPS goes to it, too, under the name of the real host.
#[derive(Clone, Debug)]
struct Line {
    proxy: Option<String>,
    connect: Duration,
    read: Duration,
}

impl Line {
    fn new(settings: &HttpConnectorSettings) -> Line {
        let proxy = std::env::var("HTTPS_PROXY").ok();
        let connect = settings.connect_timeout().unwrap_or(Duration::from_secs(3));
        let read = settings.read_timeout().unwrap_or(Duration::from_secs(10));
        Line { proxy: proxy.map(|url| url.trim_start_matches("http://").to_owned()), connect, read }
    }

    async fn ask(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let uri = request.uri();
        let (scheme, rest) = uri.split_once("://").ok_or_else(|| other("no scheme"))?;
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let slash = if path.starts_with('/') { "" } else { "/" };
        let address = match (&self.proxy, scheme) {
            (Some(proxy), "https") => proxy.clone(),
            _ if host.rsplit(']').next().is_some_and(|end| end.contains(':')) => host.to_owned(),
            _ => format!("{host}:80"),
        };
        let connected = tokio::time::timeout(self.connect, TcpStream::connect(&address)).await;
        let mut stream = connected.map_err(|late| ConnectorError::timeout(late.into()))?.map_err(broken)?;
        let mut text = format!("{} {slash}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", request.method());
        for (name, value) in request.headers() {
            if !["host", "connection", "content-length"].contains(&name) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        let body = request.body().bytes().unwrap_or_default();
        text.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        let talk = async {
            stream.write_all(text.as_bytes()).await?;
            stream.write_all(body).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            Ok(answer)
        };
        let answer = tokio::time::timeout(self.read, talk).await;
        let answer = answer.map_err(|late| ConnectorError::timeout(late.into()))?.map_err(broken)?;
        response(&answer).ok_or_else(|| broken(std::io::Error::other("not an answer")))
    }
}

fn other(why: &str) -> ConnectorError {
    ConnectorError::user(why.into())
}

fn broken(error: std::io::Error) -> ConnectorError {
    ConnectorError::io(error.into())
}

fn response(answer: &[u8]) -> Option<HttpResponse> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.lines();
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let body = SdkBody::from(answer[end + 4..].to_vec());
    let mut response = HttpResponse::new(StatusCode::try_from(status).ok()?, body);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        response.headers_mut().insert(name.to_lowercase(), value.trim().to_owned());
    }
    Some(response)
}

impl HttpConnector for Line {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().ask(request))
    }
}

/// The configuration that the SDK's default chain makes.
async fn loaded(profile: Option<&str>) -> SdkConfig {
    let client = http_client_fn(|settings, _| SharedHttpConnector::new(Line::new(settings)));
    let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(client);
    let loader = loader.sleep_impl(SharedAsyncSleep::new(Hurry));
    match profile {
        Some(profile) => loader.profile_name(profile).load().await,
        None => loader.load().await,
    }
}

async fn found(config: &SdkConfig) -> Value {
    let Some(provider) = config.credentials_provider() else {
        return json!({"error": "no provider", "none": true});
    };
    match provider.provide_credentials().await {
        Ok(found) => json!({
            "access_key": found.access_key_id(),
            "secret_key": found.secret_access_key(),
            "token": found.session_token(),
            "account_id": found.account_id().map(|id| id.as_str()),
        }),
        Err(error) => {
            let none = matches!(error, CredentialsError::CredentialsNotLoaded(_));
            json!({"error": format!("{error:?}"), "none": none})
        }
    }
}

fn main() {
    // A panic is an answer.
    std::panic::set_hook(Box::new(|_| {}));
    let profile = std::env::args().nth(1);
    let caught = std::panic::catch_unwind(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let config = runtime.block_on(loaded(profile.as_deref()));
        let mut answer = runtime.block_on(found(&config));
        answer["region"] = json!(config.region().map(ToString::to_string));
        answer
    });
    let said = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
        json!({"error": format!("panic: {}", text.unwrap_or_default())})
    };
    println!("{}", caught.unwrap_or_else(said));
}
