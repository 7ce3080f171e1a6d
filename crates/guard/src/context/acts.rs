//! Whether what follows is what people do, or are.

use super::Spot;
use crate::lexicon::{
    ABSTRACT, BASES, COUNTED, FILLERS, MONTHS, MOOD_VERBS, MOODS, OF_THINGS, PEOPLES, PERSON_SIGNS,
    THING_INGS, TO_COME, TOPICAL, UNCHANGING, is_act, is_personal, is_spanish_verb,
};
use crate::words::{Clitic, Word};

impl Spot<'_> {
    /// Whether something only people do, or are, comes next.
    pub(crate) fn acts_as_person(&self) -> bool {
        let Some((at, next)) = self.next() else {
            return false;
        };
        if next.is_capital() && !next.loud {
            return false;
        }
        let alone = self.to == self.at + 1;
        if alone && self.is_of_no_person() && (self.works_on(at) || self.is_topic(at)) {
            return false;
        }
        if self.is_noun(at) || (alone && self.is_still_to_come(next)) {
            return false;
        }
        is_personal(&next.folded)
            || self.acts_in_spanish(at, next)
            || self.is_in_a_mood(at, next)
            || self.does_as_person(at)
            || (is_act(&next.folded)
                && (self.is_about_person(at)
                    || (next.clitic == Clitic::None && !OF_THINGS.contains(next.folded.as_str()))))
    }

    /// "se salió", "nos contó", "canta": forms of which English has none.
    fn acts_in_spanish(&self, at: usize, verb: &Word) -> bool {
        let folded = verb.folded.as_str();
        let written = &self.text.raw[verb.range.clone()];
        let preterite = folded.len() > 2 && written.ends_with(['ó', 'Ó']);
        let clitic = at
            .checked_sub(1)
            .filter(|before| *before >= self.to)
            .is_some_and(|before| {
                matches!(
                    self.text.words[before].folded.as_str(),
                    "se" | "le" | "les" | "nos" | "me" | "lo" | "la" | "te"
                )
            });
        let known = is_spanish_verb(folded) || preterite;
        let thing = matches!(
            folded,
            "pasa"
                | "paso"
                | "termina"
                | "termino"
                | "empieza"
                | "empezo"
                | "sale"
                | "salio"
                | "llega"
                | "llego"
                | "cae"
                | "trae"
                | "da"
                | "quedo"
                | "vino"
                | "viene"
                | "hace"
                | "hizo"
                | "dio"
        );
        (known && (clitic || !(thing && self.is_wary())))
            || (clitic && matches!(folded, "fue" | "fueron" | "va" | "ve" | "veia"))
    }

    /// A word of which one may speak as of a thing that acts: a feeling, a flower, a season.
    pub(super) fn is_of_no_person(&self) -> bool {
        let folded = self.word().folded.as_str();
        (ABSTRACT.contains(folded) && !COUNTED.contains(folded))
            || MONTHS.contains(&folded)
            || PEOPLES.contains(&folded)
    }

    /// "Destiny did not want to share": what only people do, after another verb.
    pub(super) fn does_as_person(&self, verb: usize) -> bool {
        const LEADS: [&str; 16] = [
            "did", "does", "didnt", "doesnt", "could", "couldnt", "would", "wouldnt", "can", "cant", "had",
            "has", "was", "is", "got", "stood",
        ];
        let word = |at: usize| {
            self.text
                .get(at)
                .filter(|word| !word.opens)
                .map(|word| word.folded.as_str())
        };
        let first = self.text.words[verb].folded.as_str();
        if !LEADS.contains(&first) {
            return false;
        }
        if matches!(first, "got" | "stood") {
            return word(verb + 1) == Some("up");
        }
        let mut at = verb + 1;
        while word(at)
            .is_some_and(|word| matches!(word, "not" | "never" | "to" | "been") || word.ends_with("ly"))
        {
            at += 1;
        }
        word(at).is_some_and(|word| BASES.contains(word))
    }

    /// "Pat answers do not help": what looks like a verb is a noun, with its own verb behind it.
    pub(super) fn is_noun(&self, verb: usize) -> bool {
        verb == self.to
            && self.text.words[verb].folded.ends_with('s')
            && self.text.get(verb + 1).is_some_and(|after| {
                !after.opens
                    && self.text.gap(verb + 1) == " "
                    && (matches!(
                        after.folded.as_str(),
                        "are" | "were" | "do" | "dont" | "don't" | "may" | "have" | "help"
                    ) || (OF_THINGS.contains(after.folded.as_str())
                        && !TOPICAL.contains(after.folded.as_str())))
            })
            && !matches!(
                self.text.words[verb].folded.as_str(),
                "was" | "is" | "has" | "does" | "said" | "says" | "feels"
            )
    }

    /// "Will read the handout before next week": a verb whose past looks the same.
    pub(super) fn is_still_to_come(&self, verb: &Word) -> bool {
        matches!(self.word().folded.as_str(), "will" | "may" | "can")
            && UNCHANGING.contains(verb.folded.as_str())
            && (self.to + 1..self.to + 14)
                .map_while(|at| self.text.get(at).filter(|word| !word.opens))
                .any(|word| TO_COME.contains(word.folded.as_str()))
    }

    pub(super) fn is_in_a_mood(&self, at: usize, verb: &Word) -> bool {
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

    /// "Grace came in late", "Faith kept her coat on".
    pub(super) fn is_about_person(&self, verb: usize) -> bool {
        // "August is the month of his death", "Dawn was breaking when she came".
        if self.is_of_no_person() && matches!(self.text.words[verb].folded.as_str(), "is" | "was") {
            return false;
        }
        let mut words = (verb + 1..verb + 6).map_while(|at| self.text.get(at).filter(|word| !word.opens));
        words.any(|word| PERSON_SIGNS.contains(word.folded.as_str()))
    }

    /// Something anything may do.
    pub(super) fn acts(&self) -> bool {
        self.next()
            .is_some_and(|(_, next)| !next.is_capital() && is_act(&next.folded))
    }
}

fn person_ing(folded: &str) -> bool {
    folded.len() > 5 && folded.ends_with("ing") && !THING_INGS.contains(folded)
}
