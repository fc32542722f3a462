//! Persons told apart and made one across the articles of a run, whatever script names them.
//!
//! Two spellings are one person when the consonants of their given and family names agree, or when
//! one holds all the names of the other in order. A family name alone joins nobody.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::fold::fold;
use crate::lexicon::figure_names;
use crate::{Mention, MentionKind, Page};

type Bones = Vec<String>;

/// Gives one id to every person of the run.
pub(crate) fn across(pages: &mut [(Page, Vec<Mention>)]) {
    let mut names: BTreeMap<String, Bones> = BTreeMap::new();
    for (page, mentions) in pages.iter() {
        for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
            let Some(id) = &mention.entity else { continue };
            let bones = bones(page.at(mention.span));
            let known = names.entry(id.clone()).or_default();
            if bones.len() > known.len() {
                *known = bones;
            }
        }
    }
    let one = merged(&names);
    if one.is_empty() {
        return;
    }
    let moved = |id: &mut Option<String>| {
        if let Some(to) = id.as_ref().and_then(|id| one.get(id)) {
            *id = Some(to.clone());
        }
    };
    for (_, mentions) in pages {
        for mention in mentions {
            moved(&mut mention.entity);
            moved(&mut mention.holder);
        }
    }
}

/// Which id gives way to which.
fn merged(names: &BTreeMap<String, Bones>) -> BTreeMap<String, String> {
    let mut one: BTreeMap<String, String> = BTreeMap::new();
    let full: Vec<(&String, &Bones)> = names.iter().filter(|(_, bones)| bones.len() > 1).collect();
    for (id, bones) in &full {
        if let Some(figure) = figure(bones).filter(|figure| figure != id) {
            one.insert((*id).clone(), figure.to_owned());
        }
    }
    for (at, (id, bones)) in full.iter().enumerate() {
        if one.contains_key(*id) {
            continue;
        }
        let fits = |other: &&(&String, &Bones)| other.0 != *id && is_same(bones, other.1);
        let earlier: Vec<&String> =
            full[..at].iter().filter(fits).map(|(other, _)| *other).collect();
        let mut targets: Vec<String> =
            earlier.iter().map(|other| one.get(*other).unwrap_or(other).clone()).collect();
        targets.sort();
        targets.dedup();
        // Where a name fits two persons, it stays its own.
        if let [only] = targets.as_slice() {
            one.insert((*id).clone(), only.clone());
        }
    }
    one
}

fn is_same(left: &Bones, right: &Bones) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    // "Ramchandra", "Ram Chandra".
    let whole = left.concat();
    if (whole.len() > 5 && whole == right.concat()) || are_initials(short, long) {
        return true;
    }
    let weight: usize = short.iter().map(String::len).sum();
    if short.last() != long.last() || weight < 3 {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|bone| rest.any(|other| other == bone))
}

/// "K. P. Sharma Oli", "Khadga Prasad Sharma Oli": two names in full, before them initials of which
/// one at least agrees.
fn are_initials(left: &Bones, right: &Bones) -> bool {
    let initials = |name: &Bones| name.iter().take_while(|bone| bone.len() == 1).count();
    let count = initials(left).max(initials(right));
    let rest = left.len().saturating_sub(count);
    left.len() == right.len()
        && count > 0
        && rest > 1
        && left[count..] == right[count..]
        && left[..count]
            .iter()
            .zip(&right[..count])
            .any(|(a, b)| a.chars().next() == b.chars().next())
}

/// The person of public life whose given and family names these are.
fn figure(bones: &Bones) -> Option<&'static str> {
    static FIGURES: LazyLock<HashMap<(String, String), &'static str>> = LazyLock::new(|| {
        let mut figures = HashMap::new();
        for (id, name) in figure_names() {
            let bones = self::bones(name);
            if let [first, .., last] = bones.as_slice() {
                figures.entry((first.clone(), last.clone())).or_insert(id);
            }
        }
        figures
    });
    let [first, .., last] = bones.as_slice() else { return None };
    (first.len() + last.len() > 3)
        .then(|| FIGURES.get(&(first.clone(), last.clone())).copied())
        .flatten()
}

/// The consonants of each name, alike in Arabic and Latin letters; no articles and particles.
fn bones(name: &str) -> Bones {
    let folded = fold(&name.replace('.', " "));
    let words = folded.split([' ', '-']).filter(|word| !word.is_empty());
    words
        .filter(|word| {
            !matches!(
                *word,
                "al" | "el" | "es" | "as" | "ul" | "ibn" | "bin" | "bint" | "بن" | "ال" | "ابن"
            )
        })
        .map(|word| {
            bone(word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word))
        })
        .filter(|bone| !bone.is_empty())
        .collect()
}

fn bone(word: &str) -> String {
    let word = word.replace("sh", "s").replace("kh", "h").replace("gh", "g").replace("th", "t");
    let word = word.replace("dh", "d").replace("ph", "f").replace("ck", "k");
    let mut bone = String::new();
    let count = word.chars().count();
    for (nth, letter) in word.chars().enumerate() {
        let class = match letter {
            'b' | 'p' | 'ب' => 'b',
            't' | 'ت' | 'ط' | 'ث' => 't',
            'd' | 'د' | 'ذ' | 'ض' => 'd',
            'j' | 'ج' => 'j',
            'h' | 'ح' | 'خ' | 'ه' if nth + 1 < count => 'h',
            'r' | 'ر' => 'r',
            'z' | 'ز' | 'ظ' => 'z',
            's' | 'س' | 'ش' | 'ص' => 's',
            'g' | 'غ' => 'g',
            'f' | 'v' | 'ف' => 'f',
            'k' | 'q' | 'c' | 'ق' | 'ك' => 'k',
            'l' | 'ل' => 'l',
            'm' | 'م' => 'm',
            'n' | 'ن' => 'n',
            'x' => 'x',
            _ if nth == 0 && !letter.is_alphabetic() => letter,
            _ => continue,
        };
        if !bone.ends_with(class) {
            bone.push(class);
        }
    }
    // A name of vowels alone is its first letter.
    if bone.is_empty() { word.chars().take(1).collect() } else { bone }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_the_same_bones() {
        assert_eq!(bones("Asaad Al-Sheebani"), bones("أسعد الشيباني"));
        assert_eq!(bones("Hussein Salameh"), bones("Hüseyin Salame"));
        assert_eq!(figure(&bones("Asaad Hassan Al-Shibani")), Some("p:asaad_shaibani"));
        assert!(!is_same(&bones("Ali Habib"), &bones("Ali Ayyoub")));
        assert!(is_same(&bones("Ramchandra Paudel"), &bones("Ram Chandra Paudel")));
        assert!(is_same(&bones("K.P. Sharma Oli"), &bones("Khadga Prasad Sharma Oli")));
        assert!(!is_same(&bones("A. B. Sharma Oli"), &bones("Khadga Tej Sharma Oli")));
    }
}
