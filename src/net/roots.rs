//! The certificate authorities that TLS trusts.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use super::Error;
use super::trust::Named;
use crate::store;

/// The largest CA bundle, in bytes. The one of all public authorities has a quarter of a million.
const LARGEST: u64 = 8 << 20;

/// A configuration that trusts nobody, for connections without TLS. It reads no file.
pub(super) fn none() -> Result<ClientConfig, Error> {
    Ok(builder(provider())?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// A configuration that trusts the authorities of `bundle`, or else those of the system, which the environment may
/// replace with the file `system`. Nothing else in this program is as slow as reading the system's.
pub(super) fn load(bundle: Option<&Path>, system: Option<&Path>) -> Result<ClientConfig, Error> {
    let (provider, mut store) = (provider(), RootCertStore::empty());
    let Some(path) = bundle else {
        check_system(system)?;
        // Errors of the system's store are ignored here. If they matter, the check of a certificate fails, and its
        // error names a host instead of files that the user doesn't know.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return Ok(builder(provider)?.with_root_certificates(store).with_no_client_auth());
    };
    let certificates = certificates(path)?;
    // Certificates that can't be parsed are skipped, as OpenSSL skips other blocks in a bundle.
    store.add_parsable_certificates(certificates.iter().cloned());
    if store.is_empty() {
        return Err(Error::NoCertificate { path: path.to_owned() });
    }
    let named = Named::new(store, certificates, Arc::clone(&provider)).map_err(Error::machine)?;
    let builder = builder(provider)?.dangerous().with_custom_certificate_verifier(Arc::new(named));
    Ok(builder.with_no_client_auth())
}

/// Refuses the files that [`load`] refuses.
pub(super) fn check(bundle: Option<&Path>, system: Option<&Path>) -> Result<(), Error> {
    let Some(path) = bundle else { return check_system(system) };
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(certificates(path)?);
    if store.is_empty() { Err(Error::NoCertificate { path: path.to_owned() }) } else { Ok(()) }
}

/// rustls_native_certs would wait for a FIFO, and read a device without end.
fn check_system(system: Option<&Path>) -> Result<(), Error> {
    match system.map(|path| (path, store::read_small(path, LARGEST))) {
        Some((path, Err(source))) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::CaBundle { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let failed = |source: io::Error| Error::CaBundle { path: path.to_owned(), source };
    let bytes = store::read_small(path, LARGEST).map_err(failed)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(failed(io::Error::other("it is UTF-16; save it as UTF-8")));
    }
    // Windows editors write byte order marks, and joined files have them in the middle.
    let text = String::from_utf8_lossy(&bytes).replace('\u{feff}', "");
    Ok(CertificateDer::pem_slice_iter(text.as_bytes()).filter_map(Result::ok).collect())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn builder(provider: Arc<CryptoProvider>) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::machine)
}
