//! Learns the weights this crate ships from labelled pairs of names.
//!
//! `cargo run --release -p diwan-names --example fit -- PATH` reads `pairs.tsv`, `tokens.tsv`,
//! `index.tsv` and `queries.tsv` under PATH and writes `src/weights/`. To measure:
//!
//! - `--unseen` learns from seven tenths of the entities and tells how the rest is scored; the
//!   weights are kept only with `--write DIR`;
//! - `--leave SOURCE` beside it leaves one source out instead;
//! - `--folds N` learns N times, each time without one part of the entities, and tells how all pairs
//!   are scored by weights that their first entity had no part in; `--sources` likewise leaves out
//!   one source after the other;
//! - `--without NAME,...` leaves out features, or the tables `letters`, `rarities`, `words`,
//!   or the names of the index that letters are learned from beside the pairs (`mined`);
//! - `--seed N` splits otherwise; `--dump FILE` writes the unseen scores.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks on the terminal")]

mod boost;
mod letters;
mod measure;
mod mined;
mod pairs;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use diwan_names::{
    Encoded, FEATURE_NAMES, FEATURES, Kind, Model, RARITIES, Script, TOWARD, encode, features_with,
    learn, score_with,
};
use pairs::Pair;

type Failed = Box<dyn std::error::Error>;

#[derive(Default)]
struct Asked {
    path: PathBuf,
    unseen: bool,
    loose: bool,
    folds: u64,
    sources: bool,
    leave: Option<String>,
    without: Vec<String>,
    dump: Option<PathBuf>,
    write: Option<PathBuf>,
    trees: usize,
    seed: u64,
}

/// What `--without` knows beside the names of features: learned costs, rarities, tables of words,
/// pairs mined from the index.
const TABLES: [&str; 4] = ["letters", "rarities", "words", "mined"];

impl Asked {
    fn with(&self, table: &str) -> bool {
        !self.without.iter().any(|without| without == table)
    }
}

