//! Whom TLS trusts.

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

/// No bundle is larger, in bytes; that of all public authorities has a quarter of a million.
const LARGEST: u64 = 8 << 20;

/// A byte order mark. Editors of Windows put one in front, and files that are joined have it in the midst.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The configuration that trusts nobody, for connections without TLS: building it reads no file.
pub(super) fn none() -> Result<ClientConfig, Error> {
    Ok(builder(provider())?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// The configuration that trusts the authorities of `bundle`, or else those of the system, for which the environment
/// may name the file `system`. Reading the system's is
/// the most expensive thing that this program can do.
pub(super) fn load(bundle: Option<&Path>, system: Option<&Path>) -> Result<ClientConfig, Error> {
    let (provider, mut store) = (provider(), RootCertStore::empty());
    let Some(path) = bundle else {
        // The library that reads it would wait for a FIFO, and read a device without end.
        if let Some(path) = system
            && let Err(source) = store::read_small(path, LARGEST)
            && source.kind() != io::ErrorKind::NotFound
        {
            return Err(Error::CaBundle { path: path.to_owned(), source });
        }
        // A store that is missing or half readable shows when a certificate is checked: an error that names a
        // host is worth more than one about files that the user never asked for.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return Ok(builder(provider)?.with_root_certificates(store).with_no_client_auth());
    };
    let certificates = certificates(path)?;
    // Certificates that can't be parsed are passed over, as OpenSSL passes over other blocks in a bundle.
    store.add_parsable_certificates(certificates.iter().cloned());
    if store.is_empty() {
        return Err(Error::NoCertificate { path: path.to_owned() });
    }
    let named = Named::new(store, certificates, Arc::clone(&provider));
    let named = named.map_err(|reason| Error::Machine { reason })?;
    let builder = builder(provider)?.dangerous().with_custom_certificate_verifier(Arc::new(named));
    Ok(builder.with_no_client_auth())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let failed = |source: io::Error| Error::CaBundle { path: path.to_owned(), source };
    let bytes = store::read_small(path, LARGEST).map_err(failed)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(failed(io::Error::other("it is UTF-16; save it as UTF-8")));
    }
    let plain: Vec<u8> = match memchr::memmem::find(&bytes, BOM) {
        None => bytes.to_vec(),
        Some(_) => without_marks(&bytes),
    };
    Ok(CertificateDer::pem_slice_iter(&plain).filter_map(Result::ok).collect())
}

fn without_marks(bytes: &[u8]) -> Vec<u8> {
    let (mut plain, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = memchr::memmem::find(rest, BOM) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + BOM.len()..];
    }
    plain.extend_from_slice(rest);
    plain
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn builder(provider: Arc<CryptoProvider>) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Machine { reason: error.to_string() })
}
