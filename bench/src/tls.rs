//! Mutual TLS 1.3 between the bare programs: two self-made certificates, each pinned by the other.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rcgen::{CertificateParams, KeyPair, PKCS_ED25519};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::WebPkiClientVerifier;
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector};

const NAME: &str = "localhost";

/// Writes keys and certificates of both sides to a directory.
pub(crate) fn make(dir: &Path) -> Result<()> {
    for side in ["author", "partner"] {
        let key = KeyPair::generate_for(&PKCS_ED25519)?;
        let certificate = CertificateParams::new(vec![NAME.to_owned()])?.self_signed(&key)?;
        fs::write(dir.join(side).with_extension("crt"), certificate.der())?;
        fs::write(dir.join(side).with_extension("key"), key.serialize_der())?;
    }
    Ok(())
}

fn certificate(dir: &Path, side: &str) -> Result<CertificateDer<'static>> {
    Ok(fs::read(dir.join(side).with_extension("crt"))?.into())
}

fn key(dir: &Path, side: &str) -> Result<PrivateKeyDer<'static>> {
    let key = fs::read(dir.join(side).with_extension("key"))?;
    PrivateKeyDer::try_from(key).ok().context("no key")
}

fn only(certificate: CertificateDer<'static>) -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate)?;
    Ok(Arc::new(roots))
}

/// The provider the program uses.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

pub(crate) fn acceptor(dir: &Path) -> Result<TlsAcceptor> {
    let roots = only(certificate(dir, "author")?)?;
    let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider()).build()?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate(dir, "partner")?], key(dir, "partner")?)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

pub(crate) fn connector(dir: &Path) -> Result<(TlsConnector, ServerName<'static>)> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_root_certificates(only(certificate(dir, "partner")?)?)
        .with_client_auth_cert(vec![certificate(dir, "author")?], key(dir, "author")?)?;
    Ok((TlsConnector::from(Arc::new(config)), ServerName::try_from(NAME)?))
}