fn main() -> Result<(), Failed> {
    let asked = asked()?;
    let all = pairs::read(&asked.path.join("pairs.tsv"), asked.with("words"))?;
    let source = Source::read(&asked, &all)?;
    if asked.folds > 0 || asked.sources {
        return crossed(&all, &source, &asked);
    }
    let shares = measure::shares(&all);
    let (taught, unseen) = if asked.unseen {
        pairs::split(&all, asked.leave.as_deref(), asked.seed, asked.loose)
    } else {
        (all.iter().collect(), Vec::new())
    };
    eprintln!("{} pairs to learn from, {} unseen", taught.len(), unseen.len());
    let model = source.learn(&taught, &unseen, &asked);
    if !asked.unseen {
        return write(&model, &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights"));
    }
    if let Some(folder) = &asked.write {
        write(&model, folder)?;
    }
    let scores = scored(&model, &unseen);
    measure::tell(&unseen, &scores, &shares);
    if let Some(path) = &asked.dump {
        std::fs::write(path, pairs::dump(&unseen, &scores, &model))?;
        let own = scored(&model, &taught);
        std::fs::write(path.with_extension("taught"), pairs::dump(&taught, &own, &model))?;
    }
    Ok(())
}

fn scored(model: &Model, pairs: &[&Pair]) -> Vec<f32> {
    pairs.iter().map(|pair| score_with(model, &pair.left, &pair.right)).collect()
}

/// What one round of [`crossed`] leaves out.
enum Part {
    Fold(u64),
    Source(String),
}

impl Part {
    /// Whether each of the two names belongs to it.
    fn holds(&self, pair: &Pair, asked: &Asked) -> [bool; 2] {
        match self {
            Self::Source(name) => [pair.fields[5] == *name; 2],
            Self::Fold(fold) => {
                let mut entities = pair.fields[6].split('|');
                let first = entities.next().unwrap_or_default();
                [first, entities.next().unwrap_or(first)]
                    .map(|entity| pairs::place(entity, asked.seed) % asked.folds == *fold)
            }
        }
    }

    fn all(pairs: &[Pair], asked: &Asked) -> Vec<Self> {
        if !asked.sources {
            return (0..asked.folds).map(Self::Fold).collect();
        }
        let names: BTreeSet<&str> = pairs.iter().map(|pair| pair.fields[5].as_str()).collect();
        names.into_iter().map(|name| Self::Source(name.to_owned())).collect()
    }
}

/// Scores every pair by weights that were learned without its first entity, or its source.
fn crossed(all: &[Pair], source: &Source, asked: &Asked) -> Result<(), Failed> {
    let (mut pairs, mut scores, mut dumped) = (Vec::new(), Vec::new(), String::new());
    for part in Part::all(all, asked) {
        let holds = |pair: &&Pair| part.holds(pair, asked);
        let taught: Vec<&Pair> = all.iter().filter(|pair| holds(pair) == [false; 2]).collect();
        let unseen: Vec<&Pair> = all.iter().filter(|pair| holds(pair)[0]).collect();
        let model = source.learn(&taught, &unseen, asked);
        let own = scored(&model, &unseen);
        if asked.dump.is_some() {
            dumped.push_str(&pairs::dump(&unseen, &own, &model));
        }
        pairs.extend(unseen);
        scores.extend(own);
    }
    measure::tell(&pairs, &scores, &measure::shares(all));
    if let Some(path) = &asked.dump {
        std::fs::write(path, dumped)?;
    }
    Ok(())
}

const LATIN: (Script, Script) = (Script::Latin, Script::Latin);

/// What is learned from beside the pairs.
struct Source {
    rarities: Vec<u8>,
    tokens: Vec<(Encoded, Encoded)>,
    mined: Vec<Pair>,
}

impl Source {
    fn read(asked: &Asked, labelled: &[Pair]) -> Result<Self, Failed> {
        let rarities = if asked.with("rarities") {
            rarities(&asked.path.join("index.tsv"))?
        } else {
            Vec::new()
        };
        let mined =
            if asked.with("mined") { mined::read(&asked.path, labelled)? } else { Vec::new() };
        eprintln!("{} pairs of names more to learn letters from", mined.len());
        Ok(Self { rarities, tokens: pairs::tokens(&asked.path.join("tokens.tsv"))?, mined })
    }

    fn learn(&self, taught: &[&Pair], unseen: &[&Pair], asked: &Asked) -> Model {
        let mut model = Model { rarities: self.rarities.clone(), ..Model::untaught() };
        let mined = mined::apart(&self.mined, unseen);
        if asked.with("letters") {
            // Latin spellings of places are one romanisation beside another: persons' differ more.
            let latin = |pair: &Pair| (pair.left.script(), pair.right.script()) == LATIN;
            let same = taught.iter().chain(mined.iter().filter(|pair| !latin(pair)));
            let same: Vec<&Pair> = same.copied().filter(|pair| pair.same).collect();
            model.costs = letters::learn(&model, &same, &self.tokens);
        }
        model.forest = forest(&model, taught, asked);
        model
    }
}

fn asked() -> Result<Asked, Failed> {
    let mut asked = Asked { trees: 250, seed: 1, ..Asked::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--unseen" => asked.unseen = true,
            "--folds" => asked.folds = value()?.parse()?,
            "--sources" => asked.sources = true,
            "--loose" => (asked.unseen, asked.loose) = (true, true),
            "--leave" => asked.leave = Some(value()?),
            "--without" => asked.without = value()?.split(',').map(str::to_owned).collect(),
            "--dump" => asked.dump = Some(value()?.into()),
            "--write" => asked.write = Some(value()?.into()),
            "--trees" => asked.trees = value()?.parse()?,
            "--seed" => asked.seed = value()?.parse()?,
            path => asked.path = path.into(),
        }
    }
    if let Some(name) = asked
        .without
        .iter()
        .find(|name| !FEATURE_NAMES.contains(&name.as_str()) && !TABLES.contains(&name.as_str()))
    {
        return Err(format!("no feature `{name}`; there are {}", FEATURE_NAMES.join(", ")).into());
    }
    Ok(asked)
}

/// How rare the consonants of a part are among all distinct names.
fn rarities(path: &Path) -> Result<Vec<u8>, Failed> {
    let mut counts = vec![0_u32; RARITIES];
    for line in std::fs::read_to_string(path)?.lines() {
        let name = line.split('\t').next().unwrap_or("");
        for skeleton in learn::skeletons(&encode(name, Kind::Place)) {
            counts[usize::from(skeleton)] += 1;
        }
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(2)).ln();
    Ok(counts
        .iter()
        .map(|count| (255.0 * (1.0 - f64::from(count + 1).ln() / most).max(0.0)) as u8)
        .collect())
}

fn forest(model: &Model, taught: &[&Pair], asked: &Asked) -> diwan_names::forest::Forest {
    let rows: Vec<_> =
        taught.iter().map(|pair| features_with(model, &pair.left, &pair.right)).collect();
    let labels: Vec<bool> = taught.iter().map(|pair| pair.same).collect();
    let used: Vec<usize> = (0..FEATURES)
        .filter(|at| !asked.without.iter().any(|name| name == FEATURE_NAMES[*at]))
        .collect();
    boost::fit(
        &rows,
        &labels,
        &boost::How { trees: asked.trees, used, toward: TOWARD, seed: asked.seed },
    )
}

fn write(model: &Model, folder: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("costs.bin"), model.costs.bytes())?;
    std::fs::write(folder.join("rarities.bin"), &model.rarities)?;
    std::fs::write(folder.join("forest.bin"), model.forest.bytes())?;
    println!("wrote {}", folder.display());
    Ok(())
}
