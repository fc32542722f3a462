use diwan_names::keys::name_keys;
use std::collections::BTreeMap;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let show = std::env::args().nth(2);
    let text = std::fs::read_to_string(path).unwrap();
    let mut t: BTreeMap<String, [f64; 5]> = BTreeMap::new();
    for (n, line) in text.lines().skip(1).enumerate() {
        let f: Vec<&str> = line.split('\t').collect();
        let (a, b) = (name_keys(f[0]), name_keys(f[1]));
        let shared = a.iter().any(|k| b.contains(k));
        if let Some(s) = &show {
            if n % 7 == 0 && *s == f[3] && (shared != (f[3] == "1")) {
                println!("{} | {} | {} | {a:?} {b:?}", f[0], f[1], f[2]);
            }
        }
        for slice in ["all".to_owned(), f[2].to_owned(), f[4].to_owned(), f[5].to_owned()] {
            let e = t.entry(slice).or_default();
            let o = if f[3] == "1" { 0 } else { 2 };
            e[o] += 1.0;
            if shared {
                e[o + 1] += 1.0
            }
            e[4] += (a.len() + b.len()) as f64 / 2.0;
        }
    }
    for (k, e) in t {
        if e[0] + e[2] > 300.0 {
            println!(
                "{k:12} true {:6} {:.3}   neg {:6} {:.3}  keys {:.2}",
                e[0],
                e[1] / e[0],
                e[2],
                e[3] / e[2],
                e[4] / (e[0] + e[2])
            );
        }
    }
}
