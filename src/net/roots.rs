//! The certificate authorities that TLS trusts.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use super::Error;
use super::trust::Named;
use crate::origin::Located;
use crate::store;
use crate::world::NoHome;

/// The file of authorities that a setting or a variable names.
type Bundle = Located<Result<PathBuf, NoHome>>;

/// The largest CA bundle, in bytes. The one of all public authorities has a quarter of a million.
const LARGEST: u64 = 8 << 20;

/// A configuration that trusts nobody, for connections without TLS. It reads no file.
pub(super) fn none() -> Result<ClientConfig, Error> {
    Ok(builder(provider())?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// A configuration that trusts the authorities of `bundle`, or else those of the system, which the environment may
/// replace with the file `system`. Nothing else in this program is as slow as reading the system's.
pub(super) fn load(
    bundle: Option<&Bundle>,
    system: Option<&Located<PathBuf>>,
) -> Result<ClientConfig, Error> {
    let (provider, mut store) = (provider(), RootCertStore::empty());
    let Some(bundle) = bundle else {
        check_system(system)?;
        // Errors of the system's store are ignored here. If they matter, the check of a certificate fails, and its
        // error names a host instead of files that the user doesn't know.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return Ok(builder(provider)?.with_root_certificates(store).with_no_client_auth());
    };
    let certificates: Vec<CertificateDer<'static>> = certificates(&text(bundle)?).collect();
    // Certificates that can't be parsed are skipped, as OpenSSL skips other blocks in a bundle.
    store.add_parsable_certificates(certificates.iter().cloned());
    if store.is_empty() {
        return Err(empty(bundle));
    }
    let named = Named::new(store, certificates, Arc::clone(&provider)).map_err(Error::machine)?;
    let builder = builder(provider)?.dangerous().with_custom_certificate_verifier(Arc::new(named));
    Ok(builder.with_no_client_auth())
}

/// Refuses what [`load`] would refuse. Of the bundle's certificates it parses no more than the first.
pub(super) fn check(bundle: Option<&Bundle>, system: Option<&Located<PathBuf>>) -> Result<(), Error> {
    let Some(bundle) = bundle else { return check_system(system) };
    let is_usable = |certificate| RootCertStore::empty().add(certificate).is_ok();
    if certificates(&text(bundle)?).any(is_usable) { Ok(()) } else { Err(empty(bundle)) }
}

/// Refuses a bundle with a certificate because of which OpenSSL reads none of it.
pub(super) fn check_whole(bundle: &Bundle) -> Result<(), Error> {
    let text = text(bundle)?;
    // What `cat` makes of files that end without a line break.
    let is_joined = || text.contains("-----END CERTIFICATE----------BEGIN ");
    let mut blocks = CertificateDer::pem_slice_iter(text.as_bytes());
    let is_whole = |der: &[u8]| length(der).is_some_and(|length| length <= der.len());
    if is_joined() || !blocks.all(|block| block.is_ok_and(|der| is_whole(&der))) {
        let path = bundle.value.as_ref().unwrap_or_else(|home| &home.path);
        return Err(Error::DamagedCertificate { path: path.clone(), origin: bundle.origin.clone().into() });
    }
    Ok(())
}

/// `rustls_native_certs` would wait for a FIFO, and read a device without end.
fn check_system(system: Option<&Located<PathBuf>>) -> Result<(), Error> {
    let Some(Located { value: path, origin }) = system else { return Ok(()) };
    match store::read_small(path, LARGEST) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::CaBundle { path: path.clone(), source, origin: origin.clone().into() })
        }
        _ => Ok(()),
    }
}

fn empty(bundle: &Bundle) -> Error {
    let path = bundle.value.as_ref().unwrap_or_else(|home| &home.path);
    Error::NoCertificate { path: path.clone(), origin: bundle.origin.clone().into() }
}

fn text(Located { value, origin }: &Bundle) -> Result<String, Error> {
    let path =
        value.as_ref().map_err(|home| Error::NoHome { home: home.clone(), origin: origin.clone().into() })?;
    let failed =
        |source: io::Error| Error::CaBundle { path: path.clone(), source, origin: origin.clone().into() };
    let bytes = store::read_small(path, LARGEST).map_err(failed)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(failed(io::Error::other("it is UTF-16; save it as UTF-8")));
    }
    // Windows editors write byte order marks, and joined files have them in the middle.
    let text = String::from_utf8_lossy(&bytes).replace('\u{feff}', "");
    // As OpenSSL does, and `rustls` only with blanks.
    let bare = |line: &str| line.trim_end_matches(|c: char| c <= ' ' || !c.is_ascii()).len();
    let text = if text.lines().all(|line| bare(line) == line.len()) {
        text
    } else {
        text.lines().flat_map(|line| [&line[..bare(line)], "\n"]).collect()
    };
    // OpenSSL's other names for a certificate.
    Ok(["X509 ", "TRUSTED "].into_iter().fold(text, |text, other| {
        let label = format!("{other}CERTIFICATE-----");
        if text.contains(&label) { text.replace(&label, "CERTIFICATE-----") } else { text }
    }))
}

