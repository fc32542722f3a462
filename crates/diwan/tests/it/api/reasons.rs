//! Why something does not go out or is not written, as the person at the screen reads it.

use diwan::pair::Offer;
use diwan_record::{Kind, Reason};
use diwan_room::{AgreementState, Event, Outcome, Partner, Terms};
use serde_json::{Value, json};

use super::{Room, Screen, label, report};
use crate::world::{make_dir, now, offer_of};

/// A telling in one line: code, what happened, what to do.
fn line(told: &Value) -> String {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    format!("{}: {}; {}", text("code"), text("message"), text("hint"))
}

/// Why the release sheet says that this record would not go to this partner.
async fn withheld(screen: &Screen<'_>, digest: &str, to: &str) -> String {
    let asked = json!({ "digests": [digest], "to": [to] });
    let sheet = screen.post("/api/releases/preview", &asked).await.json();
    let partners = sheet["partners"].as_array().unwrap();
    let named = partners.iter().find(|one| one["named"] == true).unwrap();
    assert_eq!(named["verdict"], "withheld", "{named}");
    line(&named["reasons"][0])
}

/// Somebody new: paired by two people, and agreed with on nothing.
async fn pair_with(room: &Room, code: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(code);
    make_dir(&path, code);
    let offer = Offer::open(&offer_of(&path), now()).unwrap();
    let partner: Box<Partner> = Box::new(offer.into_partner(Vec::new(), now()).unwrap());
    let by = ["liaison", "administrator"].map(|person| person.parse().unwrap());
    let paired = room.node.desk.hand_in(Event::Pair { by, partner }).await.unwrap();
    assert_eq!(paired, Outcome::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_without_an_agreement_gets_nothing_and_the_sheet_says_why() {
    let room = Room::open().await;
    let (watch, liaison) = (room.sign_in("watch").await, room.sign_in("liaison").await);
    let (_, digest) = watch.write(&report("Two trucks", &label("GREEN", "H0"))).await;
    pair_with(&room, "LBN").await;
    assert_eq!(
        withheld(&watch, &digest, "LBN").await,
        "agreement/none: no agreement is in force; propose one; two people on each side sign it"
    );

    let all = liaison.get("/api/agreements").await.json();
    let irq = all.as_array().unwrap().iter().find(|one| one["partner"] == "IRQ").unwrap();
    let end = format!("/api/agreements/{}/end", irq["id"].as_str().unwrap());
    let ended = liaison.post(&end, &json!({ "reason": "under review" })).await;
    assert_eq!(ended.status, 200);
    let told = "agreement/expired: the agreement has ended; propose a new one";
    assert_eq!(withheld(&watch, &digest, "IRQ").await, told);
    let again = liaison.post(&end, &json!({ "reason": "once more" })).await;
    assert_eq!(line(&again.json()["error"]), told);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_for_sites_holds_reports_back() {
    let room = Room::open().await;
    let (watch, liaison) = (room.sign_in("watch").await, room.sign_in("liaison").await);
    let (_, digest) = watch.write(&report("Two trucks", &label("GREEN", "H0"))).await;
    let terms = json!({ "tlp": "GREEN", "handling": "H0", "kinds": ["site"],
        "purpose": ["border-security"], "states": ["exercise"] });
    let today = now().date();
    let narrower = json!({ "partner": "IRQ", "gives": terms, "takes": terms,
        "from": today.to_string(), "until": today.plus_days(30).to_string() });
    let proposed = liaison.post("/api/agreements", &narrower).await.json();
    let sign = format!("/api/agreements/{}/sign", proposed["id"].as_str().unwrap());
    let officer = room.sign_in("releasing").await;
    assert_eq!(officer.post(&sign, &json!({})).await.json()["state"], "in-force");
    assert_eq!(
        withheld(&watch, &digest, "IRQ").await,
        "agreement/kind: the agreement does not cover this kind; ask for a wider agreement"
    );
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_stays_until_its_site_goes_and_what_nobody_released_is_named() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let site = json!({ "kind": "site", "label": label("GREEN", "H0"), "precedence": "ROUTINE",
        "body": { "name": { "en": "Nassib" }, "class": "crossing",
            "place": { "name": { "en": "Nassib" }, "lon": 36.212, "lat": 32.535 } } });
    let (item, site) = watch.write(&site).await;
    let status = json!({ "kind": "site-status", "label": label("GREEN", "H0"),
        "precedence": "ROUTINE", "body": { "site": item, "state": "open",
        "as_of": "2026-03-09T06:00:00Z", "stale_after": "2026-03-09T18:00:00Z" } });
    let (_, status) = watch.write(&status).await;
    assert_eq!(
        withheld(&watch, &status, "IRQ").await,
        "release/reference: it refers to an item this partner does not hold; release that item too"
    );
    let asked = json!({ "digests": [site], "to": ["IRQ"] });
    let sheet = watch.post("/api/releases/preview", &asked).await.json();
    let back = &sheet["partners"][0]["held_back"][0];
    assert_eq!(
        (&sheet["partners"][0]["verdict"], &back["what"]),
        (&json!("goes"), &json!("site-status"))
    );
    // Asking for its release is what this sheet is for.
    assert_eq!(line(back), "release/awaiting: nobody has released it to this partner; ");
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_exchange_makes_by_itself_is_not_written_by_hand() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let mut record = report("Two trucks", &label("GREEN", "H0"));
    for kind in ["withdrawal", "acknowledgement"] {
        record["kind"] = json!(kind);
        let refused = watch.post("/api/records", &record).await.json();
        assert_eq!(
            line(&refused["error"]),
            "record/kind: this kind is not written by people; use the command made for it"
        );
    }
    room.close().await;
}

/// Two proposals that were both written over the agreement of that day: the later one was read by
/// nobody who knew of the first.
#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_over_an_agreement_that_was_replaced_meanwhile_is_refused() {
    let room = Room::open().await;
    let reader = room.node.store.reader().unwrap();
    let irq = "IRQ".parse().unwrap();
    let held = reader.ledger(|ledger| AgreementState::in_force(ledger, &irq)).unwrap().unwrap();
    let mut proposal = held.agreement.clone();
    proposal.proposer_gives = Terms { kinds: [Kind::Site].into(), ..proposal.proposer_gives };
    proposal.replaces = Some(held.agreement.digest());
    let mut late = proposal.clone();
    late.made = late.made.plus(1);
    let propose = |agreement| Event::ProposeAgreement {
        by: "liaison".parse().unwrap(),
        agreement: Box::new(agreement),
    };
    let desk = &room.node.desk;
    let Outcome::Agreement { digest } = desk.hand_in(propose(proposal)).await.unwrap() else {
        panic!("the first is taken");
    };
    let by = "releasing".parse().unwrap();
    desk.hand_in(Event::ApproveAgreement { by, digest }).await.unwrap();
    let Outcome::Refused(reason) = desk.hand_in(propose(late)).await.unwrap() else {
        panic!("the late one is refused");
    };
    assert_eq!(reason, Reason::AgreementConflict);
    assert_eq!(
        format!("{reason}; {}", reason.hint()),
        "the agreement replaces another one than that in force; propose it again"
    );
    room.close().await;
}
