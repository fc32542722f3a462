//! Lists of numbers, packed: which names hold a word, which words have an outline.

/// Lists one after the other, found by their place.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// From pairs of list and value; each list keeps the order of its values.
    pub(crate) fn new(many: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = running_sums(many, pairs.iter().map(|(list, _)| *list as usize));
        let mut values = vec![0; pairs.len()];
        // Filling moves every start to its end, which is where the next list starts.
        for (list, value) in pairs {
            let start = &mut starts[*list as usize];
            values[*start as usize] = *value;
            *start += 1;
        }
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, values }
    }

    pub(crate) fn get(&self, list: u32) -> &[u32] {
        let at = list as usize;
        &self.values[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Where each of `many` runs starts when the runs are laid one after the other, and the end.
fn running_sums(many: usize, runs: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0_u32; many + 1];
    for run in runs {
        starts[run + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

/// A hashed key and a value in one number that sorts by key.
pub(crate) fn keyed(key: u32, value: u32) -> u64 {
    u64::from(key) << 32 | u64::from(value)
}

/// Values under hashed keys.
#[derive(Debug, Default)]
pub(crate) struct Keyed {
    /// Ascending, see [`keyed`].
    pairs: Vec<u64>,
    /// Where the keys with these upper bits begin.
    starts: Vec<u32>,
    shift: u32,
}

impl Keyed {
    pub(crate) fn new(mut pairs: Vec<u64>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        pairs.shrink_to_fit();
        let bits = pairs.len().max(2).ilog2().min(24);
        let shift = u64::BITS - bits;
        let starts = running_sums(1 << bits, pairs.iter().map(|pair| (pair >> shift) as usize));
        Self { pairs, starts, shift }
    }

    /// The values under a key, ascending.
    pub(crate) fn get(&self, key: u32) -> impl Iterator<Item = u32> {
        let from = keyed(key, 0);
        let bucket = (from >> self.shift) as usize;
        let run = &self.pairs[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let run = &run[run.partition_point(|pair| *pair < from)..];
        run.iter().take_while(move |pair| (*pair >> 32) as u32 == key).map(|pair| *pair as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_give_back_what_was_put_in() {
        let lists = Lists::new(4, &[(2, 7), (0, 8), (2, 9), (3, 1)]);
        assert_eq!(
            [0, 1, 2, 3].map(|list| lists.get(list).to_vec()),
            [vec![8], vec![], vec![7, 9], vec![1]]
        );
        assert_eq!(Lists::new(1, &[]).get(0), [0_u32; 0]);
    }

    #[test]
    fn values_are_found_under_their_key_only() {
        let all = [(5, 1), (u32::MAX, 2), (5, 0), (0, 3), (5, 1)];
        let keyed = Keyed::new(all.iter().map(|(key, value)| keyed(*key, *value)).collect());
        let get = |key| keyed.get(key).collect::<Vec<_>>();
        assert_eq!([get(5), get(u32::MAX), get(0), get(6)], [vec![0, 1], vec![2], vec![3], vec![]]);
        assert_eq!(Keyed::new(Vec::new()).get(5).count(), 0);
    }
}
