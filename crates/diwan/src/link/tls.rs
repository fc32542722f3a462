//! Who is at the other end: TLS 1.3 with both keys pinned, and no authority in between.
//!
//! A certificate here is only the envelope of a key: self-made, with the period the root gave the
//! key. What counts is that the key is exactly the one pinned when pairing, that the period holds,
//! and that the other side signs the handshake with it. A partner that renewed its key shows its
//! root's word on the new one in the certificate; the root was pinned when pairing as well. All of it is decided inside the handshake,
//! before the first byte of the exchange is read.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use anyhow::{Context as _, Result};
use diwan_record::{KeyRole, Moment, PartnerId, SignedStatement};
use diwan_room::Partner;
use rcgen::{
    CertificateParams, CustomExtension, DistinguishedName, DnType, KeyPair, PKCS_ED25519,
    date_time_ymd,
};
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct,
    DistinguishedName as Hint, Error, ServerConfig, SignatureScheme, version::TLS13,
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, client, server};
use x509_parser::der_parser::Oid;
use x509_parser::prelude::{ASN1Time, FromDer as _, X509Certificate};

use super::{ALPN, Why};
use crate::keys::Tls;

/// An Ed25519 SubjectPublicKeyInfo is these bytes and then the key (RFC 8410).
const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];

/// The paired partners, whose keys and roots are accepted.
pub(super) type Pins = BTreeMap<PartnerId, Partner>;

/// Where a certificate carries the root's word on its key: a name of its own under the arc of
/// UUIDs (ITU-T X.667), so that nobody else's extension is taken for it.
const STATEMENT: [u64; 4] = [2, 25, 1_741_500_000, 14];

/// This node's key for links, and those it accepts.
#[derive(Debug)]
pub struct Identity {
    certified: Arc<SingleCertAndKey>,
    provider: Arc<CryptoProvider>,
    pins: RwLock<Arc<Pins>>,
}

/// A caller that was refused, and whom it claimed to be.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) why: Why,
    pub(super) claims: Option<PartnerId>,
}

impl Identity {
    /// # Errors
    /// The key is not a sound Ed25519 key in PKCS#8.
    pub fn new(partner: &PartnerId, tls: &Tls) -> Result<Self> {
        let key = KeyPair::from_pkcs8_pem_and_sign_algo(&tls.pem, &PKCS_ED25519)
            .context("the tls key cannot be read")?;
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, partner.as_str());
        let (year, month, day) = day_of(tls.from)?;
        params.not_before = date_time_ymd(year, month, day);
        let (year, month, day) = day_of(tls.until)?;
        params.not_after = date_time_ymd(year, month, day);
        let statement = CustomExtension::from_oid_content(&STATEMENT, tls.statement.to_bytes());
        params.custom_extensions = vec![statement];
        let certificate = params.self_signed(&key).context("the certificate cannot be made")?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let private = PrivateKeyDer::try_from(key.serialize_der())
            .map_err(|fault| anyhow::anyhow!("the tls key cannot be used: {fault}"))?;
        let chain = vec![certificate.der().clone()];
        let certified = CertifiedKey::from_der(chain, private, &provider)?;
        Ok(Self {
            certified: Arc::new(SingleCertAndKey::from(certified)),
            provider,
            pins: RwLock::default(),
        })
    }

    /// From now on exactly these keys are accepted.
    pub(super) fn pin(&self, pins: Pins) {
        *self.pins.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pins);
    }

    /// Proves who we are to `partner` and sees that it is `partner`.
    pub(super) async fn dial(
        &self,
        tcp: TcpStream,
        partner: &PartnerId,
    ) -> Result<client::TlsStream<TcpStream>, Why> {
        let verifier = Arc::new(self.verifier(Some(partner.clone())));
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&TLS13])
            .map_err(|fault| Why::Broken(fault.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&verifier) as Arc<_>)
            .with_client_cert_resolver(Arc::clone(&self.certified) as Arc<_>);
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.enable_sni = false;
        // Every connection proves everything again.
        config.resumption = Resumption::disabled();
        let name = ServerName::try_from("diwan").map_err(|_| Why::OtherLanguage)?;
        let connector = TlsConnector::from(Arc::new(config));
        let stream = connector.connect(name, tcp).await.map_err(|fault| Why::of_io(&fault))?;
        match stream.get_ref().1.alpn_protocol() {
            Some(ALPN) => Ok(stream),
            _ => Err(Why::OtherLanguage),
        }
    }

    /// Proves who we are to a caller and sees which partner it is.
    pub(super) async fn answer(
        &self,
        tcp: TcpStream,
    ) -> Result<(PartnerId, server::TlsStream<TcpStream>), Refused> {
        let verifier = Arc::new(self.verifier(None));
        let refused = |why| Refused { why, claims: verifier.claims.get().cloned() };
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&TLS13])
            .map_err(|fault| refused(Why::Broken(fault.to_string())))?
            .with_client_cert_verifier(Arc::clone(&verifier) as Arc<_>)
            .with_cert_resolver(Arc::clone(&self.certified) as Arc<_>);
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.send_tls13_tickets = 0;
        config.max_early_data_size = 0;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let stream = acceptor.accept(tcp).await.map_err(|fault| refused(Why::of_io(&fault)))?;
        let found = verifier.found.get().cloned();
        match (found, stream.get_ref().1.alpn_protocol()) {
            (Some(partner), Some(ALPN)) => Ok((partner, stream)),
            _ => Err(refused(Why::OtherLanguage)),
        }
    }

    fn verifier(&self, only: Option<PartnerId>) -> Verifier {
        Verifier {
            pins: Arc::clone(&self.pins.read().unwrap_or_else(PoisonError::into_inner)),
            only,
            provider: Arc::clone(&self.provider),
            found: OnceLock::new(),
            claims: OnceLock::new(),
        }
    }
}

