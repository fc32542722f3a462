//! F: four eyes are four eyes.

use diwan_record::{Digest, ItemId, KeyRole, Precedence, Reason, Signer, Tighten, Tlp};
use diwan_room::{
    Agreement, Ask, Event, Ledger, Outcome, Person, Release, Role, Shelf, What, approval,
};
use diwan_sim::{Story, named, person_key, staff, terms};

use super::{Told, id, ledger};

const REQUEST: ItemId = ItemId([5; 16]);

fn asked(by: &str) -> Result<(Story, Digest), String> {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    let label = story.label(Tlp::Green);
    let digest = story.write("JOR", "convoy", label)?;
    let ask = Ask {
        what: What::Records(vec![digest]),
        to: vec![id("SYR")],
        onward: Vec::new(),
        precedence: Precedence::Routine,
        tighten: Tighten::default(),
        remark: String::new(),
    };
    story.step("JOR", Event::AskRelease { by: named(by), id: REQUEST, ask })?;
    let release = Release::find(ledger(&story, "JOR"), &REQUEST).expect("in memory");
    let request = release.ok_or("the request is there")?.request_digest();
    Ok((story, request))
}

fn sign(story: &mut Story, by: &str, request: Digest, key: &Signer) -> Result<Outcome, String> {
    let event = Event::SignRelease {
        by: named(by),
        id: REQUEST,
        request,
        approval: approval(key, &request),
    };
    // People's memory of what was signed is the story's, as nothing may leave without it.
    story.step("JOR", event)
}

fn put(story: &mut Story, name: &str, change: impl FnOnce(&mut Person)) -> Told {
    let mut person = staff(&id("JOR")).into_iter().find(|one| one.name == name).ok_or("staff")?;
    change(&mut person);
    let person = Box::new(person);
    story.step("JOR", Event::PutPerson { by: Some(named("admin")), person }).map(drop)
}

#[test]
fn attack_058_four_eyes_are_four_eyes() -> Told {
    let key = |name: &str| person_key(&id("JOR"), name);
    let refused = |outcome: Outcome, reason: Reason| {
        assert_eq!(outcome, Outcome::Refused(reason));
    };
    // The same person, in whatever role.
    let (mut story, request) = asked("officer")?;
    refused(sign(&mut story, "officer", request, &key("officer"))?, Reason::ReleaseSamePerson);
    // Somebody without the role; an account that is switched off; nobody.
    refused(sign(&mut story, "watch", request, &key("watch"))?, Reason::RoleMissing);
    put(&mut story, "second", |second| second.disabled = true)?;
    refused(sign(&mut story, "second", request, &key("second"))?, Reason::RoleMissing);
    refused(sign(&mut story, "ghost", request, &key("ghost"))?, Reason::RoleMissing);

    // Another request than the one that was shown, or another one's signature under it.
    let (mut story, request) = asked("watch")?;
    let other = Digest::of(b"another request");
    refused(sign(&mut story, "officer", other, &key("officer"))?, Reason::ReleaseChanged);
    refused(sign(&mut story, "officer", request, &key("second"))?, Reason::SignatureWrong);
    let in_other_role = Signer::new(KeyRole::Release, &[3; 32]);
    refused(sign(&mut story, "officer", request, &in_other_role)?, Reason::SignatureWrong);
    let stale = Event::SignRelease {
        by: named("officer"),
        id: REQUEST,
        request,
        approval: approval(&key("officer"), &other),
    };
    refused(story.step("JOR", stale)?, Reason::ReleaseChanged);

    // An approver who lost the role before, and an asker who lost theirs.
    put(&mut story, "officer", |officer| officer.roles = [Role::Analyst].into())?;
    refused(sign(&mut story, "officer", request, &key("officer"))?, Reason::RoleMissing);
    put(&mut story, "watch", |watch| watch.disabled = true)?;
    refused(sign(&mut story, "second", request, &key("second"))?, Reason::RoleMissing);

    // Nothing has left by any of these.
    story.carry()?;
    assert_eq!(story.holds("SYR", "convoy")?, "not held");
    Ok(())
}

/// Whoever confirms a check phrase says who may be trusted from then on.
#[test]
fn attack_058_a_pairing_is_confirmed_by_two_whose_office_it_is() -> Told {
    let mut story = Story::new(2)?;
    let mut pair = |by: [&str; 2]| {
        let partner = Box::new(diwan_sim::partner(&id("LBN")));
        story.step("JOR", Event::Pair { by: by.map(named), partner })
    };
    for role in Role::ALL {
        let may = [Role::Liaison, Role::ReleasingOfficer, Role::Administrator].contains(&role);
        assert_eq!(role.pairs(), may, "{role:?}");
    }
    for by in [["watch", "liaison"], ["admin", "analyst"], ["ghost", "admin"]] {
        assert_eq!(pair(by)?, Outcome::Refused(Reason::RoleMissing), "{by:?}");
    }
    let twice = ["liaison", "liaison"];
    assert_eq!(pair(twice)?, Outcome::Refused(Reason::ReleaseSamePerson));
    assert_eq!(pair(["liaison", "admin"])?, Outcome::Done);
    Ok(())
}

