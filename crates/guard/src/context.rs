//! Whether a word that is also a name is meant as one: by its capital, by what is done, and by what stands beside it.

use crate::forms::Forms;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, BETWEEN, BOUND, CARRYING, DATING, EPONYMS, FELT, FILLERS, GOING, INSTITUTIONS,
    MONTHS, MOOD_VERBS, MOODS, OBJECTS, OFFICES, OPENERS, Ordinary, PEOPLES, PERSON_SIGNS, PLACES, ROLES,
    SAID, SAINTS, THING_INGS, THINGS, TITLES, TRUSTING, is_act, is_personal, is_proper, ordinary,
};
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

    /// Whether something only people do, or are, comes next.
    pub(crate) fn acts_as_person(&self) -> bool {
        let Some((at, next)) = self.next() else {
            return false;
        };
        if next.is_capital() && !next.loud {
            return false;
        }
        if self.to == self.at + 1 && ABSTRACT.contains(self.word().folded.as_str()) && self.works_on(at) {
            return false;
        }
        is_personal(&next.folded)
            || self.is_in_a_mood(at, next)
            || (is_act(&next.folded) && self.is_about_person(at))
    }

    /// "Hope gave her strength": a verb right before those whom a feeling carries.
    fn works_on(&self, verb: usize) -> bool {
        CARRYING.contains(self.text.words[verb].folded.as_str())
            && self
                .text
                .get(verb + 1)
                .is_some_and(|word| OBJECTS.contains(word.folded.as_str()))
    }

    /// "Grace came in late", "Faith kept her coat on".
    fn is_about_person(&self, verb: usize) -> bool {
        let mut words = (verb + 1..verb + 6).map_while(|at| self.text.get(at).filter(|word| !word.opens));
        words.any(|word| PERSON_SIGNS.contains(word.folded.as_str()))
    }

    fn is_in_a_mood(&self, at: usize, verb: &Word) -> bool {
        if verb.clitic == Clitic::None && !MOOD_VERBS.contains(verb.folded.as_str()) {
            return false;
        }
        let mut words = (at + 1..at + 5)
            .map_while(|at| self.text.get(at).filter(|word| !word.opens))
            .skip_while(|word| FILLERS.contains(word.folded.as_str()) || word.folded.ends_with("ly"));
        words.next().is_some_and(|word| {
            MOODS.contains(word.folded.as_str())
                || (is_personal(&word.folded) && word.folded.ends_with("ed"))
                || person_ing(&word.folded)
        })
    }

    /// Something anything may do.
    fn acts(&self) -> bool {
        self.next()
            .is_some_and(|(_, next)| !next.is_capital() && is_act(&next.folded))
    }

    /// After "Ms.", "member" or the like.
    pub(crate) fn evidence_of_title(&self) -> bool {
        let close = matches!(self.text.gap(self.at), " " | ". " | " \"" | " “" | ": ");
        let titled = |word: &Word| {
            let title = word.folded.as_str();
            TITLES.contains(title) || ROLES.contains(title)
        };
        let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
        close && self.word().is_capital() && before.is_some_and(titled)
    }

    /// "Rose Street", "St. Mary", "in Austin", "Austin, Texas".
    pub(crate) fn is_place(&self) -> bool {
        let word = self.word();
        if !word.is_capital() || word.loud {
            return false;
        }
        let next = self.text.get(self.to);
        let stands_before = |next: &Word| {
            next.shape == Shape::Capital
                && INSTITUTIONS.contains(next.folded.as_str())
                && self.text.gap(self.to) == " "
        };
        if next.is_some_and(stands_before) {
            return true;
        }
        let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
        let eponym = EPONYMS.contains(word.folded.as_str())
            && next.is_some_and(|next| THINGS.contains(next.folded.as_str()));
        let office = self.text.gap(self.at) == " "
            && before.is_some_and(|before| OFFICES.contains(before.folded.as_str()));
        if eponym || office {
            return true;
        }
        let holy = |before: &Word| {
            before.is_capital()
                && SAINTS.contains(before.folded.as_str())
                && matches!(self.text.gap(self.at), " " | ". ")
        };
        if before.is_some_and(holy) {
            return true;
        }
        self.to == self.at + 1 && PLACES.contains(word.folded.as_str()) && self.stands_as_place(before)
    }

    fn stands_as_place(&self, before: Option<&Word>) -> bool {
        let at = |back: usize| {
            self.at
                .checked_sub(back)
                .map_or("", |at| self.text.words[at].folded.as_str())
        };
        let state = self.text.gap(self.to) == ", "
            && self.text.get(self.to).is_some_and(|next| {
                next.shape == Shape::Capitals && next.folded.len() == 2
                    || PLACES.contains(next.folded.as_str())
            });
        let led = before.is_some_and(|before| match before.folded.as_str() {
            "in" => !TRUSTING.contains(at(2)),
            "near" | "outside" | "downtown" | "north" | "south" | "east" | "west" | "en" => true,
            "to" | "from" | "for" | "through" | "of" | "de" => GOING.contains(at(2)),
            _ => false,
        });
        state || (led && !self.acts_as_person())
    }

    /// Part of a title that is made of ordinary words: "Hope Circle", "Project Hope", "Wise Mind".
    fn is_in_a_title(&self) -> bool {
        let plain = |word: &Word| {
            word.shape == Shape::Capital && ordinary(&word.folded) != Ordinary::No && word.folded.len() > 1
        };
        let after = self.text.get(self.to);
        if self.last().clitic == Clitic::None
            && self.text.gap(self.to) == " "
            && after.is_some_and(|word| plain(word) && !word.opens)
        {
            return true;
        }
        let Some(before) = self.before() else { return false };
        let opener = before.opens
            && (OPENERS.contains(before.folded.as_str())
                || is_act(&before.folded)
                || before.folded.ends_with("ing")
                || ordinary(&before.folded) == Ordinary::No);
        plain(before)
            && !opener
            && self.text.gap(self.at) == " "
            && before.clitic == Clitic::None
            && !is_proper(&before.folded)
    }

    /// "Ana and Mark", "Mark, Ana": beside a word that is a name and nothing else.
    fn stands_with_name(&self) -> bool {
        let name = |word: Option<&Word>| {
            word.is_some_and(|word| {
                let called = self.forms.get(&word.folded).is_some();
                word.shape == Shape::Capital
                    && !word.loud
                    && (called || (ordinary(&word.folded) == Ordinary::No && is_proper(&word.folded)))
            })
        };
        let joined = |gap: &str| matches!(gap, ", " | " & " | "/" | " / ");
        let and = |at: usize| {
            self.text
                .get(at)
                .is_some_and(|word| matches!(word.folded.as_str(), "and" | "y"))
        };
        let after = (and(self.to) && name(self.text.get(self.to + 1)))
            || (joined(self.text.gap(self.to)) && name(self.text.get(self.to)));
        let before = (self.at > 1 && and(self.at - 1) && name(self.text.get(self.at - 2)))
            || (self.at > 0 && joined(self.text.gap(self.at)) && name(self.text.get(self.at - 1)));
        after || before
    }

    /// Whether an ordinary word is a name here.
    pub(crate) fn evidence(&self) -> Option<Confidence> {
        let word = self.word();
        if self.evidence_of_title() {
            return Some(Confidence::Sure);
        }
        if !word.is_capital() {
            return self.small();
        }
        if word.loud {
            return (self.acts_as_person()
                || self.stands_with_name()
                || self.last().clitic == Clitic::Possessive)
                .then_some(Confidence::Possible);
        }
        if self.stands_with_name() {
            return Some(Confidence::Likely);
        }
        if word.opens { self.opening() } else { self.inside() }
    }

    /// Written small: only by what people alone say.
    fn small(&self) -> Option<Confidence> {
        let next = self
            .text
            .get(self.to)
            .filter(|next| !next.opens && self.text.gap(self.to) == " ")?;
        let free = self
            .before()
            .is_none_or(|before| !BOUND.contains(before.folded.as_str()) && !before.folded.ends_with("ed"));
        let never_noun = !ABSTRACT.contains(self.word().folded.as_str()) || next.folded != "cried";
        (free && never_noun && SAID.contains(next.folded.as_str())).then_some(Confidence::Possible)
    }

    fn inside(&self) -> Option<Confidence> {
        let folded = self.word().folded.as_str();
        let positive =
            || self.acts_as_person() || self.last().clitic == Clitic::Possessive || self.is_addressed();
        if MONTHS.contains(&folded) {
            return (positive() && !self.is_dated()).then_some(Confidence::Possible);
        }
        if PEOPLES.contains(&folded) {
            return positive().then_some(Confidence::Possible);
        }
        (!self.is_in_a_title()).then_some(Confidence::Likely)
    }

    /// What is said or given to someone: "told May", "thanked April", "with June".
    fn is_addressed(&self) -> bool {
        self.before().is_some_and(|before| match before.folded.as_str() {
            "for" | "about" | "to" => {
                self.at > 1 && FELT.contains(self.text.words[self.at - 2].folded.as_str())
            }
            before => ADDRESSING.contains(before),
        })
    }

    fn is_dated(&self) -> bool {
        let dated = self.before().is_some_and(|word| {
            DATING.contains(word.folded.as_str())
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
    fn opening(&self) -> Option<Confidence> {
        let word = self.word();
        let folded = word.folded.as_str();
        let likely = |yes: bool| yes.then_some(Confidence::Likely);
        if self.is_in_a_title() && !self.acts_as_person() {
            return None;
        }
        if self.acts_as_person() {
            return likely(true);
        }
        let calendar = MONTHS.contains(&folded) || PEOPLES.contains(&folded);
        if calendar {
            return None;
        }
        let follows = self.text.get(self.to);
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
        if ABSTRACT.contains(folded) {
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
        likely(self.acts() || coordinated || (known && self.is_vocative()))
    }

    fn is_vocative(&self) -> bool {
        self.text.gap(self.to).starts_with([',', '.', '!', '?', ';']) && is_proper(&self.word().folded)
    }
}

fn person_ing(folded: &str) -> bool {
    folded.len() > 5 && folded.ends_with("ing") && !THING_INGS.contains(folded)
}
