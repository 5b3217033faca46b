//! A network that sends nothing.

use reqwest::Url;

use super::{Error, Net, Options, Request, headers, is_encrypted, plain, roots};

impl Net {
    /// A network that checks requests and sends none: what could be sent ends with [`Error::Closed`].
    pub fn closed(options: Options) -> Net {
        let mut net = Net::new(options);
        net.is_closed = true;
        net
    }

    /// Why a request isn't sent. Only files that a setting names are read.
    pub(super) fn unsent(&self, url: &Url, proxy: Option<&Url>, request: &Request) -> Error {
        let check = || {
            if is_encrypted(url, proxy) {
                roots::check(self.options.ca_bundle.as_ref(), self.options.system_bundle.as_ref())?;
            }
            headers(request).map(drop)
        };
        check().err().unwrap_or_else(|| Error::Closed { url: plain(url) })
    }
}
