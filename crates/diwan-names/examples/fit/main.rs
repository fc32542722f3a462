//! Learns the weights this crate ships from labelled pairs of names.
//!
//! `cargo run --release -p diwan-names --example fit -- PATH` reads `pairs.tsv`, `tokens.tsv` and
//! `index.tsv` under PATH and writes `src/weights/`. With `--unseen` it learns from seven tenths of
//! the entities, writes nothing and tells how the rest is scored; `--leave SOURCE` also keeps one
//! source out, `--without NAME,...` leaves features out, or the
//! tables `letters`, `rarities`, `words`; `--dump FILE` writes the unseen scores.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks on the terminal")]

mod boost;
mod letters;
mod measure;
mod pairs;

use std::path::{Path, PathBuf};

use diwan_names::{
    FEATURE_NAMES, FEATURES, Model, RARITIES, TOWARD, encode, features_with, learn, score_with,
};
use pairs::Pair;

type Failed = Box<dyn std::error::Error>;

#[derive(Default)]
struct Asked {
    path: PathBuf,
    unseen: bool,
    loose: bool,
    leave: Option<String>,
    without: Vec<String>,
    dump: Option<PathBuf>,
    trees: usize,
    seed: u64,
}

/// What `--without` knows beside the names of features: learned costs, rarities, tables of words.
const TABLES: [&str; 3] = ["letters", "rarities", "words"];

impl Asked {
    fn with(&self, table: &str) -> bool {
        !self.without.iter().any(|without| without == table)
    }
}

fn main() -> Result<(), Failed> {
    let asked = asked()?;
    let all = pairs::read(&asked.path.join("pairs.tsv"), asked.with("words"))?;
    let shares = measure::shares(&all);
    let (taught, unseen) = if asked.unseen {
        pairs::split(all, asked.leave.as_deref(), asked.seed, asked.loose)
    } else {
        (all, Vec::new())
    };
    eprintln!("{} pairs to learn from, {} unseen", taught.len(), unseen.len());
    let mut model = Model::untaught();
    if asked.with("rarities") {
        model.rarities = rarities(&asked.path.join("index.tsv"))?;
    }
    if asked.with("letters") {
        model.costs =
            letters::learn(&model, &taught, &pairs::tokens(&asked.path.join("tokens.tsv"))?);
    }
    model.forest = forest(&model, &taught, &asked);
    if !asked.unseen {
        return write(&model);
    }
    let scores: Vec<f32> =
        unseen.iter().map(|pair| score_with(&model, &pair.left, &pair.right)).collect();
    measure::tell(&unseen, &scores, &shares);
    if let Some(path) = &asked.dump {
        std::fs::write(path, pairs::dump(&unseen, &scores, &model))?;
        let own: Vec<f32> =
            taught.iter().map(|pair| score_with(&model, &pair.left, &pair.right)).collect();
        std::fs::write(path.with_extension("taught"), pairs::dump(&taught, &own, &model))?;
    }
    Ok(())
}

fn asked() -> Result<Asked, Failed> {
    let mut asked = Asked { trees: 160, seed: 1, ..Asked::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--unseen" => asked.unseen = true,
            "--loose" => (asked.unseen, asked.loose) = (true, true),
            "--leave" => asked.leave = Some(value()?),
            "--without" => asked.without = value()?.split(',').map(str::to_owned).collect(),
            "--dump" => asked.dump = Some(value()?.into()),
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
        for skeleton in learn::skeletons(&encode(name, diwan_names::Kind::Place)) {
            counts[usize::from(skeleton)] += 1;
        }
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(2)).ln();
    Ok(counts
        .iter()
        .map(|count| (255.0 * (1.0 - f64::from(count + 1).ln() / most).max(0.0)) as u8)
        .collect())
}

fn forest(model: &Model, taught: &[Pair], asked: &Asked) -> diwan_names::forest::Forest {
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

fn write(model: &Model) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights");
    std::fs::write(folder.join("costs.bin"), model.costs.bytes())?;
    std::fs::write(folder.join("rarities.bin"), &model.rarities)?;
    std::fs::write(folder.join("forest.bin"), model.forest.bytes())?;
    println!("wrote {}", folder.display());
    Ok(())
}
