//! Records a second from the author's signature to the partner's picture, next to a bare pipeline.

pub(crate) mod bare;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use diwan_record::ItemId;
use serde::{Deserialize, Serialize};

use crate::child::Child;
use crate::figures::{Figure, median};
use crate::node::Order;
use crate::texts::Dice;
use crate::{Bench, say};

/// Size of a body.
pub(crate) const BODY: usize = 1000;
/// Records that the author has handed in and not heard of yet.
const FLYING: usize = 400;

/// What one round found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Round {
    per_s: f64,
    author_us: f64,
    partner_us: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (rounds, count) = (bench.size(5, 1), bench.size(20_000, 500));
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        bare.push(bare_round(&bench.empty("bare")?, count)?);
        ours.push(our_round(&bench.empty("exchange")?, count)?);
        if let (Some(bare), Some(ours)) = (bare.last(), ours.last()) {
            say(&format!(
                "exchange {round}: bare {:.0}/s ({:.0} + {:.0} us), ours {:.0}/s ({:.0} + {:.0} us)",
                bare.per_s,
                bare.author_us,
                bare.partner_us,
                ours.per_s,
                ours.author_us,
                ours.partner_us
            ));
        }
    }
    Ok(figures(&ours, &bare))
}

fn figures(ours: &[Round], bare: &[Round]) -> Vec<Figure> {
    let middle = |rounds: &[Round], of: fn(&Round) -> f64| {
        median(&rounds.iter().map(of).collect::<Vec<_>>())
    };
    let rate: fn(&Round) -> f64 = |round| round.per_s;
    let author: fn(&Round) -> f64 = |round| round.author_us;
    let partner: fn(&Round) -> f64 = |round| round.partner_us;
    // Each round is compared with the bare one just before it: a busy minute slows both.
    let ratios: Vec<f64> =
        ours.iter().zip(bare).map(|(ours, bare)| ours.per_s / bare.per_s).collect();
    let cpu = |name: &str, of: fn(&Round) -> f64| {
        let (ours, bare) = (middle(ours, of), middle(bare, of));
        Figure::new(format!("processor time at the {name}"), ours, "us/record")
            .next_to(&format!("bare pipeline {bare:.0} us"), ours / bare)
    };
    vec![
        Figure::new("author's signature to partner's picture", middle(ours, rate), "records/s")
            .next_to("bare pipeline, target: at least 0.55", median(&ratios)),
        Figure::new("bare pipeline", middle(bare, rate), "records/s"),
        cpu("author", author),
        cpu("partner", partner),
    ]
}

/// Two nodes with an agreement in force and a standing rule; the author enters, the partner's
/// picture shows.
fn our_round(dir: &Path, count: usize) -> Result<Round> {
    let cast = diwan::exercise::nodes::make(dir, &["JOR", "IRQ"])?;
    let mut author = node(dir, "jor")?;
    let mut partner = node(dir, "irq")?;
    let to: diwan_record::PartnerId = "IRQ".parse()?;
    let people = cast.nodes.get("JOR").and_then(|seat| seat.people.values().next());
    let password = people.context("nobody works there")?.password.clone();
    author.ask::<()>(&Order::Rule { to: to.clone(), password })?;
    author.ask::<()>(&Order::Prepare { count: count - 1, bytes: BODY })?;
    author.ask::<u64>(&Order::Linked { to })?;
    let kept: u64 = partner.ask(&Order::Records)?;
    let cpu = |child: &mut Child| child.ask::<f64>(&Order::Cpu);
    let (before_a, before_p) = (cpu(&mut author)?, cpu(&mut partner)?);
    let last = ItemId(Dice::new(u64::from(author.id())).bytes());
    partner.tell(&Order::Await { item: last })?;
    let (began, _) = author.ask::<(u64, u64)>(&Order::Enter { flying: FLYING, last })?;
    let ended: u64 = partner.answer()?;
    let (after_a, after_p) = (cpu(&mut author)?, cpu(&mut partner)?);
    let arrived = partner.ask::<u64>(&Order::Records)? - kept;
    ensure!(arrived == u64::try_from(count)?, "{arrived} of {count} records arrived");
    author.end()?;
    partner.end()?;
    Ok(Round::new(count, ended - began, after_a - before_a, after_p - before_p))
}

pub(crate) fn node(dir: &Path, code: &str) -> Result<Child> {
    let dir = dir.join(code);
    Child::start(&["node", dir.to_str().context("not a plain path")?])
}

fn bare_round(dir: &Path, count: usize) -> Result<Round> {
    crate::tls::make(dir)?;
    let path = dir.to_str().context("not a plain path")?;
    let mut partner = Child::start(&["bare-partner", path])?;
    let mut author = Child::start(&["bare-author", path])?;
    let port: u16 = partner.ask(&bare::Order::Take { count })?;
    let ready: bool = author.ask(&bare::Order::Prepare { count, port })?;
    ensure!(ready, "the bare author is not ready");
    let (began, author_s): (u64, f64) = author.ask(&bare::Order::Send)?;
    let (ended, partner_s): (u64, f64) = partner.answer()?;
    author.end()?;
    partner.end()?;
    Ok(Round::new(count, ended - began, author_s, partner_s))
}

impl Round {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn new(count: usize, took_us: u64, author_s: f64, partner_s: f64) -> Self {
        let count = count as f64;
        Self {
            per_s: count / Duration::from_micros(took_us).as_secs_f64(),
            author_us: author_s * 1e6 / count,
            partner_us: partner_s * 1e6 / count,
        }
    }
}
