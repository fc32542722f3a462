//! The one random source of a run: SplitMix64 (Steele, Lea, Flood, 2014), seeded once.

use diwan_record::ItemId;

/// Everything that happens by chance in a run is drawn from here, in order.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to but not including `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        match self.draw().checked_rem(end) {
            Some(drawn) => usize::try_from(drawn).unwrap_or(0),
            None => 0,
        }
    }

    /// A number within these bounds, both included.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0) + 1;
        low.saturating_add(i64::try_from(self.draw() % span).unwrap_or(0))
    }

    /// True in so many of a hundred draws.
    pub fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    /// One of these, if there are any.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Some of these, in their order.
    pub fn some<T: Clone>(&mut self, of: &[T], of_hundred: usize) -> Vec<T> {
        let mut picked = of.to_vec();
        picked.retain(|_| self.percent(of_hundred));
        picked
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }

    pub fn bytes(&mut self) -> [u8; 16] {
        let (high, low) = (u128::from(self.draw()), u128::from(self.draw()));
        (high << 64 | low).to_be_bytes()
    }

    pub fn item(&mut self) -> ItemId {
        ItemId(self.bytes())
    }
}
