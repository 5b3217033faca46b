//! Looks up the addresses of a host by the system's rules, which is done on a thread: it can't be canceled, and may take long.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::thread;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

/// reqwest's own resolver uses tokio's threads, which end the process where none can be created.
pub(super) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, addresses) = oneshot::channel();
        let host = name.as_str().to_owned();
        let task = move || _ = found.send(look_up(&host));
        // Where no thread can be created, its end of the channel is dropped.
        let _ = thread::Builder::new().name("names".to_owned()).spawn(task);
        Box::pin(async move {
            // Then it is looked up here, while nothing else is done.
            let addresses = addresses.await.unwrap_or_else(|_| look_up(name.as_str()))?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The addresses have the port 0: the connection sets its own.
fn look_up(host: &str) -> io::Result<Vec<SocketAddr>> {
    Ok((host, 0).to_socket_addrs()?.collect())
}
