//! Which servers are trusted: the rules of rustls, and one more for a bundle that the user named.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::x509::{Certificate, Reader};

/// Trusts certificates that chain to the bundle, and a server whose own certificate is in the bundle, byte for byte.
/// OpenSSL trusts both. rustls refuses many of the second kind: certificates that are an authority's too, that have
/// version 1, or that name their host only in the subject.
///
/// The second kind is checked, too: its time, host and purpose, and that the server has its key.
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
    ) -> Result<Named, VerifierBuilderError> {
        let algorithms = provider.signature_verification_algorithms;
        let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        Ok(Named { chains: chains?, certificates, algorithms })
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
        let verified =
            self.chains.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match verified {
            Err(refused) if self.is_named(end_entity) => {
                check(end_entity, server_name, now, &refused)?;
                Ok(ServerCertVerified::assertion())
            }
            verified => verified,
        }
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

/// Whether rustls could not parse the certificate, for example because it has version 1.
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
        // rustls doesn't look for names in the subject.
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            read.alternative_names.is_none()
        }
        _ => false,
    };
    if !may_be_named {
        return Err(refused.clone());
    }
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now < read.valid.0 {
        return Err(CertificateError::NotValidYet);
    }
    if now > read.valid.1 {
        return Err(CertificateError::Expired);
    }
    if !read.is_for(host) {
        return Err(CertificateError::NotValidForName);
    }
    if read.for_servers { Ok(()) } else { Err(CertificateError::InvalidPurpose) }
}

/// Verifies a signature as rustls does for certificates that it can parse: one of the scheme's algorithms has to fit the
/// key and the signature.
fn by_key(
    message: &[u8],
    certificate: &[u8],
    signed: &DigitallySignedStruct,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Result<HandshakeSignatureValid, Error> {
    let parts = || {
        let read = Certificate::read(certificate)?;
        let mut key = Reader(Reader(read.key).of(0x30)?);
        // The first byte of a bit string is the number of unused bits.
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