/// Certificates hold from midnight to midnight.
fn day_of(moment: Moment) -> Result<(i32, u8, u8)> {
    let date = moment.date().to_string();
    let parts: Vec<u16> = date.split('-').map_while(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else { anyhow::bail!("the tls key has no sound period") };
    Ok((i32::from(year), u8::try_from(month)?, u8::try_from(day)?))
}

/// Judges one certificate of one handshake.
#[derive(Debug)]
struct Verifier {
    pins: Arc<Pins>,
    /// Whom we dialled; a caller may be any paired partner.
    only: Option<PartnerId>,
    provider: Arc<CryptoProvider>,
    /// Whose key it is. Counts only once the handshake is over: it is signed last.
    found: OnceLock<PartnerId>,
    /// Whose it says it is; good for a log line and for nothing else.
    claims: OnceLock<PartnerId>,
}

impl Verifier {
    fn judge(&self, der: &CertificateDer<'_>, more: usize, now: UnixTime) -> Result<(), Error> {
        let bad = || Error::InvalidCertificate(CertificateError::BadEncoding);
        let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| bad())?;
        if !rest.is_empty() || more > 0 {
            return Err(bad());
        }
        let name = certificate.subject().iter_common_name().next();
        if let Some(claims) = name.and_then(|name| name.as_str().ok()?.parse().ok()) {
            let _ = self.claims.set(claims);
        }
        let wrong = || Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
        let (spki, key) =
            certificate.public_key().raw.split_at_checked(ED25519_SPKI.len()).ok_or_else(wrong)?;
        let key: &[u8; 32] = key.try_into().map_err(|_| wrong())?;
        let partner = self.whose(key, &certificate).filter(|_| spki == ED25519_SPKI);
        let partner = partner.ok_or_else(wrong)?;
        if self.only.as_ref().is_some_and(|only| only != partner) {
            return Err(wrong());
        }
        let now = i64::try_from(now.as_secs()).map_err(|_| bad())?;
        let now = ASN1Time::from_timestamp(now).map_err(|_| bad())?;
        if !certificate.validity().is_valid_at(now) {
            return Err(Error::InvalidCertificate(CertificateError::Expired));
        }
        let _ = self.found.set(partner.clone());
        Ok(())
    }

    /// The partner whose pinned key this is, or whose root certified it after the pinned one.
    fn whose(&self, key: &[u8; 32], certificate: &X509Certificate<'_>) -> Option<&PartnerId> {
        let pinned = self.pins.values().find(|one| one.tls.to_bytes() == *key);
        let renewed = || {
            let partner = self.pins.get(self.claims.get()?)?;
            let oid = Oid::from(&STATEMENT).ok()?;
            let carried = certificate.get_extension_unique(&oid).ok()??;
            let signed = SignedStatement::read(carried.value).ok()?;
            let statement = partner.certify(&signed).ok()?;
            let right = statement.role == KeyRole::Tls && statement.key.to_bytes() == *key;
            (right && partner.is_current(&statement)).then_some(partner)
        };
        pinned.or_else(renewed).map(|partner| &partner.id)
    }

    fn verify_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }
}

/// TLS 1.2 is not offered, so nothing can be negotiated down to it.
fn no_tls12() -> Error {
    Error::General("only tls 1.3 is spoken here".to_owned())
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.judge(end_entity, intermediates.len(), now)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

impl ClientCertVerifier for Verifier {
    fn root_hint_subjects(&self) -> &[Hint] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.judge(end_entity, intermediates.len(), now)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

impl Why {
    /// What an error on the connection means. TLS errors travel inside those of the system.
    pub(super) fn of_io(fault: &std::io::Error) -> Self {
        let tls = fault.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
        match tls {
            Some(Error::InvalidCertificate(CertificateError::Expired)) => Self::Expired,
            Some(Error::InvalidCertificate(_)) => Self::WrongKey,
            Some(Error::AlertReceived(
                AlertDescription::AccessDenied
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateRequired
                | AlertDescription::BadCertificate,
            )) => Self::RefusedUs,
            Some(
                Error::AlertReceived(_)
                | Error::NoApplicationProtocol
                | Error::PeerIncompatible(_)
                | Error::InvalidMessage(_),
            ) => Self::OtherLanguage,
            Some(other) => Self::Broken(other.to_string()),
            None if fault.kind() == std::io::ErrorKind::UnexpectedEof => Self::Closed,
            None => Self::Broken(fault.kind().to_string()),
        }
    }
}
