//! Names that are not of people here: of places, titles and strangers.

use super::Spot;
use crate::lexicon::{
    BELONGINGS, BRANDS, EPONYMS, GOING, INSTITUTIONS, JARGON, MOODS, OFFICES, OPENERS, Ordinary, PEOPLES,
    PLACES, PRAYING, ROLES, SAINTS, STATES, THINGS, TITLES, TRUSTING, WEEK, WORKS, is_act, is_proper,
    is_third_person, ordinary,
};
use crate::words::{Clitic, Shape, Word};

impl Spot<'_> {
    /// "Rose Street", "St. Mary", "in Austin", "Austin, Texas".
    pub(crate) fn is_place(&self) -> bool {
        let word = self.word();
        if !word.is_capital() || word.loud {
            // Without a capital that says something, only where the words around are plain.
            let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
            let town = self.to == self.at + 1
                && PLACES.contains(word.folded.as_str())
                && self.stands_as_place(before);
            return self.is_thing_or_feast() || self.is_prayed_to() || self.is_in_state() || town;
        }
        if self.is_thing_or_feast() || self.is_prayed_to() {
            return true;
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
        // "Young's schema modes": what is called so may stand one word on.
        let thing = |at: usize| {
            self.text
                .get(at)
                .is_some_and(|next| !next.opens && THINGS.contains(next.folded.as_str()))
        };
        let owned = self.last().clitic == Clitic::Possessive && thing(self.to + 1);
        let eponym = EPONYMS.contains(word.folded.as_str()) && (thing(self.to) || owned);
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
        if self.is_in_state() || self.owns_a_work() {
            return true;
        }
        self.to == self.at + 1 && PLACES.contains(word.folded.as_str()) && self.stands_as_place(before)
    }

    /// "Dante's Inferno", "Destiny's Child": what is owned is a word, and written large.
    fn owns_a_work(&self) -> bool {
        self.last().clitic == Clitic::Possessive
            && self.text.gap(self.to) == " "
            && self.text.get(self.to).is_some_and(|next| {
                let folded = next.folded.as_str();
                let told = BELONGINGS.contains(folded) || WEEK.contains(folded) || JARGON.contains(folded);
                next.shape == Shape::Capital
                    && !next.opens
                    && ordinary(folded) != Ordinary::No
                    && !PEOPLES.contains(&folded)
                    && !told
                    && self.forms.get(folded).is_none()
            })
    }

    /// "Austin, Texas".
    fn is_in_state(&self) -> bool {
        self.text.get(self.to).is_some_and(|next| {
            self.text.gap(self.to) == ", "
                && STATES.contains(next.folded.as_str())
                && self.forms.get(&next.folded).is_none()
        })
    }

    /// "The dad's Mercedes", "the movie Lincoln", "Día de Reyes", "San Salvador", "Los Angeles".
    pub(super) fn is_thing_or_feast(&self) -> bool {
        let folded = self.word().folded.as_str();
        let before = self.before().filter(|_| self.text.gap(self.at) == " ");
        let owned = before.is_some_and(|before| {
            before.clitic == Clitic::Possessive
                || (before.folded == "a" && !self.is_spanish())
                || matches!(
                    before.folded.as_str(),
                    "an" | "the"
                        | "his"
                        | "her"
                        | "their"
                        | "my"
                        | "our"
                        | "used"
                        | "new"
                        | "old"
                        | "red"
                        | "black"
                        | "white"
                        | "el"
                        | "un"
                        | "su"
                )
        });
        let work = before.is_some_and(|before| WORKS.contains(before.folded.as_str()));
        if (BRANDS.contains(folded) && owned) || work {
            return true;
        }
        let day = (2..=5).any(|by| {
            self.back(by)
                .is_some_and(|word| matches!(word, "dia" | "dias" | "noche"))
                && (1..by).all(|by| {
                    self.back(by)
                        .is_some_and(|word| matches!(word, "de" | "del" | "los" | "las" | "la" | "todos"))
                })
        });
        let large_article = |at: Option<usize>| {
            at.and_then(|at| self.text.get(at)).is_some_and(|word| {
                (word.shape == Shape::Capital || word.loud)
                    && matches!(word.folded.as_str(), "los" | "las" | "el" | "san")
            })
        };
        let article = self.text.gap(self.at) == " "
            && large_article(self.at.checked_sub(1))
            && (ordinary(folded) != Ordinary::No || self.back(1).is_some_and(|before| before != "el"));
        let saint = matches!(folded, "san" | "santa" | "santo")
            && self.behind().is_some_and(|next| next.shape == Shape::Capital);
        let towards = self.back(1) == Some("from")
            && self.back(2).is_some_and(|word| GOING.contains(word))
            && ordinary(folded) != Ordinary::No
            && self.behind().is_some_and(|next| next.folded == "to")
            && self.text.get(self.to + 1).is_some_and(Word::is_capital);
        day || article || saint || towards
    }

    /// "They pray to Jesús": him whom everybody knows.
    pub(super) fn is_prayed_to(&self) -> bool {
        let folded = self.word().folded.as_str();
        if folded != "jesus" {
            return false;
        }
        let around = self.at.saturating_sub(7)..(self.to + 8).min(self.text.words.len());
        let told = around
            .filter(|at| *at < self.at || *at >= self.to)
            .any(|at| PRAYING.contains(self.text.words[at].folded.as_str()));
        let done = !self.word().opens && !self.acts_as_person();
        let saves = self.behind().is_some_and(|next| {
            matches!(
                next.folded.as_str(),
                "saves" | "died" | "lives" | "christ" | "loves"
            )
        });
        saves || (told && done && !self.stands_with_name())
    }

    pub(super) fn stands_as_place(&self, before: Option<&Word>) -> bool {
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
            "to" | "from" | "for" | "through" | "of" | "de" => {
                let by = if matches!(at(2), "in" | "over" | "up" | "down" | "out") {
                    3
                } else {
                    2
                };
                GOING.contains(at(by))
            }
            _ => false,
        });
        state || (led && !self.acts_as_person())
    }

    /// Part of a title that is made of ordinary words: "Hope Circle", "Project Hope", "Wise Mind".
    pub(super) fn is_in_a_title(&self) -> bool {
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
                || is_third_person(&before.folded)
                || before.folded.ends_with("ing")
                || ordinary(&before.folded) == Ordinary::No);
        plain(before)
            && !opener
            && self.text.gap(self.at) == " "
            && before.clitic == Clitic::None
            && !is_proper(&before.folded)
    }

    /// "Kate Bush", "Ann Arbor", "Denzel Washington": with another name that is nobody's here.
    pub(crate) fn is_of_someone_else(&self, given: bool, family: bool) -> bool {
        let text = self.text;
        let word = self.word();
        if !word.is_capital() || word.loud || word.shape == Shape::Letter {
            return false;
        }
        let other = |word: &Word| {
            let folded = word.folded.as_str();
            word.shape == Shape::Capital
                && !word.loud
                && folded.len() > 2
                && self.forms.get(folded).is_none()
                && !WEEK.contains(folded)
                && !PEOPLES.contains(&folded)
                && !JARGON.contains(folded)
                && !TITLES.contains(folded)
                && !ROLES.contains(folded)
                && !MOODS.contains(folded)
        };
        let after = text.get(self.to).filter(|next| {
            !next.opens && text.gap(self.to) == " " && self.last().clitic == Clitic::None && other(next)
        });
        let verb = |word: &Word| is_act(&word.folded) && !is_proper(&word.folded);
        let member_behind = text.get(self.to + 1).is_some_and(|word| {
            !word.opens
                && word.is_capital()
                && text.gap(self.to + 1) == " "
                && self.forms.get(&word.folded).is_some()
        });
        // "Mac Allister" is written in two.
        let whole = |next: &Word| {
            self.forms
                .get(&format!("{}{}", word.folded, next.folded))
                .is_some()
        };
        if (given || family) && after.is_some_and(|next| !verb(next) && !whole(next)) && !member_behind {
            return true;
        }
        // "Ulysses S. Grant": over a letter in the middle.
        let middle = self.at > 1
            && text.gap(self.at) == ". "
            && text.words[self.at - 1].shape == Shape::Letter
            && text.gap(self.at - 1) == " "
            && !text.words[self.at - 1].opens;
        if middle && family {
            let first = &text.words[self.at - 2];
            return other(first) && is_proper(&first.folded);
        }
        let before = self.at.checked_sub(1).map(|at| &text.words[at]);
        (family || given)
            && text.gap(self.at) == " "
            && before.is_some_and(|before| {
                let folded = before.folded.as_str();
                other(before)
                    && before.clitic == Clitic::None
                    && ordinary(folded) == Ordinary::No
                    && !verb(before)
                    && !PLACES.contains(folded)
                    && (family || is_proper(folded))
            })
    }
}
