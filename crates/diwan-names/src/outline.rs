//! Outlines: the consonants of a word, packed, for finding words that may be the same.
//!
//! An outline leaves out vowels and puts every consonant into one of a few classes; a phone that
//! may be several gives several outlines. Two words are worth comparing when they share an outline
//! or an outline with one consonant left out on either side. Outlines live in memory only; what
//! must stay the same for years are [`crate::keys`].

use crate::phone::*;

/// Up to twelve consonants, five bits each, the first one lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Outline(u64);

const BITS: u32 = 5;
/// All twelve.
const FULL: u64 = (1 << 60) - 1;
const CONSONANTS_MAX: u32 = 12;

/// At most so many outlines of one word.
pub(crate) const OUTLINES_MAX: usize = 6;

impl Outline {
    pub(crate) fn len(self) -> u32 {
        (u64::BITS - self.0.leading_zeros()).div_ceil(BITS)
    }

    /// Adds what a phone is heard as: no, one or two classes.
    ///
    /// The same class twice is written once: whether a long consonant or two is often not written.
    fn push(&mut self, heard: u16) {
        let at = self.len();
        let last = at.checked_sub(1).map(|last| self.0 >> (last * BITS));
        if at < CONSONANTS_MAX && last != Some(u64::from(heard)) {
            self.0 |= u64::from(heard) << (at * BITS) & FULL;
        }
    }

    fn without(self, at: u32) -> Self {
        let low = self.0 & ((1 << (at * BITS)) - 1);
        Self(low | self.0 >> ((at + 1) * BITS) << (at * BITS))
    }

    /// Where words with this outline are kept.
    pub(crate) fn key(self) -> u32 {
        // The middle of a product with an odd constant: every consonant moves every bit.
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 29) as u32
    }

    /// Its keys with each consonant left out once.
    pub(crate) fn keys_without_one(self) -> impl Iterator<Item = u32> {
        (0..self.len()).map(move |at| self.without(at).key())
    }
}

/// The outlines of one word, likeliest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlines {
    all: [Outline; OUTLINES_MAX],
    many: usize,
}

impl Outlines {
    pub(crate) fn as_slice(&self) -> &[Outline] {
        self.all.get(..self.many).unwrap_or(&[])
    }

    /// The likeliest one.
    pub(crate) fn main(&self) -> Outline {
        self.all[0]
    }

    /// Each outline so far continued by each class.
    fn branch(&mut self, classes: &[u16]) {
        if let [class] = classes {
            self.all[..self.many].iter_mut().for_each(|outline| outline.push(*class));
            return;
        }
        let before = *self;
        self.many = 0;
        for class in classes {
            for outline in before.as_slice() {
                let mut outline = *outline;
                outline.push(*class);
                if self.many < OUTLINES_MAX && !self.as_slice().contains(&outline) {
                    self.all[self.many] = outline;
                    self.many += 1;
                }
            }
        }
    }
}

/// The outlines of a word's phones.
pub(crate) fn outlines(phones: &[u8]) -> Outlines {
    let mut outlines = Outlines { all: [Outline::default(); OUTLINES_MAX], many: 1 };
    for (at, phone) in phones.iter().enumerate() {
        // N before p or b is heard and often written as m.
        let labial = phones.get(at + 1).is_some_and(|next| matches!(*next, B | P | BET));
        let last = at > 1 && phones[at + 1..].iter().all(|phone| is_vowel(*phone));
        match *phone {
            N if labial => outlines.branch(&[CM]),
            H | HH if at > 1 && at + 1 == phones.len() => {}
            H | HH if last => outlines.branch(&[CH, SILENT]),
            // John, Johannes as many say it.
            H if phones.get(at + 1) == Some(&N) && phones.get(at.wrapping_sub(1)) == Some(&O) => {
                outlines.branch(&[SILENT, CH]);
            }
            phone => outlines.branch(classes(phone, at == 0)),
        }
    }
    outlines
}

const SILENT: u16 = 0;
const CP: u16 = 1;
const CF: u16 = 2;
const CT: u16 = 3;
const CS: u16 = 4;
const CC: u16 = 5;
const CK: u16 = 6;
const CH: u16 = 7;
const CL: u16 = 8;
const CM: u16 = 9;
const CN: u16 = 10;
const CR: u16 = 11;
const CW: u16 = 12;
const CY: u16 = 13;
/// The first of eight classes for letters of other scripts.
const FOREIGN: u16 = 16;
/// One phone heard as two.
const CK_CS: u16 = CK | CS << BITS;
const CS_CH: u16 = CS | CH << BITS;
const CT_CS: u16 = CT | CS << BITS;

/// What a phone may be heard as, likeliest first.
fn classes(phone: u8, first: bool) -> &'static [u16] {
    match phone {
        B | P => &[CP],
        BET if first => &[CP, CF],
        BET => &[CP, CF, SILENT],
        PE => &[CP, CF],
        F => &[CF],
        V if first => &[CF, CW],
        V => &[CF, SILENT],
        W if first => &[CW, CF],
        T | TAH | D => &[CT],
        TH | DH | DAD => &[CT, CS],
        ZAH => &[CS, CT],
        TEH_END => &[SILENT, CT],
        S | Z | SAD => &[CS],
        TS => &[CS, CT_CS],
        S_CED | SHIN => &[CC, CS],
        SH | TCH | C_CED => &[CC],
        ZH => &[CC, CS_CH],
        J if first => &[CC, CY],
        J => &[CC, SILENT],
        CHA => &[CC, CH, CK],
        C_HARD => &[CK, CC],
        C_SOFT => &[CS, CC],
        K | Q => &[CK],
        G => &[CK, CC],
        GH => &[CK, SILENT],
        SOFT_G => &[SILENT, CK],
        X => &[CK_CS, CH, CK],
        KH => &[CH, CK],
        H | HH => &[CH],
        L => &[CL],
        M => &[CM],
        N => &[CN],
        R => &[CR],
        WAW if first => &[CW],
        Y | YEH if first => &[CY, SILENT],
        O0 => &[FOREIGN],
        O1 => &[FOREIGN + 1],
        O2 => &[FOREIGN + 2],
        O3 => &[FOREIGN + 3],
        O4 => &[FOREIGN + 4],
        O5 => &[FOREIGN + 5],
        O6 => &[FOREIGN + 6],
        O7 => &[FOREIGN + 7],
        _ => &[SILENT],
    }
}
