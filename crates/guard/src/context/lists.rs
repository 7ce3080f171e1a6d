//! Names that stand with others.

use super::Spot;
use crate::lexicon::{LABELS, MONTHS, Ordinary, is_proper, ordinary};
use crate::words::{Shape, Word};

impl Spot<'_> {
    /// "Ana and Mark", "Mark, Ana", "Faith, Hope, Ana": in a list with a word that is a name and nothing else.
    pub(super) fn stands_with_name(&self) -> bool {
        let name = |at: usize, beside: bool| {
            self.text.get(at).is_some_and(|word| {
                let called = self.forms.get(&word.folded).is_some();
                let plain = ordinary(&word.folded) != Ordinary::No;
                let month =
                    MONTHS.contains(&word.folded.as_str()) && MONTHS.contains(&self.word().folded.as_str());
                let large =
                    word.shape == Shape::Capital || (called && !plain && word.shape == Shape::Capitals);
                large
                    && !month
                    && if word.loud || !beside {
                        called && !plain
                    } else {
                        called || (!plain && is_proper(&word.folded))
                    }
            })
        };
        let (from, to) = self.list();
        (from..to).any(|at| {
            let beside = at + 2 >= self.at && at <= self.to + 1;
            (at < self.at || at >= self.to) && name(at, beside)
        })
    }

    /// The list of large words in which it stands: from where, until where.
    pub(super) fn list(&self) -> (usize, usize) {
        let text = self.text;
        let joins = |at: usize| {
            let gap = text.gap(at);
            matches!(
                gap,
                ", " | " & " | "/" | " / " | "; " | " + " | "+" | "," | " - " | " – "
            )
        };
        let and = |at: usize| {
            text.get(at)
                .is_some_and(|word| matches!(word.folded.as_str(), "and" | "y" | "or"))
        };
        let large = |at: usize| text.get(at).is_some_and(Word::is_capital);
        let tied = |at: usize| at > 0 && text.gap(at) == " ";
        let (mut from, mut to) = (self.at, self.to);
        for _ in 0..12 {
            if from > 1 && and(from - 1) && (tied(from) && text.gap(from - 1).len() < 3) && large(from - 2) {
                from -= 2;
            } else if from > 0 && joins(from) && large(from - 1) {
                from -= 1;
            } else if from > 1
                && joins(from)
                && large(from - 2)
                && tied(from - 1)
                && !text.words[from - 1].opens
            {
                // "Hope, Kate L., May": a name of two words.
                from -= 2;
            } else {
                break;
            }
        }
        for _ in 0..12 {
            if and(to) && tied(to + 1) && text.gap(to).len() < 3 && large(to + 1) {
                to += 2;
            } else if to < text.words.len()
                && (joins(to) && large(to)
                    || tied(to)
                        && large(to)
                        && (joins(to + 1) || and(to + 1))
                        && !text.words[to].opens
                        && to > self.to)
            {
                to += 1;
            } else {
                break;
            }
        }
        (from, to)
    }

    /// "Absent: Faith, Will.": in a list of which it is said that it is one of people.
    pub(super) fn is_labelled(&self) -> bool {
        let (from, to) = self.list();
        let text = self.text;
        if from == 0 || !text.gap(from).trim_start().starts_with([':', '–']) || text.gap(from).contains('\n')
        {
            return false;
        }
        let called = (from..to).all(|at| {
            let word = &text.words[at];
            self.forms.get(&word.folded).is_some()
                || ordinary(&word.folded) == Ordinary::No
                || matches!(word.folded.as_str(), "and" | "y")
        });
        let labels = (1..=3)
            .filter_map(|back| from.checked_sub(back))
            .map(|at| &text.words[at]);
        let mut first = true;
        let labelled = labels
            .take_while(|word| {
                let on = first || !text.raw[word.end..].starts_with(['.', '\n', ';']);
                first = false;
                on
            })
            .any(|word| LABELS.contains(word.folded.as_str()));
        called && labelled
    }
}
