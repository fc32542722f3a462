//! The open-source desk's file: articles with an end to their stay, decisions without one.

use diwan_record::{Digest, ItemId, Moment, State, limits};
use diwan_store::{Article, Articles, ClaimKey, Decision, Feed, FeedFault, RuleSwitch};
use tempfile::TempDir;

fn at(micros: i64) -> Moment {
    Moment::from_micros(micros)
}

fn article(number: u16, state: State, came: i64) -> Article {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    Article {
        id: ItemId(id),
        digest: Digest::of_parts(&[&number.to_be_bytes(), state.code().as_bytes()]),
        state,
        outlet: "Ramtha Post".to_owned(),
        title: format!("Article {number}"),
        address: Some(format!("https://post.example/{number}")),
        stamp: Some("one".to_owned()),
        published: Some("2025-03-12".to_owned()),
        html: false,
        raw: "Three people were arrested.".to_owned(),
        came: at(came),
        by: Some("ana".to_owned()),
        feed: None,
        touched: at(came),
        aside: false,
        record: None,
    }
}

fn decision(article: &Article, start: usize, verdict: &str, when: i64) -> Decision {
    Decision {
        claim: ClaimKey {
            article: article.digest,
            sort: "event".to_owned(),
            start,
            end: start + 8,
            rule: "en.arrest.verb".to_owned(),
        },
        verdict: verdict.to_owned(),
        correction: None,
        person: "ana".to_owned(),
        at: at(when),
        draft: Some(("report".to_owned(), "draft-0001".to_owned())),
    }
}

fn open(dir: &TempDir) -> Articles {
    diwan_store::open(dir.path()).unwrap().articles()
}

#[test]
fn an_article_is_kept_once_and_only_in_its_state() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let (one, other) = (article(1, State::Exercise, 1), article(1, State::Actual, 2));
    assert_eq!(articles.put(&one).unwrap(), None);
    let again = Article { id: ItemId([9; 16]), ..one.clone() };
    assert_eq!(articles.put(&again).unwrap(), Some(one.id), "the one that is there answers");
    let other = Article { id: ItemId([8; 16]), ..other };
    assert_eq!(articles.put(&other).unwrap(), None);
    assert_eq!(articles.all(State::Exercise).unwrap(), std::slice::from_ref(&one));
    assert_eq!(articles.all(State::Test).unwrap(), []);
    let address = one.address.as_deref().unwrap();
    let knows = |stamp| articles.knows(State::Exercise, address, stamp).unwrap();
    assert!(knows(Some("one")) && !knows(Some("two")) && !knows(None));
    drop(articles);
    assert_eq!(open(&dir).one(&one.id).unwrap(), Some(one), "after the next start too");
}

#[test]
fn what_nobody_touches_goes_and_what_somebody_decides_stays() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let (old, decided, aside, new) = (
        article(1, State::Actual, 1),
        article(2, State::Actual, 1),
        article(3, State::Actual, 1),
        article(4, State::Actual, 100),
    );
    for one in [&old, &decided, &aside, &new] {
        articles.put(one).unwrap();
    }
    articles.decide(&decision(&decided, 0, "accepted", 50)).unwrap();
    assert!(articles.put_aside(&aside.id, true, at(60)).unwrap());
    assert!(!articles.put_aside(&ItemId([7; 16]), true, at(60)).unwrap());
    assert_eq!(articles.forget(at(50)).unwrap(), 1);
    assert_eq!(articles.one(&old.id).unwrap(), None);
    assert_eq!(articles.forget(at(1000)).unwrap(), 3);
    assert_eq!(articles.decisions(&decided.digest).unwrap().len(), 1, "a decision outlives it");
}

#[test]
fn the_list_has_an_end() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let most = u16::try_from(limits::ARTICLES).unwrap();
    for number in 0..most + 2 {
        articles.put(&article(number, State::Actual, i64::from(number))).unwrap();
    }
    articles.put(&Article { id: ItemId([7; 16]), ..article(0, State::Test, 0) }).unwrap();
    assert_eq!(articles.forget(at(0)).unwrap(), 2);
    assert_eq!(articles.one(&article(0, State::Actual, 0).id).unwrap(), None, "the oldest went");
    assert_eq!(articles.all(State::Test).unwrap().len(), 1, "each state has its own end");
}

#[test]
fn the_newest_word_about_a_claim_counts_and_the_others_stay_written() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let one = article(1, State::Actual, 1);
    articles.put(&one).unwrap();
    let verdicts = || {
        let all = articles.decisions(&one.digest).unwrap();
        all.into_iter().map(|one| (one.claim.start, one.verdict)).collect::<Vec<_>>()
    };
    articles.decide(&decision(&one, 5, "accepted", 2)).unwrap();
    articles.decide(&decision(&one, 0, "rejected", 3)).unwrap();
    assert_eq!(verdicts(), [(0, "rejected".to_owned()), (5, "accepted".to_owned())]);
    articles.decide(&decision(&one, 5, "corrected", 4)).unwrap();
    articles.decide(&decision(&one, 0, "undone", 5)).unwrap();
    assert_eq!(verdicts(), [(5, "corrected".to_owned())]);
    assert_eq!(articles.all_decisions().unwrap().len(), 1);
    let tally = articles.tallies().unwrap().pop().unwrap();
    assert_eq!((tally.accepted, tally.corrected, tally.rejected), (0, 1, 0));
}

#[test]
fn a_persons_word_about_a_rule_is_kept_until_it_is_taken_back() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let switch = |muted| RuleSwitch {
        rule: "en.arrest.verb".to_owned(),
        muted,
        person: "ana".to_owned(),
        at: at(1),
    };
    articles.put_switch(&switch(true)).unwrap();
    articles.put_switch(&switch(false)).unwrap();
    assert_eq!(articles.switches().unwrap(), [switch(false)]);
    assert!(articles.remove_switch("en.arrest.verb").unwrap());
    assert!(!articles.remove_switch("en.arrest.verb").unwrap());
}

#[test]
fn feeds_are_few_and_each_is_there_once() {
    let dir = TempDir::new().unwrap();
    let articles = open(&dir);
    let feed = |number: usize| Feed {
        id: ItemId([u8::try_from(number).unwrap(); 16]),
        address: format!("https://post.example/{number}"),
        outlet: format!("Outlet {number:03}"),
        state: State::Actual,
        person: "ana".to_owned(),
        added: at(1),
        etag: None,
        modified: None,
        polled: None,
        brought: None,
        fault: None,
    };
    for number in 0..limits::FEEDS {
        assert!(articles.add_feed(&feed(number)).unwrap());
    }
    assert!(!articles.add_feed(&feed(limits::FEEDS)).unwrap(), "one too many");
    assert!(articles.remove_feed(&feed(0).id).unwrap());
    let same = Feed { id: ItemId([200; 16]), ..feed(1) };
    assert!(!articles.add_feed(&same).unwrap(), "the same address");
    let fault = FeedFault { code: "source/slow".to_owned(), words: "too slow".to_owned() };
    let polled = Feed {
        etag: Some("a".to_owned()),
        polled: Some(at(5)),
        brought: Some(at(4)),
        fault: Some(fault),
        ..feed(1)
    };
    articles.polled(&polled).unwrap();
    assert_eq!(articles.feed(&polled.id).unwrap(), Some(polled));
    assert_eq!(articles.feeds().unwrap().len(), limits::FEEDS - 1);
}
