//! Keys: what two spellings of one name have in common, exactly.
//!
//! A shared key makes a candidate and never a match.

use crate::parts::{Part, Role, parts};
use crate::skeleton::readings;

/// Changes whenever the same name would get other keys.
pub const KEYS_VERSION: u8 = 1;

/// At most so many keys of a name.
pub const NAME_KEYS_MAX: usize = 5;

fn words(name: &str) -> (Vec<Vec<String>>, String) {
    let parts = parts(name);
    let all: Vec<Vec<String>> = parts
        .iter()
        .filter(|part| part.role == Role::Name && !TITLES.contains(&part.text.as_str()))
        .map(|part| word(part))
        .filter(|r| r.iter().any(|r| !r.is_empty()))
        .take(6)
        .collect();
    let some: Vec<Vec<String>> =
        all.iter().filter(|w| !KINDS.contains(&w[0].as_str())).cloned().collect();
    let numbers: String =
        parts.iter().filter(|p| p.role == Role::Number).map(|p: &Part| p.text.as_str()).collect();
    let long = some.iter().map(|w| w[0].len()).sum::<usize>() >= 3;
    (if long && env("KINDS", 1) == 1 { some } else { all }, numbers)
}

fn word(part: &Part) -> Vec<String> {
    if ["mohd", "mohamad", "md", "mhd", "muhd"].contains(&part.text.as_str()) {
        return vec!["MHMT".to_owned()];
    }
    let mut out = readings(&part.text);
    if let Some(rest) = part
        .text
        .strip_prefix("al")
        .or_else(|| part.text.strip_prefix("el"))
        .or_else(|| part.text.strip_prefix("אל"))
    {
        let rest = readings(rest);
        if rest[0].len() >= 2 {
            let at = 1.min(out.len());
            out.insert(at, rest[0].clone());
        }
    }
    if let Some(rest) = part
        .text
        .strip_prefix("abu")
        .or_else(|| part.text.strip_prefix("ebu"))
        .or_else(|| part.text.strip_prefix("ابو"))
    {
        let rest = readings(rest);
        if rest[0].len() >= 2 {
            out = rest;
        }
    }
    // a closed t
    if env("CT", 0) == 1
        && (part.text.ends_with("at") || part.text.ends_with("et"))
        && out[0].len() > 3
    {
        let mut r = out[0].clone();
        r.pop();
        out.insert(1, r);
    }
    out
}

const KINDS: [&str; 14] =
    ["SP", "SPT", "KR", "KRT", "HRP", "HRPT", "KRPT", "TL", "K", "NK", "TH", "MCM", "CH", "HC"];

const TITLES: &[&str] = &[
    "mullah",
    "mulla",
    "mullā",
    "ملا",
    "haji",
    "hajji",
    "hadji",
    "hacı",
    "الحاج",
    "حاج",
    "حاجي",
    "sheikh",
    "shaykh",
    "shaikh",
    "sheik",
    "cheikh",
    "şeyh",
    "şêx",
    "شيخ",
    "dr",
    "mr",
    "mrs",
    "prof",
    "eng",
    "maulavi",
    "mawlawi",
    "maulvi",
    "مولوي",
    "akhund",
    "akhund",
    "آخوند",
    "اخوند",
    "qari",
    "قاري",
    "sayyid",
    "sayed",
    "syed",
    "seyed",
    "سيد",
    "ustad",
    "hojjat",
    "hojatoleslam",
    "general",
    "gen",
    "col",
    "sir",
    "دكتر",
    "دكتور",
    "ד'ר",
    "رب",
];

/// Keys of a name, likeliest first.
#[must_use]
pub fn name_keys(name: &str) -> Vec<String> {
    let (words, numbers) = words(name);
    let mut ranked: Vec<(i32, String)> = Vec::new();
    // whole, in order
    let mut wholes: Vec<(usize, String)> = vec![(0, String::new())];
    for word in &words {
        let mut next = Vec::new();
        for (rank, reading) in word.iter().enumerate() {
            for (cost, whole) in &wholes {
                next.push((cost + rank, format!("{whole}{reading}")));
            }
        }
        next.sort();
        next.truncate(6);
        wholes = next;
    }
    for (cost, whole) in &wholes {
        if whole.len() >= 3 && words.len() < env("WMAX", 3) as usize {
            ranked.push((
                env("WHOLE", 0) + *cost as i32 * env("ALT", 10),
                format!("{whole}{numbers}"),
            ));
        }
    }
    for (i, a) in words.iter().enumerate() {
        for (j, b) in words.iter().enumerate().skip(i + 1) {
            for (ra, a) in a.iter().enumerate() {
                for (rb, b) in b.iter().enumerate() {
                    let (x, y) = if a <= b { (a, b) } else { (b, a) };
                    if x.len() + y.len() < 3 {
                        continue;
                    }
                    let cost = (ra + rb) as i32 * env("ALT", 10)
                        - (weight(x) + weight(y)) * env("LEN", 3)
                        + if words.len() > 2 && (i, j) == (0, words.len() - 1) {
                            -env("FL", 3)
                        } else {
                            0
                        };
                    ranked.push((cost, format!("{x}+{y}{numbers}")));
                }
            }
        }
    }
    ranked.sort_by_key(|x| x.0);
    let mut out: Vec<String> = Vec::new();
    for (_, k) in ranked {
        if !out.contains(&k) && out.len() < NAME_KEYS_MAX {
            out.push(k);
        }
    }
    out
}

fn env(k: &str, d: i32) -> i32 {
    std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d)
}

fn weight(s: &str) -> i32 {
    if ["MHMT", "HMT", "HSN", "HSN", "MHMTT"].contains(&s) { 2 } else { s.len().min(6) as i32 }
}
