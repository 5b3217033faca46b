//! What a client gets: JSON in the form of the container credentials of ECS, which every SDK reads.
//!
//! No header lets a page on the web read a response.

use crate::net::inbound::Refusal;
use crate::secret::Secret;

/// The answer to a request with the token: a document in JSON.
pub enum Answer {
    Credentials(Secret),
    /// Why there are none. The SDKs show it; it must not have a secret in it.
    Unavailable(String),
}

impl Answer {
    pub(super) fn response(&self) -> Secret {
        match self {
            Answer::Credentials(document) => response("200 OK", "", document.expose()),
            Answer::Unavailable(document) => response("503 Service Unavailable", "", document),
        }
    }
}

impl Refusal {
    /// The whole response. Its texts are fixed: nothing of a request is in them.
    pub(super) fn response(self) -> Secret {
        let (status, header, code, message) = match self {
            Refusal::Bad => ("400 Bad Request", "", "BadRequest", "not an HTTP request"),
            Refusal::Host => ("403 Forbidden", "", "AccessDenied", "the request is for another host"),
            Refusal::NotFound => ("404 Not Found", "", "NotFound", "there is nothing at this path"),
            Refusal::Method => (
                "405 Method Not Allowed",
                "Allow: GET\r\n",
                "MethodNotAllowed",
                "this address only supports GET",
            ),
            Refusal::Token => {
                ("403 Forbidden", "", "AccessDenied", "the authorization token is missing or wrong")
            }
        };
        response(status, header, &format!("{{\"code\":\"{code}\",\"message\":\"{message}\"}}\n"))
    }
}

fn response(status: &str, header: &str, body: &str) -> Secret {
    let length = body.len();
    // Large enough never to grow, which would leave a copy in memory.
    let mut response = String::with_capacity(512 + length);
    response.push_str(&format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n{header}Connection: close\r\n\r\n"
    ));
    response.push_str(body);
    Secret::new(response)
}
