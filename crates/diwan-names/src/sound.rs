//! The letters of one word as phones.

use crate::encode::{Encoded, Kind};
use crate::letter::Script;
use crate::phone::*;

/// In a word as written, plain Latin letters stand in ASCII and all others as this plus their phone.
pub(crate) const READ: u8 = 128;

pub(crate) fn geresh(phone: u8) -> Option<u8> {
    Some(match phone {
        G => J,
        Z => ZH,
        TS => TCH,
        T => TH,
        D => DH,
        HH => KH,
        R | AIN => GH,
        TAH => ZAH,
        _ => return None,
    })
}

pub(crate) fn push(out: &mut Encoded, phone: u8) {
    if let Some(slot) = out.phones.get_mut(usize::from(out.many_phones)) {
        *slot = phone;
        out.many_phones += 1;
    }
}

/// Writes the phones of one word. Latin writes a long consonant twice, which is heard once; Arabic and
/// Hebrew write every letter they mean (הלל is Hillel).
pub(crate) fn speak(script: Script, letters: &[u8], out: &mut Encoded) {
    let mut before = None;
    let mut at = 0;
    while let Some(rest) = letters.get(at..).filter(|rest| !rest.is_empty()) {
        let (phone, taken) = match script {
            // French maps of Syria and Lebanon write غ as rh (`Rharbi`, `Mrhar`).
            Script::Latin
                if out.kind == Kind::Place
                    && rest.starts_with(b"rh")
                    && before.is_none_or(is_hard) =>
            {
                (GH, 2)
            }
            Script::Latin => latin(rest, before),
            Script::Arabic | Script::Hebrew | Script::Sorani => {
                abjad(script, rest, at == 0, before)
            }
        };
        let doubled = script == Script::Latin && before == Some(phone);
        if phone != NONE && !doubled {
            push(out, phone);
            before = Some(phone);
        }
        at += taken;
    }
}

/// The phone of the longest group of Latin letters at the beginning of `rest`, and its length.
fn latin(rest: &[u8], before: Option<u8>) -> (u8, usize) {
    let [first, after @ ..] = rest else { return (NONE, 1) };
    if *first >= READ {
        return (*first - READ, 1);
    }
    let second = after.first().copied().unwrap_or(NONE);
    let at = |letter: u8| usize::from(letter & 31);
    let group = if second >= READ { NONE } else { GROUPS[at(*first)][at(second)] };
    match (group, rest) {
        (NONE, [b'h']) if before.is_some_and(is_vowel) => (H_END, 1),
        (NONE, _) => (single(*first), 1),
        (_, [b't', b's', b'c', b'h', ..]) => (TCH, 4),
        (_, [b't', b'c', b'h', ..]) => (TCH, 3),
        (_, [b's', b'c', b'h', ..]) => (SH, 3),
        (_, [b'd', b'z', b'h', ..]) => (J, 3),
        (_, [b'q', b'u', b'e' | b'i', ..]) => (Q, 2),
        (_, [b't' | b's', b'c', ..] | [b'd', b'z', ..] | [b'q', b'u', ..]) => (single(*first), 1),
        (C_SOFT, _) => (C_SOFT, 1),
        (group, _) => (group, 2),
    }
}

/// What two letters sound like together, by their places in the alphabet; `tc`, `sc`, `dz` and `qu`
/// only begin a longer group, and c is soft before e, i and y without taking them.
const GROUPS: [[u8; 32]; 32] = {
    let known = [
        (b"dj", J),
        (b"sh", SH),
        (b"ch", CHA),
        (b"kh", KH),
        (b"gh", GH),
        (b"th", TH),
        (b"dh", DH),
        (b"zh", ZH),
        (b"ph", F),
        (b"ck", K),
        (b"cq", K),
        (b"tz", TS),
        (b"ts", TS),
        (b"ou", UU),
        (b"oo", UU),
        (b"uu", UU),
        (b"ee", II),
        (b"ii", II),
        (b"aa", AA),
        (b"ce", C_SOFT),
        (b"ci", C_SOFT),
        (b"cy", C_SOFT),
        (b"tc", T),
        (b"sc", S),
        (b"dz", D),
        (b"qu", Q),
    ];
    let mut groups = [[NONE; 32]; 32];
    let mut at = 0;
    while at < known.len() {
        let (letters, phone) = known[at];
        groups[(letters[0] & 31) as usize][(letters[1] & 31) as usize] = phone;
        at += 1;
    }
    groups
};

fn single(letter: u8) -> u8 {
    match letter {
        b'a' => A,
        b'b' => B,
        b'c' => C_HARD,
        b'd' => D,
        b'e' => E,
        b'f' => F,
        b'g' => G,
        b'h' => H,
        b'i' => I,
        b'j' => J,
        b'k' => K,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'o' => O,
        b'p' => P,
        b'q' => Q,
        b'r' => R,
        b's' => S,
        b't' => T,
        b'u' => U,
        b'v' => V,
        b'w' => W,
        b'x' => X,
        b'y' => Y,
        b'z' => Z,
        _ => NONE,
    }
}

/// The phone of an Arabic or Hebrew letter where it stands.
fn abjad(script: Script, rest: &[u8], first: bool, before: Option<u8>) -> (u8, usize) {
    let [letter, after @ ..] = rest else { return (NONE, 1) };
    let next = after.first().map(|next| next.wrapping_sub(READ));
    let phone = if *letter >= READ { letter - READ } else { single(*letter) };
    match (phone, next) {
        (ALEF, _) if first => (ALEF_FIRST, 1),
        // Sorani writes a carrier before a vowel that begins a word.
        (HAMZA, Some(E | EE | O | ALEF | WAW | YEH)) if first => (NONE, 1),
        (WAW, Some(WAW)) => (if script == Script::Hebrew { W } else { UU }, 2),
        (YEH, Some(YEH)) if script == Script::Hebrew => (Y, 2),
        (ALEF_END, Some(_)) => (YEH, 1),
        (H, None) if before.is_some() => (H_END, 1),
        _ => (phone, 1),
    }
}

/// How many phones of a name like `Abdulrahman` are not the name of God after it.
pub(crate) fn abd_lead(phones: &[u8]) -> Option<u8> {
    let at = |at: usize| phones.get(at).copied().unwrap_or(NONE);
    let mut lead = usize::from(at(0) == AIN);
    let voiced = matches!(at(lead), A | AA | E);
    if !voiced && lead == 0 {
        return None;
    }
    lead += usize::from(voiced);
    if !matches!(at(lead), B | BET) || at(lead + 1) != D {
        return None;
    }
    lead += 2;
    lead += usize::from(is_vowel(at(lead)) || at(lead) == WAW);
    // The l is the article's, unless what is left is the name `Latif` or God's.
    if at(lead) == L {
        let own = matches!(
            (at(lead + 1), at(lead + 2)),
            (A | E | AA, H_END | H | T | TAH) | (H_END | H, NONE) | (TAH, _)
        );
        lead += usize::from(!own);
    }
    if matches!(phones.get(lead..), Some([A | E | U | ALEF | ALEF_FIRST, L, next, _, ..]) if !is_vowel(*next))
    {
        lead += 2;
    }
    if phones.len() < lead + 2 { None } else { u8::try_from(lead).ok() }
}

/// `Alkurd`, אלאסד: the article may be part of the word.
pub(crate) fn perhaps_article(phones: &[u8]) -> bool {
    matches!(phones, [A | E | U | ALEF_FIRST, L, third, _, _, ..] if !is_vowel(*third))
}
