//! Numbers that come again with the same seed, and what a test is told by its environment.

/// A generator of numbers (`SplitMix64`): the same seed, the same numbers.
pub struct Random(pub u64);

impl Random {
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of so many, from 0.
    ///
    /// # Panics
    ///
    /// If there is none to choose from.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.draw() % most as u64).expect("less than a whole number")
    }
}

/// A number in a variable of the environment, or a default.
///
/// # Panics
///
/// If something else stands there.
pub fn told(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a whole number"))
}
