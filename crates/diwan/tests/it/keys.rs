//! Renewing the keys a node speaks with, over real links.

use diwan::keys::NodeDir;
use diwan_record::{EntryKind, KeyRole, Precedence, PublicKey};
use diwan_room::{Holding, Partner, ROLES, partner_holds};

use crate::world::{Side, World, agree, eventually, now, pair};

fn renew(side: &Side, role: KeyRole) -> PublicKey {
    let dir = NodeDir::new(&side.path);
    dir.renew(role, &dir.root_key(), now()).unwrap().key
}

fn known(at: &Side, of: &Side) -> Partner {
    at.read(|ledger| Partner::find(ledger, &of.id)).unwrap()
}

async fn receipted(side: &Side, by: &Side, digest: &diwan_record::Digest) {
    eventually("the receipt is there", || async {
        let release = EntryKind::Release;
        let holding = side.read(|ledger| partner_holds(ledger, &by.id, release, digest));
        matches!(holding, Holding::Receipted(..))
    })
    .await;
}

/// Both ways: what each side writes under old and new keys arrives and is receipted.
#[tokio::test(flavor = "multi_thread")]
async fn attack_096_every_key_is_renewed_and_the_partner_learns_it_over_the_link() {
    let world = World::new();
    let (mut jor, irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    agree(&jor, &irq).await;
    let before = jor.report("under the first keys", Precedence::Routine).await;
    jor.release(&[before], &[&irq]).await;
    receipted(&jor, &irq, &before).await;
    let waiting = jor.report("written before, given after", Precedence::Routine).await;
    let first = known(&irq, &jor);

    jor.stop().await;
    let renewed = ROLES.map(|role| renew(&jor, role));
    jor.start().await;
    let after = jor.report("under the second keys", Precedence::Routine).await;
    jor.release(&[waiting, after], &[&irq]).await;
    let reply = irq.report("seen", Precedence::Routine).await;
    irq.release(&[reply], &[&jor]).await;
    for digest in [&waiting, &after] {
        receipted(&jor, &irq, digest).await;
        assert!(irq.holds(digest));
    }
    receipted(&irq, &jor, &reply).await;

    let second = known(&irq, &jor);
    assert_eq!([&second.release, &second.receipt, &second.tls], renewed.each_ref());
    let past: Vec<_> = second.past.iter().map(|past| past.key.clone()).collect();
    for key in [&first.release, &first.receipt, &first.tls] {
        assert!(past.contains(key), "what it signed stays verifiable");
    }
}

/// The connection itself is proved by the root's word, and the key before is refused from then on.
#[tokio::test(flavor = "multi_thread")]
async fn attack_096_the_link_key_before_is_not_heard_any_more() {
    let world = World::new();
    let (jor, mut irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    eventually("the link is up", || async { jor.link_is_up(&irq) }).await;
    let old = crate::peers::Caller::of(&irq);
    irq.stop().await;
    renew(&irq, KeyRole::Tls);
    irq.start().await;
    eventually("the link is up again", || async { jor.link_is_up(&irq) }).await;
    eventually("the new key is known", || async { !known(&jor, &irq).past.is_empty() }).await;
    irq.stop().await;
    eventually("the link is down", || async { !jor.link_is_up(&irq) }).await;
    old.is_refused_by(&jor).await;
}

#[test]
fn a_renewal_that_was_cut_off_is_finished_or_forgotten_by_the_next_start() {
    let world = World::new();
    let path = world.dir.path().join("JOR");
    crate::world::make_dir(&path, "JOR");
    let config = diwan::config::Config::load(&path).unwrap();
    let dir = NodeDir::new(&path);
    let opens = || dir.open(&config, now().plus(1)).unwrap().own.release.public().clone();
    let first = opens();
    let keys = path.join("keys");
    // The power failed after the new key and before the root's word on it: as if nothing was.
    std::fs::copy(keys.join("tls.pem"), keys.join("release.next")).unwrap();
    assert_eq!(opens(), first);
    // It failed after the word and before the key was in its place.
    let renewed = dir.renew(KeyRole::Release, &dir.root_key(), now()).unwrap().key;
    std::fs::rename(keys.join("release.pem"), keys.join("release.next")).unwrap();
    assert_eq!(opens(), renewed);
    // Another root can certify nothing here.
    let refused = dir.renew(KeyRole::Release, &keys.join("tls.pem"), now()).unwrap_err();
    assert!(refused.to_string().ends_with("is not the root key of this node"), "{refused}");
}
