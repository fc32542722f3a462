//! Persons told apart and made one across the articles of a run, whatever script names them.
//!
//! Two spellings are one person when the consonants of their given and family names agree, or when
//! one holds all the names of the other in order. A family name alone joins nobody.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::fold::fold;
use crate::lexicon::figure_names;
use crate::words::Table;
use crate::{Mention, MentionKind, Page};

type Bones = Vec<String>;

/// Gives one id to every person of the run.
pub(crate) fn across(pages: &mut [(Page, Vec<Mention>)]) {
    let one = merged(&names(pages));
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

/// The fullest name of every person.
fn names(pages: &[(Page, Vec<Mention>)]) -> BTreeMap<&str, Bones> {
    let mut spellings: BTreeSet<(&str, &str)> = BTreeSet::new();
    // In the order of the text: of names equally full the first stays.
    let mut names: BTreeMap<&str, Bones> = BTreeMap::new();
    for (page, mentions) in pages {
        for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
            let Some(id) = mention.entity.as_deref() else { continue };
            let name = page.at(mention.span);
            if !spellings.insert((id, name)) {
                continue;
            }
            let bones = bones(name);
            let known = names.entry(id).or_default();
            if bones.len() > known.len() {
                *known = bones;
            }
        }
    }
    names
}

/// Which id gives way to which.
fn merged(names: &BTreeMap<&str, Bones>) -> BTreeMap<String, String> {
    let mut one: BTreeMap<String, String> = BTreeMap::new();
    let full = || names.iter().filter(|(_, bones)| bones.len() > 1);
    for (id, bones) in full() {
        if let Some(figure) = figure(bones).filter(|figure| figure != id) {
            one.insert((*id).to_owned(), figure.to_owned());
        }
    }
    // Names that are one end alike or are alike written together: no others are compared.
    let mut alike: HashMap<String, Vec<(&str, &Bones)>> = HashMap::new();
    for (id, bones) in full() {
        let keys = [bones.concat(), bones[bones.len() - 1].clone()];
        if !one.contains_key(*id) {
            let mut targets: Vec<&str> = keys
                .iter()
                .filter_map(|key| alike.get(key))
                .flatten()
                .filter(|(_, other)| is_same(bones, other))
                .map(|(other, _)| one.get(*other).map_or(*other, String::as_str))
                .collect();
            targets.sort_unstable();
            targets.dedup();
            // Where a name fits two persons, it stays its own.
            if let [only] = targets.as_slice() {
                let only = (*only).to_owned();
                one.insert((*id).to_owned(), only);
            }
        }
        for key in keys {
            alike.entry(key).or_default().push((id, bones));
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
    // By given name, then by family name.
    static FIGURES: LazyLock<Table<String, Table<String, &'static str>>> = LazyLock::new(|| {
        let mut figures: Table<String, Table<String, &'static str>> = Table::default();
        for (id, name) in figure_names() {
            let bones = self::bones(name);
            if let [first, .., last] = bones.as_slice() {
                figures.entry(first.clone()).or_default().entry(last.clone()).or_insert(id);
            }
        }
        figures
    });
    let [first, .., last] = bones.as_slice() else { return None };
    let long = first.len() + last.len() > 3;
    FIGURES.get(first).filter(|_| long)?.get(last).copied()
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

/// Two Latin letters that are one sound, in the order in which they are taken together.
const PAIRS: [(&str, &str); 7] =
    [("sh", "s"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ck", "k")];

fn bone(word: &str) -> String {
    let mut word = Cow::Borrowed(word);
    let paired = word.bytes().any(|byte| matches!(byte, b'h' | b'k'));
    for (two, one) in PAIRS {
        if paired && word.contains(two) {
            word = Cow::Owned(word.replace(two, one));
        }
    }
    let mut bone = String::with_capacity(8);
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
