//! The operating system's verdict on a certificate, with the issuer's name for whoever has to mend it.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;
use x509_parser::prelude::{FromDer, X509Certificate};

const LONGEST_NAME: usize = 120;

/// Why a certificate is not trusted.
#[derive(Debug)]
pub(super) struct Distrusted {
    reason: String,
    issuer: String,
}

impl fmt::Display for Distrusted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; issued by {}", self.reason, self.issuer)
    }
}

impl std::error::Error for Distrusted {}

/// TLS 1.2 and 1.3, checked by the operating system.
pub(super) fn configuration() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = NamingVerifier(Verifier::new(Arc::clone(&provider))?);
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    let mut configuration = builder.with_no_client_auth();
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(configuration)
}

/// Leaves every decision to the platform's verifier and adds the issuer to its refusals.
#[derive(Debug)]
struct NamingVerifier(Verifier);

impl ServerCertVerifier for NamingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verdict = self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verdict.map_err(|error| {
            let distrusted = Distrusted { reason: reason(&error), issuer: issuer(end_entity) };
            CertificateError::Other(OtherError(Arc::new(distrusted))).into()
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

fn reason(error: &rustls::Error) -> String {
    use CertificateError as Said;
    let rustls::Error::InvalidCertificate(said) = error else { return "certificate refused".to_owned() };
    let words = if matches!(said, Said::Expired | Said::ExpiredContext { .. }) {
        "certificate expired"
    } else if matches!(said, Said::NotValidYet | Said::NotValidYetContext { .. }) {
        "certificate not valid yet"
    } else if matches!(said, Said::NotValidForName | Said::NotValidForNameContext { .. }) {
        "certificate for another host"
    } else if matches!(said, Said::UnknownIssuer) {
        "certificate of an unknown issuer"
    } else if matches!(said, Said::Revoked) {
        "certificate revoked"
    } else {
        return format!("certificate refused ({said})").chars().take(LONGEST_NAME).collect();
    };
    words.to_owned()
}

/// The issuer's common name, else its organization, else the whole name.
fn issuer(certificate: &CertificateDer<'_>) -> String {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else {
        return "nobody readable".to_owned();
    };
    let name = certificate.issuer();
    let common = name.iter_common_name().chain(name.iter_organization()).find_map(|part| part.as_str().ok());
    let shown = common.map_or_else(|| name.to_string(), str::to_owned);
    shown.chars().take(LONGEST_NAME).collect()
}
