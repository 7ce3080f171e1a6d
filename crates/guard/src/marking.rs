//! What is marked, and how findings become marks.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::people::PersonId;

use crate::contact::Contacts;
use crate::facts::Facts;
use crate::forms::Forms;
use crate::roster::{Part, Person, Place};
use crate::words::Text;
use crate::{initials, learning, names};

/// A place of a text that tells another member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whom it may tell: more than one where two are called the same. Sorted, never empty.
    pub who: Vec<PersonId>,
    pub why: Why,
    pub confidence: Confidence,
}

/// By what it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    Name,
    Nickname,
    Initials,
    Misspelling,
    Handle,
    Phone,
    Mail,
    Fact,
}

/// How likely it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    Possible,
    Likely,
    Sure,
}

/// A roster, ready to look through texts.
#[derive(Debug)]
pub struct Guard {
    people: Vec<Person>,
    pub(crate) forms: Forms,
    contacts: Contacts,
    facts: Facts,
    /// Other names that may be written, as folded words.
    pub(crate) allowed: Vec<Vec<String>>,
}

/// A word that is also a name, and what is seen around it.
pub type Seen = (Range<usize>, Vec<(&'static str, &'static str, &'static str)>);

/// Something that was seen; of nobody where it is the note's own person or someone who may be named.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    pub(crate) who: Vec<usize>,
    pub(crate) why: Why,
    pub(crate) confidence: Confidence,
}

impl Why {
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Nickname,
        Self::Initials,
        Self::Misspelling,
        Self::Handle,
        Self::Phone,
        Self::Mail,
        Self::Fact,
    ];

    /// What its words are found by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nickname => "nickname",
            Self::Initials => "initials",
            Self::Misspelling => "misspelling",
            Self::Handle => "handle",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Fact => "fact",
        }
    }
}

impl Guard {
    /// Of these people, and of other names that may be written, such as "Carl Rogers" or that of a clinic.
    pub fn new(people: &[Person], allowed: &[String]) -> Self {
        // In the order of ids, so that the order of a roster says nothing.
        let mut people = people.to_vec();
        people.sort_by_key(|person| person.id);
        let allowed = allowed.iter().map(|name| {
            let words = Text::read(name).words;
            words.into_iter().map(|word| word.folded).collect::<Vec<_>>()
        });
        Self {
            forms: Forms::of(&people),
            contacts: Contacts::of(&people),
            facts: Facts::of(&people),
            allowed: allowed.filter(|words| !words.is_empty()).collect(),
            people,
        }
    }

    /// Every place of a text that tells a member who is not its own: sorted, none over another.
    pub fn marks(&self, text: &str, part: Part) -> Vec<Mark> {
        let text = Text::read(text);
        let mut found = Vec::new();
        self.contacts.find(self, &text, part, &mut found);
        self.facts.find(self, &text, part, &mut found);
        let used = names::find(self, &text, part, &mut found);
        initials::find(self, &text, part, &used, &mut found);
        self.settle(found)
    }

    /// What is seen around each word that is also a name: only for the learning of weights.
    #[doc(hidden)]
    pub fn clues(&self, text: &str, part: Part) -> Vec<Seen> {
        learning::seen(self, &Text::read(text), part)
    }

    /// Whether nobody minds that they are named here.
    pub(crate) fn may_be_named(&self, who: usize, part: Part) -> bool {
        let person = &self.people[who];
        person.place == Place::Leader || part == Part::Of(person.id)
    }

    /// Those of them whom it tells, or nobody where it may be someone who may be named.
    pub(crate) fn told(&self, who: impl IntoIterator<Item = usize>, part: Part) -> Vec<usize> {
        let who: BTreeSet<usize> = who.into_iter().collect();
        if who.iter().any(|who| self.may_be_named(*who, part)) {
            return Vec::new();
        }
        who.into_iter().collect()
    }

    /// The longest of those that lie over each other; of equal ones the surest.
    fn settle(&self, mut found: Vec<Found>) -> Vec<Mark> {
        found.sort_by(|a, b| {
            let weight = |found: &Found| (std::cmp::Reverse(found.range.len()), found.range.start);
            weight(a)
                .cmp(&weight(b))
                .then(b.confidence.cmp(&a.confidence))
                .then(a.why.cmp(&b.why))
        });
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            let free =
                |other: &Found| one.range.end <= other.range.start || other.range.end <= one.range.start;
            if kept.iter().all(free) {
                kept.push(one);
            }
        }
        kept.retain(|found| !found.who.is_empty());
        kept.sort_by_key(|found| found.range.start);
        let mark = |found: Found| {
            let mut who: Vec<_> = found.who.iter().map(|who| self.people[*who].id).collect();
            who.sort_unstable();
            who.dedup();
            Mark {
                range: found.range,
                who,
                why: found.why,
                confidence: found.confidence,
            }
        };
        kept.into_iter().map(mark).collect()
    }
}
