//! Who may talk at all.

use std::io::ErrorKind;
use std::sync::Arc;

use diwan::keys::NodeDir;
use diwan::link::ALPN;
use diwan_record::{KeyRole, PartnerId, PublicKey};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ED25519, date_time_ymd};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::world::{Side, World, eventually, pair};

/// A caller's certificate: whose name, whose key, until when.
pub(crate) struct Caller {
    pub(crate) name: PartnerId,
    pub(crate) key: KeyPair,
    pub(crate) until_year: i32,
}

impl Caller {
    fn stranger(name: &PartnerId) -> Self {
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        Self { name: name.clone(), key, until_year: 2099 }
    }

    /// With the real key of this node.
    pub(crate) fn of(side: &Side) -> Self {
        let pem = std::fs::read_to_string(side.path.join("keys/tls.pem")).unwrap();
        let key = KeyPair::from_pkcs8_pem_and_sign_algo(&pem, &PKCS_ED25519).unwrap();
        Self { name: side.id.clone(), key, until_year: 2099 }
    }

    /// Calls a node. The caller itself accepts anybody.
    pub(crate) async fn call(&self, side: &Side) -> std::io::Result<TlsStream<TcpStream>> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, self.name.as_str());
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(self.until_year, 1, 1);
        let certificate = params.self_signed(&self.key).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anybody))
            .with_client_auth_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(self.key.serialize_der()).unwrap(),
            )
            .unwrap();
        config.alpn_protocols = vec![ALPN.to_vec()];
        let tcp = TcpStream::connect(side.running.as_ref().unwrap().link).await?;
        let name = ServerName::try_from("diwan").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, tcp).await
    }

    /// Calls, says something, and listens: nothing may come back but the end.
    pub(crate) async fn is_refused_by(&self, side: &Side) {
        let Ok(mut stream) = self.call(side).await else {
            return;
        };
        // In TLS 1.3 a caller may speak before it learns that it was refused.
        let _ = stream.write_all(&[0, 0, 0, 0]).await;
        let mut heard = Vec::new();
        let ended = stream.read_to_end(&mut heard).await;
        assert!(heard.is_empty(), "{} got a byte of the exchange", self.name);
        let refused = ended.unwrap_err();
        assert!(
            matches!(refused.kind(), ErrorKind::InvalidData | ErrorKind::ConnectionReset),
            "{refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_100_only_the_pinned_key_within_its_period_is_heard() {
    let world = World::new();
    let (jor, mut irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    let mut real = Caller::of(&irq);
    irq.stop().await;
    eventually("the link is down", || async { !jor.link_is_up(&irq) }).await;

    // Its name, another key: a right name is worth nothing.
    Caller::stranger(&irq.id).is_refused_by(&jor).await;
    eventually("people are told why", || async {
        let (code, words) = jor.node().links.state(&irq.id).reason.unwrap_or_default();
        code == "link/wrong-key" && words == "IRQ refused: its key is not the one that was paired"
    })
    .await;
    // A stranger that nobody paired.
    Caller::stranger(&"SYR".parse().unwrap()).is_refused_by(&jor).await;
    // Its own key in an envelope that has run out.
    real.until_year = 2021;
    real.is_refused_by(&jor).await;
    assert!(!jor.link_is_up(&irq));
    // The same caller with a sound envelope is heard.
    real.until_year = 2099;
    let mut stream = real.call(&jor).await.unwrap();
    stream.write_all(&[0, 0, 0, 0]).await.unwrap();
    let mut first = [9; 4];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(first, [0; 4], "it says that it is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_100_a_paired_partner_at_the_address_of_another_is_not_that_other() {
    let world = World::new();
    let (jor, irq, tur) =
        (world.node("JOR").await, world.node("IRQ").await, world.node("TUR").await);
    pair(&jor, &tur).await;
    // JOR believes that IRQ listens where TUR does.
    let turkish = tur.running.as_ref().unwrap().link.to_string();
    jor.pair(&irq.offer(), |partner| partner.addresses = vec![turkish]).await;
    eventually("people are told why", || async {
        let line = jor.node().links.state(&irq.id);
        line.reason.is_some_and(|(code, _)| code == "link/wrong-key")
    })
    .await;
    assert!(!jor.link_is_up(&irq));
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_100_whoever_has_not_paired_us_says_so_and_nothing_passes() {
    let world = World::new();
    let (jor, irq) = (world.node("JOR").await, world.node("IRQ").await);
    jor.pair(&irq.offer(), |_| ()).await;
    eventually("the caller is told", || async {
        let line = jor.node().links.state(&irq.id);
        line.reason.is_some_and(|(code, _)| code == "link/refused-us")
    })
    .await;
    // Paired with another key of ours: the same from the other side.
    let other = diwan_record::Signer::new(KeyRole::Tls, &[7; 32]);
    let other: PublicKey = other.public().clone();
    irq.pair(&jor.offer(), |partner| partner.tls = other).await;
    eventually("the callee is told", || async {
        let line = irq.node().links.state(&jor.id);
        line.reason.is_some_and(|(code, _)| code == "link/wrong-key")
    })
    .await;
    assert!(!jor.link_is_up(&irq) && !irq.link_is_up(&jor));
}

#[test]
fn private_keys_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let path = world.dir.path().join("JOR");
    crate::world::make_dir(&path, "JOR");
    let dir = NodeDir::new(&path);
    for file in ["root.key", "keys/release.pem", "keys/receipt.pem", "keys/tls.pem"] {
        let mode = std::fs::metadata(path.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let open = path.join("keys/release.pem");
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = dir.signer(KeyRole::Release).unwrap_err().to_string();
    assert!(refused.contains("can be read by others"), "{refused}");
}

/// A caller that would talk to anybody.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}
