use diwan_names::{Index, Kind, Search};
use std::io::Write;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let many: usize = std::env::var("MANY").ok().and_then(|m| m.parse().ok()).unwrap_or(10);
    let index = std::fs::read_to_string(&a[1]).unwrap();
    let t = std::time::Instant::now();
    let index = Index::new(index.lines().map(|l| l.split("\t").next().unwrap_or_default())).unwrap();
    let built = t.elapsed();
    let queries = std::fs::read_to_string(&a[2]).unwrap();
    let mut out = String::new();
    let t = std::time::Instant::now();
    let model = std::env::var("WEIGHTS").ok().map(|d| diwan_names::Model {
        costs: diwan_names::costs::Costs::read(&std::fs::read(format!("{d}/costs.bin")).unwrap()).unwrap(),
        rarities: std::fs::read(format!("{d}/rarities.bin")).unwrap(),
        forest: diwan_names::forest::Forest::read(&std::fs::read(format!("{d}/forest.bin")).unwrap()).unwrap(),
    });
    let mut search = match &model { Some(m) => Search::with_model(&index, m), None => Search::new(&index) };
    let mut n = 0;
    for line in queries.lines() {
        let f: Vec<&str> = line.split('\t').collect();
        let kind = match f.get(2) { Some(&"place") => Kind::Place, Some(&"org") => Kind::Org, _ => Kind::Person };
        for (i, found) in search.best(f[0], kind, many).iter().enumerate() {
            if i > 0 { out.push('\t') }
            out.push_str(&found.id.to_string());
        }
        out.push('\n');
        n += 1;
    }
    let took = t.elapsed();
    eprintln!("build {:.2}s  {:.0} q/s {:?}", built.as_secs_f64(), n as f64 / took.as_secs_f64(), search.stats.map(|s| s / n));
    std::io::stdout().write_all(out.as_bytes()).unwrap();
}
