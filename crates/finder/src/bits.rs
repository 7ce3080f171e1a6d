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

    /// How many rows are in both.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let both = self.0.iter().zip(&other.0);
        both.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let after = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
            std::iter::successors(Some(*word).filter(|word| *word != 0), after)
                .map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }
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
}
