//! The bare pipeline: signs, sends over mutual TLS in batches, verifies in batches, commits.
//!
//! It has no labels, no agreements, no chain, no receipts, no queue, no picture and no log, and
//! the sender keeps nothing: the least that can be done to hand signed records to somebody.

use std::path::Path;
use std::sync::mpsc;

use anyhow::{Context as _, Result, anyhow, ensure};
use coset::iana::Algorithm;
use coset::{CborSerializable as _, CoseSign1, CoseSign1Builder, HeaderBuilder};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::BODY;
use crate::child::{next_order, now_us, reply};
use crate::texts::{self, Dice};
use crate::{machine, tls};

/// Records signed and verified together: as many as a run of ours holds.
const BATCH: usize = 128;
/// Rows in one transaction.
const ROWS: usize = 512;
/// Batches that may wait between two steps.
const WAITING: usize = 8;
/// Bytes in front of a body that stand for a header of ours.
const HEADER: usize = 250;
const ROLE: &[u8] = b"release";
const SEED: [u8; 32] = [7; 32];

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// To the partner: listen, take so many, answer when they are durable.
    Take { count: usize },
    /// To the author: make bodies and connect.
    Prepare { count: usize, port: u16 },
    /// To the author: go.
    Send,
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// The sending process.
pub(crate) fn author(dir: &Path) -> Result<()> {
    let Some(Order::Prepare { count, port }) = next_order()? else {
        return Ok(());
    };
    let mut dice = Dice::new(now_us());
    let contents: Vec<Vec<u8>> =
        (0..count).map(|_| [vec![7; HEADER], texts::report(&mut dice, BODY)].concat()).collect();
    let runtime = runtime()?;
    let mut stream = runtime.block_on(async {
        let tcp = TcpStream::connect(("127.0.0.1", port)).await?;
        tcp.set_nodelay(true)?;
        let (connector, name) = tls::connector(dir)?;
        anyhow::Ok(connector.connect(name, tcp).await?)
    })?;
    reply(&true)?;
    let Some(Order::Send) = next_order()? else {
        return Ok(());
    };
    let (before, began) = (machine::cpu_s(false)?, now_us());
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<Vec<u8>>(WAITING);
    std::thread::spawn(move || {
        let key = SigningKey::from_bytes(&SEED);
        for batch in contents.chunks(BATCH) {
            if sender.blocking_send(frame(&key, batch)).is_err() {
                return;
            }
        }
    });
    runtime.block_on(async {
        while let Some(frame) = receiver.recv().await {
            stream.write_all(&frame).await?;
            stream.flush().await?;
        }
        // The partner says when it has everything; only then is nothing left to do here.
        stream.read_u8().await?;
        anyhow::Ok(())
    })?;
    reply(&(began, machine::cpu_s(false)? - before))?;
    next_order::<Order>().map(drop)
}

fn frame(key: &SigningKey, contents: &[Vec<u8>]) -> Vec<u8> {
    let mut frame = vec![0; 4];
    for content in contents {
        let signed = sign(key, content);
        frame.extend(u32::try_from(signed.len()).unwrap_or(u32::MAX).to_be_bytes());
        frame.extend(signed);
    }
    let length = u32::try_from(frame.len() - 4).unwrap_or(u32::MAX);
    frame.splice(..4, length.to_be_bytes());
    frame
}

/// The form in which records are signed.
fn sign(key: &SigningKey, content: &[u8]) -> Vec<u8> {
    let header =
        HeaderBuilder::new().algorithm(Algorithm::EdDSA).key_id(vec![1, 2, 3, 4, 5, 6, 7, 8]);
    let signed = CoseSign1Builder::new()
        .protected(header.build())
        .payload([b"diwan/record/v1\0", content].concat())
        .create_signature(ROLE, |bytes| key.sign(bytes).to_bytes().to_vec())
        .build();
    signed.to_vec().unwrap_or_default()
}

