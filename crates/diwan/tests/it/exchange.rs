//! Two partners: pair, agree, write, release, receipt, recall; and the link going down meanwhile.

use diwan::health::{Task, TaskState};
use diwan_record::{EntryKind, Precedence};
use diwan_room::{AnswerDoc, Holding, Outcome, partner_holds};

use crate::world::{Side, World, agree, eventually, pair};

fn state_at(side: &Side, of: &Side, kind: EntryKind, digest: &diwan_record::Digest) -> Holding {
    side.read(|ledger| partner_holds(ledger, &of.id, kind, digest))
}

async fn receipted(side: &Side, by: &Side, digest: &diwan_record::Digest) {
    eventually("the receipt is there", || async {
        matches!(state_at(side, by, EntryKind::Release, digest), Holding::Receipted(..))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_passes_after_two_signatures_is_receipted_and_comes_back_by_recall() {
    let world = World::new();
    let (jor, irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    eventually("the link is up", || async { jor.link_is_up(&irq) && irq.link_is_up(&jor) }).await;
    agree(&jor, &irq).await;

    let digest = jor.report("three lorries without plates", Precedence::Routine).await;
    assert!(jor.holds(&digest) && !irq.holds(&digest), "written is not released");
    jor.release(&[digest], &[&irq]).await;
    eventually("the report is in Baghdad", || async { irq.holds(&digest) }).await;
    receipted(&jor, &irq, &digest).await;

    jor.recall(digest).await;
    eventually("the report is gone from Baghdad", || async { !irq.holds(&digest) }).await;
    eventually("Baghdad answered", || async {
        let answer = jor.read(|ledger| AnswerDoc::find(ledger, &digest, &irq.id));
        answer.is_some_and(|answer| answer.answer == "removed")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_released_while_a_partner_was_away_arrives_when_it_is_back() {
    let world = World::new();
    let (jor, mut irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    agree(&jor, &irq).await;
    for round in 0..2 {
        irq.stop().await;
        eventually("the link is down", || async { !jor.link_is_up(&irq) }).await;
        let line = jor.node().links.state(&irq.id);
        assert!(line.reason.is_some(), "a link that is down says why");
        let mut digests = Vec::new();
        for number in 0..20 {
            let title = format!("round {round} report {number}");
            digests.push(jor.report(&title, Precedence::Routine).await);
        }
        jor.release(&digests, &[&irq]).await;
        irq.start().await;
        for digest in &digests {
            receipted(&jor, &irq, digest).await;
            assert!(irq.holds(digest));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_may_dial_and_one_conversation_stays() {
    let world = World::new();
    let (jor, mut irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    agree(&jor, &irq).await;
    for _ in 0..3 {
        irq.stop().await;
        irq.start().await;
        eventually("the link is up on both sides", || async {
            jor.link_is_up(&irq) && irq.link_is_up(&jor)
        })
        .await;
        let digest = irq.report("still here", Precedence::Flash).await;
        irq.release(&[digest], &[&jor]).await;
        receipted(&irq, &jor, &digest).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_stops_within_two_seconds_and_then_takes_nothing() {
    let world = World::new();
    let (mut jor, irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    eventually("the link is up", || async { jor.link_is_up(&irq) }).await;
    let desk = jor.node().desk.clone();
    let began = std::time::Instant::now();
    jor.stop().await;
    assert!(began.elapsed() < std::time::Duration::from_secs(2));
    assert!(desk.hand_in(diwan_room::Event::Tick).await.is_err());
    jor.start().await;
    assert_eq!(jor.hand_in(diwan_room::Event::Tick).await, Outcome::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rib_comes_back_and_the_link_with_it() {
    let world = World::new();
    let (jor, irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    agree(&jor, &irq).await;
    let running = jor.running.as_ref().unwrap();
    for task in [Task::Ticker, Task::Listener, Task::Links, Task::Screens] {
        let state = || {
            let all = running.node.tasks.all();
            all.into_iter().find(|(one, _)| *one == task).map(|(_, state)| state)
        };
        running.restart(task);
        eventually("health shows that it failed", || async {
            matches!(state(), Some(TaskState::Restarting(_)))
        })
        .await;
        eventually("it runs again", || async { state() == Some(TaskState::Running) }).await;
    }
    let digest = jor.report("after all that", Precedence::Immediate).await;
    jor.release(&[digest], &[&irq]).await;
    receipted(&jor, &irq, &digest).await;
}
