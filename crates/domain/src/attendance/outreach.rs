//! When to ask after someone: rules that anybody can follow, and no score (SCIENCE 3, "attendance risk"; drop-outs are most in
//! the first six sessions, SCIENCE 6 d).

use chrono::NaiveDate;

use super::{Attended, Presence};

/// Someone is to be asked how they are, because of the session on that day. It stays until somebody says that they asked, or no rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The newest that was missed of those that count.
    pub since: NaiveDate,
    /// Never empty.
    pub why: Vec<Why>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The first or second session of their time in the group was missed.
    BeginningMissed,
    /// The last two, but for excused ones.
    TwoInARow,
    /// Two or more of the last six.
    ThirdOfLastSix,
}

/// So many sessions are the beginning.
const BEGINNING: usize = 2;
const LAST: usize = 6;

impl Why {
    pub const ALL: [Self; 3] = [Self::BeginningMissed, Self::TwoInARow, Self::ThirdOfLastSix];

    pub const fn name(self) -> &'static str {
        match self {
            Self::BeginningMissed => "beginning-missed",
            Self::TwoInARow => "two-in-a-row",
            Self::ThirdOfLastSix => "third-of-last-six",
        }
    }

    /// Because of which session this holds: the newest that was missed of those it looks at.
    fn since(self, sessions: &[Attended]) -> Option<NaiveDate> {
        let newest = sessions.iter().rev();
        let (looked_at, least): (Vec<&Attended>, usize) = match self {
            // Also when they came since: until somebody asked.
            Self::BeginningMissed => (sessions.iter().take(BEGINNING).collect(), 1),
            // Until they come again.
            Self::TwoInARow => {
                let untold = newest.filter(|session| session.presence != Presence::Excused);
                (untold.take(2).collect(), 2)
            }
            Self::ThirdOfLastSix => (newest.take(LAST).collect(), LAST / 3),
        };
        let missed: Vec<NaiveDate> = looked_at
            .into_iter()
            .filter(|session| session.presence == Presence::Missed)
            .map(|session| session.on)
            .collect();
        let newest = missed.iter().copied().max();
        newest.filter(|_| missed.len() >= least)
    }
}

/// What the sessions of a member ask for: those since they joined that have begun, oldest first. `asked`: the newest session because of
/// which somebody asked after them; what was missed until then asks no more.
///
/// Only a session that was missed without a word prompts. One that was excused is no miss, and breaks no row of them either.
pub fn prompt(sessions: &[Attended], asked: Option<NaiveDate>) -> Option<Prompt> {
    let open: Vec<(Why, NaiveDate)> = Why::ALL
        .into_iter()
        .filter_map(|why| Some((why, why.since(sessions)?)))
        .filter(|(_, since)| asked.is_none_or(|asked| asked < *since))
        .collect();
    let since = open.iter().map(|(_, since)| *since).max()?;
    let why = open.into_iter().map(|(why, _)| why).collect();
    Some(Prompt { since, why })
}