/// The receiving process.
pub(crate) fn partner(dir: &Path) -> Result<()> {
    let Some(Order::Take { count }) = next_order()? else {
        return Ok(());
    };
    let rows = open(dir)?;
    let runtime = runtime()?;
    let mut stream = runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        reply(&listener.local_addr()?.port())?;
        let (tcp, _) = listener.accept().await?;
        tcp.set_nodelay(true)?;
        anyhow::Ok(tls::acceptor(dir)?.accept(tcp).await?)
    })?;
    let before = machine::cpu_s(false)?;
    let (to_verify, frames) = mpsc::sync_channel::<Vec<u8>>(WAITING);
    let (to_write, batches) = mpsc::sync_channel::<Vec<Vec<u8>>>(WAITING);
    let verifying = std::thread::spawn(move || {
        frames.iter().try_for_each(|frame| Ok(to_write.send(verify(&frame)?)?))
    });
    let writing = std::thread::spawn(move || write(rows, &batches, count));
    runtime.block_on(async {
        let mut left = count;
        while left > 0 {
            let mut frame = vec![0; usize::try_from(stream.read_u32().await?)?];
            stream.read_exact(&mut frame).await?;
            to_verify.send(frame)?;
            left = left.saturating_sub(BATCH);
        }
        anyhow::Ok(())
    })?;
    drop(to_verify);
    let broken = |_| anyhow!("a thread of the bare pipeline broke");
    verifying.join().map_err(broken)?.and(Ok::<(), anyhow::Error>(()))?;
    let ended = writing.join().map_err(broken)??;
    let used = machine::cpu_s(false)? - before;
    runtime.block_on(async {
        stream.write_u8(1).await?;
        anyhow::Ok(stream.flush().await?)
    })?;
    reply(&(ended, used))?;
    next_order::<Order>().map(drop)
}

/// Every signature of a frame at once.
fn verify(mut frame: &[u8]) -> Result<Vec<Vec<u8>>> {
    let key = SigningKey::from_bytes(&SEED).verifying_key();
    let (mut records, mut signed) = (Vec::new(), Vec::new());
    let mut signatures = Vec::new();
    while let Some((length, rest)) = frame.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length))?;
        let (record, rest) = rest.split_at_checked(length).context("a frame cut short")?;
        let cose = CoseSign1::from_slice(record).map_err(|_| anyhow!("not signed"))?;
        signatures.push(Signature::from_slice(&cose.signature)?);
        signed.push(cose.tbs_data(ROLE));
        records.push(record.to_vec());
        frame = rest;
    }
    let signed: Vec<&[u8]> = signed.iter().map(Vec::as_slice).collect();
    let keys: Vec<VerifyingKey> = vec![key; signed.len()];
    ed25519_dalek::verify_batch(&signed, &signatures, &keys)?;
    Ok(records)
}

/// The settings of our ledger, and the three indexes without which a record is not found again.
fn open(dir: &Path) -> Result<Connection> {
    let rows = Connection::open(dir.join("bare.db"))?;
    rows.pragma_update(None, "journal_mode", "WAL")?;
    rows.pragma_update(None, "synchronous", "FULL")?;
    rows.execute_batch(
        "CREATE TABLE records (position INTEGER PRIMARY KEY, digest BLOB NOT NULL, \
           item BLOB NOT NULL, received INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
         CREATE UNIQUE INDEX records_digest ON records (digest);
         CREATE INDEX records_item ON records (item);
         CREATE INDEX records_received ON records (received);",
    )?;
    Ok(rows)
}

/// Answers when everything was durable.
fn write(
    mut rows: Connection,
    batches: &mpsc::Receiver<Vec<Vec<u8>>>,
    count: usize,
) -> Result<u64> {
    let (mut waiting, mut written) = (Vec::new(), 0);
    while written < count {
        if waiting.len() < ROWS
            && waiting.len() + written < count
            && let Ok(batch) = batches.recv()
        {
            waiting.extend(batch);
            continue;
        }
        ensure!(!waiting.is_empty(), "the bare pipeline ended early");
        let batch = rows.transaction()?;
        {
            let mut add = batch.prepare_cached(
                "INSERT INTO records (digest, item, received, bytes) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for record in &waiting {
                let digest: [u8; 32] = Sha256::digest(record).into();
                let item = digest.get(..16).unwrap_or_default();
                add.execute(params![digest, item, i64::try_from(now_us())?, record])?;
            }
        }
        batch.commit()?;
        written += waiting.len();
        waiting.clear();
    }
    Ok(now_us())
}