fn certificates(text: &str) -> impl Iterator<Item = CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(text.as_bytes()).filter_map(Result::ok).map(without_trust)
}

/// The certificate alone: in the form `TRUSTED CERTIFICATE`, OpenSSL appends the purposes that it is trusted for.
fn without_trust(der: CertificateDer<'static>) -> CertificateDer<'static> {
    match length(&der) {
        Some(length) if length < der.len() => CertificateDer::from(der[..length].to_vec()),
        _ => der,
    }
}

/// The length that a certificate says it has.
fn length(der: &[u8]) -> Option<usize> {
    // A sequence, whose length is in one or two bytes.
    match *der {
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([high, low]))),
        [0x30, 0x81, length, ..] => Some(3 + usize::from(length)),
        _ => None,
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn builder(provider: Arc<CryptoProvider>) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::machine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Origin;

    #[test]
    fn a_bundle_is_damaged_if_openssl_reads_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let bundle = Located::new(Ok(path.clone()), Origin::Default);
        let plain = include_str!("../../tests/cases/tls/ca.pem").trim_end();
        let lines: Vec<&str> = plain.lines().collect();
        let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n");
        for (text, is_whole) in [
            (format!("{plain}\n{plain}\n"), true),
            (format!("# x\n{plain}\nfoo: -----\n"), true),
            (format!("{plain}{plain}\n"), false),
            (format!("{plain}\n{}\n", without(1)), false),
            (format!("{plain}\n{}\n", without(lines.len() - 2)), false),
            (format!("{plain}\n{}\n", without(lines.len() - 1)), false),
            (format!("{plain}\n{}\n", plain.replace(lines[2], "!!!")), false),
        ] {
            std::fs::write(&path, &text).unwrap();
            assert_eq!(check_whole(&bundle).is_ok(), is_whole, "{text}");
            assert!(check(Some(&bundle), None).is_ok(), "{text}");
        }
    }

    #[test]
    fn whatever_is_invisible_behind_a_line_is_ignored_as_by_openssl() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let bundle = Located::new(Ok(path.clone()), Origin::Default);
        let plain = include_str!("../../tests/cases/tls/ca.pem");
        for end in ["\r\n", " \n", "\t\n", " \t \r\n", "\u{b}\u{c}\n", "\u{a0}\n"] {
            let text = format!("# Root CA\t\n{}é{end}\n", plain.replace('\n', end)).repeat(2);
            std::fs::write(&path, text).unwrap();
            assert!(check(Some(&bundle), None).is_ok() && check_whole(&bundle).is_ok(), "{end:?}");
            assert!(load(Some(&bundle), None).is_ok(), "{end:?}");
        }
    }

    #[test]
    fn the_names_that_openssl_has_for_a_certificate_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let bundle = Located::new(Ok(path.clone()), Origin::Default);
        let plain = include_str!("../../tests/cases/tls/ca.pem");
        let der = CertificateDer::from_pem_slice(plain.as_bytes()).unwrap();
        // `openssl x509 -addtrust serverAuth` writes a sequence behind the certificate.
        let trusted = [&*der, &[0x30, 0x0c, 0x30, 0x0a, 6, 8, 43, 6, 1, 5, 5, 7, 3, 1]].concat();
        let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, trusted);
        let lines: Vec<&str> = body.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
        let trusted = format!(
            "-----BEGIN TRUSTED CERTIFICATE-----\n{}\n-----END TRUSTED CERTIFICATE-----\n",
            lines.join("\n")
        );
        let old = plain.replace("CERTIFICATE", "X509 CERTIFICATE");
        for (text, is_read) in [(plain, true), (&old, true), (&trusted, true), ("none", false)] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(check(Some(&bundle), None).is_ok(), is_read, "{text}");
            assert_eq!(load(Some(&bundle), None).is_ok(), is_read, "{text}");
        }
    }
}
