//! Facts that the leader marked on the roster: a town, an employer, an unusual job.

use crate::letters::is_slip;
use crate::lexicon::{Ordinary, is_act, ordinary};
use crate::marking::{Confidence, Found, Guard, Why};
use crate::roster::{Part, Person};
use crate::words::{Clitic, Text, Word};

#[derive(Debug)]
pub(crate) struct Facts(Vec<Fact>);

#[derive(Debug)]
struct Fact {
    words: Vec<Written>,
    who: usize,
}

#[derive(Debug, PartialEq, Eq)]
struct Written {
    folded: String,
    large: bool,
}

const ARTICLES: [&str; 9] = ["the", "a", "an", "of", "her", "his", "el", "la", "de"];
/// What stands between the words of a fact that is put otherwise: "the bakery on Ogden", "the Ogden bakery".
const LINKS: [&str; 7] = ["on", "in", "at", "near", "for", "from", "by"];
/// Before "at", "in" or "from", they say that somebody's place follows, whatever its name means: "works at target".
const SETTLED: [&str; 26] = [
    "works",
    "work",
    "worked",
    "working",
    "job",
    "shift",
    "shifts",
    "boss",
    "manager",
    "hired",
    "fired",
    "lives",
    "live",
    "lived",
    "living",
    "grew",
    "up",
    "moved",
    "commutes",
    "drives",
    "hours",
    "coworker",
    "coworkers",
    "employee",
    "cashier",
    "guard",
];

impl Facts {
    pub(crate) fn of(people: &[Person]) -> Self {
        let mut facts = Vec::new();
        for (who, person) in people.iter().enumerate() {
            for fact in &person.facts {
                let words = Text::read(fact).words.into_iter();
                let words: Vec<_> = words
                    .filter(|word| {
                        let word = word.folded.as_str();
                        !ARTICLES.contains(&word) && !LINKS.contains(&word)
                    })
                    .map(|word| Written {
                        large: word.is_capital(),
                        folded: word.folded,
                    })
                    .collect();
                if !words.is_empty() {
                    facts.push(Fact { words, who });
                }
            }
        }
        Self(facts)
    }

    pub(crate) fn find(&self, guard: &Guard, text: &Text<'_>, part: Part, found: &mut Vec<Found>) {
        for at in 0..text.words.len() {
            let hits = self.0.iter().filter_map(|fact| Some((fact.at(text, at)?, fact)));
            for (to, fact) in hits {
                // A fact that fits someone who may be named here tells nobody.
                let same = self.0.iter().filter(|other| other.words == fact.words);
                found.push(Found {
                    range: text.words[at].range.start..text.words[to - 1].range.end,
                    who: guard.told(same.map(|fact| fact.who), part),
                    why: Why::Fact,
                    confidence: if fact.words.len() > 1 {
                        Confidence::Sure
                    } else {
                        Confidence::Likely
                    },
                });
            }
        }
    }
}

impl Fact {
    fn at(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        // Most words begin no fact: nothing is kept for them.
        let begins = if self.words.len() == 2 { 2 } else { 1 };
        if !self.words[..begins]
            .iter()
            .any(|written| written.is(&text.words[at]))
        {
            return None;
        }
        let mut to = at;
        let mut left: Vec<&Written> = self.words.iter().collect();
        while !left.is_empty() {
            let link = |word: &Word| {
                let word = word.folded.as_str();
                ARTICLES.contains(&word) || LINKS.contains(&word)
            };
            while to > at && text.get(to).is_some_and(link) {
                to += 1;
            }
            let word = text.get(to).filter(|word| to == at || !word.opens)?;
            // Two words may change places: "the Ogden bakery".
            let open = if self.words.len() == 2 { left.len() } else { 1 };
            let found = left[..open].iter().position(|written| written.is(word))?;
            left.remove(found);
            to += 1;
        }
        let alone = self.words.len() == 1;
        let plain = ordinary(&self.words[0].folded) != Ordinary::No;
        let first = &text.words[at];
        // A proper name that is an ordinary word: only where its capital says something.
        let proper = self.words[0].large && alone && plain;
        let large = first.is_capital() && !first.loud;
        let placed = if large {
            !first.opens || follows_as_place(text, to)
        } else {
            is_settled(text, at)
        };
        (!proper || placed).then_some(to)
    }
}

fn follows_as_place(text: &Text<'_>, to: usize) -> bool {
    let owned = to > 0 && text.words[to - 1].clitic == Clitic::Possessive;
    owned
        || text
            .get(to)
            .is_some_and(|next| !next.opens && is_act(&next.folded))
}

/// "works at target", "grew up in reading".
fn is_settled(text: &Text<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back)
            .map_or("", |at| text.words[at].folded.as_str())
    };
    !text.words[at].opens
        && matches!(word(1), "at" | "in" | "from" | "near" | "outside" | "for")
        && (SETTLED.contains(&word(2)) || SETTLED.contains(&word(3)))
}

impl Written {
    fn is(&self, word: &Word) -> bool {
        let (folded, fact) = (word.folded.as_str(), self.folded.as_str());
        let plural = |one: &str, other: &str| {
            one.strip_prefix(other)
                .is_some_and(|rest| matches!(rest, "s" | "es"))
        };
        folded == fact
            || (fact.len() > 2 && (plural(folded, fact) || fact.len() > 6 && plural(fact, folded)))
            || (fact.len() > 5
                // The length first, roughly: it is asked of every word of a text.
                && folded.len().abs_diff(fact.len()) < 5
                && ordinary(folded) == Ordinary::No
                && is_slip(folded, fact))
    }
}
