//! Whether a word that is also a name is meant as one, where no rule says it: all that is seen around it is weighed.
//!
//! The weights are learnt from the sentences in `tests/sentences` (`examples/learn_weights.rs`), not written.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Spot;
use super::clues::{Clue, clues};

static WEIGHTS: LazyLock<HashMap<Clue, f32>> = LazyLock::new(|| {
    let lines = include_str!("../../data/weights.txt").lines();
    let weight = |line: &'static str| {
        let mut parts = line.split('|');
        let clue = (parts.next()?, parts.next()?, parts.next()?);
        Some((clue, parts.next()?.parse().ok()?))
    };
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(weight)
        .collect()
});

/// From here on a word is marked: low, since a mark costs a look and a miss tells who is in a group.
const ENOUGH: f32 = -0.5;

impl Spot<'_> {
    /// Whether what is seen weighs enough for a name.
    pub(super) fn weighs_as_name(&self) -> bool {
        let weight = |clue: &Clue| WEIGHTS.get(clue).copied().unwrap_or_default();
        clues(self).iter().map(weight).sum::<f32>() > ENOUGH
    }
}
