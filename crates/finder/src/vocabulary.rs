//! Every word of every listing, and which listings have it; and the nearest word for one that none has.

use std::collections::HashMap;

use domain::text::fold;

use crate::bits::Bits;

/// A word shorter than that is looked for as it is typed.
const SHORTEST: usize = 4;
/// From so many letters on two slips are forgiven.
const LONG: usize = 8;

#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Folded, in order.
    words: Vec<Box<str>>,
    /// For each word the rows that have it, in order.
    rows: Vec<Box<[u32]>>,
}

impl Vocabulary {
    /// The words of each row's text.
    pub(crate) fn new(texts: impl Iterator<Item = Vec<String>>) -> Self {
        let mut found: HashMap<String, Vec<u32>> = HashMap::new();
        for (row, words) in (0..).zip(texts) {
            for word in words {
                let rows = found.entry(word).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let boxed = |(word, rows): (String, Vec<u32>)| (word.into(), rows.into());
        let (words, rows) = found.into_iter().map(boxed).unzip();
        Self { words, rows }
    }

    /// Keeps the rows in which every word of the text begins a word.
    pub(crate) fn keep(&self, text: &str, rows: &mut Bits, of: usize) {
        for word in fold::words(text) {
            let mut found = Bits::none(of);
            let begin = self.beginning(&word);
            for row in self.rows[begin].iter().flatten() {
                found.put(*row as usize);
            }
            rows.keep(&found);
        }
    }

    /// The text with each word that no listing has replaced by the nearest that one has; none if there is nothing to
    /// replace.
    pub(crate) fn corrected(&self, text: &str) -> Option<String> {
        let typed = fold::words(text);
        let better: Vec<_> = typed.iter().map(|word| self.nearest(word)).collect();
        if better.iter().all(Option::is_none) {
            return None;
        }
        let words = typed.iter().zip(better);
        let words: Vec<_> = words.map(|(typed, better)| better.unwrap_or(typed)).collect();
        Some(words.join(" "))
    }

    /// The words that begin with this one.
    fn beginning(&self, word: &str) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|known| known.as_ref() < word);
        let count = self.words[from..].partition_point(|known| known.starts_with(word));
        from..from + count
    }

    /// One slip away, or two from a long word; the first letter is believed. Of several the one that most listings have.
    fn nearest(&self, typed: &str) -> Option<&str> {
        let letters = typed.chars().count();
        let is_word = letters >= SHORTEST && typed.chars().all(char::is_alphabetic);
        if !is_word || !self.beginning(typed).is_empty() {
            return None;
        }
        let first = typed.chars().next()?;
        let most = if letters >= LONG { 2 } else { 1 };
        self.beginning(first.encode_utf8(&mut [0; 4]))
            .filter_map(|at| {
                let known = self.words[at].as_ref();
                let near = known.chars().count().abs_diff(letters) <= most;
                let slips = near
                    .then(|| strsim::osa_distance(typed, known))
                    .filter(|slips| *slips <= most)?;
                Some((slips, usize::MAX - self.rows[at].len(), known))
            })
            .min()
            .map(|(_, _, known)| known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let texts = [
            "grief anxiety",
            "anxiety bereavement",
            "grieg",
            "grief 44113 cafe",
        ];
        Vocabulary::new(texts.into_iter().map(fold::words))
    }

    fn corrected(text: &str) -> Option<String> {
        vocabulary().corrected(text)
    }

    #[test]
    fn a_slip_is_forgiven_and_two_in_a_long_word() {
        for (typed, meant) in [
            ("greif", "grief"),
            ("Griéff anxiety", "grief anxiety"),
            ("anxeity", "anxiety"),
            ("bereavment", "bereavement"),
            ("berevement", "bereavement"),
            ("beraevemnet", "bereavement"),
        ] {
            assert_eq!(corrected(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_found_short_a_number_or_far_off_stays() {
        for typed in [
            "", "grief", "anx", "grei", "cfe", "44114", "zzzz", "brief", "anixeti", "gr1ef",
        ] {
            assert_eq!(corrected(typed), None, "{typed}");
        }
    }

    #[test]
    fn rows_are_found_by_the_beginnings_of_words() {
        let rows = |text: &str| {
            let mut rows = Bits::all(4);
            vocabulary().keep(text, &mut rows, 4);
            rows.rows().collect::<Vec<_>>()
        };
        assert_eq!(rows("gri"), [0, 2, 3]);
        assert_eq!(rows("GRIEF anx"), [0]);
        assert_eq!(rows(""), [0, 1, 2, 3]);
        assert_eq!(rows("zzzz"), Vec::<usize>::new());
    }
}
