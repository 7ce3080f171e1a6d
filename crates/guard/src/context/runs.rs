//! The roster's names in a run: "jack and bob traded seats".

use super::Spot;
use super::kinds::is_determiner;
use crate::lexicon::{
    ADDRESSING, ATTENDING, CARRYING, CLAUSE, LABELS, LEADING, OTHERS, THING_BASES, TOPICAL, is_base,
    is_finite, is_personal,
};
use crate::words::{Clitic, Word};

impl Spot<'_> {
    /// "jack and bob traded seats", "zoe, sky & dawn": in a run of the roster's names.
    pub(super) fn stands_in_run(&self) -> bool {
        let text = self.text;
        let (from, to) = self.run();
        let called = from > 0
            && text.gap(from).starts_with(':')
            && LABELS.contains(text.words[from - 1].folded.as_str())
            && text
                .get(to)
                .is_none_or(|next| next.opens || text.gap(to).contains([';', '.']));
        if called {
            return true;
        }
        if (from, to) == (self.at, self.to) {
            return self.is_with_others();
        }
        let first = Spot {
            at: from,
            to: from + 1,
            ..*self
        };
        let before = first.back(1).unwrap_or_default();
        if is_determiner(before) {
            return false;
        }
        let members = (from..to).filter(|at| !is_and(&text.words[*at].folded));
        let spots: Vec<Spot<'_>> = members
            .map(|at| Spot {
                at,
                to: at + 1,
                ..*self
            })
            .collect();
        let certain = |spot: &Spot<'_>| spot.is_given() || spot.is_only_a_name();
        if spots.iter().any(certain) {
            return true;
        }
        let next = text
            .get(to)
            .filter(|next| !next.opens)
            .map_or("", |next| next.folded.as_str());
        let played = next == "role";
        let whole = Spot {
            at: from,
            to,
            ..*self
        };
        let acted = played
            || whole.is_told_of()
            || ATTENDING.contains(next)
            || (is_base(next) && !THING_BASES.contains(next) && !TOPICAL.contains(next))
            || is_personal(next) && !CARRYING.contains(next) && (!TOPICAL.contains(next) || next == "shared");
        if spots.iter().all(|spot| spot.is_wary() || spot.is_describing()) {
            let aside = text.gap(from).ends_with('(') && text.gap(to).starts_with(')');
            return aside || (acted && next != "felt");
        }
        let held = first.starts()
            || LEADING.contains(before)
            || CLAUSE.contains(before)
            || ADDRESSING.contains(before);
        spots.len() > 2
            || acted
            || (held
                && (is_finite(next)
                    || is_base(next)
                    || matches!(next, "were" | "are")
                    || LEADING.contains(before)))
            || self.is_addressed()
    }

    /// "dawn and another member".
    pub(super) fn is_with_others(&self) -> bool {
        let word = |at: usize| {
            self.text
                .get(at)
                .filter(|word| !word.opens)
                .map_or("", |word| word.folded.as_str())
        };
        let others = (self.to + 1..self.to + 3).any(|at| OTHERS.contains(word(at)) && word(at) != "two");
        let alone = matches!(word(self.to + 1), "nobody" | "noone" | "i" | "he" | "she" | "me");
        let bound = self.back(1).is_some_and(is_determiner);
        is_and(word(self.to)) && (others && self.starts() || alone && !bound && !self.is_plural())
    }

    /// From where until where the roster's names go on, joined by "and", commas and the like.
    pub(super) fn run(&self) -> (usize, usize) {
        let text = self.text;
        let hyphened = |at: usize, word: &Word| {
            at > 0
                && text.gap(at) == "-"
                && self
                    .forms
                    .get(&format!("{}{}", text.words[at - 1].folded, word.folded))
                    .is_some()
        };
        let named = |at: usize| {
            text.get(at).is_some_and(|word| {
                (self.forms.get(&word.folded).is_some() || hyphened(at, word))
                    && word.folded.len() > 2
                    && word.clitic != Clitic::Verb
            })
        };
        let and = |at: usize| {
            text.get(at)
                .is_some_and(|word| is_and(&word.folded) && !word.opens)
        };
        let joins = |at: usize| matches!(text.gap(at), ", " | " & " | "/" | " / " | " + " | "+");
        let (mut from, mut to) = (self.at, self.to);
        loop {
            if from > 1 && and(from - 1) && named(from - 2) {
                from -= 2;
            } else if from > 0 && joins(from) && named(from - 1) {
                from -= 1;
            } else {
                break;
            }
        }
        loop {
            let plain = text.words[to - 1].clitic == Clitic::None;
            if plain && and(to) && named(to + 1) {
                to += 2;
            } else if plain && to < text.words.len() && joins(to) && named(to) {
                to += 1;
            } else {
                break;
            }
        }
        (from, to)
    }
}

pub(super) fn is_and(folded: &str) -> bool {
    matches!(folded, "and" | "y" | "or" | "n")
}
