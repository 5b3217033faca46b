//! Whom TLS trusts.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::Error;

/// The configuration that trusts nobody, for connections without TLS: building it reads no file.
pub(super) fn none() -> Result<ClientConfig, Error> {
    configuration(RootCertStore::empty())
}

/// The configuration that trusts the authorities of `bundle`, or else those of the system. Reading the system's is
/// the most expensive thing that this program can do.
pub(super) fn load(bundle: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut store = RootCertStore::empty();
    match bundle {
        Some(path) => {
            // Certificates that can't be parsed are passed over, as OpenSSL passes over other blocks in a bundle.
            store.add_parsable_certificates(certificates(path)?);
            if store.is_empty() {
                return Err(Error::NoCertificate { path: path.to_owned() });
            }
        }
        // A store that is missing or half readable shows when a certificate is checked: an error that names a
        // host is worth more than one about files that the user never asked for.
        None => {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    configuration(store)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let failed = |source: io::Error| Error::CaBundle { path: path.to_owned(), source };
    let bytes = fs::read(path).map_err(failed)?;
    Ok(CertificateDer::pem_slice_iter(&bytes).filter_map(Result::ok).collect())
}

fn configuration(store: RootCertStore) -> Result<ClientConfig, Error> {
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Machine { reason: error.to_string() })?;
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}
