//! A group that a feed names and that is no listing yet, and what a person says in place of what is wrong with it.
//!
//! A reader gives an [`Unfinished`]: a draft as far as the row goes, and what is wrong with the facts that are not in it.
//! A [`Correction`] says one of them. It holds for as long as the feed says the same wrong thing of that fact, and the result
//! is checked as every listing is. Nothing here knows which format the row came in.

mod fact;
mod put;

pub use fact::Fact;
pub use put::PutError;

use serde::{Deserialize, Serialize};

use crate::groups::{Draft, HowToCome, Listing, Refusal, When};
use crate::schedule::ScheduleError;

/// What only shows when all else is said is looked for so often.
const MOST_ROUNDS: usize = 4;

/// A draft whose facts with a problem hold nothing that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {
    draft: Box<Draft>,
    problems: Vec<Problem>,
}

/// What is wrong with a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub fact: Fact,
    /// What the feed calls it.
    pub field: String,
    /// What the feed says of it, without what must not be kept; none if it says nothing.
    pub given: Option<String>,
    /// What is wrong, and what to do.
    pub why: String,
}

/// What a person says in place of a fact that a feed has wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub fact: Fact,
    /// What the feed said of it then.
    pub given: Option<String>,
    /// None: the group is listed without it.
    pub put: Option<String>,
}

/// What corrections make of an unfinished group.
#[derive(Debug, PartialEq)]
pub struct Mended {
    /// The listing, or what is still wrong.
    pub listing: Result<Listing, Unfinished>,
    /// The places of the corrections that took hold.
    pub used: Vec<usize>,
    /// The places of those that the feed has overruled: it says something else of that fact now.
    pub overruled: Vec<usize>,
    /// The places of those that cannot be put there, and why.
    pub wrong: Vec<(usize, PutError)>,
}

impl Unfinished {
    /// The listing of a draft with these problems, if there are none and it keeps the rules.
    pub fn finish(draft: Draft, problems: Vec<Problem>) -> Result<Listing, Self> {
        if !problems.is_empty() {
            return Err(Self {
                draft: Box::new(draft),
                problems,
            });
        }
        Listing::check(draft.clone()).map_err(|refused| Self {
            problems: refused.0.iter().map(|why| problem(&draft, why)).collect(),
            draft: Box::new(draft),
        })
    }

    /// The facts as far as they go: a fact with a problem says nothing that counts.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What is wrong, the first to be told first.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What becomes of it with these corrections, of which each fact has one.
    pub fn mend(&self, with: &[Correction]) -> Mended {
        let mut mending = Mending {
            draft: Draft::clone(&self.draft),
            with,
            used: Vec::new(),
            wrong: Vec::new(),
        };
        let mut left = mending.put(self.problems.clone());
        if mending.draft.when == When::ByAppointment {
            left.retain(|problem| !problem.fact.is_of_schedule());
        }
        let mut listing = Self::finish(mending.draft.clone(), left);
        for _ in 0..MOST_ROUNDS {
            let before = mending.used.len();
            let Err(rest) = &listing else { break };
            let left = mending.put(rest.problems.clone());
            if mending.used.len() == before {
                break;
            }
            listing = Self::finish(mending.draft.clone(), left);
        }
        let is_overruled = |at: &usize| {
            let correction = &with[*at];
            !mending.used.contains(at)
                && mending.wrong.iter().all(|(wrong, _)| wrong != at)
                && match self.of(&correction.fact) {
                    Some(problem) => problem.given != correction.given,
                    // What only shows at the end is not known before.
                    None => listing.is_ok(),
                }
        };
        Mended {
            overruled: (0..with.len()).filter(is_overruled).collect(),
            listing,
            used: mending.used,
            wrong: mending.wrong,
        }
    }

    fn of(&self, fact: &Fact) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.fact == *fact)
    }
}

/// A draft in the middle of being mended.
struct Mending<'a> {
    draft: Draft,
    with: &'a [Correction],
    used: Vec<usize>,
    wrong: Vec<(usize, PutError)>,
}

impl Mending<'_> {
    /// Puts what there is in place of what is wrong; gives what is left.
    fn put(&mut self, problems: Vec<Problem>) -> Vec<Problem> {
        let mut left = Vec::new();
        for problem in problems {
            let fits = |correction: &Correction| {
                correction.fact == problem.fact && correction.given == problem.given
            };
            let found = self.with.iter().position(fits);
            let found = found.filter(|at| !self.used.contains(at) && !self.is_wrong(*at));
            let Some(at) = found else {
                left.push(problem);
                continue;
            };
            match put::put(&mut self.draft, &problem.fact, self.with[at].put.as_deref()) {
                Ok(()) => self.used.push(at),
                Err(why) => {
                    self.wrong.push((at, why));
                    left.push(problem);
                }
            }
        }
        left
    }

    fn is_wrong(&self, at: usize) -> bool {
        self.wrong.iter().any(|(wrong, _)| *wrong == at)
    }
}

/// A broken rule as a problem of the fact by which it is mended.
fn problem(draft: &Draft, why: &Refusal) -> Problem {
    let fact = match why {
        Refusal::NoTherapist => Fact::LedBy,
        Refusal::NoSize | Refusal::TherapySize { .. } | Refusal::SizeUpsideDown { .. } => Fact::Size,
        Refusal::MorePlacesThanSize { .. } => Fact::Seats,
        Refusal::AgesUpsideDown { .. } => Fact::Ages,
        Refusal::CostUpsideDown => Fact::Cost,
        Refusal::NoSessions => Fact::Span,
        Refusal::Schedule(ScheduleError::EndsBeforeItBegins { .. }) => Fact::Until,
        Refusal::Schedule(ScheduleError::NotADate(_) | ScheduleError::Twice(_)) => Fact::Exceptions,
        Refusal::Schedule(_) => Fact::Days,
        Refusal::NoContact | Refusal::WalkInNowhere => Fact::HowToCome,
        Refusal::WithheldTold => Fact::Place,
    };
    let given = match (&fact, &draft.how_to_come) {
        // Nothing said how; walking in was what was left.
        (Fact::HowToCome, HowToCome::WalkIn) => None,
        _ => put::told(draft, &fact),
    };
    Problem {
        field: fact.to_string(),
        given,
        why: why.to_string(),
        fact,
    }
}

#[cfg(test)]
mod tests;
