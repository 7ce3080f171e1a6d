//! Parts that are nearly the same: of two members in one session, or of one member in two.
//!
//! Names and pronouns count as one word each, so that a copied part with another name in it is still seen. Two parts are alike
//! when three in five of their runs of three words are the same (Jaccard), or when one run of words that both have makes up half
//! of the shorter part. The numbers are ours; `tests/it/alike.rs` shows what they tell apart.

mod difference;

use std::collections::HashSet;
use std::ops::Range;

pub use difference::{Piece, difference};

use crate::marking::{Found, Guard};
use crate::names;
use crate::roster::Part;
use crate::words::Text;

/// A part that is much like the one that is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Its place among those that were compared.
    pub with: usize,
    /// Runs of three words that both have, of all: 0 to 1.
    pub shared: f64,
    /// The longest run of words that stands in both.
    pub run: usize,
    /// From the other to this one, word by word.
    pub difference: Vec<Piece>,
}

/// A shorter text says too little: there are only so many ways to say that somebody was quiet.
const FEWEST_WORDS: usize = 8;
const WORDS_OF_A_RUN: usize = 3;
const SHARED: f64 = 0.6;
const LONG_RUN: usize = 12;

impl Guard {
    /// Which of these parts the text is much like, most alike first.
    pub fn alike(&self, text: &str, others: &[&str]) -> Vec<Alike> {
        let own = self.plain(text);
        let mut alike: Vec<Alike> = others
            .iter()
            .enumerate()
            .filter_map(|(with, other)| {
                let (shared, run) = likeness(&own, &self.plain(other))?;
                Some(Alike {
                    with,
                    shared,
                    run,
                    difference: difference(other, text),
                })
            })
            .collect();
        alike.sort_by(|a, b| b.shared.total_cmp(&a.shared).then(b.run.cmp(&a.run)));
        alike
    }

    /// The words of a text, with one word for all names and one for all pronouns.
    fn plain(&self, text: &str) -> Vec<String> {
        let text = Text::read(text);
        let mut found: Vec<Found> = Vec::new();
        names::find(self, &text, Part::Record, &mut found);
        let names: Vec<Range<usize>> = found.into_iter().map(|found| found.range).collect();
        let mut words: Vec<String> = Vec::with_capacity(text.words.len());
        let mut last: Option<&Range<usize>> = None;
        for word in &text.words {
            let name = names
                .iter()
                .find(|name| name.start <= word.range.start && word.range.end <= name.end);
            match name {
                Some(name) if last == Some(name) => continue,
                Some(_) => words.push(NAME.to_owned()),
                None if PRONOUNS.contains(&word.folded.as_str()) => words.push(PRONOUN.to_owned()),
                None => words.push(word.folded.clone()),
            }
            last = name;
        }
        words
    }
}

const NAME: &str = "<name>";
/// A name and a pronoun are the same to who copies: "Ana said", "She said".
const PRONOUN: &str = NAME;
const PRONOUNS: [&str; 17] = [
    "he",
    "she",
    "they",
    "him",
    "her",
    "them",
    "his",
    "hers",
    "their",
    "theirs",
    "himself",
    "herself",
    "themselves",
    "themself",
    "el",
    "ella",
    "ellos",
];

/// How much two texts share, where it is too much.
fn likeness(one: &[String], other: &[String]) -> Option<(f64, usize)> {
    let shorter = one.len().min(other.len());
    if shorter < FEWEST_WORDS {
        return (shorter > WORDS_OF_A_RUN && one == other).then_some((1.0, shorter));
    }
    let (runs, others) = (runs(one), runs(other));
    let both = runs.intersection(&others).count();
    let all = runs.len() + others.len() - both;
    let shared = ratio(both, all);
    let run = longest_run(one, other);
    (shared >= SHARED || (run >= LONG_RUN && run * 2 >= shorter)).then_some((shared, run))
}

fn runs(words: &[String]) -> HashSet<&[String]> {
    words.windows(WORDS_OF_A_RUN).collect()
}

fn longest_run(one: &[String], other: &[String]) -> usize {
    let mut longest = 0;
    let mut ending = vec![0_usize; other.len() + 1];
    for word in one {
        // From the end, so that what stood before is still that of the word before.
        for at in (0..other.len()).rev() {
            ending[at + 1] = if *word == other[at] { ending[at] + 1 } else { 0 };
            longest = longest.max(ending[at + 1]);
        }
    }
    longest
}

#[expect(clippy::cast_precision_loss, reason = "thousands of words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
