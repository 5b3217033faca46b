//! Hands a browser an address that is a secret: other users of the machine can see the arguments of the program that opens the
//! browser. So these have only an address of this machine, which leads on to the secret one, once.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use subtle::ConstantTimeEq as _;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

use super::request::target;
use super::{Site, serve};
use crate::net::inbound::{ListenError, Refusal, bind, runtime};
use crate::secret::Secret;

/// A port of 127.0.0.1, taken before the browser is opened.
pub struct Handover {
    listener: TcpListener,
    port: u16,
    /// The path that nobody can guess.
    key: Secret,
}

impl Handover {
    /// Takes a free port. `key` is a random text of letters, digits and hyphens.
    pub fn bind(key: impl Into<String>) -> Result<Handover, ListenError> {
        let (listener, port) = bind(0).map_err(ListenError::loopback)?;
        Ok(Handover { listener, port, key: Secret::new(key) })
    }

    /// The address to open in the browser.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}", self.port, self.key.expose())
    }

    /// Redirects the first request for the address to `secret`, an address of the web. Returns whether it came in time. Then
    /// the port is closed.
    pub fn redirect(self, secret: &Secret, within: Duration) -> Result<bool, ListenError> {
        let (runtime, listener) = runtime(self.listener).map_err(ListenError::loopback)?;
        let (events, received) = unbounded_channel();
        let (port, key) = (self.port, self.key);
        let judge = Arc::new(move |head: &[u8]| judge(head, port, &key));
        let served = serve(listener, Site { judge, events }, received, |()| response(secret));
        // The timer is created inside the runtime, because it needs the runtime's clock.
        Ok(runtime.block_on(async { timeout(within, served).await }).is_ok_and(|served| served.is_some()))
    }
}

fn judge(head: &[u8], port: u16, key: &Secret) -> Result<(), Refusal> {
    let (path, query) = target(head, port)?;
    let is_ours =
        path.strip_prefix('/').is_some_and(|path| path.as_bytes().ct_eq(key.expose().as_bytes()).into());
    if is_ours && query.is_empty() { Ok(()) } else { Err(Refusal::NotFound) }
}

fn response(secret: &Secret) -> String {
    format!(
        "HTTP/1.1 302 Found\r\n\
         Location: {}\r\n\
         Content-Length: 0\r\n\
         Cache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\n\
         Connection: close\r\n\r\n",
        secret.expose()
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::thread;
    use std::time::Instant;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    fn asked(port: u16, target: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_first_request_for_the_address_is_redirected_and_every_other_one_refused() {
        let handover = Handover::bind("k-1").unwrap();
        let (port, address) = (handover.port, handover.address());
        assert_eq!(address, format!("http://127.0.0.1:{port}/k-1"));
        // Browsers open connections ahead, on which nothing may come.
        let _idle = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let serving =
            thread::spawn(move || handover.redirect(&Secret::new("https://h/?t=CANARY"), LONG).unwrap());
        for target in ["/", "/k-2", "/k-1/", "/k-1?x", "/K-1", "//k-1", "/favicon.ico"] {
            let refused = asked(port, target);
            assert!(
                refused.starts_with("HTTP/1.1 404 ") && !refused.contains("CANARY"),
                "{target}: {refused}"
            );
        }
        let sent = asked(port, "/k-1");
        assert!(
            sent.starts_with("HTTP/1.1 302 ") && sent.contains("\r\nLocation: https://h/?t=CANARY\r\n"),
            "{sent}"
        );
        assert!(serving.join().unwrap());
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    }

    #[test]
    fn a_browser_that_never_comes_is_not_waited_for() {
        let (handover, start) = (Handover::bind("k").unwrap(), Instant::now());
        assert!(!handover.redirect(&Secret::new("https://h/"), Duration::from_millis(50)).unwrap());
        assert!(start.elapsed() < LONG);
    }
}
