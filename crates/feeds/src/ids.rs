//! The ids of a feed so far: each row has one of its own, and a row that repeats another to the letter is told.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The longest id that is kept.
const MOST_ID: usize = 200;

/// Fingerprints stand for ids and rows, so that a large feed costs a few bytes a row. Should two ever be alike, an id is told
/// apart that need not be, and nothing is lost.
#[derive(Default)]
pub(crate) struct Ids(HashMap<u64, First>);

/// The row that has an id, and what it said.
struct First {
    number: u32,
    said: u32,
}

impl Ids {
    /// A unique id from what the row calls itself; and the row it repeats to the letter, if it does. `apart` tells rows of one
    /// name from each other; `said` is the row as it stands in the feed.
    pub(crate) fn take(
        &mut self,
        number: usize,
        named: Option<String>,
        apart: impl FnOnce() -> String,
        said: &(impl Hash + ?Sized),
    ) -> (String, Option<usize>) {
        let base: String = named.unwrap_or_else(|| format!("row-{number}"));
        let base: String = base.chars().take(MOST_ID).collect();
        // Half a fingerprint is enough to tell apart rows of one id.
        let said = u32::try_from(fingerprint(said) >> 32).unwrap_or_default();
        let first = self.0.get(&fingerprint(&base));
        let same = first
            .filter(|first| first.said == said)
            .map(|first| first.number as usize);
        let stem = match first {
            Some(_) => format!("{base}-{}", apart()),
            None => base,
        };
        let mut id = stem.clone();
        for n in 2.. {
            if !self.0.contains_key(&fingerprint(&id)) {
                break;
            }
            id = format!("{stem}-{n}");
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.0.insert(fingerprint(&id), First { number, said });
        (id, same)
    }
}

/// The same for the same within one run of the program.
pub fn fingerprint(said: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    hasher.finish()
}
