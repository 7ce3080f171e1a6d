//! A word that is also a name, written with a capital.

use super::Spot;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, ATTENDING, BELONGINGS, BOUND, COUNTED, DATING, DONE_BY, FELT, FOND, MONTHS, MOODS,
    OTHERS, Ordinary, PEOPLES, RECEIVED, SEASONS, is_personal, is_proper, ordinary,
};
use crate::marking::Confidence;
use crate::words::{Clitic, Shape};

impl Spot<'_> {
    pub(super) fn inside(&self) -> Option<Confidence> {
        let folded = self.word().folded.as_str();
        let positive =
            || self.acts_as_person() || self.last().clitic == Clitic::Possessive || self.is_addressed();
        // "The Bishop", "a Black": with an article it is what it says.
        let article = self
            .back(1)
            .is_some_and(|word| matches!(word, "the" | "a" | "an" | "un" | "una"));
        if article && self.text.gap(self.at) == " " && !self.is_given() && !self.is_spanish() && !positive() {
            return None;
        }
        if MONTHS.contains(&folded) {
            return (positive() && !self.is_dated()).then_some(Confidence::Possible);
        }
        if SEASONS.contains(&folded) {
            let bound = self
                .before()
                .is_some_and(|word| BOUND.contains(word.folded.as_str()) || word.folded == "by");
            return (positive() || !(bound || self.is_in_a_title()))
                .then_some(Confidence::Possible)
                .filter(|_| !self.is_dated());
        }
        if PEOPLES.contains(&folded) {
            return positive().then_some(Confidence::Possible);
        }
        (!self.is_in_a_title()).then_some(Confidence::Likely)
    }

    /// What is said or given to someone: "told May", "thanked April", "with June".
    pub(super) fn is_addressed(&self) -> bool {
        let second = self
            .at
            .checked_sub(2)
            .map_or("", |at| self.text.words[at].folded.as_str());
        self.before().is_some_and(|before| match before.folded.as_str() {
            "for" | "about" | "to" => FELT.contains(second),
            "from" => RECEIVED.contains(second),
            "of" => FOND.contains(second),
            "by" => DONE_BY.contains(second),
            before => ADDRESSING.contains(before),
        })
    }

    pub(super) fn is_dated(&self) -> bool {
        let dated = self.before().is_some_and(|word| {
            (DATING.contains(word.folded.as_str()) && !self.is_addressed())
                || word.shape == Shape::Digits
                || MONTHS.contains(&word.folded.as_str())
        });
        let day = self
            .text
            .get(self.to)
            .is_some_and(|word| word.shape == Shape::Digits && self.text.gap(self.to).len() < 3);
        (dated && !self.acts_as_person()) || day
    }

    /// At the beginning of a sentence, where every word is large: by grammar.
    #[expect(clippy::too_many_lines, reason = "one rule after the other")]
    pub(super) fn opening(&self) -> Option<Confidence> {
        let word = self.word();
        let folded = word.folded.as_str();
        let likely = |yes: bool| yes.then_some(Confidence::Likely);
        if self.is_in_a_title() && !self.acts_as_person() {
            return None;
        }
        if self.acts_as_person() {
            return likely(true);
        }
        if self.begins_fragment() && !self.is_in_a_title() {
            return likely(true);
        }
        let follows = self.text.get(self.to);
        let follow = follows
            .filter(|next| !next.opens)
            .map_or("", |next| next.folded.as_str());
        let spaced = self.text.gap(self.to) == " ";
        let owns = self.last().clitic == Clitic::Possessive && BELONGINGS.contains(follow);
        let ends = |at: usize| {
            self.text.get(at).is_none_or(|word| {
                word.opens
                    || self.text.gap(at).starts_with([',', '.', ';', '(', ')'])
                    || matches!(
                        word.folded.as_str(),
                        "and" | "with" | "today" | "again" | "but" | "at" | "throughout"
                    )
            })
        };
        // "Faith absent, Grace late."
        let spaced_in = matches!(self.text.gap(self.to), " " | " (");
        let listed_as = follows.map_or("", |next| next.folded.as_str());
        let attending =
            spaced_in && ATTENDING.contains(listed_as) && ends(self.to + 1) && self.is_named_alone();
        // "Joy: I feel", "Hope, you are": what is said, or to whom.
        let speaks = self.text.gap(self.to).starts_with(':')
            && follows.is_some_and(|next| matches!(next.folded.as_str(), "i" | "im" | "ill" | "ive"));
        let spoken_to = self.text.gap(self.to).starts_with(',')
            && self.text.gap(self.at).ends_with(['"', '“'])
            && matches!(
                follow,
                "you" | "i" | "we" | "please" | "thank" | "your" | "thanks" | "im" | "that"
            );
        let with_others = follow == "and"
            && (self.to + 1..self.to + 3).any(|at| {
                self.text
                    .get(at)
                    .is_some_and(|word| !word.opens && OTHERS.contains(word.folded.as_str()))
            });
        let with_members = self.text.gap(self.to) == ", "
            && matches!(follow, "the" | "our" | "a" | "an")
            && (self.to + 1..self.to + 4).any(|at| {
                self.text.get(at).is_some_and(|word| {
                    !word.opens
                        && matches!(
                            word.folded.as_str(),
                            "member"
                                | "participant"
                                | "newest"
                                | "youngest"
                                | "oldest"
                                | "quietest"
                                | "newcomer"
                                | "timekeeper"
                        )
                })
            });
        if owns || attending || speaks || spoken_to || with_others || with_members {
            return likely(true);
        }
        let calendar = MONTHS.contains(&folded) || PEOPLES.contains(&folded);
        if calendar {
            return None;
        }
        let apposed = self.text.gap(self.to).starts_with(',')
            && follows.is_some_and(|next| matches!(next.folded.as_str(), "who" | "whose" | "quien"));
        if self.last().clitic == Clitic::Possessive || apposed {
            return likely(true);
        }
        // "Rose: quiet, left early."
        let told = self.text.gap(self.to).starts_with(':')
            && follows.is_some_and(|next| {
                !next.is_capital() && (MOODS.contains(next.folded.as_str()) || is_personal(&next.folded))
            });
        if told {
            return Some(Confidence::Possible);
        }
        // "Banks was": no sentence of more than one bank.
        let one = folded.ends_with('s') && spaced && matches!(follow, "was" | "is" | "has" | "does");
        if one && !folded.ends_with("ss") && ABSTRACT.contains(folded) {
            return Some(Confidence::Possible);
        }
        if ABSTRACT.contains(folded) && !COUNTED.contains(folded) {
            return None;
        }
        let listed =
            self.text.gap(self.to).trim_start().starts_with(':') || self.text.gap(self.to).starts_with(" –");
        let known = ordinary(folded) == Ordinary::Known;
        if listed && known || self.text.gap(self.to).starts_with(':') && folded != "will" && is_proper(folded)
        {
            return Some(Confidence::Possible);
        }
        // "Will can" and "Mark was" are no sentences of an ordinary word; "Will they" and "Mark the" are.
        let coordinated = follows.is_some_and(|next| next.folded == "and")
            && self
                .text
                .get(self.to + 1)
                .is_some_and(|next| next.shape == Shape::Capital && next.folded.len() > 1);
        let coming = follows.is_some_and(|next| self.is_still_to_come(next));
        likely(
            (self.acts() && !coming && !self.is_noun(self.to))
                || coordinated
                || (known && self.is_vocative()),
        )
    }

    pub(super) fn is_vocative(&self) -> bool {
        self.text.gap(self.to).starts_with([',', '.', '!', '?', ';']) && is_proper(&self.word().folded)
    }
}
