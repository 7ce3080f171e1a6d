//! Seeded chance: xoshiro256++, sown by SplitMix64 (Blackman and Vigna, public domain). The same seed gives the same numbers everywhere.

#[derive(Debug, Clone)]
pub(crate) struct Chance([u64; 4]);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        let mut sown = seed;
        Self([(); 4].map(|()| {
            sown = sown.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = sown;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        }))
    }

    /// The numbers of one start among many: far from those of its neighbours.
    pub(crate) fn of_start(seed: u64, start: u32) -> Self {
        Self::new(
            seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ u64::from(start).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        )
    }

    pub(crate) fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// Below `end`; 0 if that is 0.
    #[expect(clippy::cast_possible_truncation, reason = "it is below a usize")]
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// From 0 up to, not including, 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of them, if there are any.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
