//! A word that is also a name, written small, or where all is written large: a name where the grammar needs someone.

use super::Spot;
use super::kinds::is_determiner;
use super::runs::is_and;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, ALONG, BASES, BELONGINGS, CLAUSE, CLOSED, COMPANY, COPULAR, COUNTED, FEELINGS,
    FIRM, FIRM_LINKS, FIRM_OBJECTS, LEADING, MOODS, PERSON_OBJECTS, PLAIN_OBJECTS, REPORTING, SAID, SEASONS,
    UNCHANGING, is_act, is_base, is_finite, is_personal, is_third_person,
};
use crate::marking::Confidence;
use crate::words::{Clitic, Shape};

impl Spot<'_> {
    pub(crate) fn small(&self) -> Option<Confidence> {
        if self.is_thing_or_feast() || self.is_prayed_to() {
            return None;
        }
        let named = self.stands_in_run()
            || self.is_apposed()
            || if self.last().clitic == Clitic::Possessive {
                self.owns()
            } else {
                self.is_subject() || self.is_object() || self.is_made_person() || self.begins_fragment()
            };
        named.then_some(Confidence::Possible)
    }

    /// "when hunter left", "said river gets it": before a verb that wants someone.
    fn is_subject(&self) -> bool {
        let before = self.back(1).unwrap_or_default();
        // "told me dean asked".
        let heard = matches!(before, "me" | "us" | "him" | "her" | "them" | "group")
            && self
                .back(2)
                .is_some_and(|word| matches!(word, "told" | "tells" | "asked" | "asks" | "reminded"));
        let reporting = heard || REPORTING.contains(before);
        if !(self.starts() || CLAUSE.contains(before) || reporting) {
            return false;
        }
        let Some((at, next)) = self.next() else {
            return false;
        };
        let verb = next.folded.as_str();
        if next.clitic == Clitic::Possessive || (next.is_capital() && !next.loud) {
            return false;
        }
        let asked = matches!(before, "why" | "how" | "whether")
            && self
                .back(2)
                .is_some_and(|word| matches!(word, "asked" | "asks" | "wondered" | "wonders"));
        if asked && is_finite(verb) {
            return true;
        }
        if self.is_wary() {
            // "before may came", "hope said": only what people do; "miles was": no sentence of more than one mile.
            return self.acts_as_person()
                || self.is_told_of()
                || (self.is_plural() && matches!(verb, "was" | "is" | "has"));
        }
        let led = reporting
            && matches!(
                before,
                "let" | "lets" | "made" | "makes" | "had" | "helped" | "watched" | "saw" | "heard"
            );
        if led && is_base(verb) && !self.is_doing() {
            return true;
        }
        if !is_finite(verb) && !self.acts_as_person() {
            return false;
        }
        if self.is_noun(at) || self.is_still_to_come(next) {
            return false;
        }
        if self.is_doing() {
            // "will read", "mark used sheets", "may be": a verb of its own, or before one.
            let folded = self.word().folded.as_str();
            let auxiliary = matches!(folded, "will" | "may" | "can");
            let someone = third_person_of(verb)
                && self.text.get(at + 1).is_some_and(|word| {
                    matches!(
                        word.folded.as_str(),
                        "him" | "her" | "them" | "me" | "us" | "that" | "he" | "she" | "they"
                    )
                });
            if someone {
                return true;
            }
            let past = SAID.contains(verb) || (is_act(verb) && !UNCHANGING.contains(verb));
            return past && (auxiliary || is_personal(verb) || !verb.ends_with("ed"));
        }
        if self.is_describing() && verb.ends_with("ed") && !is_personal(verb) {
            return false;
        }
        // "hunter drinks again", but not "the hunter drinks served".
        let third = third_person_of(verb);
        !third || self.goes_on(at + 1)
    }

    /// Whether a verb that looks like a noun ends before this word.
    fn goes_on(&self, at: usize) -> bool {
        self.text.get(at).filter(|word| !word.opens).is_none_or(|word| {
            let folded = word.folded.as_str();
            self.text.gap(at) != " "
                || CLOSED.contains(folded)
                || folded.ends_with("ly")
                || !is_finite(folded)
        })
    }

    /// "told hunter", "sat by hunter", "next to hunter": where somebody is done to.
    fn is_object(&self) -> bool {
        let Some(before) = self.back(1).filter(|before| {
            let gap = self.text.gap(self.at);
            gap == " " || (*before == "w" && matches!(gap, "/ " | "/"))
        }) else {
            return false;
        };
        // "finds duke rude".
        let found = matches!(
            before,
            "finds" | "found" | "thinks" | "thought" | "makes" | "made"
        ) && self
            .behind()
            .is_some_and(|next| MOODS.contains(next.folded.as_str()));
        if !self.is_closed() && !found {
            return false;
        }
        let follow = self.behind().map_or("", |next| next.folded.as_str());
        if self.is_doing()
            && !FIRM_OBJECTS.contains(before)
            && (PLAIN_OBJECTS.contains(follow) || matches!(before, "to" | "not"))
            && !PERSON_OBJECTS.contains(before)
            && !self.is_firm(before)
            && !self.is_addressed()
        {
            return false;
        }
        let firm = FIRM_OBJECTS.contains(before) || self.is_firm(before);
        if self.is_wary() || self.is_plural() || self.is_family_only() {
            // "proud of june", "listened to may": months feel nothing and hear nobody.
            let felt = self.is_felt();
            let dated = !felt && !self.is_plural() && !ADDRESSING.contains(before);
            let company = matches!(before, "w" | "with")
                && !felt
                && self.back(2).is_some_and(|word| COMPANY.contains(word));
            // "gave amber his seat".
            let given = matches!(before, "gave" | "handed" | "offered" | "showed" | "lent")
                && !felt
                && matches!(follow, "his" | "her" | "a" | "the" | "their");
            return (firm || company || given || PERSON_OBJECTS.contains(before))
                && !matches!(follow, "of" | "in")
                || dated && self.is_addressed();
        }
        if before == "a" {
            return self.is_spanish();
        }
        if self.is_describing() {
            return firm || self.is_addressed();
        }
        if LEADING.contains(before) {
            return !self.is_doing()
                || self.is_addressed()
                || self.is_firm(before)
                || !matches!(before, "to" | "like" | "for" | "of");
        }
        let carries = is_act(before)
            || is_third_person(before)
            || is_base(before)
            || before.ends_with("ing") && before.len() > 5;
        self.is_addressed()
            || self.is_firm(before)
            || ADDRESSING.contains(before)
            || carries && !COPULAR.contains(before)
    }

    /// "told DC", "seated next to DC or WT": where only a person can be, whatever the word.
    pub(crate) fn is_beside_person(&self) -> bool {
        let beside = |spot: &Self| {
            spot.back(1).is_some_and(|before| {
                FIRM_OBJECTS.contains(before) && before != "beside"
                    || spot.is_firm(before) && !matches!(before, "about" | "of" | "for" | "from")
            })
        };
        let and = self.back(1).is_some_and(is_and) && self.text.words[self.at.saturating_sub(2)].is_capital();
        beside(self)
            || and
                && beside(&Spot {
                    at: self.at - 2,
                    to: self.at - 1,
                    ..*self
                })
    }

    /// "sat next to dawn", "rode home with autumn": led by what only people are.
    pub(super) fn is_firm(&self, before: &str) -> bool {
        if !FIRM_LINKS.contains(before) {
            return false;
        }
        let lead = [2, 3]
            .into_iter()
            .filter_map(|by| self.back(by))
            .find(|word| FIRM.contains(*word));
        let Some(lead) = lead else { return false };
        // "sat with hope", "spoke of faith": what one feels goes along as people do.
        let folded = self.word().folded.as_str();
        let felt = ABSTRACT.contains(folded) && !COUNTED.contains(folded) && !SEASONS.contains(&folded);
        let along = matches!(before, "with" | "of" | "about" | "for" | "con" | "de") && ALONG.contains(lead);
        !(felt && along)
    }

    /// A feeling or the like: also these are told, seen and worried about.
    fn is_felt(&self) -> bool {
        FEELINGS.contains(self.word().folded.as_str())
    }

    /// "hunter's turn": what only people have.
    fn owns(&self) -> bool {
        let bound = self.back(1).is_some_and(is_determiner);
        let owned = self.behind().map_or("", |next| next.folded.as_str());
        let told = BELONGINGS.contains(owned) || (owned.len() > 5 && owned.ends_with("ing"));
        !bound
            && (BELONGINGS.contains(owned)
                || !self.is_wary() && (told || self.is_given() && !owned.is_empty()))
    }

    /// "mark, who had been away": of a thing one says "which".
    pub(super) fn is_apposed(&self) -> bool {
        let next = self.text.get(self.to).filter(|next| !next.opens);
        let who = next.is_some_and(|next| matches!(next.folded.as_str(), "who" | "whose" | "quien"));
        who && matches!(self.text.gap(self.to), ", " | " ")
            && self.last().clitic == Clitic::None
            && !self.back(1).is_some_and(is_determiner)
            && !self.is_plural()
            && (self.text.gap(self.to) == ", " || !self.is_describing())
    }

    /// "brooke 4/10, ray 6/10".
    pub(super) fn is_rated(&self) -> bool {
        let number = |at: usize| self.text.get(at).is_some_and(|word| word.shape == Shape::Digits);
        let scale = number(self.to)
            && self.text.gap(self.to) == " "
            && number(self.to + 1)
            && self.text.gap(self.to + 1) == "/";
        scale && self.starts()
    }

    /// "wants hope to know", "sees autumn as a sister".
    fn is_made_person(&self) -> bool {
        let word = |by: usize| {
            self.text
                .get(self.to + by)
                .filter(|word| !word.opens)
                .map_or("", |word| word.folded.as_str())
        };
        let wanted = self.back(1).is_some_and(|before| {
            matches!(
                before,
                "wants"
                    | "wanted"
                    | "want"
                    | "asked"
                    | "asks"
                    | "told"
                    | "tells"
                    | "invited"
                    | "needs"
                    | "needed"
                    | "expects"
                    | "begged"
                    | "let"
                    | "got"
                    | "helped"
            )
        });
        let kin = matches!(word(1), "a" | "an" | "his" | "her" | "their") && BELONGINGS.contains(word(2));
        let own = matches!(word(1), "his" | "her" | "their") && word(0) == "and";
        let with_own = own && (BELONGINGS.contains(word(2)) || word(2).len() > 5 && word(2).ends_with("ing"));
        // "joy was the first to notice".
        let first = matches!(word(0), "was" | "is")
            && word(1) == "the"
            && matches!(word(2), "first" | "only" | "last" | "one");
        let leads = self.starts()
            || self
                .back(1)
                .is_some_and(|before| CLAUSE.contains(before) || REPORTING.contains(before));
        let bound = self.back(1).is_some_and(is_determiner);
        (wanted && word(0) == "to" && BASES.contains(word(1)))
            || (with_own && !bound && !self.is_plural())
            || (first && leads && (word(3) == "to" || word(4) == "to" || word(3) == "who"))
            || self.is_rated()
            || (word(0) == "as" && kin && self.back(1).is_some_and(is_finite))
    }
}

/// "reminds", which may also be a noun of more than one.
fn third_person_of(folded: &str) -> bool {
    is_third_person(folded) && folded.ends_with('s') && !is_act(folded)
}
