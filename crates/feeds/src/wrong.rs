//! What is wrong with a row, fact by fact: reading goes on, so that all of it is told at once and can be mended.

use chrono::NaiveTime;
use chrono_tz::Tz;
use domain::groups::{Address, Draft, Listing, Site};
use domain::mending::{Fact, Problem, Unfinished};
use domain::schedule::{Rule, Schedule};
use domain::text::Line;

use crate::reading::{Held, Reading};
use crate::recurring::{FROM, usual};
use crate::said::{Kind, given, told};
use crate::value::Fields;

/// A row that is no listing, and what there is of it, if anything can be mended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NoListing {
    pub held: Held,
    pub unfinished: Option<Unfinished>,
}

impl From<Held> for NoListing {
    fn from(held: Held) -> Self {
        Self {
            held,
            unfinished: None,
        }
    }
}

/// Where a fact stands in a row, and what it says there.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub field: String,
    pub given: Option<String>,
}

impl At {
    /// A field of its own.
    pub(crate) fn field(fields: &Fields, name: &str, kind: Kind) -> Self {
        Self {
            field: name.to_owned(),
            given: given(fields, name, kind),
        }
    }

    /// This text, in a field that is none of an object.
    pub(crate) fn text(field: &str, text: Option<&str>, kind: Kind) -> Self {
        Self {
            field: field.to_owned(),
            given: text.map(|text| told(text, kind)),
        }
    }
}

/// What is wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Wrongs {
    /// What was first.
    held: Option<Held>,
    problems: Vec<Problem>,
}

impl Wrongs {
    /// What was read, or what stands there until someone says it.
    pub(crate) fn or<T>(&mut self, read: Result<T, Held>, fact: Fact, at: At, instead: T) -> T {
        read.unwrap_or_else(|held| {
            self.put(fact, at, held);
            instead
        })
    }

    pub(crate) fn put(&mut self, fact: Fact, at: At, held: Held) {
        if self.has(&fact) {
            return;
        }
        self.problems.push(Problem {
            fact,
            field: at.field,
            given: at.given,
            why: held.to_string(),
        });
        self.held.get_or_insert(held);
    }

    pub(crate) fn has(&self, fact: &Fact) -> bool {
        self.problems.iter().any(|problem| problem.fact == *fact)
    }

    /// The listing, if nothing is wrong and the draft keeps the rules.
    pub(crate) fn finish(self, draft: Draft) -> Result<Listing, NoListing> {
        Unfinished::finish(draft, self.problems).map_err(|unfinished| {
            let refused = || {
                let why = unfinished.problems().iter().map(|problem| problem.why.as_str());
                Held::Refused(why.collect::<Vec<_>>().join(" "))
            };
            NoListing {
                held: self.held.unwrap_or_else(refused),
                unfinished: Some(unfinished),
            }
        })
    }
}

/// Stands where nothing is known yet.
pub(crate) fn untold() -> Line {
    match Line::parse("…") {
        Ok(line) => line,
        Err(never) => unreachable!("{never}"),
    }
}

/// A house of which only the address is not known.
pub(crate) fn somewhere() -> Site {
    Site {
        name: None,
        address: Address::Exact {
            line: untold(),
            town: None,
        },
        point: None,
        directions: None,
    }
}

pub(crate) fn never() -> Rule {
    Rule::Weekly {
        interval: 1,
        days: Vec::new(),
    }
}

/// A schedule of which nothing is known, in the zone of the feed.
pub(crate) fn sometime(how: &Reading) -> Schedule {
    Schedule {
        zone: how.zone.unwrap_or(Tz::UTC),
        from: FROM,
        time: NaiveTime::MIN,
        length: usual(),
        rule: never(),
        until: None,
        skips: vec![],
        moves: vec![],
    }
}
