//! Whether a word that is also a name is meant as one: by its capital, by what is done, and by what stands beside it.

mod acts;
mod classes;
mod clues;
mod fragments;
mod kinds;
mod large;
mod lists;
mod people;
mod places;
mod runs;
mod small;
mod topics;
mod weighing;

pub(crate) use self::clues::clues;

use crate::forms::{Forms, is_particle};
use crate::lexicon::{BETWEEN, ROLES, TITLES, is_proper};
use crate::marking::Confidence;
use crate::words::{Clitic, Shape, Text, Word};

/// Words `at..to` of a text.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) forms: &'a Forms,
    pub(crate) at: usize,
    pub(crate) to: usize,
}

impl<'a> Spot<'a> {
    fn word(&self) -> &'a Word {
        &self.text.words[self.at]
    }

    fn last(&self) -> &'a Word {
        &self.text.words[self.to - 1]
    }

    fn before(&self) -> Option<&'a Word> {
        self.text.before(self.at)
    }

    /// The next word of the same sentence, over such as "also" and "quietly".
    fn next(&self) -> Option<(usize, &'a Word)> {
        (self.to..self.to + 3)
            .map_while(|at| {
                let word = self.text.get(at).filter(|word| !word.opens)?;
                (!self.text.gap(at).contains([',', ';', '(', ')', '"'])).then_some((at, word))
            })
            .find(|(_, word)| {
                let adverb = word.folded.len() > 4 && word.folded.ends_with("ly");
                !adverb && !BETWEEN.contains(word.folded.as_str())
            })
    }

    /// Whether an ordinary word is a name here: by a rule, or by the weight of what is seen.
    pub(crate) fn evidence(&self) -> Option<Confidence> {
        // "Ms. Do", "Le asked": a family name that is a particle has its capital.
        let large = self.word().is_capital() && !self.word().loud;
        if is_particle(&self.word().folded) && !large && !self.evidence_of_title() {
            return None;
        }
        self.ruled()
            .or_else(|| self.weighs_as_name().then_some(Confidence::Possible))
    }

    pub(crate) fn ruled(&self) -> Option<Confidence> {
        let word = self.word();
        if self.evidence_of_title() {
            return Some(Confidence::Sure);
        }
        if !word.is_capital() || (word.loud && word.shape == Shape::Capitals) {
            return self.small();
        }
        if word.loud {
            return (self.acts_as_person()
                || self.stands_with_name()
                || self.is_labelled()
                || self.last().clitic == Clitic::Possessive)
                .then_some(Confidence::Possible);
        }
        if self.stands_with_name() || self.is_labelled() {
            return Some(Confidence::Likely);
        }
        if word.opens { self.opening() } else { self.inside() }
    }

    /// After "Ms.", "member" or the like.
    pub(crate) fn evidence_of_title(&self) -> bool {
        let close = matches!(self.text.gap(self.at), " " | ". " | " \"" | " “" | ": ");
        let titled = |word: &Word| {
            let title = word.folded.as_str();
            TITLES.contains(title) || ROLES.contains(title)
        };
        let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
        // Written small, "mr. young" is one, but a member, a sister or a don need not be.
        let small = |word: &Word| matches!(word.folded.as_str(), "mr" | "mrs" | "ms" | "sr" | "sra" | "srta");
        close
            && before.is_some_and(|before| {
                titled(before) && (self.word().is_capital() && !self.word().loud || small(before))
            })
    }

    /// Whether somebody here is called so, and it is what people are called.
    fn is_named_alone(&self) -> bool {
        let folded = self.word().folded.as_str();
        is_proper(folded) || self.forms.get(folded).is_some()
    }
}
