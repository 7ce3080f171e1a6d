//! A word that is also a name, written with a capital.

use super::Spot;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, ADVERBS, ATTENDING, BELONGINGS, BOUND, COPULAR, COUNTED, DATING, DONE_BY, FELT,
    FOND, MONTHS, MOODS, OTHERS, Ordinary, PEOPLES, PERSON_OBJECTS, RECEIVED, SEASONS, TOPICAL, is_act,
    is_auxiliary, is_base, is_finite, is_personal, is_proper, ordinary, third_person_base,
};
use crate::marking::Confidence;
use crate::words::{Clitic, Shape};

impl Spot<'_> {
    pub(super) fn inside(&self) -> Option<Confidence> {
        let folded = self.word().folded.as_str();
        let positive = || {
            self.acts_as_person()
                || self.is_told_of()
                || self.last().clitic == Clitic::Possessive
                || self.is_addressed()
                || self.is_done_to()
        };
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
            let bound = self.before().is_some_and(|word| match word.folded.as_str() {
                "to" => self.is_until(),
                before => BOUND.contains(before) || before == "by",
            });
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
            "for" | "about" | "abt" | "to" => FELT.contains(second),
            "from" => RECEIVED.contains(second),
            "of" => FOND.contains(second),
            "by" => DONE_BY.contains(second),
            before => ADDRESSING.contains(before),
        })
    }

    /// "hugged May", "said something to April", "near June", "that Christian": where no time of the year stands, and no people.
    fn is_done_to(&self) -> bool {
        let Some(before) = self
            .back(1)
            .filter(|_| self.text.gap(self.at) == " " && self.is_closed())
        else {
            return false;
        };
        match before {
            "to" => !self.is_until(),
            "near" | "beside" | "behind" | "toward" | "towards" | "against" | "alongside" | "opposite"
            | "w" | "without" => true,
            before => {
                PERSON_OBJECTS.contains(before)
                    || (!COPULAR.contains(before)
                        && !matches!(before, "started" | "began")
                        && is_personal(before))
            }
        }
    }

    /// "moved to April", "from March to May", "looks forward to Summer".
    fn is_until(&self) -> bool {
        (2..6).filter_map(|by| self.back(by)).any(|word| {
            matches!(
                word,
                "from"
                    | "forward"
                    | "moved"
                    | "move"
                    | "moves"
                    | "pushed"
                    | "postponed"
                    | "rescheduled"
                    | "deferred"
                    | "delayed"
                    | "extended"
                    | "back"
                    | "up"
                    | "prior"
                    | "due"
                    | "through"
                    | "changed"
            ) || MONTHS.contains(&word)
                || SEASONS.contains(&word)
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
        if self.acts_as_person() || self.is_told_of() || self.is_not_there() {
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
        // "Rose: quiet, left early.", "Hope: did two of three".
        let told = self.text.gap(self.to).starts_with(':')
            && !self.text.gap(self.to).contains('\n')
            && follows.is_some_and(|next| {
                let next = next.folded.as_str();
                let topical = self.is_of_no_person() && TOPICAL.contains(next);
                !topical && (MOODS.contains(next) || is_personal(next) || is_act(next))
            })
            && follows.is_some_and(|next| !next.is_capital());
        if told {
            return Some(Confidence::Possible);
        }
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
        let run = self.run() != (self.at, self.to) && self.stands_in_run();
        likely(
            (self.acts() && !coming && !self.is_noun(self.to))
                || coordinated
                || run
                || self.stands_free()
                || (known && self.is_vocative()),
        )
    }

    /// "Robin keeps her coat on", "Dean at his worst", "King will be out", "Jack? No call.": of a noun that wants an article, all
    /// that names nothing; of what is also done or like something, a verb.
    fn stands_free(&self) -> bool {
        if self.is_wary() || self.is_plural() {
            return false;
        }
        let folded = self.word().folded.as_str();
        let follow = self.behind().map_or("", |next| next.folded.as_str());
        let after = self.text.get(self.to + 1).filter(|word| !word.opens);
        let after = after.map_or("", |word| word.folded.as_str());
        // "Will can": of two verbs that carry others one is a name; "Mark will" is one, "Mark can openers" is none.
        let carried = is_auxiliary(follow)
            && (ADVERBS.contains(after) || is_base(after) || matches!(after, "be" | "have"));
        if carried && !matches!(folded, "will" | "may" | "can") {
            return true;
        }
        if self.is_describing() || self.is_doing() {
            return false;
        }
        let third = self
            .behind()
            .is_some_and(|next| third_person_base(&next.folded).is_some())
            && !self.is_noun(self.to);
        if third && !is_finite(after) {
            return true;
        }
        let gap = self.text.gap(self.to);
        let ended = gap.starts_with(['?', '!', ',', ';', '(']) || matches!(gap, " (" | " - " | " – ");
        let number = follow.bytes().all(|b| b.is_ascii_digit());
        !self.is_family_only() && (ended || (!number && self.is_closed() && !matches!(follow, "of" | "or")))
    }

    pub(super) fn is_vocative(&self) -> bool {
        self.text.gap(self.to).starts_with([',', '.', '!', '?', ';']) && is_proper(&self.word().folded)
    }
}
