//! A set of rows, one bit a row.

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No row of so many.
    pub(crate) fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// Every row of so many.
    pub(crate) fn all(rows: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; rows.div_ceil(64)]);
        if let (Some(last), rest @ 1..) = (bits.0.last_mut(), rows % 64) {
            *last = (1 << rest) - 1;
        }
        bits
    }

    pub(crate) fn put(&mut self, row: usize) {
        self.0[row / 64] |= 1 << (row % 64);
    }

    pub(crate) fn has(&self, row: usize) -> bool {
        self.0[row / 64] >> (row % 64) & 1 == 1
    }

    /// Keeps what is in the other, too.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Takes away what is in the other.
    pub(crate) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    /// Takes away what does not pass.
    pub(crate) fn retain(&mut self, passes: impl Fn(usize) -> bool) {
        for (at, word) in self.0.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !passes(at * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// What is in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(crate) fn count(&self) -> usize {
        self.common(self)
    }

    /// How many rows are in both.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let eights = self.0.chunks_exact(8).zip(other.0.chunks_exact(8));
        let rest = self.0.chunks_exact(8).remainder().iter();
        let rest = rest.zip(other.0.chunks_exact(8).remainder());
        let mut counter = Counter::default();
        eights.for_each(|(a, b)| counter.add(std::array::from_fn(|at| a[at] & b[at])));
        counter.total() + rest.map(|(a, b)| (a & b).count_ones() as usize).sum::<usize>()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let after = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            std::iter::successors(Some(*word).filter(|word| *word != 0), after)
                .map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
}

/// Counts bits of eight words at a time by carry-save adders (Harley and Seal): the usual processor has no instruction
/// that counts them, and this takes half the steps of counting word by word.
#[derive(Default)]
struct Counter {
    ones: u64,
    twos: u64,
    fours: u64,
    eights: usize,
}

impl Counter {
    fn add(&mut self, words: [u64; 8]) {
        let (ones, two_a) = sum(self.ones, words[0], words[1]);
        let (ones, two_b) = sum(ones, words[2], words[3]);
        let (twos, four_a) = sum(self.twos, two_a, two_b);
        let (ones, two_a) = sum(ones, words[4], words[5]);
        let (ones, two_b) = sum(ones, words[6], words[7]);
        let (twos, four_b) = sum(twos, two_a, two_b);
        let (fours, eight) = sum(self.fours, four_a, four_b);
        (self.ones, self.twos, self.fours) = (ones, twos, fours);
        self.eights += eight.count_ones() as usize;
    }

    fn total(&self) -> usize {
        let few = self.ones.count_ones() + 2 * self.twos.count_ones() + 4 * self.fours.count_ones();
        8 * self.eights + few as usize
    }
}

/// Bit by bit the sum of three bits, and what it carries.
fn sum(a: u64, b: u64, c: u64) -> (u64, u64) {
    let either = a ^ b;
    (either ^ c, (a & b) | (either & c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_rows_holds_what_was_put() {
        for rows in [0, 1, 63, 64, 65, 200] {
            assert_eq!(
                Bits::all(rows).rows().collect::<Vec<_>>(),
                (0..rows).collect::<Vec<_>>()
            );
        }
        let mut few = Bits::none(200);
        for row in [0, 63, 64, 199] {
            few.put(row);
        }
        assert_eq!(few.rows().collect::<Vec<_>>(), [0, 63, 64, 199]);
        assert!(few.has(64) && !few.has(65));
        assert_eq!(few.common(&Bits::all(200)), 4);
    }

    #[test]
    fn sets_of_any_size_are_counted_and_taken_apart() {
        for rows in [0, 1, 64, 511, 512, 513, 5_000] {
            let (mut thirds, mut fifths) = (Bits::none(rows), Bits::none(rows));
            (0..rows).step_by(3).for_each(|row| thirds.put(row));
            (0..rows).step_by(5).for_each(|row| fifths.put(row));
            assert_eq!(Bits::all(rows).count(), rows);
            assert_eq!(thirds.common(&fifths), rows.div_ceil(15));
            assert_eq!(thirds.and(&fifths).count(), rows.div_ceil(15));
            let mut retained = Bits::all(rows);
            retained.retain(|row| row % 3 == 0);
            assert_eq!(retained, thirds);
            thirds.remove(&fifths);
            assert_eq!(thirds.count(), rows.div_ceil(3) - rows.div_ceil(15));
        }
    }
}
