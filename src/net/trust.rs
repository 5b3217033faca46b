//! Which server is believed: the rules of rustls, and for a bundle that the user named one more.

use std::cmp::Ordering;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::x509::{Certificate, Reader};

/// Believes what chains to the bundle, and a server whose own certificate is in the bundle, byte for byte: the user
/// named that very certificate. OpenSSL believes both. Of the second rustls refuses many, such as those that are an
/// authority's too, that have version 1, or that name their host in the subject alone.
///
/// Also of such a certificate time, host and purpose are checked, and that the server has its key.
#[derive(Debug)]
pub(super) struct Named {
    chains: Arc<WebPkiServerVerifier>,
    certificates: Vec<CertificateDer<'static>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Named {
    pub(super) fn new(
        roots: RootCertStore,
        certificates: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Named, String> {
        let algorithms = provider.signature_verification_algorithms;
        let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        Ok(Named { chains: chains.map_err(|error| error.to_string())?, certificates, algorithms })
    }

    fn is_named(&self, certificate: &CertificateDer<'_>) -> bool {
        self.certificates.iter().any(|named| named == certificate)
    }
}

impl ServerCertVerifier for Named {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let refused = match self.chains.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        ) {
            Ok(verified) => return Ok(verified),
            Err(refused) => refused,
        };
        if !self.is_named(end_entity) {
            return Err(refused);
        }
        check(end_entity, server_name, now, &refused).map_err(Error::InvalidCertificate)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match self.chains.verify_tls12_signature(message, certificate, signed) {
            Err(error) if is_unread(&error) && self.is_named(certificate) => {
                by_key(message, certificate, signed, &self.algorithms)
            }
            verified => verified,
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match self.chains.verify_tls13_signature(message, certificate, signed) {
            Err(error) if is_unread(&error) && self.is_named(certificate) => {
                let read = Certificate::read(certificate).ok_or(CertificateError::BadEncoding)?;
                let key = SubjectPublicKeyInfoDer::from(read.key);
                verify_tls13_signature_with_raw_key(message, &key, signed, &self.algorithms)
            }
            verified => verified,
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chains.supported_verify_schemes()
    }
}

/// Whether the certificate was not even read, as those of version 1 are not.
fn is_unread(error: &Error) -> bool {
    matches!(error, Error::InvalidCertificate(CertificateError::Other(_) | CertificateError::BadEncoding))
}

/// Checks a certificate that the user named and rustls refused.
fn check(
    certificate: &[u8],
    host: &ServerName<'_>,
    now: UnixTime,
    refused: &Error,
) -> Result<(), CertificateError> {
    let Error::InvalidCertificate(refused) = refused else {
        return Err(CertificateError::ApplicationVerificationFailure);
    };
    let read = Certificate::read(certificate).ok_or(CertificateError::BadEncoding)?;
    let may_be_named = match refused {
        CertificateError::UnknownIssuer | CertificateError::Other(_) | CertificateError::BadEncoding => true,
        // Names are refused for good, unless the only one is where rustls doesn't look.
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            !read.has_alternative_names()
        }
        _ => false,
    };
    if !may_be_named {
        return Err(refused.clone());
    }
    match read.compare(i64::try_from(now.as_secs()).unwrap_or(i64::MAX)) {
        Ordering::Less => return Err(CertificateError::NotValidYet),
        Ordering::Greater => return Err(CertificateError::Expired),
        Ordering::Equal => {}
    }
    if !read.is_for(host) {
        return Err(CertificateError::NotValidForName);
    }
    if read.is_for_servers() { Ok(()) } else { Err(CertificateError::InvalidPurpose) }
}

/// The same as rustls does for certificates that it can read: one of the algorithms of the scheme has to fit the key
/// and the signature.
fn by_key(
    message: &[u8],
    certificate: &[u8],
    signed: &DigitallySignedStruct,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Result<HandshakeSignatureValid, Error> {
    let parts = || {
        let read = Certificate::read(certificate)?;
        let mut key = Reader(Reader(read.key).of(0x30)?);
        // The key is a string of bits, none of which is unused.
        let (algorithm, bits) = (key.of(0x30)?, key.of(0x03)?);
        Some((algorithm, bits.strip_prefix(&[0])?))
    };
    let (algorithm, key) = parts().ok_or(CertificateError::BadEncoding)?;
    let of_scheme = algorithms.mapping.iter().filter(|(scheme, _)| *scheme == signed.scheme);
    let valid = of_scheme.flat_map(|(_, algorithms)| algorithms.iter()).any(|candidate| {
        candidate.public_key_alg_id().as_ref() == algorithm
            && candidate.verify_signature(key, message, signed.signature()).is_ok()
    });
    if valid {
        Ok(HandshakeSignatureValid::assertion())
    } else {
        Err(Error::InvalidCertificate(CertificateError::BadSignature))
    }
}
