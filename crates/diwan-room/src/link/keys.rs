//! Renewed keys on a link: which key must have signed what, and from which place on.
//!
//! A Key entry names the place: the run that carries it is the first under the new release key,
//! and heads before it stay under the old one (docs/decisions/0015). Hello carries the same
//! statements, so that a session can begin before the stream has come that far.

use std::collections::BTreeMap;

use diwan_record::{
    Checked, Digest, Entry, EntryKind, Head, KeyRole, KeyStatement, Moment, Precedence, PublicKey,
    Reason, Run, Sealed, SignedStatement, Tighten,
};

use super::Paper;
use crate::ledger::{Fault, Shelf, Stream, TrayLine};
use crate::partner::Partner;
use crate::room::Step;

/// Keys with which a hello must be signed, and receipts of its session.
pub(super) struct HelloKeys {
    pub(super) release: PublicKey,
    pub(super) receipt: PublicKey,
}

impl HelloKeys {
    /// The newest keys that the partner's root certified, as far as the hello or we know.
    pub(super) fn of(partner: &Partner, told: &[SignedStatement], now: Moment) -> Self {
        let told = told.iter().filter_map(|one| partner.certify(one).ok());
        let told: Vec<KeyStatement> =
            told.filter(|one| now < one.until && partner.is_current(one)).collect();
        let newest = |role, known: &PublicKey| {
            let of_role = told.iter().filter(|one| one.role == role);
            let newest = of_role.max_by_key(|one| one.from);
            newest.map_or_else(|| known.clone(), |one| one.key.clone())
        };
        Self {
            release: newest(KeyRole::Release, &partner.release),
            receipt: newest(KeyRole::Receipt, &partner.receipt),
        }
    }
}

impl Step<'_> {
    /// Opens a run with the key that must have signed its head: the one that its own Key entry
    /// brings, or one that was in force at this place.
    pub(super) fn open_run(
        &self,
        partner: &Partner,
        run: &Run,
        before: &Head,
        papers: &BTreeMap<Digest, Paper>,
    ) -> Result<(Vec<Entry>, Head), Reason> {
        let stream = self.own.stream_from(partner);
        if let Some(key) = release_brought(partner, run, papers) {
            return run.open(&stream, before, &key);
        }
        let entries = u64::try_from(run.entries.len()).unwrap_or(u64::MAX);
        let last = before.seq.saturating_add(entries);
        let mut refused = Reason::SignatureWrong;
        for key in partner.release_keys_at(last) {
            match run.open(&stream, before, key) {
                Err(reason @ Reason::SignatureWrong) => refused = reason,
                decided => return decided,
            }
        }
        let past = partner.keys(KeyRole::Release).skip(1);
        let retired = past.into_iter().any(|key| run.open(&stream, before, key).is_ok());
        Err(if retired { Reason::KeyRetired } else { refused })
    }

    /// A partner's root renewed one of its keys. The one before stays known for what it signed.
    pub(super) fn take_key(
        &mut self,
        partner: &Partner,
        entry: &Entry,
        paper: Option<Paper>,
    ) -> Result<(), Fault> {
        let Some(Paper::Other(paper)) = paper else {
            return self.tell_refused(partner, entry, &Reason::Shape);
        };
        // One run may renew several.
        let known = Partner::find(self.ledger, &partner.id)?;
        let mut known = known.unwrap_or_else(|| partner.clone());
        let stated = SignedStatement::read(&paper).and_then(|signed| known.certify(&signed));
        let statement = match stated {
            Ok(statement) => statement,
            Err(reason) => return self.tell_refused(partner, entry, &reason),
        };
        let (role, key) = (statement.role, statement.key.id());
        known.renew(statement, entry.seq);
        self.ledger.put_doc(Shelf::Paper, &entry.digest.0, &paper)?;
        self.put_partner(&known)?;
        self.log(
            Some(partner.id.to_string()),
            "key-renewed",
            vec![("role", role.code().to_owned()), ("key", key.to_string())],
        )
    }

    /// Key entries that this partner has not been given: they open the next run, whatever waits.
    pub(super) fn keys_to_tell(&self, partner: &Partner) -> Result<Vec<TrayLine>, Fault> {
        let mut lines = Vec::new();
        for (digest, signed) in self.own.renewals() {
            let told = self.ledger.entry_about(&partner.id, Stream::Out, EntryKind::Key, digest)?;
            if told.is_none() {
                lines.push(TrayLine {
                    kind: EntryKind::Key,
                    digest: *digest,
                    onward: Vec::new(),
                    tighten: Tighten::default(),
                    precedence: Precedence::Flash,
                    reason: None,
                    size: u32::try_from(signed.to_bytes().len()).unwrap_or(u32::MAX),
                });
            }
        }
        Ok(lines)
    }

    /// A record by a key that came after whoever checks beside the desk last looked.
    pub(super) fn open_late(&mut self, sealed: Sealed) -> Result<Checked, Fault> {
        let Some(originator) = self.partner(sealed.originator())? else {
            return Ok(Err(Reason::KeyUnknown));
        };
        let key = originator.keys(KeyRole::Release).find(|key| key.id() == sealed.key());
        Ok(key.map_or(Err(Reason::KeyUnknown), |key| sealed.open(key)))
    }
}

/// The release key that the last Key entry of a run brings, as far as the root stands behind it.
fn release_brought(
    partner: &Partner,
    run: &Run,
    papers: &BTreeMap<Digest, Paper>,
) -> Option<PublicKey> {
    let entries = run.entries.iter().filter_map(|bytes| Entry::read(bytes).ok());
    let keys = entries.filter(|entry| entry.kind == EntryKind::Key);
    let brought = keys.filter_map(|entry| match papers.get(&entry.digest) {
        Some(Paper::Other(paper)) => partner.certify(&SignedStatement::read(paper).ok()?).ok(),
        _ => None,
    });
    let current = brought.filter(|one| one.role == KeyRole::Release && partner.is_current(one));
    current.max_by_key(|one| one.from).map(|one| one.key)
}
