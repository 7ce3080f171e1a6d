//! Whether a word of which one also speaks as of a thing is told of as a person: "Art has been to ninety meetings", "April is like a
//! daughter", "Faith goes back on Monday".

use super::Spot;
use crate::lexicon::{
    ADVERBS, BASES, BELONGINGS, CONDITIONS, FILLERS, GOING_ON, HAVE_DONE, HAVING, MOODS, NOT_THERE, ONES,
    PEOPLE, PERSON_SIGNS, POSSESSIONS, THING_BASES, THING_INGS, is_act, is_base, third_person_base,
};
use crate::words::Shape;

impl Spot<'_> {
    /// Whether what follows is said of people only.
    pub(super) fn is_told_of(&self) -> bool {
        let Some((verb, next)) = self.next() else {
            return false;
        };
        let written = next.is_capital() && !next.loud;
        if written
            || self.is_noun(verb)
            || self.is_still_to_come(next)
            || self.works_on(verb)
            || self.is_topic(verb)
        {
            return false;
        }
        match next.folded.as_str() {
            "is" | "was" | "isnt" | "wasnt" => self.is_someone(verb + 1),
            "has" | "had" | "hasnt" | "hadnt" => self.has_as_people(verb + 1),
            "can" | "cant" | "could" | "couldnt" | "will" | "wont" | "would" | "wouldnt" | "should"
            | "shouldnt" | "must" | "may" | "might" | "did" | "didnt" | "does" | "doesnt" => {
                self.would_as_people(verb + 1)
            }
            "came" | "comes" => self.comes_as_people(verb + 1),
            "went" | "goes" => self.goes_as_people(verb + 1),
            "got" | "gets" | "takes" | "took" | "makes" | "made" | "keeps" | "kept" => {
                self.busies_itself(verb + 1)
            }
            does => self.does_in_third_person(does, verb + 1),
        }
    }

    /// A word of the same clause.
    fn told(&self, at: usize) -> &str {
        let word = self.text.get(at).filter(|word| !word.opens);
        let near = word.filter(|_| !self.text.gap(at).contains([',', ';', '(']));
        near.map_or("", |word| word.folded.as_str())
    }

    /// The next word that is no adverb.
    fn over(&self, mut at: usize) -> usize {
        while ADVERBS.contains(self.told(at)) || self.told(at).len() > 4 && self.told(at).ends_with("ly") {
            at += 1;
        }
        at
    }

    fn is_number(&self, at: usize) -> bool {
        let counted = matches!(
            self.told(at),
            "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
        );
        let word = self.text.get(at);
        counted || word.is_some_and(|word| word.shape == Shape::Digits && !self.told(at).is_empty())
    }

    /// After "is": what only people are.
    fn is_someone(&self, at: usize) -> bool {
        // "is "like a daughter to me"".
        let quoted = self.text.get(at).is_some() && self.text.gap(at).ends_with(['"', '“']);
        if quoted {
            let words = (at..at + 4).filter_map(|at| self.text.get(at));
            return words
                .map(|word| word.folded.as_str())
                .any(|word| PEOPLE.contains(word) || word == "one");
        }
        let mut at = self.over(at);
        while FILLERS.contains(self.told(at)) {
            at += 1;
        }
        match self.told(at) {
            "in" => CONDITIONS.contains(self.told(at + 1)) || CONDITIONS.contains(self.told(at + 2)),
            "on" => !matches!(self.told(at + 1), "the" | "its" | "everyones" | "hold"),
            "at" => {
                self.is_number(at + 1)
                    || matches!(self.told(at + 1), "work" | "home" | "court" | "school" | "risk")
            }
            "out" => !matches!(self.told(at + 1), "of"),
            "from" => self
                .text
                .get(at + 1)
                .is_some_and(|word| !word.opens && word.shape == Shape::Capital),
            "one" => self.told(at + 1) == "of" && self.told(at + 2) == "our",
            "like" => (at + 1..at + 4).any(|at| PEOPLE.contains(self.told(at))),
            "the" => self.is_the_one(at + 1),
            "a" | "an" | "my" | "his" | "her" | "their" | "our" => {
                (at + 1..at + 4).any(|at| PEOPLE.contains(self.told(at)))
            }
            word => {
                let acting = word.len() > 5 && word.ends_with("ing") && !THING_INGS.contains(word);
                let own = (at + 1..at + 4).any(|at| matches!(self.told(at), "herself" | "himself"));
                self.is_number(at) || MOODS.contains(word) || acting || own
            }
        }
    }

    /// "the strong one", "the first to notice", "the newest member"; but not "the only thing".
    fn is_the_one(&self, from: usize) -> bool {
        (from..from + 3).any(|at| {
            let word = self.told(at);
            let leads = matches!(self.told(at + 1), "who" | "to" | "whose");
            let ended = self.told(at + 1).is_empty();
            PEOPLE.contains(word) || (ONES.contains(word) && (leads || (word == "one" && ended)))
        })
    }

    /// After "has": what only people have, or have done.
    fn has_as_people(&self, at: usize) -> bool {
        let at = self.over(at);
        let within = || {
            (at + 1..at + 5)
                .map(|at| self.told(at))
                .take_while(|word| !word.is_empty())
        };
        let owned = |word: &str| POSSESSIONS.contains(word) || BELONGINGS.contains(word);
        match self.told(at) {
            "been" => {
                let to = self.over(at + 1);
                matches!(self.told(to), "to" | "at") || self.is_number(to) || self.is_someone(to)
            }
            "a" | "an" | "no" | "the" | "some" | "new" | "any" | "another" => {
                within().any(|word| owned(word) || PEOPLE.contains(word))
            }
            "his" | "her" | "their" => true,
            "to" => is_base(self.told(at + 1)) && !THING_BASES.contains(self.told(at + 1)),
            word => self.is_number(at) || HAVING.contains(word) || owned(word) || HAVE_DONE.contains(word),
        }
    }

    /// After "can" or "did not": what no feeling does.
    fn would_as_people(&self, at: usize) -> bool {
        let at = self.over(at);
        match self.told(at) {
            "be" => self.is_someone(at + 1),
            "have" => self.has_as_people(at + 1),
            "like" => self.told(at + 1) == "to",
            word => {
                BASES.contains(word)
                    || (is_base(word) && !THING_BASES.contains(word))
                    || self.stirs(word, at + 1)
            }
        }
    }

    /// "sit down", "come in", "go home", "stay in bed", "make it", "take meds": what a feeling does, too, but not so.
    fn stirs(&self, base: &str, at: usize) -> bool {
        match base {
            "sit" => self.told(at) != "with",
            "come" => self.comes_as_people(at),
            "go" => self.goes_as_people(at),
            "take" | "make" | "keep" | "get" => self.busies_itself(at),
            "stop" | "start" => self.told(at).ends_with("ing"),
            _ => false,
        }
    }

    fn comes_as_people(&self, at: usize) -> bool {
        match self.told(at) {
            "in" => !matches!(
                self.told(at + 1),
                "" | "waves" | "the" | "many" | "small" | "different" | "all" | "every" | "handy"
            ),
            "to" => !matches!(
                self.told(at + 1),
                "mind" | "light" | "life" | "an" | "those" | "people" | "us" | "me" | "him" | "them"
            ),
            "back" => matches!(
                self.told(at + 1),
                "after" | "from" | "today" | "to" | "in" | "on" | "with"
            ),
            "with" => matches!(self.told(at + 1), "his" | "her" | "their"),
            word => GOING_ON.contains(word),
        }
    }

    fn goes_as_people(&self, at: usize) -> bool {
        match self.told(at) {
            "to" | "for" => !matches!(self.told(at + 1), "waste" | "those" | "people" | "all"),
            "back" => matches!(self.told(at + 1), "to" | "home" | "on" | "in" | "next"),
            word => GOING_ON.contains(word),
        }
    }

    /// "gets her meds", "keeps interrupting", "took a break"; but not "takes time", "gets in the way".
    fn busies_itself(&self, at: usize) -> bool {
        match self.told(at) {
            "a" | "an" | "the" | "his" | "her" | "their" | "some" => {
                let within = || {
                    (at + 1..at + 4)
                        .map(|at| self.told(at))
                        .take_while(|word| !word.is_empty())
                };
                within().any(|word| {
                    PERSON_SIGNS.contains(word)
                        || POSSESSIONS.contains(word)
                        || BELONGINGS.contains(word)
                        || matches!(
                            word,
                            "break" | "call" | "chip" | "seat" | "minutes" | "eye" | "cake" | "snacks"
                        )
                })
            }
            "eye" | "notes" | "meds" | "quiet" | "it" | "to" | "up" | "arrested" | "fired" | "married" => {
                true
            }
            word => word.len() > 4 && word.ends_with("ing") && !THING_INGS.contains(word),
        }
    }

    /// "cares", "rates mood 3", "wants to go": no noun of more than one, and nothing that a feeling does.
    fn does_in_third_person(&self, verb: &str, at: usize) -> bool {
        if is_act(verb) || third_person_base(verb).is_none_or(|base| THING_BASES.contains(base.as_str())) {
            return false;
        }
        match self.told(at) {
            "" => {
                !self.starts()
                    && self
                        .back(1)
                        .is_some_and(|before| matches!(before, "that" | "when" | "how" | "why"))
            }
            "to" => is_base(self.told(at + 1)),
            word => {
                matches!(
                    word,
                    "her"
                        | "his"
                        | "him"
                        | "them"
                        | "that"
                        | "how"
                        | "what"
                        | "when"
                        | "if"
                        | "it"
                        | "too"
                        | "a"
                        | "at"
                        | "no"
                        | "like"
                        | "about"
                ) || word.len() > 5 && word.ends_with("ing")
            }
        }
    }

    /// "no show", "not here", "out sick": right behind a name, whatever it else means.
    pub(crate) fn is_not_there(&self) -> bool {
        let word = |at: usize| self.text.get(at).map_or("", |word| word.folded.as_str());
        let gap = self.text.gap(self.to);
        let close = matches!(gap, " " | ": " | " - " | " – " | ", " | " (" | "? " | "/");
        close
            && match word(self.to) {
                "no" | "not" => NOT_THERE.contains(word(self.to + 1)),
                "out" => matches!(word(self.to + 1), "sick" | "today" | "ill" | "until" | "till"),
                "noshow" | "ncns" | "dna" => true,
                _ => false,
            }
    }
}