/// Whoever looks like somebody else on a screen is not let in.
#[test]
fn attack_118_nobody_passes_for_another() -> Told {
    let mut story = Story::new(3)?;
    let mut put = |account: &str, name: &str| {
        let mut person = staff(&id("JOR")).into_iter().next().ok_or("staff")?;
        (person.id, person.name) = (named(account), name.to_owned());
        let person = Box::new(person);
        story.step("JOR", Event::PutPerson { by: Some(named("admin")), person })
    };
    let alike = Outcome::Refused(Reason::LooksAlike);
    for account in ["0fficer", "anaiyst", "admln"] {
        assert_eq!(put(account, "Somebody Else")?, alike, "{account}");
    }
    assert_eq!(put("guest", "w\u{430}tch")?, alike, "a Cyrillic letter");
    assert_eq!(put("guest", "wat\u{200b}ch")?, alike, "a letter nobody sees");
    assert_eq!(put("guest", "watch")?, Outcome::Done, "people share names");
    assert_eq!(put("guest", "Somebody Else")?, Outcome::Done, "their own account may change");

    let mut pair = |code: &str, name: &str| {
        let mut partner = Box::new(diwan_sim::partner(&id(code)));
        partner.names = vec![("en".to_owned(), name.to_owned())];
        story.step("JOR", Event::Pair { by: ["liaison", "admin"].map(named), partner })
    };
    assert_eq!(pair("5YR", "Elsewhere")?, Outcome::Done, "five is no S");
    assert_eq!(pair("LBN", "SYR")?, alike, "another partner's code as a name");
    assert_eq!(pair("LBN", "Elsewhеre")?, alike, "a Cyrillic letter");
    assert_eq!(pair("LBN", "Elsewhere South")?, Outcome::Done);
    Ok(())
}

#[test]
fn attack_058_two_approvals_count_once() -> Told {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    let done = ledger(&story, "JOR").docs(Shelf::Release, &[]).expect("in memory");
    let (key, _) = done.first().ok_or("the release is there")?;
    let release = ItemId(key.as_slice().try_into().map_err(|_| "an id")?);
    let found = Release::find(ledger(&story, "JOR"), &release).expect("in memory");
    let request = found.ok_or("the release is there")?.request_digest();
    let again = Event::SignRelease {
        by: named("second"),
        id: release,
        request,
        approval: approval(&person_key(&id("JOR"), "second"), &request),
    };
    assert_eq!(story.step("JOR", again)?, Outcome::Refused(Reason::ReleaseDecided));
    story.carry()?;
    assert_eq!(story.sees("JOR", "convoy", "SYR")?, "receipted");
    Ok(())
}

#[test]
fn attack_058_an_agreement_needs_two_who_still_may() -> Told {
    let mut story = Story::new(2)?;
    let today = story.world.now().date();
    let agreement = Agreement {
        proposer: id("JOR"),
        other: id("SYR"),
        proposer_gives: terms(Tlp::Amber),
        other_gives: terms(Tlp::Amber),
        from: today,
        until: today.plus_days(30),
        made: story.world.now(),
        replaces: None,
    };
    let digest = agreement.digest();
    let agreement = Box::new(agreement);
    story.step("JOR", Event::ProposeAgreement { by: named("liaison"), agreement })?;
    let approve = |by: &str| Event::ApproveAgreement { by: named(by), digest };
    let twice = story.step("JOR", approve("liaison"))?;
    assert_eq!(twice, Outcome::Refused(Reason::ReleaseSamePerson));
    let stranger = story.step("JOR", approve("analyst"))?;
    assert_eq!(stranger, Outcome::Refused(Reason::RoleMissing));
    // The first of the two leaves: their word does not count any more.
    put(&mut story, "liaison", |liaison| liaison.disabled = true)?;
    let said = |story: &Story| {
        let state = diwan_room::AgreementState::find(ledger(story, "JOR"), &digest);
        state.expect("in memory").is_some_and(|state| state.said(&id("JOR")))
    };
    story.step("JOR", approve("officer"))?;
    assert!(!said(&story), "one person spoke for two");
    story.step("JOR", approve("second"))?;
    assert!(said(&story));
    Ok(())
}
