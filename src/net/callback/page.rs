//! The pages that a browser sees. They are fixed texts: nothing of a request is in them, and no script.

use crate::net::inbound::Refusal;

/// What a page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Success,
    /// The sign-in page reported an error.
    Failure,
    Refused(Refusal),
}

impl Page {
    /// The whole response.
    pub(super) fn response(self) -> String {
        let (status, heading, text) = match self {
            Page::Success => {
                ("200 OK", "Sign-in received", "You can close this window and return to the terminal.")
            }
            Page::Failure => {
                ("200 OK", "Sign-in failed", "You can close this window. The terminal shows the reason.")
            }
            Page::Refused(Refusal::Bad | Refusal::Host | Refusal::Token) => {
                ("400 Bad Request", "Bad request", "xcred is waiting for another sign-in.")
            }
            Page::Refused(Refusal::NotFound) => ("404 Not Found", "Not found", "There is no such page."),
            Page::Refused(Refusal::Method) => {
                ("405 Method Not Allowed", "Method not allowed", "This address only supports GET.")
            }
        };
        let allow = if self == Page::Refused(Refusal::Method) { "Allow: GET\r\n" } else { "" };
        let body = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{heading} - xcred</title>\n\
             <style>body {{ font-family: sans-serif; margin: 4em auto; max-width: 32em; padding: 0 1em; \
             color-scheme: light dark }}</style>\n</head>\n<body>\n<h1>{heading}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
        );
        format!(
            "HTTP/1.1 {status}\r\n\
             Content-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\n\
             Cache-Control: no-store\r\n\
             Referrer-Policy: no-referrer\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
             {allow}Connection: close\r\n\r\n{body}",
            body.len()
        )
    }
}
